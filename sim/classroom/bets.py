"""Bets of a class: what is asked, what a phone may answer, how it came out, how sure the class was.

    asked = class_questions(scenario, "zh")              # for the page
    bets = bets_of_phone(scenario, data)                 # untrusted; StrollError
    settled = settle(scenario, shop, constants)          # after the last night
    class_calibration(all_settled, "zh")

A question on two tactics is settled by both, kept throughout with the class's own crowd.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim import wording
from sim.classroom.results import Shop, plain
from sim.classroom.results_words import group_title, said, written
from sim.errors import Phrase, StrollError
from sim.play.bets import (
    Bet,
    IntervalBet,
    ProbabilityBet,
    Question,
    Settled,
    bet_from_data,
    outcome_of,
    questions,
)
from sim.play.bets_calibration import calibration
from sim.scenario import Scenario

MOST_BETS = 8


def class_questions(scenario: Scenario, language: str) -> list[dict[str, Any]]:
    """The questions as the phone shows them; "question" goes back with a bet as it is."""
    return [
        {
            "number": number,
            "text": question.text(scenario, language),
            "kind": "probability" if question.compares else "interval",
            "low": question.low,
            "high": question.high,
            "unit": wording.text(f"metrics.{question.metric}.unit", "en"),
            "metric": question.metric,
            "one": _way(scenario, question.one, language),
            "other": _way(scenario, question.other, language),
            "question": question.to_data(),
        }
        for number, question in enumerate(questions(scenario))
    ]


def bets_of_phone(scenario: Scenario, data: Any) -> list[Bet]:
    """Bets out of untrusted data, each on another question of this scenario.

    A bet names its question by its number or holds it whole. StrollError where anything is wrong.
    """
    asked = questions(scenario)
    if not isinstance(data, Sequence) or isinstance(data, str | bytes) or len(data) > MOST_BETS:
        raise _refused()
    made: list[Bet] = []
    for item in data:
        bet = bet_from_data(_whole(asked, item))
        if bet.question not in asked or any(bet.question == other.question for other in made):
            raise _refused()
        made.append(bet)
    return made


def settle(
    scenario: Scenario, shop: Shop, constants: Mapping[str, Mapping[str, float]]
) -> list[Settled]:
    """What became of one trainee's bets; those that a damaged file holds are left out."""
    found = []
    for data in shop.bets or ():
        try:
            bet = bets_of_phone(scenario, [data])[0]
        except StrollError:
            continue
        outcome = outcome_of(bet.question, shop.outcome.figures, constants)
        found.append(Settled(bet, outcome))
    return found


def settled_data(
    scenario: Scenario, settled: Iterable[Settled], language: str
) -> list[dict[str, Any]]:
    """Each bet with what came, in words and numbers, for one's own debrief."""
    return [
        {
            "text": item.bet.question.text(scenario, language),
            "said": bet_said(item.bet, language),
            "outcome": outcome_said(scenario, item, language),
            "hit": item.hit,
            "score": plain(item.skill),
            "sentence": item.text(language),
        }
        for item in settled
    ]


def class_calibration(settled: Sequence[Settled], language: str) -> dict[str, Any]:
    """How well the confidence of the whole class fits what came; groups by confidence."""
    found = calibration(settled)
    groups = [
        {
            "kind": kind, "confidence": group.confidence, "count": group.count,
            "share": group.share, "low": group.low, "high": group.high,
        }
        for kind, made in (
            ("probability", found.probabilities), ("interval", found.intervals),
        )
        for group in made
    ]  # fmt: skip
    return {
        "groups": groups,
        "count": found.count,
        "skill": plain(found.skill),
        "verdict": found.verdict,
        "text": said(f"bets.{found.verdict}", language, count=found.count),
    }


def class_bets(
    scenario: Scenario, settled: Sequence[Settled], language: str
) -> list[dict[str, Any]]:
    """Question by question: how many bet, what they said in the middle, how many were right."""
    found = []
    for question in questions(scenario):
        items = [item for item in settled if item.bet.question == question]
        known = [item for item in items if item.hit is not None]
        found.append(
            {
                "text": question.text(scenario, language),
                "count": len(items),
                "right": sum(bool(item.hit) for item in known),
                "known": len(known),
                "said": _middle(items, language),
                "skill": _mean([item.skill for item in items]),
            }
        )
    return found


def bet_said(bet: Bet, language: str) -> str:
    """What somebody bet, in a few characters."""
    if isinstance(bet, ProbabilityBet):
        return f"{100 * bet.probability:.0f}%"
    if isinstance(bet, IntervalBet):
        ends = [written(bet.question.metric, end, language) for end in (bet.low, bet.high)]
        return wording.text("report.number.band", language, low=ends[0], high=ends[1])
    return ""


def outcome_said(scenario: Scenario, item: Settled, language: str) -> str:
    """What came of a question, in a few characters."""
    if item.void:
        return wording.text("report.bets.nothing", language)
    question = item.bet.question
    if not question.compares:
        return written(question.metric, item.outcome, language)
    if item.outcome == 0.5:
        return wording.text("report.bets.equal", language)
    winner = question.one if item.outcome > 0.5 else question.other
    way = _way(scenario, winner, language)
    return wording.text("report.bets.higher", language, tactic=way)


def mean_skill(settled: Iterable[Settled]) -> float:
    """The mean score of some bets, -3 to 1; nan when none counts."""
    value = _mean([item.skill for item in settled])
    return math.nan if value is None else value


def _middle(items: Sequence[Settled], language: str) -> str | None:
    chances = [item.bet.probability for item in items if isinstance(item.bet, ProbabilityBet)]
    if chances:
        return f"{100 * _median(chances):.0f}%"
    ranges = [item.bet for item in items if isinstance(item.bet, IntervalBet)]
    if not ranges:
        return None
    low, high = (
        written(ranges[0].question.metric, _median(ends), language)
        for ends in ([bet.low for bet in ranges], [bet.high for bet in ranges])
    )
    return wording.text("report.number.band", language, low=low, high=high)


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2.0


def _mean(values: Sequence[float]) -> float | None:
    known = [value for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else None


def _whole(asked: Sequence[Question], item: Any) -> Any:
    """A bet whose question is named by its number, with the question itself."""
    if not isinstance(item, Mapping):
        raise _refused()
    data = dict(item)
    if "number" not in data:
        return data
    number = data.pop("number")
    if type(number) is not int or not 0 <= number < len(asked) or "question" in data:
        raise _refused()
    question = asked[number]
    data.setdefault("kind", "probability" if question.compares else "interval")
    return {**data, "question": question.to_data()}


def _way(scenario: Scenario, name: str | None, language: str) -> str | None:
    return None if name is None else group_title(scenario, name, language)


def _refused() -> StrollError:
    return StrollError(Phrase("bets.refused.data"))
