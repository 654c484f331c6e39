"""Escape on the desk or during a day: go on, settings, leave."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.campaign.words import say, words_of
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Push, Replace, Screen, display_weight
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


class DeskMenu(Screen):
    """Time stands still under it, because only the top screen moves."""

    covers = False
    arrival = "pause"
    first_focus = "go_on"

    def __init__(self, app, session) -> None:
        super().__init__(app)
        self.session = session

    def _sheet(self, painter: Painter):
        return painter.width / 2 - 240, painter.height / 2 - 170, 480, 340

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, _ = self._sheet(painter)
        entries = (
            ("go_on", lambda la: words.say("menu.go_on", la), self.back, "main", "play"),
            ("settings", lambda la: words.say("title.settings", la), self._settings, "plain",
             "gear"),
            ("leave", words_of("menu.leave"), self._leave, "plain", "door"),
        )  # fmt: skip
        return [
            Button(name, (x + 60, y + 132 + i * 62, width - 120, 50), label, action, kind, mark)
            for i, (name, label, action, kind, mark) in enumerate(entries)
        ]

    def _settings(self) -> Change:
        from sim.ui.screens.settings import SettingsScreen

        return Push(SettingsScreen(self.app))

    def _leave(self) -> Change:
        from sim.ui.screens.title import TitleScreen

        return Replace(TitleScreen(self.app), all=True)

    def paint(self, painter: Painter, language: str) -> None:
        painter.veil()
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        title = say("menu.heading", language)
        painter.text(
            title, (x + 30, y + 24, width - 60, 44), theme.TITLE, display_weight(title), theme.INK,
            "center",
        )  # fmt: skip
        key = "menu.practice" if self.session.practice else "menu.note"
        painter.text(
            say(key, language), (x + 40, y + 70, width - 80, 50), theme.BODY, "medium",
            theme.SOFT_INK, "center", lines=2,
        )  # fmt: skip
