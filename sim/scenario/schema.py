"""What a scenario is: every field, its unit and its range.

There are four kinds of file: a scenario, a street, a set of tactics and a set of mechanisms. The
classes `...File` are those files as written, with references to each other; `Scenario` and `Street`
are the same with the references resolved. All are frozen, refuse unknown keys, and take no text for
a number. What one field cannot know about another is checked in `sim.scenario.checks`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field

from sim.scenario.campaign import MAX_POLICIES, AccountPolicy, Campaign
from sim.scenario.claims import MAX_CLAIMS, Claim
from sim.scenario.fields import (
    MAX_CHOICES,
    MAX_SHOPPERS,
    MAX_TACTICS,
    Brief,
    Clock,
    ClosingClock,
    Id,
    Part,
    Reference,
    Version,
    Words,
    many,
    sorted_keys,
    unit,
)
from sim.scenario.fields import minutes_of as minutes_of
from sim.scenario.hosts import Host, Live, PlayedHost, Tactic
from sim.scenario.lesson import Lesson
from sim.scenario.mechanisms import SWITCHES, Mechanisms
from sim.scenario.street import Street

# What a lesson can ask for; for each of them more is better.
Goal = Literal["net_sales", "gmv", "orders", "buyers", "conversion", "followers", "trust"]
GOALS: tuple[str, ...] = get_args(Goal)


class StreetHours(Part):
    """From when to when the street is simulated in steps of ten seconds."""

    opens: Clock = Field(description='such as "19:40"')
    closes: ClosingClock = Field(description='such as "22:10", at the latest "24:00"')


class _ScenarioFields(Part):
    schema_version: Version
    id: Id
    title: Words
    brief: Brief
    goal: Goal = Field(description="the figure that should become as high as possible")
    choices: Annotated[
        tuple[Id, ...],
        many(1, MAX_CHOICES, "tactics that can be played, in the order of the keys", distinct=True),
    ]
    compare: Annotated[
        tuple[Id, ...],
        many(1, MAX_TACTICS, "tactics compared on the same crowd", distinct=True),
    ]
    reference: Id = Field(description="the tactic that others are compared with")
    shoppers: int = Field(
        ge=1, le=MAX_SHOPPERS, description="people who know this street",
        json_schema_extra=unit("people"),
    )  # fmt: skip
    seed: int = Field(ge=0, le=2**53 - 1, description="number of the crowd and its luck")
    street_hours: StreetHours
    live: Live
    nights: int = Field(
        ge=0, le=90, description="days simulated after the live", json_schema_extra=unit("nights")
    )
    switch_off: Annotated[
        tuple[Id, ...],
        many(0, len(SWITCHES), "mechanisms to do without", distinct=True),
    ] = ()
    host: PlayedHost
    campaign: Campaign | None = Field(
        default=None, description="days in a row; leave out for one evening"
    )
    lesson: Lesson | None = Field(
        default=None, description="place in the course; leave out for a street by itself"
    )
    claims: Annotated[
        tuple[Claim, ...], many(0, MAX_CLAIMS, "what must come out on many crowds")
    ] = ()


class ScenarioFile(_ScenarioFields):
    """One lesson."""

    street: Reference = Field(description="file with the street, from this file's folder")
    tactics: Reference = Field(description="file with the tactics, from this file's folder")
    policies: Reference | None = Field(
        default=None, description="file with the policies of a campaign, from this file's folder"
    )


class Scenario(_ScenarioFields):
    """One lesson, complete. Make one with `load`, `from_data` or `with_changes`."""

    street: Street
    tactics: Annotated[
        dict[Id, Tactic],
        Field(min_length=1, max_length=MAX_TACTICS),
        AfterValidator(sorted_keys),
    ]
    policies: Annotated[
        dict[Id, AccountPolicy],
        Field(max_length=MAX_POLICIES),
        AfterValidator(sorted_keys),
    ] = Field(default_factory=dict)

    @property
    def hosts(self) -> tuple[Host, ...]:
        """All hosts: the played one first, then the neighbours."""
        return (self.host, *self.street.neighbours)

    @classmethod
    def load(cls, path_or_id: str | Path, language: str | None = None) -> Scenario:
        """Read a scenario file, or the scenario with this id, and all it refers to.

        `language` ("zh" or "en") is the language of error sentences; None takes the environment's.
        Raises ScenarioError with every problem of every file.
        """
        from sim.scenario.load import load

        return load(path_or_id, language)

    @classmethod
    def from_data(cls, data: Any, language: str | None = None) -> Scenario:
        """The scenario of `canonical()` data, checked as if a stranger had written it.

        Raises ScenarioError.
        """
        from sim.scenario.load import from_data

        return from_data(data, language)

    def canonical(self) -> dict[str, Any]:
        """The whole scenario as plain JSON-able data; changing it changes nothing here."""
        return self.model_dump(mode="json", by_alias=True)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON with sorted keys, as 64 hex digits."""
        text = json.dumps(
            self.canonical(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    def with_changes(self, changes: Mapping[str, Any], language: str | None = None) -> Scenario:
        """A new scenario with some values replaced: `{"host.products.wool_coat.price": 590}`.

        Keys are dotted; an item of a list is named by its number from 0 or by its id. The id of a
        street as the value of "street" moves the shop there. Raises ScenarioError when a key leads
        nowhere or the result is not a valid scenario.
        """
        from sim.scenario.load import with_changes

        return with_changes(self, changes, language)


class TacticsFile(Part):
    """Tactics by id."""

    schema_version: Version
    tactics: Annotated[dict[Id, Tactic], Field(min_length=1, max_length=MAX_TACTICS)]


class PoliciesFile(Part):
    """Policies by id."""

    schema_version: Version
    policies: Annotated[dict[Id, AccountPolicy], Field(min_length=1, max_length=MAX_POLICIES)]


class MechanismsFile(Part):
    """The strengths of all mechanisms."""

    schema_version: Version
    mechanisms: Mechanisms
