"""The street of the course at dusk, seen from a roof: a winding road, a shop for each lesson."""

from __future__ import annotations

import math

from sim.ui import theme
from sim.ui.art import scenery
from sim.ui.art.canvas import Canvas
from sim.ui.art.people import part
from sim.ui.painter import Painter

_AWNINGS = (theme.TEAL, "#D9597B", theme.MUSTARD, theme.DEEP_SKY, "#5E9466", theme.CORAL,
            theme.PLUM, "#3C7F8C", "#A8623A", "#5E7CA8")  # fmt: skip


def places(count: int, width: float, height: float) -> list[tuple[float, float]]:
    """Where the foot of each shop stands, along the road, within width x height."""
    rows = 2 if count <= 10 else 3
    each = -(-count // rows)
    found = []
    for i in range(count):
        row, column = divmod(i, each)
        # The road turns at the end of each row, so every second row runs the other way.
        along = column if row % 2 == 0 else each - 1 - column
        x = width * (along + 0.5) / each
        wave = math.sin(along / max(1, each - 1) * math.pi * 2 + row) * height * 0.026
        y = height * (0.37 if rows == 2 else 0.30) + row * height * (0.46 if rows == 2 else 0.28)
        found.append((x, y + wave))
    return found


def _road(spots: list[tuple[float, float]], width: float) -> list[tuple[float, float]]:
    """Points along the middle of the road, smooth through all shops."""
    if not spots:
        return []
    each = -(-len(spots) // (2 if len(spots) <= 10 else 3))
    corners = [(-60.0, spots[0][1] + 26)]
    for i, (x, y) in enumerate(spots):
        corners.append((x, y + 26))
        if (i + 1) % each == 0 and i + 1 < len(spots):
            side = width + 14 if (i // each) % 2 == 0 else -14
            corners.append((side, (y + spots[i + 1][1]) / 2 + 26))
    corners.append(
        (corners[-1][0] + (-120 if (len(spots) - 1) // each % 2 else 120), corners[-1][1])
    )
    points = []
    for i in range(len(corners) - 1):
        before, here = corners[max(0, i - 1)], corners[i]
        there, after = corners[i + 1], corners[min(len(corners) - 1, i + 2)]
        for step in range(14):
            points.append(_catmull(before, here, there, after, step / 14))
    return points


def _catmull(a, b, c, d, t: float) -> tuple[float, float]:
    def one(k: int) -> float:
        return 0.5 * (
            2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
            + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t * t * t
        )  # fmt: skip

    return one(0), one(1)


def ground(painter: Painter, spots: list[tuple[float, float]], width: float) -> None:
    """Meadow, road, trees and lamps; `spots` in the window's units."""
    size = painter.surface.get_size()

    def make():
        fine = 1.5 if painter.unit < 1.6 else 1.0
        c = Canvas.new(painter.width, painter.height, painter.unit * fine)
        _meadow(c, painter.width, painter.height)
        _pave(c, _road(spots, width))
        _green(c, spots, painter.width, painter.height, width)
        _dusk(c, painter.width, painter.height, spots)
        return c.finish(painter.unit)

    painter.surface.blit(painter.pictures.get(("course ground", size, tuple(spots)), make), (0, 0))


def _meadow(c: Canvas, width: float, height: float) -> None:
    c.shaded_rect(
        0, 0, width, height,
        [(0, "#F2A97E"), (0.10, "#F3BF8A"), (0.16, "#B9BE86"), (0.5, "#9CB57F"), (1, "#7FA173")],
    )  # fmt: skip
    for i in range(60):
        x, y = width * float(part(i, 301)), height * (0.16 + 0.84 * float(part(i, 302)))
        c.ellipse(x, y, 60 + 50 * float(part(i, 303)), 12, (255, 255, 220, 26))


def _pave(c: Canvas, points: list[tuple[float, float]]) -> None:
    if not points:
        return
    c.stroke([(x, y + 4) for x, y in points], "#8E8A62", 70)
    c.stroke(points, "#D9A982", 66)
    c.stroke(points, "#F2D2AC", 58)
    for i in range(len(points) - 1):
        x, y = points[i]
        for k in range(3):
            seed = i * 3 + k
            px, py = (
                x + 24 * (float(part(seed, 310)) - 0.5),
                y + 40 * (float(part(seed, 311)) - 0.5),
            )
            c.ellipse(px, py, 12, 7, (214, 168, 128, 120))


def _green(c: Canvas, spots, width: float, height: float, road_width: float) -> None:
    """Trees and bushes where neither road nor shop is."""
    points = _road(spots, road_width)
    # From the back to the front, so that what is nearer hides what is farther.
    free = sorted(
        (height * (0.17 + 0.83 * float(part(i, 321))), width * float(part(i, 320)), i)
        for i in range(150)
    )
    for y, x, i in free:
        if any(abs(x - px) < 56 and abs(y - py) < 60 for px, py in points):
            continue
        if any(abs(x - sx) < 108 and -150 < y - sy < 116 for sx, sy in spots):
            continue
        if float(part(i, 322)) < 0.5:
            scenery.tree(c, x, y, 20 + 12 * float(part(i, 323)), i)
        elif float(part(i, 322)) < 0.75:
            scenery.plant(c, x, y, 12, i)
        else:
            _flowers(c, x, y, i)
    for x, y in points[8::17]:
        _lamp(c, x + 34, y - 34)


def _flowers(c: Canvas, x: float, y: float, seed: int) -> None:
    for k in range(9):
        dx, dy = (
            44 * (float(part(seed * 9 + k, 330)) - 0.5),
            16 * (float(part(seed * 9 + k, 331)) - 0.5),
        )
        c.circle(x + dx, y + dy + 2, 3.4, "#6E9A68")
        tone = (theme.ROSE, "#FFF3E2", theme.MUSTARD)[int(3 * float(part(seed * 9 + k, 332))) % 3]
        c.circle(x + dx, y + dy, 2.6, tone)


def _lamp(c: Canvas, x: float, y: float) -> None:
    c.soft_ellipse(x - 9, y - 3, 18, 7, 3, 110)
    c.rect(x - 1.5, y - 44, 3, 44, "#5A3A42", 1)
    c.shaded_rect(x - 5, y - 56, 10, 13, [(0, "#FFF3C4"), (1, "#FFC766")], 3)
    c.rect(x - 6, y - 58, 12, 3, "#5A3A42", 1.5)
    c.glow(x, y - 50, 46, "#FFD27A", 0.75)


def _dusk(c: Canvas, width: float, height: float, spots) -> None:
    c.glow(width * 0.3, -60, width * 0.6, "#FFD39A", 0.5, 1.6)
    c.glow(width * 1.0, height * 1.1, width * 0.7, "#5A2A5A", 0.5, 1.4)
    c.glow(-40, height * 1.1, width * 0.4, "#4A2A50", 0.42, 1.5)
    for x, y in spots:
        c.glow(x, y - 26, 96, "#FFC070", 0.42, 1.6)


def shop(c: Canvas, number: int, lit: bool) -> None:
    """A little shop 120 wide and 104 high, its foot at y = 104."""
    colour = _AWNINGS[number % len(_AWNINGS)]
    c.soft_ellipse(4, 92, 112, 20, 7, 120)
    c.shaded_rect(12, 30, 96, 74, [(0, "#FFEFDD"), (1, "#F0CDB0")], 4)
    c.shaded_polygon(
        [(4, 34), (20, 8), (100, 8), (116, 34)],
        [(0, theme.shade(colour, -0.08)), (1, theme.shade(colour, -0.28))],
    )  # fmt: skip
    c.shaded_rect(24, 58, 44, 32, [(0, "#FFF0B8"), (1, "#FFBE66")], 4)
    c.rect(24, 58, 44, 32, "#8A5A4A", 4, 2)
    c.rect(45, 58, 2, 32, "#8A5A4A")
    c.shaded_rect(
        78, 56, 22, 48, [(0, theme.shade(colour, -0.2)), (1, theme.shade(colour, -0.4))], 4
    )
    c.circle(95, 82, 1.8, theme.MUSTARD)
    stripe = 112 / 9
    for i in range(9):
        tone = colour if i % 2 == 0 else "#FFF8EE"
        c.shaded_rect(
            4 + i * stripe, 32, stripe + 0.3, 20, [(0, tone), (1, theme.shade(tone, -0.14))], 0,
            bottom_left=5, bottom_right=5,
        )  # fmt: skip
    if lit:
        c.glow(46, 74, 60, "#FFD27A", 0.7)
