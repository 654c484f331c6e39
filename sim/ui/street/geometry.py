"""Where everything on the street stands, in design units.

A place on the street is (u, v): v from 0 at the far gate to 1 at the near end, u from -1 at the
left kerb to 1 at the right one, and beyond on the forecourts of the shops.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.ui.theme import DESIGN_HEIGHT

# v and size of the shops by the number of rows; the nearest row is the largest.
ROWS = {
    1: ((0.855, 0.92),),
    2: ((0.40, 0.80), (0.855, 0.92)),
    3: ((0.150, 0.715), (0.455, 0.80), (0.855, 0.90)),
    4: ((0.10, 0.60), (0.33, 0.67), (0.58, 0.75), (0.86, 0.88)),
}
MOST_SHOPS = 8
SHOP_WIDTH, SHOP_HEIGHT, ROOM_HEIGHT = 372.0, 176.0, 190.0
OUR_WIDTH, OUR_HEIGHT = 392.0, 230.0


@dataclass(frozen=True)
class Plot:
    """Where one host's shop stands. Lengths are design units of the window, before `size`."""

    host: int
    side: int  # -1 left of the street, 1 right of it
    row: int
    v: float
    size: float
    left: float
    base: float
    width: float
    height: float
    has_room: bool
    ours: bool

    @property
    def mirrored(self) -> bool:
        """Shops are drawn with their door on the right; those right of the street are flipped."""
        return self.side > 0

    def box(self, x: float, y: float, width: float, height: float):
        """A box given in the shop's own units (origin at its bottom left), on the window."""
        own = x if not self.mirrored else self.width - x - width
        size = self.size
        return (self.left + own * size, self.base + y * size, width * size, height * size)

    @property
    def window(self):
        """The shop's own units of its window: (x, y, width, height)."""
        if self.ours:
            return (12.0, -180.0, 286.0, 168.0)
        if self.has_room:
            return (13.0, -132.0, 268.0, 120.0)
        return (13.0, -120.0, 268.0, 108.0)

    @property
    def easel(self):
        """The shop's own units of the easel with a note before a lit room."""
        return (-34.0 if self.left > 40 or self.mirrored else -8.0, -58.0, 52.0, 72.0)


class StreetMap:
    """The geometry of one street in a window of this size.

    hosts   number of hosts; host 0 is ours
    rooms   for each host, whether it has a live room at all
    """

    def __init__(self, width: float, height: float, rooms: tuple[bool, ...]) -> None:
        self.width, self.height = width, height
        stretch = height - DESIGN_HEIGHT
        self.horizon = 172.0 + 0.16 * stretch
        self._far = self.horizon - 36.0
        self._depth = height + 4 - self._far
        self.centre = width / 2
        self.plots = self._plots(rooms)
        self.by_host = {plot.host: plot for plot in self.plots}

    def place(self, u, v):
        """(x, y, scale) of a place on the street; numbers or arrays alike."""
        v = np.maximum(v, -0.05)
        scale = 0.60 + 0.46 * v
        half = 112.0 + 112.0 * v
        y = self._far + self._depth * np.sign(v) * np.abs(v) ** 1.12
        return self.centre + u * half, y, scale

    def point(self, u: float, v: float) -> tuple[float, float, float]:
        """The same for one place, as plain numbers."""
        x, y, scale = self.place(u, v)
        return float(x), float(y), float(scale)

    def u_of(self, x: float, v: float) -> float:
        """The u at which a place of depth v has this x."""
        return (x - self.centre) / (112.0 + 112.0 * v)

    def _plots(self, rooms: tuple[bool, ...]) -> tuple[Plot, ...]:
        shown = min(len(rooms), MOST_SHOPS)
        rows = ROWS[max(1, min(4, (shown + 1) // 2))]
        last = len(rows) - 1
        # Ours is near on the right; the others fill up from near to far, sides in turn.
        slots = [(last, 1), (last, -1)]
        for row in range(last - 1, -1, -1):
            slots += [(row, 1), (row, -1)]
        plots = []
        for host in range(shown):
            row, side = slots[host]
            v, size = rows[row]
            ours, has_room = host == 0, rooms[host]
            width = OUR_WIDTH if ours else SHOP_WIDTH
            height = OUR_HEIGHT if ours else ROOM_HEIGHT if has_room else SHOP_HEIGHT
            x, base, scale = self.point(side, v)
            inner = x + side * (34 * scale + 6)
            left = inner if side > 0 else inner - width * size
            plots.append(Plot(host, side, row, v, size, left, base, width, height, has_room, ours))
        return tuple(sorted(plots, key=lambda plot: (plot.row, plot.side)))

    # -- where people stand --------------------------------------------------------------------
    def door(self, host: int) -> tuple[float, float]:
        """(u, v) just before the door of this host's shop; the far gate when it has none."""
        plot = self.by_host.get(host)
        if plot is None:
            return 0.0, 0.02
        x = plot.left + (plot.width - 48) * plot.size
        if plot.mirrored:
            x = plot.left + 48 * plot.size
        v = plot.v + 0.012
        return self.u_of(x, v), v

    def spot_before_window(self, host: int, across, deep) -> tuple[np.ndarray, np.ndarray]:
        """(u, v) of places before the window; across and deep are fractions from 0 to 1."""
        plot = self.by_host.get(host)
        if plot is None:
            return (across - 0.5) * 1.6, 0.02 + deep * 0.05
        x0, _, width, _ = plot.window
        own = x0 + 20 + across * (width - 30)
        x = plot.left + (own if not plot.mirrored else plot.width - own) * plot.size
        # Close enough to the window that nobody hides the sign of the shop before it.
        slope = self._depth * 1.12 * plot.v**0.12
        near, depth = self._forecourt(plot)
        v = plot.v + (near + deep * depth) / slope
        return (x - self.centre) / (112.0 + 112.0 * v), v

    def _forecourt(self, plot: Plot) -> tuple[float, float]:
        """How far from a shop people stand at least, and how deep; in design units."""
        nearer = [p for p in self.plots if p.side == plot.side and p.row > plot.row]
        if not nearer:
            # Down here they are tall enough to hide the audience, so they keep away from it.
            return 12.0, 6.0
        top = min(p.base - (p.height + 12) * p.size for p in nearer)
        return 4.0, float(np.clip(top - plot.base - 12.0, 4.0, 18.0))

    def queue_spot(self, host: int, number) -> tuple[np.ndarray, np.ndarray]:
        """(u, v) in the queue at the door of a full room; number counts from 0."""
        plot = self.by_host.get(host)
        u, v = self.door(host)
        side = plot.side if plot else 1
        # Rows of six, each a step farther up the street, so that nobody hides another.
        row, column = number // 6, number % 6
        return u - side * (0.10 + 0.135 * column + 0.06 * (row % 2)), v + 0.014 - 0.044 * row

    def seats(self, host: int) -> list[tuple[float, float, float]]:
        """(x, y, width) of audience heads in the window, back row first; empty without a room."""
        plot = self.by_host.get(host)
        if plot is None or not plot.has_room:
            return []
        x, y, width, height = plot.window
        size = 25.0 if plot.ours else 23.0
        rows = 2
        spots = []
        for row in range(rows):
            count = int((width - 16) / (size * 0.86)) - (row % 2)
            indent = (width - count * size * 0.86) / 2
            for i in range(count):
                own_x = x + indent + (i + 0.5) * size * 0.86
                own_y = y + height - 35 + row * 15 - (0 if plot.ours else 2)
                box = plot.box(own_x - size / 2, own_y - size / 2, size, size)
                spots.append((box[0], box[1], box[2]))
        return spots
