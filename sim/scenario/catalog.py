"""Which scenarios there are: the shipped ones and the user's own.

Only each file's id and title are looked at, so that one broken file never hides the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim import paths
from sim.errors import PlaceError
from sim.scenario.fields import Words
from sim.scenario.yaml_reader import read_file

_MAX_FILES = 500
# A file that holds any of these is meant as a scenario, not as something a scenario refers to.
_SIGNS = {"host", "live", "street_hours", "choices"}


@dataclass(frozen=True)
class Entry:
    """One scenario file.

    id       its id; the file's name when it has none that can be read
    title    its title in both languages, or None when it cannot be read
    path     the file
    shipped  whether it came with the program
    readable whether the file could be read as YAML (it may still have other problems)
    """

    id: str
    title: Words | None
    path: Path
    shipped: bool
    readable: bool


def catalog() -> list[Entry]:
    """All scenarios: shipped ones first, each group in order of file names."""
    entries = []
    for shipped, find in ((True, paths.scenarios_folder), (False, paths.user_scenarios_folder)):
        try:
            folder = find()
        except PlaceError:
            continue
        entries.extend(entries_in(folder, shipped))
    return entries


def entries_in(folder: Path, shipped: bool) -> list[Entry]:
    """The scenarios in one folder, in order of file names; none when it cannot be read."""
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix in (".yaml", ".yml"))
    except OSError:
        return []
    entries = (_entry(path, shipped) for path in files[:_MAX_FILES])
    return [entry for entry in entries if entry is not None]


def _entry(path: Path, shipped: bool) -> Entry | None:
    data = read_file(path, path.name).data
    if not isinstance(data, dict):
        return Entry(path.stem, None, path, shipped, readable=False)
    if not data.keys() & _SIGNS:
        return None
    name = data.get("id")
    return Entry(
        id=name if isinstance(name, str) and name else path.stem,
        title=_title(data.get("title")),
        path=path,
        shipped=shipped,
        readable=True,
    )


def _title(data: Any) -> Words | None:
    try:
        return Words.model_validate(data)
    except ValidationError:
        return None
