"""How shops, choices and figures are called on screens and in reports of a class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim import wording
from sim.classroom.hand import Hand
from sim.classroom.results_outcome import MIXED
from sim.play.luck import LOWER_IS_BETTER
from sim.report.html_numbers import figure
from sim.scenario import Scenario

SHOWN = ("net_sales", "return_rate", "followers", "trust")


def said(key: str, language: str, **values: Any) -> str:
    """A text of assets/locale/class_report.yaml."""
    return wording.text(f"class_report.{key}", language, **values)


def shop_label(number: int, name: str, names_shown: bool, language: str) -> str:
    """The trainee's name, or "Shop 3" where names are not shown."""
    return name if names_shown and name else said("shop", language, number=number)


def metrics_of_class(scenario: Scenario) -> tuple[str, ...]:
    """The figures that a class is shown, the scenario's goal first."""
    return tuple(dict.fromkeys((scenario.goal, *SHOWN)))


def metric_name(metric: str, language: str) -> str:
    """What a figure is called."""
    return wording.text(f"metrics.{metric}.name", language)


def written(metric: str, value: float | None, language: str) -> str:
    """A figure with its unit, a dash when there is none."""
    return figure(metric, value, language)


def better(metric: str, one: float, other: float) -> bool:
    """Whether the first figure is the better one."""
    return one < other if metric in LOWER_IS_BETTER else one > other


def group_title(scenario: Scenario, group: str, language: str) -> str:
    """What a group of choices is called: a tactic, a policy, or "mixed"."""
    if group == MIXED:
        return said("group.mixed", language)
    known: Mapping[str, Any] = scenario.policies if scenario.campaign else scenario.tactics
    return known[group].title.text(language) if group in known else group


def tactic_title(scenario: Scenario, tactic: str | None, language: str) -> str:
    """What a tactic is called; None is a mix of one's own."""
    if tactic is None:
        return said("group.own_mix", language)
    return group_title(scenario, tactic, language) if tactic in scenario.tactics else tactic


def product_name(scenario: Scenario, product: str, language: str) -> str:
    """What one of the shop's goods is called."""
    for item in scenario.host.products:
        if item.id == product:
            return item.name.text(language)
    return product


def act_name(act: str, language: str) -> str:
    """What a single act is called."""
    key = f"ui.act.{act}"
    return wording.text(key, language) if wording.has(key) else act


def way_title(scenario: Scenario, way: str, language: str) -> str:
    """What one round's way to host is called: a tactic, a policy, or a mix of one's own."""
    if way == MIXED:
        return said("group.own_mix", language)
    return group_title(scenario, way, language)


def hand_title(scenario: Scenario, hand: Hand, in_force: str, language: str) -> str:
    """What somebody decided, in a few words.

    in_force: the tactic, policy or MIXED that the shop went by before.
    """
    chosen = hand.policy or hand.tactic
    if hand.mix:
        parts = [said("group.own_mix", language)]
    elif chosen:
        parts = [group_title(scenario, chosen, language)]
    else:
        way = way_title(scenario, in_force, language)
        parts = [said("hand.on", language, way=way)]
    if hand.product:
        product = product_name(scenario, hand.product, language)
        parts.append(said("hand.product", language, product=product))
    if hand.act:
        act = act_name(hand.act, language)
        parts.append(said("hand.act", language, act=act, seconds=hand.seconds))
    if hand.answers:
        parts.append(said("hand.answers", language, count=len(hand.answers)))
    return said("hand.dot", language).join(parts)


def ways(scenario: Scenario, hands: Iterable[Hand]) -> list[str]:
    """The tactic, policy or MIXED in force in each round, by the hands of one shop."""
    if scenario.campaign is not None:
        found, current = [], scenario.campaign.policy
    else:
        found, current = [], scenario.reference
    for hand in hands:
        if hand.mix is not None:
            current = MIXED
        else:
            current = hand.policy or hand.tactic or current
        found.append(current)
    return found
