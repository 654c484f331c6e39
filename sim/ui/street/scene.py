"""The still part of the street as one picture, built once for a window size behind the scenes."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
import pygame

from sim.ui.art import scenery, shops
from sim.ui.art.canvas import Canvas
from sim.ui.street.geometry import StreetMap
from sim.ui.street.rehearsal import Rehearsal


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
    return 3.0 if unit <= 1.05 else 2.0


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
    """A little more colour, warmer light, and darker corners."""
    picture = picture.convert()
    pixels = pygame.surfarray.pixels3d(picture)
    width, height = picture.get_size()
    across = ((np.arange(width) - width / 2) / width * 1.15)[:, None]
    # In bands, so that a 4K window does not need a gigabyte of floating point numbers.
    for top in range(0, height, 270):
        rows = slice(top, min(height, top + 270))
        down = ((np.arange(height)[rows] - height * 0.48) / height * 1.1)[None, :]
        corner = 1 - np.clip(np.hypot(across, down) - 0.46, 0, 1) * 0.30
        band = pixels[:, rows].astype(np.float32) / 255
        band *= np.stack([corner, 0.985 * corner**1.12, 0.97 * corner**1.2], 2).astype(np.float32)
        light = band @ np.array([0.30, 0.59, 0.11], np.float32)
        band = np.clip(light[..., None] + (band - light[..., None]) * 1.14, 0, 1) ** 0.94
        pixels[:, rows] = np.clip(band * 1.02 * 255, 0, 255).astype(np.uint8)
    del pixels
    return picture


class SceneBuilder:
    """Keeps the newest scene; a new size is built in a thread while the old picture is shown.

    rehearsal   does the same for our room
    """

    def __init__(self) -> None:
        self.rehearsal = Rehearsal()
        self._closer: SceneBuilder | None = None
        self.scene: Scene | None = None
        self._wanted: tuple | None = None
        self._thread: threading.Thread | None = None
        self._done: tuple | None = None

    def want(self, size, unit: float, rooms: tuple[bool, ...], wait: bool = False) -> Scene | None:
        """The scene for this window and these hosts, or the last one until it is ready."""
        key = (tuple(size), rooms)
        if self._done is not None:
            built_key, scene = self._done
            self._done = None
            if built_key == self._wanted:
                self.scene = scene
        if key != self._wanted:
            self._wanted = key
            self._start(key, unit, wait)
        elif self.scene is None and self._thread is None:
            self._start(key, unit, wait)
        if wait and self._thread is not None:
            self._thread.join()
            return self.want(size, unit, rooms)
        return self.scene

    @property
    def closer(self) -> SceneBuilder:
        """Another builder, for the street seen from close by."""
        if self._closer is None:
            self._closer = SceneBuilder()
        return self._closer

    def _start(self, key: tuple, unit: float, wait: bool) -> None:
        size, rooms = key
        street = StreetMap(size[0] / unit, size[1] / unit, rooms)

        def work() -> None:
            scene = build_scene(size, unit, street)
            self._done = (key, scene)

        self._thread = threading.Thread(target=work, name="street picture", daemon=True)
        self._thread.start()

    def ready(self, size, rooms: tuple[bool, ...]) -> bool:
        """Whether the scene shown is the one for this window."""
        scene = self.scene
        return scene is not None and scene.background.get_size() == tuple(size) and (
            self._wanted == (tuple(size), rooms)
        )  # fmt: skip
