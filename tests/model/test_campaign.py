"""Weeks balance to the unit, repeat to the bit, and stop where nothing feeds them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import TICKS_PER_DAY
from sim.model.events import Kind
from sim.model.layout import OrderStatus, Place, Relation
from sim.model.planning import CareForGroup, PlanLive, PublishNote
from sim.model.world import World
from tests.model.campaigns import busy_morning, play_days, small_campaign


@pytest.fixture(scope="module")
def run():
    return play_days(small_campaign())


def _balanced(run) -> None:
    state, town = run.world.state(0), run.world.town
    clock, rules = state.clock[0], town.rules[0]
    places = state.shoppers["place"]
    assert clock["came"] - clock["went"] == (places != Place.AWAY).sum()
    shelves, orders = state.shelves, state.orders[: clock["orders"]]
    stocked = town.products["stock"] + shelves["bought"]
    assert (shelves["stock"] + shelves["sold"] - shelves["returned"]).tolist() == stocked.tolist()
    assert (shelves["stock"] >= 0).all()
    back = orders["status"] == OrderStatus.RETURNED
    kept = orders["status"] == OrderStatus.KEPT
    assert shelves["kept"].sum() == kept.sum()
    for h in range(len(town.hosts)):
        mine = town.products["host"][orders["product"]] == h
        paid = orders["paid"].astype(np.int64)
        events = run.events()
        clicks = int(events["value"][events["kind"] == Kind.PAID_CLICK].sum()) if h == 0 else 0
        own = town.products["host"] == h
        bought = int((shelves["bought"][own] * town.products["cost"][own].astype(np.int64)).sum())
        cash = int(town.hosts[h]["cash"]) + int(paid[mine & ~back].sum()) - bought - clicks
        cash -= int(rules["parcel"]) * int(mine.sum())
        cash -= int(rules["parcel_back"]) * int((mine & back).sum())
        # fees and commissions are cut from kept parcels only, each rounded down
        taken = cash - int(state.rooms[h]["cash"])
        most = paid[mine & kept].sum() * (float(rules["fee"]) + 0.1)
        assert 0 <= taken <= most + 1
        if h > 0:
            assert taken == sum(int(p * float(rules["fee"])) for p in paid[mine & kept].tolist())
        kinds = state.relations["kind"][:, h]
        assert state.rooms[h]["followers"] == ((kinds & Relation.FOLLOWER) > 0).sum()
        assert state.rooms[h]["members"] == ((kinds & Relation.MEMBER) > 0).sum()
    for name in ("trust", "warmth", "fatigue"):
        values = state.relations[name]
        assert (values >= 0).all() and (values <= 1).all(), name
    assert (state.shoppers["need"] >= 0).all() and (state.shoppers["need"] <= 1).all()
    for name in ("standing", "rest"):
        assert (state.rooms[name] > 0).all() and (state.rooms[name] <= 1).all(), name


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32), stop=st.integers(1, 4 * TICKS_PER_DAY))
def test_everything_balances_on_any_day(seed, stop):
    _balanced(play_days(small_campaign(), seed, stop))


def test_everything_happens_and_balances_at_the_end(run):
    _balanced(run)
    happened = set(np.unique(run.events()["kind"]).tolist())
    assert happened >= {
        Kind.ORDER, Kind.NOTE_ORDER, Kind.ORIGIN, Kind.READ, Kind.TELL, Kind.REPORT,
        Kind.PAID_CLICK, Kind.TIER, Kind.SUPPORT, Kind.NOTIFIED, Kind.IMPROVED, Kind.DAY,
        Kind.JOIN_GROUP, Kind.LEAVE_GROUP, Kind.KEEP, Kind.RETURN,
    }  # fmt: skip


def test_the_same_campaign_has_the_same_bits(run):
    again = play_days(small_campaign())
    assert again.digest() == run.digest()
    assert np.array_equal(again.events(), run.events())


@settings(max_examples=4, deadline=None)
@given(at=st.integers(1, 3 * TICKS_PER_DAY))
def test_a_fork_on_any_day_goes_on_as_if_nothing_had_been_copied(at):
    scenario = small_campaign(days=3)
    whole = play_days(scenario)
    half = play_days(scenario, until=at)
    branch = half.fork()
    while branch.tick < branch.end_tick:
        if branch.phase == "morning":
            for decision in busy_morning(branch.tick // TICKS_PER_DAY):
                branch.decide(decision)
        branch.advance_ticks(min(8640 - branch.tick % 8640, branch.end_tick - branch.tick))
    assert branch.digest() == whole.digest()


def test_worlds_of_a_batch_do_not_touch():
    scenario = small_campaign(days=2)
    both = World(scenario, [3, 4])
    both.advance(2 * TICKS_PER_DAY, threads=2)
    alone = World(scenario, [4])
    alone.advance(2 * TICKS_PER_DAY)
    assert both.digest(1) == alone.digest(0)


def test_newcomers_come_one_day_after_the_other():
    scenario = small_campaign(campaign__newcomers=0.5)
    arrives = World(scenario, [1]).state(0).shoppers["arrives"]
    assert (arrives[:35] == 0).all() and (arrives[35:] > 0).all()
    assert set(arrives[35:].tolist()) == {1, 2, 3}
    early = play_days(scenario, until=TICKS_PER_DAY - 1).events()
    assert (early["shopper"] < 35).all()


def test_without_newcomers_everybody_knows_the_street():
    arrives = World(small_campaign(campaign__newcomers=0.0), [1]).state(0).shoppers["arrives"]
    assert (arrives == 0).all()


def _quiet(_day: int) -> list:
    return [PublishNote("look", ("linen_shirt",), 3, True), PlanLive("20:00", 40)]


def test_a_group_without_care_cools_and_empties():
    def cared(day: int) -> list:
        return [*_quiet(day), CareForGroup(120, 1)]

    cold = play_days(small_campaign(days=7), mornings=_quiet)
    warm = play_days(small_campaign(days=7), mornings=cared)
    spammed = play_days(
        small_campaign(days=7), mornings=lambda day: [*_quiet(day), CareForGroup(120, 12)]
    )

    def warmth(run) -> float:
        relations = run.world.state(0).relations[:, 0]
        members = (relations["kind"] & Relation.MEMBER) > 0
        return float(relations["warmth"][members].mean()) if members.any() else 0.0

    def left(run) -> int:
        return int((run.events()["kind"] == Kind.LEAVE_GROUP).sum())

    assert warmth(cold) < 0.25 < warmth(warm)
    assert left(warm) == 0 < left(cold)
    assert warmth(spammed) < warmth(warm) and left(spammed) > 0


def test_nothing_is_sold_from_empty_shelves_nor_paid_without_a_budget():
    empty = {f"host__products__{n}__stock": 0 for n in ("linen_shirt", "wool_coat", "hand_cream")}
    run = play_days(small_campaign(**empty), mornings=_quiet)
    kinds = run.events()["kind"]
    assert not np.isin(kinds, (Kind.ORDER, Kind.NOTE_ORDER, Kind.PAID_CLICK)).any()
    assert run.world.state(0).rooms[0]["cash"] == 200_000


def test_notes_age_and_a_poll_counts_its_readers(run):
    state = run.world.state(0)
    own = [c for c in range(int(state.clock[0]["cards"])) if state.cards[c]["host"] == 0]
    notes = [c for c in own if not state.cards[c]["live"]]
    fresh = [float(state.cards[c]["fresh"]) for c in notes]
    assert fresh[0] < fresh[-1] <= 1.0
    polls = [c for c in notes if state.cards[c]["format"] == 1]
    assert len(polls) == 1
    reads = run.events()
    reads = reads[(reads["kind"] == Kind.READ) & (reads["value"] == polls[0])]
    assert state.cards[polls[0]]["votes"].sum() == len(reads) > 0


@pytest.mark.parametrize(
    ("mechanism", "kinds"),
    [
        ("note_sales", [Kind.NOTE_ORDER]),
        ("note_comments", [Kind.NOTE_COMMENT]),
        ("notifications", [Kind.NOTIFIED]),
        ("word_of_mouth", [Kind.TELL]),
        ("reports", [Kind.REPORT]),
        ("feedback", [Kind.IMPROVED]),
        ("group", [Kind.JOIN_GROUP]),
    ],
)
def test_a_switch_removes_its_mechanism(run, mechanism, kinds):
    without = play_days(small_campaign(switch_off=[mechanism]))
    assert np.isin(run.events()["kind"], kinds).any()
    assert not np.isin(without.events()["kind"], kinds).any()


def test_games_and_returns_cost_standing(run):
    fair = play_days(small_campaign(switch_off=["reports"]), mornings=_quiet)
    assert run.world.state(0).rooms[0]["standing"] < 1.0
    gamed = [e for e in run.events() if e["kind"] == Kind.REPORT]
    assert gamed and float(fair.world.state(0).rooms[0]["standing"]) > 0.3
