"""Escape during the live: time stands still, and one may go on, skip, set something or leave."""

from __future__ import annotations

from collections.abc import Callable

from sim import wording
from sim.ui import theme
from sim.ui.ghosts.company import Company
from sim.ui.painter import Box, Painter
from sim.ui.screens import live_help
from sim.ui.screens.base import Change, Pop, Push, Replace, Screen, display_weight
from sim.ui.session import Session
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import AbleButton

_HIGH = 526.0
_LEFT = 370.0  # how wide the buttons are


class MenuScreen(Screen):
    """Escape during the live: time stands still over the picture."""

    covers = False
    arrival = "pause"
    first_focus = "go_on"

    def __init__(
        self, app, session: Session, teach: Callable | None = None,
        ghosts: Callable | None = None, company: Company | None = None,
    ) -> None:  # fmt: skip
        """teach: shows the controls in the live below; ghosts: opens the sheet to pick them out of
        all that `company` could be joined by.
        """
        super().__init__(app)
        self.session = session
        self._teach, self._ghosts, self._company = teach, ghosts, company
        self._was_paused = session.paused
        session.paused = True
        self._skipping = False

    def _sheet(self, painter: Painter) -> Box:
        return painter.width / 2 - 440, painter.height / 2 - _HIGH / 2, 880, _HIGH

    def build(self, painter: Painter) -> list[Widget]:
        x, y, _, _ = self._sheet(painter)
        optional = (
            ("ghosts", "ghost.sheet.heading", self._ghosts, "plain", "eye"),
            ("learn", "tutorial.menu", self._teach and self._learn, "plain", "person"),
        )
        entries = [
            ("go_on", "ui.menu.go_on", self.back, "main", "play"),
            *(entry for entry in optional if entry[2]),
            ("skip", "ui.menu.skip", self._skip, "plain", "skip"),
            ("settings", "ui.title.settings", self._settings, "plain", "gear"),
            ("leave", "ui.menu.leave", self._leave, "plain", "door"),
        ]
        return [
            AbleButton(
                name, (x + 36, y + 118 + i * 62, _LEFT, 50), lambda la, k=key: wording.text(k, la),
                action, kind, mark, tip=lambda la, n=name: self._why_not(n, la),
                able=lambda n=name: self._able(n),
            )
            for i, (name, key, action, kind, mark) in enumerate(entries)
        ]  # fmt: skip

    def _able(self, name: str) -> bool:
        return name != "ghosts" or self._company is None or not self._company.nothing

    def _why_not(self, name: str, language: str) -> str:
        return "" if self._able(name) else wording.text("ghost.sheet.none", language)

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
        title = self.say("menu.heading")
        box = (x + 36, y + 22, _LEFT, 44)
        painter.text(title, box, theme.TITLE, display_weight(title), theme.INK)
        painter.text(
            self.say("menu.note"), (x + 36, y + 66, _LEFT, 44), 15, "medium", theme.SOFT_INK,
            lines=2, vertical="top",
        )  # fmt: skip
        if self._skipping:
            seen = self.session.seen
            live = self.session.scenario.live.minutes
            painter.bar(
                (x + 36, y + height - 22, _LEFT, 8), max(0.0, seen.minute) / live, theme.CORAL
            )
        left = x + _LEFT + 68
        painter.rect((left - 16, y + 26, 1.2, height - 52), theme.HAIRLINE)
        tactics = len(self.session.scenario.choices)
        live_help.draw(painter, left, y + 26, width - (left - x) - 30, tactics, language)
