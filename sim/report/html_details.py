"""The rest of the report: bets, findings, every figure, the code, what words mean."""

from __future__ import annotations

import math

from sim.model import ENGINE_VERSION
from sim.play.bets import IntervalBet, ProbabilityBet, QuantileBet, Settled
from sim.play.figures import METRICS
from sim.report.html_code import qr_picture
from sim.report.html_markup import Markup, element, join
from sim.report.html_numbers import band
from sim.report.html_section import Section
from sim.report.numbers import FEW_BUYERS, any_few, few_mark


class Details(Section):
    """Bets, notes, figures, capsule and footer."""

    def bets(self) -> Markup | None:
        """What was bet, and what came."""
        if not self.report.settled:
            return None
        rows = [
            element(
                "div",
                element("p", item.bet.question.text(self.scenario, self.language), class_="name"),
                element(
                    "p",
                    self.text("report.bets.yours"),
                    " ",
                    element("b", self._called(item)),
                    self.text("report.bets.between"),
                    self.text("report.bets.came"),
                    " ",
                    element("b", self._came(item)),
                ),
                element("p", item.text(self.language), " ", self._skill(item), class_="quiet"),
                class_="bet",
            )
            for item in self.report.settled
        ]
        return self.section("bets", element("div", rows, class_="bets"))

    def _called(self, item: Settled) -> str:
        bet = item.bet
        if isinstance(bet, ProbabilityBet):
            return f"{100 * bet.probability:.0f}%"
        metric = bet.question.metric
        if isinstance(bet, IntervalBet):
            return band(metric, bet.low, bet.high, self.language)
        if isinstance(bet, QuantileBet):
            return band(metric, bet.values[0], bet.values[-1], self.language)
        return ""

    def _came(self, item: Settled) -> str:
        if item.void:
            return self.text("report.bets.nothing")
        question = item.bet.question
        if not question.compares:
            return self.figure(question.metric, item.outcome)
        if item.outcome == 0.5:
            return self.text("report.bets.equal")
        winner = question.one if item.outcome > 0.5 else question.other
        return self.text("report.bets.higher", tactic=self.tactic(winner))

    def _skill(self, item: Settled) -> str | None:
        if item.void:
            return None
        return self.text("report.bets.skill", skill=f"{item.skill:+.2f}".replace("-", "−"))

    def notes(self) -> list[Markup]:
        """Findings of others, such as the coach."""
        return [
            element(
                "section",
                element("h2", note.heading),
                [element("p", paragraph) for paragraph in note.paragraphs],
            )
            for note in self.report.notes
        ]

    def figures(self) -> Markup:
        """Every figure, its band and its meaning."""
        luck = self.report.luck
        rows = []
        for name in METRICS:
            value = self.report.figures[name]
            shown = self.figure(name, value) + few_mark(name, self.report.figures)
            _, low, high = luck.of(name) if luck is not None else (math.nan,) * 3
            rows.append(
                element(
                    "tr",
                    element("th", self.metric(name), scope="row"),
                    element("td", shown, class_="number"),
                    element("td", band(name, low, high, self.language, like=value), class_="number")
                    if luck is not None
                    else None,
                    element("td", self.text(f"metrics.{name}.meaning"), class_="quiet"),
                    class_="goal" if name == self.goal else None,
                )
            )
        heads = [self.text("report.figures.name"), self.text("report.figures.here")]
        heads += [self.text("report.figures.band")] if luck is not None else []
        heads += [self.text("report.figures.meaning")]
        table = element(
            "table",
            element("thead", element("tr", [element("th", head, scope="col") for head in heads])),
            element("tbody", rows),
        )
        few = any_few([self.report.figures])
        note = self.text("report.figures.few_buyers", few=FEW_BUYERS) if few else None
        return self.section("figures", table, element("p", note, class_="quiet") if few else None)

    def capsule(self) -> Markup | None:
        """The run as a code, to type or to scan."""
        code = self.report.code
        if code is None:
            return None
        groups = [element("span", group) for group in code.split("-")]
        return self.section(
            "capsule",
            element(
                "div",
                element(
                    "div",
                    element("p", self.text("report.capsule.what")),
                    element("p", [join(group, " ") for group in groups], class_="code"),
                    element("p", self.text("report.capsule.how"), class_="quiet"),
                ),
                qr_picture(code, self.text("report.capsule.qr")),
                class_="capsule",
            ),
        )

    def footer(self) -> Markup:
        """What the words mean, and which program says so."""
        return element(
            "footer",
            element("p", self.text("report.footer.band")),
            element("p", self.text("report.footer.tie")) if self.report.has_tie else None,
            element(
                "p",
                self.text(
                    "report.footer.engine", engine=ENGINE_VERSION, hash=self.scenario.hash[:12]
                ),
            ),
        )
