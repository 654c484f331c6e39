"""Whose evening went otherwise: exactly those, and each with a true reason in both languages."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from sim import wording
from sim.model.acts import Act
from sim.model.decisions import SetMix, SetTactic, ShowProduct
from sim.model.events import Kind
from sim.model.layout import OrderStatus
from sim.play.branch_account import account
from sim.play.branch_again import ORDER_INGREDIENTS
from sim.play.branch_reasons import REASONS, Reason
from sim.play.branch_side import Side
from sim.play.fates import Aspect, Fate, compare_fates
from sim.play.run import Run
from tests.model.streets import busy_street
from tests.play.test_branch import played

WAYS = {
    "patient": [(0, SetTactic("patient"))],
    "games": [(0, SetTactic("price_games"))],
    "rushed": [(0, SetTactic("rushed"))],
    "invites": [(0, SetMix({"invite_group": 0.4, "answer": 0.4, "story": 0.2}))],
    "turns": [
        (0, SetTactic("patient")),
        (100, SetTactic("price_games")),
        (180, ShowProduct("hand_cream")),
        (180, SetTactic("interaction")),
    ],
}
PAIRS = [("patient", "games"), ("rushed", "turns"), ("invites", "patient"), ("turns", "patient")]


@pytest.fixture(scope="module")
def runs():
    # a stock and a room that run out, so that every fate there is comes up
    scenario = busy_street(
        host__products__linen_shirt__stock=12,
        host__capacity=30,
        street__mechanisms__want_bar=0.8,
        street__mechanisms__unfollow_bar=0.5,
        street__mechanisms__offer_units=1,
        street__mechanisms__hold_cycle=40,
        street__mechanisms__return_bar=0.3,
        street__mechanisms__pressure_regret=3,
        street__mechanisms__trick_regret=3,
    )
    return {name: played(plan, 3, scenario=scenario) for name, plan in WAYS.items()}


@pytest.fixture(scope="module")
def fates(runs):
    return {pair: compare_fates(runs[pair[0]], runs[pair[1]]) for pair in PAIRS}


def by_hand(run):
    """What became of each shopper, counted event by event in the plainest way."""
    facts = defaultdict(lambda: defaultdict(list))
    for event in run.events():
        facts[int(event["shopper"])][Kind(int(event["kind"]))].append(event)
    return facts


def expected(one, other, minutes=3.0):
    a, b = by_hand(one), by_hand(other)
    found = set()
    for i in range(one.scenario.shoppers):
        here, there = a[i], b[i]

        def differs(aspect, value, shopper=i, mine=here, theirs=there):
            x, y = value(mine), value(theirs)
            if x != y:
                found.add((shopper, aspect, -1, x, y))

        differs("came", lambda facts: bool(facts[Kind.ENTER]))
        differs("joined", lambda facts: bool(facts[Kind.JOIN_GROUP]))
        differs("missed", lambda facts: bool(facts[Kind.MISSED_OFFER]))
        differs("followed", lambda facts: len(facts[Kind.FOLLOW]) - len(facts[Kind.UNFOLLOW]))

        def question(facts):
            ends = sorted(
                (int(event["tick"]), name)
                for kind, name in ((Kind.ANSWER, "answered"), (Kind.GIVEN_UP, "given_up"))
                for event in facts[kind]
            )
            return ends[-1][1] if ends else "none"

        differs("question", question)
        if here[Kind.ENTER] and there[Kind.ENTER]:
            x, y = (sum(float(e["value"]) for e in side[Kind.LEAVE]) for side in (here, there))
            if abs(x - y) >= 60 * minutes:
                found.add((i, "stayed", -1, x, y))
        for p in range(3):

            def parcel(facts, product=p):
                for kind, name in ((Kind.RETURN, "returned"), (Kind.KEEP, "kept")):
                    if any(e["product"] == product for e in facts[kind]):
                        return name
                return "open" if any(e["product"] == product for e in facts[Kind.ORDER]) else None

            x, y = parcel(here), parcel(there)
            if (x is None) != (y is None):
                found.add((i, "bought", p, x is not None, y is not None))
            elif x != y:
                found.add((i, "kept", p, x, y))
    return found


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_fates_equal_a_brute_force_comparison(runs, fates, pair):
    found = fates[pair]
    keys = [(f.shopper, f.aspect.value, f.product, f.one, f.other) for f in found]
    assert len(keys) == len(set(keys)) > 20
    assert set(keys) == expected(runs[pair[0]], runs[pair[1]])


def test_the_length_of_a_stay_counts_from_a_threshold(runs):
    pair = runs["rushed"], runs["turns"]
    few, many = (compare_fates(*pair, stayed_minutes=minutes) for minutes in (8.0, 1.0))
    assert {f.key for f in few} < {f.key for f in many}
    assert {(f.shopper, f.aspect.value, f.product, f.one, f.other) for f in few} == expected(
        *pair, minutes=8.0
    )


def test_every_aspect_comes_up(fates):
    assert {fate.aspect for found in fates.values() for fate in found} == set(Aspect)


def test_the_same_run_has_no_fates(runs):
    assert compare_fates(runs["turns"], runs["turns"]) == []
    with pytest.raises(ValueError, match="crowd"):
        compare_fates(runs["turns"], Run(busy_street(), 3))


def test_the_other_way_round_it_is_the_same_people(runs, fates):
    back = compare_fates(runs["games"], runs["patient"])
    assert {fate.key for fate in back} == {fate.key for fate in fates["patient", "games"]}
    reasons = {fate.key: fate.reason for fate in back}
    for fate in fates["patient", "games"]:
        assert fate.reason == reasons[fate.key]


def test_a_start_in_common_saves_time_and_changes_nothing(runs):
    start = played(WAYS["patient"], 3, until=100, scenario=runs["turns"].scenario)
    one, other = runs["patient"], runs["turns"]
    found, quick = compare_fates(one, other), compare_fates(one, other, start=start)
    assert [(f.key, f.tick, f.since) for f in found] == [(f.key, f.tick, f.since) for f in quick]
    assert min(fate.since for fate in found) >= 100
    # what came before the start is the same in both, so no reason can rest on it
    assert [f.reason for f in found] == [f.reason for f in quick]


# -- reasons ----------------------------------------------------------------------------------
def kinds_of(reason):
    yield reason.kind
    for value in reason.values.values():
        if isinstance(value, Reason):
            yield from kinds_of(value)


def test_reasons_and_their_sentences_are_the_same_list():
    told = [key.split(".") for key in wording.catalogue("fates")]
    assert {key[2] for key in told if key[1] == "reason"} == set(REASONS)


def test_every_fate_is_one_plain_sentence_in_both_languages(fates):
    for found in fates.values():
        for fate in found:
            for language, end in (("zh", "。"), ("en", ".")):
                text = fate.text(language)
                assert text.endswith(end) and "{" not in text and "\n" not in text
                assert text.count(end) == 1 or language == "en"
            named = fate.text("en", one="CALM", other="LOUD")
            assert "CALM" in named or "LOUD" in named
            assert fate.to_data()["reason"]["kind"] in REASONS
            assert set(kinds_of(fate.reason)) <= set(REASONS)


@pytest.mark.parametrize("kind", REASONS)
def test_every_reason_has_words_in_both_languages(kind):
    values = {"host": "H", "product": "P", "minutes": 3, "seconds": 20, "why": "W", "about": "A"}
    reason = Reason(kind, values)
    for language in ("zh", "en"):
        text = reason.clause("ONE", "OTHER").text(language)
        assert "{" not in text and text[-1] not in ".。"
    swapped = reason.other_way().clause("OTHER", "ONE")
    assert swapped.text("en") == reason.clause("ONE", "OTHER").text("en")


def test_every_way_a_fate_can_differ_has_a_sentence():
    outcomes = {
        Aspect.BOUGHT: [(True, False)], Aspect.KEPT: [("kept", "returned"), ("kept", "open"),
        ("returned", "open")], Aspect.FOLLOWED: [(1, 0), (-1, 0)], Aspect.JOINED: [(True, False)],
        Aspect.MISSED: [(True, False)], Aspect.CAME: [(True, False)], Aspect.STAYED: [(900.0, 0.0)],
        Aspect.QUESTION: [("answered", "given_up"), ("answered", "none"), ("given_up", "none")],
    }  # fmt: skip
    assert set(outcomes) == set(Aspect)
    used = set()
    for aspect, pairs in outcomes.items():
        for one, other in pairs:
            for first in (True, False):
                values = (one, other) if first else (other, one)
                fate = Fate(1, aspect, 0, *values, 5, 5, first, Reason("several"), "P")
                assert fate.text("zh") and fate.text("en")
                used.add(f"fates.sentence.{fate.sentence}")
    assert used == {key for key in wording.catalogue("fates") if ".sentence." in key}


def test_a_reason_is_true(runs, fates):
    """What a sentence says is checked against the events and the rooms themselves."""
    checked = set()
    for pair in PAIRS:
        sides = {name: Side(runs[name]) for name in pair}
        for fate in fates[pair]:
            names = pair if fate.yes_first else pair[::-1]
            yes, no = (sides[name] for name in names)
            kind, i, tick = fate.reason.kind, fate.shopper, fate.tick
            rooms = yes.witness.room(tick), no.witness.room(tick)
            if kind == "offer":
                assert rooms[0]["offer_tick"] == tick != rooms[1]["offer_tick"]
            elif kind in ("sold_out", "offer_gone"):
                wanted = Kind.SOLD_OUT if kind == "sold_out" else Kind.MISSED_OFFER
                assert no.happened(i, wanted, tick)
            elif kind == "offer_only":
                assert rooms[0]["offer_tick"] == tick != rooms[1]["offer_tick"]
            elif kind == "not_on_show":
                assert rooms[0]["product"] != rooms[1]["product"]
            elif kind == "not_invited":
                assert rooms[0]["acts"][Act.INVITE_GROUP] > 0 == rooms[1]["acts"][Act.INVITE_GROUP]
            elif kind == "knew_answered":
                mine, theirs = (len(side.events_of(i, Kind.ANSWER)) for side in (yes, no))
                assert mine > 0 and fate.reason.values["seconds"] >= 0
                assert mine > theirs or fate.aspect != Aspect.BOUGHT
            elif kind in ("hurried", "pushed_less", "excited", "knew_less"):
                name = {"excited": "arousal", "knew_less": "information"}.get(kind, "pressure")
                gap = yes.witness.row(i, tick)[name] - no.witness.row(i, tick)[name]
                assert gap < 0 if kind in ("pushed_less", "knew_less") else gap > 0
            elif kind == "had_left" and fate.aspect == Aspect.BOUGHT:
                left = [visit.leave for visit in no.visits(i) if visit.leave is not None]
                assert any(at <= tick for at in left) and not no.inside(i, tick)
            elif kind == "came_elsewhere":
                assert not no.events_of(i, Kind.ENTER).size
            elif kind == "parcel_trick":
                order = no.witness.orders[no.witness.orders["shopper"] == i]
                assert (order["trick"] > 0.05).any()
            else:
                continue
            checked.add(kind)
    assert len(checked) >= 6, checked


def test_the_first_difference_is_where_the_two_lines_part(runs, fates):
    for pair in PAIRS[:2]:
        one, other = (Side(runs[name]) for name in pair)
        for fate in fates[pair]:
            for side, twin in ((one, other), (other, one)):
                mine, theirs = (s.events_of(fate.shopper) for s in (side, twin))
                mine, theirs = (e[e["tick"] < fate.since] for e in (mine, theirs))
                assert np.array_equal(mine, theirs)


# -- the shopper asked again --------------------------------------------------------------------
@pytest.mark.parametrize("name", WAYS)
def test_asking_again_gives_what_the_run_gave(runs, name):
    """With the ingredients as they were, the model's rule decides as it did."""
    side = Side(runs[name])
    again, witness = side.again, side.witness
    wanted = {
        (int(e["tick"]), int(e["shopper"]))
        for e in side.events
        if e["kind"] in (Kind.ORDER, Kind.SOLD_OUT, Kind.MISSED_OFFER)
    }
    assert wanted
    ordered = {(int(o["shopper"]), int(o["product"])): int(o["tick"]) for o in witness.orders}
    asked = 0
    rows = witness.rows[(witness.rows["inside"] == 1) & (witness.rows["began"] == 1)]
    picked = [row for row in rows if (int(row["tick"]), int(row["shopper"])) in wanted]
    for row in [*picked, *rows[:: max(1, len(rows) // 150)]]:
        tick, i, p = (int(row[key]) for key in ("tick", "shopper", "product"))
        if ordered.get((i, p), tick) < tick:
            continue
        answer = again.orders(i, tick, p, again.ingredients_of(witness, i, tick))
        assert answer == ((tick, i) in wanted), (tick, i)
        asked += 1
    assert asked > 60


def test_parcels_are_judged_again_as_they_were(runs):
    for name in ("games", "rushed"):
        side = Side(runs[name])
        for order in side.witness.orders:
            if order["product"] < 3:
                back = side.again.parcel(order)[1]
                assert back == (order["status"] >= OrderStatus.GOING_BACK)


def test_ingredients_are_all_that_decides(runs):
    side = Side(runs["patient"])
    row = side.witness.rows[(side.witness.rows["inside"] == 1)][50]
    found = side.again.ingredients_of(side.witness, int(row["shopper"]), int(row["tick"]))
    assert set(found) == set(ORDER_INGREDIENTS)
    assert side.again.ingredients_of(side.witness, int(row["shopper"]), 10**6) is None


def test_the_parts_of_a_tick_add_up_to_what_the_tick_did(runs):
    """Patience and trust change by the sum of their parts, wherever nothing else happened."""
    for name in ("games", "turns", "rushed"):
        side = Side(runs[name])
        rows, parts = side.witness.rows, account(side.witness)
        whole = (rows["began"] == 1) & (rows["inside"] == 1) & (parts["answered"] == 0)
        other = np.zeros(len(rows), dtype=bool)
        disturbed = (Kind.GIVEN_UP, Kind.MISSED_OFFER)
        for event in side.events[np.isin(side.events["kind"], disturbed)]:
            other |= (rows["tick"] == event["tick"]) & (rows["shopper"] == event["shopper"])
        quiet = whole & ~other
        top = 3.0 * side.witness.world.state(0).shoppers["patience"][rows["shopper"]]
        free = quiet & (rows["temper"] < top - 1e-3)
        change = rows["temper"] - rows["temper_before"] - parts["time"]
        np.testing.assert_allclose(
            change[free], parts["patience"].sum(axis=1)[free], rtol=0, atol=1e-6
        )
        moved = rows["trust"] - rows["trust_before"]
        np.testing.assert_allclose(
            moved[quiet], parts["trust"].sum(axis=1)[quiet], rtol=0, atol=2e-3
        )
        assert free.sum() > 300
