"""A policy does on each morning what its file says, and lives a campaign as a person would."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model import TICKS_PER_DAY
from sim.model.decisions import SetTactic, ShowProduct
from sim.model.planning import (
    BuyTraffic,
    CareForGroup,
    PlanLive,
    PublishNote,
    Restock,
    SignPartner,
    own_notes,
)
from sim.model.town import FORMAT_NAMES
from sim.model.world import World
from sim.play.living import live_by, live_day
from sim.play.policy import Stopped, is_due, morning, plan_morning, play_policy, poll_winner
from sim.play.run import Run
from sim.play.timeline import Timeline
from tests.model.campaigns import small_campaign

POLL = FORMAT_NAMES.index("poll")
WORDS = {"zh": "一个方案", "en": "A policy"}


def campaign(policy: dict, days: int = 6, **changes):
    """A small campaign with one policy."""
    policies = {"mine": {"title": WORDS, "summary": WORDS, **policy}}
    campaign = {
        "days": days, "cash": 2000, "hours": 9, "newcomers": 0.3, "policy": "mine",
        "compare": ["mine"],
    }  # fmt: skip
    return small_campaign(days, policies=policies, campaign=campaign, **changes)


def mornings(scenario, days, state=None):
    """What the policy decides on each day, of a world in which nothing has happened."""
    state = World(scenario, [1]).state(0) if state is None else state
    policy = scenario.policies["mine"]
    return [list(morning(policy, scenario, state, day)) for day in range(days)]


@pytest.mark.parametrize(
    ("first", "every", "days"),
    [(1, 1, [0, 1, 2, 3, 4, 5]), (1, 3, [0, 3]), (2, 2, [1, 3, 5]), (6, 1, [5]), (9, 1, [])],
)
def test_what_is_due_when(first, every, days):
    assert [day for day in range(6) if is_due(day, first, every)] == days


class TestMornings:
    def test_nothing_is_decided_by_an_empty_policy(self):
        assert mornings(campaign({}), 3) == [[], [], []]

    def test_lives(self):
        live = {"every": 2, "first": 2, "starts": "20:00", "minutes": 30, "tactic": "rushed"}
        planned = [PlanLive("20:00", 30), SetTactic("rushed")]
        group = {"minutes": 0, "messages": 0}
        scenario = campaign({"live": live, "group": group})
        assert mornings(scenario, 4) == [[], planned, [], planned]

    def test_notes_show_the_goods_in_turn(self):
        notes = [
            {"every": 1, "format": "look", "looks": 4, "pinned": True},
            {"every": 2, "first": 2, "format": "collection", "products": 5},
        ]
        scenario = campaign({"notes": notes, "group": {"minutes": 0, "messages": 0}})
        known = [product.id for product in scenario.host.products]
        assert len(known) == 3
        days = mornings(scenario, 4)
        looks = [day[0] for day in days]
        assert looks == [PublishNote("look", (known[n % 3],), 4, True) for n in range(4)]
        assert [len(day) for day in days] == [1, 2, 1, 2]
        # no more than there are, each of them once, beginning with the next
        assert [set(days[day][1].products) for day in (1, 3)] == [set(known)] * 2

    def test_care_traffic_and_the_partner_are_decided_once(self):
        scenario = campaign(
            {
                "group": {"minutes": 40, "messages": 2},
                "traffic": {"budget": 12.34, "bid": 0.56},
                "partner": "hall",
            }
        )
        first, *others = mornings(scenario, 3)
        assert first == [SignPartner("hall"), CareForGroup(40, 2), BuyTraffic(1234, 56)]
        assert others == [[], []]

    def test_goods_are_bought_when_few_are_left(self):
        scenario = campaign(
            {"restock": {"below": 5, "units": 7}, "group": {"minutes": 0, "messages": 0}}
        )
        state = World(scenario, [1]).state(0)
        assert mornings(scenario, 1, state) == [[]]
        state.shelves["stock"][0], state.shelves["stock"][2] = 4, 5
        assert mornings(scenario, 1, state) == [[Restock(scenario.host.products[0].id, 7)]]

    def test_a_live_begins_with_what_the_last_poll_named(self):
        live = {"every": 1, "starts": "20:00", "minutes": 30, "tactic": "rushed"}
        scenario = campaign({"live": live, "feature": "poll"})
        world = World(scenario, [1])
        state = world.state(0)
        names = tuple(product.id for product in scenario.host.products)
        assert poll_winner(scenario, state) is None
        shown = [d for d in mornings(scenario, 1, state)[0] if isinstance(d, ShowProduct)]
        assert shown == []
        for _ in range(2):
            world.change(0, lambda s, town: PublishNote("poll", names).apply(scenario, s, town))
        state = world.state(0)
        older, newer = [c for c in own_notes(state) if state.cards[c].format == POLL]
        state.cards[newer].published = 10
        state.cards[older].votes[:3] = (9, 0, 0)
        assert poll_winner(scenario, state) == names[0]  # nobody has read the newer one yet
        state.cards[newer].votes[:3] = (1, 2, 2)
        assert poll_winner(scenario, state) == names[1]  # the first of equals
        assert ShowProduct(names[1]) in mornings(scenario, 1, state)[0]


LIVE = {"every": 2, "starts": "20:00", "minutes": 30, "tactic": "interaction"}
POLICY = {
    "live": LIVE,
    "notes": [{"every": 1, "format": "story", "pinned": True}],
    "group": {"minutes": 30, "messages": 1},
    "restock": {"below": 240, "units": 3},
    "traffic": {"budget": 5, "bid": 2},
}


class TestLiving:
    def test_a_run_and_a_world_live_it_to_the_same_digest(self):
        scenario = campaign(POLICY, 3)
        run, world = Run(scenario, 7), World(scenario, [7])
        refused = live_by(run, scenario.policies["mine"])
        events = play_policy(world, scenario.policies["mine"], Timeline.of(scenario).end)
        assert refused == []
        assert run.phase == "finished" and run.digest() == world.digest(0)
        assert events.tobytes() == run.events().tobytes()

    def test_it_can_be_continued_at_any_morning(self):
        scenario = campaign(POLICY, 3)
        end = Timeline.of(scenario).end
        at_once, in_parts = World(scenario, [7]), World(scenario, [7])
        whole = play_policy(at_once, scenario.policies["mine"], end)
        parts = [
            play_policy(in_parts, scenario.policies["mine"], until)
            for until in (TICKS_PER_DAY, 2 * TICKS_PER_DAY, end)
        ]
        assert np.concatenate(parts).tobytes() == whole.tobytes()
        assert in_parts.digest(0) == at_once.digest(0)

    def test_what_is_not_possible_is_let_be_and_told(self):
        scenario = campaign({**POLICY, "group": {"minutes": 480, "messages": 0}}, 3)
        run = Run(scenario, 7)
        refused = live_by(run, scenario.policies["mine"])
        assert {item.error.message.key for item in refused} == {"decisions.no_hours"}
        assert {item.day for item in refused} >= {1, 3}  # eight of nine hours go to the group
        assert not any(isinstance(d, PublishNote) for _, d in run.decisions[:3])

    def test_plan_morning_goes_on_behind_a_refusal(self):
        scenario = campaign({**POLICY, "group": {"minutes": 480, "messages": 0}}, 3)
        run = Run(scenario, 7)
        taken = []

        def decide(decision):
            run.decide(decision)
            taken.append(type(decision))

        state = run.world.state(0)
        refused = plan_morning(scenario.policies["mine"], scenario, state, 0, decide)
        assert len(refused) == 1 and SetTactic in taken and CareForGroup in taken

    def test_a_day_from_within_the_day_plans_nothing(self):
        scenario = campaign(POLICY, 3)
        run = Run(scenario, 7)
        run.advance_ticks(10)
        assert live_day(run, scenario.policies["mine"]) == []
        assert run.tick == TICKS_PER_DAY and run.decisions == []

    def test_it_stops_when_asked(self):
        scenario = campaign(POLICY, 3)
        world = World(scenario, [7])
        days = iter([False, True])
        with pytest.raises(Stopped):
            play_policy(
                world, scenario.policies["mine"], Timeline.of(scenario).end, lambda: next(days)
            )
        assert world.tick(0) == TICKS_PER_DAY

    def test_progress_is_told_after_each_day(self):
        scenario = campaign({}, 2, nights=1)
        told = []
        live_by(Run(scenario, 1), scenario.policies["mine"], lambda *counts: told.append(counts))
        assert [done // TICKS_PER_DAY for done, _ in told][:2] == [1, 2]
        assert told[-1][0] == told[-1][1]
