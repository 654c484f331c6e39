"""Things on sale and on note covers, a drawing a topic or kind, and the marks of the window."""

from __future__ import annotations

import math

from sim.ui import theme
from sim.ui.art import goods
from sim.ui.art.canvas import Canvas
from sim.ui.art.goods import ground as _ground

COVERS = {
    "style": ("#F6D9CF", "#E39A86"),
    "home": ("#F7C07A", "#D9824F"),
    "beauty": ("#FFD9C9", "#F49A8A"),
    "food": ("#BFE3DA", "#6FB8AC"),
    "sport": ("#D8EBC2", "#8CC08A"),
    "tech": ("#CFE6F2", "#7DB4D3"),
    "family": ("#FFE3A8", "#F0B75A"),
    "travel": ("#E4D3EC", "#A884B8"),
    "coat": ("#E9E2D2", "#C9B894"),
    "dress": ("#F7E0EA", "#E0A3BE"),
    **goods.COVERS,
}
_SPARE = ("#F3E0C8", "#D9A77A")


def cover(topic: str) -> tuple[str, str]:
    """Top and bottom colour of a note's cover for this topic."""
    return COVERS.get(topic, _SPARE)


def picture_of(product_id: str, topic: str) -> str:
    """The name of the drawing for a product: by a word in its id, else by its topic."""
    return goods.named(product_id) or topic


def thing(c: Canvas, topic: str, x: float, y: float, r: float) -> None:
    """The thing that stands for a topic, about 2r across, centred at (x, y)."""
    _THINGS.get(topic, _gift)(c.at(x, y, r))


def _shirt(c: Canvas) -> None:
    _ground(c, 1.5, 0.72)
    body = [(-0.34, -0.7), (0.34, -0.7), (0.62, -0.55), (0.94, 0.02), (0.66, 0.2), (0.5, -0.04)]
    body += [
        (0.52, 0.82),
        (-0.52, 0.82),
        (-0.5, -0.04),
        (-0.66, 0.2),
        (-0.94, 0.02),
        (-0.62, -0.55),
    ]
    c.shaded_polygon(body, [(0, "#FFFFFF"), (1, "#EADFD2")])
    c.polygon([(-0.34, -0.7), (0, -0.38), (-0.12, -0.2), (-0.44, -0.6)], "#DCCDBC")
    c.polygon([(0.34, -0.7), (0, -0.38), (0.12, -0.2), (0.44, -0.6)], "#CFBFAE")
    c.line((0, -0.36), (0, 0.8), "#CDBBA8", 0.05)
    for i in range(4):
        c.circle(0.05, -0.1 + i * 0.24, 0.045, theme.PLUM)
    c.rect(0.14, 0.0, 0.26, 0.26, "#DCCDBC", 0.05)


def _lamp(c: Canvas) -> None:
    c.glow(0, -0.1, 1.3, "#FFE6A8", 0.6)
    _ground(c, 1.2, 0.7)
    c.polygon([(-0.32, -0.7), (0.32, -0.7), (0.66, 0.06), (-0.66, 0.06)], "#FFF0C9")
    c.polygon([(-0.32, -0.7), (-0.06, -0.7), (-0.12, 0.06), (-0.66, 0.06)], "#FFE3A4")
    c.rect(-0.06, 0.06, 0.12, 0.62, "#8D5A4A")
    c.rect(-0.36, 0.63, 0.72, 0.15, "#7A4A3E", 0.07)


def _tube(c: Canvas) -> None:
    _ground(c, 1.2, 0.72)
    c.shaded_polygon(
        [(-0.42, -0.66), (0.42, -0.66), (0.3, 0.56), (-0.3, 0.56)], [(0, "#FFFDF8"), (1, "#FFDCCB")]
    )
    c.rect(-0.45, -0.76, 0.9, 0.16, "#F3CDBB", 0.05)
    c.shaded_rect(-0.28, 0.52, 0.56, 0.32, [(0, theme.MUSTARD), (1, "#DD9330")], 0.08)
    for i in range(8):
        a = i * math.pi / 4
        c.circle(math.cos(a) * 0.2, -0.14 + math.sin(a) * 0.2, 0.11, "#FFFFFF")
    c.circle(0, -0.14, 0.15, theme.MUSTARD)


def _cup(c: Canvas) -> None:
    _ground(c, 1.6, 0.62)
    c.circle(0.6, 0.14, 0.27, "#F3E3D6", 0.12)
    c.shaded_rect(-0.56, -0.3, 1.12, 1.02, [(0, "#FFFFFF"), (1, "#F0DACB")], 0.3)
    c.ellipse(-0.5, -0.42, 1.0, 0.28, "#8A5A3C")
    c.ellipse(-0.34, -0.38, 0.5, 0.14, "#C99468")
    for i in (-1, 0, 1):
        c.ring(i * 0.28, -0.74, 0.1, 0.2, 0.06, 0.5, (255, 255, 255, 200), 90 if i % 2 else -90)


def _shoe(c: Canvas) -> None:
    _ground(c, 1.9, 0.46)
    sole = [(-0.82, -0.4), (-0.36, -0.44), (-0.16, -0.1), (0.42, 0.08), (0.86, 0.26), (0.88, 0.46)]
    c.polygon([*sole, (-0.86, 0.46)], "#FFFFFF")
    c.polygon([(-0.82, -0.4), (-0.58, -0.42), (-0.36, 0.32), (-0.84, 0.32)], theme.CORAL)
    c.polygon([(0.36, 0.06), (0.86, 0.26), (0.87, 0.36), (0.2, 0.36)], theme.CORAL)
    c.rect(-0.88, 0.36, 1.78, 0.2, "#4C6A7A", 0.1)
    for i in range(3):
        c.line(
            (-0.2 + i * 0.17, -0.14 + i * 0.07),
            (-0.06 + i * 0.17, -0.26 + i * 0.07),
            "#4C6A7A",
            0.08,
        )


def _buds(c: Canvas) -> None:
    _ground(c, 1.5, 0.62)
    c.shaded_rect(-0.62, -0.1, 1.24, 0.84, [(0, "#FFFFFF"), (1, "#D4E0E7")], 0.36)
    c.rect(-0.62, 0.2, 1.24, 0.05, "#B9CAD3")
    c.circle(0, 0.46, 0.07, theme.TEAL)
    for side in (-1, 1):
        c.shaded_rect(side * 0.36 - 0.1, -0.62, 0.2, 0.56, [(0, "#FFFFFF"), (1, "#E4ECF0")], 0.1)
        c.circle(side * 0.3, -0.6, 0.22, "#FFFFFF")
        c.circle(side * 0.28, -0.6, 0.1, "#5B7080")


def _lunch_box(c: Canvas) -> None:
    _ground(c, 1.7, 0.56)
    c.shaded_rect(-0.86, -0.5, 1.72, 1.14, [(0, "#FFFDF6"), (1, "#E9DCC6")], 0.2)
    c.rect(-0.74, -0.38, 0.78, 0.9, "#FFFFFF", 0.12)
    c.rect(0.12, -0.38, 0.62, 0.42, theme.SAGE, 0.12)
    c.rect(0.12, 0.1, 0.62, 0.42, theme.CORAL, 0.12)
    c.circle(-0.35, 0.07, 0.22, "#3A2830")
    c.circle(-0.35, 0.07, 0.12, theme.MUSTARD)
    for i in range(3):
        c.circle(0.26 + i * 0.17, -0.18, 0.1, theme.shade(theme.SAGE, -0.25))
        c.circle(0.26 + i * 0.17, 0.3, 0.09, theme.MUSTARD)


def _suitcase(c: Canvas) -> None:
    _ground(c, 1.5, 0.7)
    c.rect(-0.28, -0.86, 0.56, 0.34, "#6B4A5E", 0.12, 0.1)
    c.shaded_rect(-0.62, -0.56, 1.24, 1.26, [(0, "#FFF1DD"), (1, "#D9B48E")], 0.18)
    for x in (-0.36, 0.24):
        c.rect(x, -0.56, 0.12, 1.26, "#A86B4A")
    c.circle(0, 0.1, 0.16, theme.TEAL)


def _gift(c: Canvas) -> None:
    _ground(c, 1.4, 0.66)
    c.shaded_rect(-0.62, -0.3, 1.24, 1.0, [(0, "#FFF3E2"), (1, "#E9BE92")], 0.12)
    c.rect(-0.7, -0.46, 1.4, 0.28, theme.CORAL, 0.08)
    c.rect(-0.1, -0.46, 0.2, 1.16, theme.BRICK)
    for side in (-1, 1):
        c.ring(side * 0.24, -0.6, 0.22, 0.16, 0.1, 1, theme.BRICK)


def _coat(c: Canvas) -> None:
    _ground(c, 1.5, 0.8)
    wool = [(0, "#C9936A"), (1, "#9A6444")]
    c.shaded_polygon(
        [
            (-0.3, -0.8),
            (-0.62, -0.64),
            (-0.86, 0.5),
            (-0.58, 0.56),
            (-0.44, 0.0),
            (-0.52, 0.9),
            (0.52, 0.9),
            (0.44, 0.0),
            (0.58, 0.56),
            (0.86, 0.5),
            (0.62, -0.64),
            (0.3, -0.8),
        ],
        wool,
    )
    c.polygon([(-0.3, -0.8), (0, -0.2), (-0.08, 0.1), (-0.5, -0.5)], "#B27C56")
    c.polygon([(0.3, -0.8), (0, -0.2), (0.08, 0.1), (0.5, -0.5)], "#8A5A3E")
    c.polygon([(-0.3, -0.8), (0.3, -0.8), (0, -0.22)], "#FFF3E2")
    c.line((0, -0.1), (0, 0.88), "#7E5038", 0.05)
    for i in range(3):
        c.circle(-0.12, 0.1 + i * 0.24, 0.055, "#5A3628")
    c.rect(-0.5, 0.22, 1.0, 0.12, "#8A5A3E", 0.04)
    for x in (-0.4, 0.14):
        c.rect(x, 0.46, 0.26, 0.09, "#8A5A3E", 0.03)


def _dress(c: Canvas) -> None:
    _ground(c, 1.3, 0.8)
    c.shaded_polygon(
        [(-0.26, -0.8), (0.26, -0.8), (0.3, -0.1), (0.66, 0.86), (-0.66, 0.86), (-0.3, -0.1)],
        [(0, "#F0A3A0"), (1, "#D9597B")],
    )
    c.rect(-0.32, -0.16, 0.64, 0.12, "#B23A5A", 0.04)


_THINGS = {
    "coat": _coat,
    "dress": _dress,
    "style": _shirt,
    "home": _lamp,
    "beauty": _tube,
    "food": _cup,
    "sport": _shoe,
    "tech": _buds,
    "family": _lunch_box,
    "travel": _suitcase,
    **goods.THINGS,
}


def mark(c: Canvas, name: str, x: float, y: float, r: float, colour) -> None:
    """A small sign of the window itself, about 2r across; fonts lack most of these."""
    _MARKS[name](c.at(x, y, r), colour)


def _play(c: Canvas, colour) -> None:
    c.polygon([(-0.55, -0.8), (0.85, 0), (-0.55, 0.8)], colour)


def _pause(c: Canvas, colour) -> None:
    for x in (-0.65, 0.2):
        c.rect(x, -0.75, 0.45, 1.5, colour, 0.12)


def _faster(c: Canvas, colour) -> None:
    for x in (-0.9, 0.0):
        c.polygon([(x, -0.7), (x + 0.9, 0), (x, 0.7)], colour)


def _skip(c: Canvas, colour) -> None:
    c.polygon([(-0.8, -0.75), (0.35, 0), (-0.8, 0.75)], colour)
    c.rect(0.4, -0.75, 0.36, 1.5, colour, 0.1)


def _next(c: Canvas, colour) -> None:
    c.stroke([(-0.25, -0.6), (0.4, 0), (-0.25, 0.6)], colour, 0.36)


def _up(c: Canvas, colour) -> None:
    c.stroke([(-0.6, 0.25), (0, -0.4), (0.6, 0.25)], colour, 0.36)


def _down(c: Canvas, colour) -> None:
    c.stroke([(-0.6, -0.25), (0, 0.4), (0.6, -0.25)], colour, 0.36)


def _back(c: Canvas, colour) -> None:
    c.stroke([(0.25, -0.6), (-0.4, 0), (0.25, 0.6)], colour, 0.36)


def _check(c: Canvas, colour) -> None:
    c.stroke([(-0.65, 0.05), (-0.15, 0.55), (0.7, -0.5)], colour, 0.34)


def _cross(c: Canvas, colour) -> None:
    c.stroke([(-0.55, -0.55), (0.55, 0.55)], colour, 0.34)
    c.stroke([(0.55, -0.55), (-0.55, 0.55)], colour, 0.34)


def _gear(c: Canvas, colour) -> None:
    for i in range(8):
        a = i * math.pi / 4
        c.circle(math.cos(a) * 0.78, math.sin(a) * 0.78, 0.22, colour)
    c.ring(0, 0, 0.78, 0.78, 0.42, 1, colour)


def _eye(c: Canvas, colour) -> None:
    c.ring(0, 0, 0.95, 0.6, 0.2, 1, colour)
    c.circle(0, 0, 0.3, colour)


def _door(c: Canvas, colour) -> None:
    c.rect(-0.55, -0.8, 1.1, 1.6, colour, 0.2, 0.24)
    c.circle(0.22, 0.05, 0.14, colour)


def _speech(c: Canvas, colour) -> None:
    c.rect(-0.9, -0.75, 1.8, 1.2, colour, 0.4)
    c.polygon([(-0.4, 0.3), (0.2, 0.3), (-0.45, 0.85)], colour)


def _bag(c: Canvas, colour) -> None:
    c.ring(0, -0.35, 0.4, 0.45, 0.17, 0.5, colour, 180)
    c.rect(-0.75, -0.35, 1.5, 1.2, colour, 0.25)


def _return(c: Canvas, colour) -> None:
    c.ring(0, 0.1, 0.72, 0.66, 0.24, 0.72, colour, -100)
    c.polygon([(-0.1, -1.0), (-0.1, -0.1), (-0.75, -0.5)], colour)


def _heart(c: Canvas, colour) -> None:
    c.heart(0, 0, 0.9, colour)


def _globe(c: Canvas, colour) -> None:
    c.ring(0, 0, 0.85, 0.85, 0.2, 1, colour)
    c.ring(0, 0, 0.4, 0.85, 0.16, 1, colour)
    c.rect(-0.8, -0.09, 1.6, 0.18, colour)


def _person(c: Canvas, colour) -> None:
    c.circle(0, -0.42, 0.4, colour)
    c.shaded_rect(-0.68, 0.06, 1.36, 0.85, [(0, colour), (1, colour)], 0.42)


def _clock(c: Canvas, colour) -> None:
    c.ring(0, 0, 0.86, 0.86, 0.22, 1, colour)
    c.stroke([(0, -0.45), (0, 0.05), (0.35, 0.25)], colour, 0.2)


_MARKS = {
    "play": _play, "pause": _pause, "faster": _faster, "skip": _skip, "next": _next, "back": _back,
    "check": _check, "cross": _cross, "gear": _gear, "eye": _eye, "door": _door,
    "speech": _speech, "bag": _bag, "return": _return, "heart": _heart, "globe": _globe,
    "person": _person, "clock": _clock, "up": _up, "down": _down,
}  # fmt: skip
MARKS = tuple(_MARKS)
