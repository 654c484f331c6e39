"""The still part of the street as one picture for a window of one size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pygame
import pygame.surfarray

from sim.ui.art import scenery, shops
from sim.ui.art.canvas import Canvas
from sim.ui.street.geometry import StreetMap


@dataclass(frozen=True)
class Scene:
    """background   opaque picture of everything behind the people
    lights          premultiplied picture of lamps and bulbs, before the people
    lights_at       where `lights` goes, in pixels
    street          the geometry it was built from
    """

    background: pygame.Surface
    lights: pygame.Surface
    lights_at: tuple[int, int]
    street: StreetMap


def sampling_for(unit: float) -> float:
    """How many times too large the scene is drawn before it is shrunk; bounded by memory."""
    return 3.0 if unit <= 1.05 else 2.0 if unit < 2.4 else 1.5


def build_scene(size: tuple[int, int], unit: float, street: StreetMap) -> Scene:
    """Draw the street for a window of `size` pixels with `unit` pixels to the design unit."""
    sampling = sampling_for(unit)
    big = pygame.Surface((round(size[0] * sampling), round(size[1] * sampling)))
    canvas = Canvas(big, unit * sampling)
    scenery.sky(canvas, street.width, street.horizon)
    scenery.ground(canvas, street)
    scenery.far_hedges(canvas, street)
    scenery.gate(canvas, street)
    _forecourts(canvas, street)
    _shops(canvas, street)
    _flower_beds(canvas, street)
    background = _graded(pygame.transform.smoothscale(big, size))
    del big, canvas
    layer = Canvas.new(size[0] / unit, size[1] / unit, unit * sampling)
    scenery.lamps(layer, street)
    lights = layer.finish(unit)
    del layer
    ink = lights.get_bounding_rect()
    return Scene(background, lights.subsurface(ink).copy(), ink.topleft, street)


def _forecourts(c: Canvas, street: StreetMap) -> None:
    for plot in street.plots:
        size, side = plot.size, plot.side
        x, _, scale = street.point(side, plot.v)
        inner, wide = x + side * 26 * scale, plot.width * size + 26
        top, bottom = plot.base - 14 * size, plot.base + 26 * size
        a, b = (inner - side * 6, top), (inner + side * wide, top)
        d, e = (inner + side * (wide + 22), bottom), (inner - side * 20, bottom)
        c.soft_polygon([(px, py + 4) for px, py in (a, b, d, e)], "#6D5A3A", 85, 7)
        c.shaded_polygon([a, b, d, e], [(0, "#F8E2C2"), (1, "#EFCBA2")])
        for i in range(1, 14):
            t = i / 14
            c.line(
                (a[0] + (b[0] - a[0]) * t, top), (e[0] + (d[0] - e[0]) * t, bottom), "#DDB48A", 0.9
            )
        middle = (top + bottom) / 2 + 2
        c.line((a[0] + side * 4, middle), (b[0] + side * 12, middle), "#DDB48A", 0.9)
        c.line(e, d, "#FFF3DC", 1.6)


def _shops(c: Canvas, street: StreetMap) -> None:
    for plot in street.plots:
        size, side = plot.size, plot.side
        inner = plot.left if side > 0 else plot.left + plot.width * size
        wide, back = plot.width * size, plot.base - 26 * size
        for i, (along, r) in enumerate(((0.20, 34), (0.62, 28), (1.06, 38), (1.26, 30))):
            behind = along < 1
            tall = 1.35 if behind else 1.15
            if behind and plot.height > 200:
                tall *= plot.height / 190
            scenery.tree(
                c, inner + side * wide * along, back + (0 if behind else 14),
                r * size * tall, plot.row * 17 + i * 3 + (side > 0) * 5,
            )  # fmt: skip
        hedge = inner + side * (wide + 12) - (90 * size if side < 0 else 0)
        scenery.hedge(c, hedge, plot.base + 4, 90 * size, 22 * size, plot.row * 5 + (side > 0) + 3)
        shops.shop(c, plot)


def _flower_beds(c: Canvas, street: StreetMap) -> None:
    for side in (-1, 1):
        i = 0
        while 300 + i * 84 < street.width / 2 + 60:
            left = street.centre + side * (300 + i * 84) - (78 if side < 0 else 0)
            scenery.hedge(
                c, left, street.height - 4 + (i % 2) * 6, 92, 34, 200 + i + (side > 0) * 9
            )
            i += 1


def _graded(picture: pygame.Surface) -> pygame.Surface:
    """A little more colour, warmer light, and darker corners; changes the picture itself."""
    pixels = pygame.surfarray.pixels3d(picture)
    width, height = picture.get_size()
    across = ((np.arange(width) - width / 2) / width * 1.15)[:, None]
    # In bands: a 4K window needs no gigabyte of floating point numbers, and nobody waits long.
    for top in range(0, height, 48):
        rows = slice(top, min(height, top + 48))
        down = ((np.arange(height)[rows] - height * 0.48) / height * 1.1)[None, :]
        corner = (1 - np.clip(np.hypot(across, down) - 0.46, 0, 1) * 0.30).astype(np.float32)
        band = pixels[:, rows].astype(np.float32) / 255
        band *= np.stack([corner, 0.985 * corner**1.12, 0.97 * corner**1.2], 2)
        light = band @ np.array([0.30, 0.59, 0.11], np.float32)
        band = np.clip(light[..., None] + (band - light[..., None]) * 1.14, 0, 1) ** 0.94
        pixels[:, rows] = np.clip(band * 1.02 * 255, 0, 255).astype(np.uint8)
    del pixels
    return picture
