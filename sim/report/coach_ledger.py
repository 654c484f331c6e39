"""Which act cost most by the ledger, and the change that would show what it cost.

The change is only a question put to the model: whether it is better is simulated, never assumed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.model.decisions import SetMix
from sim.report.coach_change import Change, less_of, mix_of_way
from sim.report.ledger_charge import CAUSES, Charge
from sim.report.ledger_hosting import Segment
from sim.scenario import Scenario

# What gets the time that is taken from the charged act; the others' acts where nothing is named.
_INSTEAD = {"unanswered": "answer", "waiting": "answer", "not_known": "explain"}
# For these causes the act was too long, not wrong.
_TOO_MUCH = {"unanswered", "waiting", "not_known", "boredom", "patience"}
_FEWEST = 2


@dataclass(frozen=True)
class Cost:
    """All charges of one cause and act in one stretch of the live, in time order."""

    cause: str
    act: str
    charges: tuple[Charge, ...]
    segment: int

    @property
    def fen(self) -> int:
        """Money lost."""
        return sum(charge.fen for charge in self.charges)

    def counts(self) -> list[tuple[str, int, int]]:
        """(kind, how many, fen) of each kind of loss, in the order of the ledger."""
        found = []
        for kind in CAUSES:
            mine = [charge for charge in self.charges if charge.kind == kind]
            if mine:
                found.append((kind, len(mine), sum(charge.fen for charge in mine)))
        return found


def costs_of(charges: Iterable[Charge]) -> list[Cost]:
    """What each act cost for each cause and stretch: first what cost most money, then most people.

    Only what an act caused, and at least twice.
    """
    groups: dict[tuple[str, str, int], list[Charge]] = defaultdict(list)
    for charge in charges:
        if charge.act is not None and charge.segment is not None:
            groups[charge.cause, charge.act, charge.segment].append(charge)
    costs = [
        Cost(cause, act, tuple(sorted(mine, key=lambda one: (one.tick, one.shopper))), segment)
        for (cause, act, segment), mine in groups.items()
        if len(mine) >= _FEWEST
    ]
    return sorted(
        costs,
        key=lambda cost: (-cost.fen, -len(cost.charges), cost.segment, cost.cause, cost.act),
    )


def remedy(scenario: Scenario, segments: Sequence[Segment], cost: Cost) -> Change | None:
    """The change that takes time from the charged act in its stretch.

    None when the act is all there was, or the time would go to where it came from.
    """
    segment = segments[cost.segment]
    mix = mix_of_way(scenario, segment.way)
    to = _INSTEAD.get(cost.cause)
    if to == cost.act:
        return None
    part = 0.5 if cost.cause in _TOO_MUCH else 1.0
    if cost.act not in mix:
        # it was performed by hand: the same stretch without that
        if not segment.performed:
            return None
        return Change(segment.start, segment.end, segment.way, act=cost.act, by_hand=True)
    changed = less_of(mix, cost.act, part, to)
    if not changed or changed == dict(mix):
        return None
    return Change(segment.start, segment.end, SetMix(changed), cost.act, to, part)
