"""Hosts with their goods, notes and lives, and the tactics by which they sell."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from sim.scenario.fields import (
    MAX_NOTES,
    MAX_PRODUCTS,
    Clock,
    Id,
    Part,
    Sentence,
    Share,
    Shares,
    Words,
    many,
    sorted_keys,
    unit,
    yuan,
)

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


class Product(Part):
    """Something on a host's rail."""

    id: Id
    name: Words
    topics: Shares = Field(description="what it is about: shares of the street's topics, sum 1")
    price: float = yuan("the honest price", 0.01)
    cost: float = yuan("what one unit costs the host", 0)
    complexity: float = Field(
        ge=0, le=10, description="how hard it is to judge without being shown; 0 tells itself"
    )
    quality: float = Field(ge=0, le=1, description="real quality, as found out after delivery")
    closeup: float = Field(ge=0, le=1, description="how much there is to see in a close-up")
    stock: int = Field(
        ge=0, le=1_000_000, description="what can be sold", json_schema_extra=unit("units")
    )

    lasts: int = Field(
        default=30, ge=1, le=3650, description="days until half of its owners want another",
        json_schema_extra=unit("days"),
    )  # fmt: skip

    @property
    def price_fen(self) -> int:
        """The price in whole fen."""
        return round(self.price * 100)

    @property
    def cost_fen(self) -> int:
        """The cost in whole fen."""
        return round(self.cost * 100)


class Note(Part):
    """A post on the street: a picture card that shoppers may open."""

    id: Id
    title: Words
    format: Literal["look", "poll", "collection", "story", "hard_sell"] = Field(
        description="what kind of note it is"
    )
    looks: int = Field(
        default=1, ge=1, le=30, description="number of looks shown, for format: look"
    )
    products: Annotated[
        tuple[Id, ...], many(1, 7, "ids of this host's products in the note", distinct=True)
    ]
    likes: int = Field(
        ge=0,
        le=100_000_000,
        description="likes it already has",
    )
    cover: float = Field(ge=0, le=1, description="how well its cover catches the eye")


class Rundown(Part):
    """One stretch of the live's plan."""

    product: Id = Field(description="id of the product on show")
    minutes: int = Field(ge=1, le=240, description="how long", json_schema_extra=unit("minutes"))


class Live(Part):
    """When the played room is live."""

    starts: Clock = Field(description='start, such as "20:00"')
    minutes: int = Field(ge=5, le=240, description="length", json_schema_extra=unit("minutes"))


class NeighbourLive(Live):
    """When a neighbour's room is live, and how its host sells."""

    tactic: Id = Field(description="id of a tactic")
    every: int = Field(
        default=1, ge=1, le=30, description="live on every so many days",
        json_schema_extra=unit("days"),
    )  # fmt: skip


class Host(Part):
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
        json_schema_extra=unit("people"),
    )
    topics: Shares = Field(description="what the host is about: shares of the topics, sum 1")
    products: Annotated[tuple[Product, ...], many(1, MAX_PRODUCTS, "the goods")]
    notes: Annotated[tuple[Note, ...], many(0, MAX_NOTES, "the notes")] = ()
    rundown: Annotated[tuple[Rundown, ...], many(0, 48, "which product when, in turn")] = ()


class PlayedHost(Host):
    """The host whom the trainee plays. When it is live stands in the scenario's own `live:`."""

    idle_days: int = Field(
        default=0, ge=0, le=3650,
        description="days since the last live before the first day; as many as the platform asks "
        "for, or more, and it helps a cold start",
        json_schema_extra=unit("days"),
    )  # fmt: skip

    @property
    def live(self) -> None:
        """Nothing: the played room's hours are `scenario.live`."""
        return None


class Neighbour(Host):
    """Another host of the street, played by the program."""

    live: NeighbourLive | None = Field(default=None, description="leave out if not live tonight")


class Tactic(Part):
    """A named way to spend a minute."""

    title: Words
    summary: Sentence
    mix: Annotated[
        dict[Act, Share],
        Field(
            min_length=1,
            description="shares of the host's minute, sum 1",
            # Older versions of pydantic do not say this by themselves.
            json_schema_extra={"propertyNames": {"enum": list(ACTS)}},
        ),
        AfterValidator(sorted_keys),
    ]
