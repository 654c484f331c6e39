"""Three stars in a row."""

from __future__ import annotations

from sim.ui import theme
from sim.ui.painter import Painter


def draw_stars(painter: Painter, count: int, x: float, y: float) -> None:
    """`count` of the three are filled; the others are outlines, so that colour is not needed."""

    def draw(c) -> None:
        for i in range(3):
            c.star(9 + i * 21, 9, 9, theme.AMBER)
            if i >= count:
                c.star(9 + i * 21, 9, 6.4, theme.CREAM)

    painter.art(("course stars", count), (x, y, 62, 18), draw)
