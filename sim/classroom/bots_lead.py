"""Leads a class as its instructor would, so that bots can play one that nobody leads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from sim.classroom.bots_phone import Phone, Place, Stopwatch, Tally
from sim.classroom.bots_play import LOST_LINE, wait_for
from sim.errors import Phrase, StrollError


class Lead:
    """The console's line. `act` does one thing; `run` leads from the lobby to the end."""

    def __init__(self, place: Place, pin: str, tally: Tally | None = None) -> None:
        self.pin, self.tally = pin, tally or Tally()
        self.phone = Phone(place, Tally(), who="console")
        self.done = asyncio.Event()

    @property
    def view(self) -> dict[str, Any]:
        return self.phone.view

    async def open(self) -> None:
        """Logs in. StrollError when the pin is not the console's."""
        self.phone.view = {}
        await self.phone.open()
        # What comes for the right pin is the console's view; only a refusal is an answer.
        login = asyncio.create_task(self.phone.ask("login", pin=self.pin))
        seen = asyncio.create_task(self.until(bool))
        done, waiting = await asyncio.wait((login, seen), return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        if seen in done:
            seen.result()
        elif login.result().get("type") == "refused":
            await self.phone.close()
            raise StrollError(Phrase("class_bots.error.wrong_pin"))
        else:
            await self.until(bool)

    def leave(self) -> None:
        """Lead no more."""
        self.done.set()
        self.phone.changed.set()

    async def close(self) -> None:
        await self.phone.close()

    async def act(self, do: str, **rest: Any) -> dict[str, Any]:
        """One act of the console; gives the answer."""
        return await self.phone.ask("act", do=do, **rest)

    async def until(self, fits: Callable[[dict[str, Any]], Any], seconds: float = 600.0) -> Any:
        """The first view that fits. TimeoutError, ConnectionError."""
        async with asyncio.timeout(seconds):
            while True:
                self.phone.changed.clear()
                if self.view and fits(self.view):
                    return self.view
                if not self.phone.is_open:
                    raise ConnectionError
                await wait_for(self.phone.changed, 2.0)

    async def run(self, everybody: Callable[[], bool], look_seconds: float = 1.0) -> None:
        """From wherever the class is to its end; comes back when the line is lost.

        everybody: whether all are here who should be, and have done what the phase asks for
        """
        while not self.done.is_set():
            try:
                if not self.phone.is_open:
                    await self.open()
                await self._step(everybody, look_seconds)
            except LOST_LINE:
                await wait_for(self.done, 1.0)

    async def _step(self, everybody: Callable[[], bool], look_seconds: float) -> None:
        view = await self.until(lambda seen: seen.get("computing") is None, 5.0)
        if view["phase"] == "over":
            self.done.set()
            return
        if not everybody():
            await wait_for(self.done, 0.2)
            return
        if view["phase"] in ("brief", "computed", "night"):
            await wait_for(self.done, look_seconds)
        watch = Stopwatch()
        await self.act("next", phase=view["phase"], round=(view.get("round") or 1) - 1)
        if view["phase"] == "deciding":
            await self.until(_is_computed)
            self.tally.computed.append(watch.seconds)
        else:
            await self.until(lambda seen: seen["phase"] != view["phase"])


def _is_computed(view: dict[str, Any]) -> bool:
    return view["phase"] != "deciding" and view.get("computing") is None
