"""A class small enough to be played many times, its server, and browsers of a simple kind."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from websockets.sync.client import connect

# Imported before any test moves the user's folder: compiled code stays where it was.
import sim.play.run  # noqa: F401
from sim import wording
from sim.classroom.pages import Page
from sim.classroom.serve import ClassServer
from sim.classroom.store import ClassStore
from sim.scenario import Scenario

# Any other is as good; the model answers within a moment on so few people.
SMALL = {"shoppers": 120, "live.minutes": 20, "nights": 1}
CODE, PIN = "K4RD7X", "482915"
# How long something that certainly happens may take on a machine that has other things to do.
PATIENCE = 60.0
PLAIN = {
    name: Page(b"<!doctype html><title>" + name.encode() + b"</title>", b"", "default-src 'none'")
    for name in ("phone", "board", "console")
}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user's folder of its own, and English."""
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv(wording.LANGUAGE_VARIABLE, "en")
    return tmp_path / "home"


@pytest.fixture(scope="session")
def small_scenario():
    """The first lesson with few shoppers, a short live and one night."""
    return Scenario.load("first_stream").with_changes(SMALL)


@pytest.fixture
def class_path(tmp_path):
    """Where a class may be kept."""
    return tmp_path / "evening.strollclass"


@pytest.fixture
def new_store(class_path, small_scenario):
    """Makes a class; what was made is closed at the end."""
    made = []

    def make(path=class_path, **settings):
        settings = {"mode": "same", "rounds": 2, **settings}
        store = ClassStore.create(path, small_scenario.canonical(), 7, CODE, "", settings)
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(new_store):
    """A new class."""
    return new_store()


@pytest.fixture
def serve():
    """Serves a class at any free port, with pages that hold nothing unless told otherwise."""
    started = []

    def start(store, *, pages=PLAIN, pin=PIN, **more):
        server = ClassServer(store, pin=pin, port=0, address="127.0.0.1", pages=pages, **more)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def server(serve, store):
    """A class that is going on."""
    return serve(store)


class Browser:
    """One web socket as a page would use it: what is answered, and the newest view."""

    def __init__(self, socket):
        self.socket = socket
        self.view = None
        self.heard = []
        self._number = 0

    def say(self, kind, /, **fields):
        """Send one message; its number."""
        self._number += 1
        self.socket.send(json.dumps({"type": kind, "id": self._number, **fields}))
        return self._number

    def hear(self):
        """The next message of any kind."""
        data = json.loads(self.socket.recv(timeout=PATIENCE))
        if data["type"] == "view":
            self.view = data["view"]
        else:
            self.heard.append(data)
        return data

    def ask(self, kind, /, **fields):
        """Send one message and wait for what is said to it."""
        number = self.say(kind, **fields)
        while True:
            data = self.hear()
            if data.get("id") == number and data["type"] != "working":
                return data

    def until(self, found):
        """The first view of which `found(view)` is true; the one that is there counts."""
        while self.view is None or not found(self.view):
            self.hear()
        return self.view

    def closed(self):
        """Reads to the end; the code with which the server closed."""
        from websockets.exceptions import ConnectionClosed

        try:
            while True:
                self.hear()
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else None


@pytest.fixture
def browse():
    """Opens a line to a server: browse(server, "/ws/phone")."""
    with contextlib.ExitStack() as opened:

        def start(server, path="/ws/phone", **more):
            address = f"ws://127.0.0.1:{server.port}{path}"
            return Browser(opened.enter_context(connect(address, max_size=2**22, **more)))

        yield start


@pytest.fixture
def join(browse):
    """A phone that has joined: join(server, "小林"); its token is in .token, its seat in .seat."""

    def start(server, name, pin="4071", language="zh"):
        phone = browse(server)
        assert phone.ask("hello", code=CODE)["type"] == "welcome"
        joined = phone.ask("join", name=name, pin=pin, language=language)
        assert joined["type"] == "joined", joined
        phone.seat, phone.token = joined["seat"], joined["token"]
        return phone

    return start


@pytest.fixture
def teach(browse):
    """The instructor's console, logged in."""

    def start(server, pin=PIN):
        console = browse(server, "/ws/console")
        console.say("login", pin=pin)
        while not any(data["type"] == "welcome" for data in console.heard):
            console.hear()
        return console

    return start


def eventually(found, what="it"):
    """Waits until `found()` is true. Nothing hangs on how long that takes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found():
            return
        time.sleep(0.01)
    raise AssertionError(f"{what} did not happen")
