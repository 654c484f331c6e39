"""What a debrief knows of one run: its lines of play, luck, ledger, diaries, best line and coach.

Knows no pictures. Everything long is a job or a growth; the tabs look at what is there already.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from sim.errors import Phrase, StrollError
from sim.model.events import Kind
from sim.play.best_line import BestKnown, best_lines
from sim.play.best_line_hint import hint
from sim.play.best_line_stars import Stars, stars
from sim.play.bets import Bet, Settled, settle_all
from sim.play.branch import Branch, BranchTree, Comparison
from sim.play.diary import Diary, Pair
from sim.play.ghost_shelf import remember
from sim.play.run import Run
from sim.report.coach import Coaching, coachings
from sim.report.coach_change import Change
from sim.report.ledger import Effects, Ledger, effects_of, ledger
from sim.ui.debrief.bet_page import BetPage, read_bets
from sim.ui.debrief.changes import Changed, LineName, by_shopper, with_reasons
from sim.ui.debrief.desk import Desk, Job
from sim.ui.debrief.diaries import Diaries, unique
from sim.ui.debrief.growth import Breathe, Growers, Growth
from sim.ui.debrief.lines import Line, read_line
from sim.ui.debrief.luck_page import grow_luck, grow_rivals
from sim.ui.debrief.memory import give_back
from sim.ui.debrief.own_crowd import OwnCrowd, own_crowd
from sim.ui.debrief.shelf import Shelf

__all__ = ["Changed", "LineName", "Study", "unfinished"]

_COACH_BYTES = 24_000_000  # for moments at hand in the coach's own tree
_MOST_PAIRS = 8  # of lines, whose differences are kept
_MOST_READ = 30  # branches of an earlier sitting whose figures are read at once
_serials = itertools.count()


class Study:
    """The debrief of a finished run. bets: those made before it, unsettled."""

    def __init__(
        self, run: Run, tree: BranchTree | None = None, own: int = 0, bets: Iterable = ()
    ) -> None:
        self.serial = next(_serials)  # tells its pictures from those of another study
        self.run, self.scenario = run, run.scenario
        self.shelf = Shelf()
        self.hidden: set[int] = set()
        if tree is None:
            tree, self.hidden = self.shelf.take(run)
        self.tree = tree
        self.own = self.base = self.shown = own
        self._put_away: list[set[int]] = [{number} for number in sorted(self.hidden)]
        self.lines: dict[int, Line] = {}
        self.changed: dict[tuple[int, int], list[Changed]] = {}
        self._whys: dict[tuple[int, int], Job] = {}
        self.branching: Job | None = None
        self.reading: Job | None = None
        self.ledger_job: Job | None = None
        self.effects_job: Job | None = None
        self.bets_job: Job | None = None
        self.hint_job: Job | None = None
        self.own_crowd_job: Job | None = None
        self.reference = self.scenario.reference
        self.diaries = Diaries(self)
        self.bets = tuple(bets)
        self.stars: Stars | None = None
        self.desk = Desk()
        self.luck = Growth("luck", lambda breathe: grow_luck(self.run))
        self.rivals = Growth("luck", lambda breathe: grow_rivals(self.run))
        self.best = Growth("best", self._best, self._best_known)
        self.coach = Growth("coach", self._coach)
        self.growers = Growers([self.coach, self.luck, self.rivals, self.best], self.desk)
        self.read(own)
        for branch, _ in self.branches()[1:_MOST_READ]:
            self.read(branch.number)
        self.desk.ask(self._watch_own, tab="timeline")

    def close(self) -> None:
        """Leave all work where it is, and let go of what weighs much."""
        self.shelf.close(self)
        self.growers.close()
        self.desk.close(self._let_go)
        self.lines.clear()
        self.changed.clear()
        self._whys.clear()

    def _let_go(self) -> None:
        self.tree.forget()
        self.growers.wait(10)
        give_back()

    def _watch_own(self, job: Job) -> None:
        """The own run as a witness saw it, made before anybody asks why: half of the first wait."""
        self.tree.side(self.own)

    def look_at(self, tab: str) -> None:
        """Work for this tab goes first from now on."""
        self.desk.front = self.growers.front = tab

    def poll(self) -> bool:
        """Show what has been found out since last asked; true when pages have to be laid anew."""
        done, ended = self.desk.poll(), self.growers.poll()
        return done or ended

    # -- lines -----------------------------------------------------------------------------------
    def read(self, number: int) -> None:
        """Have a line's figures and curves worked out."""
        if number in self.lines:
            return

        def keep(line: Line) -> None:
            self.lines[line.number] = line

        def work(job: Job) -> Line:
            return self.lines.get(number) or read_line(self.tree, number)

        tab = None if number in (self.base, self.shown) else "timeline"
        job = self.desk.ask(work, keep, tab)
        if tab is None:
            self.reading = job

    def branches(self) -> list[tuple[Branch, int]]:
        """(branch, depth) of every branch that is not put away, parents before their children."""
        found: list[tuple[Branch, int]] = []
        todo = [(self.tree[0], 0)]
        while todo:
            branch, depth = todo.pop()
            if branch.number not in self.hidden:
                found.append((branch, depth))
                children = self.tree.children(branch.number)
                todo += [(child, depth + 1) for child in reversed(children)]
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

    def rename(self, number: int, name: str) -> None:
        self.tree.rename(number, name.strip())
        self.shelf.changed(self)

    def put_away(self, number: int) -> bool:
        """Take a branch and all that left it out of sight; the run itself stays."""
        gone = set(self._below(number)) - self.hidden
        if self.own in gone:
            return False
        self.hidden |= gone
        self._put_away.append(gone)
        parent = self.tree[number].parent
        if self.shown in gone:
            self.show(self.own if parent is None else parent)
        if self.base in gone:
            self.set_base(self.own)
        self.shelf.changed(self)
        return True

    @property
    def can_bring_back(self) -> bool:
        return bool(self._put_away)

    def bring_back(self) -> None:
        """Undo the last putting away."""
        if self._put_away:
            gone = self._put_away.pop()
            self._in_sight(min(gone))
            self.hidden -= gone
            self.show(min(gone))
            self.shelf.changed(self)

    def _in_sight(self, number: int) -> None:
        """A branch and all those it comes from are not put away any more."""
        at: int | None = number
        while at is not None:
            self.hidden.discard(at)
            at = self.tree[at].parent
        self._put_away = [left for gone in self._put_away if (left := gone & self.hidden)]

    def _below(self, number: int) -> list[int]:
        found, todo = [], [number]
        while todo:
            at = todo.pop()
            found.append(at)
            todo += [child.number for child in self.tree.children(at)]
        return found

    # -- branching -------------------------------------------------------------------------------
    def branch(self, tick: int, decisions: list, back_at: int | None) -> None:
        """Simulate another choice at a tick of the line that is shown."""
        parent = self.shown
        self._make(
            lambda: self.tree.branch(parent, tick, decisions, back_at=back_at, reuse=True).number
        )

    def branch_change(self, change: Change, name: str) -> None:
        """Simulate what the coach speaks of, beside the own run."""
        self.base = self.own
        self._make(lambda: change.branch(self.tree, self.own, name, reuse=True).number)

    def adopt(self, run: Run, then=None) -> None:
        """Take a run that was played on from a branch into the tree, finished as it stands."""

        def make() -> int:
            run.finish()
            return self.tree.adopt(run, reuse=True).number

        self._make(make)

    def branch_off_plan(self, plan: Iterable, name: str) -> None:
        """Put a whole plan into the tree, such as the best line known."""
        steps = sorted(plan, key=lambda step: step[0])

        def make() -> int:
            run = Run(self.scenario, self.run.seed)
            for tick, decision in steps:
                run.advance_ticks(tick - run.tick)
                run.decide(decision)
            run.finish()
            return self.tree.adopt(run, name, reuse=True).number

        self._make(make)

    def _make(self, make) -> None:
        """Have a branch made that somebody waits for, and show it with whose evening differs."""
        base = self.base

        def work(job: Job):
            number = make()
            line = self.lines.get(number) or read_line(self.tree, number)
            return line, self.tree.changed(base, number)

        self.branching = self.desk.ask(work, lambda found: self._made(base, *found))

    def _made(self, base: int, line: Line, different: list) -> None:
        self.lines[line.number] = line
        self._in_sight(line.number)
        self.shown = line.number
        if (base, line.number) not in self._whys:
            self._keep_changed((base, line.number), by_shopper(different))
        self.explain()
        self.shelf.changed(self)

    def explain(self) -> Job | None:
        """Have the reasons found why shoppers' evenings differ between the base and the shown."""
        key = (self.base, self.shown)
        if key[0] == key[1] or key in self._whys:
            return self._whys.get(key)
        one, other = key

        def keep_first(different: list) -> None:
            if key not in self.changed:
                self._keep_changed(key, by_shopper(different))

        def work(job: Job) -> Comparison:
            if key not in self.changed:
                job.post(self.tree.changed(one, other), keep_first)
            return self.tree.compare(one, other)

        def keep(found: Comparison) -> None:
            if key in self._whys:
                self._keep_changed(key, with_reasons(found.fates))
                self._whys[key].result = None  # what is kept of it is kept above

        self._whys[key] = self.desk.ask(work, keep, "timeline")
        return self._whys[key]

    def _keep_changed(self, key: tuple[int, int], found: list[Changed]) -> None:
        """Differences of the last few pairs of lines; those of others are found again if asked."""
        self.changed.pop(key, None)
        self.changed[key] = found
        for old in list(self.changed)[:-_MOST_PAIRS]:
            del self.changed[old]
            self._whys.pop(old, None)

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
            self.ledger_job = self.desk.ask(
                lambda job: ledger(self.tree.side(self.own)), tab="ledger"
            )
            self.set_reference(self.reference)

    def set_reference(self, tactic: str) -> None:
        """Try every stretch with another tactic instead."""
        self.reference = tactic
        if self.effects_job is not None:
            self.effects_job.drop()
        self.effects_job = self.desk.ask(
            lambda job: effects_of(self.tree, self.own, reference=tactic, progress=job.tell),
            tab="ledger",
        )

    # -- diaries ---------------------------------------------------------------------------------
    @property
    def diary_job(self) -> Job | None:
        return self.diaries.job

    def open_diary(self, shopper: int) -> None:
        """Have the diaries of one person in the base and the shown line written."""
        self.diaries.open(shopper)

    def pages(self, shopper: int) -> tuple[Diary, Diary | None, list[Pair]] | None:
        """(diary in the base, in the shown, side by side); None while not written."""
        return self.diaries.of(shopper)

    def people(self) -> list[int]:
        """Who is worth a look: whose evening differs, then who is in the ledger, then buyers."""
        found = [item.shopper for item in self.different() or ()]
        book = self.ledger
        if book is not None:
            found += [charge.shopper for charge in book.charges]
        events = self.run.events()
        found += events["shopper"][events["kind"] == Kind.ORDER].tolist()
        return unique(found)

    # -- best line, coach and bets ---------------------------------------------------------------
    def _best(self, breathe: Breathe) -> Iterator[BestKnown]:
        return best_lines(self.run, breathe=breathe)

    def _best_known(self, found: BestKnown) -> None:
        if not found.settled:
            return
        self.stars = stars(found)
        # The next live with this crowd may be played beside it.
        self.desk.ask(lambda job: remember(self.run, found), tab="best")
        self.own_crowd_job = self.desk.ask(
            lambda job: own_crowd(self.tree, self.own, found.best), tab="best"
        )

    def _coach(self, breathe: Breathe) -> Iterator[Coaching]:
        made = [bet for bet in self.bets if isinstance(bet, Bet)]
        settled = [bet for bet in self.bets if isinstance(bet, Settled)]
        settled += settle_all(made, self.run)
        best = self.best.latest
        tree = BranchTree(
            self.scenario, self.run.seed, self.run.decisions, snapshot_bytes=_COACH_BYTES
        )
        try:
            yield from coachings(
                self.run, settled=settled, tree=tree, breathe=breathe,
                best=best if best is not None and best.settled else None,
            )  # fmt: skip
        finally:
            # its branches are only data; what they weighed is not needed any more
            tree.forget()

    @property
    def own_crowd(self) -> OwnCrowd | None:
        """What the best line known changes for the own crowd; None while not known."""
        return self.own_crowd_job.result if self.own_crowd_job and self.own_crowd_job.over else None

    def ask_coach(self, tick: int) -> None:
        """What the coach would have said at a tick of the own run."""
        self.hint_job = self.desk.ask(lambda job: (tick, hint(self.tree.play(self.own, tick))))

    def open_bets(self) -> None:
        """Settle the bets, unless that was done."""
        if self.bets_job is None or self.bets_job.state == "failed":
            self.bets_job = self.desk.ask(lambda job: read_bets(self.bets, self.run), tab="best")

    @property
    def bet_page(self) -> BetPage | None:
        return self.bets_job.result if self.bets_job and self.bets_job.over else None

    # -- the street ------------------------------------------------------------------------------
    def visit(self, number: int, tick: int, then) -> None:
        """Have a line brought to a tick, to be watched or played on: `then(run)`."""
        self.branching = self.desk.ask(lambda job: self.tree.play(number, tick), then)

    @property
    def trouble(self) -> StrollError | None:
        """What went wrong with keeping branches."""
        return self.shelf.problem


def unfinished(run: Any) -> Phrase | None:
    """Why a run cannot be looked back on, or None."""
    if not isinstance(run, Run):
        return Phrase("debrief.error.not_a_run")
    return None if run.phase == "finished" else Phrase("debrief.error.not_over")
