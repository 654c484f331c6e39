"""Plain data together with where each value was written, and how to speak about places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sim.errors import Phrase, Problem

KeyPath = tuple[str | int, ...]

SHOWN_LENGTH = 40

# Control characters, line ends that only YAML counts, and characters that reorder or hide text.
_INVISIBLE_RANGES = (
    (0x00, 0x08),
    (0x0B, 0x0C),
    (0x0E, 0x1F),
    (0x7F, 0x9F),
    (0x200B, 0x200B),
    (0x200E, 0x200F),
    (0x2028, 0x202E),
    (0x2066, 0x2069),
    (0xD800, 0xDFFF),
    (0xFEFF, 0xFEFF),
    (0xFFFE, 0xFFFF),
)
INVISIBLE = re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in _INVISIBLE_RANGES) + "]")


def shorten(text: str) -> str:
    """`text` on one line, cut to a length that fits a sentence, invisible characters replaced."""
    text = INVISIBLE.sub("\ufffd", text[: SHOWN_LENGTH * 4])
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "\u2026"


def invisible_name(text: str) -> str:
    """The first invisible character of a text as "U+0000"; "" when there is none."""
    bad = INVISIBLE.search(text)
    return f"U+{ord(bad.group()):04X}" if bad else ""


def dotted(path: KeyPath) -> str:
    """`("host", "products", 0, "price")` as "host.products.0.price"."""
    return ".".join(shorten(str(part)) for part in path)


def readable_path(path: KeyPath, data: Any) -> str:
    """The dotted key, with items of lists named by their id where they have one.

    `Scenario.with_changes` understands the same keys.
    """
    parts: list[str | int] = []
    for part in path:
        data = _step(data, part)
        named = isinstance(part, int) and isinstance(data, dict) and isinstance(data.get("id"), str)
        parts.append(data["id"] if named else part)
    return dotted(tuple(parts))


def value_at(path: KeyPath, data: Any) -> Any:
    """The value at `path` in plain data; None when there is nothing."""
    for part in path:
        data = _step(data, part)
    return data


def _step(data: Any, part: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(part)
    if isinstance(data, (list, tuple)) and isinstance(part, int) and 0 <= part < len(data):
        return data[part]
    return None


@dataclass(frozen=True)
class Place:
    """Where a value stands: the line of its key (or list item), and its text as written."""

    line: int
    raw: str = ""


@dataclass(frozen=True)
class _Refusal:
    line: int | None
    name: str
    path: KeyPath
    found: str
    values: dict[str, Any]


@dataclass
class Document:
    """What one file says, where it says it, and what is wrong with it as YAML.

    file      the file as sentences call it; "" for data that came from no file
    data      plain dicts, lists, texts and numbers; None when the file cannot be used at all
    places    where each value stands
    poisoned  places whose values were refused already, so that nobody complains about them twice
    """

    file: str
    data: Any = None
    places: dict[KeyPath, Place] = field(default_factory=dict)
    poisoned: set[KeyPath] = field(default_factory=set)
    _refusals: list[_Refusal] = field(default_factory=list)
    _seen: Any = None

    def refuse(
        self, line: int | None, name: str, found: str = "", path: KeyPath = (), /, **values: Any
    ) -> None:
        """Note a problem of the file as YAML: the sentence "errors.yaml.NAME" and its values."""
        self._refusals.append(_Refusal(line, name, path, found, values))

    def give_up(self) -> None:
        """Nothing that was read is of use; ids that were seen may still name places."""
        self._seen, self.data = self.data, None

    @property
    def problem_count(self) -> int:
        """How many problems were noted."""
        return len(self._refusals)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the file as YAML."""
        data = self.data if self.data is not None else self._seen
        problems = []
        for refusal in self._refusals:
            key, found = readable_path(refusal.path, data), shorten(refusal.found)
            values = {"key": key, "found": found, **refusal.values}
            message = Phrase(f"errors.yaml.{refusal.name}", **values)
            problems.append(Problem(self.file, refusal.line, key, message, found=found))
        return problems

    def line(self, path: KeyPath) -> int | None:
        """The line of `path`, or of the nearest thing that encloses it."""
        for length in range(len(path), -1, -1):
            place = self.places.get(path[:length])
            if place is not None:
                return place.line
        return None

    def raw(self, path: KeyPath) -> str:
        """The value at `path` as its author wrote it, shortened; "" when it is not one value."""
        place = self.places.get(path)
        return shorten(place.raw) if place else ""

    def is_poisoned(self, path: KeyPath) -> bool:
        """Whether the value at `path`, or something that encloses it, was refused already."""
        return any(path[:length] in self.poisoned for length in range(len(path) + 1))
