"""Text as cached pictures: measuring, fitting into a box, and a record of what was drawn where.

Sizes given here are pixels; the painter turns design units into pixels, so that a Chinese
character is always rendered at its real size and never a scaled bitmap.
"""

from __future__ import annotations

import functools
from collections import OrderedDict
from dataclasses import dataclass, field

import pygame
import pygame.freetype

from sim.paths import assets_folder
from sim.ui.breaking import break_lines, shorten

LINE_HEIGHT = 1.34
SPACE = 0.27
_FACES = {
    "regular": "NotoSansSC-Regular.ttf",
    "medium": "NotoSansSC-Medium.ttf",
    "bold": "NotoSansSC-Bold.ttf",
    "display": "ZCOOLKuaiLe.ttf",
}
_SMALLEST_PIXELS = 8.0
# Marks that a Chinese face draws as wide as an ideograph, with the white that each needs beside it
# among Latin letters, in shares of the size.
_WIDE_MARKS = {
    "\u201c": 0.045, "\u201d": 0.045, "\u2018": 0.045, "\u2019": 0.045, "\u00b7": 0.1,
    "\u2022": 0.1, "\u00d7": 0.05,
}  # fmt: skip
_IDEOGRAPHS_FROM = "\u2e80"


@dataclass(frozen=True)
class Setting:
    """Text set into a box: its lines, the size in pixels that fitted, and whether any was cut."""

    lines: tuple[str, ...]
    size: float
    truncated: bool


@dataclass(frozen=True)
class DrawnText:
    """One text that was drawn: where it went and the box it had to stay in, in pixels."""

    text: str
    drawn: pygame.Rect
    box: pygame.Rect
    truncated: bool
    may_truncate: bool
    size: float = 0.0  # design units


@dataclass
class Recorder:
    """Collects every text drawn while switched on; tests measure them against their boxes.

    covers   sheets that hide what lies under them: how many texts were drawn before, and where
    """

    on: bool = False
    texts: list[DrawnText] = field(default_factory=list)
    covers: list[tuple[int, pygame.Rect]] = field(default_factory=list)

    def clear(self) -> None:
        self.texts.clear()
        self.covers.clear()

    def cover(self, sheet: pygame.Rect) -> None:
        if self.on:
            self.covers.append((len(self.texts), sheet))

    def add(self, drawn: DrawnText) -> None:
        if self.on:
            self.texts.append(drawn)


@functools.cache
def _face(weight: str) -> pygame.freetype.Font:
    if not pygame.freetype.get_init():
        pygame.freetype.init()
    face = pygame.freetype.Font(str(assets_folder() / "fonts" / _FACES[weight]), 16)
    face.kerning = True
    face.pad = False
    return face


@functools.lru_cache(30000)
def _has_glyph(weight: str, character: str) -> bool:
    return character.isspace() or _face(weight).get_metrics(character, size=16)[0] is not None


@functools.lru_cache(8000)
def usable_weight(text: str, weight: str) -> str:
    """`weight`, or the face with all ideographs when `weight` lacks a character of the text."""
    return weight if all(_has_glyph(weight, character) for character in text) else "regular"


@functools.lru_cache(30000)
def _pieces(word: str) -> tuple[tuple[str, float | None], ...]:
    """A word cut into (text, white): marks to be set narrow stand alone, others have no white.

    Quotation marks and the like are as wide as an ideograph in a Chinese face. That is right beside
    Chinese, but tears a gap into a word of Latin letters, where they take only their ink.
    """
    if any(c >= _IDEOGRAPHS_FROM for c in word):
        return ((word, None),)
    word = word.replace("\u2026", "...")
    if not any(c in _WIDE_MARKS for c in word):
        return ((word, None),)
    found: list[tuple[str, float | None]] = []
    for c in word:
        if c in _WIDE_MARKS:
            found.append((c, _WIDE_MARKS[c]))
        elif found and found[-1][1] is None:
            found[-1] = (found[-1][0] + c, None)
        else:
            found.append((c, None))
    return tuple(found)


@functools.lru_cache(30000)
def _piece_width(piece: str, white: float | None, size: float, weight: str) -> float:
    face = _face(usable_weight(piece, weight))
    ink = face.get_rect(piece, size=size).width
    if white is not None:
        return float(ink + 2 * white * size)
    # Italic or accented ink may be wider than the advance, hence the larger of both.
    return float(max(sum(m[4] for m in face.get_metrics(piece, size=size) if m), ink))


@functools.lru_cache(30000)
def _word_width(word: str, size: float, weight: str) -> float:
    return sum(_piece_width(piece, white, size, weight) for piece, white in _pieces(word))


@functools.lru_cache(30000)
def measure(text: str, size: float, weight: str = "regular") -> float:
    """Width of the text in pixels at this pixel size."""
    if not text:
        return 0.0
    words = text.split(" ")
    # The font rounds a space to whole pixels, which glues small words together; ours is exact.
    return sum(_word_width(w, size, weight) for w in words if w) + (len(words) - 1) * SPACE * size


@functools.lru_cache(6000)
def set_text(
    text: str,
    width: float,
    height: float,
    size: float,
    weight: str = "regular",
    max_lines: int = 1,
    smallest: float | None = None,
) -> Setting:
    """Fit the text: at `size` if it goes, smaller down to `smallest`, then with an ellipsis.

    All measures are pixels.
    """
    smallest = max(_SMALLEST_PIXELS, size * 0.8 if smallest is None else smallest)
    smallest = min(smallest, size)
    current = size
    while True:
        allowed = max(1, min(max_lines, int((height + size * 0.12) / (current * LINE_HEIGHT))))
        lines = break_lines(text, width, lambda piece, s=current: measure(piece, s, weight))
        fits = len(lines) <= allowed and all(measure(x, current, weight) <= width for x in lines)
        if fits:
            return Setting(tuple(lines), current, False)
        if current <= smallest:
            break
        current = max(smallest, round(current - max(0.5, current * 0.04), 2))
    kept = lines[:allowed]
    if len(lines) > allowed:
        kept[-1] = kept[-1] + "…"
    kept = [shorten(x, width, lambda piece: measure(piece, current, weight)) for x in kept]
    return Setting(tuple(kept), current, True)


class TextCache:
    """Rendered lines by (text, size, weight, colour); the least recently used go first."""

    def __init__(self, capacity: int = 3000) -> None:
        self._capacity = capacity
        self._surfaces: OrderedDict[tuple, tuple[pygame.Surface, int]] = OrderedDict()

    def get(
        self, text: str, size: float, weight: str, colour: tuple[int, int, int, int]
    ) -> tuple[pygame.Surface, int]:
        """The premultiplied picture of one line and how far its ink rises above the baseline."""
        key = (text, size, weight, colour)
        found = self._surfaces.get(key)
        if found is not None:
            self._surfaces.move_to_end(key)
            return found
        found = _render(text, size, weight, colour)
        self._surfaces[key] = found
        if len(self._surfaces) > self._capacity:
            self._surfaces.popitem(last=False)
        return found


def _render(
    text: str, size: float, weight: str, colour: tuple[int, int, int, int]
) -> tuple[pygame.Surface, int]:
    pieces, x = [], 0.0
    for word in text.split(" "):
        for piece, white in _pieces(word) if word else ():
            face = _face(usable_weight(piece, weight))
            picture, rect = face.render(piece, fgcolor=colour, size=size)
            left = rect.x if white is None else round(white * size)
            pieces.append((picture.convert_alpha().premul_alpha(), round(x) + left, rect.y))
            x += _piece_width(piece, white, size, weight)
        x += SPACE * size
    if len(pieces) == 1 and pieces[0][1] == 0:
        return pieces[0][0], pieces[0][2]
    rise = max(y for _, _, y in pieces)
    right = max(left + picture.get_width() for picture, left, _ in pieces)
    high = max(rise - y + picture.get_height() for picture, _, y in pieces)
    # A letter such as j reaches a little to the left of where it starts.
    over = max(0, -min(left for _, left, _ in pieces))
    line = pygame.Surface((max(1, right + over), high), pygame.SRCALPHA)
    for picture, left, y in pieces:
        line.blit(picture, (left + over, rise - y), None, pygame.BLEND_PREMULTIPLIED)
    return line, rise


@functools.lru_cache(200)
def baseline(size: float, weight: str) -> float:
    """Distance in pixels from the middle of a line down to the baseline.

    Taken from the height of capitals and of ideographs alike, so that both look centred.
    """
    return size * (0.36 if weight != "display" else 0.34)
