"""Small, busy streets for tests: few people who open the app often."""

from __future__ import annotations

from functools import cache
from typing import Any

from sim.scenario import Scenario

_BUSY: dict[str, Any] = {
    "shoppers": 300,
    "street_hours.opens": "19:55",
    "street_hours.closes": "20:50",
    "live.minutes": 40,
    "nights": 5,
    "street.population.visits_per_day.median": 20,
    "street.population.stroll_minutes.median": 30,
    "street.mechanisms.click_rate": 0.5,
    # people who order easily, so that few of them make many orders
    "street.mechanisms.want_bar": 0.9,
    "street.mechanisms.risk_weight": 0.8,
    "street.mechanisms.order_rate": 0.8,
}


def _neighbours(scenario: Scenario) -> dict[str, Any]:
    return {
        f"street.neighbours.{n}.live": {**host.live.model_dump(), "starts": "19:58", "minutes": 45}
        for n, host in enumerate(scenario.street.neighbours)
        if host.live is not None
    }


@cache
def _base() -> Scenario:
    scenario = Scenario.load("first_stream")
    return scenario.with_changes({**_BUSY, **_neighbours(scenario)})


def busy_street(**changes: Any) -> Scenario:
    """The busy street with some dotted keys changed; dots are written as two underscores."""
    if not changes:
        return _base()
    return _base().with_changes({key.replace("__", "."): value for key, value in changes.items()})
