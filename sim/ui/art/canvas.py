"""A supersampled surface to draw on in design units: gradients, soft shadows, glows, polygons.

pygame's own shapes have hard edges. Drawn a few times too large and shrunk once they are smooth,
and nothing of it is needed again: the result is a cached picture.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence

import numpy as np
import pygame

# Named here so that it is loaded once: two threads that meet it first at once get half a module.
import pygame.surfarray

from sim.ui import theme
from sim.ui.art.soft import bands, blurred, kept, paste

Colour = str | tuple
Stops = Sequence[tuple[float, Colour]]
Point = tuple[float, float]


@functools.lru_cache(400)
def _gradient_column(height: int, stops: tuple) -> pygame.Surface:
    positions = [stop[0] for stop in stops]
    colours = np.array([theme.rgba(stop[1]) for stop in stops], float)
    at = np.linspace(0, 1, max(2, height))[:height]
    values = np.stack([np.interp(at, positions, colours[:, i]) for i in range(4)], 1)
    column = pygame.Surface((1, height), pygame.SRCALPHA)
    pygame.surfarray.pixels3d(column)[0] = values[:, :3].astype(np.uint8)
    pygame.surfarray.pixels_alpha(column)[0] = values[:, 3].astype(np.uint8)
    return column


def _column(height: int, stops: Stops) -> pygame.Surface:
    return _gradient_column(max(1, height), tuple((at, theme.rgba(c)) for at, c in stops))


def vertical_gradient(width: int, height: int, stops: Stops) -> pygame.Surface:
    """A surface shaded from top (0) to bottom (1) through the given colours."""
    return pygame.transform.scale(_column(height, stops), (max(1, width), max(1, height)))


def _disc_of_light(diameter: int, colour: tuple, strength: float, power: float) -> pygame.Surface:
    def make() -> pygame.Surface:
        size = min(diameter, 256)
        y, x = np.mgrid[0:size, 0:size]
        distance = np.hypot(x - (size - 1) / 2, y - (size - 1) / 2) / (size / 2)
        alpha = np.clip(1 - distance, 0, 1) ** power * strength * 255
        light = pygame.Surface((size, size), pygame.SRCALPHA)
        light.fill((*colour, 0))
        pygame.surfarray.pixels_alpha(light)[:] = np.clip(alpha, 0, 255).astype(np.uint8)
        return light

    return kept(("light", min(diameter, 256), colour, strength, power), make)


def _soft_box(width: int, height: int, corner: int, radius: int, colour: tuple) -> tuple:
    def draw(surface, padding, shrink):
        box = (padding, padding, max(1, width / shrink), max(1, height / shrink))
        pygame.draw.rect(surface, colour, box, 0, int(corner / shrink))

    key = ("box", width, height, corner, radius, colour)
    return kept(key, lambda: blurred((width, height), colour, radius, draw))


class Canvas:
    """Draw in design units. `unit` is pixels to the unit; `mirror` is a width to flip x within."""

    def __init__(self, surface, unit=1.0, left=0.0, top=0.0, mirror: float | None = None) -> None:
        self.surface = surface
        self.unit = unit
        self.left = left
        self.top = top
        self.mirror = mirror

    @classmethod
    def new(cls, width: float, height: float, unit: float) -> Canvas:
        """A canvas on its own transparent surface."""
        size = (max(1, math.ceil(width * unit)), max(1, math.ceil(height * unit)))
        return cls(pygame.Surface(size, pygame.SRCALPHA), unit)

    def at(self, x: float, y: float, scale: float = 1.0, mirror: float | None = None) -> Canvas:
        """The same surface with its origin moved to (x, y) and everything `scale` times larger."""
        px, py = self.pixel((x, y))
        return Canvas(self.surface, self.unit * scale, px, py, mirror)

    # -- places --------------------------------------------------------------------------------
    def pixel(self, point: Point) -> Point:
        x = point[0] if self.mirror is None else self.mirror - point[0]
        return self.left + x * self.unit, self.top + point[1] * self.unit

    def box(self, x: float, y: float, width: float, height: float) -> pygame.Rect:
        left = x if self.mirror is None else self.mirror - x - width
        unit = self.unit
        return pygame.Rect(
            round(self.left + left * unit),
            round(self.top + y * unit),
            max(1, round(width * unit)),
            max(1, round(height * unit)),
        )

    def _bounds(self, points: Sequence[Point]) -> tuple[int, int, int, int]:
        xs = [p[0] for p in points]
        ys = [p[1] for p in points]
        left, top = math.floor(min(xs)) - 1, math.floor(min(ys)) - 1
        return left, top, math.ceil(max(xs)) - left + 2, math.ceil(max(ys)) - top + 2

    def _corners(self, corners: dict[str, float]) -> dict[str, int]:
        if self.mirror is not None:
            swap = {"left": "right", "right": "left"}
            corners = {
                "_".join(swap.get(part, part) for part in name.split("_")): value
                for name, value in corners.items()
            }
        return {f"border_{name}_radius": int(v * self.unit) for name, v in corners.items()}

    # -- shapes --------------------------------------------------------------------------------
    def rect(self, x, y, width, height, colour: Colour, radius=0.0, line=0.0, **corners) -> None:
        """A filled rectangle, or its outline when `line` > 0. corners: top_left=..., and so on."""
        box, colour = self.box(x, y, width, height), theme.rgba(colour)
        stroke = max(1, int(line * self.unit)) if line else 0
        rounding = {"border_radius": int(radius * self.unit), **self._corners(corners)}
        if colour[3] == 255:
            pygame.draw.rect(self.surface, colour, box, stroke, **rounding)
            return
        layer = pygame.Surface(box.size, pygame.SRCALPHA)
        pygame.draw.rect(layer, colour, layer.get_rect(), stroke, **rounding)
        self.surface.blit(layer, box.topleft)

    def shaded_rect(self, x, y, width, height, stops: Stops, radius=0.0, **corners) -> None:
        """A rectangle shaded from top to bottom."""
        box = self.box(x, y, width, height)
        if not radius and not corners and all(theme.rgba(c)[3] == 255 for _, c in stops):
            column = _column(box.height, stops)
            for row in range(box.height):
                self.surface.fill(column.get_at((0, row)), (box.x, box.y + row, box.width, 1))
            return
        layer = pygame.Surface(box.size, pygame.SRCALPHA)
        rounding = {"border_radius": int(radius * self.unit), **self._corners(corners)}
        pygame.draw.rect(layer, (255, 255, 255), layer.get_rect(), 0, **rounding)
        layer.blit(
            vertical_gradient(box.width, box.height, stops), (0, 0), None, pygame.BLEND_RGBA_MULT
        )
        self.surface.blit(layer, box.topleft)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        points, colour = [self.pixel(p) for p in points], theme.rgba(colour)
        if colour[3] == 255:
            pygame.draw.polygon(self.surface, colour, points)
            return
        left, top, width, height = self._bounds(points)
        layer = pygame.Surface((width, height), pygame.SRCALPHA)
        pygame.draw.polygon(layer, colour, [(x - left, y - top) for x, y in points])
        self.surface.blit(layer, (left, top))

    def shaded_polygon(self, points: Sequence[Point], stops: Stops) -> None:
        points = [self.pixel(p) for p in points]
        left, top, width, height = self._bounds(points)
        column = _column(height, stops)
        for start, rows in bands(width, height):
            layer = pygame.Surface((width, rows), pygame.SRCALPHA)
            pygame.draw.polygon(
                layer, (255, 255, 255), [(x - left, y - top - start) for x, y in points]
            )
            shade = pygame.transform.scale(column.subsurface((0, start, 1, rows)), (width, rows))
            layer.blit(shade, (0, 0), None, pygame.BLEND_RGBA_MULT)
            self.surface.blit(layer, (left, top + start))

    def ellipse(self, x, y, width, height, colour: Colour, line=0.0) -> None:
        box, colour = self.box(x, y, width, height), theme.rgba(colour)
        stroke = max(1, int(line * self.unit)) if line else 0
        if colour[3] == 255:
            pygame.draw.ellipse(self.surface, colour, box, stroke)
            return
        layer = pygame.Surface(box.size, pygame.SRCALPHA)
        pygame.draw.ellipse(layer, colour, layer.get_rect(), stroke)
        self.surface.blit(layer, box.topleft)

    def circle(self, x, y, radius, colour: Colour, line=0.0) -> None:
        self.ellipse(x - radius, y - radius, 2 * radius, 2 * radius, colour, line)

    def shaded_circle(self, x, y, radius, stops: Stops) -> None:
        self.shaded_rect(x - radius, y - radius, 2 * radius, 2 * radius, stops, radius)

    def line(self, start: Point, end: Point, colour: Colour, width=1.0) -> None:
        colour = theme.rgba(colour)
        (ax, ay), (bx, by) = self.pixel(start), self.pixel(end)
        thick = max(1, round(width * self.unit))
        if colour[3] == 255:
            pygame.draw.line(self.surface, colour, (ax, ay), (bx, by), thick)
            return
        length = math.hypot(bx - ax, by - ay) or 1
        nx, ny = (by - ay) / length * thick / 2, -(bx - ax) / length * thick / 2
        corners = [(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)]
        left, top, wide, high = self._bounds(corners)
        layer = pygame.Surface((wide, high), pygame.SRCALPHA)
        pygame.draw.polygon(layer, colour, [(x - left, y - top) for x, y in corners])
        self.surface.blit(layer, (left, top))

    def stroke(self, points: Sequence[Point], colour: Colour, width=1.0) -> None:
        """A line through many points with round joints; opaque colours only."""
        colour = theme.rgba(colour)[:3]
        pixels = [self.pixel(p) for p in points]
        thick = max(1, round(width * self.unit))
        for start, end in itertools.pairwise(pixels):
            pygame.draw.line(self.surface, colour, start, end, thick)
        for point in pixels:
            pygame.draw.circle(self.surface, colour, point, thick / 2)

    def ring(self, x, y, rx, ry, thickness, share, colour: Colour, start=-90.0) -> None:
        """An elliptic ring, or `share` of one clockwise from `start` degrees."""
        count = max(3, int(56 * share))
        outer, inner = [], []
        for i in range(count + 1):
            angle = math.radians(start + 360 * share * i / count)
            cos, sin = math.cos(angle), math.sin(angle)
            outer.append((x + rx * cos, y + ry * sin))
            inner.append((x + (rx - thickness) * cos, y + (ry - thickness * ry / rx) * sin))
        self.polygon(outer + inner[::-1], colour)

    def heart(self, x, y, radius, colour: Colour) -> None:
        points = []
        for i in range(44):
            t = i / 44 * 2 * math.pi
            across = 16 * math.sin(t) ** 3
            up = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
            points.append((x + radius * across / 16, y - radius * up / 16))
        self.polygon(points, colour)

    def star(self, x, y, radius, colour: Colour, points=5, inner=0.45) -> None:
        corners = []
        for i in range(points * 2):
            reach = radius if i % 2 == 0 else radius * inner
            angle = math.pi * i / points - math.pi / 2
            corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
        self.polygon(corners, colour)

    # -- light and shadow ----------------------------------------------------------------------
    def shadow(
        self, x, y, width, height, radius=8.0, blur=10.0, alpha=70, dx=0.0, dy=4.0,
        colour: Colour = theme.SHADOW,
    ) -> None:  # fmt: skip
        """The soft shadow of a rounded box."""
        box, radius_px = self.box(x, y, width, height), max(2, int(blur * self.unit))
        soft, size, padding = _soft_box(
            box.width, box.height, int(radius * self.unit), radius_px, theme.rgba(colour, alpha)
        )
        place = (box.x - padding + dx * self.unit, box.y - padding + dy * self.unit)
        paste(self.surface, soft, size, place)

    def soft_ellipse(self, x, y, width, height, blur=8.0, alpha=70, colour=theme.SHADOW) -> None:
        box, ink = self.box(x, y, width, height), theme.rgba(colour, alpha)

        def draw(surface, padding, shrink):
            size = (max(1, box.width / shrink), max(1, box.height / shrink))
            pygame.draw.ellipse(surface, ink, (padding, padding, *size))

        soft, size, padding = blurred(box.size, ink, max(2, int(blur * self.unit)), draw)
        paste(self.surface, soft, size, (box.x - padding, box.y - padding))

    def soft_polygon(self, points: Sequence[Point], colour: Colour, alpha=60, blur=8.0) -> None:
        pixels, ink = [self.pixel(p) for p in points], theme.rgba(colour, alpha)
        left, top, width, height = self._bounds(pixels)

        def draw(surface, padding, shrink):
            moved = [((x - left) / shrink + padding, (y - top) / shrink + padding)
                     for x, y in pixels]  # fmt: skip
            pygame.draw.polygon(surface, ink, moved)

        soft, size, padding = blurred((width, height), ink, max(2, int(blur * self.unit)), draw)
        paste(self.surface, soft, size, (left - padding, top - padding))

    def glow(self, x, y, radius, colour: Colour, strength=1.0, power=2.0) -> None:
        """Light spreading from a point, strongest at its middle."""
        diameter = max(2, int(2 * radius * self.unit))
        light = _disc_of_light(diameter, theme.rgba(colour)[:3], strength, power)
        px, py = self.pixel((x, y))
        place = (px - diameter / 2, py - diameter / 2)
        paste(self.surface, light, (diameter, diameter), place)

    # -- handing over --------------------------------------------------------------------------
    def finish(self, pixels: float) -> pygame.Surface:
        """The picture at `pixels` to the design unit, premultiplied, ready for the screen.

        Premultiplied before it is shrunk, so that no dark fringe comes in from the outside.
        """
        shrink = pixels / self.unit
        width, height = self.surface.get_size()
        size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
        premultiply(self.surface)
        return pygame.transform.smoothscale(self.surface, size)


def premultiply(surface: pygame.Surface) -> None:
    """Premultiply a surface where it is, a band at a time, so that no thread waits long."""
    width = surface.get_width()
    for start, rows in bands(*surface.get_size()):
        surface.subsurface((0, start, width, rows)).premul_alpha_ip()
