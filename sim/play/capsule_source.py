"""A run from whatever somebody was given: a capsule file, a capsule's code, or a journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.play.capsule import verify
from sim.play.capsule_code import capsule_from_code, looks_like_code
from sim.play.capsule_file import is_capsule_file, load_capsule
from sim.play.replay import replay
from sim.play.run import Run


def run_of(
    source: str | Path, progress: Callable[[int, int], None] | None = None
) -> tuple[Run, bool]:
    """The run, simulated again as far as it was recorded; and whether all that was claimed held.

    progress(done, total) is called with ticks. JournalError when it cannot be simulated here.
    """
    if isinstance(source, str) and looks_like_code(source) and not Path(source).exists():
        checked = verify(capsule_from_code(source), progress)
    elif is_capsule_file(source):
        checked = verify(load_capsule(source), progress)
    else:
        checked = replay(source, progress)
    return checked.run, checked.verified
