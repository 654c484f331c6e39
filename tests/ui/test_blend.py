"""The blend: shares that always sum to 100%, and a decision that says just that."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.acts import ACTS
from sim.ui.screens.blend import Blend, whole_shares
from tests.ui.test_layout import look

MOVES = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(-5, 105)), max_size=12)
MIXES = st.dictionaries(st.sampled_from(ACTS), st.floats(0, 1), max_size=len(ACTS))


@given(MIXES, MOVES)
def test_shares_always_sum_to_a_hundred(mix, moves):
    blend = Blend(mix)
    assert sum(blend.shares.values()) == 100
    for act, share in moves:
        blend.set(act, share)
        assert sum(blend.shares.values()) == 100
        assert blend.shares[act] == max(0, min(100, share))
        assert min(blend.shares.values()) >= 0
    assert abs(sum(blend.mix.values()) - 1) < 1e-9


def test_others_give_way_in_proportion():
    blend = Blend({"explain": 0.6, "answer": 0.3, "story": 0.1})
    blend.set("poll", 50)
    shares = blend.shares
    assert (shares["explain"], shares["answer"], shares["story"]) == (30, 15, 5)


def test_moving_to_the_end_and_back_brings_the_others_back():
    blend = Blend({"explain": 0.6, "answer": 0.4})
    for share in (60, 80, 100, 40, 0):
        blend.set("poll", share)
    assert (blend.shares["explain"], blend.shares["answer"]) == (60, 40)


def test_nobody_else_has_anything():
    blend = Blend({"silence": 1.0})
    blend.set("silence", 30)
    assert blend.shares["explain"] == 70
    assert whole_shares({"a": 0.0}, 100) == {"a": 0}


@pytest.fixture
def live(open_app, short):
    player = open_app(scenario=short)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    return player


def test_from_the_keys_to_the_decision(live, short):
    session, given_ = live.screen.session, []
    real = session.run.decide
    session.run.decide = lambda decision: (given_.append(decision), real(decision))
    mix = dict(session.seen.room.mix)
    live.key(pygame.K_b)
    assert live.name == "BlendScreen"
    assert session.paused
    assert live.screen.blend.shares == Blend(mix).shares
    live.screen.group.focus("share:story")
    before = live.screen.blend.shares["story"]
    live.key(pygame.K_RIGHT, pygame.K_RIGHT)
    assert live.screen.blend.shares["story"] == before + 10
    wanted = live.screen.blend.mix
    live.key(pygame.K_RETURN)
    assert live.name == "LiveScreen"
    assert not session.paused
    assert [decision.to_data() for decision in given_] == [{"kind": "set_mix", "mix": wanted}]


def test_nothing_is_decided_by_leaving_or_changing_nothing(live):
    session, given_ = live.screen.session, []
    session.run.decide = given_.append
    live.key(pygame.K_b)
    live.click("share:poll", 0.9)
    assert live.screen.blend.shares["poll"] > 50
    live.key(pygame.K_ESCAPE)
    live.key(pygame.K_b)
    live.key(pygame.K_RETURN)
    assert live.name == "LiveScreen"
    assert given_ == []


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
def test_nothing_overflows(open_app, short, size):
    player = open_app(size, scenario=short)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.key(pygame.K_b)
    problems: list[str] = []
    assert look(player, problems) > 60
    assert not problems, "\n".join(problems)
