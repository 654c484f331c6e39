"""Decisions are data; an impossible one says why and costs nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import DecisionError
from sim.model.acts import ACTS
from sim.model.decisions import (
    AnswerShopper,
    Perform,
    SetMix,
    SetTactic,
    ShowProduct,
    decision_from_data,
)
from sim.play.run import Run
from tests.model.streets import busy_street

GOOD = [
    SetTactic("patient"),
    SetMix({"explain": 0.5, "answer": 0.5}),
    Perform("detail", 60),
    ShowProduct("wool_coat"),
]
BAD = [
    SetTactic("shouting"),
    SetMix({"explain": 0.5, "answer": 0.6}),
    SetMix({"explain": 1.5, "answer": -0.5}),
    SetMix({"dance": 1.0}),
    SetMix({"explain": float("nan")}),
    Perform("dance", 60),
    Perform("detail", 0),
    Perform("detail", 10**9),
    ShowProduct("moon"),
    AnswerShopper(-1),
    AnswerShopper(10**6),
    AnswerShopper(0),
]


@pytest.mark.parametrize("decision", [*GOOD, AnswerShopper(3)])
def test_data_and_back(decision):
    assert decision_from_data(decision.to_data()) == decision


@pytest.mark.parametrize("decision", BAD, ids=str)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_impossible_decision_says_why_and_costs_nothing(decision, language):
    run = Run(busy_street(), 1)
    run.advance_ticks(60)
    before = run.digest()
    with pytest.raises(DecisionError) as raised:
        run.decide(decision)
    assert len(raised.value.in_language(language)) > 8
    assert run.digest() == before and run.decisions == []


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
almost = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            ["set_tactic", "set_mix", "perform", "show_product", "answer_shopper"]
        )
    },
    optional=dict.fromkeys(("tactic", "mix", "act", "seconds", "product", "shopper"), plain),
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(plain, almost))
def test_no_message_of_a_stranger_does_harm(data):
    run = Run(busy_street(shoppers=5), 1)
    try:
        run.decide(decision_from_data(data))
    except DecisionError:
        assert run.decisions == []
    run.advance_ticks(2)


def test_a_single_act_fills_its_time_and_then_the_tactic_goes_on():
    run = Run(busy_street(), 1)
    run.advance_ticks(run.live_start_tick)
    run.decide(SetTactic("patient"))
    run.decide(Perform("poll", 30))
    acts = []
    for _ in range(5):
        run.advance_ticks(1)
        acts.append(float(run.world.state(0).rooms[0]["acts"][ACTS.index("poll")]))
    assert acts == [1.0, 1.0, 1.0, 0.0, 0.0]


def test_a_product_shown_stays_for_its_slot():
    run = Run(busy_street(), 1)
    run.advance_ticks(run.live_start_tick + 30)
    assert run.observe().room.product == "linen_shirt"
    run.decide(ShowProduct("hand_cream"))
    run.advance_ticks(50)
    assert run.observe().room.product == "hand_cream"
    run.advance_ticks(30)
    assert run.observe().room.product == "linen_shirt"


def test_a_chosen_question_is_answered_next():
    run = Run(busy_street(street__mechanisms__talk_base=2.0), 2)
    run.decide(SetTactic("rushed"))  # nobody is answered
    while len(run.observe().room.queue) < 3:
        run.advance_ticks(1)
    last = run.observe().room.queue[-1][0]
    run.decide(AnswerShopper(last))
    assert run.observe().room.queue[0][0] == last
    run.decide(Perform("answer", 20))
    run.advance_ticks(2)
    assert last not in [shopper for shopper, _ in run.observe().room.queue]


def test_nothing_can_be_decided_after_the_live():
    run = Run(busy_street(), 1)
    run.advance_ticks(run.live_end_tick)
    with pytest.raises(DecisionError):
        run.decide(SetTactic("patient"))
