"""A branch beside the run, and whose evening it changes; and one shopper's diary in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.progress import Progress
from sim.console.tables import few_note, run_columns
from sim.console.terminal import Terminal
from sim.console.why import Part
from sim.errors import Phrase
from sim.play.diary import compare_diaries, diary, two_diaries
from sim.play.luck import LEVEL, OWN, Verdict, growing_comparison, tie
from sim.report.coach import testing_crowds
from sim.report.coach_finding import Amount
from sim.report.numbers import chance_text

if TYPE_CHECKING:
    from sim.play.batch import Comparison as Met
    from sim.play.branch import BranchTree, Comparison
    from sim.play.branch_plan import Branch
    from sim.play.fates import Fate

_NAMED = 5  # shoppers, in a sentence
_SHOWN = 12  # shoppers, unless all are wanted
_BESIDE = 18  # cells taken by the columns beside a sentence
RUN, BRANCH = "cli.branch.line.run", "cli.branch.line.branch"
_MARKS = {"same": " ", "changed": "~", "only_here": "-", "only_there": "+"}


def branch_part(
    terminal: Terminal, tree: BranchTree, branch: Branch, crowds: int, everybody: bool
) -> Part:
    """Figures side by side, whether luck could turn them round, and whose fate changed."""
    with Progress(terminal, terminal.text("cli.branch.progress", name=branch.name)) as progress:
        progress(0, 2)
        compared = tree.compare(0, branch.number)
        progress(1, 2)
        verdict = _with_others(terminal, tree, branch, crowds, progress)
    goal = tree.scenario.goal
    shoppers = _by_shopper(compared.fates)
    sides = [{name: pair[n] for name, pair in compared.figures.items()} for n in (0, 1)]
    shown: list[Any] = [
        Text(terminal.text("cli.branch.heading", name=branch.name), style="bold"),
        *run_columns(
            terminal,
            dict(zip(map(terminal.text, (RUN, BRANCH)), sides, strict=True)),
            goal,
        ),
        *few_note(terminal, sides),
        verdict.text(goal, terminal.text(BRANCH), terminal.text(RUN), terminal.language),
        rests_on(terminal, goal, verdict),
    ]
    if branch.skipped:
        shown.append(terminal.text("cli.branch.skipped", count=len(branch.skipped)))
    shown += _fates_shown(terminal, tree, compared.fates, shoppers, everybody)
    return Part("branch", _data(terminal, tree, branch, compared, verdict), shown)


def _with_others(
    terminal: Terminal, tree: BranchTree, branch: Branch, crowds: int, progress: Progress
) -> Verdict:
    seeds = testing_crowds(crowds, tree.seed)
    plans = {OWN: tree[0].decisions, "branch": branch.decisions}
    verdict = tie([])
    for met in growing_comparison(tree.scenario, plans, seeds):
        verdict = tie(_apart(met, tree.scenario.goal))
        progress(len(met.seeds), crowds)
        if met.interrupted:
            raise KeyboardInterrupt
    return verdict


def _apart(met: Met, goal: str) -> np.ndarray:
    """The branch less the run, crowd by crowd; what there is nothing of counts as none of it, as
    it does with the coach."""
    branch, own = (np.nan_to_num(met.values[name][goal], nan=0.0) for name in ("branch", OWN))
    return branch - own


def rests_on(
    terminal: Terminal, goal: str, verdict: Verdict, key: str = "cli.branch.rests_on"
) -> str:
    """What the verdict rests on: how much on average, which crowds, and from where on it is
    clear."""
    return terminal.text(
        key,
        mean=Amount(goal, verdict.mean, signed=True).text(terminal.language),
        wins=verdict.wins,
        losses=verdict.losses,
        crowds=verdict.crowds,
        chance=chance_text(verdict.chance),
        level=f"{100 * LEVEL:g}%",
    )


def _by_shopper(fates: Iterable[Fate]) -> dict[int, list[Fate]]:
    """The fates of each shopper, weightiest first; shoppers with the weightiest first too."""
    found: dict[int, list[Fate]] = {}
    for fate in fates:
        found.setdefault(fate.shopper, []).append(fate)
    return found


def _fates_shown(
    terminal: Terminal,
    tree: BranchTree,
    fates: list[Fate],
    shoppers: dict[int, list[Fate]],
    everybody: bool,
) -> list[Any]:
    if not shoppers:
        return [terminal.text("cli.branch.nobody")]
    counted = Counter(fate.aspect.value for fate in fates)
    kinds = [
        terminal.text("cli.branch.kind", kind=terminal.text(f"cli.aspect.{name}"), count=count)
        for name, count in counted.items()
    ]
    separator = terminal.text("errors.list.separator")
    told = [
        terminal.text("cli.branch.changed", count=len(shoppers), kinds=separator.join(kinds)),
        _table(terminal, tree, list(shoppers.items())[: None if everybody else _SHOWN]),
    ]
    if not everybody and len(shoppers) > _SHOWN:
        told.append(terminal.text("cli.branch.more", count=len(shoppers) - _SHOWN))
    return told


def _table(terminal: Terminal, tree: BranchTree, rows: list[tuple[int, list[Fate]]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(terminal.text("cli.branch.shopper"), justify="right", no_wrap=True)
    table.add_column(terminal.text("cli.branch.when"), justify="right", no_wrap=True)
    table.add_column(terminal.text("cli.branch.fate"), overflow="fold", ratio=1)
    lines = Phrase(RUN), Phrase(BRANCH)
    for shopper, fates in rows:
        first = fates[0]
        table.add_row(
            str(shopper),
            tree.timeline.clock(first.tick),
            Text(terminal.fold(first.text(terminal.language, *lines), beside=_BESIDE)),
        )
    return table


def _data(
    terminal: Terminal, tree: BranchTree, branch: Branch, compared: Comparison, verdict: Verdict
) -> dict[str, Any]:
    lines = Phrase(RUN), Phrase(BRANCH)
    return {
        "name": branch.name,
        "tick": branch.tick,
        "back_at": branch.back_at,
        "decisions": [{"tick": at, "decision": what.to_data()} for at, what in branch.decisions],
        "skipped": len(branch.skipped),
        "metrics": {name: other for name, (_, other) in compared.figures.items()},
        "goal": tree.scenario.goal,
        "verdict": verdict_data(verdict),
        "fates": [
            {**fate.to_data(), "text": fate.text(terminal.language, *lines)}
            for fate in compared.fates
        ],
    }  # fmt: skip


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """A verdict for --json."""
    return {
        "kind": verdict.kind, "mean": verdict.mean, "chance": verdict.chance, "level": LEVEL,
        "wins": verdict.wins, "losses": verdict.losses, "crowds": verdict.crowds,
    }  # fmt: skip


def _nobody(terminal: Terminal, tree: BranchTree, branch: Branch | None) -> str:
    """That a shopper never came out; and who did, whose evening the branch changes."""
    changed = tree.changed(0, branch.number) if branch is not None else []
    others = list(dict.fromkeys(str(shopper) for shopper, *_ in changed))[:_NAMED]
    if not others:
        return terminal.text("cli.diary.empty")
    shoppers = terminal.text("errors.list.separator").join(others)
    return terminal.text("cli.diary.empty_but", shoppers=shoppers)


def diary_part(terminal: Terminal, tree: BranchTree, shopper: int, branch: Branch | None) -> Part:
    """A shopper's diary; with a branch both, line by line, with what differs marked."""
    own = diary(tree.side(0), shopper)
    title = Text(terminal.text("cli.diary.heading", shopper=shopper), style="bold")
    if branch is None:
        rows = [(" ", entry) for entry in own.entries]
    else:
        rows = []
        own, theirs = two_diaries(tree.side(0), tree.side(branch.number), shopper)
        pairs = compare_diaries(own, theirs)
        for pair in sorted(pairs, key=lambda pair: (pair.one or pair.other).tick):
            if pair.mark == "changed":
                rows += [("-", pair.one), ("+", pair.other)]
            else:
                rows.append((_MARKS[pair.mark], pair.one or pair.other))
    lines = Table.grid(padding=(0, 1))
    for _ in range(3):
        lines.add_column(no_wrap=True)
    lines.add_column(overflow="fold")
    data = []
    for mark, entry in rows:
        day, clock = own.when(entry)
        style = {"-": "red", "+": "green"}.get(mark, "")
        when = terminal.text("cli.diary.day", day=day)
        text = Text(terminal.fold(entry.text(terminal.language), beside=_BESIDE))
        lines.add_row(mark, when, clock, text, style=style)
        data.append({"mark": mark.strip() or "same", "day": day, "clock": clock} | entry.to_data())
    shown: list[Any] = [title, lines]
    if branch is not None:
        shown.append(terminal.text("cli.diary.marks", name=branch.name))
    if not rows:
        shown = [title, _nobody(terminal, tree, branch)]
    return Part("diary", {"shopper": shopper, "entries": data}, shown)
