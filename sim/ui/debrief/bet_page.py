"""What became of the bets, and how well confidence has fitted so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.errors import StrollError
from sim.play.bets import Bet, Settled, settle_all
from sim.play.bets_calibration import Calibration, calibration
from sim.play.run import Run


@dataclass(frozen=True)
class BetPage:
    """settled: this run's bets. calibration: over these and all kept ones."""

    settled: tuple[Settled, ...]
    calibration: Calibration


def read_bets(bets: Iterable[Bet | Settled], run: Run) -> BetPage:
    """Settles bets that are not yet, and looks at those of earlier runs."""
    made = list(bets)
    settled = [item for item in made if isinstance(item, Settled)]
    settled += settle_all([item for item in made if not isinstance(item, Settled)], run)
    earlier = _kept()
    # this run's own may be kept already; they must not count twice
    fresh = [item for item in settled if item not in earlier]
    return BetPage(tuple(settled), calibration([*earlier, *fresh]))


def _kept() -> list[Settled]:
    from sim.play.profile import Profile

    try:
        with Profile.open() as profile:
            return profile.settled_bets()
    except (StrollError, OSError):
        return []
