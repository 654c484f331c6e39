"""The course: every scenario that is a lesson, in the order of lessons, each with its levels.

for place in course():
    place.number, place.title.text("zh"), place.lesson.lever.text("zh")
scenario = at_level(Scenario.load(place.path), "hard")
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sim.errors import Phrase, Problem, ScenarioError
from sim.scenario.catalog import catalog
from sim.scenario.explain import found_phrase, hint
from sim.scenario.fields import Words
from sim.scenario.lesson import Lesson
from sim.scenario.schema import Scenario
from sim.scenario.yaml_reader import read_file


@dataclass(frozen=True)
class Place:
    """One lesson on the course map, read without the street and goods behind it."""

    number: int
    id: str
    title: Words
    lesson: Lesson
    path: Path
    shipped: bool


def course() -> list[Place]:
    """All lessons: shipped ones in the order of their numbers, then the user's own.

    A file that cannot be read, or whose lesson is not complete, is left out; `check` says why.
    """
    places = []
    for entry in catalog():
        if entry.title is None:
            continue
        data = read_file(entry.path, entry.path.name).data
        written = data.get("lesson") if isinstance(data, dict) else None
        try:
            lesson = Lesson.model_validate(written)
        except ValidationError:
            continue
        place = Place(lesson.number, entry.id, entry.title, lesson, entry.path, entry.shipped)
        places.append(place)
    return sorted(places, key=lambda place: (not place.shipped, place.number, place.id))


def at_level(scenario: Scenario, level: str) -> Scenario:
    """The lesson at one of its levels. Raises ScenarioError for a level that it does not have."""
    levels = {} if scenario.lesson is None else {item.id: item for item in scenario.lesson.levels}
    if level not in levels:
        sentence, suggestion = hint(level, list(levels))
        message = Phrase("campaign_errors.no_such_level", found=found_phrase(level), hint=sentence)
        raise ScenarioError([Problem("", None, level, message, level, suggestion=suggestion)])
    return scenario.with_changes(levels[level].change)
