"""The sliders of a bet: one knob for a chance, two knobs on one track for a range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from sim.ui import theme
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget

EDGE = 14.0
_KNOB = 26.0


@dataclass
class Stake:
    """What stands on the track of one question, in the question's unit.

    values   one number for a chance, two rising ones for a range
    touched  whether the player has set it; until then it is no bet
    kept     from where to where the bet reaches that the values stand for, which may be wider
    """

    values: list[float]
    low: float
    high: float
    step: float
    touched: bool = False
    kept: Callable[[], tuple[float, float]] | None = None

    def move(self, index: int, value: float) -> None:
        """Set one knob to the nearest step; knobs never pass each other."""
        steps = round((value - self.low) / self.step)
        value = round(self.low + steps * self.step, 6)
        below = self.values[index - 1] if index else self.low
        above = self.values[index + 1] if index + 1 < len(self.values) else self.high
        self.values[index] = max(below, min(above, value))
        self.touched = True

    def share(self, index: int) -> float:
        """Where a knob stands, 0 at the left end and 1 at the right one."""
        return self.share_of(self.values[index])

    def share_of(self, value: float) -> float:
        """Where a value lies on the track."""
        return (value - self.low) / (self.high - self.low)


class Knob(Widget):
    """One knob on a track that others may share. The track takes the mouse for the nearest knob.

    speaks(language): what the knob says when it has the focus
    """

    sound = None

    def __init__(
        self, name: str, box: Box, stake: Stake, index: int, colour: str,
        changed: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(name, box)
        self.stake, self.index, self.colour, self.changed = stake, index, colour, changed

    def spot(self, index: int | None = None) -> float:
        """The middle of a knob across the window, in design units."""
        return self._across(self.stake.share(self.index if index is None else index))

    def _across(self, share: float) -> float:
        return self.box[0] + EDGE + share * (self.box[2] - 2 * EDGE)

    def contains(self, point) -> bool:
        if not super().contains(point):
            return False
        mine = abs(point[0] - self.spot())
        for other in range(len(self.stake.values)):
            gap = abs(point[0] - self.spot(other))
            # Knobs at one spot: the right one is pulled to the right, the left one to the left.
            tie = gap == mine and (other > self.index) == (point[0] > self.spot())
            if other != self.index and (gap < mine or tie):
                return False
        return True

    def drag(self, point) -> None:
        room = self.box[2] - 2 * EDGE
        share = max(0.0, min(1.0, (point[0] - self.box[0] - EDGE) / room))
        self._set(self.stake.low + share * (self.stake.high - self.stake.low))

    def key(self, key: int) -> bool:
        if key not in (pygame.K_LEFT, pygame.K_RIGHT):
            return False
        step = self.stake.step if key == pygame.K_RIGHT else -self.stake.step
        self._set(self.stake.values[self.index] + step)
        return True

    def _set(self, value: float) -> None:
        self.stake.move(self.index, value)
        self.changed()

    def draw(self, painter: Painter, language: str) -> None:
        if self.index == 0:
            self._draw_track(painter)
        y = self.box[1] + self.box[3] / 2
        x, r = self.spot(), _KNOB / 2
        touched, hot = self.stake.touched, self.hovered or self.held or self.focused
        colour = self.colour if touched else theme.FAINT_INK

        def draw(c) -> None:
            c.shadow(0, 0, _KNOB, _KNOB, r, 6, 90, 0, 3)
            c.circle(r, r, r, "#FFFFFF")
            c.ring(r, r, r - 1.5, r - 1.5, 3.2 if hot else 2.4, 1, theme.rgba(colour))
            if touched:
                c.circle(r, r, 5.2, colour)

        painter.art(("knob", colour, touched, hot), (x - r, y - r, _KNOB, _KNOB), draw, bleed=14)
        if self.focused:
            painter.rect((x - r - 5, y - r - 5, _KNOB + 10, _KNOB + 10), theme.INK, r + 5, 2.6)

    def _draw_track(self, painter: Painter) -> None:
        x, y, width, height = self.box
        middle = y + height / 2
        painter.rect((x, middle - 6, width, 12), "#EFDCC9", 6)
        for tenth in range(1, 10):
            at = x + EDGE + tenth / 10 * (width - 2 * EDGE)
            painter.rect((at - 0.6, middle - 3, 1.2, 6), "#D6BCA6")
        if not self.stake.touched:
            return
        if self.stake.kept is not None:
            left, right = (self._across(self.stake.share_of(v)) for v in self.stake.kept())
        else:
            # A chance grows out of the middle, where nothing is said.
            left, right = sorted((self.spot(), x + width / 2))
        if right - left >= 1:
            wide = round(right - left)
            painter.rect((left, middle - 6, wide, 12), theme.rgba(self.colour, 190), 6)
