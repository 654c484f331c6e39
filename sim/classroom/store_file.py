"""A class's SQLite file: made whole or not at all, and opened as if a stranger had written it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from pathlib import Path

from sim.errors import JournalError, Phrase, PlaceError, StrollError, system_reason
from sim.play.whole_file import make_folder

# Marks the file as a class: "strc" in ASCII.
APPLICATION_ID = 0x73747263
SCHEMA_VERSION = 1
# Two hundred people, twelve rounds and every table of the debrief stay far below one tenth of it.
MAXIMUM_FILE_BYTES = 64_000_000
_MAXIMUM_VALUE_BYTES = 4_000_000
_WAIT_SECONDS = 10.0
_HEADER = b"SQLite format 3\x00"

# `keys` and `secrets` are apart from the log: what they hold must never be shown, and the log says
# everything about a class but who was there.
SCHEMA = (
    "CREATE TABLE class (one INTEGER PRIMARY KEY CHECK (one = 1), engine TEXT NOT NULL,"
    " scenario_id TEXT NOT NULL, scenario_hash TEXT NOT NULL, scenario TEXT NOT NULL,"
    " seed INTEGER NOT NULL, code TEXT NOT NULL, created REAL NOT NULL, settings TEXT NOT NULL)",
    "CREATE TABLE entries (number INTEGER PRIMARY KEY, at REAL NOT NULL, kind TEXT NOT NULL,"
    " seat INTEGER, data TEXT NOT NULL, sum TEXT NOT NULL)",
    "CREATE TABLE secrets (seat INTEGER PRIMARY KEY, name TEXT NOT NULL, pin_hash TEXT NOT NULL,"
    " token_hash TEXT NOT NULL)",
    "CREATE TABLE keys (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE consoles (token_hash TEXT PRIMARY KEY, since REAL NOT NULL) WITHOUT ROWID",
)

_REASONS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "not_allowed",
    sqlite3.SQLITE_CANTOPEN: "not_allowed",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_IOERR: "broken",
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_TOOBIG}


def create_file(path: Path, fill) -> None:
    """Make a new class file; `fill(connection)` writes its rows in the same transaction.

    JournalError when there is a file already, PlaceError when the disk refuses.
    """
    if os.path.lexists(path):
        raise JournalError(Phrase("journal.exists", path=str(path)))
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        make_folder(path.parent)
        # nobody else on this machine is to read the names
        os.close(os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with contextlib.closing(_connect(temporary)) as connection:
            # in the file's first page before any write-ahead log, so that a copy always tells
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            for statement in SCHEMA:
                connection.execute(statement)
            fill(connection)
            connection.execute("COMMIT")
        os.replace(temporary, path)
    except (OSError, sqlite3.Error) as error:
        raise refused(path, error) from error
    finally:
        for left in (temporary, *beside(temporary)):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def open_file(path: Path, *, write: bool = True) -> sqlite3.Connection:
    """An open class file of this schema, its pages checked. The caller looks at its rows.

    JournalError when it is no such file; PlaceError when the disk refuses.
    """
    _look_at(path)
    connection = None
    try:
        connection = _connect(path)
        version = _pragma(connection, "user_version")
        if version > SCHEMA_VERSION:
            raise JournalError(Phrase("classroom.store.newer", path=str(path)))
        found = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master") if row[0]}
        if version != SCHEMA_VERSION or found != set(SCHEMA):
            raise damaged(path)
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise damaged(path)
        if write:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
        return connection
    except StrollError:
        connection.close()
        raise
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise refused(path, error) from error


def is_class_file(path: str | Path) -> bool:
    """Whether a file is marked as a class, so that `report` can tell it from a run."""
    try:
        return _mark(Path(path)) == APPLICATION_ID
    except (OSError, ValueError):
        return False


def beside(path: Path) -> tuple[Path, ...]:
    """The files that SQLite may keep beside a class."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def damaged(path: Path) -> JournalError:
    """The error for a file whose contents cannot be."""
    return JournalError(Phrase("classroom.store.damaged", path=str(path)))


def refused(path: Path, error: OSError | sqlite3.Error) -> StrollError:
    """Our error for what the system or SQLite says of a file."""
    if isinstance(error, sqlite3.Error):
        # the lower eight bits say what kind of error, the rest which one
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGED or isinstance(error, sqlite3.DataError):
            return damaged(path)
        name = _REASONS.get(code)
        reason = Phrase(f"errors.system.{name}") if name else str(error)
    else:
        reason = system_reason(error)
    return PlaceError(Phrase("classroom.store.refused", path=str(path), reason=reason))


def _look_at(path: Path) -> None:
    """Refuse, before SQLite reads it, what is no class file or far too large for one."""
    try:
        if _mark(path) != APPLICATION_ID:
            raise JournalError(Phrase("classroom.store.not_one", path=str(path)))
        for part in (path, *beside(path)):
            if part.exists() and part.stat().st_size > MAXIMUM_FILE_BYTES:
                megabytes = MAXIMUM_FILE_BYTES // 1_000_000
                raise JournalError(
                    Phrase("classroom.store.too_large", path=str(path), megabytes=megabytes)
                )
    except FileNotFoundError as error:
        raise JournalError(Phrase("journal.missing", path=str(path))) from error
    except (OSError, ValueError) as error:
        reason = system_reason(error)
        raise JournalError(Phrase("journal.unreadable", path=str(path), reason=reason)) from error


def _mark(path: Path) -> int | None:
    """The application's number in the header of a SQLite file; None when it is none."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        return None
    with open(path, "rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_HEADER):
        return None
    return int.from_bytes(header[68:72], "big")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAXIMUM_VALUE_BYTES)
    # functions and views that a foreign file brings along are not to be trusted
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
