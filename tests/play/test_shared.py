"""Several played shops on one street."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import DecisionError, StrollError
from sim.model.decisions import AnswerShopper, SetTactic, ShowProduct
from sim.model.events import Kind
from sim.model.layout import Place
from sim.play.run import Run
from sim.play.shared import MOST_SHOPS, SharedRun, shared_scenario
from sim.scenario import Scenario


@pytest.fixture(scope="module")
def short():
    return Scenario.load("first_stream").with_changes(
        {"shoppers": 900, "live.minutes": 20, "nights": 3}
    )


@pytest.fixture(scope="module")
def opened(short):
    """The moment at which all three shops go live."""
    street = SharedRun(short, seed=5, shops=3)
    street.advance_ticks(street.timeline.live_start)
    return street


def test_every_shop_is_live_with_the_same_goods(short):
    scenario = shared_scenario(short, 4)
    shops = scenario.hosts[:4]
    assert len({shop.id for shop in shops}) == 4
    assert all(shop.products == short.host.products for shop in shops)
    assert {host.id for host in scenario.hosts[4:]} == {"runner_supply", "small_table"}
    assert all(host.live is None for host in scenario.hosts[4:])


@pytest.mark.parametrize("shops", [0, MOST_SHOPS + 1])
def test_a_street_has_room_for_so_many(short, shops):
    with pytest.raises(StrollError, match=str(MOST_SHOPS)):
        shared_scenario(short, shops)


def test_a_campaign_has_one_shop():
    with pytest.raises(StrollError):
        shared_scenario(Scenario.load("thirty_days"), 2)


def test_a_decision_reaches_its_own_shop_alone(opened):
    street = opened.fork()
    before = street.world.state(0).rooms.mix.copy()
    street.decide(1, SetTactic("rushed"))
    after = street.world.state(0).rooms.mix
    assert not np.array_equal(after[1], before[1])
    for host in (0, 2):
        assert np.array_equal(after[host], before[host])
    street.decide(2, ShowProduct("wool_coat"))
    assert street.shop(2).room().product == "wool_coat"
    assert [street.shop(h).room().tactic for h in range(3)] == ["patient", "rushed", "patient"]


def test_same_decisions_same_bits_and_a_fork_is_apart(opened):
    ways = []
    for _ in range(2):
        street = opened.fork()
        street.decide(0, SetTactic("interaction"))
        street.advance_ticks(10)
        street.advance_ticks(street.end_tick)
        ways.append(street.digest())
    assert ways[0] == ways[1] != opened.digest()


def test_shops_compete_for_the_same_people(opened):
    street = opened.fork()
    street.advance_ticks(60)
    state = street.world.state(0)
    inside = [
        set(np.flatnonzero((state.shoppers["place"] == Place.IN_ROOM)
                           & (state.shoppers["where"] == host)))
        for host in range(3)
    ]  # fmt: skip
    assert [len(people) for people in inside] == [street.shop(h).room().viewers for h in range(3)]
    street.advance_ticks(street.end_tick)
    viewers = [
        set(street.shop(h).events()["shopper"][street.shop(h).events()["kind"] == Kind.ENTER])
        for h in range(3)
    ]
    assert all(viewers) and viewers[0] & viewers[1], "some looked into both"


def test_the_first_shop_left_to_itself_is_the_played_shop_of_a_run(opened):
    street, run = opened.fork(), Run(opened.scenario, opened.seed)
    street.advance_ticks(street.end_tick)
    assert street.shop(0).report() == pytest.approx(run.finish(), nan_ok=True)
    assert street.digest() == run.digest()


def test_questions_are_answered_in_the_shop_where_they_were_asked(opened):
    street = opened.fork()
    street.decide(2, SetTactic("interaction"))
    while not street.shop(2).room().queue and street.tick < street.timeline.live_end:
        street.advance_ticks(1)
    shopper = street.shop(2).room().queue[-1][0]
    with pytest.raises(DecisionError):
        street.decide(0, AnswerShopper(shopper))
    street.decide(2, AnswerShopper(shopper))
    assert street.shop(2).room().queue[0][0] == shopper


def test_nothing_can_be_decided_after_the_live(opened):
    street = opened.fork()
    street.advance_ticks(street.end_tick)
    with pytest.raises(DecisionError):
        street.decide(0, SetTactic("patient"))
