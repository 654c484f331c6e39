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
from sim.play.branch import BranchTree
from sim.play.diary import Diary, Pair
from sim.play.ghost_shelf import remember
from sim.play.run import Run
from sim.report.coach import Coaching, coachings
from sim.report.ledger import Effects, Ledger, effects_of, ledger
from sim.ui.debrief.bet_page import BetPage, read_bets
from sim.ui.debrief.changes import Changed, LineName
from sim.ui.debrief.desk import Desk, Job
from sim.ui.debrief.diaries import Diaries, unique
from sim.ui.debrief.growth import Breathe, Growers, Growth
from sim.ui.debrief.luck_page import grow_luck, grow_rivals
from sim.ui.debrief.memory import give_back
from sim.ui.debrief.own_crowd import OwnCrowd, own_crowd
from sim.ui.debrief.shelf import Shelf
from sim.ui.debrief.study_lines import Lines

__all__ = ["Changed", "LineName", "Study", "unfinished"]

_COACH_BYTES = 24_000_000  # for moments at hand in the coach's own tree
_MOST_READ = 30  # branches of an earlier sitting whose figures are read at once
_serials = itertools.count()


class Study(Lines):
    """The debrief of a finished run. bets: those made before it, unsettled."""

    def __init__(
        self, run: Run, tree: BranchTree | None = None, own: int = 0, bets: Iterable = ()
    ) -> None:
        self.serial = next(_serials)  # tells its pictures from those of another study
        self.run, self.scenario = run, run.scenario
        self.shelf = Shelf()
        hidden: set[int] = set()
        if tree is None:
            tree, hidden = self.shelf.take(run)
        self.tree = tree
        super().__init__(own, hidden)
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
    if run.scenario.campaign is not None:
        return Phrase("debrief.error.not_an_evening")
    return None if run.phase == "finished" else Phrase("debrief.error.not_over")
