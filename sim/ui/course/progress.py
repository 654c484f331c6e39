"""The lessons that there are, in order, with the stars reached at each of their levels."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field

from sim.errors import StrollError

_MOST_RUNS = 400


@dataclass
class LessonEntry:
    """A lesson. levels: (level, its scenario); stars and played: by level id."""

    scenario: object
    levels: list[tuple[object, object]]
    stars: dict[str, int] = field(default_factory=dict)
    played: set[str] = field(default_factory=set)

    @property
    def lesson(self):
        return self.scenario.lesson

    @property
    def best(self) -> int:
        """The most stars at any level."""
        return max(self.stars.values(), default=0)


def read_lessons() -> list[LessonEntry]:
    """Every lesson of the catalog that can be read, by number."""
    from sim.scenario import Scenario, catalog

    found = []
    for entry in catalog():
        with contextlib.suppress(StrollError):
            scenario = Scenario.load(entry.path)
            if scenario.lesson is not None:
                found.append(LessonEntry(scenario, _levels(scenario)))
    found.sort(key=lambda item: (item.lesson.number, item.scenario.id))
    return found


def _levels(scenario) -> list[tuple[object, object]]:
    levels = []
    for level in scenario.lesson.levels:
        # A level that does not fit its own scenario is left out rather than the whole lesson.
        with contextlib.suppress(StrollError):
            changed = scenario.with_changes(dict(level.change)) if level.change else scenario
            levels.append((level, changed))
    return levels or [(scenario.lesson.levels[0], scenario)]


def read_stars(lessons: list[LessonEntry]) -> None:
    """Fill in the stars from the profile: a level is known by the fingerprint of its scenario."""
    from sim.play.profile import Profile

    with contextlib.suppress(Exception), Profile.open() as profile:
        for entry in lessons:
            by_hash = {scenario.hash: level.id for level, scenario in entry.levels}
            entry.stars, entry.played = {}, set()
            for run in profile.runs(entry.scenario.id, limit=_MOST_RUNS):
                level = by_hash.get(run.scenario_hash)
                if level is None:
                    continue
                entry.played.add(level)
                entry.stars[level] = max(entry.stars.get(level, 0), run.stars or 0)


def next_lesson(lessons: list[LessonEntry]) -> int:
    """The place of the first lesson that was not played to its end; the last when all were."""
    for i, entry in enumerate(lessons):
        if not entry.played:
            return i
    return max(0, len(lessons) - 1)


class Lessons:
    """Reads the lessons in a thread, because there are many files; `entries` is None until then."""

    def __init__(self) -> None:
        self.entries: list[LessonEntry] | None = None
        self._thread = threading.Thread(target=self._work, name="read lessons", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        self._thread.join()

    def _work(self) -> None:
        found: list[LessonEntry] = []
        with contextlib.suppress(Exception):
            found = read_lessons()
            read_stars(found)
        self.entries = found
