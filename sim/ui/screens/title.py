"""The first screen: the street at dusk, alive behind the list of scenarios."""

from __future__ import annotations

import pygame

from sim import wording
from sim.errors import ScenarioError, StrollError
from sim.ui import theme, words
from sim.ui.art import icons
from sim.ui.painter import Painter
from sim.ui.saved import newest_unfinished
from sim.ui.screens.base import Change, Leave, Push, Screen
from sim.ui.street.acts import main_topic
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


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
        topic = main_topic(self.scenario.host.topics)
        side = height - 20

        def draw(c) -> None:
            top, bottom = icons.cover(topic)
            c.shaded_rect(0, 0, side, side, [(0, top), (1, bottom)], 11)
            icons.thing(c, topic, side / 2, side / 2, side * 0.33)

        painter.art(("cover", topic), (x + 10, y + 10, side, side), draw)
        left, room = x + side + 24, width - side - 66
        painter.text(
            self.scenario.title.text(language),
            (left, y + 10, room, 30),
            21,
            "bold",
            may_truncate=True,
        )
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


class ResumeCard(Widget):
    """The run that was closed last, to go on with."""

    def __init__(self, box, saved, action) -> None:
        super().__init__("resume", box)
        self.saved, self.action = saved, action

    def press(self, point=None):
        return self.action()

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        fill = "#FFE9C4" if self.hovered or self.focused else "#FFF1D8"
        painter.panel(self.box, fill, 16, 70, opacity=255)
        spot = (x + 20, y + height / 2 - 10, 20, 20)
        painter.art(("resume",), spot, lambda c: icons.mark(c, "play", 10, 10, 9, theme.CORAL))
        heading = words.say("resume.heading", language)
        used = painter.text(heading, (x + 56, y, 200, height), theme.BODY, "bold")
        minute = self.saved.minute
        over = minute > self.saved.scenario.live.minutes
        key = "resume.card_night" if over else "resume.card"
        note = words.say(key, language, minutes=int(minute))
        text = f"{self.saved.scenario.title.text(language)} · {note}"
        box = (x + 72 + used, y, width - used - 92, height)
        painter.text(text, box, 14, "medium", theme.SOFT_INK, "right", may_truncate=True)
        self.focus_ring(painter, 16)


class TitleScreen(Screen):
    """Choose a scenario, set something, or leave."""

    def __init__(self, app) -> None:
        super().__init__(app)
        self.scenarios, self.broken = _load_all()
        self.view: StreetView | None = None
        self._first = 0
        self.saved = newest_unfinished()
        if self.scenarios:
            self.view = StreetView(self.scenarios[0], app.builder)
            self.first_focus = f"scenario:{self.scenarios[0].id}"

    def build(self, painter: Painter) -> list[Widget]:
        left, top = painter.width / 2 - 250, self._list_top(painter)
        shown = self._shown(painter)
        widgets: list[Widget] = []
        for i, scenario in enumerate(self.scenarios[self._first : self._first + shown]):
            box = (left, top + i * 104, 500, 94)
            widgets.append(ScenarioCard(box, scenario, self._open, None))
        y = top + self._rows(painter) * 104 + 12
        if self.saved is not None:
            widgets.append(ResumeCard((left, y - 8, 500, 48), self.saved, self._resume))
            y += 56
        if len(self.scenarios) > shown:
            widgets.append(
                Button("more", (left + 520, top, 54, 44), lambda _: "", self._scroll, mark="next")
            )
        widgets.append(
            Button(
                "settings",
                (left, y, 240, 46),
                lambda la: words.say("title.settings", la),
                self._settings,
                mark="gear",
            )
        )
        widgets.append(
            Button(
                "leave",
                (left + 260, y, 240, 46),
                lambda la: words.say("title.leave", la),
                Leave,
                mark="door",
            )
        )
        widgets.append(self.language_choice(painter))
        return widgets

    @staticmethod
    def _list_top(painter: Painter) -> float:
        return painter.height * 0.40

    def _shown(self, painter: Painter) -> int:
        below = 120 + (56 if self.saved is not None else 0)
        return max(1, int((painter.height - self._list_top(painter) - below) // 104))

    def _rows(self, painter: Painter) -> int:
        return max(1, min(len(self.scenarios), self._shown(painter)))

    def _scroll(self) -> None:
        self._first = (self._first + 1) % len(self.scenarios)
        self.rebuild()

    def _open(self, scenario) -> Change:
        from sim.ui.screens.brief import BriefScreen

        return Push(BriefScreen(self.app, scenario))

    def _resume(self) -> Change:
        from sim.ui.screens.resume import ResumeScreen

        return Push(ResumeScreen(self.app, self.saved))

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
            self.view.draw(painter, language)
        width, top = painter.width, self._list_top(painter)
        painter.veil("#5A2A3A", 40)
        high = 202 + self._rows(painter) * 104 + 84 + (26 if self.broken else 0)
        high += 56 if self.saved is not None else 0
        painter.panel((width / 2 - 290, top - 202, 580, high), theme.CREAM, 28, 110, opacity=238)
        name, other = self.say("title.name"), self.say("title.other_name")
        chinese = language == "zh"
        y = top - 182
        painter.text(
            name,
            (width / 2 - 260, y, 520, 78),
            64 if chinese else 54,
            "display" if chinese else "bold",
            theme.BRICK,
            "center",
        )
        painter.text(
            other,
            (width / 2 - 260, y + 76, 520, 28),
            19,
            "medium" if chinese else "display",
            theme.SOFT_INK,
            "center",
        )
        player, tagline = self.app.settings.player, self.say("title.tagline")
        if player:
            hello = wording.text("settings_screen.title.hello", language, name=player)
            tagline = f"{hello} · {tagline}"
        painter.text(
            tagline,
            (width / 2 - 260, y + 104, 520, 30),
            18,
            "medium",
            theme.INK,
            "center",
            may_truncate=bool(player),
        )
        painter.text(
            self.say("title.choose"),
            (width / 2 - 250, top - 34, 240, 26),
            theme.BODY,
            "bold",
            theme.SOFT_INK,
        )
        painter.text(
            self.say("title.keys"),
            (width / 2 - 10, top - 34, 260, 26),
            theme.SMALL,
            "medium",
            theme.FAINT_INK,
            "right",
        )
        if not self.scenarios:
            box = (width / 2 - 250, top + 10, 500, 80)
            painter.text(self.say("title.none"), box, theme.BODY, "medium", theme.SOFT_INK, lines=3)
        if self.broken:
            box = (width / 2 - 250, top - 202 + high - 30, 500, 24)
            painter.text(
                self.say("title.bad", count=self.broken), box, theme.SMALL, "medium", theme.POOR
            )


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
