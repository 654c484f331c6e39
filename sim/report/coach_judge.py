"""From what other crowds brought to findings: what is beyond luck, in words, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import Phrase
from sim.play.branch import BranchTree
from sim.play.branch_words import Clause, yuan
from sim.play.ghost import bands_of
from sim.play.luck import LEVEL, Verdict, tie
from sim.report.coach_change import Change
from sim.report.coach_finding import Advice, Evidence, Finding, values_of
from sim.report.coach_ledger import Cost

MOST_FINDINGS = 3


@dataclass(frozen=True)
class Candidate:
    """A change worth measuring. kind: "cost", "gain" or "ledger", see Finding."""

    kind: str
    change: Change
    cost: Cost | None = None


def judged(
    tree: BranchTree,
    candidates: Sequence[Candidate],
    branches: Sequence[int],
    reached: np.ndarray,
) -> tuple[list[Finding], Advice | None]:
    """Findings, and the change that is best beyond luck.

    Of several that are, one that is also better with the player's own crowd goes first, so that
    whoever tries it sees what is meant.

    branches: the candidates' numbers in the tree. reached: the goal, the run's own line and then
    the candidates, x crowds that had no part in choosing them.
    """
    goal = tree.scenario.goal
    level = LEVEL / max(len(candidates), 1)
    here = np.nan_to_num([tree.figures(number)[goal] for number in (0, *branches)], nan=0.0)
    findings: list[Finding] = []
    better: list[Advice] = []
    for place, (candidate, number) in enumerate(zip(candidates, branches, strict=True), start=1):
        verdict = tie(reached[place] - reached[0], level)
        mine = float(here[place] - here[0])
        finding = _finding(tree, candidate, number, verdict, mine)
        if finding is not None:
            findings.append(finding)
        if verdict.kind == "higher":
            better.append(_advice(tree, candidate.change, number, verdict, mine))
    best = max(better, key=lambda one: (one.here > 0, one.verdict.mean), default=None)
    return findings, best


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """At most three: clear ones by their effect on the goal, then one that luck could turn."""
    known = list(findings)
    clear = [finding for finding in known if finding.beyond_luck]
    clear.sort(key=lambda finding: -abs(finding.effect or 0.0))
    rest = [finding for finding in known if not finding.beyond_luck]
    return tuple([*clear, *rest[:1]][:MOST_FINDINGS])


def stretch_values(tree: BranchTree, change: Change, verdict: Verdict, here: float) -> Any:
    """What sentences about a change are filled with."""
    start, stop = change.minutes(tree.timeline)
    return values_of(
        tree.scenario.goal, verdict, here, minute=start, until=stop, change=change.clause(),
        clock=tree.timeline.clock(change.start), own=_hosted_by(tree, change),
    )  # fmt: skip


def _advice(tree: BranchTree, change: Change, number: int, verdict: Verdict, here: float) -> Advice:
    last = change.back_at(tree.timeline) is None
    key = "coach.try.to_the_end" if last else "coach.try.for_a_while"
    clause = Clause(key, stretch_values(tree, change, verdict, here))
    return Advice(change, number, verdict, here, clause)


def _finding(
    tree: BranchTree, candidate: Candidate, number: int, verdict: Verdict, here: float
) -> Finding | None:
    """None when it was only a guess and other crowds do not bear it out."""
    kind, change, cost = candidate.kind, candidate.change, candidate.cost
    if cost is None and verdict.kind != ("lower" if kind == "gain" else "higher"):
        return None
    values = stretch_values(tree, change, verdict, here)
    way = verdict.kind if verdict.clear else "open"
    if cost is None:
        heading = Clause(f"coach.title.{kind}", values)
        told = [Clause(f"coach.finding.{kind}", values)]
        evidence = Evidence(change.start, change.stop, change, number)
    else:
        charged = _charged(tree, cost)
        # what brought more than it cost is not headed as a cost
        title = "ledger_worth" if way == "lower" else "ledger"
        heading = Clause(f"coach.title.{title}", charged)
        told = [Clause("coach.ledger.charged", charged), Clause(f"coach.ledger.{way}", values)]
        evidence = Evidence(change.start, change.stop, change, number, cost.charges)
    if verdict.clear:
        told.append(Clause(f"coach.verdict.{way}", values))
        if here * verdict.mean < 0.0:
            told.append(Clause("coach.verdict.unlike", {}))
    return Finding(kind, verdict, verdict.mean, here, evidence, tuple(told), heading)


def _charged(tree: BranchTree, cost: Cost) -> dict[str, Any]:
    """What the ledger charges to an act, to be worded."""
    losses = []
    for kind, count, fen in cost.counts():
        name = "loss_in_money" if fen else "loss"
        if fen and kind == "missed_sale":
            name = "loss_if_made"
        values = {"kind": Phrase(f"coach.kind.{kind}"), "count": count, "yuan": yuan(fen)}
        losses.append(Phrase(f"coach.ledger.{name}", **values))
    minutes = [charge.minute for charge in cost.charges]
    return {
        "act": Phrase(f"ledger.act.{cost.act}"), "cause": Phrase(f"ledger.cause.{cost.cause}"),
        "losses": Phrase("coach.ledger.losses", losses=losses),
        "first": min(minutes), "last": max(minutes),
    }  # fmt: skip


def _hosted_by(tree: BranchTree, change: Change) -> Any:
    """What the run itself did in a stretch: the name of its one tactic, or that there were more."""
    scenario = tree.scenario
    names = {
        band.tactic
        for band in bands_of(scenario, tree[0].decisions)
        if band.start < change.stop and band.stop > change.start
    }
    name = names.pop() if len(names) == 1 else None
    if name is not None and name in scenario.tactics:
        return Clause("coach.own.tactic", {"tactic": scenario.tactics[name].title})
    return Phrase("coach.own.mixed" if names else "coach.own.mix")
