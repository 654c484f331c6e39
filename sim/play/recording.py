"""Reads a journal, whatever happened to it: crashed, cut off, damaged, forged or not one at all.

A journal that went through an editor, git or mail is still one: a byte order mark, other line ends
and empty lines at the end change no line. What is read is checked for shape here and believed
nowhere: `sim.play.replay` validates the scenario again, simulates the run again and compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import JournalError, Phrase, system_reason
from sim.play.journal import (
    FORMAT,
    FORMAT_VERSION,
    MAXIMUM_FILE_BYTES,
    MAXIMUM_LINE_BYTES,
    REST_STARTS,
    checksum,
    checksum_of,
)
from sim.play.strict_json import strict_json
from sim.play.whole_file import NotAFile, read_file

MAXIMUM_TICK = 2**31
MAXIMUM_FIGURES = 200

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Entry:
    """One decision, digest or undo. `value`: the decision's data, the digest, or None."""

    line: int
    kind: str
    tick: int
    value: Any


@dataclass(frozen=True)
class Recording:
    """What a journal says, up to its last whole, intact line.

    entries     decisions and digests in the order they were written
    last_tick   how far the run had come
    figures     the final figures, or None when the run was not finished
    fault       what is wrong with the first damaged line; None when every whole line is intact
    torn        whether the file ends in the middle of a line
    lines, good_bytes, last_sum     where writing may go on
    """

    path: Path
    engine: str
    scenario_id: str
    scenario_hash: str
    scenario_data: dict[str, Any]
    seed: int
    entries: tuple[Entry, ...]
    last_tick: int
    figures: dict[str, float | None] | None
    fault: Phrase | None
    torn: bool
    lines: int
    good_bytes: int
    last_sum: str

    @property
    def finished(self) -> bool:
        """Whether the run came to its end."""
        return self.figures is not None


class _Damaged(Exception):
    """A line that is not as it was written."""


def read_recording(path: str | Path) -> Recording:
    """Read the journal at `path`. Raises JournalError when not even its header can be used."""
    path = Path(path)
    content = _read_bytes(path)
    reader = _Reader(path, content)
    lines = content[reader.good_bytes :].split(b"\n")
    rest = lines.pop()
    torn = bool(rest)
    while lines and not torn and not lines[-1].strip():
        lines.pop()  # empty lines at the end are put there by editors and mail
    if _is_last(rest):
        # What stands behind the last line end was never finished, unless it says that all was.
        lines.append(rest)
        torn = False
    fault = None
    for number, line in enumerate(lines):
        try:
            reader.take(number, line)
        except _Damaged:
            fault = Phrase("journal.damaged_line", line=number + 1)
            break
    if reader.header is None:
        # Without one whole line nothing of it was ever saved; else somebody has been at it.
        ours = bool(lines) and FORMAT.encode("ascii") in content[:MAXIMUM_LINE_BYTES]
        name = "altered_beginning" if ours else "not_one"
        raise JournalError(Phrase(f"journal.{name}", path=str(path)))
    header = reader.header
    return Recording(
        path=path,
        engine=header["engine"],
        scenario_id=header["scenario_id"],
        scenario_hash=header["scenario_hash"],
        scenario_data=header["scenario"],
        seed=header["seed"],
        entries=tuple(reader.entries),
        last_tick=reader.last_tick,
        figures=reader.figures,
        fault=fault,
        torn=torn,
        lines=reader.lines,
        good_bytes=reader.good_bytes,
        last_sum=reader.sum,
    )


class _Reader:
    """Takes lines one by one and remembers what they add up to."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        self.header: dict[str, Any] | None = None
        self.entries: list[Entry] = []
        self.decided: list[int] = []  # ticks of the decisions that stand
        self.last_tick = 0
        self.figures: dict[str, float | None] | None = None
        self.lines = 0
        self.good_bytes = len(_BYTE_ORDER_MARK) if content.startswith(_BYTE_ORDER_MARK) else 0
        self.sum = ""

    def take(self, number: int, line: bytes) -> None:
        """Take a line without its line end, except for what Windows and mail put before it."""
        size = len(line) + 1
        line = line.removesuffix(b"\r")
        if len(line) >= MAXIMUM_LINE_BYTES or self.figures is not None:
            raise _Damaged
        made = checksum(self.sum, line[REST_STARTS:])
        if checksum_of(line) != made:
            raise _Damaged
        data = _parse(line)
        kind = data.get("kind")
        if data.get("n") != number or (kind == "header") != (number == 0):
            raise _Damaged
        if kind == "header":
            self._take_header(data)
        elif kind == "finished":
            self.figures = _figures(data.get("figures"))
        else:
            self._take_entry(number, kind, data)
        self.sum = made
        self.lines += 1
        self.good_bytes += size

    def _take_header(self, data: dict[str, Any]) -> None:
        if data.get("format") != FORMAT:
            raise _Damaged
        if data.get("version") != FORMAT_VERSION:
            raise JournalError(
                Phrase(
                    "journal.other_format",
                    path=str(self.path),
                    found=str(data.get("version"))[:20],
                    ours=FORMAT_VERSION,
                )
            )
        texts = all(
            isinstance(data.get(name), str) for name in ("engine", "scenario_id", "scenario_hash")
        )
        seed = _is_integer(data.get("seed")) and 0 <= data["seed"] < 2**63
        if not texts or not seed or not isinstance(data.get("scenario"), dict):
            raise _Damaged
        self.header = data

    def _take_entry(self, number: int, kind: Any, data: dict[str, Any]) -> None:
        tick = data.get("tick")
        if not _is_integer(tick) or not 0 <= tick < MAXIMUM_TICK:
            raise _Damaged
        if kind == "undo":
            # time goes back to the decision that is taken back, and to nowhere else
            if not self.decided or self.decided.pop() != tick:
                raise _Damaged
            self.entries.append(Entry(number + 1, kind, tick, None))
            self.last_tick = tick
            return
        if tick < self.last_tick:
            raise _Damaged
        if kind == "decision" and isinstance(data.get("data"), dict):
            self.decided.append(tick)
            self.entries.append(Entry(number + 1, kind, tick, data["data"]))
        elif kind == "digest" and isinstance(data.get("digest"), str):
            self.entries.append(Entry(number + 1, kind, tick, data["digest"]))
        elif kind != "tick":
            raise _Damaged
        self.last_tick = tick


def _is_last(rest: bytes) -> bool:
    """Whether an unfinished line is the whole last line of a run, robbed of its line end."""
    return b'"kind":"finished"' in rest and rest.removesuffix(b"\r").endswith(b"}}")


def _read_bytes(path: Path) -> bytes:
    try:
        content = read_file(path, MAXIMUM_FILE_BYTES + 1)
    except NotAFile as error:
        raise JournalError(Phrase("journal.not_one", path=str(path))) from error
    except FileNotFoundError as error:
        raise JournalError(Phrase("journal.missing", path=str(path))) from error
    except (OSError, ValueError) as error:
        reason = system_reason(error)
        raise JournalError(Phrase("journal.unreadable", path=str(path), reason=reason)) from error
    if len(content) > MAXIMUM_FILE_BYTES:
        raise JournalError(
            Phrase("journal.too_large", path=str(path), megabytes=MAXIMUM_FILE_BYTES // 1_000_000)
        )
    return content


def _parse(line: bytes) -> dict[str, Any]:
    try:
        data = strict_json(line)
    except ValueError as error:
        raise _Damaged from error
    if not isinstance(data, dict):
        raise _Damaged
    return data


def _figures(data: Any) -> dict[str, float | None]:
    if not isinstance(data, dict) or len(data) > MAXIMUM_FIGURES:
        raise _Damaged
    for value in data.values():
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise _Damaged
    return data


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
