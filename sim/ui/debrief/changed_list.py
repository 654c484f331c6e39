"""Whose evening changed: little people with what became of them, and one plain sentence each."""

from __future__ import annotations

from sim.play.fates import Aspect
from sim.ui import theme, words
from sim.ui.debrief import controls
from sim.ui.debrief.changes import Changed
from sim.ui.debrief.words import say
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Choice

# Which fates each choice of the filter shows.
FILTERS: dict[str, tuple[Aspect, ...]] = {
    "all": tuple(Aspect),
    "bought": (Aspect.BOUGHT, Aspect.KEPT),
    "fans": (Aspect.FOLLOWED, Aspect.JOINED),
    "there": (Aspect.CAME, Aspect.STAYED, Aspect.QUESTION, Aspect.MISSED),
}
MARKS = {
    Aspect.BOUGHT: "bag", Aspect.KEPT: "return", Aspect.FOLLOWED: "heart",
    Aspect.JOINED: "person", Aspect.MISSED: "clock", Aspect.QUESTION: "speech",
    Aspect.CAME: "door", Aspect.STAYED: "clock",
}  # fmt: skip


def is_good(aspect: Aspect, outcome) -> bool | None:
    """Whether an outcome is one to be glad of."""
    if aspect == Aspect.KEPT:
        return {"kept": True, "returned": False}.get(outcome)
    if aspect == Aspect.QUESTION:
        return {"answered": True, "given_up": False}.get(outcome)
    if aspect == Aspect.FOLLOWED:
        return outcome > 0 if outcome else None
    if aspect == Aspect.MISSED:
        return not outcome
    if aspect == Aspect.STAYED:
        return None
    return bool(outcome)


def turned_good(aspect: Aspect, one, other) -> bool | None:
    """Whether it went better in the other line: True, False, or None where that cannot be said."""
    if aspect == Aspect.STAYED:
        return other > one
    ranks = [{None: 0, True: 1, False: -1}[is_good(aspect, outcome)] for outcome in (one, other)]
    return None if ranks[0] == ranks[1] else ranks[1] > ranks[0]


class ChangedList:
    """The list and its filter, on the timeline's page."""

    def __init__(self, tab) -> None:
        self.tab = tab
        self.place = controls.Place()
        self.filter = "all"
        self._known: tuple | None = None
        self._rows: list[Changed] = []

    def build(self, painter: Painter, box: Box) -> list[Widget]:
        x, y, width, height = box
        options = [(name, lambda la, n=name: say(f"filter.{n}", la)) for name in FILTERS]
        return [
            Choice(
                "filter", (x + 12, y + 36, width - 24, 27), options, lambda: self.filter,
                self._set_filter,
            ),
            controls.ScrollList(
                "people", (x + 12, y + 70, width - 24, height - 80), self.place,
                lambda: len(self.rows()), self._height, self._draw, self._open,
            ),
        ]  # fmt: skip

    def _set_filter(self, name: str) -> None:
        self.filter = name
        self.place.selected = self.place.top = 0

    def rows(self) -> list[Changed]:
        """Those whom the filter lets through, the weightiest first."""
        if self._instead() is not None:
            return []
        found = self.tab.study.different() or []
        key = (id(found), len(found), self.filter)
        if key != self._known:
            wanted = FILTERS[self.filter]
            self._known = key
            self._rows = [
                item for item in found if any(aspect in wanted for aspect, *_ in item.aspects)
            ]
        return self._rows

    def _instead(self) -> str | None:
        """What stands in the place of the list: "error" or "simulating"; None for the list."""
        job = self.tab.study.branching
        if job is None:
            return None
        return "error" if job.state == "failed" else None if job.told else "simulating"

    def _open(self, row: int) -> None:
        self.tab.screen.open_diary(self.rows()[row].shopper)

    def _sentences(self, item: Changed, selected: bool, language: str) -> list[str]:
        study = self.tab.study
        if not item.fates:
            texts = [self._bare(aspect, one, other, language) for aspect, _, one, other in
                     item.aspects]  # fmt: skip
        else:
            names = study.name(study.base), study.name(study.shown)
            fates = item.fates
            if self.filter != "all":
                wanted = FILTERS[self.filter]
                fates = sorted(fates, key=lambda fate: fate.aspect not in wanted)
            texts = [fate.text(language, *names) for fate in fates]
        return texts if selected else texts[:1]

    def _bare(self, aspect: Aspect, one, other, language: str) -> str:
        """What differs, as long as the reason is not known."""
        better = turned_good(aspect, one, other)
        way = "up" if better else "down"
        return say(f"change.{aspect.value}_{way}", language)

    def _height(self, painter: Painter, row: int, selected: bool) -> float:
        language = self.tab.screen.app.language
        item = self.rows()[row]
        wide = self._text_width()
        high = sum(
            painter.text_height(text, wide, 13.5, "regular")
            for text in self._sentences(item, selected, language)
        )
        return max(56.0, 27 + high + 10)

    def _text_width(self) -> float:
        return 430.0 - 24 - 10 - 58

    def _draw(self, painter: Painter, row: int, box: Box, selected: bool) -> None:
        language = self.tab.screen.app.language
        item = self.rows()[row]
        x, y, width, height = box
        fill = (244, 182, 70, 70) if selected else (255, 255, 255, 150)
        painter.rect(box, fill, 12)
        controls.little_person(painter, item.shopper, x + 26, y + min(height, 56) - 6, 40)
        name = words.name_of(item.shopper, language)
        wide = painter.text(name, (x + 52, y + 3, 110, 22), 14, "bold", theme.INK)
        painter.text(
            f"#{item.shopper}", (x + 58 + wide, y + 3, 60, 22), 12, "medium", theme.FAINT_INK
        )
        left = x + width - 26
        for aspect, _, one, other in reversed(item.aspects[:7]):
            controls.badge(painter, left, y + 4, MARKS[aspect], turned_good(aspect, one, other), 20)
            left -= 24
        top = y + 25
        for text in self._sentences(item, selected, language):
            high = painter.text_height(text, self._text_width(), 13.5, "regular")
            painter.text(
                text, (x + 52, top, self._text_width(), high), 13.5, "regular", theme.INK,
                lines=12, vertical="top",
            )  # fmt: skip
            top += high

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        study = self.tab.study
        found = study.different()
        heading = say("people.heading", language)
        wide = controls.title(painter, heading, x + 16, y + 7, 220, 15)
        if found:
            up, down = self._balance(found)
            text = say("people.balance", language, count=len(found), up=up, down=down)
            controls.note(
                painter, text, (x + wide + 28, y + 8, width - wide - 42, 24), align="right",
                size=13,
            )  # fmt: skip
        inner = (x + 12, y + 72, width - 24, height - 84)
        branching = study.branching
        why = study.explaining
        if self._instead() == "error":
            error = branching.error.in_language(language)
            controls.quiet_page(painter, inner, "cross", say("error.branch", language), error,
                                None, True)  # fmt: skip
        elif self._instead() == "simulating":
            controls.quiet_page(
                painter, inner, "clock", say("people.simulating", language),
                say("people.simulating_note", language),
            )  # fmt: skip
        elif study.base == study.shown:
            controls.quiet_page(
                painter, inner, "person", say("people.none_yet", language),
                say("people.none_yet_note", language),
            )  # fmt: skip
        elif found is None:
            trouble = why is not None and why.state == "failed"
            text = why.error.in_language(language) if trouble else say("people.reasons", language)
            controls.quiet_page(painter, inner, "clock", say("loading.heading", language), text,
                                None, trouble)  # fmt: skip
        elif not self.rows():
            kind = "nobody" if not found else "filtered"
            controls.quiet_page(
                painter, inner, "person", say(f"people.{kind}", language),
                say(f"people.{kind}_note", language),
            )  # fmt: skip

    def _balance(self, found: list[Changed]) -> tuple[int, int]:
        """How many orders more and fewer, by person."""
        up = down = 0
        for item in found:
            better = [turned_good(aspect, one, other) for aspect, _, one, other in item.aspects]
            first = next((value for value in better if value is not None), None)
            up += first is True
            down += first is False
        return up, down
