"""Streets of a class: one history, one street to the bit, however it was come by."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from sim.classroom.hand import Hand
from sim.classroom.rounds import MOST_ROUNDS, Rounds
from sim.classroom.streets import Streets
from sim.errors import DecisionError
from sim.model.decisions import SetTactic
from sim.model.world import World
from sim.play.run import Run
from sim.play.shared import SharedRun
from sim.scenario import Scenario


@pytest.fixture(scope="module")
def short():
    return Scenario.load("first_stream").with_changes(
        {"shoppers": 500, "live.minutes": 10, "nights": 2}
    )


def lines(*ways):
    return tuple((Hand(tactic=way) if way else Hand(),) for way in ways)


def made(short, shops=1, **more):
    return Streets(short, 3, shops, Rounds.of(short, 3), **more)


@pytest.mark.parametrize("count", [1, 3, 7, 99])
def test_rounds_cover_the_live_without_a_gap(short, count):
    rounds = Rounds.of(short, count)
    run = Run(short)
    assert rounds.edges[0] == run.live_start_tick and rounds.edges[-1] == run.live_end_tick
    assert all(b > a for a, b in zip(rounds.edges, rounds.edges[1:], strict=False))
    assert len(rounds) == min(count, MOST_ROUNDS, 10)
    assert rounds.clock(0).startswith("20:00")


def test_rounds_of_a_campaign_are_days():
    rounds = Rounds.of(Scenario.load("thirty_days"), 4)
    assert rounds.campaign and [rounds.minutes(n) for n in range(4)] == [
        (0, 7), (7, 15), (15, 22), (22, 30),
    ]  # fmt: skip


def test_the_crowd_is_known_by_its_digest_before_anything_happens(short):
    digest = World(short, [3]).digest()
    assert made(short).crowd_digest == digest
    assert Streets(short, 4, 1, Rounds.of(short, 3)).crowd_digest != digest


def test_a_street_is_the_run_that_its_hands_describe(short):
    history = lines("rushed", None, "interaction")
    run = Run(short, 3)
    run.advance_ticks(run.live_start_tick)
    for tick, way in zip(Rounds.of(short, 3).edges, ("rushed", None, "interaction"), strict=False):
        run.advance_ticks(tick - run.tick)
        if way:
            run.decide(SetTactic(way))
    run.finish()
    street = made(short).at(history, finished=True)
    assert street.digest() == run.digest() and street.decisions == run.decisions
    assert street.report() == pytest.approx(run.report(), nan_ok=True)


@pytest.mark.parametrize("most_bytes", [1, 10**9])
@pytest.mark.parametrize("workers", [1, 4])
def test_memory_order_and_threads_change_no_bit(short, most_bytes, workers):
    ways = [None, "rushed", "patient", "interaction"]
    expected = {
        (one, other): made(short).at(lines(one, other)).digest() for one in ways for other in ways
    }
    streets = made(short, most_bytes=most_bytes)
    told = []
    streets.grow([lines(one) for one in ways], workers=workers)
    histories = {pair: lines(*pair) for pair in expected}
    streets.grow(histories.values(), progress=lambda *at: told.append(at), workers=workers)
    assert sorted(told) == [(n, 16) for n in range(1, 17)]
    for pair, digest in expected.items():
        assert streets.at(histories[pair]).digest() == digest
    streets.keep_only(histories.values())
    streets.grow(histories.values(), finished=True, workers=workers)
    for pair in list(expected)[:3]:
        history = histories[pair]
        assert streets.at(history, True).digest() == made(short).at(history, True).digest()


def test_what_was_let_go_of_is_computed_again(short):
    streets = made(short, most_bytes=1)
    before = streets.at(lines("rushed", "patient")).digest()
    streets.keep_only([])
    assert not streets.has(lines("rushed", "patient"))
    assert streets.at(lines("rushed", "patient")).digest() == before


def test_many_who_ask_at_once_wait_for_one_computation(short, monkeypatch):
    streets = made(short)
    played = []
    play = Streets._play
    monkeypatch.setattr(
        Streets, "_play", lambda self, *more: (played.append(more[1]), play(self, *more))[1]
    )
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: streets.at(lines("rushed")), range(12)))
    assert played == [lines("rushed")] and len({id(street) for street in found}) == 1


def test_what_is_looked_at_stays_as_it_was(short):
    streets = made(short)
    digest = streets.at(lines("rushed")).digest()
    streets.at(lines("rushed", "patient"))
    streets.check(lines("rushed"), 0, Hand(tactic="patient", act="detail", product="wool_coat"))
    queue = streets.at(lines("interaction")).observe().room.queue
    before = streets.at(lines("interaction")).digest()
    if queue:
        streets.check(lines("interaction"), 0, Hand(answers=(queue[-1][0],)))
    assert streets.at(lines("rushed")).digest() == digest
    assert streets.at(lines("interaction")).digest() == before


@pytest.mark.parametrize(
    "hand", [Hand(tactic="nonsense"), Hand(product="boat"), Hand(act="dance"), Hand(answers=(1,))]
)
def test_an_impossible_hand_is_refused(short, hand):
    streets = made(short)
    with pytest.raises(DecisionError):
        streets.check((), 0, hand)


def test_shops_of_a_shared_street(short):
    streets = made(short, shops=2)
    history = ((Hand(tactic="rushed"), Hand(tactic="interaction")),)
    street = streets.at(history)
    assert isinstance(street, SharedRun) and street.tactics == ["rushed", "interaction"]
    streets.check((), 1, Hand(product="wool_coat"))


class TestHand:
    def test_data_and_back(self):
        hand = Hand(tactic="patient", product="wool_coat", act="poll", seconds=120, answers=(4, 2))
        assert Hand.from_data(hand.to_data()) == hand
        mixed = Hand(mix=(("detail", 0.5), ("explain", 0.5)))
        assert Hand.from_data(mixed.to_data()) == mixed
        assert Hand.from_data({}) == Hand()

    @pytest.mark.parametrize("data", [
        None, [], "patient", {"tactic": 3}, {"tactic": ""}, {"tactic": "x" * 65}, {"other": 1},
        {"seconds": 10}, {"seconds": 60.0}, {"seconds": True}, {"answers": [1, 1]},
        {"answers": [-1]}, {"answers": [True]}, {"answers": list(range(6))}, {"answers": 3},
        {"mix": {}}, {"mix": {"explain": 2}}, {"mix": {"explain": "1"}}, {"mix": [1]},
        {"mix": {"explain": 1.0}, "tactic": "patient"}, {"mix": {"explain": float("nan")}},
    ])  # fmt: skip
    def test_what_is_no_hand(self, data):
        with pytest.raises(DecisionError):
            Hand.from_data(data)
