"""What a player has done, kept on disk: runs, stars, bets, settings, progress in lessons.

    profile = Profile.open()
    number = profile.add_run(entry, bets=settled)
    profile.runs("first_stream"), profile.stars(), profile.settled_bets()
    lesson_records(profile)["first_stream"].stars    # sim.play.profile_lessons

One SQLite file in the user's folder. Every change is one transaction, so a program that is killed
at any moment leaves either all of it or nothing; two programs may have it open at once. Nothing
that happens to the file stops the game: `problem` then holds one sentence, and things go on with a
new file, or in memory.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sim.errors import Phrase, PlaceError
from sim.paths import ensure_folder, user_data_folder
from sim.play.profile_file import FileRefused, connect, connect_memory, open_file, read_copy

if TYPE_CHECKING:
    from sim.play.bets import Settled

FILE_NAME = "profile.sqlite3"
_Result = TypeVar("_Result")
# A run's columns, in the order of RunEntry.
_ENTRY = (
    "scenario_id, scenario_hash, engine, seed, figures, capsule, stars, share, played_at, number"
)
# Slips of whoever calls, and no fault of the disk.
_OURS = (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.IntegrityError)


@dataclass(frozen=True)
class RunEntry:
    """A finished run as the profile keeps it.

    figures    of the run, None where there is nothing to divide by
    capsule    contents of its capsule file, from which it can be simulated again; may be empty
    stars      1 to 3, or None while not judged; share: see sim.play.best_line_stars
    played_at  seconds since 1970, taken from the clock when left at 0
    number     given by the profile
    """

    scenario_id: str
    scenario_hash: str
    engine: str
    seed: int
    figures: Mapping[str, float | None]
    capsule: bytes = b""
    stars: int | None = None
    share: float | None = None
    played_at: int = 0
    number: int = field(default=0, compare=False)


class Profile:
    """An open profile.

    problem    one sentence about what went wrong with the file, or None
    in_memory  whether what is added now will be gone when the program ends
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        self.problem: Phrase | None = None
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: str | Path | None = None) -> Profile:
        """Opens the profile at `path` (in the user's folder by default), making it if need be.

        A damaged file is moved aside. Where nothing can be written, what can be read is copied into
        memory. Never raises for what is wrong with the file or the folder.
        """
        place = Path(path) if path is not None else user_data_folder() / FILE_NAME
        try:
            ensure_folder(place.parent)
            connection, moved = open_file(place)
        except PlaceError as error:
            profile = cls(connect_memory(), None)
            profile.problem = Phrase("report.profile.in_memory", reason=error.message)
            return profile
        except FileRefused as refused:
            profile = cls(read_copy(place), None)
            profile.problem = Phrase("report.profile.in_memory", reason=refused.reason)
            return profile
        profile = cls(connection, place)
        if moved is not None:
            profile.problem = Phrase("report.profile.moved_aside", name=moved.name)
        return profile

    @property
    def in_memory(self) -> bool:
        """Whether nothing reaches the disk."""
        return self.path is None

    def close(self) -> None:
        """Closes the file; what was added is on disk already."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def __enter__(self) -> Profile:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def add_run(self, entry: RunEntry, bets: Iterable[Settled] = ()) -> int:
        """Keeps a run together with the bets made on it; gives its number."""
        figures = json.dumps(dict(entry.figures), allow_nan=False)
        settled = [
            (json.dumps(item.bet.to_data()), None if item.void else item.outcome) for item in bets
        ]
        row = (
            entry.played_at or int(time.time()),
            entry.scenario_id,
            entry.scenario_hash,
            entry.engine,
            entry.seed,
            figures,
            entry.capsule,
            entry.stars,
            entry.share,
        )

        def work(connection: sqlite3.Connection) -> int:
            cursor = connection.execute(
                "INSERT INTO runs (played_at, scenario_id, scenario_hash, engine, seed, figures,"
                " capsule, stars, share) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            number = int(cursor.lastrowid or 0)
            connection.executemany(
                "INSERT INTO bets (run, bet, outcome) VALUES (?, ?, ?)",
                [(number, bet, outcome) for bet, outcome in settled],
            )
            return number

        return self._write(work)

    def set_stars(self, number: int, stars: int | None, share: float | None) -> None:
        """Notes the stars of a run, which are known only after a search."""
        self._write(
            lambda connection: connection.execute(
                "UPDATE runs SET stars = ?, share = ? WHERE number = ?", (stars, share, number)
            )
        )

    def runs(self, scenario_id: str | None = None, limit: int = 100) -> list[RunEntry]:
        """The latest runs first, of one scenario or of all."""
        where = "" if scenario_id is None else "WHERE scenario_id = ?"
        values = (limit,) if scenario_id is None else (scenario_id, limit)
        rows = self.read(f"SELECT {_ENTRY} FROM runs {where} ORDER BY number DESC LIMIT ?", values)
        return [_entry(row) for row in rows]

    def run(self, number: int) -> RunEntry | None:
        """The run with this number; None when there is none."""
        rows = self.read(f"SELECT {_ENTRY} FROM runs WHERE number = ?", (number,))
        return _entry(rows[0]) if rows else None

    def stars(self) -> dict[str, int]:
        """The most stars reached in each scenario that was played to a verdict."""
        return dict(
            self.read(
                "SELECT scenario_id, MAX(stars) FROM runs WHERE stars IS NOT NULL"
                " GROUP BY scenario_id ORDER BY scenario_id"
            )
        )

    def settled_bets(self, scenario_id: str | None = None) -> list[Settled]:
        """All bets with what came of them, in the order they were made."""
        from sim.errors import StrollError
        from sim.play.bets import Settled, bet_from_data

        where = "" if scenario_id is None else "WHERE runs.scenario_id = ?"
        rows = self.read(
            "SELECT bet, outcome FROM bets JOIN runs ON runs.number = bets.run"
            f" {where} ORDER BY bets.number",
            () if scenario_id is None else (scenario_id,),
        )
        found = []
        for bet, outcome in rows:
            # a bet that a later version wrote and this one does not know is passed over
            with contextlib.suppress(StrollError):
                value = float("nan") if outcome is None else outcome
                found.append(Settled(bet_from_data(_loaded(bet, None)), value))
        return found

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting as it was set: any plain data."""
        for (value,) in self.read("SELECT value FROM settings WHERE name = ?", (name,)):
            return _loaded(value, default)
        return default

    def set_setting(self, name: str, value: Any) -> None:
        """Keeps a setting. TypeError or ValueError when it is not plain data."""
        self._put("settings", "name", "value", name, value)

    def lesson(self, scenario_id: str) -> dict[str, Any]:
        """How far somebody came in a lesson; empty when it was not begun."""
        found = self.read("SELECT state FROM lessons WHERE scenario_id = ?", (scenario_id,))
        state = _loaded(found[0][0], {}) if found else {}
        return state if isinstance(state, dict) else {}

    def lessons(self) -> dict[str, dict[str, Any]]:
        """All lessons that were begun."""
        rows = self.read("SELECT scenario_id FROM lessons ORDER BY scenario_id")
        return {name: self.lesson(name) for (name,) in rows}

    def set_lesson(self, scenario_id: str, state: Mapping[str, Any]) -> None:
        """Keeps how far somebody came in a lesson, as plain data."""
        self._put("lessons", "scenario_id", "state", scenario_id, dict(state))

    def _put(self, table: str, key: str, column: str, name: str, value: Any) -> None:
        text = json.dumps(value, allow_nan=False)
        self._write(
            lambda connection: connection.execute(
                f"INSERT INTO {table} ({key}, {column}) VALUES (?, ?)"
                f" ON CONFLICT ({key}) DO UPDATE SET {column} = excluded.{column}",
                (name, text),
            )
        )

    def read(self, query: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query that changes nothing."""
        with self._lock:
            try:
                return self._connection.execute(query, tuple(values)).fetchall()
            except sqlite3.Error as error:
                if self.in_memory or isinstance(error, _OURS):
                    raise
                self._leave_file(error)
                return self._connection.execute(query, tuple(values)).fetchall()

    def _write(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        with self._lock:
            try:
                with _transaction(self._connection):
                    return work(self._connection)
            except sqlite3.Error as error:
                if self.in_memory or isinstance(error, _OURS):
                    raise
                self._leave_file(error)
                with _transaction(self._connection):
                    return work(self._connection)

    def _leave_file(self, error: sqlite3.Error) -> None:
        """Goes on in memory, with what can still be read of the file."""
        old, self.path = self._connection, None
        memory = connect_memory()
        try:
            old.backup(memory)
            connect(memory)
        except sqlite3.Error:
            memory = connect_memory()
        with contextlib.suppress(sqlite3.Error):
            old.close()
        self._connection = memory
        reason = FileRefused.of(error).reason
        self.problem = Phrase("report.profile.in_memory", reason=reason)


def _entry(row: tuple[Any, ...]) -> RunEntry:
    return RunEntry(*row[:4], _loaded(row[4], {}), *row[5:])


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _loaded(text: Any, default: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return default
