"""The state of a class: a pure fold of its log, which knows no worlds, clocks or sockets.

    state = ClassState.of(settings, rounds, entries)
    state.take(entry)                  # one more; says whether it counted

What the instructor does can be undone: an undo names the entry that shall not count, and the state
is folded again without it. What trainees did in a round that is open again then stands as it was.
An entry that does not fit the state it meets does not count, in every fold alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.classroom.entries import Entry, NewEntry
from sim.classroom.hand import Hand
from sim.classroom.settings import Settings
from sim.errors import StrollError

PHASES = ("lobby", "brief", "bets", "deciding", "computed", "night", "debrief", "over")
# What the instructor does, and may therefore take back.
UNDOABLE = frozenset(
    ("advance", "repeat", "settings", "paused", "removed", "readmitted", "stand_in", "practice",
     "reset", "scene")
)  # fmt: skip


@dataclass
class Seat:
    """A trainee's place. Names and pins are kept elsewhere.

    street, shop  where the trainee hosts; in modes "same" and "vote" of no meaning
    hands         final hands of the rounds that are over; automatic: which were not one's own
    draft, ready  what is decided so far for the open round; decided_at: unix seconds
    bets          as they came, or None
    fresh         joined late and plays the rounds from the first, by oneself, to catch up
    """

    number: int
    joined_round: int = 0
    street: int = 0
    shop: int = 0
    hands: list[Hand] = field(default_factory=list)
    automatic: list[bool] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    draft: Hand | None = None
    ready: bool = False
    decided_at: float = 0.0
    bets: list[Any] | None = None
    stand_in: bool = False
    removed: bool = False
    fresh: bool = False

    @property
    def active(self) -> bool:
        return not self.removed


class ClassState:
    """See the module. settings: as they are now; rounds: how many there are."""

    def __init__(self, settings: Settings, rounds: int) -> None:
        self._at_first = settings
        self.rounds = rounds
        self.log: list[Entry] = []
        self._clear()

    @classmethod
    def of(cls, settings: Settings, rounds: int, entries: Iterable[Entry]) -> ClassState:
        state = cls(settings, rounds)
        state.log = list(entries)
        state.fold()
        return state

    def _clear(self) -> None:
        self.settings = self._at_first
        self.phase = "lobby"
        self.round = 0
        self.practice = False
        self.paused = False
        self.scene = "results"
        self.duel: tuple[int, int] | None = None
        self.seats: dict[int, Seat] = {}
        self.voted: list[Hand] = []  # in a vote, what was hosted in each round that is over
        self.streets = 0  # in a shared class, how many there are
        self.last_seat = 0

    def fold(self) -> None:
        """From the beginning, without what was undone."""
        self._clear()
        undone = self.undone()
        for entry in self.log:
            if entry.number not in undone:
                self._apply(entry)

    def take(self, entry: Entry) -> bool:
        """Adds an entry to the log and counts it; False where it does not fit."""
        self.log.append(entry)
        if entry.kind in ("undo", "redo"):
            self.fold()
            return True
        return self._apply(entry)

    # -- undo --------------------------------------------------------------------------------
    def undone(self) -> set[int]:
        """Numbers of the entries that do not count."""
        found: set[int] = set()
        for entry in self.log:
            if entry.kind == "undo":
                found.add(int(entry.data["target"]))
            elif entry.kind == "redo":
                found.discard(int(entry.data["target"]))
        return found

    @property
    def can_undo(self) -> Entry | None:
        """The instructor's latest act that counts, or None."""
        undone = self.undone()
        for entry in reversed(self.log):
            if entry.kind in UNDOABLE and entry.number not in undone:
                return entry
        return None

    @property
    def can_redo(self) -> Entry | None:
        """What was undone last, as long as the instructor has done nothing else since."""
        waiting: list[int] = []
        for entry in self.log:
            if entry.kind == "undo":
                waiting.append(int(entry.data["target"]))
            elif entry.kind == "redo" and waiting:
                waiting.pop()
            elif entry.kind in UNDOABLE:
                waiting.clear()
        if not waiting:
            return None
        return next(entry for entry in self.log if entry.number == waiting[-1])

    # -- what is asked of it -----------------------------------------------------------------
    @property
    def playing(self) -> list[Seat]:
        """Seats of those who are not removed."""
        return [seat for seat in self.seats.values() if seat.active]

    @property
    def undecided(self) -> list[Seat]:
        """Who has still to say "ready" in the open round; nobody waits for stand-ins."""
        return [
            seat
            for seat in self.playing
            if not seat.ready and not seat.stand_in and len(seat.hands) >= self.round
        ]

    def history(self, seat: int) -> tuple[tuple[Hand, ...], ...]:
        """What this trainee's street has seen, for sim.classroom.streets."""
        if self.settings.mode == "vote":
            return tuple((hand,) for hand in self.voted)
        own = self.seats[seat]
        if self.settings.mode == "same":
            return tuple((hand,) for hand in own.hands)
        return self.street_history(own.street)

    def street_history(self, street: int) -> tuple[tuple[Hand, ...], ...]:
        """In a shared class, the hands of all shops of a street; a free one goes on as it began."""
        shops = {seat.shop: seat for seat in self.seats.values() if seat.street == street}
        done = self.round + (self.phase not in ("lobby", "brief", "bets", "deciding"))
        rows = []
        for number in range(done):
            rows.append(tuple(
                shops[k].hands[number] if k in shops and number < len(shops[k].hands) else Hand()
                for k in range(self.settings.shops)
            ))  # fmt: skip
        return tuple(rows)

    def free_shop(self) -> tuple[int, int]:
        """Where somebody who joins a shared class sits: the emptiest street, its first free shop.

        A new street is opened when all are full.
        """
        taken: dict[int, set[int]] = {street: set() for street in range(self.streets)}
        for seat in self.seats.values():
            taken.setdefault(seat.street, set()).add(seat.shop)
        open_streets = [s for s, shops in taken.items() if len(shops) < self.settings.shops]
        if not open_streets:
            return len(taken), 0
        street = min(open_streets, key=lambda s: (len(taken[s]), s))
        return street, next(k for k in range(self.settings.shops) if k not in taken[street])

    # -- the fold ----------------------------------------------------------------------------
    def _apply(self, entry: Entry | NewEntry) -> bool:
        try:
            return _STEPS[entry.kind](self, entry)
        except (KeyError, TypeError, ValueError, StrollError):
            return False

    def _seat_joined(self, entry: Entry) -> bool:
        if entry.seat is None or entry.seat in self.seats:
            return False
        data = entry.data
        seat = Seat(entry.seat, joined_round=int(data.get("round", 0)))
        seat.street, seat.shop = int(data.get("street", 0)), int(data.get("shop", 0))
        seat.fresh = bool(data.get("fresh", False))
        if not seat.fresh:
            missed = self.rounds_over()
            seat.hands = [Hand() for _ in range(missed)]
            seat.automatic = [True] * missed
            seat.times = [entry.at] * missed
        self.seats[seat.number] = seat
        self.streets = max(self.streets, seat.street + 1)
        self.last_seat = max(self.last_seat, seat.number)
        return True

    def rounds_over(self) -> int:
        """How many rounds are over."""
        if self.phase in ("lobby", "brief", "bets"):
            return 0
        return self.round + (self.phase != "deciding")

    def _of(self, entry: Entry) -> Seat | None:
        seat = self.seats.get(entry.seat) if entry.seat is not None else None
        return seat if seat is not None and seat.active else None

    def _bets(self, entry: Entry) -> bool:
        seat = self._of(entry)
        if seat is None or self.phase != "bets" or self.practice:
            return False
        seat.bets = list(entry.data["bets"])
        return True

    def _hand(self, entry: Entry) -> bool:
        seat, number = self._of(entry), int(entry.data["round"])
        if seat is None:
            return False
        hand = Hand.from_data(entry.data["hand"])
        if len(seat.hands) < self.rounds_over() and number == len(seat.hands):
            # Somebody who came late catches up at the own pace.
            if not entry.data.get("ready"):
                seat.draft = hand
                return True
            self._close(seat, hand, False, entry.at)
            return True
        if self.phase != "deciding" or number != self.round or len(seat.hands) != number:
            return False
        seat.draft, seat.ready, seat.decided_at = hand, bool(entry.data.get("ready")), entry.at
        return True

    def _ready(self, entry: Entry) -> bool:
        seat = self._of(entry)
        if seat is None or self.phase != "deciding" or int(entry.data["round"]) != self.round:
            return False
        if len(seat.hands) != self.round:
            return False
        seat.ready, seat.decided_at = bool(entry.data["ready"]), entry.at
        return True

    @staticmethod
    def _close(seat: Seat, hand: Hand, automatic: bool, at: float) -> None:
        seat.hands.append(hand)
        seat.automatic.append(automatic)
        seat.times.append(at)
        seat.draft, seat.ready = None, False

    def _advance(self, entry: Entry) -> bool:
        data = entry.data
        if data["from"] != self.phase or int(data["round"]) != self.round:
            return False
        self.paused = False
        if self.phase == "deciding":
            self._close_round(entry)
        elif self.phase == "computed" and data["to"] == "deciding":
            self.round += 1
        elif self.phase == "computed":
            self._fill_up(entry)
        self.phase = str(data["to"])
        return True

    def _close_round(self, entry: Entry) -> None:
        hands: Mapping[str, Any] = entry.data["hands"]
        for number, told in hands.items():
            seat = self.seats[int(number)]
            self._close(seat, Hand.from_data(told["hand"]), bool(told["automatic"]),
                        float(told.get("at", entry.at)))  # fmt: skip
        if self.settings.mode == "vote":
            self.voted.append(Hand.from_data(entry.data["voted"]))

    def _fill_up(self, entry: Entry) -> None:
        """Whoever has not caught up by the last night gets a stand-in's rounds."""
        for seat in self.seats.values():
            while len(seat.hands) < self.rounds:
                self._close(seat, Hand(), True, entry.at)

    def _repeat(self, entry: Entry) -> bool:
        """The round that was just played is decided again; nobody's hand for it counts."""
        if self.phase != "computed" or int(entry.data["round"]) != self.round:
            return False
        for seat in self.seats.values():
            for told in (seat.hands, seat.automatic, seat.times):
                del told[self.round :]
            seat.draft, seat.ready = None, False
        del self.voted[self.round :]
        self.phase, self.paused = "deciding", False
        return True

    def _settings(self, entry: Entry) -> bool:
        self.settings = self.settings.changed(entry.data["settings"])
        return True

    def _paused(self, entry: Entry) -> bool:
        self.paused = bool(entry.data["on"])
        return True

    def _scene(self, entry: Entry) -> bool:
        self.scene = str(entry.data["scene"])
        duel = entry.data.get("duel")
        if duel is not None:
            self.duel = (int(duel[0]), int(duel[1]))
        return True

    def _removed(self, entry: Entry) -> bool:
        return self._mark(entry, "removed", True)

    def _readmitted(self, entry: Entry) -> bool:
        return self._mark(entry, "removed", False)

    def _stand_in(self, entry: Entry) -> bool:
        return self._mark(entry, "stand_in", bool(entry.data["on"]))

    def _mark(self, entry: Entry, name: str, on: bool) -> bool:
        if entry.seat not in self.seats:
            return False
        setattr(self.seats[entry.seat], name, on)
        return True

    def _practice(self, entry: Entry) -> bool:
        if self.phase not in ("lobby", "brief", "bets"):
            return False
        self.practice, self.phase, self.round = True, "deciding", 0
        return True

    def _reset(self, entry: Entry) -> bool:
        """The class begins again at the brief; seats and bets stay, what was played does not."""
        self.practice, self.paused, self.phase, self.round = False, False, "brief", 0
        self.voted = []
        for seat in self.seats.values():
            seat.hands, seat.automatic, seat.times = [], [], []
            seat.draft, seat.ready, seat.fresh, seat.joined_round = None, False, False, 0
        return True


_STEPS = {
    "seat_joined": ClassState._seat_joined,
    "seat_bets": ClassState._bets,
    "hand": ClassState._hand,
    "ready": ClassState._ready,
    "advance": ClassState._advance,
    "repeat": ClassState._repeat,
    "settings": ClassState._settings,
    "paused": ClassState._paused,
    "scene": ClassState._scene,
    "removed": ClassState._removed,
    "readmitted": ClassState._readmitted,
    "stand_in": ClassState._stand_in,
    "practice": ClassState._practice,
    "reset": ClassState._reset,
}
