"""The file that somebody means by a path, or by the id of a scenario."""

from __future__ import annotations

import os
from pathlib import Path

from sim.errors import Phrase, Problem, ScenarioError
from sim.scenario.catalog import catalog
from sim.scenario.document import shorten
from sim.scenario.explain import hint
from sim.scenario.namesakes import ambiguous, called
from sim.scenario.references import SUFFIXES, Location, location_of


def find(path_or_id: str | Path, language: str | None) -> Location:
    """The file that the user means by a path, or by the id of a scenario."""
    text = os.fspath(path_or_id)
    is_path = isinstance(path_or_id, Path) or "/" in text or os.sep in text
    if is_path or text.endswith(SUFFIXES) or os.path.isfile(text):
        try:
            return location_of(Path(text))
        except (OSError, ValueError):
            message = Phrase("errors.yaml.no_such_file")
            raise ScenarioError([Problem(shorten(text), None, "", message)], language) from None
    entries = catalog()
    meant = called(text, entries)
    if len(meant) == 1:
        return location_of(meant[0].path)
    if meant:
        problem = Problem("", None, "", ambiguous(text, meant), found=shorten(text))
        raise ScenarioError([problem], language)
    sentence, suggestion = hint(text, [entry.id for entry in entries])
    message = Phrase("errors.file.no_such_scenario", found=shorten(text), hint=sentence)
    problem = Problem("", None, "", message, found=shorten(text), suggestion=suggestion)
    raise ScenarioError([problem], language)
