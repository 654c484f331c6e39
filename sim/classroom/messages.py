"""What a browser may say, and nothing else: every message is of one of these forms.

    {"type": "choose", "id": 12, "round": 1, "hand": {"tactic": "patient"}, "ready": true}

`id` is the browser's own number for it, which every answer carries back.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from sim.play.strict_json import strict_json

MAXIMUM_BYTES = 4096
_MAXIMUM_DEPTH = 8

Language = Literal["zh", "en"]
Number = Annotated[int, Field(ge=0, lt=2**53)]
# Longer than any that is let in, so that what is wrong with a name is said by who knows the rules.
Name = Annotated[str, Field(min_length=1, max_length=64)]
Typed = Annotated[str, Field(min_length=1, max_length=64)]
Round = Annotated[int, Field(ge=0, le=100)]
Fields = Annotated[dict[str, JsonValue], Field(max_length=40)]


class Malformed(ValueError):
    """What came is no message; `id` is its number where one could be read."""

    def __init__(self, key: str, number: int | None = None) -> None:
        super().__init__(key)
        self.key, self.id = key, number


class _Message(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    id: Number = 0


class Hello(_Message):
    """First on every line of a phone: which class, and who, where a token is kept."""

    type: Literal["hello"]
    code: Typed | None = None
    token: Typed | None = None
    language: Language | None = None


class Join(_Message):
    """Take a new seat."""

    type: Literal["join"]
    name: Name
    pin: Typed
    language: Language = "zh"


class Resume(_Message):
    """Come back to one's seat, from this phone or another."""

    type: Literal["resume"]
    name: Name
    pin: Typed
    language: Language | None = None


class Bets(_Message):
    """What somebody expects, before the live."""

    type: Literal["bets"]
    bets: Annotated[list[Fields], Field(max_length=20)]


class Choose(_Message):
    """A hand for a round, to be changed until the round is closed."""

    type: Literal["choose"]
    round: Round
    hand: Fields
    ready: bool = False


class Ready(_Message):
    """Done with this round, or not yet after all."""

    type: Literal["ready"]
    round: Round
    ready: bool


class Branch(_Message):
    """What another hand in one round would have done."""

    type: Literal["branch"]
    round: Round
    hand: Fields


class Diary(_Message):
    """The day of one shopper, in the run or also in a branch."""

    type: Literal["diary"]
    shopper: Number
    branch: Fields | None = None


class SetLanguage(_Message):
    """In which language views are to come."""

    type: Literal["language"]
    language: Language


class Ping(_Message):
    """Is anybody there?"""

    type: Literal["ping"]


class Login(_Message):
    """The instructor's pin."""

    type: Literal["login"]
    pin: Typed


class Act(BaseModel):
    """Something the instructor does; which fields go with `do` is judged by the room."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)
    __pydantic_extra__: dict[str, JsonValue]

    type: Literal["act"]
    id: Number = 0
    do: Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]

    def action(self) -> dict[str, Any]:
        """The action as plain data: `do` and the fields that came with it."""
        return {"do": self.do, **(self.model_extra or {})}


PhoneMessage = Hello | Join | Resume | Bets | Choose | Ready | Branch | Diary | SetLanguage | Ping
BoardMessage = Hello | SetLanguage | Ping
ConsoleMessage = Hello | Login | Act | SetLanguage | Ping

_READERS: dict[str, TypeAdapter[Any]] = {
    who: TypeAdapter(Annotated[messages, Field(discriminator="type")])
    for who, messages in (
        ("phone", PhoneMessage),
        ("board", BoardMessage),
        ("console", ConsoleMessage),
    )
}


def read_message(who: Literal["phone", "board", "console"], text: str | bytes) -> Any:
    """The message that came from a phone, the board or the console. Raises Malformed."""
    if len(text) > MAXIMUM_BYTES or len(_bytes(text)) > MAXIMUM_BYTES:
        raise Malformed("too_large")
    try:
        data = strict_json(text, _MAXIMUM_DEPTH)
    except ValueError as error:
        raise Malformed("malformed") from error
    number = data.get("id") if isinstance(data, dict) else None
    if type(number) is not int or not 0 <= number < 2**53:
        number = None
    try:
        return _READERS[who].validate_python(data)
    except ValidationError as error:
        kinds = {problem["type"] for problem in error.errors()}
        unknown = kinds & {"union_tag_invalid", "union_tag_not_found"}
        raise Malformed("unknown_type" if unknown else "malformed", number) from error


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", errors="replace")
