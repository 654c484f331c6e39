"""Stands in for the server of a class towards one phone: a page, a line, and what came over it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from sim.classroom.pages import build_page
from sim.paths import assets_folder

PATIENCE = 10.0


class PhoneLine:
    """What a test says to the phone, and what the phone said.

    view(language)  what is shown to whoever has a seat; set with `show`
    answers         "ack", or the key of a refusal, by the type of message
    silent          types that get no answer at all
    """

    def __init__(self) -> None:
        self.code, self.seat, self.token = "K4RD7X", 7, "token-of-seat-7"
        self.known: dict[str, str] = {}
        self.view: Callable[[str], dict[str, Any]] = lambda language: {}
        self.answers: dict[str, str] = {}
        self.results: dict[str, Callable[[str], dict[str, Any]]] = {}
        self.silent: set[str] = set()
        self.said: list[dict[str, Any]] = []
        self.hellos = 0
        self.refuses_lines = False
        self._page = build_page(assets_folder() / "classroom", "phone.html")
        self._lines: set[WebSocket] = set()
        self._open: dict[WebSocket, str] = {}  # those that have a seat, and their language
        self._loop: asyncio.AbstractEventLoop | None = None
        self.address = ""

    # -- what a test does

    def show(self, view: Callable[[str], dict[str, Any]]) -> None:
        """From now on this is what is seen, at once."""
        self.view = view
        self._run(self._push())

    def cut(self) -> None:
        """The line breaks, as when a laptop sleeps."""
        self._run(self._cut())

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Messages of one type, in the order in which they came."""
        return [message for message in self.said if message.get("type") == kind]

    def wait_for(self, what: Callable[[], Any]) -> Any:
        """Until what() is true; fails after a while."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = what()
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError(f"never came; said so far: {self.said}")

    # -- the line

    def _run(self, work: Any) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _push(self) -> None:
        for socket, language in list(self._open.items()):
            with contextlib.suppress(Exception):
                await socket.send_json({"type": "view", "view": self.view(language)})

    async def _cut(self) -> None:
        for socket in list(self._lines):
            with contextlib.suppress(Exception):
                await socket.close(1001)

    async def page(self, request: Any) -> Response:
        page = self._page
        policy = page.policy_for(request.headers["host"])
        return Response(
            page.plain, media_type="text/html", headers={"Content-Security-Policy": policy}
        )

    async def phone(self, socket: WebSocket) -> None:
        if self.refuses_lines:
            await socket.close(1001)
            return
        await socket.accept()
        self._lines.add(socket)
        try:
            while True:
                message = json.loads(await socket.receive_text())
                await self._hear(socket, message)
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._open.pop(socket, None)
            self._lines.discard(socket)

    async def _hear(self, socket: WebSocket, message: dict[str, Any]) -> None:
        kind, number = message["type"], message["id"]
        if kind == "ping":
            await socket.send_json({"type": "pong", "id": number})
            return
        self.said.append(message)
        if kind in self.silent:
            return
        if kind in self.answers and self.answers[kind] != "ack":
            why = {"key": self.answers[kind], "text": f"refused: {self.answers[kind]}"}
            await socket.send_json({"type": "refused", "id": number, **why})
        elif kind == "hello":
            await self._hello(socket, message)
        elif kind in ("join", "resume"):
            await self._join(socket, message)
        elif kind == "language":
            self._open[socket] = message["language"]
            await self._push()
        elif kind in self.results:
            await socket.send_json({"type": "working", "id": number, "ahead": 2})
            result = self.results[kind](self._open[socket])
            await socket.send_json({"type": kind, "id": number, "result": result})
        else:
            await socket.send_json({"type": "ack", "id": number})

    async def _hello(self, socket: WebSocket, message: dict[str, Any]) -> None:
        self.hellos += 1
        number, language = message["id"], message.get("language", "zh")
        if message.get("code") != self.code:
            await socket.send_json({"type": "refused", "id": number, "key": "wrong_code"})
            return
        seat = self.seat if message.get("token") == self.token else None
        title = {"zh": "第一场直播", "en": "The first live"}
        await socket.send_json({"type": "welcome", "id": number, "seat": seat, "title": title})
        if seat is not None:
            self._open[socket] = language
            await socket.send_json({"type": "view", "view": self.view(language)})

    async def _join(self, socket: WebSocket, message: dict[str, Any]) -> None:
        number, name, pin = message["id"], message["name"], message["pin"]
        new = message["type"] == "join"
        if new == (name in self.known) or (not new and self.known[name] != pin):
            key = "name_taken" if new else "wrong_pin"
            await socket.send_json({"type": "refused", "id": number, "key": key, "text": key})
            return
        self.known[name] = pin
        self._open[socket] = message.get("language", "zh")
        answer = {"type": "joined", "id": number, "seat": self.seat, "token": self.token}
        await socket.send_json(answer)
        await socket.send_json({"type": "view", "view": self.view(self._open[socket])})


@contextlib.contextmanager
def phone_line() -> Iterator[PhoneLine]:
    """A line that is up, on a free port of this machine alone."""
    line = PhoneLine()
    routes = [
        Route("/", line.page),
        Route("/j/{code}", line.page),
        WebSocketRoute("/ws/phone", line.phone),
    ]
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=routes), host="127.0.0.1", port=0, log_level="error")
    )

    async def serve() -> None:
        line._loop = asyncio.get_running_loop()
        await server.serve()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    end = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    line.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield line
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
