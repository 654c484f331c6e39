"""Tries other tactics in stretches of a played live, with a few other crowds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sim.model import TICKS_PER_MINUTE
from sim.play.best_line import BestKnown
from sim.play.best_line_crowds import Crowds
from sim.play.best_line_lines import Line, line_of, swapped
from sim.play.branch import BranchTree
from sim.play.ghost import bands_of
from sim.play.luck import other_crowds
from sim.play.timeline import Timeline
from sim.report.coach_change import Change, tactic_change
from sim.report.coach_judge import Candidate
from sim.report.ledger_hosting import Segment

_CROWDS = 3
_SHARE = 0.6  # of the budget
_MOST_WINDOWS = 4
_MOST_SWAPS = 2


class Search:
    """What each change brings more than the run as it was, by a few crowds."""

    def __init__(
        self, tree: BranchTree, budget: int, breathe: Callable[[], None] | None = None
    ) -> None:
        self.breathe = breathe
        self.tree, self.scenario = tree, tree.scenario
        self.own = line_of(tree[0].decisions, self.scenario.reference)
        self.budget = budget
        self.gains: dict[Change, float] = {}
        self.lives = 0

    @property
    def tried(self) -> int:
        """How many changes were tried."""
        return len(self.gains)

    def steps(
        self, windows: Sequence[tuple[int, int]], more: Iterable[Change] = ()
    ) -> Iterator[None]:
        """Works through the stretches, the first ones first; a step for each moment of change."""
        groups: dict[int, dict[Line, Change]] = {}
        for change in [*self._swaps(windows), *more]:
            line = self._line(change)
            if line != self.own:
                groups.setdefault(change.start, {}).setdefault(line, change)
        count = sum(len(group) + 1 for group in groups.values())
        crowds = min(_CROWDS, max(1, int(_SHARE * self.budget / max(count, 1))))
        seeds = other_crowds(crowds, "coach, sought", [self.tree.seed])
        seeking = Crowds(self.scenario, seeds, self.breathe)
        for start, group in groups.items():
            if self.lives > _SHARE * self.budget:
                return
            reached = seeking.goal([self.own, *group], shared=start).mean(axis=1)
            self.lives = seeking.simulations
            for change, mean in zip(group.values(), reached[1:], strict=True):
                self.gains[change] = float(mean - reached[0])
            yield

    def _swaps(self, windows: Sequence[tuple[int, int]]) -> Iterator[Change]:
        for start, stop in windows:
            for tactic in dict.fromkeys((*self.scenario.choices, self.scenario.reference)):
                yield tactic_change(self.scenario, start, stop, tactic)

    def _line(self, change: Change) -> Line:
        stop = change.back_at(self.tree.timeline)
        tactic = change.decision.tactic
        return swapped(self.own, change.start, stop, tactic, self.scenario.reference)

    def promising(self) -> list[Candidate]:
        """The best changes, about different stretches; and, to see what the player's own choice
        gained, the stretch that the reference tactic would have made worst."""
        chosen: list[Change] = []
        by_gain = sorted(self.gains, key=lambda change: -self.gains[change])
        for change in by_gain:
            near = any(change.overlaps(other) for other in chosen)
            if len(chosen) < _MOST_SWAPS and self.gains[change] > 0.0 and not near:
                chosen.append(change)
        worse = [
            change
            for change in reversed(by_gain)
            if change.decision.tactic == self.scenario.reference and self.gains[change] < 0.0
        ]
        found = [Candidate("cost", change) for change in chosen]
        return found + [Candidate("gain", change) for change in worse[:1]]


def windows_of(segments: Sequence[Segment], timeline: Timeline) -> list[tuple[int, int]]:
    """Stretches (start, stop) of a live for which another tactic is worth trying.

    Those that were hosted in one way; where they are many, quarters of the live instead. A live
    hosted in one way is also tried by halves.
    """
    start, end = timeline.live_start, timeline.live_end
    if 1 < len(segments) <= _MOST_WINDOWS:
        return [(segment.start, segment.end) for segment in segments]
    count = 2 if len(segments) == 1 else _MOST_WINDOWS
    minutes = (end - start) // TICKS_PER_MINUTE
    marks = [start + TICKS_PER_MINUTE * (minutes * n // count) for n in range(count)]
    parts = zip(marks, [*marks[1:], end], strict=True)
    whole = [(start, end)] if len(segments) == 1 else []
    return whole + [part for part in parts if part[0] < part[1]]


def suggested(tree: BranchTree, best: BestKnown | None) -> list[Change]:
    """The stretches of the best line known, each by itself."""
    if best is None:
        return []
    return [
        tactic_change(tree.scenario, band.start, band.stop, band.tactic)
        for band in bands_of(tree.scenario, best.best)
        if band.tactic is not None
    ]
