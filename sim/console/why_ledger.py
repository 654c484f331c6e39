"""The ledger in the terminal: by rule, and by trying each stretch with the reference tactic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
_NARROW = 60  # cells that the table of losses needs
_EFFECTS = {"net_sales": "yuan", "orders": "count", "returns": "count", "followers": "count"}
_HEADINGS = ("loss", "cause", "act", "minutes", "count", "yuan")
_BESIDE = 10  # cells taken by the column beside a sentence


def ledger_part(terminal: Terminal, tree: BranchTree, everything: bool) -> Part:
    """Both bases, each under what it means; of weeks by rule alone."""
    if tree.scenario.campaign is not None:
        return _of_weeks(terminal, tree, everything)
    with Progress(terminal, terminal.text("cli.ledger.progress")) as progress:
        book = ledger(tree.side(0))
        effects = effects_of(tree, progress=progress)
    shown: list[Any] = [
        _basis(terminal, "rule"),
        *_by_rule(terminal, tree, book),
        *_charges(terminal, book, everything),
        _basis(terminal, "counterfactual"),
        *_effects(terminal, tree, effects),
    ]
    shown += [clause.text(terminal.language) for clause in effects.explanation()]
    data = {"rule": book.to_data(), "counterfactual": effects.to_data()}
    return Part("ledger", data, shown)


def _of_weeks(terminal: Terminal, tree: BranchTree, everything: bool) -> Part:
    """Trying out each stretch would take a campaign for each of its lives; days can be branched."""
    with Progress(terminal, terminal.text("cli.ledger.progress"), at_once=True) as progress:
        progress(0, 1)
        book = ledger(tree.side(0))
    shown: list[Any] = [
        _basis(terminal, "rule"),
        *_by_rule(terminal, tree, book),
        *_charges(terminal, book, everything),
        terminal.text("campaign.why.ledger_note"),
    ]
    return Part("ledger", {"rule": book.to_data()}, shown)


def _basis(terminal: Terminal, name: str) -> Text:
    text = Text(terminal.text(f"ledger.basis.{name}.name"), style="bold")
    meaning = terminal.fold(terminal.text(f"ledger.basis.{name}.meaning"))
    return text.append("\n" + meaning, style="not bold")


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")


def _by_rule(terminal: Terminal, tree: BranchTree, book: Ledger) -> list[Any]:
    """Losses by kind, cause and act: a table, or where the screen is too narrow, a line each."""
    if not book.charges:
        return [terminal.text("cli.ledger.nothing")]
    weeks = tree.scenario.campaign is not None
    headings = [
        terminal.text("campaign.why.days" if weeks and name == "minutes" else f"cli.ledger.{name}")
        for name in _HEADINGS
    ]
    rows = list(_rule_rows(terminal, book, tree.scenario.live.minutes))
    later = not weeks and _any_later(tree, book)
    after = [terminal.text("cli.ledger.after")] if later else []
    if terminal.out.width < _NARROW:
        key = "campaign.why.ledger_line" if weeks else "cli.ledger.line"
        return ["\n".join(_as_lines(terminal, rows, key)), *after]
    table = _table()
    for name, heading in zip(_HEADINGS, headings, strict=True):
        if name in ("cause", "act"):
            table.add_column(heading, overflow="fold", ratio=1 if name == "cause" else None)
        else:
            justify = "left" if name == "loss" else "right"
            table.add_column(heading, justify=justify, no_wrap=True)
    for cells, last in rows:
        table.add_row(*cells, end_section=last)
    return [table, *after]


def _as_lines(terminal: Terminal, rows: list[tuple[list[str], bool]], key: str) -> list[str]:
    """The rows of the table in words, each kind of loss under its name."""
    lines = []
    for (loss, cause, act, minutes, count, yuan), _ in rows:
        if loss:
            lines.append(loss)
        values = {"cause": cause, "act": act, "minutes": minutes, "count": count, "yuan": yuan}
        lines.append(terminal.text(key, **values))
    return lines


def _any_later(tree: BranchTree, book: Ledger) -> bool:
    return any(charge.minute > tree.scenario.live.minutes for charge in book.charges)


def _rule_rows(terminal: Terminal, book: Ledger, minutes: int) -> Iterator[tuple[list[str], bool]]:
    """The cells of each row, the dearest of each kind first, and whether its kind ends there.

    minutes: of the live."""
    kinds: dict[str, dict[tuple[str, str | None], list[Charge]]] = {}
    for charge in book.charges:
        causes = kinds.setdefault(charge.kind, {})
        causes.setdefault((charge.cause, charge.act), []).append(charge)
    for kind, causes in kinds.items():
        groups = sorted(causes.items(), key=lambda item: (-_fen(item[1]), -len(item[1])))
        for number, ((cause, act), charges) in enumerate(groups):
            cells = [
                terminal.text(f"ledger.kind.{kind}") if number == 0 else "",
                terminal.text(f"ledger.cause.{cause}"),
                terminal.text(f"ledger.act.{act}") if act is not None else "–",
                _minutes(terminal, charges, minutes),
                str(len(charges)),
                written(_fen(charges) / 100, "yuan", terminal.language) if _fen(charges) else "–",
            ]
            yield cells, number == len(groups) - 1


def _fen(charges: list[Charge]) -> int:
    return sum(charge.fen for charge in charges)


def _minutes(terminal: Terminal, charges: list[Charge], minutes: int) -> str:
    """First and last minute of the live; what came after it, be it nights later, is only said to
    be after it. Of weeks the first and last day."""
    if charges[0].day is not None:
        on = sorted(charge.day or 0 for charge in charges)
        return str(on[0]) if on[0] == on[-1] else f"{on[0]}–{on[-1]}"
    named = [
        str(minute) if minute <= minutes else terminal.text("cli.ledger.later")
        for minute in sorted(charge.minute for charge in charges)
    ]
    return named[0] if named[0] == named[-1] else f"{named[0]}–{named[-1]}"


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


def _effects(terminal: Terminal, tree: BranchTree, effects: Effects) -> list[Any]:
    """What each stretch did: a table, or where the screen is too narrow, one for every figure."""
    if terminal.out.width >= _NARROW:
        return [_effects_table(terminal, tree, effects, tuple(_EFFECTS))]
    return [_effects_table(terminal, tree, effects, (metric,)) for metric in _EFFECTS]


def _effects_table(
    terminal: Terminal, tree: BranchTree, effects: Effects, metrics: Sequence[str]
) -> Table:
    table = _table()
    table.add_column(terminal.text("cli.ledger.stretch"), no_wrap=True)
    table.add_column(terminal.text("cli.ledger.way"), overflow="fold", ratio=1)
    for metric in metrics:
        name = terminal.text(f"metrics.{metric}.name")
        table.add_column(Text(name.replace(" ", "\n")), justify="right", vertical="bottom")
    rows = [(effect.segment, effect.figures) for effect in effects.segments]
    for place, (segment, figures) in enumerate(rows):
        title = terminal.text("ledger.way.own")
        if segment.tactic is not None:
            title = tree.scenario.tactics[segment.tactic].title.text(terminal.language)
        clocks = [tree.timeline.clock(tick) for tick in (segment.start, segment.end)]
        table.add_row(
            "–".join(clocks),
            title,
            *_signed(terminal, figures, metrics),
            end_section=place == len(rows) - 1,
        )
    table.add_row(Text(terminal.text("cli.ledger.whole"), style="bold"), "",
                  *_signed(terminal, effects.whole, metrics))  # fmt: skip
    return table


def _signed(terminal: Terminal, figures: dict[str, float], metrics: Sequence[str]) -> list[str]:
    return [signed(figures[name], _EFFECTS[name], terminal.language) for name in metrics]
