"""What a debrief knows of one run: its lines of play, luck, ledger, diaries and best line.

Knows no pictures. Everything long is a job or a growth; the tabs look at what is there already.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sim.errors import Phrase
from sim.play.best_line import best_lines
from sim.play.best_line_hint import hint
from sim.play.best_line_stars import stars
from sim.play.branch import Branch, BranchTree, Comparison
from sim.play.diary import Diary, Pair, compare_diaries, diary
from sim.play.fates import Aspect, Fate
from sim.play.run import Run
from sim.report.ledger import Effects, Ledger, effects_of, ledger
from sim.ui.debrief.bet_page import BetPage, read_bets
from sim.ui.debrief.desk import Desk, Grower, Growth, Job
from sim.ui.debrief.lines import Line, read_line
from sim.ui.debrief.luck_page import grow_luck, grow_rivals
from sim.ui.debrief.words import say

# What counts first where a shopper's evening differs in more than one way.
ASPECTS = tuple(Aspect)
_serials = itertools.count()


@dataclass(frozen=True)
class LineName:
    """What a line is called, in sentences that are worded later."""

    number: int
    own: bool
    given: str = ""

    def text(self, language: str) -> str:
        if self.given:
            return f"“{self.given}”"
        return say("line.own" if self.own else "line.branch", language, number=self.number)


@dataclass(frozen=True)
class Changed:
    """One shopper whose evening differs: what differs, and why once that is known.

    aspects  (aspect, product, in the base, in the other), what counts most first
    fates    the same with their reasons, or empty while they are sought
    """

    shopper: int
    aspects: tuple[tuple[Aspect, int, Any, Any], ...]
    fates: tuple[Fate, ...] = ()


class Study:
    """The debrief of a finished run. bets: those made before it, unsettled."""

    def __init__(
        self, run: Run, tree: BranchTree | None = None, own: int = 0, bets: Iterable = ()
    ) -> None:
        self.serial = next(_serials)  # tells its pictures from those of another study
        self.run, self.scenario = run, run.scenario
        self.tree = tree or BranchTree.of(run)
        self.own = own
        self.base = own
        self.shown = own
        self.hidden: set[int] = set()
        self._put_away: list[set[int]] = []
        self.lines: dict[int, Line] = {}
        self.changed: dict[tuple[int, int], list[Changed]] = {}
        self._whys: dict[tuple[int, int], Job] = {}
        self.branching: Job | None = None
        self.reading: Job | None = None
        self.ledger_job: Job | None = None
        self.effects_job: Job | None = None
        self.bets_job: Job | None = None
        self.reference = self.scenario.reference
        self._diaries: dict[tuple[int, int], Diary] = {}
        self.diary_job: Job | None = None
        self._diary_wanted: tuple[int, int, int] | None = None
        self.hint_job: Job | None = None
        self.bets = tuple(bets)
        self.desk = Desk()
        self.luck = Growth(lambda: grow_luck(self.run))
        self.rivals = Growth(lambda: grow_rivals(self.run))
        self.best = Growth(lambda: self._best())
        self.grower = Grower([self.luck, self.rivals, self.best], self.desk)
        self.stars: Any = None
        self.read(own)

    def close(self) -> None:
        """Leave all work where it is."""
        self.desk.close()
        self.grower.close()

    # -- lines -----------------------------------------------------------------------------------
    def read(self, number: int) -> None:
        """Have a line's figures and curves worked out."""
        if number in self.lines:
            return

        def keep(line: Line) -> None:
            self.lines[line.number] = line

        self.reading = self.desk.ask(lambda job: read_line(self.tree, number), keep)

    def branches(self) -> list[tuple[Branch, int]]:
        """(branch, depth) of every branch that is not put away, parents before their children."""
        found: list[tuple[Branch, int]] = []

        def walk(branch: Branch, depth: int) -> None:
            if branch.number not in self.hidden:
                found.append((branch, depth))
                for child in self.tree.children(branch.number):
                    walk(child, depth + 1)

        walk(self.tree[0], 0)
        return found

    def name(self, number: int) -> LineName:
        return LineName(number, number == self.own, self.tree[number].name)

    def label(self, number: int, language: str) -> str:
        """The name of a line where it stands alone."""
        text = self.name(number).text(language)
        return text[:1].upper() + text[1:]

    def show(self, number: int) -> None:
        """Look at a branch, beside the base."""
        if self.branching is not None and self.branching.state == "failed":
            self.branching = None
        self.shown = number
        self.read(number)
        self.explain()

    def set_base(self, number: int) -> None:
        """Compare with this line from now on."""
        self.base = number
        self.read(number)
        self.explain()

    def put_away(self, number: int) -> bool:
        """Take a branch and all that left it out of sight; the run itself stays."""
        gone = {branch.number for branch, _ in self._below(number)} - self.hidden
        if self.own in gone:
            return False
        self.hidden |= gone
        self._put_away.append(gone)
        parent = self.tree[number].parent
        if self.shown in gone:
            self.show(self.own if parent is None else parent)
        if self.base in gone:
            self.set_base(self.own)
        return True

    @property
    def can_bring_back(self) -> bool:
        return bool(self._put_away)

    def bring_back(self) -> None:
        """Undo the last putting away."""
        if self._put_away:
            gone = self._put_away.pop()
            self.hidden -= gone
            self.show(min(gone))

    def _below(self, number: int) -> list[tuple[Branch, int]]:
        found, todo = [], [number]
        while todo:
            at = todo.pop()
            found.append((self.tree[at], 0))
            todo += [child.number for child in self.tree.children(at)]
        return found

    # -- branching -------------------------------------------------------------------------------
    def branch(self, tick: int, decisions: list, back_at: int | None) -> None:
        """Simulate another choice at a tick of the line that is shown."""
        parent, base = self.shown, self.base

        def work(job: Job):
            made = self.tree.branch(parent, tick, decisions, back_at=back_at)
            line = read_line(self.tree, made.number)
            return line, self.tree.changed(base, made.number)

        self.branching = self.desk.ask(work, lambda found: self._made(base, *found))

    def _made(self, base: int, line: Line, different: list) -> None:
        self.lines[line.number] = line
        self.changed[base, line.number] = _by_shopper(different)
        self.shown = line.number
        self.explain()

    def adopt(self, run: Run, then=None) -> None:
        """Take a run that was played on from a branch into the tree, finished as it stands."""

        def work(job: Job):
            run.finish()
            made = self.tree.adopt(run)
            return read_line(self.tree, made.number), self.tree.changed(self.base, made.number)

        self.branching = self.desk.ask(work, lambda found: self._made(self.base, *found))

    def branch_off_plan(self, plan: Iterable, name: str) -> None:
        """Put a whole plan into the tree, such as the best line known."""
        base, steps = self.base, sorted(plan, key=lambda step: step[0])

        def work(job: Job):
            run = Run(self.scenario, self.run.seed)
            for tick, decision in steps:
                run.advance_ticks(tick - run.tick)
                run.decide(decision)
            run.finish()
            made = self.tree.adopt(run, name)
            return read_line(self.tree, made.number), self.tree.changed(base, made.number)

        self.branching = self.desk.ask(work, lambda found: self._made(base, *found))

    def explain(self) -> Job | None:
        """Have the reasons found why shoppers' evenings differ between the base and the shown."""
        key = (self.base, self.shown)
        if key[0] == key[1] or key in self._whys:
            return self._whys.get(key)
        one, other = key

        def work(job: Job) -> Comparison:
            if key not in self.changed:
                job.result = self.tree.changed(one, other)
                self.changed.setdefault(key, _by_shopper(job.result))
            return self.tree.compare(one, other)

        def keep(found: Comparison) -> None:
            self.changed[key] = _with_reasons(found.fates)

        self._whys[key] = self.desk.ask(work, keep)
        return self._whys[key]

    @property
    def explaining(self) -> Job | None:
        """The search for reasons for what is on show, if it was begun."""
        return self._whys.get((self.base, self.shown))

    def different(self) -> list[Changed] | None:
        """Whose evening differs between the base and the shown; None while not known."""
        if self.base == self.shown:
            return []
        return self.changed.get((self.base, self.shown))

    # -- ledger ----------------------------------------------------------------------------------
    @property
    def ledger(self) -> Ledger | None:
        return self.ledger_job.result if self.ledger_job and self.ledger_job.over else None

    @property
    def effects(self) -> Effects | None:
        return self.effects_job.result if self.effects_job and self.effects_job.over else None

    def open_ledger(self) -> None:
        """Have the ledger of the own run written, unless it is."""
        if self.ledger_job is None or self.ledger_job.state == "failed":
            self.ledger_job = self.desk.ask(lambda job: ledger(self.tree.side(self.own)))
            self.set_reference(self.reference)

    def set_reference(self, tactic: str) -> None:
        """Try every stretch with another tactic instead."""
        self.reference = tactic
        self.effects_job = self.desk.ask(
            lambda job: effects_of(self.tree, self.own, reference=tactic, progress=job.tell)
        )

    # -- diaries ---------------------------------------------------------------------------------
    def open_diary(self, shopper: int) -> None:
        """Have the diaries of one person in the base and the shown line written."""
        wanted = (shopper, self.base, self.shown)
        busy = self.diary_job is not None and not self.diary_job.told
        known = all((line, shopper) in self._diaries for line in wanted[1:])
        if known or (busy and wanted == self._diary_wanted):
            return
        self._diary_wanted = wanted

        def work(job: Job):
            found = {}
            for line in dict.fromkeys(wanted[1:]):
                # somebody who turns pages fast wants the last one only
                if self._diary_wanted != wanted:
                    break
                if (line, shopper) not in self._diaries:
                    found[line, shopper] = diary(self.tree.side(line), shopper)
            return found

        self.diary_job = self.desk.ask(work, self._diaries.update)

    def pages(self, shopper: int) -> tuple[Diary, Diary | None, list[Pair]] | None:
        """(diary in the base, in the shown, side by side); None while not written."""
        one = self._diaries.get((self.base, shopper))
        if one is None:
            return None
        if self.base == self.shown:
            return one, None, [Pair("same", entry, None) for entry in one.entries]
        other = self._diaries.get((self.shown, shopper))
        if other is None:
            return None
        return one, other, compare_diaries(one, other)

    def people(self) -> list[int]:
        """Who is worth a look: whose evening differs, then who is in the ledger, then buyers."""
        found = [item.shopper for item in self.different() or ()]
        book = self.ledger
        if book is not None:
            found += [charge.shopper for charge in book.charges]
        events = self.run.events()
        found += events["shopper"][events["kind"] == 7].tolist()
        return list(dict.fromkeys(int(shopper) for shopper in found if shopper >= 0))

    # -- best line and bets ----------------------------------------------------------------------
    def _best(self):
        for found in best_lines(self.run):
            if found.settled:
                self.stars = stars(found)
            yield found

    def ask_coach(self, tick: int) -> None:
        """What the coach would have said at a tick of the own run."""
        self.hint_job = self.desk.ask(lambda job: (tick, hint(self.tree.play(self.own, tick))))

    def open_bets(self) -> None:
        """Settle the bets, unless that was done."""
        if self.bets_job is None or self.bets_job.state == "failed":
            self.bets_job = self.desk.ask(lambda job: read_bets(self.bets, self.run))

    @property
    def bet_page(self) -> BetPage | None:
        return self.bets_job.result if self.bets_job and self.bets_job.over else None

    # -- the street ------------------------------------------------------------------------------
    def visit(self, number: int, tick: int, then) -> None:
        """Have a line brought to a tick, to be watched or played on: `then(run)`."""
        self.branching = self.desk.ask(lambda job: self.tree.play(number, tick), then)

    def rename(self, number: int, name: str) -> None:
        self.tree.rename(number, name.strip())


def _by_shopper(different: list) -> list[Changed]:
    grouped: dict[int, list] = {}
    for shopper, aspect, product, one, other in different:
        grouped.setdefault(int(shopper), []).append((aspect, product, one, other))
    return [Changed(shopper, tuple(found)) for shopper, found in grouped.items()]


def _with_reasons(fates: list[Fate]) -> list[Changed]:
    grouped: dict[int, list[Fate]] = {}
    for fate in fates:
        grouped.setdefault(fate.shopper, []).append(fate)
    return [
        Changed(
            shopper,
            tuple((fate.aspect, fate.product, fate.one, fate.other) for fate in found),
            tuple(found),
        )
        for shopper, found in grouped.items()
    ]


def unfinished(run: Any) -> Phrase | None:
    """Why a run cannot be looked back on, or None."""
    if not isinstance(run, Run):
        return Phrase("debrief.error.not_a_run")
    return None if run.phase == "finished" else Phrase("debrief.error.not_over")
