"""From a YAML file, or from plain data, to a Scenario; or to everything that is wrong with it."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.errors import Phrase, Problem, ScenarioError
from sim.scenario import schema
from sim.scenario.catalog import catalog
from sim.scenario.change_checks import change_findings
from sim.scenario.checks import Finding, findings
from sim.scenario.document import Document, KeyPath, readable_path, shorten
from sim.scenario.explain import found_phrase, hint, invisible_problem, schema_problems
from sim.scenario.namesakes import ambiguous, called, same_ids
from sim.scenario.other_street import move
from sim.scenario.references import SUFFIXES, Location, follow, location_of
from sim.scenario.remarks import remarks
from sim.scenario.street import StreetFile
from sim.scenario.yaml_reader import read_file

MAX_PROBLEMS = 60

# Keys by which each kind of file is recognised when a wrong one was given.
_SIGNS = {
    "scenario": {"host", "live", "street_hours", "choices"},
    "street": {"population", "platform", "neighbours", "culture"},
    "tactics": {"tactics"},
    "policies": {"policies"},
    "mechanisms": {"mechanisms"},
}
_MODELS: dict[str, type[BaseModel]] = {
    "scenario": schema.ScenarioFile,
    "street": StreetFile,
    "tactics": schema.TacticsFile,
    "policies": schema.PoliciesFile,
    "mechanisms": schema.MechanismsFile,
}


@dataclass(frozen=True)
class _Source:
    """One file: what stands at `prefix` of the resolved data stands at `inner` of the file."""

    prefix: KeyPath
    inner: KeyPath
    document: Document
    location: Location | None = None

    @property
    def data(self) -> dict[str, Any]:
        return self.document.data


@dataclass
class _Reading:
    """The files of one scenario while they are read, and what was wrong with them so far."""

    problems: list[Problem] = field(default_factory=list)
    sources: list[_Source] = field(default_factory=list)

    def read(
        self,
        kind: str,
        location: Location,
        prefix: KeyPath = (),
        inner: KeyPath = (),
        referring: Document | None = None,
    ) -> _Source | None:
        """Read and check one file by itself; None when there is nothing to go on with.

        referring: the file that names this one under the key `kind`, if one does.
        """
        document = read_file(location.path, location.shown)
        self.problems.extend(document.problems)
        data = document.data
        if data is None:
            return None
        if not isinstance(data, dict):
            message = Phrase("errors.file.root_not_keys", found=found_phrase(data))
            self.problems.append(Problem(document.file, document.line(()), "", message))
            return None
        other = _other_kind(kind, data)
        if other:
            found, wanted = Phrase(f"errors.kind.{other}"), Phrase(f"errors.kind.{kind}")
            if referring is None:
                message = Phrase("errors.file.wrong_kind", found=found, wanted=wanted)
                self.problems.append(Problem(document.file, None, "", message))
            else:
                # The file itself is fine; the slip is in the one that asks for it.
                name = referring.data[kind]
                message = Phrase(
                    "errors.file.wrong_kind_named",
                    key=kind,
                    name=found_phrase(name),
                    found=found,
                    wanted=wanted,
                )
                line = referring.line((kind,))
                self.problems.append(Problem(referring.file, line, kind, message, shorten(name)))
            return None
        if document.problem_count and not data.keys() & _SIGNS[kind]:
            # Not even meant as such a file: more sentences would not help anybody.
            return None
        source = _Source(prefix, inner, document, location)
        self.sources.append(source)
        self.check(_MODELS[kind], document)
        return source

    def read_reference(
        self, source: _Source, kind: str, prefix: KeyPath, inner: KeyPath = ()
    ) -> _Source | None:
        """Read the file that `source` names under the key `kind`."""
        document, reference = source.document, source.data.get(kind)
        if source.location is None or document.is_poisoned((kind,)):
            return None
        leads = follow(reference, kind, source.location)
        if isinstance(leads, Phrase):
            line = document.line((kind,))
            self.problems.append(Problem(document.file, line, kind, leads, shorten(reference)))
            return None
        return self.read(kind, leads, prefix, inner, document) if leads else None

    def check(self, model: type[BaseModel], document: Document) -> None:
        """Note what the model refuses in one document."""
        try:
            model.model_validate(document.data)
        except ValidationError as error:
            self.problems.extend(schema_problems(error, model, document, MAX_PROBLEMS + 1))

    def check_together(self, resolved: dict[str, Any]) -> None:
        """Note what does not fit together, at the line of the file where it stands."""
        self.problems.extend(self.placed(findings(resolved)))

    def placed(self, found: Iterable[Finding]) -> Iterator[Problem]:
        """Findings, each at the line of the file where it stands."""
        for finding in found:
            holding = [s for s in self.sources if finding.path[: len(s.prefix)] == s.prefix]
            source = max(holding, key=lambda s: len(s.prefix))
            document = source.document
            path = (*source.inner, *finding.path[len(source.prefix) :])
            if document.is_poisoned(path):
                continue
            key = readable_path(path, document.data)
            message = Phrase(finding.message.key, **{"key": key, **finding.message.values})
            accepted = Phrase("errors.accepted.one_of", names=list(finding.known))
            yield Problem(
                file=document.file,
                line=document.line(path),
                key=key,
                message=message,
                found=shorten(finding.found),
                accepted=accepted if finding.known else None,
                suggestion=finding.suggestion,
            )

    def raise_problems(self, language: str | None) -> None:
        """Raise ScenarioError if anything was found, file by file and line by line."""
        if not self.problems:
            return
        files = dict.fromkeys(problem.file for problem in self.problems)
        order = {file: rank for rank, file in enumerate(files)}
        problems = sorted(self.problems, key=lambda p: (order[p.file], p.line or 0))
        if len(problems) > MAX_PROBLEMS:
            more = Phrase("errors.value.many_more", count=len(problems) - MAX_PROBLEMS)
            problems = [*problems[:MAX_PROBLEMS], Problem(problems[0].file, None, "", more)]
        raise ScenarioError(problems, language)


def load(path_or_id: str | Path, language: str | None = None) -> schema.Scenario:
    """Read a scenario and all the files it refers to. See `Scenario.load`."""
    reading, resolved = _read(_find(path_or_id, language), language)
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
    location = _find(path_or_id, language)
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


def _read(location: Location, language: str | None) -> tuple[_Reading, dict[str, Any]]:
    """All the files of a scenario, with what is wrong with them, and its data as far as it goes."""
    reading = _Reading()
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
    reading = _Reading(sources=[_Source((), (), document)])
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
        problem = _change(data, key, value)
        if problem is not None:
            problems.append(problem)
    if problems:
        raise ScenarioError(problems, language)
    return from_data(data, language)


def _change(data: Any, key: str, value: Any) -> Problem | None:
    """Put `value` at the dotted `key` of plain data; gives the problem if it leads nowhere."""
    node = data
    parts = str(key).split(".")
    for depth, part in enumerate(parts):
        last = depth == len(parts) - 1
        name: str | int = part
        if isinstance(node, list):
            names = [
                item["id"] if isinstance(item, dict) and "id" in item else str(number)
                for number, item in enumerate(node)
            ]
            if part.isdecimal() and int(part) < len(node):
                name = int(part)
            elif part in names:
                name = names.index(part)
            else:
                return _no_such_key(parts[: depth + 1], part, names)
        elif not isinstance(node, dict):
            return _no_such_key(parts[: depth + 1], part, [])
        elif part not in node and not (last and _is_open(parts)):
            return _no_such_key(parts[: depth + 1], part, list(node))
        if last:
            node[name] = copy.deepcopy(value)
        else:
            node = node[name]
    return None


def _is_open(parts: list[str]) -> bool:
    """Whether names can be added here: acts to a mix, topics to something with topics."""
    return len(parts) > 1 and parts[-2] in ("mix", "topics", "topic_weights")


def _no_such_key(parts: list[str], name: str, known: list[str]) -> Problem:
    sentence, suggestion = hint(name, known)
    key = shorten(".".join(parts))
    message = Phrase("errors.change.no_such_key", key=key, hint=sentence)
    return Problem("", None, key, message, found=shorten(name), suggestion=suggestion)


def _other_kind(kind: str, data: dict[str, Any]) -> str:
    """The kind of file this obviously is, when it is not `kind`; else ""."""
    keys = data.keys()
    if keys & _SIGNS[kind]:
        return ""
    return next((other for other, signs in _SIGNS.items() if keys & signs), "")


def _find(path_or_id: str | Path, language: str | None) -> Location:
    """The file that the user means by a path, or by the id of a scenario."""
    text = os.fspath(path_or_id)
    is_path = isinstance(path_or_id, Path) or "/" in text or os.sep in text
    if is_path or text.endswith(SUFFIXES) or os.path.isfile(text):
        try:
            return location_of(Path(text))
        except (OSError, ValueError):
            message = Phrase("errors.yaml.no_such_file")
            raise ScenarioError([Problem(shorten(text), None, "", message)], language) from None
    entries = catalog()
    meant = called(text, entries)
    if len(meant) == 1:
        return location_of(meant[0].path)
    if meant:
        problem = Problem("", None, "", ambiguous(text, meant), found=shorten(text))
        raise ScenarioError([problem], language)
    sentence, suggestion = hint(text, [entry.id for entry in entries])
    message = Phrase("errors.file.no_such_scenario", found=shorten(text), hint=sentence)
    problem = Problem("", None, "", message, found=shorten(text), suggestion=suggestion)
    raise ScenarioError([problem], language)
