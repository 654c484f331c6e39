"""One line of text to type into, by an input method as well.

While an input method composes, its text is shown underlined and all keys belong to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pygame

from sim.ui import theme
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget, Words

_LEAVING = (pygame.K_TAB, pygame.K_ESCAPE, pygame.K_UP, pygame.K_DOWN, pygame.K_F11)
_COMMAND = pygame.KMOD_CTRL | pygame.KMOD_META
_INSET = 14.0


def clean(text: str, longest: int) -> str:
    """The text as one line without control characters, cut to `longest` characters."""
    text = " ".join(text.split())
    shown = (c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return "".join(shown)[:longest]


def _clipboard() -> str:
    try:
        return pygame.scrap.get_text() or ""
    except (pygame.error, AttributeError):
        return ""  # no clipboard here, so nothing to paste


class TextEntry(Widget):
    """Shows `value()` and hands each change to `change(text)`.

    empty: what stands there in a faint colour while nothing is typed
    longest: the most characters
    """

    takes_text = True
    sound = None

    def __init__(
        self, name: str, box: Box, value: Callable[[], str], change: Callable[[str], None],
        empty: Words, longest: int = 20, clipboard: Callable[[], str] = _clipboard,
    ) -> None:  # fmt: skip
        super().__init__(name, box)
        self.value, self._change, self._empty = value, change, empty
        self.longest, self._clipboard = longest, clipboard
        self.caret = len(value())
        self.composing = ""
        self.typing = False  # set by the group while this has the focus

    # -- events --------------------------------------------------------------------------------
    def text_event(self, event: pygame.event.Event) -> bool:
        """Use an event while focused; true when nobody else should see it."""
        if event.type == pygame.TEXTEDITING:
            self.composing = event.text
            return True
        if event.type == pygame.TEXTINPUT:
            self.composing = ""
            self.insert(event.text)
            return True
        if event.type != pygame.KEYDOWN:
            return False
        if self.composing:
            return True  # Enter, Backspace and arrows are the input method's
        if event.key in _LEAVING:
            return False
        self._edit(event)
        return True

    def insert(self, text: str) -> None:
        """Put text in at the caret, as much of it as there is room for."""
        now = self.value()
        caret = min(self.caret, len(now))
        room = self.longest - len(now)
        # A space typed on its own must survive; everything else is cleaned as one line.
        added = text[:room] if text == " " else clean(text, max(0, room))
        self._change(now[:caret] + added + now[caret:])
        self.caret = caret + len(added)

    def _edit(self, event: pygame.event.Event) -> None:
        now = self.value()
        caret = self.caret = min(self.caret, len(now))
        if event.key == pygame.K_v and event.mod & _COMMAND:
            self.insert(self._clipboard())
        elif event.key == pygame.K_BACKSPACE and caret:
            self._change(now[: caret - 1] + now[caret:])
            self.caret = caret - 1
        elif event.key == pygame.K_DELETE:
            self._change(now[:caret] + now[caret + 1 :])
        elif event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            step = 1 if event.key == pygame.K_RIGHT else -1
            self.caret = max(0, min(len(now), caret + step))
        elif event.key in (pygame.K_HOME, pygame.K_END):
            self.caret = 0 if event.key == pygame.K_HOME else len(now)

    def press(self, point=None):
        self.caret = len(self.value())

    # -- drawing -------------------------------------------------------------------------------
    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        painter.rect(self.box, "#FFFFFF", 12)
        painter.rect(self.box, theme.SAND, 12, 1.6)
        now = self.value()
        caret = min(self.caret, len(now))
        room = width - 2 * _INSET
        shown = now[:caret] + self.composing + now[caret:]
        box = (x + _INSET, y, room, height)
        if shown:
            # The size at which all of it fits, so that the caret can be placed by measuring.
            size = 15.0
            while painter.measure(shown, size) > room - 2 and size > 7:
                size -= 0.5
            painter.text(shown, box, size, may_truncate=True)
        else:
            size = 15.0
            painter.text(self._empty(language), box, size, "regular", theme.FAINT_INK)
        if not self.typing:
            self.focus_ring(painter, 12)
            return
        start = x + _INSET + painter.measure(now[:caret], size)
        wide = painter.measure(self.composing, size)
        if wide:
            painter.rect((start, y + height - 9, wide, 2), theme.CORAL)
        left = min(start + wide, x + width - _INSET)
        painter.rect((left, y + 8, 1.6, height - 16), theme.INK)
        pygame.key.set_text_input_rect(painter.pixels((start, y, max(2.0, wide), height)))
        painter.rect((x - 2, y - 2, width + 4, height + 4), theme.CORAL, 13, 2)
