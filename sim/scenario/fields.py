"""What all fields of scenario files have in common: limits, texts, ids, clock times and shares."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

SCHEMA_VERSION = 1
MAX_TOPICS = 8
MAX_HOSTS = 8
MAX_PRODUCTS = 12
MAX_NOTES = 60
MAX_TACTICS = 40
MAX_CHOICES = 9
MAX_SHOPPERS = 1_000_000
SHARE_TOLERANCE = 1e-6


def minutes_of(clock: str) -> int:
    """Minutes since midnight of a clock time: "20:05" -> 1205."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def sorted_keys(mapping: dict[str, Any]) -> dict[str, Any]:
    # Equal scenarios must behave equally, whatever order their authors wrote the keys in.
    return {key: mapping[key] for key in sorted(mapping)}


def _whole_number(value: Any) -> Any:
    # To Python, true and 1.0 equal 1.
    if type(value) is not int:
        raise ValueError("not a whole number")
    return value


def kind(name: str) -> dict[str, str]:
    """Names the phrase of assets/locale/errors.yaml that says what is accepted."""
    return {"x-accepted": name}


_ID = r"^[a-z][a-z0-9_]{0,31}$"
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_CLOSING = r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
# One line with something to see on it. Invisible characters are refused by the reader and,
# for data that did not pass the reader, in sim.scenario.load.
_LINE = r"^[^\r\n\t]*[^\s][^\r\n\t]*$"

Id = Annotated[str, Field(pattern=_ID, json_schema_extra=kind("id"))]
Clock = Annotated[str, Field(pattern=_CLOCK, json_schema_extra=kind("clock"))]
ClosingClock = Annotated[str, Field(pattern=_CLOSING, json_schema_extra=kind("closing_clock"))]
Reference = Annotated[str, Field(min_length=1, max_length=200, json_schema_extra=kind("reference"))]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_LINE)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=_LINE)]
Share = Annotated[float, Field(ge=0, le=1)]
Shares = Annotated[
    dict[Id, Share],
    Field(min_length=1, max_length=MAX_TOPICS),
    AfterValidator(sorted_keys),
]
Version = Annotated[
    Literal[1],
    BeforeValidator(_whole_number),
    Field(alias="schema", description="version of this file's format"),
]


def many(low: int, high: int, description: str, distinct: bool = False) -> Any:
    """A list in the file, a tuple in the program, so that nothing can change it.

    `distinct` tells editors that nothing is listed twice; sim.scenario.checks says it in words.
    """
    extra = {"uniqueItems": True} if distinct else None
    return Field(
        min_length=low,
        max_length=high,
        strict=False,
        description=description,
        json_schema_extra=extra,
    )


def unit(name: str) -> dict[str, str]:
    """Names the phrase of assets/locale/errors.yaml for the unit."""
    return {"x-unit": name}


def yuan(description: str, low: float) -> Any:
    return Field(
        ge=low,
        le=1_000_000,
        description=f"{description}, at most two decimals",
        json_schema_extra=unit("yuan"),
    )


class Part(BaseModel):
    """Anything in a scenario: cannot be changed, knows all its keys, takes no text for a number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Words(Part):
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


class Brief(Part):
    """What the trainee reads before the live: a few short lines in both languages."""

    zh: Annotated[tuple[Line, ...], many(1, 10, "Chinese, one line each")]
    en: Annotated[tuple[Line, ...], many(1, 10, "English, one line each")]

    def lines(self, language: str) -> tuple[str, ...]:
        """The lines in "zh" or "en"."""
        return self.zh if language == "zh" else self.en
