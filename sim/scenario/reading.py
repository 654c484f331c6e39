"""The files of one scenario: read, checked each by itself and together, with all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.errors import Phrase, Problem, ScenarioError
from sim.scenario import schema
from sim.scenario.checks import Finding, findings
from sim.scenario.document import Document, KeyPath, readable_path, shorten
from sim.scenario.explain import found_phrase, schema_problems
from sim.scenario.references import Location, follow
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
class Source:
    """One file: what stands at `prefix` of the resolved data stands at `inner` of the file."""

    prefix: KeyPath
    inner: KeyPath
    document: Document
    location: Location | None = None

    @property
    def data(self) -> dict[str, Any]:
        return self.document.data


@dataclass
class Reading:
    """The files of one scenario while they are read, and what was wrong with them so far."""

    problems: list[Problem] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def read(
        self,
        kind: str,
        location: Location,
        prefix: KeyPath = (),
        inner: KeyPath = (),
        referring: Document | None = None,
    ) -> Source | None:
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
        source = Source(prefix, inner, document, location)
        self.sources.append(source)
        self.check(_MODELS[kind], document)
        return source

    def read_reference(
        self, source: Source, kind: str, prefix: KeyPath, inner: KeyPath = ()
    ) -> Source | None:
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
            source = self._holding(finding)
            if finding.instead is not None and self._is_shared(source):
                finding = finding.instead
                source = self._holding(finding)
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

    def _holding(self, finding: Finding) -> Source:
        """The file in which the finding's path stands."""
        holding = [s for s in self.sources if finding.path[: len(s.prefix)] == s.prefix]
        return max(holding, key=lambda s: len(s.prefix))

    def _is_shared(self, source: Source) -> bool:
        """Whether a file comes with the game, and the scenario that refers to it does not."""
        own = self.sources[0].location
        if source.location is None or own is None:
            return False
        return source.location.root != own.root

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


def _other_kind(kind: str, data: dict[str, Any]) -> str:
    """The kind of file this obviously is, when it is not `kind`; else ""."""
    keys = data.keys()
    if keys & _SIGNS[kind]:
        return ""
    return next((other for other, signs in _SIGNS.items() if keys & signs), "")
