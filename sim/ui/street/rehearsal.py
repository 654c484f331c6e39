"""Our room drawn out of sight before anybody asks for it, so that stepping inside does not stall.

A thread draws the whole room on a surface of its own with a painter of its own, and what it made
(pictures and lettering) is handed to the window's painter afterwards. Repeated now and then while
the street is shown, since people come in whom nobody has drawn yet.
"""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pygame

from sim.ui.painter import Painter
from sim.ui.street.crowd import Crowd
from sim.ui.street.room import RoomView

_AGAIN_SECONDS = 5.0


class Rehearsal:
    """Keeps the pictures of the room at hand for the window as it is."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._done: Painter | None = None
        self._ready_for: tuple | None = None
        self._started = 0.0

    def ready(self, painter: Painter, wait: bool = False) -> bool:
        """Whether the room can be drawn for this window without making everybody wait."""
        if wait and self._thread is not None:
            self._thread.join()
        if self._done is not None and not self._busy():
            learnt, self._done = self._done, None
            if painter.learn(learnt):
                self._ready_for = learnt.surface.get_size()
        return self._ready_for == painter.surface.get_size()

    def keep(self, painter: Painter, session, language: str) -> None:
        """Rehearse if it was never done for this window, or not for a while; returns at once."""
        if self._busy() or session.seen is None:
            return
        fresh = time.monotonic() - self._started < _AGAIN_SECONDS
        if self.ready(painter) and fresh:
            return
        self._started = time.monotonic()
        scene = _as_seen(session)
        size = painter.surface.get_size()
        known = Painter(pygame.Surface(size))
        known.learn(painter)

        def work() -> None:
            room = RoomView(scene.scenario, Crowd())
            room.draw(known, scene, language)
            room.draw_gestures(known, scene)
            self._done = known

        self._thread = threading.Thread(target=work, name="room pictures", daemon=True)
        self._thread.start()

    def _busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()


def _as_seen(session) -> SimpleNamespace:
    """What the room shows of a session, as it is now; safe to read while the session goes on."""
    return SimpleNamespace(
        scenario=session.scenario,
        seen=session.seen,
        phase=session.phase,
        feed=SimpleNamespace(items=list(session.feed.items)),
    )
