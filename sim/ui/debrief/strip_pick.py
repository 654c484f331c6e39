"""Picking a minute, or the stretch of one tactic, on the ledger's strip."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from sim.ui import theme
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget, Words

Span = tuple[int, int]


class StripPick(Widget):
    """Lies over the strip. A click on the bars picks a minute, one on a band its whole stretch;
    the same again lets everything through. Left and right move by a minute.

    minutes: of the live. bands(): (first minute, minute after) of each stretch. chosen(): what is
    picked, or None; choose(span or None).
    """

    def __init__(
        self, name: str, box: Box, minutes: int, bars: float, bands: Callable[[], list[Span]],
        chosen: Callable[[], Span | None], choose: Callable, tip: Words,
    ) -> None:  # fmt: skip
        super().__init__(name, box)
        self.minutes, self.bars, self.bands = minutes, bars, bands
        self.chosen, self.choose, self._tip = chosen, choose, tip

    def tip(self, language: str) -> str:
        return self._tip(language) if self.chosen() is None and self.focused else ""

    def key(self, key: int) -> bool:
        if key not in (pygame.K_LEFT, pygame.K_RIGHT):
            return False
        now = self.chosen()
        step = 1 if key == pygame.K_RIGHT else -1
        first = (now[0] + step) % self.minutes if now is not None else 0
        self.choose((first, first + 1))
        return True

    def press(self, point=None) -> None:
        if point is None:
            self.choose(None)
            return
        x, y, width, _ = self.box
        minute = max(0, min(self.minutes - 1, int((point[0] - x) / width * self.minutes)))
        span = (minute, minute + 1)
        if point[1] > y + self.bars:
            span = next((band for band in self.bands() if band[0] <= minute < band[1]), span)
        self.choose(None if span == self.chosen() else span)

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        now = self.chosen()
        if now is not None:
            left = x + now[0] / self.minutes * width
            wide = max(6.0, (now[1] - now[0]) / self.minutes * width)
            painter.rect((left - 1, y, wide + 2, height), (244, 182, 70, 60), 5)
            painter.rect((left - 1, y, wide + 2, height), theme.AMBER, 5, 1.6)
        self.focus_ring(painter, 6)
