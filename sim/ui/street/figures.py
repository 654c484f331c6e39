"""Figures, rings and bubbles at the sizes that one window needs, and the drawing of a crowd."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
import pygame

from sim.ui.art import people as art
from sim.ui.street.geometry import StreetMap

if TYPE_CHECKING:
    from sim.ui.street.crowd import Crowd

FIGURE_HEIGHT = 38.0
_RING_WIDTH = 37.0
_LEVELS = 9
_FADE_STEPS = 16
_SMALLEST, _LARGEST = 0.60, 1.12
_STROLLING = 1


class Rack:
    """Pictures by number, each made when first wanted, with the point that stands on the ground."""

    def __init__(self, count: int, make) -> None:
        self._make = make
        self.pictures = np.empty(count, object)
        self.feet = np.zeros((count, 2))
        self._made = np.zeros(count, bool)

    def follow(self, other: Rack, most: int) -> bool:
        """Make up to `most` of what another rack has; True when nothing of it is missing."""
        missing = np.flatnonzero(other._made & ~self._made)
        self.need(missing[:most])
        return len(missing) <= most

    def need(self, numbers: np.ndarray) -> None:
        """Make whatever is missing of these."""
        missing = numbers[~self._made[numbers]]
        for number in np.unique(missing).tolist() if len(missing) else ():
            picture, x, y = self._make(number)
            self.pictures[number], self.feet[number] = picture, (x, y)
            self._made[number] = True


def _cropped(picture: pygame.Surface, x: float, y: float):
    """A picture without its empty rim, which costs as much to draw as the rest, and its foot."""
    ink = picture.get_bounding_rect()
    return picture.subsurface(ink).copy(), x - ink.x, y - ink.y


class Wardrobe:
    """All figures for one scale; `unit` is pixels to the design unit."""

    def __init__(self, unit: float) -> None:
        self.unit = unit
        self.figures = Rack(_LEVELS * art.LOOKS * art.STEPS * 2, self._figure)
        self.rings = Rack(_LEVELS * art.RING_LEVELS, self._ring)
        self._faded: dict[tuple[int, int], pygame.Surface] = {}
        self._others: dict[tuple, tuple[pygame.Surface, float, float]] = {}

    def follow(self, other: Wardrobe, most: int = 16) -> bool:
        """Make a few of the figures that another wardrobe has; True when all are there."""
        rings = self.rings.follow(other.rings, most)
        return self.figures.follow(other.figures, most) and rings

    def height(self, level: int) -> float:
        """Pixels from the ground to the top of the head."""
        scale = _SMALLEST + (_LARGEST - _SMALLEST) * level / (_LEVELS - 1)
        return FIGURE_HEIGHT * scale * self.unit

    @staticmethod
    def figure_number(level, look, step, back):
        """The number of a figure in the rack; numbers or arrays."""
        return ((level * art.LOOKS + look) * art.STEPS + step) * 2 + back

    @staticmethod
    def ring_number(level, patience):
        return level * art.RING_LEVELS + patience

    def _figure(self, number: int):
        rest, back = divmod(number, 2)
        rest, step = divmod(rest, art.STEPS)
        level, look = divmod(rest, art.LOOKS)
        height = self.height(level)
        return _cropped(art.figure(look, step, bool(back), height), *art.foot(height))

    def _ring(self, number: int):
        level, patience = divmod(number, art.RING_LEVELS)
        picture = art.ring(patience, self.height(level) * _RING_WIDTH / FIGURE_HEIGHT)
        return _cropped(picture, picture.get_width() * 0.5, picture.get_height() * 12 / 26)

    def faded(self, number: int, share: float) -> pygame.Surface:
        """A figure of which only a share from 0 to 1 is left to see, in sixteen steps."""
        key = number, round(max(0.0, min(1.0, share)) * _FADE_STEPS)
        if key not in self._faded:
            if len(self._faded) > 1000:
                self._faded.clear()
            self.figures.need(np.array([number]))
            picture = self._faded[key] = self.figures.pictures[number].copy()
            shade = key[1] * 255 // _FADE_STEPS
            picture.fill((shade, shade, shade, shade), None, pygame.BLEND_RGBA_MULT)
        return self._faded[key]

    def bubble(self, kind: str):
        key = ("bubble", kind)
        if key not in self._others:
            picture = art.bubble(kind, 24 * self.unit)
            self._others[key] = picture, picture.get_width() * 0.45, float(picture.get_height())
        return self._others[key]

    def parcel(self, level: int):
        key = ("parcel", level)
        if key not in self._others:
            height = self.height(level)
            picture = art.parcel(height)
            self._others[key] = picture, -height * 0.10, picture.get_height() * 1.5
        return self._others[key]


_wardrobes: OrderedDict[float, Wardrobe] = OrderedDict()


def wardrobe_for(unit: float) -> Wardrobe:
    """The wardrobe for a scale, shared by all screens.

    Two are kept: one for the window and one for a closer look; those of earlier windows go.
    """
    if unit not in _wardrobes:
        while len(_wardrobes) > 1:
            _wardrobes.popitem(last=False)
        _wardrobes[unit] = Wardrobe(unit)
    _wardrobes.move_to_end(unit)
    return _wardrobes[unit]


def level_of(scale):
    """The size level for a scale of the street; numbers or arrays."""
    level = np.round((np.asarray(scale) - _SMALLEST) / (_LARGEST - _SMALLEST) * (_LEVELS - 1))
    return np.clip(level, 0, _LEVELS - 1).astype(np.int64)


def draw_crowd(
    surface: pygame.Surface, crowd: Crowd, wardrobe: Wardrobe, street: StreetMap,
    still: bool = False,
) -> int:  # fmt: skip
    """Draw everybody who is outside, far ones first. Returns how many figures were drawn.

    still: people glide from place to place instead of stepping
    """
    unit, flag = wardrobe.unit, pygame.BLEND_PREMULTIPLIED
    if not still:
        _draw_fading(surface, crowd, wardrobe, street)
    shown = crowd.shown()
    if not len(shown):
        return 0
    x, y, scale = street.place(crowd.u[shown], crowd.v[shown])
    order = np.argsort(y, kind="stable")
    shown, level = shown[order], level_of(scale[order])
    at = np.stack([x[order], y[order]], 1) * unit
    ids = crowd.ids[shown]
    walk = np.floor(crowd.clock * 5.2 + crowd.part(21)[shown] * 4).astype(np.int64) % art.STEPS
    moving = crowd.moving[shown] & (not still)
    back = np.where(crowd.place[shown] == _STROLLING, crowd.heading[shown] < 0, True)
    figures = wardrobe.figure_number(
        level, crowd.looks[shown], np.where(moving, walk, 0), back.astype(np.int64)
    )
    patience = np.round(crowd.patience[shown] * (art.RING_LEVELS - 1)).astype(np.int64)
    rings = wardrobe.ring_number(level, patience)
    wardrobe.figures.need(figures)
    wardrobe.rings.need(rings)
    spots = np.round(at - wardrobe.rings.feet[rings]).astype(np.int64).tolist()
    surface.fblits(list(zip(wardrobe.rings.pictures[rings].tolist(), spots, strict=True)), flag)
    lift = np.where(moving & (walk % 2 == 1), 0.8 * unit, 0.0)
    spots = at - wardrobe.figures.feet[figures]
    spots[:, 1] -= lift
    spots = np.round(spots).astype(np.int64).tolist()
    drawn = list(zip(wardrobe.figures.pictures[figures].tolist(), spots, strict=True))
    surface.fblits(drawn, flag)
    _draw_extras(surface, crowd, wardrobe, ids.tolist(), level, at)
    return len(shown)


def _draw_extras(surface, crowd: Crowd, wardrobe: Wardrobe, ids: list[int], level, at) -> None:
    """Bags in hands and bubbles over heads; few people have any."""
    bubbles = crowd.bubbles
    wanted = crowd.carrying | bubbles.keys()
    if not wanted:
        return
    said: list[pygame.Rect] = []
    for i, person in enumerate(ids):
        if person not in wanted:
            continue
        size, (px, py) = int(level[i]), at[i]
        if person in crowd.carrying:
            bag, bx, by = wardrobe.parcel(size)
            spot = (round(px - bx), round(py - by))
            surface.blit(bag, spot, None, pygame.BLEND_PREMULTIPLIED)
        if person in bubbles:
            picture, bx, by = wardrobe.bubble(bubbles[person])
            left, top = round(px - bx), round(py - wardrobe.height(size) - by)
            box = picture.get_rect(topleft=(left, top))
            # Bubbles of neighbours stand above one another rather than on each other.
            for _ in range(4):
                hit = box.inflate(-box.width // 3, -box.height // 3).collidelist(said)
                if hit < 0:
                    break
                box.bottom = said[hit].top + 2
            said.append(box)
            surface.blit(picture, box, None, pygame.BLEND_PREMULTIPLIED)


def _draw_fading(surface, crowd: Crowd, wardrobe: Wardrobe, street: StreetMap) -> None:
    """Who has just gone, fading where they stood."""
    fading = crowd.fading
    if not fading:
        return
    people, u, v, shares = (np.array(column) for column in zip(*fading, strict=True))
    x, y, scale = street.place(u, v)
    numbers = wardrobe.figure_number(level_of(scale), art.looks_of(people), 0, 1)
    pictures = [
        wardrobe.faded(number, share)
        for number, share in zip(numbers.tolist(), shares.tolist(), strict=True)
    ]
    at = np.stack([x, y], 1) * wardrobe.unit - wardrobe.figures.feet[numbers]
    spots = np.round(at).astype(np.int64).tolist()
    surface.fblits(list(zip(pictures, spots, strict=True)), pygame.BLEND_PREMULTIPLIED)
