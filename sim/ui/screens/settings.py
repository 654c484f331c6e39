"""Language, speed, motion and sound, over whatever was open."""

from __future__ import annotations

from sim import wording
from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens.base import Screen, heading
from sim.ui.session import SPEEDS
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Choice


def _options(*values):
    """(value, words) pairs out of assets/locale/tutorial.yaml."""
    return [
        (value, lambda la, k=key: wording.text(f"tutorial.settings.{k}", la))
        for value, key in values
    ]


_VOLUMES = ((0, "off"), (50, "low"), (80, "usual"))


class SettingsScreen(Screen):
    """A sheet over the screen below."""

    covers = False
    first_focus = "language"

    def __init__(self, app) -> None:
        super().__init__(app)
        self._not_saved = False

    def _sheet(self, painter: Painter):
        return painter.width / 2 - 280, painter.height / 2 - 280, 560, 560

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
                (right, y + 92, 220, 38),
                languages,
                lambda: self.app.language,
                self.app.set_language,
                15,
            ),
            Choice(
                "speed",
                (right, y + 152, 220, 38),
                speeds,
                lambda: settings.start_speed,
                lambda v: self._set("start_speed", v),
                15,
            ),
            Choice(
                "motion",
                (right, y + 212, 220, 38),
                motion,
                lambda: settings.reduced_motion,
                lambda v: self._set("reduced_motion", v),
                15,
            ),
            Choice(
                "sound",
                (right, y + 272, 220, 38),
                sounds,
                lambda: 0 if settings.muted else settings.volume,
                self._set_volume,
                15,
            ),
            Choice(
                "bets",
                (right, y + 332, 220, 38),
                _options((False, "off"), (True, "on")),
                lambda: settings.ask_bets,
                lambda v: self._set("ask_bets", v),
                15,
            ),
            Choice(
                "teach",
                (right, y + 392, 220, 38),
                _options((True, "no"), (False, "next_live")),
                lambda: settings.taught,
                lambda v: self._set("taught", v),
                15,
            ),
            Button(
                "close",
                (x + width / 2 - 100, y + height - 70, 200, 48),
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
            )
        ):
            painter.text(
                wording.text(key, language),
                (x + 30, y + 92 + i * 60, width - 300, 38),
                theme.BODY,
                "medium",
            )
        note = "error.settings_not_saved" if self._not_saved else "settings.keys"
        colour = theme.POOR if self._not_saved else theme.SOFT_INK
        painter.text(
            self.say(note),
            (x + 30, y + 444, width - 60, 40),
            theme.SMALL,
            "medium",
            colour,
            lines=2,
        )
