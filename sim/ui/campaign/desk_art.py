"""The desk at dusk and the paper things that lie on it."""

from __future__ import annotations

import math

from sim.ui import theme
from sim.ui.art.canvas import Canvas
from sim.ui.art.people import part
from sim.ui.painter import Box, Painter

_WOOD = ("#C98A5C", "#BE7E52", "#C58658", "#B8784E", "#CC8F62")


def desk(painter: Painter) -> None:
    """The wooden desk in the light of a window at dusk, behind everything."""
    size = painter.surface.get_size()
    width, height = painter.width, painter.height

    def make():
        # One large picture: drawn finer than the window only where that costs little.
        fine = 1.5 if painter.unit < 1.6 else 1.0
        canvas = Canvas.new(width, height, painter.unit * fine)
        _planks(canvas, width, height)
        _light(canvas, width, height)
        _props(canvas, width, height)
        return canvas.finish(painter.unit)

    painter.surface.blit(painter.pictures.get(("desk", size), make), (0, 0))


def _planks(c: Canvas, width: float, height: float) -> None:
    rows = int(height // 96) + 1
    high = height / rows
    for row in range(rows):
        tone = _WOOD[row % len(_WOOD)]
        top = row * high
        c.shaded_rect(
            0, top, width, high + 1,
            [(0, theme.shade(tone, 0.10)), (0.5, tone), (1, theme.shade(tone, -0.10))],
        )  # fmt: skip
        for line in range(7):
            seed = row * 31 + line
            y = top + 8 + (high - 16) * float(part(seed, 201))
            bend = 3 + 5 * float(part(seed, 202))
            start = width * float(part(seed, 203)) * 0.5
            length = width * (0.3 + 0.5 * float(part(seed, 204)))
            points = [
                (start + length * i / 24, y + bend * math.sin(i / 24 * math.pi * 2 + seed))
                for i in range(25)
            ]
            c.stroke(points, theme.shade(tone, -0.12), 0.8)
        c.rect(0, top + high - 1.6, width, 1.6, "#7E4A34")
        c.rect(0, top + high, width, 0.9, theme.shade(tone, 0.22))
        joint = width * (0.2 + 0.6 * float(part(row, 205)))
        c.rect(joint, top, 1.4, high - 1, "#8A5640")


def _light(c: Canvas, width: float, height: float) -> None:
    # The light of the window falls across the desk in two panes.
    for left, wide in ((0.04, 0.30), (0.38, 0.26)):
        a, b = width * left, width * (left + wide)
        lean = height * 0.34
        c.soft_polygon(
            [(a, 0), (b, 0), (b + lean, height), (a + lean, height)], "#FFD9A0", 52, 40
        )  # fmt: skip
    c.glow(width * 0.16, -30, width * 0.55, "#FFC98A", 0.42, 1.6)
    c.glow(width * 1.02, height * 1.05, width * 0.6, "#4A2440", 0.46, 1.5)
    c.glow(-20, height * 1.1, width * 0.34, "#5A2A3A", 0.34, 1.5)


def _props(c: Canvas, width: float, height: float) -> None:
    """A cup, a pencil and a sprig at the lower edge, where no paper lies."""
    y = height - 30
    c.soft_ellipse(width - 76, y - 4, 66, 30, 8, 110)
    c.circle(width - 46, y - 8, 30, "#F6E8DA")
    c.circle(width - 46, y - 8, 25, "#6E432F")
    c.circle(width - 50, y - 12, 17, "#8B5A3C")
    c.ring(width - 17, y - 2, 11, 11, 5, 1, "#F6E8DA")


def paper(painter: Painter, box: Box, kind: str) -> None:
    """A thing on the desk: kind is live, notes, phone, receipt, shelf, letter, sticky or sheet."""
    width, height = box[2], box[3]
    draw = _KINDS[kind]
    painter.art(("desk thing", kind), box, lambda c: draw(c, width, height), bleed=18)
    painter.recorder.cover(painter.pixels(box))


def _sheet(c: Canvas, w: float, h: float, top="#FFFDF8", bottom="#FBEFE0", radius=8) -> None:
    c.shadow(0, 0, w, h, radius, 9, 120, 2, 6)
    c.shaded_rect(0, 0, w, h, [(0, top), (1, bottom)], radius)
    c.rect(0, 0, w, h, (255, 255, 255, 120), radius, 1)


def _live(c: Canvas, w: float, h: float) -> None:
    _sheet(c, w, h, "#FFF6E9", "#FBE6D2", 10)
    c.shaded_rect(
        0, 0, w, 34, [(0, "#5B3345"), (1, "#46283A")], 0, top_left=10, top_right=10
    )  # fmt: skip
    # The stripes of a clapper run along its lower edge.
    for i in range(int(w // 22) + 1):
        a = i * 22.0
        if a + 18 <= w:
            c.polygon([(a, 34), (a + 11, 34), (a + 18, 40), (a + 7, 40)], theme.CORAL)


def _notes(c: Canvas, w: float, h: float) -> None:
    for i, tilt in ((2, 7), (1, 3.5)):
        c.shadow(tilt, -tilt * 0.6, w - tilt, h, 8, 7, 60, 1, 4)
        c.rect(tilt, -tilt * 0.6, w - tilt, h, "#F3E3D0" if i == 2 else "#F8EBDC", 8)
    _sheet(c, w, h, "#FFFFFF", "#FDF3E8")
    for x in (w * 0.12, w * 0.82):
        c.polygon(
            [(x, -7), (x + 62, -5), (x + 60, 9), (x - 2, 7)], (244, 182, 70, 190)
        )  # fmt: skip


def _phone(c: Canvas, w: float, h: float) -> None:
    c.shadow(0, 0, w, h, 22, 10, 140, 2, 7)
    c.shaded_rect(0, 0, w, h, [(0, "#4E3846"), (1, "#36242F")], 22)
    c.rect(1, 1, w - 2, h - 2, (255, 255, 255, 60), 21, 1.2)
    c.shaded_rect(8, 8, w - 16, h - 16, [(0, "#EAF5F0"), (1, "#DDEBE4")], 15)
    c.shaded_rect(
        8, 8, w - 16, 34, [(0, "#4BA79C"), (1, "#3E9C93")], 0, top_left=15, top_right=15
    )  # fmt: skip


def _receipt(c: Canvas, w: float, h: float) -> None:
    c.shadow(0, 0, w, h - 6, 4, 9, 110, 2, 6)
    teeth = max(4, int(w // 13))
    step = w / teeth
    edge = [(0, 0), (w, 0)]
    for i in range(teeth):
        right = w - i * step
        edge += [(right, h - 5), (right - step / 2, h)]
    edge += [(0, h - 5)]
    c.shaded_polygon(edge, [(0, "#FFFFFF"), (1, "#F6F0E8")])
    for i in range(int(w // 12)):
        c.rect(10 + i * 12, 36, 6, 1.2, (67, 48, 59, 90))


def _shelf(c: Canvas, w: float, h: float) -> None:
    c.shadow(0, 0, w, h, 8, 9, 130, 2, 6)
    c.shaded_rect(0, 0, w, h, [(0, "#A5694A"), (1, "#8A5339")], 8)
    c.rect(2, 2, w - 4, 3, (255, 230, 200, 70), 2)
    c.shaded_rect(8, 8, w - 16, h - 16, [(0, "#F8E6CF"), (1, "#EDD0AE")], 5)
    c.shaded_rect(8, 8, w - 16, 8, [(0, (90, 50, 40, 90)), (1, (90, 50, 40, 0))], 5)


def _letter(c: Canvas, w: float, h: float) -> None:
    _sheet(c, w, h, "#FBF6FA", "#F0E4EC", 6)
    c.circle(w - 24, 20, 13, theme.shade(theme.PLUM, -0.12))
    c.circle(w - 24, 20, 10, theme.PLUM)
    c.star(w - 24, 20, 6, "#E8CFE0")


def _sticky(c: Canvas, w: float, h: float) -> None:
    c.shadow(2, 4, w - 4, h - 4, 3, 9, 120, 3, 8)
    c.shaded_polygon(
        [(0, 0), (w, 0), (w, h - 14), (w - 16, h), (0, h)], [(0, "#FFE08A"), (1, "#F9CC62")]
    )  # fmt: skip
    c.polygon([(w, h - 14), (w - 16, h), (w - 15, h - 13)], "#DDAE45")


def _plain(c: Canvas, w: float, h: float) -> None:
    _sheet(c, w, h, radius=12)


def _calendar(c: Canvas, w: float, h: float) -> None:
    _sheet(c, w, h, "#FFFFFF", "#FFF6EA", 8)
    for i in range(int(w // 44)):
        x = 22 + i * 44
        c.rect(x - 3, -6, 6, 13, "#8A6A5E", 3)
        c.rect(x - 2, -5, 2, 10, "#D9BFAE", 1)


_KINDS = {
    "live": _live, "notes": _notes, "phone": _phone, "receipt": _receipt, "shelf": _shelf,
    "letter": _letter, "sticky": _sticky, "sheet": _plain, "calendar": _calendar,
}  # fmt: skip


def tin(c: Canvas) -> None:
    """The cash tin, 40 across."""
    c.soft_ellipse(2, 30, 36, 9, 4, 110)
    c.shaded_rect(2, 12, 36, 24, [(0, "#E56D5B"), (1, "#B94735")], 5)
    c.shaded_rect(0, 6, 40, 10, [(0, "#F28A76"), (1, "#D65A46")], 4)
    c.rect(14, 9, 12, 3, "#7A2E26", 1.5)
    c.circle(20, 25, 6, theme.MUSTARD)
    c.rect(18.8, 21.5, 2.4, 7, "#A8701A", 1)


def camera(c: Canvas, colour) -> None:
    """A live on the calendar, 14 across."""
    c.rect(0, 3, 9.5, 8.5, colour, 2.4)
    c.polygon([(9, 7.2), (14, 3.6), (14, 10.8)], colour)


def leaf(c: Canvas, colour) -> None:
    """A note on the calendar, 12 across."""
    c.rect(1, 0, 10, 12, colour, 2)
    for y in (3, 6, 9):
        c.rect(3, y - 0.6, 6, 1.2, "#FFFFFF")
