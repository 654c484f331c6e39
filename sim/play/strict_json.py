"""JSON from strangers: what could cost time or memory, or mean two things, is refused."""

from __future__ import annotations

import json
import math
from typing import Any

MAXIMUM_DEPTH = 32
# All of ours fit into 64 bits; a longer number could break whoever turns it into a float.
_MOST_DIGITS = 20


def strict_json(content: bytes | str, depth: int = MAXIMUM_DEPTH) -> Any:
    """The data, of at most `depth` levels, its numbers finite and short, no key standing twice.

    ValueError where it is not that, also when it is not JSON or not UTF-8 at all.
    """
    try:
        data = json.loads(
            content,
            parse_int=small_integer,
            parse_float=finite,
            parse_constant=finite,
            object_pairs_hook=_without_doubles,
        )
    except RecursionError as error:
        raise ValueError("too deep") from error
    if _deeper_than(depth, data):
        raise ValueError("too deep")
    return data


def small_integer(text: str) -> int:
    """A whole number of at most twenty digits; ValueError for a longer one."""
    if len(text) > _MOST_DIGITS:
        raise ValueError(text[:_MOST_DIGITS])
    return int(text)


def finite(text: str) -> float:
    """A number; ValueError for NaN and for what is too large to be one."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text[:_MOST_DIGITS])
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _deeper_than(limit: int, data: Any) -> bool:
    level = [data]
    for _ in range(limit):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return False
    return True
