"""A run on disk as it goes: one JSON line for each thing that happened, only ever appended.

    header     format, engine version, scenario id, hash and data, seed
    decision   tick, the decision's data          on disk before the decision is acknowledged
    undo       tick                               the last decision, given then, is taken back
    digest     tick, fingerprint of the state     so that a replay can be checked on the way
    tick       tick                               so that a resumed run comes back to the minute
    finished   figures                            never trusted, only compared

Each line starts with `{"sum":"..."`, a checksum of the line before and of the rest of this one, and
carries its running number, so a line that was changed, dropped, doubled or swapped is found. A file
cut off anywhere is still a journal: whole lines count, a torn last line never happened.
`sim.play.recording` reads these files.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import math
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import JournalError, Phrase, PlaceError, system_reason
from sim.model import ENGINE_VERSION
from sim.paths import ensure_folder, runs_folder
from sim.play.whole_file import make_folder

if TYPE_CHECKING:
    from sim.play.recording import Recording
    from sim.scenario import Scenario

try:
    import fcntl
except ImportError:  # Windows, where a second window on the same file is not kept out
    fcntl = None

FORMAT = "stroll-street-run"
FORMAT_VERSION = 1
MAXIMUM_FILE_BYTES = 16_000_000
MAXIMUM_LINE_BYTES = 2_000_000

_SUM_START = b'{"sum":"'
_SUM_LENGTH = 32
_SUM_END = b'",'
REST_STARTS = len(_SUM_START) + _SUM_LENGTH + len(_SUM_END)


def checksum(previous: str, rest: bytes) -> str:
    """The checksum of a line: of the checksum before it and of what follows its own."""
    return hashlib.sha256(previous.encode("ascii") + rest).hexdigest()[:_SUM_LENGTH]


def checksum_of(line: bytes) -> str | None:
    """The checksum a line claims; None when the line does not start as ours do."""
    claimed = line[len(_SUM_START) : len(_SUM_START) + _SUM_LENGTH]
    if (
        not line.startswith(_SUM_START)
        or line[REST_STARTS - len(_SUM_END) : REST_STARTS] != _SUM_END
    ):
        return None
    return claimed.decode("ascii", errors="replace")


def _line(previous: str, number: int, kind: str, fields: Mapping[str, Any]) -> tuple[str, bytes]:
    body = json.dumps(
        {"n": number, "kind": kind, **fields}, separators=(",", ":"), allow_nan=False
    ).encode("ascii")
    rest = body[1:]
    made = checksum(previous, rest)
    return made, _SUM_START + made.encode("ascii") + _SUM_END + rest + b"\n"


class Journal:
    """Writes one run down. A `Run` that is given one calls decision, digest, heartbeat, finished.

    When the disk is full or the folder read-only, `problem` holds one sentence, nothing more is
    written and nothing is raised: the run goes on in memory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: Phrase | None = None
        self._descriptor: int | None = None
        self._sum = ""
        self._number = 0
        self._size = 0

    @classmethod
    def create(cls, path: str | Path, scenario: Scenario, seed: int) -> Journal:
        """Start the file `path` with its header; it appears whole or not at all.

        Raises JournalError when `path` exists already. What the disk refuses becomes `.problem`.
        """
        journal = cls(Path(path))
        if os.path.lexists(journal.path):
            raise JournalError(Phrase("journal.exists", path=str(path)))
        fields = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "engine": ENGINE_VERSION,
            "scenario_id": scenario.id,
            "scenario_hash": scenario.hash,
            "seed": int(seed),
            "scenario": scenario.canonical(),
        }
        journal._sum, line = _line("", 0, "header", fields)
        temporary = journal.path.with_name(f".{journal.path.name}.{os.getpid()}.new")
        try:
            if journal.path.parent == runs_folder():
                ensure_folder(journal.path.parent)
            else:
                make_folder(journal.path.parent)
            _write_file(temporary, line)
            os.replace(temporary, journal.path)
            _sync_folder(journal.path.parent)
            journal._number, journal._size = 1, len(line)
            journal._open()
        except PlaceError as error:
            journal.problem = Phrase("journal.problem.sentence", reason=error.message)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            journal._give_up(error)
        return journal

    @classmethod
    def start(cls, scenario: Scenario, seed: int) -> Journal:
        """A new journal in the user's folder of runs, named after the scenario and the moment."""
        stem = f"{scenario.id}-{time.strftime('%Y%m%d-%H%M%S')}"
        for number in range(1, 1000):
            name = f"{stem}.jsonl" if number == 1 else f"{stem}-{number}.jsonl"
            path = runs_folder() / name
            if not os.path.lexists(path):
                return cls.create(path, scenario, seed)
        raise JournalError(Phrase("journal.exists", path=str(path)))

    @classmethod
    def reopen(cls, recording: Recording) -> Journal:
        """Go on writing behind the last whole line of a journal that was read.

        A torn last line is cut off. A damaged tail is first kept beside the file as `.damaged`.
        Raises JournalError when another program is writing to this file.
        """
        journal = cls(recording.path)
        journal._sum, journal._number = recording.last_sum, recording.lines
        journal._size = recording.good_bytes
        try:
            journal._open()
            if recording.fault is not None:
                kept = recording.path.with_name(recording.path.name + ".damaged")
                if not kept.exists():
                    _write_file(kept, recording.path.read_bytes())
            if os.fstat(journal._descriptor).st_size != journal._size:
                os.ftruncate(journal._descriptor, journal._size)
                os.fsync(journal._descriptor)
        except OSError as error:
            journal._give_up(error)
        return journal

    def decision(self, tick: int, decision: Any) -> None:
        """Write a decision down for good; only then may it be acknowledged."""
        self._append("decision", {"tick": int(tick), "data": decision.to_data()}, sync=True)

    def digest(self, tick: int, digest: str) -> None:
        """Write the fingerprint of the state after `tick` ticks."""
        self._append("digest", {"tick": int(tick), "digest": digest}, sync=True)

    def heartbeat(self, tick: int) -> None:
        """Write how far the run has come."""
        # Not forced to the disk each time: at worst a power cut costs the last few minutes.
        self._append("tick", {"tick": int(tick)}, sync=False)

    def undo(self, tick: int) -> None:
        """Write down that the last decision, given at `tick`, is taken back."""
        self._append("undo", {"tick": int(tick)}, sync=True)

    def finished(self, figures: Mapping[str, Any]) -> None:
        """Write the final figures, at the end of the last night, and close the file."""
        plain = {name: plain_number(value) for name, value in figures.items()}
        self._append("finished", {"figures": plain}, sync=True)
        self.close()

    def close(self) -> None:
        """Close the file; what is called afterwards is not written."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _open(self) -> None:
        flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        self._descriptor = os.open(self.path, flags)
        if fcntl is not None:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                self.close()
                raise JournalError(Phrase("journal.in_use", path=str(self.path))) from error

    def _append(self, kind: str, fields: Mapping[str, Any], sync: bool) -> None:
        if self._descriptor is None:
            return
        made, line = _line(self._sum, self._number, kind, fields)
        try:
            # What could not be read back must not be written.
            if len(line) > MAXIMUM_LINE_BYTES or self._size + len(line) > MAXIMUM_FILE_BYTES:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
            _write_all(self._descriptor, line)
            if sync:
                os.fsync(self._descriptor)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            self._give_up(error)
            return
        self._sum, self._number, self._size = made, self._number + 1, self._size + len(line)

    def _give_up(self, error: OSError) -> None:
        self.problem = Phrase("journal.problem.sentence", reason=system_reason(error))
        self.close()


def plain_number(value: Any) -> int | float | None:
    """A figure as JSON can hold it: None when there is nothing to tell."""
    if value is None:
        return None
    number = value.item() if hasattr(value, "item") else value
    return number if math.isfinite(number) else None


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _write_file(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o644)
    try:
        _write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system lets us."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
