"""The three rooms timed in turn, in one process, so that the machine's moods hit all alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from types import ModuleType

from bench import room
from bench.clock import took
from sim.scenario import Scenario

ARRIVE_SHARE = 0.5  # of the live, in which everybody comes
_OURS_AGAIN = 5  # a room of ours is over in milliseconds; several make a steady figure


@dataclass(frozen=True)
class Race:
    """Shopper-ticks a second (only ticks spent in the room count) of each, round by round.

    Times are processor time: each room runs in one thread, and other work on the machine would
    otherwise count.
    """

    shoppers: int
    tactic: str
    rates: dict[str, list[float]]

    def rate(self, name: str) -> float:
        """Median shopper-ticks a second."""
        return median(self.rates[name])

    def ratio(self, name: str) -> float:
        """How many times quicker ours is: the median over rounds of the ratio within a round."""
        pairs = zip(self.rates[room.NAME], self.rates[name], strict=True)
        return median(ours / theirs for ours, theirs in pairs)


def arrive_ticks(scenario: Scenario) -> int:
    """The span in which everybody comes in; ticks from the start of the live."""
    return max(1, int(scenario.live.minutes * 6 * ARRIVE_SHARE))


def measure(
    scenario: Scenario,
    shoppers: int,
    rounds: int,
    rivals: Sequence[ModuleType],
    progress: Callable[[int, int], None] | None = None,
) -> Race:
    """Everybody's whole live in the room alone, once a round; building it is not timed."""
    alone = room.room_scenario(scenario, shoppers, scenario.reference)
    runners = (room, *rivals)
    rates: dict[str, list[float]] = {runner.NAME: [] for runner in runners}
    room.play(room.build(alone, 0, arrive_ticks(alone)))
    for number in range(rounds):
        for place, runner in enumerate(runners):
            again = _OURS_AGAIN if runner is room else 1
            rates[runner.NAME].append(
                median(_rate(runner, alone, number * _OURS_AGAIN + k) for k in range(again))
            )
            if progress is not None:
                progress(number * len(runners) + place + 1, rounds * len(runners))
    return Race(shoppers, scenario.reference, rates)


def _rate(runner: ModuleType, alone: Scenario, seed: int) -> float:
    model = runner.build(alone, seed, arrive_ticks(alone))
    time = took(lambda: runner.play(model))
    return runner.tally(model)["watch_ticks"] / time.processor
