"""`main.py report` of a class's file: a page to read and print, tables, and everybody's capsule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sim.console.progress import Progress
from sim.console.shared import INTERRUPTED, prepare
from sim.console.terminal import Terminal
from sim.console.usage import NotGiven
from sim.errors import Phrase, PlaceError, StrollError, system_reason

if TYPE_CHECKING:
    from sim.classroom.results_record import ClassRecord

_COMMAS = re.compile(r"[,;，、；\s]+")


def report_class(
    terminal: Terminal,
    path: Path,
    html: Path | None,
    csv: Path | None,
    decisions: Path | None,
    capsules: Path | None,
    names: bool,
    weights: str | None,
    crowds: int | None = None,
) -> int:
    """Simulates a class again and writes about it; names: whether trainees are named.

    weights: "goal=50,bets=10", instead of those that the class is set to. crowds: how many others
    tell luck; as many as are fitting by default.
    """
    if html is None and csv is None and decisions is None and capsules is None:
        raise NotGiven(terminal.text("cli.report.where"), param_hint="--html, --csv")
    chosen = read_weights_option(terminal, weights)
    prepare(terminal)
    from sim.classroom.results_file import record_of_store
    from sim.classroom.store import ClassStore

    needs_luck = html is not None or csv is not None
    with (
        ClassStore.look_into(path) as store,
        Progress(terminal, terminal.text("class_report.cli.progress")) as progress,
    ):
        record = record_of_store(
            store,
            crowds=crowds if needs_luck else 0,
            capsules=capsules is not None,
            progress=progress,
        )
    for key in _remarks(record):
        terminal.say(f"class_report.cli.{key}")
    _write(terminal, record, html, csv, decisions, capsules, names, chosen)
    if record.luck is not None and record.luck.crowds < record.luck.wanted:
        terminal.say("class_report.cli.interrupted", crowds=record.luck.crowds)
        return INTERRUPTED
    return 0


def read_weights_option(terminal: Terminal, typed: str | None) -> Mapping[str, object] | None:
    """The weights in "goal=50,bets=10", checked; None where none were typed."""
    if typed is None:
        return None
    given: dict[str, object] = {}
    for pair in filter(None, _COMMAS.split(typed)):
        name, equals, value = pair.partition("=")
        try:
            given[name.strip()] = float(value) if equals else value
        except ValueError:
            given[name.strip()] = value
    from sim.classroom.grading import read_weights

    try:
        return read_weights(given)
    except StrollError as error:
        sentence = error.in_language(terminal.language)
        raise typer.BadParameter(sentence, param_hint="--weights") from error


def _remarks(record: ClassRecord) -> list[str]:
    found = []
    if record.practice:
        found.append("practice")
    if not record.finished:
        found.append("not_finished")
    return found


def _write(
    terminal: Terminal,
    record: ClassRecord,
    html: Path | None,
    csv: Path | None,
    decisions: Path | None,
    capsules: Path | None,
    names: bool,
    weights: Mapping[str, object] | None,
) -> None:
    from sim.classroom.report_capsules import capsules_zip
    from sim.classroom.report_csv import decisions_csv, results_csv
    from sim.classroom.report_html import class_page
    from sim.report.export import write_csv
    from sim.report.html_report import write_report

    language = terminal.language
    written = []
    if csv is not None:
        table = results_csv(record, language, names=names, weights=weights)
        written.append(write_csv(csv, table))
    if decisions is not None:
        written.append(write_csv(decisions, decisions_csv(record, language, names=names)))
    if html is not None:
        written.append(
            write_report(html, class_page(record, language, names=names, weights=weights))
        )
    for place in written:
        terminal.say("cli.report.written", path=place)
    if capsules is not None:
        content = capsules_zip(record, names=names)
        terminal.say("cli.report.written", path=_whole(capsules, content))


def _whole(path: Path, content: bytes) -> Path:
    from sim.play.whole_file import write_file

    try:
        write_file(path, content)
    except OSError as error:
        reason = system_reason(error)
        raise PlaceError(Phrase("report.cannot_write", path=str(path), reason=reason)) from error
    return path
