"""The report of a run: one HTML file that needs nothing else, to read, to print or to hand in.

    report = gather(run, bets=bets)                # sim.report.html_gather: simulates
    write_report("evening.html", html_report(report, "zh"))

No script runs in it and nothing is fetched: its style, pictures and QR code stand inside, and its
own policy forbids the rest. Everything that came from a scenario, a file or a person is escaped.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim import wording
from sim.errors import Phrase, PlaceError, system_reason
from sim.paths import assets_folder
from sim.play.capsule_source import run_of
from sim.play.whole_file import write_file
from sim.report.html_details import Details
from sim.report.html_evening import Evening
from sim.report.html_gather import CROWDS, RunReport, gather
from sim.report.html_markup import Markup, element, join, style_sheet
from sim.report.html_overview import Overview
from sim.report.html_rivals import Rivals
from sim.scenario.differences import known

__all__ = ["gather", "html_report", "page", "report_of_file", "write_report"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_report(report: RunReport, language: str) -> str:
    """The whole file in "zh" or "en". PlaceError when the style sheet is missing."""
    overview, evening = Overview(report, language), Evening(report, language)
    rivals, details = Rivals(report, language), Details(report, language)
    title = wording.text(
        "report.header.title", language, scenario=report.run.scenario.title.text(language)
    )
    body = element(
        "main",
        overview.header(),
        overview.headline(),
        overview.funnel(),
        evening.timeline(),
        rivals.comparison(),
        rivals.best(),
        details.notes(),
        details.bets(),
        details.figures(),
        details.capsule(),
        details.footer(),
    )
    return page(title, body, language)


def page(title: str, body: Markup, language: str, more_style: str = "") -> str:
    """A whole file that needs nothing else, around what it says, in the style of all our reports.

    more_style: name of another style sheet of assets/report. PlaceError when one is missing.
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        style_sheet(_style()),
        style_sheet(_style(more_style)) if more_style else None,
    )
    code = "zh-Hans" if language == "zh" else "en"
    whole = element("html", head, element("body", body), lang=code)
    return str(join(Markup("<!DOCTYPE html>\n"), whole, Markup("\n")))


def report_of_file(
    source: str | Path,
    language: str,
    crowds: int = CROWDS,
    progress: Callable[[int, int], None] | None = None,
) -> str:
    """The report of a journal, a capsule file or a capsule's code, simulated again.

    JournalError when it cannot be simulated here; where its claims do not hold the report says so.
    progress(crowds met, crowds).
    """
    run, verified = run_of(source)
    report = gather(
        run, crowds=crowds, verified=verified, lesson=known(run.scenario).phrase, progress=progress
    )
    return html_report(report, language)


def write_report(path: str | Path, page: str) -> Path:
    """Writes the file whole or not at all, over an older one; PlaceError when that is refused."""
    path = Path(path)
    try:
        write_file(path, page.encode("utf-8"))
    except OSError as error:
        reason = system_reason(error)
        raise PlaceError(Phrase("report.cannot_write", path=str(path), reason=reason)) from error
    return path


def _style(name: str = "report") -> str:
    path = assets_folder() / "report" / f"{name}.css"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise PlaceError(Phrase("errors.place.shipped_missing", folder=str(path))) from error
