"""A class's record out of its file or its room: what reports, tables and grades are made of.

    with ClassStore.look_into(path) as store:
        record = record_of_store(store, crowds=None, progress=...)

Everything is simulated again from the log; a file holds no result that could be forged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.classroom.report_capsules import packer
from sim.classroom.results import shops_of
from sim.classroom.results_best import constants_of
from sim.classroom.results_book import Book
from sim.classroom.results_lines import lines_of, side_by_side
from sim.classroom.results_luck import ClassLuck, LuckWork
from sim.classroom.results_record import ClassRecord
from sim.classroom.rounds import Rounds
from sim.classroom.settings import Settings
from sim.classroom.state import ClassState
from sim.classroom.streets import History, Streets, practice_seed

if TYPE_CHECKING:
    from sim.classroom.room import Room
    from sim.classroom.store import ClassStore

Progress = Callable[[int, int], None]

_FINISHED = ("night", "debrief", "over")
_WORKERS, _AT_ONCE = 2, 16
# A street is looked at once and may then go.
_STREETS_BYTES = 200_000_000


def record_of_store(
    store: ClassStore,
    *,
    crowds: int | None = None,
    capsules: bool = False,
    progress: Progress | None = None,
) -> ClassRecord:
    """The record of a class's file, simulated as far as the class came.

    crowds: how many other crowds tell luck; None: as many as are fitting, 0: none. capsules:
    whether everybody's run is packed as well. progress(done, all) counts crowds.
    KeyboardInterrupt, also from `progress`, keeps the crowds met so far.
    StrollError for a file that is none.
    """
    settings = Settings.read(store.settings)
    rounds = Rounds.of(store.scenario, settings.rounds)
    state = ClassState.of(settings, len(rounds), store.entries())
    names = {seat: secret.name for seat, secret in store.seat_secrets().items()}
    shops = settings.shops if settings.mode == "shared" else 1
    seed = _seed_met(store.seed, state)
    streets = Streets(store.scenario, seed, shops, rounds, most_bytes=_STREETS_BYTES)
    record = record_of_state(state, names, streets, Book(rounds), capsules=capsules)
    if not record.finished:
        return record
    record = replace(record, constants=constants_of(store.scenario, store.seed, rounds, shops))
    return record if crowds == 0 else _with_luck(record, crowds, progress)


def record_of_state(
    state: ClassState,
    names: dict[int, str],
    streets: Streets,
    book: Book,
    *,
    capsules: bool = False,
) -> ClassRecord:
    """The record of a folded log; simulates what the book does not hold."""
    finished = state.phase in _FINISHED
    shared = state.settings.mode == "shared"
    played = {
        number: (state.history(number), seat.shop if shared else 0)
        for number, seat in state.seats.items()
    }
    packed: dict[History, bytes] = {}
    pack = packer(streets.scenario) if capsules and streets.shops == 1 else None

    def look(history: History) -> None:
        for shop in range(streets.shops):
            book.outcome(streets, history, shop, finished)
        if pack is not None:
            packed[history] = pack(streets.at(history, finished))

    histories = side_by_side(line[0] for line in played.values())
    for first in range(0, len(histories), _AT_ONCE):
        # a few at a time, so that those that were looked at can go
        some = histories[first : first + _AT_ONCE]
        streets.grow(some, finished, look=look, workers=_WORKERS)
    return ClassRecord(
        scenario=streets.scenario,
        seed=streets.seed,
        rounds=streets.rounds,
        settings=state.settings,
        shops=tuple(
            shops_of(state, names, lambda seat: book.outcome(streets, *played[seat], finished))
        ),
        played=played,
        practice=state.practice,
        crowd=streets.crowd_digest,
        finished=finished,
        streets=streets,
        packed=packed,
    )


def record_of_room(room: Room) -> ClassRecord:
    """The record of a class that goes on, with what its study has found out so far.

    May simulate; call it off the event loop.
    """
    record = record_of_state(room.state, dict(room.names), room.streets, room.study.book)
    luck = None if room.state.practice else room.study.luck
    constants = room.study.constants
    if constants is None and record.finished:
        constants = constants_of(room.scenario, room.seed, room.rounds, room.streets.shops)
    return replace(record, constants=constants or {}, luck=luck)


def _seed_met(seed: int, state: ClassState) -> int:
    """The crowd that is met at the moment: another one while a class practises."""
    return practice_seed(seed) if state.practice else seed


def _with_luck(record: ClassRecord, crowds: int | None, progress: Progress | None) -> ClassRecord:
    if record.settings.mode == "vote" or not record.shops:
        return record
    active = {shop.seat for shop in record.shops if not shop.removed}
    played = {seat: line for seat, line in record.played.items() if seat in active}
    lines = lines_of(played, record.scenario.reference)
    work = LuckWork(
        record.scenario, record.seed, record.rounds, lines, crowds=crowds, workers=_WORKERS
    )
    luck: ClassLuck | None = None
    try:
        for luck in work.steps():
            if progress is not None:
                progress(luck.crowds, luck.wanted)
    except KeyboardInterrupt:
        work.stop()
    return replace(record, luck=luck)
