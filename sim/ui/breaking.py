"""Where a line of Chinese, English or both may end.

Chinese breaks between any two characters, except that a line must not begin with closing
punctuation nor end with opening punctuation; English breaks between words; a number keeps its sign,
its currency and its per cent.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# Full-width forms are written as escapes, because many editors show them like the ASCII ones.
NOT_AT_START = set(
    "\uff0c\uff1b\uff1a\uff1f\uff01\uff09\uff3d\uff05\u3002\u3001\u300b\u3009\u300d\u300f\u3011"
    "\u3015\u201d\u2019\u2026\u2014\uff5e\u00b7%\u2030,.;:?!)]}\u203a\u00bb"
)
NOT_AT_END = set(
    "\uff08\u300a\u3008\u300c\u300e\u3010\u3014\u201c\u2018\uff3b([{\uffe5\u00a5$\u2039\u00ab"
)
_WORD = re.compile(
    r"\s+"
    r"|[+\-\u2212]?[\u00a5\uffe5$]?\d[\d,.:]*[%\u2030]?"
    r"|[A-Za-z\u00c0-\u017e0-9_'\u2019@&/\-]+"
    r"|\u2026\u2026|\u2014\u2014|\S"
)


def clusters(text: str) -> list[str]:
    """The text cut into pieces that must stay whole. Joined together they are the text again."""
    pieces: list[str] = []
    glue_next = False
    for token in _WORD.findall(text):
        starts_badly = token[0] in NOT_AT_START and not token[0].isspace()
        after_space = bool(pieces) and pieces[-1].isspace()
        if pieces and (glue_next or (starts_badly and not after_space)):
            pieces[-1] += token
        else:
            pieces.append(token)
        glue_next = token[-1] in NOT_AT_END
    return pieces


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than `width` by `measure`; an explicit newline always ends a line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_break_paragraph(paragraph, width, measure))
    return lines or [""]


def _break_paragraph(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in clusters(text):
        if piece.isspace():
            line += piece if line else ""
            continue
        if not line or measure(line + piece) <= width:
            line += piece
        else:
            lines.append(line.rstrip())
            line = piece
        while measure(line) > width and len(line) > 1:
            cut = _longest_prefix(line, width, measure)
            lines.append(line[:cut])
            line = line[cut:]
    lines.append(line.rstrip())
    return lines


def _longest_prefix(text: str, width: float, measure: Callable[[str], float]) -> int:
    cut = 1
    while cut < len(text) - 1 and measure(text[: cut + 1]) <= width:
        cut += 1
    # Even inside one overlong piece, closing punctuation does not open the next line.
    while cut > 1 and (text[cut] in NOT_AT_START or text[cut - 1] in NOT_AT_END):
        cut -= 1
    return cut


def shorten(text: str, width: float, measure: Callable[[str], float]) -> str:
    """The text, or as much of it as fits before an ellipsis."""
    if measure(text) <= width:
        return text
    kept = text
    while kept and measure(kept.rstrip() + "…") > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"
