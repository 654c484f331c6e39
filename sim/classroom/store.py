"""Everything a class is made of, on disk before anybody is told that it counts.

A class is its scenario (once), its seed and a log that only grows. Beside the log, in tables of
their own, stand names and what proves who somebody is; none of those is ever shown.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.classroom.class_files import ClassFile, classes_folder, delete_class, list_classes
from sim.classroom.entries import Entry, NewEntry
from sim.classroom.lock import FileLock, Taken
from sim.classroom.store_file import create_file, damaged, is_class_file, open_file, refused
from sim.errors import JournalError, Phrase, ScenarioError
from sim.model import ENGINE_VERSION
from sim.play.strict_json import strict_json

if TYPE_CHECKING:
    from sim.scenario import Scenario

__all__ = [
    "ClassFile",
    "ClassStore",
    "Entry",
    "NewEntry",
    "SeatSecret",
    "classes_folder",
    "delete_class",
    "is_class_file",
    "list_classes",
]

MOST_ENTRIES = 200_000
MOST_ENTRY_BYTES = 1_000_000
_MOST_SEATS = 10_000
_KIND_LETTERS = 32
_FIRST_SUM = ""


@dataclass(frozen=True)
class SeatSecret:
    """Who sits on a seat and how they prove it: a salted hash of the pin, a hash of the token."""

    name: str
    pin_hash: str
    token_hash: str


class ClassStore:
    """One class's file, held open and kept from other programs until `close()`.

    .scenario .scenario_data .seed .code .created .settings are what it was made with; .number is
    the number of the last entry. May be used from any thread; one call at a time gets through.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._alone = threading.Lock()
        try:
            self._read_class()
            self.number, self._sum = 0, _FIRST_SUM
            for entry, made in self._rows():
                self.number, self._sum = entry.number, made
        except sqlite3.Error as error:
            raise refused(path, error) from error

    @classmethod
    def create(
        cls,
        path: str | Path,
        scenario_data: Mapping[str, Any],
        seed: int,
        code: str,
        pin_hash: str,
        settings: Mapping[str, Any],
        *,
        at: float | None = None,
    ) -> ClassStore:
        """Start a class. Its log begins with one entry "created" whose data is {"settings": ...}.

        JournalError when `path` exists, PlaceError when the disk refuses, ScenarioError.
        """
        from sim.scenario import Scenario

        path = Path(path)
        scenario = Scenario.from_data(scenario_data)
        at = time.time() if at is None else float(at)
        first = NewEntry(at, "created", None, {"settings": dict(settings)})

        def fill(connection: sqlite3.Connection) -> None:
            canonical = json.dumps(scenario.canonical(), ensure_ascii=False, separators=(",", ":"))
            connection.execute(
                "INSERT INTO class VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
                (ENGINE_VERSION, scenario.id, scenario.hash, canonical, int(seed), code, at,
                 _text_of(settings)),
            )  # fmt: skip
            connection.execute("INSERT INTO keys VALUES ('pin_hash', ?)", (pin_hash,))
            _insert(connection, [first], 0, _FIRST_SUM)

        create_file(path, fill)
        return cls.open(path)

    @classmethod
    def open(cls, path: str | Path) -> ClassStore:
        """Open a class to go on with it. The file may come from anybody.

        JournalError: no class file, another schema or engine, damaged, or open in another program.
        PlaceError when the disk refuses.
        """
        path = Path(path).absolute()
        _must_be_there(path)
        try:
            lock = FileLock(path)
        except Taken as error:
            raise JournalError(Phrase("classroom.store.in_use", path=str(path))) from error
        except OSError as error:
            raise refused(path, error) from error
        try:
            return cls._opened(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def look_into(cls, path: str | Path) -> ClassStore:
        """Open a class to read it, also while another program has it open. Never append to it.

        Raises as `open` does, except that another program does no harm.
        """
        path = Path(path).absolute()
        _must_be_there(path)
        return cls._opened(path, None)

    @classmethod
    def _opened(cls, path: Path, lock: FileLock | None) -> ClassStore:
        connection = open_file(path, write=lock is not None)
        try:
            return cls(path, connection, lock)
        except BaseException:
            connection.close()
            raise

    # -- the log

    def entries(self) -> Iterator[Entry]:
        """The whole log, oldest first. JournalError where a line is damaged."""
        with self._alone:
            rows = [entry for entry, _ in self._rows()]
        yield from rows

    def append(
        self, entries: Sequence[NewEntry], *, secrets: Mapping[int, SeatSecret] | None = None
    ) -> list[Entry]:
        """Write entries, and what belongs to the seats among them, in one transaction.

        When this returns they are on the disk; when it raises none of them is. PlaceError when the
        disk refuses, ValueError for an entry that no log may hold.
        """
        if not entries and not secrets:
            return []
        with self._alone, self._transaction():
            written, made = _insert(self._connection, entries, self.number, self._sum)
            for seat, secret in (secrets or {}).items():
                self._put_secret(seat, secret)
        if written:
            self.number, self._sum = written[-1].number, made
        return written

    # -- secrets

    def seat_secret(self, seat: int) -> SeatSecret | None:
        """What proves who sits there."""
        return self.seat_secrets().get(seat)

    def seat_secrets(self) -> dict[int, SeatSecret]:
        """All of them, by seat."""
        with self._alone:
            rows = self._connection.execute("SELECT * FROM secrets ORDER BY seat").fetchall()
        return {seat: SeatSecret(*map(str, rest)) for seat, *rest in rows}

    def set_seat_secret(self, seat: int, name: str, pin_hash: str, token_hash: str) -> None:
        """Write down who sits on a seat; durable when it returns."""
        with self._alone, self._transaction():
            self._put_secret(seat, SeatSecret(name, pin_hash, token_hash))

    def key(self, name: str) -> str | None:
        """A secret of the whole class, such as the screens' key."""
        with self._alone:
            row = self._connection.execute(
                "SELECT value FROM keys WHERE name = ?", (name,)
            ).fetchone()
        return None if row is None else str(row[0])

    def set_key(self, name: str, value: str) -> None:
        """Keep a secret of the whole class."""
        with self._alone, self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO keys VALUES (?, ?)", (name, value))

    @property
    def pin_hash(self) -> str:
        """The salted hash of the instructor's pin."""
        return self.key("pin_hash") or ""

    def consoles(self) -> dict[str, float]:
        """Hashes of the tokens of consoles that gave the pin, and when."""
        with self._alone:
            return dict(self._connection.execute("SELECT token_hash, since FROM consoles"))

    def admit_console(self, token_hash: str, since: float) -> None:
        """Remember that a console gave the pin, so that a restart does not ask for it again."""
        with self._alone, self._transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO consoles VALUES (?, ?)", (token_hash, since)
            )

    # -- the end

    def settle(self) -> None:
        """Bring what lies in SQLite's write-ahead log into the file itself, so that whoever copies
        only that file misses little. Called now and then; nothing depends on it."""
        with self._alone, contextlib.suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Let go of the file, which is then one file alone. Doing it twice is harmless."""
        with self._alone:
            self._connection.close()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> ClassStore:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -- inside

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it, or nothing; what SQLite says becomes a sentence."""
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("COMMIT")
        except BaseException as error:
            with contextlib.suppress(sqlite3.Error):
                if connection.in_transaction:  # a full disk has rolled it back already
                    connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise refused(self.path, error) from error
            raise

    def _put_secret(self, seat: int, secret: SeatSecret) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO secrets VALUES (?, ?, ?, ?)",
            (seat, secret.name, secret.pin_hash, secret.token_hash),
        )

    def _read_class(self) -> None:
        row = self._connection.execute("SELECT * FROM class").fetchone()
        if row is None:
            raise damaged(self.path)
        _, engine, _, scenario_hash, scenario, seed, code, created, settings = row
        if engine != ENGINE_VERSION:
            raise JournalError(
                Phrase("classroom.store.other_engine", path=str(self.path),
                       found=str(engine)[:20], ours=ENGINE_VERSION)
            )  # fmt: skip
        texts = (scenario_hash, scenario, code, settings)
        whole = isinstance(seed, int) and 0 <= seed < 2**63 and isinstance(created, float)
        if not whole or not all(isinstance(value, str) for value in texts):
            raise damaged(self.path)
        self.seed: int = seed
        self.code: str = code[:32]
        self.created: float = created
        self.settings: dict[str, Any] = self._object(settings)
        self.scenario: Scenario = self._scenario(scenario, scenario_hash)
        self.scenario_data: dict[str, Any] = self.scenario.canonical()

    def _scenario(self, text: str, expected: str) -> Scenario:
        from sim.scenario import Scenario

        try:
            scenario = Scenario.from_data(self._object(text))
        except ScenarioError as error:
            problem = error.problems[0].message if error.problems else ""
            raise JournalError(
                Phrase("classroom.store.bad_scenario", path=str(self.path), problem=problem)
            ) from error
        if scenario.hash != expected:
            raise damaged(self.path)
        return scenario

    def _object(self, text: str) -> dict[str, Any]:
        try:
            data = strict_json(text)
        except ValueError as error:
            raise damaged(self.path) from error
        if not isinstance(data, dict):
            raise damaged(self.path)
        return data

    def _rows(self) -> Iterator[tuple[Entry, str]]:
        """Entries with their checksums, each line proven to be what was written there."""
        last, made = 0, _FIRST_SUM
        rows = self._connection.execute("SELECT * FROM entries ORDER BY number")
        for number, at, kind, seat, data, claimed in rows:
            sound = (
                number == last + 1
                and number <= MOST_ENTRIES
                and isinstance(at, float)
                and all(isinstance(text, str) for text in (kind, data, claimed))
                and (seat is None or isinstance(seat, int))
                and claimed == (made := _checksum(made, number, at, kind, seat, data))
            )
            if not sound:
                raise damaged(self.path)
            last = number
            yield Entry(number, at, kind, seat, self._object(data)), made


def _insert(
    connection: sqlite3.Connection, entries: Sequence[NewEntry], number: int, made: str
) -> tuple[list[Entry], str]:
    written = []
    for entry in entries:
        number += 1
        at, data = float(entry.at), _text_of(entry.data)
        _must_fit(entry, number, at, data)
        made = _checksum(made, number, at, entry.kind, entry.seat, data)
        connection.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)",
            (number, at, entry.kind, entry.seat, data, made),
        )
        written.append(Entry(number, at, entry.kind, entry.seat, json.loads(data)))
    return written, made


def _must_fit(entry: NewEntry, number: int, at: float, data: str) -> None:
    seat = entry.seat
    if not (
        number <= MOST_ENTRIES
        and math.isfinite(at)
        and 0 < len(entry.kind) <= _KIND_LETTERS
        and (seat is None or 0 <= seat < _MOST_SEATS)
        and len(data) <= MOST_ENTRY_BYTES
    ):
        raise ValueError(f"no log may hold this entry: {entry.kind!r}, seat {seat}")
    strict_json(data)


def _text_of(data: Mapping[str, Any]) -> str:
    return json.dumps(dict(data), ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def _checksum(before: str, number: int, at: float, kind: str, seat: int | None, data: str) -> str:
    line = json.dumps([before, number, repr(at), kind, seat, data])
    return hashlib.sha256(line.encode("utf-8")).hexdigest()[:32]


def _must_be_there(path: Path) -> None:
    if not path.exists():
        raise JournalError(Phrase("journal.missing", path=str(path)))
