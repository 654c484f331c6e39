"""Tables of figures: metrics down, tactics across, readable at 80 columns in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.numbers import band, unit_of, written
from sim.console.terminal import Terminal
from sim.report.figures import METRICS

if TYPE_CHECKING:
    from sim.play.batch import Comparison
    from sim.scenario import Scenario

# A thin line behind these rows: the way in, the money, the relation, how it came about.
_SECTION_ENDS = {"commenters", "net_sales", "unfollowed"}
_NARROW = 100


def comparison_table(terminal: Terminal, scenario: Scenario, comparison: Comparison) -> Table:
    """Mean and luck band of every metric for every tactic; the scenario's goal stands out."""
    table = _figures_table(terminal)
    for tactic in comparison.tactics:
        title = scenario.tactics[tactic].title.text(terminal.language)
        table.add_column(title, justify="right", ratio=1)
    # Where a row has no room for both, the band stands under the mean.
    between = "\n" if terminal.out.width < _NARROW + 10 * len(comparison.tactics) else " "
    for metric in METRICS:
        cells = []
        for tactic in comparison.tactics:
            mean, ends = band(comparison.band(tactic, metric), unit_of(metric), terminal.language)
            cell = Text(mean, style="bold" if metric == scenario.goal else "")
            if ends:
                cell.append(f"{between}{ends}", style="dim not bold")
            cells.append(cell)
        _add_metric(table, terminal, metric, cells, metric == scenario.goal)
    return table


def run_table(terminal: Terminal, figures: Mapping[str, float | None], goal: str) -> Table:
    """The figures of one run."""
    table = _figures_table(terminal)
    table.add_column(terminal.text("cli.table.value"), justify="right")
    for metric in METRICS:
        value = written(figures.get(metric), unit_of(metric), terminal.language)
        cell = Text(value, style="bold" if metric == goal else "")
        _add_metric(table, terminal, metric, [cell], metric == goal)
    return table


def explanation_table(terminal: Terminal) -> Table:
    """What each metric counts and what it is divided by."""
    table = _figures_table(terminal)
    table.add_column(terminal.text("cli.table.meaning"))
    for metric in METRICS:
        _add_metric(table, terminal, metric, [Text(_metric_text(terminal, metric, "meaning"))])
    return table


def verdict(terminal: Terminal, scenario: Scenario, comparison: Comparison) -> Iterable[str]:
    """Which tactic did best by the scenario's goal, and on how many of the same crowds."""
    goal = scenario.goal
    if len(comparison.tactics) < 2 or goal not in METRICS:
        return
    best = max(comparison.tactics, key=lambda tactic: comparison.band(tactic, goal)[0])
    for tactic in comparison.tactics:
        if tactic == best:
            continue
        ahead = comparison.paired(goal, best, tactic)
        yield terminal.text(
            "cli.compare.verdict",
            metric=_metric_text(terminal, goal, "name"),
            best=scenario.tactics[best].title.text(terminal.language),
            other=scenario.tactics[tactic].title.text(terminal.language),
            wins=int((ahead > 0).sum()),
            crowds=len(ahead),
            difference=written(float(ahead.mean()), unit_of(goal), terminal.language),
            unit=terminal.text(f"cli.unit.{unit_of(goal)}"),
        )


def _figures_table(terminal: Terminal) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(terminal.text("cli.table.metric"))
    return table


def _add_metric(
    table: Table, terminal: Terminal, metric: str, cells: list[Text], strong: bool = False
) -> None:
    name = Text(_metric_text(terminal, metric, "name"), style="bold" if strong else "")
    unit = terminal.text(f"cli.unit.{unit_of(metric)}")
    name.append(f" {unit}", style="dim not bold")
    table.add_row(name, *cells, end_section=metric in _SECTION_ENDS)


def _metric_text(terminal: Terminal, metric: str, part: str) -> str:
    return terminal.text(f"metrics.{metric}.{part}")
