"""What all checks of scenario files use: reading data in which anything may be wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.errors import Phrase
from sim.scenario.document import KeyPath
from sim.scenario.explain import found_phrase, hint
from sim.scenario.fields import SHARE_TOLERANCE, minutes_of

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


@dataclass(frozen=True)
class Finding:
    """Something that does not fit, at `path` of the resolved data.

    `message` has no key yet; the caller, who knows the file, adds it as the value "key".
    instead: the same slip as seen from the scenario's own file, for when `path` lies in a file that
    comes with the game and that its author should leave as it is.
    """

    path: KeyPath
    message: Phrase
    found: str = ""
    known: tuple[str, ...] = ()
    suggestion: str = ""
    instead: Finding | None = None


# ---- reading data in which anything may be wrong ----------------------------------------------


def as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def as_number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) < 1e300 else None


def ids_of(items: Any) -> tuple[str, ...] | None:
    """The ids in a list of things with ids; None when there is no such list."""
    if not isinstance(items, (list, tuple)):
        return None
    ids = (as_dict(item).get("id") for item in items)
    return tuple(dict.fromkeys(name for name in ids if isinstance(name, str)))


def clock_minutes(value: Any) -> int | None:
    good = isinstance(value, str) and _CLOCK.fullmatch(value)
    return minutes_of(value) if good else None


# ---- one kind of check each -------------------------------------------------------------------


def sum_is_one(path: KeyPath, shares: Any) -> Iterator[Finding]:
    numbers = [as_number(value) for value in as_dict(shares).values()]
    if not numbers or any(number is None or not 0 <= number <= 1 for number in numbers):
        return
    total = math.fsum(numbers)
    if abs(total - 1) > SHARE_TOLERANCE:
        found = f"{total:.7g}"
        yield Finding(path, Phrase("errors.check.sum", found=found), found)


def is_known(path: KeyPath, name: Any, known: tuple[str, ...] | None, what: str):
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


def listed_once(path: KeyPath, names: Any, what: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, name in enumerate(as_list(names)):
        if isinstance(name, str):
            if name in seen:
                values = {"found": found_phrase(name), "what": Phrase(f"errors.what.{what}")}
                yield Finding((*path, number), Phrase("errors.check.twice", **values), name)
            seen.add(name)


def names_known(path: KeyPath, names: Any, known: tuple[str, ...] | None, what: str):
    for number, name in enumerate(as_list(names)):
        yield from is_known((*path, number), name, known, what)
    yield from listed_once(path, names, what)


def repeated_ids(path: KeyPath, items: Any, what: str, taken: tuple[str, ...] = ()):
    seen = set(taken)
    for number, item in enumerate(as_list(items)):
        name = as_dict(item).get("id")
        if isinstance(name, str):
            if name in seen:
                values = {"found": found_phrase(name), "what": Phrase(f"errors.what.{what}")}
                message = Phrase("errors.check.id_twice", **values)
                yield Finding((*path, number, "id"), message, name)
            seen.add(name)
