"""Many crowds, several ways to host: the same crowd meets each of them with the same luck."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import numpy as np

from sim.model import ENGINE_VERSION
from sim.model.decisions import PLAYED, Decision, SetTactic
from sim.model.layout import EVENT
from sim.model.town import build_town
from sim.model.world import World
from sim.play.campaign_figures import CAMPAIGN_METRICS, campaign_figures
from sim.play.figures import METRICS, figures, mean_trust
from sim.play.policy import Stopped as Stopped
from sim.play.policy import play_policy
from sim.play.timeline import Timeline
from sim.scenario import AccountPolicy, Scenario

# Decisions and the ticks at which they are given, or a policy that takes them every morning.
Plan = Sequence[tuple[int, Decision]] | AccountPolicy
Progress = Callable[[int, int], None]  # worlds done, worlds in all
Extra = Callable[[World, np.ndarray], dict[str, float]]

_LOW, _HIGH = 5, 95  # per cent: the luck band
_SLICE = 6_000_000  # shopper-ticks simulated between two looks at whether to stop


def play_plan(
    world: World, plan: Plan, end: int, stopped: Callable[[], bool] | None = None
) -> np.ndarray:
    """Plays a plan in a world of one row up to tick `end`; returns the played room's events.

    stopped: asked every so often; once it says yes, Stopped is raised.
    """
    if isinstance(plan, AccountPolicy):
        return play_policy(world, plan, end, stopped)
    parts: list[np.ndarray] = []
    last_closing = Timeline.of(world.scenario).closes

    def advance(until: int) -> None:
        # a slice takes well under a second even with very many people
        size = max(6, _SLICE // max(1, world.scenario.shoppers))
        while (tick := world.tick(0)) < until:
            if stopped is not None and stopped():
                raise Stopped
            # past the street's closing only full hours are work
            step = size if tick < last_closing else size * 60
            parts.extend(world.advance(min(tick + step, until), keep=[PLAYED], threads=1))

    for tick, decision in sorted(plan, key=lambda step: step[0]):
        advance(tick)
        world.change(0, lambda state, town, step=decision: step.apply(world.scenario, state, town))
    advance(end)
    return np.concatenate(parts) if parts else np.zeros(0, dtype=EVENT)


def figures_of(world: World, events: np.ndarray) -> dict[str, float]:
    """The figures of `metrics_of`, from a world of one row and the played shop's events."""
    state = world.state(0)
    found = figures(events, mean_trust(state.relations, events))
    if world.scenario.campaign is not None:
        found.update(campaign_figures(world.scenario, state, world.town, events))
    return found


@dataclass
class Comparison:
    """Figures of each tactic on each crowd.

    values[tactic][metric] is an array over `seeds`; the same place is the same crowd.
    """

    scenario: Scenario
    tactics: list[str]
    seeds: list[int]
    values: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    interrupted: bool = False

    def band(self, tactic: str, metric: str) -> tuple[float, float, float]:
        """(mean, low, high) over crowds; low and high enclose the middle 90%. nan if undefined."""
        known = self.values[tactic][metric]
        known = known[~np.isnan(known)]
        if not len(known):
            return float("nan"), float("nan"), float("nan")
        # of n crowds a share k / (n + 1) lies below the k-th, so that the band covers what it says
        low, high = np.percentile(known, [_LOW, _HIGH], method="weibull")
        return float(known.mean()), float(low), float(high)

    def paired(self, metric: str, one: str, other: str) -> np.ndarray:
        """one - other, crowd by crowd."""
        return self.values[one][metric] - self.values[other][metric]

    def only(self, place: int) -> Comparison:
        """The comparison on one crowd, by its place in `seeds`."""
        picked = {
            tactic: {metric: values[place : place + 1] for metric, values in metrics.items()}
            for tactic, metrics in self.values.items()
        }
        return Comparison(self.scenario, self.tactics, [self.seeds[place]], picked)

    def joined(self, other: Comparison) -> Comparison:
        """This comparison and another of the same plans, on the crowds of both."""
        values = {
            tactic: {
                metric: np.concatenate([known, other.values[tactic][metric]])
                for metric, known in metrics.items()
            }
            for tactic, metrics in self.values.items()
        }
        return Comparison(self.scenario, self.tactics, [*self.seeds, *other.seeds], values)

    def to_data(self) -> dict[str, Any]:
        """The object that `compare --json` prints; None where a figure is undefined."""

        def plain(value: float) -> float | None:
            return None if np.isnan(value) else value

        return {
            "scenario": self.scenario.id,
            "engine": ENGINE_VERSION,
            "crowds": len(self.seeds),
            "tactics" if self.scenario.campaign is None else "policies": {
                tactic: {
                    metric: dict(
                        zip(
                            ("mean", "low", "high"),
                            map(plain, self.band(tactic, metric)),
                            strict=True,
                        )
                    )
                    for metric in metrics_of(self.scenario)
                }
                for tactic in self.tactics
            },
        }


def compare(
    scenario: Scenario,
    tactics: Sequence[str] | None = None,
    seeds: Iterable[int] = range(50),
    progress: Progress | None = None,
) -> Comparison:
    """Each tactic, kept through the whole live, on each crowd; of a campaign each policy.

    tactics: ids of tactics or policies (the scenario's own choice by default). KeyboardInterrupt
    keeps the crowds done.
    """
    return compare_plans(scenario, plans_of(scenario, tactics), seeds, progress)


def plans_of(scenario: Scenario, names: Sequence[str] | None = None) -> dict[str, Plan]:
    """Tactics of an evening or policies of a campaign as plans, by id; KeyError if unknown."""
    if scenario.campaign is not None:
        chosen = scenario.campaign.compare if names is None else names
        return {name: scenario.policies[name] for name in chosen}
    chosen = scenario.compare if names is None else names
    return {name: [(0, SetTactic(scenario.tactics[name] and name))] for name in chosen}


def metrics_of(scenario: Scenario) -> tuple[str, ...]:
    """The names of all figures of a run of this scenario, in order."""
    return METRICS if scenario.campaign is None else (*METRICS, *CAMPAIGN_METRICS)


def compare_plans(
    scenario: Scenario,
    plans: Mapping[str, Plan],
    seeds: Iterable[int],
    progress: Progress | None = None,
    extra: Extra | None = None,
) -> Comparison:
    """Each plan on each crowd, the nights included; see Comparison.

    extra: further figures of one run, from its world after the last night and its events.
    """
    crowds = list(seeds)
    end = Timeline.of(scenario).end
    town = build_town(scenario)
    total = len(crowds) * len(plans)
    results: dict[int, dict[str, dict[str, float]]] = {}

    def meet(seed: int) -> dict[str, dict[str, float]]:
        if asked_to_stop.is_set():
            raise Stopped
        fresh = World(scenario, [seed], town=town)
        outcome = {}
        for name, plan in plans.items():
            world = fresh.fork()
            events = play_plan(world, plan, end, asked_to_stop.is_set)
            outcome[name] = figures_of(world, events)
            if extra is not None:
                outcome[name].update(extra(world, events))
        return outcome

    interrupted = False
    asked_to_stop = Event()
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    waiting = {pool.submit(meet, seed): n for n, seed in enumerate(crowds)}
    try:
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                results[waiting.pop(future)] = future.result()
            if progress is not None:
                progress(len(results) * len(plans), total)
    except KeyboardInterrupt:
        interrupted = True
        asked_to_stop.set()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    finished = sorted(results)
    return Comparison(
        scenario=scenario,
        tactics=list(plans),
        seeds=[crowds[n] for n in finished],
        values={
            name: {
                metric: np.array([results[n][name][metric] for n in finished])
                for metric in (results[finished[0]][name] if finished else metrics_of(scenario))
            }
            for name in plans
        },
        interrupted=interrupted,
    )
