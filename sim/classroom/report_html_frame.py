"""The frame of a class's report: which class it was, its averages, and how all can be checked."""

from __future__ import annotations

import math

from sim import wording
from sim.classroom.report_csv import local_time
from sim.classroom.report_html_part import Part, whole
from sim.classroom.results import mean
from sim.classroom.results_words import metrics_of_class
from sim.model import ENGINE_VERSION
from sim.report.html_markup import Markup, element
from sim.report.html_numbers import band


class Frame(Part):
    """What stands before and behind the results."""

    def header(self) -> Markup:
        """Which class this was, and whether its results stand."""
        record = self.record
        counted = [shop for shop in record.shops if shop.counts]
        times = [at for shop in record.shops for at in shop.times if at > 0]
        facts = [
            local_time(min(times))[:16] if times else "",
            self.say("mode." + record.settings.mode),
            self.say("people", count=len(counted)),
            self.say("rounds", count=len(record.rounds)),
        ]
        warnings = []
        if record.practice:
            warnings.append(self.say("practice"))
        if not record.finished:
            warnings.append(self.say("not_finished"))
        return element(
            "header",
            element("p", self.say("brand"), class_="brand"),
            element("h1", self.scenario.title.text(self.language)),
            element("p", " · ".join(fact for fact in facts if fact), class_="facts"),
            [element("p", warning, class_="warning") for warning in warnings],
        )

    def headline(self) -> Markup:
        """The class's averages, and the best that is known."""
        shops = self.record.shown
        counted = [shop for shop in shops if shop.counts]
        average = mean([shop.figure(self.goal) for shop in counted])
        what = "hosted" if self.record.settings.mode == "vote" else "average"
        best = self.record.best
        tiles = [
            (
                self.metric(metric),
                self.figure(metric, mean([shop.figure(metric) for shop in counted])),
            )
            for metric in metrics_of_class(self.scenario)[1:]
        ]
        if best is not None:
            tiles.insert(0, (self.say("best"), self.figure(self.goal, best.value)))
        values = [v for shop in counted if math.isfinite(v := shop.figure(self.goal))]
        note = ""
        if len(values) > 1:
            ends = band(self.goal, min(values), max(values), self.language)
            note = self.say("from_to", band=ends)
        return element(
            "section",
            element(
                "div",
                element(
                    "div",
                    element("p", self.say(what, metric=self.metric(self.goal)), class_="over"),
                    element("p", self.figure(self.goal, whole(average)), class_="big"),
                    element("p", note, class_="quiet"),
                    class_="net",
                ),
                element(
                    "div",
                    [
                        element(
                            "div",
                            element("p", name, class_="over"),
                            element("p", value, class_="medium"),
                            class_="tile",
                        )
                        for name, value in tiles
                    ],
                    class_="tiles",
                ),
                class_="headline",
            ),
        )

    def claims(self) -> Markup | None:
        """What the lesson claims, in its author's words."""
        says = [claim.says.text(self.language) for claim in self.scenario.claims]
        if not says:
            return None
        return self.section(
            "claims",
            element("ul", [element("li", text) for text in says], class_="said"),
            element("p", self.say("claims.what"), class_="quiet"),
        )

    def crowd(self) -> Markup:
        """By what anybody can check that all met the same people."""
        return self.section(
            "crowd",
            element("p", self.say(f"crowd.{self.record.settings.mode}")),
            element(
                "p",
                self.say("crowd.digest", digest=self.record.crowd, seed=self.record.seed),
                class_="facts crowd",
            ),
        )

    def footer(self) -> Markup:
        """What words mean, and which program says so."""
        engine = wording.text(
            "report.footer.engine",
            self.language,
            engine=ENGINE_VERSION,
            hash=self.scenario.hash[:12],
        )
        return element(
            "footer",
            element("p", self.say("footer.apart")),
            element("p", wording.text("report.footer.tie", self.language))
            if self.record.luck is not None
            else None,
            element("p", engine),
        )
