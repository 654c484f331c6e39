"""Lines: all decisions of a live, as values that can be cut, joined and swapped.

A line is a tuple of (tick, decision) in time order. What a host spends the minute on is set by
SetTactic and SetMix; the search changes those and leaves a line's other decisions where they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from sim.model.decisions import Decision, SetMix, SetTactic
from sim.play.luck import transferable

Line = tuple[tuple[int, Decision], ...]


def line_of(plan: Iterable[tuple[int, Decision]], reference: str) -> Line:
    """The plan as a line: in time order, without what changes nothing.

    reference: the tactic a live begins with. Two plans that do the same give equal lines. Decisions
    that name a person are left out (see sim.play.luck.transferable).
    """
    steps = sorted(transferable(list(plan)), key=lambda step: step[0])
    kept: list[tuple[int, Decision]] = []
    active: Decision = SetTactic(reference)
    for number, (tick, decision) in enumerate(steps):
        if isinstance(decision, SetTactic | SetMix):
            overruled = any(
                later == tick and isinstance(what, SetTactic | SetMix)
                for later, what in steps[number + 1 :]
            )
            if overruled or decision == active:
                continue
            active = decision
        kept.append((tick, decision))
    return tuple(kept)


def spent_at(line: Line, tick: int, reference: str) -> Decision:
    """What sets the minute just after tick `tick`: a SetTactic or SetMix."""
    active: Decision = SetTactic(reference)
    for when, decision in line:
        if when > tick:
            break
        if isinstance(decision, SetTactic | SetMix):
            active = decision
    return active


def swapped(line: Line, start: int, stop: int | None, tactic: str, reference: str) -> Line:
    """The line with one tactic from tick `start` up to `stop` (None: to the end)."""
    kept = [
        (tick, decision)
        for tick, decision in line
        if not isinstance(decision, SetTactic | SetMix)
        or tick < start
        or (stop is not None and tick >= stop)
    ]
    kept.append((start, SetTactic(tactic)))
    if stop is not None:
        # what is set at `stop` itself stands behind this and overrules it
        kept.insert(0, (stop, spent_at(line, stop, reference)))
    return line_of(kept, reference)


def joined(first: Line, tick: int, rest: Line, reference: str) -> Line:
    """`first` before tick `tick`, `rest` from there on."""
    kept = [step for step in first if step[0] < tick]
    kept.append((tick, spent_at(rest, tick, reference)))
    kept += [step for step in rest if step[0] >= tick]
    return line_of(kept, reference)


def parts_at(one: Line, other: Line) -> int | None:
    """The tick at which two lines first differ; None when they never do."""
    for (when, decision), (later, another) in zip(one, other, strict=False):
        if (when, decision) != (later, another):
            return min(when, later)
    if len(one) == len(other):
        return None
    longer = one if len(one) > len(other) else other
    return longer[min(len(one), len(other))][0]
