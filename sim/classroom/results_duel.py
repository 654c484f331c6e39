"""Two trainees side by side: the same minutes, the same crowd, two ways to host.

The data is small, and holds every minute, so that a screen can scrub through both at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.classroom.hand import Hand
from sim.classroom.results import Shop, plain
from sim.classroom.results_outcome import Hosted
from sim.classroom.results_words import (
    group_title,
    hand_title,
    metric_name,
    metrics_of_class,
    shop_label,
    tactic_title,
    ways,
    written,
)
from sim.classroom.rounds import Rounds
from sim.model import TICKS_PER_DAY, TICKS_PER_MINUTE
from sim.play.ghost import series_of
from sim.scenario import Scenario

# Present at a mark, and totals so far.
_SERIES = {"viewers": "inside", "orders": "orders", "comments": "comments", "net": "net_sales"}


@dataclass(frozen=True)
class Curves:
    """One shop by the minute (of a campaign by the day); numbers rounded, to be sent."""

    series: Mapping[str, tuple[float, ...]]


def marks_of(rounds: Rounds) -> np.ndarray:
    """Ticks of the marks: every minute of the live, or every morning; the last is the end of it."""
    step = TICKS_PER_DAY if rounds.campaign else TICKS_PER_MINUTE
    return np.arange(rounds.edges[0], rounds.edges[-1] + 1, step)


def curves_of(run: Hosted, rounds: Rounds) -> Curves:
    """The curves of a run up to where it stands."""
    ticks = marks_of(rounds)
    ticks = ticks[ticks <= run.tick]
    series = series_of(run.events(), ticks)
    return Curves({name: tuple(_small(series[source])) for name, source in _SERIES.items()})


def duel(
    scenario: Scenario,
    rounds: Rounds,
    one: tuple[Shop, Curves],
    other: tuple[Shop, Curves],
    language: str,
    *,
    names_shown: bool = False,
) -> dict[str, Any]:
    """Both shops for one screen; marks are minutes of the live, or days."""
    length = min(len(one[1].series["viewers"]), len(other[1].series["viewers"]))
    tell = rounds.timeline.clock
    ticks = marks_of(rounds)[:length]
    return {
        "unit": "day" if rounds.campaign else "minute",
        "marks": length,
        "clock": [] if rounds.campaign else [tell(int(tick)) for tick in ticks[::10]],
        "rounds": [
            {"number": number + 1, "clock": rounds.clock(number), "from": first, "to": last}
            for number in range(len(rounds))
            for first, last in [rounds.minutes(number)]
        ],
        "one": _side(scenario, rounds, *one, language, names_shown),
        "other": _side(scenario, rounds, *other, language, names_shown),
        "figures": [
            {
                "metric": metric,
                "title": metric_name(metric, language),
                "one": written(metric, one[0].figure(metric), language),
                "other": written(metric, other[0].figure(metric), language),
                "values": [plain(one[0].figure(metric)), plain(other[0].figure(metric))],
            }
            for metric in dict.fromkeys(
                (*metrics_of_class(scenario), "viewers", "orders", "conversion", "returns")
            )
        ],
    }


def _side(
    scenario: Scenario,
    rounds: Rounds,
    shop: Shop,
    curves: Curves,
    language: str,
    names_shown: bool,
) -> dict[str, Any]:
    return {
        "label": shop_label(shop.seat, shop.name, names_shown, language),
        "stand_in": shop.stand_in,
        "series": {name: list(values) for name, values in curves.series.items()},
        "bands": _bands(scenario, rounds, shop, language),
        "hands": hand_titles(scenario, shop.hands, language),
        "finished": shop.outcome.finished,
    }


def hand_titles(scenario: Scenario, hands: Sequence[Hand], language: str) -> list[str]:
    """What was decided in each round, in a few words."""
    lived = ways(scenario, hands)
    first = ways(scenario, [Hand()])
    return [
        hand_title(scenario, hand, before, language)
        for hand, before in zip(hands, [*first, *lived], strict=False)
    ]


def _bands(scenario: Scenario, rounds: Rounds, shop: Shop, language: str) -> list[dict[str, Any]]:
    if rounds.campaign:
        return [
            {"from": rounds.minutes(n)[0], "to": rounds.minutes(n)[1], "key": way,
             "title": group_title(scenario, way, language)}
            for n, way in enumerate(ways(scenario, shop.hands))
        ]  # fmt: skip
    start = rounds.edges[0]
    return [
        {
            "from": (band.start - start) / TICKS_PER_MINUTE,
            "to": (band.stop - start) / TICKS_PER_MINUTE,
            "key": band.tactic,
            "title": tactic_title(scenario, band.tactic, language),
        }
        for band in shop.outcome.bands
    ]


def _small(values: np.ndarray) -> list[float]:
    return [int(value) if value == int(value) else round(float(value), 1) for value in values]
