"""A shopper's card tells what the model knows, and telling it changes nothing."""

from __future__ import annotations

import pytest

from sim.model.events import Kind
from sim.model.layout import Place
from sim.play.run import Run
from sim.play.somebody import WANTING_TERMS, look_closer
from tests.model.streets import busy_street


def test_everybody_can_be_looked_at_and_nothing_changes():
    run = Run(busy_street(), 6)
    run.advance_ticks(150)
    digest = run.digest()
    cards = [look_closer(run, number) for number in range(run.scenario.shoppers)]
    assert run.digest() == digest
    assert {card.place for card in cards} >= {Place.AWAY, Place.STROLLING, Place.IN_ROOM}
    for card in cards:
        assert tuple(card.wanting) == WANTING_TERMS
        assert sum(share for _, share in card.interests) == pytest.approx(1.0, abs=1e-6)
        assert all(level in (-1, 0, 1) for _, level in card.traits.values())
    levels = [card.traits["patience"][1] for card in cards]
    assert {-1, 0, 1} == set(levels)


def test_an_open_question_and_a_history_are_told():
    run = Run(busy_street(street__mechanisms__talk_base=2.0), 6)
    run.advance_ticks(run.live_start_tick)
    while not run.observe().room.queue:
        run.advance_ticks(1)
    number, waited = run.observe().room.queue[0]
    card = look_closer(run, number)
    assert card.asking is not None and card.asking[1] == waited
    kinds = run.events()["kind"][card.events].tolist()
    assert Kind.COMMENT in kinds and Kind.ENTER in kinds


def test_there_is_nobody_beyond_the_crowd():
    with pytest.raises(IndexError):
        look_closer(Run(busy_street(), 1), 10**6)
