"""The first screen: the street at dusk, alive behind the list of scenarios."""

from __future__ import annotations

import pygame

from sim import wording
from sim.errors import ScenarioError, StrollError
from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.saved import newest_unfinished, played_lately, times_kept
from sim.ui.screens.base import Change, Leave, Push, Screen
from sim.ui.screens.title_cards import RecentCard, ResumeCard, ScenarioCard
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import AbleButton, Button

_MOST_RECENT = 6
_RECENT_WIDTH = 270.0


class TitleScreen(Screen):
    """Choose a scenario, set something, or leave."""

    def __init__(self, app) -> None:
        super().__init__(app)
        self.scenarios, self.broken = _load_all()
        self.view: StreetView | None = None
        self._first = 0
        self._read_profile()
        if self.scenarios:
            self.view = StreetView(self.scenarios[0], app.builder)
            self.first_focus = f"scenario:{self.scenarios[0].id}"

    def opened(self) -> None:
        if self._kept != times_kept():
            self._read_profile()

    def _read_profile(self) -> None:
        self._kept = times_kept()
        self.recent, self.stars = played_lately(_MOST_RECENT)
        self.saved = newest_unfinished()
        self.rebuild()

    def _middle(self, painter: Painter) -> float:
        """The middle of the list of scenarios; it makes room when there are runs beside it."""
        return painter.width / 2 - (_RECENT_WIDTH / 2 if self.recent else 0)

    def _recent_cards(self, painter: Painter) -> list[Widget]:
        known = {scenario.id: scenario for scenario in self.scenarios}
        x, y, _, height = self._sheet(painter)
        room = int((height - 62) // 88)
        return [
            RecentCard(i, (x + 566, y + 50 + i * 88, _RECENT_WIDTH - 10, 80), played,
                       known.get(played.scenario_id), self._open)
            for i, played in enumerate(self.recent[:room])
        ]  # fmt: skip

    def _sheet(self, painter: Painter):
        high = 202 + self._rows(painter) * 104 + 84 + (26 if self.broken else 0)
        high += 56 if self.saved is not None else 0
        wide = 580 + (_RECENT_WIDTH if self.recent else 0)
        return (painter.width - wide) / 2, self._list_top(painter) - 202, wide, high

    def build(self, painter: Painter) -> list[Widget]:
        left, top = self._middle(painter) - 250, self._list_top(painter)
        shown = self._shown(painter)
        widgets: list[Widget] = []
        for i, scenario in enumerate(self.scenarios[self._first : self._first + shown]):
            box = (left, top + i * 104, 500, 94)
            widgets.append(ScenarioCard(box, scenario, self._open, self.stars.get(scenario.id, 0)))
        y = top + self._rows(painter) * 104 + 12
        if self.saved is not None:
            widgets.append(ResumeCard((left, y - 8, 500, 48), self.saved, self._resume))
            y += 56
        if len(self.scenarios) > shown:
            high = self._rows(painter) * 104 - 10
            for name, spot, step in (
                ("page up", (left + 503, top, 34, 44), -shown),
                ("page down", (left + 503, top + high - 44, 34, 44), shown),
            ):
                widgets.append(
                    AbleButton(
                        name, spot, lambda _: "", lambda s=step: self._scroll(s),
                        mark="up" if step < 0 else "down", able=lambda s=step: self._can_scroll(s),
                    )
                )  # fmt: skip
        widgets.append(
            Button(
                "course", (left, y, 156, 46), lambda la: wording.text("course_map.entry", la),
                self._course, mark="globe",
            )
        )  # fmt: skip
        widgets.append(
            Button(
                "settings",
                (left + 172, y, 156, 46),
                lambda la: words.say("title.settings", la),
                self._settings,
                mark="gear",
            )
        )
        widgets.append(
            Button(
                "leave",
                (left + 344, y, 156, 46),
                lambda la: words.say("title.leave", la),
                Leave,
                mark="door",
            )
        )
        widgets += self._recent_cards(painter)
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

    def _last_first(self) -> int:
        """The first one shown when the last one is."""
        return max(0, len(self.scenarios) - self._shown(self.app.painter))

    def _can_scroll(self, by: int) -> bool:
        return self._first > 0 if by < 0 else self._first < self._last_first()

    def _scroll(self, by: int) -> None:
        self._first = max(0, min(self._last_first(), self._first + by))
        self.rebuild()

    def mouse(self, event, point) -> None:
        if event.type == pygame.MOUSEWHEEL and event.y:
            self._scroll(-1 if event.y > 0 else 1)

    def before_controls(self, event, point):
        """Up and down go on through the list beyond what of it is shown."""
        current = self.group.focused
        if event.type != pygame.KEYDOWN or not isinstance(current, ScenarioCard):
            return False, None
        if event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            step = self._shown(self.app.painter)
        else:
            step = 1
        by = {pygame.K_UP: -1, pygame.K_PAGEUP: -1, pygame.K_DOWN: 1, pygame.K_PAGEDOWN: 1}
        by = by.get(event.key, 0) * step
        place = self.scenarios.index(current.scenario) + by
        shown = range(self._first, self._first + self._shown(self.app.painter))
        if not by or place in shown or not self._can_scroll(by):
            return False, None
        place = max(0, min(len(self.scenarios) - 1, place))
        self._scroll(by)
        self.group.set(self.build(self.app.painter))
        self.group.focus(f"scenario:{self.scenarios[place].id}")
        return True, None

    def _open(self, scenario) -> Change:
        from sim.ui.campaign.entry import brief_for

        return Push(brief_for(self.app, scenario))

    def _course(self) -> Change:
        from sim.ui.course.map import CourseMap

        return Push(CourseMap(self.app))

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
        if event.key == pygame.K_c:
            return self._course()
        return False

    def back(self) -> Change:
        return Leave()

    def update(self, seconds: float) -> None:
        if self._kept != times_kept():
            # A run is kept in the background, perhaps only after the title has come back.
            self._read_profile()
        if self.view is not None and not self.app.settings.reduced_motion:
            self.view.move(seconds, 1.0)

    def paint(self, painter: Painter, language: str) -> None:
        if self.view is None:
            painter.surface.fill(theme.rgba("#F6C79C"))
        else:
            self.view.draw(painter, language)
        top, middle = self._list_top(painter), self._middle(painter)
        painter.veil("#5A2A3A", 40)
        sheet = self._sheet(painter)
        painter.panel(sheet, theme.CREAM, 28, 110, opacity=238)
        if self.recent:
            x, y, _, high = sheet
            painter.rect((x + 560, y + 24, 1.2, high - 48), theme.HAIRLINE)
            painter.text(
                self.say("title.recent"), (x + 580, y + 18, _RECENT_WIDTH - 40, 26), theme.BODY,
                "bold", theme.SOFT_INK,
            )  # fmt: skip
        name, other = self.say("title.name"), self.say("title.other_name")
        chinese = language == "zh"
        y = top - 182
        painter.text(
            name,
            (middle - 260, y, 520, 78),
            64 if chinese else 54,
            "display" if chinese else "bold",
            theme.BRICK,
            "center",
        )
        painter.text(
            other,
            (middle - 260, y + 76, 520, 28),
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
            (middle - 260, y + 104, 520, 30),
            18,
            "medium",
            theme.INK,
            "center",
            may_truncate=bool(player),
        )
        painter.text(
            self.say("title.choose"),
            (middle - 250, top - 34, 240, 26),
            theme.BODY,
            "bold",
            theme.SOFT_INK,
        )
        painter.text(
            self.say("title.keys"),
            (middle - 10, top - 34, 260, 26),
            theme.SMALL,
            "medium",
            theme.FAINT_INK,
            "right",
        )
        shown = self._shown(painter)
        if len(self.scenarios) > shown:
            high = self._rows(painter) * 104 - 10
            last = min(len(self.scenarios), self._first + shown)
            spot = (middle + 252, top + high / 2 - 26, 37, 52)
            text = self.say(
                "title.position", first=self._first + 1, last=last, count=len(self.scenarios)
            )
            painter.text(
                text, spot, 13, "bold", theme.SOFT_INK, "center", lines=2, smallest=10,
            )  # fmt: skip
        if not self.scenarios:
            box = (middle - 250, top + 10, 500, 80)
            painter.text(self.say("title.none"), box, theme.BODY, "medium", theme.SOFT_INK, lines=3)
        if self.broken:
            box = (middle - 250, sheet[1] + sheet[3] - 30, 500, 24)
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
    # Lessons in the order of the course, then whatever else there is.
    scenarios.sort(key=lambda s: (s.lesson is None, s.lesson.number if s.lesson else 0))
    return scenarios, broken
