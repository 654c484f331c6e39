"""What the instructor and the trainees ask for, as entries; each raises when it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.classroom.closing import closing
from sim.classroom.entries import NewEntry
from sim.classroom.hand import Hand
from sim.classroom.refusal import Refusal
from sim.classroom.state import ClassState
from sim.errors import DecisionError, Phrase, StrollError
from sim.model.acts import ACTS
from sim.scenario import Scenario

SCENES = ("street", "results", "luck", "duel", "bets", "ranking")
# Crowds on which a preview compares the tactics: enough to see which way things go.
_PREVIEW_CROWDS = 12


def next_phase(state: ClassState) -> str | None:
    """What comes after this phase; None at the end."""
    if state.phase == "computed":
        return "deciding" if state.round + 1 < state.rounds else "night"
    order = ("lobby", "brief", "bets", "deciding", "computed")
    if state.phase in order:
        return order[order.index(state.phase) + 1]
    return {"night": "debrief", "debrief": "over"}.get(state.phase)


def entry_of(state: ClassState, action: Mapping[str, Any], at: float) -> NewEntry:
    """The entry of one act of the console. Refusal where there is no such act, or not now.

    do: "next", "close_round", "repeat_round", "undo", "redo", "pause" (on), "settings" (settings),
    "remove", "readmit", "stand_in" (seat, on), "practice", "reset", "scene" (scene, duel). With
    phase and round given, a "next" counts only while the class stands there: two taps are one.
    """
    do = action.get("do")
    make = _ACTS.get(do) if isinstance(do, str) else None
    if make is None:
        raise Refusal("no_such_act", found=str(do)[:40])
    kind, seat, data = make(state, action)
    return NewEntry(at, kind, seat, data)


_Made = tuple[str, int | None, dict[str, Any]]


def _next(state: ClassState, action: Mapping[str, Any]) -> _Made:
    expected = (action.get("phase", state.phase), action.get("round", state.round))
    to = next_phase(state)
    if expected != (state.phase, state.round) or to is None:
        raise Refusal("moved_on")
    if state.practice and to == "night":
        raise Refusal("practice_over")
    data = {"from": state.phase, "to": to, "round": state.round}
    if state.phase == "deciding":
        data |= closing(state)
    return "advance", None, data


def _close_round(state: ClassState, action: Mapping[str, Any]) -> _Made:
    if state.phase != "deciding":
        raise Refusal("moved_on")
    return _next(state, action)


def _repeat(state: ClassState, action: Mapping[str, Any]) -> _Made:
    if state.phase != "computed":
        raise Refusal("moved_on")
    return "repeat", None, {"round": state.round}


def _undo(state: ClassState, action: Mapping[str, Any]) -> _Made:
    target = state.can_undo
    if target is None or action.get("target", target.number) != target.number:
        raise Refusal("nothing_to_undo")
    return "undo", None, {"target": target.number}


def _redo(state: ClassState, action: Mapping[str, Any]) -> _Made:
    target = state.can_redo
    if target is None or action.get("target", target.number) != target.number:
        raise Refusal("nothing_to_redo")
    return "redo", None, {"target": target.number}


def _pause(state: ClassState, action: Mapping[str, Any]) -> _Made:
    return "paused", None, {"on": bool(action.get("on", not state.paused))}


def _settings(state: ClassState, action: Mapping[str, Any]) -> _Made:
    changes = action.get("settings")
    state.settings.changed(changes)
    return "settings", None, {"settings": dict(changes)}


def _seat(state: ClassState, action: Mapping[str, Any]) -> int:
    seat = action.get("seat")
    if type(seat) is not int or seat not in state.seats:
        raise Refusal("no_seat")
    return seat


def _remove(state: ClassState, action: Mapping[str, Any]) -> _Made:
    return "removed", _seat(state, action), {}


def _readmit(state: ClassState, action: Mapping[str, Any]) -> _Made:
    return "readmitted", _seat(state, action), {}


def _stand_in(state: ClassState, action: Mapping[str, Any]) -> _Made:
    seat = _seat(state, action)
    return "stand_in", seat, {"on": bool(action.get("on", not state.seats[seat].stand_in))}


def _practice(state: ClassState, action: Mapping[str, Any]) -> _Made:
    if state.phase not in ("lobby", "brief", "bets"):
        raise Refusal("moved_on")
    return "practice", None, {}


def _reset(state: ClassState, action: Mapping[str, Any]) -> _Made:
    if state.phase in ("lobby", "brief", "bets"):
        raise Refusal("nothing_to_reset")
    return "reset", None, {}


def _scene(state: ClassState, action: Mapping[str, Any]) -> _Made:
    scene, duel = action.get("scene", state.scene), action.get("duel")
    if scene not in SCENES:
        raise Refusal("no_such_act", found=str(scene)[:40])
    data: dict[str, Any] = {"scene": scene}
    if duel is not None:
        if not isinstance(duel, list | tuple) or len(duel) != 2:
            raise Refusal("no_seat")
        data["duel"] = [_seat(state, {"seat": seat}) for seat in duel]
    return "scene", None, data


_ACTS = {
    "next": _next, "close_round": _close_round, "repeat_round": _repeat, "undo": _undo,
    "redo": _redo, "pause": _pause, "settings": _settings, "remove": _remove,
    "readmit": _readmit, "stand_in": _stand_in, "practice": _practice, "reset": _reset,
    "scene": _scene,
}  # fmt: skip


def check_offered(scenario: Scenario, hand: Hand) -> None:
    """DecisionError for a tactic that is not offered here, or what is for campaigns alone."""
    if scenario.campaign is None:
        wrong = hand.tactic is not None and hand.tactic not in scenario.choices
        if wrong or hand.policy is not None:
            known = ", ".join(scenario.choices)
            found = hand.tactic or hand.policy
            raise DecisionError(Phrase("decisions.unknown_tactic", found=found, accepted=known))
        if hand.act is not None and hand.act not in ACTS:
            known = ", ".join(ACTS)
            raise DecisionError(Phrase("decisions.unknown_act", found=hand.act, accepted=known))
    elif hand != Hand(policy=hand.policy):
        raise DecisionError(Phrase("class_core.policies_only"))


def checked_bets(scenario: Scenario, bets: Any) -> list[Any]:
    """Bets of a phone, each on a question of this scenario. Refusal where they are not."""
    from sim.classroom.bets import bets_of_phone

    try:
        return [bet.to_data() for bet in bets_of_phone(scenario, bets)]
    except StrollError as error:
        raise Refusal("bad_bet") from error


def preview(scenario: Scenario) -> dict[str, Any]:
    """What each tactic (or policy) brings by itself on some other crowds, as plain data."""
    from sim.play.batch import compare

    tactics = None if scenario.campaign is not None else list(scenario.choices)
    crowds = _PREVIEW_CROWDS if scenario.campaign is None else 3
    found = compare(scenario, tactics, seeds=range(1, crowds + 1))
    metrics = ("net_sales", "return_rate", "followers", "viewers")
    rows = []
    for way in found.tactics:
        row: dict[str, Any] = {"id": way}
        for metric in metrics:
            mean, low, high = found.band(way, metric)
            row[metric] = [None if value != value else value for value in (mean, low, high)]
        rows.append(row)
    return {"done": 1, "total": 1, "crowds": crowds, "rows": rows}
