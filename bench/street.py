"""How fast a whole street lives, and how large a shopper is."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from bench.clock import Took, repeated
from bench.plan import Span
from sim.model.layout import Place
from sim.model.world import World
from sim.play.timeline import Timeline
from sim.scenario import Scenario

_WARM_TICKS = 180  # half an hour of the live, so that rooms and queues are as full as they get


@dataclass(frozen=True)
class StreetSpeed:
    """Figures of one size.

    present: mean number of people with the app open. in_rooms: of those, in a live room.
    bytes_each: of one shopper's record, calendar slot and bits. bytes_relations: of what one
    shopper is to every host and knows of every product. bytes_orders: of the order book, a shopper.
    """

    span: Span
    present: float
    in_rooms: float
    time: Took
    bytes_each: float
    bytes_relations: float
    bytes_orders: float

    @property
    def shopper_ticks(self) -> float:
        """Shopper-ticks a second of processor time, everybody of the population counted."""
        return self.span.shoppers * self.span.ticks / self.time.processor

    @property
    def present_ticks(self) -> float:
        """The same, only people with the app open counted."""
        return self.present * self.span.ticks / self.time.processor


def street_of(scenario: Scenario, shoppers: int) -> Scenario:
    """The scenario with another population, rooms and shelves growing in proportion.

    Otherwise a large street would spend its time at full doors and empty shelves, which cost less.
    Proportions are never below those of the scenario itself.
    """
    times = max(1.0, shoppers / scenario.shoppers)
    changes: dict[str, int] = {"shoppers": shoppers}
    prefixes = ["host"] + [f"street.neighbours.{host.id}" for host in scenario.street.neighbours]
    for prefix, host in zip(prefixes, scenario.hosts, strict=True):
        changes[f"{prefix}.capacity"] = min(1_000_000, ceil(host.capacity * times))
        for item in host.products:
            key = f"{prefix}.products.{item.id}.stock"
            changes[key] = min(1_000_000, ceil(item.stock * times))
    return scenario.with_changes(changes)


def measure(scenario: Scenario, span: Span, seed: int = 1) -> StreetSpeed:
    """One size: forks of the same half-hour-old live are advanced over the span."""
    street = street_of(scenario, span.shoppers)
    start = Timeline.of(street).live_start + _WARM_TICKS
    world = World(street, [seed])
    world.advance(start, keep=[0], threads=1)
    present, in_rooms = _attendance(world.fork(), span.ticks)
    time = repeated(
        span.repeats,
        world.fork,
        lambda fork: fork.advance(start + span.ticks, keep=[0], threads=1),
    )
    arrays, people = world.arrays, span.shoppers
    each = sum(arrays[name].nbytes for name in ("shoppers", "wheel", "awake"))
    relations = sum(arrays[name].nbytes for name in ("relations", "knowledge"))
    return StreetSpeed(
        span=span,
        present=present,
        in_rooms=in_rooms,
        time=time,
        bytes_each=each / people,
        bytes_relations=relations / people,
        bytes_orders=arrays["orders"].nbytes / people,
    )


def _attendance(world: World, ticks: int) -> tuple[float, float]:
    """Mean numbers of people with the app open, and in rooms, over the ticks to come."""
    present = in_rooms = 0
    state = world.state(0)
    for tick in range(world.tick(0), world.tick(0) + ticks):
        world.advance(tick + 1, threads=1)
        present += int((state.shoppers["place"] != Place.AWAY).sum())
        in_rooms += int(state.rooms["viewers"].sum())
    return present / ticks, in_rooms / ticks
