"""What every screen of a class shares, in one language; snapshots, so nobody needs a history."""

from __future__ import annotations

import math
from typing import Any

from sim import wording
from sim.classroom.moments import Moment, plain
from sim.classroom.results_words import act_name
from sim.classroom.study import shop_of
from sim.play.nicknames import comment

# Acts that a trainee may do by themselves for a while, where the tactic does not matter.
SINGLE_ACTS = ("detail", "poll", "story", "invite_group", "prompt")
ACT_SECONDS = (60, 120, 180)
_STEPS = {"spoke": "commented"}  # as the pages call it


def said(key: str, language: str, /, **values: Any) -> str:
    return wording.text(f"class_core.{key}", language, **values)


def frame(room, language: str) -> dict[str, Any]:
    """The part that is the same on phone, board and console."""
    state, rounds = room.state, room.rounds
    number = state.round
    left = room.seconds_left()
    computing = room.computing
    return {
        "version": room.version,
        "language": language,
        "title": room.scenario.title.text(language),
        "phase": state.phase,
        "round": number + 1,
        "rounds": len(rounds),
        "practice": state.practice,
        "paused": state.paused,
        "mode": state.settings.mode,
        "pacing": state.settings.pacing,
        "campaign": rounds.campaign,
        "code": room.code,
        "crowd": room.crowd_digest[:8],
        "clock": clock(room, number, language),
        "minutes": list(rounds.minutes(number)),
        "computing": None if computing is None else {"done": computing[0], "total": computing[1]},
        "seconds_left": None if left is None else round(left, 1),
        "problem": None if room.problem is None else room.problem.text(language),
    }


def clock(room, number: int, language: str) -> str:
    """When a round is: "20:00–20:20", or "days 1–7" in a campaign."""
    told = room.rounds.clock(number)
    return said("days", language, days=told) if room.rounds.campaign else told


def moment(room, seat: int) -> Moment | None:
    """What this trainee's shop looks like now, as far as it was computed."""
    state = room.state
    return room.study.known(room.streets, state.history(seat), shop_of(state, seat), room.finished)


def moment_before(room, seat: int) -> Moment | None:
    """The same at the edge before: at the last one, once the nights are over."""
    state = room.state
    history, shop = state.history(seat), shop_of(state, seat)
    if room.finished:
        return room.study.known(room.streets, history, shop, False)
    return room.study.known(room.streets, history[:-1], shop, False) if history else None


def room_data(moment: Moment) -> dict[str, Any]:
    """ROOM: the room and its funnel."""
    room = moment.room
    return {
        "viewers": room.viewers,
        "followers": room.followers,
        "members": room.members,
        "trust": None if math.isnan(room.trust) else round(room.trust, 4),
        "energy": round(room.energy, 3),
        "queue": len(room.queue),
        "offer_in": room.offer_in_seconds,
        "figures": plain(moment.figures),
        "funnel": [{"key": _STEPS.get(key, key), "count": count} for key, count in moment.funnel],
    }


def last_data(room, seat: int, language: str) -> dict[str, Any] | None:
    """LAST: what the last round did."""
    now, before = moment(room, seat), moment_before(room, seat)
    if now is None or not room.state.history(seat):
        return None
    told = sorted(now.said.items(), key=lambda item: -item[1])[:3]
    names = ("minute", "viewers", "orders", "comments")
    return {
        "before": None if before is None else plain(before.figures),
        "after": plain(now.figures),
        "minutes": [dict(zip(names, row, strict=True)) for row in now.minutes],
        "said": [said(f"said.{name}", language, count=count) for name, count in told],
    }


def brief_data(room, language: str) -> dict[str, Any]:
    scenario = room.scenario
    return {
        "lines": list(getattr(scenario.brief, language)),
        "goal": wording.text(f"metrics.{scenario.goal}.name", language),
        "street": scenario.street.title.text(language),
        "culture": scenario.street.culture.text(language),
        "shop": scenario.host.name.text(language),
        "goods": [
            {"id": item.id, "name": item.name.text(language), "price": item.price}
            for item in scenario.host.products
        ],
    }


def choices_data(room, language: str) -> list[dict[str, Any]]:
    """Tactics to choose from, or policies in a campaign."""
    scenario = room.scenario
    if scenario.campaign is not None:
        found = [(name, scenario.policies[name]) for name in scenario.campaign.compare]
    else:
        found = [(name, scenario.tactics[name]) for name in scenario.choices]
    return [
        {"id": name, "title": way.title.text(language), "summary": way.summary.text(language)}
        for name, way in found
    ]


def offered(room, language: str) -> dict[str, Any]:
    """What a hand may be made of: choices or policies, and single acts."""
    campaign = room.rounds.campaign
    choices = choices_data(room, language)
    acts = [
        {"id": act, "title": act_name(act, language), "seconds": list(ACT_SECONDS)}
        for act in SINGLE_ACTS
    ]
    return {
        "choices": [] if campaign else choices,
        "policies": choices if campaign else [],
        "acts": [] if campaign else acts,
    }


def questions_data(moment: Moment, product: str, language: str) -> list[dict[str, Any]]:
    """Who waits for an answer, worded as they would."""
    return [
        {
            "shopper": shopper,
            "text": comment(lack, shopper, asked, language, product),
            "lack": lack,
            "waited": waited,
        }
        for shopper, lack, asked, waited in moment.questions
    ]


def nights_data(moment: Moment) -> list[dict[str, Any]]:
    names = ("day", "delivered", "kept", "returned", "refunded")
    return [dict(zip(names, row, strict=True)) for row in moment.nights]
