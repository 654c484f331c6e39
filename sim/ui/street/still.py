"""The street while nobody is playing it: windows with their notes, and people who fill the picture.

These people are extras. They stand behind menus and stand for nobody in the model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.ui.art.people import part
from sim.ui.street.acts import main_topic

EXTRAS = 150
_EXTRA = np.dtype(
    [("shopper", "i4"), ("place", "u1"), ("where", "i2"), ("patience", "f4"), ("seconds", "f4")]
)


@dataclass(frozen=True)
class StillCard:
    """A note in a window."""

    kind: str
    host: int
    title: object
    topic: str
    likes: int


class StillStreet:
    """Looks like an observation as far as the street view is concerned."""

    def __init__(self, scenario, extras: int = EXTRAS) -> None:
        self.cards = [
            StillCard("note", number, note.title, _topic(host, note), note.likes)
            for number, host in enumerate(scenario.hosts)
            for note in host.notes
        ]
        self.rooms: list[tuple[int, int]] = []
        numbers = np.arange(1, extras + 1)
        self.people = np.zeros(extras, _EXTRA)
        self.people["shopper"] = numbers * 37
        reading = (part(numbers, 200) < 0.2) & bool(self.cards)
        self.people["place"] = np.where(reading, 2, 1)
        self.people["where"] = (part(numbers, 201) * max(1, len(self.cards))).astype(int)
        self.people["patience"] = 0.25 + 0.75 * part(numbers, 202)


def _topic(host, note) -> str:
    """What a note is about: the main topic of the first product in it."""
    first = next((p for p in host.products if p.id == note.products[0]), host)
    return main_topic(first.topics)
