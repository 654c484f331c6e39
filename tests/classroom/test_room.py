"""A class through its one door, without sockets: nothing that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import functools

import pytest

from sim.classroom.codes import hash_pin
from sim.classroom.hand import Hand
from sim.classroom.refusal import Refusal
from sim.classroom.room import Room
from sim.classroom.store import ClassStore
from sim.errors import DecisionError
from sim.play.run import Run
from sim.scenario import Scenario


def in_a_loop(test):
    @functools.wraps(test)
    def run(*args, **more):
        asyncio.run(asyncio.wait_for(test(*args, **more), 300))

    return run


@pytest.fixture(scope="module")
def short():
    return Scenario.load("first_stream").with_changes(
        {"shoppers": 600, "live.minutes": 12, "nights": 3}
    )


@pytest.fixture
def opened(short, tmp_path):
    """Opens a room on a new file, or again on the same."""

    def make(again: bool = False, scenario=short, **settings):
        path = tmp_path / "class.sqlite3"
        if again:
            return Room(ClassStore.open(path))
        data = {"rounds": 3, **settings}
        store = ClassStore.create(
            path, scenario.canonical(), 11, "CODE44", hash_pin("123456"), data
        )
        return Room(store)

    return make


async def computed(room):
    """Waits until all streets are there."""
    for _ in range(6000):
        await asyncio.sleep(0.01)
        if room.idle:
            return
    raise AssertionError("the streets are never there")


async def go_to(room, phase, number=0):
    while (room.state.phase, room.state.round) != (phase, number):
        await room.act({"do": "next"})
        await computed(room)


@in_a_loop
async def test_a_class_from_the_lobby_to_its_end(opened, short):
    room = opened()
    await room.start()
    one, two = await room.join("小林", "1111"), await room.join("Ana", "2222")
    await go_to(room, "deciding")
    await room.choose(one.seat, 0, Hand(tactic="rushed"), ready=True)
    await room.act({"do": "next"})
    await computed(room)
    assert room.outcome(one.seat).digest() != room.outcome(two.seat).digest()
    await go_to(room, "debrief", 2)
    assert room.state.seats[one.seat].hands[0] == Hand(tactic="rushed")
    assert room.state.seats[two.seat].automatic == [True] * 3
    played = Run(short, 11)
    played.finish()
    assert room.outcome(two.seat).digest() == played.digest(), "nothing decided is nothing changed"
    again = Run(short, 11)
    again.advance_ticks(again.live_start_tick)
    again.decide(Hand(tactic="rushed").decisions()[0])
    again.finish()
    assert room.outcome(one.seat).digest() == again.digest()
    assert room.outcome(one.seat).report() == pytest.approx(again.report(), nan_ok=True)
    await room.act({"do": "next"})
    with pytest.raises(Refusal):
        await room.act({"do": "next"})
    await room.stop()


@in_a_loop
async def test_coming_back_by_token_and_by_name_and_pin(opened):
    room = opened()
    await room.start()
    joined = await room.join("小林", "1357")
    assert room.seat_of(joined.token) == joined.seat
    for name, pin in (("小林", "1358"), ("别人", "1357"), ("小林", "")):
        with pytest.raises(Refusal):
            await room.resume(name, pin)
    with pytest.raises(Refusal):
        await room.join(" 小 林", "9999")
    back = await room.resume("小林", "１３５７")
    assert back.seat == joined.seat and room.seat_of(back.token) == joined.seat
    assert room.seat_of(joined.token) is None, "the phone that was lost opens nothing"
    await room.stop()


@pytest.mark.parametrize("name", ["", "   ", "一" * 17, "a\u202eb", "x\x00", "\u0301" * 4, 7])
@in_a_loop
async def test_what_is_no_name(opened, name):
    room = opened()
    await room.start()
    with pytest.raises(Refusal):
        await room.join(name, "1234")
    await room.stop()


@in_a_loop
async def test_a_restart_brings_everybody_back(opened):
    room = opened()
    await room.start()
    seats = [await room.join(f"学员{n}", "1234") for n in range(4)]
    await go_to(room, "deciding")
    for joined, tactic in zip(seats, ("patient", "rushed", "interaction"), strict=False):
        await room.choose(joined.seat, 0, Hand(tactic=tactic), ready=True)
    await room.act({"do": "next"})
    await computed(room)
    await room.act({"do": "next"})
    await room.choose(seats[3].seat, 1, Hand(tactic="price_games", act="detail", seconds=120))
    before = {joined.seat: room.outcome(joined.seat).digest() for joined in seats}
    log, drafts = room.state.log, room.state.seats[seats[3].seat].draft
    await room.stop()
    room = opened(again=True)
    await room.start()
    await computed(room)
    assert room.state.log == log and room.state.seats[seats[3].seat].draft == drafts
    assert {seat: room.outcome(seat).digest() for seat in before} == before
    assert room.seat_of(seats[2].token) == seats[2].seat
    await room.stop()


@in_a_loop
async def test_everything_the_instructor_does_can_be_taken_back_and_done_again(opened):
    room = opened()
    await room.start()
    seat = (await room.join("小林", "1234")).seat
    acts = [
        {"do": "settings", "settings": {"pacing": "timer", "seconds": 3600}},
        {"do": "next"}, {"do": "next"}, {"do": "next"},
        {"do": "pause", "on": True}, {"do": "stand_in", "seat": seat, "on": True},
        {"do": "stand_in", "seat": seat, "on": False}, {"do": "next"}, {"do": "repeat_round"},
        {"do": "remove", "seat": seat}, {"do": "readmit", "seat": seat},
        {"do": "scene", "scene": "duel", "duel": [seat, seat]}, {"do": "reset"},
        {"do": "practice"}, {"do": "reset"},
    ]  # fmt: skip
    for action in acts:
        before = told(room.state)
        await room.act(action)
        after = told(room.state)
        assert after != before, action
        await room.act({"do": "undo"})
        assert told(room.state) == before, action
        await room.act({"do": "redo"})
        assert told(room.state) == after, action
    for _ in acts:
        await room.act({"do": "undo"})
    assert room.state.phase == "lobby" and room.state.can_undo is None
    with pytest.raises(Refusal):
        await room.act({"do": "undo"})
    for _ in acts:
        await room.act({"do": "redo"})
    assert told(room.state) == after
    with pytest.raises(Refusal):
        await room.act({"do": "redo"})
    await room.stop()


def told(state):
    """Everything about a state but its log."""
    return repr({name: value for name, value in vars(state).items() if name != "log"})


@in_a_loop
async def test_what_is_not_possible_is_refused_and_leaves_nothing(opened):
    room = opened()
    await room.start()
    seat = (await room.join("小林", "1234")).seat
    with pytest.raises(Refusal):
        await room.choose(seat, 0, Hand(tactic="rushed"))
    await go_to(room, "deciding")
    entries = len(room.state.log)
    for hand in (Hand(tactic="nonsense"), Hand(product="boat"), Hand(answers=(3,)),
                 Hand(act="dance"), Hand(policy="account")):  # fmt: skip
        with pytest.raises(DecisionError):
            await room.choose(seat, 0, hand)
    for number in (-1, 1, 99):
        with pytest.raises(Refusal):
            await room.choose(seat, number, Hand(tactic="rushed"))
    with pytest.raises(Refusal):
        await room.choose(99, 0, Hand())
    with pytest.raises(Refusal):
        await room.act({"do": "next", "phase": "brief", "round": 0})
    assert len(room.state.log) == entries
    await room.stop()


@in_a_loop
async def test_two_taps_on_next_are_one(opened):
    room = opened()
    await room.start()
    expected = {"do": "next", "phase": "lobby", "round": 0}
    done = await asyncio.gather(room.act(expected), room.act(expected), return_exceptions=True)
    assert [type(found) for found in done] == [type(None), Refusal]
    assert room.state.phase == "brief"
    await room.stop()


@in_a_loop
async def test_rounds_close_when_all_who_are_there_are_ready(opened):
    room = opened(pacing="ready")
    await room.start()
    one, two = await room.join("一", "1234"), await room.join("二", "1234")
    room.connected(one.seat)  # the other one's phone is off
    await go_to(room, "deciding")
    await room.choose(one.seat, 0, Hand(tactic="rushed"))
    await asyncio.sleep(0.6)
    assert (room.state.phase, room.state.round) == ("deciding", 0)
    await room.set_ready(one.seat, 0, True)
    for _ in range(300):
        await asyncio.sleep(0.02)
        if (room.state.phase, room.state.round) == ("deciding", 1):
            break
    assert (room.state.phase, room.state.round) == ("deciding", 1)
    assert room.state.seats[two.seat].automatic == [True]
    await room.stop()


@in_a_loop
async def test_a_class_votes(opened):
    room = opened(mode="vote")
    await room.start()
    seats = [(await room.join(f"v{n}", "1234")).seat for n in range(3)]
    await go_to(room, "deciding")
    for seat, tactic in zip(seats, ("rushed", "patient", "rushed"), strict=True):
        await room.choose(seat, 0, Hand(tactic=tactic), ready=True)
    await room.act({"do": "next"})
    await computed(room)
    assert room.state.voted == [Hand(tactic="rushed")]
    assert len({room.outcome(seat).digest() for seat in seats}) == 1
    await room.stop()


@in_a_loop
async def test_a_shared_street_seats_shops_and_opens_another_when_it_is_full(opened):
    room = opened(mode="shared", shops=2)
    await room.start()
    seats = [(await room.join(f"s{n}", "1234")).seat for n in range(3)]
    places = [(room.state.seats[seat].street, room.state.seats[seat].shop) for seat in seats]
    assert places == [(0, 0), (0, 1), (1, 0)]
    await go_to(room, "deciding")
    await room.choose(seats[1], 0, Hand(tactic="rushed", product="wool_coat"), ready=True)
    await go_to(room, "debrief", 2)
    assert room.outcome(seats[0]).digest() == room.outcome(seats[1]).digest()
    assert room.outcome(seats[0]).report() != room.outcome(seats[1]).report()
    assert room.outcome(seats[2]).digest() != room.outcome(seats[0]).digest()
    await room.stop()


@pytest.mark.parametrize("late", ["bot", "fresh"])
@in_a_loop
async def test_who_comes_late(opened, late):
    room = opened(late=late)
    await room.start()
    first = (await room.join("早", "1234")).seat
    await go_to(room, "deciding", 2)
    seat = (await room.join("晚", "1234")).seat
    if late == "bot":
        assert room.state.seats[seat].automatic == [True, True]
    else:
        assert room.state.seats[seat].hands == []
        for number, tactic in enumerate(("rushed", "patient")):
            await computed(room)
            await room.choose(seat, number, Hand(tactic=tactic), ready=True)
        assert room.state.seats[seat].automatic == [False, False]
    await computed(room)
    await room.choose(seat, 2, Hand(tactic="interaction"), ready=True)
    await go_to(room, "debrief", 2)
    assert len(room.state.seats[seat].hands) == 3
    assert len(room.state.seats[first].hands) == 3
    await room.stop()


@in_a_loop
async def test_practice_is_on_another_crowd_and_leaves_nothing(opened):
    room = opened()
    await room.start()
    seat = (await room.join("小林", "1234")).seat
    crowd = room.crowd_digest
    await room.act({"do": "practice"})
    await computed(room)
    assert room.crowd_digest != crowd
    await room.choose(seat, 0, Hand(tactic="rushed"), ready=True)
    await room.act({"do": "next"})
    await computed(room)
    await room.act({"do": "reset"})
    assert room.state.phase == "brief" and room.crowd_digest == crowd
    assert room.state.seats[seat].hands == []
    await room.stop()


@in_a_loop
async def test_a_disk_that_refuses_takes_nothing_and_says_so(opened, monkeypatch):
    room = opened()
    await room.start()
    seat = (await room.join("小林", "1234")).seat
    await go_to(room, "deciding")
    before = told(room.state)

    def full(*args, **more):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(room.store, "append", full)
        with pytest.raises(OSError):
            await room.choose(seat, 0, Hand(tactic="rushed"))
        with pytest.raises(OSError):
            await room.join("二", "1234")
    assert told(room.state) == before and set(room.names) == {seat}
    await room.choose(seat, 0, Hand(tactic="rushed"))
    await room.join("二", "1234")
    await room.stop()


@in_a_loop
async def test_trouble_in_computing_is_said_and_tried_again(opened, monkeypatch):
    monkeypatch.setattr("sim.classroom.growing._SECONDS_TO_TRY_AGAIN", 0.05)
    room = opened()
    await room.start()
    await room.join("小林", "1234")
    await go_to(room, "deciding")
    look, told_of = room.study.look, []

    def fails(*wanted):
        told_of.append(room.problem)
        if len(told_of) < 3:
            raise RuntimeError("planted")
        return look(*wanted)

    monkeypatch.setattr(room.study, "look", fails)
    await room.act({"do": "next"})
    await computed(room)
    assert room.problem is None and told_of[0] is None and told_of[1] is not None
    assert room.view_console("zh")["computing"] is None
    await room.stop()


@in_a_loop
async def test_a_campaign_is_lived_by_policies(opened):
    scenario = Scenario.load("thirty_days").with_changes({"shoppers": 400, "campaign.days": 6})
    room = opened(scenario=scenario)
    await room.start()
    one, two = (await room.join("一", "1234")).seat, (await room.join("二", "1234")).seat
    await go_to(room, "deciding")
    with pytest.raises(DecisionError):
        await room.choose(one, 0, Hand(tactic="rushed"))
    policy = scenario.campaign.compare[-1]
    await room.choose(one, 0, Hand(policy=policy), ready=True)
    await go_to(room, "debrief", 2)
    assert room.outcome(one).digest() != room.outcome(two).digest()
    await room.stop()
