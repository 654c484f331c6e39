"""One of two lines of play, with everything that can be asked about one of its shoppers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.model.events import Kind, LeaveReason
from sim.model.layout import Place
from sim.play.branch_account import PATIENCE_PARTS, TRUST_PARTS, account
from sim.play.branch_again import Again
from sim.play.branch_index import Index
from sim.play.branch_witness import Move, Witness, witness
from sim.play.run import Run

_TRUST_EVENTS = {
    Kind.ANSWER: "answered",
    Kind.GIVEN_UP: "ignored",
    Kind.MISSED_OFFER: "missed",
}


@dataclass(frozen=True)
class Visit:
    """One stay in our room; `leave` and `reason` are None while it lasts."""

    enter: int
    leave: int | None
    reason: LeaveReason | None


class Side:
    """A run and what a witness saw of it: events of our room all, the rest from `since` on.

    start: the same run at an earlier moment, to save simulating what came before.
    """

    def __init__(self, run: Run, start: Run | None = None) -> None:
        self.run = run
        self.since = 0 if start is None else start.tick
        self.witness: Witness = witness(run, self.since, start)
        self.rules = self.witness.world.town.rules[0]
        # of each shopper asked about: most are asked about more than once
        self._rows: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        self._visits: dict[int, list[Visit]] = {}

    def later(self, since: int) -> Side:
        """The same side, its rows looked at from a later tick on."""
        side = object.__new__(Side)
        side.__dict__.update(self.__dict__)
        side.since = max(self.since, since)
        side._rows, side._visits = {}, {}
        return side

    @cached_property
    def events(self) -> np.ndarray:
        """All events of our room."""
        return self.run.events()

    @cached_property
    def _events_of(self) -> Index:
        return Index(self.events["shopper"])

    @cached_property
    def accounts(self) -> np.ndarray:
        """The parts of every row of the witness."""
        return account(self.witness)

    @cached_property
    def again(self) -> Again:
        """For asking shoppers of this crowd again."""
        return Again(self.witness.world)

    def numbers_of(self, shopper: int) -> np.ndarray:
        """Numbers of a shopper's events among the events of our room."""
        return self._events_of.of(shopper)

    def events_of(self, shopper: int, *kinds: Kind) -> np.ndarray:
        """A shopper's events in our room, in time order; only of some kinds if any are named."""
        events = self.events[self.numbers_of(shopper)]
        if not kinds:
            return events
        chosen = events["kind"] == kinds[0]
        for kind in kinds[1:]:
            chosen |= events["kind"] == kind
        return events[chosen]

    def happened(self, shopper: int, kind: Kind, tick: int) -> bool:
        """Whether a shopper had an event of a kind in a tick in our room."""
        return bool((self.events_of(shopper, kind)["tick"] == tick).any())

    def visits(self, shopper: int) -> list[Visit]:
        """The stays of a shopper in our room, in time order."""
        if shopper in self._visits:
            return self._visits[shopper]
        visits: list[Visit] = []
        for event in self.events_of(shopper, Kind.ENTER, Kind.LEAVE):
            tick = int(event["tick"])
            if event["kind"] == Kind.ENTER:
                visits.append(Visit(tick, None, None))
            elif visits:
                reason = LeaveReason(int(event["extra"]))
                visits[-1] = Visit(visits[-1].enter, tick, reason)
        self._visits[shopper] = visits
        return visits

    def rows_of(self, shopper: int) -> tuple[np.ndarray, np.ndarray]:
        """(rows, accounts) of a shopper from `since` on, by tick."""
        if shopper not in self._rows:
            places = self.witness.places_of(shopper)
            rows = self.witness.rows[places]
            first = int(np.searchsorted(rows["tick"], self.since))
            self._rows[shopper] = rows[first:], self.accounts[places[first:]]
        return self._rows[shopper]

    def inside(self, shopper: int, tick: int) -> bool:
        """Whether a shopper ended a tick in our room."""
        row = self.witness.row(shopper, tick)
        return row is not None and bool(row["inside"])

    def at_door(self, shopper: int, tick: int) -> bool:
        """Whether a shopper ended a tick at our full door."""
        row = self.witness.row(shopper, tick)
        return row is not None and bool(row["door"])

    def place(self, shopper: int, tick: int) -> tuple[Place, int]:
        """Where a shopper was at the end of a tick, and at which host or with which card."""
        place, where = Place(int(self.witness.place[shopper])), int(self.witness.where[shopper])
        latest = -1
        for event in self.witness.events_of(shopper):
            at, kind = int(event["tick"]), int(event["kind"])
            began = at - int(event["extra"]) // 10 if kind == Kind.READ else at
            if began > tick:
                break
            latest = at
            if kind == Kind.ENTER:
                place, where = Place.IN_ROOM, int(event["host"])
            elif kind == Kind.LEAVE or (kind == Kind.READ and at <= tick):
                place, where = Place.STROLLING, -1
            elif kind == Kind.READ:
                return Place.READING, int(event["value"])
        moves = self.witness.moves_of(shopper)
        for move in moves[(moves["tick"] <= tick) & (moves["tick"] >= latest)]:
            if move["move"] == Move.DOOR:
                place, where = Place.AT_DOOR, int(move["where"])
            else:
                away = move["move"] == Move.WENT
                place, where = (Place.AWAY if away else Place.STROLLING), -1
        return place, where

    def share(self, tick: int, act: int) -> float:
        """Share of a tick that our host spent on an act; 0 outside of the live."""
        room = self.witness.room(tick)
        return 0.0 if room is None else float(room["acts"][act])

    def patience(self, shopper: int, first: int, last: int) -> dict[str, float]:
        """Seconds of patience won and lost from tick `first` to `last`, by part.

        Parts are PATIENCE_PARTS, and "answered" and "missed" (an answer, a missed offer).
        """
        rows, accounts = self.rows_of(shopper)
        chosen = (rows["tick"] >= first) & (rows["tick"] <= last)
        chosen &= (rows["began"] == 1) & (rows["inside"] == 1)
        rows, accounts = rows[chosen], accounts[chosen]
        sums = accounts["patience"].sum(axis=0)
        parts = dict(zip(PATIENCE_PARTS, sums.tolist(), strict=True))
        parts["answered"] = float(accounts["answered"].sum() * self.rules["answer_reward"])
        rest = rows["temper"] - rows["temper_before"] - accounts["time"]
        rest = rest - accounts["patience"].sum(axis=1)
        missed = self.events_of(shopper, Kind.MISSED_OFFER)["tick"]
        parts["missed"] = float(rest[np.isin(rows["tick"], missed)].sum())
        return parts

    def trust(self, shopper: int, until: int) -> dict[str, float]:
        """Trust won and lost in our room from `since` to tick `until`, by part.

        Parts are TRUST_PARTS, "answered", "ignored" and "missed" (what an answer, a question given
        up and a missed offer did), and "street": what notes and parcels did in between, together
        with the trust one came with.
        """
        return {
            part: float(amounts.sum()) for part, amounts in self.trust_by_tick(shopper, until)[1]
        }

    def trust_by_tick(
        self, shopper: int, until: int
    ) -> tuple[np.ndarray, list[tuple[str, np.ndarray]]]:
        """(ticks, [(part, trust won or lost in each tick)]) of a shopper; see `trust`."""
        rows, accounts = self.rows_of(shopper)
        chosen = rows["tick"] <= until
        rows, accounts = rows[chosen], accounts[chosen]
        parts = [(part, accounts["trust"][:, n]) for n, part in enumerate(TRUST_PARTS)]
        rest = rows["trust"] - rows["trust_before"] - accounts["trust"].sum(axis=1)
        events = self.events_of(shopper)
        taken = np.zeros(len(rows), dtype=bool)
        for kind, part in _TRUST_EVENTS.items():
            here = np.isin(rows["tick"], events["tick"][events["kind"] == kind]) & ~taken
            parts.append((part, np.where(here, rest, 0.0)))
            taken |= here
        between = np.zeros(len(rows))
        if len(rows):
            between[0] = rows["trust_before"][0]
            between[1:] = rows["trust_before"][1:] - rows["trust"][:-1]
        parts.append(("street", between))
        return rows["tick"], parts
