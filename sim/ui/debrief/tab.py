"""What the five tabs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.ui import theme, words
from sim.ui.debrief.lines import way_of
from sim.ui.debrief.words import say
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget

if TYPE_CHECKING:
    from sim.ui.debrief.screen import DebriefScreen
    from sim.ui.debrief.study import Study


class Tab:
    """One page of the debrief. `box` is the page's part of the sheet, in design units."""

    name = ""
    first_focus: str | None = None

    def __init__(self, screen: DebriefScreen) -> None:
        self.screen = screen

    @property
    def study(self) -> Study:
        return self.screen.study

    def opened(self) -> None:
        """The tab has just come to the front."""

    def arrived(self) -> None:
        """Some work is done; what was missing may be there."""

    def build(self, painter: Painter, box: Box) -> list[Widget]:
        """The controls of this page."""
        return []

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        """Everything under the controls."""

    def key(self, key: int):
        """A key that no control used; False when it is not used here either."""
        return False

    def say(self, key: str, /, **values) -> str:
        return say(key, self.screen.app.language, **values)

    # -- names and colours -----------------------------------------------------------------------
    def colour_of(self, tactic: str | None) -> str:
        choices = list(self.study.scenario.choices)
        if tactic in choices:
            return theme.TACTIC_COLOURS[choices.index(tactic) % len(theme.TACTIC_COLOURS)]
        return theme.FAINT_INK

    def tactic_name(self, tactic: str | None, language: str) -> str:
        tactics = self.study.scenario.tactics
        if tactic in tactics:
            return tactics[tactic].title.text(language)
        return say("line.own_mix", language)

    def way_name(self, decision, language: str) -> str:
        """What a decision does to how the minute is spent; empty for other decisions."""
        way = way_of(decision)
        if way is None:
            return ""
        if way[0] == "act":
            return words.say(f"act.{way[1]}", language)
        return self.tactic_name(way[1] or None, language)

    def clock(self, tick: int) -> str:
        return self.study.tree.timeline.clock(tick)
