"""How much of a result was luck: the same decisions met by other crowds.

    band = luck_band(run)                # 200 other crowds; KeyboardInterrupt keeps those done
    band.of("net_sales")                 # mean, low, high: the middle 90% of crowds
    band.percentile("net_sales")         # share of crowds that brought less than this one
    tie(comparison.paired("net_sales", "patient", "rushed")).kind      # "higher", "lower", "tie"

A window that must not wait takes `growing_bands`, whose bands it may show while they get narrower,
and stops by not asking for the next.

Two results are told apart by a paired test with signs flipped at random. Take the difference on
each crowd. If neither way is better, each difference could as well have had the other sign; so
flip them many times and count how often chance alone gives a mean as far from zero. Below 5% the
difference is called clear, else it is a tie; ways that do not differ are therefore called clear in
at most about 5% of comparisons. Up to 13 crowds all flips are tried; above, 9,999 fixed ones.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sim import wording
from sim.model.decisions import AnswerShopper, SetTactic
from sim.play.batch import Comparison, Plan, compare_plans
from sim.play.figures import METRICS

if TYPE_CHECKING:
    from sim.play.run import Run
    from sim.scenario import Scenario

CROWDS = 200
OWN = "own"  # the name of the player's own plan in comparisons made here
# Of these figures less is better; of all others more.
LOWER_IS_BETTER = frozenset({"returns", "return_rate", "unfollowed"})
LEVEL = 0.05  # the share of comparisons of equals that may be called clear

_FEWEST = 6  # with fewer crowds no outcome is unlikelier than LEVEL
_EXACT = 13
_FLIPS = 9999
_NORMAL_FROM = 500  # so many crowds make the mean normal, and the table of flips large
_FLIPS_SEED = 20240723
_LARGEST_SEED = 10**12  # a seed that can be typed into `run --seed`
_CHUNK = 10


def other_crowds(count: int, purpose: str = "luck", besides: Iterable[int] = ()) -> list[int]:
    """Seeds of `count` crowds: always the same for a purpose, none of them in `besides`."""
    taken = set(besides)
    seeds: list[int] = []
    number = 0
    while len(seeds) < count:
        digest = hashlib.blake2b(f"{purpose}:{number}".encode(), digest_size=8).digest()
        seed = int.from_bytes(digest, "big") % _LARGEST_SEED
        number += 1
        if seed not in taken:
            taken.add(seed)
            seeds.append(seed)
    return seeds


def transferable(plan: Plan) -> list[tuple[int, object]]:
    """The decisions that mean something to another crowd.

    A question put first by hand is that of one person, who is somebody else in another crowd.
    """
    return [(tick, what) for tick, what in plan if not isinstance(what, AnswerShopper)]


def tactic_plans(scenario: Scenario, tactics: Iterable[str]) -> dict[str, Plan]:
    """Each tactic kept through the whole live, by its id."""
    return {name: [(0, SetTactic(name))] for name in tactics}


def growing_comparison(
    scenario: Scenario, plans: Mapping[str, Plan], seeds: Sequence[int], chunk: int = _CHUNK
) -> Iterator[Comparison]:
    """`compare_plans` a few crowds at a time: each comparison holds all crowds met so far.

    KeyboardInterrupt while it works ends it with what was done, marked as interrupted.
    """
    whole: Comparison | None = None
    usable = {name: transferable(plan) for name, plan in plans.items()}
    for first in range(0, len(seeds), chunk):
        part = compare_plans(scenario, usable, seeds[first : first + chunk])
        whole = part if whole is None else _joined(whole, part)
        yield whole
        if part.interrupted:
            return


def _joined(one: Comparison, other: Comparison) -> Comparison:
    if not other.seeds:
        values = one.values
    else:
        values = {
            name: {
                metric: np.concatenate([known, other.values[name][metric]])
                for metric, known in metrics.items()
            }
            for name, metrics in one.values.items()
        }
    return Comparison(one.scenario, one.tactics, one.seeds + other.seeds, values, other.interrupted)


@dataclass(frozen=True)
class LuckBand:
    """What the same decisions brought with other crowds, beside what they brought with this one.

    own       the figures of the run itself
    others    metric -> array over the crowds met so far
    crowds    how many those are; wanted: how many there shall be
    left_out  how many decisions could not be repeated, because they named one person
    """

    own: Mapping[str, float]
    others: Mapping[str, np.ndarray]
    crowds: int
    wanted: int
    left_out: int = 0
    comparison: Comparison | None = field(default=None, repr=False, compare=False)

    def of(self, metric: str) -> tuple[float, float, float]:
        """(mean, low, high) over crowds; low to high is the middle 90%. nan where undefined."""
        if self.comparison is None or not self.crowds:
            return math.nan, math.nan, math.nan
        return self.comparison.band(OWN, metric)

    def percentile(self, metric: str) -> float:
        """Share of other crowds that brought less, equals counted half; nan where undefined."""
        known = self.others[metric][~np.isnan(self.others[metric])]
        value = self.own.get(metric, math.nan)
        if not len(known) or math.isnan(value):
            return math.nan
        return float(((known < value).sum() + 0.5 * (known == value).sum()) / len(known))

    def inside(self, metric: str) -> bool | None:
        """Whether this run lies within the band; None where there is none."""
        _, low, high = self.of(metric)
        value = self.own.get(metric, math.nan)
        if math.isnan(low) or math.isnan(value):
            return None
        return low <= value <= high

    def fortune(self, metric: str) -> tuple[str, int] | None:
        """("lucky", "usual" or "unlucky", per cent of crowds that did worse); None where undefined.

        Worse is less, but more where less is better.
        """
        share = self.percentile(metric)
        if math.isnan(share):
            return None
        worse = 1.0 - share if metric in LOWER_IS_BETTER else share
        kind = "usual" if 0.25 <= worse <= 0.75 else "lucky" if worse > 0.75 else "unlucky"
        # nobody is told to have beaten 100% of something that was only sampled
        return kind, min(99, max(1, round(100 * worse)))

    def text(self, metric: str, language: str) -> str:
        """One sentence about how lucky this crowd was."""
        fortune = self.fortune(metric)
        if fortune is None:
            return wording.text("luck.band.nothing", language)
        kind, percent = fortune
        if self.crowds == 1:
            return wording.text(
                "luck.band.one", language, metric=wording.text(f"metrics.{metric}.name", language)
            )
        return wording.text(
            f"luck.band.{'low_' if metric in LOWER_IS_BETTER else ''}{kind}",
            language,
            metric=wording.text(f"metrics.{metric}.name", language),
            percent=percent,
            rest=100 - percent,
            crowds=self.crowds,
        )


def growing_bands(run: Run, crowds: int = CROWDS, chunk: int = _CHUNK) -> Iterator[LuckBand]:
    """Bands of a finished run (or of a run so far, finished here) over more and more crowds."""
    own = own_figures(run)
    seeds = other_crowds(crowds, besides=[run.seed])
    plan = list(run.decisions)
    left_out = len(plan) - len(transferable(plan))
    for comparison in growing_comparison(run.scenario, {OWN: plan}, seeds, chunk):
        met = len(comparison.seeds)
        yield LuckBand(own, comparison.values[OWN], met, crowds, left_out, comparison)


def luck_band(
    run: Run, crowds: int = CROWDS, progress: Callable[[int, int], None] | None = None
) -> LuckBand:
    """The band over `crowds` other crowds. KeyboardInterrupt, also from `progress`, keeps some."""
    nothing = {name: np.zeros(0) for name in METRICS}
    band = LuckBand(own_figures(run), nothing, 0, crowds)
    try:
        for grown in growing_bands(run, crowds):
            band = grown
            if progress is not None:
                progress(band.crowds, crowds)
    except KeyboardInterrupt:
        pass
    return band


def own_figures(run: Run) -> dict[str, float]:
    """The final figures of a run; one that is not over is played on in a copy."""
    return run.report() if run.phase == "finished" else run.fork().finish()


@dataclass(frozen=True)
class Verdict:
    """Whether one result is above another, whatever crowd comes.

    kind     "higher", "lower" (one than the other), "tie", "same" (equal on every crowd) or
             "too_few" (crowds to tell anything)
    chance   share of random flips with a mean at least as far from zero
    mean     of one - other over `crowds` crowds; low to high: every mean that the same test would
             not reject; infinite when there are too few crowds
    wins     crowds with one above the other; losses: with one below
    method   "exact", "flips" or "normal"
    """

    kind: str
    chance: float
    mean: float
    low: float
    high: float
    wins: int
    losses: int
    crowds: int
    method: str

    @property
    def clear(self) -> bool:
        """Whether another crowd would hardly have turned it round on average."""
        return self.kind in ("higher", "lower")

    def text(self, metric: str, one: str, other: str, language: str) -> str:
        """One sentence for a trainee; `one` and `other` are the names they go by."""
        one_crowd = "_one" if self.kind == "too_few" and self.crowds == 1 else ""
        return wording.text(
            f"luck.verdict.{self.kind}{one_crowd}",
            language,
            metric=wording.text(f"metrics.{metric}.name", language),
            one=one,
            other=other,
            wins=self.losses if self.kind == "lower" else self.wins,
            crowds=self.crowds,
        )


def tie(differences: Sequence[float] | np.ndarray, level: float = LEVEL) -> Verdict:
    """Judges paired differences, one a crowd; undefined ones (nan) do not count."""
    known = np.asarray(differences, dtype=float)
    known = known[~np.isnan(known)]
    count = len(known)
    wins, losses = int((known > 0).sum()), int((known < 0).sum())
    mean = float(known.mean()) if count else math.nan
    if count < _FEWEST:
        return Verdict("too_few", 1.0, mean, -math.inf, math.inf, wins, losses, count, "exact")
    if not wins and not losses:
        return Verdict("same", 1.0, 0.0, 0.0, 0.0, 0, 0, count, "exact")
    if count >= _NORMAL_FROM:
        method, (chance, low, high) = "normal", _normal(known, level)
    else:
        method = "exact" if count <= _EXACT else "flips"
        chance, low, high = _flipped(known, level)
    kind = "tie" if chance > level else "higher" if mean > 0 else "lower"
    return Verdict(kind, chance, mean, low, high, wins, losses, count, method)


def _flipped(known: np.ndarray, level: float) -> tuple[float, float, float]:
    """The chance, and the ends of all supposed means that are not rejected.

    With a supposed mean taken off, a flip is as far out as the data just where the supposed mean
    lies between the mean of the crowds it kept and the mean of those it turned.
    """
    signs = _signs(len(known))
    kept_count = (len(known) + signs.sum(axis=1, dtype=float)) / 2.0
    kept_sum = (known.sum() + signs @ known) / 2.0
    one_sided = (kept_count < 0.5) | (kept_count > len(known) - 0.5)
    kept = kept_sum / np.where(one_sided, 1.0, kept_count)
    turned = (known.sum() - kept_sum) / np.where(one_sided, 1.0, len(known) - kept_count)
    lowest = np.sort(np.where(one_sided, -np.inf, np.minimum(kept, turned)))
    highest = np.sort(np.where(one_sided, np.inf, np.maximum(kept, turned)))
    slack = 1e-12 * float(np.abs(known).max())
    far = lowest <= slack if known.mean() > 0 else highest >= -slack
    place = int(level * len(signs))
    return float(far.mean()), float(lowest[place]), float(highest[-1 - place])


@lru_cache(maxsize=4)
def _signs(count: int) -> np.ndarray:
    """Rows of +1 and -1; the first changes nothing. All rows there are for up to 13 crowds."""
    if count <= _EXACT:
        numbers = np.arange(2**count, dtype=np.int64)
        bits = (numbers[:, None] >> np.arange(count)) & 1
    else:
        words = -(-_FLIPS * count // 64)
        # the raw words of this generator are promised never to change, its derived numbers are not
        raw = np.random.PCG64(_FLIPS_SEED).random_raw(words).astype("<u8").view(np.uint8)
        drawn = np.unpackbits(raw)[: _FLIPS * count].reshape(_FLIPS, count)
        bits = np.concatenate([np.zeros((1, count), dtype=np.uint8), drawn])
    return (1 - 2 * bits.astype(np.int8)).astype(np.int8)


def _normal(known: np.ndarray, level: float) -> tuple[float, float, float]:
    mean = float(known.mean())
    error = float(known.std(ddof=1)) / math.sqrt(len(known))
    if error == 0.0:
        return 0.0, mean, mean

    def chance(distance: float) -> float:
        return math.erfc(distance / error / math.sqrt(2.0))

    inside, outside = 0.0, 40.0 * error
    for _ in range(60):
        middle = (inside + outside) / 2.0
        inside, outside = (middle, outside) if chance(middle) > level else (inside, middle)
    return chance(abs(mean)), mean - inside, mean + inside
