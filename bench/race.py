"""The three rooms timed in turn, in one process, so that the machine's moods hit all alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from types import ModuleType

from bench import room
from bench.clock import took
from sim.scenario import Scenario

ARRIVE_SHARE = 0.5  # of the live, in which everybody comes
_OUR_LIVES = 10  # one of ours is over in milliseconds; several in a row make a steady figure


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
            lives = _OUR_LIVES if runner is room else 1
            seeds = range(number * lives, (number + 1) * lives)
            rates[runner.NAME].append(_rate(runner, alone, seeds))
            if progress is not None:
                progress(number * len(runners) + place + 1, rounds * len(runners))
    return Race(shoppers, scenario.reference, rates)


def _rate(runner: ModuleType, alone: Scenario, seeds: Iterable[int]) -> float:
    """Shopper-ticks a second over one live of each seed, one after the other."""
    models = [runner.build(alone, seed, arrive_ticks(alone)) for seed in seeds]

    def play_all() -> None:
        for model in models:
            runner.play(model)

    time = took(play_all)
    return sum(runner.tally(model)["watch_ticks"] for model in models) / time.processor
