"""The table of facts: what the model should show, what it shows, and whether that will do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.terminal import Terminal
from sim.report.numbers import written

# Ratios unless said otherwise.
_UNITS = {
    "orders_after_5min": "share",
    "studio_difference": "share",
    "conversion": "share",
    "watch_minutes": "minutes",
    "patient_return_rate": "share",
    "rushed_return_rate": "share",
    "comment_share": "share",
    "member_watch_minutes": "minutes",
    "fan_share": "share",
    "fan_share_first_days": "share",
    "repeat_share": "share",
}
# With fewer crowds a fact can be met or missed by luck; the targets were fitted on so many.
_FEW_CROWDS, _ENOUGH_CROWDS = 20, 60
_MOST_DIGITS = 6
_STYLES = {"met": "green", "missed": "bold red", "shown": "dim"}


def fact_name(terminal: Terminal, name: str) -> str:
    """What a fact is called."""
    return terminal.text(f"facts.{name}.name")


def fact_written(terminal: Terminal, name: str, value: float | None) -> str:
    """A fact's figure in its own unit."""
    return written(value, _UNITS.get(name, "ratio"), terminal.language)


def facts_table(terminal: Terminal, rows: Sequence[Mapping[str, Any]]) -> Table:
    """One row a fact, in groups: what the article tells, what the trade would recognise, causes."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(terminal.text("cli.facts.fact"), overflow="fold", ratio=1)
    for name in ("target", "value", "verdict"):
        justify = "left" if name == "verdict" else "right"
        table.add_column(terminal.text(f"cli.facts.{name}"), justify=justify, no_wrap=True)
    for kind, group in groupby(rows, key=lambda row: row["kind"]):
        table.add_row(Text(terminal.text(f"cli.facts.kind.{kind}"), style="bold"))
        facts = list(group)
        for row in facts:
            table.add_row(*_cells(terminal, row), end_section=row is facts[-1])
    return table


def facts_words(terminal: Terminal, rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """How many facts are met, by how much the others are not, and who claims what."""
    judged = [row for row in rows if row["verdict"] != "shown"]
    met = sum(row["verdict"] == "met" for row in judged)
    crowds = rows[0]["crowds"] if rows else 0
    yield terminal.text("cli.facts.summary", met=met, facts=len(judged), crowds=crowds)
    if 0 < crowds < _FEW_CROWDS:
        yield terminal.text("cli.facts.few", crowds=crowds, enough=_ENOUGH_CROWDS)
    for row in judged:
        if row["verdict"] == "missed":
            yield _miss(terminal, row)
    yield terminal.text("cli.facts.source")


def _miss(terminal: Terminal, row: Mapping[str, Any]) -> str:
    name = terminal.text(f"facts.{row['name']}.name")
    value, low, high = row["value"], row["low"], row["high"]
    if value is None or not math.isfinite(value):
        return terminal.text("cli.facts.no_value", fact=name)
    side, bound = ("below", low) if value < low else ("above", high)
    shown, edge, apart = told_apart(terminal, row["name"], value, bound)
    return terminal.text(
        f"cli.facts.miss.{row['kind']}",
        fact=name,
        where=terminal.text(f"cli.facts.{side}", value=shown, bound=edge, apart=apart),
    )


def told_apart(terminal: Terminal, name: str, value: float, bound: float) -> tuple[str, str, str]:
    """A figure, a bound that it misses and the distance, with digits enough to tell them apart."""
    shown, edge = fact_written(terminal, name, value), fact_written(terminal, name, bound)
    share = _UNITS.get(name) == "share"
    scale = 100.0 if share else 1.0
    ending = shown.lstrip("-−.,0123456789")
    digits = len(edge.removesuffix(ending).partition(".")[2])
    while shown == edge and digits < _MOST_DIGITS:
        digits += 1
        shown, edge = (f"{scale * each:.{digits}f}{ending}" for each in (value, bound))
    # of the figures as they stand there, so that a reader who subtracts comes to the same
    ends = [float(each.removesuffix(ending).replace(",", "")) for each in (shown, edge)]
    apart = f"{abs(ends[0] - ends[1]):.{digits}f}"
    return shown, edge, terminal.text("cli.facts.points", count=apart) if share else apart + ending


def _cells(terminal: Terminal, row: Mapping[str, Any]) -> list[Text]:
    def figure(value: float | None) -> str:
        return fact_written(terminal, row["name"], value)

    def band(ends: Sequence[float | None]) -> str:
        return "–".join(map(figure, ends))

    fact = Text(terminal.text(f"facts.{row['name']}.name"))
    fact.append("\n" + terminal.text(f"facts.{row['name']}.measured"), style="dim")
    target = Text("")
    if row["target"] is not None:
        target = Text(figure(row["target"])).append(
            "\n" + band((row["low"], row["high"])), style="dim"
        )
    shown = figure(row["value"])
    if row["verdict"] == "missed" and row["value"] is not None and math.isfinite(row["value"]):
        bound = row["low"] if row["value"] < row["low"] else row["high"]
        shown = told_apart(terminal, row["name"], row["value"], bound)[0]
    value = Text(shown, style="bold")
    if row["band"] is not None:
        value.append("\n" + band(row["band"]), style="dim not bold")
    verdict = row["verdict"]
    return [fact, target, value, Text(terminal.text(f"cli.facts.is_{verdict}"), _STYLES[verdict])]
