"""The ribbon that says of a screen: this is practice, and nothing of it is kept."""

from __future__ import annotations

from sim import wording
from sim.ui import theme
from sim.ui.painter import Painter


def draw_ribbon(painter: Painter, x: float, y: float, language: str, key: str = "ribbon") -> None:
    """A band of 34 units beginning at (x, y), notched at its end, with `course_map.<key>` on it."""
    text = wording.text(f"course_map.{key}", language)
    wide = painter.measure(text, 15, "bold") * 1.04 + 58

    def draw(c) -> None:
        c.shadow(0, 0, wide - 18, 34, 4, 6, 90, 0, 3)
        points = [(0, 0), (wide, 0), (wide - 15, 17), (wide, 34), (0, 34)]
        c.shaded_polygon(points, [(0, theme.shade(theme.PLUM, 0.16)), (1, theme.PLUM)])

    box = (x, y, wide, 34.0)
    painter.art(("practice ribbon", round(wide)), box, draw, bleed=10)
    painter.recorder.cover(painter.pixels(box))
    painter.text(text, (x + 18, y, wide - 42, 34), 15, "bold", "#FFFFFF", smallest=10)
