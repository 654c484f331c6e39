"""Every error that Stroll Street raises on purpose, and the sentence each one carries.

    StrollError            something a person can read and act on; exit code 1
    |-- ScenarioError      a scenario file cannot be used: .problems lists all of it; exit code 2
    |-- JournalError       a saved run cannot be read or does not verify; exit code 2
    |-- DecisionError      a decision that is not possible now; it costs nothing
    |-- WordingError       a text is missing from assets/locale, or lacks a value
    |-- PlaceError         a folder or file of ours cannot be found, made or written
    |-- DisplayError       no window can be opened here
    `-- Refusal            a class does not let somebody do that (sim.classroom.refusal)

An error holds either a finished sentence or a `Phrase`: a key into assets/locale with its values,
worded only when somebody reads it, so that the same error can be shown in either language.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


class Phrase:
    """A text that is not worded yet: a key into assets/locale and the values to put in.

    Values may themselves be phrases, titles in both languages, or lists of these and of texts;
    they are worded in the same language.
    """

    __slots__ = ("key", "values")

    def __init__(self, key: str, /, **values: Any) -> None:
        self.key = key
        self.values = values

    def text(self, language: str | None = None) -> str:
        """The text in `language` ("zh" or "en"); None means the language of the environment."""
        # Wording needs WordingError from this file, so this file can only reach it when used.
        from sim import wording

        language = language or wording.preferred_language()
        values = {name: self._worded(value, language) for name, value in self.values.items()}
        return wording.text(self.key, language, **values)

    @classmethod
    def _worded(cls, value: Any, language: str) -> Any:
        if callable(getattr(value, "text", None)):  # a phrase, or the words of a scenario
            return value.text(language)
        if isinstance(value, (list, tuple)):
            separator = Phrase("errors.list.separator").text(language)
            return separator.join(str(cls._worded(item, language)) for item in value)
        return value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Phrase):
            return NotImplemented
        return self.key == other.key and self.values == other.values

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.values))))

    def __repr__(self) -> str:
        values = "".join(f", {name}={value!r}" for name, value in self.values.items())
        return f"Phrase({self.key!r}{values})"

    def __getstate__(self) -> tuple[str, dict[str, Any]]:
        return self.key, self.values

    def __setstate__(self, state: tuple[str, dict[str, Any]]) -> None:
        self.key, self.values = state


# What the operating system says in its own language, by the name of our sentence for it.
_SYSTEM_REASONS = {
    "a_folder": ("EISDIR",),
    "no_folder": ("ENOTDIR",),
    "not_allowed": ("EACCES", "EPERM"),
    "read_only": ("EROFS",),
    "full": ("ENOSPC", "EDQUOT"),
    "too_large": ("EFBIG",),
    "missing": ("ENOENT",),
    "busy": ("EBUSY", "ETXTBSY", "EAGAIN"),
    "exists": ("EEXIST",),
    "not_empty": ("ENOTEMPTY",),
    "long_name": ("ENAMETOOLONG",),
    "round_link": ("ELOOP",),
    "too_many_open": ("EMFILE", "ENFILE"),
    "broken": ("EIO",),
}
_REASON_OF = {
    getattr(errno, code): name
    for name, codes in _SYSTEM_REASONS.items()
    for code in codes
    if hasattr(errno, code)
}


def system_reason(error: OSError | ValueError) -> Phrase:
    """Why the operating system refused a file or folder, to stand inside a sentence.

    A ValueError means a name that no file can have. Reasons that are rare are quoted as they are.
    """
    if not isinstance(error, OSError):
        return Phrase("errors.system.bad_name")
    name = _REASON_OF.get(error.errno)
    if name:
        return Phrase(f"errors.system.{name}")
    return Phrase("errors.system.other", said=error.strerror or str(error) or "?")


class StrollError(Exception):
    """The base of all our errors.

    `StrollError("A finished sentence.")` or `StrollError(Phrase("errors.place.missing", path=p))`.
    """

    exit_code = 1

    def __init__(self, message: str | Phrase = "") -> None:
        super().__init__(message)
        self.message = message

    def in_language(self, language: str | None = None) -> str:
        """The sentence in `language`; None means the language of the environment."""
        if isinstance(self.message, Phrase):
            return self.message.text(language)
        return self.message

    @property
    def sentence(self) -> str:
        """The plain sentence, in the language of the environment."""
        return self.in_language(None)

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file, as data; `text(language)` makes the sentence.

    file        the file as its author would name it; "" when there is none
    line        line in that file, from 1; None when the problem is about the whole file
    key         dotted key such as "host.products.0.price"; "" when about the whole file
    found       what stands there, shortened; "" when nothing does
    accepted    what may stand there
    suggestion  the name that was probably meant; "" when nothing is near
    message     the sentence without file and line, not yet worded
    """

    file: str
    line: int | None
    key: str
    message: Phrase
    found: str = ""
    accepted: Phrase | None = None
    suggestion: str = ""

    def text(self, language: str | None = None) -> str:
        """The whole sentence: place, what was found, what is accepted, what was probably meant."""
        if not self.file:
            return self.message.text(language)
        if self.line is None:
            place = Phrase("errors.place_in.file", file=self.file)
        else:
            place = Phrase("errors.place_in.line", file=self.file, line=self.line)
        return Phrase("errors.place_in.sentence", place=place, message=self.message).text(language)

    def to_data(self, language: str | None = None) -> dict[str, Any]:
        """Plain JSON-able data with all texts worded in `language`."""
        return {
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "found": self.found,
            "accepted": self.accepted.text(language) if self.accepted else "",
            "suggestion": self.suggestion,
            "sentence": self.text(language),
        }


class ScenarioError(StrollError):
    """A scenario, or a file it refers to, cannot be used. `.problems` holds every reason found."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem] = (), language: str | None = None) -> None:
        Exception.__init__(self, tuple(problems), language)
        self.problems: tuple[Problem, ...] = self.args[0]
        self.language = language

    def in_language(self, language: str | None = None) -> str:
        """One line for each problem, in `language` (None: the caller's, else the environment's)."""
        return "\n".join(problem.text(language or self.language) for problem in self.problems)


class JournalError(StrollError):
    """A saved run cannot be read, or simulating it again does not give what it says."""

    exit_code = 2


class DecisionError(StrollError):
    """The decision is not possible in this run at this time. The run is unchanged."""


class WordingError(StrollError):
    """A text is missing from assets/locale or a value for it was not given: a slip of ours."""


class PlaceError(StrollError):
    """A folder or file that belongs to the program cannot be found, made or written."""


class DisplayError(StrollError):
    """No window can be opened on this machine."""
