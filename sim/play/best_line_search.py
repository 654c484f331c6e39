"""Looks for better lines by trying, at each decision point, what else could have been done.

All candidates meet the same few crowds. A sweep goes through the points of a base line from the
last to the first; at each it tries every tactic until the next point, followed by the best lines
known from there (a beam), and every tactic to the end. The first sweeps start from the player's
own line, so that for each moment the best known continuation of what the player did is found; the
later ones start from the best line so far; then single stretches of good lines are changed at
random. Half of the crowds thin candidates out before the other half is asked.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from sim.play.best_line_crowds import Crowds
from sim.play.best_line_lines import Line, joined, parts_at, swapped

_COARSE = 3  # the first sweep looks at every third point only, so that all of them are seen early
_KEPT = 4  # candidates of a point that are shown to the second half of the crowds
_FRUITLESS = 30  # changes at random without a better line, after which looking ends


class Search:
    """The lines tried so far, with what they brought each of a few crowds.

    own: the player's line. points: ticks at which something else may be done. budget: simulations.
    After each step of `steps()` the lines known may be asked for.
    """

    def __init__(
        self, crowds: Crowds, own: Line, points: Sequence[int], budget: int, width: int
    ) -> None:
        self.crowds, self.own, self.budget, self.width = crowds, own, budget, width
        self.points = list(points)
        self.reference = crowds.scenario.reference
        self.tactics = list(dict.fromkeys(crowds.scenario.choices))
        self.constants: list[Line] = []
        self.known: dict[Line, np.ndarray] = {}
        self._passed_over: set[Line] = set()

    @property
    def spent(self) -> int:
        """Simulations so far."""
        return self.crowds.simulations

    @property
    def tried(self) -> int:
        """How many lines were tried, with all crowds or some."""
        return len(self.known) + len(self._passed_over)

    def mean(self, line: Line) -> float:
        """What a known line brings on average."""
        return float(self.known[line].mean())

    def ranked(self, sharing: Line | None = None, until: int = 0) -> list[Line]:
        """Known lines from the best down; with `sharing`, those like it before tick `until`."""
        found = [
            line
            for line in self.known
            if sharing is None or (parts := parts_at(line, sharing)) is None or parts >= until
        ]
        # equal means in a fixed order, the player's own first
        return sorted(found, key=lambda line: (-self.mean(line), line != self.own))

    def steps(self) -> Iterator[None]:
        """Works until the budget is spent or nothing better turns up."""
        first = self.points[0]
        # what was decided before anything could differ belongs to every line
        before = tuple(step for step in self.own if step[0] < first)
        self.constants = [
            swapped(before, first, None, name, self.reference) for name in self.tactics
        ]
        self._try([self.own, *self.constants], 0, everyone=True)
        yield
        for stride in (_COARSE, 1):
            yield from self._sweep(self.own, stride)
        base = self.own
        while (best := self.ranked()[0]) != base and not self._spent():
            base = best
            yield from self._sweep(base, 1)
        yield from self._rejoin()
        yield from self._change_at_random()

    def _spent(self) -> bool:
        return self.spent >= self.budget

    def _sweep(self, base: Line, stride: int) -> Iterator[None]:
        chosen = self.points[::stride]
        for number in range(len(chosen) - 1, -1, -1):
            if self._spent():
                return
            start = chosen[number]
            stop = chosen[number + 1] if number + 1 < len(chosen) else None
            candidates = []
            if stop is not None:
                for tail in self.ranked(base, stop)[: self.width]:
                    candidates += [
                        swapped(tail, start, stop, name, self.reference) for name in self.tactics
                    ]
            candidates += [
                swapped(base, start, None, name, self.reference) for name in self.tactics
            ]
            self._try(candidates, start)
            yield

    def _rejoin(self) -> Iterator[None]:
        """Going over to the best line from each point of the player's own."""
        best = self.ranked()[0]
        for start in self.points[1:]:
            if self._spent():
                return
            self._try([joined(self.own, start, best, self.reference)], start)
            yield

    def _change_at_random(self) -> Iterator[None]:
        draw = random.Random(self.crowds.seeds[0])
        fruitless = 0
        while fruitless < _FRUITLESS and not self._spent():
            best = self.ranked()[: self.width + 1]
            line = best[draw.randrange(len(best))]
            first = draw.randrange(len(self.points))
            length = draw.randrange(1, 4)
            stop = self.points[first + length] if first + length < len(self.points) else None
            name = self.tactics[draw.randrange(len(self.tactics))]
            self._try([swapped(line, self.points[first], stop, name, self.reference)], 0)
            fruitless = 0 if self.ranked()[0] != best[0] else fruitless + 1
            yield

    def _try(self, candidates: Sequence[Line], shared: int, everyone: bool = False) -> None:
        new = [
            line
            for line in dict.fromkeys(candidates)
            if line not in self.known and line not in self._passed_over
        ]
        if not new:
            return
        seeds = self.crowds.seeds
        half = len(seeds) if everyone or len(seeds) < 4 else len(seeds) // 2
        values = self.crowds.goal(new, shared, seeds[:half])
        if half < len(seeds):
            order = np.argsort(-values.mean(axis=1), kind="stable")[:_KEPT]
            self._passed_over |= {line for n, line in enumerate(new) if n not in order}
            new = [new[n] for n in order]
            more = self.crowds.goal(new, shared, seeds[half:])
            values = np.concatenate([values[order], more], axis=1)
        for line, brought in zip(new, values, strict=True):
            self.known[line] = brought
