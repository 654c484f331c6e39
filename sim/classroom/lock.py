"""One program at a time has a class open; others may only look at it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt


class Taken(Exception):
    """Another program holds the lock."""


def lock_path(path: Path) -> Path:
    """The file beside `path` that stands for whoever has it open."""
    return path.with_name(path.name + ".lock")


class FileLock:
    """Held from when it is made to `release()`, and let go by the system when a program dies.

    Raises Taken, or OSError when the folder cannot be written to.
    """

    def __init__(self, path: Path) -> None:
        self._path = lock_path(path)
        self._descriptor: int | None = None
        while self._descriptor is None:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _take(descriptor)
                # whoever held it before may have removed the file between our two steps
                if _is_at(self._path, descriptor):
                    self._descriptor, descriptor = descriptor, -1
            finally:
                if descriptor >= 0:
                    os.close(descriptor)

    def release(self) -> None:
        """Let go, leaving nothing behind. Doing it twice is harmless."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if fcntl is None:  # what is open cannot be removed there
            os.close(descriptor)
        with contextlib.suppress(OSError):
            self._path.unlink()
        if fcntl is not None:
            os.close(descriptor)


def _take(descriptor: int) -> None:
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        raise Taken from error


def _is_at(path: Path, descriptor: int) -> bool:
    if fcntl is None:
        return True
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False
