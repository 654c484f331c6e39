"""What the platform does: whom it shows what, whom it helps, what it takes and punishes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.fields import Id, Part, Sentence, Share, Words, many, unit, yuan

MAX_TIERS = 8
MAX_PARTNERS = 6


class Platform(Part):
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


class ColdStart(Part):
    """Help for hosts whose first live begins, or who have not been live for long."""

    days: int = Field(
        default=0, ge=0, le=90, description="how long it lasts; 0 is no help",
        json_schema_extra=unit("days"),
    )  # fmt: skip
    idle_days: int = Field(
        default=30, ge=1, le=365, description="days without a live after which it is given again",
        json_schema_extra=unit("days"),
    )  # fmt: skip
    weight: float = Field(default=0, ge=0, le=10, description="added for the host's cards")


class Tier(Part):
    """Traffic for hosts who have settled so much in the last thirty days."""

    sales: float = yuan("settled sales of thirty days from which it is given", 1)
    weight: float = Field(ge=0, le=10, description="added for the host's cards")


class Auction(Part):
    """Paid places among the cards, sold by auction a click at a time."""

    share: Share = Field(default=0.0, description="share of offered cards that are paid places")
    rival_bid: float = Field(
        default=1.5, ge=0.01, le=1000, description="half of the rivals' highest bids are lower",
        json_schema_extra=unit("yuan a click"),
    )  # fmt: skip
    rival_spread: float = Field(
        default=0.6, ge=0, le=3, description="standard deviation of the bids' natural logarithm"
    )


class Conduct(Part):
    """What reports and returns do to a host's standing, which multiplies what is shown of them."""

    report_loss: float = Field(
        default=0, ge=0, le=100,
        description="standing lost when every viewer of a minute reports; times the share who do",
    )  # fmt: skip
    returns_allowed: Share = Field(
        default=1.0, description="share of a month's parcels that may come back without harm"
    )
    returns_loss: Share = Field(
        default=0.0, description="share of standing lost a day when all parcels come back"
    )
    recovery: Share = Field(
        default=0.05, description="share of the missing standing that comes back a day"
    )


class Partner(Part):
    """An institution that helps for a share of the sales, and wants a say."""

    id: Id
    title: Words
    summary: Sentence
    commission: Share = Field(description="share of settled sales that it takes")
    fee_rebate: Share = Field(description="share of the platform's fee that it brings back")
    cover: float = Field(ge=0, le=1, description="how much of what covers lack it adds")
    clarity: float = Field(ge=0, le=10, description="equipment grade that it adds")
    hours: float = Field(
        ge=0, le=12, description="hours of the host's work a day that it takes over",
        json_schema_extra=unit("hours"),
    )  # fmt: skip
    warmth: float = Field(
        ge=0, le=2, description="times the warmth of what the host says; below 1 is a script"
    )


class Policy(Part):
    """What the platform gives and takes. All of it can be left out and then does nothing."""

    fee: Share = Field(default=0.0, description="share of settled sales that the platform keeps")
    parcel: float = Field(
        default=0, ge=0, le=1000, description="what sending a parcel costs the host",
        json_schema_extra=unit("yuan"),
    )  # fmt: skip
    parcel_back: float = Field(
        default=0, ge=0, le=1000, description="what a parcel that comes back costs the host",
        json_schema_extra=unit("yuan"),
    )  # fmt: skip
    cold_start: ColdStart = ColdStart()
    growth: Annotated[tuple[Tier, ...], many(0, MAX_TIERS, "help for growing hosts")] = ()
    traffic: Auction = Auction()
    conduct: Conduct = Conduct()
    partners: Annotated[
        tuple[Partner, ...], many(0, MAX_PARTNERS, "institutions a host can sign with")
    ] = ()
