"""`main.py why`: what made a run what it is. Each part is shown as it is ready."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from sim.console.campaign import refuse_campaign
from sim.console.saved import Saved, saved_run, show_heading, warn
from sim.console.shared import INTERRUPTED, print_json
from sim.console.terminal import Terminal

if TYPE_CHECKING:
    from sim.play.branch import BranchTree

# Crowds met by default: enough to tell a branch from luck, enough for a luck band.
BRANCH_CROWDS, LUCK_CROWDS = 20, 200
# A crowd of weeks takes as long as dozens of evenings; six are the fewest that can be clear.
WEEKS_CROWDS = 6


@dataclass(frozen=True)
class Asked:
    """What was asked about a run. crowds: None for as many as each part usually takes."""

    branches: Sequence[str] = ()
    everybody: bool = False
    ledger: bool = False
    diary: int | None = None
    luck: bool = False
    best: bool = False
    coach: bool = False
    crowds: int | None = None
    ghosts: Sequence[str] = ()

    @property
    def nothing(self) -> bool:
        """Whether no part was named."""
        parts = (self.branches, self.ledger, self.diary is not None, self.luck, self.best)
        parts += (self.ghosts,)
        return not any(parts)


@dataclass(frozen=True)
class Part:
    """One answer: its name and data for --json, and what to print, line or table by line."""

    name: str
    data: Any
    shown: Sequence[Any]
    whole: bool = True


def why(terminal: Terminal, source: str, asked: Asked, as_json: bool) -> int:
    """Answers what was asked about a saved run; without a question, the coach speaks."""
    if asked.coach or asked.best:
        refuse_campaign(source, "no_coach" if asked.coach else "no_best")
    saved = saved_run(terminal, source)
    run = saved.run
    from sim.play.branch import BranchTree

    tree = BranchTree.of(run)
    if asked.diary is not None and asked.diary >= run.scenario.shoppers:
        sentence = terminal.text("cli.diary.nobody", last=run.scenario.shoppers - 1)
        raise typer.BadParameter(sentence, param_hint="--diary")
    parts: list[Part] = []
    if not as_json:
        show_heading(terminal, saved)
        if run.phase != "finished":
            terminal.say("cli.why.played_on")
    warn(terminal, saved)
    stopped = False
    try:
        for part in _parts(terminal, source, tree, asked):
            parts.append(part)
            stopped = stopped or not part.whole
            if not as_json:
                _show(terminal, part)
    except KeyboardInterrupt:
        stopped = True
    if stopped:
        terminal.say("cli.interrupted.why")
    if as_json:
        print_json(_data(saved, tree, parts))
    if stopped:
        return INTERRUPTED
    return saved.exit_code


def _parts(terminal: Terminal, source: str, tree: BranchTree, asked: Asked) -> Iterator[Part]:
    if tree.scenario.campaign is not None:
        yield from _parts_of_weeks(terminal, source, tree, asked)
        return
    if asked.branches or asked.diary is not None:
        from sim.console.change_words import branched
        from sim.console.why_branch import branch_part, diary_part

        # all are read before the first is looked at, so that a mistyped one costs no time
        branches = [branched(terminal, typed, tree) for typed in asked.branches]
        for branch in branches:
            crowds = asked.crowds or BRANCH_CROWDS
            yield branch_part(terminal, tree, branch, crowds, asked.everybody)
        if asked.diary is not None:
            yield diary_part(terminal, tree, asked.diary, branches[0] if branches else None)
    yield from _ghosts(terminal, tree, asked)
    if asked.ledger:
        from sim.console.why_ledger import ledger_part

        yield ledger_part(terminal, tree, asked.everybody)
    if asked.luck:
        from sim.console.why_luck import luck_part

        yield luck_part(terminal, tree, asked.crowds or LUCK_CROWDS)
    best = None
    if asked.best:
        from sim.console.why_luck import best_part

        part, best = best_part(terminal, tree)
        yield part
    if asked.coach or asked.nothing:
        from sim.console.why_coach import coach_part

        yield coach_part(terminal, source, tree, best)


def _parts_of_weeks(
    terminal: Terminal, source: str, tree: BranchTree, asked: Asked
) -> Iterator[Part]:
    """The same of a campaign: days are branched, and its weeks stand where the coach speaks."""
    if asked.branches or asked.diary is not None:
        from sim.console.why_branch import diary_part
        from sim.console.why_days import change_called, days_branched, days_part

        changes = [change_called(terminal, typed, tree) for typed in asked.branches]
        branches = [
            days_branched(terminal, tree, typed, change)
            for typed, change in zip(asked.branches, changes, strict=True)
        ]
        for branch, change in zip(branches, changes, strict=True):
            crowds = asked.crowds or WEEKS_CROWDS
            yield days_part(terminal, tree, branch, change, crowds, asked.everybody)
        if asked.diary is not None:
            yield diary_part(terminal, tree, asked.diary, branches[0] if branches else None)
    yield from _ghosts(terminal, tree, asked)
    if asked.ledger:
        from sim.console.why_ledger import ledger_part

        yield ledger_part(terminal, tree, asked.everybody)
    if asked.luck:
        from sim.console.why_luck import luck_part

        yield luck_part(terminal, tree, asked.crowds or WEEKS_CROWDS)
    if asked.nothing:
        from sim.console.why_weeks import weeks_part

        yield weeks_part(terminal, tree, source)


def _ghosts(terminal: Terminal, tree: BranchTree, asked: Asked) -> Iterator[Part]:
    if asked.ghosts:
        from sim.console.why_ghost import company_called, ghost_part

        company = [company_called(terminal, typed, tree) for typed in asked.ghosts]
        for somebody in company:
            yield ghost_part(terminal, tree, somebody)


def _show(terminal: Terminal, part: Part) -> None:
    for item in part.shown:
        terminal.out.print()
        terminal.out.print(terminal.fold(item) if isinstance(item, str) else item)


def _data(saved: Saved, tree: BranchTree, parts: Sequence[Part]) -> dict[str, Any]:
    from sim.model import ENGINE_VERSION

    data: dict[str, Any] = {
        "scenario": tree.scenario.id,
        "engine": ENGINE_VERSION,
        "seed": tree.seed,
        "verified": saved.verified,
        "lesson": saved.verdict.lesson.state,
        "finished": saved.run.phase == "finished",
        "metrics": tree.figures(0),
    }
    for name, several in (("branch", "branches"), ("ghost", "ghosts")):
        found = [part.data for part in parts if part.name == name]
        if found:
            data[several] = found
    rest = (part for part in parts if part.name not in ("branch", "ghost"))
    data.update({part.name: part.data for part in rest})
    return data
