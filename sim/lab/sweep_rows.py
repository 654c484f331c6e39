"""The table of a sweep on disk: rows are appended as they are played, and put in order at the end.

While a sweep goes on, its rows stand in FILE.part, a CSV to which whole lines are only ever
appended; a last line that was cut off never happened. At the end, and when it is stopped, all rows
are written in the order of the grid to FILE itself, whole or not at all, so that the table does not
depend on who played which row when. FILE.part goes away when no row is missing.

Rows that earlier sweeps played and this grid does not have are no part of the table. They stand in
FILE.older, a CSV, from where a later sweep takes them if it has them in its grid.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import math
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from sim.errors import Phrase, PlaceError, system_reason

try:
    import fcntl
except ImportError:  # Windows, where a second sweep into the same file is not kept out
    fcntl = None

ENGINE_COLUMN = "engine"
_PART, _OLDER = ".part", ".older"
_BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet takes a text that begins so for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

Row = tuple[str, ...]  # cells as they stand in the file


def cell(value: Any) -> str:
    """A value as it stands in the file: exact, and empty where nothing is defined."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


class Table:
    """The rows of one file. `open` reads what is there, `add` appends, `finish` writes in order.

    key: which columns say what row it is; the others are what came out.
    """

    def __init__(self, path: Path, columns: Sequence[str], key: Sequence[str], bom: bool) -> None:
        self.path = path
        self.columns = tuple(columns)
        self.bom = bom
        self.rows: dict[Row, Row] = {}
        self._key = [self.columns.index(name) for name in key]
        self.older = path.with_name(path.name + _OLDER)
        self._part = path.with_name(path.name + _PART)
        self._file: Any = None

    @classmethod
    def open(
        cls, path: Path, columns: Sequence[str], key: Sequence[str], engine: str, bom: bool = False
    ) -> Table:
        """Reads the rows that an earlier sweep left. PlaceError when they are of another one."""
        if path.suffix.lower() not in (".csv", ".parquet"):
            raise PlaceError(Phrase("sweep.file.kind", path=str(path)))
        if path.suffix.lower() == ".parquet":
            _pyarrow()
        table = cls(path, columns, key, bom)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            table._lock()
            if table.older.exists():
                table._take(_parsed(table.older.read_bytes(), table.older), table.older, engine)
            if path.exists():
                table._take(_read_whole(path), path, engine)
            table._take(table._read_part(), table._part, engine)
        except OSError as error:
            table._abandon()
            raise table._refused(error) from error
        except BaseException:
            table._abandon()
            raise
        return table

    def key_of(self, row: Row) -> Row:
        """The cells that say which row it is."""
        return tuple(row[place] for place in self._key)

    def add(self, rows: Iterable[Row]) -> None:
        """Appends rows, which are on disk when this returns."""
        rows = list(rows)
        try:
            self._file.write(_lines(rows))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._refused(error) from error
        self.rows.update((self.key_of(row), row) for row in rows)

    def finish(self, order: Sequence[Row], complete: bool) -> int:
        """Writes the file: the rows in the order of their keys in `order`. `complete` when nothing
        is missing. Gives how many rows of earlier sweeps went to FILE.older."""
        first = [self.rows[key] for key in order if key in self.rows]
        wanted = set(order)
        others = [row for key, row in self.rows.items() if key not in wanted]
        if others:  # before they leave the table
            text = _lines([self.columns]) + _lines(others)
            self._replace(self.older, lambda new: _write_text(new, text))
        if self.path.suffix.lower() == ".parquet":
            self._replace(self.path, lambda new: _write_parquet(new, self.columns, first))
        else:
            mark = _BYTE_ORDER_MARK if self.bom else ""
            text = mark + _lines([self.columns]) + _lines(first)
            self._replace(self.path, lambda new: _write_text(new, text))
        self.close()
        with contextlib.suppress(OSError):
            if not others:
                self.older.unlink(missing_ok=True)
            if complete:
                self._part.unlink(missing_ok=True)
        return len(others)

    def _replace(self, path: Path, write: Callable[[Path], None]) -> None:
        """Puts a new file in the place of `path`, whole or not at all."""
        temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            write(temporary)
            os.replace(temporary, path)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise self._refused(error) from error

    def close(self) -> None:
        """Lets the file go; rows that were added stay in FILE.part."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _abandon(self) -> None:
        """Lets go of a file that is not to be written, leaving nothing behind."""
        if self._file is not None:
            self.close()
            with contextlib.suppress(OSError):
                if not self._part.stat().st_size:
                    self._part.unlink()

    def _lock(self) -> None:
        file = open(self._part, "a", encoding="utf-8", newline="")
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.close()
                raise PlaceError(Phrase("sweep.file.in_use", path=str(self.path))) from error
        self._file = file

    def _read_part(self) -> list[Row]:
        """The whole lines of FILE.part; a torn last one is cut off, a new file gets its header."""
        data = self._part.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) != len(data):
            self._file.truncate(len(whole))
        if not whole:
            self._file.write(_lines([self.columns]))
            self._file.flush()
        return _parsed(whole, self._part)

    def _take(self, rows: list[Row], path: Path, engine: str) -> None:
        if not rows:
            return
        header, *rows = rows
        if header != self.columns:
            raise PlaceError(Phrase("sweep.file.other_table", path=str(path)))
        place = self.columns.index(ENGINE_COLUMN)
        for number, row in enumerate(rows, start=2):
            if len(row) != len(self.columns):
                raise PlaceError(Phrase("sweep.file.damaged", path=str(path), line=number))
            if row[place] != engine:
                raise PlaceError(
                    Phrase(
                        "sweep.file.other_engine",
                        path=str(path),
                        found=row[place][:20],
                        ours=engine,
                    )
                )
            self.rows[self.key_of(row)] = row

    def _refused(self, error: OSError) -> PlaceError:
        reason = system_reason(error)
        return PlaceError(Phrase("sweep.file.unwritable", path=str(self.path), reason=reason))


def _lines(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _parsed(data: bytes, path: Path) -> list[Row]:
    try:
        text = data.decode("utf-8-sig")
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline="")) if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise PlaceError(Phrase("sweep.file.other_table", path=str(path))) from error


def _read_whole(path: Path) -> list[Row]:
    """Header and rows of a finished table."""
    if path.suffix.lower() == ".csv":
        return _parsed(path.read_bytes(), path)
    arrow, parquet = _pyarrow()
    try:
        table = parquet.read_table(path)
    except arrow.ArrowInvalid as error:
        raise PlaceError(Phrase("sweep.file.other_table", path=str(path))) from error
    columns = [[cell(value) for value in column.to_pylist()] for column in table.columns]
    return [tuple(table.column_names), *zip(*columns, strict=True)]


def _write_parquet(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    arrow, parquet = _pyarrow()
    known = {name: _typed([row[n] for row in rows]) for n, name in enumerate(columns)}
    parquet.write_table(arrow.table(known), path)


def _typed(cells: list[str]) -> list[Any]:
    """A column as numbers where all that stands in it are numbers, else as text."""
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return [kind(text) if text else None for text in cells]
    return cells


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise PlaceError(Phrase("sweep.file.no_pyarrow")) from error
    return pyarrow, pyarrow.parquet
