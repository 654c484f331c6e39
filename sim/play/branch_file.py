"""The branches of a run on disk, so that they are there again when the run is opened again.

    kept = read_branches(run)              # a tree and what was put away; None when there is none
    keep_branches(tree, put_away={2})      # StrollError with a sentence when the disk refuses

A file is named after the run itself, its scenario, crowd and decisions, so it is found from
wherever the run is opened: a journal, a capsule, or the game that has just been played. It is
written beside and put in place whole. What is read may be from a stranger: its size and shape are
checked here and in sim.play.branch_data, and only decisions are taken from it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import JournalError, Phrase, StrollError, system_reason
from sim.model import ENGINE_VERSION
from sim.paths import runs_folder
from sim.play.branch import BranchTree
from sim.play.run import Run
from sim.play.strict_json import strict_json
from sim.play.whole_file import NotAFile, read_file, write_file

FORMAT = "stroll-street-debrief"
SCHEMA = 1
LARGEST_FILE = 8_000_000  # bytes
MOST_FILES = 300


@dataclass(frozen=True)
class KeptBranches:
    """put_away: numbers of the branches that somebody removed and may want back."""

    tree: BranchTree
    put_away: frozenset[int]


def branches_path(scenario_hash: str, seed: int, plan: Iterable[tuple[int, Any]]) -> Path:
    """Where the branches of a run are kept: the same run always has the same file."""
    told = [[tick, decision.to_data()] for tick, decision in plan]
    text = json.dumps([ENGINE_VERSION, scenario_hash, int(seed), told], sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    return runs_folder() / "branches" / f"{digest}.json"


def keep_branches(tree: BranchTree, put_away: Iterable[int] = ()) -> Path:
    """Writes the whole tree down, in the place of what was kept of this run before.

    StrollError, with the old file untouched, when the disk refuses.
    """
    path = branches_path(tree.scenario.hash, tree.seed, tree[0].decisions)
    data = {
        "format": FORMAT, "schema": SCHEMA, "tree": tree.to_data(), "put_away": sorted(put_away),
    }  # fmt: skip
    text = json.dumps(data, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    content = text.encode()
    if len(content) > LARGEST_FILE:
        raise StrollError(Phrase("fates.branch.too_large"))
    try:
        write_file(path, content)
    except OSError as error:
        reason = system_reason(error)
        raise StrollError(Phrase("fates.branch.not_kept", reason=reason)) from error
    _drop_oldest(path.parent)
    return path


def read_branches(run: Run, **options: Any) -> KeptBranches | None:
    """The tree kept of a finished run, with the run as its root; None when nothing was kept.

    options: as BranchTree takes them. StrollError when there is a file that cannot be used.
    """
    path = branches_path(run.scenario.hash, run.seed, run.decisions)
    data = _read(path)
    if data is None:
        return None
    if data.get("schema") != SCHEMA:
        raise JournalError(Phrase("fates.branch.other_engine", ours=ENGINE_VERSION))
    tree = BranchTree.from_data(run.scenario, data.get("tree"), **options)
    if tree.seed != run.seed or list(tree[0].decisions) != list(run.decisions):
        raise JournalError(Phrase("fates.branch.not_a_tree"))
    if tree.until != tree.timeline.end:
        raise JournalError(Phrase("fates.branch.not_a_tree"))
    away = data.get("put_away")
    if not isinstance(away, list) or any(
        isinstance(number, bool) or not isinstance(number, int) or not 0 < number < len(tree)
        for number in away
    ):
        raise JournalError(Phrase("fates.branch.not_a_tree"))
    return KeptBranches(tree, frozenset(away))


def _read(path: Path) -> dict[str, Any] | None:
    """What a file says; None when there is no file. JournalError when it is not one of ours."""
    try:
        content = read_file(path, LARGEST_FILE + 1)
    except FileNotFoundError:
        return None
    except NotAFile as error:
        raise JournalError(Phrase("fates.branch.not_a_tree")) from error
    except OSError as error:
        reason = system_reason(error)
        raise JournalError(Phrase("fates.branch.unreadable", reason=reason)) from error
    if len(content) > LARGEST_FILE:
        raise JournalError(Phrase("fates.branch.not_a_tree"))
    try:
        data = strict_json(content)
    except ValueError as error:
        raise JournalError(Phrase("fates.branch.not_a_tree")) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise JournalError(Phrase("fates.branch.not_a_tree"))
    return data


def _drop_oldest(folder: Path) -> None:
    """Keeps the folder small: of very many runs the oldest lose their branches."""
    with contextlib.suppress(OSError):
        files = [(file.stat().st_mtime, file) for file in folder.glob("*.json")]
        for _, file in sorted(files, key=lambda item: item[0])[:-MOST_FILES]:
            file.unlink(missing_ok=True)
