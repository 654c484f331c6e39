"""Plays what the facts are measured on: the four tactics and a few changes, on the same crowds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sim.model.decisions import SetMix, SetTactic
from sim.model.events import Kind
from sim.model.world import World
from sim.play.batch import Comparison, Plan, compare_plans
from sim.scenario import Scenario

BOTH = "patient_interactive"  # the live on which the article's room facts are measured
FOUR = ("patient", "interaction", "rushed", "price_games")
# first minutes in which rushed selling may be ahead
FIRST_MINUTES = 15

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Measurements:
    """Comparisons on the same crowds: the tactics, one product cheap and dear, a studio."""

    tactics: Comparison
    cheap: Comparison
    dear: Comparison
    studio: Comparison

    def only(self, place: int) -> Measurements:
        """What was measured on one crowd."""
        return Measurements(
            self.tactics.only(place),
            self.cheap.only(place),
            self.dear.only(place),
            self.studio.only(place),
        )

    def joined(self, other: Measurements) -> Measurements:
        """What was measured on the crowds of both."""
        return Measurements(
            self.tactics.joined(other.tactics),
            self.cheap.joined(other.cheap),
            self.dear.joined(other.dear),
            self.studio.joined(other.studio),
        )


def without(mix: dict[str, float], acts: tuple[str, ...]) -> dict[str, float]:
    """A mix in which the time of some acts is spent in silence."""
    kept = {act: share for act, share in mix.items() if act not in acts}
    return {**kept, "silence": 1.0 - sum(kept.values())}


def _extra(world: World, events: np.ndarray) -> dict[str, float]:
    """Counts that ratios over many crowds are pooled from, beside the metrics of each run."""
    orders = events[events["kind"] == Kind.ORDER]
    commenters = np.unique(events["shopper"][events["kind"] == Kind.COMMENT])
    buyers = np.unique(orders["shopper"])
    start = int(world.town.hosts[0]["starts"])
    early = orders["tick"] < start + FIRST_MINUTES * 6
    return {
        "commenting_buyers": float(np.isin(buyers, commenters).sum()),
        "early_gmv": float(orders["value"][early].sum()) / 100.0,
        "late_orders": float((orders["extra"] >= 300.0).sum()),
    }


def measure(
    scenario: Scenario, crowds: Iterable[int], progress: Progress | None = None
) -> Measurements:
    """All runs that the facts need; `crowds` are seeds."""
    seeds = list(crowds)
    mix = scenario.tactics[BOTH].mix
    plans: dict[str, Plan] = {name: [(0, SetTactic(name))] for name in (*FOUR, BOTH)}
    quiet = without(mix, ("prompt", "poll", "answer"))
    plans["no_interaction"] = [(0, SetMix(quiet))]
    both: dict[str, Plan] = {BOTH: plans[BOTH]}
    one = {"host.rundown": [{"product": scenario.host.products[0].id, "minutes": 20}]}
    price = scenario.host.products[0].price
    cheap = scenario.with_changes(one)
    dear = scenario.with_changes({**one, "host.products.0.price": price * 4})
    studio = scenario.with_changes({"host.equipment": "studio"})
    total = len(seeds) * (len(plans) + 3)
    base = 0

    def shifted(done: int, _: int) -> None:
        if progress is not None:
            progress(base + done, total)

    results = []
    for changed, played in ((scenario, plans), (cheap, both), (dear, both), (studio, both)):
        comparison = compare_plans(changed, played, seeds, shifted, extra=_extra)
        results.append(comparison)
        base += len(seeds) * len(played)
        if comparison.interrupted:
            raise KeyboardInterrupt
    return Measurements(*results)


def sums(comparison: Comparison, plan: str, metric: str) -> float:
    """A metric added up over all crowds."""
    return float(np.nansum(comparison.values[plan][metric]))
