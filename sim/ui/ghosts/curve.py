"""Net sales over the live: the player's whole line up to now, the ghosts' lines throughout.

Small shapes on the axis stand where a ghost changed its tactic.
"""

from __future__ import annotations

import itertools

import numpy as np

from sim.model import TICKS_PER_MINUTE
from sim.play.ghost import Ghost, series_of
from sim.ui import theme
from sim.ui.art.canvas import Canvas
from sim.ui.ghosts.marks import COLOURS, DASHES, YOU, draw_shape
from sim.ui.painter import Box, Painter

_AXIS = 11.0
_MOST_POINTS = 90
_STEP = TICKS_PER_MINUTE


class Curve:
    """Keeps one picture and draws it anew only when time or the company has moved on."""

    def __init__(self) -> None:
        self._key: tuple | None = None
        self._picture = None

    def draw(self, painter: Painter, box: Box, session, companions) -> None:
        """Into a box of the window; `companions` are those whose ghost is there."""
        tick = session.run.tick
        key = (
            painter.unit, box[2:], tick // _STEP, len(session.run.decisions),
            tuple((one.mark, id(one.ghost)) for one in companions),
        )  # fmt: skip
        if key != self._key:
            self._key = key
            canvas = Canvas.new(box[2], box[3], painter.unit * painter.sampling)
            self._paint(canvas, box[2], box[3], session, companions)
            self._picture = canvas.finish(painter.unit)
        painter.place(self._picture, box[0], box[1])

    def _paint(self, c: Canvas, width, height, session, companions) -> None:
        run = session.run
        start, end = run.live_start_tick, run.live_end_tick
        now = min(max(run.tick, start), end)
        ticks = np.linspace(start, end, _MOST_POINTS)
        mine = ticks[ticks <= now]
        mine = np.append(mine, now) if not len(mine) or mine[-1] < now else mine
        own = series_of(run.events(), mine.astype(int))["net_sales"]
        others = [(one.mark, one.ghost, _net(one.ghost, ticks)) for one in companions]
        top = max([1.0, *own.tolist(), *(float(np.nanmax(v)) for _, _, v in others)])
        low = min([0.0, *own.tolist(), *(float(np.nanmin(v)) for _, _, v in others)])
        floor = height - _AXIS

        def x_of(tick: float) -> float:
            return 4 + (tick - start) / max(1, end - start) * (width - 8)

        def y_of(value: float) -> float:
            return floor - 2 - (value - low) / (top - low) * (floor - 6)

        c.rect(0, 0, width, floor + 1, (255, 255, 255, 150), 7)
        c.rect(x_of(now) - 0.6, 1, 1.2, floor, (*theme.rgba(theme.INK)[:3], 90))
        c.rect(2, floor, width - 4, 1.2, (*theme.rgba(theme.SOFT_INK)[:3], 120))
        for mark, ghost, values in others:
            known = ~np.isnan(values)
            points = [(x_of(t), y_of(v)) for t, v in zip(ticks[known], values[known], strict=True)]
            for piece in dashed(points, DASHES[mark]):
                c.stroke(piece, COLOURS[mark], 1.7)
            for tick in changes(ghost):
                draw_shape(c, mark, x_of(tick), floor + 6, 3.4)
        points = [(x_of(t), y_of(v)) for t, v in zip(mine, own, strict=True)]
        if len(points) > 1:
            c.stroke(points, COLOURS[YOU], 2.4)
        for mark, ghost, _ in others:
            if ghost.until >= now:
                draw_shape(c, mark, x_of(now), y_of(ghost.at(int(now))["net_sales"]), 3.6)
        draw_shape(c, YOU, *points[-1], 3.6)


def _net(ghost: Ghost, ticks: np.ndarray) -> np.ndarray:
    """Net sales of a ghost at ticks; not a number after it had stopped."""
    values = [ghost.at(int(t))["net_sales"] if t <= ghost.until else np.nan for t in ticks]
    return np.array(values, float)


def changes(ghost: Ghost) -> list[int]:
    """The ticks at which a ghost went over to another tactic, without the first."""
    return [band.start for band in ghost.bands[1:] if band.start < ghost.until]


def dashed(points: list, dash: tuple[float, float] | None) -> list[list]:
    """A line of points cut into dashes of (length, gap); one piece where dash is None."""
    if dash is None or len(points) < 2:
        return [points] if len(points) > 1 else []
    length, gap = dash
    pieces: list[list] = []
    current = [points[0]]
    left, drawing = length, True
    for start, end in itertools.pairwise(points):
        whole = float(np.hypot(end[0] - start[0], end[1] - start[1]))
        done = 0.0
        while whole - done > left:
            done += left
            share = done / whole
            spot = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            if drawing:
                pieces.append([*current, spot])
            current = [spot]
            drawing = not drawing
            left = length if drawing else gap
        left -= whole - done
        if drawing:
            current.append(end)
    if drawing and len(current) > 1:
        pieces.append(current)
    return pieces
