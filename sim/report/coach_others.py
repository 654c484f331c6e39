"""Findings from the best line known, and from bets that did not come true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.errors import Phrase
from sim.model.decisions import SetTactic
from sim.play.best_line import BestKnown
from sim.play.best_line_lines import spent_at
from sim.play.bets import Bet, IntervalBet, ProbabilityBet, QuantileBet, Settled
from sim.play.branch import BranchTree
from sim.play.branch_words import Clause
from sim.play.luck import LEVEL, tie
from sim.report.coach_change import Change, tactic_change
from sim.report.coach_finding import Amount, Evidence, Finding
from sim.report.coach_judge import stretch_values

_RANGES = (IntervalBet, QuantileBet)


def best_line_findings(
    best: BestKnown | None, tree: BranchTree, known: Iterable[Finding] = ()
) -> list[Finding]:
    """Where most was given away of what the best line known brings; none where that is not beyond
    luck, or is told already by one of the `known` findings."""
    if best is None or not best.settled or best.verdict.kind != "higher" or not best.points:
        return []
    costs = best.costs
    place = int(np.argmax(costs))
    later = best.onward[place + 1] if place + 1 < len(best.points) else best.own
    here_line = best.onward[place]
    # one of many moments was picked, so it has to be as clear as that asks for
    verdict = tie(best.lines[here_line] - best.lines[later], LEVEL / len(best.points))
    if verdict.kind != "higher":
        return []
    scenario, start = tree.scenario, best.points[place]
    stop = best.points[place + 1] if place + 1 < len(best.points) else tree.timeline.live_end
    way = spent_at(here_line, start, scenario.reference)
    if not isinstance(way, SetTactic):
        return []
    change = tactic_change(scenario, start, stop, way.tactic)
    if any(_tells(finding, change) for finding in known):
        return []
    here = best.here.get(here_line, np.nan) - best.here.get(later, np.nan)
    values = {
        **stretch_values(tree, change, verdict, float(here)),
        "whole": Amount(scenario.goal, float(best.gap.mean()), signed=True),
    }
    told = (Clause("coach.finding.best_line", values), Clause("coach.verdict.higher", values))
    heading = Clause("coach.title.best_line", values)
    evidence = Evidence(start, stop, change)
    return [Finding("best_line", verdict, verdict.mean, float(here), evidence, told, heading)]


def _tells(finding: Finding, change: Change) -> bool:
    other = finding.evidence.change
    return finding.kind == "cost" and other is not None and other.overlaps(change)


def bet_findings(
    settled: Sequence[Settled], own: Mapping[str, np.ndarray], tree: BranchTree
) -> list[Finding]:
    """Ranges that were bet on and missed, with other crowds as well.

    own: what the run's own line brought with other crowds, by metric.
    """
    missed = [
        (place, item)
        for place, item in enumerate(settled)
        if isinstance(item.bet, _RANGES) and not item.void and not item.bet.question.compares
        and item.hit is False and item.bet.question.metric in own
    ]  # fmt: skip
    findings = []
    for place, item in missed:
        metric = item.bet.question.metric
        low, high = _ends(item.bet)
        above = item.outcome > high
        met = own[metric][~np.isnan(own[metric])]
        verdict = tie(met - (high if above else low), LEVEL / len(missed))
        if verdict.kind != ("higher" if above else "lower"):
            continue
        values = {
            "metric": Phrase(f"metrics.{metric}.name"),
            "low": Amount(metric, low), "high": Amount(metric, high),
            "came": Amount(metric, item.outcome), "mean": Amount(metric, float(met.mean())),
            "crowds": verdict.crowds,
        }  # fmt: skip
        findings.append(_bet(tree, place, verdict, "range", values))
    return findings


@dataclass(frozen=True)
class Duel:
    """A bet on which of two tactics brings more that did not come true; place among the bets."""

    place: int
    settled: Settled

    def plans(self) -> list[list[tuple[int, SetTactic]]]:
        """The two tactics, each kept through the whole live."""
        question = self.settled.bet.question
        return [[(0, SetTactic(name))] for name in (question.one, question.other)]


def duel_of(settled: Sequence[Settled]) -> Duel | None:
    """The surest of the bets on two tactics that did not come true; None when all others did."""
    missed = [
        Duel(place, item)
        for place, item in enumerate(settled)
        if isinstance(item.bet, ProbabilityBet) and item.hit is False
    ]
    return max(missed, key=lambda duel: duel.settled.bet.confidence, default=None)


def duel_findings(duel: Duel, met: Mapping[str, np.ndarray], tree: BranchTree) -> list[Finding]:
    """What came of a duel with other crowds, whose last two rows in `met` are its tactics."""
    bet = duel.settled.bet
    question = bet.question
    figures = met[question.metric]
    verdict = tie(figures[-2] - figures[-1])
    one_won = duel.settled.outcome > 0.5
    if verdict.kind != ("higher" if one_won else "lower"):
        return []
    winner, loser = (question.one, question.other) if one_won else (question.other, question.one)
    titles = {name: tree.scenario.tactics[name].title for name in (winner, loser)}
    values = {
        "metric": Phrase(f"metrics.{question.metric}.name"),
        "winner": titles[winner], "loser": titles[loser],
        "percent": round(100 * bet.confidence),
        "mean": Amount(question.metric, abs(verdict.mean)),
        "wins": max(verdict.wins, verdict.losses), "crowds": verdict.crowds,
    }  # fmt: skip
    return [_bet(tree, duel.place, verdict, "duel", values)]


def _bet(tree: BranchTree, place: int, verdict, name: str, values) -> Finding:
    timeline = tree.timeline
    evidence = Evidence(timeline.live_start, timeline.live_end, bet=place)
    told = (Clause(f"coach.finding.bet_{name}", values),)
    heading = Clause("coach.title.bet", values)
    return Finding("bet", verdict, None, None, evidence, told, heading)


def _ends(bet: Bet) -> tuple[float, float]:
    if isinstance(bet, QuantileBet):
        return float(bet.values[0]), float(bet.values[-1])
    return float(bet.low), float(bet.high)
