"""Charges by rule, on worlds made so that only one thing can be to blame."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim import wording
from sim.model.acts import ACTS
from sim.model.decisions import Perform, SetMix, SetTactic
from sim.model.events import Kind
from sim.play.branch_side import Side
from sim.report.ledger import CAUSES, CAUSES_OF_WEEKS, Charge, ledger
from sim.report.ledger_hosting import segments_of
from tests.model.streets import busy_street
from tests.play.test_branch import played

# Nothing disappoints: everybody gets what they thought, so that a return has one cause at most.
CONTENT = {
    "street__mechanisms__fit_spread": 0,
    "street__mechanisms__optimism": 0,
    "street__mechanisms__quality_weight": 0,
    "street__mechanisms__arousal_lift": 0,
    "street__mechanisms__pressure_regret": 0,
    "street__mechanisms__trick_regret": 0,
    "street__mechanisms__return_bar": 0.6,
    "street__mechanisms__return_slope": 40,
    "street__mechanisms__want_bar": 0.4,
    "street__mechanisms__pressure_drain": 0,
    "street__mechanisms__reactance_want": 0,
}
CALM = SetMix({"explain": 0.6, "story": 0.4})
SWITCH = 100  # tick at which the blameless host begins to do what is to blame


def watched(then, seed=2, first=CALM, **changes):
    plan = [(0, first), (SWITCH, then)]
    return Side(played(plan, seed, scenario=busy_street(**changes)))


def charges(side, kind):
    return ledger(side).of(kind)


RETURNS = {
    "pressure": (SetMix({"countdown": 0.7, "explain": 0.3}), "countdown",
                 {"street__mechanisms__pressure_regret": 3}),
    "excitement": (SetMix({"hype": 0.7, "explain": 0.3}), "hype",
                   {"street__mechanisms__arousal_lift": 3}),
    "trick": (SetMix({"mark_up_then_cut": 0.6, "explain": 0.4}), "mark_up_then_cut",
              {"street__mechanisms__trick_regret": 3, "street__mechanisms__discovery": 1}),
    "not_known": (SetMix({"poll": 1.0}), "poll",
                  {"street__mechanisms__optimism": 1, "street__mechanisms__note_gain": 0}),
}  # fmt: skip


@pytest.mark.parametrize("cause", RETURNS)
def test_a_return_is_charged_to_the_only_thing_that_can_be_to_blame(cause):
    way, act, changes = RETURNS[cause]
    first = SetMix({"story": 1.0}) if cause == "not_known" else CALM
    side = watched(way, first=first, **{**CONTENT, **changes})
    found = charges(side, "return")
    assert len(found) >= 4
    for charge in found:
        assert charge.cause == cause and charge.alone
        assert charge.act == act or (cause == "not_known" and charge.act == "story")
        assert (charge.tick >= SWITCH) == (charge.act == act)
        assert charge.tactic is None and charge.segment == (charge.tick >= SWITCH)
        order = side.witness.orders[charge.order]
        assert charge.shopper == order["shopper"] and charge.fen == order["paid"]
        assert charge.tick <= order["tick"] and charge.since <= charge.minute
    # everything that came back is charged once, to the fen
    report = side.run.report()
    assert len(found) == report["returns"]
    assert sum(charge.fen for charge in found) == round(100 * (report["gmv"] - report["net_sales"]))


def test_what_nobody_could_help_is_charged_to_nobody():
    side = watched(
        SetTactic("patient"), **{**CONTENT, "street__mechanisms__quality_weight": 3,
                                 "host__products__linen_shirt__quality": 0.05,
                                 "host__products__hand_cream__quality": 0.05,
                                 "host__products__wool_coat__quality": 0.05},
    )  # fmt: skip
    found = charges(side, "return")
    assert len(found) > 5
    assert {(c.cause, c.act, c.tactic, c.segment) for c in found} == {("chance",) + (None,) * 3}


def test_parts_of_a_return_are_zero_where_the_rule_is_off():
    from sim.report.ledger_rules import Book

    side = watched(SetTactic("rushed"), **{**CONTENT, "street__mechanisms__pressure_regret": 3})
    for order in side.witness.orders[:20]:
        if order["product"] < 3:
            parts, _ = Book(side).parts_of_return(order)
            assert parts["excitement"] == parts["trick"] == 0.0
            assert abs(parts["not_known"]) < 1e-12 and parts["pressure"] >= 0.0


def test_the_minute_is_one_in_which_the_act_was_done():
    """Charges of an act fall into minutes with that act, also where it is performed singly."""
    plan = [(0, CALM), (100, Perform("countdown", 200)), (160, SetTactic("rushed"))]
    scenario = busy_street(**{**CONTENT, "street__mechanisms__pressure_regret": 3})
    side = Side(played(plan, 2, scenario=scenario))
    pushed = [charge for charge in ledger(side).charges if charge.cause == "pressure"]
    assert {charge.kind for charge in pushed} >= {"return", "resentment"}
    for charge in pushed:
        assert charge.act == "countdown"
        assert 100 <= charge.tick < 120 or charge.tick >= 160
        assert charge.tactic == ("rushed" if charge.tick >= 160 else None)
        assert charge.minute == (charge.tick - side.run.live_start_tick) // 6


# -- followers ----------------------------------------------------------------------------------
FICKLE = {
    "host__followers": 0.5,
    "street__mechanisms__unfollow_rate": 1,
    "street__mechanisms__unfollow_bar": 0.45,
    "street__mechanisms__miss_loss": 0,
    "street__mechanisms__ignored_loss": 0,
    "street__mechanisms__pressure_loss": 0,
    "street__mechanisms__trick_loss": 0,
    "street__mechanisms__return_loss": 0,
}
FOLLOWERS = {
    "pressure": (SetMix({"countdown": 1.0}), "countdown", {"street__mechanisms__pressure_loss": 2}),
    "trick": (SetMix({"mark_up_then_cut": 1.0}), "mark_up_then_cut",
              {"street__mechanisms__trick_loss": 3}),
    "unanswered": (SetMix({"prompt": 0.6, "hype": 0.4}), "prompt",
                   {"street__mechanisms__ignored_loss": 0.9}),
}  # fmt: skip


@pytest.mark.parametrize("cause", FOLLOWERS)
def test_a_lost_follower_is_charged_to_what_cost_the_trust(cause):
    way, act, changes = FOLLOWERS[cause]
    side = watched(way, **{**FICKLE, **changes})
    found = charges(side, "lost_follower")
    assert len(found) == side.run.report()["unfollowed"] >= 3
    blamed = [charge for charge in found if charge.cause == cause]
    assert {charge.cause for charge in found} <= {cause, "chance"}
    assert len(blamed) >= 3
    assert {charge.act for charge in blamed if charge.tick >= SWITCH} == {act}
    assert all(charge.act is None for charge in found if charge.cause == "chance")


def test_a_follower_lost_with_a_parcel_is_charged_like_the_parcel():
    way, act, changes = RETURNS["pressure"]
    side = watched(way, **{**CONTENT, **changes, **FICKLE, "street__mechanisms__return_loss": 1})
    returns = {charge.order: charge for charge in charges(side, "return")}
    lost = [charge for charge in charges(side, "lost_follower") if charge.cause == "returned"]
    assert lost
    for charge in lost:
        parcel = returns[charge.order]
        assert (charge.act, charge.tick) == (parcel.act, parcel.tick) == (act, parcel.tick)


# -- resentment ---------------------------------------------------------------------------------
def test_every_ignored_question_and_missed_offer_is_one_resentment():
    side = watched(
        SetTactic("price_games"), street__mechanisms__want_bar=0.4,
        street__mechanisms__offer_units=1, street__mechanisms__hold_cycle=30,
    )  # fmt: skip
    found = charges(side, "resentment")
    kinds = side.events["kind"]
    for cause, kind, act in (
        ("missed_offer", Kind.MISSED_OFFER, "hold_back"), ("unanswered", Kind.GIVEN_UP, None),
    ):  # fmt: skip
        mine = [charge for charge in found if charge.cause == cause]
        assert len(mine) == (kinds == kind).sum() > 2
        for charge in mine:
            event = side.events[charge.evidence[0]]
            assert event["kind"] == kind and charge.tick <= event["tick"]
            assert charge.act == act if act else charge.act != "answer"


def test_pushing_and_tricks_are_resented_as_much_as_being_ignored():
    changes = {"street__mechanisms__pressure_loss": 1, "street__mechanisms__trick_loss": 1}
    games = watched(SetMix({"mark_up_then_cut": 0.5, "countdown": 0.5}), **changes)
    found = {charge.cause for charge in charges(games, "resentment")}
    assert found >= {"pressure", "trick"}
    calm = watched(CALM, **changes)
    assert {charge.cause for charge in charges(calm, "resentment")} <= {"unanswered"}


# -- sales that were near -------------------------------------------------------------------------
def test_who_wanted_what_was_sold_out_is_a_missed_sale():
    side = watched(
        SetTactic("patient"), street__mechanisms__want_bar=0.6,
        host__products__linen_shirt__stock=3, host__products__hand_cream__stock=3,
    )  # fmt: skip
    missed = charges(side, "missed_sale")
    sold_out = [charge for charge in missed if charge.cause == "sold_out"]
    assert len(sold_out) > 3
    bought = {(int(o["shopper"]), int(o["product"])) for o in side.witness.orders}
    for charge in missed:
        assert (charge.shopper, charge.product) not in bought
        assert charge.fen > 0 and charge.evidence
    assert all(charge.act is None for charge in sold_out)
    assert len({(charge.shopper, charge.product) for charge in missed}) == len(missed)


def test_who_is_pushed_away_is_charged_to_the_countdown():
    side = watched(
        SetMix({"countdown": 0.9, "explain": 0.1}),
        street__mechanisms__pressure_drain=10, street__mechanisms__order_rate=0.02,
        street__mechanisms__want_bar=0.5, street__mechanisms__reactance_want=0,
    )  # fmt: skip
    after = [charge for charge in charges(side, "missed_sale") if charge.tick >= SWITCH + 12]
    pushed = [charge for charge in after if charge.cause == "pressure"]
    assert len(pushed) > 3 and {charge.act for charge in pushed} == {"countdown"}, after


# -- the whole book -------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def book():
    plan = [(0, SetTactic("price_games")), (110, SetTactic("rushed")), (190, SetTactic("patient"))]
    side = Side(played(plan, 7, scenario=busy_street(street__mechanisms__want_bar=0.75)))
    return side, ledger(side)


def test_charges_name_true_evidence_and_the_tactic_in_force(book):
    side, found = book
    tactics = {}
    for segment in segments_of(side.run.scenario, side.run.decisions):
        tactics |= dict.fromkeys(range(segment.start, segment.end), segment.tactic)
    last = side.run.live_end_tick - 1
    assert len(found.charges) > 30
    for charge in found.charges:
        assert charge.cause in CAUSES[charge.kind]
        assert charge.act is None or charge.act in ACTS
        assert charge.tactic == (tactics[min(charge.tick, last)] if charge.act else None)
        for number in charge.evidence:
            assert side.events[number]["shopper"] == charge.shopper
        assert charge.basis == "rule" and charge.count == 1


def test_sums_by_any_group_are_the_same_whole(book):
    _, found = book
    for group in ("kind", "cause", "act", "tactic", "minute", "segment", "shopper"):
        sums = found.by(group)
        assert sum(entry.count for entry in sums.values()) == len(found.charges)
        assert sum(entry.fen for entry in sums.values()) == sum(c.fen for c in found.charges)
    assert found.by("tactic", "return").keys() <= {"price_games", "rushed", "patient", None}
    with pytest.raises(KeyError):
        found.by("mood")


def test_a_ledger_needs_the_whole_evening(book):
    side, found = book
    with pytest.raises(ValueError, match="opening"):
        ledger(side.later(60))
    assert len(found.to_data()) == len(found.charges)


def test_every_cause_has_a_sentence_in_both_languages():
    told = {tuple(key.split(".")[1:3]) for key in wording.catalogue("ledger")}
    for kind, causes in CAUSES_OF_WEEKS.items():
        assert set(CAUSES.get(kind, ())) <= set(causes)
        assert {name for section, name in told if section == kind} == set(causes)
        for cause in causes:
            for act in (None, "hype"):
                charge = Charge(kind, cause, 60, 5, 4, act, None, 0, 1, -1, 16900, (1,))
                on_a_day = replace(charge, day=12)
                later = replace(on_a_day, names={"later": True})
                assert "12" in on_a_day.text("en") and "12" in later.text("zh")
                for language, end in (("zh", "。"), ("en", ".")):
                    text = charge.text(language)
                    assert on_a_day.text(language).endswith(end)
                    assert later.text(language).endswith(end)
                    assert text.endswith(end) and "{" not in text
    assert {name for section, name in told if section == "act"} == {*ACTS, "none"}
