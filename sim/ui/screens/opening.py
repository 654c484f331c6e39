"""While the street is made ready: how far it is, and meanwhile the brief and the keys to read."""

from __future__ import annotations

from collections.abc import Callable

from sim import wording
from sim.ui import theme, words
from sim.ui.painter import Box, Painter
from sim.ui.screens import live_help
from sim.ui.screens.base import Change, Pop, Screen, display_weight
from sim.ui.session import Session
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_WIDE, _HIGH = 920.0, 560.0
_LEFT = 400.0
_LONG_SECONDS = 4.0  # who waits longer than this is here for the first time


class OpeningScreen(Screen):
    """A sheet over the screen that wants to go live; it goes away when the session is ready.

    given_up: called when the player does not want to wait
    """

    covers = False
    first_focus = "back"

    def __init__(self, app, session: Session, given_up: Callable[[], None]) -> None:
        super().__init__(app)
        self.session = session
        self._given_up = given_up

    def _sheet(self, painter: Painter) -> Box:
        return (painter.width - _WIDE) / 2, (painter.height - _HIGH) / 2, _WIDE, _HIGH

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        box = (x + 36, y + height - 66, 130, 44)
        back = Button("back", box, lambda la: words.say("common.back", la), self.back, mark="back")
        return [back, self.language_choice(painter, y + 24, x + width - 122)]

    def back(self) -> Change:
        self._given_up()
        return Pop()

    def update(self, seconds: float) -> Change | None:
        # An error is told by the screen below, which knows where to go from there.
        return Pop() if self.session.ready or self.session.error is not None else None

    def paint(self, painter: Painter, language: str) -> None:
        painter.veil("#5A2A3A", 110)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        title = _say("heading", language)
        spot = (x + 36, y + 22, _LEFT, 44)
        painter.text(title, spot, 26, display_weight(title), smallest=18)
        waited = self.session.waited
        note = _say("first" if waited > _LONG_SECONDS else "usual", language)
        spot = (x + 36, y + 70, _LEFT, 66)
        painter.text(note, spot, 15, "medium", theme.SOFT_INK, lines=3, vertical="top")
        done, total = self.session.preparing
        painter.bar((x + 36, y + 142, _LEFT, 12), done / total, theme.CORAL)
        time = words.duration(waited, language)
        told = _say("progress", language, done=done, total=total, time=time)
        painter.text(told, (x + 36, y + 160, _LEFT, 24), theme.SMALL, "medium", theme.SOFT_INK)
        self._brief(painter, (x + 36, y + 204, _LEFT, height - 204 - 84), language)
        left = x + 36 + _LEFT + 32
        painter.rect((left - 16, y + 26, 1.2, height - 52), theme.HAIRLINE)
        room = x + width - 30 - left
        tactics = len(self.session.scenario.choices)
        live_help.draw(painter, left, y + 30, room, tactics, language)
        meanwhile = _say("meanwhile", language)
        spot = (left, y + 34 + live_help.height(tactics), room, 40)
        painter.text(meanwhile, spot, theme.SMALL, "medium", theme.SOFT_INK, lines=2)

    def _brief(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        painter.rect((x - 8, y - 8, width + 16, height + 8), (255, 255, 255, 150), 14)
        top = y
        for line in self.session.scenario.brief.lines(language):
            high = painter.text_height(line, width - 10, theme.BODY) + 2
            if top + high > y + height - 8:
                break
            painter.text(line, (x + 4, top, width - 8, high), theme.BODY, lines=5, vertical="top")
            top += high + 8


def _say(name: str, language: str, /, **values) -> str:
    return wording.text(f"live.opening.{name}", language, **values)
