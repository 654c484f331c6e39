"""The help on keys, made from the table that the presses are looked up in."""

from __future__ import annotations

import pygame

from sim import wording
from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens.live_keys import SINGLE_ACTS, TABLE

ROW = 26.0
_CAPS = {
    pygame.K_SPACE: "space", pygame.K_TAB: "tab", pygame.K_BACKSPACE: "backspace",
    pygame.K_ESCAPE: "escape",
}  # fmt: skip
# Keys of the whole window, which every screen has.
_EVERYWHERE = ((("L",), "language"), (("M",), "mute"), (("F11",), "full_screen"))


def cap(key: int, language: str) -> str:
    """What stands on a key."""
    name = _CAPS.get(key)
    return wording.text(f"live.caps.{name}", language) if name else pygame.key.name(key).upper()


def rows(tactics: int, language: str) -> list[tuple[tuple[str, ...], str]]:
    """(what stands on the keys, what they do), in the order of the table."""
    found: dict[str, list[str]] = {}
    acts = {act for _, act, _ in SINGLE_ACTS}
    for entry in TABLE:
        name = "acts" if entry.name in acts else entry.name
        caps = found.setdefault(name, [])
        # Of several keys for one thing the first is enough, unless each does another part of it.
        caps += [cap(key, language) for key in entry.keys[:1]]
    listed = [((f"1–{tactics}",), _say("tactic", language))]
    for name, caps in found.items():
        values = {}
        if name == "acts":
            names = [words.say(f"act.{act}", language) for _, act, _ in SINGLE_ACTS]
            values["acts"] = ("、" if language == "zh" else ", ").join(names)
        listed.append((tuple(caps), _say(name, language, **values)))
    arrows = wording.text("live.caps.arrows", language)
    listed.append(((arrows,), _say("focus", language)))
    return listed + [(caps, _say(name, language)) for caps, name in _EVERYWHERE]


def _say(name: str, language: str, /, **values) -> str:
    return wording.text(f"live.keys.{name}", language, **values)


def height(tactics: int) -> float:
    """How high the help is."""
    return 34 + ROW * len(rows(tactics, "en"))


def draw(painter: Painter, x: float, y: float, width: float, tactics: int, language: str) -> None:
    """The help with its heading, from (x, y) down."""
    painter.text(_say("heading", language), (x, y, width, 26), theme.BODY, "bold", theme.SOFT_INK)
    for number, (caps, what) in enumerate(rows(tactics, language)):
        top = y + 34 + number * ROW
        left = x
        for letter in caps:
            wide = max(22.0, painter.measure(letter, 12, "bold") + 12)
            painter.rect((left, top + 2, wide, 20), "#FFFFFF", 6)
            painter.rect((left, top + 2, wide, 20), (146, 122, 124, 130), 6, 1.1)
            painter.text(letter, (left + 3, top + 2, wide - 6, 20), 12, "bold", theme.INK, "center")
            left += wide + 4
        start = max(left + 4, x + 108)
        painter.text(what, (start, top, x + width - start, 24), theme.SMALL, "medium",
                     theme.INK, smallest=10)  # fmt: skip
