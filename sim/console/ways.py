"""Ways to play a scenario as they are named and shown: tactics of an evening, policies of weeks."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from sim import wording
from sim.console.shared import _COMMAS, _folded, once_each, tactic_called, tactics_called
from sim.console.terminal import Terminal

if TYPE_CHECKING:
    from sim.play.run import Run
    from sim.scenario import AccountPolicy, Scenario, Tactic


def ways_of(scenario: Scenario) -> Mapping[str, Tactic | AccountPolicy]:
    """What can be compared in a scenario, by id: policies of a campaign, else tactics."""
    return scenario.tactics if scenario.campaign is None else scenario.policies


def usual_ways(scenario: Scenario) -> list[str]:
    """The ways that a scenario compares by itself."""
    return list(scenario.compare if scenario.campaign is None else scenario.campaign.compare)


def way_title(terminal: Terminal, scenario: Scenario, way: str) -> str:
    """What a way is called."""
    return ways_of(scenario)[way].title.text(terminal.language)


def metrics_shown(scenario: Scenario) -> tuple[str, ...]:
    """The figures in a table about this scenario, in order."""
    from sim.play.figures import METRICS

    if scenario.campaign is None:
        return METRICS
    from sim.play.account import WEEKS_METRICS

    return WEEKS_METRICS


def figures_shown(run: Run) -> dict[str, float]:
    """The figures of a run as far as it came, those of a campaign included."""
    if run.scenario.campaign is None:
        return run.report()
    return {**run.report(), **run.campaign_report()}


def ways_called(
    terminal: Terminal,
    scenario: Scenario,
    tactics: str | None,
    policies: str | None,
    options: tuple[str, str] = ("--tactics", "--policies"),
) -> list[str]:
    """The ways that were named between commas, by id or title; the scenario's own if none were.

    A tactic for a campaign, and a policy for an evening, get one plain sentence.
    """
    if scenario.campaign is None:
        if policies is not None:
            sentence = terminal.text("campaign.ways.an_evening", option=options[0])
            raise typer.BadParameter(sentence, param_hint=options[1])
        if tactics is None:
            return usual_ways(scenario)
        return tactics_called(terminal, scenario, tactics, options[0])
    if tactics is not None:
        sentence = terminal.text(
            "campaign.ways.a_campaign", days=scenario.campaign.days, option=options[1]
        )
        raise typer.BadParameter(sentence, param_hint=options[0])
    if policies is None:
        return usual_ways(scenario)
    return _policies_called(terminal, scenario, policies, options[1])


def policy_called(terminal: Terminal, scenario: Scenario, tactic: str | None, policy: str | None):
    """The id of the one policy that was named; the scenario's own if none was."""
    if policy is None and tactic is None:
        return scenario.campaign.policy
    named = ways_called(terminal, scenario, tactic, policy, ("--tactic", "--policy"))
    if len(named) > 1:
        sentence = terminal.text("campaign.ways.one", count=len(named))
        raise typer.BadParameter(sentence, param_hint="--policy")
    return named[0]


def policy_meant(scenario: Scenario, name: str) -> str | None:
    """The id of the policy that somebody means by its id, or by its title in either language."""
    return _names(scenario.policies).get(_folded(name))


def named_way(terminal: Terminal, scenario: Scenario, name: str, option: str) -> str:
    """The id of one tactic of an evening, or of one policy of a campaign."""
    if scenario.campaign is None:
        return tactic_called(terminal, scenario, name, option)
    return _policies_called(terminal, scenario, name, option)[0]


def _policies_called(terminal: Terminal, scenario: Scenario, names: str, option: str) -> list[str]:
    meant = _names(scenario.policies)
    known = terminal.text("errors.list.separator").join(
        terminal.text("cli.tactic.known", id=name, title=about.title.text(terminal.language))
        for name, about in scenario.policies.items()
    )
    typed = [name.strip() for name in _COMMAS.split(names) if name.strip()]
    for name in typed:
        if _folded(name) not in meant:
            near = difflib.get_close_matches(_folded(name), meant, n=1)
            key = "unknown_near" if near else "unknown"
            nearest = meant[near[0]] if near else ""
            sentence = terminal.text(f"campaign.ways.{key}", name=name, known=known, near=nearest)
            raise typer.BadParameter(sentence, param_hint=option)
    if not typed:
        raise typer.BadParameter(
            terminal.text("campaign.ways.none", known=known), param_hint=option
        )
    return once_each(terminal, [meant[_folded(name)] for name in typed])


def _names(ways: Mapping[str, Any]) -> dict[str, str]:
    """Every name a way may be called by, folded, with its id."""
    meant = {_folded(way): way for way in ways}
    for way, about in ways.items():
        for language in wording.LANGUAGES:
            meant.setdefault(_folded(about.title.text(language)), way)
    return meant
