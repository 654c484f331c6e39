"""What a lesson's comparison costs: many crowds, each met by every tactic."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from bench.clock import Took, took
from sim.play.batch import compare
from sim.scenario import Scenario


@dataclass(frozen=True)
class Batch:
    """One call of `compare`: everybody born, the street from opening to closing, all figures."""

    crowds: int
    tactics: int
    shoppers: int
    minutes: int
    nights: int
    cores: int
    time: Took

    @property
    def runs(self) -> int:
        """Worlds lived through."""
        return self.crowds * self.tactics

    @property
    def cores_used(self) -> float:
        """How many cores were at work; fewer than there are when others work beside us."""
        return self.time.processor / self.time.wall


def measure(
    scenario: Scenario,
    crowds: int,
    shoppers: int,
    nights: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Batch:
    """`crowds` crowds of `shoppers`, each met by the scenario's tactics, in one call."""
    street = scenario.with_changes({"shoppers": shoppers, "nights": nights})
    time = took(lambda: compare(street, seeds=range(crowds), progress=progress))
    return Batch(
        crowds=crowds,
        tactics=len(street.compare),
        shoppers=shoppers,
        minutes=street.live.minutes,
        nights=nights,
        cores=os.cpu_count() or 1,
        time=time,
    )
