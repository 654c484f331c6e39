"""Values of sentences that are worded only when somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim import wording
from sim.errors import Phrase

ABOUT = ("fit", "material", "price", "use", "trust", "chatter")


@dataclass(frozen=True)
class Clause:
    """A text of assets/locale with its values; values may be clauses, phrases or scenario words."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str, **more: Any) -> str:
        """The text in "zh" or "en"; `more` are values that clauses inside get as well."""
        values = {**more, **self.values}
        worded = {name: word(value, language, more) for name, value in values.items()}
        return wording.text(self.key, language, **worded)


def word(value: Any, language: str, more: Mapping[str, Any]) -> Any:
    """A value as it stands in a text: clauses and names worded, numbers without a needless .0."""
    if isinstance(value, Clause):
        return value.text(language, **more)
    if isinstance(value, Phrase) or hasattr(value, "text"):
        return value.text(language)
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value - round(value)) < 0.05 else f"{value:.1f}"
    return value


def about(lack: int) -> Clause:
    """What a question was about, by the number of the Lack."""
    return Clause(f"fates.about.{ABOUT[lack]}")


def yuan(fen: int) -> str:
    """An amount of money as people write it: whole yuan from ten up, else with fen."""
    sign, amount = ("−" if fen < 0 else ""), abs(fen)
    if amount >= 1000 or amount % 100 == 0:
        return f"{sign}¥{round(amount / 100):,}"
    return f"{sign}¥{amount / 100:.2f}"
