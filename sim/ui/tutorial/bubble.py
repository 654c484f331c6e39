"""Where the coach's bubble goes and how it and the ring round what is meant are drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.ui import theme
from sim.ui.painter import Box, Painter

WIDTH = 404.0
TEXT_SIZE = 17.5
_GAP = 20.0
_TAIL = 13.0
_EDGE = 12.0
_TOP, _BOTTOM = 122.0, 86.0  # clear of the bars and of notices
_BREATHS = 10


@dataclass(frozen=True)
class Place:
    """A bubble's box; the side of it that the tail leaves from, and where along that side."""

    box: Box
    side: str | None
    at: float


def place(painter: Painter, width: float, height: float, target: Box | None) -> Place:
    """Beside the target without covering it; low in the middle when there is none."""
    left, top = _EDGE, _TOP
    right, bottom = painter.width - _EDGE - width, painter.height - _BOTTOM - height
    if target is None:
        return Place(((painter.width - width) / 2, bottom, width, height), None, 0.0)
    x, y, wide, high = target
    middle_x, middle_y = x + wide / 2, y + high / 2
    spots = {
        "left": (x + wide + _GAP, middle_y - height / 2),
        "right": (x - _GAP - width, middle_y - height / 2),
        "bottom": (middle_x - width / 2, y - _GAP - height),
        "top": (middle_x - width / 2, y + high + _GAP),
    }
    sides = ["left", "right"] if middle_x < painter.width / 2 else ["right", "left"]
    if middle_y < 160:
        order = ["top", *sides, "bottom"]
    elif middle_y > painter.height - 170:
        order = ["bottom", *sides, "top"]
    else:
        order = [*sides, "bottom", "top"]
    best = None
    for side in order:
        spot = spots[side]
        box = (
            min(max(spot[0], left), max(left, right)),
            min(max(spot[1], top), max(top, bottom)),
            width,
            height,
        )
        if not _overlap(box, target):
            best = Place(box, side, _tail_at(box, side, middle_x, middle_y))
            break
    return best or Place((left, max(top, bottom), width, height), None, 0.0)


def _tail_at(box: Box, side: str, x: float, y: float) -> float:
    margin = 30.0
    if side in ("left", "right"):
        return min(max(y - box[1], margin), box[3] - margin)
    return min(max(x - box[0], margin), box[2] - margin)


def _overlap(one: Box, other: Box) -> bool:
    return not (
        one[0] >= other[0] + other[2] + 6
        or other[0] >= one[0] + one[2] + 6
        or one[1] >= other[1] + other[3] + 6
        or other[1] >= one[1] + one[3] + 6
    )


def draw_ring(painter: Painter, target: Box, still: bool) -> None:
    """A warm ring round what is meant; it breathes slowly unless motion is reduced."""
    breath = 0.5 if still else 0.5 + 0.5 * math.sin(painter.clock * 3.2)
    step = round(breath * _BREATHS)
    grow = 4 + 5 * step / _BREATHS
    x, y, width, height = (round(part) for part in target)
    box = (x - grow, y - grow, width + 2 * grow, height + 2 * grow)
    radius = min(22.0, box[3] / 2)
    halo = (box[0] - 5, box[1] - 5, box[2] + 10, box[3] + 10)
    painter.rect(halo, (244, 182, 70, 70), radius + 5, 6)
    painter.rect(box, "#FFFFFF", radius, 5)
    painter.rect((box[0] + 1, box[1] + 1, box[2] - 2, box[3] - 2), "#F59B2E", radius - 1, 3)


def draw_bubble(painter: Painter, spot: Place) -> None:
    """The sheet of the bubble with its tail."""
    width, height = spot.box[2:]
    side, at = spot.side, round(spot.at)
    corners = {
        "left": [(1, at - 11), (1, at + 11), (-_TAIL, at)],
        "right": [(width - 1, at - 11), (width - 1, at + 11), (width + _TAIL, at)],
        "top": [(at - 11, 1), (at + 11, 1), (at, -_TAIL)],
        "bottom": [(at - 11, height - 1), (at + 11, height - 1), (at, height + _TAIL)],
    }.get(side)

    def draw(c) -> None:
        c.shadow(0, 0, width, height, 20, 12, 110, 0, 5)
        c.rect(0, 0, width, height, "#FFFFFF", 20)
        if corners:
            c.polygon(corners, theme.PAPER)
        c.rect(2, 2, width - 4, height - 4, theme.PAPER, 18)
        c.rect(0, 0, width, height, "#F4B646", 20, 2.4)
        if corners:
            c.polygon([_inward(p, side) for p in corners], theme.PAPER)

    painter.recorder.cover(painter.pixels(spot.box))  # its paper hides what lies under it
    painter.art(("coach", side, at), spot.box, draw, bleed=28)


def _inward(point, side: str):
    """A little towards the sheet, so that the tail opens into it without a line between."""
    dx, dy = {"left": (3, 0), "right": (-3, 0), "top": (0, 3), "bottom": (0, -3)}[side]
    return point[0] + dx, point[1] + dy
