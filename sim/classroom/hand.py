"""A hand: what one trainee decides for one round, as data that crosses the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.errors import DecisionError, Phrase
from sim.model.decisions import (
    AnswerShopper,
    Decision,
    Perform,
    SetMix,
    SetTactic,
    ShowProduct,
)

MOST_ANSWERS = 5
SHORTEST_ACT, LONGEST_ACT = 60, 300


@dataclass(frozen=True)
class Hand:
    """What is decided for a round; everything left out goes on as before.

    tactic    id of a tactic, or mix: shares of acts, (act, share) pairs that sum to 1
    product   id of what goes on show
    act       one single act, done first for `seconds` (60 to 300)
    answers   shoppers whose open questions come first, in this order, 5 at most
    policy    in a campaign, the policy that lives the days of the round
    """

    tactic: str | None = None
    mix: tuple[tuple[str, float], ...] | None = None
    product: str | None = None
    act: str | None = None
    seconds: int = SHORTEST_ACT
    answers: tuple[int, ...] = ()
    policy: str | None = None

    def decisions(self) -> list[Decision]:
        """The decisions of an evening in the order in which they are given to the room."""
        wished: list[Decision] = []
        if self.mix is not None:
            wished.append(SetMix(dict(self.mix)))
        elif self.tactic is not None:
            wished.append(SetTactic(self.tactic))
        if self.product is not None:
            wished.append(ShowProduct(self.product))
        # Each goes to the head of the queue, so the first wish is said last.
        wished += [AnswerShopper(shopper) for shopper in reversed(self.answers)]
        if self.act is not None:
            wished.append(Perform(self.act, self.seconds))
        return wished

    def to_data(self) -> dict[str, Any]:
        """Plain data with what was decided alone; `from_data` reads it back."""
        data: dict[str, Any] = {}
        for name in ("tactic", "product", "act", "policy"):
            if getattr(self, name) is not None:
                data[name] = getattr(self, name)
        if self.act is not None:
            data["seconds"] = self.seconds
        if self.mix is not None:
            data["mix"] = dict(self.mix)
        if self.answers:
            data["answers"] = list(self.answers)
        return data

    @classmethod
    def from_data(cls, data: Any) -> Hand:
        """Reads untrusted data. DecisionError where it is no hand; whether it is possible in a
        room is found out in the room."""
        refused = DecisionError(Phrase("decisions.not_a_decision"))
        if not isinstance(data, Mapping) or not set(data) <= set(cls.__dataclass_fields__):
            raise refused
        names = {name: data.get(name) for name in ("tactic", "product", "act", "policy")}
        if any(value is not None and not _is_name(value) for value in names.values()):
            raise refused
        seconds, answers, mix = (
            data.get("seconds", SHORTEST_ACT), data.get("answers", []), data.get("mix"),
        )  # fmt: skip
        if type(seconds) is not int or not SHORTEST_ACT <= seconds <= LONGEST_ACT:
            raise refused
        numbers = isinstance(answers, list) and all(
            type(shopper) is int and 0 <= shopper < 10**6 for shopper in answers
        )
        if not numbers or len(answers) > MOST_ANSWERS or len(set(answers)) < len(answers):
            raise refused
        if mix is not None:
            shares = isinstance(mix, Mapping) and 0 < len(mix) <= 20 and all(
                _is_name(act) and type(share) in (int, float) and 0.0 <= share <= 1.0
                for act, share in mix.items()
            )  # fmt: skip
            if not shares or names["tactic"] is not None:
                raise refused
            mix = tuple(sorted((act, float(share)) for act, share in mix.items()))
        return cls(**names, mix=mix, seconds=seconds, answers=tuple(answers))


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 64
