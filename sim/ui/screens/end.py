"""The live is over: tonight's gross figures, before anything has been opened at home."""

from __future__ import annotations

import pygame

from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Replace, Screen, heading
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


class EndScreen(Screen):
    """Lets a trainee feel rich first."""

    first_focus = "go"
    arrival = "live_ends"

    def __init__(self, app, session) -> None:
        super().__init__(app)
        self.session = session
        self.view = StreetView(session.scenario, app.builder)
        session.paused = False

    def _sheet(self, painter: Painter):
        return painter.width / 2 - 360, painter.height / 2 - 200, 720, 400

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        return [
            Button(
                "go",
                (x + width / 2 - 130, y + height - 82, 260, 54),
                lambda la: words.say("end.go", la),
                self._go,
                "main",
                "next",
                size=19,
            ),
            self.language_choice(painter),
        ]

    def _go(self) -> Change:
        from sim.ui.screens.nights import NightsScreen

        return Replace(NightsScreen(self.app, self.session))

    def key(self, event: pygame.event.Event):
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            return self._go()
        return False

    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw_night(painter, language)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 28, 110, opacity=255)
        heading(painter, self.say("end.heading"), x + 40, y + 30, width - 80, 38)
        painter.text(
            self.say("end.note"),
            (x + 40, y + 88, width - 80, 54),
            18,
            "medium",
            theme.SOFT_INK,
            lines=2,
            vertical="top",
        )
        figures = self.session.seen.figures
        entries = (
            ("end.gross", words.yuan(figures["gmv"])),
            ("end.orders", words.count(figures["orders"])),
            ("end.buyers", words.count(figures["buyers"])),
            ("end.followers", words.count(figures["followers"])),
        )
        each = (width - 80 - 36) / 4
        for i, (key, value) in enumerate(entries):
            box = (x + 40 + i * (each + 12), y + 168, each, 110)
            painter.rect(box, (255, 255, 255, 190), 18)
            painter.text(
                self.say(key),
                (box[0] + 10, box[1] + 14, each - 20, 24),
                theme.BODY,
                "medium",
                theme.SOFT_INK,
                "center",
            )
            painter.text(
                value,
                (box[0] + 8, box[1] + 42, each - 16, 52),
                34,
                "bold",
                theme.BRICK if i == 0 else theme.INK,
                "center",
                smallest=18,
            )
