"""The server of a class, in a thread of its own, and what a window or terminal shows of it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sim.classroom import addresses, codes
from sim.classroom.class_files import delete_class
from sim.classroom.pages import Page, build_pages
from sim.classroom.store import ClassStore
from sim.errors import Phrase, PlaceError, StrollError, system_reason

if TYPE_CHECKING:
    from sim.classroom.room import Room
    from sim.scenario import Scenario

DEFAULT_PORT = 8000
_PORTS_TRIED = 20
_OPEN_FILES = 4096
_SECONDS_TO_GO = 3
_SETTLE_SECONDS = 5.0
_NEAR_SECONDS = 10.0
_CLOSED = Phrase("classroom.server.closed")


class ClassServer:
    """Serves one class until `stop()`; may be asked from any thread.

        server = ClassServer(ClassStore.open(path), pin="482915")
        server.start()                       # returns when phones can join
        print(server.url, server.pin)
        server.stop()

    pin    the instructor's; a new one is made without it, since of an old one only a hash is kept
    address  offer this one, and listen to no other network; without it the likeliest is offered
    port   the first of twenty that are tried; 0 for any that is free
    pages  instead of those of assets/classroom
    """

    def __init__(
        self,
        store: ClassStore,
        *,
        pin: str | None = None,
        address: str | None = None,
        port: int = DEFAULT_PORT,
        workers: int = 2,
        clock: Callable[[], float] = time.time,
        pages: Mapping[str, Page] | None = None,
    ) -> None:
        self.store = store
        self._pages = pages
        self.pin = pin or codes.new_console_pin()
        self.code = store.code
        self.scenario: Scenario = store.scenario
        known = [each.ip for each in addresses.addresses()]
        self.address = address or known[0]
        self.addresses: tuple[str, ...] = tuple(dict.fromkeys([self.address, *known]))
        self.port = port
        self.wished_port = port
        self.deleted = False
        self.room: Room | None = None
        self._only = address
        self._workers, self._clock = workers, clock
        self._problem: Any = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: Any = None
        self._hub: Any = None
        self._stop_wished = False
        self._ready = threading.Event()
        # not the thread itself: Python 3.11 takes a thread for dead when Ctrl-C interrupts a join
        self._ended = threading.Event()
        self._failed: BaseException | None = None
        self._key = ""
        self._near: tuple[float, frozenset[str]] = (0.0, frozenset())

    # -- what is shown

    @property
    def url(self) -> str:
        """What phones open."""
        return f"{self._base(self.address)}/j/{self.code}"

    @property
    def console_url(self) -> str:
        """The instructor's page. It works on this machine whatever the network does."""
        return f"{self._base(self.address)}/console"

    @property
    def board_url(self) -> str:
        """The projector's page; its key lets nobody do anything."""
        return f"{self._base(self.address)}/board?key={self._key}"

    @property
    def problem(self) -> Any:
        """A sentence or Phrase that the instructor should know about, or None."""
        if self._failed is not None:
            return getattr(self._failed, "message", None) or str(self._failed)
        return (self.room.problem if self.room is not None else None) or self._problem

    def names(self) -> list[str]:
        """Who has joined, in that order."""
        room = self.room
        if room is None:
            return []
        seats = [seat.number for seat in list(room.state.seats.values()) if not seat.removed]
        return [room.names[seat] for seat in sorted(seats) if seat in room.names]

    @property
    def names_shown(self) -> bool:
        """Whether names may stand on what may be projected; the instructor sets it."""
        return self.room is not None and self.room.state.settings.names_shown

    def count(self) -> int:
        """How many have joined."""
        return len(self.names())

    def phase(self) -> str:
        """Where the class stands, as in sim.classroom.state."""
        return self.room.state.phase if self.room is not None else "lobby"

    def choose(self, address: str) -> None:
        """Offer another of this machine's addresses."""
        if address in self.addresses:
            self.address = address
            self._call(self._tell_urls)

    @property
    def failed(self) -> BaseException | None:
        """What ended it, when it did not end as it should."""
        return self._failed

    @property
    def going(self) -> bool:
        """Whether it serves."""
        return self._thread is not None and not self._ended.is_set()

    # -- life

    def start(self) -> None:
        """Listens, brings the class back to where it was and returns when phones can join.

        PlaceError when no port can be used or a page is missing. On any error the store is closed.
        """
        sockets: list[socket.socket] = []
        try:
            pages = self._pages or build_pages()
            self._prepare_store()
            sockets = self._listen()
        except BaseException:
            for each in sockets:
                each.close()
            self.store.close()
            raise
        _allow_many_files()
        self._thread = threading.Thread(
            target=self._run, args=(pages, sockets), name="class server", daemon=True
        )
        self._thread.start()
        while not self._ready.wait(0.2):  # in steps, so that Ctrl-C is heard
            pass
        if self._failed is not None:
            raise self._failed
        if not addresses.answers(self.address, self.port):
            self._problem = Phrase(
                "classroom.server.no_answer", address=self.address, port=self.port
            )

    def stop(self) -> None:
        """Tells everybody, finishes what was accepted, lets go of the file. Twice is harmless."""
        if self._thread is None:
            self.store.close()
            return
        self._stop_wished = True
        self._call(self._end)
        self._ended.wait()

    def wait(self, seconds: float) -> bool:
        """Waits so long at most for the server to end by itself; whether it has."""
        if self._thread is not None:
            self._ended.wait(seconds)
        return not self.going

    # -- inside

    def _base(self, address: str) -> str:
        return f"http://{address}" + ("" if self.port == 80 else f":{self.port}")

    def _prepare_store(self) -> None:
        self._key = self.store.key("board") or codes.new_token()
        self.store.set_key("board", self._key)
        self.store.set_key("pin_hash", codes.hash_pin(self.pin))

    def _listen(self) -> list[socket.socket]:
        hosts = ["0.0.0.0"] if self._only is None else [self._only]
        if self._only is not None and not self._only.startswith("127."):
            hosts.append("127.0.0.1")  # the console on this machine
        reason: OSError | None = None
        for port in range(self.wished_port, min(self.wished_port + _PORTS_TRIED, 65536)):
            opened: list[socket.socket] = []
            try:
                for host in hosts:
                    opened.append(_listening(host, port))
                self.port = opened[0].getsockname()[1]
                return opened
            except OSError as error:
                for each in opened:
                    each.close()
                reason = error
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    break
        raise PlaceError(
            Phrase(
                "classroom.server.no_port", address=hosts[0], port=self.wished_port,
                reason=system_reason(reason) if reason else "",
            )
        )  # fmt: skip

    def _run(self, pages: Any, sockets: list[socket.socket]) -> None:
        try:
            asyncio.run(self._serve(pages, sockets))
        except BaseException as error:
            if not isinstance(error, StrollError):
                logging.getLogger(__name__).exception("the server of the class ended")
            self._failed = error
        finally:
            for each in sockets:
                each.close()
            self.store.close()
            self._ended.set()
            self._ready.set()

    async def _serve(self, pages: Any, sockets: list[socket.socket]) -> None:
        import uvicorn

        from sim.classroom.hub import Hub
        from sim.classroom.limits import Limits
        from sim.classroom.messages import MAXIMUM_BYTES
        from sim.classroom.room import Room
        from sim.classroom.web import ClassWeb

        self._loop = asyncio.get_running_loop()
        self.room = room = Room(self.store, clock=self._clock, workers=self._workers)
        await room.start()
        hub = self._hub = Hub(room, Limits())
        hub.listen()
        self._tell_urls()
        web = ClassWeb(hub, pages, self._key, near=self._is_near, serve=self._do)
        config = uvicorn.Config(
            web, log_config=None, access_log=False, lifespan="off", server_header=False,
            proxy_headers=False, ws_max_size=MAXIMUM_BYTES, ws_max_queue=8,
            timeout_keep_alive=10, timeout_graceful_shutdown=_SECONDS_TO_GO,
            h11_max_incomplete_event_size=16_384, backlog=512,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._server.should_exit = self._stop_wished  # before it was up
        settling = asyncio.create_task(self._settle())
        ready = asyncio.create_task(self._say_when_ready())
        try:
            await self._server.serve(sockets=sockets)
        finally:
            for task in (settling, ready):
                task.cancel()
            hub.close(1001, "closed")
            await room.stop()
            if self.deleted:
                delete_class(self.store.path)

    async def _say_when_ready(self) -> None:
        while not self._server.started:
            await asyncio.sleep(0.01)
        self._ready.set()

    async def _settle(self) -> None:
        """Now and then bring the file itself up to date, for whoever copies only that."""
        known = self.store.number
        while True:
            await asyncio.sleep(_SETTLE_SECONDS)
            if self.store.number != known:
                known = self.store.number
                await asyncio.to_thread(self.store.settle)

    def _end(self) -> None:
        if self._hub is not None:
            self._hub.close(1001, "closed")
        if self._server is not None:
            self._server.should_exit = True

    def _call(self, function: Callable[[], None]) -> None:
        """Do something in the server's thread."""
        if self._loop is not None and self.going:
            with contextlib.suppress(RuntimeError):  # it has just ended
                self._loop.call_soon_threadsafe(function)

    def _tell_urls(self) -> None:
        if self._hub is not None:
            self._hub.address_is(self.url, self.board_url)

    async def _do(self, action: dict[str, Any]) -> bool:
        """What the console asks of the server itself."""
        if action.get("do") != "delete":
            return False
        if not codes.same_code(str(action.get("confirm", "")), self.code):
            raise StrollError(Phrase("classroom.refused.wrong_confirmation"))
        self.deleted = True
        self._problem = _CLOSED
        assert self._loop is not None
        self._loop.call_later(0.2, self._end)  # the answer first
        return True

    def _is_near(self, address: str) -> bool:
        looked, known = self._near
        if address in known:
            return True
        now = time.monotonic()
        if now - looked > _NEAR_SECONDS or not known:
            own = {each.ip for each in addresses.addresses()}
            known = frozenset(own | {"127.0.0.1", "::1"})
            self._near = (now, known)
        return address in known


def _listening(host: str, port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # a class that was stopped just now may be opened again at once
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        elif sys.platform == "win32":  # where that would let two programs have one port
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        opened.bind((host, port))
        opened.listen(512)
        opened.setblocking(False)
        return opened
    except BaseException:
        opened.close()
        raise


def _allow_many_files() -> None:
    """Some systems let a program hold 256 connections; a class with old tabs may have more."""
    try:
        import resource
    except ImportError:  # Windows, which has no such limit
        return
    with contextlib.suppress(OSError, ValueError):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
