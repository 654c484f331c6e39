"""The inside of our live room: wall, window to the dusk, shelves, ring light, counter, seats."""

from __future__ import annotations

import math

from sim.ui import theme
from sim.ui.art.canvas import Canvas
from sim.ui.art.scenery import Dice, plant
from sim.ui.theme import CORAL, MUSTARD, ROSE, SKY, TEAL, shade


def room(c: Canvas, width: float, height: float, floor: float) -> None:
    """Everything behind the host. `floor` is where the counter stands."""
    c.shaded_rect(0, 0, width, floor + 20, [(0, "#F7A987"), (0.5, "#FFC9A0"), (1, "#FFE0BE")])
    for i in range(int(width / 64) + 1):
        c.rect(i * 64, 0, 2, floor, (255, 255, 255, 26))
    c.shaded_rect(
        0, floor, width, height - floor, [(0, "#C9744E"), (0.25, "#B5654A"), (1, "#7E4650")]
    )
    dice = Dice(71)
    for i in range(9):
        y = floor + 14 + (height - floor) * (i / 9) ** 1.3
        c.rect(0, y, width, 1.4, (90, 40, 44, 60))
    middle, lamp = width / 2, floor - 250 * height / 720
    _windows(c, width, floor)
    for left in (middle - 350, middle + 190):
        _shelves(c, left, floor - 320 * height / 720, dice)
    reach = 170 * height / 720
    c.glow(middle, lamp + 60, reach * 2.3, "#FFF3D6", 0.75, 1.4)
    c.circle(middle, lamp + 60, reach + 7, (255, 255, 255, 120), 26)
    c.circle(middle, lamp + 60, reach, "#FFFFFF", 13)
    c.circle(middle, lamp + 60, reach - 14, (255, 246, 228, 90))
    _bulbs(c, width)
    c.soft_polygon(
        [
            (middle - 120, floor),
            (middle + 120, floor),
            (middle + 420, height),
            (middle - 420, height),
        ],
        "#FFE2B0",
        80,
        40,
    )
    for number, x in enumerate((middle - 404, middle + 372, middle + 424)):
        plant(c, x, floor - 2, (26, 20, 30)[number], number + 5)


def _windows(c: Canvas, width: float, floor: float) -> None:
    for x in (18.0, width - 18 - 250):
        y, wide, tall = 90.0, 250.0, floor - 150
        c.rect(x - 8, y - 8, wide + 16, tall + 16, "#B56A4C", 14)
        c.shaded_rect(x, y, wide, tall, [(0, "#F0906F"), (0.6, "#FFCF9E"), (1, "#FFE9CB")], 8)
        dice = Dice(int(x) + 5)
        at = x + 6
        while at < x + wide - 40:
            w, h = dice.between(28, 52), dice.between(50, 120)
            c.shaded_rect(at, y + tall - h, w, h, [(0, "#E59C84"), (1, "#F2BFA0")], 3)
            for i in range(int(w / 14)):
                for j in range(int(h / 18)):
                    if dice.fraction() < 0.5:
                        c.rect(at + 5 + i * 13, y + tall - h + 8 + j * 17, 5, 7, "#FFF2CF", 1)
            at += w + 4
        c.rect(x + wide / 2 - 3, y, 6, tall, "#B56A4C")
        c.rect(x, y + tall * 0.5 - 3, wide, 6, "#B56A4C")


def _shelves(c: Canvas, left: float, top: float, dice: Dice) -> None:
    goods = (TEAL, "#FFF6EA", MUSTARD, CORAL, SKY, ROSE, "#B58BC2")
    for j in range(2):
        y = top + j * 72 + 40
        c.shadow(left, y, 164, 8, 3, 5, 90, 0, 3)
        c.shaded_rect(left, y, 164, 8, [(0, "#C47A58"), (1, "#9C5A42")], 3)
        x = left + 6
        while x < left + 150:
            wide, tall = dice.between(14, 24), dice.between(22, 46)
            colour = dice.choose(goods)
            c.shaded_rect(
                x, y - tall, wide, tall, [(0, shade(colour, 0.3)), (1, shade(colour, -0.1))], 4
            )
            if dice.fraction() < 0.5:
                c.rect(x + 3, y - tall * 0.62, wide - 6, tall * 0.2, (255, 255, 255, 130), 2)
            x += wide + dice.between(2, 8)


def _bulbs(c: Canvas, width: float) -> None:
    def at(t: float) -> tuple[float, float]:
        return width * t, 82 + 26 * math.sin(math.pi * (t * 4 % 1))

    c.stroke([at(i / 160) for i in range(161)], "#8A4A44", 1.4)
    for i in range(1, 28):
        x, y = at(i / 28)
        c.glow(x, y + 9, 20, "#FFC060", 0.6)
        c.shaded_circle(
            x, y + 8, 4.6, [(0, "#FFFFFF"), (1, ("#FFF2C0", "#FFD9A0", "#FFE9B0")[i % 3])]
        )


def counter(c: Canvas, width: float) -> None:
    """The counter across the room, 70 high; its top edge is 12 below the origin."""
    middle = width / 2
    left, wide = middle - 330, 660
    c.shadow(left, 14, wide, 56, 12, 12, 110, 0, 8)
    c.shaded_rect(left, 12, wide, 58, [(0, "#E08A60"), (1, "#B45A3E")], 12)
    c.rect(left - 10, 6, wide + 20, 13, "#FFD3A6", 6)
    c.rect(left - 10, 6, wide + 20, 5, "#FFE6C8", 3)
    for i in range(6):
        c.rect(left + 18 + i * 106, 28, 94, 34, (120, 52, 40, 50), 8)


# For each density: rows, size of the heads in the far row and in the near row.
DENSITIES = ((2, 50.0, 62.0), (3, 40.0, 52.0), (4, 31.0, 42.0), (5, 25.0, 35.0))


def seats(width: float, height: float, floor: float, density: int) -> list[tuple]:
    """(x, y, width) of the heads before the counter, far row first; x and y are their middles."""
    rows, small, large = DENSITIES[density]
    spots = []
    # A taller window has room for more rows, so that as many people sit there larger.
    top, bottom = floor + 46 + small * 0.62, height - 112 - large * 0.62
    rows = max(rows, 1 + int((bottom - top) / ((small + large) / 2 * 0.9)))
    for row in range(rows):
        t = row / max(1, rows - 1)
        size = small + (large - small) * t
        reach = min(width / 2 - 306, 340 + 60 * t)
        count = int(2 * reach / (size * 1.03)) - (row % 2)
        y = top + (bottom - top) * t
        for i in range(count):
            across = (i - (count - 1) / 2) * size * 1.03
            spots.append((width / 2 + across, y + 4 * math.cos(across / 90), size))
    return spots


def lowered(spots: list[tuple], by: float) -> list[tuple]:
    """The same heads with the far row lower by so much and the near row where it was."""
    if not spots:
        return []
    top, bottom = spots[0][1], spots[-1][1]
    deep = max(1.0, bottom - top)
    return [(x, y + by * min(1.0, (bottom - y) / deep), wide) for x, y, wide in spots]


def group_door(c: Canvas) -> None:
    """The way into the group chat, 82 wide and 116 high."""
    c.shadow(0, 0, 82, 116, 12, 6, 90, 0, 3)
    c.shaded_rect(
        0, 0, 82, 116, [(0, theme.TEAL), (1, theme.DEEP_TEAL)], 14, bottom_left=0, bottom_right=0
    )
    c.shaded_rect(
        8, 8, 66, 108, [(0, "#FFF3D6"), (1, "#FFD79A")], 10, bottom_left=0, bottom_right=0
    )
    for x, colour in ((30, TEAL), (52, CORAL)):
        c.circle(x, 48, 10, colour)
        c.shaded_rect(x - 13, 60, 26, 30, [(0, shade(colour, 0.1)), (1, shade(colour, -0.1))], 12)
    c.circle(41, 60, 11, MUSTARD)
    c.shaded_rect(26, 73, 30, 34, [(0, MUSTARD), (1, "#DE9A34")], 13)
