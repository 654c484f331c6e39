"""Files that are read only when they are one, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path


class NotAFile(Exception):
    """There is something of that name, but it is no ordinary file."""


def read_file(path: str | Path, most: int) -> bytes:
    """At most `most` bytes of a file. NotAFile for a folder's or a device's kin; else OSError, or
    ValueError for a name that no file can have."""
    # without waiting: a named pipe would otherwise hold us for ever
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotAFile
        return file.read(most)


def write_file(path: Path, content: bytes) -> None:
    """Puts a file in place whole, over an older one, making its folder. OSError when refused."""
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with open(temporary, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def make_folder(folder: Path) -> None:
    """Makes a folder that somebody named, with its parents. OSError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        # the system says that the name is taken; what matters is that a file has it
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error
