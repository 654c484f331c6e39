"""One line of a class's log: what somebody did, in the order in which it counted.

A class is its scenario, its seed and these entries; everything that is shown is made of them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class NewEntry:
    """An entry that has no number yet: at (unix seconds), what kind, whose seat, and its data."""

    at: float
    kind: str
    seat: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """An entry as it was written down; numbers start at 1 and have no gaps."""

    number: int
    at: float
    kind: str
    seat: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
