"""A trainee's own debrief as the phone shows it, of what the class has found out so far."""

from __future__ import annotations

from typing import Any

from sim.classroom import bets, views
from sim.classroom.moments import plain
from sim.classroom.results import Shop, place_of, results
from sim.classroom.results_duel import hand_titles
from sim.classroom.results_told import band_of
from sim.classroom.state import Seat


def debrief(room, own: Seat, language: str) -> dict[str, Any]:
    """Final figures, one's place (where places are told), the class, rounds, bets, capsule."""
    state, study, scenario = room.state, room.study, room.scenario
    shops = room.cached("shops", lambda: study.shops(state, room.names, room.streets, True))
    mine = next((shop for shop in shops if shop.seat == own.number), None)
    if mine is None:
        return {}
    vote = state.settings.mode == "vote"
    best = room.cached(f"best {language}", lambda: study.best(shops, language))
    # Told without names, whatever the projector shows.
    everybody = room.cached(
        f"results {language}", lambda: _class(results(scenario, shops, language, best=best))
    )
    settled = [] if study.constants is None else bets.settle(scenario, mine, study.constants)
    return {
        "metric": scenario.goal,
        **views.offered(room, language),
        "final": {name: plain(value) for name, value in mine.outcome.figures.items()},
        # A class that votes has one shop, so there is nobody to compare oneself with.
        "place": None if vote else place_of(scenario, shops, own.number, state.settings.ranking),
        "distribution": None if vote else everybody,
        "rounds": _rounds(room, mine, language),
        "bets": bets.settled_data(scenario, settled, language),
        "best": best,
        "capsule": study.capsule(room.streets, state.history(own.number)),
        # Nine in ten of a few is a word that a few more would take back.
        "own_band": band_of(mine, study.luck, scenario.goal) if study.luck_is_known else None,
    }


def _class(found: dict[str, Any]) -> dict[str, Any]:
    """What a phone shows of everybody: it is sent to each of them."""
    names = ("metric", "title", "lower_is_better", "count", "average", "best_known", "ties")
    groups = [
        {name: group[name] for name in ("key", "title", "count", "values", "mean")}
        for group in found["groups"]
    ]
    return {**{name: found[name] for name in names}, "groups": groups}


def _rounds(room, mine: Shop, language: str) -> list[dict[str, Any]]:
    """What was decided in each round, by whom, and what was left of its orders."""
    vote = room.state.settings.mode == "vote"
    # What the class hosted, where it voted; what one voted for oneself stands in "own".
    hands = tuple(room.state.voted) if vote else mine.hands
    titles = hand_titles(room.scenario, hands, language)
    return [
        {
            "number": number + 1,
            "clock": views.clock(room, number, language),
            "hand": hands[number].to_data(),
            "own": mine.hands[number].to_data() if vote else None,
            "title": titles[number],
            "automatic": mine.automatic[number],
            "figures": {name: plain(value) for name, value in figures.items()},
        }
        for number, figures in enumerate(mine.outcome.rounds)
        if number < min(len(hands), len(mine.hands))
    ]
