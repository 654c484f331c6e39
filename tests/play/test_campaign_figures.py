"""The figures of a campaign from events made by hand: what counts, and what it is divided by."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim import wording
from sim.model import TICKS_PER_DAY
from sim.model.events import Kind
from sim.model.layout import EVENT, Origin, Relation
from sim.model.world import World
from sim.play.campaign_figures import CAMPAIGN_METRICS, campaign_figures, profit
from sim.scenario.claims import CLAIM_METRICS
from tests.model.campaigns import small_campaign

FOLLOWER, MEMBER = int(Relation.FOLLOWER), int(Relation.MEMBER)


def made(*rows) -> np.ndarray:
    """Events (tick, kind, shopper, value, extra), in the order of time."""
    events = np.zeros(len(rows), dtype=EVENT)
    for n, (tick, kind, shopper, value, extra) in enumerate(rows):
        events[n] = (tick, kind, shopper, 0, 0, value, extra)
    return events


@pytest.fixture
def world():
    return World(small_campaign(), [1])


def figures_of(world, *rows):
    return campaign_figures(world.scenario, world.state(0), world.town, made(*rows))


def later(world, days):
    world.state(0).clock[0]["tick"] = days * TICKS_PER_DAY


def test_names_are_worded_and_can_be_claimed():
    for name in CAMPAIGN_METRICS:
        assert name in CLAIM_METRICS
        assert wording.has(f"metrics.{name}.unit")
        for language in wording.LANGUAGES:
            assert wording.text(f"metrics.{name}.name", language)
            assert wording.text(f"metrics.{name}.meaning", language)


def test_nothing_happened(world):
    found = figures_of(world)
    assert tuple(found) == CAMPAIGN_METRICS
    undefined = {name for name, value in found.items() if math.isnan(value)}
    assert undefined == {
        "fan_share", "member_watch_minutes", "member_value_ratio", "repeat_share", "traffic_return"
    }  # fmt: skip
    assert found["profit"] == found["members"] == found["note_reads"] == 0
    assert found["standing"] == 1
    own = [product.quality for product in world.scenario.host.products]
    assert found["quality"] == pytest.approx(np.mean(own))


class TestMoney:
    def test_profit_counts_cash_and_goods_at_cost(self, world):
        state, town = world.state(0), world.town
        cost = int(town.products["cost"][0])
        start = round(world.scenario.campaign.cash * 100)
        state.rooms[0]["cash"] = start - 5 * cost  # five units bought, none sold
        state.shelves["stock"][0] += 5
        assert profit(world.scenario, state, town) == pytest.approx(0.0)
        state.shelves["stock"][0] -= 2
        state.rooms[0]["cash"] += 2 * int(town.products["price"][0])
        gain = 2 * (int(town.products["price"][0]) - cost) / 100
        assert profit(world.scenario, state, town) == pytest.approx(gain)

    def test_others_goods_are_not_ours(self, world):
        state, town = world.state(0), world.town
        theirs = int(np.flatnonzero(town.products["host"] != 0)[0])
        state.shelves["stock"][theirs] += 1000
        assert profit(world.scenario, state, town) == 0.0

    def test_traffic(self, world):
        found = figures_of(
            world,
            (1, Kind.PAID_CLICK, 3, 150, 0),
            (2, Kind.PAID_CLICK, 4, 50, 0),
            (3, Kind.ORIGIN, 3, 900, int(Origin.PAID)),
            (3, Kind.ORIGIN, 5, 800, FOLLOWER),
        )
        assert found["traffic_spent"] == 2.0
        assert found["traffic_return"] == pytest.approx(4.5)

    def test_notes(self, world):
        found = figures_of(
            world,
            (1, Kind.READ, 3, 2, 0),
            (2, Kind.READ, 3, 5, 0),
            (2, Kind.NOTE_ORDER, 3, 1250, 2),
        )
        assert (found["note_reads"], found["note_sales"]) == (2, 12.5)


class TestFans:
    def test_share_of_what_was_ordered(self, world):
        found = figures_of(
            world,
            (1, Kind.ORIGIN, 1, 100, 0),
            (2, Kind.ORIGIN, 2, 200, FOLLOWER),
            (3, Kind.ORIGIN, 3, 300, MEMBER | int(Origin.NOTE)),
            (4, Kind.ORIGIN, 4, 400, int(Origin.AGAIN)),
        )
        assert found["fan_share"] == pytest.approx(0.5)

    def test_only_the_last_thirty_days_count(self, world):
        later(world, 40)
        found = figures_of(
            world,
            (9 * TICKS_PER_DAY, Kind.ORIGIN, 1, 900, FOLLOWER),
            (10 * TICKS_PER_DAY, Kind.ORIGIN, 2, 100, 0),
            (11 * TICKS_PER_DAY, Kind.ORIGIN, 3, 300, FOLLOWER),
        )
        assert found["fan_share"] == pytest.approx(0.75)

    @pytest.mark.parametrize(
        ("days", "share"),
        [
            ({1: [0]}, 0.0),
            ({1: [0, 0]}, 0.0),  # twice on one day is no coming back
            ({1: [0, 2], 2: [1]}, 0.5),
            ({1: [0, 2], 2: [1, 3], 3: [2, 5, 7]}, 1.0),
        ],
    )
    def test_buying_again(self, world, days, share):
        rows = [
            (day * TICKS_PER_DAY + n, Kind.ORIGIN, shopper, 100, 0)
            for shopper, whole in days.items()
            for n, day in enumerate(whole)
        ]
        found = figures_of(world, *sorted(rows))
        assert found["repeat_share"] == pytest.approx(share)


class TestGroup:
    def test_minutes_that_members_watch(self, world):
        day = TICKS_PER_DAY
        found = figures_of(
            world,
            (10, Kind.ENTER, 1, MEMBER | FOLLOWER, 0),
            (12, Kind.ENTER, 2, FOLLOWER, 0),
            (20, Kind.LEAVE, 1, 600, 0),
            (22, Kind.LEAVE, 2, 6000, 0),
            (30, Kind.ENTER, 1, MEMBER, 0),  # again on the same day: one visitor
            (40, Kind.LEAVE, 1, 1200, 0),
            (day + 10, Kind.ENTER, 1, MEMBER, 0),
            (day + 20, Kind.LEAVE, 1, 600, 0),
            (day + 30, Kind.ENTER, 3, MEMBER, 0),  # still there: not known yet
        )
        assert found["member_watch_minutes"] == pytest.approx((10 + 20 + 10) / 2)

    def test_who_became_a_member_inside_counts_from_the_next_visit(self, world):
        found = figures_of(
            world,
            (10, Kind.ENTER, 1, FOLLOWER, 0),
            (15, Kind.JOIN_GROUP, 1, 0, 0),
            (20, Kind.LEAVE, 1, 600, 0),
        )
        assert math.isnan(found["member_watch_minutes"])

    def test_what_members_spend_a_head(self, world):
        state = world.state(0)
        state.relations["kind"][[1, 2], 0] = MEMBER
        state.rooms[0]["members"] = 2
        found = figures_of(
            world,
            (1, Kind.ENTER, 1, MEMBER, 0),
            (1, Kind.READ, 3, 0, 0),
            (1, Kind.NOTIFIED, 4, 1, 0),
            (1, Kind.ENTER, 5, 0, 0),
            (1, Kind.ENTER, 5, 0, 0),
            (2, Kind.ORIGIN, 1, 1000, MEMBER),
            (3, Kind.ORIGIN, 5, 300, 0),
        )
        # members: 1000 of two, who came or not; others: 300 of the three who came or read
        assert found["member_value_ratio"] == pytest.approx((1000 / 2) / (300 / 3))
        assert found["members"] == 2

    def test_older_orders_are_left_out(self, world):
        later(world, 40)
        world.state(0).relations["kind"][1, 0] = MEMBER
        old, new = 2 * TICKS_PER_DAY, 30 * TICKS_PER_DAY
        found = figures_of(
            world,
            (old, Kind.ENTER, 5, 0, 0),
            (old, Kind.ORIGIN, 1, 9000, MEMBER),
            (new, Kind.ENTER, 6, 0, 0),
            (new, Kind.ORIGIN, 1, 500, MEMBER),
            (new, Kind.ORIGIN, 6, 100, 0),
        )
        assert found["member_value_ratio"] == pytest.approx(5.0)
