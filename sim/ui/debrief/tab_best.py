"""The best line known, what was given away when, stars, the coach's hint, and the bets."""

from __future__ import annotations

import math

import numpy as np
import pygame

from sim import wording
from sim.play.best_line import BestKnown
from sim.play.bets import IntervalBet, ProbabilityBet, Settled
from sim.play.ghost import bands_of
from sim.ui import theme
from sim.ui.debrief import controls
from sim.ui.debrief.tab import Tab
from sim.ui.debrief.timeline import Axis
from sim.ui.debrief.words import figure, plain, say, signed_yuan
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button
from sim.ui.widgets.charts import nice_top

_LABELS = 118.0


class BestTab(Tab):
    name = "best"
    first_focus = "to_tree"

    def opened(self) -> None:
        self.study.best.wanted = True
        self.study.grower.front = self.study.best
        self.study.open_bets()
        self._rebuilt = 0

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
            name = wording.text("luck.best.name", self.screen.app.language)
            self.study.branch_off_plan(found.best, name)
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
        self._bets(painter, places["bets"], language)

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
        top = y + 122
        rows = ((self.study.label(self.study.own, language), found.own, theme.BRICK),
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
        self._regret(painter, (x, top + 72, width, height - 72 - 122), axis, found, language)

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
        verdict = found.verdict
        clear = verdict.kind == "higher"
        text = wording.text(
            "luck.best.found" if clear else "luck.best.none",
            language,
            **({"crowds": verdict.crowds, "wins": verdict.wins} if clear else {}),
        )
        controls.note(painter, f"{text} {wording.text('luck.best.honest', language)}",
                      (x + 154, y + 28, width - 154, 32), 2, size=12.5, smallest=10)  # fmt: skip

    def _bands(self, painter: Painter, axis: Axis, y: float, line, language: str) -> None:
        for band in bands_of(self.study.scenario, line):
            left, right = axis.x(band.start), axis.x(band.stop)
            wide = max(2.0, right - left - 1)
            painter.rect((left, y, wide, 26), self.colour_of(band.tactic), 7 if wide > 16 else 1)
            name = self.tactic_name(band.tactic, language)
            if painter.measure(name, 13, "bold") < wide - 10:
                painter.text(name, (left + 4, y, wide - 8, 26), 13, "bold", "#FFFFFF", "center")

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
            reasons = [
                wording.text(
                    "luck.hint.reason", language,
                    metric=wording.text(f"metrics.{reason.metric}.name", language),
                    going_on=figure(reason.metric, reason.going_on, language),
                    advised=figure(reason.metric, reason.advised, language),
                )
                for reason in advice.reasons
            ]  # fmt: skip
            if reasons:
                lines.append((" " if language == "en" else "").join(reasons))
        each = (height - 54) / len(lines)
        for row, text in enumerate(lines):
            controls.note(painter, text, (x + 18, y + 46 + row * each, width - 36, each), 3, ink,
                          size=14.5 if row == 0 else 13, smallest=10.5)  # fmt: skip

    # -- bets ----------------------------------------------------------------------------------
    def _bets(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        controls.title(painter, self.say("bets.heading"), x + 18, y + 12, width - 36)
        job, page = self.study.bets_job, self.study.bet_page
        inner = (x, y + 44, width, height - 54)
        if job is not None and job.state == "failed":
            controls.quiet_page(painter, inner, "cross", self.say("error.heading"),
                                job.error.in_language(language), None, True)  # fmt: skip
            return
        if page is None:
            controls.quiet_page(painter, inner, "clock", self.say("loading.heading"),
                                self.say("bets.waiting"))  # fmt: skip
            return
        if not page.settled:
            controls.quiet_page(painter, (x, y + 44, width, height * 0.42), "speech",
                                self.say("bets.none"), self.say("bets.none_note"))  # fmt: skip
        top = y + 46
        for settled in page.settled[:3]:
            top += self._bet(painter, (x + 12, top, width - 24, 104), settled, language) + 8
        self._calibration(painter, (x + 12, y + height - 190, width - 24, 180), page.calibration,
                          language)  # fmt: skip

    def _bet(self, painter: Painter, box: Box, settled: Settled, language: str) -> float:
        x, y, width, height = box
        painter.rect(box, (255, 255, 255, 160), 12)
        bet, question = settled.bet, settled.bet.question
        good = None if settled.void else settled.hit
        controls.badge(painter, x + 10, y + 10, "speech", good, 24)
        asked = plain(question.text(self.study.scenario, language), language)
        painter.text(asked, (x + 44, y + 4, width - 54, 40), 13, "medium", lines=2, smallest=10)
        if isinstance(bet, ProbabilityBet):
            yours = f"{bet.probability * 100:.0f}%"
            came = self.say("bets.yes" if settled.outcome > 0.5 else "bets.no")
        elif isinstance(bet, IntervalBet):
            low, high = (figure(question.metric, part, language) for part in (bet.low, bet.high))
            yours = f"{low} – {high}"
            came = figure(question.metric, settled.outcome, language)
        else:
            yours, came = "…", figure(question.metric, settled.outcome, language)
        if settled.void:
            came = "—"
        painter.text(self.say("bets.yours", bet=yours, came=came),
                     (x + 44, y + 44, width - 54, 24), 14.5, "bold", theme.INK)  # fmt: skip
        said = settled.text(language)
        if not math.isnan(settled.skill):
            score = f"{settled.skill * 100:.0f}".replace("-", "−")
            said = f"{said} {self.say('bets.skill', skill=score)}"
        controls.note(painter, said, (x + 44, y + 68, width - 54, 34), 2, size=13, smallest=10)
        return height

    def _calibration(self, painter: Painter, box: Box, found, language: str) -> None:
        x, y, width, height = box
        painter.rect((x + 4, y, width - 8, 1.2), theme.HAIRLINE)
        painter.text(self.say("bets.calibration"), (x + 6, y + 4, width - 12, 24), 14.5, "bold")
        side = height - 36.0
        plot = (x + 10, y + 30, side, side)
        groups = [*found.probabilities, *found.intervals]

        def draw(c) -> None:
            c.rect(0, 0, side, side, (255, 255, 255, 200), 8)
            c.line((0, side), (side, 0), (180, 140, 120, 150), 1.4)
            for group in groups:
                at = group.confidence * side
                c.rect(at - 1, side - group.high * side, 2, (group.high - group.low) * side,
                       theme.rgba(theme.TEAL, 150), 1)  # fmt: skip
                c.circle(at, side - group.share * side, 4 + min(4, group.count / 4), theme.TEAL)

        key = ("calibration", tuple((g.confidence, g.count, g.right) for g in groups), round(side))
        painter.art(key, plot, draw, bleed=6)
        controls.note(painter, found.text(language),
                      (x + side + 24, y + 30, width - side - 32, side * 0.62), 6, theme.INK,
                      size=13.5, smallest=10.5)  # fmt: skip
        controls.note(painter, self.say("bets.axes"),
                      (x + side + 24, y + 30 + side * 0.62, width - side - 32, side * 0.38), 4,
                      size=12, smallest=9.5)  # fmt: skip
