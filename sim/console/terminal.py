"""The two places to write to: results go to `out`, everything else to `err`."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from sim import wording
from sim.console.folding import folded
from sim.errors import StrollError, system_reason

# A narrower screen shows our tables broken; a cut-off figure would be worse.
_LEAST_WIDTH = 40
# What an old code page lacks, as the signs that every one has.
_PLAIN = {
    "–": "-", "—": "-", "−": "-", "×": "x", "·": "-", "…": "...", "“": '"', "”": '"', "’": "'",
    "✓": "+", "✗": "!", "★": "*", "☆": ".", "→": "->", "≈": "~",
}  # fmt: skip


@dataclass(frozen=True)
class Terminal:
    """Where and in which language a command talks."""

    language: str
    out: Console
    err: Console

    @classmethod
    def open(cls, language: str) -> Terminal:
        """The terminal this process was started in."""
        codecs.register_error("stroll_plain", _plainly)
        for stream in (sys.stdout, sys.stderr):
            # An old code page must cost a character, not the whole table.
            with contextlib.suppress(AttributeError, ValueError):
                stream.reconfigure(errors="stroll_plain")
        plain = {"highlight": False, "emoji": False, "markup": False}
        opened = cls(language, Console(**plain), Console(stderr=True, **plain))
        for console in (opened.out, opened.err):
            if console.width < _LEAST_WIDTH:
                console.width = _LEAST_WIDTH
        opened._warn_of_code_page()
        return opened

    def _warn_of_code_page(self) -> None:
        """Say, in letters that every code page has, why Chinese comes out as question marks."""
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        try:
            "逛街".encode(encoding)
        except (UnicodeEncodeError, LookupError):
            if self.language == "zh":
                self.err.print(wording.text("cli.code_page", "en", name=encoding), soft_wrap=True)

    def lose_results(self, error: OSError) -> None:
        """Say that what was to be printed had no place to go, and try no more to print it."""
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
        with contextlib.suppress(OSError):
            reason = system_reason(error).text(self.language)
            self.say("cli.output_lost", reason=reason)

    def text(self, key: str, **values: Any) -> str:
        """A text of assets/locale in this terminal's language."""
        return wording.text(key, self.language, **values)

    def fold(self, text: str, beside: int = 0) -> str:
        """A text in lines that fit this terminal, `beside` cells of which are taken."""
        return folded(text, self.out.width - beside, self.language)

    def tell(self, text: str) -> None:
        """A paragraph of results."""
        self.out.print(self.fold(text))

    def say(self, key: str, **values: Any) -> None:
        """One plain sentence beside the results."""
        self.err.print(self.text(key, **values), soft_wrap=True)

    def complain(self, error: StrollError) -> None:
        """What an error has to say, unbroken, so that it can be searched for and copied."""
        self.err.print(error.in_language(self.language), soft_wrap=True)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """What stands for letters that the screen's code page does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_PLAIN.get(letter, "?") for letter in letters), error.end
