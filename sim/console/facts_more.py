"""`main.py facts --mechanisms` and `--ensemble`: what the facts rest on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.facts_table import fact_name, fact_written
from sim.console.progress import Progress
from sim.console.shared import INTERRUPTED, prepare, print_json
from sim.console.terminal import Terminal

if TYPE_CHECKING:
    from sim.lab.contributions import Contribution

# Crowds on which a mechanism or a set is measured for every one that the facts themselves take.
_SHARE = 8


def by_mechanism(terminal: Terminal, crowds: int, as_json: bool) -> int:
    """Every mechanism with the facts that change most without it, on the same crowds."""
    prepare(terminal)
    from sim.lab.contributions import contributions

    few = max(2, crowds // _SHARE)
    done: list[Contribution] = []
    interrupted = False
    try:
        text = terminal.text("facts_more.progress_mechanisms", crowds=few)
        with Progress(terminal, text) as progress:
            done.extend(contributions(few, 2, progress))
    except KeyboardInterrupt:
        interrupted = True
    if as_json:
        print_json([vars(one) for one in done])
    else:
        terminal.out.print(_mechanisms_table(terminal, done))
        terminal.tell(terminal.text("facts_more.how_mechanisms", crowds=few))
    if interrupted:
        terminal.say("facts_more.interrupted", done=len(done))
    return INTERRUPTED if interrupted else 0


def over_ensemble(terminal: Terminal, crowds: int, as_json: bool) -> int:
    """Every fact from the least to the most over all sets of strengths that fit."""
    prepare(terminal)
    from sim.lab.ensemble import parameter_sets, spread
    from sim.lab.facts import targets

    few = max(2, crowds // _SHARE)
    sets = len(parameter_sets())
    try:
        text = terminal.text("facts_more.progress_ensemble", sets=sets)
        with Progress(terminal, text) as progress:
            values = spread(few, 1, progress)
    except KeyboardInterrupt:
        terminal.say("cli.interrupted.facts_nothing")
        return INTERRUPTED
    if as_json:
        print_json(values)
        return 0
    terminal.out.print(_ensemble_table(terminal, values, targets()))
    terminal.tell(terminal.text("facts_more.how_ensemble", sets=sets, crowds=few))
    return 0


def _mechanisms_table(terminal: Terminal, done: list[Contribution]) -> Table:
    table = _table(terminal, ("mechanism", "changes"))
    for one in done:
        lines = []
        for name in one.largest():
            here, gone = one.with_it[name], one.without[name]
            if here == gone:
                continue
            lines.append(
                f"{fact_name(terminal, name)}: {fact_written(terminal, name, here)} → "
                f"{fact_written(terminal, name, gone)}"
            )
        words = "\n".join(lines) or terminal.text("facts_more.nothing")
        table.add_row(Text(one.mechanism), Text(words))
    return table


def _ensemble_table(
    terminal: Terminal, values: Mapping[str, list[float]], wanted: Mapping[str, dict]
) -> Table:
    table = _table(terminal, ("fact", "present", "range", "bounds", "sets"))
    for name, each in values.items():
        known = [value for value in each if math.isfinite(value)]
        low, high = wanted[name]["low"], wanted[name]["high"]
        met = sum(low <= value <= high for value in known)

        def figure(value: float, name: str = name) -> str:
            return fact_written(terminal, name, value)

        table.add_row(
            Text(fact_name(terminal, name)),
            Text(figure(each[0])),
            Text(f"{figure(min(known))}–{figure(max(known))}" if known else "—"),
            Text(f"{figure(low)}–{figure(high)}"),
            Text(f"{met}/{len(each)}"),
        )
    return table


def _table(terminal: Terminal, columns: tuple[str, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for number, name in enumerate(columns):
        table.add_column(
            terminal.text(f"facts_more.column.{name}"),
            overflow="fold",
            justify="left" if number == 0 or name == "changes" else "right",
        )
    return table
