"""In what two scenarios differ, and whether a scenario is the one that has its id here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import Phrase, ScenarioError
from sim.scenario.catalog import catalog
from sim.scenario.document import KeyPath, dotted
from sim.scenario.namesakes import called
from sim.scenario.schema import Scenario

_MOST_NAMED = 5
_MISSING = object()


@dataclass(frozen=True)
class Difference:
    """One value that differs. key: dotted, as `Scenario.with_changes` reads it; None stands for
    what is missing in one of the two."""

    key: str
    here: Any
    there: Any


@dataclass(frozen=True)
class Known:
    """How a scenario from a file relates to the one that has its id on this machine.

    state        "same", "other" (it differs), "broken" (the one here has errors) or "unknown"
    file         the file here, if there is one
    differences  all of them, in the order in which a scenario is written
    """

    id: str
    state: str
    file: Path | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def phrase(self) -> Phrase | None:
        """What to say about it, to follow "but"; None when it is the same."""
        if self.state == "same":
            return None
        if self.state != "other":
            return Phrase(f"errors.known.{self.state}", id=self.id)
        keys = [difference.key for difference in self.differences]
        more = len(keys) - _MOST_NAMED
        if more > 0:
            named = keys[:_MOST_NAMED]
            return Phrase("errors.known.other_more", id=self.id, keys=named, more=more)
        return Phrase("errors.known.other", id=self.id, keys=keys)

    def to_data(self) -> dict[str, Any]:
        """Plain JSON-able data."""
        return {
            "id": self.id,
            "state": self.state,
            "file": str(self.file) if self.file else None,
            "differences": [
                {"key": item.key, "here": item.here, "there": item.there}
                for item in self.differences
            ],
        }


def known(scenario: Scenario) -> Known:
    """Compare a scenario with the one that its id means here. Never raises for a broken file."""
    entries = [entry for entry in called(scenario.id, catalog()) if entry.id == scenario.id]
    broken = None
    others = []
    for entry in entries:
        try:
            here = Scenario.load(entry.path)
        except ScenarioError:
            broken = entry.path
            continue
        if here.hash == scenario.hash:
            return Known(scenario.id, "same", entry.path)
        others.append((entry.path, here))
    if others:
        file, here = others[0]
        return Known(scenario.id, "other", file, tuple(differences(here, scenario)))
    return Known(scenario.id, "broken" if broken else "unknown", broken)


def differences(here: Scenario, there: Scenario) -> Iterator[Difference]:
    """Every value in which two scenarios differ; things with ids are compared by id."""
    yield from _differences((), here.canonical(), there.canonical())


def _differences(path: KeyPath, here: Any, there: Any) -> Iterator[Difference]:
    one, other = _parts(here), _parts(there)
    if one is None or other is None:
        if here != there:
            yield Difference(dotted(path), _plain(here), _plain(there))
        return
    for name in dict.fromkeys((*one, *other)):
        yield from _differences((*path, name), one.get(name, _MISSING), other.get(name, _MISSING))
    common = [name for name in one if name in other]
    if isinstance(here, list) and common != [name for name in other if name in one]:
        yield Difference(dotted(path), list(one), list(other))  # only their order


def _parts(value: Any) -> dict[str | int, Any] | None:
    """What can be compared part by part, by name; None for what is one value."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return None
    return {item.get("id", number): item for number, item in enumerate(value)}


def _plain(value: Any) -> Any:
    return None if value is _MISSING else value
