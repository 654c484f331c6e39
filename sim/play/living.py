"""A run that a policy lives: what a person decides in the mornings, decided by a policy.

    refused = live_by(run, scenario.policies["account"])

The journal, the digests and the undo of the run are those of any other run; `play_policy` does the
same to a bare world, faster, and comes to the same digest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.errors import DecisionError
from sim.model import TICKS_PER_DAY, TICKS_PER_HOUR
from sim.model.decisions import Decision
from sim.model.planning import MorningPlan
from sim.play.policy import plan_morning
from sim.play.run import Run
from sim.scenario import AccountPolicy

# Simulated between two looks at the keyboard while a journal is written: an hour.
_STEP_TICKS = TICKS_PER_HOUR


@dataclass(frozen=True)
class Refused:
    """Something that a policy wanted and that was not possible. day: 1 is the first."""

    day: int
    error: DecisionError
    decision: Decision | MorningPlan


def live_day(run: Run, policy: AccountPolicy) -> list[Refused]:
    """Plans the present morning and goes on to the next one, or to the end of the campaign.

    Away from a morning nothing is planned.
    """
    refused = []
    if run.phase == "morning":
        day = run.tick // TICKS_PER_DAY
        errors = plan_morning(policy, run.scenario, run.world.state(0), day, run.decide)
        refused = [Refused(day + 1, error, decision) for decision, error in errors]
    left = TICKS_PER_DAY - run.tick % TICKS_PER_DAY
    while left > 0 and run.phase != "finished":
        left -= run.advance_ticks(min(left, _STEP_TICKS))
    return refused


def live_by(
    run: Run, policy: AccountPolicy, progress: Callable[[int, int], None] | None = None
) -> list[Refused]:
    """Lives a campaign's run by a policy to its end; gives what was not possible on the way.

    progress(done, total) is called with ticks after each day.
    """
    refused = []
    while run.phase != "finished":
        refused += live_day(run, policy)
        if progress is not None:
            progress(run.tick, run.end_tick)
    return refused
