"""What the evening cost, and which minute, act and tactic it is charged to: on two bases.

    book = ledger(side)                     by rule: one charge for each thing lost
    effects = effects_of(tree)              by counterfactual: each stretch hosted by the reference

By rule says what the model knows about one loss: the pressure felt at an order, a mark-up found
out, a question nobody answered. By counterfactual says what a whole stretch changed, all included,
also what it won. The two answer different questions and need not agree, and effects of stretches
need not add up: `Effects.interaction` says by how much and through whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sim.play.branch_side import Side
from sim.report.ledger_charge import CAUSES, CAUSES_OF_WEEKS, Charge
from sim.report.ledger_effects import COUNTED, Effects, SegmentEffect, effects_of
from sim.report.ledger_hosting import Segment, segments_of
from sim.report.ledger_rules import Book
from sim.report.ledger_weeks import lost_members

__all__ = [
    "CAUSES", "CAUSES_OF_WEEKS", "COUNTED", "Charge", "Effects", "Ledger", "Segment",
    "SegmentEffect", "Sum", "effects_of", "ledger", "segments_of",
]  # fmt: skip

_GROUPS = ("kind", "cause", "act", "tactic", "minute", "segment", "shopper")


@dataclass(frozen=True)
class Sum:
    """How many losses, and how much money."""

    count: int
    fen: int


@dataclass(frozen=True)
class Ledger:
    """All charges of a run by rule, by kind and then by time."""

    charges: tuple[Charge, ...]

    def of(self, kind: str) -> list[Charge]:
        """The charges of one kind."""
        return [charge for charge in self.charges if charge.kind == kind]

    def by(self, group: str, kind: str | None = None) -> dict[Any, Sum]:
        """Sums by "kind", "cause", "act", "tactic", "minute", "segment" or "shopper"."""
        if group not in _GROUPS:
            raise KeyError(group)
        counts: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
        for charge in self.charges if kind is None else self.of(kind):
            entry = counts[getattr(charge, group)]
            entry[0] += charge.count
            entry[1] += charge.fen
        return {key: Sum(*entry) for key, entry in counts.items()}

    def to_data(self) -> list[dict[str, Any]]:
        """Plain JSON-able data."""
        return [charge.to_data() for charge in self.charges]


def ledger(side: Side) -> Ledger:
    """Charges every return, lost follower, missed sale and resentful shopper of a watched run, and
    of a campaign every member who left the group.

    ValueError when the run was not watched from the opening of the street.
    """
    if side.since > 0:
        raise ValueError("a ledger needs a run watched from the opening of the street")
    book = Book(side)
    returns = _in_time(book.returns())
    return Ledger(
        (
            *returns,
            *_in_time(book.lost_followers(returns)),
            *_in_time(lost_members(book)),
            *_in_time(book.missed_sales()),
            *_in_time(book.resentment()),
        )
    )


def _in_time(charges: Iterable[Charge]) -> list[Charge]:
    return sorted(charges, key=lambda charge: (charge.tick, charge.shopper, charge.product))
