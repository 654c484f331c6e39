"""Tables of figures: metrics down, tactics across, readable at 80 columns in both languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from sim.console.terminal import Terminal
from sim.console.ways import metrics_shown, way_title
from sim.play.luck import Verdict, tie
from sim.report.figures import METRICS
from sim.report.numbers import (
    FEW_BUYERS,
    any_few,
    band,
    few_mark,
    in_full,
    means_apart,
    shown_apart,
    signed,
    unit_of,
    written,
)  # fmt: skip

if TYPE_CHECKING:
    from sim.play.batch import Comparison
    from sim.scenario import Scenario

# A thin line behind these rows: the way in, the money, the relation, how it came about.
_SECTION_ENDS = {"commenters", "net_sales", "unfollowed", "trust", "note_sales", "repeat_share"}
# The other units show in the figure itself, or there is nothing to name.
NAMED_UNITS = {"yuan", "minutes", "seconds"}
# With fewer crowds the ends of the middle nine tenths are simply the lowest and the highest.
_FEW_CROWDS = 20
_ENOUGH_CROWDS = 50


def comparison_tables(
    terminal: Terminal, scenario: Scenario, comparison: Comparison
) -> list[Table]:
    """Mean and luck band of every metric for every tactic; the scenario's goal stands out.

    One table where the screen is wide enough, else the bands stand under the means, else the
    tactics are dealt out to several tables.
    """
    everything = comparison.tactics
    wide = _comparison_table(terminal, scenario, comparison, everything, " ")
    if _fits(terminal, wide):
        return [wide]
    for count in range(len(everything), 0, -1):
        tables = [
            _comparison_table(terminal, scenario, comparison, everything[n : n + count], "\n")
            for n in range(0, len(everything), count)
        ]
        if all(_fits(terminal, table) for table in tables):
            break
    return tables


def _fits(terminal: Terminal, table: Table) -> bool:
    unlimited = terminal.out.options.update(max_width=10_000)
    return Measurement.get(terminal.out, unlimited, table).maximum <= terminal.out.width


def _comparison_table(
    terminal: Terminal,
    scenario: Scenario,
    comparison: Comparison,
    tactics: list[str],
    between: str,
) -> Table:
    """`between` stands between a mean and its band."""
    table = _figures_table(terminal)
    for tactic in tactics:
        title = Text(way_title(terminal, scenario, tactic))
        # A long English title takes two lines rather than a broad column.
        title.plain = title.plain.replace(" ", "\n", 1) if between == "\n" else title.plain
        table.add_column(title, justify="right", vertical="bottom", overflow="fold")
    for metric in metrics_shown(scenario):
        cells = []
        for tactic in tactics:
            mean, ends = band(comparison.band(tactic, metric), unit_of(metric), terminal.language)
            cell = Text(mean, style="bold" if metric == scenario.goal else "")
            cell.append(few_mark(metric, comparison.values[tactic]), style="not bold")
            if ends and len(comparison.seeds) > 1:
                cell.append(f"{between}{ends}", style="dim not bold")
            cells.append(cell)
        _add_metric(table, terminal, metric, cells, metric == scenario.goal)
    return table


def run_table(
    terminal: Terminal,
    figures: Mapping[str, float | None],
    goal: str,
    metrics: Sequence[str] = METRICS,
) -> Table:
    """The figures of one run."""
    table = _figures_table(terminal)
    table.add_column(terminal.text("cli.table.value"), justify="right")
    for metric in metrics:
        value = in_full(figures.get(metric), unit_of(metric), terminal.language)
        value += few_mark(metric, figures)
        cell = Text(value, style="bold" if metric == goal else "")
        _add_metric(table, terminal, metric, [cell], metric == goal)
    return table


def print_run(
    terminal: Terminal,
    figures: Mapping[str, float | None],
    goal: str,
    metrics: Sequence[str] = METRICS,
) -> None:
    """The figures of one run, and what its marks mean."""
    terminal.out.print(run_table(terminal, figures, goal, metrics))
    for sentence in few_note(terminal, [figures], metrics):
        terminal.out.print()
        terminal.tell(sentence)


def few_note(
    terminal: Terminal, all_figures: Iterable[Mapping[str, Any]], metrics: Sequence[str] = METRICS
) -> list[str]:
    """What the mark behind a figure means, where any of these runs has one."""
    if not any_few(all_figures, metrics):
        return []
    return [terminal.text("report.figures.few_buyers", few=FEW_BUYERS)]


def run_columns(
    terminal: Terminal,
    columns: Mapping[str, Mapping[str, float]],
    goal: str,
    metrics: Sequence[str] = METRICS,
) -> list[Table]:
    """The figures of two runs side by side, the second less the first behind them.

    Where the screen is too narrow for that, each of the three has a table. Differences are those
    of the figures as they are shown, so that they can be checked by eye.
    """
    one, other = columns.values()
    titles = [*columns, terminal.text("cli.table.difference")]
    rows = {}
    for metric in metrics:
        unit = unit_of(metric)
        pair = one.get(metric, math.nan), other.get(metric, math.nan)
        values = [in_full(figure, unit, terminal.language) for figure in pair]
        for place, side in enumerate((one, other)):
            values[place] += few_mark(metric, side)
        apart = signed(shown_apart(*pair, unit), unit, terminal.language, in_full)
        rows[metric] = [*values, apart]

    def table_of(places: Sequence[int]) -> Table:
        table = _figures_table(terminal)
        for place in places:
            table.add_column(titles[place], justify="right", overflow="fold")
        for metric, values in rows.items():
            cells = [Text(values[n], style="bold" if metric == goal else "") for n in places]
            _add_metric(table, terminal, metric, cells, metric == goal)
        return table

    whole = table_of((0, 1, 2))
    return [whole] if _fits(terminal, whole) else [table_of((place,)) for place in range(3)]


def explanation_table(terminal: Terminal, metrics: Sequence[str] = METRICS) -> Table:
    """What each metric counts and what it is divided by."""
    table = _figures_table(terminal)
    table.add_column(terminal.text("cli.table.meaning"), overflow="fold")
    for metric in metrics:
        _add_metric(table, terminal, metric, [Text(_metric_text(terminal, metric, "meaning"))])
    return table


def judged_pairs(scenario: Scenario, comparison: Comparison) -> list[tuple[str, str, Verdict]]:
    """The best tactic by the scenario's goal against each other one, on the same crowds."""
    goal, tactics = scenario.goal, comparison.tactics
    if len(tactics) < 2 or len(comparison.seeds) < 2:
        return []
    best = max(tactics, key=lambda tactic: comparison.band(tactic, goal)[0])
    others = [tactic for tactic in tactics if tactic != best]
    return [(best, other, tie(comparison.paired(goal, best, other))) for other in others]


def verdicts(
    terminal: Terminal, comparison: Comparison, pairs: Sequence[tuple[str, str, Verdict]]
) -> Iterable[str]:
    """Which tactic did best by the scenario's goal, and which are too close to it to call.

    How far apart two are is what a reader gets who takes their means in the table from each other.
    """
    scenario, goal = comparison.scenario, comparison.scenario.goal
    unit = unit_of(goal)
    for best, other, judged in pairs:
        bands = comparison.band(best, goal), comparison.band(other, goal)
        apart = means_apart(*bands, judged.mean, unit, short=True)
        yield terminal.text(
            f"cli.compare.verdict.{judged.kind}",
            metric=_metric_text(terminal, scenario.goal, "name"),
            best=way_title(terminal, scenario, best),
            other=way_title(terminal, scenario, other),
            wins=judged.wins,
            crowds=judged.crowds,
            difference=_amount(terminal, apart, unit),
        )


def footnotes(
    terminal: Terminal, comparison: Comparison, pairs: Sequence[tuple[str, str, Verdict]]
) -> Iterable[str]:
    """What stands in the table and is not plain, and how far it can be relied on."""
    crowds = len(comparison.seeds)
    yield from few_note(
        terminal,
        (comparison.values[tactic] for tactic in comparison.tactics),
        metrics_shown(comparison.scenario),
    )
    if crowds == 1:
        yield terminal.text("cli.compare.one", enough=_ENOUGH_CROWDS)
        return
    yield terminal.text("cli.compare.band")
    if crowds < _FEW_CROWDS:
        yield terminal.text("cli.compare.few", crowds=crowds, enough=_ENOUGH_CROWDS)
    if any(judged.kind == "tie" for _, _, judged in pairs):
        yield terminal.text("cli.compare.tie")


def _figures_table(terminal: Terminal) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(terminal.text("cli.table.metric"), no_wrap=True)
    return table


def _add_metric(
    table: Table, terminal: Terminal, metric: str, cells: list[Text], strong: bool = False
) -> None:
    name = Text(_metric_text(terminal, metric, "name"), style="bold" if strong else "")
    if unit_of(metric) in NAMED_UNITS:
        name.append(terminal.text(f"cli.unit.{unit_of(metric)}"), style="dim not bold")
    table.add_row(name, *cells, end_section=metric in _SECTION_ENDS)


def _amount(terminal: Terminal, value: float, unit: str) -> str:
    figure = written(value, unit, terminal.language)
    return terminal.text("cli.amount.yuan", figure=figure) if unit == "yuan" else figure


def _metric_text(terminal: Terminal, metric: str, part: str) -> str:
    return terminal.text(f"metrics.{metric}.{part}")
