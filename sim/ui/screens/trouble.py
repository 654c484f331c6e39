"""Something in the game went wrong: a plain sheet that leads back to the title."""

from __future__ import annotations

import pygame

from sim import wording
from sim.ui import theme
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Replace, Screen, heading
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_HIGH = 300.0


class TroubleScreen(Screen):
    """Draws as little as it can, because anything may be broken.

    file   where the details were written down; None when that failed
    kept   whether the run that was played is kept; None when none was played
    """

    first_focus = "title"
    way_back = "trouble.sheet.title"  # the words of the button that leads away

    def __init__(self, app, file=None, kept: bool | None = None) -> None:
        super().__init__(app)
        self.file, self.kept = file, kept

    def _box(self, painter: Painter) -> tuple[float, float, float]:
        width = min(680.0, painter.width - 40)
        return (painter.width - width) / 2, (painter.height - _HIGH) / 2, width

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width = self._box(painter)
        box = (x + width / 2 - 120, y + _HIGH - 76, 240, 50)
        return [
            Button("title", box, lambda la: wording.text(self.way_back, la), self.back, "main"),
            self.language_choice(painter),
        ]

    def state(self, language: str) -> str:
        """What came of the run that was played."""
        key = {True: "saved", False: "lost", None: "not_saved"}[self.kept]
        return wording.text(f"trouble.sheet.{key}", language)

    def back(self) -> Change:
        from sim.ui.screens.title import TitleScreen

        return Replace(TitleScreen(self.app), all=True)

    def key(self, event: pygame.event.Event):
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_ESCAPE):
            return self.back()
        return False

    def ambience(self) -> tuple[str | None, float]:
        return None, 0.0

    def paint(self, painter: Painter, language: str) -> None:
        painter.surface.fill(theme.rgba("#F6C79C"))
        x, y, width = self._box(painter)
        painter.panel((x, y, width, _HIGH), theme.CREAM, 26, 100, opacity=255)
        inner = width - 72
        said = wording.text("trouble.sheet.heading", language)
        heading(painter, said, x + 36, y + 28, inner)
        painter.text(
            self.state(language), (x + 36, y + 82, inner, 56), theme.BODY, "medium", lines=2,
            smallest=11, vertical="top",
        )  # fmt: skip
        if self.file is None:
            said = wording.text("trouble.sheet.no_file", language)
        else:
            said = wording.text("trouble.sheet.file", language, file=str(self.file))
        painter.text(
            said, (x + 36, y + 140, inner, 72), theme.SMALL, "regular", theme.SOFT_INK, lines=4,
            smallest=9, vertical="top",
        )  # fmt: skip
