"""The class as a whole: what it was, how results are spread, and what luck has to do with it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sim import wording
from sim.classroom import report_charts as charts
from sim.classroom.report_csv import local_time
from sim.classroom.report_html_part import Part
from sim.classroom.results import groups_of, mean
from sim.classroom.results_outcome import MIXED
from sim.classroom.results_words import metrics_of_class, said
from sim.model import ENGINE_VERSION
from sim.play.luck import LOWER_IS_BETTER
from sim.report.html_markup import Markup, element
from sim.report.html_numbers import band

_WIDE, _NARROW = 720, 350
_SIGNS = {"higher": "▲", "lower": "▼", "tie": "≈", "same": "=", "too_few": "?"}


class Choices(Part):
    """Everything that tells of nobody in particular."""

    def header(self) -> Markup:
        """Which class this was, and whether its results stand."""
        record, counted = self.record, self._counted
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
                    element("p", self.figure(self.goal, _whole(average)), class_="big"),
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

    def spread(self) -> Markup | None:
        """A dot a shop, by what was done."""
        shops = self.record.shown
        groups = groups_of(self.scenario, shops, self.goal)
        if not groups:
            return None
        luck = self.record.luck_data(self.language)
        bands = {one["key"]: one for one in luck["bands"]} if luck else {}
        rows = [
            charts.Row(
                title=self.way(group.key),
                note=self.say(
                    "row",
                    count=len(group.shops),
                    mean=self.figure(self.goal, _whole(mean(group.values(self.goal)))),
                ),
                values=group.values(self.goal),
                mean=mean(group.values(self.goal)),
                colour=self.keys.get(group.key, self.keys[MIXED])[1],
                letter=self.keys.get(group.key, self.keys[MIXED])[0],
                low=bands.get(group.key, {}).get("low"),
                high=bands.get(group.key, {}).get("high"),
            )
            for group in groups
        ]
        if self.record.settings.mode == "vote":
            rows = self._voted_rows(rows)
        average = mean([shop.figure(self.goal) for shop in shops if shop.counts])
        marks: list[tuple[float, str, bool]] = []
        if average is not None:
            value = self.figure(self.goal, _whole(average))
            name = "hosted" if self.record.settings.mode == "vote" else "average"
            marks.append((average, self.say(f"mark.{name}", value=value), False))
        best = self.record.best
        if best is not None:
            value = self.figure(self.goal, best.value)
            marks.append((best.value, self.say("mark.best", value=value), True))
        title = self.say("spread.title", metric=self.metric(self.goal))
        pictures = [
            element(
                "div",
                charts.spread(
                    width, rows, marks, lambda value: self.figure(self.goal, value), title
                ),
                class_=f"picture {kind}",
            )
            for width, kind in ((_WIDE, "wide"), (_NARROW, "narrow"))
        ]
        what = "spread.vote" if self.record.settings.mode == "vote" else "spread.what"
        told = [self.say(what, metric=self.metric(self.goal))]
        if any(row.low is not None for row in rows):
            told.append(self.say("spread.bar"))
        if best is not None:
            told.append(best.to_data(self.scenario, self.language)["sentence"])
        return self.section(
            "spread",
            pictures,
            element("p", self.between.join(told), class_="quiet"),
        )

    def _voted_rows(self, own: list[charts.Row]) -> list[charts.Row]:
        """The one shop of a class that votes, beside each way kept throughout on its crowd."""
        rows = [
            replace(row, title=said("class", self.language), note=self.figure(self.goal, row.mean))
            for row in own
        ]
        ranked = sorted(
            ((figures[self.goal], way) for way, figures in self.record.constants.items()),
            reverse=self.goal not in LOWER_IS_BETTER,
        )
        for value, way in ranked:
            if math.isfinite(value):
                letter, colour = self.keys.get(way, ("·", self.keys[MIXED][1]))
                note = self.figure(self.goal, value)
                rows.append(charts.Row(self.way(way), note, [value], None, colour, letter))
        return rows

    def groups(self) -> Markup | None:
        """The same choices by several figures, each a mean."""
        groups = groups_of(self.scenario, self.record.shown, self.goal)
        if len(groups) < 2:
            return None
        metrics = metrics_of_class(self.scenario)
        heads = [self.say("choice"), self.say("shops"), *(self.metric(m) for m in metrics)]
        rows = [
            element(
                "tr",
                element("th", self.key(group.key), self.way(group.key), scope="row"),
                element("td", len(group.shops)),
                [element("td", self.figure(m, _whole(mean(group.values(m)), m))) for m in metrics],
            )
            for group in groups
        ]
        less = self.say("groups.less") if any(m in LOWER_IS_BETTER for m in metrics) else None
        return self.section(
            "groups",
            table(heads, rows),
            element("p", less, class_="quiet") if less else None,
        )

    def rounds(self) -> Markup | None:
        """What was left of the orders of each round, by what was done in it."""
        if self.record.settings.mode == "vote":
            return self._votes()
        told = self.record.results_data(self.language)["rounds"]
        ways = [way for way in self.keys if any(_cell(one, way) for one in told)]
        if not told or not ways:
            return None
        rows = []
        for way in ways:
            cells = []
            for one in told:
                cell = _cell(one, way)
                if cell is None:
                    cells.append(element("td", "–"))
                    continue
                count = element("small", self.say("shops_count", count=cell["count"]))
                cells.append(element("td", cell["mean_text"], element("br"), count))
            head = element("th", self.key(way), self.one_way(way), scope="row")
            rows.append(element("tr", head, cells))
        heads: list[Any] = [self.say("way")]
        for one in told:
            number = self.say("round_short", number=one["number"])
            clock = one["clock"].partition("–")[0] if not self.record.rounds.campaign else ""
            heads.append((number, element("br"), element("small", clock or one["clock"])))
        return self.section("rounds", element("p", self.say("rounds_what")), table(heads, rows))

    def _votes(self) -> Markup | None:
        told = self.record.votes_data(self.language)
        if not told:
            return None
        items = [
            element(
                "tr",
                element(
                    "th",
                    self.say("round", number=one["number"], clock=one["clock"]),
                    scope="row",
                ),
                element(
                    "td",
                    [
                        element(
                            "span",
                            self.key(vote["key"]),
                            f"{self.one_way(vote['key'])} ×{vote['count']}",
                            " ✓" if vote["won"] else None,
                        )
                        for vote in one["votes"]
                    ],
                    class_="text",
                ),
            )
            for one in told
        ]
        return self.section("votes", table([self.say("when"), self.say("votes")], items, left=[1]))

    def luck(self) -> Markup | None:
        """Which differences are more than luck."""
        luck = self.record.luck_data(self.language, names_shown=self.names)
        if luck is None:
            return None
        items = [
            element(
                "li",
                element(
                    "span",
                    f"{_SIGNS[one['kind']]} {one['short']}",
                    class_=f"chip {one['kind']}",
                ),
                " ",
                one["text"],
            )
            for one in luck["verdicts"]
        ]
        first = [element("li", text) for text in luck["ties"] if text not in _texts(luck)]
        if not items and not first:
            return None
        return self.section(
            "luck",
            element("p", self.between.join([luck["text"], self.say("luck.what")])),
            element("ul", items, first, class_="said"),
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

    @property
    def _counted(self) -> list[Any]:
        return [shop for shop in self.record.shops if shop.counts]


def _texts(luck: dict[str, Any]) -> set[str]:
    return {one["text"] for one in luck["verdicts"]}


def _cell(told: dict[str, Any], way: str) -> dict[str, Any] | None:
    return next((group for group in told["groups"] if group["key"] == way), None)


def table(heads: Sequence[object], rows: Sequence[Markup], left: Collection[int] = ()) -> Markup:
    """A table whose columns are figures, but for the first and those whose number is in `left`."""
    head = [
        element("th", part, scope="col", class_="text" if number in left else None)
        for number, part in enumerate(heads)
    ]
    body = element("table", element("thead", element("tr", head)), element("tbody", list(rows)),
                   class_="class-table")  # fmt: skip
    return element("div", body, class_="wide-table")


def _whole(value: float | None, metric: str = "net_sales") -> float | None:
    """Means of money and counts without what nobody can spend."""
    unit = wording.text(f"metrics.{metric}.unit", "en")
    if value is None or unit not in ("yuan", "count") or abs(value) < 10:
        return value
    return float(round(value))
