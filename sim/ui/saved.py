"""Runs that were closed before their end, found in the user's folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import StrollError
from sim.paths import runs_folder

_MOST_LOOKED_AT = 6


@dataclass(frozen=True)
class SavedRun:
    """A run that can be gone on with: its scenario, and the tick it had come to."""

    path: Path
    scenario: object
    tick: int

    @property
    def minute(self) -> float:
        """Minutes since its live began."""
        from sim.scenario import minutes_of

        opens = minutes_of(self.scenario.street_hours.opens)
        starts = minutes_of(self.scenario.live.starts)
        return self.tick / 6 - (starts - opens)


def newest_unfinished() -> SavedRun | None:
    """The newest run that had begun its live and not come to its end, or None."""
    try:
        files = sorted(runs_folder().glob("*.jsonl"), key=lambda f: -f.stat().st_mtime)
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
        if recording.finished or recording.engine != ENGINE_VERSION or not recording.entries:
            return None
        saved = SavedRun(
            file, Scenario.from_data(recording.scenario_data), int(recording.last_tick)
        )
    except (StrollError, OSError):
        return None
    return saved if saved.minute > 0 else None
