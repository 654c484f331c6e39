"""The report of a class: one HTML file that needs nothing else, to read, print or hand in.

    class_page(record, "zh", names=True, weights=None)

As in the report of a run no script runs in it and nothing is fetched; all names are escaped.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.classroom.report_html_choices import Choices
from sim.classroom.report_html_frame import Frame
from sim.classroom.report_html_people import People
from sim.classroom.results_record import ClassRecord
from sim.classroom.results_words import said
from sim.report.html_markup import element
from sim.report.html_report import page


def class_page(
    record: ClassRecord,
    language: str,
    *,
    names: bool = True,
    weights: Mapping[str, object] | None = None,
) -> str:
    """The whole file in "zh" or "en", with names or without. StrollError for bad weights.

    weights: of the grades, instead of those that the class is set to.
    """
    frame = Frame(record, language, names)
    choices = Choices(record, language, names)
    people = People(record, language, names, weights)
    title = said("html.title", language, scenario=record.scenario.title.text(language))
    body = element(
        "main",
        frame.header(),
        frame.headline(),
        choices.spread(),
        choices.groups(),
        choices.rounds(),
        choices.luck(),
        people.bets(),
        people.table(),
        people.decisions(),
        people.grading(),
        frame.claims(),
        frame.crowd(),
        frame.footer(),
    )
    return page(title, body, language, more_style="class_report")
