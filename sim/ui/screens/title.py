"""The first screen: the street at dusk, alive behind the list of scenarios."""

from __future__ import annotations

import numpy as np
import pygame

from sim.errors import ScenarioError, StrollError
from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Leave, Push, Screen
from sim.ui.street.acts import main_topic
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_EXTRAS = 150  # people who only fill the picture before anybody is simulated
_EXTRA = np.dtype(
    [("shopper", "i4"), ("place", "u1"), ("where", "i2"), ("patience", "f4"), ("seconds", "f4")]
)


class _Still:
    """What an observation would show of a street nobody is playing yet: windows and strollers."""

    def __init__(self, scenario) -> None:
        from sim.ui.art.people import part

        self.cards = [
            _Card("note", number, note.title, main_topic(host.topics), note.likes)
            for number, host in enumerate(scenario.hosts)
            for note in host.notes
        ]
        self.rooms: list = []
        numbers = np.arange(1, _EXTRAS + 1)
        self.people = np.zeros(_EXTRAS, _EXTRA)
        self.people["shopper"] = numbers * 37
        reading = part(numbers, 200) < 0.2
        self.people["place"] = np.where(reading & bool(self.cards), 2, 1)
        self.people["where"] = (part(numbers, 201) * max(1, len(self.cards))).astype(int)
        self.people["patience"] = 0.25 + 0.75 * part(numbers, 202)


class _Card:
    def __init__(self, kind, host, title, topic, likes) -> None:
        self.kind, self.host, self.title, self.topic, self.likes = kind, host, title, topic, likes


class ScenarioCard(Widget):
    """One scenario in the list."""

    def __init__(self, box, scenario, action, chosen) -> None:
        super().__init__(f"scenario:{scenario.id}", box)
        self.scenario, self.action, self.chosen = scenario, action, chosen

    def press(self, point=None):
        return self.action(self.scenario)

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        fill = "#FFFFFF" if self.hovered or self.focused else theme.PAPER
        painter.panel(self.box, fill, 16, 70, opacity=255)
        from sim.ui.art import icons

        topic = main_topic(self.scenario.host.topics)
        side = height - 20

        def draw(c) -> None:
            top, bottom = icons.cover(topic)
            c.shaded_rect(0, 0, side, side, [(0, top), (1, bottom)], 11)
            icons.thing(c, topic, side / 2, side / 2, side * 0.33)

        painter.art(("cover", topic), (x + 10, y + 10, side, side), draw)
        left, room = x + side + 24, width - side - 66
        painter.text(self.scenario.title.text(language), (left, y + 10, room, 30), 21, "bold", may_truncate=True)
        facts = words.say(
            "title.facts", language, minutes=self.scenario.live.minutes,
            shoppers=words.count(self.scenario.shoppers), hosts=len(self.scenario.hosts),
        )  # fmt: skip
        painter.text(facts, (left, y + 40, room, 22), theme.SMALL, "medium", theme.SOFT_INK)
        goal = words.say(f"goal.{self.scenario.goal}", language)
        painter.text(goal, (left, y + 61, room, 22), theme.SMALL, "medium", theme.BRICK)
        spot = (x + width - 36, y + height / 2 - 9, 18, 18)
        painter.art(("go",), spot, lambda c: icons.mark(c, "next", 9, 9, 8, theme.CORAL))
        self.focus_ring(painter, 16)


class TitleScreen(Screen):
    """Choose a scenario, set something, or leave."""

    def __init__(self, app) -> None:
        super().__init__(app)
        self.scenarios, self.broken = _load_all()
        self.view: StreetView | None = None
        self._first = 0
        if self.scenarios:
            self.view = StreetView(self.scenarios[0], app.builder)
            self._still = _Still(self.scenarios[0])
            self.first_focus = f"scenario:{self.scenarios[0].id}"

    def build(self, painter: Painter) -> list[Widget]:
        left, top = painter.width / 2 - 250, painter.height * 0.40
        shown = max(1, int((painter.height - top - 110) // 104))
        widgets: list[Widget] = []
        for i, scenario in enumerate(self.scenarios[self._first : self._first + shown]):
            box = (left, top + i * 104, 500, 94)
            widgets.append(ScenarioCard(box, scenario, self._open, None))
        y = painter.height - 84
        if len(self.scenarios) > shown:
            widgets.append(
                Button("more", (left + 520, top, 54, 44), lambda _: "", self._scroll, mark="next")
            )
        widgets.append(
            Button("settings", (left, y, 240, 46), lambda la: words.say("title.settings", la), self._settings, mark="gear")
        )
        widgets.append(
            Button("leave", (left + 260, y, 240, 46), lambda la: words.say("title.leave", la), Leave, mark="door")
        )
        widgets.append(self.language_choice(painter))
        return widgets

    def _scroll(self) -> None:
        self._first = (self._first + 1) % len(self.scenarios)
        self.rebuild()

    def _open(self, scenario) -> Change:
        from sim.ui.screens.brief import BriefScreen

        return Push(BriefScreen(self.app, scenario))

    def _settings(self) -> Change:
        from sim.ui.screens.settings import SettingsScreen

        return Push(SettingsScreen(self.app))

    def key(self, event: pygame.event.Event):
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.scenarios:
            return self._open(self.scenarios[self._first])
        if event.key == pygame.K_ESCAPE:
            return None
        return False

    def back(self) -> Change:
        return Leave()

    def update(self, seconds: float) -> None:
        if self.view is not None and not self.app.settings.reduced_motion:
            self.view.move(seconds, 1.0)

    def paint(self, painter: Painter, language: str) -> None:
        if self.view is None:
            painter.surface.fill(theme.rgba("#F6C79C"))
        else:
            self.view.take(self._still, painter)
            self.view.draw(painter, language)
        width, top = painter.width, painter.height * 0.40
        painter.veil("#5A2A3A", 58)
        high = painter.height - top + 200
        painter.panel((width / 2 - 290, top - 202, 580, high), theme.CREAM, 28, 90, opacity=226)
        name, other = self.say("title.name"), self.say("title.other_name")
        chinese = language == "zh"
        y = top - 182
        painter.text(name, (width / 2 - 260, y, 520, 78), 64 if chinese else 54, "display" if chinese else "bold", theme.BRICK, "center")
        painter.text(other, (width / 2 - 260, y + 76, 520, 28), 19, "medium" if chinese else "display", theme.SOFT_INK, "center")
        painter.text(self.say("title.tagline"), (width / 2 - 260, y + 104, 520, 30), 18, "medium", theme.INK, "center")
        painter.text(self.say("title.choose"), (width / 2 - 250, top - 34, 240, 26), theme.BODY, "bold", theme.SOFT_INK)
        painter.text(self.say("title.keys"), (width / 2 - 10, top - 34, 260, 26), theme.SMALL, "medium", theme.FAINT_INK, "right")
        if not self.scenarios:
            box = (width / 2 - 250, top + 10, 500, 80)
            painter.text(self.say("title.none"), box, theme.BODY, "medium", theme.SOFT_INK, lines=3)
        if self.broken:
            box = (width / 2 - 250, painter.height - 116, 500, 24)
            painter.text(self.say("title.bad", count=self.broken), box, theme.SMALL, "medium", theme.POOR)


def _load_all():
    """All scenarios that can be read, and how many cannot."""
    from sim.scenario import Scenario, catalog

    scenarios, broken = [], 0
    for entry in catalog():
        try:
            scenarios.append(Scenario.load(entry.path))
        except (ScenarioError, StrollError):
            broken += 1
    return scenarios, broken
