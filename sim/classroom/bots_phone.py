"""A phone without a screen: one line to a class, opened as a browser would open it."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from sim.errors import Phrase, StrollError

ANSWER_SECONDS = 30.0
_MOST_BYTES = 4_000_000
_PAGE = re.compile(r"/j/([A-Za-z0-9]{3,16})/?")


class Unanswered(Exception):
    """The server said nothing for so long that a person would have given up."""


@dataclass(frozen=True)
class Place:
    """Where a class is: its host with the port, and its code."""

    host: str
    code: str

    @classmethod
    def of(cls, url: str) -> Place:
        """The place of a join address such as http://192.168.1.5:8765/j/K4RD7X.

        StrollError when it is none.
        """
        with contextlib.suppress(ValueError):
            parts = urlsplit(url if "://" in url else f"http://{url}")
            found = _PAGE.fullmatch(parts.path)
            if parts.scheme == "http" and parts.hostname and found and parts.port != 0:
                return cls(parts.netloc, found[1].upper())
        raise StrollError(Phrase("class_bots.error.no_join_address", url=url[:120]))

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def name_and_port(self) -> tuple[str, int]:
        parts = urlsplit(self.origin)
        return parts.hostname or "", parts.port or 80

    def line(self, who: str = "phone") -> str:
        """The address of a WebSocket of a phone, the board or the console."""
        return f"ws://{self.host}/ws/{who}"

    def own_address(self, number: int) -> tuple[str, int] | None:
        """An address from which bot `number` calls, as every phone has its own.

        Only on this machine and where the system lets a program have more than one; else None.
        """
        host = self.name_and_port[0]
        with contextlib.suppress(ValueError):
            if sys.platform == "linux" and ipaddress.IPv4Address(host).is_loopback:
                return (
                    f"127.{1 + number // 62500 % 250}.{number // 250 % 250}.{1 + number % 250}",
                    0,
                )
        return None


@dataclass
class Tally:
    """What the bots saw, all together.

    acks      seconds from a decision sent to its acknowledgement; joins, questions: likewise
    computed  seconds from closing a round to its result, where the bots lead
    refused   refusals by key; rude: answers to rude deeds by (deed, answer)
    lost      (bot, round, hand) acknowledged and not there afterwards
    shown     hands that a view showed; unproven: the round closed before a view could show them;
              proven: hands that the debrief showed as they were acknowledged
    faults    what should never happen, and how often it did
    """

    acks: list[float] = field(default_factory=list)
    joins: list[float] = field(default_factory=list)
    questions: list[float] = field(default_factory=list)
    computed: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    rude: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    joined: int = 0
    returned: int = 0
    resumed: int = 0
    shown: int = 0
    unproven: int = 0
    proven: int = 0
    views: int = 0
    phase: str = "lobby"
    round: int = 0
    rounds: int = 0
    pages: int = 0


class Phone:
    """One line. `view` is the latest picture; `changed` is set whenever there is a new one."""

    def __init__(self, place: Place, tally: Tally, number: int = 0, who: str = "phone") -> None:
        self.place, self.tally, self.number, self.who = place, tally, number, who
        self.view: dict[str, Any] = {}
        self.changed = asyncio.Event()
        self._line: ClientConnection | None = None
        self._reading: asyncio.Task | None = None
        self._waiting: dict[int, asyncio.Future] = {}
        self._last = 0

    @property
    def is_open(self) -> bool:
        return self._line is not None and self._reading is not None and not self._reading.done()

    async def open(self) -> None:
        """Opens the line; OSError or TimeoutError or InvalidHandshake where that fails."""
        await self.close()
        address = self.place.own_address(self.number)
        self._line = await connect(
            self.place.line(self.who), origin=self.place.origin, max_size=_MOST_BYTES, proxy=None,
            open_timeout=20, ping_interval=None, close_timeout=2,
            **({} if address is None else {"local_addr": address}),
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read(self._line))

    async def close(self) -> None:
        """Hangs up."""
        line, self._line = self._line, None
        if line is not None:
            await line.close()
        if self._reading is not None:
            await asyncio.gather(self._reading, return_exceptions=True)
            self._reading = None

    def vanish(self) -> None:
        """Is gone without a word, as when a battery dies."""
        if self._line is not None:
            self._line.transport.abort()

    async def send(self, text: str | bytes) -> None:
        """Sends something as it is."""
        if self._line is None:
            raise ConnectionError
        await self._line.send(text)

    async def ask(self, kind: str, wait: float = ANSWER_SECONDS, **rest: Any) -> dict[str, Any]:
        """Sends a message and gives the answer to it; ConnectionClosed when the line goes."""
        self._last += 1
        number = self._last
        future = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            await self.send(json.dumps({"type": kind, "id": number, **rest}, ensure_ascii=False))
            return await asyncio.wait_for(future, wait)
        except TimeoutError as error:
            raise Unanswered(kind) from error
        finally:
            self._waiting.pop(number, None)

    async def _read(self, line: ClientConnection) -> None:
        try:
            async for text in line:
                self._take(json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            gone = ConnectionError("the line is closed")
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(gone)
                    future.exception()  # seen: whoever asked may be gone already
            self.changed.set()

    def _take(self, message: Mapping[str, Any]) -> None:
        kind = message.get("type")
        if kind == "view":
            self.view = message["view"]
            self.tally.views += 1
            self.changed.set()
        elif kind != "working":
            future = self._waiting.get(message.get("id"))
            if future is not None and not future.done():
                future.set_result(dict(message))

    @property
    def closed_with(self) -> int | None:
        """The code with which the line was closed, while `close` was not called."""
        return self._line.close_code if self._line is not None else None


async def fetch(place: Place, path: str, number: int = 0) -> tuple[int, int]:
    """GET a page as a browser does that asks once: (status, bytes of the body)."""
    host, port = place.name_and_port
    reader, writer = await asyncio.wait_for(
        asyncio.open_connection(host, port, local_addr=place.own_address(number)), 20
    )
    try:
        request = f"GET {path} HTTP/1.1\r\nHost: {place.host}\r\nConnection: close\r\n\r\n"
        writer.write(request.encode("ascii", "replace"))
        data = await asyncio.wait_for(reader.read(-1), 20)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
    head, _, body = data.partition(b"\r\n\r\n")
    status = re.match(rb"HTTP/1\.[01] (\d{3})", head)
    return (int(status[1]) if status else 0), len(body)


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._began


def pause(chance: random.Random, longest: float) -> float:
    """Seconds before a bot calls again: long enough that not all call at once."""
    return longest * (0.2 + 0.8 * chance.random())
