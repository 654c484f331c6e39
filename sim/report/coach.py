"""The coach: after a run, at most three findings about it, and one thing to try next.

    said = coach(run, settled=bets, best=best_line(run))
    for finding in said.findings:
        print(finding.title("en"), finding.text("en"), finding.evidence)
    print(said.advice_text("en"))

Nothing is said that was not simulated with this run. Other ways to host each stretch are sought
with a few other crowds; the most promising, and those the ledger asks about, become branches of the
run and are measured with crowds that the search has not met. Since several are tested, each has to
be clear at its part of the usual level. What other crowds could turn round is called so, or not
said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from sim.play.best_line import BestKnown
from sim.play.best_line_crowds import Crowds
from sim.play.bets import Settled
from sim.play.branch import BranchTree
from sim.play.luck import other_crowds, transferable
from sim.play.run import Run
from sim.report.coach_change import Change
from sim.report.coach_finding import Advice, Coaching, Evidence, Finding
from sim.report.coach_judge import Candidate, judged, ranked
from sim.report.coach_ledger import Cost, costs_of, remedy
from sim.report.coach_others import best_line_findings, bet_findings, duel_findings, duel_of
from sim.report.coach_search import Search, suggested, windows_of
from sim.report.ledger import ledger
from sim.report.ledger_hosting import segments_of

__all__ = [
    "BUDGET", "Advice", "Coaching", "Evidence", "Finding", "coach", "coachings", "testing_crowds",
]  # fmt: skip

BUDGET = 150
_FEWEST_CROWDS, _MOST_CROWDS = 8, 20
_CHUNK = 4
_MOST_COSTS = 2


def testing_crowds(count: int, own: int) -> list[int]:
    """Seeds of the crowds on which changes to a run are judged, for everybody who judges one.

    Fewer are always the first of more. own: the run's own crowd, which is not among them.
    """
    return other_crowds(count, "coach, tested", [own])


def coachings(
    run: Run,
    *,
    settled: Sequence[Settled] = (),
    best: BestKnown | None = None,
    tree: BranchTree | None = None,
    budget: int = BUDGET,
    breathe: Callable[[], None] | None = None,
) -> Iterator[Coaching]:
    """What the coach knows after each step, the last one settled; stop by not asking for the next.

    run: finished, or to be judged as if it went on as it is. settled: bets and what came. best: the
    best line known, if it was sought. tree: a tree with this run as its root, if there is one.
    budget: lives to simulate, about. breathe: called before each of them, it may wait or raise. The
    same run and numbers always give the same findings.
    """
    tree = BranchTree.of(run) if tree is None else tree
    scenario, goal = tree.scenario, tree.scenario.goal
    segments = segments_of(scenario, tree[0].decisions, tree.until)
    search = Search(tree, budget, breathe)
    for _ in search.steps(windows_of(segments, tree.timeline), suggested(tree, best)):
        yield Coaching((), None, tree, search.tried, 0, search.lives, budget, False)
    costs = costs_of(ledger(tree.side(0)).charges)
    asked = [(cost, remedy(scenario, segments, cost)) for cost in costs]
    candidates = search.promising() + _asked(asked)[:_MOST_COSTS]
    branches = [candidate.change.branch(tree).number for candidate in candidates]
    plans = [tree[number].decisions for number in (0, *branches)]
    duel = duel_of(settled)
    plans += duel.plans() if duel is not None else []
    tried = search.tried + sum(candidate.kind == "ledger" for candidate in candidates)
    lives = search.lives + len(branches)
    crowds = round((budget - lives) / len(plans))
    crowds = min(max(crowds, _FEWEST_CROWDS), _MOST_CROWDS)
    seeds = testing_crowds(crowds, tree.seed)
    testing = Crowds(scenario, seeds, breathe)
    usable = [transferable(plan) for plan in plans]
    parts: list[dict[str, np.ndarray]] = []
    for first in range(0, crowds, _CHUNK):
        parts.append(testing.figures(usable, seeds=seeds[first : first + _CHUNK]))
        met = {name: np.concatenate([part[name] for part in parts], axis=1) for name in parts[0]}
        reached = np.nan_to_num(met[goal], nan=0.0)
        findings, advice = judged(tree, candidates, branches, reached)
        findings += best_line_findings(best, tree, findings)
        findings += bet_findings(settled, {name: rows[0] for name, rows in met.items()}, tree)
        if duel is not None:
            findings += duel_findings(duel, met, tree)
        yield Coaching(
            findings=ranked(findings), advice=advice, tree=tree, tried=tried,
            crowds=reached.shape[1], lives=lives + testing.simulations,
            budget=max(budget, lives + len(plans) * crowds),
            settled=reached.shape[1] == crowds,
        )  # fmt: skip


def _asked(asked: Iterable[tuple[Cost, Change | None]]) -> list[Candidate]:
    """The ledger's questions; two costs that call for the same change are one question."""
    found: list[Candidate] = []
    for cost, change in asked:
        if change is not None and all(change != other.change for other in found):
            found.append(Candidate("ledger", change, cost))
    return found


def coach(
    run: Run,
    *,
    settled: Sequence[Settled] = (),
    best: BestKnown | None = None,
    tree: BranchTree | None = None,
    budget: int = BUDGET,
    progress: Callable[[int, int], None] | None = None,
) -> Coaching | None:
    """The last of `coachings`; progress(lives simulated, budget).

    KeyboardInterrupt, also from `progress`, keeps what is known; None when that is nothing yet.
    """
    said: Coaching | None = None
    try:
        for said in coachings(run, settled=settled, best=best, tree=tree, budget=budget):
            if progress is not None:
                progress(min(said.lives, said.budget), said.budget)
    except KeyboardInterrupt:
        pass
    return said
