"""The published JSON Schemas, with which editors complete and check scenario files.

`python -m sim.scenario.json_schema` writes them into scenarios/schema/; a test sees to it that they
are what the classes in sim.scenario.schema say.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from sim import paths
from sim.scenario import schema
from sim.scenario.mechanisms import SWITCHES
from sim.scenario.street import StreetFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: dict[str, tuple[type[BaseModel], str]] = {
    "scenario": (schema.ScenarioFile, "Stroll Street: a scenario"),
    "street": (StreetFile, "Stroll Street: a street"),
    "tactics": (schema.TacticsFile, "Stroll Street: tactics"),
    "policies": (schema.PoliciesFile, "Stroll Street: policies"),
    "mechanisms": (schema.MechanismsFile, "Stroll Street: mechanisms"),
}


class _Published(GenerateJsonSchema):
    """Without titles made up from the names of fields, which only repeat the names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def published(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file: scenario, street, tactics or mechanisms."""
    model, title = MODELS[name]
    body = _clean(model.model_json_schema(by_alias=True, schema_generator=_Published))
    if name == "scenario":
        body["properties"]["switch_off"]["items"] = {"enum": sorted(SWITCHES)}
    return {"$schema": DIALECT, **body, "title": title}


def rendered(name: str) -> str:
    """The text of the published file."""
    return json.dumps(published(name), indent=2, ensure_ascii=False) + "\n"


def file_of(name: str) -> Path:
    """Where the published schema lies."""
    return paths.scenarios_folder() / "schema" / f"{name}.schema.json"


def write() -> list[Path]:
    """Write all published schemas; gives the files."""
    files = []
    for name in MODELS:
        file = file_of(name)
        file.parent.mkdir(exist_ok=True)
        file.write_text(rendered(name), encoding="utf-8", newline="\n")
        files.append(file)
    return files


def _clean(node: Any) -> Any:
    """Without titles of classes; our `x-...` notes and the range go into the description.

    What versions of pydantic write differently is made equal: 1.0 for 1, an enum beside a const,
    rules for names that rule nothing.
    """
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if isinstance(node, float) and node.is_integer():
        return int(node)
    if not isinstance(node, dict):
        return node
    clean = {
        key: _clean(value)
        for key, value in node.items()
        if not key.startswith("x-")
        and not (key == "title" and isinstance(value, str))
        and not (key == "propertyNames" and "enum" not in value)
        and not (key == "enum" and "const" in node)
    }
    facts = [node.get("description"), node.get("x-unit"), _range(clean)]
    described = "; ".join(fact for fact in facts if isinstance(fact, str) and fact)
    return {**clean, "description": described} if described else clean


def _range(node: dict[str, Any]) -> str:
    if node.get("type") not in ("number", "integer") or "maximum" not in node:
        return ""
    if "minimum" in node:
        return f"{node['minimum']} to {node['maximum']}"
    return f"above {node.get('exclusiveMinimum')}, at most {node['maximum']}"


if __name__ == "__main__":
    for written in write():
        print(written)
