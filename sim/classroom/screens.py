"""The projector's line, which only shows, and the console's, on which the instructor acts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.websockets import WebSocket

from sim.classroom import messages
from sim.classroom.channels import TOO_MANY, Line
from sim.classroom.hub import Hub, refusal, refusal_of, trouble
from sim.errors import StrollError

_MOST_MALFORMED = 10
# Judges a pin that was given: None when it is right, else the key of the refusal.
Login = Callable[[str], Awaitable[str | None]]
# Something that the server itself does, such as deleting the class; None when it is the room's.
Serve = Callable[[dict[str, Any]], Awaitable[bool]]


class _Screen:
    """What board and console have in common."""

    who: Any = "board"

    def __init__(self, hub: Hub, socket: WebSocket) -> None:
        self._hub, self._room = hub, hub.room
        self._malformed = 0
        self.line = Line(socket, hub.limits.socket(), self._view)

    async def run(self) -> None:
        """Until the screen is gone."""
        self._begin()
        try:
            await self.line.run(self._handle)
        finally:
            self._hub.screens.discard(self.line)

    def _begin(self) -> None:
        self._admit()

    def _admit(self) -> None:
        self._hub.screens.add(self.line)
        self.line.answer("welcome")
        self.line.changed()

    def _view(self) -> dict[str, Any] | None:
        return self._hub.on_board(self._room.view_board(self.line.language))

    async def _handle(self, text: str | bytes) -> None:
        try:
            message = messages.read_message(self.who, text)
        except messages.Malformed as error:
            self._malformed += 1
            self._refuse(error.id, refusal(error.key, self.line.language))
            if self._malformed >= _MOST_MALFORMED:
                self.line.end(TOO_MANY, "malformed messages")
            return
        if isinstance(message, messages.Ping):
            self.line.answer("pong", message.id)
        elif isinstance(message, messages.SetLanguage | messages.Hello):
            if message.language:
                self.line.language = message.language
                self.line.show_again()
        else:
            try:
                await self._reply(message)
            except StrollError as error:
                self._refuse(message.id, refusal_of(error, self.line.language))
            except Exception:
                self._refuse(message.id, trouble(self.line.language))

    async def _reply(self, message: Any) -> None:
        raise NotImplementedError

    def _refuse(self, number: int | None, why: dict[str, Any]) -> None:
        self.line.answer("refused", number or 0, **why)


class Board(_Screen):
    """The projector. Whoever has its key may look; nothing can be done from here."""


class Console(_Screen):
    """The instructor's own screen."""

    who = "console"

    def __init__(
        self, hub: Hub, socket: WebSocket, *, known: bool, login: Login, serve: Serve
    ) -> None:
        super().__init__(hub, socket)
        self._known, self._login, self._serve = known, login, serve

    def _begin(self) -> None:
        if self._known:
            self._admit()
        else:
            self._refuse(None, refusal("login", self.line.language))

    def _view(self) -> dict[str, Any] | None:
        if not self._known:
            return None
        return self._hub.on_console(self._room.view_console(self.line.language))

    async def _reply(self, message: Any) -> None:
        if isinstance(message, messages.Login):
            wrong = await self._login(message.pin)
            if wrong is not None:
                self._refuse(message.id, refusal(wrong, self.line.language))
            else:
                self._known = True
                self._admit()
        elif not self._known:
            self._refuse(message.id, refusal("login", self.line.language))
        else:
            action = message.action()
            if not await self._serve(action):
                await self._room.act(action)
            self.line.answer("ack", message.id)
