"""A comparison of tactics as one HTML file: what each brings, and how far luck reaches."""

from __future__ import annotations

import math

import numpy as np

from sim import wording
from sim.model import ENGINE_VERSION
from sim.play.account import WEEKS_METRICS
from sim.play.batch import Comparison
from sim.play.bets_questions import ways_of
from sim.play.figures import METRICS
from sim.play.luck import Verdict, tie
from sim.report import html_charts as charts
from sim.report.html_markup import Markup, element
from sim.report.html_numbers import band, difference, figure
from sim.report.html_report import page
from sim.report.numbers import FEW_BUYERS, any_few, few_mark, means_apart, unit_of


def comparison_page(comparison: Comparison, language: str) -> str:
    """The whole file in "zh" or "en", as self-contained as the report of a run.

    ValueError when no crowd was met; PlaceError when the style sheet is missing.
    """
    if not comparison.seeds:
        raise ValueError("a comparison needs a crowd")
    content = _Page(comparison, language)
    title = content.text(f"export.{content.named('title')}", scenario=content.heading())
    return page(title, content.body(), language)


class _Page:
    """Writes about one comparison in one language."""

    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison, self.language = comparison, language
        self.scenario, self.goal = comparison.scenario, comparison.scenario.goal
        self.several = len(comparison.seeds) > 1

    def text(self, key: str, **values: object) -> str:
        return wording.text(key, self.language, **values)

    def named(self, name: str) -> str:
        """The name of a text: a campaign compares policies, an evening tactics."""
        return name if self.scenario.campaign is None else f"{name}_of_weeks"

    def heading(self) -> str:
        return self.scenario.title.text(self.language)

    def title(self, tactic: str) -> str:
        return ways_of(self.scenario)[tactic].title.text(self.language)

    def body(self) -> Markup:
        """Goal, verdicts, all figures."""
        return element(
            "main",
            element(
                "header",
                element("p", self.text(f"export.{self.named('brand')}"), class_="brand"),
                element("h1", self.heading()),
                element("p", self._crowds(), class_="facts"),
            ),
            self.rivals(),
            self.figures(),
            element(
                "footer",
                element("p", self.text("report.footer.band")),
                element("p", self.text("report.footer.tie")) if self._has_tie() else None,
                element(
                    "p",
                    self.text(
                        "report.footer.engine",
                        engine=ENGINE_VERSION,
                        hash=self.scenario.hash[:12],
                    ),
                ),
            ),
        )

    def rivals(self) -> Markup:
        """The goal by tactic, best first, each judged against the best on the same crowds."""
        bands = {name: self.comparison.band(name, self.goal) for name in self.comparison.tactics}
        ranked = self._ranked()
        known = [end for ends in bands.values() for end in ends if math.isfinite(end)]
        scale = (min([0.0, *known]), max([0.0, *known]))
        blocks = []
        for name in ranked:
            mean, low, high = bands[name]
            apart = ranked[0] != name
            blocks.append(
                element(
                    "div",
                    element("div", self.title(name), class_="name"),
                    element("div", figure(self.goal, mean, self.language), class_="value"),
                    element(
                        "div",
                        self._chip(ranked[0], name) if apart and self.several else None,
                        class_="verdict",
                    ),
                    charts.strip(low, high, mean, math.nan, scale, own=not apart),
                    element(
                        "div",
                        self.text(
                            "export.band", band=band(self.goal, low, high, self.language, like=mean)
                        ),
                        class_="quiet",
                    )
                    if self.several
                    else None,
                    class_="rival",
                )
            )
        # one crowd settles nothing, and the page has said so
        told = ranked[1:] if self.several else []
        verdicts = [element("p", self._verdict(ranked[0], name)) for name in told]
        metric = self.text(f"metrics.{self.goal}.name")
        return element(
            "section",
            element("h2", self.text("export.goal", metric=metric)),
            element("div", blocks, class_="rivals"),
            verdicts,
        )

    def _crowds(self) -> str:
        key = self.named("crowds" if self.several else "one_crowd")
        return self.text(f"export.{key}", crowds=len(self.comparison.seeds))

    def _has_tie(self) -> bool:
        best, *others = self._ranked()
        return any(self._judged(best, other).kind == "tie" for other in others)

    def _ranked(self) -> list[str]:
        """The tactics by the mean of the goal, best first."""
        means = {name: self.comparison.band(name, self.goal)[0] for name in self.comparison.tactics}
        return sorted(means, key=lambda name: -np.nan_to_num(means[name]))

    def _judged(self, best: str, other: str) -> Verdict:
        return tie(self.comparison.paired(self.goal, best, other))

    def _chip(self, best: str, other: str) -> Markup | None:
        if best == other or not self.several:
            return None
        # told from the side of the other: below the best, or too close to it
        kind = {"higher": "lower", "lower": "higher"}.get(self._judged(best, other).kind)
        kind = self._judged(best, other).kind if kind is None else kind
        sign = {"higher": "▲", "lower": "▼", "tie": "≈", "same": "=", "too_few": "?"}[kind]
        return element("span", f"{sign} {self.text(f'luck.short.{kind}')}", class_=f"chip {kind}")

    def _verdict(self, best: str, other: str) -> str:
        judged = self._judged(best, other)
        sentence = judged.text(self.goal, self.title(best), self.title(other), self.language)
        if not judged.clear:
            return sentence
        bands = (self.comparison.band(name, self.goal) for name in (best, other))
        apart = means_apart(*bands, judged.mean, unit_of(self.goal))
        return self.text(
            "export.apart",
            sentence=sentence,
            difference=difference(self.goal, apart, self.language),
        )

    def figures(self) -> Markup:
        """Every figure of every tactic, with its band, and what it means."""
        names = self.comparison.tactics
        heads = [self.text("report.figures.name"), *map(self.title, names)]
        rows = []
        for metric in METRICS if self.scenario.campaign is None else WEEKS_METRICS:
            cells = []
            for name in names:
                mean, low, high = self.comparison.band(name, metric)
                ends = band(metric, low, high, self.language, like=mean) if self.several else ""
                cells.append(
                    element(
                        "td",
                        figure(metric, mean, self.language)
                        + few_mark(metric, self.comparison.values[name]),
                        element("br"),
                        element("span", ends, class_="quiet"),
                    )
                )
            name = element("th", self.text(f"metrics.{metric}.name"), scope="row")
            goal = "goal" if metric == self.goal else None
            rows.append(element("tr", name, cells, class_=goal))
        table = element(
            "table",
            element("thead", element("tr", [element("th", head, scope="col") for head in heads])),
            element("tbody", rows),
        )
        return element(
            "section",
            element("h2", self.text("report.figures.heading")),
            table,
            element("p", self.text("report.figures.few_buyers", few=FEW_BUYERS), class_="quiet")
            if any_few(self.comparison.values[name] for name in names)
            else None,
            class_="crowds",
        )
