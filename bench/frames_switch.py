"""What it costs to step into the room: while it is prepared, and when it is entered first."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass

from bench.frames_measure import SECONDS_A_FRAME, open_street
from bench.frames_street import StillSession, crowd_of, observed

_MOST_FRAMES = 3000


@dataclass(frozen=True)
class SwitchCost:
    """Milliseconds. The live has just been opened and nothing of the room was ever drawn.

    prepared_after   from the first frame until the room could be entered, at 60 frames a second
    worst, plain   slowest frame while it is prepared, and of the same street afterwards
    first_room, first_street   from the key to the frame that shows the other view
    cold   the same for a key pressed in the very first frame, before anything was prepared
    """

    size: tuple[int, int]
    people: int
    prepared_after: float
    worst: float
    plain: float
    first_room: float
    first_street: float
    cold: float


def measure_switches(app, moments, count: int) -> SwitchCost:
    """Cost of the first steps into the room and out again, with `count` people on the street."""
    session, first, second = moments
    crowd = crowd_of(first.people, count)
    pair = observed(first, crowd), observed(second, crowd_of(second.people, count))
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        live = _fresh(app, StillSession(session, pair))
        cold = _switch(app, live)
        live = _fresh(app, StillSession(session, pair))
        ready = app.builder.rehearsal
        started, frames = time.perf_counter(), []
        while len(frames) < _MOST_FRAMES and not ready.ready(app.painter):
            # Only asked here: asking as somebody who waits would make it hurry.
            ready.hurry = False
            frames.append(_frame(app))
            time.sleep(max(0.0, SECONDS_A_FRAME - frames[-1]))
        prepared = time.perf_counter() - started
        plain = [_frame(app) for _ in range(120)]
        room = _switch(app, live)
        for _ in range(60):
            app.step(SECONDS_A_FRAME)
        street = _switch(app, live)
    finally:
        gc.enable()
        gc.unfreeze()
    return SwitchCost(
        app.window.get_size(), count, prepared * 1e3, max(frames, default=0.0) * 1e3,
        max(plain) * 1e3, room * 1e3, street * 1e3, cold * 1e3,
    )  # fmt: skip


def _fresh(app, session):
    """A live that has just been opened, on a window that has never shown a room."""
    from sim.ui.painter import Painter
    from sim.ui.street.rehearsal import Rehearsal

    app.painter = Painter(app.window)
    app.builder.rehearsal = Rehearsal()
    return open_street(app, session)


def _frame(app) -> float:
    started = time.perf_counter()
    app.step(SECONDS_A_FRAME)
    return time.perf_counter() - started


def _switch(app, live) -> float:
    """From the key to the first frame that shows the other view."""
    wanted = not live.showing_room
    started = time.perf_counter()
    live._toggle_view()
    while live.showing_room != wanted:
        app.step(SECONDS_A_FRAME)
    return time.perf_counter() - started


def line_of(cost: SwitchCost) -> str:
    """One line that can be read aloud."""
    width, height = cost.size
    return (
        f"{width}x{height}, {cost.people:,} people: first switch to the room "
        f"{cost.first_room:.0f} ms, back to the street {cost.first_street:.0f} ms; worst frame "
        f"while preparing {cost.worst:.0f} ms (of the street alone {cost.plain:.0f} ms), prepared "
        f"after {cost.prepared_after / 1e3:.1f} s;\n  asked for in the very first frame: "
        f"{cost.cold:.0f} ms."
    )
