"""What all sections of the report share: one run, one language, and how both are written."""

from __future__ import annotations

from sim import wording
from sim.report.html_gather import RunReport
from sim.report.html_markup import Markup, element
from sim.report.html_numbers import figure


class Section:
    """Base of the report's sections: writes about one report in one language."""

    def __init__(self, report: RunReport, language: str) -> None:
        self.report, self.language = report, language
        self.scenario = report.run.scenario
        self.goal = self.scenario.goal

    def text(self, key: str, **values: object) -> str:
        """A text in the report's language."""
        return wording.text(key, self.language, **values)

    def metric(self, name: str) -> str:
        """What a figure is called."""
        return self.text(f"metrics.{name}.name")

    def tactic(self, name: str | None) -> str:
        """What a tactic is called; None is a mix of the player's own."""
        if name is None:
            return self.text("report.timeline.own_mix")
        known = self.scenario.tactics.get(name)
        return known.title.text(self.language) if known is not None else name

    def figure(self, name: str, value: float | None, like: float | None = None) -> str:
        """A figure with its unit."""
        return figure(name, value, self.language, like)

    def count(self, name: str) -> str:
        """A number of something, with its name."""
        value = self.figure(name, self.report.figures[name])
        return self.text("report.headline.count", name=self.metric(name), count=value)

    def money(self, value: float) -> str:
        """An amount of yuan."""
        return self.figure("net_sales", round(value))

    def section(self, name: str, *children: object) -> Markup:
        """A section under its heading."""
        return element(
            "section", element("h2", self.text(f"report.{name}.heading")), *children, class_=name
        )
