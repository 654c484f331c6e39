"""What one field cannot know about another: sums, names, ids and times that must fit together.

The checks look at plain data in which anything may still be wrong, so that a slip in one place does
not hide the slips in others. `resolved` is the scenario's data with the street's data under
"street", the mechanisms' under "street.mechanisms" and the tactics' under "tactics". What could not
be read is missing there, and then nothing is said about it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.errors import Phrase
from sim.scenario.document import KeyPath
from sim.scenario.explain import found_phrase, hint, plain_text
from sim.scenario.fields import MAX_NOTES, SHARE_TOLERANCE, minutes_of
from sim.scenario.mechanisms import SWITCHES

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


@dataclass(frozen=True)
class Finding:
    """Something that does not fit, at `path` of the resolved data.

    `message` has no key yet; the caller, who knows the file, adds it as the value "key".
    """

    path: KeyPath
    message: Phrase
    found: str = ""
    known: tuple[str, ...] = ()
    suggestion: str = ""


def findings(resolved: dict[str, Any]) -> Iterator[Finding]:
    """Everything in the resolved data that does not fit together."""
    street = _dict(resolved.get("street"))
    topics = _ids(street.get("topics"))
    tactics = _known_tactics(resolved)
    yield from _tactic_mixes(resolved)
    yield from _lesson_names(resolved, tactics)
    yield from _times(resolved)
    yield from _population(_dict(street.get("population")), topics)
    yield from _repeated_ids(("street", "topics"), street.get("topics"), "topic")
    yield from _hosts(resolved, topics, tactics)


# ---- reading data in which anything may be wrong ----------------------------------------------


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) < 1e300 else None


def _ids(items: Any) -> tuple[str, ...] | None:
    """The ids in a list of things with ids; None when there is no such list."""
    if not isinstance(items, (list, tuple)):
        return None
    ids = (_dict(item).get("id") for item in items)
    return tuple(dict.fromkeys(name for name in ids if isinstance(name, str)))


def _known_tactics(resolved: dict[str, Any]) -> tuple[str, ...] | None:
    tactics = resolved.get("tactics")
    return tuple(map(str, tactics)) if isinstance(tactics, dict) else None


def _clock(value: Any) -> int | None:
    good = isinstance(value, str) and _CLOCK.fullmatch(value)
    return minutes_of(value) if good else None


# ---- one kind of check each -------------------------------------------------------------------


def _sum_is_one(path: KeyPath, shares: Any) -> Iterator[Finding]:
    numbers = [_number(value) for value in _dict(shares).values()]
    if not numbers or any(number is None or not 0 <= number <= 1 for number in numbers):
        return
    total = math.fsum(numbers)
    if abs(total - 1) > SHARE_TOLERANCE:
        found = f"{total:.7g}"
        yield Finding(path, Phrase("errors.check.sum", found=found), found)


def _is_known(path: KeyPath, name: Any, known: tuple[str, ...] | None, what: str):
    if known is None or not isinstance(name, str) or name in known:
        return
    sentence, suggestion = hint(name, known)
    message = Phrase(
        "errors.check.unknown_name",
        found=found_phrase(name),
        what=Phrase(f"errors.what.{what}"),
        hint=sentence,
    )
    yield Finding(path, message, name, known, suggestion)


def _listed_once(path: KeyPath, names: Any, what: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, name in enumerate(_list(names)):
        if isinstance(name, str):
            if name in seen:
                values = {"found": found_phrase(name), "what": Phrase(f"errors.what.{what}")}
                yield Finding((*path, number), Phrase("errors.check.twice", **values), name)
            seen.add(name)


def _names(path: KeyPath, names: Any, known: tuple[str, ...] | None, what: str):
    for number, name in enumerate(_list(names)):
        yield from _is_known((*path, number), name, known, what)
    yield from _listed_once(path, names, what)


def _repeated_ids(path: KeyPath, items: Any, what: str, taken: tuple[str, ...] = ()):
    seen = set(taken)
    for number, item in enumerate(_list(items)):
        name = _dict(item).get("id")
        if isinstance(name, str):
            if name in seen:
                values = {"found": found_phrase(name), "what": Phrase(f"errors.what.{what}")}
                message = Phrase("errors.check.id_twice", **values)
                yield Finding((*path, number, "id"), message, name)
            seen.add(name)


def _topic_shares(path: KeyPath, shares: Any, topics: tuple[str, ...] | None) -> Iterator[Finding]:
    yield from _sum_is_one(path, shares)
    for name in _dict(shares):
        yield from _is_known((*path, name), name, topics, "topic")


# ---- the parts of a scenario ------------------------------------------------------------------


def _tactic_mixes(resolved: dict[str, Any]) -> Iterator[Finding]:
    for name, tactic in _dict(resolved.get("tactics")).items():
        yield from _sum_is_one(("tactics", name, "mix"), _dict(tactic).get("mix"))


def _lesson_names(resolved: dict[str, Any], tactics: tuple[str, ...] | None) -> Iterator[Finding]:
    yield from _names(("choices",), resolved.get("choices"), tactics, "tactic")
    yield from _names(("compare",), resolved.get("compare"), tactics, "tactic")
    yield from _is_known(("reference",), resolved.get("reference"), tactics, "tactic")
    yield from _names(("switch_off",), resolved.get("switch_off"), tuple(SWITCHES), "mechanism")


def _times(resolved: dict[str, Any]) -> Iterator[Finding]:
    hours = _dict(resolved.get("street_hours"))
    opens, closes = _clock(hours.get("opens")), _clock(hours.get("closes"))
    if opens is None or closes is None:
        return
    shown = {"opens": hours["opens"], "closes": hours["closes"]}
    if opens >= closes:
        yield Finding(("street_hours",), Phrase("errors.check.hours_backwards", **shown))
        return
    yield from _live_times(("live",), resolved.get("live"), opens, closes, shown)
    neighbours = _list(_dict(resolved.get("street")).get("neighbours"))
    for number, neighbour in enumerate(map(_dict, neighbours)):
        path = ("street", "neighbours", number, "live")
        yield from _live_times(path, neighbour.get("live"), opens, closes, shown)


def _live_times(
    path: KeyPath, live: Any, opens: int, closes: int, shown: dict[str, str]
) -> Iterator[Finding]:
    live = _dict(live)
    starts, minutes = _clock(live.get("starts")), _number(live.get("minutes"))
    if starts is None or minutes is None or not 0 < minutes <= 1440:
        return
    ends = starts + int(minutes)
    if starts < opens or ends > closes:
        times = {"starts": live["starts"], "ends": f"{ends // 60:02d}:{ends % 60:02d}", **shown}
        yield Finding(path, Phrase("errors.check.live_outside", **times))


def _population(population: dict[str, Any], topics: tuple[str, ...] | None) -> Iterator[Finding]:
    base = ("street", "population")
    for name in ("risk_aversion", "susceptibility", "savvy"):
        even = _dict(population.get(name))
        low, high = _number(even.get("low")), _number(even.get("high"))
        if low is not None and high is not None and low > high:
            values = {"low": plain_text(even["low"]), "high": plain_text(even["high"])}
            yield Finding((*base, name), Phrase("errors.check.order", **values))
    hours = [_number(value) for value in _list(population.get("hours"))]
    if hours and all(value == 0 for value in hours):
        yield Finding((*base, "hours"), Phrase("errors.check.nothing_positive"))
    counts = _dict(population.get("topics_per_shopper"))
    yield from _sum_is_one((*base, "topics_per_shopper"), counts)
    if topics is None:
        return
    for needed, name in ((2, "two"), (3, "three")):
        share = _number(counts.get(name))
        if share and len(topics) < needed:
            message = Phrase("errors.check.too_few_topics", found=plain_text(counts[name]))
            yield Finding((*base, "topics_per_shopper", name), message, plain_text(counts[name]))
    weights = population.get("topic_weights")
    if not isinstance(weights, dict):
        return
    path = (*base, "topic_weights")
    for name in weights:
        yield from _is_known((*path, name), name, topics, "topic")
    for name in topics:
        if name not in weights:
            yield Finding(path, Phrase("errors.check.no_weight", topic=name))
    if weights and all(_number(value) == 0 for value in weights.values()):
        yield Finding(path, Phrase("errors.check.nothing_positive"))


def _hosts(
    resolved: dict[str, Any], topics: tuple[str, ...] | None, tactics: tuple[str, ...] | None
) -> Iterator[Finding]:
    played = _dict(resolved.get("host"))
    base = ("street", "neighbours")
    neighbours = _list(_dict(resolved.get("street")).get("neighbours"))
    yield from _host(("host",), played, topics)
    taken = (played["id"],) if isinstance(played.get("id"), str) else ()
    yield from _repeated_ids(base, neighbours, "host", taken)
    notes = len(_list(played.get("notes")))
    for number, neighbour in enumerate(map(_dict, neighbours)):
        path = (*base, number)
        yield from _host(path, neighbour, topics)
        live = _dict(neighbour.get("live"))
        yield from _is_known((*path, "live", "tactic"), live.get("tactic"), tactics, "tactic")
        notes += len(_list(neighbour.get("notes")))
    if notes > MAX_NOTES:
        message = Phrase("errors.check.too_many_notes", found=notes, limit=MAX_NOTES)
        yield Finding(base if neighbours else ("host", "notes"), message, str(notes))


def _host(path: KeyPath, host: dict[str, Any], topics: tuple[str, ...] | None) -> Iterator[Finding]:
    yield from _topic_shares((*path, "topics"), host.get("topics"), topics)
    products = _ids(host.get("products"))
    yield from _repeated_ids((*path, "products"), host.get("products"), "product")
    for number, product in enumerate(map(_dict, _list(host.get("products")))):
        here = (*path, "products", number)
        yield from _topic_shares((*here, "topics"), product.get("topics"), topics)
        for name in ("price", "cost"):
            money = _number(product.get(name))
            if (
                money is not None
                and abs(money) < 1e9
                and abs(money * 100 - round(money * 100)) > 1e-6
            ):
                found = plain_text(product[name])
                yield Finding((*here, name), Phrase("errors.check.cents", found=found), found)
    yield from _repeated_ids((*path, "notes"), host.get("notes"), "note")
    for number, note in enumerate(map(_dict, _list(host.get("notes")))):
        here = (*path, "notes", number)
        yield from _names((*here, "products"), note.get("products"), products, "product")
        if note.get("looks", 1) != 1 and note.get("format") in (
            "poll",
            "collection",
            "story",
            "hard_sell",
        ):
            yield Finding((*here, "looks"), Phrase("errors.check.looks_without_look"))
    for number, item in enumerate(map(_dict, _list(host.get("rundown")))):
        here = (*path, "rundown", number, "product")
        yield from _is_known(here, item.get("product"), products, "product")
