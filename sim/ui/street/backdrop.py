"""The street without its people: the built picture with signs, windows and rooms drawn onto it.

One opaque picture, of which only the shops that have changed are drawn again. Screens that lie on
each other share it, since only the one on top is seen.
"""

from __future__ import annotations

import weakref

import pygame

from sim.ui import theme
from sim.ui.art import scenery, shops
from sim.ui.art.canvas import Canvas
from sim.ui.painter import PREMULTIPLIED, Painter
from sim.ui.street.geometry import Plot, StreetMap
from sim.ui.street.scene import Scene
from sim.ui.street.shopfronts import Shopfronts

_TILE = 48
_known: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()


def backdrop_of(builder) -> Backdrop:
    """The backdrop that goes with a scene builder."""
    if builder not in _known:
        _known[builder] = Backdrop()
    return _known[builder]


class Backdrop:
    """Keeps the street with its shops as they are now, for one window."""

    def __init__(self) -> None:
        self.picture: pygame.Surface | None = None
        self.drawn = 0  # how many shops were drawn, for tests and measurements
        self._scene: Scene | None = None
        self._owner: tuple = ()
        self._shows: dict[int, tuple] = {}
        self._stretched: pygame.Surface | None = None
        self._night: pygame.Surface | None = None
        self._lights: list = []

    # -- by day --------------------------------------------------------------------------------
    def draw(
        self, painter: Painter, scene: Scene, street: StreetMap, fronts: Shopfronts, language: str
    ) -> None:
        """Bring the picture up to date and put it on the whole window."""
        self._adopt(scene)
        owner = (fronts, language, painter.larger)
        if self.picture is None or owner != self._owner or painter.recorder.on:
            self._owner = owner
            self._all(painter, street, fronts, language)
        else:
            self._changed(painter, street, fronts, language)
        painter.surface.blit(self.picture, (0, 0))

    def _adopt(self, scene: Scene) -> None:
        if scene is not self._scene:
            self._scene, self._owner = scene, ()
            self._stretched = self._night = None
            size = scene.background.get_size()
            if self.picture is None or self.picture.get_size() != size:
                self.picture = pygame.Surface(size)
            self._lights = tiles_of(scene.lights, scene.lights_at)

    def _all(self, painter: Painter, street: StreetMap, fronts: Shopfronts, language) -> None:
        self.picture.blit(self._scene.background, (0, 0))
        window, painter.surface = painter.surface, self.picture
        try:
            fronts.gate(painter, street, language)
            for plot in street.plots:
                self._shows[plot.host] = fronts.shows(painter, plot, language)
                fronts.draw(painter, street, plot, language)
        finally:
            painter.surface = window
        self.drawn += len(street.plots)

    def _changed(self, painter: Painter, street: StreetMap, fronts: Shopfronts, language) -> None:
        changed = []
        for plot in street.plots:
            shows = fronts.shows(painter, plot, language)
            if shows != self._shows.get(plot.host):
                self._shows[plot.host] = shows
                changed.append(front_of(painter, plot))
        if not changed:
            return
        areas = [(plot, front_of(painter, plot)) for plot in street.plots]
        gate = painter.pixels(scenery.gate_name_box(street))
        window, painter.surface = painter.surface, self.picture
        try:
            for area in changed:
                self.picture.set_clip(area)
                self.picture.blit(self._scene.background, area, area)
                if area.colliderect(gate):
                    fronts.gate(painter, street, language)
                for plot, other in areas:
                    if area.colliderect(other):
                        self.drawn += 1
                        fronts.draw(painter, street, plot, language)
        finally:
            self.picture.set_clip(None)
            painter.surface = window

    def lights(self, painter: Painter) -> None:
        """Lamps and bulbs, which hang before the people."""
        painter.surface.fblits(self._lights, PREMULTIPLIED)

    def draw_old(self, painter: Painter, scene: Scene) -> None:
        """The last picture there was, stretched, until the one for this window is finished."""
        size = painter.surface.get_size()
        if self._stretched is None or self._stretched.get_size() != size:
            old = self.picture or scene.background
            self._stretched = pygame.transform.scale(old, size)
        painter.surface.blit(self._stretched, (0, 0))

    # -- by night ------------------------------------------------------------------------------
    def draw_night(self, painter: Painter, scene: Scene | None, street: StreetMap) -> None:
        """The same picture under a blue night, windows still warm; stretched while it is old."""
        size = painter.surface.get_size()
        if scene is not None and scene.background.get_size() == size:
            self._adopt(scene)
            if self._night is None or self._night.get_size() != size:
                self._night = _night_of(scene, painter.unit, street)
        elif self._night is None:
            painter.surface.fill(theme.rgba("#4A3A66"))
            return
        elif self._night.get_size() != size:
            self._night = pygame.transform.scale(self._night, size)
        painter.surface.blit(self._night, (0, 0))


def _night_of(scene: Scene, unit: float, street: StreetMap) -> pygame.Surface:
    night = scene.background.copy()
    night.fill((112, 98, 158), None, pygame.BLEND_RGB_MULT)
    warm = Canvas(night, unit)
    for plot in street.plots:
        x, y, width, height = plot.box(*plot.window)
        warm.glow(x + width / 2, y + height / 2, width * 0.8, "#FFC070", 0.55, 1.3)
        warm.rect(x + 4, y + 4, width - 8, height - 8, (255, 214, 140, 110), 8)
    night.blit(scene.lights, scene.lights_at, None, PREMULTIPLIED)
    return night


def front_of(painter: Painter, plot: Plot) -> pygame.Rect:
    """The pixels that the front of a shop may touch."""
    boxes = [plot.window, shops.sign_box(plot)]
    if plot.has_room:
        boxes.append(plot.easel)
    rect = painter.pixels(plot.box(*boxes[0]))
    for box in boxes[1:]:
        rect.union_ip(painter.pixels(plot.box(*box)))
    margin = round(40 * painter.unit)
    return rect.inflate(margin, margin)


def tiles_of(picture: pygame.Surface, at: tuple[int, int]) -> list:
    """The parts of a mostly empty picture that hold anything, each with its place."""
    tiles = []
    width, height = picture.get_size()
    for top in range(0, height, _TILE):
        for left in range(0, width, _TILE):
            area = pygame.Rect(left, top, _TILE, _TILE).clip(picture.get_rect())
            part = picture.subsurface(area)
            ink = part.get_bounding_rect()
            if ink.width:
                spot = (at[0] + left + ink.x, at[1] + top + ink.y)
                tiles.append((part.subsurface(ink), spot))
    return tiles
