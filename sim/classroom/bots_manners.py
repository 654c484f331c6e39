"""How bots decide: each keeps one manner for the whole class, as people do."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

View = Mapping[str, Any]
Data = dict[str, Any]

_FIRST = (
    "小鱼", "阿明", "林一", "橙子", "大白", "四月", "老K", "豆豆", "Nina", "May", "Bo", "Leo",
    "阿May", "王同学", "小周", "安安", "Kit", "Ada", "静静", "石头", "Zoë", "丫丫", "Tom", "雨声",
)  # fmt: skip


def name_of(number: int) -> str:
    """A nickname that no other bot has."""
    return f"{_FIRST[number % len(_FIRST)]}{number + 1}"


def hand_of(manner: str, view: View, chance: random.Random, steady: int) -> Data:
    """A hand for the open round as data; `steady` is the number of the way this bot prefers."""
    if view.get("policies"):
        return {"policy": _pick(view["policies"], chance, steady, manner)}
    return _MANNERS[manner](view, chance, steady)


def _ids(items: Any) -> list[str]:
    return [item["id"] if isinstance(item, Mapping) else str(item) for item in items or ()]


def _pick(items: Any, chance: random.Random, steady: int, manner: str) -> str:
    known = _ids(items)
    return known[steady % len(known)] if manner == "steady" else chance.choice(known)


def _steady(view: View, chance: random.Random, steady: int) -> Data:
    """One tactic from the first round to the last."""
    choices = _ids(view.get("choices"))
    return {"tactic": choices[steady % len(choices)]} if choices else {}


def _random(view: View, chance: random.Random, steady: int) -> Data:
    """Anything that can be done."""
    hand: Data = {}
    choices, products, acts = (_ids(view.get(key)) for key in ("choices", "products", "acts"))
    if choices and chance.random() < 0.8:
        hand["tactic"] = chance.choice(choices)
    if products and chance.random() < 0.4:
        hand["product"] = chance.choice(products)
    if acts and chance.random() < 0.4:
        hand["act"], hand["seconds"] = chance.choice(acts), chance.choice((60, 120, 180))
    if chance.random() < 0.3:
        hand["answers"] = _open_questions(view)[: chance.randint(1, 5)]
    return {key: value for key, value in hand.items() if value != []}


def _room(view: View, chance: random.Random, steady: int) -> Data:
    """Goes on with what brought something, and tries something else where it did not."""
    last, choices = view.get("last") or {}, _ids(view.get("choices"))
    before, after = (
        ((last.get(key) or {}).get("net_sales") or 0) for key in ("before", "after")
    )  # fmt: skip
    current = view.get("current")
    if after > before and current in choices:
        return {"tactic": current}
    others = [choice for choice in choices if choice != current]
    return {"tactic": chance.choice(others)} if others else {}


def _answering(view: View, chance: random.Random, steady: int) -> Data:
    """Keeps its tactic and first answers whoever waits."""
    hand, asked = _steady(view, chance, steady), _open_questions(view)
    return {**hand, "answers": asked[:5]} if asked else hand


def _open_questions(view: View) -> list[int]:
    return [int(question["shopper"]) for question in view.get("questions") or ()]


_MANNERS: dict[str, Callable[[View, random.Random, int], Data]] = {
    "steady": _steady,
    "random": _random,
    "room": _room,
    "answers": _answering,
    "late": _random,
    "absent": _random,
}
MANNERS = tuple(_MANNERS)


def bets_of(questions: Any, chance: random.Random) -> list[Data]:
    """A bet on every question, which is named by its number."""
    bets: list[Data] = []
    for asked in questions or ():
        bet: Data = {"number": asked["number"], "kind": asked["kind"]}
        if asked["kind"] == "probability":
            bet["probability"] = round(chance.random(), 2)
        else:
            low, high = float(asked["low"]), float(asked["high"])
            bet["low"], bet["high"] = sorted(low + (high - low) * chance.random() for _ in "ab")
            bet["confidence"] = 0.8
        bets.append(bet)
    return bets
