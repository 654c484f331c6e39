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

from sim.model import ENGINE_VERSION, TICKS_PER_DAY, TICKS_PER_MINUTE
from sim.model.decisions import Decision, Perform, SetMix
from sim.model.planning import BuyTraffic, MorningPlan
from sim.play.campaign_figures import CAMPAIGN_METRICS
from sim.play.figures import METRICS
from sim.play.lives import Live, live_of_day, lives_of
from sim.play.run import Run
from sim.report.html_report import write_report

RUN_COLUMNS = (
    "run", "verified", "lesson", "finished", "engine", "scenario", "scenario_hash", "seed",
    "decisions", *METRICS, *CAMPAIGN_METRICS,
)  # fmt: skip
DECISION_COLUMNS = (
    "run", "scenario", "seed", "number", "tick", "day", "clock", "moment",
    "minutes_since_live_began", "kind", "what", "seconds",
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
    Figures that only weeks have are empty for an evening.
    """
    lines = []
    for row in rows:
        run = row.run
        figures = run.report()
        if run.scenario.campaign is not None:
            figures = {**figures, **run.campaign_report()}
        lines.append(
            [
                row.name, row.standing, row.lesson, _yes(run.phase == "finished"), ENGINE_VERSION,
                run.scenario.id, run.scenario.hash[:12], run.seed, len(run.decisions),
                *(figures.get(name, "") for name in (*METRICS, *CAMPAIGN_METRICS)),
            ]
        )  # fmt: skip
    return csv_table(RUN_COLUMNS, lines)


def decisions_csv(rows: Iterable[RunRow]) -> str:
    """One line a decision: who decided what and when; see DECISION_COLUMNS.

    day is 1 on the first; clock is the time of that day. moment is "before live", "live" or "after
    live", or of a campaign's plans "morning". minutes_since_live_began counts from the beginning of
    that day's live: below 0 it had not begun, and it is empty where the day has no live, and for
    what was planned in a morning.
    """
    lines = []
    for row in rows:
        run = row.run
        lives = lives_of(run.scenario, run.decisions)
        for number, (tick, decision) in enumerate(run.decisions, start=1):
            moment, minutes = _moment(run, lives, tick, decision)
            seconds = decision.seconds if isinstance(decision, Perform) else ""
            lines.append(
                [
                    row.name, run.scenario.id, run.seed, number, tick, tick // TICKS_PER_DAY + 1,
                    run.timeline.clock(tick), moment, minutes, decision.kind, _what(decision),
                    seconds,
                ]
            )  # fmt: skip
    return csv_table(DECISION_COLUMNS, lines)


def _moment(
    run: Run, lives: Sequence[Live], tick: int, decision: Decision
) -> tuple[str, float | str]:
    """When a decision was taken: in which part of the day, and how long after the live began."""
    if isinstance(decision, MorningPlan) or run.timeline.is_morning(tick):
        return "morning", ""
    live = live_of_day(lives, tick)
    if live is None:
        return "", ""
    moment = "before live" if tick < live.start else "live" if tick < live.end else "after live"
    return moment, (tick - live.start) / TICKS_PER_MINUTE


def write_csv(path: str | Path, table: str) -> Path:
    """Writes the table whole or not at all, marked as UTF-8 so that spreadsheets read Chinese."""
    return write_report(path, "\ufeff" + table)


def csv_table(columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    """Lines under their headings as CSV; no text in it is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in columns])
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
    if isinstance(value, bool):
        return _yes(value)
    return "+".join(value) if isinstance(value, list) else str(value)


def _what(decision: Decision) -> str:
    if isinstance(decision, SetMix):
        return " ".join(f"{act}={100 * share:g}" for act, share in decision.mix.items())
    data = decision.to_data()
    if isinstance(decision, BuyTraffic):  # inside in fen, as all money; in tables in yuan
        data |= {"budget": f"{decision.budget / 100:g}", "bid": f"{decision.bid / 100:g}"}
    if isinstance(decision, MorningPlan):
        told = ((name, _worded(value)) for name, value in data.items() if name != "kind")
        return " ".join(f"{name}={value}" for name, value in told)
    return str(next(data[name] for name in ("tactic", "act", "product", "shopper") if name in data))
