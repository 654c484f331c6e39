"""Everybody who is connected to a class, and who of them has to hear of what."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from sim import wording
from sim.classroom.channels import Line
from sim.classroom.limits import Limits
from sim.classroom.questions import Questions
from sim.errors import Phrase, StrollError

logger = logging.getLogger(__name__)

# Sockets in all: two hundred phones, some with an old tab open, and the screens.
MOST_LINES = 900
_SOFT = ("decided", "presence", "progress")


class Hub:
    """The open lines of one class, by seat; the board's and the consoles' apart."""

    def __init__(self, room: Any, limits: Limits) -> None:
        self.room, self.limits = room, limits
        self.phones: dict[int, set[Line]] = {}
        self.screens: set[Line] = set()
        self.questions = Questions()
        self.one_try = asyncio.Lock()
        self._open = 0
        self._join: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        self._unsubscribe: Callable[[], None] | None = None

    def listen(self) -> None:
        """Begin to pass on what changes in the room."""
        self._unsubscribe = self.room.subscribe(self._changed)

    def close(self, code: int, reason: str) -> None:
        """End every line."""
        self.questions.close()
        if self._unsubscribe is not None:
            self._unsubscribe()
        for line in [*self.screens, *(line for lines in self.phones.values() for line in lines)]:
            line.end(code, reason)

    def address_is(self, join: str, board: str) -> None:
        """Where phones and the projector find the class; it may change while it goes on."""
        import segno

        drawn = segno.make(join, error="m").svg_inline(border=2, omitsize=True)
        self._join = {"url": join, "qr_svg": drawn}
        self._urls = {"join": join, "board": board}
        for line in self.screens:
            line.changed()

    def on_board(self, view: dict[str, Any]) -> dict[str, Any]:
        """A view of the board, with how to join."""
        return {**view, "lobby": {**(view.get("lobby") or {}), **self._join}}

    def on_console(self, view: dict[str, Any]) -> dict[str, Any]:
        """A view of the console, with the addresses to give out."""
        return {**view, "urls": {**(view.get("urls") or {}), **self._urls}}

    def admit(self) -> bool:
        """Count one more line; False when there are too many. `leave` when it is gone."""
        if self._open >= MOST_LINES:
            return False
        self._open += 1
        return True

    def leave(self) -> None:
        """One line less."""
        self._open -= 1

    # -- phones

    def sit(self, line: Line, seat: int) -> None:
        """This line is a phone of that seat from now on."""
        self.phones.setdefault(seat, set()).add(line)
        self.room.connected(seat)

    def stand(self, line: Line, seat: int) -> None:
        """It is no longer."""
        lines = self.phones.get(seat, set())
        if line in lines:
            lines.remove(line)
            if not lines:
                del self.phones[seat]
            self.room.disconnected(seat)

    def others_leave(self, seat: int, stays: Line) -> None:
        """Somebody has come back on another phone: what is still open elsewhere is closed."""
        for line in list(self.phones.get(seat, ())):
            if line is not stays:
                line.answer("refused", 0, **refusal("elsewhere", line.language))
                line.end()

    # -- what changes

    def _changed(self, topic: str) -> None:
        kind, _, number = topic.partition(":")
        for line in self.screens:
            line.changed()
        if kind == "seat":
            for line in self.phones.get(int(number), ()):
                line.changed()
            return
        for lines in self.phones.values():
            for line in lines:
                line.changed(soft=topic in _SOFT)


def refusal(key: str, language: str, /, **values: Any) -> dict[str, Any]:
    """Why the server itself refuses something: a key for programs and a sentence for people."""
    return {"key": key, "text": wording.text(f"classroom.refused.{key}", language, **values)}


def refusal_of(error: StrollError, language: str) -> dict[str, Any]:
    """The same of what the room refuses."""
    key = getattr(error, "key", "not_possible")
    message = getattr(error, "message", None)
    if isinstance(message, Phrase) and message.key.startswith("classroom.refused."):
        key = message.key.rpartition(".")[2]
    return {"key": key, "text": error.in_language(language)}


def trouble(language: str) -> dict[str, Any]:
    """For a slip of ours; it is written down for the instructor and costs one message."""
    logger.exception("a message could not be handled")
    return refusal("trouble", language)
