"""The shape and colour of the player and of each ghost: told apart without colour as well."""

from __future__ import annotations

from sim.ui import theme
from sim.ui.art.canvas import Canvas
from sim.ui.painter import Painter

YOU = -1
COLOURS = {YOU: theme.BRICK, 0: theme.DEEP_SKY, 1: theme.PLUM}
# Lengths of dash and gap of a ghost's line; the player's own is whole.
DASHES = {YOU: None, 0: (6.0, 3.5), 1: (1.6, 3.0)}


def draw_shape(c: Canvas, mark: int, x: float, y: float, radius: float) -> None:
    """A disc for the player, a diamond and a triangle for the ghosts, around (x, y)."""
    colour = COLOURS[mark]
    if mark == YOU:
        c.circle(x, y, radius * 0.9, colour)
    elif mark == 0:
        points = [(x, y - radius * 1.15), (x + radius, y), (x, y + radius * 1.15), (x - radius, y)]
        c.polygon(points, colour)
    else:
        c.polygon([(x, y - radius), (x + radius, y + radius), (x - radius, y + radius)], colour)


def draw_mark(painter: Painter, mark: int, x: float, y: float, radius: float = 5.0) -> None:
    """The shape on the window, around (x, y) in design units."""
    side = 2 * radius + 4

    def draw(c: Canvas) -> None:
        draw_shape(c, mark, side / 2, side / 2, radius)

    painter.art(("ghost mark", mark), (x - side / 2, y - side / 2, side, side), draw)
