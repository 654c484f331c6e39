"""The room for AgentPy: guests are agents, those inside an AgentList called as one.

An AgentList has no quick way to drop one agent, so those who left are sifted out once a tick;
that measured faster than an AgentDList with its bookkeeping at each coming and going.
"""

from __future__ import annotations

import agentpy
from agentpy.version import __version__ as VERSION

from bench.rivals.plain_rules import Guest, LiveRoom
from sim.scenario import Scenario

NAME = "AgentPy"
__all__ = ["NAME", "VERSION", "build", "play", "tally"]


class AgentPyGuest(Guest, agentpy.Agent):
    """A shopper."""

    def setup(self, room: LiveRoom) -> None:
        self.here = False
        self.move_in(room)

    def walk_out(self) -> None:
        self.here = False
        self.model.somebody_left = True


class AgentPyRoom(agentpy.Model):
    """One live with everybody who will come."""

    def setup(self) -> None:
        self.room = LiveRoom(self.p.scenario, self.random)
        self.guests = agentpy.AgentList(
            self, self.p.scenario.shoppers, AgentPyGuest, room=self.room
        )
        self.inside = agentpy.AgentList(self)
        self.somebody_left = False
        self.arrivals: dict[int, list[AgentPyGuest]] = {}
        for guest in self.guests:
            tick = self.random.randrange(self.p.arrive_ticks)
            self.arrivals.setdefault(tick, []).append(guest)

    def step(self) -> None:
        self.room.host_ten_seconds()
        self.inside.dwell()
        self.room.settle_orders()
        if self.somebody_left:
            self.inside = self.inside.select(self.inside.here)
            self.somebody_left = False
        come = self.arrivals.pop(self.room.tick, ())
        for guest in come:
            guest.enter()
            guest.here = True
        self.inside.extend(come)
        if not self.room.live:
            self.stop()


def build(scenario: Scenario, seed: int, arrive_ticks: int) -> AgentPyRoom:
    """A room before its live."""
    model = AgentPyRoom({"scenario": scenario, "arrive_ticks": arrive_ticks})
    model.sim_setup(seed=seed)
    return model


def play(model: AgentPyRoom) -> None:
    """The whole live, until everybody has left."""
    while model.running:
        model.sim_step()


def tally(model: AgentPyRoom) -> dict[str, float]:
    """Counts of the live, and the trust of all who came added up."""
    return {**model.room.tally, "trust": sum(model.guests.trust)}
