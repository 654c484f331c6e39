"""A server that is killed in the middle of a round loses nothing, nor does a second laptop.

And whatever the instructor does can be taken back and brought back, by messages alone.
"""

from __future__ import annotations

import asyncio
import copy
import os

import pytest

from bench.classroom_server import serve as serve_process
from sim.classroom.bots_lead import Lead
from sim.classroom.bots_phone import Phone, Place, Tally
from sim.classroom.bots_play import Bot, Habits
from sim.classroom.class_files import copy_class
from sim.classroom.room import Room
from sim.classroom.rounds import Rounds
from sim.classroom.settings import Settings
from sim.classroom.state import ClassState
from sim.classroom.store import ClassStore
from sim.classroom.streets import play_hand
from sim.play.run import Run
from tests.classroom.conftest import PIN

# As many as a large class; fewer can be asked for where a machine has other things to do.
MANY = int(os.environ.get("STROLL_STREET_BOTS", "200"))
ROUNDS = 2
HABITS = Habits(think=2.0, drops=0.02, again=0.5, studies=0.0)


async def until(fits, seconds: float = 120.0) -> None:
    """Waits for something that certainly happens."""
    async with asyncio.timeout(seconds):
        while not fits():
            await asyncio.sleep(0.02)


class Evening:
    """Bots in a class whose server is a process that may be killed, led step by step."""

    def __init__(self, path, count: int) -> None:
        self.tally = Tally()
        self.serving = serve_process(path, 0, PIN, path.parent / "errors.txt")
        self.place = Place.of(self.serving.url)
        self.bots = [Bot(self.place, self.tally, n, 5, HABITS) for n in range(count)]
        self.lead = Lead(self.place, PIN)

    async def begin(self) -> None:
        self.tasks = [asyncio.create_task(bot.run()) for bot in self.bots]
        await self.lead.open()
        await until(lambda: all(bot.seat is not None for bot in self.bots))

    async def next(self, phase: str) -> None:
        """Leads on to a phase, and waits until it is worked out."""
        answer = await self.lead.act("next")
        assert answer["type"] == "ack", answer
        await self.lead.until(lambda view: view["phase"] == phase and view["computing"] is None)

    def decided(self, number: int) -> int:
        return sum(number in bot.receipts.last for bot in self.bots)

    async def all_decided(self, number: int) -> None:
        await until(lambda: all(bot.has_done("deciding", number) for bot in self.bots))

    async def end(self) -> None:
        for bot in self.bots:
            bot.leave()
        await asyncio.wait(self.tasks, timeout=20)
        await self.lead.close()


def folded(path) -> tuple[ClassStore, ClassState]:
    """The class in a file as its log alone tells it."""
    store = ClassStore.look_into(path)
    settings = Settings.read(store.settings)
    return store, ClassState.of(settings, settings.rounds, store.entries())


def played_undisturbed(scenario, seed: int, hands) -> Run:
    """A run of these hands from the beginning, without a class, a server or a fork."""
    rounds, run = Rounds.of(scenario, ROUNDS), Run(scenario, seed)
    run.advance_ticks(rounds.edges[0] - run.tick)
    for number, hand in enumerate(hands):
        play_hand(run, 0, hand)
        run.advance_ticks(rounds.edges[number + 1] - run.tick)
    run.advance_ticks(run.end_tick - run.tick)
    return run


async def digests_of_room(path, seats) -> tuple[dict[int, str], str]:
    """Of every seat's street as a restarted room works it out; and of the crowd."""
    store = ClassStore.open(path)
    room = Room(store)
    await room.start()
    try:
        await until(lambda: all(room.is_there(seat) for seat in seats))
        return {seat: room.outcome(seat).digest() for seat in seats}, room.crowd_digest
    finally:
        await room.stop()


@pytest.mark.parametrize(
    ("count", "other_laptop"), [(MANY, False), (12, True)], ids=["same_laptop", "other_laptop"]
)
def test_a_killed_server_loses_nothing(small_scenario, class_path, count, other_laptop):
    settings = {"mode": "same", "rounds": ROUNDS}
    ClassStore.create(class_path, small_scenario.canonical(), 7, "K4RD7X", "", settings).close()
    evening = Evening(class_path, count)
    taken_over = class_path.with_name("copied.strollclass") if other_laptop else class_path

    async def live() -> None:
        await evening.begin()
        for phase in ("brief", "bets", "deciding"):
            await evening.next(phase)
        crowd = evening.lead.view["crowd"]
        await evening.all_decided(0)
        await evening.next("computed")
        await evening.next("deciding")
        # Some have decided, some are about to, and some wait for an answer at this very moment.
        await until(lambda: evening.decided(1) >= count // 4)
        evening.serving.kill()
        assert evening.decided(1) < count
        if other_laptop:
            copy_class(class_path, taken_over)
        evening.serving = serve_process(
            taken_over, evening.serving.port, PIN, class_path.parent / "errors.txt"
        )
        await evening.lead.open()
        assert evening.lead.view["phase"] == "deciding" and evening.lead.view["round"] == 2
        assert evening.lead.view["crowd"] == crowd
        await until(lambda: all(bot.phone.is_open and bot.phone.view for bot in evening.bots))
        await evening.all_decided(1)
        for phase in ("computed", "night", "debrief"):
            await evening.next(phase)
        await until(lambda: all(bot.studied for bot in evening.bots))
        await evening.end()

    try:
        asyncio.run(live())
    finally:
        evening.serving.kill()
    tally = evening.tally
    assert not tally.lost and not tally.faults, (tally.lost, tally.faults)
    assert tally.joined == count and tally.returned >= count
    store, state = folded(taken_over)
    store.close()
    assert len(state.seats) == count
    for bot in evening.bots:
        hands = state.seats[bot.seat].hands
        assert len(hands) == ROUNDS
        for number in bot.receipts.last:
            assert bot.receipts.fits(hands[number].to_data(), number), (bot.number, number)
    told, _ = asyncio.run(digests_of_room(taken_over, list(state.seats)))
    # Whoever decided the same stands in the same street, so each kind of evening is played once.
    played: dict[tuple, Run] = {}
    for bot in evening.bots:
        hands = tuple(state.seats[bot.seat].hands)
        if hands not in played and len(played) < 40:
            played[hands] = played_undisturbed(small_scenario, 7, hands)
        if hands in played:
            assert told[bot.seat] == played[hands].digest()
            final = bot.phone.view["debrief"]["final"]
            assert final["net_sales"] == pytest.approx(played[hands].report()["net_sales"])
    assert len(played) > 3, "all decided the same, so this proved little"


def snapshot(room) -> dict:
    """Everything that a class is, but for the log it was made of."""
    return copy.deepcopy({k: v for k, v in vars(room.state).items() if k != "log"})


ACTS = [
    ("settings", {"settings": {"names_shown": True, "ranking": "top", "seconds": 45}}),
    ("next", {}),
    ("practice", {}),
    ("close_round", {}),
    ("reset", {}),
    ("next", {}),
    ("next", {}),
    ("pause", {"on": True}),
    ("pause", {"on": False}),
    ("scene", {"scene": "duel", "duel": [1, 2]}),
    ("stand_in", {"seat": 1, "on": True}),
    ("stand_in", {"seat": 1, "on": False}),
    ("remove", {"seat": 2}),
    ("readmit", {"seat": 2}),
    ("close_round", {}),
    ("repeat_round", {}),
    ("close_round", {}),
    ("next", {}),
    ("next", {}),
    ("next", {}),
    ("next", {}),
    ("next", {}),
]


def test_every_act_of_the_instructor_can_be_taken_back_and_brought_back(server):
    from sim.classroom.acting import _ACTS

    # Taking back and bringing back are what is tried here.
    assert {do for do, _ in ACTS} == set(_ACTS) - {"undo", "redo"}
    room, place = server.room, Place.of(server.url)

    async def decide(phones) -> None:
        """Everybody chooses, where there is something to choose."""
        if room.state.phase != "deciding":
            return
        tactics = list(room.scenario.choices)
        for number, phone in enumerate(phones):
            seat = room.state.seats[number + 1]
            if seat.removed or len(seat.hands) != room.state.round:
                continue
            hand = {"tactic": tactics[number % len(tactics)]}
            asked = {"round": room.state.round, "hand": hand, "ready": True}
            async with asyncio.timeout(60):
                while (await phone.ask("choose", **asked)).get("key") == "computing":
                    await asyncio.sleep(0.05)

    async def all_acts() -> None:
        lead = Lead(place, PIN)
        await lead.open()
        phones = []
        for number in range(3):
            phone = Phone(place, Tally(), number)
            await phone.open()
            await phone.ask("hello", code=place.code)
            await phone.ask("join", name=f"学员{number}", pin="8264")
            phones.append(phone)
        for do, rest in ACTS:
            await decide(phones)
            before = snapshot(room)
            assert (await lead.act(do, **rest))["type"] == "ack", (do, room.state.phase)
            after = snapshot(room)
            assert after != before, do
            for _ in range(2):
                assert (await lead.act("undo"))["type"] == "ack", do
                assert snapshot(room) == before, do
                assert (await lead.act("redo"))["type"] == "ack", do
                assert snapshot(room) == after, do
            await slow_down(lead)
        assert room.state.phase == "over"
        for line in (*phones, lead):
            await line.close()

    async def slow_down(lead) -> None:
        """One line may say twenty things in ten seconds; another line may go on."""
        await lead.close()
        await lead.open()

    asyncio.run(all_acts())
    # The file tells the same as what was in memory.
    again = ClassState.of(Settings.read(room.store.settings), len(room.rounds), room.state.log)
    assert {k: v for k, v in vars(again).items() if k != "log"} == snapshot(room)
