"""What a line of play is: its decisions, and how two of them part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.model.decisions import Decision, Perform, SetMix, SetTactic

Step = tuple[int, Decision]
Plan = Sequence[Step]


@dataclass(frozen=True)
class Branch:
    """One line of play.

    number      its place in the tree; 0 is the run as it was played
    name        what its maker calls it; may be empty
    parent      number of the branch it left, None for the root
    tick        where it left its parent, None for the root
    back_at     tick from which it hosts like its parent again, None when it never does
    decisions   all of its decisions with their ticks, as they were given
    skipped     later decisions of its parent that were not possible here
    """

    number: int
    name: str
    parent: int | None
    tick: int | None
    back_at: int | None
    decisions: tuple[Step, ...]
    skipped: tuple[Step, ...] = ()


def is_way_to_host(decision: Decision) -> bool:
    """Whether a decision says how the minute is spent, rather than on what or whom."""
    return isinstance(decision, SetTactic | SetMix | Perform)


def sets_mix(decision: Decision) -> bool:
    """Whether a decision stays in force until another one like it."""
    return isinstance(decision, SetTactic | SetMix)


def plan_of(decisions: Plan) -> tuple[Step, ...]:
    """Decisions as a tuple of (tick, decision)."""
    return tuple((int(tick), decision) for tick, decision in decisions)


def shared_steps(one: Sequence[Step], other: Sequence[Step]) -> int:
    """How many first decisions two plans share."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def parting_tick(one: Sequence[Step], other: Sequence[Step], otherwise: int) -> int:
    """The tick of the first decision that two plans do not share; `otherwise` if they are equal."""
    shared = shared_steps(one, other)
    ticks = [plan[shared][0] for plan in (one, other) if shared < len(plan)]
    return min(ticks, default=otherwise)
