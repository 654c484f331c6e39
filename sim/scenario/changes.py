"""Puts other values at dotted keys of a scenario's plain data."""

from __future__ import annotations

import copy
from typing import Any

from sim.errors import Phrase, Problem
from sim.scenario.document import shorten
from sim.scenario.explain import hint


def put(data: Any, key: str, value: Any) -> Problem | None:
    """Put `value` at the dotted `key` of plain data; gives the problem if it leads nowhere."""
    node = data
    parts = str(key).split(".")
    for depth, part in enumerate(parts):
        last = depth == len(parts) - 1
        name: str | int = part
        if isinstance(node, list):
            names = [
                item["id"] if isinstance(item, dict) and "id" in item else str(number)
                for number, item in enumerate(node)
            ]
            if part.isdecimal() and int(part) < len(node):
                name = int(part)
            elif part in names:
                name = names.index(part)
            else:
                return _no_such_key(parts[: depth + 1], part, names)
        elif not isinstance(node, dict):
            return _no_such_key(parts[: depth + 1], part, [])
        elif part not in node and not (last and _is_open(parts)):
            return _no_such_key(parts[: depth + 1], part, list(node))
        if last:
            node[name] = copy.deepcopy(value)
        else:
            node = node[name]
    return None


def _is_open(parts: list[str]) -> bool:
    """Whether names can be added here: acts to a mix, topics to something with topics."""
    return len(parts) > 1 and parts[-2] in ("mix", "topics", "topic_weights")


def _no_such_key(parts: list[str], name: str, known: list[str]) -> Problem:
    sentence, suggestion = hint(name, known)
    key = shorten(".".join(parts))
    message = Phrase("errors.change.no_such_key", key=key, hint=sentence)
    return Problem("", None, key, message, found=shorten(name), suggestion=suggestion)
