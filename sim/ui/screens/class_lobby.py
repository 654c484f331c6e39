"""The class lobby: how to join, large enough for the back row, and who has come in.

The window may well be what the projector shows, so nothing on it is secret: the instructor's PIN
appears only when asked for, and covers itself again.
"""

from __future__ import annotations

import webbrowser
from typing import Protocol

import pygame

from sim import wording
from sim.ui import theme
from sim.ui.app import App
from sim.ui.painter import Box, Painter
from sim.ui.screens.base import Change, Push, Screen, display_weight
from sim.ui.street.behind import Behind
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button
from sim.ui.widgets.qr import draw_qr

PIN_SECONDS = 12.0
_LOOK_EVERY = 0.4  # seconds between two looks at who has joined
_WIDE, _HIGH = 1200.0, 586.0
_LEFT = 372.0


class Lobby(Protocol):
    """What the window needs to know of an open class; the server's side makes one.

    scenario   what is played; its street is the picture
    url   the address that phones open, as in the QR code; it ends in /j/ and the code
    address, addresses   the network address in use and all there are
    names()   who joined, in that order; names_shown: whether the window, which may be projected,
              shows them
    phase()   the phase of the class as in `sim.classroom`
    problem   a sentence, a Phrase or an error that the instructor should know about; usually None
    """

    scenario: object
    url: str
    code: str
    pin: str
    console_url: str
    board_url: str
    address: str
    addresses: tuple[str, ...]
    problem: object
    names_shown: bool

    def names(self) -> list[str]: ...
    def count(self) -> int: ...
    def phase(self) -> str: ...
    def choose(self, address: str) -> None: ...
    def stop(self) -> None: ...


def say(key: str, language: str, /, **values) -> str:
    """The text `class_lobby.<key>`."""
    return wording.text(f"class_lobby.{key}", language, **values)


class LobbyScreen(Screen):
    """Code, QR, address, who is here, and the ways to board and console."""

    first_focus = "board"

    def __init__(self, app, lobby: Lobby) -> None:
        super().__init__(app)
        self.lobby = lobby
        self.view = StreetView(lobby.scenario, app.builder)
        self.pin_left = 0.0
        self.failed_url: str | None = None
        self._opening: tuple[str, Behind] | None = None
        self._waited = 0.0
        self._look()

    def _look(self) -> None:
        self.count = self.lobby.count()
        self.names = self.lobby.names() if self.lobby.names_shown else None
        self.phase, self.problem = self.lobby.phase(), self.lobby.problem
        several = len(self.lobby.addresses) > 1
        if several != getattr(self, "_several", several):
            self.rebuild()
        self._several = several

    # -- controls ------------------------------------------------------------------------------
    def _sheet(self, painter: Painter) -> Box:
        y = max(92.0, (painter.height - _HIGH) * 0.62)
        return (painter.width - _WIDE) / 2, y, _WIDE, _HIGH

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        row = y + height - 70
        entries = [
            ("board", self.open_board, "main", "eye", 222),
            ("console", self.open_console, "plain", "gear", 222),
            ("address", self.open_addresses, "plain", "globe", 222),
            ("help", self.open_help, "plain", "person", 222),
            ("stop", self.back, "plain", "door", 190),
        ]
        widgets: list[Widget] = []
        left = x + 32
        for name, action, kind, mark, wide in entries:
            if name == "address" and not self._several:
                continue
            box = (left, row, wide, 50)
            widgets.append(
                Button(
                    name, box, _words(f"button.{name}"), action, kind, mark, _words(f"tip.{name}")
                )
            )
            left += wide + 14.5
        pin = Button(
            "pin", (x + width - 32 - 104, y + 336, 104, 38),
            lambda la: say("button.hide" if self.pin_left else "button.show", la),
            self.toggle_pin, tip=_words("tip.pin"),
        )  # fmt: skip
        return [*widgets, pin, self.language_choice(painter, 32)]

    def open_board(self) -> None:
        self._browse(self.lobby.board_url)

    def open_console(self) -> None:
        self._browse(self.lobby.console_url)

    def _browse(self, url: str) -> None:
        # Some systems take seconds to find out that there is no browser.
        self.failed_url = None
        self._opening = url, Behind(lambda: webbrowser.open(url), "browser")

    def open_addresses(self) -> Change:
        from sim.ui.screens.class_lobby_sheets import AddressSheet

        return Push(AddressSheet(self.app, self.lobby))

    def open_help(self) -> Change:
        from sim.ui.screens.class_lobby_sheets import HelpSheet

        return Push(HelpSheet(self.app, self.lobby))

    def toggle_pin(self) -> None:
        self.pin_left = 0.0 if self.pin_left else PIN_SECONDS

    def back(self) -> Change:
        from sim.ui.screens.class_lobby_sheets import StopSheet

        return Push(StopSheet(self.app, self.lobby))

    def key(self, event: pygame.event.Event):
        actions = {
            pygame.K_b: self.open_board, pygame.K_c: self.open_console, pygame.K_p: self.toggle_pin,
            pygame.K_h: self.open_help, pygame.K_ESCAPE: self.back,
        }  # fmt: skip
        if self._several:
            actions[pygame.K_a] = self.open_addresses
        action = actions.get(event.key)
        return action() if action else False

    def update(self, seconds: float) -> None:
        self.pin_left = max(0.0, self.pin_left - seconds)
        self._waited += seconds
        if self._waited >= _LOOK_EVERY:
            self._waited = 0.0
            self._look()
        if self._opening is not None and self._opening[1].done:
            url, task = self._opening
            self._opening = None
            if task.error is not None or not task.result:
                self.failed_url = url
        if not self.app.settings.reduced_motion:
            self.view.move(seconds, 1.0)

    # -- picture -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw(painter, language)
        painter.veil("#5A2A3A", 50)
        self._head(painter, language)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 28, 110, opacity=246)
        draw_qr(painter, self.lobby.url, (x + 32, y + 30, _LEFT - 32, _LEFT - 32))
        scan = say("join.scan", language)
        box = (x + 32, y + _LEFT + 4, _LEFT - 32, 32)
        painter.text(scan, box, 22, "bold", theme.INK, "center")
        right = x + _LEFT + 36
        self._join(painter, (right, y + 26, x + width - 32 - right, 300), language)
        self._pin(painter, (right, y + 336, x + width - 32 - right, 38), language)
        self._people(painter, (x + 32, y + _LEFT + 46, width - 64, 80), language)

    def _head(self, painter: Painter, language: str) -> None:
        title = say("head.title", language, title=self.lobby.scenario.title.text(language))
        wide = painter.width - 40 - 40 - 116
        painter.panel((40, 18, wide, 56), theme.CREAM, 20, 90, opacity=246)
        box = (64, 18, wide - 330, 56)
        painter.text(title, box, 27, display_weight(title), smallest=15, may_truncate=True)
        phase = say(f"phase.{self.phase}", language)
        painter.text(phase, (40 + wide - 290, 18, 266, 56), 19, "medium", theme.SOFT_INK, "right")
        painter.panel((painter.width - 18 - 108, 24, 108, 44), theme.CREAM, 20, 60, opacity=246)

    def _join(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, _ = box
        label = say("join.or_type", language)
        painter.text(label, (x, y, width, 30), 20, "medium", theme.SOFT_INK)
        typed = self.lobby.url.partition("/j/")[0]
        painter.text(typed, (x, y + 32, width, 56), 42, "bold", theme.INK, smallest=20)
        painter.text(
            say("join.code", language), (x, y + 100, 400, 30), 20, "medium", theme.SOFT_INK
        )
        spaced = " ".join(self.lobby.code)
        painter.text(spaced, (x, y + 124, width - 200, 132), 104, "bold", theme.BRICK, smallest=54)
        note = say("join.same_network", language)
        painter.text(note, (x, y + 258, width, 44), 16, "medium", theme.SOFT_INK, lines=2)
        count = say("people.joined", language, count=self.count)
        spot = (x + width - 190, y + 122, 190, 100)
        painter.number(str(self.count), spot, 84, theme.DEEP_TEAL, "right")
        spot = (x + width - 190, y + 214, 190, 42)
        painter.text(count, spot, 17, "medium", theme.INK, "right", "top", lines=2)

    def _pin(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        painter.rect((x - 14, y - 8, width + 22, height + 16), (255, 255, 255, 150), 16)
        label = say("pin.label", language)
        painter.text(label, (x, y, 220, height), 18, "medium", theme.SOFT_INK)
        said = self.lobby.pin if self.pin_left else say("pin.covered", language)
        painter.text(said, (x + 230, y, width - 230 - 120, height), 26, "bold", theme.INK)

    def _people(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        trouble = self._trouble(language)
        if trouble:
            painter.panel((x - 12, y - 2, width + 24, height), "#FFE3DC", 14, 0, opacity=255)
            painter.text(
                trouble, (x, y, width, height - 4), 18, "medium", theme.POOR, lines=3,
                smallest=12, may_truncate=True,
            )  # fmt: skip
            return
        if not self.count:
            said = say("people.nobody", language)
        elif self.names is None:
            said = say("people.hidden", language)
        else:
            names = say("people.separator", language).join(reversed(self.names[-24:]))
            said = say("people.latest", language, names=names)
        painter.text(
            said, (x, y, width, height), 22, "medium", theme.INK, lines=2, smallest=18,
            may_truncate=True,
        )  # fmt: skip

    def _trouble(self, language: str) -> str:
        problem = self.problem
        if problem:
            for worded in ("in_language", "text"):
                if callable(getattr(problem, worded, None)):
                    return getattr(problem, worded)(language)
            return str(problem)
        if self.failed_url:
            return say("browser.failed", language, url=self.failed_url)
        return ""


def _words(key: str):
    return lambda language: say(key, language)


class ClassApp(App):
    """The window of a class: closing it asks first, and an error leads back to the lobby."""

    def __init__(self, lobby: Lobby, **rest) -> None:
        super().__init__(**rest)
        self.lobby = lobby
        self.apply(Push(self.first_screen()))

    def first_screen(self) -> LobbyScreen:
        return LobbyScreen(self, self.lobby)

    def trouble_screen(self, file, kept: bool | None):
        from sim.ui.screens.class_lobby_sheets import LobbyTrouble

        return LobbyTrouble(self, file, kept)

    def handle(self, event) -> None:
        from sim.ui.screens.class_lobby_sheets import StopSheet

        asked = isinstance(self.screen, StopSheet)
        if event.type == self.pygame.QUIT and not asked and self.screen is not None:
            # A slip of the mouse must not cut off a hundred phones; whoever insists may.
            self.apply(Push(StopSheet(self, self.lobby)))
            return
        super().handle(event)


def main(lobby: Lobby, language: str | None = None) -> int:
    """Show the lobby until the class is closed; returns the exit code.

    Raises DisplayError when no window can be opened. The caller stops the server afterwards: the
    window may also have gone without `lobby.stop()`.
    """
    return ClassApp(lobby, language=language).run()
