"""Whether the changes that levels and claims make lead somewhere; see `main.py check`.

Looked at only there, since every change is a whole scenario to be checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.errors import Phrase, ScenarioError
from sim.scenario.check_parts import Finding
from sim.scenario.document import KeyPath

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


def change_findings(scenario: Scenario) -> Iterator[Finding]:
    """What is wrong with the changes of levels and claims, each at its own place."""
    tried: dict[str, Phrase | None] = {}
    for path, change in _changes(scenario):
        text = json.dumps(change, sort_keys=True)
        if text not in tried:
            tried[text] = _problem(scenario, change)
        reason = tried[text]
        if reason is not None:
            yield Finding(path, Phrase("campaign_errors.bad_change", reason=reason))


def _changes(scenario: Scenario) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    if scenario.lesson is not None:
        for number, level in enumerate(scenario.lesson.levels):
            if level.change:
                yield ("lesson", "levels", number, "change"), level.change
    for number, claim in enumerate(scenario.claims):
        for side, way in (("of", claim.of), ("than", claim.than)):
            if way.change:
                yield ("claims", number, side, "change"), way.change


def _problem(scenario: Scenario, change: Mapping[str, Any]) -> Phrase | None:
    try:
        scenario.with_changes(change)
    except ScenarioError as error:
        return error.problems[0].message
    return None
