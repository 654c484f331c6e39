"""The same crowd sold to in other ways: the tactics, and the best line known."""

from __future__ import annotations

import math

from sim.play.best_line_stars import stars
from sim.play.ghost import bands_of
from sim.play.luck import OWN, Verdict
from sim.report import html_charts as charts
from sim.report.html_markup import Markup, element
from sim.report.html_numbers import band, difference
from sim.report.html_section import Section
from sim.report.numbers import means_apart, unit_of

_SIGNS = {"higher": "▲", "lower": "▼", "tie": "≈", "same": "=", "too_few": "?"}


class Rivals(Section):
    """Comparison and best line."""

    def comparison(self) -> Markup | None:
        """The tactics on the same crowd, and with other crowds."""
        report, goal = self.report, self.goal
        others = report.others
        if not report.same_crowd:
            return None
        rows = [(OWN, self.text("report.comparison.you"), report.figures[goal])]
        rows += [(n, self.tactic(n), values[goal]) for n, values in report.same_crowd.items()]
        nothing = (math.nan, math.nan, math.nan)
        bands = {n: others.band(n, goal) if others is not None else nothing for n, _, _ in rows}
        known = [v for n, _, here in rows for v in (*bands[n][1:], here) if math.isfinite(v)]
        scale = (min([0.0, *known]), max([0.0, *known]))
        blocks = []
        for name, title, here in rows:
            mean, low, high = bands[name]
            verdict = report.verdict(name) if name != OWN else None
            blocks.append(
                element(
                    "div",
                    element("div", title, class_="name"),
                    element("div", self.figure(goal, here), class_="value"),
                    element("div", self._chip(verdict), class_="verdict"),
                    charts.strip(low, high, mean, here, scale, own=name == OWN),
                    element("div", self._apart(bands[OWN], bands[name], verdict), class_="quiet"),
                    class_="rival own" if name == OWN else "rival",
                )
            )
        met = len(others.seeds) if others is not None else 0
        return self.section(
            "comparison",
            element("p", self.text("report.comparison.what", metric=self.metric(goal))),
            element(
                "div",
                element(
                    "div",
                    element("div", class_="name"),
                    element("div", self.text("report.comparison.here"), class_="value"),
                    element("div", self.text("report.comparison.against"), class_="verdict")
                    if met
                    else None,
                    class_="rival head",
                ),
                blocks,
                class_="rivals",
            ),
            element("p", *self._key(met), class_="quiet") if met else None,
        )

    def _key(self, crowds: int) -> list[str]:
        """What the marks mean, and “too close to call” where that was said."""
        said = [self.text("report.comparison.key", crowds=crowds)]
        if self.report.has_tie:
            between = "" if self.language == "zh" else " "
            said += [between, self.text("report.comparison.tie")]
        return said

    def _chip(self, verdict: Verdict | None) -> Markup | None:
        if verdict is None:
            return None
        short = self.text(f"luck.short.{verdict.kind}")
        return element("span", f"{_SIGNS[verdict.kind]} {short}", class_=f"chip {verdict.kind}")

    def _apart(
        self,
        own: tuple[float, float, float],
        theirs: tuple[float, float, float],
        verdict: Verdict | None,
    ) -> str | None:
        mean, low, high = theirs
        if not math.isfinite(mean):
            return None
        parts = [
            self.text(
                "report.comparison.others",
                mean=self.figure(self.goal, mean),
                band=band(self.goal, low, high, self.language, like=mean),
            )
        ]
        if verdict is not None and verdict.kind != "same" and math.isfinite(verdict.mean):
            apart = means_apart(own, theirs, verdict.mean, unit_of(self.goal))
            parts.append(
                self.text(
                    "report.comparison.apart",
                    difference=difference(self.goal, apart, self.language),
                    wins=verdict.wins,
                    crowds=verdict.crowds,
                )
            )
        return self.text("report.comparison.dot").join(parts)

    def best(self) -> Markup | None:
        """The best line known, and the stars."""
        found = self.report.best
        if found is None:
            return None
        judged = stars(found)
        verdict = found.verdict
        sentence = (
            self.text("luck.best.found", wins=verdict.wins, crowds=verdict.crowds)
            if verdict.kind == "higher"
            else self.text("luck.best.none")
        )
        steps = [
            element(
                "li",
                self.text(
                    "report.best.step",
                    clock=self.report.run.timeline.clock(part.start),
                    tactic=self.tactic(part.tactic),
                ),
            )
            for part in bands_of(self.scenario, found.best)
        ]
        shown = "★" * (judged.count or 0) + "☆" * (3 - (judged.count or 0))
        return self.section(
            "best",
            element(
                "p",
                element(
                    "span", shown, class_="stars", role="img", aria_label=judged.text(self.language)
                ),
                " ",
                judged.text(self.language),
            ),
            element("p", sentence),
            element("ol", steps, class_="line") if verdict.kind == "higher" else None,
            element("p", self.text("luck.best.honest"), class_="quiet"),
        )
