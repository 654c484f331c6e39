"""An error in a frame: where it is written down, and what comes of the screens that were open."""

from __future__ import annotations

import contextlib
import sys
import time
import traceback
from pathlib import Path

from sim.errors import PlaceError
from sim.paths import ensure_folder, user_data_folder

MOST_FILES = 20


def write_down(error: BaseException) -> Path | None:
    """The traceback to stderr and to a file of the user's; the file, or None without one."""
    told = "".join(traceback.format_exception(error))
    # A window that was started without a terminal may have nowhere to print to.
    with contextlib.suppress(Exception):
        print(told, file=sys.stderr, flush=True)
    try:
        folder = ensure_folder(user_data_folder() / "errors")
        file = folder / time.strftime("error-%Y%m%d-%H%M%S.txt")
        with file.open("a", encoding="utf-8") as opened:
            opened.write(told)
        for old in sorted(folder.glob("error-*.txt"))[:-MOST_FILES]:
            old.unlink()
    except (OSError, PlaceError):
        return None
    return file


def kept(screens) -> bool | None:
    """Whether the title will offer the run on these screens; None when there is none to go on with.

    Ask once they are let go: only what stands in the file by then counts.
    """
    from sim.ui.saved import newest_unfinished

    for screen in reversed(screens):
        session = getattr(screen, "session", None)
        if session is None or getattr(session, "run", None) is None:
            continue
        saved = newest_unfinished() if session.journal_path is not None else None
        if saved is not None and saved.path == session.journal_path:
            return True
        return None if session.phase == "finished" else False
    return None


def let_go(screens) -> None:
    """Close screens of which any may be broken."""
    for screen in reversed(screens):
        with contextlib.suppress(Exception):
            screen.closed()
        # A screen that fails to close must not keep the file of a run from being gone on with.
        with contextlib.suppress(Exception):
            screen.session.close()
