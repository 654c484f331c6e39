"""Bots play whole classes on a real server and notice what is lost; rude ones disturb nobody."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json

import pytest
from rich.console import Console
from websockets.asyncio.server import serve as serve_websocket

from sim import wording
from sim.classroom import bots_receipts
from sim.classroom.bots import Plan, play, share
from sim.classroom.bots_phone import Phone, Place, Tally
from sim.classroom.bots_play import Habits
from sim.classroom.bots_receipts import Receipts, same_hand
from sim.classroom.bots_rude import DEEDS, Rude
from sim.classroom.state import ClassState
from sim.classroom.store import ClassStore
from sim.console.bots import bots
from sim.console.terminal import Terminal
from sim.errors import StrollError
from tests.classroom.conftest import PIN

QUICK = Habits(think=0.1, drops=0.0, again=0.1, studies=0.2)
CARELESS = Habits(think=0.1, drops=0.2, again=0.1, studies=0.0)


def plan(server, **more) -> Plan:
    usual = {"pin": PIN, "habits": QUICK, "minutes": 3.0, "look": 0.0}
    return Plan(server.url, **{**usual, **more})


def hands_in_file(path) -> dict[int, list]:
    """The final hands of every seat, folded from the file's log."""
    store = ClassStore.look_into(path)
    try:
        from sim.classroom.settings import Settings

        settings = Settings.read(store.settings)
        state = ClassState.of(settings, settings.rounds, store.entries())
    finally:
        store.close()
    return {number: seat.hands for number, seat in state.seats.items()}


@pytest.fixture
def real_server(serve, store):
    """A class with the pages that phones get."""
    return serve(store, pages=None)


class TestPolite:
    def test_a_whole_class_without_an_instructor(self, real_server, class_path):
        report = asyncio.run(play(plan(real_server, count=8)))
        tally = report.tally
        assert report.ok, (tally.lost, tally.faults)
        assert tally.joined == 8 and tally.returned == 0 and tally.phase in ("debrief", "over")
        assert len(tally.acks) >= 8 * (1 + 2)  # bets and two rounds
        assert tally.shown + tally.unproven >= 16 and tally.proven >= 16
        assert set(tally.refused) <= {"too_late"}
        assert len(hands_in_file(class_path)) == 8
        assert all(len(hands) == 2 for hands in hands_in_file(class_path).values())

    def test_lost_lines_and_other_phones_come_back_to_their_seats(self, real_server):
        report = asyncio.run(play(plan(real_server, count=8, habits=CARELESS)))
        tally = report.tally
        assert report.ok, (tally.lost, tally.faults)
        assert tally.joined == 8 and tally.returned > 0 and tally.resumed > 0
        assert len(real_server.names()) == 8

    def test_it_leaves_after_the_rounds_that_were_asked_for(self, real_server):
        report = asyncio.run(play(plan(real_server, count=3, rounds=1)))
        assert report.ok and report.tally.phase in ("computed", "deciding")
        assert real_server.phase() not in ("debrief", "over")

    def test_the_same_seed_decides_the_same(self, serve, new_store, tmp_path):
        hands = []
        for name in ("one", "two"):
            path = tmp_path / f"{name}.strollclass"
            server = serve(new_store(path), pages=None)
            assert asyncio.run(play(plan(server, count=2, habits=Habits(0.0, 0.0)))).ok
            names = dict(zip(server.names(), hands_in_file(path).values(), strict=True))
            hands.append({name: [h.tactic for h in names[name]] for name in sorted(names)})
        assert hands[0] == hands[1] and len(hands[0]) == 2

    @pytest.mark.parametrize("mode", ["vote", "shared"])
    def test_in_the_other_ways_of_hosting(self, serve, new_store, mode):
        server = serve(new_store(mode=mode), pages=None)
        report = asyncio.run(play(plan(server, count=5)))
        assert report.ok, (report.tally.lost, report.tally.faults)
        assert report.tally.joined == 5


def test_rude_bots_disturb_nobody(real_server, class_path):
    report = asyncio.run(play(plan(real_server, count=25, rude=0.2, rude_pause=0.05)))
    tally = report.tally
    assert report.polite == 20 and report.rude == 5
    assert report.ok, (tally.lost, tally.faults)
    assert tally.joined == 20
    assert tally.returned == 0, "a polite bot lost its line"
    assert set(tally.refused) <= {"too_late"}
    deeds = {deed for deed, _ in tally.rude}
    assert len(deeds) >= 8, deeds
    answers = {answer for _, answer in tally.rude}
    assert not {answer for answer in answers if answer.startswith(("closed_1011", "page_5"))}
    assert real_server.problem is None
    names = real_server.names()
    assert len(names) == len(set(names)) and len(hands_in_file(class_path)) == len(names)


def test_every_rude_deed_is_answered_for(real_server):
    """One after the other, on a class that somebody polite plays afterwards."""
    tally, place = Tally(), Place.of(real_server.url)

    async def all_once():
        victim = Phone(place, Tally(), 1)
        await victim.open()
        await victim.ask("hello", code=place.code)
        assert (await victim.ask("join", name="老实人", pin="8264"))["type"] == "joined"
        rude = Rude(place, tally, 0, 1, ["老实人"], 0.0)
        running = asyncio.create_task(rude.run())
        while rude.finished < len(DEEDS) and not running.done():
            await asyncio.sleep(0.01)
        rude.leave()
        await asyncio.wait_for(running, 60)
        # Nobody was thrown out, and nobody else's play is any different.
        assert victim.is_open and (await victim.ask("ping"))["type"] == "pong"
        await victim.close()
        return await play(plan(real_server, count=1))

    report = asyncio.run(all_once())
    assert not tally.faults, tally.faults
    assert {deed for deed, _ in tally.rude} >= set(DEEDS)
    assert report.ok and report.tally.joined == 1 and report.tally.proven == 2


class TestTheCommand:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_tells_what_it_met(self, real_server, language):
        out, err = io.StringIO(), io.StringIO()
        plain = {"highlight": False, "emoji": False, "markup": False, "width": 100}
        terminal = Terminal(language, Console(file=out, **plain), Console(file=err, **plain))
        code = bots(terminal, real_server.url, 3, pin=PIN, think=0.1)
        assert code == 0, out.getvalue()
        for name in ("joined", "ack_times", "lost"):
            assert wording.text(f"class_bots.table.{name}", language) in out.getvalue()
        assert "3 / 3" in out.getvalue()
        assert wording.text("class_bots.verdict.good", language) in err.getvalue()

    @pytest.mark.parametrize(
        ("url", "wrong"),
        [
            ("http://127.0.0.1:9/j/K4RD7X", "No class answers"),
            ("http://127.0.0.1:9/", "no address to join"),
            ("ftp://127.0.0.1/j/K4RD7X", "no address to join"),
            ("http://127.0.0.1:99999/j/K4RD7X", "no address to join"),
            ("nonsense", "no address to join"),
        ],
    )
    def test_wrong_addresses(self, url, wrong):
        with pytest.raises(StrollError, match=wrong):
            bots(Terminal.open("en"), url, 1)

    @pytest.mark.parametrize(
        "values", [{"count": 0}, {"count": 10**6}, {"rude": 1.5}, {"rounds": 0}, {"minutes": -1.0}]
    )
    def test_wrong_numbers(self, values):
        with pytest.raises(StrollError):
            bots(Terminal.open("en"), "http://127.0.0.1:9/j/K4RD7X", **{"count": 1, **values})

    def test_a_wrong_pin(self, real_server):
        with pytest.raises(StrollError, match="PIN"):
            bots(Terminal.open("en"), real_server.url, 1, pin="000001")


# -- a server that loses things must be noticed ------------------------------------------------


@contextlib.asynccontextmanager
async def liar(told):
    """A class that acknowledges a hand and then shows `told(hand)` in the debrief."""

    async def line(socket):
        view = {
            "phase": "deciding", "round": 1, "rounds": 1, "mode": "same", "computing": None,
            "deciding": {"choices": [{"id": "patient"}], "mine": None},
        }  # fmt: skip
        async for text in socket:
            message = json.loads(text)
            answers = {"hello": "welcome", "join": "joined", "resume": "joined"}
            kind = answers.get(message["type"], "ack")
            answer = {"type": kind, "id": message["id"], "seat": None, "token": "t"}
            if kind == "joined":
                answer["seat"] = 1
            await socket.send(json.dumps(answer))
            if message["type"] == "choose":
                rounds = [{"number": 1, "hand": told(message["hand"])}]
                debrief = {"final": {"net_sales": 1}, "rounds": rounds}
                view = {**view, "phase": "debrief", "debrief": debrief}
            if kind != "welcome":
                await socket.send(json.dumps({"type": "view", "view": view}))

    async def page(connection, request):
        if request.path.startswith("/j/"):
            return connection.respond(200, "x" * 2000)
        return None

    async with serve_websocket(line, "127.0.0.1", 0, process_request=page) as server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/j/K4RD7X"


@pytest.mark.parametrize(
    ("told", "lost"),
    [(lambda hand: hand, 0), (lambda hand: {}, 1), (lambda hand: {"tactic": "x"}, 1)],
)
def test_a_decision_that_is_gone_is_noticed(told, lost):
    async def one():
        async with liar(told) as url:
            habits = Habits(0.0, 0.0, 0.1, studies=0.0)
            return await play(Plan(url, 1, minutes=5.0, habits=habits))

    report = asyncio.run(one())
    assert len(report.tally.lost) == lost and report.ok == (not lost)
    assert report.tally.proven == 1 - lost


HAND = {"tactic": "patient", "answers": [3, 4]}


class TestReceipts:
    def view(self, phase="deciding", number=1, mine=None, **more):
        return {"phase": phase, "round": number, "rounds": 2, "deciding": {"mine": mine}, **more}

    def kept(self):
        tally = Tally()
        receipts = Receipts(tally, 0)
        receipts.look(self.view(), True)
        receipts.sent(0, HAND)
        receipts.keep(0, HAND)
        return tally, receipts

    def test_shown(self):
        tally, receipts = self.kept()
        receipts.look(self.view(mine={**HAND}), False)
        assert tally.shown == 1 and not tally.lost

    def test_not_shown_on_a_new_line(self):
        tally, receipts = self.kept()
        receipts.look(self.view(mine=None), True)
        assert len(tally.lost) == 1

    def test_not_shown_for_long(self, monkeypatch):
        tally, receipts = self.kept()
        receipts.look(self.view(mine=None), False)
        assert not tally.lost
        monkeypatch.setattr(bots_receipts, "SHOWN_WITHIN", -1.0)
        receipts.look(self.view(mine=None), False)
        assert len(tally.lost) == 1

    def test_what_was_sent_without_an_answer_may_count(self):
        tally, receipts = self.kept()
        receipts.sent(0, {"tactic": "rushed"})
        receipts.look(self.view(mine={"tactic": "rushed"}), True)
        assert tally.shown == 1 and not tally.lost

    def test_a_refused_one_may_not(self):
        tally, receipts = self.kept()
        receipts.sent(0, {"tactic": "rushed"})
        receipts.refused(0)
        receipts.look(self.view(mine={"tactic": "rushed"}), True)
        assert len(tally.lost) == 1

    def test_a_repeated_round_is_no_loss(self):
        tally, receipts = self.kept()
        receipts.look(self.view("computed"), False)
        receipts.look(self.view(mine=None), True)
        rounds = [{"number": n, "hand": {}} for n in (1, 2)]
        receipts.look(self.view("debrief", 2, debrief={"rounds": rounds}), False)
        assert not tally.lost and tally.unproven == 1

    def test_practice_is_forgotten(self):
        tally, receipts = self.kept()
        receipts.look(self.view("brief", practice=True), False)
        assert not receipts.owed and not tally.lost

    def test_hands(self):
        assert same_hand({"tactic": "a"}, {"tactic": "a", "seconds": 60})
        assert same_hand(None, {})
        assert not same_hand({"tactic": "a"}, None)
        assert not same_hand({"no": "hand"}, {})


def test_shares_of_times():
    times = [float(number) for number in range(1, 101)]
    assert share(times, 0.5) == 50.0 and share(times, 0.99) == 99.0 and share(times, 1.0) == 100.0
    assert share([3.0], 0.99) == 3.0
    assert share([], 0.5) != share([], 0.5)


@pytest.mark.parametrize(
    ("url", "host", "code"),
    [
        ("http://192.168.1.5:8000/j/k4rd7x", "192.168.1.5:8000", "K4RD7X"),
        ("192.168.1.5/j/K4RD7X/", "192.168.1.5", "K4RD7X"),
    ],
)
def test_places(url, host, code):
    place = Place.of(url)
    assert (place.host, place.code) == (host, code)
    assert place.line() == f"ws://{host}/ws/phone"
