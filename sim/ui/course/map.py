"""The course map: the lessons as shops of one street, and the one chosen on a sheet beside it."""

from __future__ import annotations

import pygame

from sim import wording
from sim.ui import theme, words
from sim.ui.course import map_art
from sim.ui.course.lesson_shop import LessonShop
from sim.ui.course.progress import LessonEntry, Lessons, next_lesson, read_stars
from sim.ui.course.stars import draw_stars
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Pop, Push, Replace, Screen, display_weight
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_SHEET = 372.0


def say(key: str, language: str, /, **values) -> str:
    """The text `course_map.<key>` in a language."""
    return wording.text(f"course_map.{key}", language, **values)


class LevelRow(Widget):
    """One degree of difficulty, with its stars; pressed, it is the one to be played."""

    def __init__(self, box, level, stars: int, on, choose) -> None:
        super().__init__(f"level:{level.id}", box)
        self.level, self.stars, self.on, self.choose = level, stars, on, choose

    def press(self, point=None):
        self.choose()

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        on = self.on()
        painter.rect(self.box, (255, 255, 255, 240 if on or self.hovered else 140), 13)
        if on:
            painter.rect(self.box, theme.CORAL, 13, 2.4)
        painter.text(
            self.level.title.text(language), (x + 14, y + 4, width - 96, 26), theme.BODY, "bold",
            smallest=11, may_truncate=True,
        )  # fmt: skip
        draw_stars(painter, self.stars, x + width - 76, y + 9)
        painter.text(
            self.level.summary.text(language), (x + 14, y + 30, width - 28, height - 34), 12.5,
            "medium", theme.SOFT_INK, lines=2, smallest=9.5, vertical="top", may_truncate=True,
        )  # fmt: skip
        self.focus_ring(painter, 13)


class CourseMap(Screen):
    """Choose a lesson and its level, and begin; every lesson is open, the next one is marked."""

    def __init__(self, app) -> None:
        super().__init__(app)
        self.lessons = Lessons()
        self.chosen = 0
        self.level = 0
        self._known = False

    @property
    def entries(self) -> list[LessonEntry]:
        return self.lessons.entries or []

    @property
    def entry(self) -> LessonEntry | None:
        return self.entries[self.chosen] if self.entries else None

    def opened(self) -> None:
        if self._known:
            read_stars(self.entries)
            self.rebuild()

    def update(self, seconds: float) -> Change | None:
        if not self._known and self.lessons.entries is not None:
            self._known = True
            self.chosen = next_lesson(self.entries)
            self.rebuild()
            if self.entries:
                self.first_focus = f"lesson:{self.chosen}"
                self.group.focus(self.first_focus, show=False)
        focused = self.group.focused
        if isinstance(focused, LessonShop) and focused.focused and focused.place != self.chosen:
            self._choose(focused.place)
        return None

    # -- controls ------------------------------------------------------------------------------
    def _spots(self, painter: Painter) -> list[tuple[float, float]]:
        width = painter.width - _SHEET - 56
        height = painter.height - 96
        return [
            (x + 20, y + 80) for x, y in map_art.places(len(self.entries), width, height)
        ]  # fmt: skip

    def build(self, painter: Painter) -> list[Widget]:
        widgets: list[Widget] = []
        following = next_lesson(self.entries) if self.entries else -1
        for i, (entry, foot) in enumerate(zip(self.entries, self._spots(painter), strict=True)):
            widgets.append(
                LessonShop(
                    f"lesson:{i}", foot, entry, i, lambda: self.chosen, i == following, self._press
                )
            )
        x, y, width, height = self._sheet(painter)
        entry = self.entry
        if entry is not None:
            top = y + height - 150 - 76 * len(entry.levels)
            for i, (level, _) in enumerate(entry.levels):
                widgets.append(
                    LevelRow(
                        (x + 22, top + i * 76, width - 44, 68), level,
                        entry.stars.get(level.id, 0), lambda i=i: self.level == i,
                        lambda i=i: self._level(i),
                    )
                )  # fmt: skip
            widgets.append(
                Button(
                    "start", (x + 22, y + height - 128, width - 44, 52),
                    lambda la: say("start", la), self._start, "main", "play", size=19,
                )
            )  # fmt: skip
            widgets.append(
                Button(
                    "practice", (x + 22 + (width - 44) * 0.36 + 4, y + height - 64,
                                 (width - 44) * 0.64 - 4, 44),
                    lambda la: say("practice", la), self._practice, mark="return", size=14,
                    tip=lambda la: say("practice_tip", la),
                )
            )  # fmt: skip
        widgets.append(
            Button(
                "back", (x + 22, y + height - 64, (width - 44) * 0.36 - 4, 44),
                lambda la: words.say("common.back", la), self.back, mark="back", size=14,
            )
        )  # fmt: skip
        widgets.append(self.language_choice(painter, y + 20, x + width - 114))
        return widgets

    def _sheet(self, painter: Painter):
        return painter.width - _SHEET - 20, 20.0, _SHEET, painter.height - 40

    def _choose(self, place: int) -> None:
        self.chosen, self.level = place, 0
        self.rebuild()

    def _level(self, level: int) -> None:
        self.level = level

    def _press(self, place: int) -> Change | None:
        if place == self.chosen:
            return self._start()
        self._choose(place)
        return None

    def _scenario(self):
        return self.entry.levels[min(self.level, len(self.entry.levels) - 1)][1]

    def _brief(self) -> Screen:
        from sim.ui.campaign.entry import CampaignBrief
        from sim.ui.course.practice import LessonBrief

        scenario = self._scenario()
        kind = LessonBrief if scenario.campaign is None else CampaignBrief
        return kind(self.app, scenario)

    def _start(self) -> Change | None:
        return None if self.entry is None else Push(self._brief())

    def _practice(self) -> Change | None:
        if self.entry is None:
            return None
        brief = self._brief()
        brief.begin_practice()
        return Push(brief)

    def back(self) -> Change:
        if len(self.app.stack) > 1:
            return Pop()
        from sim.ui.screens.title import TitleScreen

        return Replace(TitleScreen(self.app))

    def key(self, event: pygame.event.Event):
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            return self._start()
        if event.key == pygame.K_r:
            return self._practice()
        number = event.key - pygame.K_1
        if self.entry is not None and 0 <= number < len(self.entry.levels):
            self._level(number)
            return None
        return super().key(event)

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        spots = self._spots(painter)
        map_art.ground(painter, spots, painter.width - _SHEET - 36)
        map_art.walkers(painter, spots, painter.width - _SHEET - 36)
        title = say("heading", language)
        painter.text(title, (34, 18, 420, 48), 34, display_weight(title), "#5A2A3A")
        # On a band of its own, since trees stand here.
        note = say("note", language)
        room = min(painter.width - _SHEET - 90, painter.measure(note, theme.BODY, "medium") + 8)
        painter.rect((26, 61, room + 20, 28), (255, 244, 226, 205), 14)
        painter.text(
            note, (36, 62, room, 26), theme.BODY, "medium",
            "#6A3A46", smallest=11,
        )  # fmt: skip
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 24, 110, opacity=252)
        if self.lessons.entries is None:
            self._middle(painter, say("loading", language))
        elif not self.entries:
            self._middle(painter, say("none", language))
        else:
            self._entry(painter, self.entry, language)

    def _middle(self, painter: Painter, text: str) -> None:
        x, y, width, _ = self._sheet(painter)
        painter.text(
            text, (x + 30, y + 120, width - 60, 120), theme.BODY, "medium", theme.SOFT_INK,
            "center", lines=4,
        )  # fmt: skip

    def _entry(self, painter: Painter, entry: LessonEntry, language: str) -> None:
        x, y, width, height = self._sheet(painter)
        lesson = entry.lesson
        painter.text(
            say("number", language, number=lesson.number), (x + 24, y + 20, 160, 28), 15, "bold",
            theme.BRICK,
        )  # fmt: skip
        title = entry.scenario.title.text(language)
        painter.text(
            title, (x + 24, y + 48, width - 48, 46), 28, display_weight(title), theme.INK,
            smallest=16, may_truncate=True,
        )  # fmt: skip
        painter.rect((x + 22, y + 102, width - 44, 34), (244, 182, 70, 90), 12)
        painter.text(
            say("lever", language, lever=lesson.lever.text(language)),
            (x + 36, y + 102, width - 72, 34), 15, "bold", "#8A5A12", smallest=10,
            may_truncate=True,
        )  # fmt: skip
        scenario = self._scenario()
        if scenario.campaign is not None:
            kind = say("campaign", language, days=scenario.campaign.days)
        else:
            kind = say("evening", language, minutes=scenario.live.minutes)
        goal = words.say(f"goal.{scenario.goal}", language)
        painter.text(
            f"{kind} · {goal}", (x + 24, y + 144, width - 48, 24), 14, "medium", theme.SOFT_INK,
            smallest=10,
        )  # fmt: skip
        levels = y + height - 150 - 76 * len(entry.levels)
        painter.text(
            lesson.idea.text(language), (x + 24, y + 174, width - 48, levels - 30 - y - 178), 17,
            "regular", theme.INK, lines=7, smallest=11, vertical="top", may_truncate=True,
        )  # fmt: skip
        painter.text(
            say("levels", language), (x + 24, levels - 28, width - 48, 24), 14, "bold",
            theme.SOFT_INK,
        )  # fmt: skip
