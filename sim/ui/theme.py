"""Names for colours and sizes. Sizes are design units: the window is 1280 x 720 of them or more."""

from __future__ import annotations

import functools

DESIGN_WIDTH = 1280
DESIGN_HEIGHT = 720

# The dusk palette. Shadows lean to plum and lights to warm white, never to grey.
INK = "#43303B"
CREAM = "#FFF6EA"
PAPER = "#FFFCF6"
CORAL = "#F2705B"
BRICK = "#C94F3A"
MUSTARD = "#F4B646"
AMBER = "#B8741A"
TEAL = "#3E9C93"
DEEP_TEAL = "#2B7A73"
SAGE = "#86B58F"
SKY = "#7FB7D0"
DEEP_SKY = "#44809E"
PLUM = "#7A4B6B"
ROSE = "#F0A3A0"
SHADOW = "#5B2C2C"
SOFT_INK = "#7A6066"
FAINT_INK = "#927A7C"
HAIRLINE = (180, 140, 120, 90)
SAND = "#F6E3D3"
GOOD = "#2A8C63"
FAIR = "#E2932A"
POOR = "#D23B3B"

# One colour and one mark a tactic, in the order of the keys, so colour is never the only signal.
TACTIC_COLOURS = (
    TEAL,
    DEEP_SKY,
    CORAL,
    "#D9952B",
    PLUM,
    "#5E9466",
    "#3C7F8C",
    "#A8623A",
    "#5E7CA8",
)

# Text sizes. Nothing that must be read is smaller than SMALL.
TINY = 11.5
SMALL = 13
BODY = 16
LARGE = 20
TITLE = 30
HERO = 54

MARGIN = 18
GAP = 10
RADIUS = 16
CONTROL_HEIGHT = 44


@functools.lru_cache(4000)
def mix(first: str | tuple, second: str | tuple, share: float):
    """The colour `share` of the way from first to second, as an RGBA tuple."""
    a, b = rgba(first), rgba(second)
    return tuple(int(round(a[i] + (b[i] - a[i]) * share)) for i in range(4))


@functools.lru_cache(4000)
def rgba(colour: str | tuple, alpha: int | None = None) -> tuple[int, int, int, int]:
    """Any colour as four numbers from 0 to 255."""
    if isinstance(colour, str):
        digits = colour.lstrip("#")
        colour = tuple(int(digits[i : i + 2], 16) for i in range(0, len(digits), 2))
    colour = tuple(int(part) for part in colour)
    if len(colour) == 3:
        colour = (*colour, 255)
    return colour if alpha is None else (*colour[:3], int(alpha))


@functools.lru_cache(4000)
def shade(colour: str | tuple, amount: float):
    """Darker towards warm plum for a negative amount, lighter towards warm white for a positive."""
    if amount < 0:
        return mix(colour, (74, 36, 56, rgba(colour)[3]), -amount)
    return mix(colour, (255, 248, 236, rgba(colour)[3]), amount)
