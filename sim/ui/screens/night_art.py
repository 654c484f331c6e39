"""What is drawn in the nights: the shop, the homes, parcels both ways, and columns."""

from __future__ import annotations

from sim.ui import theme
from sim.ui.painter import Painter


def draw_bar(painter: Painter, box, colour, striped: bool) -> None:
    """A column or its key; what came back is striped, so that it can be told without its colour."""
    width, height = box[2:]
    painter.shaded(box, theme.shade(colour, 0.15), colour, min(6, height / 2))
    if not striped:
        return

    def draw(c) -> None:
        for i in range(1, int(height / 6) + 1):
            level = i * 6.0
            c.stroke([(2, level), (width - 2, max(1.0, level - 4))], (255, 255, 255, 170), 1.6)

    painter.art(("stripes", round(width, 1), round(height, 1)), box, draw)


def draw_shop(c) -> None:
    """Our shop at night, lit."""
    c.shadow(10, 30, 110, 74, 6, 8, 120, 0, 6)
    c.shaded_rect(10, 24, 110, 80, [(0, "#FFE9D6"), (1, "#F2C6A8")], 6)
    c.shaded_rect(22, 48, 56, 44, [(0, "#FFF3C4"), (1, "#FFC766")], 5)
    c.glow(50, 70, 56, "#FFD27A", 0.6)
    c.shaded_rect(86, 52, 24, 52, [(0, "#8A5A7A"), (1, "#6A3550")], 5)
    for i in range(9):
        colour = "#E2574F" if i % 2 == 0 else "#FFF8EE"
        c.shaded_rect(
            5 + i * 13.4,
            16,
            13.6,
            24,
            [(0, colour), (1, theme.shade(colour, -0.12))],
            0,
            bottom_left=6,
            bottom_right=6,
        )


def draw_homes(c) -> None:
    """The houses that the parcels go to."""
    for x, y, w, h, colour in (
        (4, 40, 42, 64, "#B58BC2"),
        (44, 22, 46, 82, "#7FB7D0"),
        (88, 48, 40, 56, "#86B58F"),
    ):
        c.shadow(x, y, w, h, 4, 6, 100, 0, 4)
        c.shaded_rect(
            x, y, w, h, [(0, theme.shade(colour, 0.3)), (1, theme.shade(colour, -0.1))], 4
        )
        c.polygon(
            [(x - 4, y + 2), (x + w / 2, y - 16), (x + w + 4, y + 2)], theme.shade(colour, -0.35)
        )
        for i in range(2):
            for j in range(int(h / 28)):
                c.rect(x + 8 + i * (w / 2 - 3), y + 12 + j * 24, 9, 12, "#FFE9A8", 2)


def draw_parcel(c) -> None:
    """A parcel on its way out."""
    c.shadow(3, 6, 24, 20, 3, 3, 90, 0, 2)
    c.shaded_rect(3, 6, 24, 20, [(0, "#FFD9A0"), (1, "#D9924E")], 3)
    c.rect(13, 6, 4, 20, theme.TEAL)


def draw_parcel_back(c) -> None:
    """A parcel on its way back: crossed out as well as of another colour."""
    c.shadow(3, 6, 24, 20, 3, 3, 90, 0, 2)
    c.shaded_rect(3, 6, 24, 20, [(0, "#F6C2B4"), (1, "#C9694E")], 3)
    c.stroke([(9, 12), (21, 21)], "#FFFFFF", 2.4)
    c.stroke([(21, 12), (9, 21)], "#FFFFFF", 2.4)
