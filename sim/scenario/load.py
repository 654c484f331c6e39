"""From a YAML file, or from plain data, to a Scenario; or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.errors import Phrase, Problem, ScenarioError
from sim.scenario import schema
from sim.scenario.change_checks import change_findings
from sim.scenario.changes import put
from sim.scenario.document import Document
from sim.scenario.explain import found_phrase, invisible_problem, schema_problems
from sim.scenario.finding import find
from sim.scenario.namesakes import same_ids
from sim.scenario.other_street import move
from sim.scenario.reading import MAX_PROBLEMS, Reading, Source
from sim.scenario.references import Location
from sim.scenario.remarks import remarks
from sim.scenario.yaml_reader import MAX_NODES

# Of a whole scenario as plain data; its files together hold less.
MAX_VALUES = 2 * MAX_NODES


def load(path_or_id: str | Path, language: str | None = None) -> schema.Scenario:
    """Read a scenario and all the files it refers to. See `Scenario.load`."""
    reading, resolved = _read(find(path_or_id, language), language)
    reading.raise_problems(language)
    return schema.Scenario.model_validate(_complete(resolved))


@dataclass(frozen=True)
class Checked:
    """A scenario without errors, and what is worth a note about its files all the same."""

    scenario: schema.Scenario
    notes: tuple[Problem, ...]


def check(path_or_id: str | Path, language: str | None = None) -> Checked:
    """Read a scenario as `Scenario.load` does, and also look for what was probably not meant.

    Raises ScenarioError with every problem; one more kind than `load` knows is an id that another
    file of the same folder of scenarios has too.
    """
    location = find(path_or_id, language)
    reading, resolved = _read(location, language)
    name, notes = resolved.get("id"), []
    if isinstance(name, str):
        line = reading.sources[0].document.line(("id",))
        problems, notes = same_ids(location.path, name, line)
        reading.problems.extend(problems)
    reading.raise_problems(language)
    notes = [*notes, *reading.placed(remarks(resolved))]
    scenario = schema.Scenario.model_validate(_complete(resolved))
    reading.problems.extend(reading.placed(change_findings(scenario)))
    reading.raise_problems(language)
    return Checked(scenario, tuple(sorted(notes, key=lambda note: (note.file, note.line or 0))))


def _read(location: Location, language: str | None) -> tuple[Reading, dict[str, Any]]:
    """All the files of a scenario, with what is wrong with them, and its data as far as it goes."""
    reading = Reading()
    lesson = reading.read("scenario", location)
    if lesson is None:
        reading.raise_problems(language)
        raise AssertionError("a file without problems has data")
    street = reading.read_reference(lesson, "street", ("street",))
    mechanisms = None
    if street is not None:
        below = ("street", "mechanisms")
        mechanisms = reading.read_reference(street, "mechanisms", below, ("mechanisms",))
    tactics = reading.read_reference(lesson, "tactics", ("tactics",), ("tactics",))
    policies = None
    if lesson.data.get("policies") is not None:
        policies = reading.read_reference(lesson, "policies", ("policies",), ("policies",))
    resolved = {
        **lesson.data,
        "street": street and {**street.data, "mechanisms": mechanisms and mechanisms.data},
        "tactics": tactics and tactics.data.get("tactics"),
        "policies": policies.data.get("policies") if policies else {},
    }
    reading.check_together(resolved)
    return reading, resolved


def _complete(resolved: dict[str, Any]) -> dict[str, Any]:
    """The data of a whole scenario out of its files' data."""
    street = resolved["street"]
    return {**resolved, "street": {**street, "mechanisms": street["mechanisms"]["mechanisms"]}}


def from_data(data: Any, language: str | None = None) -> schema.Scenario:
    """The scenario of canonical data from anywhere. See `Scenario.from_data`."""
    document = Document(file="", data=data)
    reading = Reading(sources=[Source((), (), document)])
    if _larger_than(MAX_VALUES, data):
        # whoever sent this, no lesson is like it; looking at each value would cost minutes
        message = Phrase("errors.file.too_much_data", limit=MAX_VALUES)
        reading.problems.append(Problem("", None, "", message))
        reading.raise_problems(language)
    if not isinstance(data, dict):
        message = Phrase("errors.file.root_not_keys", found=found_phrase(data))
        reading.problems.append(Problem("", None, "", message))
        reading.raise_problems(language)
    hidden = invisible_problem(data, document)
    if hidden is not None:
        reading.problems.append(hidden)
        reading.raise_problems(language)
    scenario = None
    try:
        scenario = schema.Scenario.model_validate(data)
    except ValidationError as error:
        limit = MAX_PROBLEMS + 1
        reading.problems.extend(schema_problems(error, schema.Scenario, document, limit))
    reading.check_together(data)
    reading.raise_problems(language)
    if scenario is None:
        raise AssertionError("data without problems make a scenario")
    return scenario


def _larger_than(most: int, data: Any) -> bool:
    """Whether plain data holds more than `most` values, counting without building anything long."""
    count, waiting = 0, [data]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list | tuple):
            count += len(node)
            if count > most:
                return True
            waiting.extend(node.values() if isinstance(node, dict) else node)
    return False


def with_changes(
    scenario: schema.Scenario, changes: Mapping[str, Any], language: str | None = None
) -> schema.Scenario:
    """A new scenario with some values replaced. See `Scenario.with_changes`."""
    data = scenario.canonical()
    problems = []
    if isinstance(changes.get("street"), str):
        # first, because other changes may be to what is on that street
        problems.extend(move(data, changes["street"]))
        changes = {key: value for key, value in changes.items() if key != "street"}
    for key, value in changes.items():
        problem = put(data, key, value)
        if problem is not None:
            problems.append(problem)
    if problems:
        raise ScenarioError(problems, language)
    return from_data(data, language)
