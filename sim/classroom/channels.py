"""One open line to a browser: what comes in is judged one by one, what goes out is never queued up.

Answers go out in order. Views are snapshots, so of those that a slow network could not carry only
the newest is sent; nobody gets more than four a second, and none that shows what the last one did.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sim.classroom.limits import Bucket

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_VIEWS = 0.25
# What others do may reach a phone later: two hundred phones would each have to hear of each other.
SECONDS_BETWEEN_SOFT_VIEWS = 1.0
# A line that takes nothing for so long is dead, whatever the system says.
_SEND_SECONDS = 30.0
_MOST_ANSWERS = 100
_MOST_IGNORED = 20

NORMAL, TOO_MANY, GOING_AWAY = 1000, 1008, 1001

Handle = Callable[[str | bytes], Awaitable[None]]
View = Callable[[], dict[str, Any] | None]


class Line:
    """A web socket that was accepted. `view()` makes what is to be shown now, None for nothing."""

    def __init__(self, socket: WebSocket, bucket: Bucket, view: View) -> None:
        self.socket = socket
        self.language = "zh"
        self._bucket, self._view = bucket, view
        self._answers: deque[str] = deque()
        self._wake = asyncio.Event()
        self._wish: float | None = None  # when the view that is due may go out
        self._last_sent = -math.inf
        self._last_view = ""
        self._ignored = 0
        self._end: tuple[int, str] | None = None

    # -- out

    def answer(self, kind: str, number: int | None = None, /, **fields: Any) -> None:
        """Queue an answer; with `number` it is to the message of that id."""
        if len(self._answers) >= _MOST_ANSWERS:
            self.end(TOO_MANY, "too many answers wait")
            return
        data = {"type": kind} if number is None else {"type": kind, "id": number}
        self._answers.append(_json({**data, **fields}))
        self._wake.set()

    def changed(self, *, soft: bool = False) -> None:
        """What this line shows may have changed; `soft` when it is no haste."""
        pause = SECONDS_BETWEEN_SOFT_VIEWS if soft else SECONDS_BETWEEN_VIEWS
        due = max(time.monotonic(), self._last_sent + pause)
        if self._wish is None or due < self._wish:
            self._wish = due
            self._wake.set()

    def show_again(self) -> None:
        """Send the view even when it is the one that was sent last."""
        self._last_view = ""
        self.changed()

    def end(self, code: int = NORMAL, reason: str = "") -> None:
        """Close the line after the answers that wait."""
        self._end = self._end or (code, reason)
        self._wake.set()

    # -- the line's life

    async def run(self, handle: Handle) -> None:
        """Reads and writes until either side ends it. `handle(text)` judges one message."""
        reader = asyncio.create_task(self._read(handle))
        writer = asyncio.create_task(self._write())
        try:
            await asyncio.wait({reader, writer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (reader, writer):
                task.cancel()
            outcomes = await asyncio.gather(reader, writer, return_exceptions=True)
            with contextlib.suppress(Exception):
                if self.socket.application_state is WebSocketState.CONNECTED:
                    await self.socket.close(*(self._end or (NORMAL, "")))
        for outcome in outcomes:
            if isinstance(outcome, Exception) and not _is_lost(outcome):
                raise outcome

    async def _read(self, handle: Handle) -> None:
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text")
            if text is None:
                text = message.get("bytes") or b""
            if self._bucket.take():
                self._ignored = max(0, self._ignored - 1)
                await handle(text)
            else:
                self._ignored += 1
                self.answer("refused", _number_in(text), key="slow_down")
                if self._ignored > _MOST_IGNORED:
                    self.end(TOO_MANY, "slow down")
                    return

    async def _write(self) -> None:
        while True:
            await self._wait()
            while self._answers:
                await self._send(self._answers.popleft())
            if self._end is not None:
                await self.socket.close(*self._end)
                return
            if self._wish is not None and self._wish <= time.monotonic():
                self._wish = None
                await self._send_view()

    async def _wait(self) -> None:
        """Until there is something to send."""
        if self._wish is None:
            await self._wake.wait()
        else:
            with contextlib.suppress(TimeoutError):
                pause = max(0.0, self._wish - time.monotonic())
                await asyncio.wait_for(self._wake.wait(), pause)
        self._wake.clear()

    async def _send_view(self) -> None:
        try:
            view = self._view()
            if view is None:
                return
            # clocks run by themselves on the page, and a number alone is nothing to be shown
            timed = view.get("seconds_left") is not None
            known = _json({**view, "version": 0, "seconds_left": timed})
            if known == self._last_view:
                return
            text = _json({"type": "view", "view": view})
        except Exception:
            # a slip of ours in one view must not throw the phone out, to meet it again
            logger.exception("a view could not be made")
            return
        self._last_sent = time.monotonic()
        await self._send(text)
        self._last_view = known

    async def _send(self, text: str) -> None:
        await asyncio.wait_for(self.socket.send_text(text), _SEND_SECONDS)


def _is_lost(error: BaseException) -> bool:
    """Whether the other side is simply gone."""
    # Starlette raises RuntimeError for a send after the browser has closed
    return isinstance(error, WebSocketDisconnect | TimeoutError | OSError | RuntimeError)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _number_in(text: str | bytes) -> int | None:
    """The id of a message that is not judged, for the page to know which to send again."""
    if len(text) > 4096:
        return None
    try:
        number = json.loads(text)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return number if type(number) is int else None
