"""What a campaign came to, week by week, beside its policies on the same crowd."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.progress import Progress
from sim.console.terminal import Terminal
from sim.console.ways import way_title
from sim.console.why import Part
from sim.play.account import WeekSum, day_rows, week_sums
from sim.play.batch import compare
from sim.report.numbers import in_full, shown_apart, signed, unit_of

if TYPE_CHECKING:
    from sim.play.branch import BranchTree

_COLUMNS = (
    ("net", "yuan"), ("orders", "count"), ("returned", "count"), ("lives", "count"),
    ("notes", "count"), ("followers", "count"), ("members", "count"), ("fan_share", "share"),
)  # fmt: skip
_BESIDE = ("net_sales", "profit", "members", "repeat_share")


def weeks_part(terminal: Terminal, tree: BranchTree, source: str) -> Part:
    """Week by week, the scenario's own policies beside it, and what can be asked next."""
    run = tree.run(0)
    days = day_rows(run)
    sums = week_sums(days, tree.timeline.days)
    policies = list(tree.scenario.campaign.compare)
    with Progress(terminal, terminal.text("campaign.why.progress")) as progress:
        met = compare(tree.scenario, policies, [tree.seed], progress)
    shown: list[Any] = [
        Text(terminal.text("campaign.why.heading"), style="bold"), _weeks(terminal, sums),
    ]  # fmt: skip
    rivals = {}
    if met.seeds:
        rivals = {name: {metric: float(values[0]) for metric, values in met.values[name].items()}
                  for name in policies}  # fmt: skip
        shown += [
            Text(terminal.text("campaign.why.policies"), style="bold"),
            _rivals(terminal, tree, rivals), terminal.text("campaign.why.same_crowd"),
        ]  # fmt: skip
    shown.append(_next(terminal, tree, source))
    data = {
        "weeks": [asdict(week) for week in sums],
        "days": [asdict(day) for day in days],
        "policies": rivals,
    }
    return Part("weeks", data, shown, whole=bool(met.seeds))


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")


def _weeks(terminal: Terminal, sums: Sequence[WeekSum]) -> Table:
    table = _table()
    table.add_column(terminal.text("campaign.why.column.week"), no_wrap=True)
    for name, _ in _COLUMNS:
        heading = terminal.text(f"campaign.why.column.{name}").replace(" ", "\n")
        table.add_column(heading, justify="right", vertical="bottom")
    for week in sums:
        cells = [in_full(getattr(week, name), unit, terminal.language) for name, unit in _COLUMNS]
        table.add_row(
            terminal.text(
                "campaign.why.week", week=week.week, first=week.first_day, last=week.last_day
            ),
            *cells,
        )
    return table


def _rivals(terminal: Terminal, tree: BranchTree, rivals: dict[str, dict[str, float]]) -> Table:
    """The goal first, with how far each policy is from the player."""
    goal, own = tree.scenario.goal, tree.figures(0)
    metrics = list(dict.fromkeys((goal, *_BESIDE)))
    table = _table()
    table.add_column("", overflow="fold", ratio=1)
    for metric in metrics:
        name = terminal.text(f"metrics.{metric}.name")
        table.add_column(Text(name.replace(" ", "\n")), justify="right", vertical="bottom")
        if metric == goal:
            heading = terminal.text("campaign.why.against").replace(" ", "\n")
            table.add_column(heading, justify="right", vertical="bottom")
    rows = [(terminal.text("ghost.kind.you"), own)]
    ranked = sorted(rivals.items(), key=lambda item: -_known(item[1][goal]))
    rows += [(way_title(terminal, tree.scenario, name), figures) for name, figures in ranked]
    for place, (title, figures) in enumerate(rows):
        cells = []
        for metric in metrics:
            unit = unit_of(metric)
            cells.append(in_full(figures[metric], unit, terminal.language))
            if metric == goal:
                apart = shown_apart(own[metric], figures[metric], unit)
                cells.append(signed(apart, unit, terminal.language, in_full) if place else "")
        table.add_row(title, *cells, end_section=place == 0, style="bold" if place == 0 else "")
    return table


def _known(value: float) -> float:
    return -math.inf if math.isnan(value) else value


def _next(terminal: Terminal, tree: BranchTree, source: str) -> Text:
    """What to ask: the commands, each on a line of its own, to be copied."""
    policy = next(iter(tree.scenario.campaign.compare))
    middle = max(1, tree.timeline.days // 2)
    asked = {
        "ledger": "--ledger",
        "branch": f"--branch {middle}:{policy}",
        "diary": "--ledger --all",
        "luck": "--luck",
    }
    text = Text(terminal.text("campaign.why.next"), style="bold")
    for name, options in asked.items():
        line = terminal.text(f"campaign.why.ask.{name}", run=source, options=options)
        text.append("\n" + line, style="not bold")
    text.no_wrap, text.overflow = True, "ignore"
    return text
