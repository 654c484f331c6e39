"""The hours of the day as a bar that fills with what is planned."""

from __future__ import annotations

from sim.ui import theme
from sim.ui.campaign.words import number_of, say
from sim.ui.painter import Box, Painter

COLOURS = {"live": theme.CORAL, "note": "#D9952B", "care": theme.TEAL}


def draw(painter: Painter, desk, box: Box, language: str) -> None:
    """What is planned, to scale, and how much of the day is left."""
    x, y, width, height = box
    m = desk.morning
    painter.panel(box, "#FFF6EA", height / 2, 80, opacity=250)
    label = say("hours.label", language)
    used = painter.text(label, (x + 16, y, 110, height), 14, "bold", theme.INK)
    left = m.hours - m.worked
    rest = say("hours.left", language, left=number_of(left, language))
    rest_width = 168.0
    painter.text(
        rest, (x + width - rest_width - 14, y, rest_width, height), 14, "bold",
        theme.GOOD if left > 0.01 else theme.BRICK, "right",
    )  # fmt: skip
    bar_x, bar_width = x + used + 30, width - used - rest_width - 58
    painter.rect((bar_x, y + 6, bar_width, height - 12), theme.SAND, 7)
    at = bar_x
    for share in m.shares:
        wide = bar_width * share.hours / m.hours
        colour = COLOURS[share.kind]
        painter.shaded(
            (at, y + 6, max(3.0, wide - 1.5), height - 12), theme.shade(colour, 0.14), colour,
            min(6.0, wide / 2),
        )  # fmt: skip
        name = share_name(share, language)
        if painter.measure(name, 12, "bold") * 1.22 < wide - 8:
            painter.text(
                name, (at + 4, y + 6, wide - 9, height - 12), 12, "bold", "#FFFFFF", "center"
            )
        at += wide
    for hour in range(1, int(m.hours) + 1):
        mark = bar_x + bar_width * hour / m.hours
        if hour < m.hours:
            painter.rect((mark, y + height - 10, 1, 4), theme.FAINT_INK)


def share_name(share, language: str) -> str:
    """What takes these hours."""
    if share.kind == "note":
        return say(f"format.{share.name}", language)
    return say(f"hours.{share.kind}", language)
