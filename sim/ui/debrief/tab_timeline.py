"""Branch the moment: pick a minute, sell otherwise from there, and see whose evening changes."""

from __future__ import annotations

import pygame

from sim.model.decisions import Perform, SetTactic
from sim.ui import theme, words
from sim.ui.debrief import controls
from sim.ui.debrief.branch_list import BranchList
from sim.ui.debrief.changed_list import ChangedList
from sim.ui.debrief.tab import Tab
from sim.ui.debrief.timeline import TimelineChart
from sim.ui.debrief.words import difference, figure, metric_name, say
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Choice

ACTS = ("detail", "answer", "poll", "story", "invite_group", "silence")
COMPARED = (
    "net_sales", "gmv", "orders", "returns", "viewers", "followers", "unfollowed", "trust",
)  # fmt: skip
# Minutes for which the other choice goes on; 0: to the end of the live.
LENGTHS = (5, 15, 0)
_TICKS_A_MINUTE = 6


class TimelineTab(Tab):
    name = "timeline"
    first_focus = "chart"

    def __init__(self, screen) -> None:
        super().__init__(screen)
        timeline = self.study.tree.timeline
        self.tick = timeline.live_start + (timeline.live_end - timeline.live_start) // 12 * 6
        self.tick -= (self.tick - timeline.live_start) % _TICKS_A_MINUTE
        scenario = self.study.scenario
        self.options = [("tactic", name) for name in scenario.choices]
        self.options += [("act", name) for name in ACTS]
        self.option = self.options[0]
        self.length = 0
        self.people = ChangedList(self)
        self.tree = BranchList(self)
        self._started = False
        self._choose_another()

    def _choose_another(self) -> None:
        """Start on a tactic that is not the one in force; what was tried stays chosen later."""
        line = self.study.lines.get(self.study.own)
        if line is None or self._started:
            return
        self._started = True
        if self.option == ("tactic", line.tactic_at(self.tick)):
            self.step_option(1)

    def opened(self) -> None:
        self.study.explain()

    def arrived(self) -> None:
        self._choose_another()

    # -- controls ------------------------------------------------------------------------------
    def _places(self, box: Box) -> dict[str, Box]:
        x, y, width, height = box
        right = 430.0
        left = width - right - 14
        chooser, tree = 152.0, max(146.0, (height - 152) * 0.3)
        chart = height - chooser - tree - 20
        return {
            "chart": (x, y, left, chart),
            "chooser": (x, y + chart + 10, left, chooser),
            "tree": (x, y + chart + chooser + 20, left, tree),
            "figures": (x + left + 14, y, right, 216),
            "people": (x + left + 14, y + 226, right, height - 226),
        }

    def build(self, painter: Painter, box: Box) -> list[Widget]:
        places = self._places(box)
        chart = TimelineChart(
            "chart", places["chart"], self.study, lambda: self.tick, self.move, self.step_option,
            self.branch, self.colour_of, self.tactic_name,
        )  # fmt: skip
        x, y, width, _ = places["chooser"]
        tactics = [option for option in self.options if option[0] == "tactic"]
        acts = [option for option in self.options if option[0] == "act"]
        lengths = [(minutes, self._length_words(minutes)) for minutes in LENGTHS]
        widgets: list[Widget] = [
            chart,
            controls.Chips(
                "tactics", (x + 14, y + 36, width - 28, 63), self._chips(tactics),
                lambda: self.option, self.choose, 13, 27,
            ),
            controls.Chips(
                "acts", (x + 14, y + 112, width - 350, 27), self._chips(acts),
                lambda: self.option, self.choose, 12.5, 27,
            ),
            Choice(
                "length", (x + width - 330, y + 5, 316, 27), lengths, lambda: self.length,
                self._set_length,
            ),
            Button(
                "branch", (x + width - 172, y + 107, 158, 37),
                lambda la: say("timeline.go", la), self.branch, "main", "play",
                tip=lambda la: say("timeline.go_tip", la), size=15,
            ),
        ]  # fmt: skip
        widgets[2].box = (x + 14, y + 112, width - 200, 27)
        widgets += self.tree.build(painter, places["tree"])
        widgets += self.people.build(painter, places["people"])
        return widgets

    def _chips(self, options: list) -> list:
        found = []
        for option in options:
            kind, name = option
            if kind == "tactic":
                words_ = self.study.scenario.tactics[name].title.text
                found.append((option, words_, self.colour_of(name)))
            else:
                found.append((option, lambda la, n=name: words.say(f"act.{n}", la), None))
        return found

    @staticmethod
    def _length_words(minutes: int):
        if minutes:
            return lambda la: say("timeline.minutes", la, count=minutes)
        return lambda la: say("timeline.to_end", la)

    def _set_length(self, minutes: int) -> None:
        self.length = minutes

    # -- doing ---------------------------------------------------------------------------------
    def move(self, tick: int) -> None:
        self.tick = tick

    def choose(self, option) -> None:
        self.option, self._started = option, True

    def step_option(self, by: int) -> None:
        place = self.options.index(self.option)
        self.option = self.options[(place + by) % len(self.options)]

    def branch(self) -> None:
        """Simulate the choice at the moment picked, from the line on show."""
        if self.study.branching is not None and not self.study.branching.told:
            return
        kind, name = self.option
        end = self.study.tree.timeline.live_end
        ticks = self.length * _TICKS_A_MINUTE
        if kind == "tactic":
            back_at = end if not self.length else min(end, self.tick + ticks)
            self.study.branch(self.tick, [SetTactic(name)], back_at)
        else:
            seconds = (ticks or end - self.tick) * 10
            self.study.branch(self.tick, [Perform(name, max(10, min(3600, seconds)))], None)

    def key(self, key: int):
        if key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self.branch()
            return None
        return self.tree.key(key)

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, box: Box, language: str) -> None:
        places = self._places(box)
        for place in places.values():
            controls.sheet(painter, place, 18)
        study = self.study
        if study.base not in study.lines:
            job = study.reading
            trouble = job is not None and job.state == "failed"
            text = job.error.in_language(language) if trouble else self.say("timeline.reading")
            controls.quiet_page(
                painter, places["chart"], "clock", self.say("loading.heading"), text, None, trouble
            )
        self._chooser(painter, places["chooser"], language)
        self._figures(painter, places["figures"], language)
        self.tree.paint(painter, places["tree"], language)
        self.people.paint(painter, places["people"], language)

    def _chooser(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, _ = box
        line = self.study.lines.get(self.study.shown)
        now = line.tactic_at(self.tick) if line is not None else None
        text = self.say(
            "timeline.instead", clock=self.clock(self.tick),
            now=self.tactic_name(now, language),
        )  # fmt: skip
        painter.text(text, (x + 16, y + 5, width - 362, 27), 15, "bold", theme.INK)

    def _figures(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        study = self.study
        base, shown = study.lines.get(study.base), study.lines.get(study.shown)
        alone = study.base == study.shown
        controls.title(painter, self.say("timeline.figures"), x + 16, y + 6, 130, 15)
        columns = (x + 150, x + 248, x + 340)
        names = [study.label(study.base, language)]
        if not alone:
            names += [study.label(study.shown, language), self.say("timeline.difference")]
        inks = (theme.BRICK, theme.DEEP_TEAL, theme.SOFT_INK)
        for at, text, ink in zip(columns, names, inks, strict=False):
            painter.text(
                text, (at - 12, y + 6, 92, 24), 13, "bold", ink, "right", may_truncate=True
            )
        step = (height - 38) / len(COMPARED)
        for row, metric in enumerate(COMPARED):
            top = y + 32 + row * step
            if row % 2 == 0:
                painter.rect((x + 8, top, width - 16, step), (246, 227, 211, 90), 7)
            painter.text(
                metric_name(metric, language), (x + 16, top, 120, step), 14, "medium", theme.INK,
                smallest=10.5,
            )  # fmt: skip
            if base is None or shown is None:
                continue
            one, other = base.figures[metric], shown.figures[metric]
            painter.text(
                figure(metric, one, language), (columns[0] - 12, top, 92, step), 15, "bold",
                theme.INK, "right",
            )  # fmt: skip
            if alone:
                continue
            painter.text(
                figure(metric, other, language), (columns[1] - 12, top, 92, step), 15, "bold",
                theme.INK, "right",
            )  # fmt: skip
            better = (other - one) * (-1 if metric in ("returns", "unfollowed") else 1)
            ink = theme.SOFT_INK if other == one else theme.GOOD if better > 0 else theme.POOR
            painter.text(
                difference(metric, other - one, language), (columns[2] - 12, top, 86, step), 14,
                "bold", ink, "right", smallest=10,
            )  # fmt: skip
