"""The small pictures of the room: heads and their light, hearts, arrows and coins."""

from __future__ import annotations

from sim.ui import theme
from sim.ui.art import people as people_art
from sim.ui.painter import Painter


def light(painter: Painter, step: int, glow: float):
    """The light behind somebody who is sure to an eighth."""

    def draw(c) -> None:
        c.glow(glow / 2, glow / 2, glow / 2, "#FFE08A", 0.85 * step / 8, 1.3)

    return painter.picture(("glow", step), glow, glow, draw)


def head(painter: Painter, person: int, patience: float, wide: float):
    """Somebody from behind, with what is left of their patience around the head."""
    look = people_art.look_of(person)
    level = int(round(patience * (people_art.RING_LEVELS - 1)))
    pixels = round(wide * painter.unit)
    return painter.pictures.get(
        ("head", look, level, pixels), lambda: people_art.audience_head(look, level, pixels)
    )


def pin(painter: Painter, r: float):
    """The heart of a follower."""
    return painter.picture(("pin",), r * 2, r * 2, lambda c: c.heart(r, r, r, "#F2505B"))


def arrow(c) -> None:
    """Points down at whoever's card is open."""
    c.polygon([(1, 1), (19, 1), (10, 15)], "#FFFFFF")
    c.polygon([(4, 3), (16, 3), (10, 11.5)], theme.CORAL)


def coin(c, width: float) -> None:
    """What rises when somebody has bought."""
    c.shadow(0, 0, width, 32, 16, 4, 80, 0, 2)
    c.shaded_rect(0, 0, width, 32, [(0, "#FFE79A"), (1, "#F4B646")], 16)
    c.rect(2, 2, width - 4, 28, (255, 255, 255, 120), 14, 1.4)
