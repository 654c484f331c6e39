"""The published JSON Schemas are what the program accepts, and editors find them."""

import json
import re

import pytest

from sim import paths
from sim.scenario import SWITCHES, json_schema
from sim.scenario.yaml_reader import read_file

KIND = {name + ".yaml": name for name in ("tactics", "mechanisms", "policies")}
FILES = sorted(
    file for file in paths.scenarios_folder().rglob("*.yaml") if "schema" not in file.parts
)


def kind_of(file):
    return "street" if file.parent.name == "streets" else KIND.get(file.name, "scenario")


@pytest.mark.parametrize("name", json_schema.MODELS)
def test_published_files_are_up_to_date(name):
    text = json_schema.file_of(name).read_text(encoding="utf-8")
    # As data: versions of pydantic order the keys differently.
    assert json.loads(text) == json_schema.published(name), "run python -m sim.scenario.json_schema"


@pytest.mark.parametrize("name", json_schema.MODELS)
def test_published_files_are_plain_json_schema(name):
    schema = json_schema.published(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    text = json.dumps(schema)
    assert '"x-' not in text
    for reference in re.findall(r'"\$ref": "#/\$defs/(\w+)"', text):
        assert reference in schema["$defs"]


@pytest.mark.parametrize("name", json_schema.MODELS)
def test_every_number_says_its_range(name):
    waiting = [json_schema.published(name)]
    numbers = 0
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting.extend(node.values())
            if node.get("type") in ("number", "integer") and "const" not in node:
                numbers += 1
                assert ("maximum" in node and " to " in node["description"]) or (
                    "above" in node["description"]
                ), node
        elif isinstance(node, list):
            waiting.extend(node)
    assert numbers


def test_mechanisms_can_be_completed():
    schema = json_schema.published("scenario")
    assert set(schema["properties"]["switch_off"]["items"]["enum"]) == set(SWITCHES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_editors_find_the_schema(file):
    first = file.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found, f"the first line of {file.name} should name its schema"
    target = (file.parent / found[1]).resolve()
    assert target == json_schema.file_of(kind_of(file)).resolve()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_shipped_files_obey_the_published_schema(file):
    """With a real validator where there is one; the program's own check is another test."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(json_schema.published(kind_of(file)))
    validator.check_schema(validator.schema)
    assert list(validator.iter_errors(read_file(file, file.name).data)) == []
