"""What the sections of a class's report share: one record, one language, letters and colours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from sim import wording
from sim.classroom.results import Shop
from sim.classroom.results_outcome import MIXED
from sim.classroom.results_record import ClassRecord
from sim.classroom.results_words import (
    group_title,
    metric_name,
    said,
    shop_label,
    way_title,
    ways,
    written,
)
from sim.report.html_charts import TACTIC_COLOURS
from sim.report.html_markup import Markup, element

_MIXED_COLOUR = "#6B6B75"


class Part:
    """Base of the sections: writes about one class in one language, with names or without."""

    def __init__(self, record: ClassRecord, language: str, names: bool) -> None:
        self.record, self.language, self.names = record, language, names
        self.scenario, self.goal = record.scenario, record.scenario.goal

    def say(self, key: str, **values: Any) -> str:
        """A text of class_report.yaml, section html."""
        return said(f"html.{key}", self.language, **values)

    @property
    def between(self) -> str:
        """What stands between two sentences."""
        return "" if self.language == "zh" else " "

    def figure(self, metric: str, value: float | None) -> str:
        """A figure with its unit."""
        return written(metric, value, self.language)

    def metric(self, metric: str) -> str:
        """What a figure is called."""
        return metric_name(metric, self.language)

    def label(self, shop: Shop) -> str:
        """What a shop is called."""
        return shop_label(shop.seat, shop.name, self.names, self.language)

    def way(self, key: str) -> str:
        """What a tactic, a policy or a mix is called."""
        return group_title(self.scenario, key, self.language)

    def section(self, name: str, *children: object) -> Markup:
        """A section under its heading."""
        heading = element("h2", self.say(f"heading.{name}"))
        return element("section", heading, *children, class_=name)

    @cached_property
    def keys(self) -> dict[str, tuple[str, str]]:
        """Tactic or policy -> (letter, colour), of all that anybody used, in the lesson's order."""
        known = self.scenario.policies if self.scenario.campaign else self.scenario.tactics
        used = {way for shop in self.record.shops for way in ways(self.scenario, shop.hands)}
        found = {}
        for way in known:
            if way in used:
                number = len(found)
                colour = TACTIC_COLOURS[number % len(TACTIC_COLOURS)]
                found[way] = (chr(ord("A") + number), colour)
        found[MIXED] = ("+", _MIXED_COLOUR)
        return found

    def key_list(self, *more: Markup) -> Markup:
        """What the letters mean."""
        used = {way for shop in self.record.shops for way in ways(self.scenario, shop.hands)}
        items = [
            element("li", self.key(way), self.one_way(way)) for way in self.keys if way in used
        ]
        return element("ul", items, list(more), class_="chips")

    def key(self, way: str) -> Markup:
        """The letter of a tactic on its colour."""
        letter, colour = self.keys.get(way, ("?", _MIXED_COLOUR))
        return element("i", letter, class_="key", style=f"background:{colour}")

    def one_way(self, way: str) -> str:
        """What the way to host of one round is called."""
        return way_title(self.scenario, way, self.language)


def table(heads: Sequence[object], rows: Sequence[Markup], left: Collection[int] = ()) -> Markup:
    """A table whose columns are figures, but for the first and those whose number is in `left`."""
    head = [
        element("th", part, scope="col", class_="text" if number in left else None)
        for number, part in enumerate(heads)
    ]
    body = element("table", element("thead", element("tr", head)), element("tbody", list(rows)),
                   class_="class-table")  # fmt: skip
    return element("div", body, class_="wide-table")


def whole(value: float | None, metric: str = "net_sales") -> float | None:
    """Means of money and counts without what nobody can spend."""
    unit = wording.text(f"metrics.{metric}.unit", "en")
    if value is None or unit not in ("yuan", "count") or abs(value) < 10:
        return value
    return float(round(value))
