"""A street: who strolls there, what the platform shows them, and who else has a window."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from sim.scenario.fields import (
    MAX_HOSTS,
    MAX_TOPICS,
    Id,
    Part,
    Reference,
    Sentence,
    Share,
    Version,
    Words,
    many,
    sorted_keys,
    unit,
)
from sim.scenario.hosts import Neighbour
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.platform import Platform as Platform
from sim.scenario.platform import Policy


class Topic(Part):
    """Something people care about."""

    id: Id
    name: Words


class Lognormal(Part):
    """Spread over people such that a few have very much."""

    median: float = Field(gt=0, le=1_000_000, description="half of the people have less")
    spread: float = Field(ge=0, le=3, description="standard deviation of the natural logarithm")


class Patience(Lognormal):
    median: float = Field(
        ge=1, le=3600, description="unrewarding content tolerated",
        json_schema_extra=unit("seconds"),
    )  # fmt: skip


class Chattiness(Lognormal):
    median: float = Field(
        ge=0.0001, le=60, description="comments a minute when interested and invited"
    )


class PriceSensitivity(Lognormal):
    median: float = Field(ge=0.01, le=100, description="how strongly a price is felt; 1 is usual")


class Spending(Lognormal):
    median: float = Field(
        ge=1, le=1_000_000, description="what can be spent in a month",
        json_schema_extra=unit("yuan"),
    )  # fmt: skip


class Reactance(Lognormal):
    median: float = Field(ge=0.0001, le=20, description="how much being pushed repels")


class VisitsPerDay(Lognormal):
    median: float = Field(ge=0.01, le=50, description="visits to the street a day")


class StrollMinutes(Lognormal):
    median: float = Field(
        ge=1, le=240, description="length of a visit that nothing prolongs or cuts",
        json_schema_extra=unit("minutes"),
    )  # fmt: skip


class Even(Part):
    """Spread evenly over people between two ends."""

    low: float = Field(ge=0, le=1, description="the least anybody has")
    high: float = Field(ge=0, le=1, description="the most anybody has")


class RiskAversion(Even):
    low: float = Field(ge=0, le=10, description="the least that not knowing keeps one from buying")
    high: float = Field(ge=0, le=10, description="the most that not knowing keeps one from buying")


class TopicsPerShopper(Part):
    """How many topics a person cares about: shares of people, sum 1."""

    one: Share
    two: Share
    three: Share


Weight = Annotated[float, Field(ge=0, le=100)]


class Population(Part):
    """Who strolls here."""

    topic_weights: Annotated[
        dict[Id, Weight],
        Field(description="how popular each topic of the street is; only proportions matter"),
        AfterValidator(sorted_keys),
    ]
    topics_per_shopper: TopicsPerShopper
    patience: Patience
    chattiness: Chattiness
    price_sensitivity: PriceSensitivity
    spending: Spending
    reactance: Reactance
    risk_aversion: RiskAversion
    susceptibility: Even = Field(description="how much excitement raises wanting; 0 to 1")
    savvy: Even = Field(description="chance of seeing through a price game; 0 to 1")
    visits_per_day: VisitsPerDay
    search_share: Share = Field(description="share of visits that start with a search")
    intent_share: Share = Field(
        default=1.0, description="share of searches by people who mean to buy"
    )
    stroll_minutes: StrollMinutes
    hours: Annotated[
        tuple[Weight, ...],
        many(24, 24, "visits in each hour of the day from midnight; only proportions matter"),
    ]


class _StreetFields(Part):
    schema_version: Version
    id: Id
    title: Words
    culture: Sentence = Field(description="what people come for")
    topics: Annotated[tuple[Topic, ...], many(1, MAX_TOPICS, "what people here care about")]
    population: Population
    platform: Platform
    policy: Policy = Policy()
    neighbours: Annotated[
        tuple[Neighbour, ...], many(0, MAX_HOSTS - 1, "the other hosts of the street")
    ] = ()


class StreetFile(_StreetFields):
    """A street: its people, its platform and the neighbours."""

    mechanisms: Reference = Field(description="file with the mechanisms, from this file's folder")


class Street(_StreetFields):
    """A street with its mechanisms."""

    mechanisms: Mechanisms
