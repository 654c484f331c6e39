"""`main.py report`: runs as pages to read and print, and as tables for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from sim.console.progress import Progress
from sim.console.saved import Saved, saved_run
from sim.console.shared import FAILED, INTERRUPTED
from sim.console.terminal import Terminal
from sim.console.usage import NotGiven


def report(
    terminal: Terminal,
    sources: Sequence[str],
    html: Path | None,
    csv: Path | None,
    decisions: Path | None,
    crowds: int,
) -> int:
    """Simulates saved runs again and writes about them. One run gives one HTML file, several give
    a folder of them."""
    if html is None and csv is None and decisions is None:
        raise NotGiven(terminal.text("cli.report.where"), param_hint="--html, --csv")
    saved = [saved_run(terminal, source) for source in sources]
    for run in saved:
        if run.doubtful:
            for said in run.verdict.sentences:
                sentence = said.text(terminal.language)
                terminal.say("cli.report.of_run", name=run.name, sentence=sentence)
    from sim.report.export import RunRow, decisions_csv, runs_csv, write_csv

    rows = [RunRow(run.name, run.run, run.verified, run.verdict.lesson.state) for run in saved]
    if csv is not None:
        terminal.say("cli.report.written", path=write_csv(csv, runs_csv(rows)))
    if decisions is not None:
        terminal.say("cli.report.written", path=write_csv(decisions, decisions_csv(rows)))
    if html is not None:
        for run, path in zip(saved, _pages(html, saved), strict=True):
            try:
                _write_page(terminal, run, path, crowds)
            except KeyboardInterrupt:
                terminal.say("cli.interrupted.report", name=run.name)
                return INTERRUPTED
    # a false run weighs more than one of another lesson
    codes = {run.exit_code for run in saved}
    return FAILED if FAILED in codes else max(codes)


def _pages(html: Path, saved: Sequence[Saved]) -> list[Path]:
    """Where each page goes, no two to the same place."""
    if len(saved) == 1:
        return [html]
    pages: list[Path] = []
    for number, run in enumerate(saved, start=1):
        stem = re.sub(r"[^\w-]+", "_", Path(run.name).stem).strip("_") or "run"
        page = html / f"{stem}.html"
        pages.append(page if page not in pages else html / f"{stem}_{number}.html")
    return pages


def _write_weeks(terminal: Terminal, run: Saved, path: Path) -> None:
    from sim.report.html_report import write_report
    from sim.report.weeks_gather import gather_weeks
    from sim.report.weeks_page import weeks_page

    label = terminal.text("campaign.why.report_progress", name=run.name)
    with Progress(terminal, label) as progress:
        gathered = gather_weeks(
            run.run, verified=run.verified, lesson=run.verdict.lesson.phrase, progress=progress
        )
    write_report(path, weeks_page(gathered, terminal.language))
    terminal.say("cli.report.written", path=path)
    if not gathered.met:
        raise KeyboardInterrupt


def _write_page(terminal: Terminal, run: Saved, path: Path, crowds: int) -> None:
    if run.run.scenario.campaign is not None:
        _write_weeks(terminal, run, path)
        return
    from sim.report import coach as coaching
    from sim.report.html_report import gather, html_report, write_report

    language = terminal.language
    with Progress(terminal, terminal.text("cli.coach.progress")) as progress:
        said = coaching.coach(run.run, budget=coaching.BUDGET, progress=progress)
    if said is None:
        raise KeyboardInterrupt
    with Progress(terminal, terminal.text("cli.report.progress", name=run.name)) as progress:
        gathered = gather(
            run.run, crowds=crowds, notes=said.notes(language), verified=run.verified,
            lesson=run.verdict.lesson.phrase, progress=progress,
        )  # fmt: skip
    write_report(path, html_report(gathered, language))
    terminal.say("cli.report.written", path=path)
    if gathered.others is None or len(gathered.others.seeds) < crowds or not said.settled:
        raise KeyboardInterrupt
