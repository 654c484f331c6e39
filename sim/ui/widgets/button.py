"""Buttons: plain ones, small round ones, and the large ones that stand for tactics."""

from __future__ import annotations

from collections.abc import Callable

from sim.ui import theme
from sim.ui.art import icons
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget, Words


class Button(Widget):
    """A button with words, and perhaps a mark before them.

    kind: "main" is the one thing to do here, "plain" everything else, "quiet" is text only.
    """

    def __init__(
        self, name: str, box: Box, words: Words, action: Callable, kind: str = "plain",
        mark: str | None = None, tip: Words | None = None, size: float = theme.BODY,
        colour: str | None = None, sound: str | None = "click",
    ) -> None:  # fmt: skip
        super().__init__(name, box)
        self.sound = sound
        self.words, self.action, self.kind, self.mark = words, action, kind, mark
        self._tip, self.size, self.colour = tip, size, colour

    def press(self, point=None):
        return self.action()

    def tip(self, language: str) -> str:
        return self._tip(language) if self._tip else ""

    def looks(self, language: str) -> tuple | None:
        if type(self).draw is not Button.draw:
            return None  # one of another kind, which may look at more
        return *self._state, self.words(language), self.kind, self.mark, self.size, self.colour

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        radius = min(16, height / 2)
        sunk = 1.5 if self.held else 0
        ink = self._draw_back(painter, radius, sunk)
        text = self.words(language)
        left = x
        if self.mark:
            r = min(8.5, height * 0.2)
            # As wide as it will be set, so that mark and words stand in the middle together.
            wide = painter.measure(text, self.size * painter.larger, "bold") if text else 0
            gap = 8 if text else 0
            start = x + max(10, (width - wide - 2 * r - gap) / 2)
            if not text:
                start = x + width / 2 - r
            spot = (start, y + height / 2 - r + sunk, 2 * r, 2 * r)
            mark = self.mark
            painter.art(("mark", mark, ink), spot, lambda c: icons.mark(c, mark, r, r, r, ink))
            left = start + 2 * r + gap
            painter.text(
                text, (left, y + sunk, x + width - left - 8, height), self.size, "bold", ink
            )
        elif text:
            painter.text(
                text, (x + 10, y + sunk, width - 20, height), self.size, "bold", ink, "center"
            )
        self.focus_ring(painter, radius)

    def _draw_back(self, painter: Painter, radius: float, sunk: float):
        x, y, width, height = self.box
        if not self.enabled:
            # Dense enough to be told from the picture that may lie behind it.
            painter.rect(self.box, (226, 212, 198, 214), radius)
            return theme.rgba(theme.FAINT_INK)
        if self.kind == "quiet":
            if self.hovered or self.held:
                painter.rect(self.box, (255, 255, 255, 120), radius)
            return theme.rgba(theme.INK)
        base = self.colour or (theme.CORAL if self.kind == "main" else theme.PAPER)
        if self.hovered:
            base = theme.shade(base, 0.12)
        base = theme.rgba(base)
        held = self.held

        def draw(c) -> None:
            c.shadow(0, 0, width, height, radius, 6, 40 if held else 80, 0, 1 if held else 3)
            c.shaded_rect(
                0,
                0,
                width,
                height,
                [(0, theme.shade(base, 0.14)), (1, theme.shade(base, -0.06))],
                radius,
            )
            c.rect(3, 2.5, width - 6, height * 0.36, (255, 255, 255, 40), radius - 3)
            c.rect(0, 0, width, height, (255, 255, 255, 90), radius, 1.1)

        painter.art(("button", base, radius, held), (x, y + sunk, width, height), draw, bleed=14)
        painter.recorder.cover(painter.pixels(self.box))
        bright = sum(base[:3]) > 560
        return theme.rgba(theme.INK if bright else "#FFFFFF")


class AbleButton(Button):
    """A button that can be used only while `able()` says so."""

    def __init__(self, *args, able: Callable[[], bool], **more) -> None:
        self._able = able
        super().__init__(*args, **more)

    @property
    def enabled(self) -> bool:
        return bool(self._able())

    @enabled.setter
    def enabled(self, value: bool) -> None:
        """Nothing: it is `able` that decides."""


class Choice(Widget):
    """Two or more words of which one is on, such as the two languages."""

    def __init__(
        self,
        name: str,
        box: Box,
        options: list,
        chosen: Callable,
        choose: Callable,
        size=theme.SMALL,
        tip: Words | None = None,
    ) -> None:
        """options: (value, words) pairs; chosen(): the value that is on; choose(value) sets it."""
        super().__init__(name, box)
        self.options, self.chosen, self.choose, self.size = options, chosen, choose, size
        self._tip = tip

    def tip(self, language: str) -> str:
        return self._tip(language) if self._tip else ""

    def _index(self) -> int:
        values = [value for value, _ in self.options]
        return values.index(self.chosen()) if self.chosen() in values else 0

    def press(self, point=None):
        if point is None:
            index = (self._index() + 1) % len(self.options)
        else:
            share = (point[0] - self.box[0]) / self.box[2]
            index = max(0, min(len(self.options) - 1, int(share * len(self.options))))
        return self.choose(self.options[index][0])

    def looks(self, language: str) -> tuple:
        named = tuple(words(language) for _, words in self.options)
        return *self._state, self._index(), named, self.size

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        painter.rect(self.box, theme.SAND, height / 2)
        each = width / len(self.options)
        on = self._index()
        lit = (x + on * each + 2, y + 2, each - 4, height - 4)
        painter.panel(lit, "#FFFFFF", height / 2 - 2, 40, None, 255)
        for i, (_, words) in enumerate(self.options):
            box = (x + i * each + 4, y, each - 8, height)
            colour = theme.BRICK if i == on else theme.SOFT_INK
            painter.text(
                words(language), box, self.size, "bold" if i == on else "medium", colour, "center"
            )
        self.focus_ring(painter, height / 2)


class TacticButton(Widget):
    """A tactic with its colour, its key, and a light while it is the one in use."""

    sound = None  # each tactic has its own, which the key makes as well

    def __init__(
        self,
        name: str,
        box: Box,
        number: int,
        words: Words,
        action: Callable,
        active: Callable,
        tip: Words,
    ) -> None:
        super().__init__(name, box)
        self.number, self.words, self.action, self.active, self._tip = (
            number,
            words,
            action,
            active,
            tip,
        )

    def press(self, point=None):
        return self.action()

    def tip(self, language: str) -> str:
        return self._tip(language)

    def looks(self, language: str) -> tuple:
        return *self._state, self.words(language), self.number, bool(self.active())

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        on = self.active()
        base = theme.TACTIC_COLOURS[self.number % len(theme.TACTIC_COLOURS)]
        if not self.enabled:
            base = theme.mix(base, "#CDBBB0", 0.6)
        elif self.hovered:
            base = theme.shade(base, 0.10)
        base = theme.rgba(base)
        sunk = 1.5 if self.held else 0

        def draw(c) -> None:
            c.shadow(0, 0, width, height, 14, 6, 80, 0, 3)
            c.shaded_rect(
                0,
                0,
                width,
                height,
                [(0, theme.shade(base, 0.16)), (1, theme.shade(base, -0.08))],
                14,
            )
            c.rect(3, 2.5, width - 6, height * 0.34, (255, 255, 255, 36), 11)
            if on:
                c.rect(-2, -2, width + 4, height + 4, "#FFFFFF", 16, 3)
                c.rect(width / 2 - 13, height - 6.5, 26, 3.4, "#FFFFFF", 1.7)

        painter.art(("tactic", base, on), (x, y + sunk, width, height), draw, bleed=14)
        key = (x + width - 19, y + 4 + sunk, 14, 14)
        painter.rect(key, (255, 255, 255, 80), 4)
        painter.text(str(self.number + 1), key, 11, "bold", "#FFFFFF", "center")
        text = self.words(language)
        if painter.measure(text, 14, "bold") <= width - 14:
            box = (x + 7, y + 15 + sunk, width - 14, height - 21)
            painter.text(text, box, 17, "bold", "#FFFFFF", smallest=13.5)
        else:
            box = (x + 7, y + 2 + sunk, width - 26, height - 8)
            painter.text(text, box, 14, "bold", "#FFFFFF", lines=2, smallest=11)
        self.focus_ring(painter, 14)


class Tabs(Widget):
    """Words in a row of which one is open; left and right move between them."""

    def __init__(
        self, name: str, box: Box, options: list, chosen: Callable, choose: Callable
    ) -> None:
        super().__init__(name, box)
        self.options, self.chosen, self.choose = options, chosen, choose

    def _move(self, by: int) -> None:
        values = [value for value, _ in self.options]
        self.choose(values[(values.index(self.chosen()) + by) % len(values)])

    def key(self, key: int) -> bool:
        import pygame

        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            self._move(-1 if key == pygame.K_LEFT else 1)
            return True
        return False

    def press(self, point=None):
        if point is None:
            self._move(1)
            return None
        index = int((point[0] - self.box[0]) / self.box[2] * len(self.options))
        self.choose(self.options[max(0, min(len(self.options) - 1, index))][0])
        return None

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        each = width / len(self.options)
        for i, (value, words) in enumerate(self.options):
            box = (x + i * each, y, each - 8, height)
            on = value == self.chosen()
            if on:
                painter.panel(box, theme.PAPER, 14, 50, opacity=255)
            else:
                painter.rect(box, (255, 246, 234, 150), 14)
            colour = theme.BRICK if on else theme.SOFT_INK
            painter.text(
                words(language),
                (box[0] + 8, y, box[2] - 16, height),
                theme.BODY,
                "bold" if on else "medium",
                colour,
                "center",
            )
        self.focus_ring(painter, 14)


class Slider(Widget):
    """A value between two ends, by mouse or by the arrow keys."""

    def __init__(
        self,
        name: str,
        box: Box,
        low: float,
        high: float,
        step: float,
        value: Callable,
        change: Callable,
    ) -> None:
        super().__init__(name, box)
        self.low, self.high, self.step, self.value, self.change = low, high, step, value, change

    def _set(self, value: float) -> None:
        steps = round((value - self.low) / self.step)
        self.change(max(self.low, min(self.high, self.low + steps * self.step)))

    def drag(self, point) -> None:
        share = (point[0] - self.box[0] - 10) / (self.box[2] - 20)
        self._set(self.low + share * (self.high - self.low))

    def key(self, key: int) -> bool:
        import pygame

        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            self._set(self.value() + (self.step if key == pygame.K_RIGHT else -self.step))
            return True
        return False

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        share = (self.value() - self.low) / (self.high - self.low)
        painter.bar((x + 10, y + height / 2 - 4, width - 20, 8), share, theme.CORAL)
        knob = x + 10 + share * (width - 20)
        box = (knob - 10, y + height / 2 - 10, 20, 20)
        painter.panel(box, "#FFFFFF", 10, 70, (242, 112, 91, 200), 255)
        self.focus_ring(painter, height / 2)
