"""One entry of the ledger: something lost, and the minute, act and tactic it is charged to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.errors import Phrase
from sim.play.branch_words import Clause, yuan

# What can be lost, and what each can be charged to; each pair has a sentence in both languages.
CAUSES: dict[str, tuple[str, ...]] = {
    "return": ("pressure", "excitement", "trick", "not_known", "chance"),
    "lost_follower": ("pressure", "trick", "unanswered", "missed_offer", "returned", "chance"),
    "missed_sale": (
        "sold_out", "missed_offer", "pressure", "waiting", "boredom", "patience", "called_away",
        "closed", "moved_on", "lost_trust", "cooled", "bargain_over", "spent", "undecided",
    ),
    "resentment": ("pressure", "trick", "unanswered", "missed_offer"),
}  # fmt: skip
# Over weeks more can be lost, and for more reasons.
CAUSES_OF_WEEKS: dict[str, tuple[str, ...]] = {
    **CAUSES,
    "lost_follower": (*CAUSES["lost_follower"], "notes", "tales", "weary"),
    "lost_member": ("adverts", "unattended", "chance"),
}


@dataclass(frozen=True)
class Charge:
    """A loss and what the rules of the model say it came from.

    kind      one of CAUSES, or of CAUSES_OF_WEEKS for a campaign
    cause     why, one of those behind its kind
    tick      when the charged act was last done; minute: full minutes since the live began
    since     first minute of it, where it went on
    act       name as in YAML; None when no act caused it (chance, stock, being called away)
    tactic    id of the tactic in force then; None for the trainee's own mix or when act is None
    shopper, product  numbers; product -1 when it is about none
    fen       money lost: refunded, or not taken; 0 for what has no price
    evidence  numbers of events in run.events()
    order     number in the order book, or None
    day       of a campaign, 1 on the first; None in an evening
    alone     whether without this cause alone it would not have happened (returns only)
    """

    kind: str
    cause: str
    tick: int
    minute: int
    since: int
    act: str | None
    tactic: str | None
    segment: int | None
    shopper: int
    product: int
    fen: int
    evidence: tuple[int, ...]
    order: int | None = None
    alone: bool = True
    names: Mapping[str, Any] = field(default_factory=dict, compare=False)
    count: int = 1
    basis: str = "rule"
    day: int | None = None

    def clause(self) -> Clause:
        """The sentence, to be worded."""
        values: dict[str, Any] = {"minute": self.minute, "yuan": yuan(self.fen)}
        values["product"] = self.names.get("product") or Phrase("ledger.product.none")
        values["act"] = Phrase(f"ledger.act.{self.act or 'none'}")
        what = Clause(f"ledger.{self.kind}.{self.cause}", values)
        way = self.names.get("tactic") or Phrase("ledger.way.own")
        if self.day is not None:
            return self._on_a_day(what, way)
        if self.names.get("later"):
            # a minute of the live would be thousands of them, on another day
            return Clause("ledger.entry.later", {"what": what})
        if self.act is None:
            return Clause("ledger.entry.nobody", {"minute": self.minute, "what": what})
        return Clause("ledger.entry.charged", {"minute": self.minute, "tactic": way, "what": what})

    def _on_a_day(self, what: Clause, way: Any) -> Clause:
        """Of a campaign: with the day, and with the minute where it was in a live."""
        values = {"day": self.day, "minute": self.minute, "what": what}
        if self.names.get("later"):
            return Clause("ledger.entry.day", {"day": self.day, "what": what})
        if self.act is None:
            return Clause("ledger.entry.day_nobody", values)
        return Clause("ledger.entry.day_charged", {**values, "tactic": way})

    def text(self, language: str) -> str:
        """One plain sentence in "zh" or "en"."""
        return self.clause().text(language)

    def to_data(self) -> dict[str, Any]:
        """Plain JSON-able data."""
        names = (
            "kind", "cause", "tick", "minute", "since", "act", "tactic", "segment", "shopper",
            "product", "fen", "count", "order", "alone", "basis", "day",
        )  # fmt: skip
        return {**{name: getattr(self, name) for name in names}, "evidence": list(self.evidence)}
