"""Diaries: one shopper's day and weeks, beside the same person's in the branch on show."""

from __future__ import annotations

import pygame

from sim.ui import theme, words
from sim.ui.debrief import controls
from sim.ui.debrief.tab import Tab
from sim.ui.debrief.words import plain, say
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_LIST = 216.0
_SIGNS = {"same": "", "changed": "≠", "only_here": "−", "only_there": "+"}
_FILLS = {
    "changed": (244, 182, 70, 74),
    "only_here": (242, 112, 91, 60),
    "only_there": (62, 156, 147, 60),
}
_INKS = {"changed": theme.AMBER, "only_here": theme.POOR, "only_there": theme.DEEP_TEAL}


class DiaryTab(Tab):
    name = "diary"
    first_focus = "who"

    def __init__(self, screen) -> None:
        super().__init__(screen)
        self.place = controls.Place()
        self.reading = controls.Place()
        self.shopper: int | None = None
        self._people: list[int] = []
        self._pairs: list = []
        self._said: tuple | None = None

    def opened(self) -> None:
        self._people = self.study.people()
        if self.shopper is None and self._people:
            self.shopper = self._people[0]
        if self.shopper is not None:
            self.look_at(self.shopper)

    def arrived(self) -> None:
        self._people = self.study.people()
        if self.screen.tab == self.name and self.shopper is not None:
            self.look_at(self.shopper)

    def look_at(self, shopper: int) -> None:
        """Read somebody's diary."""
        if shopper != self.shopper:
            self.reading.top = self.reading.selected = 0
        self.shopper = shopper
        if shopper not in self._people:
            self._people = [shopper, *self.study.people()]
        if shopper in self._people:
            row = self._people.index(shopper)
            self.place.selected = row
            if not self.place.top <= row < self.place.top + 8:
                self.place.top = row
        self.study.open_diary(shopper)

    # -- controls ------------------------------------------------------------------------------
    def _places(self, box: Box) -> dict[str, Box]:
        x, y, width, height = box
        return {
            "list": (x, y, _LIST, height),
            "page": (x + _LIST + 12, y, width - _LIST - 12, height),
        }

    def build(self, painter: Painter, box: Box) -> list[Widget]:
        places = self._places(box)
        x, y, width, height = places["list"]
        px, py, pwidth, pheight = places["page"]
        self._wide = (pwidth - 24 - 12) / 2 - 126
        return [
            controls.ScrollList(
                "who", (x + 10, y + 38, width - 20, height - 48), self.place,
                lambda: len(self._people), lambda *_: 50.0, self._draw_person, None, self._pick,
            ),
            controls.ScrollList(
                "entries", (px + 12, py + 76, pwidth - 24, pheight - 118), self.reading,
                lambda: len(self._lines()), self._height, self._draw_entry,
            ),
            Button("previous", (px + pwidth - 118, py + 10, 48, 34), lambda _: "",
                   lambda: self._beside(-1), mark="back"),
            Button("following", (px + pwidth - 62, py + 10, 48, 34), lambda _: "",
                   lambda: self._beside(1), mark="next"),
        ]  # fmt: skip

    def _pick(self, row: int) -> None:
        self.look_at(self._people[row])

    def _beside(self, step: int) -> None:
        if self._people:
            at = self._people.index(self.shopper) if self.shopper in self._people else 0
            self.look_at(self._people[(at + step) % len(self._people)])

    def key(self, key: int):
        if key in (pygame.K_LEFTBRACKET, pygame.K_RIGHTBRACKET):
            self._beside(1 if key == pygame.K_RIGHTBRACKET else -1)
            return None
        return False

    # -- drawing -------------------------------------------------------------------------------
    def _lines(self) -> list:
        """Pairs of entries of the two diaries, worked out once for what is shown."""
        if self.shopper is None:
            return []
        key = (self.shopper, self.study.base, self.study.shown)
        if self._said != key:
            pages = self.study.pages(self.shopper)
            if pages is None:
                return []
            self._said, self._pairs = key, pages[2]
            self._pages = pages
        return self._pairs

    def _draw_person(self, painter: Painter, row: int, box: Box, selected: bool) -> None:
        language = self.screen.app.language
        shopper = self._people[row]
        x, y, width, height = box
        painter.rect(box, (244, 182, 70, 80) if selected else (255, 255, 255, 130), 12)
        controls.little_person(painter, shopper, x + 22, y + height - 5, 36)
        painter.text(
            words.name_of(shopper, language), (x + 44, y + 2, width - 72, 23), 14.5, "bold"
        )
        painter.text(f"#{shopper}", (x + 44, y + 23, width - 72, 19), 12, "medium",
                     theme.SOFT_INK)  # fmt: skip
        if shopper in self._different():
            painter.text("≠", (x + width - 28, y, 20, height), 19, "bold", theme.AMBER, "center")

    def _different(self) -> set[int]:
        found = self.study.different() or ()
        return {item.shopper for item in found}

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        places = self._places(box)
        for place in places.values():
            controls.sheet(painter, place, 18)
        study = self.study
        x, y, width, _height = places["list"]
        controls.title(painter, self.say("diary.people"), x + 16, y + 8, width - 30, 15)
        px, py, pwidth, pheight = places["page"]
        inner = (px, py + 60, pwidth, pheight - 70)
        if self.shopper is None:
            controls.quiet_page(painter, inner, "person", self.say("diary.nobody"),
                                self.say("diary.nobody_note"))  # fmt: skip
            return
        controls.little_person(painter, self.shopper, px + 34, py + 60, 50)
        name = words.name_of(self.shopper, language)
        wide = painter.text(name, (px + 62, py + 8, 180, 32), 21, "bold")
        painter.text(f"#{self.shopper}", (px + 70 + wide, py + 12, 80, 26), 13, "medium",
                     theme.SOFT_INK)  # fmt: skip
        job = study.diary_job
        if not self._lines():
            trouble = job is not None and job.state == "failed"
            text = job.error.in_language(language) if trouble else self.say("diary.waiting")
            empty = study.pages(self.shopper) is not None
            if empty:
                controls.quiet_page(painter, inner, "door", self.say("diary.empty"),
                                    self.say("diary.empty_note"))  # fmt: skip
            else:
                heading = "error.heading" if trouble else "loading.heading"
                controls.quiet_page(painter, inner, "cross" if trouble else "clock",
                                    self.say(heading), text, None, trouble)  # fmt: skip
            return
        half = (pwidth - 24) / 2
        alone = study.base == study.shown
        names = [(study.base, theme.BRICK)] + ([] if alone else [(study.shown, theme.DEEP_TEAL)])
        for side, (number, ink) in enumerate(names):
            painter.text(
                study.label(number, language), (px + 64 + side * half, py + 44, half - 70, 26),
                15, "bold", ink, may_truncate=True,
            )  # fmt: skip
        self._legend(painter, (px + 14, py + pheight - 36, pwidth - 28, 28), language, alone)

    def _legend(self, painter: Painter, box: Box, language: str, alone: bool) -> None:
        x, y, _width, height = box
        if alone:
            controls.note(painter, self.say("diary.alone"), box, 1, theme.INK)
            return
        left = x
        for mark in ("changed", "only_here", "only_there"):
            painter.rect((left, y + 4, 22, 20), _FILLS[mark], 6)
            painter.text(_SIGNS[mark], (left, y + 4, 22, 20), 15, "bold", _INKS[mark], "center")
            left += 28 + painter.text(
                self.say(f"diary.{mark}"), (left + 28, y, 260, height), 13, "medium", theme.INK
            ) + 22  # fmt: skip

    def _texts(self, pair, language: str) -> tuple[str, str]:
        one = plain(pair.one.text(language), language) if pair.one is not None else ""
        other = plain(pair.other.text(language), language) if pair.other is not None else ""
        return one, other

    def _height(self, painter: Painter, row: int, selected: bool) -> float:
        texts = self._texts(self._lines()[row], self.screen.app.language)
        wide = self._wide if self.study.base != self.study.shown else self._wide * 2 + 100
        high = max(painter.text_height(text, wide, 14, "regular") if text else 0 for text in texts)
        return max(28.0, high + 7) + 4

    def _draw_entry(self, painter: Painter, row: int, box: Box, selected: bool) -> None:
        language = self.screen.app.language
        pair = self._lines()[row]
        diary = self._pages[0]
        alone = self.study.base == self.study.shown
        x, y, width, height = box
        half = width if alone else (width - 12) / 2
        sides = (pair.one,) if alone else (pair.one, pair.other)
        for side, entry in enumerate(sides):
            left = x + side * (half + 12)
            if entry is None:
                painter.rect((left, y, half, height), (*_FILLS[pair.mark][:3], 22), 9)
            elif pair.mark in _FILLS:
                painter.rect((left, y, half, height), _FILLS[pair.mark], 9)
            else:
                painter.rect((left, y, half, height), (255, 255, 255, 120), 9)
            if entry is None:
                painter.text("—", (left + 104, y, 30, height), 14, "medium", theme.FAINT_INK)
                continue
            day, clock = diary.when(entry)
            painter.text(
                say("diary.when", language, day=day, clock=clock), (left + 26, y, 74, height), 12,
                "bold", theme.SOFT_INK, smallest=9.5,
            )  # fmt: skip
            sign = _SIGNS[pair.mark]
            if sign:
                painter.text(sign, (left + 4, y, 20, height), 16, "bold", _INKS[pair.mark],
                             "center")  # fmt: skip
            room = half - 110
            text = self._texts(pair, language)[side]
            painter.text(text, (left + 104, y + 2, room, height - 4), 14, "regular", lines=8)
