"""What a scenario claims, put to the test: both ways of every claim on the same crowds.

    proof = prove(scenario)                  # or prove(scenario, crowds=10)
    for judged in proof.claims:
        judged.verdict, judged.held, judged.crowds, judged.ratio

How a claim is judged, and how many crowds it takes, stands in sim.lab.claims_judge.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sim.lab.claims_judge import MISSED, REFUTED, Judged, judge
from sim.model.decisions import SetTactic
from sim.play.batch import Comparison, Plan, compare_plans
from sim.scenario import Scenario
from sim.scenario.claims import Claim, Way

Progress = Callable[[int, int], None]

# Crowds of their own: neither those of the fit nor those on which facts are shown.
CLAIM_SEEDS = 20_000
_BLOCK = 4  # crowds between two looks at whether to stop


@dataclass(frozen=True)
class Proof:
    """All claims of a scenario. interrupted: fewer crowds were met than wanted."""

    scenario: Scenario
    claims: tuple[Judged, ...]
    interrupted: bool

    @property
    def failed(self) -> tuple[Judged, ...]:
        """The claims that did not come out on these crowds, clearly or not."""
        return tuple(judged for judged in self.claims if judged.verdict in (MISSED, REFUTED))

    def count(self, verdict: str) -> int:
        """How many claims got this verdict."""
        return sum(judged.verdict == verdict for judged in self.claims)


@dataclass
class _Setting:
    """The scenario with some values changed and mechanisms off, and what is played in it."""

    scenario: Scenario
    plans: dict[str, Plan]
    wanted: dict[str, int]  # plan -> crowds
    results: dict[str, Comparison]


def setting_of(scenario: Scenario, way: Way) -> Scenario:
    """The scenario in which a way is played. Raises ScenarioError if a change leads nowhere."""
    changes: dict[str, object] = dict(way.change)
    if way.switch_off:
        changes["switch_off"] = list(dict.fromkeys((*scenario.switch_off, *way.switch_off)))
    return scenario.with_changes(changes) if changes else scenario


def plan_of(scenario: Scenario, way: Way) -> Plan:
    """What is decided in a way: one tactic all evening, or a policy every morning."""
    if way.policy is not None:
        return scenario.policies[way.policy]
    return [(0, SetTactic(str(way.tactic)))]


def prove(scenario: Scenario, crowds: int | None = None, progress: Progress | None = None) -> Proof:
    """Plays both ways of every claim; a way that several claims share is played once.

    crowds: on how many; None takes what each claim asks for. progress: worlds done, worlds in all.
    KeyboardInterrupt keeps the crowds that are done. Raises ScenarioError for a change that leads
    nowhere.
    """
    settings = _settings(scenario, crowds)
    most = max((n for s in settings.values() for n in s.wanted.values()), default=0)
    total = sum(n for s in settings.values() for n in s.wanted.values())
    done = 0
    interrupted = False
    try:
        for first in range(0, most, _BLOCK):
            for setting in settings.values():
                done += _play(setting, first, done, total, progress)
    except KeyboardInterrupt:
        interrupted = True
    claims = tuple(
        _judge(number, claim, settings, crowds) for number, claim in enumerate(scenario.claims, 1)
    )
    return Proof(scenario, claims, interrupted)


def _key(way: Way) -> str:
    """Equal for ways that are played in one and the same setting."""
    return json.dumps([sorted(way.change.items()), sorted(way.switch_off)], ensure_ascii=False)


def _name(way: Way) -> str:
    return f"policy {way.policy}" if way.policy is not None else f"tactic {way.tactic}"


def _settings(scenario: Scenario, crowds: int | None) -> dict[str, _Setting]:
    settings: dict[str, _Setting] = {}
    for claim in scenario.claims:
        for way in (claim.of, claim.than):
            key, name = _key(way), _name(way)
            if key not in settings:
                settings[key] = _Setting(setting_of(scenario, way), {}, {}, {})
            setting = settings[key]
            setting.plans[name] = plan_of(setting.scenario, way)
            wanted = claim.crowds if crowds is None else crowds
            setting.wanted[name] = max(wanted, setting.wanted.get(name, 0))
    return settings


def _play(setting: _Setting, first: int, done: int, total: int, progress: Progress | None) -> int:
    """A block of crowds from the first on; gives how many worlds were played."""
    played = 0
    ends = {name: min(first + _BLOCK, wanted) for name, wanted in setting.wanted.items()}
    for end in sorted(set(ends.values())):
        names = [name for name in setting.plans if ends[name] == end and end > first]
        if not names:
            continue

        def shifted(so_far: int, _: int, before: int = done + played) -> None:
            if progress is not None:
                progress(before + so_far, total)

        seeds = range(CLAIM_SEEDS + first, CLAIM_SEEDS + end)
        plans = {name: setting.plans[name] for name in names}
        block = compare_plans(setting.scenario, plans, seeds, shifted)
        if block.interrupted:
            raise KeyboardInterrupt
        for name in names:
            one = Comparison(setting.scenario, [name], block.seeds, {name: block.values[name]})
            known = setting.results.get(name)
            setting.results[name] = one if known is None else known.joined(one)
        played += len(names) * len(seeds)
    return played


def _judge(number: int, claim: Claim, settings: dict[str, _Setting], crowds: int | None) -> Judged:
    sides = []
    for way in (claim.of, claim.than):
        sides.append((settings[_key(way)].results.get(_name(way)), _name(way)))
    wanted = claim.crowds if crowds is None else crowds
    met = min([wanted, *(len(side.seeds) if side else 0 for side, _ in sides)])
    bands, values = [], []
    for side, name in sides:
        figures = side.values[name][claim.metric][:met] if side else np.zeros(0)
        values.append(figures)
        if met:
            one = {name: {claim.metric: figures}}
            cut = Comparison(side.scenario, [name], side.seeds[:met], one)
            bands.append(cut.band(name, claim.metric))
        else:
            bands.append((math.nan, math.nan, math.nan))
    return judge(number, claim, (values[0], values[1]), (bands[0], bands[1]))


def worlds(scenario: Scenario, crowds: int | None = None) -> int:
    """How many worlds a proof plays."""
    return sum(n for s in _settings(scenario, crowds).values() for n in s.wanted.values())


def preview(
    scenario: Scenario, seeds: Iterable[int], progress: Progress | None = None
) -> Comparison:
    """Every tactic, or in a campaign every policy, that the scenario compares, on a few crowds."""
    if scenario.campaign is None:
        plans: dict[str, Plan] = {name: [(0, SetTactic(name))] for name in scenario.compare}
    else:
        plans = {name: scenario.policies[name] for name in scenario.campaign.compare}
    return compare_plans(scenario, plans, seeds, progress)
