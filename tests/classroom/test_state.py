"""The fold of a class's log: whatever order things come in, undo and redo give the same state."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.classroom import acting
from sim.classroom.closing import majority
from sim.classroom.entries import Entry, NewEntry
from sim.classroom.hand import Hand
from sim.classroom.refusal import Refusal
from sim.classroom.settings import Settings
from sim.classroom.state import ClassState
from sim.errors import StrollError

ROUNDS = 2
ACTS = [
    {"do": "next"}, {"do": "close_round"}, {"do": "repeat_round"}, {"do": "undo"}, {"do": "redo"},
    {"do": "pause"}, {"do": "settings", "settings": {"late": "fresh"}},
    {"do": "settings", "settings": {"pacing": "timer"}}, {"do": "practice"}, {"do": "reset"},
    {"do": "scene", "scene": "luck"},
    *({"do": do, "seat": seat} for do in ("remove", "readmit", "stand_in") for seat in (1, 2)),
]  # fmt: skip
WAYS = ("patient", "rushed", None)

steps = st.one_of(
    st.sampled_from(ACTS),
    st.tuples(st.just("join")),
    st.tuples(st.just("hand"), st.integers(1, 3), st.integers(0, 2), st.sampled_from(WAYS),
              st.booleans()),
    st.tuples(st.just("ready"), st.integers(1, 3), st.integers(0, 2), st.booleans()),
    st.tuples(st.just("bets"), st.integers(1, 3)),
)  # fmt: skip


def entry(state, step, at):
    """The entry of a step, as a room would make it; Refusal where there is none."""
    if isinstance(step, dict):
        return acting.entry_of(state, step, at)
    kind, *rest = step
    if kind == "join":
        data = {"round": state.rounds_over()}
        if state.settings.mode == "shared":
            data["street"], data["shop"] = state.free_shop()
        elif state.settings.late == "fresh":
            data["fresh"] = True
        return NewEntry(at, "seat_joined", state.last_seat + 1, data)
    seat, *more = rest
    if kind == "hand":
        number, way, ready = more
        hand = Hand(tactic=way).to_data()
        return NewEntry(at, "hand", seat, {"round": number, "hand": hand, "ready": ready})
    if kind == "ready":
        return NewEntry(at, "ready", seat, {"round": more[0], "ready": more[1]})
    return NewEntry(at, "seat_bets", seat, {"bets": []})


def told(state):
    return repr({name: value for name, value in vars(state).items() if name != "log"})


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(["same", "shared", "vote"]), st.lists(steps, max_size=40))
def test_the_state_is_what_its_log_says(mode, wished):
    state = ClassState(Settings(mode=mode, rounds=ROUNDS, shops=2), ROUNDS)
    for at, step in enumerate(wished):
        before = told(state)
        try:
            new = entry(state, step, float(at))
        except StrollError:
            continue
        number = len(state.log) + 1
        if not state.take(Entry(number, new.at, new.kind, new.seat, new.data)):
            state.log.pop()
            assert told(state) == before, "what does not count changes nothing"
            continue
        again = ClassState.of(Settings(mode=mode, rounds=ROUNDS, shops=2), ROUNDS, state.log)
        assert told(again) == told(state)
        check(state)


def check(state):
    over = state.rounds_over()
    for seat in state.seats.values():
        assert len(seat.hands) == len(seat.automatic) == len(seat.times) <= ROUNDS
        if not seat.fresh:
            assert len(seat.hands) == over or state.phase in ("night", "debrief", "over")
    if state.settings.mode == "shared":
        places = [(seat.street, seat.shop) for seat in state.seats.values()]
        assert len(set(places)) == len(places), "nobody sits on another's place"
    if state.settings.mode == "vote":
        assert len(state.voted) == over
    for seat in state.seats:
        rows = state.history(seat)
        shops = 2 if state.settings.mode == "shared" else 1
        assert all(len(row) == shops for row in rows)


@settings(max_examples=120, deadline=None)
@given(st.lists(steps, max_size=25))
def test_undo_then_redo_is_nothing(wished):
    state = ClassState(Settings(rounds=ROUNDS), ROUNDS)
    for at, step in enumerate(wished):
        try:
            new = entry(state, step, float(at))
        except StrollError:
            continue
        if not state.take(Entry(len(state.log) + 1, new.at, new.kind, new.seat, new.data)):
            state.log.pop()
    if state.can_undo is None:
        return
    before = told(state)
    for do in ("undo", "redo"):
        new = acting.entry_of(state, {"do": do}, 99.0)
        assert state.take(Entry(len(state.log) + 1, new.at, new.kind, new.seat, new.data))
    assert told(state) == before


def play(state, *wished):
    for step in wished:
        new = entry(state, step, 1.0)
        assert state.take(Entry(len(state.log) + 1, new.at, new.kind, new.seat, new.data)), step


def test_what_was_decided_before_an_undone_close_stands_again():
    state = ClassState(Settings(rounds=ROUNDS), ROUNDS)
    play(state, ("join",), ("join",), *[{"do": "next"}] * 3,
         ("hand", 1, 0, "rushed", True), {"do": "next"}, {"do": "undo"})  # fmt: skip
    assert (state.phase, state.round) == ("deciding", 0)
    assert state.seats[1].draft == Hand(tactic="rushed") and state.seats[1].ready
    play(state, ("hand", 1, 0, "patient", True), {"do": "next"})
    assert state.seats[1].hands == [Hand(tactic="patient")]


def test_something_new_ends_what_can_be_brought_back():
    state = ClassState(Settings(rounds=ROUNDS), ROUNDS)
    play(state, {"do": "next"}, {"do": "next"}, {"do": "undo"}, {"do": "pause"})
    assert state.can_redo is None
    with pytest.raises(Refusal):
        entry(state, {"do": "redo"}, 1.0)


def test_majority_part_by_part():
    ballots = [
        Hand(tactic="rushed", product="a", answers=(1, 2)),
        Hand(tactic="patient", product="b", answers=(2,)),
        Hand(tactic="patient", act="poll", seconds=120),
        Hand(),
    ]
    found = majority(ballots)
    assert found == Hand(tactic="patient", product="a", act="poll", seconds=120, answers=(2, 1))
    assert majority([]) == Hand()


@pytest.mark.parametrize("changes", [
    {"mode": "vote"}, {"rounds": 3}, {"pacing": "later"}, {"seconds": 1}, {"other": 1}, None,
    {"top": "3"}, {"weights": {"a": "b"}},
])  # fmt: skip
def test_settings_that_cannot_be(changes):
    with pytest.raises(StrollError):
        Settings().changed(changes)
