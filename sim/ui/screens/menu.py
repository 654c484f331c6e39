"""Escape during the live: time stands still, and one may go on, skip, set something or leave."""

from __future__ import annotations

from collections.abc import Callable

from sim import wording
from sim.ui import theme
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Pop, Push, Replace, Screen, display_weight
from sim.ui.session import Session
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


class MenuScreen(Screen):
    """Escape during the live: time stands still over the picture."""

    covers = False
    arrival = "pause"
    first_focus = "go_on"

    def __init__(self, app, session: Session, teach: Callable | None = None) -> None:
        """teach: shows the controls in the live below, where that makes sense."""
        super().__init__(app)
        self.session = session
        self._teach = teach
        self._was_paused = session.paused
        session.paused = True
        self._skipping = False

    def _sheet(self, painter: Painter):
        height = 440 + (62 if self._teach else 0)
        return painter.width / 2 - 270, painter.height / 2 - height / 2, 540, height

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, _ = self._sheet(painter)
        learn = [("learn", "tutorial.menu", self._learn, "plain", "person")] if self._teach else []
        entries = [
            ("go_on", "ui.menu.go_on", self.back, "main", "play"),
            *learn,
            ("skip", "ui.menu.skip", self._skip, "plain", "skip"),
            ("settings", "ui.title.settings", self._settings, "plain", "gear"),
            ("leave", "ui.menu.leave", self._leave, "plain", "door"),
        ]
        return [
            Button(
                name,
                (x + 60, y + 112 + i * 62, width - 120, 50),
                lambda la, k=key: wording.text(k, la),
                action,
                kind,
                mark,
            )
            for i, (name, key, action, kind, mark) in enumerate(entries)
        ]

    def back(self) -> Change:
        self.session.paused = self._was_paused
        self.app.sound.play("resume")
        return Pop()

    def _learn(self) -> Change:
        self._teach()
        return self.back()

    def _skip(self) -> None:
        self._skipping = True

    def _settings(self) -> Change:
        from sim.ui.screens.settings import SettingsScreen

        return Push(SettingsScreen(self.app))

    def _leave(self) -> Change:
        from sim.ui.screens.title import TitleScreen

        return Replace(TitleScreen(self.app), all=True)

    def update(self, seconds: float) -> Change | None:
        if not self._skipping or not self.session.skip_to_end_of_live():
            return None
        from sim.ui.screens.end import EndScreen

        self.session.paused = False
        return Replace(EndScreen(self.app, self.session), all=True)

    def paint(self, painter: Painter, language: str) -> None:
        painter.veil()
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        painter.text(
            self.say("menu.heading"),
            (x + 30, y + 22, width - 60, 44),
            theme.TITLE,
            display_weight(self.say("menu.heading")),
            theme.INK,
            "center",
        )
        painter.text(
            self.say("menu.note"),
            (x + 30, y + 66, width - 60, 28),
            theme.BODY,
            "medium",
            theme.SOFT_INK,
            "center",
        )
        if self._skipping:
            seen = self.session.seen
            live = self.session.scenario.live.minutes
            painter.bar(
                (x + 60, y + height - 70, width - 120, 8), max(0.0, seen.minute) / live, theme.CORAL
            )
        painter.text(
            self.say("menu.keys"),
            (x + 30, y + height - 58, width - 60, 44),
            theme.SMALL,
            "medium",
            theme.SOFT_INK,
            "center",
            lines=2,
        )
