"""What a viewer may see of a run at one moment: a copy, safe to keep, without hidden state."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.model.acts import ACTS
from sim.model.decisions import PLAYED
from sim.model.layout import Place, Relation, State, Town
from sim.model.town import FORMAT_NAMES
from sim.model.world import World
from sim.scenario import Scenario
from sim.scenario.schema import Words
from sim.wording import text

if TYPE_CHECKING:
    from sim.play.run import Run

_NAN = float("nan")

PERSON = np.dtype(
    [
        ("shopper", "i4"),
        ("place", "u1"),
        ("where", "i2"),
        ("patience", "f4"),  # 0..1 left
        ("certainty", "f4"),  # 0..1 about what is on show in our room
        ("arousal", "f4"),
        ("pressure", "f4"),
        ("trust", "f4"),
        ("asking", "u1"),
        ("follower", "u1"),
        ("seconds", "f4"),  # in this place
    ]
)


@dataclass(frozen=True)
class Card:
    """A card of the street."""

    kind: str  # "note" or "live"
    host: int
    title: Words
    topic: str
    likes: int
    viewers: int


@dataclass(frozen=True)
class RoomObservation:
    """Our room. `queue` holds (shopper, seconds waited), first in line first."""

    live: bool
    tactic: str | None
    mix: dict[str, float]
    act: str | None
    product: str
    viewers: int
    queue: list[tuple[int, float]]
    followers: int
    members: int
    trust: float
    energy: float
    price: dict[str, int]
    stock: dict[str, int]
    offer_in_seconds: float | None


@dataclass(frozen=True)
class Observation:
    """A run at one moment; units as in the fields of sim.play.figures and PERSON."""

    tick: int
    minute: float
    phase: str
    clock: str
    day: int
    room: RoomObservation
    rooms: list[tuple[int, int]]
    figures: dict[str, float]
    street: dict[str, int]
    people: np.ndarray
    cards: list[Card]


def _patience_left(shoppers: np.ndarray) -> np.ndarray:
    inside = (shoppers["place"] == Place.IN_ROOM) | (shoppers["place"] == Place.AT_DOOR)
    in_room = shoppers["temper"] / (1.5 * shoppers["patience"])
    strolling = shoppers["stroll_left"] / (60.0 * shoppers["stroll_minutes"])
    return np.clip(np.where(inside, in_room, strolling), 0.0, 1.0)


def observe_people(state: State, complexity: float, tick: int) -> np.ndarray:
    """Everybody who is not away, as PERSON records in the order of their numbers."""
    numbers = np.flatnonzero(state.shoppers["place"] != Place.AWAY)
    shoppers = state.shoppers[numbers]
    people = np.zeros(len(numbers), dtype=PERSON)
    information = state.knowledge["information"][numbers, int(state.rooms[0]["product"])]
    people["shopper"] = numbers
    for name in ("place", "where", "arousal", "pressure"):
        people[name] = shoppers[name]
    people["patience"] = _patience_left(shoppers)
    people["certainty"] = information / (information + 1.0 + complexity)
    people["trust"] = state.relations["trust"][numbers, 0]
    people["follower"] = (state.relations["kind"][numbers, 0] & Relation.FOLLOWER) > 0
    people["asking"] = shoppers["asked"] >= 0
    people["seconds"] = (tick - shoppers["entered"]) * 10.0
    return people


def _queue(state: State, tick: int, host: int) -> list[tuple[int, float]]:
    queue = []
    i = int(state.rooms[host]["queue_head"])
    while i >= 0:
        queue.append((i, (tick - int(state.shoppers[i]["asked"])) * 10.0))
        i = int(state.shoppers[i]["queue_next"])
    return queue


def _offer_in(town: Town, room: np.void) -> float | None:
    """Seconds until the next held-back offer at the present pace; None while none is held back."""
    pace = float(room["acts"][ACTS.index("hold_back")])
    if pace <= 0.0 or not room["live"]:
        return None
    cycle = float(town.rules[0]["hold_cycle"])
    return max(0.0, (cycle - float(room["hold"])) / pace)


def observe_room(world: World, tactic: str | None, host: int = PLAYED) -> RoomObservation:
    """The room of a host in a world of one row, whose goods are those of the played host.

    tactic: what it is being hosted by, or None.
    """
    state, town, tick = world.state(0), world.town, world.tick(0)
    room, shoppers = state.rooms[host], state.shoppers
    products = [item.id for item in world.scenario.host.products]
    first = int(np.flatnonzero(town.products["host"] == host)[0])
    inside = (shoppers["place"] == Place.IN_ROOM) & (shoppers["where"] == host)
    performing = int(room["burst"]) if int(room["burst_left"]) > 0 else -1
    return RoomObservation(
        live=bool(room["live"]),
        tactic=tactic,
        mix={act: float(room["mix"][n]) for n, act in enumerate(ACTS) if room["mix"][n] > 0},
        act=ACTS[performing] if performing >= 0 else None,
        product=products[int(room["product"]) - first],
        viewers=int(room["viewers"]),
        queue=_queue(state, tick, host),
        followers=int(room["followers"]),
        members=int(room["members"]),
        trust=float(state.relations["trust"][inside, host].mean()) if inside.any() else _NAN,
        energy=float(room["energy"]),
        price={name: int(state.shelves[first + p]["price"]) for p, name in enumerate(products)},
        stock={name: int(state.shelves[first + p]["stock"]) for p, name in enumerate(products)},
        offer_in_seconds=_offer_in(town, room),
    )


def observe(run: Run) -> Observation:
    """The present moment of a run."""
    state = run.world.state(0)
    scenario, town = run.scenario, run.world.town
    product = int(state.rooms[0]["product"])
    people = observe_people(state, float(town.products[product]["complexity"]), run.tick)
    return Observation(
        tick=run.tick,
        minute=run.minute,
        phase=run.phase,
        clock=run.timeline.clock(run.tick),
        day=run.timeline.day(run.tick),
        room=observe_room(run.world, run.tactic),
        rooms=[
            (h, int(state.rooms[h]["viewers"]))
            for h in range(len(town.hosts))
            if state.rooms[h]["live"]
        ],
        figures=run.today(),
        street={
            "strolling": int((people["place"] == Place.STROLLING).sum()),
            "reading": int((people["place"] == Place.READING).sum()),
            "in_rooms": int((people["place"] == Place.IN_ROOM).sum()),
            "at_doors": int((people["place"] == Place.AT_DOOR).sum()),
            "away": scenario.shoppers - len(people),
        },
        people=people,
        cards=_cards(run, state),
    )


def _cards(run: Run, state: State) -> list[Card]:
    """The street's cards in the model's order: every host's notes, then the live rooms."""
    cards = []
    for h, host in enumerate(run.scenario.hosts):
        topics = {item.id: max(item.topics, key=item.topics.get) for item in host.products}
        for note in host.notes:
            topic = topics[note.products[0]]
            cards.append(Card("note", h, note.title, topic, note.likes, 0))
    for h, host in enumerate(run.scenario.hosts):
        if run.world.town.hosts[h]["card"] >= 0:
            topic = max(host.topics, key=host.topics.get)
            viewers = int(state.rooms[h]["viewers"])
            cards.append(Card("live", h, host.name, topic, 0, viewers))
    # What we published during a campaign hangs behind them, in the rows that follow.
    for c in range(len(cards), int(state.clock[0]["cards"])):
        cards.append(_published(run.scenario, state.cards[c]))
    return cards


def _published(scenario: Scenario, card: np.void) -> Card:
    """A note of ours that was written during the campaign: its kind, and what it shows first."""
    product = scenario.host.products[int(card["product"][0])]
    title = _title(FORMAT_NAMES[int(card["format"])], product.name)
    topic = max(product.topics, key=product.topics.get)
    return Card("note", PLAYED, title, topic, int(card["clicks"]), 0)


@functools.lru_cache(200)
def _title(kind: str, product: Words) -> Words:
    both = {la: f"{text(f'desk.format.{kind}', la)} · {product.text(la)}" for la in ("zh", "en")}
    # Not checked as a title that an author writes: it may be longer.
    return Words.model_construct(**both)
