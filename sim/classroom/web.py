"""The web side of a class: which addresses there are, and what is refused before anything is read.

GET  /  /j/CODE                   the phone's page; takes no seat, so a preview may fetch it
GET  /board  /console             the projector's page and the instructor's
POST /console/login               the pin, for a cookie
GET  /console/<file>              what is taken home (cookie)
WS   /ws/phone  /ws/board?key=  /ws/console
GET  /health
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import json
import re
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from sim.classroom import codes, downloads
from sim.classroom.hub import Hub, refusal
from sim.classroom.limits import address_key
from sim.classroom.pages import Page
from sim.classroom.phones import Phone
from sim.classroom.screens import Board, Console, Serve

_MOST_BODY_BYTES = 1024
_MOST_CONSOLES = 20
# A number in brackets or a name, and a port; nothing that could mean more inside another header.
_HOST = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9.-]{1,253}))(?::[0-9]{1,5})?")
_NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'"
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"x-robots-tag", b"noindex"),
)


class ClassWeb:
    """The ASGI application of one class.

    key    what the board's address carries
    near   whether an address is one of this machine's own
    serve  does what the console asks of the server and not of the room
    """

    def __init__(
        self,
        hub: Hub,
        pages: Mapping[str, Page],
        key: str,
        *,
        near: Callable[[str], bool] = lambda address: False,
        serve: Serve | None = None,
    ) -> None:
        self.hub, self.room, self.limits = hub, hub.room, hub.limits
        self._pages, self._key, self._near = pages, key, near
        self._serve = serve or _room_does_it
        store = self.room.store
        # on the event loop nothing waits for the disk
        self._pin_hash, self._consoles = store.pin_hash, store.consoles()
        self._cookie = f"stroll_{self.room.code.lower()}"
        self._app = Starlette(
            routes=[
                Route("/", self._phone_page),
                Route("/j/{code}", self._phone_page),
                Route("/board", self._board_page),
                Route("/console", self._console_page),
                Route("/console/login", self._log_in, methods=["POST"]),
                Route("/console/{file}", self._download),
                Route("/health", _health),
                Route("/favicon.ico", _no_icon),
                WebSocketRoute("/ws/phone", self._phone),
                WebSocketRoute("/ws/board", self._board),
                WebSocketRoute("/ws/console", self._console),
            ],
            exception_handlers={HTTPException: _plain_error},
        )

    # -- the guard

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Host, origin and how often, before any route is looked for; headers on every answer."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        wrong = self._wrong_with(connection)
        if wrong is not None and scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message.get("headers", ())}
                message["headers"] = [
                    *message.get("headers", ()),
                    *(pair for pair in _HEADERS if pair[0] not in given),
                ]
                if b"content-security-policy" not in given:
                    message["headers"].append(
                        (b"content-security-policy", _NOTHING_RUNS.encode("ascii"))
                    )
            await send(message)

        if wrong is not None:
            await PlainTextResponse("", status_code=wrong)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def _wrong_with(self, connection: HTTPConnection) -> int | None:
        """The status with which this is refused, or None."""
        headers = connection.headers
        if not _is_ours(headers):
            return 421
        origin = headers.get("origin")
        asks = connection.scope["type"] == "websocket" or connection.scope["method"] != "GET"
        if asks and origin is not None and not _same_origin(origin, headers["host"]):
            return 403
        address = self._address(connection)
        if not self._near(address) and not self.limits.requests.take(address_key(address)):
            return 429
        return None

    @staticmethod
    def _address(connection: HTTPConnection) -> str:
        return connection.client.host if connection.client else ""

    # -- pages

    def _page(self, request: Request, name: str) -> Response:
        page = self._pages[name]
        headers = {
            "content-security-policy": page.policy_for(request.headers["host"]),
            "vary": "accept-encoding",
        }
        packed = "gzip" in request.headers.get("accept-encoding", "")
        if packed:
            headers["content-encoding"] = "gzip"
        body = page.packed if packed else page.plain
        return Response(body, headers=headers, media_type="text/html")

    async def _phone_page(self, request: Request) -> Response:
        return self._page(request, "phone")

    async def _board_page(self, request: Request) -> Response:
        return self._page(request, "board")

    async def _console_page(self, request: Request) -> Response:
        return self._page(request, "console")

    # -- the instructor

    def _is_instructor(self, connection: HTTPConnection) -> bool:
        token = connection.cookies.get(self._cookie)
        return token is not None and codes.hash_token(token) in self._consoles

    async def _log_in(self, request: Request) -> Response:
        language = "en" if request.query_params.get("language") == "en" else "zh"
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            # a form of another page could send anything else without asking the browser first
            return JSONResponse(refusal("malformed", language), status_code=415)
        typed = await _pin_in(request)
        if typed is None:
            return JSONResponse(refusal("malformed", language), status_code=400)
        wrong = await self._judge(typed, self._address(request))
        if wrong is not None:
            status = 429 if wrong == "slow_down" else 403
            return JSONResponse(refusal(wrong, language), status_code=status)
        token, now = codes.new_token(), time.time()
        await asyncio.to_thread(self.room.store.admit_console, codes.hash_token(token), now)
        self._consoles[codes.hash_token(token)] = now
        while len(self._consoles) > _MOST_CONSOLES:
            del self._consoles[min(self._consoles, key=self._consoles.__getitem__)]
        response = JSONResponse({"ok": True})
        response.set_cookie(self._cookie, token, httponly=True, samesite="strict", path="/")
        return response

    async def _judge(self, typed: str, address: str) -> str | None:
        """None when this is the instructor's pin; one try after the other."""
        # somebody who tries pins from many phones must not keep the instructor's laptop out
        keys = (address_key(address), None if self._near(address) else "all")
        async with self.hub.one_try:
            if not self.limits.console.may(*keys):
                return "slow_down"
            pin = codes.typed_pin(typed, codes.CONSOLE_PIN_DIGITS)
            right = pin is not None and await asyncio.to_thread(
                codes.check_pin, pin, self._pin_hash
            )
            if right:
                return None
            self.limits.console.failed(*keys)
            return "console_pin"

    async def _download(self, request: Request) -> Response:
        make = downloads.DOWNLOADS.get(request.path_params["file"])
        if make is None:
            raise HTTPException(404)
        if not self._is_instructor(request):
            raise HTTPException(403)
        return await make(self.hub, request)

    # -- lines

    async def _admitted(self, socket: WebSocket, run: Callable[[], Awaitable[None]]) -> None:
        if not self.hub.admit():
            await socket.close(1013)
            return
        try:
            await socket.accept()
            await run()
        finally:
            self.hub.leave()

    async def _phone(self, socket: WebSocket) -> None:
        address = self._address(socket)
        phone = Phone(self.hub, socket, address_key(address), near=self._near(address))
        await self._admitted(socket, phone.run)

    async def _board(self, socket: WebSocket) -> None:
        given = socket.query_params.get("key", "")
        if not hmac.compare_digest(given.encode("utf-8"), self._key.encode("utf-8")):
            await socket.close(1008)
            return
        await self._admitted(socket, Board(self.hub, socket).run)

    async def _console(self, socket: WebSocket) -> None:
        address = self._address(socket)
        console = Console(
            self.hub, socket, known=self._is_instructor(socket),
            login=lambda pin: self._judge(pin, address), serve=self._serve,
        )  # fmt: skip
        await self._admitted(socket, console.run)


def _is_ours(headers: Headers) -> bool:
    """Whether the name by which we were reached is one that only we can have.

    A page from elsewhere can make its own name point at this machine; it cannot be reached by a
    number or by this machine's name.
    """
    if len(headers.getlist("host")) != 1:
        return False
    found = _HOST.fullmatch(headers["host"].lower())
    if found is None:
        return False
    name = found[1] or found[2]
    try:
        ipaddress.ip_address(name)
        return True
    except ValueError:
        own = socket.gethostname().lower()
        return name in {"localhost", own, f"{own.partition('.')[0]}.local"}


def _same_origin(origin: str, host: str) -> bool:
    scheme, _, rest = origin.lower().partition("://")
    return scheme in ("http", "https") and rest == host.lower()


async def _pin_in(request: Request) -> str | None:
    """The pin of a login, or None for anything else."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BODY_BYTES:
            return None
    try:
        pin = json.loads(body)["pin"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return pin if isinstance(pin, str) and 0 < len(pin) <= 64 else None


async def _room_does_it(action: dict[str, Any]) -> bool:
    return False


async def _health(request: Request) -> Response:
    return JSONResponse({"ok": True})


async def _no_icon(request: Request) -> Response:
    return Response(status_code=204)


async def _plain_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return PlainTextResponse("", status_code=status, headers=getattr(error, "headers", None))
