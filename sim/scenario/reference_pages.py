"""docs/keys.md and docs/keys.zh.md: every key of every kind of file, out of the schema.

`python -m sim.scenario.reference_pages` writes both; a test sees to it that they are what the
classes in sim.scenario.schema say. What a key means stands in English in the schema and, in both
languages, in assets/locale/keys.yaml under the name of its class (or of one that it builds on).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim import paths, wording
from sim.scenario.explain import accepted_phrase, json_schema
from sim.scenario.fields import Part
from sim.scenario.json_schema import MODELS
from sim.scenario.mechanisms import SWITCHES, Mechanisms

# Texts in both languages: they are named where they stand and need no rows of their own.
_BILINGUAL = ("Words", "Sentence", "Brief")
_PAGES = {"en": "keys.md", "zh": "keys.zh.md"}


@dataclass(frozen=True)
class Key:
    """One key of one class. node: its JSON Schema; below: the class of what stands there, or ""."""

    owner: str
    name: str
    node: dict[str, Any]
    below: str
    needed: bool


def classes() -> dict[str, type[BaseModel]]:
    """All classes of which scenario files are made, by name."""
    known: dict[str, type[BaseModel]] = {"Mechanisms": Mechanisms}
    waiting: list[type[BaseModel]] = [Part]
    while waiting:
        found = waiting.pop()
        known[found.__name__] = found
        waiting.extend(found.__subclasses__())
    return known


def keys_of(kind: str) -> dict[str, list[Key]]:
    """The keys of one kind of file, class by class, as they are met."""
    model = MODELS[kind][0]
    root = json_schema(model)
    parts = {**root.get("$defs", {}), model.__name__: root}
    found: dict[str, list[Key]] = {}
    waiting = [model.__name__]
    while waiting:
        owner = waiting.pop(0)
        if owner in found:
            continue
        found[owner] = []
        for name, node in parts[owner].get("properties", {}).items():
            below = _class_in(node)
            needed = name in parts[owner].get("required", ())
            found[owner].append(Key(owner, name, _whole(node, parts), below, needed))
            if below and below not in _BILINGUAL:
                waiting.append(below)
    return found


def meaning(key: Key, language: str) -> str:
    """What a key means; WordingError when nobody has said it in keys.yaml."""
    return wording.text(meaning_key(key), language)


def meaning_key(key: Key) -> str:
    """Where the meaning stands in keys.yaml: under the class, one that it builds on, or "any"."""
    names = [kind.__name__ for kind in classes()[key.owner].__mro__ if issubclass(kind, BaseModel)]
    places = [f"keys.meaning.{name}.{key.name}" for name in (*names, "any")]
    return next((place for place in places if wording.has(place)), places[0])


def page(language: str) -> str:
    """The whole page in one language."""

    def say(name: str, **values: Any) -> str:
        return wording.text(f"keys.page.{name}", language, **values)

    lines = [say("note"), "", f"# {say('title')}", "", say("intro"), ""]
    shown: set[str] = set()
    for kind in MODELS:
        found = keys_of(kind)
        lines += [f"## {say(f'file.{kind}')}", ""]
        first = True
        for owner, keys in found.items():
            if owner in shown:
                continue
            shown.add(owner)
            if not first:
                lines += [f'<a id="{owner.lower()}"></a>', f"### {_heading(owner, found)}", ""]
            first = False
            lines += _table(keys, language)
        if kind == "mechanisms":
            lines += _switches(language)
    return "\n".join(lines).rstrip() + "\n"


def file_of(language: str) -> Path:
    """Where the page of a language lies."""
    return paths.scenarios_folder().parent / "docs" / _PAGES[language]


def write() -> list[Path]:
    """Writes both pages; gives the files."""
    files = []
    for language in _PAGES:
        file = file_of(language)
        file.parent.mkdir(exist_ok=True)
        file.write_text(page(language), encoding="utf-8", newline="\n")
        files.append(file)
    return files


def _table(keys: list[Key], language: str) -> list[str]:
    heads = [wording.text(f"keys.page.column.{name}", language) for name in _COLUMNS]
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|---|"]
    for key in keys:
        cells = (
            f"`{key.name}`",
            meaning(key, language),
            _accepted(key, language),
            _without(key, language),
        )
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return [*lines, ""]


_COLUMNS = ("key", "meaning", "accepted", "without")


def _accepted(key: Key, language: str) -> str:
    """What may stand there, with unit and range."""
    if key.name == "switch_off":
        return wording.text("keys.page.switch_names", language)
    if key.below in _BILINGUAL:
        return wording.text(f"keys.page.bilingual.{key.below}", language)
    if key.below:
        many = "list" if key.node.get("type") == "array" else "group"
        if key.node.get("type") == "object" and "properties" not in key.node:
            many = "named"
        link = f"[{key.name}](#{key.below.lower()})"
        values = {"link": link}
        if many == "list":
            values |= {"low": key.node.get("minItems", 0), "high": key.node["maxItems"]}
        return wording.text(f"keys.page.below.{many}", language, **values)
    accepted = accepted_phrase(key.node).text(language).strip()
    names = key.node.get("propertyNames", {}).get("enum")
    if names:
        return wording.text("keys.page.named_by", language, accepted=accepted, names=_code(names))
    return accepted


def _without(key: Key, language: str) -> str:
    """What holds when the key is left out."""
    if key.needed:
        return wording.text("keys.page.needed", language)
    value = key.node.get("default")
    if value is None or isinstance(value, dict | list):
        return wording.text("keys.page.nothing", language)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _heading(owner: str, found: dict[str, list[Key]]) -> str:
    """The way to a group of keys, such as host.products[]; where it stands first, of several."""
    for key in (key for keys in found.values() for key in keys if key.below == owner):
        above = (
            ""
            if key.owner in (model.__name__ for model, _ in MODELS.values())
            else (_heading(key.owner, found).strip("`") + ".")
        )
        kind = key.node.get("type")
        named = kind == "object" and "properties" not in key.node
        return f"`{above}{key.name}{'[]' if kind == 'array' else '.…' if named else ''}`"
    return f"`{owner}`"


def _switches(language: str) -> list[str]:
    lines = [f"### {wording.text('keys.page.switches', language)}", ""]
    lines += [wording.text("keys.page.switches_intro", language), ""]
    return [*lines, *(f"- `{name}`: {_code(parts)}" for name, parts in SWITCHES.items()), ""]


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _class_in(node: dict[str, Any]) -> str:
    """The class of what stands at a key, in a list or behind ids; "" for plain values."""
    for part in _inside(node):
        if "$ref" in part:
            return part["$ref"].rsplit("/", 1)[-1]
    return ""


def _inside(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for choice in node.get("anyOf", ()):
        yield from _inside(choice)
    more = node.get("items"), node.get("additionalProperties")
    patterns = node.get("patternProperties", {}).values()
    for part in (*more, *patterns):
        if isinstance(part, dict):
            yield from _inside(part)


def _whole(node: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """A node with what it refers to, and of "this or nothing" only this."""
    for choice in node.get("anyOf", ()):
        if choice.get("type") != "null":
            beside = {key: value for key, value in node.items() if key != "anyOf"}
            return {**_whole(choice, parts), **beside}
    if "$ref" in node:
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return {**parts[node["$ref"].rsplit("/", 1)[-1]], **beside}
    return node


if __name__ == "__main__":
    for written in write():
        print(written)
