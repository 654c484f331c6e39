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

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sim.scenario.mechanisms import SWITCHES, Mechanisms

SCHEMA_VERSION = 1
MAX_TOPICS = 8
MAX_HOSTS = 8
MAX_PRODUCTS = 12
MAX_NOTES = 60
MAX_TACTICS = 40
MAX_CHOICES = 9
MAX_SHOPPERS = 1_000_000
SHARE_TOLERANCE = 1e-6

# The acts a host can do with a minute; sim/MODEL.md says what each does to shoppers.
Act = Literal[
    "explain",
    "detail",
    "answer",
    "prompt",
    "poll",
    "story",
    "hype",
    "countdown",
    "mark_up_then_cut",
    "hold_back",
    "giveaway",
    "honest_discount",
    "invite_group",
    "silence",
]
ACTS: tuple[str, ...] = get_args(Act)

# What a lesson can ask for; for each of them more is better.
Goal = Literal["net_sales", "gmv", "orders", "buyers", "conversion", "followers", "trust"]
GOALS: tuple[str, ...] = get_args(Goal)


def minutes_of(clock: str) -> int:
    """Minutes since midnight of a clock time: "20:05" -> 1205."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _sorted_keys(mapping: dict[str, Any]) -> dict[str, Any]:
    # Equal scenarios must behave equally, whatever order their authors wrote the keys in.
    return {key: mapping[key] for key in sorted(mapping)}


def _kind(name: str) -> dict[str, str]:
    """Names the phrase of assets/locale/errors.yaml that says what is accepted."""
    return {"x-accepted": name}


_ID = r"^[a-z][a-z0-9_]{0,31}$"
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_CLOSING = r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
# One line with something to see on it. Invisible characters are refused by the reader and,
# for data that did not pass the reader, in sim.scenario.checks.
_LINE = r"^[^\r\n\t]*[^\s][^\r\n\t]*$"

Id = Annotated[str, Field(pattern=_ID, json_schema_extra=_kind("id"))]
Clock = Annotated[str, Field(pattern=_CLOCK, json_schema_extra=_kind("clock"))]
ClosingClock = Annotated[str, Field(pattern=_CLOSING, json_schema_extra=_kind("closing_clock"))]
Reference = Annotated[
    str, Field(min_length=1, max_length=200, json_schema_extra=_kind("reference"))
]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_LINE)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=_LINE)]
Share = Annotated[float, Field(ge=0, le=1)]
Shares = Annotated[
    dict[Id, Share],
    Field(min_length=1, max_length=MAX_TOPICS),
    AfterValidator(_sorted_keys),
]
Version = Annotated[Literal[1], Field(alias="schema", description="version of this file's format")]


def _many(low: int, high: int, description: str = "") -> Any:
    """A list in the file, a tuple in the program, so that nothing can change it."""
    return Field(min_length=low, max_length=high, strict=False, description=description or None)


def _unit(name: str) -> dict[str, str]:
    """Names the phrase of assets/locale/errors.yaml for the unit."""
    return {"x-unit": name}


def _yuan(description: str, low: float) -> Any:
    return Field(
        ge=low,
        le=1_000_000,
        description=f"{description}, at most two decimals",
        json_schema_extra=_unit("yuan"),
    )


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        validate_by_name=False,
        serialize_by_alias=True,
    )


class Words(_Part):
    """A short text in both languages."""

    zh: Title = Field(description="Chinese")
    en: Title = Field(description="English")

    def text(self, language: str) -> str:
        """The text in "zh" or "en"."""
        return self.zh if language == "zh" else self.en


class Sentence(Words):
    """A sentence in both languages."""

    zh: Line = Field(description="Chinese")
    en: Line = Field(description="English")


class Brief(_Part):
    """What the trainee reads before the live: a few short lines in both languages."""

    zh: Annotated[tuple[Line, ...], _many(1, 10, "Chinese, one line each")]
    en: Annotated[tuple[Line, ...], _many(1, 10, "English, one line each")]

    def lines(self, language: str) -> tuple[str, ...]:
        """The lines in "zh" or "en"."""
        return self.zh if language == "zh" else self.en


class Product(_Part):
    """Something on a host's rail."""

    id: Id
    name: Words
    topics: Shares = Field(description="what it is about: shares of the street's topics, sum 1")
    price: float = _yuan("the honest price", 0.01)
    cost: float = _yuan("what one unit costs the host", 0)
    complexity: float = Field(
        ge=0, le=10, description="how hard it is to judge without being shown; 0 tells itself"
    )
    quality: float = Field(ge=0, le=1, description="real quality, as found out after delivery")
    closeup: float = Field(ge=0, le=1, description="how much there is to see in a close-up")
    stock: int = Field(
        ge=0, le=1_000_000, description="what can be sold", json_schema_extra=_unit("units")
    )

    @property
    def price_fen(self) -> int:
        """The price in whole fen."""
        return round(self.price * 100)

    @property
    def cost_fen(self) -> int:
        """The cost in whole fen."""
        return round(self.cost * 100)


class Note(_Part):
    """A post on the street: a picture card that shoppers may open."""

    id: Id
    title: Words
    format: Literal["look", "poll", "collection", "story", "hard_sell"] = Field(
        description="what kind of note it is"
    )
    looks: int = Field(default=1, ge=1, le=9, description="number of looks shown, for format: look")
    products: Annotated[tuple[Id, ...], _many(1, 7, "ids of this host's products in the note")]
    likes: int = Field(
        ge=0,
        le=100_000_000,
        description="likes it already has",
    )
    cover: float = Field(ge=0, le=1, description="how well its cover catches the eye")


class Rundown(_Part):
    """One stretch of the live's plan."""

    product: Id = Field(description="id of the product on show")
    minutes: int = Field(ge=1, le=240, description="how long", json_schema_extra=_unit("minutes"))


class Live(_Part):
    """When the played room is live."""

    starts: Clock = Field(description='start, such as "20:00"')
    minutes: int = Field(ge=5, le=240, description="length", json_schema_extra=_unit("minutes"))


class NeighbourLive(Live):
    """When a neighbour's room is live, and how its host sells."""

    tactic: Id = Field(description="id of a tactic")


class Host(_Part):
    """Somebody with a window on the street: notes, goods and perhaps a live room."""

    id: Id
    name: Words
    kind: Literal["owner", "buyer", "brand"] = Field(
        description="the owner, a buyer who picks others' goods, or a brand's official account"
    )
    equipment: Literal["phone", "studio"] = Field(description="what films the live")
    closeness: float = Field(ge=0, le=1, description="how close the goods are shown")
    followers: float = Field(
        ge=0, le=1, description="share of the street's shoppers who follow this host at the start"
    )
    capacity: int = Field(
        ge=1,
        le=1_000_000,
        description="most people in the room at a time",
        json_schema_extra=_unit("people"),
    )
    topics: Shares = Field(description="what the host is about: shares of the topics, sum 1")
    products: Annotated[tuple[Product, ...], _many(1, MAX_PRODUCTS, "the goods")]
    notes: Annotated[tuple[Note, ...], _many(0, MAX_NOTES, "the notes")] = ()
    rundown: Annotated[tuple[Rundown, ...], _many(0, 48, "which product when, in turn")] = ()


class PlayedHost(Host):
    """The host whom the trainee plays. When it is live stands in the scenario's own `live:`."""

    @property
    def live(self) -> None:
        """Nothing: the played room's hours are `scenario.live`."""
        return None


class Neighbour(Host):
    """Another host of the street, played by the program."""

    live: NeighbourLive | None = Field(default=None, description="leave out if not live tonight")


class Tactic(_Part):
    """A named way to spend a minute."""

    title: Words
    summary: Sentence
    mix: Annotated[
        dict[Act, Share],
        Field(min_length=1, description="shares of the host's minute, sum 1"),
        AfterValidator(_sorted_keys),
    ]


class Topic(_Part):
    """Something people care about."""

    id: Id
    name: Words


class Lognormal(_Part):
    """Spread over people such that a few have very much."""

    median: float = Field(gt=0, le=1_000_000, description="half of the people have less")
    spread: float = Field(ge=0, le=3, description="standard deviation of the natural logarithm")


class Patience(Lognormal):
    median: float = Field(
        ge=1, le=3600, description="unrewarding content tolerated",
        json_schema_extra=_unit("seconds"),
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
        json_schema_extra=_unit("yuan"),
    )  # fmt: skip


class Reactance(Lognormal):
    median: float = Field(ge=0.0001, le=20, description="how much being pushed repels")


class VisitsPerDay(Lognormal):
    median: float = Field(ge=0.01, le=50, description="visits to the street a day")


class StrollMinutes(Lognormal):
    median: float = Field(
        ge=1, le=240, description="length of a visit that nothing prolongs or cuts",
        json_schema_extra=_unit("minutes"),
    )  # fmt: skip


class Even(_Part):
    """Spread evenly over people between two ends."""

    low: float = Field(ge=0, le=1, description="the least anybody has")
    high: float = Field(ge=0, le=1, description="the most anybody has")


class RiskAversion(Even):
    low: float = Field(ge=0, le=10, description="the least that not knowing keeps one from buying")
    high: float = Field(ge=0, le=10, description="the most that not knowing keeps one from buying")


class TopicsPerShopper(_Part):
    """How many topics a person cares about: shares of people, sum 1."""

    one: Share
    two: Share
    three: Share


Weight = Annotated[float, Field(ge=0, le=100)]


class Population(_Part):
    """Who strolls here."""

    topic_weights: Annotated[
        dict[Id, Weight],
        Field(description="how popular each topic of the street is; only proportions matter"),
        AfterValidator(_sorted_keys),
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
    stroll_minutes: StrollMinutes
    hours: Annotated[
        tuple[Weight, ...],
        _many(24, 24, "visits in each hour of the day from midnight; only proportions matter"),
    ]


class Platform(_Part):
    """What the street shows to whom. Weights add to the chance that an offered card is shown."""

    cards_per_tick: int = Field(ge=1, le=20, description="cards offered every ten seconds")
    weight_base: float = Field(ge=0, le=10, description="for every card")
    weight_interest: float = Field(ge=0, le=10, description="for matching the shopper's interests")
    weight_relation: float = Field(ge=0, le=10, description="for following its host")
    weight_engagement: float = Field(ge=0, le=10, description="for clicks, dwell and comments seen")
    weight_sales: float = Field(ge=0, le=10, description="for orders seen")
    weight_search: float = Field(ge=0, le=10, description="for matching what was searched for")
    weight_live: float = Field(ge=0, le=10, description="for live rooms")
    learning: float = Field(ge=0, le=10, description="how fast the ranker learns; 0 is not at all")


class _StreetFields(_Part):
    schema_version: Version
    id: Id
    title: Words
    culture: Sentence = Field(description="what people come for")
    topics: Annotated[tuple[Topic, ...], _many(1, MAX_TOPICS, "what people here care about")]
    population: Population
    platform: Platform
    neighbours: Annotated[
        tuple[Neighbour, ...], _many(0, MAX_HOSTS - 1, "the other hosts of the street")
    ] = ()


class StreetFile(_StreetFields):
    """A street: its people, its platform and the neighbours."""

    mechanisms: Reference = Field(description="file with the mechanisms, from this file's folder")


class Street(_StreetFields):
    """A street with its mechanisms."""

    mechanisms: Mechanisms


class StreetHours(_Part):
    """From when to when the street is simulated in steps of ten seconds."""

    opens: Clock = Field(description='such as "19:40"')
    closes: ClosingClock = Field(description='such as "22:10", at the latest "24:00"')


class _ScenarioFields(_Part):
    schema_version: Version
    id: Id
    title: Words
    brief: Brief
    goal: Goal = Field(description="the figure that should become as high as possible")
    choices: Annotated[
        tuple[Id, ...],
        _many(1, MAX_CHOICES, "tactics that can be played, in the order of the keys"),
    ]
    compare: Annotated[tuple[Id, ...], _many(1, MAX_TACTICS, "tactics compared on the same crowd")]
    reference: Id = Field(description="the tactic that others are compared with")
    shoppers: int = Field(
        ge=1, le=MAX_SHOPPERS, description="people who know this street",
        json_schema_extra=_unit("people"),
    )  # fmt: skip
    seed: int = Field(ge=0, le=2**53 - 1, description="number of the crowd and its luck")
    street_hours: StreetHours
    live: Live
    nights: int = Field(
        ge=0, le=90, description="days simulated after the live", json_schema_extra=_unit("nights")
    )
    switch_off: Annotated[tuple[Id, ...], _many(0, len(SWITCHES), "mechanisms to do without")] = ()
    host: PlayedHost


class ScenarioFile(_ScenarioFields):
    """One lesson."""

    street: Reference = Field(description="file with the street, from this file's folder")
    tactics: Reference = Field(description="file with the tactics, from this file's folder")


class Scenario(_ScenarioFields):
    """One lesson, complete. Make one with `load`, `from_data` or `with_changes`."""

    street: Street
    tactics: Annotated[
        dict[Id, Tactic],
        Field(min_length=1, max_length=MAX_TACTICS),
        AfterValidator(_sorted_keys),
    ]

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

        Keys are dotted; an item of a list is named by its number from 0 or by its id. Raises
        ScenarioError when a key leads nowhere or the result is not a valid scenario.
        """
        from sim.scenario.load import with_changes

        return with_changes(self, changes, language)


class TacticsFile(_Part):
    """Tactics by id."""

    schema_version: Version
    tactics: Annotated[dict[Id, Tactic], Field(min_length=1, max_length=MAX_TACTICS)]


class MechanismsFile(_Part):
    """The strengths of all mechanisms."""

    schema_version: Version
    mechanisms: Mechanisms
