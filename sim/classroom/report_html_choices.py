"""The class as a whole: what it was, how results are spread, and what luck has to do with it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from sim.classroom import report_charts as charts
from sim.classroom.report_html_part import Part, table, whole
from sim.classroom.results import groups_of, mean
from sim.classroom.results_outcome import MIXED
from sim.classroom.results_words import metrics_of_class, said
from sim.play.luck import LOWER_IS_BETTER
from sim.report.html_markup import Markup, element

_WIDE, _NARROW = 720, 350
_SIGNS = {"higher": "▲", "lower": "▼", "tie": "≈", "same": "=", "too_few": "?"}


class Choices(Part):
    """Everything that tells of nobody in particular."""

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
                    mean=self.figure(self.goal, whole(mean(group.values(self.goal)))),
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
            value = self.figure(self.goal, whole(average))
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
                [element("td", self.figure(m, whole(mean(group.values(m)), m))) for m in metrics],
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


def _texts(luck: dict[str, Any]) -> set[str]:
    return {one["text"] for one in luck["verdicts"]}


def _cell(told: dict[str, Any], way: str) -> dict[str, Any] | None:
    return next((group for group in told["groups"] if group["key"] == way), None)
