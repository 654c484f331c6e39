"""The room for Mesa 3: guests are agents, those inside an AgentSet activated with `do`.

Within a tick guests do not touch each other (orders are settled after it), so the order of
activation means nothing and shuffling it would only cost time.
"""

from __future__ import annotations

import mesa
from mesa.agent import AgentSet

from bench.rivals.plain_rules import Guest, LiveRoom
from sim.scenario import Scenario

NAME = "Mesa"
VERSION = mesa.__version__


class MesaGuest(Guest, mesa.Agent):
    """A shopper."""

    def __init__(self, model: MesaRoom, room: LiveRoom):
        mesa.Agent.__init__(self, model)
        self.move_in(room)

    def walk_out(self) -> None:
        self.model.inside.discard(self)


class MesaRoom(mesa.Model):
    """One live with everybody who will come; `arrive_ticks` is the span in which they do."""

    def __init__(self, scenario: Scenario, seed: int, arrive_ticks: int):
        super().__init__(seed=seed)
        self.room = LiveRoom(scenario, self.random)
        self.inside = AgentSet([], random=self.random)
        self.arrivals: dict[int, list[MesaGuest]] = {}
        for guest in MesaGuest.create_agents(self, scenario.shoppers, self.room):
            tick = self.random.randrange(arrive_ticks)
            self.arrivals.setdefault(tick, []).append(guest)

    def step(self) -> None:
        self.room.host_ten_seconds()
        self.inside.do("dwell")
        self.room.settle_orders()
        for guest in self.arrivals.pop(self.room.tick, ()):
            guest.enter()
            self.inside.add(guest)
        self.running = self.room.live


def build(scenario: Scenario, seed: int, arrive_ticks: int) -> MesaRoom:
    """A room before its live."""
    return MesaRoom(scenario, seed, arrive_ticks)


def play(model: MesaRoom) -> None:
    """The whole live, until everybody has left."""
    model.run_model()


def tally(model: MesaRoom) -> dict[str, float]:
    """Counts of the live, and the trust of all who came added up."""
    return {**model.room.tally, "trust": sum(model.agents.get("trust"))}
