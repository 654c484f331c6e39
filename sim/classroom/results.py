"""What came of a class: figures by the choices made, averages, places. Names only where allowed.

    shops = shops_of(state, names, outcome)                # outcome(seat) -> Outcome or None
    results(scenario, shops, "zh", names_shown=False)      # a dict for screens

Where nobody decided anything, or somebody was taken out, a shop is shown apart and counts in no
average and no place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from sim.classroom.results_outcome import group_of
from sim.classroom.results_shop import Shop, shops_of
from sim.classroom.results_words import (
    group_title,
    metric_name,
    metrics_of_class,
    shop_label,
    way_title,
    ways,
    written,
)
from sim.play.luck import LOWER_IS_BETTER
from sim.scenario import Scenario

__all__ = [
    "Group", "Shop", "by_round", "group_of_shop", "groups_of", "mean", "place_of", "plain",
    "ranked", "ranking", "results", "shops_of",
]  # fmt: skip


def group_of_shop(scenario: Scenario, shop: Shop) -> str:
    """The tactic (of a campaign the policy) that had more than half of the time, or "mixed"."""
    if scenario.campaign is None:
        return group_of(shop.outcome.shares)
    lived = ways(scenario, shop.hands)
    return group_of({way: lived.count(way) / len(lived) for way in lived})


@dataclass(frozen=True)
class Group:
    """Shops that were hosted alike. values are of one figure, in the order of `shops`."""

    key: str
    shops: tuple[Shop, ...]

    def values(self, metric: str) -> list[float]:
        """A figure of its shops, those without one left out."""
        return [value for shop in self.shops if math.isfinite(value := shop.figure(metric))]


def groups_of(scenario: Scenario, shops: Iterable[Shop], metric: str) -> list[Group]:
    """Shops by what they did, the group with the best mean first; only shops that count."""
    found: dict[str, list[Shop]] = {}
    for shop in shops:
        if shop.counts:
            found.setdefault(group_of_shop(scenario, shop), []).append(shop)
    groups = [Group(key, tuple(members)) for key, members in found.items()]
    sign = 1.0 if metric in LOWER_IS_BETTER else -1.0
    order = {key: n for n, key in enumerate(_known(scenario))}
    return sorted(
        groups,
        key=lambda group: (
            sign * (mean(group.values(metric)) or 0.0),
            order.get(group.key, len(order)),
        ),
    )


def mean(values: Sequence[float]) -> float | None:
    """The mean of what is known; None when nothing is."""
    known = [value for value in values if math.isfinite(value)]
    return fmean(known) if known else None


def results(
    scenario: Scenario,
    shops: Sequence[Shop],
    language: str,
    *,
    names_shown: bool = False,
    metric: str | None = None,
    practice: bool = False,
    best: Mapping[str, Any] | None = None,
    luck: Mapping[str, Any] | None = None,
    spans_clock: Sequence[str] = (),
) -> dict[str, Any]:
    """The distribution of one figure (the goal by default) by choices made, for screens.

    best, luck: what sim.classroom.results_best and results_luck give, as far as they came.
    spans_clock: "20:00-20:20" of each round.
    """
    chosen = metric or scenario.goal
    counted = [shop for shop in shops if shop.counts]
    average = mean([shop.figure(chosen) for shop in counted])
    found: dict[str, Any] = {
        "metric": chosen,
        "title": metric_name(chosen, language),
        "lower_is_better": chosen in LOWER_IS_BETTER,
        "practice": practice,
        "count": len(counted),
        "groups": [
            _group_data(scenario, group, chosen, language)
            for group in groups_of(scenario, shops, chosen)
        ],
        "values": [
            {
                "label": shop_label(shop.seat, shop.name, names_shown, language),
                "value": plain(shop.figure(chosen)),
                "text": written(chosen, shop.figure(chosen), language),
                "group": group_of_shop(scenario, shop),
                "stand_in": shop.stand_in,
            }
            for shop in shops
            if not shop.removed
        ],
        "average": plain(average),
        "average_text": written(chosen, average, language),
        "best_known": None if best is None else best.get("value"),
        "best": None if best is None else dict(best),
        "ties": [] if luck is None else list(luck.get("ties", [])),
        "bands": [] if luck is None else list(luck.get("bands", [])),
        "luck": None if luck is None else {"crowds": luck["crowds"], "wanted": luck["wanted"]},
        "others": [
            _other(name, counted, language) for name in metrics_of_class(scenario) if name != chosen
        ],
        "rounds": by_round(scenario, counted, language, spans_clock),
    }
    return found


def by_round(
    scenario: Scenario, shops: Sequence[Shop], language: str, clocks: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """For each round: what was left of the orders placed in it, by what was done in it."""
    length = max((len(shop.outcome.rounds) for shop in shops), default=0)
    lived = {shop.seat: ways(scenario, shop.hands) for shop in shops}
    found = []
    for number in range(length):
        by_way: dict[str, list[float]] = {}
        for shop in shops:
            done = lived[shop.seat]
            if number < min(len(done), len(shop.outcome.rounds)):
                net = float(shop.outcome.rounds[number]["net"])
                by_way.setdefault(done[number], []).append(net)
        if not by_way:
            continue
        groups = [
            {
                "key": key, "title": way_title(scenario, key, language), "count": len(values),
                "mean": fmean(values), "mean_text": written("net_sales", fmean(values), language),
            }
            for key, values in by_way.items()
        ]  # fmt: skip
        groups.sort(key=lambda group: -group["mean"])
        clock = clocks[number] if number < len(clocks) else ""
        found.append({"number": number + 1, "clock": clock, "groups": groups})
    return found


def ranked(shops: Sequence[Shop], metric: str) -> list[tuple[int, Shop]]:
    """(place, shop) of those that count, best first; equal figures share a place."""
    sign = 1.0 if metric in LOWER_IS_BETTER else -1.0
    known = [
        (sign * shop.figure(metric), shop)
        for shop in shops
        if shop.counts and math.isfinite(shop.figure(metric))
    ]
    known.sort(key=lambda pair: (pair[0], pair[1].seat))
    places: list[tuple[int, Shop]] = []
    for number, (value, shop) in enumerate(known):
        same = number > 0 and known[number - 1][0] == value
        places.append((places[-1][0] if same else number + 1, shop))
    return places


def ranking(
    scenario: Scenario,
    shops: Sequence[Shop],
    language: str,
    *,
    ranking: str,
    top: int,
    names_shown: bool,
) -> list[dict[str, Any]] | None:
    """The few best for everybody to see; None unless the class is ranked so."""
    if ranking != "top":
        return None
    goal = scenario.goal
    return [
        {
            "place": place,
            "label": shop_label(shop.seat, shop.name, names_shown, language),
            "value": plain(shop.figure(goal)),
            "text": written(goal, shop.figure(goal), language),
        }
        for place, shop in ranked(shops, goal)
        if place <= top
    ]


def place_of(
    scenario: Scenario, shops: Sequence[Shop], seat: int, ranking: str
) -> dict[str, int] | None:
    """One's own place, for nobody else's eyes; None where places are not told or there is none."""
    if ranking == "off":
        return None
    places = ranked(shops, scenario.goal)
    for place, shop in places:
        if shop.seat == seat:
            return {"rank": place, "of": len(places)}
    return None


def plain(value: float | None) -> float | None:
    """A figure as JSON can hold it."""
    return None if value is None or not math.isfinite(value) else float(value)


def _known(scenario: Scenario) -> Iterable[str]:
    return scenario.policies if scenario.campaign is not None else scenario.tactics


def _group_data(scenario: Scenario, group: Group, metric: str, language: str) -> dict[str, Any]:
    values = group.values(metric)
    average = mean(values)
    return {
        "key": group.key,
        "title": group_title(scenario, group.key, language),
        "count": len(group.shops),
        "values": values,
        "mean": plain(average),
        "mean_text": written(metric, average, language),
    }


def _other(metric: str, shops: Sequence[Shop], language: str) -> dict[str, Any]:
    values = [shop.figure(metric) for shop in shops]
    average = mean(values)
    return {
        "metric": metric,
        "title": metric_name(metric, language),
        "values": [plain(value) for value in values],
        "average": plain(average),
        "average_text": written(metric, average, language),
    }
