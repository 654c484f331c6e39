"""HTML and SVG as nested calls. Text is escaped unless it was made here."""

from __future__ import annotations

import re
from html import escape

_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
_EMPTY = frozenset({"meta", "br", "hr"})
# XML and HTML allow no other control characters, and half characters cannot be written as UTF-8.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def safe(text: object) -> Markup:
    """Any text as HTML; Markup stays as it is."""
    if isinstance(text, Markup):
        return text
    return Markup(escape(_UNWRITABLE.sub("\ufffd", str(text)), quote=True))


def element(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element. Children that are None are left out; lists of them are joined.

    Attribute names lose a trailing underscore, other underscores become hyphens; None leaves an
    attribute out.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    parts = []
    for key, value in attributes.items():
        if value is None:
            continue
        written = key.rstrip("_").replace("_", "-")
        if not _NAME.fullmatch(written):
            raise ValueError(key)
        if isinstance(value, float):
            value = f"{value:.2f}".rstrip("0").rstrip(".")
        parts.append(f' {written}="{safe(value)}"')
    opening = f"<{name}{''.join(parts)}>"
    return Markup(opening if name in _EMPTY else f"{opening}{join(*children)}</{name}>")


def join(*children: object) -> Markup:
    """Children side by side."""
    parts: list[str] = []
    for child in children:
        if isinstance(child, list | tuple):
            parts.append(join(*child))
        elif child is not None:
            parts.append(safe(child))
    return Markup("".join(parts))


def style_sheet(text: str) -> Markup:
    """A style element; ValueError when the text would end it."""
    if "<" in text:
        raise ValueError("a style sheet holds no markup")
    return Markup(f"<style>{text}</style>")
