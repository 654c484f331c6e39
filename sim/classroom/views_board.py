"""The projector's snapshot: the class as a street; names only where the instructor shows them."""

from __future__ import annotations

from typing import Any

from sim.classroom import bets, views
from sim.classroom.results import mean, ranking, results
from sim.classroom.results_duel import duel
from sim.classroom.results_told import luck_data
from sim.classroom.results_words import group_title, shop_label, written
from sim.classroom.study import shop_of
from sim.classroom.views import said


def view(room, language: str) -> dict[str, Any]:
    state = room.state
    data = views.frame(room, language)
    data["scene"] = state.scene
    data["names_shown"] = state.settings.names_shown
    data["our_shop"] = room.scenario.host.name.text(language)
    data["live_starts"] = room.scenario.live.starts
    playing = state.playing
    waited_for = [seat for seat in playing if not seat.stand_in]
    data["decided"] = {"count": sum(seat.ready for seat in waited_for), "of": len(waited_for)}
    data["lobby"] = {
        "code": room.code,
        "count": len(playing),
        "joined": [
            room.names.get(seat.number, "") for seat in playing if state.settings.names_shown
        ],
    }
    if state.phase in ("lobby", "brief", "bets"):
        data["brief"] = views.brief_data(room, language)
    data["bets"] = {"count": sum(seat.bets is not None for seat in playing), "of": len(playing)}
    if state.phase in ("lobby", "brief", "bets"):
        return data
    data["choices"] = views.choices_data(room, language)
    data["shops"] = [_shop(room, seat, language) for seat in playing]
    if state.settings.mode == "vote":
        # One shop for all; who voted for what is nobody's business, how many did is everybody's.
        data["shops"] = [{**shop, "label": data["our_shop"], "decided": False}
                         for shop in data["shops"][:1]]  # fmt: skip
        data["votes"] = _votes(room, language)
    if room.computing is not None:
        return data
    data["minutes_mean"] = room.cached("minutes", lambda: _class_minutes(room))
    if state.phase in ("computed", "night", "debrief", "over"):
        data.update(room.cached(f"board {language}", lambda: _results(room, language)))
    return data


def _shop(room, seat, language: str) -> dict[str, Any]:
    """One lit window. What it chose is told only when the round is over."""
    state = room.state
    now = views.moment(room, seat.number)
    name = room.names.get(seat.number, "")
    return {
        "number": seat.number,
        "label": shop_label(seat.number, name, state.settings.names_shown, language),
        "street": seat.street + 1 if state.settings.mode == "shared" else None,
        "viewers": None if now is None else now.room.viewers,
        "orders": None if now is None else int(now.figures["orders"]),
        "tactic": None if now is None else now.room.tactic,
        "decided": seat.ready,
        "stand_in": seat.stand_in,
    }


def _votes(room, language: str) -> list[dict[str, Any]]:
    """Of the last round that is over: each choice, how many were for it, the winner marked."""
    state = room.state
    over = state.rounds_over()
    if not over or len(state.voted) < over:
        return []
    won = state.voted[over - 1]
    counts: dict[str, int] = {}
    for seat in state.playing:
        if len(seat.hands) >= over and not seat.automatic[over - 1]:
            hand = seat.hands[over - 1]
            if (chosen := hand.policy or hand.tactic) is not None:
                counts[chosen] = counts.get(chosen, 0) + 1
    return [
        {**choice, "count": counts.get(choice["id"], 0),
         "won": choice["id"] == (won.policy or won.tactic)}
        for choice in views.choices_data(room, language)
    ]  # fmt: skip


def _class_minutes(room) -> list[dict[str, Any]]:
    """Means over the class of each minute of the last round."""
    rows = [now.minutes for seat in room.state.playing
            if (now := views.moment(room, seat.number)) is not None and now.minutes]  # fmt: skip
    length = min((len(row) for row in rows), default=0)
    return [
        {
            "minute": rows[0][k][0],
            "viewers": mean([float(row[k][1]) for row in rows]),
            "orders": mean([float(row[k][2]) for row in rows]),
        }
        for k in range(length)
    ]


def _results(room, language: str) -> dict[str, Any]:
    state, study, scenario = room.state, room.study, room.scenario
    names_shown = state.settings.names_shown
    finished = room.finished
    shops = study.shops(state, room.names, room.streets, finished)
    vote = state.settings.mode == "vote"
    if vote:
        shops = shops[:1]
    best = study.best(shops, language) if finished else None
    luck = None
    if finished and study.luck is not None and study.luck_is_known:
        luck = luck_data(scenario, shops, study.luck, language, names_shown=names_shown)
    clocks = [views.clock(room, number, language) for number in range(len(room.rounds))]
    found: dict[str, Any] = {
        "results": results(
            scenario, shops, language, names_shown=names_shown, practice=state.practice,
            best=best, luck=luck, spans_clock=clocks,
        ),
    }  # fmt: skip
    if state.settings.ranking != "top" and luck is not None:
        # Ties name who came first, which is nobody's business unless places are told.
        found["results"] = {**found["results"], "ties": []}
        luck = {**luck, "ties": [row["text"] for row in luck["verdicts"]
                                 if row["kind"] in ("tie", "same")]}  # fmt: skip
    if vote:
        found["results"] = _against_constants(room, found["results"], language)
    if not finished:
        return found
    found["luck"] = luck
    nights = [now.nights for seat in (state.playing[:1] if vote else state.playing)
              if (now := views.moment(room, seat.number)) is not None]  # fmt: skip
    found["night"] = {"days": _class_nights(nights)}
    if state.phase == "night":
        return found
    if study.constants is not None:
        everybody = study.shops(state, room.names, room.streets, finished)
        settled = [
            item for shop in everybody for item in bets.settle(scenario, shop, study.constants)
        ]
        found["calibration"] = {
            **bets.class_calibration(settled, language),
            "questions": bets.class_bets(scenario, settled, language),
        }
    found["ranking"] = ranking(
        scenario,
        shops,
        language,
        ranking="off" if vote else state.settings.ranking,
        top=state.settings.top,
        names_shown=names_shown,
    )
    found["duel"] = _duel(room, shops, language)
    return found


def _against_constants(room, found: dict[str, Any], language: str) -> dict[str, Any]:
    """A class that votes is compared with each way to host kept throughout, on the same crowd."""
    metric, scenario = found["metric"], room.scenario
    values = [value for group in found["groups"] for value in group["values"]]
    groups = [{
        "key": "class", "title": said("ours", language), "count": 1, "values": values,
        "mean": found["average"], "mean_text": found["average_text"],
    }]  # fmt: skip
    constants = room.study.constants if room.finished else None
    for name, figures in (constants or {}).items():
        value = figures.get(metric)
        if value is not None and value == value:
            groups.append({
                "key": name, "title": group_title(scenario, name, language), "count": 1,
                "values": [value], "mean": value, "mean_text": written(metric, value, language),
            })  # fmt: skip
    return {**found, "groups": groups, "values": [], "ties": []}


def _class_nights(nights: list) -> list[dict[str, Any]]:
    """Parcels of the whole class, day by day."""
    days: dict[int, list[float]] = {}
    for rows in nights:
        for day, *counts in rows:
            sums = days.setdefault(day, [0.0] * 4)
            for k, count in enumerate(counts):
                sums[k] += count
    names = ("delivered", "kept", "returned", "refunded")
    return [
        {"day": day, **dict(zip(names, sums, strict=True))} for day, sums in sorted(days.items())
    ]


def _duel(room, shops, language: str) -> dict[str, Any] | None:
    state, study = room.state, room.study
    if state.duel is None:
        return None
    sides = []
    for number in state.duel:
        shop = next((shop for shop in shops if shop.seat == number), None)
        if shop is None:
            return None
        history = state.history(number)
        if not room.streets.has(history, True):
            return None
        curves = study.book.curves(room.streets, history, shop_of(state, number), True)
        sides.append((shop, curves))
    return duel(
        room.scenario, room.rounds, sides[0], sides[1], language,
        names_shown=state.settings.names_shown,
    )  # fmt: skip
