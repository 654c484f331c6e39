"""The tree of branches: look at one, name it, compare with it, walk into it, put it away."""

from __future__ import annotations

import pygame

from sim.ui import theme, words
from sim.ui.debrief import controls
from sim.ui.debrief.changes import BY_COACH, BY_SEARCH, said_name
from sim.ui.debrief.words import say, signed_yuan
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_ROW = 32.0


class BranchList:
    """The tree and what can be done with the branch on show."""

    def __init__(self, tab) -> None:
        self.tab = tab
        self.place = controls.Place()

    @property
    def study(self):
        return self.tab.study

    def build(self, painter: Painter, box: Box) -> list[Widget]:
        x, y, width, height = box
        listed = controls.ScrollList(
            "branches", (x + 12, y + 34, width - 24, height - 42), self.place,
            lambda: len(self.study.branches()), lambda *_: _ROW, self._draw, None, self._select,
        )  # fmt: skip
        self._follow()
        actions = (
            ("watch", "eye", self.watch), ("play", "play", self.play),
            ("base", "return", self.set_base), ("rename", "speech", self.rename),
            ("delete", "cross", self.delete),
        )  # fmt: skip
        widgets: list[Widget] = [listed]
        left = x + width - 12 - len(actions) * 106
        for name, mark, action in actions:
            button = Button(
                f"branch:{name}", (left, y + 4, 101, 27), self._words(name), action,
                mark=mark, size=12.5, tip=lambda la, n=name: say(f"tree.{n}_tip", la),
            )  # fmt: skip
            button.enabled = self._possible(name)
            widgets.append(button)
            left += 106
        return widgets

    def _words(self, name: str):
        if name == "delete" and self._brings_back():
            return lambda la: say("tree.bring_back", la)
        return lambda la: say(f"tree.{name}", la)

    def _brings_back(self) -> bool:
        return self.study.shown == self.study.own and self.study.can_bring_back

    def _possible(self, name: str) -> bool:
        study = self.study
        if name == "delete":
            return study.shown != study.own or study.can_bring_back
        if name == "rename":
            return study.shown != study.own
        if name == "base":
            return study.shown != study.base or study.base != study.own
        return True

    # -- doing ---------------------------------------------------------------------------------
    def _follow(self) -> None:
        """Select the row of the branch on show."""
        numbers = [branch.number for branch, _ in self.study.branches()]
        if self.study.shown in numbers:
            row = numbers.index(self.study.shown)
            self.place.selected = row
            self.place.top = min(self.place.top, row)
            visible = 3
            if row >= self.place.top + visible:
                self.place.top = row - visible + 1

    def _select(self, row: int) -> None:
        self.study.show(self.study.branches()[row][0].number)
        self.tab.screen.rebuild()

    def key(self, key: int):
        """Letters for what the buttons do."""
        actions = {
            pygame.K_v: self.watch, pygame.K_p: self.play, pygame.K_b: self.set_base,
            pygame.K_r: self.rename, pygame.K_F2: self.rename, pygame.K_DELETE: self.delete,
            pygame.K_BACKSPACE: self.delete,
        }  # fmt: skip
        if key not in actions:
            return False
        return actions[key]()

    def watch(self) -> None:
        self.tab.screen.visit(self.study.shown, self.tab.tick, watching=True)

    def play(self) -> None:
        self.tab.screen.visit(self.study.shown, self.tab.tick, watching=False)

    def set_base(self) -> None:
        study = self.study
        study.set_base(study.own if study.shown == study.base else study.shown)
        if study.base == study.shown and study.shown != study.own:
            study.show(study.own)
        self.tab.screen.rebuild()

    def rename(self):
        if self._possible("rename"):
            return self.tab.screen.rename(self.study.shown)
        return None

    def delete(self) -> None:
        if self._brings_back():
            self.study.bring_back()
        elif self.study.shown != self.study.own:
            self.study.put_away(self.study.shown)
        self.tab.screen.rebuild()

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, box: Box, language: str) -> None:
        x, y, _, _ = box
        controls.title(painter, say("tree.heading", language), x + 16, y + 6, 110, 15)

    def _draw(self, painter: Painter, row: int, box: Box, selected: bool) -> None:
        language = self.tab.screen.app.language
        study = self.study
        branch, depth = study.branches()[row]
        x, y, width, height = box
        if selected:
            painter.rect(box, (244, 182, 70, 70), 10)
        left = x + 10 + min(depth, 6) * 24
        if depth:
            painter.rect((left - 13, y - 4, 2, height / 2 + 5), theme.HAIRLINE)
            painter.rect((left - 13, y + height / 2, 11, 2), theme.HAIRLINE)
        colour = theme.BRICK if branch.number == study.own else theme.DEEP_TEAL
        painter.rect((left, y + height / 2 - 10, 20, 20), colour, 10)
        painter.text(
            str(branch.number), (left, y + height / 2 - 10, 20, 20), 12, "bold", "#FFFFFF",
            "center",
        )  # fmt: skip
        right = x + width - 8
        line = study.lines.get(branch.number)
        if line is not None:
            figure = words.yuan(line.figures["net_sales"])
            painter.text(figure, (right - 90, y, 88, height), 14.5, "bold", theme.INK, "right")
            own = study.lines.get(study.own)
            if own is not None and branch.number != study.own:
                less = line.figures["net_sales"] - own.figures["net_sales"]
                ink = theme.GOOD if less > 0 else theme.POOR if less < 0 else theme.SOFT_INK
                painter.text(
                    signed_yuan(less), (right - 190, y, 94, height), 13.5, "bold", ink, "right"
                )
        text = self._title(branch, language)
        if branch.number == study.base:
            text = f"{text} · {say('tree.is_base', language)}"
        painter.text(
            text, (left + 28, y, right - 196 - left - 28, height), 14,
            "bold" if selected else "medium", theme.INK, smallest=11, may_truncate=True,
        )  # fmt: skip

    def _title(self, branch, language: str) -> str:
        study = self.study
        if branch.name and branch.name not in (BY_COACH, BY_SEARCH):
            return branch.name
        if branch.name:
            return self._ours(branch, language)
        if branch.number == study.own:
            return study.label(branch.number, language)
        if branch.tick is None:
            return study.label(branch.number, language)
        return self._choice(branch, language)

    def _ours(self, branch, language: str) -> str:
        """A name that the game gave, with what is done otherwise."""
        name = said_name(branch.name, language)
        if branch.name == BY_SEARCH:
            return name
        return say("line.of_coach", language, name=name, what=self._choice(branch, language))

    def _choice(self, branch, language: str) -> str:
        """What a branch does otherwise, and when."""
        study = self.study
        ways = [
            self.tab.way_name(decision, language)
            for tick, decision in branch.decisions
            if tick == branch.tick
        ]
        ways = [way for way in ways if way]
        what = ways[0] if ways else say("line.otherwise", language)
        clock = self.tab.clock(branch.tick)
        if branch.back_at is not None and branch.back_at < study.tree.timeline.live_end:
            return say("line.for_a_while", language, clock=clock,
                       until=self.tab.clock(branch.back_at), what=what)  # fmt: skip
        return say("line.from", language, clock=clock, what=what)
