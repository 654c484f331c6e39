"""Shopfronts, lit rooms, note cards: all in the shop's own units, its bottom left at the origin."""

from __future__ import annotations

from sim.ui.art import icons
from sim.ui.art.canvas import Canvas
from sim.ui.art.scenery import plant
from sim.ui.street.geometry import Plot
from sim.ui.theme import CORAL, MUSTARD, PLUM, ROSE, SKY, TEAL, mix, shade

# Awning, wall, roof of a shop, by host number; host 0 is ours.
STYLES = (
    ("#E2574F", "#FFE0CF", "#C9636A"),
    (TEAL, "#FBE6C8", "#C97F62"),
    ("#E98A8A", "#FFE9DC", "#B86A6A"),
    ("#EFA93A", "#FDE8BF", "#B87A4A"),
    ("#6FA97C", "#F6ECCB", "#8C8A5A"),
    ("#5F9FC0", "#F7EADA", "#6D8AA0"),
    ("#A57BB0", "#F8E6E4", "#8A6A8A"),
    ("#D98A5A", "#FBEBD2", "#A8744E"),
)


def style(host: int) -> tuple[str, str, str]:
    """(awning, wall, roof) of a host's shop."""
    return STYLES[host % len(STYLES)] if host else STYLES[0]


def sign_colour(host: int):
    return "#8A3A5A" if host == 0 else shade(style(host)[0], -0.14)


def shop(c: Canvas, plot: Plot) -> None:
    """The front of one shop without its words and without what is in its window."""
    awning, wall, roof = style(plot.host)
    c = c.at(plot.left, plot.base, plot.size, plot.width if plot.mirrored else None)
    _shell(c, plot, wall, roof)
    _door(
        c,
        plot.width - (74 if plot.ours else 78),
        55,
        112 if plot.ours else 104,
        PLUM if plot.ours else awning,
    )
    x, y, width, height = plot.window
    frame = "#6A3550" if plot.ours else shade(awning, -0.30)
    c.shadow(x - 4, y - 4, width + 8, height + 8, 12, 6, 60, 0, 2)
    c.rect(x - 5, y - 5, width + 10, height + 10, frame, 13 if plot.has_room else 10)
    closed_window(c, plot)
    c.rect(x - 9, y + height + 3, width + 18, 7, shade(wall, 0.5), 3)
    top = -plot.height + (17 if plot.ours else 27)
    _awning(c, 2, top, plot.width - 4, 24 if plot.ours else 22, awning)
    _sign(c, plot)
    plant(c, plot.width - 84 if not plot.ours else 308, 4, 9.5, plot.host * 2)
    plant(c, -2, 3, 8.5, plot.host * 2 + 1)
    c.glow(x + width / 2, -4, 130, "#FFC27A", 0.30, 1.4)
    lamp = plot.width - 90
    c.rect(lamp - 1, -112, 2, 10, "#6D4438")
    c.glow(lamp, -97, 34, "#FFB14A", 0.6)
    c.shaded_rect(lamp - 5, -104, 10, 13, [(0, "#FFF3C4"), (1, "#FFC766")], 4)


def closed_window(c: Canvas, plot: Plot) -> None:
    """The window when nothing is on air: warm light on a plain wall."""
    x, y, width, height = plot.window
    c.shaded_rect(x, y, width, height, [(0, "#FFEFD0"), (1, "#F4CC9E")], 9)
    c.glow(x + width / 2, y + height * 0.45, width * 0.5, "#FFFBEA", 0.5)


def _shell(c: Canvas, plot: Plot, wall, roof) -> None:
    width, height = plot.width, plot.height
    deep, rise = 20, 30
    side = [(width - 6, 4), (width + 66, -6), (width + 84, -62), (width + 22, -96)]
    if plot.mirrored:
        side = [(width - 20, 8), (width + 26, 2), (width + 14, -60), (width - 20, -40)]
    c.soft_polygon(side, "#6B3340", 60, 11)
    c.soft_ellipse(-8, -9, width + 26, 20, 9, 110)
    c.shaded_polygon(
        [
            (width - 1, 0),
            (width + deep, -rise),
            (width + deep, -height - rise * 0.55),
            (width - 1, -height),
        ],
        [(0, shade(wall, -0.16)), (1, shade(wall, -0.34))],
    )
    c.shaded_polygon(
        [
            (4, -height + 1),
            (width, -height + 1),
            (width + deep, -height - rise * 0.55),
            (deep + 6, -height - rise * 0.55),
        ],
        [(0, shade(roof, 0.12)), (1, shade(roof, -0.12))],
    )
    c.shaded_rect(
        0,
        -height,
        width,
        height,
        [(0, shade(wall, 0.30)), (0.55, wall), (1, shade(wall, -0.07))],
        5,
    )
    c.rect(0, -9, width, 9, shade(wall, -0.22))
    c.rect(-4, -height - 3, width + 8, 8, shade(wall, 0.45), 4)
    c.rect(-4, -height + 4, width + 8, 2.2, shade(wall, -0.2))


def _door(c: Canvas, x, width, height, colour) -> None:
    flat = {"bottom_left": 0.0, "bottom_right": 0.0}
    c.rect(x - 5, -height - 5, width + 10, height + 5, shade(colour, -0.28), 9, **flat)
    c.shaded_rect(
        x, -height, width, height, [(0, "#FFE9B8"), (0.5, "#FFCF8A"), (1, "#F2A765")], 7, **flat
    )
    leaf = width * 0.42
    c.shaded_rect(
        x, -height, leaf, height, [(0, shade(colour, 0.1)), (1, shade(colour, -0.12))], 7, **flat
    )
    c.shaded_rect(x + 5, -height + 9, leaf - 10, height * 0.44, [(0, "#FFF3D6"), (1, "#FBD9A2")], 4)
    c.circle(x + leaf - 5, -height * 0.42, 2.4, MUSTARD)
    for i in range(3):
        c.rect(x + width * 0.5, -height + 22 + i * 22, width * 0.44, 3, (168, 98, 58, 120), 1)
    for i, goods in enumerate((CORAL, TEAL, MUSTARD, ROSE, SKY, "#B58BC2")):
        c.rect(x + width * 0.52 + (i % 3) * 7.5, -height + 12 + (i // 3) * 22, 5.2, 10, goods, 1.5)
    c.ellipse(x - 8, -5, width + 16, 13, (120, 62, 52, 120))
    c.ellipse(x - 6, -6, width + 12, 11, shade(colour, 0.25))


def _awning(c: Canvas, x, y, width, height, colour, count=13) -> None:
    c.shadow(x + 3, y + height - 2, width - 6, 13, 6, 8, 120, 0, 6)
    wide = width / count
    for i in range(count):
        stripe = colour if i % 2 == 0 else "#FFF8EE"
        dark = mix(stripe, "#8A4A3A", 0.22)
        upper = x + 6 + (width - 12) * i / count
        c.shaded_polygon(
            [
                (upper, y),
                (upper + (width - 12) / count, y),
                (x + wide * (i + 1), y + height),
                (x + wide * i, y + height),
            ],
            [(0, shade(stripe, 0.22)), (1, stripe)],
        )
        c.shaded_rect(
            x + wide * i,
            y + height - 1,
            wide + 0.3,
            9,
            [(0, mix(stripe, dark, 0.35)), (1, dark)],
            0,
            bottom_left=wide * 0.5,
            bottom_right=wide * 0.5,
        )
    c.rect(x + 5, y - 3, width - 10, 4.5, shade(colour, -0.25), 2)


def sign_box(plot: Plot) -> tuple[float, float, float, float]:
    """The sign over the shop, in the shop's own units."""
    if plot.ours:
        return plot.width / 2 - 122, -plot.height - 14, 244, 34
    return plot.width / 2 - 112, -plot.height - 9, 224, 30


def _sign(c: Canvas, plot: Plot) -> None:
    x, y, width, height = sign_box(plot)
    colour = sign_colour(plot.host)
    c.shadow(x, y, width, height, height / 2, 6, 80, 0, 3)
    c.shaded_rect(
        x, y, width, height, [(0, shade(colour, 0.10)), (1, shade(colour, -0.14))], height / 2
    )
    c.rect(x + 2.5, y + 2.5, width - 5, height - 5, (255, 246, 226, 110), height / 2 - 2, 1.1)


# -- what is in the window -------------------------------------------------------------------------
def lit_room(c: Canvas, width: float, height: float, colour, ours: bool) -> None:
    """The inside of a live room as seen through its window, without host, crowd and words."""
    c.shaded_rect(0, 0, width, height, [(0, "#FF9E7D"), (0.55, "#FFC79A"), (1, "#FFE2BD")], 9)
    centre, lamp = width / 2, height * 0.44
    for r, alpha in ((0.52, 40), (0.38, 60), (0.25, 70)):
        c.circle(centre, lamp, height * r, (255, 248, 230, alpha))
    for x in (14, width - 68):
        for j in range(2):
            y = height * (0.30 + 0.21 * j)
            c.rect(x, y, 54, 4, "#B56A4C", 2)
            for i in range(4):
                tall = 12 + (i * 7 + j * 5) % 13
                goods = (TEAL, "#FFF6EA", MUSTARD, CORAL, SKY, ROSE)[(i + j * 2) % 6]
                c.shaded_rect(
                    x + 3 + i * 13,
                    y - tall,
                    10,
                    tall,
                    [(0, shade(goods, 0.25)), (1, shade(goods, -0.08))],
                    2.5,
                )
    c.glow(centre, lamp, height * 0.62, "#FFF0D0", 0.6, 1.5)
    radius = height * 0.31
    c.circle(centre, lamp, radius + 3, (255, 255, 255, 120), 12)
    c.circle(centre, lamp, radius, "#FFFFFF", 6)


def counter(c: Canvas, width: float, height: float, colour) -> None:
    """The counter before the host, over the lower part of the window."""
    top = height - 40
    c.shaded_rect(0, top, width, 40, [(0, "#E8895E"), (1, "#C7643F")], 9, top_left=0, top_right=0)
    c.rect(0, top - 3, width, 6, "#FFD3A6", 3)


def window_shine(c: Canvas, width: float, height: float) -> None:
    c.polygon(
        [(width * 0.70, 0), (width * 0.82, 0), (width * 0.66, height), (width * 0.54, height)],
        (255, 255, 255, 20),
    )
    c.rect(0, 0, width, height, (255, 255, 255, 80), 9, 1.6)


def card(c: Canvas, width: float, height: float, topic: str) -> None:
    """A note's card: its cover on the left, room for words on the right."""
    c.shadow(0, 0, width, height, 9, 8, 90, 0, 4)
    c.rect(0, 0, width, height, "#FFFDF9", 9)
    side = height - 12
    top, bottom = icons.cover(topic)
    c.shaded_rect(6, 6, side * 1.06, side, [(0, top), (1, bottom)], 7)
    c.circle(6 + side * 0.9, 6 + side * 0.2, side * 0.12, (255, 255, 255, 60))
    c.circle(6 + side * 0.2, 6 + side * 0.84, side * 0.2, (255, 255, 255, 45))
    icons.thing(c, topic, 6 + side * 0.53, 6 + side * 0.52, side * 0.36)


def easel(c: Canvas, topic: str) -> None:
    """A stand with a note's cover, 52 wide and 70 high, for shops whose window is a live room."""
    c.soft_ellipse(2, 62, 48, 10, 4, 100)
    for x0, x1 in ((12, 4), (40, 48)):
        c.line((x0, 40), (x1, 68), "#8A5A44", 3)
    c.shadow(3, 2, 46, 52, 5, 4, 80, 0, 2)
    c.rect(3, 2, 46, 52, "#FFFDF9", 5)
    top, bottom = icons.cover(topic)
    c.shaded_rect(6, 5, 40, 36, [(0, top), (1, bottom)], 4)
    icons.thing(c, topic, 26, 23, 14)


def badge(c: Canvas, width: float, height: float, top, bottom) -> None:
    """A small pill."""
    c.shaded_rect(0, 0, width, height, [(0, top), (1, bottom)], height / 2)
