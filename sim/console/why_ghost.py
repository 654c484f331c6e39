"""A ghost beside a run on the same crowd: an earlier run, the best line or a saved file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.progress import Progress
from sim.console.tables import few_note, run_columns
from sim.console.terminal import Terminal
from sim.console.ways import figures_shown, metrics_shown
from sim.console.why import Part
from sim.model import TICKS_PER_DAY, TICKS_PER_MINUTE
from sim.play.best_line import BUDGET, best_line
from sim.play.capsule import verify
from sim.play.capsule_code import capsule_from_code, looks_like_code
from sim.play.capsule_file import is_capsule_file, load_capsule
from sim.play.ghost import SERIES, Ghost, bands_of, ghost_of
from sim.play.ghost_shelf import BEST, LAST, LINE, Offer, earlier, must_fit, remember, run_of_offer
from sim.play.recording import read_recording
from sim.report.numbers import in_full, unit_of

if TYPE_CHECKING:
    from sim.play.branch import BranchTree
    from sim.play.run import Run

OPTION = "--ghost"
_EVERY_MINUTES = 10
# What is set side by side in time: of an evening, and of weeks.
_EVENING, _WEEKS = ("inside", "orders", "net_sales"), ("viewers", "orders", "net_sales")
_MOST_DAYS = 31  # rows of weeks; of more every seventh is shown


@dataclass(frozen=True)
class Company:
    """Somebody to stand beside: what it is called, and its whole run."""

    name: str
    kind: str
    run: Run


def company_called(terminal: Terminal, typed: str, tree: BranchTree) -> Company:
    """Who is meant by `last`, `best`, `line`, a file or a code, simulated.

    BadParameter or StrollError, in one sentence, when there is none or it met another crowd.
    """
    kind = {"last": LAST, "best": BEST, "line": LINE}.get(typed.strip().casefold())
    scenario, seed = tree.scenario, tree.seed
    with Progress(terminal, terminal.text("ghost.cli.getting")) as progress:
        if kind is None:
            name = Path(typed).name
            return Company(_shortened(name), "file", _of_file(typed, tree, progress))
        offer = earlier(scenario, seed, kind, tree[0].decisions)
        if offer is not None:
            run = run_of_offer(offer, scenario, seed, progress)
            return Company(terminal.text(f"ghost.kind.{kind}"), kind, run)
    if kind != LINE or scenario.campaign is not None:
        raise _refused(terminal, "no_line" if kind == LINE else "no_run")
    return Company(terminal.text("ghost.kind.line"), kind, _sought(terminal, tree))


def _of_file(typed: str, tree: BranchTree, progress: Progress) -> Run:
    """A run out of a file or a code; another scenario or crowd is refused before it is played."""
    if looks_like_code(typed) and not Path(typed).exists():
        capsule = capsule_from_code(typed)
        must_fit(capsule, tree.scenario, tree.seed)
        return verify(capsule, progress).run
    if is_capsule_file(typed):
        capsule = load_capsule(typed)
        must_fit(capsule, tree.scenario, tree.seed)
        return verify(capsule, progress).run
    must_fit(read_recording(Path(typed)), tree.scenario, tree.seed)
    return run_of_offer(Offer("file", Path(typed)), tree.scenario, tree.seed, progress)


def _sought(terminal: Terminal, tree: BranchTree) -> Run:
    """The best line, searched for because none is kept for this crowd."""
    with Progress(terminal, terminal.text("cli.best.progress"), at_once=True) as progress:
        found = best_line(tree.run(0), BUDGET, progress)
    if found is None or not found.settled:
        raise KeyboardInterrupt
    remember(tree.run(0), found)
    return run_of_offer(Offer(LINE, tuple(found.best)), tree.scenario, tree.seed)


def _shortened(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"


def _refused(terminal: Terminal, key: str) -> typer.BadParameter:
    return typer.BadParameter(terminal.text(f"ghost.cli.{key}"), param_hint=OPTION)


def ghost_part(terminal: Terminal, tree: BranchTree, company: Company) -> Part:
    """Both in time, and their figures at the end."""
    weeks = tree.scenario.campaign is not None
    every = TICKS_PER_DAY if weeks else TICKS_PER_MINUTE
    own_run = tree.run(0)
    own, other = ghost_of(own_run, every=every), ghost_of(company.run, every=every)
    you, ghost = terminal.text("ghost.kind.you"), terminal.text("ghost.cli.short")
    shown: list[Any] = [
        Text(terminal.text("ghost.cli.heading", name=company.name), style="bold"),
        *_ways(terminal, tree, ((you, own_run), (company.name, company.run))),
        _in_time(terminal, tree, own, other, (you, ghost)),
    ]
    if company.run.phase != "finished":
        shown.append(terminal.text("ghost.cli.ended", name=company.name))
    sides = [figures_shown(own_run), figures_shown(company.run)]
    metrics = metrics_shown(tree.scenario)
    titles = (you, ghost)
    shown += run_columns(
        terminal, dict(zip(titles, sides, strict=True)), tree.scenario.goal, metrics
    )
    shown += few_note(terminal, sides, metrics)
    if own_run.decisions == company.run.decisions:
        shown.append(terminal.text("ghost.cli.same"))
    return Part("ghost", _data(company, tree, own, other, sides), shown)


def _ways(terminal: Terminal, tree: BranchTree, runs: Sequence[tuple[str, Run]]) -> list[str]:
    """How each of an evening was hosted, in one line; weeks have too many lives for that."""
    if tree.scenario.campaign is not None:
        return []
    lines = []
    for name, run in runs:
        parts = [
            terminal.text(
                "ghost.cli.stretch",
                clock=tree.timeline.clock(band.start),
                way=terminal.text("ghost.strip.own_mix")
                if band.tactic is None
                else tree.scenario.tactics[band.tactic].title.text(terminal.language),
            )
            for band in bands_of(tree.scenario, run.decisions)
        ]
        told = terminal.text("errors.list.separator").join(parts)
        lines.append(terminal.text("ghost.cli.way", name=name, way=told))
    return ["\n".join(terminal.fold(line) for line in lines)]


def _in_time(
    terminal: Terminal, tree: BranchTree, own: Ghost, other: Ghost, names: tuple[str, str]
) -> Table:
    """Every ten minutes of the live, or every day of weeks: how both stood by then."""
    weeks = tree.scenario.campaign is not None
    metrics = _WEEKS if weeks else _EVENING
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(
        terminal.text(f"ghost.cli.{'day' if weeks else 'minute'}"), justify="right",
        vertical="bottom",
    )  # fmt: skip
    for metric in metrics:
        key = "ghost.cli.inside" if metric == "inside" else f"metrics.{metric}.name"
        for name in names:
            heading = terminal.text(key) + "\n" + name
            table.add_column(heading, justify="right", vertical="bottom", overflow="fold")
    for mark, tick in _marks(tree):
        cells = []
        for metric in metrics:
            unit = "count" if metric == "inside" else unit_of(metric)
            for ghost in (own, other):
                known = ghost.at(tick)[metric] if tick <= ghost.until else None
                cells.append(in_full(known, unit, terminal.language))
        table.add_row(mark, *cells)
    return table


def _marks(tree: BranchTree) -> list[tuple[str, int]]:
    """(what it is called, tick) of the rows of a table in time."""
    timeline = tree.timeline
    if tree.scenario.campaign is None:
        step = _EVERY_MINUTES * TICKS_PER_MINUTE
        ticks = [*range(timeline.live_start, timeline.live_end, step), timeline.live_end]
        return [(str((tick - timeline.live_start) // TICKS_PER_MINUTE), tick) for tick in ticks]
    days = timeline.days
    step = 1 if days <= _MOST_DAYS else 7
    shown = sorted({*range(step, days + 1, step), days})
    return [(str(day), min(day * TICKS_PER_DAY, tree.until)) for day in shown]


def _data(
    company: Company,
    tree: BranchTree,
    own: Ghost,
    other: Ghost,
    sides: Sequence[dict[str, float]],
) -> dict[str, Any]:
    """Minute by minute of an evening, day by day of weeks, and everything at the end."""
    timeline = tree.timeline
    if tree.scenario.campaign is None:
        ticks = range(timeline.live_start, timeline.live_end + 1, TICKS_PER_MINUTE)
        marks = [{"minute": (t - timeline.live_start) // TICKS_PER_MINUTE, "tick": t}
                 for t in ticks]  # fmt: skip
    else:
        marks = [
            {"day": day, "tick": min(day * TICKS_PER_DAY, tree.until)}
            for day in range(1, timeline.days + 1)
        ]
    for mark in marks:
        for name, ghost in (("you", own), ("ghost", other)):
            known = mark["tick"] <= ghost.until
            figures = ghost.at(mark["tick"])
            mark[name] = {metric: figures[metric] if known else math.nan for metric in SERIES}
    return {
        "name": company.name,
        "kind": company.kind,
        "finished": company.run.phase == "finished",
        "same_decisions": company.run.decisions == tree.run(0).decisions,
        "marks": marks,
        "metrics": {"you": sides[0], "ghost": sides[1]},
    }
