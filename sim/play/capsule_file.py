"""Capsules as files: a mark, a checksum, and compressed JSON.

What is read may come from anybody: a damaged, cut off, forged or swollen file is refused with one
plain sentence, before it can cost memory or time.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.errors import JournalError, Phrase, PlaceError, system_reason
from sim.play.capsule import (
    DIGEST_DIGITS,
    HASH_DIGITS,
    MOST_DECISIONS,
    MOST_FIGURES,
    MOST_TICKS,
    Capsule,
)
from sim.play.strict_json import strict_json
from sim.play.whole_file import NotAFile, read_file, write_file

SUFFIX = ".stroll"
FORMAT_VERSION = 1
MAXIMUM_FILE_BYTES = 512_000
MAXIMUM_DATA_BYTES = 4_000_000

_MARK = b"STROLL\r\n\x1a"  # a text mode copy, or one cut at the first byte of zero, shows
_SUM_BYTES = 16
_TEXT_BYTES = 100
_HEX = frozenset("0123456789abcdef")


def capsule_bytes(capsule: Capsule) -> bytes:
    """The capsule as the contents of a file. JournalError when it is too large for one."""
    data = {
        "format": FORMAT_VERSION,
        "engine": capsule.engine,
        "scenario": capsule.scenario_id,
        "hash": capsule.scenario_hash,
        "seed": capsule.seed,
        "decisions": [[tick, dict(decision)] for tick, decision in capsule.decisions],
        "tick": capsule.tick,
        "digest": capsule.digest,
        "figures": dict(capsule.figures),
    }
    if capsule.scenario_data is not None:
        data["data"] = dict(capsule.scenario_data)
    plain = json.dumps(data, separators=(",", ":"), allow_nan=False).encode("ascii")
    packed = zlib.compress(plain, 9)
    content = _MARK + _checksum(packed) + packed
    fits = len(plain) <= MAXIMUM_DATA_BYTES and len(content) <= MAXIMUM_FILE_BYTES
    if not fits or len(capsule.decisions) > MOST_DECISIONS:
        raise JournalError(Phrase("capsule.too_large"))
    return content


def capsule_from_bytes(content: bytes) -> Capsule:
    """Reads a file's contents. JournalError when they are not an intact capsule."""
    if len(content) > MAXIMUM_FILE_BYTES:
        raise JournalError(Phrase("capsule.too_large"))
    if not content.startswith(_MARK):
        raise JournalError(Phrase("capsule.not_one"))
    start = len(_MARK) + _SUM_BYTES
    packed = content[start:]
    if content[len(_MARK) : start] != _checksum(packed):
        raise JournalError(Phrase("capsule.damaged"))
    return _capsule(_parse(_unpacked(packed)))


def save_capsule(capsule: Capsule, path: str | Path) -> Path:
    """Writes a new file, whole or not at all, and gives back its path.

    JournalError when there is one already; PlaceError when the disk refuses.
    """
    path = Path(path)
    if os.path.lexists(path):
        raise JournalError(Phrase("journal.exists", path=str(path)))
    content = capsule_bytes(capsule)
    try:
        write_file(path, content)
    except OSError as error:
        reason = system_reason(error)
        raise PlaceError(Phrase("capsule.cannot_write", path=str(path), reason=reason)) from error
    return path


def load_capsule(path: str | Path) -> Capsule:
    """Reads a capsule file. JournalError when it cannot be read or is not an intact capsule."""
    try:
        content = read_file(path, MAXIMUM_FILE_BYTES + 1)
    except NotAFile as error:
        raise JournalError(Phrase("capsule.not_one")) from error
    except FileNotFoundError as error:
        raise JournalError(Phrase("journal.missing", path=str(path))) from error
    except (OSError, ValueError) as error:
        reason = system_reason(error)
        raise JournalError(Phrase("journal.unreadable", path=str(path), reason=reason)) from error
    return capsule_from_bytes(content)


def is_capsule_file(path: str | Path) -> bool:
    """Whether a file begins as capsules do, so that `replay` can tell it from a journal."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as file:
            return file.read(len(_MARK)) == _MARK
    except (OSError, ValueError):
        return False


def _checksum(packed: bytes) -> bytes:
    return hashlib.blake2b(packed, digest_size=_SUM_BYTES).digest()


def _unpacked(packed: bytes) -> bytes:
    worker = zlib.decompressobj()
    try:
        plain = worker.decompress(packed, MAXIMUM_DATA_BYTES + 1)
    except zlib.error as error:
        raise JournalError(Phrase("capsule.damaged")) from error
    if len(plain) > MAXIMUM_DATA_BYTES:
        raise JournalError(Phrase("capsule.too_large"))
    if not worker.eof or worker.unused_data:
        raise JournalError(Phrase("capsule.damaged"))
    return plain


def _parse(plain: bytes) -> dict[str, Any]:
    try:
        data = strict_json(plain.decode("ascii"))
    except ValueError as error:
        raise JournalError(Phrase("capsule.damaged")) from error
    if not isinstance(data, dict):
        raise JournalError(Phrase("capsule.damaged"))
    if data.get("format") != FORMAT_VERSION or isinstance(data["format"], bool):
        raise JournalError(Phrase("capsule.other_format"))
    return data


def _capsule(data: dict[str, Any]) -> Capsule:
    names = {"engine", "scenario", "hash", "seed", "decisions", "tick", "digest", "figures"}
    good = (
        data.keys() - {"format", "data"} == names
        and _is_text(data["engine"])
        and _is_text(data["scenario"])
        and _is_hex(data["hash"], HASH_DIGITS)
        and _is_hex(data["digest"], DIGEST_DIGITS)
        and _is_whole(data["seed"], 2**63)
        and _is_whole(data["tick"], MOST_TICKS)
        and isinstance(data.get("data", {}), dict)
        and _are_figures(data["figures"])
        and _are_decisions(data["decisions"])
    )
    if not good:
        raise JournalError(Phrase("capsule.damaged"))
    return Capsule(
        engine=data["engine"],
        scenario_id=data["scenario"],
        scenario_hash=data["hash"],
        scenario_data=data.get("data"),
        seed=data["seed"],
        decisions=tuple((tick, decision) for tick, decision in data["decisions"]),
        tick=data["tick"],
        digest=data["digest"],
        figures=data["figures"],
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _TEXT_BYTES


def _is_hex(value: Any, digits: int) -> bool:
    return isinstance(value, str) and len(value) == digits and set(value) <= _HEX


def _is_whole(value: Any, limit: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < limit


def _are_figures(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and len(value) <= MOST_FIGURES
        and all(_is_text(name) and _is_figure(figure) for name, figure in value.items())
    )


def _is_figure(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _are_decisions(value: Any) -> bool:
    if not isinstance(value, list) or len(value) > MOST_DECISIONS:
        return False
    return all(
        isinstance(step, list)
        and len(step) == 2
        and _is_whole(step[0], MOST_TICKS)
        and isinstance(step[1], dict)
        for step in value
    )
