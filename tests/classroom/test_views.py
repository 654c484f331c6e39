"""Snapshots in every phase, mode and language: plain JSON, complete, telling no secrets."""

from __future__ import annotations

import asyncio
import json

import pytest

from sim.classroom.hand import Hand
from tests.classroom.test_room import computed, go_to, in_a_loop, opened, short  # noqa: F401

PHASES = ("lobby", "brief", "bets", "deciding", "computed", "night", "debrief", "over")


def all_views(room, seats):
    for language in ("zh", "en"):
        yield "console", room.view_console(language)
        yield "board", room.view_board(language)
        yield "phone", room.view_phone(None, language)
        for seat in seats:
            yield "phone", room.view_phone(seat, language)


@pytest.mark.parametrize("mode", ["same", "shared", "vote"])
@in_a_loop
async def test_views_are_plain_data_in_every_phase(opened, mode):  # noqa: F811
    room = opened(mode=mode, **({"shops": 2} if mode == "shared" else {}))
    await room.start()
    seats = [(await room.join(f"学员{n}", "1357")).seat for n in range(3)]
    met = set()
    for _ in range(12):
        await computed(room)
        met.add(room.state.phase)
        for kind, view in all_views(room, seats):
            text = json.dumps(view, allow_nan=False, ensure_ascii=False)
            assert view["phase"] == room.state.phase
            if kind != "console":
                assert "1357" not in text and "pin" not in view
            if kind == "board":
                assert "学员" not in text, "the projector tells no names by itself"
        if room.state.phase == "deciding":
            await room.choose(seats[0], room.state.round, Hand(tactic="rushed"), ready=True)
            view = room.view_phone(seats[0], "zh")
            assert view["deciding"]["mine"] == {"tactic": "rushed"} and view["deciding"]["ready"]
        if room.state.phase == "over":
            break
        await room.act({"do": "next"})
    assert met == set(PHASES)
    await room.stop()


@in_a_loop
async def test_the_debrief_fills_up_as_luck_is_found_out(opened):  # noqa: F811
    room = opened()
    await room.start()
    seats = [(await room.join(f"学员{n}", "1357")).seat for n in range(3)]
    await go_to(room, "bets")
    questions = room.view_phone(seats[0], "zh")["bets"]["questions"]
    first = next(q for q in questions if q["kind"] == "probability")
    bet = {"kind": "probability", "question": first["question"], "probability": 0.8}
    await room.place_bets(seats[0], [bet])
    await go_to(room, "deciding")
    for seat, tactic in zip(seats, ("rushed", "patient", "price_games"), strict=True):
        await room.choose(seat, 0, Hand(tactic=tactic), ready=True)
    await go_to(room, "debrief", 2)
    for _ in range(3000):
        if room.study.luck_is_known:
            break
        await asyncio.sleep(0.02)
    own = room.view_phone(seats[0], "zh")["debrief"]
    low, mean, high = own["own_band"]
    assert low <= mean <= high and own["best"]["value"] >= own["final"]["net_sales"]
    assert [item["said"] for item in own["bets"]] == ["80%"]
    assert [row["hand"] for row in own["rounds"]] == [{"tactic": "rushed"}, {}, {}]
    board = room.view_board("zh")
    assert sum(len(group["values"]) for group in board["results"]["groups"]) == 3
    assert board["luck"]["crowds"] >= 20 and board["calibration"]["count"] == 1
    await room.act({"do": "scene", "scene": "duel", "duel": [seats[0], seats[1]]})
    assert room.view_board("en")["duel"]["one"]["label"] == "Shop 1"
    await room.act({"do": "settings", "settings": {"names_shown": True, "ranking": "top"}})
    board = room.view_board("zh")
    assert board["duel"]["one"]["label"] == "学员0"
    assert board["ranking"][0]["place"] == 1
    await room.stop()


@in_a_loop
async def test_who_catches_up_sees_the_own_round(opened):  # noqa: F811
    room = opened(late="fresh")
    await room.start()
    await room.join("早", "1357")
    await go_to(room, "deciding", 2)
    seat = (await room.join("晚", "1357")).seat
    await computed(room)
    view = room.view_phone(seat, "zh")
    assert (view["phase"], view["round"], view["catching_up"]) == ("deciding", 1, 2)
    await room.choose(seat, 0, Hand(tactic="rushed"), ready=True)
    await computed(room)
    assert room.view_phone(seat, "zh")["round"] == 2
    await room.stop()
