"""Streets grow beside the class: whenever its state asks for new ones, in threads of their own."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from sim.classroom.streets import History, Streets
from sim.errors import Phrase

if TYPE_CHECKING:
    from sim.classroom.room import Room


logger = logging.getLogger(__name__)
_SECONDS_TO_TRY_AGAIN = 3.0


class Growing:
    """under_way  (done, all) streets while some are computed, else None
    problem    a sentence (Phrase) while they cannot be computed, else None
    """

    def __init__(self, room: Room, side: Executor, workers: int) -> None:
        self.under_way: tuple[int, int] | None = None
        self.problem: Phrase | None = None
        self._room, self._side, self._workers = room, side, workers
        self._wanted = asyncio.Event()

    @property
    def idle(self) -> bool:
        """Whether all streets are there that the state asks for."""
        return self.under_way is None and not self._wanted.is_set()

    def look_again(self) -> None:
        """The state may ask for other streets now."""
        self._wanted.set()

    async def run(self) -> None:
        """Computes until it is cancelled."""
        room, loop = self._room, asyncio.get_running_loop()
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            streets, finished, practice = room.streets, room.finished, room.state.practice
            needed = {room.state.history(seat) for seat in room.state.seats} or {()}
            missing = {
                history for history in needed if not self._is_seen(streets, history, finished)
            }
            if missing:
                self.under_way = (0, len(missing))
                room.tell("phase")
                wanted = (streets, needed, missing, finished, practice, loop)
                try:
                    await loop.run_in_executor(self._side, self._grow, *wanted)
                    self.problem = None
                except Exception:
                    # The class must not stand still without a word: it is said, and tried again.
                    logger.exception("streets could not be computed")
                    self.problem = Phrase("class_core.trouble")
                    room.tell("phase")
                    await asyncio.sleep(_SECONDS_TO_TRY_AGAIN)
                    self._wanted.set()
            if self._wanted.is_set():
                continue  # more is asked for by now
            if self.under_way is not None:
                self.under_way = None
                room.tell("phase")
            room.grown()

    def _is_seen(self, streets: Streets, history: History, finished: bool) -> bool:
        there = streets.has(history, finished)
        return there and self._room.study.known(streets, history, 0, finished) is not None

    def _grow(
        self,
        streets: Streets,
        needed: set[History],
        missing: set[History],
        finished: bool,
        practice: bool,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        """Off the loop: computes, and takes down at once what views will show."""
        study = self._room.study

        def look(history: History) -> None:
            for shop in range(streets.shops):
                study.look(streets, history, shop, finished)
                if history:
                    study.book.outcome(streets, history, shop, finished)
            if finished and not practice:
                study.keep_capsule(streets, history)

        def progress(done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._tell, done, total)

        streets.grow(missing, finished, progress, look, self._workers)
        streets.keep_only(needed)

    def _tell(self, done: int, total: int) -> None:
        if self.under_way is not None:
            self.under_way = (done, total)
            self._room.tell("progress")
