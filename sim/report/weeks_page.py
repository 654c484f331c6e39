"""The report of a campaign: one HTML file that needs nothing else, as that of an evening.

report = gather_weeks(run)                       # sim.report.weeks_gather: simulates
write_report("month.html", weeks_page(report, "zh"))
"""

from __future__ import annotations

from sim import wording
from sim.model import ENGINE_VERSION
from sim.play.account import WEEKS_METRICS
from sim.play.verdict import played
from sim.report.html_markup import Markup, element
from sim.report.html_numbers import difference
from sim.report.html_report import page
from sim.report.html_section import Section
from sim.report.numbers import shown_apart, unit_of
from sim.report.weeks_gather import WeeksReport
from sim.report.weeks_tables import Tables


def weeks_page(report: WeeksReport, language: str) -> str:
    """The whole file in "zh" or "en". PlaceError when the style sheet is missing."""
    front, tables = Front(report, language), Tables(report, language)
    title = wording.text(
        "report.header.title", language, scenario=report.run.scenario.title.text(language)
    )
    body = element(
        "main",
        front.header(),
        front.headline(),
        tables.by_day(),
        tables.weeks(),
        front.rivals(),
        tables.money(),
        tables.account(),
        tables.ledger(),
        tables.days(),
        front.figures(),
        front.footer(),
    )
    return page(title, body, language)


class Front(Section):
    """What was played, what it came to, and what the policies bring on the same crowd."""

    report: WeeksReport

    def header(self) -> Markup:
        """What was played, and with whom."""
        run = self.report.run
        facts = self.text(
            "weeks.header.facts",
            days=self.scenario.campaign.days,
            shoppers=f"{self.scenario.shoppers:,}",
            seed=run.seed,
        )
        warnings = []
        if self.report.verified is False:
            warnings.append(self.text("report.header.not_verified"))
        if self.report.lesson is not None:
            what = self.report.lesson.text(self.language)
            warnings.append(self.text("report.header.other_lesson", what=what))
        if not self.report.played_out:
            warnings.append(self.text("report.header.played_on"))
        return element(
            "header",
            element("p", self.text("weeks.header.brand"), class_="brand"),
            element("h1", self.scenario.title.text(self.language)),
            element("p", facts, class_="facts"),
            element("p", played(run).text(self.language), class_="facts"),
            [element("p", warning, class_="warning") for warning in warnings],
        )

    def headline(self) -> Markup:
        """The goal, large, and four figures beside it."""
        own = self.report.figures
        beside = [
            name for name in ("profit", "net_sales", "followers", "members", "fan_share")
            if name != self.goal
        ][:4]  # fmt: skip
        notes = {
            "profit": self.text("weeks.headline.profit"),
            "net_sales": self.text("report.headline.net_note"),
            "followers": self.text("weeks.headline.lost", count=f"{own['unfollowed']:,.0f}"),
            "members": self.text("weeks.headline.members"),
            "fan_share": self.text("weeks.headline.fans"),
        }
        tiles = [
            element(
                "div",
                element("p", self.metric(name), class_="over"),
                element("p", self.figure(name, own[name]), class_="medium"),
                element("p", notes[name], class_="quiet"),
                class_="tile",
            )
            for name in beside
        ]
        return element(
            "section",
            element(
                "div",
                element(
                    "div",
                    element("p", self.metric(self.goal), class_="over"),
                    element("p", self.figure(self.goal, own[self.goal]), class_="big"),
                    element("p", notes.get(self.goal, ""), class_="quiet"),
                    class_="net",
                ),
                element("div", tiles, class_="tiles"),
                class_="headline",
            ),
        )

    def rivals(self) -> Markup | None:
        """The scenario's policies on the same crowd, best first."""
        goal, own = self.goal, self.report.figures
        if not self.report.rivals:
            return None
        unit = unit_of(goal)
        ranked = sorted(self.report.rivals.items(), key=lambda item: -(item[1][goal] or 0.0))
        blocks = [self._rival(self.text("weeks.rivals.you"), own[goal], None, True)]
        for name, figures in ranked:
            apart = difference(goal, shown_apart(own[goal], figures[goal], unit), self.language)
            title = self.scenario.policies[name].title.text(self.language)
            blocks.append(self._rival(title, figures[goal], apart, False))
        return element(
            "section",
            element("h2", self.text("weeks.rivals.heading")),
            element("p", self.text("weeks.rivals.what", metric=self.metric(goal))),
            element("div", blocks, class_="rivals"),
            element("p", self.text("weeks.rivals.one_crowd"), class_="quiet"),
        )

    def _rival(self, title: str, value: float, apart: str | None, own: bool) -> Markup:
        return element(
            "div",
            element("div", title, class_="name"),
            element("div", self.figure(self.goal, value), class_="value"),
            element("div", apart or "", class_="verdict"),
            class_="rival own" if own else "rival",
        )

    def figures(self) -> Markup:
        """Every figure, and what it means."""
        rows = [
            element(
                "tr",
                element("th", self.metric(name), scope="row"),
                element("td", self.figure(name, self.report.figures[name]), class_="number"),
                element("td", self.text(f"metrics.{name}.meaning"), class_="quiet"),
                class_="goal" if name == self.goal else None,
            )
            for name in WEEKS_METRICS
        ]
        heads = [self.text(f"report.figures.{key}") for key in ("name", "here", "meaning")]
        table = element(
            "table",
            element("thead", element("tr", [element("th", head, scope="col") for head in heads])),
            element("tbody", rows),
        )
        return self.section("figures", table)

    def footer(self) -> Markup:
        """Which program says so."""
        said = self.text(
            "report.footer.engine", engine=ENGINE_VERSION, hash=self.scenario.hash[:12]
        )
        return element("footer", element("p", said))
