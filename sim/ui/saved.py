"""Runs in the user's folder: those that were closed before their end, and those played lately."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sim.errors import StrollError
from sim.paths import runs_folder

_MOST_LOOKED_AT = 6
_DUE = ".due"


@dataclass(frozen=True)
class SavedRun:
    """A run that can be gone on with: its scenario, and the tick it had come to.

    over   it came to its end, but the window was closed before the result was kept
    """

    path: Path
    scenario: object
    tick: int
    over: bool = False

    @property
    def minute(self) -> float:
        """Minutes since its live began."""
        from sim.scenario import minutes_of

        opens = minutes_of(self.scenario.street_hours.opens)
        starts = minutes_of(self.scenario.live.starts)
        return self.tick / 6 - (starts - opens)

    @property
    def days(self) -> dict[str, int]:
        """The day of a campaign that it has come to, from 1, and how many there are."""
        days = self.scenario.campaign.days
        return {"day": min(days, self.tick // 8640 + 1), "days": days}


@dataclass(frozen=True)
class PlayedRun:
    """A finished run as the title tells of it; yuan, a fraction, 1 to 3 stars or None."""

    scenario_id: str
    played_at: int
    net_sales: float | None
    return_rate: float | None
    stars: int | None


def played_lately(limit: int) -> tuple[list[PlayedRun], dict[str, int]]:
    """The latest finished runs, newest first, and the most stars reached in each scenario.

    Both are empty where the profile cannot be read: a title without them is still a title.
    """
    from sim.play.profile import Profile

    try:
        with Profile.open() as profile:
            found = [
                PlayedRun(
                    entry.scenario_id, entry.played_at, entry.figures.get("net_sales"),
                    entry.figures.get("return_rate"), entry.stars,
                )
                for entry in profile.runs(limit=limit)
            ]  # fmt: skip
            return found, profile.stars()
    except Exception:
        return [], {}


class _Changes:
    """How often the profile has been added to, for whoever shows what is in it.

    under_way   journals whose result this window is keeping at this moment
    """

    count = 0
    under_way: ClassVar[set[Path]] = set()


def begin_keeping(journal: Path | None) -> None:
    """From now on this run is not offered to be gone on with: it is over, its result on the way."""
    if journal is not None:
        _Changes.under_way.add(Path(journal))


def end_keeping(journal: Path | None) -> None:
    """The result has been kept, or could not be: then the run is offered again."""
    if journal is not None:
        _Changes.under_way.discard(Path(journal))
    count_kept()


def count_kept() -> None:
    """Tell that the profile holds something new."""
    _Changes.count += 1


def times_kept() -> int:
    """A number that grows whenever the profile holds something new."""
    return _Changes.count


def mark_due(journal: Path) -> None:
    """Note that the result of this run has still to be kept in the profile."""
    with contextlib.suppress(OSError):
        _due_mark(journal).touch()


def result_kept(journal: Path) -> None:
    """Note that the result of this run is in the profile."""
    with contextlib.suppress(OSError):
        _due_mark(journal).unlink(missing_ok=True)


def _due_mark(journal: Path) -> Path:
    return Path(journal).with_suffix(_DUE)


def newest_unfinished() -> SavedRun | None:
    """The newest run that had begun its live and whose result is not in the profile, or None."""
    try:
        files = sorted(runs_folder().glob("*.jsonl"), key=lambda f: -f.stat().st_mtime)
        files = [file for file in files if file not in _Changes.under_way]
    except (OSError, StrollError):
        return None
    for file in files[:_MOST_LOOKED_AT]:
        found = _read(file)
        if found is not None:
            return found
    return None


def _read(file: Path) -> SavedRun | None:
    from sim.model import ENGINE_VERSION
    from sim.play.recording import read_recording
    from sim.scenario import Scenario

    try:
        recording = read_recording(file)
        if recording.finished and not _due_mark(file).exists():
            return None
        if recording.engine != ENGINE_VERSION or not recording.entries:
            return None
        saved = SavedRun(
            file,
            Scenario.from_data(recording.scenario_data),
            int(recording.last_tick),
            recording.finished,
        )
    except (StrollError, OSError):
        return None
    # A campaign can be gone on with from its first morning.
    return saved if saved.over or saved.minute > 0 or saved.scenario.campaign else None
