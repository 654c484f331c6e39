"""Asked once of who opens the street with nothing planned: a day is soon lost."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from sim.ui import theme
from sim.ui.campaign.words import say, words_of
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Pop, Screen, display_weight
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


class AskScreen(Screen):
    """A sheet over the desk. open_street, by_policy: what the desk does then."""

    covers = False
    arrival = "pause"
    first_focus = "open"

    def __init__(self, app, open_street: Callable[[], None], by_policy: Callable[[], None]) -> None:
        super().__init__(app)
        self._open_street, self._by_policy = open_street, by_policy

    def _sheet(self, painter: Painter):
        return painter.width / 2 - 290, painter.height / 2 - 130, 580, 260

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        each = (width - 60 - 24) / 3
        entries = (
            ("plan", self.back, "main"), ("policy", self._policy, "plain"),
            ("open", self._open, "plain"),
        )  # fmt: skip
        return [
            Button(
                name, (x + 30 + i * (each + 12), y + height - 78, each, 48),
                words_of(f"ask.{name}"), action, kind, size=15,
            )
            for i, (name, action, kind) in enumerate(entries)
        ]  # fmt: skip

    def _open(self) -> Change:
        self._open_street()
        return Pop()

    def _policy(self) -> Change:
        self._by_policy()
        return Pop()

    def back(self) -> Change:
        return Pop()

    def key(self, event: pygame.event.Event):
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            return self._open()
        if event.key == pygame.K_p:
            return self._policy()
        return super().key(event)

    def paint(self, painter: Painter, language: str) -> None:
        painter.veil()
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        title = say("ask.heading", language)
        painter.text(
            title, (x + 30, y + 24, width - 60, 42), 26, display_weight(title), theme.INK,
            "center", smallest=17,
        )  # fmt: skip
        painter.text(
            say("ask.note", language), (x + 36, y + 74, width - 72, 74), theme.BODY, "medium",
            theme.SOFT_INK, "center", lines=3,
        )  # fmt: skip
