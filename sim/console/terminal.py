"""The two places to write to: results go to `out`, everything else to `err`."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from sim import wording
from sim.console.folding import folded
from sim.errors import StrollError


@dataclass(frozen=True)
class Terminal:
    """Where and in which language a command talks."""

    language: str
    out: Console
    err: Console

    @classmethod
    def open(cls, language: str) -> Terminal:
        """The terminal this process was started in."""
        for stream in (sys.stdout, sys.stderr):
            # An old code page must cost a character, not the whole table.
            with contextlib.suppress(AttributeError, ValueError):
                stream.reconfigure(errors="replace")
        plain = {"highlight": False, "emoji": False, "markup": False}
        return cls(language, Console(**plain), Console(stderr=True, **plain))

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
