"""How well somebody's confidence fits what comes, over the bets of many runs."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim import wording
from sim.play.bets import IntervalBet, ProbabilityBet, Settled

_BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_Z = 1.6449  # both ends of the middle 90% of a normal
_FEWEST = 8


@dataclass(frozen=True)
class Group:
    """Bets of about the same confidence. low, high: the 90% of shares that fit `right` of them.

    `low` and `high` are Wilson's interval for the share that came.
    """

    confidence: float
    count: int
    right: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that came as called."""
        return self.right / self.count


@dataclass(frozen=True)
class Calibration:
    """Probabilities and intervals, grouped by how sure the player was; the mean skill of all,
    without a floor, so that over many runs nothing does better than saying what one believes.

    probabilities  groups by the chance given to the likelier side: 50-60%, 60-70% ... 90-100%
    intervals      groups by the confidence of the interval
    verdict        "too_sure", "too_careful", "fitting", or "too_few"
    """

    probabilities: tuple[Group, ...]
    intervals: tuple[Group, ...]
    skill: float
    count: int
    verdict: str

    def text(self, language: str) -> str:
        """One sentence about the player's confidence."""
        return wording.text(f"bets.calibration.{self.verdict}", language, count=self.count)


def calibration(settled: Iterable[Settled]) -> Calibration:
    """Groups settled bets; void ones do not count, nor do chances of exactly one half."""
    scored = [item for item in settled if not item.void]
    chances: list[tuple[float, float]] = []
    ranges: list[tuple[float, float]] = []
    for item in scored:
        if isinstance(item.bet, ProbabilityBet) and item.bet.probability != 0.5:
            # two equal tactics are half a hit
            chances.append((item.bet.confidence, 0.5 if item.hit is None else float(item.hit)))
        elif isinstance(item.bet, IntervalBet):
            ranges.append((item.bet.confidence, float(bool(item.hit))))
    probabilities = []
    for low, high in itertools.pairwise(_BINS):
        last = high == _BINS[-1]
        inside = [pair for pair in chances if low <= pair[0] < high or (last and pair[0] == high)]
        probabilities += _group(inside)
    intervals = []
    for confidence in sorted({pair[0] for pair in ranges}):
        intervals += _group([pair for pair in ranges if pair[0] == confidence])
    skills = [item.skill_without_floor for item in scored]
    return Calibration(
        probabilities=tuple(probabilities),
        intervals=tuple(intervals),
        skill=sum(skills) / len(skills) if skills else math.nan,
        count=len(chances) + len(ranges),
        verdict=_verdict(chances + ranges),
    )


def _group(pairs: Sequence[tuple[float, float]]) -> list[Group]:
    if not pairs:
        return []
    count, right = len(pairs), sum(came for _, came in pairs)
    low, high = _wilson(right, count)
    return [Group(math.fsum(sure for sure, _ in pairs) / count, count, right, low, high)]


def _wilson(right: float, count: int) -> tuple[float, float]:
    share, z2 = right / count, _Z * _Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    reach = _Z * math.sqrt(share * (1 - share) / count + z2 / (4 * count * count))
    reach /= 1 + z2 / count
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _verdict(pairs: Sequence[tuple[float, float]]) -> str:
    if len(pairs) < _FEWEST:
        return "too_few"
    expected = sum(sure for sure, _ in pairs)
    spread = math.sqrt(sum(sure * (1.0 - sure) for sure, _ in pairs))
    came = sum(right for _, right in pairs)
    # half a hit of slack, since hits are whole
    if came < expected - _Z * spread - 0.5:
        return "too_sure"
    if came > expected + _Z * spread + 0.5:
        return "too_careful"
    return "fitting"
