"""A class as tables for a spreadsheet: one line a trainee, and one line a decision.

Headings are in the reader's language; figures are plain numbers, shares fractions, money yuan. What
is undefined is left empty, and no name is taken for a formula.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sim import wording
from sim.classroom.bets import bet_said, outcome_said
from sim.classroom.grading import PARTS, Grade
from sim.classroom.hand import Hand
from sim.classroom.results import Shop, group_of_shop, ranked
from sim.classroom.results_duel import hand_titles
from sim.classroom.results_record import ClassRecord
from sim.classroom.results_told import band_of
from sim.classroom.results_words import (
    act_name,
    group_title,
    metric_name,
    product_name,
    said,
    shop_label,
    way_title,
    ways,
)
from sim.play.batch import metrics_of
from sim.play.bets import questions
from sim.report.export import csv_table


def results_csv(
    record: ClassRecord,
    language: str,
    *,
    names: bool = True,
    weights: Mapping[str, object] | None = None,
) -> str:
    """One line a trainee: figures, choices, bets, luck and score; see the module."""
    grades = {grade.seat: grade for grade in record.grades(weights)}
    places = {shop.seat: place for place, shop in ranked(record.shops, record.scenario.goal)}
    lines = [
        [
            *_who(record, shop, names, language),
            said(f"csv.is.{standing(shop)}", language),
            places.get(shop.seat, "") if record.settings.mode != "vote" else "",
            group_title(record.scenario, group_of_shop(record.scenario, shop), language),
            *_rounds(record, shop, language),
            *(_number(shop.outcome.figures.get(name)) for name in metrics_of(record.scenario)),
            *_luck(record, shop),
            *_bets(record, shop, language),
            *_grade(grades[shop.seat]),
        ]
        for shop in record.shops
    ]
    return csv_table(_result_columns(record, language), lines)


def decisions_csv(record: ClassRecord, language: str, *, names: bool = True) -> str:
    """One line a decision: who decided what and when; what a class voted for has no seat."""
    lines = []
    for shop in record.shops:
        who = _who(record, shop, names, language)
        for number, hand in enumerate(shop.hands):
            own = "own" if not shop.automatic[number] else "automatic"
            at = shop.times[number] if number < len(shop.times) else math.nan
            by = said(f"csv.by.{own}", language)
            lines.append([*who, *_decision(record, shop.hands, number, hand, at, by, language)])
    if record.settings.mode == "vote" and record.shops:
        history, _ = record.played[record.shops[0].seat]
        voted = [hands[0] for hands in history]
        who, by = ["", said("class", language)], said("csv.by.vote", language)
        for number, hand in enumerate(voted):
            lines.append([*who, *_decision(record, voted, number, hand, math.nan, by, language)])
    return csv_table([said(f"csv.{name}", language) for name in _DECISION_COLUMNS], lines)


_DECISION_COLUMNS = (
    "seat", "name", "round", "clock", "at", "local_time", "decided_by", "choice", "way",
    "way_id", "own_mix", "product", "act", "act_seconds", "answers",
)  # fmt: skip


def standing(shop: Shop) -> str:
    """ "counts", "stand_in" (nobody decided anything) or "removed"."""
    return "removed" if shop.removed else "stand_in" if shop.stand_in else "counts"


def local_time(at: float) -> str:
    """A moment as the clock of this machine shows it; "" where it is not known."""
    if not math.isfinite(at) or at <= 0.0:
        return ""
    return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M:%S")


def _result_columns(record: ClassRecord, language: str) -> list[str]:
    def own(*names: str) -> list[str]:
        return [said(f"csv.{name}", language) for name in names]

    goal = metric_name(record.scenario.goal, language)
    asked = []
    for number in range(len(questions(record.scenario))):
        for part in ("bet", "bet_outcome", "bet_score"):
            asked.append(said(f"csv.{part}", language, number=number + 1))
    return [
        *own("seat", "name", "standing", "place", "group"),
        *(
            said("csv.round_choice", language, number=number + 1, clock=clock)
            for number, clock in enumerate(record.clocks)
        ),
        *own("own_rounds", "rounds"),
        *(_with_unit(name, language) for name in metrics_of(record.scenario)),
        *(said(f"csv.luck_{end}", language, metric=goal) for end in ("low", "mean", "high")),
        *own("level"),
        *asked,
        *(said("csv.points", language, part=part_name(part, language)) for part in PARTS),
        *own("score"),
    ]


def part_name(part: str, language: str) -> str:
    """What a part of the score is called."""
    return said(f"grade.part.{part}", language)


def _with_unit(metric: str, language: str) -> str:
    unit = wording.text(f"metrics.{metric}.unit", "en")
    name = metric_name(metric, language)
    key = f"class_report.csv.unit.{unit}"
    if not wording.has(key):
        return name
    return said("csv.with_unit", language, name=name, unit=wording.text(key, language))


def _who(record: ClassRecord, shop: Shop, names: bool, language: str) -> list[Any]:
    return [shop.seat, shop_label(shop.seat, shop.name, names, language)]


def _rounds(record: ClassRecord, shop: Shop, language: str) -> list[Any]:
    titles = hand_titles(record.scenario, shop.hands, language)
    titles += [""] * (len(record.rounds) - len(titles))
    own, since = shop.own_rounds
    return [*titles[: len(record.rounds)], own, since]


def _luck(record: ClassRecord, shop: Shop) -> list[Any]:
    if record.settings.mode == "vote":
        return ["", "", "", ""]
    band = band_of(shop, record.luck, record.scenario.goal) or (None, None, None)
    level = record.levels.get(shop.seat, "")
    return [*("" if end is None else end for end in band), level]


def _bets(record: ClassRecord, shop: Shop, language: str) -> list[Any]:
    settled = {item.bet.question: item for item in record.settled.get(shop.seat, ())}
    cells: list[Any] = []
    for question in questions(record.scenario):
        item = settled.get(question)
        if item is None:
            cells += ["", "", ""]
        else:
            outcome = outcome_said(record.scenario, item, language)
            cells += [bet_said(item.bet, language), outcome, _number(item.skill)]
    return cells


def _grade(grade: Grade) -> list[Any]:
    return [
        *(_rounded(grade.points.get(part)) for part in PARTS),
        _rounded(grade.score),
    ]


def _decision(
    record: ClassRecord,
    hands: Sequence[Hand],
    number: int,
    hand: Hand,
    at: float,
    by: str,
    language: str,
) -> list[Any]:
    scenario = record.scenario
    way = ways(scenario, hands)[number]
    mix = "" if hand.mix is None else " ".join(f"{act}={100 * part:g}%" for act, part in hand.mix)
    return [
        number + 1,
        record.rounds.clock(number),
        at if math.isfinite(at) and at > 0 else "",
        local_time(at),
        by,
        hand_titles(scenario, hands, language)[number],
        way_title(scenario, way, language),
        way,
        mix,
        "" if hand.product is None else product_name(scenario, hand.product, language),
        "" if hand.act is None else act_name(hand.act, language),
        "" if hand.act is None else hand.seconds,
        " ".join(str(shopper) for shopper in hand.answers),
    ]


def _number(value: float | None) -> Any:
    return "" if value is None or not math.isfinite(value) else value


def _rounded(value: float | None) -> Any:
    return "" if value is None else round(value, 2)
