"""The room alone, for our engine: everybody comes to one door, nobody strolls.

Nothing of the rules is written again. Everybody is put asleep at the door of the room and woken at
the tick drawn for them; the engine's own steps let them in, entertain them and see them out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model import ENGINE_VERSION
from sim.model.events import Kind, LeaveReason
from sim.model.layout import Place
from sim.model.phases.calendar import sleep_until
from sim.model.world import World
from sim.play.figures import mean_trust
from sim.scenario import Scenario

NAME = "Stroll Street"
VERSION = ENGINE_VERSION

_UNLIMITED = 1_000_000
_KINDS = {
    "viewers": Kind.ENTER,
    "comments": Kind.COMMENT,
    "answers": Kind.ANSWER,
    "orders": Kind.ORDER,
    "follows": Kind.FOLLOW,
    "unfollows": Kind.UNFOLLOW,
    "joins": Kind.JOIN_GROUP,
    "missed_offers": Kind.MISSED_OFFER,
}


def room_scenario(scenario: Scenario, shoppers: int, tactic: str) -> Scenario:
    """The scenario's played room by itself, with a door and shelves that nobody ever finds shut."""
    changes = {
        "shoppers": shoppers,
        "nights": 0,
        "reference": tactic,
        "host.capacity": _UNLIMITED,
        "host.notes": [],
        "street.neighbours": [],
        "street_hours.opens": scenario.live.starts,
    }
    for item in scenario.host.products:
        changes[f"host.products.{item.id}.stock"] = _UNLIMITED
    return scenario.with_changes(changes)


@dataclass
class EngineRoom:
    """A world with everybody at the door, and after `play` what happened."""

    world: World
    end: int
    events: np.ndarray | None = None


def build(scenario: Scenario, seed: int, arrive_ticks: int) -> EngineRoom:
    """A room before its live; `scenario` comes from `room_scenario`."""
    world = World(scenario, [seed])
    state = world.state(0)
    people = state.shoppers
    state.wheel[:] = -1
    state.awake[:] = 0
    people["slot_next"] = -1
    people["visits_per_day"] = 0.0  # who has left does not come back
    people["stroll_left"] = 0.0  # nor strolls before going home
    people["place"] = Place.AT_DOOR
    people["where"] = 0
    state.clock[0]["came"] = scenario.shoppers
    ticks = np.random.default_rng([seed, 1]).integers(0, arrive_ticks, scenario.shoppers)
    for shopper, tick in enumerate(ticks.tolist()):
        sleep_until(state, shopper, tick)
    # one tick more to see the last ones out
    return EngineRoom(world, scenario.live.minutes * 6 + 1)


def play(room: EngineRoom) -> None:
    """The whole live, until everybody has left."""
    room.events = room.world.advance(room.end, keep=[0], threads=1)[0]


def tally(room: EngineRoom) -> dict[str, float]:
    """Counts of the live, and the trust of all who came added up."""
    events = room.events
    kind = events["kind"]
    counts = {name: float((kind == which).sum()) for name, which in _KINDS.items()}
    left = events[kind == Kind.LEAVE]
    if len(left) != counts["viewers"]:
        raise RuntimeError("somebody is still in the room, so watch times would be cut short")
    counts["watch_ticks"] = float(left["value"].sum()) / 10.0
    counts["glances"] = float((left["extra"] == LeaveReason.GLANCE).sum())
    relations = room.world.state(0).relations
    counts["trust"] = mean_trust(relations, events) * counts["viewers"]
    return counts
