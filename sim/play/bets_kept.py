"""The bets that the profile keeps: of which run each was, and how to keep a run with its bets."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import StrollError
from sim.model import ENGINE_VERSION
from sim.play.bets import Settled, bet_from_data
from sim.play.capsule import capsule_of
from sim.play.capsule_file import capsule_bytes
from sim.play.profile import RunEntry

if TYPE_CHECKING:
    from sim.play.profile import Profile
    from sim.play.run import Run


@dataclass(frozen=True)
class KeptBet:
    """A bet with what came of it, and the run it was made on.

    run        the run's number in the profile; played_at: seconds since 1970
    """

    run: int
    scenario_id: str
    played_at: int
    settled: Settled


def kept_bets(profile: Profile, scenario_id: str | None = None) -> list[KeptBet]:
    """All bets that are kept, of one scenario or of all, in the order they were made.

    One that a later version wrote and this one does not know is passed over.
    """
    where = "" if scenario_id is None else "WHERE runs.scenario_id = ?"
    rows = profile.read(
        "SELECT runs.number, runs.scenario_id, runs.played_at, bet, outcome"
        f" FROM bets JOIN runs ON runs.number = bets.run {where} ORDER BY bets.number",
        () if scenario_id is None else (scenario_id,),
    )
    found = []
    for number, name, played_at, bet, outcome in rows:
        with contextlib.suppress(StrollError, ValueError, RecursionError):
            value = math.nan if outcome is None else float(outcome)
            settled = Settled(bet_from_data(json.loads(bet)), value)
            found.append(KeptBet(number, name, played_at, settled))
    return found


def keep_run(
    profile: Profile, run: Run, figures: Mapping[str, float], settled: Iterable[Settled] = ()
) -> int:
    """Keeps a finished run with the bets made on it; gives its number."""
    entry = RunEntry(
        scenario_id=run.scenario.id,
        scenario_hash=run.scenario.hash,
        engine=ENGINE_VERSION,
        seed=run.seed,
        figures={
            name: float(value) if math.isfinite(value) else None for name, value in figures.items()
        },
        capsule=capsule_bytes(capsule_of(run)),
    )
    return profile.add_run(entry, settled)
