"""Grades of a class: a score of 0 to 100 from parts that the instructor weighs.

    weights = read_weights({"goal": 50, "bets": 10})
    levels = levels_of(shops, luck, scenario.goal)
    for grade in grades(scenario, shops, weights, constants, settled, levels): ...

Each part gives 0 to 100 points on a scale that does not depend on how the others were graded:
0 is what the weakest tactic (of a campaign the weakest policy) kept throughout brings with the same
crowd, 100 the best known of all those and of the class.

    goal          the scenario's goal, such as net sales
    return_rate   the share of orders that came back; the less the better
    followers     followers won, less those lost
    trust         of the people who came
    bets          the mean skill of the bets: -3, the worst, is 0 points; knowing nothing is 75. The
                  scale is a straight line, so that saying what one believes stays the best bet
    own           the share of rounds decided by oneself, since joining

What cannot be judged does not count, and the other parts weigh accordingly. Luck is not graded: by
the goal, everybody whose line other crowds do not tell apart from that of the best of them gets the
same points, the mean of theirs. Going down from the best, whoever is clearly below begins the next
such group. Given the same file, crowds and weights, a grade is always the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from sim.classroom.bets import mean_skill
from sim.classroom.results import Shop
from sim.classroom.results_luck import ClassLuck
from sim.classroom.results_words import better
from sim.errors import Phrase, StrollError
from sim.play.bets import WORST, Settled
from sim.play.luck import LOWER_IS_BETTER
from sim.scenario import Scenario

PARTS = ("goal", "return_rate", "followers", "trust", "bets", "own")
DEFAULT_WEIGHTS: Mapping[str, float] = {
    "goal": 40.0, "return_rate": 15.0, "followers": 15.0, "trust": 10.0, "bets": 10.0, "own": 10.0,
}  # fmt: skip
_MOST_WEIGHT = 1_000_000.0
_UNDECIDED = ("tie", "same")

Constants = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Grade:
    """One trainee's score and what it is made of.

    score   0 to 100; None where nothing can be judged, or the shop does not count
    points  part -> 0 to 100, or None where it cannot be judged
    level   number of the group that luck does not tell apart, from 1; None without other crowds
    """

    seat: int
    score: float | None
    points: Mapping[str, float | None]
    level: int | None = None


def read_weights(given: Mapping[str, object] | None) -> dict[str, float]:
    """A weight for each part, those that are not named 0; the usual ones where none is given.

    StrollError for a part that there is not, a weight that is none, or nothing but zeros.
    """
    if not given:
        return dict(DEFAULT_WEIGHTS)
    weights = dict.fromkeys(PARTS, 0.0)
    for name, value in given.items():
        if name not in PARTS:
            known = ", ".join(PARTS)
            raise StrollError(Phrase("class_report.grade.no_part", found=name, accepted=known))
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0.0 <= float(value) <= _MOST_WEIGHT:  # type: ignore[arg-type]
            raise StrollError(Phrase("class_report.grade.bad_weight", part=name, found=str(value)))
        weights[name] = float(value)  # type: ignore[arg-type]
    if not any(weights.values()):
        raise StrollError(Phrase("class_report.grade.no_weight"))
    return weights


def grades(
    scenario: Scenario,
    shops: Sequence[Shop],
    weights: Mapping[str, float],
    constants: Constants,
    settled: Mapping[int, Sequence[Settled]],
    levels: Mapping[int, int],
) -> list[Grade]:
    """A grade a shop, in the order of `shops`; settled: seat -> its bets, where it made any.

    levels: what `levels_of` gives.
    """
    counted = [shop for shop in shops if shop.counts]
    goal = _goal_points(scenario, counted, shops, constants, levels)
    asked = any(settled.values())
    made = []
    for shop in shops:
        if not shop.counts:
            made.append(Grade(shop.seat, None, dict.fromkeys(PARTS)))
            continue
        own, since = shop.own_rounds
        points = {
            "goal": goal.get(shop.seat),
            **{
                part: _points(part, _value(shop.outcome.figures, part), shops, constants)
                for part in ("return_rate", "followers", "trust")
            },
            "bets": _bet_points(shop, settled.get(shop.seat, ()), asked),
            "own": 100.0 * own / since if since else None,
        }
        level = levels.get(shop.seat)
        made.append(Grade(shop.seat, weighed(points, weights), points, level))
    return made


def weighed(points: Mapping[str, float | None], weights: Mapping[str, float]) -> float | None:
    """The weighted mean of the parts that can be judged; None when none of them weighs anything."""
    known = [(weights.get(part, 0.0), value) for part, value in points.items() if value is not None]
    total = sum(weight for weight, _ in known)
    return sum(weight * value for weight, value in known) / total if total > 0 else None


def levels_of(shops: Iterable[Shop], luck: ClassLuck | None, metric: str) -> dict[int, int]:
    """Seat -> number of the group of those that other crowds do not tell apart; {} without them.

    A group is made of its best by the class's own crowd, and of all below who are not clearly below
    that one.
    """
    if luck is None:
        return {}
    sign = 1.0 if metric in LOWER_IS_BETTER else -1.0
    left = sorted(
        (s for s in shops if luck.knows(s.seat) and math.isfinite(s.figure(metric))),
        key=lambda shop: (sign * shop.figure(metric), shop.seat),
    )
    levels: dict[int, int] = {}
    number = 0
    while left:
        number += 1
        best, below = left[0], []
        levels[best.seat] = number
        for shop in left[1:]:
            if _level(luck, best.seat, shop.seat, metric):
                levels[shop.seat] = number
            else:
                below.append(shop)
        left = below
    return levels


def _level(luck: ClassLuck, one: int, other: int, metric: str) -> bool:
    if luck.same_line(one, other):
        return True
    return luck.verdict([one], [other], metric).kind in _UNDECIDED


def _goal_points(
    scenario: Scenario,
    counted: Sequence[Shop],
    shops: Sequence[Shop],
    constants: Constants,
    levels: Mapping[int, int],
) -> dict[int, float]:
    points = {}
    for shop in counted:
        found = _points("goal", shop.figure(scenario.goal), shops, constants, scenario.goal)
        if found is not None:
            points[shop.seat] = found
    groups: dict[int, list[int]] = {}
    for seat, level in levels.items():
        if seat in points:
            groups.setdefault(level, []).append(seat)
    for seats in groups.values():
        same = fmean(points[seat] for seat in seats)
        points.update(dict.fromkeys(seats, same))
    return points


def _points(
    part: str,
    value: float,
    shops: Sequence[Shop],
    constants: Constants,
    goal: str = "",
) -> float | None:
    """Points on the scale from the weakest constant line to the best known."""
    metric = goal or part
    if not math.isfinite(value):
        return None
    if goal:
        steady = [float(figures.get(goal, math.nan)) for figures in constants.values()]
        lived = [shop.figure(goal) for shop in shops]
    else:
        steady = [_value(figures, part) for figures in constants.values()]
        lived = [_value(shop.outcome.figures, part) for shop in shops]
    steady = [one for one in steady if math.isfinite(one)]
    lived = [one for one in lived if math.isfinite(one)]
    lower = metric in LOWER_IS_BETTER
    best = (min if lower else max)([*steady, *lived, value])
    weakest = (max if lower else min)(steady or [*lived, value])
    if best == weakest or not better(metric, best, weakest):
        return 100.0 if not better(metric, best, value) else 0.0
    return 100.0 * min(1.0, max(0.0, (value - weakest) / (best - weakest)))


def _value(figures: Mapping[str, float], part: str) -> float:
    if part == "followers":
        return float(figures.get("followers", math.nan)) - float(figures.get("unfollowed", 0.0))
    return float(figures.get(part, math.nan))


def _bet_points(shop: Shop, settled: Sequence[Settled], asked: bool) -> float | None:
    """Nobody who came late, or whose bets are all void, is judged; who bet nothing has 0."""
    skill = mean_skill(settled)
    if math.isfinite(skill):
        return 100.0 * (skill - WORST) / (1.0 - WORST)
    if settled or not asked or shop.joined > 0:
        return None
    return 0.0
