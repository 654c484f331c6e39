"""What can be planned in the morning: its hours, its money, and what is refused at no cost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import DecisionError
from sim.model import TICKS_PER_DAY
from sim.model.decisions import PLAYED, decision_from_data
from sim.model.planning import (
    PLAN_FIELDS,
    PLANS,
    BuyTraffic,
    CareForGroup,
    PlanLive,
    PublishNote,
    Restock,
    SignPartner,
    own_notes,
)
from sim.model.town import FORMATS
from sim.model.world import World
from tests.model.campaigns import small_campaign
from tests.model.streets import busy_street

HOURS = 8  # of small_campaign


@pytest.fixture(scope="module")
def untouched():
    return World(small_campaign(), [3])


@pytest.fixture
def world(untouched):
    return untouched.fork()


def plan(world, *plans):
    for one in plans:
        world.change(0, lambda state, town, p=one: p.apply(world.scenario, state, town))


def refused(world, one) -> str:
    """The key of the sentence with which a plan is refused; nothing may have changed."""
    before = world.digest(0)
    with pytest.raises(DecisionError) as error:
        plan(world, one)
    assert world.digest(0) == before
    for language in ("zh", "en"):
        assert error.value.in_language(language)
    return error.value.message.key.removeprefix("decisions.")


def room(world):
    return world.state(0).rooms[PLAYED]


class TestWhen:
    def test_only_in_the_morning(self, world):
        plan(world, CareForGroup(10, 1))
        world.advance(1)
        for one in (CareForGroup(20, 1), PlanLive("20:00", 30), Restock("linen_shirt", 1)):
            assert refused(world, one) == "not_morning"
        world.advance(TICKS_PER_DAY)
        plan(world, CareForGroup(20, 1))

    def test_not_after_the_last_day(self, world):
        world.advance(world.scenario.campaign.days * TICKS_PER_DAY)
        assert refused(world, CareForGroup(20, 1)) == "not_morning"

    def test_not_on_a_single_evening(self):
        assert refused(World(busy_street(), [3]), CareForGroup(20, 1)) == "no_campaign"


class TestHours:
    def test_each_takes_its_own(self, world):
        scenario = world.scenario
        assert PlanLive("20:00", 45).hours(scenario) == 0.75
        assert CareForGroup(90, 3).hours(scenario) == 1.5
        for free in (BuyTraffic(100, 1), Restock("linen_shirt", 1), SignPartner("hall")):
            assert free.hours(scenario) == 0
        looks = [PublishNote("look", ("linen_shirt",), n).hours(scenario) for n in (1, 10, 30)]
        assert looks[0] < looks[1] < looks[2]
        for name in FORMATS:
            assert PublishNote(name, ("linen_shirt",)).hours(scenario) > 0
        plan(world, PlanLive("20:00", 45), CareForGroup(90, 3))
        assert room(world)["worked"] == pytest.approx(2.25)

    def test_a_day_has_no_more(self, world):
        plan(world, CareForGroup(HOURS * 60 - 30, 0), PlanLive("20:00", 30))
        assert refused(world, PublishNote("hard_sell", ("linen_shirt",))) == "no_hours"
        assert refused(world, PlanLive("20:00", 31)) == "no_hours"

    def test_what_is_planned_anew_frees_what_it_took(self, world):
        plan(world, CareForGroup(HOURS * 60, 0), CareForGroup(60, 0))
        assert room(world)["worked"] == pytest.approx(1.0)
        plan(world, PlanLive("20:00", 40), PlanLive("20:05", 20))
        assert room(world)["worked"] == pytest.approx(1.0 + 20 / 60)
        plan(world, PlanLive("20:00", 0))
        assert room(world)["worked"] == pytest.approx(1.0)
        assert room(world)["starts"] == -1

    def test_care_is_counted_again_on_each_day(self, world):
        plan(world, CareForGroup(HOURS * 60, 0))
        world.advance(TICKS_PER_DAY)
        assert refused(world, PublishNote("hard_sell", ("linen_shirt",))) == "no_hours"
        assert room(world)["starts"] == -1


class TestLives:
    def test_it_begins_and_ends_when_it_should(self, world):
        world.advance(TICKS_PER_DAY)
        plan(world, PlanLive("20:10", 30))  # the street opens at 19:55
        assert room(world)["starts"] == TICKS_PER_DAY + 15 * 6
        assert room(world)["ends"] - room(world)["starts"] == 30 * 6

    @pytest.mark.parametrize("minutes", [-5, 1, 4, 241, 10**9])
    def test_its_length(self, world, minutes):
        assert refused(world, PlanLive("20:00", minutes)) == "bad_live_minutes"

    @pytest.mark.parametrize(("starts", "minutes"), [("19:00", 20), ("20:45", 10), ("23:59", 5)])
    def test_within_the_streets_hours(self, world, starts, minutes):
        assert refused(world, PlanLive(starts, minutes)) == "live_outside_hours"

    @pytest.mark.parametrize("starts", ["", "8", "8:00", "20:60", "24:00", "aa:bb", "1:2:3"])
    def test_a_time_of_day(self, world, starts):
        assert refused(world, PlanLive(starts, 30)) == "bad_clock"


class TestNotes:
    def test_a_note_appears_with_what_it_shows(self, world):
        before = len(list(own_notes(world.state(0))))
        plan(world, PublishNote("collection", ("wool_coat", "linen_shirt", "hand_cream"), 1, True))
        rows = list(own_notes(world.state(0)))
        assert len(rows) == before + 1
        card = world.state(0).cards[rows[-1]]
        assert card["products"] == 3 and card["pinned"] == 1
        known = [product.id for product in world.scenario.host.products]
        assert [known[p] for p in card["product"][:3]] == ["wool_coat", "linen_shirt", "hand_cream"]

    @pytest.mark.parametrize(
        ("note", "key"),
        [
            (PublishNote("reel", ("linen_shirt",)), "unknown_format"),
            (PublishNote("story", ("linen_skirt",)), "unknown_product"),
            (PublishNote("story", ()), "bad_note_products"),
            (PublishNote("look", ("linen_shirt", "wool_coat")), "bad_note_products"),
            (PublishNote("poll", ("linen_shirt", "linen_shirt")), "bad_note_products"),
            (PublishNote("collection", ("linen_shirt",)), "bad_note_products"),
            (PublishNote("look", ("linen_shirt",), 0), "bad_looks"),
            (PublishNote("look", ("linen_shirt",), 31), "bad_looks"),
            (PublishNote("story", ("linen_shirt",), 2), "bad_looks"),
        ],
    )
    def test_what_is_refused(self, world, note, key):
        assert refused(world, note) == key

    def test_the_oldest_makes_room_when_the_street_is_full(self, world):
        state = world.state(0)
        size = len(state.cards)
        state.clock[0]["cards"] = size  # every row in use
        rows = list(own_notes(state))
        for age, c in enumerate(rows):
            state.cards[c]["published"] = -age
        state.shoppers["read"] |= 1 << rows[-1]
        plan(world, PublishNote("story", ("linen_shirt",)))
        state = world.state(0)
        assert len(state.cards) == size
        assert state.cards[rows[-1]]["published"] == 0
        assert not (state.shoppers["read"] & (1 << rows[-1])).any()


class TestMoney:
    def test_goods_cost_what_they_cost(self, world):
        cost = world.scenario.host.products[0].cost_fen
        cash, stock = int(room(world)["cash"]), int(world.state(0).shelves["stock"][0])
        plan(world, Restock("linen_shirt", 3))
        assert room(world)["cash"] == cash - 3 * cost
        assert world.state(0).shelves["stock"][0] == stock + 3

    def test_nobody_lends_any(self, world):
        cost = world.scenario.host.products[0].cost_fen
        most = int(room(world)["cash"]) // cost
        assert refused(world, Restock("linen_shirt", most + 1)) == "no_cash"
        plan(world, Restock("linen_shirt", most))
        assert 0 <= room(world)["cash"] < cost
        room(world)["cash"] = -1
        assert refused(world, Restock("linen_shirt", 1)) == "no_cash"

    @pytest.mark.parametrize("units", [0, -3, 1_000_001, 2**31])
    def test_a_number_of_goods(self, world, units):
        assert refused(world, Restock("linen_shirt", units)) == "bad_number"

    def test_shelves_have_an_end(self, world):
        room(world)["cash"] = 2**60
        world.state(0).shelves["stock"][0] = 999_999
        assert refused(world, Restock("linen_shirt", 2)) == "bad_number"
        plan(world, Restock("linen_shirt", 1))

    def test_what_is_not_there(self, world):
        assert refused(world, Restock("linen_skirt", 1)) == "unknown_product"
        assert refused(world, SignPartner("halle")) == "unknown_partner"

    @pytest.mark.parametrize(("budget", "bid"), [(-1, 1), (1, -1), (10**8 + 1, 1), (1, 10**9)])
    def test_traffic(self, world, budget, bid):
        assert refused(world, BuyTraffic(budget, bid)) == "bad_number"

    @pytest.mark.parametrize(("minutes", "messages"), [(-1, 0), (481, 0), (0, -1), (0, 101)])
    def test_care(self, world, minutes, messages):
        assert refused(world, CareForGroup(minutes, messages)) == "bad_number"

    def test_a_partner_comes_and_goes(self, world):
        before = float(room(world)["grade"])
        plan(world, SignPartner("hall"))
        assert room(world)["grade"] > before and room(world)["partner"] == 0
        plan(world, SignPartner(""))
        assert room(world)["grade"] == before and room(world)["partner"] == -1


GOOD = [
    PlanLive("20:00", 30),
    PublishNote("poll", ("linen_shirt", "wool_coat"), 1, True),
    CareForGroup(30, 2),
    BuyTraffic(1000, 50),
    Restock("wool_coat", 2),
    SignPartner("hall"),
]
_SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80)
    | st.sampled_from(["linen_shirt", "look", "20:00", "hall", "", "20:00\n", "\x00", "٢٠:٠٠"])
    | st.integers(-5, 300)
)  # fmt: skip
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=9) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)


def forged():
    """Data of the right shape in which anything may stand, and data of no shape at all."""
    shaped = [
        st.fixed_dictionaries({"kind": st.just(kind), **dict.fromkeys(fields, _ANYTHING)})
        for kind, fields in PLAN_FIELDS.items()
    ]
    typed = {str: _SCALARS.filter(lambda v: isinstance(v, str)), int: st.integers(-(2**33), 2**33),
             bool: st.booleans(), list: st.lists(_SCALARS, max_size=9)}  # fmt: skip
    likely = [
        st.fixed_dictionaries(
            {"kind": st.just(kind), **{name: typed[type_] for name, type_ in fields.items()}}
        )
        for kind, fields in PLAN_FIELDS.items()
    ]
    return st.one_of(*shaped, *likely, _ANYTHING)


class TestData:
    @pytest.mark.parametrize("one", GOOD, ids=lambda one: one.kind)
    def test_there_and_back(self, one):
        data = json.loads(json.dumps(one.to_data()))
        assert decision_from_data(data) == one
        assert type(one) is PLANS[data["kind"]]

    def test_every_kind_is_tried(self):
        assert {one.kind for one in GOOD} == set(PLANS) == set(PLAN_FIELDS)

    @pytest.mark.parametrize("one", GOOD, ids=lambda one: one.kind)
    def test_missing_and_unknown_fields(self, one):
        data = one.to_data()
        for name in PLAN_FIELDS[one.kind]:
            less = {key: value for key, value in data.items() if key != name}
            with pytest.raises(DecisionError):
                decision_from_data(less)
        with pytest.raises(DecisionError):
            decision_from_data({**data, "more": 1})

    def test_true_is_no_number_and_one_is_no_truth(self):
        with pytest.raises(DecisionError):
            decision_from_data({"kind": "care_for_group", "minutes": True, "messages": 1})
        note = GOOD[1].to_data()
        with pytest.raises(DecisionError):
            decision_from_data({**note, "pinned": 1})

    @given(forged())
    @settings(max_examples=200)
    def test_strangers_data_give_a_decision_or_a_sentence(self, untouched, data):
        try:
            decision = decision_from_data(data)
        except DecisionError as error:
            assert error.in_language("zh") and error.in_language("en")
            return
        assert decision_from_data(json.loads(json.dumps(decision.to_data()))) == decision
        world = untouched.fork()
        before = world.digest(0)
        try:
            plan(world, decision)
        except DecisionError as error:
            assert error.in_language("zh") and error.in_language("en")
            assert world.digest(0) == before
