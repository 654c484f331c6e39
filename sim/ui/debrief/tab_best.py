"""The best line known, what was given away when, stars, the coach's hint, and the bets."""

from __future__ import annotations

import numpy as np
import pygame

from sim import wording
from sim.play.best_line import BestKnown
from sim.play.ghost import bands_of
from sim.ui import theme
from sim.ui.debrief import controls
from sim.ui.debrief.best_bets import BetsPart
from sim.ui.debrief.best_why import reason_lines, why_lines
from sim.ui.debrief.changes import BY_SEARCH
from sim.ui.debrief.tab import Tab
from sim.ui.debrief.timeline import Axis
from sim.ui.debrief.words import difference, figure, metric_name, plain, say, signed_yuan
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button
from sim.ui.widgets.charts import band_name, nice_top

_LABELS = 118.0


class BestTab(Tab):
    name = "best"
    first_focus = "to_tree"

    def __init__(self, screen) -> None:
        super().__init__(screen)
        self.bets = BetsPart(self)

    def opened(self) -> None:
        self.study.best.wanted = True
        self.study.open_bets()

    # -- controls ------------------------------------------------------------------------------
    def _places(self, box: Box) -> dict[str, Box]:
        x, y, width, height = box
        right = 400.0
        left = width - right - 14
        hint = 128.0
        return {
            "best": (x, y, left, height - hint - 10),
            "hint": (x, y + height - hint, left, hint),
            "bets": (x + left + 14, y, right, height),
        }

    def build(self, painter: Painter, box: Box) -> list[Widget]:
        places = self._places(box)
        x, y, width, height = places["best"]
        hx, hy, hwidth, _hheight = places["hint"]
        widgets: list[Widget] = []
        best = self.study.best
        to_tree = Button(
            "to_tree", (x + width - 226, y + 8, 212, 36), lambda la: say("best.to_tree", la),
            self.to_tree, mark="eye", size=14, tip=lambda la: say("best.to_tree_tip", la),
        )  # fmt: skip
        to_tree.enabled = self._settled() is not None
        ask = Button(
            "ask", (hx + hwidth - 226, hy + 8, 212, 36), lambda la: say("hint.ask", la),
            self.ask, "main", "speech", size=14, tip=lambda la: say("hint.ask_tip", la),
        )  # fmt: skip
        ask.enabled = self._settled() is not None
        widgets += [to_tree, ask]
        if best.error is not None:
            widgets.append(Button("again", (x + width / 2 - 80, y + height - 60, 160, 40),
                                  lambda la: say("error.again", la), self._again))  # fmt: skip
        return widgets

    def _again(self) -> None:
        self.study.best.again()
        self.screen.rebuild()

    def _settled(self) -> BestKnown | None:
        found = self.study.best.latest
        return found if found is not None and found.settled else None

    def to_tree(self) -> None:
        """Put the best line known beside the own one on the timeline."""
        found = self._settled()
        if found is not None:
            self.study.branch_off_plan(found.best, BY_SEARCH)
            self.screen.open("timeline")

    def ask(self) -> None:
        """Ask the coach about the moment that cost most."""
        found = self._settled()
        job = self.study.hint_job
        if found is not None and (job is None or job.over):
            self.study.ask_coach(self._worst(found))

    @staticmethod
    def _worst(found: BestKnown) -> int:
        return int(found.points[int(np.argmax(found.costs))])

    def key(self, key: int):
        if key == pygame.K_h:
            self.ask()
            return None
        return False

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, box: Box, language: str) -> None:
        found = self._settled()
        button = self.screen.group.get("to_tree")
        if button is not None and button.enabled != (found is not None):
            # the search settles between two frames; the buttons wake up with it
            for name in ("to_tree", "ask"):
                self.screen.group.get(name).enabled = found is not None
        places = self._places(box)
        for place in places.values():
            controls.sheet(painter, place, 18)
        self._best(painter, places["best"], language)
        self._hint(painter, places["hint"], language)
        self.bets.paint(painter, places["bets"], language)

    def _best(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        best = self.study.best
        controls.title(painter, self.say("best.heading"), x + 18, y + 12, width - 270)
        if best.error is not None:
            controls.quiet_page(painter, (x, y + 50, width, height - 110), "cross",
                                self.say("error.heading"), best.error.in_language(language),
                                None, True)  # fmt: skip
            return
        found: BestKnown | None = best.latest
        if found is None:
            controls.quiet_page(painter, (x, y + 40, width, height - 50), "clock",
                                self.say("loading.heading"), self.say("best.waiting"),
                                0.0)  # fmt: skip
            return
        self._stars(painter, (x + 18, y + 48, width - 36, 54), found, language)
        axis = Axis(self.study.tree.timeline, x + _LABELS, width - _LABELS - 80)
        axis.share = 1.0
        top = y + 132
        metric = metric_name(self.study.scenario.goal, language)
        note = self.say("best.mean_note", metric=metric, crowds=len(found.lines[found.own]))
        controls.note(painter, note, (x + 18, y + 113, width - 30, 17), align="right", size=12)
        rows = ((self.say("line.own_way").capitalize(), found.own, theme.BRICK),
                (wording.text("luck.best.name", language), found.best, theme.DEEP_TEAL),
                )  # fmt: skip
        for row, (label, line, ink) in enumerate(rows):
            at = top + row * 32
            painter.text(label, (x + 16, at, _LABELS - 24, 26), 13, "bold", ink, smallest=10,
                         lines=2)  # fmt: skip
            self._bands(painter, axis, at, line, language)
            mean = figure(self.study.scenario.goal, found.mean(line), language)
            painter.text(mean, (axis.left + axis.width + 6, at, 58, 26), 14, "bold", theme.INK,
                         "right", smallest=9.5)  # fmt: skip
        high = self._why(painter, (x + 18, top + 68, width - 36, 66), found, language)
        regret = (x, top + 72 + high, width, height - 72 - 132 - high)
        self._regret(painter, regret, axis, found, language)

    def _why(self, painter: Painter, box: Box, found: BestKnown, language: str) -> float:
        """What the best line known changes, at what cost and for whom; the height it took."""
        lines = why_lines(found, self.study.own_crowd, language)
        x, y, width, _ = box
        for row, (mark, text) in enumerate(lines):
            at = y + row * 22
            good = {"better": True, "worse": False}.get(mark)
            controls.badge(painter, x, at + 1, "bag" if mark != "crowd" else "person", good, 18)
            painter.text(plain(text, language), (x + 26, at, width - 26, 21), 13.5, "medium",
                         theme.INK, smallest=10)  # fmt: skip
        return 22.0 * len(lines) + 6 if lines else 0.0

    def _stars(self, painter: Painter, box: Box, found: BestKnown, language: str) -> None:
        x, y, width, _height = box
        if not found.settled:
            share = min(1.0, found.simulations / found.budget)
            painter.bar((x, y + 6, width, 9), share, theme.TEAL)
            controls.note(
                painter, self.say("best.searching", done=min(found.simulations, found.budget),
                                  total=found.budget, lines=len(found.lines)),
                (x, y + 20, width, 24),
            )  # fmt: skip
            return
        stars = self.study.stars
        count = stars.count or 0

        def draw(c) -> None:
            for i in range(3):
                colour = theme.MUSTARD if i < count else "#E6D3C0"
                c.star(22 + i * 46, 26, 21, theme.shade(colour, -0.12))
                c.star(22 + i * 46, 25, 18, colour)

        painter.art(("stars", count), (x, y, 140, 52), draw, bleed=2)
        painter.text(
            stars.text(language), (x + 154, y, width - 154, 30), 15, "bold", theme.INK, lines=2,
            smallest=11.5,
        )  # fmt: skip
        clear = found.verdict.kind == "higher"
        text = wording.text("luck.best.none", language)
        if clear:
            text = self.say(
                "best.found", tried=found.tried, lives=found.simulations,
                metric=metric_name(self.study.scenario.goal, language),
                here=self._gap(found.here[found.best] - found.here[found.own], language),
                mean=self._gap(float(found.gap.mean()), language), crowds=found.verdict.crowds,
                wins=found.verdict.wins,
            )  # fmt: skip
        controls.note(painter, f"{text} {wording.text('luck.best.honest', language)}",
                      (x + 154, y + 28, width - 154, 34), 2, size=12.5, smallest=9.5)  # fmt: skip

    def _gap(self, value: float, language: str) -> str:
        return difference(self.study.scenario.goal, value, language)

    def _bands(self, painter: Painter, axis: Axis, y: float, line, language: str) -> None:
        for band in bands_of(self.study.scenario, line):
            left, right = axis.x(band.start), axis.x(band.stop)
            wide = max(2.0, right - left - 1)
            painter.rect((left, y, wide, 26), self.colour_of(band.tactic), 7 if wide > 16 else 1)
            name = self.tactic_name(band.tactic, language)
            band_name(painter, name, (left, y, wide, 26), 13)

    def _regret(self, painter: Painter, box: Box, axis: Axis, found: BestKnown, language) -> None:
        x, y, width, height = box
        painter.text(self.say("best.regret"), (x + 18, y, width - 36, 24), 14.5, "bold")
        controls.note(painter, self.say("best.regret_note"), (x + 18, y + 22, width - 36, 20),
                      size=12.5)  # fmt: skip
        plot = (axis.left, y + 50, axis.width, height - 80)
        regret = found.regret
        top = nice_top(max(1.0, float(regret.max())))
        end = self.study.tree.timeline.live_end
        points = [axis.x(tick) - axis.left for tick in found.points]

        def draw(c) -> None:
            for i in range(5):
                c.rect(0, min(plot[3] - 1, plot[3] * i / 4), plot[2], 1, (180, 140, 120, 70))
            edge = [*points[1:], axis.x(end) - axis.left]
            for left, right, value in zip(points, edge, regret.tolist(), strict=True):
                high = value / top * plot[3]
                if high > 0.5:
                    c.rect(left, plot[3] - high, right - left, high, theme.rgba(theme.ROSE, 140))
                c.rect(left, plot[3] - high - 1.5, right - left, 3, theme.BRICK, 1)

        key = ("regret", self.study.serial, found.simulations, found.settled)
        painter.art(key, plot, draw, bleed=2)
        for value in (0.0, top):
            at = plot[1] + plot[3] * (1 - value / top)
            painter.text(figure(self.study.scenario.goal, value, language),
                         (x + 16, at - 9, _LABELS - 24, 18), 12, "medium", theme.SOFT_INK,
                         "right")  # fmt: skip
        timeline = self.study.tree.timeline
        minutes = (timeline.live_end - timeline.live_start) / 6
        step = next((s for s in (1, 2, 5, 10, 15, 20, 30, 60) if minutes / s <= 8), 60)
        for minute in range(0, int(minutes), step):
            tick = timeline.live_start + minute * 6
            painter.text(timeline.clock(tick),
                         (axis.x(tick) - 26, plot[1] + plot[3] + 5, 52, 16), 12, "medium",
                         theme.SOFT_INK, "center")  # fmt: skip
        if found.settled:
            self._dearest(painter, plot, axis, found, top, language)

    def _dearest(self, painter: Painter, plot: Box, axis: Axis, found, top, language) -> None:
        """A flag at the moment after which most was given away."""
        costs = found.costs
        if not len(costs) or costs.max() <= 0:
            return
        tick = self._worst(found)
        number = int(np.argmax(costs))
        text = self.say("best.dearest", clock=self.clock(tick),
                        amount=signed_yuan(-float(costs[number]))
                        if self.study.scenario.goal in ("net_sales", "gmv")
                        else f"−{costs[number]:.1f}")  # fmt: skip
        wide = painter.measure(text, 13, "bold") + 22
        at = axis.x(tick)
        left = min(max(plot[0], at - 12), plot[0] + plot[2] - wide)
        painter.rect((at - 1, plot[1] - 4, 2, plot[3] + 4), theme.rgba(theme.INK, 160))
        painter.rect((left, plot[1] - 8, wide, 23), theme.rgba(theme.INK, 230), 11)
        painter.text(text, (left + 10, plot[1] - 8, wide - 20, 23), 13, "bold", "#FFFFFF")

    def _hint(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        controls.title(painter, self.say("hint.heading"), x + 18, y + 12, width - 270)
        job = self.study.hint_job
        lines = [self.say("hint.note")]
        ink = theme.SOFT_INK
        if job is not None and job.state == "failed":
            lines, ink = [job.error.in_language(language)], theme.POOR
        elif job is not None and not job.over:
            lines = [self.say("hint.waiting")]
        elif job is not None:
            tick, advice = job.result
            ink = theme.INK
            said = wording.text("luck.hint.go_on", language)
            if advice.decision is not None:
                said = wording.text(
                    "luck.hint.change", language, tactic=self.tactic_name(advice.tactic, language),
                    crowds=advice.verdict.crowds, wins=advice.verdict.wins,
                )  # fmt: skip
            lines = [plain(self.say("hint.at", clock=self.clock(tick), said=said), language)]
            if advice.decision is not None:
                told = [text for _, text in reason_lines(advice.reasons, language)]
                lines.append((" " if language == "en" else "").join(told))
        each = (height - 54) / len(lines)
        for row, text in enumerate(lines):
            controls.note(painter, text, (x + 18, y + 46 + row * each, width - 36, each), 3, ink,
                          size=14.5 if row == 0 else 13, smallest=10.5)  # fmt: skip
