"""The ledger in the terminal: by rule, and by trying each stretch with the reference tactic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.progress import Progress
from sim.console.terminal import Terminal
from sim.console.why import Part
from sim.report.ledger import Charge, Effects, Ledger, effects_of, ledger
from sim.report.numbers import signed, written

if TYPE_CHECKING:
    from sim.play.branch import BranchTree

_SHOWN = 8  # charges, unless all are wanted
_BESIDE = 10  # cells taken by the column beside a sentence


def ledger_part(terminal: Terminal, tree: BranchTree, everything: bool) -> Part:
    """Both bases, each under what it means."""
    with Progress(terminal, terminal.text("cli.ledger.progress")) as progress:
        book = ledger(tree.side(0))
        effects = effects_of(tree, progress=progress)
    shown: list[Any] = [
        _basis(terminal, "rule"),
        _rule_table(terminal, book) if book.charges else terminal.text("cli.ledger.nothing"),
        *_charges(terminal, book, everything),
        _basis(terminal, "counterfactual"),
        _effects_table(terminal, tree, effects),
    ]
    shown += [clause.text(terminal.language) for clause in effects.explanation()]
    data = {"rule": book.to_data(), "counterfactual": effects.to_data()}
    return Part("ledger", data, shown)


def _basis(terminal: Terminal, name: str) -> Text:
    text = Text(terminal.text(f"ledger.basis.{name}.name"), style="bold")
    meaning = terminal.fold(terminal.text(f"ledger.basis.{name}.meaning"))
    return text.append("\n" + meaning, style="not bold")


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")


def _rule_table(terminal: Terminal, book: Ledger) -> Table:
    """Losses by kind, cause and act, the dearest of each kind first."""
    table = _table()
    table.add_column(terminal.text("cli.ledger.loss"), no_wrap=True)
    table.add_column(terminal.text("cli.ledger.cause"), overflow="fold", ratio=1)
    table.add_column(terminal.text("cli.ledger.act"), overflow="fold")
    for name in ("minutes", "count", "yuan"):
        table.add_column(terminal.text(f"cli.ledger.{name}"), justify="right", no_wrap=True)
    kinds: dict[str, dict[tuple[str, str | None], list[Charge]]] = {}
    for charge in book.charges:
        causes = kinds.setdefault(charge.kind, {})
        causes.setdefault((charge.cause, charge.act), []).append(charge)
    for kind, causes in kinds.items():
        groups = sorted(causes.items(), key=lambda item: (-_fen(item[1]), -len(item[1])))
        for number, ((cause, act), charges) in enumerate(groups):
            table.add_row(
                Text(terminal.text(f"ledger.kind.{kind}") if number == 0 else ""),
                terminal.text(f"ledger.cause.{cause}"),
                terminal.text(f"ledger.act.{act}") if act is not None else "–",
                _minutes(charges),
                str(len(charges)),
                written(_fen(charges) / 100, "yuan", terminal.language) if _fen(charges) else "–",
                end_section=number == len(groups) - 1,
            )
    return table


def _fen(charges: list[Charge]) -> int:
    return sum(charge.fen for charge in charges)


def _minutes(charges: list[Charge]) -> str:
    minutes = [charge.minute for charge in charges]
    first, last = min(minutes), max(minutes)
    return str(first) if first == last else f"{first}–{last}"


def _charges(terminal: Terminal, book: Ledger, everything: bool) -> list[Any]:
    """The dearest charges, or all of them, one sentence each."""
    charges = list(book.charges)
    if not everything:
        charges = sorted(charges, key=lambda charge: -charge.fen)[:_SHOWN]
    if not charges:
        return []
    table = _table()
    table.add_column(terminal.text("cli.branch.shopper"), justify="right", no_wrap=True)
    table.add_column(terminal.text("cli.ledger.charge"), overflow="fold", ratio=1)
    for charge in charges:
        text = terminal.fold(charge.text(terminal.language), beside=_BESIDE)
        table.add_row(str(charge.shopper), Text(text))
    rest = len(book.charges) - len(charges)
    return [table, *([terminal.text("cli.ledger.more", count=rest)] if rest else [])]


def _effects_table(terminal: Terminal, tree: BranchTree, effects: Effects) -> Table:
    table = _table()
    table.add_column(terminal.text("cli.ledger.stretch"), no_wrap=True)
    table.add_column(terminal.text("cli.ledger.way"), overflow="fold", ratio=1)
    for metric in ("net_sales", "orders", "returns", "followers"):
        name = terminal.text(f"metrics.{metric}.name")
        table.add_column(Text(name.replace(" ", "\n")), justify="right", vertical="bottom")
    rows = [(effect.segment, effect.figures) for effect in effects.segments]
    for place, (segment, figures) in enumerate(rows):
        title = terminal.text("ledger.way.own")
        if segment.tactic is not None:
            title = tree.scenario.tactics[segment.tactic].title.text(terminal.language)
        clocks = [tree.timeline.clock(tick) for tick in (segment.start, segment.end)]
        table.add_row(
            "–".join(clocks), title, *_signed(terminal, figures), end_section=place == len(rows) - 1
        )
    table.add_row(Text(terminal.text("cli.ledger.whole"), style="bold"), "",
                  *_signed(terminal, effects.whole))  # fmt: skip
    return table


def _signed(terminal: Terminal, figures: dict[str, float]) -> list[str]:
    units = {"net_sales": "yuan", "orders": "count", "returns": "count", "followers": "count"}
    return [signed(figures[name], unit, terminal.language) for name, unit in units.items()]
