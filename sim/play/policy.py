"""A policy lives a campaign: every morning it plans the day, as a person would, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sim.errors import DecisionError
from sim.model import TICKS_PER_DAY
from sim.model.decisions import PLAYED, Decision, SetTactic, ShowProduct
from sim.model.layout import EVENT, State
from sim.model.planning import (
    BuyTraffic,
    CareForGroup,
    MorningPlan,
    PlanLive,
    PublishNote,
    Restock,
    SignPartner,
    own_notes,
)
from sim.model.town import FORMAT_NAMES
from sim.model.world import World
from sim.play.timeline import Timeline
from sim.scenario import AccountPolicy, Scenario


class Stopped(Exception):
    """Somebody asked to stop; what was being simulated is dropped."""


def is_due(day: int, first: int, every: int) -> bool:
    """Whether something planned for every so many days falls on a day; the first day is 0."""
    return day >= first - 1 and (day - (first - 1)) % every == 0


def poll_winner(scenario: Scenario, state: State) -> str | None:
    """The product that readers of the newest poll named most often; None without votes."""
    poll = FORMAT_NAMES.index("poll")
    polls = [c for c in own_notes(state) if state.cards[c].format == poll]
    polls = [c for c in polls if int(state.cards[c].votes.sum()) > 0]
    if not polls:
        return None
    card = state.cards[max(polls, key=lambda c: (int(state.cards[c].published), c))]
    named = int(card.product[int(np.argmax(card.votes[: card.products]))])
    return scenario.host.products[named].id


def morning(
    policy: AccountPolicy, scenario: Scenario, state: State, day: int
) -> Iterator[Decision | MorningPlan]:
    """What a policy decides on the morning of a day (0 is the first), in this order.

    Care, traffic and the partner are decided on the first day and hold from then on.
    """
    known = [item.id for item in scenario.host.products]
    if day == 0:
        if policy.partner:
            yield SignPartner(policy.partner)
        if policy.group.minutes or policy.group.messages:
            yield CareForGroup(policy.group.minutes, policy.group.messages)
        if policy.traffic.budget > 0:
            yield BuyTraffic(round(policy.traffic.budget * 100), round(policy.traffic.bid * 100))
    if policy.restock is not None:
        for p, name in enumerate(known):
            if int(state.shelves[p].stock) < policy.restock.below:
                yield Restock(name, policy.restock.units)
    if policy.live is not None and is_due(day, policy.live.first, policy.live.every):
        yield PlanLive(policy.live.starts, policy.live.minutes)
        yield SetTactic(policy.live.tactic)
        winner = poll_winner(scenario, state) if policy.feature == "poll" else None
        if winner is not None:
            yield ShowProduct(winner)
    for plan in policy.notes:
        if is_due(day, plan.first, plan.every):
            turn = (day - (plan.first - 1)) // plan.every
            count = min(plan.products, len(known))
            shown = tuple(known[(turn * count + k) % len(known)] for k in range(count))
            yield PublishNote(plan.format, shown, plan.looks, plan.pinned)


def plan_morning(
    policy: AccountPolicy,
    scenario: Scenario,
    state: State,
    day: int,
    decide: Callable[[Decision | MorningPlan], None],
) -> list[tuple[Decision | MorningPlan, DecisionError]]:
    """Hands a morning's decisions to `decide`; gives those that were not possible that day, and
    why."""
    refused = []
    for decision in morning(policy, scenario, state, day):
        try:
            decide(decision)
        except DecisionError as error:  # no hours or no money left: a person would let it be, too
            refused.append((decision, error))
    return refused


def play_policy(
    world: World,
    policy: AccountPolicy,
    end: int,
    stopped: Callable[[], bool] | None = None,
) -> np.ndarray:
    """Lives a campaign's world of one row by a policy up to tick `end`; the played shop's events.

    Begins in the morning at which the world is, or with the next one. stopped: asked every morning;
    once it says yes, Stopped is raised.
    """
    scenario = world.scenario
    timeline = Timeline.of(scenario)
    parts: list[np.ndarray] = []
    while (tick := world.tick(0)) < end:
        if stopped is not None and stopped():
            raise Stopped
        if tick < timeline.closes and tick % TICKS_PER_DAY == 0:

            def decide(decision: Decision | MorningPlan) -> None:
                world.change(0, lambda state, town: decision.apply(scenario, state, town))

            plan_morning(policy, scenario, world.state(0), tick // TICKS_PER_DAY, decide)
        following = (tick // TICKS_PER_DAY + 1) * TICKS_PER_DAY
        parts.extend(world.advance(min(following, end), keep=[PLAYED], threads=1))
    return np.concatenate(parts) if parts else np.zeros(0, dtype=EVENT)
