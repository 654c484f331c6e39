"""Branch the moment: the same crowd again, with another choice at one tick of a played run.

    tree = BranchTree.of(run)
    branch = tree.branch(0, tick, [SetTactic("patient")])
    tree.figures(branch.number), tree.compare(0, branch.number)
    run = tree.play(branch.number, tick)        # goes on from there by playing

A branch is data: a list of decisions. What it leads to is simulated by the model itself, from a
snapshot near the tick, and a branch that changes nothing is its parent to the bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.errors import DecisionError, Phrase
from sim.model import TICKS_PER_DAY, TICKS_PER_MINUTE
from sim.model.decisions import Decision, SetTactic
from sim.play.branch_data import (
    MOST_BRANCHES,
    branches_data,
    branches_from_data,
    clean_name,
)
from sim.play.branch_plan import (
    Branch,
    Plan,
    Step,
    is_way_to_host,
    parting_tick,
    plan_of,
    sets_mix,
    shared_steps,
)
from sim.play.branch_side import Side
from sim.play.branch_snapshots import Snapshots
from sim.play.fates import Aspect, Fate, compare_fates, differences
from sim.play.run import Run
from sim.play.timeline import Timeline
from sim.scenario import Scenario

_MOST_SIDES = 3
_SNAPSHOT_TICKS = 10 * TICKS_PER_MINUTE


@dataclass(frozen=True)
class Comparison:
    """Two branches side by side: (one, other) for each figure, and whose fate differs."""

    one: Branch
    other: Branch
    figures: dict[str, tuple[float, float]]
    fates: list[Fate]


class BranchTree:
    """Branches of one run: one scenario, one crowd.

    until: the tick to which branches are simulated, the end of the last night by default.
    snapshot_bytes: how much memory moments kept at hand may take.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        decisions: Plan = (),
        *,
        until: int | None = None,
        snapshot_bytes: int = 96_000_000,
    ) -> None:
        self.scenario, self.seed = scenario, int(seed)
        self.timeline = Timeline.of(scenario)
        self.until = self.timeline.end if until is None else min(int(until), self.timeline.end)
        self._snapshots = Snapshots(snapshot_bytes)
        self._figures: dict[int, dict[str, float]] = {}
        self._digests: dict[int, str] = {}
        self._sides: dict[int, Side] = {}
        self._branches = [Branch(0, "", None, None, None, plan_of(decisions))]

    @classmethod
    def of(cls, run: Run, **options: Any) -> BranchTree:
        """The tree of a played run, with its decisions as the root; the run is not touched."""
        return cls(run.scenario, run.seed, run.decisions, **options)

    # -- branching ---------------------------------------------------------------------------
    def branch(
        self,
        parent: int,
        tick: int,
        decisions: Iterable[Decision] = (),
        *,
        later: bool = True,
        back_at: int | None = None,
        name: str = "",
        reuse: bool = False,
    ) -> Branch:
        """A branch that decides as its parent before `tick` and gives `decisions` at `tick`.

        They take the place of what the parent decided at that tick. later: whether the parent's
        later decisions follow (those that are not possible any more are skipped). back_at: the
        parent's way to host returns at this tick; until then none of its ways to host is followed,
        only what it showed and whom it answered. reuse: a branch that decides exactly so already is
        returned instead of a second one. DecisionError, with the tree unchanged, for a tick that
        is not in the run or a decision that is not possible there.
        """
        run, skipped = self._try(parent, tick, decisions, later, back_at)
        same = self.same_as(run.decisions) if reuse else None
        if same is not None:
            return same
        self._room_for_one_more()
        branch = Branch(
            len(self._branches), clean_name(name), parent, tick, back_at,
            tuple(run.decisions), skipped,
        )  # fmt: skip
        self._branches.append(branch)
        return branch

    def try_out(
        self,
        parent: int,
        tick: int,
        decisions: Iterable[Decision] = (),
        *,
        later: bool = True,
        back_at: int | None = None,
    ) -> Run:
        """What `branch` would lead to, as a run at its end, without putting it into the tree."""
        return self._try(parent, tick, decisions, later, back_at)[0]

    def _try(
        self,
        parent: int,
        tick: int,
        decisions: Iterable[Decision],
        later: bool,
        back_at: int | None,
    ) -> tuple[Run, tuple[Step, ...]]:
        before = self[parent].decisions
        if not 0 <= tick < self.until or (back_at is not None and back_at <= tick):
            raise DecisionError(Phrase("fates.branch.no_such_tick", tick=tick, last=self.until - 1))
        wished = [step for step in before if step[0] < tick]
        wished += [(tick, decision) for decision in decisions]
        must = len(wished)
        if later:
            wished += self._followed(before, tick, back_at)
        return self._play(wished, must)

    def _followed(self, plan: Plan, tick: int, back_at: int | None) -> list[Step]:
        """The parent's decisions after `tick` that a branch takes over."""
        after = [step for step in plan if step[0] > tick]
        if back_at is None:
            return after
        inside = [step for step in after if step[0] < back_at and not is_way_to_host(step[1])]
        beyond = [step for step in after if step[0] >= back_at]
        set_anew = any(at == back_at and sets_mix(decision) for at, decision in beyond)
        if set_anew or back_at >= self.timeline.live_end:
            return inside + beyond
        return [*inside, (back_at, self.way_at(plan, back_at)), *beyond]

    def way_at(self, plan: Plan, tick: int) -> Decision:
        """The tactic or mix that a plan has in force just before the decisions of a tick."""
        way: Decision = SetTactic(self.scenario.reference)
        for at, decision in plan:
            if at < tick and sets_mix(decision):
                way = decision
        return way

    def same_as(self, plan: Plan) -> Branch | None:
        """The first branch that decides exactly like this plan, or None."""
        wanted = plan_of(plan)
        return next((branch for branch in self._branches if branch.decisions == wanted), None)

    def adopt(self, run: Run, name: str = "", reuse: bool = False) -> Branch:
        """Takes a run that was played on from this tree as a branch of the one it is closest to.

        reuse: as in `branch`. ValueError when it is another scenario or crowd.
        """
        if run.scenario.hash != self.scenario.hash or run.seed != self.seed:
            raise ValueError("the run is of another scenario or crowd")
        same = self.same_as(run.decisions) if reuse else None
        if same is not None:
            return same
        self._room_for_one_more()
        plan = tuple(run.decisions)
        parent = max(self._branches, key=lambda other: shared_steps(other.decisions, plan))
        tick = parting_tick(parent.decisions, plan, min(run.tick, self.until - 1))
        played, _ = self._play(plan, len(plan))
        branch = Branch(
            len(self._branches), clean_name(name), parent.number, tick, None,
            tuple(played.decisions),
        )  # fmt: skip
        self._branches.append(branch)
        return branch

    def keep(
        self,
        run: Run,
        parent: int,
        tick: int,
        back_at: int | None,
        skipped: tuple[Step, ...] = (),
        name: str = "",
    ) -> Branch:
        """Takes a run that was simulated from this tree to its end as a branch, as it stands.

        The caller vouches that it is of this scenario and crowd and parted from `parent` at `tick`.
        """
        self._room_for_one_more()
        branch = Branch(
            len(self._branches), clean_name(name), parent, tick, back_at, tuple(run.decisions),
            skipped,
        )  # fmt: skip
        self._branches.append(branch)
        self._figures[branch.number] = figures_of(run)
        self._snapshots.keep(run)
        return branch

    def rename(self, number: int, name: str) -> Branch:
        """Gives a branch another name, cut to eighty characters."""
        self._branches[number] = replace(self[number], name=clean_name(name))
        return self._branches[number]

    def _room_for_one_more(self) -> None:
        if len(self._branches) >= MOST_BRANCHES:
            raise DecisionError(Phrase("fates.branch.too_many", most=MOST_BRANCHES))

    # -- looking -----------------------------------------------------------------------------
    def __len__(self) -> int:
        return len(self._branches)

    def __iter__(self):
        return iter(tuple(self._branches))

    def __getitem__(self, number: int) -> Branch:
        """The branch with this number; IndexError when there is none."""
        if not 0 <= number < len(self._branches):
            raise IndexError(number)
        return self._branches[number]

    def children(self, number: int) -> list[Branch]:
        """The branches that left this one, oldest first."""
        return [branch for branch in self._branches if branch.parent == number]

    def run(self, number: int) -> Run:
        """The whole branch as a run that stands at its end; a copy."""
        plan = self[number].decisions
        run = self._to(plan, self.until)
        if number not in self._figures:
            self._figures[number] = figures_of(run)
        return run

    def figures(self, number: int) -> dict[str, float]:
        """The figures of a branch, in the order of METRICS, then those of weeks if it has them."""
        if number not in self._figures:
            self.run(number)
        return dict(self._figures[number])

    def digest(self, number: int) -> str:
        """Fingerprint of the state at the end of a branch; equal only for equal worlds."""
        if number not in self._digests:
            self._digests[number] = self.run(number).digest()
        return self._digests[number]

    def play(self, number: int, tick: int) -> Run:
        """The branch as a run that stands at `tick`, before the decisions of that tick."""
        if not 0 <= tick <= self.until:
            raise DecisionError(Phrase("fates.branch.no_such_tick", tick=tick, last=self.until))
        plan = [step for step in self[number].decisions if step[0] < tick]
        return self._to(plan, tick)

    def changed(self, one: int, other: int) -> list[tuple[int, Aspect, int, Any, Any]]:
        """Exactly the fates that differ between two branches, without their reasons.

        (shopper, aspect, product, in the one, in the other); ready much sooner than `compare`.
        """
        return differences(self.run(one), self.run(other))

    def compare(self, one: int, other: int) -> Comparison:
        """Two branches side by side, with exactly the shoppers whose fate differs, and why."""
        figures = self.figures(other)
        pairs = {name: (value, figures[name]) for name, value in self.figures(one).items()}
        runs = self.run(one), self.run(other)
        if not differences(*runs):
            return Comparison(self[one], self[other], pairs, [])
        parted = parting_tick(self[one].decisions, self[other].decisions, self.until)
        shared = [step for step in self[one].decisions if step[0] < parted]
        start = self._to(shared, parted)
        sides = self._side(one, parted, None), self._side(other, parted, start)
        fates = compare_fates(*runs, sides=sides)
        return Comparison(self[one], self[other], pairs, fates)

    def side(self, number: int) -> Side:
        """A branch as it was watched from the opening of the street: diaries and ledgers need it.

        The last few are kept.
        """
        return self._side(number, 0, None)

    def forget(self) -> None:
        """Lets go of all that can be simulated again: moments at hand and what witnesses saw."""
        self._snapshots = Snapshots(self._snapshots.most_bytes)
        self._sides.clear()

    def _side(self, number: int, since: int, start: Run | None) -> Side:
        """A branch as it was watched, from a tick on; the last few are kept."""
        side = self._sides.pop(number, None)
        if side is None or side.since > since:
            side = Side(self.run(number), start=start)
        self._sides[number] = side
        while len(self._sides) > _MOST_SIDES:
            del self._sides[next(iter(self._sides))]
        return side.later(since)

    # -- simulating --------------------------------------------------------------------------
    def _play(self, wished: Sequence[Step], must: int) -> tuple[Run, tuple[Step, ...]]:
        """Plays to the end; the first `must` decisions have to be possible, later ones need not.

        Returns the run and the decisions skipped.
        """
        run = self._start(wished, self.until)
        skipped: list[Step] = []
        number = len(run.decisions)
        for place, (tick, decision) in enumerate(wished[number:], start=number):
            self._advance(run, tick)
            try:
                run.decide(decision)
            except DecisionError:
                if place < must:
                    raise
                skipped.append((tick, decision))
        self._advance(run, self.until)
        self._snapshots.keep(run)
        return run, tuple(skipped)

    def _to(self, plan: Plan, until: int) -> Run:
        """A run that has played a plan and stands at `until`."""
        run = self._start(plan, until)
        for tick, decision in plan[len(run.decisions) :]:
            self._advance(run, tick)
            run.decide(decision)
        self._advance(run, until)
        if run.tick >= self.until:
            self._snapshots.keep(run)
        return run

    def _start(self, plan: Plan, until: int) -> Run:
        return self._snapshots.nearest(plan, until) or Run(self.scenario, self.seed)

    def _advance(self, run: Run, until: int) -> None:
        if self.timeline.days > 1:
            self._advance_days(run, until)
            return
        while run.tick < min(until, self.timeline.live_end):
            run.advance_ticks(min(until, _next_mark(run.tick)) - run.tick)
            if run.tick % _SNAPSHOT_TICKS == 0:
                self._snapshots.keep(run)
        run.advance_ticks(until - run.tick)

    def _advance_days(self, run: Run, until: int) -> None:
        """Keeps every morning, since that is where days part."""
        while run.tick < until:
            morning = (run.tick // TICKS_PER_DAY + 1) * TICKS_PER_DAY
            run.advance_ticks(min(until, morning) - run.tick)
            if self.timeline.is_morning(run.tick):
                self._snapshots.keep(run)

    # -- data --------------------------------------------------------------------------------
    def to_data(self) -> dict[str, Any]:
        """Plain JSON-able data that `from_data` reads back: decisions only, nothing simulated."""
        return branches_data(self.scenario, self.seed, self.until, self._branches)

    @classmethod
    def from_data(cls, scenario: Scenario, data: Any, **options: Any) -> BranchTree:
        """Reads untrusted data of this scenario. JournalError, or DecisionError where a decision
        is not one; whether each is possible shows when its branch is simulated."""
        seed, until, branches = branches_from_data(scenario, data)
        tree = cls(scenario, seed, branches[0].decisions, until=until, **options)
        tree._branches = branches
        return tree


def figures_of(run: Run) -> dict[str, float]:
    """The figures of a run as it stands, those of weeks included."""
    if run.scenario.campaign is None:
        return run.report()
    return {**run.report(), **run.campaign_report()}


def _next_mark(tick: int) -> int:
    return (tick // _SNAPSHOT_TICKS + 1) * _SNAPSHOT_TICKS
