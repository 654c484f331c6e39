"""Another street for a scenario: `with_changes({"street": "shelf"})`.

The shop, the tactics and the strengths of all mechanisms stay; who strolls, what the platform does
and who the neighbours are come from the file streets/<id>.yaml of the shipped or the user's
scenarios.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim import paths
from sim.errors import Phrase, PlaceError, Problem
from sim.scenario.document import shorten
from sim.scenario.explain import found_phrase, hint
from sim.scenario.yaml_reader import read_file


def streets() -> dict[str, Path]:
    """The files of all streets by id (the name of the file); shipped ones go first."""
    found: dict[str, Path] = {}
    for find in (paths.scenarios_folder, paths.user_scenarios_folder):
        try:
            files = sorted((find() / "streets").glob("*.yaml"))
        except (PlaceError, OSError):
            continue
        for file in files:
            found.setdefault(file.stem, file)
    return found


def move(data: dict[str, Any], name: str) -> list[Problem]:
    """Put the street `name` into a scenario's plain data; gives what kept it from that."""
    known = streets()
    if name not in known:
        sentence, suggestion = hint(name, list(known))
        message = Phrase("campaign_errors.no_such_street", found=found_phrase(name), hint=sentence)
        return [Problem("", None, "street", message, shorten(name), suggestion=suggestion)]
    document = read_file(known[name], f"streets/{known[name].name}")
    if document.problems:
        return list(document.problems)
    if not isinstance(document.data, dict):
        message = Phrase("errors.file.root_not_keys", found=found_phrase(document.data))
        return [Problem(document.file, None, "", message)]
    data["street"] = {**document.data, "mechanisms": data["street"]["mechanisms"]}
    return []
