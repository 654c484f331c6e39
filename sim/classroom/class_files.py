"""The classes on this machine: which there are, deleting one, copying one for another laptop."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.classroom.lock import FileLock, Taken, lock_path
from sim.classroom.store_file import beside, is_class_file, open_file, refused
from sim.errors import JournalError, Phrase, StrollError
from sim.paths import user_data_folder
from sim.play.whole_file import make_folder

if TYPE_CHECKING:
    from sim.scenario.fields import Words

SUFFIX = ".strollclass"


@dataclass(frozen=True)
class ClassFile:
    """A class as a list shows it; `problem` says why it cannot be opened, the rest is then empty.

    bytes    of the file and of what SQLite keeps beside it
    seats    how many people have a seat
    changed  when it was last written to, unix seconds
    """

    path: Path
    bytes: int
    changed: float
    title: Words | None = None
    created: float = 0.0
    code: str = ""
    seats: int = 0
    entries: int = 0
    problem: Phrase | str | None = None


def classes_folder() -> Path:
    """Where classes are kept."""
    return user_data_folder() / "classes"


def new_class_path(scenario_id: str) -> Path:
    """A name for a new class, after its scenario and the moment."""
    stem = f"{scenario_id}-{time.strftime('%Y%m%d-%H%M%S')}"
    for number in range(1, 1000):
        name = f"{stem}{SUFFIX}" if number == 1 else f"{stem}-{number}{SUFFIX}"
        path = classes_folder() / name
        if not os.path.lexists(path):
            return path
    raise JournalError(Phrase("journal.exists", path=str(path)))


def list_classes(folder: Path | None = None) -> list[ClassFile]:
    """All classes kept here, the latest first, also those that cannot be opened."""
    folder = classes_folder() if folder is None else folder
    if not folder.is_dir():
        return []
    found = [_described(path) for path in folder.glob(f"*{SUFFIX}") if path.is_file()]
    return sorted(found, key=lambda each: (each.changed, each.path.name), reverse=True)


def delete_class(path: str | Path) -> None:
    """Remove a class with everything that lies beside it.

    JournalError when it is no class or open in a program; PlaceError when the system refuses.
    """
    path = Path(path).absolute()
    if not os.path.lexists(path):
        raise JournalError(Phrase("journal.missing", path=str(path)))
    if not is_class_file(path) and not _is_kept_here(path):
        raise JournalError(Phrase("classroom.store.not_one", path=str(path)))
    try:
        lock = FileLock(path)
    except Taken as error:
        raise JournalError(Phrase("classroom.store.in_use", path=str(path))) from error
    except OSError as error:
        raise refused(path, error) from error
    try:
        # the file first: what is left of a deletion that was stopped is then no class any more
        for part in (path, *beside(path)):
            part.unlink(missing_ok=True)
    except OSError as error:
        raise refused(path, error) from error
    finally:
        lock.release()
    with contextlib.suppress(OSError):
        lock_path(path).unlink(missing_ok=True)


def copy_class(path: str | Path, target: str | Path) -> Path:
    """Write a class as one file elsewhere, whole or not at all, also while it is open in a program.

    JournalError when it is no class or `target` exists; PlaceError when the disk refuses.
    """
    path, target = Path(path).absolute(), Path(target).absolute()
    if target.is_dir():
        target = target / path.name
    if os.path.lexists(target):
        raise JournalError(Phrase("journal.exists", path=str(target)))
    connection = open_file(path, write=False)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        make_folder(target.parent)
        temporary.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
        connection.execute("VACUUM INTO ?", (str(temporary),))
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except (OSError, sqlite3.Error) as error:
        raise refused(target, error) from error
    finally:
        connection.close()
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return target


def _is_kept_here(path: Path) -> bool:
    """A damaged class may be deleted too, when it lies where only classes do."""
    return path.parent == classes_folder().absolute() and path.suffix == SUFFIX


def _described(path: Path) -> ClassFile:
    from sim.classroom.store import ClassStore

    parts = [part for part in (path, *beside(path)) if part.exists()]
    size = sum(part.stat().st_size for part in parts)
    changed = max(part.stat().st_mtime for part in parts)
    try:
        with ClassStore.look_into(path) as store:
            return ClassFile(
                path, size, changed, title=store.scenario.title, created=store.created,
                code=store.code, seats=len(store.seat_secrets()), entries=store.number,
            )  # fmt: skip
    except StrollError as error:
        return ClassFile(path, size, changed, problem=error.message)
