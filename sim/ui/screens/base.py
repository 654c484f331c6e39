"""What a screen is, and what it can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.widgets.base import Widget, WidgetGroup, draw_tip
from sim.ui.widgets.button import Choice

if TYPE_CHECKING:
    from sim.ui.app import App


@dataclass(frozen=True)
class Push:
    """Open a screen over this one."""

    screen: Screen


@dataclass(frozen=True)
class Pop:
    """Go back to the screen below."""


@dataclass(frozen=True)
class Replace:
    """Open a screen instead of this one, or instead of all of them."""

    screen: Screen
    all: bool = False


@dataclass(frozen=True)
class Leave:
    """Close the window."""


Change = Push | Pop | Replace | Leave


class Screen:
    """Base of all screens. Override `build`, `update`, `paint` and, for keys, `key`."""

    covers = True  # whether the screen below need not be drawn
    first_focus: str | None = None
    arrival: str | None = None  # the sound with which it opens

    def __init__(self, app: App) -> None:
        self.app = app
        self.group = WidgetGroup(app.sound.play)
        self._laid_out: tuple | None = None
        self._rest = 0.0

    # -- to override ---------------------------------------------------------------------------
    def build(self, painter: Painter) -> list[Widget]:
        """The controls for this window; called again whenever its size changes."""
        return []

    def update(self, seconds: float) -> Change | None:
        """Let time pass."""
        return None

    def paint(self, painter: Painter, language: str) -> None:
        """Draw everything that lies under the controls."""

    def paint_over(self, painter: Painter, language: str) -> None:
        """Draw what lies over the controls."""

    def key(self, event: pygame.event.Event) -> Change | bool | None:
        """A key that no control used. Escape goes back unless overridden; False: not used."""
        if event.key == pygame.K_ESCAPE:
            return self.back()
        return False

    def back(self) -> Change | None:
        return Pop()

    def opened(self) -> None:
        """The screen has just come to the top."""

    def closed(self) -> None:
        """The screen is gone for good."""

    def ambience(self) -> tuple[str | None, float]:
        """What is heard all the time here, and how loud (0 to 1)."""
        return "street", 0.6

    # -- shared --------------------------------------------------------------------------------
    def say(self, key: str, /, **values) -> str:
        return words.say(key, self.app.language, **values)

    def rebuild(self) -> None:
        """Lay the controls out anew before the next frame."""
        self._laid_out = None

    def language_choice(self, painter: Painter, y: float = 24.0, x: float | None = None) -> Choice:
        """The switch between the two languages, at the top right of every screen."""
        options = [("zh", lambda _: "中文"), ("en", lambda _: "EN")]
        left = painter.width - 18 - 92 if x is None else x
        app = self.app
        return Choice(
            "language", (left, y, 92, 28), options, lambda: app.language, app.set_language
        )

    def handle(self, event: pygame.event.Event) -> Change | None:
        point = None
        if hasattr(event, "pos"):
            point = self.app.painter.design_point(event.pos)
            self._rest = 0.0
        used, result = self.before_controls(event, point)
        if used:
            return result
        used, result = self.group.handle(event, point)
        if used:
            return result
        if event.type == pygame.KEYDOWN:
            result = self.key(event)
            return None if result is False else result
        return self.mouse(event, point)

    def before_controls(self, event, point) -> tuple[bool, Change | None]:
        """A chance to take an event before the controls do: (used, change)."""
        return False, None

    def mouse(self, event, point) -> Change | None:
        """A mouse event that no control used."""
        return None

    def layout(self, painter: Painter) -> None:
        key = (painter.width, painter.height, painter.unit)
        if key != self._laid_out:
            first = self._laid_out is None and self.group.focused is None
            self._laid_out = key
            self.group.set(self.build(painter))
            if first and self.first_focus:
                self.group.focus(self.first_focus, show=False)

    def draw(self, painter: Painter) -> None:
        self.layout(painter)
        language = self.app.language
        self.paint(painter, language)
        self.group.draw(painter, language)
        self.paint_over(painter, language)
        tip = self.group.tip(language)
        if tip is not None:
            draw_tip(painter, *tip)


def heading(
    painter: Painter, text: str, x: float, y: float, width: float, size=theme.TITLE
) -> None:
    """The large words at the top of a sheet."""
    painter.text(text, (x, y, width, size * 1.45), size, display_weight(text), theme.INK)


def display_weight(text: str) -> str:
    """The round face for Chinese; its Latin letters are too playful, so English is set in bold."""
    return "bold" if text.isascii() else "display"
