"""Bots that behave badly, each deed with the answers that are right for it.

A deed must be refused with a sentence, be ignored, or cost its line; it must never be believed,
never make the server stumble, and never be felt by anybody else. What came is counted by deed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

from websockets.exceptions import ConnectionClosed

from sim.classroom.bots_manners import name_of
from sim.classroom.bots_phone import Phone, Place, Tally, Unanswered, fetch, pause
from sim.classroom.bots_play import LOST_LINE, wait_for

# What no server of ours should ever close a line with: it would mean an error nobody thought of.
_STUMBLED = (1011, 1002)
_APART = 3  # deeds between the first ones of two bots
_MALFORMED = (
    "", "{", "[]", "null", "7", '"choose"', "{}", '{"type": 7, "id": 1}',
    '{"type": "fly", "id": 1}',
    '{"type": "choose", "id": 1e999, "round": 0, "hand": {}}',
    '{"type": "choose", "id": -1, "round": 0, "hand": {}}',
    '{"type": "choose", "id": {"a": 1}, "round": 0, "hand": {}}',
    '{"type": "choose", "id": 1, "round": "0", "hand": {}}',
    '{"type": "choose", "id": 1, "round": true, "hand": {}}',
    '{"type": "choose", "id": 1, "round": 0, "hand": []}',
    '{"type": "choose", "id": 1, "round": 0, "hand": {"tactic": NaN}}',
    '{"type": "choose", "id": 1, "round": 0, "hand": {"__class__": "x"}}',
    '{"type": "choose", "id": 1, "round": 0, "hand": {"tactic": "\\ud800"}}',
    '{"type": "choose", "id": 1, "id": 2, "round": 0, "hand": {}}',
    '{"type": "ping", "id": 1, "at": "1970-01-01T00:00:00Z"}', '{"type": "join", "id": 1}',
    "[" * 1500, '{"type":' * 300, "\u0000", "\u202e\u2028<script>alert(1)</script>",
)  # fmt: skip
_BAD_NAMES = (
    "",
    " ",
    "\u200b",
    "x" * 17,
    "名" * 5000,
    "a\u0000b",
    "e" + "\u0301" * 14,
    "\u202eabc",
)


class Rude:
    """One bad neighbour. `run()` does one deed after the other until `done` is set."""

    def __init__(
        self, place: Place, tally: Tally, number: int, seed: int, victims: list[str],
        pause_seconds: float = 1.0,
    ) -> None:  # fmt: skip
        """victims: names of polite bots, on whose seats it would like to sit."""
        self.place, self.tally, self.number = place, tally, number
        self.chance = random.Random(f"{seed}:rude:{number}")
        self.victims, self.pause_seconds = victims, pause_seconds
        self.done = asyncio.Event()
        self.finished = 0  # deeds
        self._first = number * _APART
        self.token: str | None = None
        self._deed = ""
        self._line: Phone | None = None

    async def run(self) -> None:
        """One deed after the other; each bot begins with another, so that few do all."""
        deeds = list(DEEDS)
        while not self.done.is_set():
            self._deed = deeds[(self._first + self.finished) % len(deeds)]
            self._line = Phone(self.place, _Silent(), 10_000 + self.number)
            try:
                await asyncio.wait_for(DEEDS[self._deed](self), 60)
                self._note_close()
            except Unanswered:
                self._count("no_answer")
                self.tally.faults[f"{self._deed} got no answer"] += 1
            except LOST_LINE as error:
                status = getattr(getattr(error, "response", None), "status_code", None)
                self._count(f"line_refused_{status}" if status else "line_lost")
                self._note_close()
                if status is not None and status >= 500 and status != 503:
                    self.tally.faults[f"{self._deed} answered {status}"] += 1
            finally:
                await self._line.close()
                self.finished += 1
            await wait_for(self.done, pause(self.chance, self.pause_seconds))

    def leave(self) -> None:
        """Stop after this deed."""
        self.done.set()

    # -- counting ------------------------------------------------------------------------------
    def _count(self, answer: str) -> None:
        self.tally.rude[self._deed, answer] += 1

    def _note_close(self) -> None:
        code = self._line.closed_with
        if code is not None:
            self._count(f"closed_{code}")
        if code in _STUMBLED:
            self.tally.faults[f"{self._deed} closed the line with {code}"] += 1

    def _must_refuse(self, answer: dict[str, Any]) -> None:
        """Counts an answer that may be anything but yes."""
        kind, key = answer.get("type"), str(answer.get("key"))
        if kind != "refused":
            self.tally.faults[f"{self._deed} was answered with {kind}"] += 1
        elif key == "trouble":
            self.tally.faults[f"{self._deed} made the server stumble"] += 1
        elif not answer.get("text") and key != "slow_down":
            self.tally.faults[f"{self._deed} refused as {key} without a sentence"] += 1
        self._count(f"refused_{key}" if kind == "refused" else str(kind))

    # -- a line and a seat of its own ----------------------------------------------------------
    async def _open(self, code: str | None = None, seat: bool = False) -> Phone:
        phone = self._line
        await phone.open()
        known = {"token": self.token} if self.token and seat else {}
        await phone.ask("hello", code=code or self.place.code, **known)
        if seat:
            await self._sit(phone)
        return phone

    async def _sit(self, phone: Phone) -> None:
        if self.token is None:
            name = f"<b>{name_of(self.number)[:6]}!</b>"
            answer = await phone.ask("join", name=name[:16], pin="5173")
            if answer.get("key") == "name_taken":
                answer = await phone.ask("resume", name=name[:16], pin="5173")
            self.token = answer.get("token")

    async def _raw(self, *texts: str | bytes) -> None:
        """Sends things as they are, then sees whether the line still answers."""
        phone = await self._open()
        for text in texts:
            await phone.send(text)
        self._alive(await phone.ask("ping", wait=20.0))

    def _alive(self, answer: dict[str, Any]) -> None:
        self._count("ignored" if answer.get("type") == "pong" else f"refused_{answer.get('key')}")

    # -- deeds ---------------------------------------------------------------------------------
    async def reload_storm(self) -> None:
        """Reloads and reloads."""
        await self._open(seat=True)
        for _ in range(12):
            await self._line.close()
            status, _ = await fetch(self.place, f"/j/{self.place.code}", 10_000 + self.number)
            if status not in (200, 429, 503):
                self.tally.faults[f"a reload was answered {status}"] += 1
            self._count(f"page_{status}")
            self._line = Phone(self.place, _Silent(), 10_000 + self.number)
            await self._line.open()
            await self._line.ask("hello", code=self.place.code, token=self.token)

    async def wrong_order(self) -> None:
        """Decides before it has said hello or has a seat, and bets at any time."""
        phone = self._line
        await phone.open()
        hand = {"tactic": "x"}
        self._must_refuse(await phone.ask("choose", round=0, hand=hand, ready=True))
        self._must_refuse(await phone.ask("join", name="x", pin="7351"))
        await phone.ask("hello", code=self.place.code)
        for kind, rest in (
            ("ready", {"round": 0, "ready": True}), ("bets", {"bets": []}),
            ("branch", {"round": 0, "hand": {}}), ("diary", {"shopper": 1}),
        ):  # fmt: skip
            self._must_refuse(await phone.ask(kind, **rest))

    async def other_rounds(self) -> None:
        """Decides for rounds that are not open."""
        phone = await self._open(seat=True)
        for number in (11, 99):
            self._must_refuse(await phone.ask("choose", round=number, hand={}, ready=True))
            self._must_refuse(await phone.ask("ready", round=number, ready=True))

    async def impossible_hands(self) -> None:
        """Hands that there are not."""
        phone = await self._open(seat=True)
        for hand in (
            {"tactic": "no_such"}, {"product": "../../x"}, {"act": "<img src=x>"},
            {"seconds": 10**9}, {"answers": [1, 1]}, {"answers": [-5]},
            {"mix": {"chat": 5.0}}, {"policy": "x"},
        ):  # fmt: skip
            self._must_refuse(await phone.ask("choose", round=0, hand=hand, ready=True))

    async def huge(self) -> None:
        """Messages larger than any that are let in; they may cost the line, each its own."""
        for size in (4_000, 5_000, 60_000, 3_000_000):
            with contextlib.suppress(ConnectionClosed, ConnectionError):
                phone = await self._open()
                self._must_refuse(await phone.ask("join", name="x" * size, pin="7351", wait=20.0))
            self._note_close()

    async def malformed(self) -> None:
        """What is no message at all."""
        await self._raw(*self.chance.sample(_MALFORMED, 6))

    async def binary(self) -> None:
        """Frames that are no text."""
        await self._raw(b"\x00\xff\xfe", bytes(2000), b"{}", json.dumps({"type": "ping"}).encode())

    async def double_taps(self) -> None:
        """The same message twice, under one number and under two; both are answered, one counts."""
        phone = await self._open(seat=True)
        hand = json.dumps({"type": "ready", "id": 900, "round": 0, "ready": False})
        await phone.send(hand)
        await phone.send(hand)
        two = [phone.ask("ready", round=0, ready=False) for _ in range(2)]
        for answer in await asyncio.gather(*two):
            self._count(str(answer.get("key") or answer.get("type")))

    async def clock_skew(self) -> None:
        """Claims that it is some other time."""
        phone = await self._open(seat=True)
        for at in (0, 4102444800, -1, "yesterday"):
            self._must_refuse(await phone.ask("ready", round=0, ready=True, at=at))

    async def taken_names(self) -> None:
        """Would sit on somebody's seat, or on none that has a proper name."""
        phone = await self._open()
        if self.victims:
            self._must_refuse(await phone.ask("join", name=self._victim(), pin="7351"))
        for name in self.chance.sample(_BAD_NAMES, 3):
            self._must_refuse(await phone.ask("join", name=name, pin="7351"))
        self._must_refuse(await phone.ask("join", name="someone", pin="12"))

    async def wrong_pins(self) -> None:
        """Guesses a neighbour's four digits."""
        phone = await self._open()
        for _ in range(6):
            if self.victims:
                pin = f"{self.chance.randrange(10_000):04d}"
                answer = await phone.ask("resume", name=self._victim(), pin=pin)
                if answer.get("type") == "joined":
                    self._count("guessed")  # one in ten thousand is luck
                    continue
                self._must_refuse(answer)

    async def wrong_codes(self) -> None:
        """Guesses codes and tokens."""
        phone = self._line
        await phone.open()
        for code in ("XXXXXX", "", "' OR 1=1", self.place.code[::-1] + "7"):
            self._must_refuse(await phone.ask("hello", code=code, token="A" * 32))

    async def flood(self) -> None:
        """Thousands of pings."""
        phone = await self._open()
        with contextlib.suppress(ConnectionClosed, ConnectionError):
            for number in range(3000):
                await phone.send(json.dumps({"type": "ping", "id": number}))
            await asyncio.sleep(1.0)
        if phone.is_open:
            self.tally.faults["three thousand pings did not cost the line"] += 1

    async def half_open(self) -> None:
        """Begins to ask and never goes on; and a line that never reads."""
        host, port = self.place.name_and_port
        address = self.place.own_address(10_000 + self.number)
        _, writer = await asyncio.open_connection(host, port, local_addr=address)
        writer.write(b"GET /ws/phone HTTP/1.1\r\nHost: ")
        phone = await self._open(seat=True)
        phone._line.transport.pause_reading()
        for number in range(15):
            await phone.send(json.dumps({"type": "language", "id": number, "language": "en"}))
        await wait_for(self.done, 3.0)
        phone.vanish()
        writer.transport.abort()
        self._count("ignored")

    async def other_places(self) -> None:
        """Asks for pages that are none of its business."""
        for path in (
            "/console/report.html", "/console/decisions.csv", "/board", "/../../etc/passwd",
            "/j/%2e%2e%2f", "/ws/console", "/console/login", "/" + "x" * 6000,
        ):  # fmt: skip
            status, _ = await fetch(self.place, path, 10_000 + self.number)
            self._count(f"page_{status}")
            if status >= 500 or (status == 200 and "report" in path):
                self.tally.faults[f"{path[:40]} answered {status}"] += 1

    async def consoles(self) -> None:
        """Would lead the class."""
        self._line = phone = Phone(self.place, _Silent(), 10_000 + self.number, "console")
        with contextlib.suppress(*LOST_LINE):
            await phone.open()
            self._must_refuse(await phone.ask("act", do="next"))
            self._must_refuse(await phone.ask("login", pin=f"{self.chance.randrange(10**6):06d}"))
            self._must_refuse(await phone.ask("act", do="next"))

    def _victim(self) -> str:
        return self.chance.choice(self.victims)


Deed = Callable[[Rude], Awaitable[None]]
DEEDS: dict[str, Deed] = {
    deed.__name__: deed
    for deed in (
        Rude.reload_storm, Rude.wrong_order, Rude.other_rounds, Rude.impossible_hands, Rude.huge,
        Rude.malformed, Rude.binary, Rude.double_taps, Rude.clock_skew, Rude.taken_names,
        Rude.wrong_pins, Rude.wrong_codes, Rude.flood, Rude.half_open, Rude.other_places,
        Rude.consoles,
    )
}  # fmt: skip


class _Silent(Tally):
    """The figures of rude lines are nobody's."""
