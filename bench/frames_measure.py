"""How long the window takes for a frame: events, people walking, drawing and handing it over."""

from __future__ import annotations

import gc
import os
import time
from dataclasses import dataclass

import numpy as np

from bench.frames_street import StillSession, crowd_after, crowd_of, observed, played_session

SECONDS_A_FRAME = 1 / 60
_WARM_FRAMES = 90  # past the first change of observation, so that pictures are in their caches
SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
COUNTS = (200, 1_000, 3_000, 10_000)
# The study's figures for one frame, milliseconds, by size of the window and people.
AIMS = {
    (1280, 720): dict(zip(COUNTS, (0.8, 1.9, 4.3, 9.3), strict=True)),
    (1920, 1080): dict(zip(COUNTS, (1.7, 3.0, 6.1, 10.4), strict=True)),
}
VIEWS = ("street", "room", "map")


@dataclass(frozen=True)
class FrameCost:
    """Milliseconds of one case; `drawn` is how many figures, heads or dots the frame showed.

    median, p95: of the whole frame. processor: median of processor time, free of what other
    programs took. aim: the study's median, or None where it measured nothing.
    """

    view: str
    size: tuple[int, int]
    people: int
    drawn: int
    median: float
    p95: float
    processor: float
    aim: float | None

    @property
    def met(self) -> bool | None:
        """Whether the median is at or under the aim; None without an aim."""
        return None if self.aim is None else self.median <= self.aim


def measure(counts=COUNTS, sizes=SIZES, views=VIEWS, frames: int = 240, moments=None) -> list:
    """FrameCosts of every case. `moments` is what played_session() gave, played anew without it.

    Nobody need see the window: it is opened with SDL's dummy driver unless the environment says
    otherwise, so what a real screen takes for showing a finished picture comes on top.
    """
    session, first, second = moments or played_session()
    costs = []
    for size in sizes:
        app = open_app(size)
        for count in counts:
            crowd = crowd_of(first.people, count)
            later = crowd_after(crowd, first.people, second.people)
            pair = observed(first, crowd), observed(second, later)
            for view in views:
                live = _open(app, StillSession(session, pair), view)
                costs.append(_measure_one(app, live, view, count, frames))
        app.stack.clear()
    return costs


def open_app(size: tuple[int, int]):
    """A window of this size that makes no sound and, unless told otherwise, that nobody sees."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    from sim.ui.app import App
    from sim.ui.settings import Settings

    return App(size, "zh", Settings(muted=True, taught=True))


def _open(app, session, view: str):
    """The live on top of the app, in one of its views; None when it has no such view."""
    live = open_street(app, session)
    if view == "room":
        live._toggle_view()
    elif view == "map":
        live.toggle_map()
    return live


def open_street(app, session):
    """The live on top of the app, showing the street as it is in this window."""
    from sim.ui.screens.live import LiveScreen

    live = LiveScreen(app, session)
    app.stack[:] = [live]
    live.opened()
    live.view.street_for(app.painter)
    live.update(0.0)
    live.view.draw(app.painter, app.language, wait=True)
    return live


def _measure_one(app, live, view: str, count: int, frames: int) -> FrameCost:
    for _ in range(_WARM_FRAMES):
        app.step(SECONDS_A_FRAME)
    while view == "room" and not live.showing_room:
        app.step(SECONDS_A_FRAME)
    wall, processor = np.zeros(frames), np.zeros(frames)
    # As in the window's own loop: no garbage is collected in the middle of a frame.
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        for i in range(frames):
            started, used = time.perf_counter(), time.thread_time()
            app.step(SECONDS_A_FRAME)
            wall[i] = time.perf_counter() - started
            processor[i] = time.thread_time() - used
    finally:
        gc.enable()
        gc.unfreeze()
    drawn = {
        "street": lambda: live.view.figures_drawn,
        "room": lambda: live.room.heads_drawn,
        "map": lambda: live.map.dots_drawn,
    }[view]()
    size = app.window.get_size()
    aim = AIMS.get(size, {}).get(count) if view == "street" else None
    return FrameCost(
        view, size, count, drawn, float(np.median(wall) * 1e3),
        float(np.percentile(wall, 95) * 1e3), float(np.median(processor) * 1e3), aim,
    )  # fmt: skip
