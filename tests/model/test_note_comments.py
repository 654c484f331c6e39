"""Comments under notes: who asks, what an answer leaves, and what silence costs."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.events import Kind
from sim.model.layout import EVENT, Log
from sim.model.phases.note_comments import answered_share, fits_best, maybe_comment_note
from sim.model.planning import CareForGroup, PlanLive, PublishNote
from sim.model.world import World
from sim.play.campaign_figures import campaign_figures
from tests.model.campaigns import play_days, small_campaign


def _under_care(minutes: int):
    def morning(day: int) -> list:
        plans = [PublishNote("look", ("linen_shirt",), 3), CareForGroup(minutes, 0)]
        return [*plans, PlanLive("20:00", 40)] if day % 2 else plans

    return morning


def _comments(run) -> np.ndarray:
    return run.events()[run.events()["kind"] == Kind.NOTE_COMMENT]


@pytest.fixture(scope="module")
def cared():
    return play_days(small_campaign(), mornings=_under_care(300))


@pytest.fixture
def quiet():
    """(state, town, log) of a campaign's street on its first morning."""
    world = World(small_campaign(), [1])
    log = Log(
        np.zeros(256, dtype=EVENT).view(np.recarray),
        np.zeros(1, dtype=np.int64),
        np.ones(len(world.town.hosts), dtype=np.uint8),
    )
    return world.state(0), world.town, log


def _note_of(state, host: int) -> int:
    cards = state.cards[: int(state.clock[0].cards)]
    return int(np.flatnonzero((cards["host"] == host) & (cards["live"] == 0))[0])


def _eager(state, i: int, host: int, note: int) -> int:
    """Shopper i surely comments; the product that they would ask about."""
    product = int(state.cards[note].product[fits_best(state, i, note)])
    state.shoppers[i].chattiness = 1e9
    state.knowledge[i, product].match = 1.0
    state.knowledge[i, product].surprise = 1.0
    state.relations[i, host].trust = 0.5
    return product


def test_each_comment_is_of_a_reader_and_counts_for_the_card(cared):
    comments, events, state = _comments(cared), cared.events(), cared.world.state(0)
    assert len(comments) > 5
    reads = events[events["kind"] == Kind.READ]
    readers = set(zip(reads["tick"].tolist(), reads["shopper"].tolist(), reads["value"].tolist(),
                      strict=True))  # fmt: skip
    for event in comments:
        asked = (int(event["tick"]), int(event["shopper"]), float(event["value"]))
        assert asked in readers
        card = state.cards[int(event["value"])]
        assert event["product"] in card["product"][: card["products"]].tolist()
    for c in range(int(state.clock[0]["cards"])):
        card = state.cards[c]
        if card["host"] == 0 and card["live"] == 0:
            assert card["comments"] == (comments["value"] == c).sum()


def test_the_figure_counts_them(cared):
    world = cared.world
    found = campaign_figures(world.scenario, world.state(0), world.town, cared.events())
    assert found["note_comments"] == len(_comments(cared)) > 0


def test_care_answers_them_and_without_it_nobody_does(cared):
    assert 0.6 < _comments(cared)["extra"].mean() <= 1.0
    left = _comments(play_days(small_campaign(), mornings=_under_care(0)))
    assert len(left) > 5 and (left["extra"] == 0).all()


def test_switched_off_nobody_comments_and_nothing_else_is_asked():
    run = play_days(small_campaign(switch_off=["note_comments"]), mornings=_under_care(300))
    assert not len(_comments(run))
    state = run.world.state(0)
    notes = (state.cards["live"] == 0) & (state.cards["published"] >= 0)
    assert (state.cards["comments"][notes] == 0).all()


def test_the_same_days_bring_the_same_comments(cared):
    again = play_days(small_campaign(), mornings=_under_care(300))
    assert np.array_equal(_comments(again), _comments(cared))
    assert again.digest() == cared.digest()


def test_an_answer_teaches_and_wins_trust(quiet):
    state, town, log = quiet
    note = _note_of(state, 0)
    product = _eager(state, 3, 0, note)
    state.rooms[0].care = 1e12
    known, trust = state.knowledge[3, product].information, state.relations[3, 0].trust
    others = state.knowledge["information"].sum() - known
    maybe_comment_note(state, town, log, 3, 0, note, 600, 40)
    assert log.count[0] == 1 and log.events[0].extra == 1.0
    gained = state.knowledge[3, product].information - known
    assert gained == pytest.approx(town.rules[0].answer_gain)
    assert state.relations[3, 0].trust > trust
    assert state.knowledge["information"].sum() - known - gained == pytest.approx(others)


def test_silence_teaches_nothing_and_costs_a_little_trust(quiet):
    state, town, log = quiet
    note = _note_of(state, 0)
    product = _eager(state, 3, 0, note)
    known = state.knowledge[3, product].information
    maybe_comment_note(state, town, log, 3, 0, note, 600, 40)
    assert log.count[0] == 1 and log.events[0].extra == 0.0
    assert state.knowledge[3, product].information == known
    lost = 0.5 * float(town.rules[0].note_ignored)
    assert state.relations[3, 0].trust == pytest.approx(0.5 - lost)


def test_who_knows_all_about_it_asks_nothing(quiet):
    state, town, log = quiet
    note = _note_of(state, 0)
    product = _eager(state, 3, 0, note)
    state.shoppers[3].chattiness = 10.0
    state.knowledge[3, product].information = 1e12
    for tick in range(200):
        maybe_comment_note(state, town, log, 3, 0, note, 60, tick)
    assert log.count[0] == 0


def test_who_says_nothing_anywhere_asks_nothing(quiet):
    state, town, log = quiet
    note = _note_of(state, 0)
    _eager(state, 3, 0, note)
    state.shoppers[3].chattiness = 0.0
    maybe_comment_note(state, town, log, 3, 0, note, 600, 40)
    assert log.count[0] == 0


def test_neighbours_answer_every_second_one(quiet):
    state, town, _ = quiet
    assert answered_share(state, town, 1) == 0.5
    assert answered_share(state, town, 0) == 0.0
    state.rooms[0].care = float(town.rules[0].care_half)
    assert answered_share(state, town, 0) == 0.5
