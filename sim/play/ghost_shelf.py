"""What there is to play beside: earlier runs, the best line known, files in the runs folder.

    for offer in offers(scenario, seed):            # reads only, simulates nothing
        ghost = fetch(offer, scenario, seed)        # simulates; StrollError in one sentence

Only what met the same crowd in the same scenario is of use; a file that did not is still listed,
with the reason, so that nobody looks for it in vain.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import JournalError, Phrase, StrollError
from sim.model import ENGINE_VERSION, decisions
from sim.paths import runs_folder
from sim.play.capsule import verify
from sim.play.capsule_file import SUFFIX, capsule_from_bytes, load_capsule
from sim.play.ghost import Ghost, Progress, ghost_of, run_of_plan
from sim.play.recording import read_recording
from sim.play.replay import replay

if TYPE_CHECKING:
    from sim.play.best_line import BestKnown
    from sim.play.profile import Profile, RunEntry
    from sim.play.run import Run
    from sim.scenario import Scenario

LAST, BEST, LINE, FILE = "last", "best", "line", "file"
MOST_FILES = 24
_MOST_RUNS = 200
_MOST_STEPS = 2000
_JOURNAL = ".jsonl"


@dataclass(frozen=True)
class Offer:
    """One ghost that could be picked.

    kind       LAST, BEST, LINE or FILE
    source     a capsule's bytes, a plan, or a file
    played_at  seconds since 1970; 0 where that is not known
    net_sales  yuan, of runs in the player's own profile; never out of a file
    also_best  whether the last run is the best one too
    problem    why it cannot be met here, where that shows without simulating it
    """

    kind: str
    source: bytes | Path | tuple[tuple[int, decisions.Decision], ...]
    played_at: int = 0
    net_sales: float | None = None
    also_best: bool = False
    problem: Phrase | None = None

    @property
    def name(self) -> str:
        """The file's name; empty for what is no file."""
        return self.source.name if isinstance(self.source, Path) else ""


def offers(scenario: Scenario, seed: int, leave_out: Path | None = None) -> list[Offer]:
    """All there is, the most useful first; never raises for what is wrong with a file.

    leave_out: the file in which the present run is being written down
    """
    found = [*_of_profile(scenario, seed)]
    files = [_of_file(path, scenario, seed) for path in _files() if path != leave_out]
    return found + sorted(files, key=lambda offer: (offer.problem is not None, -offer.played_at))


def fetch(offer: Offer, scenario: Scenario, seed: int, progress: Progress | None = None) -> Ghost:
    """Simulates what is offered, exact to the tick while the street is open.

    StrollError, as one plain sentence, when it is damaged, of another version or another crowd.
    """
    return ghost_of(run_of_offer(offer, scenario, seed, progress), every=1)


def earlier(
    scenario: Scenario, seed: int, kind: str, besides: Sequence[tuple[int, decisions.Decision]]
) -> Offer | None:
    """The latest run in the player's records, the best one, or the best line kept, by `kind`.

    besides: the decisions of the run it is to stand beside, which is not meant.
    """
    from sim.play.profile import Profile

    try:
        with Profile.open() as profile:
            if kind == LINE:
                steps = _steps(_kept(profile, scenario, seed))
                return None if steps is None else Offer(LINE, steps)
            runs = [
                entry
                for entry in profile.runs(scenario.id, limit=_MOST_RUNS)
                if _same_crowd(entry, scenario, seed) and entry.capsule
            ]
    except StrollError:
        return None
    own = [(tick, decision.to_data()) for tick, decision in besides]
    runs = [entry for entry in runs if _decided(entry) != own]
    if not runs:
        return None
    chosen = runs[0] if kind == LAST else max(runs, key=lambda entry: _goal(entry, scenario))
    return _of_run(kind, chosen)


def _decided(entry: RunEntry) -> list[tuple[int, Any]]:
    """The decisions of a kept run; none where its capsule cannot be read."""
    try:
        capsule = capsule_from_bytes(entry.capsule)
    except StrollError:
        return []
    return [(tick, dict(data)) for tick, data in capsule.decisions]


def run_of_offer(
    offer: Offer, scenario: Scenario, seed: int, progress: Progress | None = None
) -> Run:
    """The same as a whole run, as far as it was recorded."""
    if isinstance(offer.source, tuple):
        return run_of_plan(scenario, seed, offer.source)
    if isinstance(offer.source, bytes):
        capsule = capsule_from_bytes(offer.source)
        must_fit(capsule, scenario, seed)
        return verify(capsule, progress).run
    if offer.source.suffix == SUFFIX:
        capsule = load_capsule(offer.source)
        must_fit(capsule, scenario, seed)
        return verify(capsule, progress).run
    recording = read_recording(offer.source)
    must_fit(recording, scenario, seed)
    again = replay(recording, progress)
    if again.difference is not None or recording.fault is not None:
        raise JournalError(Phrase("ghost.error.damaged"))
    return again.run


def keep_line(
    profile: Profile, scenario: Scenario, seed: int,
    plan: Sequence[tuple[int, decisions.Decision]], goal: float,
) -> bool:  # fmt: skip
    """Keeps the best line known for this crowd, unless a better one is kept; true when it was.

    goal: what it brings with this crowd, in the unit of the scenario's goal
    """
    known = _kept(profile, scenario, seed)
    if known is not None and known.get("goal", goal) >= goal and _steps(known) is not None:
        return False
    steps = [[int(tick), decision.to_data()] for tick, decision in plan]
    value = {"engine": ENGINE_VERSION, "goal": float(goal), "steps": steps}
    profile.set_setting(_line_name(scenario, seed), value)
    return True


def remember(run: Run, found: BestKnown) -> None:
    """Keeps what a settled search has found for the next live with this crowd.

    A line that cannot be kept is no harm: it is only not offered.
    """
    from sim.play.profile import Profile

    goal = found.here.get(found.best)
    if goal is None:
        return
    with contextlib.suppress(StrollError), Profile.open() as profile:
        keep_line(profile, run.scenario, run.seed, found.best, goal)


# -- where they come from --------------------------------------------------------------------------
def _of_profile(scenario: Scenario, seed: int) -> list[Offer]:
    from sim.play.profile import Profile

    try:
        with Profile.open() as profile:
            runs = [
                entry
                for entry in profile.runs(scenario.id, limit=_MOST_RUNS)
                if _same_crowd(entry, scenario, seed) and entry.capsule
            ]
            steps = _steps(_kept(profile, scenario, seed))
    except StrollError:
        return []
    found = []
    if runs:
        last = runs[0]
        best = max(runs, key=lambda entry: _goal(entry, scenario))
        found.append(_of_run(LAST, last, also_best=best is last))
        if best is not last:
            found.append(_of_run(BEST, best))
    if steps is not None:
        found.append(Offer(LINE, steps))
    return found


def _same_crowd(entry: RunEntry, scenario: Scenario, seed: int) -> bool:
    ours = (entry.scenario_hash, entry.seed, entry.engine)
    return ours == (scenario.hash, seed, ENGINE_VERSION)


def _goal(entry: RunEntry, scenario: Scenario) -> float:
    value = entry.figures.get(scenario.goal)
    return float("-inf") if value is None else float(value)


def _of_run(kind: str, entry: RunEntry, also_best: bool = False) -> Offer:
    value = entry.figures.get("net_sales")
    return Offer(kind, entry.capsule, entry.played_at, value, also_best)


def _line_name(scenario: Scenario, seed: int) -> str:
    return f"best line {scenario.hash[:24]} {seed}"


def _kept(profile: Profile, scenario: Scenario, seed: int) -> dict[str, Any] | None:
    known = profile.setting(_line_name(scenario, seed))
    return known if isinstance(known, dict) and known.get("engine") == ENGINE_VERSION else None


def _steps(known: dict[str, Any] | None) -> tuple[tuple[int, decisions.Decision], ...] | None:
    """The decisions of a kept line; None when there is none or it cannot be read."""
    try:
        return tuple(
            (int(tick), decisions.decision_from_data(data))
            for tick, data in (known or {})["steps"][:_MOST_STEPS]
        )
    except (StrollError, KeyError, TypeError, ValueError):
        return None


def _files() -> list[Path]:
    """The newest files that may hold a run."""
    try:
        folder = runs_folder()
        dated = [
            (path.stat().st_mtime, path)
            for path in folder.iterdir()
            if path.suffix in (_JOURNAL, SUFFIX) and not path.name.startswith(".")
        ]
    except (OSError, StrollError):
        return []
    return [path for _, path in sorted(dated, reverse=True)[:MOST_FILES]]


def _of_file(path: Path, scenario: Scenario, seed: int) -> Offer:
    try:
        changed = int(path.stat().st_mtime)
    except OSError:
        changed = 0
    problem = None
    read: Callable[[Path], Any] = load_capsule if path.suffix == SUFFIX else read_recording
    try:
        must_fit(read(path), scenario, seed)
    except StrollError as error:
        problem = error.message if isinstance(error.message, Phrase) else _damaged()
    except OSError:
        problem = _damaged()
    return Offer(FILE, path, changed, problem=problem)


def _damaged() -> Phrase:
    return Phrase("ghost.error.damaged")


def must_fit(record: Any, scenario: Scenario, seed: int) -> None:
    """JournalError when a recording or capsule met another crowd or belongs to another version."""
    if record.engine != ENGINE_VERSION:
        raise JournalError(Phrase("ghost.error.other_version"))
    if not record.scenario_hash or not scenario.hash.startswith(record.scenario_hash):
        raise JournalError(Phrase("ghost.error.other_scenario"))
    if record.seed != seed:
        raise JournalError(Phrase("ghost.error.other_crowd"))
