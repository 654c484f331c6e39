"""Language, speed, motion and sound, over whatever was open."""

from __future__ import annotations

from sim import wording
from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens.base import Screen, heading
from sim.ui.session import SPEEDS
from sim.ui.settings import MOST_OF_NAME
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Choice
from sim.ui.widgets.text_entry import TextEntry


def _options(*values):
    """(value, words) pairs out of assets/locale/tutorial.yaml."""
    return [
        (value, lambda la, k=key: wording.text(f"tutorial.settings.{k}", la))
        for value, key in values
    ]


def _values(*values):
    """(value, words) pairs out of assets/locale/settings_screen.yaml."""
    return [
        (value, lambda la, k=key: wording.text(f"settings_screen.value.{k}", la))
        for value, key in values
    ]


_ROW = 50
_VOLUMES = ((0, "off"), (50, "low"), (80, "usual"))


class SettingsScreen(Screen):
    """A sheet over the screen below."""

    covers = False
    first_focus = "language"

    def __init__(self, app) -> None:
        super().__init__(app)
        self._not_saved = False

    def _sheet(self, painter: Painter):
        return painter.width / 2 - 280, painter.height / 2 - 320, 560, 640

    @staticmethod
    def _spot(right: float, y: float, row: int):
        """The box of the control in a row of the sheet that starts at y."""
        return right, y + 78 + row * _ROW, 220, 38

    def _kept(self, saved: bool) -> None:
        self._not_saved = not saved

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        settings = self.app.settings
        right = x + width - 250
        speeds = [(speed, lambda _, s=speed: f"{s}×") for speed in SPEEDS]
        motion = [
            (False, lambda la: words.say("settings.motion_full", la)),
            (True, lambda la: words.say("settings.motion_less", la)),
        ]
        sounds = [
            (volume, lambda la, k=key: words.say(f"settings.sound_{k}", la))
            for volume, key in _VOLUMES
        ]
        languages = [("zh", lambda _: "中文"), ("en", lambda _: "English")]
        return [
            Choice(
                "language",
                self._spot(right, y, 0),
                languages,
                lambda: self.app.language,
                self.app.set_language,
                15,
            ),
            Choice(
                "speed",
                self._spot(right, y, 1),
                speeds,
                lambda: settings.start_speed,
                lambda v: self._set("start_speed", v),
                15,
            ),
            Choice(
                "motion",
                self._spot(right, y, 2),
                motion,
                lambda: settings.reduced_motion,
                lambda v: self._set("reduced_motion", v),
                15,
            ),
            Choice(
                "sound",
                self._spot(right, y, 3),
                sounds,
                lambda: 0 if settings.muted else settings.volume,
                self._set_volume,
                15,
            ),
            Choice(
                "bets",
                self._spot(right, y, 4),
                _options((False, "off"), (True, "on")),
                lambda: settings.ask_bets,
                lambda v: self._set("ask_bets", v),
                15,
            ),
            Choice(
                "teach",
                self._spot(right, y, 5),
                _options((True, "no"), (False, "next_live")),
                lambda: settings.taught,
                lambda v: self._set("taught", v),
                15,
            ),
            Choice(
                "text",
                self._spot(right, y, 6),
                _values((False, "text_usual"), (True, "text_large")),
                lambda: settings.large_text,
                lambda v: self._kept(self.app.set_large_text(v)),
                15,
            ),
            Choice(
                "window",
                self._spot(right, y, 7),
                _values((False, "window_own"), (True, "window_full")),
                lambda: settings.full_screen,
                lambda v: self._kept(self.app.set_full_screen(v)),
                15,
            ),
            TextEntry(
                "name",
                self._spot(right, y, 8),
                lambda: settings.player,
                lambda v: self._set("player", v),
                lambda la: wording.text("settings_screen.value.name_empty", la),
                MOST_OF_NAME,
            ),
            Button(
                "close",
                (x + width / 2 - 100, y + height - 60, 200, 44),
                lambda la: words.say("common.close", la),
                self.back,
                "main",
            ),
        ]

    def _set_volume(self, volume: int) -> None:
        self.app.set_volume(volume)
        self.app.sound.play("coin")

    def _set(self, name: str, value) -> None:
        setattr(self.app.settings, name, value)
        self._not_saved = not self.app.settings.save()

    def paint(self, painter: Painter, language: str) -> None:
        painter.veil()
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        heading(painter, self.say("title.settings"), x + 30, y + 24, 400)
        for i, key in enumerate(
            (
                "ui.settings.language",
                "ui.settings.speed",
                "ui.settings.motion",
                "ui.settings.sound",
                "tutorial.settings.bets",
                "tutorial.settings.teach",
                "settings_screen.row.text",
                "settings_screen.row.window",
                "settings_screen.row.name",
            )
        ):
            painter.text(
                wording.text(key, language),
                (x + 30, y + 78 + i * _ROW, width - 300, 38),
                theme.BODY,
                "medium",
            )
        note = "error.settings_not_saved" if self._not_saved else "settings.keys"
        colour = theme.POOR if self._not_saved else theme.SOFT_INK
        painter.text(
            self.say(note),
            (x + 30, y + 532, width - 60, 40),
            theme.SMALL,
            "medium",
            colour,
            lines=2,
        )
