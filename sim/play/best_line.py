"""The best line known: what else could have been done, from each moment on, and what it brings.

    for found in best_lines(run):       # better and better; stop by not asking for the next
        found.best, found.regret
    found = best_line(run)              # the last of them; KeyboardInterrupt keeps the best so far

It is the best *known* one: a search tries many lines but not all. So that it does not exploit luck,
lines are sought with a few other crowds, the ones worth a closer look are then measured with crowds
that neither the search nor the player has met, and the choice is made by their mean there. Only
afterwards is it told what they bring with the player's own crowd. The player's own line is always
among those measured, so the best known is never below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.model import TICKS_PER_MINUTE
from sim.model.decisions import SetMix, SetTactic
from sim.play.best_line_crowds import Crowds
from sim.play.best_line_lines import Line, line_of, parts_at
from sim.play.best_line_reasons import Reason, reasons_of
from sim.play.best_line_search import Search
from sim.play.luck import Verdict, other_crowds, own_figures, tie

if TYPE_CHECKING:
    from sim.play.run import Run
    from sim.scenario import Scenario

BUDGET = 1000
SEARCH_CROWDS = 6
CHOOSING_CROWDS = 20
EVERY_MINUTES = 10
WIDTH = 2
_MEASURED_SHARE = 0.3  # of the budget, for measuring the lines worth a closer look
_MOST_POINTS = 40
_CHUNK = 4
_FEWEST_CROWDS = 8


@dataclass(frozen=True)
class BestKnown:
    """The best line known for a run, and what the player's own line lacks of it, by moment.

    own, best   the player's line (without what names a person) and the best known
    points      ticks of the decision points, in order
    onward      for each point the best line known that is like the player's own before it
    lines       every line measured -> its goal figures, one a crowd, on the same crowds
    here        line -> its goal figure with the player's own crowd; empty while not settled
    weakest     the weakest tactic kept throughout, of those measured; None when none was
    settled     False while figures still come from the crowds the search itself uses
    simulations how many were spent; budget: how many may be
    tried       how many lines were tried in all
    reasons     figures in which the best line clearly differs from the player's own, over the
                crowds the choice was made with; empty while not settled
    """

    scenario: Scenario
    own: Line
    best: Line
    points: tuple[int, ...]
    onward: tuple[Line, ...]
    lines: dict[Line, np.ndarray] = field(repr=False)
    here: dict[Line, float]
    weakest: Line | None
    settled: bool
    simulations: int
    budget: int
    tried: int = 0
    reasons: tuple[Reason, ...] = ()

    def mean(self, line: Line) -> float:
        """What a measured line brings on average, in the unit of the scenario's goal."""
        return float(self.lines[line].mean())

    @property
    def gap(self) -> np.ndarray:
        """Best known minus own, crowd by crowd."""
        return self.lines[self.best] - self.lines[self.own]

    @property
    def verdict(self) -> Verdict:
        """Whether the best known line is clearly above the player's own."""
        return tie(self.gap)

    @property
    def regret(self) -> np.ndarray:
        """For each point: the best known continuation minus the player's, on average; never < 0.

        It only ever falls from point to point, since what is still possible gets less. Where the
        search found nothing, it may well be more.
        """
        own = self.mean(self.own)
        return np.array([self.mean(line) - own for line in self.onward])

    @property
    def costs(self) -> np.ndarray:
        """What was given away between each point and the next; sums to the first regret."""
        return self.regret - np.append(self.regret[1:], 0.0)

    def regret_verdict(self, number: int) -> Verdict:
        """Whether the continuation known from point `number` is clearly above the player's."""
        return tie(self.lines[self.onward[number]] - self.lines[self.own])


def decision_points(run: Run, every_minutes: float = EVERY_MINUTES) -> list[int]:
    """The live's first tick, every so many minutes, and whenever the player chose how to sell."""
    start, end = run.live_start_tick, run.live_end_tick
    step = max(1, round(every_minutes * TICKS_PER_MINUTE))
    moments = set(range(start, end, step))
    for tick, decision in run.decisions:
        if isinstance(decision, SetTactic | SetMix) and start < tick < end:
            if len(moments) < _MOST_POINTS:
                moments.add(tick)
    return sorted(moments)


def best_lines(
    run: Run,
    budget: int = BUDGET,
    search_crowds: int = SEARCH_CROWDS,
    choosing_crowds: int = CHOOSING_CROWDS,
    every_minutes: float = EVERY_MINUTES,
    width: int = WIDTH,
    breathe: Callable[[], None] | None = None,
) -> Iterator[BestKnown]:
    """Searches for the best line; yields what is known after each step, the last one settled.

    run: finished, or to be judged as if it went on as it is. budget: simulations in all (a little
    more may be spent at the end). search_crowds: how many other crowds lines are sought with;
    choosing_crowds: measured with, fewer when the budget is small. every_minutes: how far decision
    points lie apart. width: of the beam. breathe: see Crowds. The same run and numbers always give
    the same lines.
    """
    scenario = run.scenario
    own = line_of(run.decisions, scenario.reference)
    points = decision_points(run, every_minutes)
    seeking = Crowds(
        scenario, other_crowds(search_crowds, "best line, sought", [run.seed]), breathe
    )
    search = Search(seeking, own, points, round(budget * (1.0 - _MEASURED_SHARE)), width)

    def known(
        lines: dict[Line, np.ndarray], more: int = 0, here: dict[Line, float] | None = None
    ) -> BestKnown:
        return _known(search, budget, lines, search.spent + more, here)

    for _ in search.steps():
        yield known(search.known)
    finalists = _finalists(search)
    # rather fewer crowds than moments of which nothing is known
    crowds = round((budget - search.spent) / len(finalists))
    crowds = min(choosing_crowds, max(crowds, _FEWEST_CROWDS))
    finalists = finalists[: max(3, round((budget - search.spent) / crowds))]
    seeds = other_crowds(crowds, "best line, chosen", [run.seed])
    choosing = Crowds(scenario, seeds, breathe)
    parts: list[dict[str, np.ndarray]] = []
    for first in range(0, crowds, _CHUNK):
        parts.append(choosing.figures(finalists, seeds=seeds[first : first + _CHUNK]))
        yield known(search.known, choosing.simulations)
    figures = {name: np.concatenate([part[name] for part in parts], axis=1) for name in parts[0]}
    lines = dict(zip(finalists, np.nan_to_num(figures[scenario.goal], nan=0.0), strict=True))
    ours = Crowds(scenario, [run.seed], breathe)
    here = dict(zip(finalists, ours.goal(finalists)[:, 0].tolist(), strict=True))
    # of the player's own line everything is known, down to whom they answered
    here[own] = float(np.nan_to_num(own_figures(run)[scenario.goal]))
    found = known(lines, choosing.simulations + ours.simulations, here)
    pair = [finalists.index(own), finalists.index(found.best)]
    both = {name: values[pair] for name, values in figures.items()}
    yield replace(found, reasons=reasons_of(both, scenario.goal))


def best_line(
    run: Run, budget: int = BUDGET, progress: Callable[[int, int], None] | None = None, **numbers
) -> BestKnown | None:
    """The last of `best_lines(run, budget, **numbers)`; progress(simulations, budget).

    KeyboardInterrupt, also from `progress`, keeps the best so far; None when there was none yet.
    """
    found: BestKnown | None = None
    try:
        for found in best_lines(run, budget, **numbers):
            if progress is not None:
                progress(min(found.simulations, budget), budget)
    except KeyboardInterrupt:
        pass
    return found


def _known(
    search: Search,
    budget: int,
    lines: dict[Line, np.ndarray],
    simulations: int,
    here: dict[Line, float] | None,
) -> BestKnown:
    own = search.own
    # each line's means once, in an order in which of equals the player's own comes first
    ranked = sorted(lines, key=lambda line: (-float(lines[line].mean()), line != own))
    parts = {line: parts_at(line, own) for line in ranked}
    onward = [
        next(line for line in ranked if parts[line] is None or parts[line] >= point)
        for point in search.points
    ]
    constants = [line for line in search.constants if line in lines]
    return BestKnown(
        scenario=search.crowds.scenario,
        own=own,
        best=onward[0],
        points=tuple(search.points),
        onward=tuple(onward),
        lines=dict(lines),
        here=here or {},
        weakest=min(constants, key=lambda line: float(lines[line].mean())) if constants else None,
        settled=here is not None,
        simulations=simulations,
        budget=budget,
        tried=search.tried,
    )


def _finalists(search: Search) -> list[Line]:
    """The lines worth measuring, the most important first, none twice."""
    ranked = search.ranked()
    wanted = [search.own, ranked[0], min(search.constants, key=search.mean)]
    onward = [search.ranked(search.own, point) for point in search.points]
    wanted += [lines[0] for lines in onward]
    wanted += ranked[1:3]
    return list(dict.fromkeys(wanted))
