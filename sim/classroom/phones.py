"""What a phone says, and what it is told: each message is one call of the room."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.websockets import WebSocket

from sim import wording
from sim.classroom import asking, codes, messages
from sim.classroom.channels import TOO_MANY, Line
from sim.classroom.hand import Hand
from sim.classroom.hub import Hub, refusal, refusal_of, trouble
from sim.classroom.names import folded
from sim.errors import StrollError

_HELLO_SECONDS = 15.0
_MOST_MALFORMED = 10


class Phone:
    """One phone's line, from `hello` to its end."""

    def __init__(self, hub: Hub, socket: WebSocket, address: str, *, near: bool) -> None:
        self._hub, self._room, self._limits = hub, hub.room, hub.limits
        self._address, self._near = address, near
        self._seat: int | None = None
        self._greeted = False
        self._malformed = 0
        self._asking: asyncio.Task | None = None
        self.line = Line(socket, hub.limits.socket(), self._view)

    async def run(self) -> None:
        """Until the phone is gone."""
        loop = asyncio.get_running_loop()
        timer = loop.call_later(_HELLO_SECONDS, self._must_have_greeted)
        try:
            await self.line.run(self._handle)
        finally:
            timer.cancel()
            if self._asking is not None:
                self._asking.cancel()
            if self._seat is not None:
                self._hub.stand(self.line, self._seat)

    def _must_have_greeted(self) -> None:
        if not self._greeted:
            self.line.end(TOO_MANY, "no hello")

    def _view(self) -> dict[str, Any] | None:
        if self._seat is None:
            return None
        return self._room.view_phone(self._seat, self.line.language)

    # -- messages

    async def _handle(self, text: str | bytes) -> None:
        try:
            message = messages.read_message("phone", text)
        except messages.Malformed as error:
            self._malformed += 1
            self._refuse(error.id, refusal(error.key, self.line.language))
            if self._malformed >= _MOST_MALFORMED:
                self.line.end(TOO_MANY, "malformed messages")
            return
        try:
            await self._reply(message)
        except StrollError as error:
            self._refuse(message.id, refusal_of(error, self.line.language))
        except Exception:
            self._refuse(message.id, trouble(self.line.language))

    async def _reply(self, message: Any) -> None:
        anybody = _ANYBODY.get(type(message))
        if anybody is not None:
            await anybody(self, message)
        elif not self._greeted:
            self._refuse(message.id, refusal("too_early", self.line.language))
        elif type(message) in _GREETED:
            await _GREETED[type(message)](self, message)
        elif self._seat is None:
            self._refuse(message.id, refusal("no_seat", self.line.language))
        else:
            await _SEATED[type(message)](self, message, self._seat)

    def _refuse(self, number: int | None, why: dict[str, Any]) -> None:
        self.line.answer("refused", number or 0, **why)

    async def _ping(self, message: messages.Ping) -> None:
        self.line.answer("pong", message.id)

    async def _language(self, message: messages.SetLanguage) -> None:
        self.line.language = message.language
        self.line.show_again()

    async def _hello(self, message: messages.Hello) -> None:
        """A token proves more than the code, so that a class whose codes are being guessed at goes
        on; without one the code has to be right."""
        self.line.language = message.language or self.line.language
        seat = self._room.seat_of(message.token) if message.token else None
        if seat is None:
            everybody = "all"
            if not self._limits.codes.may(self._address, everybody):
                self._refuse(message.id, refusal("slow_down", self.line.language))
                return
            if not codes.same_code(message.code or "", self._room.code):
                self._limits.codes.failed(self._address, everybody)
                self._refuse(message.id, refusal("wrong_code", self.line.language))
                return
        self._greeted = True
        title = {
            language: self._room.scenario.title.text(language) for language in wording.LANGUAGES
        }
        self.line.answer(
            "welcome", message.id, seat=seat, title=title, languages=list(wording.LANGUAGES),
            phase=self._room.state.phase,
        )  # fmt: skip
        self._sit(seat)

    async def _join(self, message: messages.Join) -> None:
        self.line.language = message.language
        pin = codes.typed_pin(message.pin, codes.SEAT_PIN_DIGITS)
        if pin is None or codes.easy_pin(pin):
            key = "bad_pin" if pin is None else "easy_pin"
            self._refuse(message.id, refusal(key, self.line.language))
            return
        if not self._near and not self._limits.joins.take(self._address):
            self._refuse(message.id, refusal("slow_down", self.line.language))
            return
        joined = await self._room.join(message.name, pin, message.language)
        self.line.answer("joined", message.id, seat=joined.seat, token=joined.token)
        self._sit(joined.seat)

    async def _resume(self, message: messages.Resume) -> None:
        """Tries are judged one after the other, so that many at once are no more than they are."""
        self.line.language = message.language or self.line.language
        name = folded(message.name)
        keys = ((self._address, name), name, self._address)
        async with self._hub.one_try:
            if not self._limits.may_resume(self._address, name, away=self._is_away(name)):
                self._refuse(message.id, refusal("slow_down", self.line.language))
                return
            try:
                joined = await self._room.resume(message.name, message.pin)
            except StrollError as error:
                self._limits.seats.failed(*keys)
                why = refusal_of(error, self.line.language)
                # one key for "no such name" and "another pin": which it was is nobody's business
                self._refuse(message.id, {**why, "key": "wrong_pin"})
                return
        self._hub.others_leave(joined.seat, self.line)
        self.line.answer("joined", message.id, seat=joined.seat, token=joined.token)
        self._sit(joined.seat)

    def _is_away(self, name: str) -> bool:
        """Whether somebody of this name has a seat and no phone here."""
        seats = [seat for seat, known in self._room.names.items() if folded(known) == name]
        return bool(seats) and not self._room.present(seats[0])

    def _sit(self, seat: int | None) -> None:
        if self._seat is not None and self._seat != seat:
            self._hub.stand(self.line, self._seat)
        if seat is not None and self._seat != seat:
            self._hub.sit(self.line, seat)
        self._seat = seat
        self.line.show_again()

    async def _bets(self, message: messages.Bets, seat: int) -> None:
        await self._room.place_bets(seat, message.bets)
        self.line.answer("ack", message.id)

    async def _choose(self, message: messages.Choose, seat: int) -> None:
        hand = Hand.from_data(message.hand)
        await self._room.choose(seat, message.round, hand, message.ready)
        self.line.answer("ack", message.id)

    async def _ready(self, message: messages.Ready, seat: int) -> None:
        await self._room.set_ready(seat, message.round, message.ready)
        self.line.answer("ack", message.id)

    async def _branch(self, message: messages.Branch, seat: int) -> None:
        hand = Hand.from_data(message.hand)
        self._ask(message, lambda: asking.branch(self._room, seat, message.round, hand,
                                                 self.line.language))  # fmt: skip

    async def _diary(self, message: messages.Diary, seat: int) -> None:
        self._ask(message, lambda: asking.diary(self._room, seat, message.shopper, message.branch,
                                                self.line.language))  # fmt: skip

    def _ask(self, message: Any, work: Callable[[], dict[str, Any]]) -> None:
        """What takes a while, beside the line; a phone has one question at a time."""
        if self._asking is not None and not self._asking.done():
            self._refuse(message.id, refusal("one_question", self.line.language))
            return
        self._asking = asyncio.create_task(self._answer_later(message, work))

    async def _answer_later(self, message: Any, work: Callable[[], dict[str, Any]]) -> None:
        language = self.line.language
        try:
            ahead = self._hub.questions.ahead
            self.line.answer("working", message.id, ahead=ahead)
            result = await self._hub.questions.ask(work)
            self.line.answer(message.type, message.id, result=result)
        except StrollError as error:
            self._refuse(message.id, refusal_of(error, language))
        except Exception:
            self._refuse(message.id, trouble(language))


_Handler = Callable[..., Awaitable[None]]
_ANYBODY: dict[type, _Handler] = {
    messages.Hello: Phone._hello,
    messages.Ping: Phone._ping,
    messages.SetLanguage: Phone._language,
}
_GREETED: dict[type, _Handler] = {messages.Join: Phone._join, messages.Resume: Phone._resume}
_SEATED: dict[type, _Handler] = {
    messages.Bets: Phone._bets,
    messages.Choose: Phone._choose,
    messages.Ready: Phone._ready,
    messages.Branch: Phone._branch,
    messages.Diary: Phone._diary,
}
