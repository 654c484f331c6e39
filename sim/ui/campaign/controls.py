"""The small controls of the desk: a value between minus and plus, a tile, a tick."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from sim.ui import theme
from sim.ui.art import icons
from sim.ui.painter import Box, Painter
from sim.ui.street.acts import picture
from sim.ui.widgets.base import Widget, Words

_ENDS = 26.0


class Stepper(Widget):
    """A value that goes up and down, by mouse at its two ends or by the left and right keys."""

    def __init__(
        self, name: str, box: Box, label: Words, shown: Words, move: Callable[[int], None],
        share: float = 0.36, tip: Words | None = None, lines: int = 1,
    ) -> None:  # fmt: skip
        """share: how much of the width the label takes."""
        super().__init__(name, box)
        self.label, self.shown, self.move, self.share, self._tip = label, shown, move, share, tip
        self.lines = lines

    def tip(self, language: str) -> str:
        return self._tip(language) if self._tip else ""

    def key(self, key: int) -> bool:
        if key in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_MINUS, pygame.K_EQUALS, pygame.K_PLUS):
            self.move(-1 if key in (pygame.K_LEFT, pygame.K_MINUS) else 1)
            return True
        return False

    def press(self, point=None):
        if point is None:
            self.move(1)
            return None
        x, _, width, _ = self._value_box()
        if point[0] >= x:
            self.move(-1 if point[0] < x + width / 2 else 1)
        return None

    def _value_box(self) -> Box:
        x, y, width, height = self.box
        left = width * self.share
        return x + left, y, width - left, height

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        label = self.label(language)
        if label:
            painter.text(
                label, (x, y, width * self.share - 6, height), 14, "medium", theme.SOFT_INK,
                smallest=11,
            )  # fmt: skip
        box = self._value_box()
        painter.rect(box, (255, 255, 255, 235 if self.hovered or self.focused else 190), 10)
        ink = theme.rgba(theme.BRICK if self.enabled else theme.FAINT_INK)
        for left, plus in ((box[0], False), (box[0] + box[2] - _ENDS, True)):
            spot = (left + 2, y + 2, _ENDS - 4, height - 4)
            painter.rect(spot, (242, 112, 91, 46), 8)
            middle = (left + _ENDS / 2 - 6, y + height / 2 - 6, 12, 12)
            painter.art(("plus" if plus else "minus", ink), middle, _plus if plus else _minus)
        painter.text(
            self.shown(language),
            (box[0] + _ENDS + 2, y, box[2] - 2 * _ENDS - 4, height),
            14.5, "bold", theme.INK, "center", smallest=9.5,
            lines=self.lines,
        )  # fmt: skip
        self.focus_ring(painter, 10)


def _minus(c) -> None:
    c.rect(1, 4.8, 10, 2.4, theme.BRICK, 1.2)


def _plus(c) -> None:
    _minus(c)
    c.rect(4.8, 1, 2.4, 10, theme.BRICK, 1.2)


class Tick(Widget):
    """Something that is on or off, with its words beside it."""

    def __init__(self, name: str, box: Box, label: Words, on: Callable, toggle: Callable) -> None:
        super().__init__(name, box)
        self.label, self.on, self.toggle = label, on, toggle

    def press(self, point=None):
        self.toggle()

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        side = 20.0
        box = (x + 2, y + (height - side) / 2, side, side)
        on = self.on()
        painter.rect(box, theme.TEAL if on else (255, 255, 255, 220), 6)
        if on:
            spot = (box[0] + 3, box[1] + 3, 14, 14)
            painter.art(("tick",), spot, lambda c: icons.mark(c, "check", 7, 7, 7, "#FFFFFF"))
        else:
            painter.rect(box, theme.FAINT_INK, 6, 1.4)
        painter.text(
            self.label(language), (x + side + 10, y, width - side - 12, height), 14, "medium",
            smallest=11,
        )  # fmt: skip
        self.focus_ring(painter, 8)


class ProductTile(Widget):
    """A thing on the shelf that can be picked; a tick shows that it is, and a number its place."""

    def __init__(
        self, name: str, box: Box, product, on: Callable, toggle: Callable, caption: Words,
        tip: Words | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name, box)
        self.product, self.on, self.toggle, self.caption = product, on, toggle, caption
        self._tip = tip

    def tip(self, language: str) -> str:
        return self._tip(language) if self._tip else self.product.name.text(language)

    def press(self, point=None):
        self.toggle()

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        on, topic = self.on(), picture(self.product)
        fill = (255, 255, 255, 235) if on or self.hovered else (255, 255, 255, 130)
        painter.rect(self.box, fill, 11)
        side = min(width - 10, height - 24)

        def draw(c) -> None:
            top, bottom = icons.cover(topic)
            c.shaded_rect(0, 0, width - 8, side, [(0, top), (1, bottom)], 9)
            icons.thing(c, topic, (width - 8) / 2, side / 2, side * 0.38)

        painter.art(("desk tile", topic), (x + 4, y + 4, width - 8, side), draw)
        painter.text(
            self.caption(language), (x + 3, y + side + 4, width - 6, height - side - 5), 12.5,
            "bold" if on else "medium", theme.INK if on else theme.SOFT_INK, "center",
            smallest=9.5, may_truncate=True,
        )  # fmt: skip
        if on:
            painter.rect(self.box, theme.TEAL, 11, 2.6)
            dot = (x + width - 19, y + 3, 16, 16)
            painter.art(
                ("tile tick",), dot,
                lambda c: (
                    c.circle(8, 8, 8, theme.TEAL),
                    icons.mark(c, "check", 8, 8, 5, "#FFFFFF"),
                ),
            )  # fmt: skip
        self.focus_ring(painter, 11)
