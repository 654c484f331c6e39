"""Which files a name means, and which files share an id."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from sim.errors import Phrase, Problem
from sim.scenario.catalog import Entry, catalog, entries_in
from sim.scenario.references import location_of


def called(name: str, entries: Iterable[Entry] | None = None) -> list[Entry]:
    """The scenarios that a name means: none, one, or several when it is ambiguous.

    An id comes before a file's name without its ending. Of a shipped scenario and the user's own
    with the same id, the shipped one is meant, so that a copy cannot take its place.
    """
    entries = _without_links(catalog() if entries is None else entries)
    for shipped in (True, False):
        found = [entry for entry in entries if entry.id == name and entry.shipped == shipped]
        if found:
            return found
    return [entry for entry in entries if entry.path.stem == name]


def ambiguous(name: str, entries: Iterable[Entry]) -> Phrase:
    """The sentence that refuses a name that several files have."""
    files = [location_of(entry.path).shown for entry in entries]
    return Phrase("errors.file.ambiguous", found=name, files=files)


def same_ids(path: Path, name: str, line: int | None) -> tuple[list[Problem], list[Problem]]:
    """What to say about other files with the id of the scenario at `path`: problems and notes.

    line: where the id stands. In a folder in which scenarios are found by their id, two with one id
    are a problem; elsewhere, or when a shipped scenario keeps the id, they are worth a note.
    """
    file, known = location_of(path).shown, _without_links(catalog())
    own = next((entry for entry in known if _is_same(entry.path, path)), None)
    problems, notes = [], []
    beside = known if own is not None else [*known, *entries_in(path.parent, shipped=False)]
    for entry in _without_links(beside):
        if entry.id != name or _is_same(entry.path, path):
            continue
        other = location_of(entry.path).shown
        if own is not None and own.shipped == entry.shipped:
            message = Phrase("errors.check.same_id", key="id", found=name, file=other)
            problems.append(Problem(file, line, "id", message, found=name))
        elif own is None or entry.shipped:
            kind = "id_elsewhere" if entry in known else "id_beside"
            message = Phrase(f"errors.note.{kind}", key="id", found=name, file=other)
            notes.append(Problem(file, line, "id", message, found=name))
    return problems, notes


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _without_links(entries: Iterable[Entry]) -> list[Entry]:
    """Each file once, however many links lead to it."""
    files: dict[str, Entry] = {}
    for entry in entries:
        files.setdefault(os.path.realpath(entry.path), entry)
    return list(files.values())
