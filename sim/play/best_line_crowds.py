"""Some crowds, each met by several ways to go on from the same moment."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from sim.model.decisions import PLAYED
from sim.model.layout import EVENT
from sim.model.town import build_town
from sim.model.world import World
from sim.play.batch import Plan, play_plan
from sim.play.best_line_lines import Line
from sim.play.figures import METRICS, figures, mean_trust
from sim.play.timeline import Timeline
from sim.scenario import Scenario


class Crowds:
    """Plays lines with the crowds of some seeds.

    simulations counts how often a line was played to its end with one crowd. breathe is called
    before each, in whatever thread it is to be played; it may wait, or end it all by raising.
    """

    def __init__(
        self, scenario: Scenario, seeds: Sequence[int], breathe: Callable[[], None] | None = None
    ) -> None:
        self.scenario = scenario
        self.breathe = breathe
        self.seeds = list(seeds)
        self.simulations = 0
        self._town = build_town(scenario)
        self._end = Timeline.of(scenario).end

    def figures(
        self, lines: Sequence[Plan], shared: int = 0, seeds: Sequence[int] | None = None
    ) -> dict[str, np.ndarray]:
        """metric -> array lines x crowds, the nights included.

        shared: a tick before which all lines are alike; that part is played once a crowd. seeds:
        which of the crowds (all by default). KeyboardInterrupt ends it without a result.
        """
        chosen = self.seeds if seeds is None else list(seeds)
        found = {metric: np.zeros((len(lines), len(chosen))) for metric in METRICS}
        if not lines:
            return found
        pool = ThreadPoolExecutor(min(os.cpu_count() or 1, max(1, len(chosen))))
        try:
            met = list(pool.map(lambda seed: self._meet(seed, lines, shared), chosen))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        for crowd, results in enumerate(met):
            for number, values in enumerate(results):
                for metric in METRICS:
                    found[metric][number, crowd] = values[metric]
        self.simulations += len(lines) * len(chosen)
        return found

    def goal(
        self, lines: Sequence[Line], shared: int = 0, seeds: Sequence[int] | None = None
    ) -> np.ndarray:
        """The scenario's goal, lines x crowds; nothing reached where it is undefined."""
        return np.nan_to_num(self.figures(lines, shared, seeds)[self.scenario.goal], nan=0.0)

    def _meet(self, seed: int, lines: Sequence[Plan], shared: int) -> list[dict[str, float]]:
        world = World(self.scenario, [seed], town=self._town)
        before = np.zeros(0, dtype=EVENT)
        if shared > 0:
            first = [step for step in lines[0] if step[0] < shared]
            before = play_plan(world, first, shared)
        results = []
        for number, line in enumerate(lines):
            if self.breathe is not None:
                self.breathe()
            rest = [step for step in line if step[0] >= shared]
            # the last way to go on may use the world up
            going = world if number == len(lines) - 1 else world.fork()
            after = play_plan(going, rest, self._end)
            events = np.concatenate([before, after])
            assert (events["host"] == PLAYED).all()
            results.append(figures(events, mean_trust(going.state(0).relations, events)))
        return results
