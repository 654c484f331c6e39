"""The host on air: one figure whose face and hands follow the act."""

from __future__ import annotations

import math

from sim.ui import theme
from sim.ui.art import icons
from sim.ui.art.canvas import Canvas
from sim.ui.art.people import CLOTHES, HAIRS, SKINS, mixed
from sim.ui.theme import shade

# Which gesture goes with which act; acts that are not named here are told with open hands.
GESTURES = {
    "explain": "hold", "detail": "close", "answer": "point", "prompt": "ask", "poll": "ask",
    "story": "heart", "hype": "cheer", "countdown": "count", "mark_up_then_cut": "cut",
    "hold_back": "hide", "giveaway": "cheer", "honest_discount": "hold", "invite_group": "wave",
    "silence": "rest",
}  # fmt: skip
_EXCITED = {"cheer", "count", "cut"}


def gesture_of(act: str | None) -> str:
    return GESTURES.get(act or "explain", "hold")


def host(c: Canvas, number: int, gesture: str, topic: str, beat: int = 0) -> None:
    """Draw the host about 150 wide and 190 high, cut off below by a counter at y = 190.

    number chooses the looks, gesture the hands and the face, topic the thing on show; beat 0 or 1
    are two moments of the same gesture.
    """
    cloth, hair, skin = _looks(number)
    _hair_behind(c, hair, number)
    _torso(c, cloth, skin)
    _face(c, skin, hair, gesture, number)
    _hands(c, cloth, skin, gesture, topic, beat)


def _looks(number: int):
    if number == 0:
        return theme.TEAL, "#46303A", "#FFDCC2"
    value = int(mixed(number, 40))
    return CLOTHES[value % 12], HAIRS[(value >> 8) % 6], SKINS[(value >> 16) % 4]


def _torso(c: Canvas, cloth, skin) -> None:
    c.shaded_polygon(
        [(40, 142), (58, 128), (92, 128), (110, 142), (118, 194), (32, 194)],
        [(0, shade(cloth, 0.16)), (1, shade(cloth, -0.14))],
    )
    c.rect(66, 112, 18, 24, shade(skin, -0.10), 6)
    c.polygon([(58, 128), (92, 128), (75, 152)], "#FFF6EA")
    c.polygon([(66, 126), (84, 126), (75, 140)], shade(skin, -0.06))
    c.rect(44, 150, 4, 40, (*theme.rgba(shade(cloth, 0.5))[:3], 60), 2)


def _hair_behind(c: Canvas, hair, number: int) -> None:
    kind = number % 3
    if kind == 0:
        c.shaded_circle(76, 30, 13, [(0, shade(hair, 0.14)), (1, hair)])
        c.shaded_rect(46, 38, 58, 68, [(0, shade(hair, 0.12)), (1, hair)], 26)
    elif kind == 1:
        c.shaded_rect(45, 36, 60, 100, [(0, shade(hair, 0.12)), (1, shade(hair, -0.1))], 26)
    else:
        c.shaded_rect(48, 38, 54, 58, [(0, shade(hair, 0.12)), (1, hair)], 24)


def _face(c: Canvas, skin, hair, gesture: str, number: int) -> None:
    c.shaded_rect(52, 52, 46, 60, [(0, shade(skin, 0.14)), (1, skin)], 23)
    for x in (50, 100):
        c.circle(x, 82, 5, shade(skin, -0.06))
    fringe = [(50, 78), (52, 56), (66, 44), (86, 44), (99, 56), (101, 78), (92, 64), (72, 60)]
    c.polygon(fringe, hair)
    wide = gesture in _EXCITED
    for x in (65, 86):
        if gesture == "rest":
            c.ring(x, 82, 4.5, 3, 1.6, 0.5, "#3A2830", 0)
            continue
        tall = 9.5 if wide else 8
        c.ellipse(x - 3, 78, 6, tall, "#3A2830")
        c.circle(x + 1, 80.5, 1.5, "#FFFFFF")
        c.ring(x, 73 - (2 if wide else 0), 5, 3, 1.5, 0.5, shade(hair, -0.1), 180)
    for x in (59, 91):
        c.ellipse(x - 5, 91, 10, 5.6, (242, 120, 100, 115))
    if wide:
        c.ellipse(69, 94, 13, 11, "#8E2F34")
        c.ellipse(71, 100, 9, 5, "#F2857A")
        c.rect(70.5, 94.4, 10, 2.6, "#FFFFFF", 1.2)
    elif gesture in ("ask", "point"):
        c.ellipse(71, 95, 9, 7.4, "#8E2F34")
        c.ellipse(72.5, 99, 6, 3.4, "#F2857A")
    else:
        c.ring(75.5, 94.5, 7, 6, 2.1, 0.5, "#B4443F", 0)
    if number % 3 == 2:
        for x in (65, 86):
            c.circle(x, 83, 8, "#5A3A46", 1.5)
        c.line((73, 82), (78, 82), "#5A3A46", 1.5)


def _arm(c: Canvas, cloth, skin, shoulder, elbow, hand) -> None:
    c.stroke([shoulder, elbow], shade(cloth, -0.10), 17)
    c.stroke([elbow, hand], shade(cloth, -0.06), 14)
    c.circle(*hand, 8.6, skin)


def _hands(c: Canvas, cloth, skin, gesture: str, topic: str, beat: int) -> None:
    lift = 4 * beat
    left, right = (44, 150), (106, 150)
    if gesture == "hold":
        _arm(c, cloth, skin, left, (34, 178), (58, 184))
        icons.thing(c, topic, 138, 96 - lift, 24)
        _arm(c, cloth, skin, right, (126, 160), (136, 124 - lift))
    elif gesture == "close":
        _arm(c, cloth, skin, left, (36, 172), (54, 152 - lift))
        _arm(c, cloth, skin, right, (114, 172), (98, 152 - lift))
        c.circle(76, 146 - lift, 36, (255, 255, 255, 90))
        icons.thing(c, topic, 76, 146 - lift, 30)
        c.ring(76, 146 - lift, 37, 37, 4, 1, (255, 255, 255, 220))
    elif gesture == "point":
        _arm(c, cloth, skin, left, (36, 176), (60, 180))
        _arm(c, cloth, skin, right, (128, 152), (134, 118 - lift))
        c.stroke([(134, 116 - lift), (136, 100 - lift)], skin, 5)
    elif gesture == "ask":
        _arm(c, cloth, skin, left, (26, 164), (20, 136 - lift))
        _arm(c, cloth, skin, right, (124, 164), (130, 136 - lift))
    elif gesture == "heart":
        _arm(c, cloth, skin, left, (40, 176), (66, 158))
        _arm(c, cloth, skin, right, (112, 176), (86, 160))
        c.heart(128, 60 - lift * 2, 9, "#F2606B")
        c.heart(20, 74 + lift, 6, "#FFB3A8")
    elif gesture == "cheer":
        _arm(c, cloth, skin, left, (22, 138), (14, 96 - lift))
        _arm(c, cloth, skin, right, (128, 138), (136, 96 - lift))
        for i in range(6):
            a = math.pi * (1.1 + 0.16 * i)
            c.star(75 + math.cos(a) * 82, 96 + math.sin(a) * (78 + lift), 6, theme.MUSTARD)
    elif gesture == "count":
        _arm(c, cloth, skin, left, (26, 160), (30, 122 - lift))
        _arm(c, cloth, skin, right, (124, 158), (126, 112 - lift))
        c.circle(132, 78, 21, "#FFFFFF")
        c.ring(132, 78, 21, 21, 4.5, 0.72 - 0.2 * beat, theme.CORAL)
        c.stroke([(132, 66), (132, 78), (139, 83)], theme.CORAL, 3)
    elif gesture == "cut":
        _arm(c, cloth, skin, left, (34, 178), (58, 184))
        _arm(c, cloth, skin, right, (126, 158), (130, 124))
        c.polygon([(104, 78), (120, 62), (158, 62), (158, 94), (120, 94)], "#FFE9A8")
        c.circle(120, 78, 3.4, theme.BRICK)
        c.stroke([(130, 86), (152, 70)], theme.POOR, 3.5)
    elif gesture == "hide":
        _arm(c, cloth, skin, left, (34, 178), (58, 184))
        c.shaded_rect(114, 84, 44, 40, [(0, "#E2607A"), (1, "#B23A5A")], 5)
        c.rect(132, 84, 8, 40, theme.MUSTARD)
        c.rect(111, 80 - lift, 50, 10, "#D14C6A", 3)
        _arm(c, cloth, skin, right, (122, 164), (128, 128))
    elif gesture == "wave":
        _arm(c, cloth, skin, left, (34, 178), (58, 184))
        _arm(c, cloth, skin, right, (128, 150), (132 + lift, 108))
    else:
        _arm(c, cloth, skin, left, (38, 180), (64, 186))
        _arm(c, cloth, skin, right, (114, 180), (88, 186))
