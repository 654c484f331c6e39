"""Giving a branch a name: one line of text, with the input method's help."""

from __future__ import annotations

import pygame

from sim.ui import theme
from sim.ui.debrief.words import say
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Pop, Screen, heading
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_LONGEST = 24


class RenameScreen(Screen):
    """A small sheet over the debrief."""

    covers = False

    def __init__(self, app, name: str, done) -> None:
        super().__init__(app)
        self.text, self._done = name, done
        self._composing = ""
        self._language, self._muted = app.language, app.settings.muted

    def opened(self) -> None:
        pygame.key.start_text_input()

    def closed(self) -> None:
        pygame.key.stop_text_input()

    def update(self, seconds: float) -> Change | None:
        # L changes the language and M mutes everywhere else; here they are letters.
        app = self.app
        if app.language != self._language:
            app.set_language(self._language)
        if app.settings.muted != self._muted:
            app.set_volume(0 if self._muted else app.settings.volume)
        return None

    def _box(self, painter: Painter):
        return painter.width / 2 - 250, painter.height / 2 - 110, 500, 214

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._box(painter)
        spot = painter.pixels((x + 30, y + 76, width - 60, 46))
        pygame.key.set_text_input_rect(spot)
        return [
            Button("cancel", (x + 30, y + height - 66, 150, 44),
                   lambda la: say("rename.cancel", la), self.back),
            Button("keep", (x + width - 200, y + height - 66, 170, 44),
                   lambda la: say("rename.keep", la), self.keep, "main", "check"),
        ]  # fmt: skip

    def keep(self) -> Change:
        self._done(self.text)
        return Pop()

    def before_controls(self, event, point) -> tuple[bool, Change | None]:
        if event.type == pygame.TEXTINPUT:
            self.text = (self.text + event.text)[:_LONGEST]
            self._composing = ""
            return True, None
        if event.type == pygame.TEXTEDITING:
            self._composing = event.text
            return True, None
        if event.type != pygame.KEYDOWN:
            return False, None
        if self._composing:
            # these keys belong to the input method
            return True, None
        if event.key == pygame.K_BACKSPACE:
            self.text = self.text[:-1]
            return True, None
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.group.focused is None:
            return True, self.keep()
        if event.key in (pygame.K_TAB, pygame.K_ESCAPE, pygame.K_RETURN):
            return False, None
        return True, None

    def paint(self, painter: Painter, language: str) -> None:
        painter.veil()
        x, y, width, height = self._box(painter)
        painter.panel((x, y, width, height), theme.CREAM, 24, 100, opacity=255)
        heading(painter, say("rename.heading", language), x + 30, y + 18, width - 60, 24)
        box = (x + 30, y + 76, width - 60, 46)
        painter.rect(box, "#FFFFFF", 12)
        painter.rect(box, theme.CORAL, 12, 1.6)
        shown = self.text + self._composing
        wide = painter.text(
            shown, (box[0] + 14, box[1], box[2] - 34, box[3]), 18, "medium", theme.INK,
            may_truncate=True,
        )  # fmt: skip
        if not shown:
            painter.text(
                say("rename.hint", language), (box[0] + 14, box[1], box[2] - 28, box[3]), 16,
                "medium", theme.FAINT_INK,
            )  # fmt: skip
        painter.rect((box[0] + 16 + wide, box[1] + 11, 2, 24), theme.CORAL, 1)
