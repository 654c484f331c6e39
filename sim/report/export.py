"""Runs as tables for a spreadsheet: one line a run, or one line a decision.

Column names are the program's own and in English, so that tables of different days fit together;
figures are plain numbers, shares fractions, money yuan. What is undefined is left empty.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.model import ENGINE_VERSION, TICKS_PER_MINUTE
from sim.model.decisions import Decision, Perform, SetMix
from sim.model.planning import MorningPlan
from sim.play.figures import METRICS
from sim.play.run import Run
from sim.report.html_report import write_report

RUN_COLUMNS = (
    "run", "verified", "lesson", "finished", "engine", "scenario", "scenario_hash", "seed",
    "decisions", *METRICS,
)  # fmt: skip
DECISION_COLUMNS = (
    "run", "scenario", "seed", "number", "tick", "clock", "minute", "kind", "what", "seconds",
)  # fmt: skip
# A spreadsheet takes a text that begins so for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class RunRow:
    """A run and what it is called.

    verified  whether the file it is from told the truth
    lesson    whether its lesson is the one of that id here: "same", "other", "broken", "unknown"
    """

    name: str
    run: Run
    verified: bool = True
    lesson: str = "same"

    @property
    def standing(self) -> str:
        """What its figures are worth: "yes" only where nobody needs to look twice."""
        if not self.verified:
            return "no"
        return "yes" if self.lesson == "same" else "other lesson"


def runs_csv(rows: Iterable[RunRow]) -> str:
    """One line a run, with its figures as far as it came; see RUN_COLUMNS.

    verified is "yes", "no" or, of a true run of a lesson that is not the one here, "other lesson".
    """
    lines = []
    for row in rows:
        run = row.run
        figures = run.report()
        lines.append(
            [
                row.name, row.standing, row.lesson, _yes(run.phase == "finished"), ENGINE_VERSION,
                run.scenario.id, run.scenario.hash[:12], run.seed, len(run.decisions),
                *(figures[name] for name in METRICS),
            ]
        )  # fmt: skip
    return _table(RUN_COLUMNS, lines)


def decisions_csv(rows: Iterable[RunRow]) -> str:
    """One line a decision: who decided what and when; see DECISION_COLUMNS.

    minute counts from the beginning of the live and is negative before it; a campaign has none.
    """
    lines = []
    for row in rows:
        run = row.run
        for number, (tick, decision) in enumerate(run.decisions, start=1):
            minute = (tick - run.live_start_tick) / TICKS_PER_MINUTE
            if run.scenario.campaign is not None:
                minute = ""  # of many lives; the tick tells the day, of which each has 8640
            seconds = decision.seconds if isinstance(decision, Perform) else ""
            lines.append(
                [
                    row.name, run.scenario.id, run.seed, number, tick, run.timeline.clock(tick),
                    minute, decision.kind, _what(decision), seconds,
                ]
            )  # fmt: skip
    return _table(DECISION_COLUMNS, lines)


def write_csv(path: str | Path, table: str) -> Path:
    """Writes the table whole or not at all, marked as UTF-8 so that spreadsheets read Chinese."""
    return write_report(path, "\ufeff" + table)


def _table(columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return f"{value:.10g}"
    return value


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _worded(value: Any) -> str:
    return "+".join(value) if isinstance(value, list) else str(value)


def _what(decision: Decision) -> str:
    if isinstance(decision, SetMix):
        return " ".join(f"{act}={100 * share:g}" for act, share in decision.mix.items())
    data = decision.to_data()
    if isinstance(decision, MorningPlan):
        return " ".join(_worded(value) for name, value in data.items() if name != "kind")
    return str(next(data[name] for name in ("tactic", "act", "product", "shopper") if name in data))
