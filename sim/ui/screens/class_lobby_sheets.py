"""The sheets over the class lobby: which address, what to do about firewalls, whether to close."""

from __future__ import annotations

from urllib.parse import urlsplit

import pygame

from sim.ui import theme
from sim.ui.painter import Box, Painter
from sim.ui.screens.base import Change, Leave, Pop, Replace, Screen, display_weight
from sim.ui.screens.class_lobby import Lobby, say
from sim.ui.screens.trouble import TroubleScreen
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_MOST_ADDRESSES = 6
_HELP = ("network", "data", "windows", "mac", "linux", "hotspot")


class _Sheet(Screen):
    """A sheet of paper over the lobby with a heading; Escape goes back."""

    covers = False
    wide, high = 760.0, 420.0
    name = ""

    def __init__(self, app, lobby: Lobby) -> None:
        super().__init__(app)
        self.lobby = lobby

    def _sheet(self, painter: Painter) -> Box:
        x, y = (painter.width - self.wide) / 2, (painter.height - self.high) / 2
        return x, y, self.wide, self.high

    def _button(
        self, painter: Painter, name: str, words: str, action, place: int = 0, kind="plain"
    ):
        x, y, width, height = self._sheet(painter)
        box = (x + width - 36 - 190 - place * 206, y + height - 74, 190, 48)
        return Button(name, box, lambda la: say(words, la), action, kind)

    def paint(self, painter: Painter, language: str) -> None:
        painter.veil("#5A2A3A", 130)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        title = say(f"{self.name}.heading", language)
        box = (x + 36, y + 24, width - 72, 46)
        painter.text(title, box, theme.TITLE, display_weight(title), theme.INK)


class AddressSheet(_Sheet):
    """Every network address of this computer; the one in use is marked."""

    name = "addresses"

    def __init__(self, app, lobby: Lobby) -> None:
        super().__init__(app, lobby)
        self.high = 252.0 + 60 * len(self._shown())
        self.first_focus = f"address:{lobby.address}"

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, _ = self._sheet(painter)
        widgets: list[Widget] = []
        for i, address in enumerate(self._shown()):
            used = address == self.lobby.address
            widgets.append(
                Button(
                    f"address:{address}", (x + 36, y + 146 + i * 60, width - 72, 50),
                    lambda _, a=address: a, lambda a=address: self._choose(a),
                    "main" if used else "plain", "check" if used else None, size=20,
                )
            )  # fmt: skip
        return [*widgets, self._button(painter, "back", "button.back", self.back)]

    def _shown(self) -> list[str]:
        """The first few, and always the one in use."""
        shown = list(self.lobby.addresses[:_MOST_ADDRESSES])
        if self.lobby.address in self.lobby.addresses and self.lobby.address not in shown:
            shown[-1] = self.lobby.address
        return shown

    def _choose(self, address: str) -> Change:
        self.lobby.choose(address)
        return Pop()

    def paint(self, painter: Painter, language: str) -> None:
        super().paint(painter, language)
        x, y, width, height = self._sheet(painter)
        note = say("addresses.note", language)
        painter.text(
            note, (x + 36, y + 76, width - 72, 58), 17, "medium", theme.SOFT_INK, lines=2,
            vertical="top",
        )  # fmt: skip
        more = len(self.lobby.addresses) - _MOST_ADDRESSES
        if more > 0:
            said = say("addresses.more", language, count=more)
            box = (x + 36, y + height - 66, width - 72 - 210, 34)
            painter.text(said, box, theme.BODY, "medium", theme.SOFT_INK)


class HelpSheet(_Sheet):
    """What to do when phones cannot open the page."""

    name = "help"
    wide, high = 1000.0, 620.0
    first_focus = "back"

    def build(self, painter: Painter) -> list[Widget]:
        return [self._button(painter, "back", "button.back", self.back, kind="main")]

    def paint(self, painter: Painter, language: str) -> None:
        super().paint(painter, language)
        x, y, width, _ = self._sheet(painter)
        port = urlsplit(self.lobby.url).port or 80
        for i, name in enumerate(_HELP):
            values = {"port": port} if name == "linux" else {}
            top = y + 84 + i * 74
            painter.rect((x + 30, top, width - 60, 66), (255, 255, 255, 170), 14)
            painter.number(str(i + 1), (x + 44, top, 30, 66), 22, theme.BRICK, "center")
            painter.text(
                say(f"help.{name}", language, **values), (x + 88, top + 3, width - 88 - 50, 60), 18,
                "medium", lines=2, smallest=14,
            )  # fmt: skip


class StopSheet(_Sheet):
    """Whether the class is really to be closed."""

    name = "stop"
    high = 260.0
    wide = 680.0
    first_focus = "stay"
    arrival = "pause"

    def build(self, painter: Painter) -> list[Widget]:
        return [
            self._button(painter, "stay", "stop.stay", self.back, kind="main"),
            self._button(painter, "stop", "stop.stop", self.stop, 1),
        ]

    def stop(self) -> Change:
        self.lobby.stop()
        return Leave()

    def key(self, event: pygame.event.Event):
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            return self.back()
        return super().key(event)

    def paint(self, painter: Painter, language: str) -> None:
        super().paint(painter, language)
        x, y, width, _ = self._sheet(painter)
        note = say("stop.note", language)
        painter.text(
            note, (x + 36, y + 84, width - 72, 84), 18, "medium", theme.SOFT_INK, lines=3,
            vertical="top",
        )  # fmt: skip


class LobbyTrouble(TroubleScreen):
    """An error in this window; the class itself goes on in the server."""

    way_back = "class_lobby.trouble.back"

    def state(self, language: str) -> str:
        return say("trouble.state", language)

    def back(self) -> Change:
        return Replace(self.app.first_screen(), all=True)
