"""A campaign: days of planning, lives and nights, and policies by which a host may live them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.fields import Clock, Id, Part, Sentence, Share, Words, many, unit, yuan

MAX_POLICIES = 20
MAX_DAYS = 90

NoteFormat = Literal["look", "poll", "collection", "story", "hard_sell"]


class LivePlan(Part):
    """How often, when and how a policy goes live."""

    every: int = Field(
        ge=1, le=90, description="live on every so many days", json_schema_extra=unit("days")
    )
    first: int = Field(
        default=1, ge=1, le=90, description="day of the first live", json_schema_extra=unit("day")
    )
    starts: Clock = Field(description='start, such as "20:00"')
    minutes: int = Field(ge=5, le=240, description="length", json_schema_extra=unit("minutes"))
    tactic: Id = Field(description="id of a tactic")


class NotePlan(Part):
    """A kind of note that a policy publishes again and again."""

    every: int = Field(
        ge=1, le=90, description="published every so many days", json_schema_extra=unit("days")
    )
    first: int = Field(
        default=1, ge=1, le=90, description="day of the first one", json_schema_extra=unit("day")
    )
    format: NoteFormat = Field(description="what kind of note it is")
    looks: int = Field(default=1, ge=1, le=30, description="looks shown, for format: look")
    products: int = Field(
        default=1, ge=1, le=7, description="how many products it shows, in turn",
        json_schema_extra=unit("products"),
    )  # fmt: skip
    pinned: bool = Field(default=False, description="whether the way into the group is pinned")


class GroupPlan(Part):
    """What a policy does for its group every day."""

    minutes: int = Field(
        default=0, ge=0, le=480, description="minutes of care a day",
        json_schema_extra=unit("minutes"),
    )  # fmt: skip
    messages: int = Field(default=0, ge=0, le=100, description="messages sent to all members a day")


class TrafficPlan(Part):
    """What a policy pays for paid places every day."""

    budget: float = Field(
        default=0, ge=0, le=1_000_000, description="most that is spent in a day",
        json_schema_extra=unit("yuan"),
    )  # fmt: skip
    bid: float = Field(
        default=1, ge=0.01, le=1000, description="most that is paid for a click",
        json_schema_extra=unit("yuan"),
    )  # fmt: skip


class Restocking(Part):
    """When a policy buys goods again."""

    below: int = Field(
        ge=0, le=1_000_000, description="ordered when fewer than this are left",
        json_schema_extra=unit("units"),
    )  # fmt: skip
    units: int = Field(
        ge=1, le=1_000_000, description="how many are bought", json_schema_extra=unit("units")
    )


class AccountPolicy(Part):
    """A way to run an account: what a bot does every morning and a person can start from."""

    title: Words
    summary: Sentence
    live: LivePlan | None = Field(
        default=None, description="leave out for an account without lives"
    )
    notes: Annotated[tuple[NotePlan, ...], many(0, 12, "kinds of notes it publishes")] = ()
    group: GroupPlan = GroupPlan()
    traffic: TrafficPlan = TrafficPlan()
    restock: Restocking | None = Field(default=None, description="leave out to never buy again")
    partner: Id | None = Field(default=None, description="id of a partner of the street's platform")
    feature: Literal["rundown", "poll"] = Field(
        default="rundown",
        description="what lives begin with: the run-down, or what the last poll named",
    )


class Campaign(Part):
    """Days in a row on one street."""

    days: int = Field(ge=1, le=MAX_DAYS, description="length", json_schema_extra=unit("days"))
    cash: float = yuan("money at the start", 0)
    hours: float = Field(
        ge=1, le=18, description="most hours of work that fit into a host's day",
        json_schema_extra=unit("hours"),
    )  # fmt: skip
    newcomers: Share = Field(
        description="share of the shoppers who come to know the street only during the campaign"
    )
    policy: Id = Field(description="id of the policy that a person starts from")
    compare: Annotated[
        tuple[Id, ...], many(1, MAX_POLICIES, "policies compared on the same crowd", distinct=True)
    ]
