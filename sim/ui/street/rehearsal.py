"""Our room drawn out of sight before anybody asks for it, so that stepping inside does not stall.

The room is asked what it would draw, on a painter that only writes down what it does not have yet.
That is then made a little in each frame; only the picture of the whole room, which takes longer
than a frame, is made by a thread. Repeated now and then while the street is shown, since people
come in whom nobody has drawn yet.
"""

from __future__ import annotations

import time
from collections import deque
from types import SimpleNamespace

import pygame

from sim.ui.painter import Painter
from sim.ui.street.behind import Behind
from sim.ui.street.crowd import Crowd
from sim.ui.street.room import LARGE, RoomView

_AGAIN_SECONDS = 5.0
# Seconds of each frame: while it was never finished, afterwards, and when somebody is waiting.
_FIRST, _LATER, _AWAITED = 0.004, 0.0015, 0.012


class _Missing(Exception):
    """The picture asked for is not there yet."""


def _missing():
    raise _Missing


class _Wishes:
    """Stands in for a cache of pictures: what is not there is written down instead of made."""

    def __init__(self, known) -> None:
        self.jobs: dict[tuple, object] = {}
        self._known = known
        self._nothing = pygame.Surface((1, 1), pygame.SRCALPHA)

    def get(self, key: tuple, make) -> pygame.Surface:
        try:
            return self._known.get(key, _missing)
        except _Missing:
            self.jobs.setdefault(key, make)
            return self._nothing


class _Planner(Painter):
    """A painter for the same window that draws nowhere and writes down what it would need."""

    def __init__(self, painter: Painter, texts_known: set) -> None:
        super().__init__(pygame.Surface((1, 1)))
        self.unit, self.width, self.height = painter.unit, painter.width, painter.height
        self.larger = painter.larger
        self.pictures = _Wishes(painter.pictures)
        self.texts_wanted: list[tuple] = []
        self._texts_known = texts_known

    def text(self, text: str, box, size: float = 16, weight: str = "regular", *rest, **options):
        wanted = (text, box, size, weight, rest, tuple(sorted(options.items())))
        if text and wanted not in self._texts_known:
            self.texts_wanted.append(wanted)
        return min(box[2], self.measure(text, size, weight))


class Rehearsal:
    """Keeps the pictures of the room at hand for the window as it is.

    scene_only   without the panels before it, for a closer look
    """

    def __init__(self, scene_only: bool = False) -> None:
        self._scene_only = scene_only
        self._jobs: deque = deque()
        self._large: tuple[tuple, Behind] | None = None
        self._texts_known: set = set()
        self._for: tuple | None = None  # the window and language it is being made for
        self._ready_for: tuple | None = None
        self._planned = 0.0
        self.hurry = False  # somebody waits at the door

    def ready(self, painter: Painter, wait: bool = False) -> bool:
        """Whether the room can be drawn for this window without making everybody wait.

        Asking means that somebody wants to go in, so from now on there is no saving of time.
        """
        if wait:
            while self._for is not None and not self._finished(painter):
                self._work(painter, 1.0)
        ready = self._ready_for == _window_of(painter)
        self.hurry = not ready
        return ready

    def keep(self, painter: Painter, session, language: str) -> None:
        """Do a little of it in this frame, planning anew when that is due."""
        if session.seen is None:
            return
        wanted = (*_window_of(painter), language)
        if self._for is not None and self._for[:2] != wanted[:2]:
            self._jobs.clear()
            self._texts_known.clear()
        idle = not self._jobs and self._large is None
        due = idle and time.monotonic() - self._planned > _AGAIN_SECONDS
        if self._for != wanted or due:
            self._plan(painter, session, language)
            self._for = wanted
        first = self._ready_for != wanted[:2]
        budget = _AWAITED if self.hurry else _FIRST if first else _LATER
        self._work(painter, budget)
        self._finished(painter)

    def _plan(self, painter: Painter, session, language: str) -> None:
        self._planned = time.monotonic()
        scene = _as_seen(session)
        planner = _Planner(painter, self._texts_known)
        room = RoomView(scene.scenario, Crowd())
        room.draw_scene(planner, scene, language)
        if not self._scene_only:
            room.draw_panels(planner, scene, language)
        room.draw_gestures(planner, scene)
        self._jobs.clear()
        wishes = planner.pictures.jobs
        for key in sorted((k for k in wishes if k[0] == LARGE), key=str):
            if self._large is None or self._large[0] != key:
                self._large = key, Behind(wishes[key], "room picture")
        for key, make in wishes.items():
            if key[0] != LARGE:
                self._jobs.append(lambda p, key=key, make=make: p.pictures.get(key, make))
        for wanted in planner.texts_wanted:
            self._jobs.append(lambda p, wanted=wanted: self._set_text(p, wanted))

    def _set_text(self, painter: Painter, wanted: tuple) -> None:
        text, box, size, weight, rest, options = wanted
        recording, painter.recorder.on = painter.recorder.on, False
        window, painter.surface = painter.surface, pygame.Surface((1, 1))
        try:
            painter.text(text, box, size, weight, *rest, **dict(options))
        finally:
            painter.surface, painter.recorder.on = window, recording
        if len(self._texts_known) > 4000:
            self._texts_known.clear()
        self._texts_known.add(wanted)

    def _work(self, painter: Painter, seconds: float) -> None:
        """Make what is on the list for about this long."""
        until = time.perf_counter() + seconds
        while self._jobs and time.perf_counter() < until:
            self._jobs.popleft()(painter)

    def _finished(self, painter: Painter) -> bool:
        """Take over what the thread has made; true when nothing is left to do."""
        if self._large is not None and (self._large[1].done or not self._jobs):
            key, task = self._large
            if not task.done:
                return False
            self._large = None
            if task.error is not None:
                raise task.error
            if self._for is not None and self._for[:2] == _window_of(painter):
                painter.pictures.get(key, lambda: task.result)
        if self._jobs or self._large is not None:
            return False
        if self._for is not None:
            self._ready_for = self._for[:2]
        return True


def _window_of(painter: Painter) -> tuple:
    return painter.surface.get_size(), painter.unit


def _as_seen(session) -> SimpleNamespace:
    """What the room shows of a session, as it is now."""
    return SimpleNamespace(
        scenario=session.scenario,
        seen=session.seen,
        phase=session.phase,
        feed=SimpleNamespace(items=list(session.feed.items)),
    )
