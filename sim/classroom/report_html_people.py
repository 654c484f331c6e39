"""The trainees one by one: results, choices, bets and grades; with names or without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.classroom import report_charts as charts
from sim.classroom.grading import PARTS
from sim.classroom.report_csv import local_time, part_name, standing
from sim.classroom.report_html_part import Part, table
from sim.classroom.results import Shop, group_of_shop, ranked
from sim.classroom.results_duel import hand_titles
from sim.classroom.results_record import ClassRecord
from sim.classroom.results_told import band_of
from sim.classroom.results_words import metrics_of_class, ways
from sim.report.html_markup import Markup, element


class People(Part):
    """Bets, one line a trainee, who decided what, and how scores are made."""

    def __init__(
        self,
        record: ClassRecord,
        language: str,
        names: bool,
        weights: Mapping[str, object] | None,
    ) -> None:
        super().__init__(record, language, names)
        self.weights = record.weights_of(weights)
        self.grades = {grade.seat: grade for grade in record.grades(weights)}
        self.scored = any(grade.score is not None for grade in self.grades.values())

    def bets(self) -> Markup | None:
        """How sure the class was, and how right."""
        told = self.record.calibration_data(self.language)
        if told is None:
            return None
        groups = [
            charts.Sureness(one["confidence"], one["count"], one["share"], one["low"], one["high"])
            for one in told["groups"]
        ]
        asked = [
            element(
                "div",
                element("p", one["text"], class_="name"),
                element("p", self._asked(one)),
                class_="question",
            )
            for one in told["questions"]
        ]
        picture = charts.calibration(
            groups, self.say("bets.across"), self.say("bets.up"), self.say("bets.title")
        )
        return self.section(
            "bets",
            element("p", told["text"]),
            element(
                "div",
                element(
                    "div", picture, element("p", self.say("bets.what"), class_="quiet"),
                    class_="picture",
                ),
                element("div", asked),
                class_="two",
            ),
        )  # fmt: skip

    def _asked(self, one: Mapping[str, Any]) -> str:
        """How many bet on a question, and how many were right."""
        if not one["count"]:
            return self.say("bets.nobody")
        counts = {name: one[name] for name in ("count", "right", "known")}
        return self.say("bets.one", said=one["said"] or "–", **counts)

    def table(self) -> Markup | None:
        """One line a trainee, best first; whoever does not count stands below, in grey."""
        shops = self._in_order()
        if not shops:
            return None
        vote = self.record.settings.mode == "vote"
        metrics = () if vote else metrics_of_class(self.scenario)
        lucky = self.record.luck is not None and not vote
        places = self._places()
        heads: list[object] = [self.say("who")]
        heads += [] if vote else [self.say("place"), self.say("choice")]
        heads += [self.metric(metric) for metric in metrics]
        heads += [self.say("with_others")] if lucky else []
        heads += [self.say("own_rounds")]
        heads += [part_name("bets", self.language)] if vote and self.scored else []
        heads += [self.say("score")] if self.scored else []
        rows = []
        for shop in shops:
            group = group_of_shop(self.scenario, shop)
            own, since = shop.own_rounds
            kind = standing(shop)
            name = self.label(shop)
            if kind != "counts":
                name = self.say("standing", name=name, what=self.say(f"is.{kind}"))
            cells = [
                None if vote else element("td", places.get(shop.seat, "–")),
                None if vote else element("td", self.key(group), self.way(group), class_="text"),
                [element("td", self.figure(m, shop.figure(m))) for m in metrics],
                element("td", self._band(shop)) if lucky else None,
                element("td", f"{own}/{since}"),
                element("td", self._points(shop, "bets")) if vote and self.scored else None,
                element("td", self._score(shop)) if self.scored else None,
            ]
            row_class = None if kind == "counts" else "apart"
            rows.append(element("tr", element("th", name, scope="row"), cells, class_=row_class))
        return self.section("people", table(heads, rows, left=[] if vote else [2]))

    def decisions(self) -> Markup | None:
        """Who decided what, round by round; dashed where a stand-in did."""
        shops = self._in_order()
        if not shops or not any(shop.hands for shop in shops):
            return None
        heads: list[object] = [self.say("who")]
        heads += [
            self.say("round_head", number=number + 1, clock=clock)
            for number, clock in enumerate(self.record.clocks)
        ]
        rows = []
        for shop in shops:
            lived, titles = ways(self.scenario, shop.hands), hand_titles(
                self.scenario, shop.hands, self.language
            )  # fmt: skip
            cells = [
                element("td", self._cell(shop, number, lived, titles), class_="text")
                for number in range(len(self.record.rounds))
            ]
            rows.append(element("tr", element("th", self.label(shop), scope="row"), cells))
        dashed = element(
            "li",
            element("i", "A", class_="cell automatic"),
            " ",
            self.say("by_stand_in"),
        )
        return self.section(
            "decisions", self.key_list(dashed), table(heads, rows, left=range(len(heads)))
        )

    def grading(self) -> Markup | None:
        """What the scores are made of."""
        if not self.scored:
            return None
        total = sum(self.weights.values())
        parts = [
            element(
                "li",
                self.say(
                    "grade.part",
                    part=part_name(part, self.language),
                    share=f"{100 * self.weights[part] / total:.0f}%",
                    what=self.say(f"grade.{part}"),
                ),
            )
            for part in PARTS
            if self.weights[part]
        ]
        tied = "grade.ties" if self.record.levels else "grade.no_ties"
        tied = "grade.vote" if self.record.settings.mode == "vote" else tied
        return self.section(
            "grading",
            element("p", self.say("grade.what")),
            element("ul", parts, class_="said"),
            element("p", self.say(tied), class_="quiet"),
        )

    def _cell(self, shop: Shop, number: int, lived: list[str], titles: list[str]) -> Markup:
        if number >= len(lived):
            return element("i", "–", class_="cell none")
        letter, colour = self.keys[lived[number]]
        automatic = shop.automatic[number]
        hand = shop.hands[number]
        more = "•" * sum(bool(one) for one in (hand.product, hand.act, hand.answers))
        when = local_time(shop.times[number]) if number < len(shop.times) else ""
        title = " · ".join(part for part in (titles[number], when) if part)
        return element(
            "i",
            letter,
            element("small", more) if more else None,
            class_="cell automatic" if automatic else "cell",
            style=f"background:{colour}",
            title=title,
        )

    def _band(self, shop: Shop) -> str:
        found = band_of(shop, self.record.luck, self.goal)
        if found is None or found[0] is None or found[2] is None:
            return "–"
        return "–".join(self.figure(self.goal, end) for end in (found[0], found[2]))

    def _score(self, shop: Shop) -> str:
        score = self.grades[shop.seat].score
        return "–" if score is None else f"{score:.0f}"

    def _points(self, shop: Shop, part: str) -> str:
        points = self.grades[shop.seat].points.get(part)
        return "–" if points is None else f"{points:.0f}"

    def _places(self) -> dict[int, int]:
        if self.record.settings.mode == "vote":
            return {}
        return {shop.seat: place for place, shop in ranked(self.record.shops, self.goal)}

    def _in_order(self) -> list[Shop]:
        first = [shop for _, shop in ranked(self.record.shops, self.goal)]
        return first + [shop for shop in self.record.shops if shop not in first]
