"""Where the program's files and the user's files are. No other module knows.

The shipped folders lie beside `sim/`, both in a checkout and in an editable install. The user's
folders are where the operating system wants them; STROLL_STREET_HOME moves them all into one place.
These functions only name folders; `ensure_folder` makes one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sim.errors import Phrase, PlaceError, system_reason

APPLICATION = "stroll-street"
HOME_VARIABLE = "STROLL_STREET_HOME"
# What compiled code needs on disk, with room to spare, and how many versions of it are kept.
_COMPILED_BYTES = 80_000_000
_COMPILED_VERSIONS = 3
_TOP = Path(__file__).resolve().parent.parent


def _shipped(name: str) -> Path:
    folder = _TOP / name
    if not folder.is_dir():
        raise PlaceError(Phrase("errors.place.shipped_missing", folder=str(folder)))
    return folder


def scenarios_folder() -> Path:
    """The shipped scenarios. Raises PlaceError when the installation is incomplete."""
    return _shipped("scenarios")


def assets_folder() -> Path:
    """Art, fonts, sounds and wording. Raises PlaceError when the installation is incomplete."""
    # Without this folder there is no wording either, so this one sentence stands here.
    folder = _TOP / "assets"
    if not folder.is_dir():
        raise PlaceError(f"The program's folder {folder} is missing; please install it again.")
    return folder


def _user_folder(kind: str) -> Path:
    home = os.environ.get(HOME_VARIABLE, "").strip()
    if home:
        return Path(home).expanduser().absolute() / kind
    import platformdirs

    places = {"data": platformdirs.user_data_path, "cache": platformdirs.user_cache_path}
    return places[kind](APPLICATION, appauthor=False)


def user_data_folder() -> Path:
    """What the user would miss: runs, own scenarios, settings."""
    return _user_folder("data")


def user_cache_folder() -> Path:
    """What can be made again: compiled code, rendered pictures."""
    return _user_folder("cache")


def runs_folder() -> Path:
    """Journals of runs."""
    return user_data_folder() / "runs"


def user_scenarios_folder() -> Path:
    """Scenarios that the user wrote."""
    return user_data_folder() / "scenarios"


def ensure_folder(folder: Path) -> Path:
    """Make `folder` with its parents and give it back. Raises PlaceError with a plain sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlaceError(
            Phrase("errors.place.cannot_make", folder=str(folder), reason=system_reason(error))
        ) from error
    return folder


@dataclass(frozen=True)
class CompiledCache:
    """Where compiled code is kept. `notice` is worth one line to the user, or None."""

    folder: Path
    notice: Phrase | None = None


def prepare_compiled_cache() -> CompiledCache:
    """Choose the folder for numba's compiled code; call this before anything imports numba.

    A NUMBA_CACHE_DIR that is already set is respected. When the user's cache cannot be written, a
    private temporary folder serves and the result carries a notice.
    """
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        return CompiledCache(Path(chosen))
    folder = user_cache_folder() / "compiled" / _rules_key()
    notice = None
    if not _writable(folder):
        temporary = _private_temporary_folder()
        notice = Phrase(
            "errors.place.cache_temporary", folder=str(folder), temporary=str(temporary)
        )
        folder = temporary
    else:
        _forget_old(folder.parent)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return CompiledCache(folder, notice)


def _rules_key() -> str:
    """Changes with any compiled rule: compiled code looks only at its own file for changes."""
    key = hashlib.blake2b(digest_size=8)
    for part in ("model", "play"):
        for path in sorted((_TOP / "sim" / part).rglob("*.py")):
            content = path.read_bytes()
            if part == "model" or b"sim.model.compiled" in content:
                key.update(path.name.encode())
                key.update(content)
    return key.hexdigest()


def _writable(folder: Path) -> bool:
    """Whether compiled code fits here; a full disk would stop numba in the middle."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        filled = any(folder.rglob("*.nbi"))
        return filled or shutil.disk_usage(folder).free >= _COMPILED_BYTES
    except OSError:
        return False


def _forget_old(compiled: Path) -> None:
    """Keeps the compiled code of the last few versions only."""
    with contextlib.suppress(OSError):
        known = sorted(compiled.iterdir(), key=lambda path: path.stat().st_mtime)
        for old in known[:-_COMPILED_VERSIONS]:
            shutil.rmtree(old, ignore_errors=True)


def _private_temporary_folder() -> Path:
    """One folder per user, kept between starts so that code is compiled once."""
    # Compiled code is loaded by unpickling, so a folder that others could fill must not be used.
    user = os.getuid() if hasattr(os, "getuid") else None
    folder = Path(tempfile.gettempdir()) / f"{APPLICATION}-{'user' if user is None else user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        ours = user is None or (found.st_uid == user and not found.st_mode & 0o077)
        if stat.S_ISDIR(found.st_mode) and ours and _writable(folder):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix=f"{APPLICATION}-"))
