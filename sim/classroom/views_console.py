"""The instructor's snapshot: who is there, what comes next, what can be taken back."""

from __future__ import annotations

from typing import Any

from sim.classroom import views
from sim.classroom.acting import next_phase
from sim.classroom.entries import Entry
from sim.classroom.results_words import hand_title, ways
from sim.classroom.state import UNDOABLE, Seat

_MOST_LOG = 20


def view(room, language: str) -> dict[str, Any]:
    state = room.state
    data = views.frame(room, language)
    data["settings"] = state.settings.model_dump()
    data["seats"] = [_seat(room, seat, language) for seat in state.seats.values()]
    data["next"] = _next(room, language)
    undo, redo = state.can_undo, state.can_redo
    data["can_undo"], data["can_redo"] = undo is not None, redo is not None
    data["undo_text"] = None if undo is None else _told(room, undo, language)
    data["redo_text"] = None if redo is None else _told(room, redo, language)
    data["undo_target"] = None if undo is None else undo.number
    data["redo_target"] = None if redo is None else redo.number
    data["can_repeat"] = state.phase == "computed"
    data["can_practice"] = state.phase in ("lobby", "brief", "bets")
    data["can_reset"] = state.phase not in ("lobby", "brief", "bets")
    data["scene"], data["duel"] = state.scene, state.duel
    data["preview"] = _preview(room, language)
    undone = state.undone()
    acts = [entry for entry in state.log if entry.kind in (*UNDOABLE, "undo", "redo")]
    data["log"] = [
        {"number": entry.number, "at": entry.at, "text": _told(room, entry, language),
         "undone": entry.number in undone}
        for entry in acts[-_MOST_LOG:][::-1]
    ]  # fmt: skip
    data["people"] = {
        "joined": len(state.playing),
        "present": sum(room.present(seat.number) for seat in state.playing),
        "decided": sum(seat.ready for seat in state.playing),
        "undecided": len(state.undecided),
        "bets": sum(seat.bets is not None for seat in state.playing),
    }
    return data


def _seat(room, seat: Seat, language: str) -> dict[str, Any]:
    scenario = room.scenario
    lived = ways(scenario, seat.hands)
    force = lived[-1] if lived else scenario.reference
    if scenario.campaign is not None and not lived:
        force = scenario.campaign.policy
    last = seat.draft if seat.draft is not None else (seat.hands[-1] if seat.hands else None)
    return {
        "number": seat.number,
        "name": room.names.get(seat.number, ""),
        "present": room.present(seat.number),
        "decided": seat.draft is not None,
        "ready": seat.ready,
        "stand_in": seat.stand_in,
        "removed": seat.removed,
        "bot": False,
        "hands": len(seat.hands),
        "own_hands": sum(not automatic for automatic in seat.automatic),
        "bets": seat.bets is not None,
        "late": seat.joined_round,
        "choice": None if last is None else hand_title(scenario, last, force, language),
    }


def _next(room, language: str) -> dict[str, Any] | None:
    state = room.state
    to = next_phase(state)
    if to is None or (state.practice and to == "night"):
        return None
    key = f"{state.phase}_{to}" if state.phase == "computed" else to
    if state.phase == "deciding":
        key = "close"
    values = {"round": state.round + (2 if key == "computed_deciding" else 1),
              "count": len(state.undecided)}  # fmt: skip
    return {
        "do": "next", "phase": state.phase, "round": state.round, "to": to,
        "text": views.said(f"next.{key}", language, **values),
        "waiting": len(state.undecided) if state.phase == "deciding" else 0,
    }  # fmt: skip


def _told(room, entry: Entry, language: str) -> str:
    """One act in words."""
    if entry.kind in ("undo", "redo"):
        target = next(one for one in room.state.log if one.number == entry.data["target"])
        return views.said(f"log.{entry.kind}", language, what=_told(room, target, language))
    values: dict[str, Any] = {"name": room.names.get(entry.seat, str(entry.seat))}
    key = entry.kind
    if entry.kind == "advance":
        values["round"] = int(entry.data["round"]) + 1
        key = f"advance_{entry.data['to']}"
        if entry.data["from"] == "computed" and entry.data["to"] == "deciding":
            values["round"] += 1
    elif entry.kind == "repeat":
        values["round"] = int(entry.data["round"]) + 1
    elif entry.kind in ("paused", "stand_in"):
        key = f"{entry.kind}_{'on' if entry.data['on'] else 'off'}"
    elif entry.kind == "scene":
        values["scene"] = views.said(f"scene.{entry.data['scene']}", language)
    elif entry.kind == "settings":
        names = (views.said(f"setting_name.{name}", language) for name in entry.data["settings"])
        values["what"] = views.said("list", language).join(names)
    return views.said(f"log.{key}", language, **values)


def _preview(room, language: str) -> dict[str, Any] | None:
    if room.preview is None:
        return None
    scenario = room.scenario
    titles = {**scenario.tactics, **scenario.policies}
    rows = [
        {**row, "title": titles[row["id"]].title.text(language)} for row in room.preview["rows"]
    ]
    return {**room.preview, "rows": rows}
