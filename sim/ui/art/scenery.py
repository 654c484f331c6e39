"""The world around the shops: dusk sky, skyline, meadow, cobbles, gate, trees, hedges, lamps."""

from __future__ import annotations

import math

from sim.ui.art.canvas import Canvas
from sim.ui.art.people import part
from sim.ui.street.geometry import StreetMap
from sim.ui.theme import mix


class Dice:
    """A fixed sequence of fractions for one drawing; the same on every machine and every time."""

    def __init__(self, seed: int) -> None:
        self._seed, self._count = seed, 0

    def fraction(self) -> float:
        self._count += 1
        return float(part(self._seed * 7919 + self._count, 77))

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.fraction()

    def choose(self, options):
        return options[int(self.fraction() * len(options)) % len(options)]


def tree(c: Canvas, x, y, r, seed, dark="#5E9A72", light="#BBDB9A") -> None:
    """A round tree standing at (x, y), its crown about 2r across."""
    dice = Dice(seed + 400)
    c.soft_ellipse(x - r * 0.7, y - r * 0.12, r * 2.2, r * 0.42, 7, 90)
    trunk = [(0, "#A4735A"), (1, "#7C5346")]
    c.shaded_polygon(
        [
            (x - r * 0.1, y - r * 1.2),
            (x + r * 0.1, y - r * 1.2),
            (x + r * 0.16, y),
            (x - r * 0.16, y),
        ],
        trunk,
    )
    c.stroke([(x, y - r * 0.8), (x + r * 0.36, y - r * 1.25)], "#8C6150", r * 0.07)
    crown = y - r * 1.75
    for layer, (low, high, shift, count) in enumerate(
        ((0, 0.3, 0.16, 16), (0.3, 0.65, 0, 16), (0.65, 1, -0.2, 12))
    ):
        for _ in range(count):
            angle, reach = (
                dice.between(0, 2 * math.pi),
                dice.fraction() ** 0.6 * r * (0.86 - layer * 0.16),
            )
            px = x + math.cos(angle) * reach + shift * r * 0.6
            py = crown + math.sin(angle) * reach * 0.86 + shift * r
            c.circle(
                px,
                py,
                r * dice.between(0.20, 0.34) * (1 - layer * 0.14),
                mix(dark, light, dice.between(low, high)),
            )


def hedge(
    c: Canvas, x, y, width, height, seed, flowers=True, dark="#5F9468", light="#B8D68F"
) -> None:
    """A clipped row of bushes from x to x + width, its foot at y."""
    dice = Dice(seed + 900)
    c.soft_ellipse(x, y - height * 0.18, width * 1.06, height * 0.4, 5, 85)
    count = max(6, int(width / height * 6))
    for layer, (low, high, up) in enumerate(((0, 0.35, 0.35), (0.3, 0.7, 0.55), (0.65, 1, 0.78))):
        for i in range(count):
            px = x + width * (i + dice.between(0.1, 0.9)) / count
            py = y - height * up * dice.between(0.75, 1.05)
            c.circle(
                px,
                py,
                height * dice.between(0.3, 0.42) * (1 - layer * 0.18),
                mix(dark, light, dice.between(low, high)),
            )
    if flowers:
        for _ in range(int(width / 7)):
            colour = dice.choose(("#FFE3DA", "#FFD76E", "#FFFFFF", "#F58C7A"))
            c.circle(
                x + dice.between(0.04, 0.96) * width,
                y - height * dice.between(0.25, 1.0),
                height * 0.085,
                colour,
            )


def plant(c: Canvas, x, y, r, seed) -> None:
    """A flower pot about 2r across, standing at (x, y)."""
    dice = Dice(seed + 1300)
    c.soft_ellipse(x - r * 1.1, y - r * 0.2, r * 2.6, r * 0.5, 5, 80)
    c.shaded_rect(
        x - r * 0.62, y - r * 0.9, r * 1.24, r * 0.95, [(0, "#E79A6D"), (1, "#B9633F")], r * 0.2
    )
    c.rect(x - r * 0.72, y - r * 0.95, r * 1.44, r * 0.24, "#F0AC80", r * 0.1)
    for _ in range(16):
        angle, reach = dice.between(math.pi * 1.02, math.pi * 1.98), dice.between(0.3, 1.0) * r
        colour = mix("#4F8A66", "#A8CF8E", dice.fraction())
        c.circle(
            x + math.cos(angle) * reach,
            y - r * 1.05 + math.sin(angle) * reach * 1.1,
            r * dice.between(0.28, 0.42),
            colour,
        )
    for _ in range(4):
        c.circle(
            x + dice.between(-0.8, 0.8) * r,
            y - r * dice.between(1.2, 2.0),
            r * 0.14,
            dice.choose(("#FFD2C4", "#FFE08A", "#FFFFFF")),
        )


def sky(c: Canvas, width: float, horizon: float) -> None:
    """Warm dusk with a low sun behind the gate, clouds and a far town."""
    tall = horizon + 40
    stops = [(0, "#F0906F"), (0.35, "#FFBA8E"), (0.72, "#FFDDB4"), (1, "#FFEFD4")]
    c.shaded_rect(0, 0, width + 1, tall, stops)
    middle = width / 2
    c.glow(middle, horizon, 460, "#FFD9A0", 0.6, 1.5)
    c.glow(middle, horizon - 44, 130, "#FFF0C0", 0.8)
    c.circle(middle, horizon - 44, 30, (255, 248, 224, 235))
    for x, y, k in ((-490, 72, 1.15), (-284, 48, 0.7), (310, 66, 0.95), (510, 48, 0.8)):
        _cloud(c, middle + x, horizon - y, k)
    _town(c, width, horizon)


def _cloud(c: Canvas, x, y, k) -> None:
    puffs = ((-44, 6, 14), (-22, -3, 21), (6, -9, 26), (30, 0, 19), (50, 7, 12))
    box = c.box(x - 70 * k, y - 44 * k, 150 * k, 70 * k)
    layer = Canvas.new(150 * k, 70 * k, c.unit)
    layer.surface.fill((255, 247, 232, 0))
    for dx, dy, r in puffs:
        layer.circle(70 * k + dx * k, 44 * k + dy * k, r * k, "#FFF4E2")
    layer.rect(12 * k, 50 * k, 122 * k, 14 * k, "#FFF4E2", 7 * k)
    layer.surface.set_alpha(120)
    c.surface.blit(layer.surface, box.topleft)


def _town(c: Canvas, width: float, horizon: float) -> None:
    dice = Dice(12)
    for base, colour, low, high in ((horizon, "#F5BF9E", 34, 84), (horizon + 8, "#ECA88E", 18, 58)):
        x = -10.0
        while x < width + 10:
            wide, tall = dice.between(34, 74), dice.between(low, high)
            tall *= 0.45 + 0.8 * abs(x + wide / 2 - width / 2) / (width / 2)
            c.shaded_rect(
                x,
                base - tall,
                wide,
                tall + 20,
                [(0, mix(colour, "#FFE9CF", 0.12)), (1, mix(colour, "#FFE9CF", 0.65))],
                3,
            )
            if dice.fraction() < 0.5:
                c.polygon(
                    [
                        (x - 2, base - tall + 1),
                        (x + wide / 2, base - tall - 13),
                        (x + wide + 2, base - tall + 1),
                    ],
                    mix(colour, "#D98A78", 0.35),
                )
            for i in range(int((wide - 8) / 11)):
                for j in range(int((tall - 9) / 13)):
                    if dice.fraction() < 0.5:
                        lit = (
                            (255, 244, 208, 215) if dice.fraction() < 0.66 else (217, 135, 111, 90)
                        )
                        c.rect(x + 7 + i * 11, base - tall + 9 + j * 13, 4.5, 6, lit, 1)
            x += wide + dice.between(-3, 7)


def ground(c: Canvas, street: StreetMap) -> None:
    """Meadow, pavement and cobbled street running to the gate."""
    width, height, horizon = street.width, street.height, street.horizon
    stops = [(0, "#F6E6B6"), (0.22, "#E0E2A4"), (1, "#B0CA82")]
    c.shaded_rect(0, horizon, width + 1, height - horizon + 2, stops)
    dice = Dice(31)
    for _ in range(int(700 * width * (height - horizon) / (1280 * 548))):
        y = horizon + 4 + (height - horizon) * dice.fraction() ** 0.8
        k = 0.5 + (y - horizon) / 500
        tuft = (252, 244, 196, 60) if dice.fraction() < 0.5 else (160, 188, 114, 60)
        c.ellipse(dice.between(0, width), y, 16 * k, 3.2 * k, tuft)

    def edge(v: float, beyond: float, side: int) -> tuple[float, float]:
        x, y, scale = street.point(side, v)
        return x + side * beyond * scale, y

    steps = [i / 30 for i in range(34)]
    left, right = [edge(v, 30, -1) for v in steps], [edge(v, 30, 1) for v in steps]
    c.shaded_polygon(left + right[::-1], [(0, "#FFF0DA"), (1, "#F3D3AE")])
    for i in range(28):
        v = (i / 26) ** 1.1
        for side in (-1, 1):
            c.line(edge(v, 30, side), edge(v, 0, side), "#DDB48C", 1)
    c.soft_polygon(
        [edge(v, 4, -1) for v in steps] + [edge(v, 4, 1) for v in steps][::-1], "#9A5A48", 95, 5
    )
    left, right = [edge(v, 0, -1) for v in steps], [edge(v, 0, 1) for v in steps]
    c.shaded_polygon(left + right[::-1], [(0, "#FBE0C0"), (0.35, "#EFC79F"), (1, "#DDA37B")])
    _cobbles(c, street)
    beam = [street.point(u, v)[:2] for u, v in ((-0.3, 0), (0.5, 0), (0.62, 1), (-0.05, 1))]
    c.soft_polygon(beam, "#FFF3D2", 75, 26)


def _cobbles(c: Canvas, street: StreetMap) -> None:
    dice = Dice(3)
    rows, across = 66, 17
    for r in range(rows):
        v0, v1 = (r / (rows - 2)) ** 1.08, ((r + 1) / (rows - 2)) ** 1.08
        for i in range(across):
            u0 = -1 + 2 * (i + (0.5 if r % 2 else 0)) / across
            u1 = min(u0 + 2 / across, 1)
            tone = dice.fraction() * 0.75
            if u0 >= 0.99:
                continue
            colour = mix(
                mix("#FFE9CC", "#F2C79E", min(1, v0)), mix("#F6D4AC", "#CF946F", min(1, v0)), tone
            )
            a, b = street.point(u0 + 0.012, v0), street.point(u1 - 0.012, v0)
            d, e = street.point(u0 + 0.012, v1), street.point(u1 - 0.012, v1)
            gap = (d[1] - a[1]) * 0.08
            c.polygon(
                [(a[0], a[1] + gap), (b[0], b[1] + gap), (e[0], e[1] - gap), (d[0], d[1] - gap)],
                colour,
            )


def far_hedges(c: Canvas, street: StreetMap) -> None:
    base = street.horizon
    for side in (-1, 1):
        x, i = street.centre + side * 96, 0
        while abs(x - street.centre) < street.width / 2 + 60:
            wide = 54 + (i * 37) % 40
            hedge(
                c,
                x if side > 0 else x - wide,
                base + 11 + (i % 3) * 3,
                wide,
                20 + (i * 13) % 12,
                60 + i + (side > 0) * 20,
                False,
                "#7FA97E",
                "#D3DDA0",
            )
            x += side * (wide - 8)
            i += 1


GATE_SCALE = 0.60


def gate(c: Canvas, street: StreetMap) -> None:
    """The gate at the far end; its name is set later, in the reader's language."""
    g = c.at(street.centre, street.horizon + 6, GATE_SCALE)
    for side in (-1, 1):
        g.soft_ellipse(side * 170 - 22, -4, 60, 14, 6, 90)
        g.shaded_rect(side * 170 - 10, -112, 20, 114, [(0, "#D9694E"), (1, "#A9443C")], 4)
        g.rect(side * 170 - 7, -108, 4, 104, (255, 214, 180, 70), 2)
        g.rect(side * 170 - 15, -6, 30, 10, "#8C3C3A", 3)
    g.shadow(-206, -142, 412, 40, 10, 8, 70, 0, 6)
    g.shaded_rect(-206, -142, 412, 40, [(0, "#E2704F"), (1, "#B84A3E")], 12)
    g.rect(-200, -137, 400, 30, (255, 236, 200, 120), 9, 2)
    g.polygon([(-226, -140), (226, -140), (196, -166), (-196, -166)], "#8C3F4A")
    g.polygon([(-226, -140), (226, -140), (222, -147), (-222, -147)], "#B9606A")
    for x in (-120, -60, 60, 120):
        g.line((x, -102), (x, -92), "#7A3A3A", 2)
        g.glow(x, -80, 44, "#FFB060", 0.55)
        g.shaded_circle(x, -80, 12, [(0, "#FFA070"), (1, "#E2493F")])
        g.rect(x - 6, -94, 12, 4, "#8C3C3A", 1)
        g.rect(x - 6, -69, 12, 4, "#8C3C3A", 1)


def gate_name_box(street: StreetMap) -> tuple[float, float, float, float]:
    k = GATE_SCALE
    return street.centre - 196 * k, street.horizon + 6 - 137 * k, 392 * k, 30 * k


LAMPS = (0.335, 0.665)


def lamps(c: Canvas, street: StreetMap) -> None:
    """Street lamps and the strings of bulbs between them; they hang in front of the people."""
    for v in LAMPS:
        for side in (-1, 1):
            x, y, k = street.point(side, v)
            _lamp(c.at(x + side * 16 * k, y, k))
        (xa, y, k), (xb, _, _) = street.point(-1, v), street.point(1, v)
        _string(c, xa - 16 * k, xb + 16 * k, y - 108 * k, k)


def _lamp(p: Canvas) -> None:
    p.soft_ellipse(-10, -3, 24, 7, 3, 100)
    p.shaded_rect(-2.2, -92, 4.4, 94, [(0, "#8A5560"), (1, "#553440")], 1)
    p.rect(-5.5, -4, 11, 6, "#553440", 2)
    p.glow(0, -100, 46, "#FFB050", 0.5)
    p.rect(-9, -112, 18, 22, "#5A3640", 6)
    p.shaded_rect(-6.5, -109, 13, 16, [(0, "#FFFBE6"), (1, "#FFD27A")], 4)
    p.polygon([(-11, -110), (11, -110), (0, -120)], "#5A3640")


def _string(c: Canvas, x0, x1, y, k) -> None:
    def at(t: float) -> tuple[float, float]:
        return x0 + (x1 - x0) * t, y + 13 * k * 4 * t * (1 - t)

    c.stroke([at(i / 60) for i in range(61)], "#6B3F48", 1.0 * k)
    for i in range(1, 15):
        x, level = at(i / 15)
        c.line((x, level), (x, level + 4 * k), "#6B3F48", 0.8)
        c.glow(x, level + 8 * k, 15 * k, "#FFB050", 0.55)
        c.shaded_circle(
            x,
            level + 8 * k,
            3.6 * k,
            [(0, "#FFFFFF"), (1, ("#FFF2C0", "#FFD9A0", "#FFE9B0")[i % 3])],
        )
