"""How much was luck, and the best line known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.progress import Progress
from sim.console.tables import NAMED_UNITS, few_note
from sim.console.terminal import Terminal
from sim.console.ways import metrics_shown
from sim.console.why import Part
from sim.play.best_line import BUDGET, BestKnown, best_line
from sim.play.best_line_stars import stars
from sim.play.branch_days import own_on_other_crowds
from sim.play.ghost import bands_of
from sim.play.luck import LuckBand, luck_band, other_crowds
from sim.report.numbers import NOTHING, band, few_mark, unit_of, written

if TYPE_CHECKING:
    from sim.play.branch import BranchTree


def luck_part(terminal: Terminal, tree: BranchTree, crowds: int) -> Part:
    """The same decisions met by other crowds."""
    weeks = tree.scenario.campaign is not None
    metrics = metrics_shown(tree.scenario)
    with Progress(terminal, terminal.text("cli.luck.progress", crowds=crowds)) as progress:
        if weeks:
            seeds = other_crowds(crowds, besides=[tree.seed])
            known = own_on_other_crowds(tree, seeds, progress)
        else:
            known = luck_band(tree.run(0), crowds, progress)
    shown: list[Any] = [
        Text(terminal.text("cli.luck.heading", crowds=known.crowds), style="bold"),
        _table(terminal, tree, known, metrics),
        *few_note(terminal, (known.own, known.others), metrics),
        known.text(tree.scenario.goal, terminal.language),
        terminal.text("cli.luck.share"),
    ]
    if weeks:
        shown.append(terminal.text("campaign.why.luck_note"))
    if known.left_out:
        shown.append(terminal.text("luck.band.left_out", count=known.left_out))
    data = {
        "crowds": known.crowds,
        "left_out": known.left_out,
        "metrics": {
            metric: {
                "here": known.own[metric],
                **dict(zip(("mean", "low", "high"), known.of(metric), strict=True)),
                "share_below": known.percentile(metric),
            }
            for metric in metrics
        },
    }
    return Part("luck", data, shown, whole=known.crowds == crowds)


def _table(terminal: Terminal, tree: BranchTree, known: LuckBand, metrics: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(terminal.text("cli.table.metric"), no_wrap=True)
    for name in ("here", "mean", "band", "below"):
        table.add_column(terminal.text(f"cli.luck.{name}"), justify="right", no_wrap=True)
    for metric in metrics:
        unit = unit_of(metric)
        mean, ends = band(known.of(metric), unit, terminal.language)
        share = known.percentile(metric)
        here = written(known.own[metric], unit, terminal.language)
        name = Text(terminal.text(f"metrics.{metric}.name"))
        if unit in NAMED_UNITS:
            name.append(terminal.text(f"cli.unit.{unit}"), style="dim")
        table.add_row(
            name,
            here + few_mark(metric, known.own),
            mean + few_mark(metric, known.others),
            ends,
            NOTHING if math.isnan(share) else f"{100 * share:.0f}%",
            style="bold" if metric == tree.scenario.goal else "",
        )
    return table


def best_part(terminal: Terminal, tree: BranchTree) -> tuple[Part, BestKnown | None]:
    """The best line known, where it was left, and how many stars that makes."""
    with Progress(terminal, terminal.text("cli.best.progress"), at_once=True) as progress:
        found = best_line(tree.run(0), BUDGET, progress)
    if found is None:
        raise KeyboardInterrupt
    language = terminal.language
    judged, verdict = stars(found), found.verdict
    clear = verdict.kind == "higher"
    shown: list[Any] = [Text(terminal.text("cli.best.heading"), style="bold")]
    if found.settled:
        mark = "★" * (judged.count or 0) + "☆" * (3 - (judged.count or 0))
        shown.append(f"{mark} {judged.text(language)}")
    else:
        shown.append(terminal.text("cli.best.stopped", tried=found.tried))
    if found.settled and clear:
        values = {"wins": verdict.wins, "crowds": verdict.crowds}
        shown.append(terminal.text("luck.best.found", **values))
        shown.append(_line_table(terminal, tree, found))
    elif found.settled:
        shown.append(terminal.text("luck.best.none"))
    shown.append(_regret_table(terminal, tree, found))
    shown.append(terminal.text("cli.best.regret"))
    shown.append(terminal.text("luck.best.honest"))
    data = {
        "stars": judged.count if found.settled else None,
        "share": judged.share if found.settled else None,
        "verdict": verdict.kind,
        "gap": verdict.mean,
        "crowds": verdict.crowds,
        "best": [{"tick": at, "decision": what.to_data()} for at, what in found.best],
        "points": list(found.points),
        "regret": [None if _unknown(found, n) else gap for n, gap in enumerate(found.regret)],
        "settled": found.settled,
    }
    part = Part("best", data, shown, whole=found.settled)
    return part, found if found.settled else None


def _unknown(found: BestKnown, number: int) -> bool:
    """Whether nothing can be said of a moment, since the search was stopped before it had found
    any other way from there."""
    return not found.settled and found.onward[number] == found.own


def _line_table(terminal: Terminal, tree: BranchTree, found: BestKnown) -> Table:
    lines = Table.grid(padding=(0, 2))
    for part in bands_of(tree.scenario, found.best):
        clocks = [tree.timeline.clock(tick) for tick in (part.start, part.stop)]
        title = terminal.text("ledger.way.own")
        if part.tactic is not None:
            title = tree.scenario.tactics[part.tactic].title.text(terminal.language)
        lines.add_row("–".join(clocks), title)
    return lines


def _regret_table(terminal: Terminal, tree: BranchTree, found: BestKnown) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for name in ("moment", "open", "clear"):
        table.add_column(
            terminal.text(f"cli.best.{name}"), justify="left" if name == "clear" else "right"
        )
    unit = unit_of(tree.scenario.goal)
    for number, (point, regret) in enumerate(zip(found.points, found.regret, strict=True)):
        row = ["", ""]
        if not _unknown(found, number):
            kind = found.regret_verdict(number).kind
            row = [
                written(float(regret), unit, terminal.language),
                terminal.text(f"luck.short.{kind}"),
            ]
        table.add_row(tree.timeline.clock(point), *row)
    return table
