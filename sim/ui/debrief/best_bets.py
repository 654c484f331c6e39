"""The bets beside the best line: what was said, what came, and whether confidence fits."""

from __future__ import annotations

import math

from sim.play.bets import IntervalBet, ProbabilityBet, Settled
from sim.ui import theme
from sim.ui.debrief import controls
from sim.ui.debrief.tab import Tab
from sim.ui.debrief.words import figure, plain, points
from sim.ui.painter import Box, Painter


class BetsPart:
    """The right side of the page."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.say = tab.say

    @property
    def study(self):
        return self.tab.study

    def paint(self, painter: Painter, box: Box, language: str) -> None:
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
            said = f"{said} {self.say('bets.skill', skill=points(settled.skill))}"
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
