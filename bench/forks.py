"""What one more what-if costs: fork at the start of the live, decide otherwise, live it again."""

from __future__ import annotations

from dataclasses import dataclass

from bench.clock import Took, repeated
from sim.model.decisions import SetTactic
from sim.play.run import Run
from sim.scenario import Scenario


@dataclass(frozen=True)
class Rerun:
    """Median times of a fork alone, and by tactic of a fork, its decision and its whole live."""

    shoppers: int
    minutes: int
    repeats: int
    fork: Took
    reruns: dict[str, Took]


def measure(scenario: Scenario, shoppers: int, repeats: int) -> Rerun:
    """Forks a run of the scenario with this many shoppers at the start of its live."""
    run = Run(scenario.with_changes({"shoppers": shoppers}))
    run.advance_ticks(run.live_start_tick)

    def again(tactic: str) -> Run:
        branch = run.fork()
        branch.decide(SetTactic(tactic))
        branch.advance_ticks(run.live_end_tick - run.live_start_tick)
        return branch

    def nothing() -> None:
        return None

    again(scenario.reference)
    return Rerun(
        shoppers=shoppers,
        minutes=scenario.live.minutes,
        repeats=repeats,
        fork=repeated(repeats, nothing, lambda _: run.fork()),
        reruns={
            tactic: repeated(repeats, nothing, lambda _, tactic=tactic: again(tactic))
            for tactic in scenario.compare
        },
    )
