"""Drawing again what was drawn before, without working it out again.

A bar full of words takes a hundred small pictures, of which each has to be found by what it shows
and where it goes; yet it stays the same from one observation to the next. So the pictures and
their places are remembered, and put on the window all at once while nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

import pygame

from sim.ui.painter import PREMULTIPLIED, Painter


class Same:
    """Equal only to itself, whatever the thing holds: for what is never changed but replaced."""

    __slots__ = ("thing",)

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


class Repeat:
    """One part of a window, drawn anew only when what it shows has changed."""

    def __init__(self) -> None:
        self.drawn = 0  # how often it was worked out, for tests and measurements
        self._shows: tuple | None = None
        self._pictures: list[tuple[pygame.Surface, tuple[int, int]]] = []

    def draw(self, painter: Painter, shows: Hashable, draw: Callable[[], None]) -> None:
        """Draw by `draw()`, or as before.

        shows: all that the drawing depends on, but for the painter's own scale and size. Pictures
        of the painter may be put and rectangles filled; anything else is refused.
        """
        window = painter.surface
        here = (shows, painter.unit, painter.larger, window.get_size())
        if here != self._shows or painter.recorder.on:
            self.drawn += 1
            noted = _Notes(window.get_size())
            painter.surface = noted
            try:
                draw()
            finally:
                painter.surface = window
            self._shows, self._pictures = here, noted.pictures
        window.fblits(self._pictures, PREMULTIPLIED)


class _Notes:
    """Stands in for the window, and notes what is put on it."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.pictures: list[tuple[pygame.Surface, tuple[int, int]]] = []
        self._size = size

    def get_size(self) -> tuple[int, int]:
        return self._size

    def blit(self, picture: pygame.Surface, spot, area=None, flags: int = 0) -> None:
        if area is not None or flags != PREMULTIPLIED:
            raise ValueError("only whole premultiplied pictures can be drawn again")
        self.pictures.append((picture, tuple(spot)))

    def fill(self, colour, rect: pygame.Rect) -> None:
        flat = pygame.Surface(rect.size, pygame.SRCALPHA)
        flat.fill(colour)
        self.pictures.append((flat, rect.topleft))
