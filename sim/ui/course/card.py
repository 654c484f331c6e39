"""A lesson's card: what somebody reported, who says so, how sure it is, what the model shows."""

from __future__ import annotations

from sim import wording
from sim.ui import theme
from sim.ui.painter import Box, Painter

_PARTS = (
    ("figure", theme.CORAL), ("source", theme.DEEP_SKY), ("sure", theme.MUSTARD),
    ("model", theme.TEAL),
)  # fmt: skip


def draw(painter: Painter, box: Box, lesson, language: str) -> None:
    """Four notes, two in a row; what is cause and what only goes along is said apart."""
    x, y, width, height = box
    idea = lesson.idea.text(language)
    painter.text(idea, (x, y, width, 50), 17, "bold", theme.INK, lines=2, smallest=12)
    each, tall = (width - 16) / 2, (height - 58 - 16) / 2
    for i, (name, colour) in enumerate(_PARTS):
        spot = (x + (i % 2) * (each + 16), y + 58 + (i // 2) * (tall + 16), each, tall)
        painter.rect(spot, (255, 255, 255, 190), 18)
        painter.rect((spot[0] + 16, spot[1] + 16, 6, 24), colour, 3)
        painter.text(
            wording.text(f"course_map.card.{name}", language),
            (spot[0] + 34, spot[1] + 12, each - 50, 32), 18, "bold", theme.INK, smallest=12,
        )  # fmt: skip
        painter.text(
            getattr(lesson.card, name).text(language),
            (spot[0] + 20, spot[1] + 50, each - 40, tall - 62), 17, "regular", theme.INK, lines=9,
            smallest=11, vertical="top", may_truncate=True,
        )  # fmt: skip
