"""What each stretch of the live changed: the same crowd met by the reference tactic instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sim.errors import Phrase
from sim.model.decisions import SetTactic
from sim.play.branch import BranchTree
from sim.play.branch_plan import is_way_to_host
from sim.play.branch_words import Clause, yuan
from sim.play.fates import Aspect, differences
from sim.play.run import Run
from sim.report.ledger_hosting import Segment, kept_at, segments_of

# The figures that effects are told in: net sales and gross in yuan, the others are counts.
COUNTED: tuple[str, ...] = (
    "net_sales", "gmv", "orders", "returns", "followers", "unfollowed",
)  # fmt: skip
_FATES = (Aspect.BOUGHT, Aspect.KEPT, Aspect.FOLLOWED)
_PENNY = 0.005
# Which fates move which figure.
_MOVED_BY: dict[str, tuple[Aspect, ...]] = {
    "net_sales": (Aspect.BOUGHT, Aspect.KEPT),
    "gmv": (Aspect.BOUGHT,),
    "orders": (Aspect.BOUGHT,),
    "returns": (Aspect.BOUGHT, Aspect.KEPT),
    "followers": (Aspect.FOLLOWED,),
    "unfollowed": (Aspect.FOLLOWED,),
}

# (shopper, aspect, product) of a fate that counts in money or followers.
FateKey = tuple[int, str, int]


@dataclass(frozen=True)
class SegmentEffect:
    """What one stretch changed: the run less the run with that stretch hosted by the reference.

    figures: COUNTED. fates: whose buying, keeping or following differs.
    """

    segment: Segment
    figures: dict[str, float]
    fates: frozenset[FateKey]
    basis: str = "counterfactual"


@dataclass(frozen=True)
class Effects:
    """Effects of all stretches, of the whole live, and what is between them.

    whole        the run less the run hosted by the reference throughout
    interaction  whole less the sum of the stretches, for each of COUNTED
    twice        fates that more than one stretch changes: either alone would have saved them, or
                 each had its part, and the sum counts them more than once
    together     fates that only all stretches together change
    undone       fates that one stretch changes and another changes back
    kept         how many decisions on goods and questions stay as they were in every comparison
    """

    reference: str
    segments: tuple[SegmentEffect, ...]
    whole: dict[str, float]
    whole_fates: frozenset[FateKey]
    title: Any = field(default=None, compare=False)
    basis: str = "counterfactual"
    kept: int = 0

    @property
    def interaction(self) -> dict[str, float]:
        """What the stretches' effects lack to the whole."""
        return {
            name: self.whole[name] - sum(effect.figures[name] for effect in self.segments)
            for name in COUNTED
        }

    def _times(self) -> dict[FateKey, int]:
        times: dict[FateKey, int] = {}
        for effect in self.segments:
            for key in effect.fates:
                times[key] = times.get(key, 0) + 1
        return times

    @property
    def twice(self) -> frozenset[FateKey]:
        """Fates that more than one stretch changes."""
        return frozenset(key for key, count in self._times().items() if count > 1)

    @property
    def together(self) -> frozenset[FateKey]:
        """Fates that only all stretches together change."""
        return self.whole_fates - frozenset(self._times())

    @property
    def undone(self) -> frozenset[FateKey]:
        """Fates that single stretches change and the whole does not."""
        return frozenset(self._times()) - self.whole_fates

    def explanation(self, figure: str = "net_sales") -> list[Clause]:
        """Sentences that say how far the sum is from the whole, and through whom."""
        total = sum(effect.figures[figure] for effect in self.segments)
        values = {
            "figure": Phrase(f"metrics.{figure}.name"),
            "whole": _amount(figure, self.whole[figure]),
            "sum": _amount(figure, total),
            "difference": _amount(figure, self.interaction[figure]),
            "reference": self.title if self.title is not None else self.reference,
        }
        if abs(self.interaction[figure]) < _PENNY:
            return [Clause("ledger.sum.adds_up", values)]
        told = [Clause("ledger.sum.differs", values)]
        for name in ("twice", "together", "undone"):
            moving = _MOVED_BY[figure]
            shoppers = {key[0] for key in getattr(self, name) if key[1] in moving}
            if shoppers:
                told.append(Clause(f"ledger.sum.{name}", {"count": len(shoppers)}))
        if len(told) == 1:
            told.append(Clause("ledger.sum.amounts", {}))
        return told

    def beside_the_tactic(self) -> Clause | None:
        """Why the whole is not the gap between the run and the tactic hosting all by itself.

        None when nothing but ways to host was decided, so that the two are one and the same.
        """
        if not self.kept:
            return None
        title = self.title if self.title is not None else self.reference
        return Clause("ledger.sum.beside", {"count": self.kept, "reference": title})

    def to_data(self) -> dict[str, Any]:
        """Plain JSON-able data."""
        return {
            "basis": self.basis,
            "reference": self.reference,
            "segments": [
                {
                    "number": effect.segment.number, "start": effect.segment.start,
                    "end": effect.segment.end, "tactic": effect.segment.tactic,
                    "figures": effect.figures, "shoppers": _shoppers(effect.fates),
                }
                for effect in self.segments
            ],
            "whole": self.whole,
            "interaction": self.interaction,
            "twice": _shoppers(self.twice),
            "together": _shoppers(self.together),
            "undone": _shoppers(self.undone),
        }  # fmt: skip


def _shoppers(fates: frozenset[FateKey]) -> list[int]:
    return sorted({key[0] for key in fates})


def _amount(figure: str, value: float) -> str:
    if figure in ("net_sales", "gmv"):
        return yuan(round(value * 100))
    return f"{value:+.0f}" if abs(value) >= 0.5 else "0"


def effects_of(
    tree: BranchTree,
    number: int = 0,
    *,
    reference: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Effects:
    """Effects of every stretch of a branch, on the same crowd.

    Each stretch, with the single acts performed in it, is hosted by the reference tactic (the
    scenario's own by default) instead; what was shown and who was answered first stays.
    progress(done, total) counts simulated lives.
    """
    tactic = tree.scenario.reference if reference is None else reference
    plan, played = tree[number].decisions, tree.run(number)
    segments = segments_of(tree.scenario, plan, tree.until)
    changed = [segment for segment in segments if not segment.is_only(tactic)]
    steps = _Steps(progress, len(changed) + 1)
    effects = []
    for segment in segments:
        if segment.is_only(tactic):
            effects.append(SegmentEffect(segment, dict.fromkeys(COUNTED, 0.0), frozenset()))
            continue
        other = _instead(tree, number, segment.start, segment.end, tactic)
        effects.append(SegmentEffect(segment, *_less(played, other)))
        steps.done()
    start, end = tree.timeline.live_start, tree.timeline.live_end
    if not changed:
        whole: tuple[dict[str, float], frozenset[FateKey]] = (
            dict.fromkeys(COUNTED, 0.0), frozenset(),
        )  # fmt: skip
    elif len(changed) == 1:
        only = next(effect for effect in effects if effect.segment is changed[0])
        whole = (dict(only.figures), only.fates)
    else:
        whole = _less(played, _instead(tree, number, start, end, tactic))
    steps.done()
    title = tree.scenario.tactics[tactic].title
    kept = sum(not is_way_to_host(decision) for _, decision in plan)
    return Effects(tactic, tuple(effects), *whole, title, kept=kept)


class _Steps:
    """Tells how far the work is."""

    def __init__(self, progress: Callable[[int, int], None] | None, total: int) -> None:
        self._progress, self._total, self._count = progress, total, 0

    def done(self) -> None:
        self._count += 1
        if self._progress is not None:
            self._progress(self._count, self._total)


def _instead(tree: BranchTree, number: int, start: int, end: int, tactic: str) -> Run:
    """The branch with a stretch hosted by a tactic."""
    decisions = [SetTactic(tactic), *kept_at(tree[number].decisions, start)]
    return tree.try_out(number, start, decisions, back_at=end)


def _less(played: Run, other: Run) -> tuple[dict[str, float], frozenset[FateKey]]:
    here, there = played.report(), other.report()
    return {name: here[name] - there[name] for name in COUNTED}, frozenset(_fates(played, other))


def _fates(played: Run, other: Run) -> Iterator[FateKey]:
    for shopper, aspect, product, _, _ in differences(played, other):
        if aspect in _FATES:
            yield shopper, aspect.value, product
