"""Reads what `why --branch` takes: MINUTE:CHANGE[:MINUTE]."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from sim.console.shared import known_tactics, tactic_meant
from sim.console.terminal import Terminal
from sim.errors import DecisionError
from sim.model import TICKS_PER_MINUTE
from sim.model.acts import ACTS

if TYPE_CHECKING:
    from sim.model.decisions import Decision
    from sim.play.branch import BranchTree
    from sim.play.branch_plan import Branch

OPTION = "--branch"
_SECONDS = 60  # of a single act when no end is given


@dataclass(frozen=True)
class Wish:
    """A branch somebody asked for. sets: whether it stays in force until `stop`, or the live's end;
    otherwise the rest of the run's own decisions follow."""

    typed: str
    start: int
    stop: int | None
    decision: Decision
    sets: bool

    def branch(self, tree: BranchTree) -> Branch:
        """The wish as a branch of the run. DecisionError when it is not possible there."""
        from sim.report.ledger_hosting import kept_at

        own = tree[0].decisions
        if self.sets:
            stop = tree.timeline.live_end if self.stop is None else self.stop
            decisions = [self.decision, *kept_at(own, self.start)]
            return tree.branch(0, self.start, decisions, back_at=stop, name=self.typed)
        here = [decision for tick, decision in own if tick == self.start]
        return tree.branch(0, self.start, [*here, self.decision], name=self.typed)


def read_wish(terminal: Terminal, typed: str, tree: BranchTree) -> Wish:
    """BadParameter, saying what may stand there, when it cannot be read."""
    # a Chinese keyboard gives full-width signs
    plain = unicodedata.normalize("NFKC", typed).replace("、", ",")
    form = re.fullmatch(r"\s*(\d{1,4})\s*:\s*([^:]+?)\s*(?::\s*(\d{1,4})\s*)?", plain)
    if form is None:
        raise _refused(terminal, "form", typed=typed)
    minutes = tree.scenario.live.minutes
    start, stop = int(form[1]), int(form[3]) if form[3] else None
    if start >= minutes:
        raise _refused(terminal, "minute", found=start, last=minutes - 1)
    if stop is not None and not start < stop <= minutes:
        raise _refused(terminal, "until", found=stop, first=start + 1, last=minutes)
    decision, sets = _decision(terminal, form[2], start, stop, tree)
    first = tree.timeline.live_start
    ticks = [None if at is None else first + at * TICKS_PER_MINUTE for at in (start, stop)]
    return Wish(typed.strip(), ticks[0], ticks[1], decision, sets)


def _decision(
    terminal: Terminal, what: str, start: int, stop: int | None, tree: BranchTree
) -> tuple[Decision, bool]:
    from sim.model.decisions import Perform, SetMix, SetTactic, ShowProduct
    from sim.report.coach_change import less_of, mix_of_way, read_shift

    scenario = tree.scenario
    goods = [product.id for product in scenario.host.products]
    if "=" in what:
        return SetMix(_shares(terminal, what)), True
    shift = read_shift(what)
    if shift is not None:
        tick = tree.timeline.live_start + start * TICKS_PER_MINUTE
        way = tree.way_at(tree[0].decisions, tick + 1)
        changed = less_of(mix_of_way(scenario, way), *shift)
        if not changed:
            raise _refused(terminal, "no_shift", act=shift[0], minute=start)
        return SetMix(changed), True
    tactic = tactic_meant(scenario, what)
    if tactic is not None:
        return SetTactic(tactic), True
    if what in ACTS:
        return Perform(what, _SECONDS if stop is None else 60 * (stop - start)), False
    if what in goods:
        if stop is not None:
            raise _refused(terminal, "product_until", product=what)
        return ShowProduct(what), False
    known = [*scenario.tactics, *ACTS, *goods]
    near = difflib.get_close_matches(what, known, n=1)
    raise _refused(
        terminal,
        "unknown_near" if near else "unknown",
        found=what,
        near="".join(near),
        tactics=known_tactics(terminal, scenario),
        acts=", ".join(ACTS),
        goods=", ".join(goods),
    )


def _shares(terminal: Terminal, what: str) -> dict[str, float]:
    shares: dict[str, float] = {}
    for part in what.split(","):
        form = re.fullmatch(r"\s*([a-z_]+)\s*=\s*(\d{1,3})\s*%?\s*", part)
        if form is None or form[1] not in ACTS or form[1] in shares:
            raise _refused(terminal, "share", found=part.strip(), acts=", ".join(ACTS))
        shares[form[1]] = int(form[2]) / 100.0
    total = round(100 * sum(shares.values()))
    if total != 100:
        raise _refused(terminal, "shares", total=total)
    return shares


def _refused(terminal: Terminal, name: str, **values: Any) -> typer.BadParameter:
    return typer.BadParameter(terminal.text(f"cli.branch.{name}", **values), param_hint=OPTION)


def branched(terminal: Terminal, typed: str, tree: BranchTree) -> Branch:
    """The branch asked for. BadParameter when it is not one, or not possible in this run."""
    try:
        return read_wish(terminal, typed, tree).branch(tree)
    except DecisionError as error:
        sentence = error.in_language(terminal.language)
        raise typer.BadParameter(sentence, param_hint=OPTION) from error
