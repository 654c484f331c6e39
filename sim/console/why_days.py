"""Days of a campaign lived otherwise: figures side by side, luck, and whose weeks it changes."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.progress import Progress
from sim.console.shared import tactic_meant
from sim.console.tables import few_note, run_columns
from sim.console.terminal import Terminal
from sim.console.ways import metrics_shown, policy_meant, ways_of
from sim.console.why import Part
from sim.console.why_branch import BRANCH, RUN, rests_on, verdict_data
from sim.errors import DecisionError, Phrase
from sim.play.branch_days import LEFT_OUT, DayChange, branch_days, on_other_crowds
from sim.play.fates_weeks import WeeksFate, weeks_fates
from sim.play.luck import Verdict, tie
from sim.report.coach import testing_crowds

if TYPE_CHECKING:
    from sim.play.branch import BranchTree
    from sim.play.branch_plan import Branch

OPTION = "--branch"
_SHOWN = 12  # shoppers, unless all are wanted
_BESIDE = 10


def change_called(terminal: Terminal, typed: str, tree: BranchTree) -> DayChange:
    """Reads DAY:WHAT[:DAY]. BadParameter, saying what may stand there, when it cannot."""
    plain = unicodedata.normalize("NFKC", typed)
    form = re.fullmatch(r"\s*(\d{1,3})\s*:\s*([^:]+?)\s*(?::\s*(\d{1,3})\s*)?", plain)
    if form is None:
        raise _refused(terminal, "form", typed=typed)
    days = tree.timeline.days
    first, last = int(form[1]), int(form[3]) if form[3] else days
    if not 1 <= first <= days:
        raise _refused(terminal, "day", found=first, last=days)
    if not first <= last <= days:
        raise _refused(terminal, "until", found=last, first=first, last=days)
    kind, name = _what(terminal, form[2], tree)
    return DayChange(kind, name, first, last)


def _what(terminal: Terminal, typed: str, tree: BranchTree) -> tuple[str, str]:
    scenario = tree.scenario
    left_out = re.fullmatch(r"no-(\w+)", typed)
    if left_out is not None and left_out[1] in LEFT_OUT:
        return "without", left_out[1]
    policy = policy_meant(scenario, typed)
    if policy is not None:
        return "policy", policy
    tactic = tactic_meant(scenario, typed)
    if tactic is not None:
        return "tactic", tactic
    without = [f"no-{name}" for name in LEFT_OUT]
    near = difflib.get_close_matches(typed, [*scenario.policies, *scenario.tactics, *without], n=1)
    separator = terminal.text("errors.list.separator")

    def known(ways: Any) -> str:
        return separator.join(
            terminal.text("cli.tactic.known", id=way, title=about.title.text(terminal.language))
            for way, about in ways.items()
        )

    raise _refused(
        terminal,
        "unknown_near" if near else "unknown",
        found=typed, near="".join(near), policies=known(ways_of(scenario)),
        tactics=known(scenario.tactics), without=", ".join(without),
    )  # fmt: skip


def _refused(terminal: Terminal, name: str, **values: Any) -> typer.BadParameter:
    return typer.BadParameter(terminal.text(f"campaign.branch.{name}", **values), param_hint=OPTION)


def days_branched(terminal: Terminal, tree: BranchTree, typed: str, change: DayChange) -> Branch:
    """The change as a branch. BadParameter when the campaign does not have these days."""
    with Progress(terminal, terminal.text("cli.branch.progress", name=typed)) as progress:
        progress(0, 1)
        try:
            return branch_days(tree, change, typed.strip())
        except DecisionError as error:
            sentence = error.in_language(terminal.language)
            raise typer.BadParameter(sentence, param_hint=OPTION) from error


def days_part(
    terminal: Terminal,
    tree: BranchTree,
    branch: Branch,
    change: DayChange,
    crowds: int,
    everybody: bool,
) -> Part:
    """The branch beside the run, whether luck could turn it round, and whose weeks it changes."""
    with Progress(terminal, terminal.text("cli.branch.progress", name=branch.name)) as progress:
        seeds = testing_crowds(crowds, tree.seed)
        verdict = tie(on_other_crowds(tree, change, seeds, progress))
    fates = weeks_fates(tree.run(0), tree.run(branch.number))
    goal, metrics = tree.scenario.goal, metrics_shown(tree.scenario)
    sides = [tree.figures(number) for number in (0, branch.number)]
    names = [terminal.text(key) for key in (RUN, BRANCH)]
    shown: list[Any] = [
        Text(terminal.text("cli.branch.heading", name=branch.name), style="bold"),
        *run_columns(terminal, dict(zip(names, sides, strict=True)), goal, metrics),
        *few_note(terminal, sides, metrics),
        verdict.text(goal, names[1], names[0], terminal.language),
        rests_on(terminal, goal, verdict, "campaign.branch.rests_on"),
    ]
    if branch.skipped:
        shown.append(terminal.text("cli.branch.skipped", count=len(branch.skipped)))
    shown += _fates_shown(terminal, fates, everybody)
    return Part("branch", _data(terminal, tree, branch, change, verdict, fates), shown)


def _fates_shown(terminal: Terminal, fates: list[WeeksFate], everybody: bool) -> list[Any]:
    shoppers: dict[int, list[WeeksFate]] = {}
    for fate in fates:
        shoppers.setdefault(fate.shopper, []).append(fate)
    if not shoppers:
        return [terminal.text("cli.branch.nobody")]
    counted = Counter(fate.aspect.value for fate in fates)
    kinds = terminal.text("errors.list.separator").join(
        terminal.text("cli.branch.kind", kind=terminal.text(f"cli.aspect.{name}"), count=count)
        for name, count in counted.items()
    )
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(terminal.text("cli.branch.shopper"), justify="right", no_wrap=True)
    table.add_column(terminal.text("cli.branch.fate"), overflow="fold", ratio=1)
    lines = Phrase(RUN), Phrase(BRANCH)
    for shopper, theirs in list(shoppers.items())[: None if everybody else _SHOWN]:
        text = theirs[0].text(terminal.language, *lines)
        table.add_row(str(shopper), Text(terminal.fold(text, beside=_BESIDE)))
    told: list[Any] = [
        terminal.text("cli.branch.changed", count=len(shoppers), kinds=kinds), table,
    ]  # fmt: skip
    if not everybody and len(shoppers) > _SHOWN:
        told.append(terminal.text("cli.branch.more", count=len(shoppers) - _SHOWN))
    told.append(terminal.text("campaign.branch.no_reason"))
    return told


def _data(
    terminal: Terminal,
    tree: BranchTree,
    branch: Branch,
    change: DayChange,
    verdict: Verdict,
    fates: list[WeeksFate],
) -> dict[str, Any]:
    lines = Phrase(RUN), Phrase(BRANCH)
    return {
        "name": branch.name,
        "change": {"kind": change.kind, "what": change.name, "first_day": change.first,
                   "last_day": change.last},
        "decisions": [{"tick": at, "decision": what.to_data()} for at, what in branch.decisions],
        "skipped": len(branch.skipped),
        "metrics": tree.figures(branch.number),
        "goal": tree.scenario.goal,
        "verdict": verdict_data(verdict),
        "fates": [
            {**fate.to_data(), "text": fate.text(terminal.language, *lines)} for fate in fates
        ],
    }  # fmt: skip
