"""Names of trainees: what may be one, and when two are the same."""

from __future__ import annotations

import re
import unicodedata

from sim.classroom.refusal import Refusal

MOST_CHARACTERS = 16


def clean(typed: str) -> str:
    """The name that was typed: NFKC, single gaps, 1 to 16 characters, nothing invisible.

    Refusal("bad_name") where it is none. What a name says is never read as anything but text.
    """
    if not isinstance(typed, str) or len(typed) > 200:
        raise Refusal("bad_name", most=MOST_CHARACTERS)
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", typed)).strip()
    seen = [char for char in name if unicodedata.category(char)[0] not in "CZM"]
    invisible = any(unicodedata.category(char)[0] == "C" for char in name)
    # A few marks make an accent, many make a tower that hides its neighbours.
    towers = re.search(r"[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{3}", name)
    if invisible or towers or not seen or len(name) > MOST_CHARACTERS:
        raise Refusal("bad_name", most=MOST_CHARACTERS)
    return name


def folded(name: str) -> str:
    """Equal for names that people would take for the same."""
    return unicodedata.normalize("NFKC", name).casefold().replace(" ", "")
