"""What a scenario claims to teach, in terms of outcomes over many crowds.

`main.py check --claims` plays both ways on the same crowds and proves or refutes each claim.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, PlainValidator, WithJsonSchema

from sim.scenario.fields import Id, Part, Sentence, Share, kind, many

MAX_CLAIMS = 20
MAX_CHANGES = 20

# The figures of one run, of an evening or of a campaign; their meanings stand in the wording
# of metrics. A test holds these names to those that sim.play computes.
Metric = Literal[
    "impressions",
    "visits",
    "viewers",
    "watch_seconds",
    "comments",
    "commenters",
    "orders",
    "buyers",
    "conversion",
    "gmv",
    "returns",
    "return_rate",
    "net_sales",
    "followers",
    "unfollowed",
    "orders_after_5min",
    "median_minutes_to_order",
    "commenter_ratio",
    "trust",
    "profit",
    "note_reads",
    "note_comments",
    "note_sales",
    "fan_share",
    "member_watch_minutes",
    "members",
    "member_value_ratio",
    "repeat_share",
    "traffic_spent",
    "traffic_return",
    "standing",
    "quality",
]
CLAIM_METRICS: tuple[str, ...] = get_args(Metric)

_MOST = 1_000_000_000
_LONGEST = 200


def _single_value(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and len(value) <= _LONGEST:
        return value
    if isinstance(value, (int, float)) and -_MOST <= value <= _MOST:
        return value
    raise ValueError("not a single value")


# One kind of value for pydantic, so that a wrong one is one sentence and not one for each kind.
Value = Annotated[
    Any,
    PlainValidator(_single_value),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "boolean"},
                {
                    "type": "number",
                    "minimum": -_MOST,
                    "maximum": _MOST,
                    "description": "a number",
                },
                {"type": "string", "maxLength": _LONGEST},
            ],
            **kind("single_value"),
        }
    ),
]
Changes = Annotated[
    dict[str, Value],
    Field(
        max_length=MAX_CHANGES,
        description="values of this scenario that are other than written, by dotted key",
    ),
]


class Way(Part):
    """A way to play the scenario."""

    tactic: Id | None = Field(default=None, description="tactic kept through every live")
    policy: Id | None = Field(default=None, description="policy of the campaign")
    change: Changes = Field(default_factory=dict)
    switch_off: Annotated[tuple[Id, ...], many(0, 40, "mechanisms to do without")] = ()


class Claim(Part):
    """On the same crowds, one way does better than another, or as well."""

    says: Sentence = Field(description="the claim in words")
    metric: Metric = Field(description="the figure that is compared")
    of: Way = Field(description="the way that has more of it")
    than: Way = Field(description="the way it is compared with")
    share: Share = Field(default=0.9, description="share of crowds in which it must hold")
    times: float = Field(
        default=1, ge=0, le=1000,
        description="how many times as much it must be, over all crowds together",
    )  # fmt: skip
    alike: Share | None = Field(
        default=None,
        description="instead of more: how far the two may lie apart, as a share of the second",
    )
    crowds: int = Field(default=50, ge=2, le=2000, description="crowds on which it is proven")
