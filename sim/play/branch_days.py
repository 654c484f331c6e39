"""Branch a day: a campaign lived otherwise from one morning on, for some days or to the end.

    change = DayChange("policy", "account", 12, 18)
    branch = branch_days(tree, change)                   # simulated; in the tree like any other
    apart = on_other_crowds(tree, change, seeds)         # branch less run, crowd by crowd

A policy plans each of these mornings by the state it finds; a tactic hosts their lives; or
something is left out. What the player had standing (care, traffic, a partner, the way to host) and
decided later holds again afterwards, as far as it is still possible.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any

import numpy as np

from sim.errors import DecisionError, Phrase
from sim.model import TICKS_PER_DAY
from sim.model.decisions import Decision, SetTactic
from sim.model.planning import (
    BuyTraffic,
    CareForGroup,
    PlanLive,
    PublishNote,
    Restock,
    SignPartner,
)
from sim.play.batch import Comparison
from sim.play.branch import BranchTree, figures_of
from sim.play.branch_plan import Branch, Plan, Step, is_way_to_host, sets_mix
from sim.play.campaign_figures import profit
from sim.play.living import live_day
from sim.play.luck import OWN, LuckBand, transferable
from sim.play.run import Run
from sim.scenario import AccountPolicy, Scenario

# What can be left out, and the plans that are it.
LEFT_OUT: dict[str, type] = {
    "live": PlanLive, "notes": PublishNote, "group": CareForGroup, "traffic": BuyTraffic,
    "restock": Restock,
}  # fmt: skip
_STANDING = (CareForGroup, BuyTraffic, SignPartner)


@dataclass(frozen=True)
class DayChange:
    """What is otherwise from the morning of day `first` to the night of day `last`; 1 is the first.

    kind  "policy" (name: its id), "tactic" (name: its id), or "without" (name: one of LEFT_OUT)
    """

    kind: str
    name: str
    first: int
    last: int

    @property
    def start(self) -> int:
        """The tick of the first morning."""
        return (self.first - 1) * TICKS_PER_DAY

    @property
    def stop(self) -> int:
        """The tick of the first morning after it."""
        return self.last * TICKS_PER_DAY

    def go_on(self, run: Run, plan: Plan) -> list[Step]:
        """Plays a run that stands at `start`, before the decisions of that morning, to its end.

        plan: what was decided without the change. Gives later decisions that were not possible.
        """
        if self.kind == "policy":
            self._by_policy(run, run.scenario.policies[self.name])
        else:
            follow(run, list(self._changed(run.scenario, plan)), self.stop)
        return hand_back(run, plan)

    def _by_policy(self, run: Run, policy: AccountPolicy) -> None:
        if self.first > 1:
            for decision in taken_over(policy):
                _decide(run, decision)
        while run.tick < self.stop and run.phase != "finished":
            live_day(run, policy)

    def _changed(self, scenario: Scenario, plan: Plan) -> Iterator[Step]:
        """The player's decisions of these days with the change in them."""
        inside = [step for step in plan if self.start <= step[0] < self.stop]
        if self.kind == "tactic":
            # after what is planned in the first morning, as a person would
            dawn = [step for step in inside if step[0] == self.start]
            rest = inside[len(dawn) :]
            kept = [step for step in dawn if not is_way_to_host(step[1])]
            yield from kept
            yield self.start, SetTactic(self.name)
            yield from (step for step in rest if not is_way_to_host(step[1]))
            return
        left_out = LEFT_OUT[self.name]
        if left_out in (CareForGroup, BuyTraffic):
            yield self.start, nothing_of(left_out)
        yield from (step for step in inside if not isinstance(step[1], left_out))


def nothing_of(plan: type) -> Decision:
    """The plan that ends what stands until it is planned otherwise."""
    if plan is SignPartner:
        return SignPartner("")
    return plan(0, 0)


def taken_over(policy: AccountPolicy) -> list[Decision]:
    """What a policy has standing from the first day on, for one that takes over on a later day."""
    return [
        CareForGroup(policy.group.minutes, policy.group.messages),
        BuyTraffic(round(policy.traffic.budget * 100), round(policy.traffic.bid * 100)),
        SignPartner(policy.partner or ""),
    ]


def hand_back(run: Run, plan: Plan) -> list[Step]:
    """Goes on to the end with what a plan had standing by now and decides later; gives what was not
    possible any more."""
    skipped = []
    if run.phase == "morning":
        before = [step for step in plan if step[0] < run.tick]
        for kind in _STANDING:
            held = [decision for _, decision in before if isinstance(decision, kind)]
            now = [decision for _, decision in run.decisions if isinstance(decision, kind)]
            wanted = held[-1] if held else nothing_of(kind)
            if (now[-1] if now else nothing_of(kind)) != wanted:
                skipped += _decide(run, wanted)
        ways = [decision for _, decision in before if sets_mix(decision)]
        way = ways[-1] if ways else SetTactic(run.scenario.reference)
        used = [decision for _, decision in run.decisions if sets_mix(decision)]
        if (used[-1] if used else SetTactic(run.scenario.reference)) != way:
            skipped += _decide(run, way)
    return skipped + follow(run, [step for step in plan if step[0] >= run.tick], run.end_tick)


def follow(run: Run, plan: Sequence[Step], until: int) -> list[Step]:
    """Plays a plan up to a tick; gives the decisions that were not possible, which are left out."""
    skipped: list[Step] = []
    for tick, decision in plan:
        if tick >= until:
            break
        run.advance_ticks(tick - run.tick)
        skipped += _decide(run, decision)
    run.advance_ticks(until - run.tick)
    return skipped


def _decide(run: Run, decision: Decision) -> list[Step]:
    try:
        run.decide(decision)
    except DecisionError:
        return [(run.tick, decision)]
    return []


def branch_days(tree: BranchTree, change: DayChange, name: str = "", parent: int = 0) -> Branch:
    """The change as a branch of a campaign, simulated. DecisionError for days it does not have."""
    days = tree.timeline.days
    if not 1 <= change.first <= change.last <= days or change.start >= tree.until:
        raise DecisionError(Phrase("fates.branch.no_such_day", last=days))
    plan = tree[parent].decisions
    run = tree.play(parent, change.start)
    skipped = change.go_on(run, plan)
    return tree.keep(run, parent, change.start, change.stop, tuple(skipped), name)


def on_other_crowds(
    tree: BranchTree,
    change: DayChange,
    seeds: Sequence[int],
    progress: Callable[[int, int], None] | None = None,
    parent: int = 0,
) -> np.ndarray:
    """The scenario's goal with the change less without it, on each crowd; as far as a person could
    have done the same there. KeyboardInterrupt, also from `progress`, goes through."""
    plan = transferable(tree[parent].decisions)

    def meet(seed: int, stopped: Event) -> float:
        run = Run(tree.scenario, seed)
        follow(run, [step for step in plan if step[0] < change.start], change.start)
        other = run.fork()
        if stopped.is_set():
            return float("nan")
        follow(run, [step for step in plan if step[0] >= run.tick], run.end_tick)
        if stopped.is_set():
            return float("nan")
        change.go_on(other, plan)
        return goal_of(other) - goal_of(run)

    return np.array(list(_each(meet, seeds, progress)))


def own_on_other_crowds(
    tree: BranchTree,
    seeds: Sequence[int],
    progress: Callable[[int, int], None] | None = None,
    parent: int = 0,
) -> LuckBand:
    """What the same decisions bring with other crowds, as far as they are possible there; those
    that are not are left out. KeyboardInterrupt, also from `progress`, keeps the crowds met."""
    plan = tree[parent].decisions
    usable = transferable(plan)

    def meet(seed: int, stopped: Event) -> dict[str, float]:
        run = Run(tree.scenario, seed)
        if not stopped.is_set():
            follow(run, usable, run.end_tick)
        return figures_of(run)

    met: list[dict[str, float]] = []
    with contextlib.suppress(KeyboardInterrupt):
        for figures in _each(meet, seeds, progress):
            met.append(figures)
    own = tree.figures(parent)
    others = {name: np.array([figures[name] for figures in met]) for name in own}
    met_with = list(seeds[: len(met)])
    comparison = Comparison(tree.scenario, [OWN], met_with, {OWN: others})
    left_out = len(plan) - len(usable)
    return LuckBand(own, others, len(met), len(seeds), left_out, comparison)


def _each(
    meet: Callable[[int, Event], Any],
    seeds: Sequence[int],
    progress: Callable[[int, int], None] | None,
) -> Iterator[Any]:
    """What `meet` makes of each crowd, in order, as many at a time as there are cores."""
    stopped = Event()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        try:
            for number, found in enumerate(pool.map(lambda seed: meet(seed, stopped), seeds), 1):
                yield found
                if progress is not None:
                    progress(number, len(seeds))
        except BaseException:
            stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def goal_of(run: Run) -> float:
    """The scenario's goal as a run stands; 0 where there is nothing of it."""
    goal = run.scenario.goal
    if goal == "profit":
        return profit(run.scenario, run.world.state(0), run.world.town)
    figures = run.report()
    value = figures[goal] if goal in figures else run.campaign_report()[goal]
    return float(np.nan_to_num(value, nan=0.0))
