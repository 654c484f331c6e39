"""The profile's file: opened, brought up to date, moved aside when damaged, copied when locked."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sim.errors import Phrase, system_reason

try:
    import fcntl
except ImportError:  # Windows, where two programs that find the same damage are not kept apart
    fcntl = None

# Marks the file as ours: "strl" in ASCII.
APPLICATION_ID = 0x7374726C
_WAIT_SECONDS = 10.0

# Each brings a file from the version before to its own; the first from an empty file to version 1.
# What has been released is never changed, only added to.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE runs (number INTEGER PRIMARY KEY AUTOINCREMENT, played_at INTEGER NOT NULL,"
        " scenario_id TEXT NOT NULL, scenario_hash TEXT NOT NULL, engine TEXT NOT NULL,"
        " seed INTEGER NOT NULL, figures TEXT NOT NULL, capsule BLOB NOT NULL, stars INTEGER,"
        " share REAL)",
        "CREATE INDEX runs_of_scenario ON runs (scenario_id)",
        "CREATE TABLE bets (number INTEGER PRIMARY KEY AUTOINCREMENT,"
        " run INTEGER NOT NULL REFERENCES runs (number), bet TEXT NOT NULL, outcome REAL)",
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE lessons (scenario_id TEXT PRIMARY KEY, state TEXT NOT NULL)",
    ),
)

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REASONS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}


class FileRefused(Exception):
    """The file cannot be used now; `reason` says why, to stand inside a sentence."""

    def __init__(self, reason: Phrase | str) -> None:
        super().__init__(reason)
        self.reason = reason

    @classmethod
    def of(cls, error: sqlite3.Error) -> FileRefused:
        """From what SQLite says."""
        name = _REASONS.get(_code(error))
        return cls(Phrase(f"report.profile.reason.{name}") if name else str(error))


def open_file(path: Path) -> tuple[sqlite3.Connection, Path | None]:
    """An open, checked, up-to-date profile; and where a damaged one was moved, or None.

    Raises FileRefused.
    """
    try:
        return _checked(path), None
    except sqlite3.DatabaseError as error:
        if _code(error) not in _DAMAGED:
            raise FileRefused.of(error) from error
    # damaged; another program may have noticed too, and mended it by now
    try:
        with _alone(path):
            try:
                return _checked(path), None
            except sqlite3.DatabaseError as error:
                if _code(error) not in _DAMAGED:
                    raise
                moved = _move_aside(path)
                return _checked(path), moved
    except sqlite3.DatabaseError as error:
        raise FileRefused.of(error) from error
    except OSError as error:
        raise FileRefused(system_reason(error)) from error


def connect_memory() -> sqlite3.Connection:
    """An empty profile that is gone with the program."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    return connect(connection)


def read_copy(path: Path) -> sqlite3.Connection:
    """A profile in memory with all that can be read of a file that cannot be written."""
    memory = connect_memory()
    if not path.is_file():
        return memory
    try:
        # as it is on disk, without the files that SQLite would have to make beside it
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as source:
            source.backup(memory)
        return connect(memory)
    except (sqlite3.Error, FileRefused):
        return connect_memory()


def connect(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Brings a connection's database up to date, in one transaction.

    Raises FileRefused for a newer version's, sqlite3.DatabaseError for one that is not ours.
    """
    connection.execute("PRAGMA foreign_keys = ON")
    if _pragma(connection, "user_version") == len(MIGRATIONS) and _is_ours(connection):
        return connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _pragma(connection, "user_version")
        if not _is_ours(connection):
            error = sqlite3.DatabaseError("not a profile")
            error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
            raise error
        if version > len(MIGRATIONS):
            raise FileRefused(Phrase("report.profile.reason.newer"))
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    return connection


def _checked(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        # WAL lets one read while another writes; where a disk cannot do it, SQLite keeps its own
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            error = sqlite3.DatabaseError(problem)
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return connect(connection)
    except BaseException:
        connection.close()
        raise


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Ours, or empty."""
    if _pragma(connection, "application_id") == APPLICATION_ID:
        return True
    tables = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
    return tables == 0 and _pragma(connection, "user_version") == 0


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _code(error: BaseException) -> int:
    # the lower eight bits say what kind of error, the rest which one
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _move_aside(path: Path) -> Path:
    for number in range(1, 10_000):
        aside = path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")
        if not os.path.lexists(aside):
            break
    # the write-ahead log belongs to the damaged file and would be played into the new one
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            os.replace(beside, aside.with_name(aside.name + ending))
    os.replace(path, aside)
    return aside


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one program at a time looks at a damaged file and moves it."""
    if fcntl is None:
        yield
        return
    with open(path.with_name(path.name + ".lock"), "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
