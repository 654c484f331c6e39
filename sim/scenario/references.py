"""Which file a scenario means, and which files it may refer to.

A reference is a path from the folder of the file in which it stands. It may lead to files inside
the folder of the scenario (or below), or to a shipped file at the same place under scenarios/; it
can never leave these folders, neither by `..` nor by a link.
"""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sim import paths
from sim.errors import Phrase
from sim.scenario.document import INVISIBLE
from sim.scenario.explain import found_phrase, hint

SUFFIXES = (".yaml", ".yml")
_MAX_LISTED = 200


@dataclass(frozen=True)
class Location:
    """A file inside a folder that it and its references must not leave."""

    root: Path
    relative: PurePosixPath

    @property
    def path(self) -> Path:
        return self.root / self.relative

    @property
    def shown(self) -> str:
        """The file as a person would name it: from the current folder if it lies below."""
        try:
            return str(self.path.relative_to(Path.cwd()))
        except (ValueError, OSError):
            return str(self.path)


def location_of(path: Path) -> Location:
    """The location of a scenario file that the user named; its folder is the root."""
    path = Path(os.path.realpath(path))
    return Location(path.parent, PurePosixPath(path.name))


def follow(reference: Any, key: str, referring: Location) -> Location | Phrase | None:
    """Where a reference leads, or the sentence about why it cannot be followed.

    None when the value is not a text or is empty: then its type is complained about already.
    """
    if not isinstance(reference, str) or not reference:
        return None
    found = found_phrase(reference)
    if not _is_plain_path(reference):
        return Phrase("errors.file.reference_shape", key=key, found=found)
    joined = posixpath.normpath(posixpath.join(str(referring.relative.parent), reference))
    if joined == ".." or joined.startswith("../"):
        return Phrase("errors.file.reference_outside", key=key, found=found)
    shipped = Path(os.path.realpath(paths.scenarios_folder()))
    for root in dict.fromkeys((referring.root, shipped)):
        path = root / joined
        if os.path.lexists(path):
            if not Path(os.path.realpath(path)).is_relative_to(root):
                return Phrase("errors.file.reference_outside", key=key, found=found)
            return Location(root, PurePosixPath(joined))
    start = posixpath.dirname(reference)
    roots = dict.fromkeys((referring.root, shipped))
    names = [
        posixpath.join(start, name)
        for root in roots
        for name in _yaml_names((root / joined).parent)
    ]
    sentence = hint(reference, dict.fromkeys(names))[0] if names else Phrase("errors.hint.no_files")
    return Phrase("errors.file.reference_missing", key=key, found=found, hint=sentence)


def _is_plain_path(reference: str) -> bool:
    return (
        len(reference) <= 200
        and reference.endswith(SUFFIXES)
        and not reference.startswith(("/", "~"))
        and not any(sign in reference for sign in ("\\", ":", "\n", "\r", "\t"))
        and not INVISIBLE.search(reference)
    )


def _yaml_names(folder: Path) -> list[str]:
    names = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= _MAX_LISTED:
                    break
                if entry.name.endswith(SUFFIXES):
                    names.append(entry.name)
    except OSError:
        pass
    return sorted(names)
