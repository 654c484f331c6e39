"""The report's first page: what was played, what was left, and how people got that far."""

from __future__ import annotations

import math

from sim.report import html_charts as charts
from sim.report.html_gather import funnel_of, note_orders_of
from sim.report.html_markup import Markup, element
from sim.report.html_numbers import band, difference
from sim.report.html_section import Section


class Overview(Section):
    """Header, headline and funnel."""

    def header(self) -> Markup:
        """What was played, when and with whom."""
        run = self.report.run
        bands = self.report.ghost.bands
        played = self.text("report.header.arrow").join(
            dict.fromkeys(self.tactic(part.tactic) for part in bands[:6])
        )
        if len(bands) > 6:
            played += self.text("report.header.more")
        facts = self.text(
            "report.header.facts",
            starts=self.scenario.live.starts,
            minutes=self.scenario.live.minutes,
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
            element("p", self.text("report.header.brand"), class_="brand"),
            element("h1", self.scenario.title.text(self.language)),
            element("p", facts, class_="facts"),
            element(
                "p", element("b", self.text("report.header.played")), " ", played, class_="facts"
            ),
            [element("p", warning, class_="warning") for warning in warnings],
        )

    def headline(self) -> Markup:
        """What was left after the nights, and how much of it was luck."""
        own = self.report.figures
        refunded = own["gmv"] - own["net_sales"]
        tiles = [
            (self.metric("gmv"), self.figure("gmv", own["gmv"]), self.count("orders")),
            (
                self.text("report.headline.refunded"),
                self.figure("net_sales", -refunded if refunded else 0.0),
                self.text(
                    "report.headline.returns",
                    count=self.figure("returns", own["returns"]),
                    share=self.figure("return_rate", own["return_rate"]),
                ),
            ),
            (
                self.text("report.headline.fans"),
                difference("followers", own["followers"] - own["unfollowed"], self.language),
                self.text(
                    "report.headline.followers",
                    new=self.figure("followers", own["followers"]),
                    lost=self.figure("unfollowed", own["unfollowed"]),
                ),
            ),
            (
                self.metric("trust"),
                self.figure("trust", own["trust"]),
                self.text("report.headline.trust"),
            ),
        ]
        return element(
            "section",
            element(
                "div",
                element(
                    "div",
                    element("p", self.text("report.headline.net"), class_="over"),
                    element("p", self.figure("net_sales", own["net_sales"]), class_="big"),
                    element("p", self.text("report.headline.net_note"), class_="quiet"),
                    class_="net",
                ),
                element(
                    "div",
                    [
                        element(
                            "div",
                            element("p", name, class_="over"),
                            element("p", value, class_="medium"),
                            element("p", note, class_="quiet"),
                            class_="tile",
                        )
                        for name, value, note in tiles
                    ],
                    class_="tiles",
                ),
                class_="headline",
            ),
            self.luck(),
        )

    def luck(self) -> Markup | None:
        """The player's own band and one sentence."""
        luck = self.report.luck
        if luck is None:
            return None
        mean, low, high = luck.of(self.goal)
        here = self.report.figures[self.goal]
        known = [value for value in (low, high, here) if math.isfinite(value)]
        if not known or not math.isfinite(mean):
            return None
        scale = (min([*known, 0.0]), max(known))
        return element(
            "div",
            charts.strip(low, high, mean, here, scale, own=True),
            element(
                "p",
                luck.text(self.goal, self.language),
                None if self.language == "zh" else " ",
                self.text(
                    "report.headline.luck",
                    band=band(self.goal, low, high, self.language),
                    mean=self.figure(self.goal, mean),
                ),
            ),
            element(
                "p",
                self.text("luck.band.left_out", count=self.report.left_out),
                class_="quiet",
            )
            if self.report.left_out
            else None,
            class_="luck",
        )

    def funnel(self) -> Markup:
        """From being seen to being kept."""
        steps = funnel_of(self.report.run.events())
        first = max(steps[0][1], 1)
        seen = self.report.figures["impressions"]
        rows = []
        before = None
        for name, people in steps:
            if before is None:
                note = self.text("report.funnel.seen", count=f"{seen:,.0f}")
            elif name == "spoke":
                # not everybody who stays speaks, and not everybody who orders spoke
                note = self.text("report.funnel.of_entered", share=_percent(people, first))
            else:
                note = self.text(
                    f"report.funnel.of_{'stayed' if name == 'ordered' else before}",
                    share=_percent(people, self._base(name, steps)),
                )
            colour = charts.CORAL if name in ("ordered", "kept") else charts.TEAL
            rows.append(
                element(
                    "div",
                    element("span", self.text(f"report.funnel.{name}"), class_="name"),
                    element("span", f"{people:,}", class_="value"),
                    charts.bar(people / first, colour),
                    element("span", note, class_="quiet"),
                    class_="step",
                )
            )
            before = name
        return self.section("funnel", element("div", rows, class_="funnel"), self._from_notes())

    def _from_notes(self) -> Markup | None:
        """What was ordered without coming in, so that the funnel is not taken for all there was."""
        orders, yuan = note_orders_of(self.report.run.events())
        if not orders:
            return None
        money = self.figure("gmv", yuan)
        sentence = self.text("report.funnel.from_notes", count=f"{orders:,}", yuan=money)
        return element("p", sentence, class_="quiet")

    def _base(self, name: str, steps: list[tuple[str, int]]) -> int:
        known = dict(steps)
        return known[{"stayed": "entered", "ordered": "stayed", "kept": "ordered"}[name]]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"
