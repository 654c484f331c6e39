"""The phone's snapshot: one's own shop and nobody else's."""

from __future__ import annotations

from typing import Any

from sim.classroom import bets, debrief_view, views
from sim.classroom.hand import Hand
from sim.classroom.moments import plain
from sim.classroom.state import Seat


def view(room, seat: int | None, language: str) -> dict[str, Any]:
    """For somebody who has not joined, the frame alone."""
    data = views.frame(room, language)
    state = room.state
    own = state.seats.get(seat) if seat is not None else None
    data["people"] = {
        "joined": len(state.playing),
        "decided": sum(seat.ready for seat in state.playing),
    }
    if own is None:
        return data
    data["me"] = _me(room, own)
    if own.removed:
        return data
    if state.phase in ("lobby", "brief", "bets"):
        data["brief"] = views.brief_data(room, language)
    if state.phase == "bets":
        data["bets"] = {
            "questions": bets.class_questions(room.scenario, language),
            "mine": own.bets,
        }
    now = views.moment(room, own.number)
    if room.computing is not None and now is None:
        return data
    if now is None:
        return data
    catching_up = len(own.hands) < state.rounds_over()
    if state.phase in ("deciding", "computed") and catching_up:
        # Somebody who came late decides the rounds that the others have behind them.
        number = len(own.hands)
        data["phase"], data["round"] = "deciding", number + 1
        data["clock"], data["minutes"] = (
            views.clock(room, number, language), list(room.rounds.minutes(number)),
        )  # fmt: skip
        data["seconds_left"], data["catching_up"] = None, state.rounds_over() - number
    if data["phase"] == "deciding":
        data["deciding"] = _deciding(room, own, now, language)
        data["room"], data["last"] = data["deciding"]["room"], data["deciding"]["last"]
    elif state.phase in ("computed", "night", "debrief", "over"):
        data["room"] = views.room_data(now)
        data["last"] = views.last_data(room, own.number, language)
    if state.phase in ("night", "debrief", "over"):
        data["night"] = {"days": views.nights_data(now), "figures": plain(now.figures)}
    if state.phase in ("debrief", "over"):
        data["debrief"] = debrief_view.debrief(room, own, language)
    return data


def _me(room, own: Seat) -> dict[str, Any]:
    late = None
    if own.joined_round:
        late = {"rounds": own.joined_round, "by": "fresh" if own.fresh else "bot"}
    return {
        "seat": own.number, "name": room.names.get(own.number, ""), "stand_in": own.stand_in,
        "removed": own.removed, "late": late,
        "street": own.street + 1 if room.state.settings.mode == "shared" else None,
    }  # fmt: skip


def _deciding(room, own: Seat, now, language: str) -> dict[str, Any]:
    scenario, campaign = room.scenario, room.rounds.campaign
    names = {item.id: item.name.text(language) for item in scenario.host.products}
    current = now.room.tactic
    if campaign:
        chosen = [hand.policy for hand in own.hands if hand.policy is not None]
        current = chosen[-1] if chosen else scenario.campaign.policy
    return {
        **views.offered(room, language),
        "current": current,
        "products": [] if campaign else [
            {"id": name, "name": names[name], "price": now.room.price[name] / 100.0,
             "stock": now.room.stock[name], "shown": name == now.room.product}
            for name in names
        ],
        "questions": [] if campaign else views.questions_data(
            now, names.get(now.room.product, ""), language
        ),
        "mine": None if own.draft is None else _told(own.draft),
        "ready": own.ready,
        "room": views.room_data(now),
        "last": views.last_data(room, own.number, language),
    }  # fmt: skip


def _told(hand: Hand) -> dict[str, Any]:
    return hand.to_data()
