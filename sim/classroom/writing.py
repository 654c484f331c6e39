"""The one pen of a class: what is asked for in one moment is counted and written in one go.

Whoever asks waits until it is on the disk. What the disk refuses has never happened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from sim.classroom.entries import Entry, NewEntry
from sim.classroom.refusal import Refusal
from sim.classroom.settings import Settings
from sim.classroom.state import ClassState
from sim.classroom.store import ClassStore, SeatSecret

_MOST_AT_ONCE = 256

Build = Callable[[ClassState], NewEntry]


@dataclass
class _Wish:
    build: Build
    done: asyncio.Future
    secret: SeatSecret | None = None


class Writing:
    """state    of the class; written here alone
    problem  a sentence (Phrase) while the disk refuses, else None

    after(entries): something was written. refused(secrets): the disk has refused, and the seats
    that these secrets were for do not exist.
    """

    def __init__(
        self,
        store: ClassStore,
        settings: Settings,
        rounds: int,
        disk: Executor,
        after: Callable[[list[Entry]], None],
        refused: Callable[[Mapping[int, SeatSecret]], None],
    ) -> None:
        self.state = ClassState(settings, rounds)
        self.problem: Any = None
        self._store, self._disk = store, disk
        self._settings, self._rounds = settings, rounds
        self._after, self._refused = after, refused
        self._wishes: asyncio.Queue[_Wish] = asyncio.Queue()

    def read(self, entries: list[Entry]) -> None:
        """Begins with what the file holds."""
        self.state = ClassState.of(self._settings, self._rounds, entries)

    async def wish(self, build: Build, secret: SeatSecret | None = None) -> Entry:
        """The entry that `build` makes of the state as it then is, once it is on the disk.

        Raises what `build` raises, Refusal("too_late") where it does not count, or what the disk
        said. secret: of the seat that the entry is about, written along with it.
        """
        wish = _Wish(build, asyncio.get_running_loop().create_future(), secret)
        await self._wishes.put(wish)
        return await wish.done

    async def drained(self) -> None:
        """When everything that was asked for by now is written."""
        while not self._wishes.empty():
            await asyncio.sleep(0.01)
        await asyncio.get_running_loop().run_in_executor(self._disk, lambda: None)

    async def run(self) -> None:
        """Writes until it is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            wishes = [await self._wishes.get()]
            while not self._wishes.empty() and len(wishes) < _MOST_AT_ONCE:
                wishes.append(self._wishes.get_nowait())
            taken, secrets = self._take(wishes)
            if not taken:
                continue
            new = [NewEntry(entry.at, entry.kind, entry.seat, entry.data) for _, entry in taken]
            try:
                await loop.run_in_executor(
                    self._disk, lambda e=new, s=secrets: self._store.append(e, secrets=s)
                )
            except Exception as error:
                self.problem = getattr(error, "message", None)
                self.read(self.state.log[: -len(taken)])
                for wish, _ in taken:
                    if not wish.done.done():
                        wish.done.set_exception(error)
                self._refused(secrets)
                continue
            self.problem = None
            for wish, entry in taken:
                if not wish.done.done():
                    wish.done.set_result(entry)
            self._after([entry for _, entry in taken])

    def _take(self, wishes: list[_Wish]) -> tuple[list[tuple[_Wish, Entry]], dict[int, SeatSecret]]:
        """Counts what fits the state as it then is; tells the others that it does not."""
        taken: list[tuple[_Wish, Entry]] = []
        secrets: dict[int, SeatSecret] = {}
        for wish in wishes:
            try:
                new = wish.build(self.state)
                number = len(self.state.log) + 1
                entry = Entry(number, new.at, new.kind, new.seat, new.data)
                if not self.state.take(entry):
                    self.state.log.pop()
                    raise Refusal("too_late")
            except Exception as error:
                if not wish.done.done():
                    wish.done.set_exception(error)
                continue
            taken.append((wish, entry))
            if wish.secret is not None:
                secrets[entry.seat] = wish.secret
        return taken, secrets
