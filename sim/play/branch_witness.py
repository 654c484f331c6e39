"""A played run once more, watched tick by tick: what people in our room felt, and who went where.

The run itself keeps only events and its last state. A witness plays the same decisions again in a
copy of the world and notes what the model's own state was; it changes nothing and adds no rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from sim.model.decisions import PLAYED
from sim.model.layout import EVENT, ROOM, TOPICS, Log, Place
from sim.model.tick import advance_world
from sim.model.world import World
from sim.play.branch_index import Index
from sim.play.lives import lives_of
from sim.play.run import Run
from sim.play.timeline import Timeline

_LOG_EVENTS = 32768

# One shopper in one tick that began in our room, or that began or ended at its door. Values
# "before" are as the tick found them, the others as it left them. Knowledge is about the product
# on show in this tick.
ROW = np.dtype(
    [
        ("tick", "<i4"),
        ("shopper", "<i4"),
        ("product", "<i2"),
        ("began", "u1"),  # 1 when the tick began in our room
        ("inside", "u1"),  # 1 when it ended there
        ("door", "u1"),  # 1 when it ended at our full door
        ("asking", "u1"),  # 1 with an open question at the end
        ("asking_before", "u1"),
        ("searching", "i1"),  # topic searched in this visit, or -1
        ("intent", "u1"),  # 1 when that search means to buy
        ("need", "<f4", (TOPICS,)),  # as in SHOPPER
        ("kind", "u1"),  # Relation flags
        ("missed", "u1"),  # held-back offers missed
        ("spent", "<i4"),  # fen
        ("temper", "<f8"),
        ("temper_before", "<f8"),
        ("arousal", "<f8"),
        ("arousal_before", "<f8"),
        ("pressure", "<f8"),
        ("pressure_before", "<f8"),
        ("trust", "<f8"),
        ("trust_before", "<f8"),
        ("information", "<f8"),
        ("information_before", "<f8"),
        ("reference", "<f8"),
    ]
)


class Move(IntEnum):
    """Changes of place that are no event of a room."""

    CAME = 0  # opened the app
    WENT = 1  # closed it
    DOOR = 2  # stands at a full door; where: host


MOVE = np.dtype(
    [
        ("tick", "<i4"),
        ("shopper", "<i4"),
        ("move", "u1"),
        ("where", "<i2"),
        ("searching", "i1"),
    ]
)


@dataclass
class Witness:
    """What was seen of a run from tick `since` on.

    place     where each shopper was at tick `since` (Place), and at which card or host
    rows      dtype ROW, by tick; only while our room is live
    moves     dtype MOVE, by tick; of a campaign only while our room is live
    rooms     our room's record after each tick of a live; rooms[n] is tick room_ticks[n]
    prices    fen asked for each of our products, ticks as `rooms` x products
    notes     (tick, formats, ticks of publication) of the rows of cards after a morning's plans
    events    of all hosts, in time order (dtype EVENT)
    world     one row, as the run left it; traits and orders are read from it
    """

    since: int
    place: np.ndarray
    where: np.ndarray
    room_ticks: np.ndarray
    rows: np.ndarray
    moves: np.ndarray
    rooms: np.ndarray
    prices: np.ndarray
    events: np.ndarray
    world: World
    notes: tuple[tuple[int, np.ndarray, np.ndarray], ...] = ()

    @property
    def orders(self) -> np.ndarray:
        """The order book in the order of ordering (dtype ORDER)."""
        state = self.world.state(0)
        return state.orders[: int(state.clock[0]["orders"])]

    @cached_property
    def ours(self) -> np.ndarray:
        """Events of our room."""
        return self.events[self.events["host"] == PLAYED]

    @cached_property
    def _rows_of(self) -> Index:
        return Index(self.rows["shopper"])

    @cached_property
    def _ours_of(self) -> Index:
        return Index(self.ours["shopper"])

    @cached_property
    def _events_of(self) -> Index:
        return Index(self.events["shopper"])

    @cached_property
    def _moves_of(self) -> Index:
        return Index(self.moves["shopper"])

    def rows_of(self, shopper: int) -> np.ndarray:
        """The rows of one shopper, by tick."""
        return self.rows[self._rows_of.of(shopper)]

    def places_of(self, shopper: int) -> np.ndarray:
        """Places in `rows` of the rows of one shopper, by tick."""
        return self._rows_of.of(shopper)

    def events_of(self, shopper: int) -> np.ndarray:
        """What one shopper did in any room or with any note, in time order."""
        return self.events[self._events_of.of(shopper)]

    def moves_of(self, shopper: int) -> np.ndarray:
        """The changes of place of one shopper that are no event, by tick."""
        return self.moves[self._moves_of.of(shopper)]

    def ours_of(self, shopper: int) -> np.ndarray:
        """What one shopper did in our room, in time order."""
        return self.ours[self._ours_of.of(shopper)]

    def row(self, shopper: int, tick: int) -> np.void | None:
        """The row of a shopper in a tick, or None when they were not in our room."""
        rows = self.rows_of(shopper)
        place = int(np.searchsorted(rows["tick"], tick))
        return rows[place] if place < len(rows) and rows[place]["tick"] == tick else None

    def room(self, tick: int) -> np.void | None:
        """Our room after a tick, or None outside of a live."""
        place = self._room_place(tick)
        return None if place is None else self.rooms[place]

    def price(self, tick: int, product: int) -> int | None:
        """What was asked for a product in a tick, in fen; None outside of a live."""
        place = self._room_place(tick)
        return None if place is None else int(self.prices[place, product])

    def _room_place(self, tick: int) -> int | None:
        place = int(np.searchsorted(self.room_ticks, tick))
        there = place < len(self.room_ticks) and self.room_ticks[place] == tick
        return place if there else None

    def format_of(self, card: int, tick: int) -> int | None:
        """The number in FORMAT_NAMES of the format of a note that was published in a morning, as it
        stood in a tick; None for one that was there from the beginning."""
        found = None
        for since, formats, published in self.notes:
            if since > tick:
                break
            new = card >= len(self.world.town.cards) or int(published[card]) > 0
            found = int(formats[card]) if new else None
        return found


def witness(run: Run, since: int = 0, start: Run | None = None) -> Witness:
    """Watches a run again, up to where it stands.

    since: ticks before it are not noted. start: the same run at or before `since`, to save
    simulating what came before; ValueError when the run did not pass through it.
    """
    if start is None:
        return _Watch(World(run.scenario, [run.seed]), run, since, 0).all()
    given = len(start.decisions)
    if start.decisions != run.decisions[:given] or start.tick > run.tick:
        raise ValueError("the run did not pass through the moment it is watched from")
    return _Watch(start.world.fork(), run, since, given).all()


class _Watch:
    """Steps one world and notes what it sees."""

    def __init__(self, world: World, run: Run, since: int, given: int) -> None:
        self.world, self.since, self.end = world, since, run.tick
        self.plan = list(run.decisions[given:])
        self.scenario, self.timeline = run.scenario, Timeline.of(run.scenario)
        self.lives = lives_of(run.scenario, run.decisions)
        self.products = len(run.scenario.host.products)
        self.state = world.state(0)
        # the same arrays without the cost of record arrays, for reading only
        self.plain = {name: array[0].view(np.ndarray) for name, array in world.arrays.items()}
        hosts = np.ones(len(world.town.hosts), dtype=np.uint8)
        self.log = Log(_room_for(_LOG_EVENTS), np.zeros(1, dtype=np.int64), hosts)
        self.rows: list[np.ndarray] = []
        self.moves: list[np.ndarray] = []
        self.room_ticks: list[int] = []
        self.rooms: list[np.ndarray] = []
        self.prices: list[np.ndarray] = []
        self.events: list[np.ndarray] = []
        self.notes: list[tuple[int, np.ndarray, np.ndarray]] = []

    def all(self) -> Witness:
        until = min(self.since, self.end)
        while self.plan and self.plan[0][0] < until:
            self.world.advance(self.plan[0][0], threads=1)
            self._decide()
        self.world.advance(until, threads=1)
        shoppers = self.plain["shoppers"]
        place, where = shoppers["place"].copy(), shoppers["where"].copy()
        with np.errstate(over="ignore"):
            if self.scenario.campaign is not None:
                self._watch_lives()
            else:
                self._watch_all()
        self._pass_to(self.end)
        return Witness(
            self.since,
            place,
            where,
            np.array(self.room_ticks, dtype=np.int64),
            _joined(self.rows, ROW),
            _joined(self.moves, MOVE),
            _joined(self.rooms, ROOM),
            np.array(self.prices, dtype=np.int32).reshape(-1, self.products),
            _joined(self.events, EVENT),
            self.world,
            tuple(self.notes),
        )

    def _watch_all(self) -> None:
        # some are still on their way home when the street closes
        while self._now() < self.end and (self._now() < self.timeline.closes or self._out()):
            self._one_tick()

    def _watch_lives(self) -> None:
        """Weeks are watched while our room is live; in between only events are kept."""
        for live in self.lives:
            self._pass_to(min(live.start, self.end))
            while self._now() <= live.end and self._now() < self.end:
                self._one_tick()

    def _pass_to(self, tick: int) -> None:
        """Goes on without a look at anybody, but for what is decided on the way."""
        while self.plan and self.plan[0][0] < tick:
            self._go(self.plan[0][0])
            self._decide()
        self._go(tick)

    def _go(self, tick: int) -> None:
        self._drain()
        if tick > self._now():
            self.events += self.world.advance(tick, keep=range(len(self.log.hosts)), threads=1)

    def _now(self) -> int:
        return int(self.plain["clock"]["tick"][0])

    def _out(self) -> bool:
        """Whether anybody is on the street or in a room."""
        clock = self.plain["clock"]
        return int(clock["came"][0]) > int(clock["went"][0])

    def _decide(self) -> None:
        now = self._now()
        decided = bool(self.plan) and self.plan[0][0] == now
        while self.plan and self.plan[0][0] == now:
            decision = self.plan.pop(0)[1]
            self.world.change(
                0, lambda state, town, step=decision: step.apply(self.scenario, state, town)
            )
        if decided and self.timeline.is_morning(now):
            cards = self.plain["cards"]
            self.notes.append((now, cards["format"].copy(), cards["published"].copy()))

    def _step(self, tick: int) -> None:
        """The model's own tick, its events kept in the log."""
        if self.log.count[0] > len(self.log.events) // 2:
            self._drain()
        advance_world(self.state, self.world.town, self.log, tick + 1)
        while self._now() == tick:  # one tick may need more room than there is
            self._drain()
            self.log = self.log._replace(events=_room_for(2 * len(self.log.events)))
            advance_world(self.state, self.world.town, self.log, tick + 1)

    def _drain(self) -> None:
        count = int(self.log.count[0])
        if count:
            self.events.append(self.log.events[:count].view(np.ndarray).copy())
            self.log.count[0] = 0

    def _one_tick(self) -> None:
        self._decide()
        tick, shoppers = self._now(), self.plain["shoppers"]
        place, where = shoppers["place"].copy(), shoppers["where"]
        live = any(live.start <= tick <= live.end for live in self.lives)
        if live:
            present = np.flatnonzero((place >= Place.IN_ROOM) & (where == PLAYED))
            before = self._people(present)
        self._step(tick)
        self._note_moves(tick, shoppers, place)
        if live:
            self.room_ticks.append(tick)
            self.rooms.append(self.plain["rooms"][PLAYED : PLAYED + 1].copy())
            self.prices.append(self.plain["shelves"]["price"][: self.products].copy())
            now = (shoppers["place"] >= Place.IN_ROOM) & (where == PLAYED)
            now[present] = False
            self._note_rows(tick, before, self._people(present))
            came = self._people(np.flatnonzero(now))
            self._note_rows(tick, came, came)  # who has just come has not been told a thing

    def _people(self, numbers: np.ndarray) -> _People:
        state = self.plain
        return _People(
            numbers,
            state["shoppers"][numbers],
            state["relations"][numbers, PLAYED],
            state["knowledge"][numbers, : self.products],
        )

    def _note_rows(self, tick: int, before: _People, now: _People) -> None:
        if len(now.numbers):
            product = int(self.plain["rooms"]["product"][PLAYED])
            self.rows.append(_rows(tick, product, before, now))

    def _note_moves(self, tick: int, shoppers: np.ndarray, before: np.ndarray) -> None:
        now = shoppers["place"]
        changed = np.flatnonzero(now != before)
        if not len(changed):
            return
        after, earlier = now[changed], before[changed]
        at_door = after == Place.AT_DOOR
        came = (earlier == Place.AWAY) & ~at_door
        moves = ((came, Move.CAME), (after == Place.AWAY, Move.WENT), (at_door, Move.DOOR))
        for chosen, move in moves:
            who = changed[chosen]
            if len(who):
                noted = np.zeros(len(who), dtype=MOVE)
                noted["tick"], noted["shopper"], noted["move"] = tick, who, move
                noted["where"] = shoppers["where"][who]
                noted["searching"] = shoppers["searching"][who]
                self.moves.append(noted)


@dataclass(frozen=True)
class _People:
    """Copies of some shoppers at one moment, with what they are to our room and its goods."""

    numbers: np.ndarray
    shoppers: np.ndarray
    relations: np.ndarray
    knowledge: np.ndarray


def _rows(tick: int, product: int, before: _People, now: _People) -> np.ndarray:
    """What is noted of one tick."""
    here = now.shoppers["where"] == PLAYED
    rows = np.zeros(len(now.numbers), dtype=ROW)
    rows["tick"], rows["shopper"], rows["product"] = tick, now.numbers, product
    rows["began"] = (before.shoppers["place"] == Place.IN_ROOM) if before is not now else 0
    rows["inside"] = (now.shoppers["place"] == Place.IN_ROOM) & here
    rows["door"] = (now.shoppers["place"] == Place.AT_DOOR) & here
    rows["asking"] = now.shoppers["asked"] >= 0
    rows["asking_before"] = before.shoppers["asked"] >= 0
    rows["searching"], rows["spent"] = now.shoppers["searching"], now.shoppers["spent"]
    rows["intent"], rows["need"] = now.shoppers["intent"], now.shoppers["need"]
    rows["kind"], rows["missed"] = now.relations["kind"], now.relations["missed"]
    for name in ("temper", "arousal", "pressure"):
        rows[name], rows[f"{name}_before"] = now.shoppers[name], before.shoppers[name]
    rows["trust"], rows["trust_before"] = now.relations["trust"], before.relations["trust"]
    rows["information"] = now.knowledge["information"][:, product]
    rows["information_before"] = before.knowledge["information"][:, product]
    rows["reference"] = now.knowledge["reference"][:, product]
    return rows


def _room_for(events: int) -> np.ndarray:
    return np.zeros(events, dtype=EVENT).view(np.recarray)


def _joined(parts: list[np.ndarray], dtype: np.dtype) -> np.ndarray:
    # as bytes: joining records field by field takes ten times as long
    return np.frombuffer(bytearray(b"".join(part.tobytes() for part in parts)), dtype=dtype)
