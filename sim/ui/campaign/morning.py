"""Everything that stands on the desk this morning, read from the run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model import TICKS_PER_DAY
from sim.model.events import Kind
from sim.model.planning import own_notes
from sim.model.town import FORMAT_NAMES
from sim.ui.campaign.account import DayRow, LiveOfDay, day_rows


@dataclass(frozen=True)
class NoteOnStreet:
    """A note of ours: format, product ids, what age has left of it, its age, who read it."""

    format: str
    products: tuple[str, ...]
    fresh: float
    age: int
    reads: int
    pinned: bool


@dataclass(frozen=True)
class Poll:
    """The newest poll with votes: (product id, votes), most first."""

    votes: tuple[tuple[str, int], ...]
    age: int


@dataclass(frozen=True)
class Share:
    """A part of the day's hours: "live", "note" or "care"."""

    kind: str
    hours: float
    name: str = ""


@dataclass(frozen=True)
class Morning:
    """The desk. Money in yuan; day counted from 0."""

    day: int
    days: int
    rows: list[DayRow]
    hours: float
    worked: float
    shares: tuple[Share, ...]
    live: LiveOfDay | None
    featured: str | None
    notes_today: tuple
    care: tuple[int, int]
    budget: int
    bid: int
    partner: str
    cash: float
    stock: dict[str, int]
    followers: int
    members: int
    standing: float
    rest: float
    tier: int
    month_sales: float
    help_days: int
    notes: tuple[NoteOnStreet, ...]
    poll: Poll | None
    warmth: np.ndarray
    quality: dict[str, float]

    @property
    def yesterday(self) -> DayRow | None:
        return self.rows[-1] if self.rows else None


def read_morning(session) -> Morning:
    """The desk as it is now."""
    run, scenario = session.run, session.base
    state = run.world.state(0)
    room, tick = state.rooms[0], run.tick
    products = [item.id for item in scenario.host.products]
    partners = [item.id for item in scenario.street.policy.partners]
    planned = session.planned
    live, featured, notes_today, shares = _planned(planned, run, scenario)
    care = (int(room["care"]), int(room["messages"]))
    if care[0]:
        shares.append(Share("care", care[0] / 60.0))
    reads = _reads(run, len(state.cards))
    notes = tuple(_note(state, c, products, reads, tick) for c in own_notes(state))
    member = (state.relations["kind"][:, 0] & 2) > 0
    partner = int(room["partner"])
    return Morning(
        day=session.day, days=scenario.campaign.days, rows=day_rows(run),
        hours=scenario.campaign.hours, worked=float(room["worked"]), shares=tuple(shares),
        live=live, featured=featured, notes_today=tuple(notes_today), care=care,
        budget=int(room["budget"]) // 100, bid=int(room["bid"]),
        partner=partners[partner] if partner >= 0 else "", cash=int(room["cash"]) / 100,
        stock={name: int(state.shelves[p]["stock"]) for p, name in enumerate(products)},
        followers=int(room["followers"]), members=int(room["members"]),
        standing=float(room["standing"]), rest=float(room["rest"]), tier=int(room["tier"]),
        month_sales=float(room["income"].sum()) / 100,
        help_days=max(0, -(-(int(room["support_until"]) - tick) // TICKS_PER_DAY)),
        notes=tuple(sorted(notes, key=lambda note: note.age)), poll=_poll(state, products, tick),
        warmth=state.relations["warmth"][:, 0][member].astype(float),
        quality={name: float(state.shelves[p]["quality"]) for p, name in enumerate(products)},
    )  # fmt: skip


def _planned(planned, run, scenario):
    """The live, the product it begins with, the notes and the hours they take."""
    live, featured, notes, shares = None, None, [], []
    for decision in planned:
        if decision.kind == "plan_live":
            live = decision if decision.minutes else None
        elif decision.kind == "show_product":
            featured = decision.product
        elif decision.kind == "publish_note":
            notes.append(decision)
    if live is not None:
        shares.append(Share("live", live.minutes / 60.0))
        live = LiveOfDay(live.starts, live.minutes, run.tactic)
    shares += [Share("note", note.hours(scenario), note.format) for note in notes]
    return live, featured, notes, shares


def _reads(run, cards: int) -> np.ndarray:
    events = run.events()
    read = events["value"][events["kind"] == Kind.READ].astype(np.int64)
    return np.bincount(read, minlength=cards)


def _note(state, c: int, products: list[str], reads: np.ndarray, tick: int) -> NoteOnStreet:
    card = state.cards[c]
    shown = tuple(products[int(card["product"][k])] for k in range(int(card["products"])))
    published = max(0, int(card["published"]))
    return NoteOnStreet(
        FORMAT_NAMES[int(card["format"])], shown, float(card["fresh"]),
        (tick - published) // TICKS_PER_DAY, int(reads[c]), bool(card["pinned"]),
    )  # fmt: skip


def _poll(state, products: list[str], tick: int) -> Poll | None:
    number = FORMAT_NAMES.index("poll")
    polls = [c for c in own_notes(state) if int(state.cards[c]["format"]) == number]
    polls = [c for c in polls if int(state.cards[c]["votes"].sum()) > 0]
    if not polls:
        return None
    card = state.cards[max(polls, key=lambda c: (int(state.cards[c]["published"]), c))]
    votes = [
        (products[int(card["product"][k])], int(card["votes"][k]))
        for k in range(int(card["products"]))
    ]
    votes.sort(key=lambda item: -item[1])
    return Poll(tuple(votes), (tick - int(card["published"])) // TICKS_PER_DAY)
