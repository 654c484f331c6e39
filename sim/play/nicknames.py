"""What shoppers are called: always the same one by the same name, in window, page and terminal."""

from __future__ import annotations

import functools

import numpy as np

from sim import wording

_WAYS_TO_SAY = 4


def mixed(number: np.ndarray | int, purpose: int = 0) -> np.ndarray:
    """A fixed scramble of a shopper's number into 32 bits, different for each purpose."""
    shape = np.shape(number)
    # Arrays wrap around silently, single numbers warn; hence always an array.
    x = np.atleast_1d(np.asarray(number)).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    x = x + np.uint64((purpose * 0xD1B54A32D192ED03 + 0x632BE59BD9B4E019) % 2**64)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (x >> np.uint64(32)).astype(np.uint32).reshape(shape)


@functools.lru_cache(20)
def _names(language: str) -> tuple[str, ...]:
    return tuple(wording.text("ui.names.shoppers", language).split())


def nickname(shopper: int, language: str) -> str:
    """A nickname for a shopper: the same person in both languages."""
    names = _names(language)
    return names[int(mixed(shopper, 60)) % len(names)]


def comment(lack: str, shopper: int, tick: int, language: str, product: str = "") -> str:
    """How somebody words a comment; lack: the name of a sim.model.events.Lack, in small letters."""
    way = int(mixed(shopper * 131 + tick, 50)) % _WAYS_TO_SAY + 1
    return wording.text(f"ui.comments.{lack}_{way}", language, product=product)
