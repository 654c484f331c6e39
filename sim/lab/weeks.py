"""Lives seasons of the street on which the facts of weeks are measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.lab.measure import Progress, sums
from sim.model import TICKS_PER_DAY
from sim.model.events import Kind
from sim.model.layout import Relation
from sim.model.world import World
from sim.play.batch import Comparison, compare_plans
from sim.scenario import Scenario

SEASON = "season"
ACCOUNT = "account"
STREAM = "stream_only"
# The same live and the same money for traffic; only the notes differ.
STORIES, HARD = "paid_stories", "paid_hard_sell"
_NOTE_DAYS = 30

_FANS = int(Relation.FOLLOWER) | int(Relation.MEMBER)


@dataclass(frozen=True)
class Weeks:
    """Ninety days of an account and of streams alone; thirty days of two kinds of notes."""

    season: Comparison
    notes: Comparison

    def only(self, place: int) -> Weeks:
        """What was measured on one crowd."""
        return Weeks(self.season.only(place), self.notes.only(place))

    def joined(self, other: Weeks) -> Weeks:
        """What was measured on the crowds of both."""
        return Weeks(self.season.joined(other.season), self.notes.joined(other.notes))


def _extra(world: World, events: np.ndarray) -> dict[str, float]:
    """Sums from which figures of weeks are pooled over crowds."""
    orders = events[events["kind"] == Kind.ORIGIN]
    fans = (orders["extra"].astype(np.int64) & _FANS) > 0
    days = int(world.town.rules[0]["days"])
    late = orders["tick"] >= (days - 30) * TICKS_PER_DAY
    first = orders["tick"] < 2 * TICKS_PER_DAY
    return {
        "late_value": float(orders["value"][late].sum()),
        "late_fan_value": float(orders["value"][late & fans].sum()),
        "first_value": float(orders["value"][first].sum()),
        "first_fan_value": float(orders["value"][first & fans].sum()),
    }


def measure_weeks(
    crowds: Iterable[int], progress: Progress | None = None, changes: dict | None = None
) -> Weeks:
    """All campaigns that the facts of weeks need; `crowds` are seeds, `changes` to the season.

    progress: told how many campaigns are done, of how many. KeyboardInterrupt is passed on.
    """
    seeds = list(crowds)
    season = Scenario.load(SEASON).with_changes(changes or {})
    month = season.with_changes({"campaign.days": _NOTE_DAYS})
    parts = ((season, (ACCOUNT, STREAM)), (month, (STORIES, HARD)))
    total = 4 * len(seeds)
    results, base = [], 0

    def shifted(done: int, _: int) -> None:
        if progress is not None:
            progress(base + done, total)

    for scenario, names in parts:
        plans = {name: scenario.policies[name] for name in names}
        comparison = compare_plans(scenario, plans, seeds, shifted, extra=_extra)
        if comparison.interrupted:
            raise KeyboardInterrupt
        results.append(comparison)
        base += len(names) * len(seeds)
    return Weeks(*results)


def _ratio(one: float, other: float) -> float:
    return one / other if other else float("nan")


def _mean(comparison: Comparison, plan: str, metric: str) -> float:
    known = comparison.values[plan][metric]
    known = known[~np.isnan(known)]
    return float(known.mean()) if len(known) else float("nan")


def _visits_a_yuan(w: Weeks, plan: str) -> float:
    return _ratio(sums(w.notes, plan, "visits"), sums(w.notes, plan, "traffic_spent"))


def _sales_a_yuan(w: Weeks, plan: str) -> float:
    return _ratio(sums(w.notes, plan, "net_sales"), sums(w.notes, plan, "traffic_spent"))


# What each fact of weeks is, pooled over all crowds.
WEEKS = {
    "member_watch_minutes": lambda w: _mean(w.season, ACCOUNT, "member_watch_minutes"),
    "member_value_ratio": lambda w: _mean(w.season, ACCOUNT, "member_value_ratio"),
    "fan_share": lambda w: _ratio(
        sums(w.season, ACCOUNT, "late_fan_value"), sums(w.season, ACCOUNT, "late_value")
    ),
    "repeat_share": lambda w: _mean(w.season, ACCOUNT, "repeat_share"),
    "note_visits_a_yuan": lambda w: _ratio(_visits_a_yuan(w, STORIES), _visits_a_yuan(w, HARD)),
    "note_sales_a_yuan": lambda w: _ratio(_sales_a_yuan(w, STORIES), _sales_a_yuan(w, HARD)),
}

# Shown beside them, without a target.
WEEKS_BESIDE = {
    "fan_share_first_days": lambda w: _ratio(
        sums(w.season, ACCOUNT, "first_fan_value"), sums(w.season, ACCOUNT, "first_value")
    ),
    "account_over_stream": lambda w: _ratio(
        sums(w.season, ACCOUNT, "net_sales"), sums(w.season, STREAM, "net_sales")
    ),
}
