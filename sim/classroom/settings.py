"""How a class is run: what the instructor sets, before and during it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.errors import Phrase, StrollError
from sim.play.shared import MOST_SHOPS


class Settings(BaseModel):
    """mode       "same": everybody hosts on the identical crowd; "shared": streets of several
                  trainees' shops; "vote": one street, hosted by the majority
    rounds     how many the live is cut into; shops: to a street, in a shared class
    pacing     a round ends by the instructor, when all are ready, or when `seconds` are over
    late       who comes late gets a stand-in's rounds ("bot") or plays them to catch up ("fresh")
    names_shown  whether the projector tells names; ranking: "off", "private" or the `top` few
    weights    of the grades, by the name of a part; see sim.classroom.grading
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    mode: Literal["same", "shared", "vote"] = "same"
    rounds: int = Field(default=6, ge=1, le=12)
    shops: int = Field(default=4, ge=1, le=MOST_SHOPS)
    pacing: Literal["instructor", "ready", "timer"] = "instructor"
    seconds: int = Field(default=90, ge=10, le=3600)
    late: Literal["bot", "fresh"] = "bot"
    names_shown: bool = False
    ranking: Literal["off", "private", "top"] = "private"
    top: int = Field(default=3, ge=1, le=10)
    weights: dict[str, float] = Field(default_factory=dict, max_length=20)

    # What the crowd and the streets depend on stays as it was when the class was opened.
    FIXED: ClassVar[tuple[str, ...]] = ("mode", "rounds", "shops")

    @classmethod
    def read(cls, data: Any) -> Settings:
        """Settings of untrusted data; StrollError where they are not."""
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise _refused(error) from None

    def changed(self, changes: Mapping[str, Any]) -> Settings:
        """The same with some of them set anew; StrollError where that cannot be."""
        if not isinstance(changes, Mapping):
            raise StrollError(Phrase("class_core.setting", key="settings"))
        fixed = [name for name in changes if name in self.FIXED]
        if fixed:
            raise StrollError(Phrase("class_core.setting_fixed", key=fixed[0]))
        return self.read({**self.model_dump(), **changes})


def _refused(error: ValidationError) -> StrollError:
    place = error.errors()[0]["loc"]
    return StrollError(Phrase("class_core.setting", key=str(place[0]) if place else "settings"))
