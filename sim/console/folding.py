"""Breaks lines as readers of each language expect; rich alone breaks Chinese only at spaces."""

from __future__ import annotations

import re
import textwrap

from rich.cells import cell_len

# A line begins with none of these, and ends with none of those that open something.
_CLOSING = frozenset("，。：；！？、）》”’…％%")
_OPENING = frozenset("（《“‘")
# Ties a sign to its figure on a page; terminals draw it as they like.
_JOINER = "\u2060"
# Figures and Latin words stay whole, and so does a Chinese character with its punctuation.
_PIECES = re.compile(r"[!-~−–¥×★☆]+|\s+|.", re.DOTALL)


def folded(text: str, width: int, language: str) -> str:
    """The text in lines of at most `width` cells; lines that it has already stay apart."""
    width, text = max(width, 10), text.replace(_JOINER, "")
    fold = _chinese if language == "zh" else _english
    return "\n".join(fold(line, width) for line in text.split("\n"))


def _english(line: str, width: int) -> str:
    return "\n".join(textwrap.wrap(line, width, break_on_hyphens=False)) or line


def _chinese(line: str, width: int) -> str:
    lines = [""]
    for piece in _glued(_PIECES.findall(line)):
        if cell_len(lines[-1]) + cell_len(piece.rstrip()) > width and lines[-1]:
            lines.append("")
        if lines[-1] or piece.strip():
            lines[-1] += piece
    return "\n".join(part.rstrip() for part in lines)


def _glued(pieces: list[str]) -> list[str]:
    """Punctuation joined to what it must not be parted from."""
    glued: list[str] = []
    for piece in pieces:
        if glued and (piece[0] in _CLOSING or glued[-1][-1] in _OPENING):
            glued[-1] += piece
        else:
            glued.append(piece)
    return glued
