"""From what pydantic objects to, to sentences for the person who wrote the file.

What is accepted at a place is read from the same JSON Schema that is published for editors, so the
two cannot disagree.
"""

from __future__ import annotations

import difflib
import functools
import math
import unicodedata
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.errors import Phrase, Problem
from sim.scenario.document import (
    Document,
    KeyPath,
    dotted,
    invisible_name,
    readable_path,
    shorten,
    value_at,
)

_MAX_NAMED = 14
_MAX_COMPARED = 64
_MANY_MISSING = 4
# Quotes that a word processor or a Chinese keyboard writes; to YAML they are letters.
_OTHER_QUOTES = "\u201c\u201d\u2018\u2019\u300c\u300d\"'"


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, or ""."""
    if len(name) > _MAX_COMPARED:
        return ""
    known = list(known)
    folded = unicodedata.normalize("NFKC", name).strip().lower().replace("-", "_").replace(" ", "_")
    if folded in known:
        return folded
    near = difflib.get_close_matches(folded, known, n=1, cutoff=0.6)
    return near[0] if near else ""


def hint(name: str, known: Iterable[str]) -> tuple[Phrase, str]:
    """What to say after an unknown name, and the suggestion in it ("" if none)."""
    known = list(dict.fromkeys(known))
    suggestion = nearest(name, known)
    if suggestion:
        return Phrase("errors.hint.near", suggestion=suggestion), suggestion
    if not known:
        return Phrase("errors.hint.none"), ""
    if len(known) > _MAX_NAMED:
        return Phrase("errors.hint.known_some", names=known[:_MAX_NAMED], count=len(known)), ""
    return Phrase("errors.hint.known", names=known), ""


def found_phrase(value: Any, raw: str = "") -> Phrase:
    """What stands there, for use in a sentence."""
    if value is None:
        return Phrase("errors.found.nothing")
    if isinstance(value, dict):
        return Phrase("errors.found.group")
    if isinstance(value, (list, tuple)):
        name = "list" if value else "empty_list"
        return Phrase(f"errors.found.{name}", count=len(value))
    if isinstance(value, str):
        return Phrase("errors.found.text", value=shorten(value))
    return Phrase("errors.found.plain", value=raw or plain_text(value))


def plain_text(value: Any) -> str:
    """A number or truth value as it would be written in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else f"{'-' if value < 0 else ''}10^30+"
    return shorten(type(value).__name__)


def schema_problems(
    error: ValidationError, model: type[BaseModel], document: Document, limit: int
) -> list[Problem]:
    """At most `limit` problems, one for each thing that `model` refuses in `document`."""
    problems: list[Problem] = []
    suggested: set[KeyPath] = set()
    missing: dict[KeyPath, list[str]] = {}
    for item in error.errors(include_url=False, include_context=False)[: limit * 2]:
        path: KeyPath = tuple(item["loc"])
        at_key = bool(path) and path[-1] == "[key]"
        path = path[:-1] if at_key else path
        if document.is_poisoned(path):
            continue
        if item["type"] == "missing":
            missing.setdefault(path[:-1], []).append(str(path[-1]))
        elif item["type"] == "extra_forbidden" or at_key:
            problem = _unknown_key(path, model, document)
            problems.append(problem)
            suggested.add((*path[:-1], problem.suggestion))
        elif item["type"] not in ("too_short", "too_long") or _has_wrong_length(
            path, model, document
        ):
            problems.append(_wrong_value(path, model, document, item["type"]))
    for path, names in missing.items():
        # A misspelt key is one slip, not also a missing key.
        names = [name for name in names if (*path, name) not in suggested]
        if len(names) >= _MANY_MISSING:
            problems.append(_several_missing(path, names, document))
        else:
            problems.extend(_missing((*path, name), model, document) for name in names)
    return problems[:limit]


def _has_wrong_length(path: KeyPath, model: type[BaseModel], document: Document) -> bool:
    """Pydantic counts only the good items of a list; bad ones are complained about anyway."""
    schema, value = subschema(model, path), value_at(path, document.data)
    least = schema.get("minItems", schema.get("minProperties", 0))
    most = schema.get("maxItems", schema.get("maxProperties", math.inf))
    return not least <= len(value) <= most


def _several_missing(path: KeyPath, names: list[str], document: Document) -> Problem:
    key = readable_path(path, document.data)
    name = "several_missing_in" if path else "several_missing"
    message = Phrase(f"errors.value.{name}", key=key, count=len(names), names=names)
    return Problem(document.file, document.line(path) if path else None, key, message)


def _missing(path: KeyPath, model: type[BaseModel], document: Document) -> Problem:
    key = readable_path(path, document.data)
    accepted = accepted_phrase(subschema(model, path))
    # Nothing in particular is at fault when a key of the file itself is missing.
    line = document.line(path[:-1]) if len(path) > 1 else None
    message = Phrase("errors.value.missing", key=key, accepted=accepted)
    return Problem(document.file, line, key, message, accepted=accepted)


def _unknown_key(path: KeyPath, model: type[BaseModel], document: Document) -> Problem:
    key = readable_path(path, document.data)
    name = str(path[-1])
    parent = subschema(model, path[:-1])
    line = document.line(path)
    if value_at(path, document.data) is None and not document.raw(path):
        siblings = value_at(path[:-1], document.data)
        if isinstance(siblings, dict) and {"zh", "en"} & siblings.keys():
            message = Phrase("errors.value.cut_by_comma", key=key)
            return Problem(document.file, line, key, message, found=shorten(name))
    known = list(parent.get("properties", ())) or parent.get("propertyNames", {}).get("enum", [])
    if not known:
        accepted = Phrase("errors.accepted.id")
        found = Phrase("errors.found.text", value=shorten(name))
        message = Phrase("errors.value.wrong", key=key, found=found, accepted=accepted)
        return Problem(document.file, line, key, message, shorten(name), accepted)
    sentence, suggestion = hint(name, known)
    message = Phrase("errors.value.unknown_key", key=key, hint=sentence)
    accepted = Phrase("errors.accepted.one_of", names=known)
    return Problem(document.file, line, key, message, shorten(name), accepted, suggestion)


def _wrong_value(path: KeyPath, model: type[BaseModel], document: Document, kind: str) -> Problem:
    key = readable_path(path, document.data)
    value = value_at(path, document.data)
    schema = subschema(model, path)
    accepted = accepted_phrase(schema)
    found = found_phrase(value, document.raw(path))
    if isinstance(value, str) and len(value) > schema.get("maxLength", math.inf):
        found = Phrase("errors.found.long_text", count=len(value))
    shown = shorten(value) if isinstance(value, str) else document.raw(path)
    suggestion = _meant(value, schema)
    values: dict[str, Any] = {"key": key, "found": found, "accepted": accepted}
    if path == ("schema",):
        name = "version" if value is not None else "wrong"
        values["found"], suggestion = document.raw(path) or plain_text(value), "1"
    elif kind == "finite_number" and isinstance(value, float):
        name = "not_finite"
        values["found"] = plain_text(value)
    elif isinstance(value, str) and schema.get("type") in ("number", "integer"):
        name = "text_for_number"
    else:
        name = "wrong"
    if name == "wrong" and value is None:
        values["found"] = Phrase("errors.found.nothing")
    if suggestion and name in ("wrong", "text_for_number"):
        name += "_near"
        values["suggestion"] = suggestion
    message = Phrase(f"errors.value.{name}", **values)
    return Problem(document.file, document.line(path), key, message, shown, accepted, suggestion)


def _meant(value: Any, schema: dict[str, Any]) -> str:
    """What the author probably meant, written as it belongs into the file; "" if unclear."""
    if not isinstance(value, str) or len(value) > _MAX_COMPARED:
        return ""
    plain = unicodedata.normalize("NFKC", value).strip().strip(_OTHER_QUOTES).strip()
    if "enum" in schema:
        return nearest(plain, map(str, schema["enum"]))
    if schema.get("type") in ("number", "integer"):
        return _number_in(plain, schema)
    if schema.get("x-accepted") in ("clock", "closing_clock"):
        hours, colon, minutes = plain.replace(".", ":").partition(":")
        if colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2:
            if int(hours) < 24 and int(minutes) < 60:
                return f'"{int(hours):02d}:{minutes}"'
    return ""


def _number_in(text: str, schema: dict[str, Any]) -> str:
    """The number that a text such as "169元", "¥ 1,200" or "35%" holds, if it is acceptable."""
    number = text.strip("¥￥$元分秒人件%").replace(",", "").replace("_", "").strip()
    if not number.isascii() or "inf" in number.lower() or "nan" in number.lower():
        return ""
    try:
        value = float(number)
    except ValueError:
        return ""
    if text.endswith("%"):
        value /= 100
    low = schema.get("minimum", schema.get("exclusiveMinimum", -math.inf))
    if not low <= value <= schema.get("maximum", math.inf):
        return ""
    if schema["type"] == "integer":
        return str(int(value)) if value == int(value) else ""
    return f"{value:.12g}"


@functools.cache
def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a model, with our `x-...` notes. Not to be changed by callers."""
    return model.model_json_schema(by_alias=True)


def subschema(model: type[BaseModel], path: KeyPath) -> dict[str, Any]:
    """The part of the model's JSON Schema that rules the value at `path`; {} when none does."""
    root = json_schema(model)
    node = _resolved(root, root)
    for part in path:
        if isinstance(part, int):
            node = node.get("items", {})
        elif part in node.get("properties", {}):
            node = node["properties"][part]
        elif node.get("patternProperties"):
            node = next(iter(node["patternProperties"].values()))
        else:
            extra = node.get("additionalProperties")
            node = extra if isinstance(extra, dict) else {}
        node = _resolved(node, root)
    return node


def _resolved(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    for choice in node.get("anyOf", ()):
        if choice.get("type") != "null":
            beside = {key: value for key, value in node.items() if key != "anyOf"}
            return {**_resolved(choice, root), **beside}
    if "$ref" in node:
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return {**_resolved(root["$defs"][node["$ref"].rsplit("/", 1)[-1]], root), **beside}
    return node


def accepted_phrase(schema: dict[str, Any]) -> Phrase:
    """What a JSON Schema accepts, as a noun phrase."""
    if "x-accepted" in schema:
        return Phrase(f"errors.accepted.{schema['x-accepted']}")
    if "const" in schema:
        return Phrase("errors.accepted.exactly", names=[plain_text(schema["const"])])
    if "enum" in schema:
        return Phrase("errors.accepted.one_of", names=[str(name) for name in schema["enum"]])
    kind = schema.get("type")
    if kind in ("number", "integer"):
        return _accepted_number(schema, "whole" if kind == "integer" else "number")
    if kind == "string":
        if "maxLength" in schema:
            return Phrase("errors.accepted.line", high=schema["maxLength"])
        return Phrase("errors.accepted.text")
    if kind == "array":
        low, high = schema.get("minItems", 0), schema.get("maxItems", 0)
        if low == high:
            return Phrase("errors.accepted.list_of", low=low)
        return Phrase("errors.accepted.list_between", low=low, high=high)
    if kind == "boolean":
        return Phrase("errors.accepted.truth")
    if schema.get("properties"):
        return Phrase("errors.accepted.keys", names=list(schema["properties"]))
    below = schema.get("additionalProperties") or next(
        iter(schema.get("patternProperties", {}).values()), {}
    )
    if isinstance(below, dict) and below.get("type") == "number":
        return Phrase("errors.accepted.named_numbers")
    return Phrase("errors.accepted.named_groups")


def _accepted_number(schema: dict[str, Any], name: str) -> Phrase:
    high = schema.get("maximum")
    if high is not None and "minimum" in schema:
        phrase = Phrase(
            f"errors.accepted.{name}_between",
            low=plain_text(schema["minimum"]),
            high=plain_text(high),
        )
    elif high is not None and "exclusiveMinimum" in schema:
        phrase = Phrase(
            "errors.accepted.number_above",
            low=plain_text(schema["exclusiveMinimum"]),
            high=plain_text(high),
        )
    else:
        phrase = Phrase(f"errors.accepted.{name}")
    if "x-unit" in schema:
        unit = Phrase(f"errors.unit.{schema['x-unit']}")
        return Phrase("errors.accepted.with_unit", accepted=phrase, unit=unit)
    return phrase


def invisible_problem(data: Any, document: Document) -> Problem | None:
    """The first invisible character in plain data that did not come through the reader."""
    waiting: list[tuple[KeyPath, Any]] = [((), data)]
    while waiting:
        path, node = waiting.pop()
        texts = [node] if isinstance(node, str) else []
        if isinstance(node, dict):
            texts = [key for key in node if isinstance(key, str)]
            waiting.extend(((*path, key), value) for key, value in node.items())
        elif isinstance(node, (list, tuple)):
            waiting.extend(((*path, number), value) for number, value in enumerate(node))
        for text in texts:
            name = invisible_name(text)
            if name:
                key = dotted(path)
                message = Phrase("errors.value.invisible", key=key, name=name)
                return Problem(document.file, None, key, message, found=name)
    return None
