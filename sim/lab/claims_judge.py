"""The verdict on one claim: what was asked of it, what came out, and whether that is certain.

A claim holds on a crowd when its first way has more of the figure than the second; where it only
claims a part of as much (`times` below 1), when it has more than that part. It asks two things:
that it holds on so large a share of crowds, and that over all crowds together the first way has so
many times as much. A claim that two ways are alike asks one: that their means lie no further apart
than the claimed share of the second. A crowd on which a figure is undefined does not count as one
on which a claim held.

    proven    all that is asked came out, and crowds in general are as these with 95% confidence
    held      it came out, but so few crowds, or so close a result, do not prove it
    missed    it did not come out on these crowds, but others might turn that round
    refuted   it did not come out, and would not on crowds in general, with 95% confidence

The share of all crowds is known to Wilson's interval, a mean to the test of sim.play.luck, which
needs six crowds to say anything.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.play.luck import tie
from sim.scenario.claims import Claim

PROVEN, HELD, MISSED, REFUTED = "proven", "held", "missed", "refuted"
VERDICTS = (PROVEN, HELD, MISSED, REFUTED)
# As many as a claim may ask for; what takes more is called out of reach.
MOST_CROWDS = 2000

_Z = 1.959963984540054  # of the middle 95%
_FEWEST = 6

Band = tuple[float, float, float]


@dataclass(frozen=True)
class Judged:
    """One claim after both its ways were played.

    number     its place in the file, from 1
    crowds     on how many it was judged; held: on how many of them it held
    low, high  where the share of all crowds lies on which it holds, with 95% confidence
    of, than   (mean, low, high) of the two ways; the band is the middle 90% of crowds
    ratio      the first mean over the second; nan where that says nothing
    share_met  whether it held on the share of these crowds that is asked
    size_met   whether it was, over these crowds together, as much as is asked
    enough     of one that held, about how many crowds would prove it; None when it is out of reach
    verdict    one of VERDICTS; None while no crowd was met
    """

    number: int
    claim: Claim
    crowds: int
    held: int
    low: float
    high: float
    of: Band
    than: Band
    ratio: float
    share_met: bool
    size_met: bool
    enough: int | None
    verdict: str | None


def judge(
    number: int, claim: Claim, values: tuple[np.ndarray, np.ndarray], bands: tuple[Band, Band]
) -> Judged:
    """The verdict from the figures of both ways, crowd by crowd, and their means with bands."""
    met = len(values[0])
    of, than = bands[0][0], bands[1][0]
    ratio = of / than if than > 0 else math.nan
    if met == 0:
        return Judged(number, claim, 0, 0, 0.0, 1.0, *bands, ratio, False, False, None, None)
    pairs = zip(values[0].tolist(), values[1].tolist(), strict=True)
    held = sum(holds(claim, one, other) for one, other in pairs)
    low, high = wilson(held, met)
    share_met = claim.alike is not None or held / met >= claim.share
    size_met = _as_much(claim, of, than)
    margins = _margins(claim, values, than)
    tests = [tie(margin) for margin in margins]
    enough = None
    if share_met and size_met:
        certain = claim.alike is not None or low >= claim.share
        verdict = PROVEN if certain and all(test.low >= 0 for test in tests) else HELD
        enough = _enough(claim, held, met, margins) if verdict == HELD else None
    else:
        hopeless = claim.alike is None and high < claim.share
        verdict = REFUTED if hopeless or any(test.high < 0 for test in tests) else MISSED
    return Judged(
        number, claim, met, held, low, high, *bands, ratio, share_met, size_met, enough, verdict
    )


def holds(claim: Claim, of: float, than: float) -> bool:
    """Whether a claim holds for two figures of one crowd."""
    if claim.alike is not None:
        return abs(of - than) <= claim.alike * abs(than)
    return of > min(1.0, claim.times) * than


def came_out(claim: Claim, share: float, of: float, than: float) -> bool:
    """Whether these crowds show what is asked: `share` on which it held, and the two means."""
    return (claim.alike is not None or share >= claim.share) and _as_much(claim, of, than)


def _as_much(claim: Claim, of: float, than: float) -> bool:
    if claim.alike is not None:
        return holds(claim, of, than)
    # of a loss there is no so-many-fold; then more is enough
    return of >= claim.times * than if than > 0 else of > than


def _margins(claim: Claim, values: tuple[np.ndarray, np.ndarray], mean: float) -> list[np.ndarray]:
    """By how much each crowd has more than is asked; of two alike, on either side."""
    of, than = values
    if claim.alike is not None:
        room = claim.alike * np.abs(than)
        return [room + (of - than), room - (of - than)]
    return [of - claim.times * than if mean > 0 else of - than]


def _enough(claim: Claim, held: int, met: int, margins: list[np.ndarray]) -> int | None:
    """About how many crowds prove a claim when all go on like those that were met."""
    needed = max(_FEWEST, met + 1)
    for margin in margins:
        known = margin[~np.isnan(margin)]
        mean = float(known.mean()) if len(known) else 0.0
        if mean <= 0:
            return None
        spread = float(known.std(ddof=1)) if len(known) > 1 else 0.0
        needed = max(needed, math.ceil((_Z * spread / mean) ** 2))
    while needed <= MOST_CROWDS:
        if claim.alike is not None or wilson(held * needed // met, needed)[0] >= claim.share:
            return needed
        needed += 1
    return None


def wilson(held: int, crowds: int) -> tuple[float, float]:
    """The share behind `held` of `crowds`: Wilson's interval, 95%."""
    share, square = held / crowds, _Z * _Z
    middle = (share + square / (2 * crowds)) / (1 + square / crowds)
    apart = share * (1 - share) / crowds + square / (4 * crowds * crowds)
    apart = _Z * math.sqrt(apart) / (1 + square / crowds)
    low = middle - apart if held > 0 else 0.0
    return low, middle + apart if held < crowds else 1.0
