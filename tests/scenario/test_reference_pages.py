"""The pages with every key are what the schema says, complete in both languages."""

from __future__ import annotations

import re

import pytest

from sim import wording
from sim.scenario.explain import json_schema
from sim.scenario.json_schema import MODELS
from sim.scenario.mechanisms import SWITCHES
from sim.scenario.reference_pages import classes, file_of, keys_of, meaning_key, page

KEYS = [
    key for kind in MODELS for keys in keys_of(kind).values() for key in keys
]  # fmt: skip


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_pages_are_what_the_schema_says(language):
    # python -m sim.scenario.reference_pages writes them
    assert file_of(language).read_text(encoding="utf-8") == page(language)


def test_every_key_has_a_meaning_and_every_meaning_a_key():
    meant = {meaning_key(key) for key in KEYS}
    worded = {key for key in wording.catalogue("keys") if key.startswith("keys.meaning.")}
    assert meant == worded


def test_the_english_is_the_schemas_own():
    checked = 0
    for key in KEYS:
        fields = classes()[key.owner].model_fields
        said = next(
            info.description for name, info in fields.items() if key.name in (name, info.alias)
        )
        if said:
            checked += 1
            assert wording.text(meaning_key(key), "en") == said, f"{key.owner}.{key.name}"
    assert checked > 200


def test_every_unit_is_worded():
    def units(node):
        if isinstance(node, dict):
            if "x-unit" in node:
                yield node["x-unit"]
            node = list(node.values())
        for child in node if isinstance(node, list) else ():
            yield from units(child)

    used = {unit for model, _ in MODELS.values() for unit in units(json_schema(model))}
    assert {"yuan", "days", "hours"} <= used
    assert [unit for unit in sorted(used) if not wording.has(f"errors.unit.{unit}")] == []


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_nothing_is_left_out_and_links_lead_somewhere(language):
    text = page(language)
    anchors = set(re.findall(r'<a id="([a-z]+)">', text))
    assert set(re.findall(r"\]\(#([a-z]+)\)", text)) <= anchors
    rows = re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
    assert {key.name for key in KEYS} <= set(rows)
    for name, strengths in SWITCHES.items():
        assert re.search(rf"^- `{name}`: .*`{strengths[-1]}`$", text, flags=re.MULTILINE)
    for line in text.splitlines():
        if line.startswith("| `"):
            assert line.count(" | ") == 3, line
