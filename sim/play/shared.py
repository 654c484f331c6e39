"""One street with several played shops, which compete for the same shoppers.

    street = SharedRun(scenario, seed=7, shops=4)
    street.decide(2, SetTactic("patient"))
    street.advance_ticks(60)
    street.shop(2).report()

Every shop has the goods, the fans' share and the hours of the scenario's own; the neighbours who
would be live are replaced by them, those with notes alone stay as far as there is room. An evening
only: what is decided in the mornings of a campaign is for one shop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.errors import DecisionError, Phrase, StrollError
from sim.model.decisions import Decision, SetMix, SetTactic
from sim.model.layout import EVENT, Place
from sim.model.world import World
from sim.play.figures import figures, mean_trust
from sim.play.observation import RoomObservation, observe_room
from sim.play.timeline import Timeline
from sim.scenario import Scenario
from sim.scenario.fields import MAX_HOSTS

# Two places are left for neighbours, so that there is a street beside the shops.
MOST_SHOPS = MAX_HOSTS - 2


def shared_scenario(scenario: Scenario, shops: int) -> Scenario:
    """The scenario with `shops` shops like its own, 1 to MOST_SHOPS; StrollError for a campaign."""
    if scenario.campaign is not None:
        raise StrollError(Phrase("class_core.shared_campaign"))
    if not 1 <= shops <= MOST_SHOPS:
        raise StrollError(Phrase("class_core.shared_shops", found=shops, limit=MOST_SHOPS))
    data = scenario.canonical()
    own = {name: value for name, value in data["host"].items() if name != "idle_days"}
    live = {**data["live"], "tactic": scenario.reference}
    others = [
        {
            **own,
            "id": f"shop_{number}",
            "name": {la: f"{word} {number}" for la, word in own["name"].items()},
            "live": live,
        }
        for number in range(2, shops + 1)
    ]
    quiet = [host for host in data["street"]["neighbours"] if host.get("live") is None]
    data["street"]["neighbours"] = (others + quiet)[: MAX_HOSTS - 1]
    # Claims and the place in the course are about the scenario as it is written.
    for name in ("claims", "lesson"):
        data.pop(name, None)
    return Scenario.from_data(data)


@dataclass(frozen=True)
class ShopRun:
    """One shop of a shared street, told as a run is told. host: its number, from 0."""

    street: SharedRun
    host: int

    @property
    def scenario(self) -> Scenario:
        return self.street.scenario

    @property
    def tick(self) -> int:
        return self.street.tick

    def events(self, since: int = 0) -> np.ndarray:
        """Events of this shop in time order, from number `since` on (dtype EVENT)."""
        events = self.street.all_events()
        return events[events["host"] == self.host][since:]

    def report(self) -> dict[str, float]:
        """The figures of this shop so far, in the order of sim.play.figures.METRICS."""
        state, events = self.street.world.state(0), self.events()
        shoppers = state.shoppers
        inside = (shoppers["place"] == Place.IN_ROOM) & (shoppers["where"] == self.host)
        seconds = float((self.tick - shoppers["entered"][inside]).sum()) * 10.0
        return figures(events, mean_trust(state.relations, events, self.host), seconds)

    def room(self) -> RoomObservation:
        return observe_room(self.street.world, self.street.tactics[self.host], self.host)

    def digest(self) -> str:
        """That of the whole street."""
        return self.street.digest()


class SharedRun:
    """A street with several played shops, from its opening to the last night."""

    def __init__(self, scenario: Scenario, seed: int | None = None, shops: int = MOST_SHOPS):
        self.scenario = shared_scenario(scenario, shops)
        self.seed = scenario.seed if seed is None else int(seed)
        self.shops = shops
        self.timeline = Timeline.of(self.scenario)
        self.world = World(self.scenario, [self.seed])
        self.tactics: list[str | None] = [self.scenario.reference] * shops
        self._events: list[np.ndarray] = []

    @property
    def tick(self) -> int:
        """Ticks since the street opened."""
        return self.world.tick(0)

    @property
    def end_tick(self) -> int:
        return self.timeline.end

    def shop(self, host: int) -> ShopRun:
        return ShopRun(self, host)

    def decide(self, host: int, decision: Decision) -> None:
        """Applies a decision of a shop from this tick on; DecisionError, with nothing changed."""
        if not 0 <= host < self.shops or not isinstance(decision, Decision):
            raise DecisionError(Phrase("decisions.not_a_decision"))
        if self.tick >= self.timeline.live_end:
            raise DecisionError(Phrase("decisions.not_live"))
        scenario = self.scenario
        self.world.change(0, lambda state, town: decision.apply(scenario, state, town, host))
        if isinstance(decision, SetTactic):
            self.tactics[host] = decision.tactic
        elif isinstance(decision, SetMix):
            self.tactics[host] = None

    def advance_ticks(self, ticks: int) -> int:
        """Advances ticks of ten seconds; returns how many were done."""
        start = self.tick
        until = min(start + max(0, ticks), self.timeline.end)
        happened = self.world.advance(until, keep=range(self.shops))[0]
        if len(happened):
            self._events.append(happened)
        return self.tick - start

    def all_events(self) -> np.ndarray:
        """Events of every shop in time order."""
        self._events = [np.concatenate(self._events or [np.zeros(0, dtype=EVENT)])]
        return self._events[0]

    def digest(self) -> str:
        """128 bits over the whole state; equal only for equal worlds."""
        return self.world.digest(0)

    def fork(self) -> SharedRun:
        """An independent copy of this moment."""
        copy = object.__new__(SharedRun)
        copy.scenario, copy.seed, copy.shops = self.scenario, self.seed, self.shops
        copy.timeline, copy.world = self.timeline, self.world.fork()
        copy.tactics, copy._events = list(self.tactics), [self.all_events()]
        return copy
