"""Blurred shapes and lights: made small, kept within a bound of memory, and laid on in bands.

A picture of the whole street is drawn by a thread while the window goes on. pygame holds every
other thread up while it copies pixels, so whatever is large is done in bands of a bounded size.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

import pygame

_PIXELS_A_BAND = 400_000
_MOST_KEPT_BYTES = 24_000_000
_LARGEST_KEPT_BYTES = 1_500_000
_kept: OrderedDict[tuple, object] = OrderedDict()
_kept_bytes = 0
_lock = threading.Lock()


def bands(width: int, height: int):
    """(first row, rows) of horizontal bands that together are `height` rows."""
    rows = max(1, _PIXELS_A_BAND // max(1, width))
    for start in range(0, height, rows):
        yield start, min(rows, height - start)


def _bytes_of(made) -> int:
    surface = made[0] if isinstance(made, tuple) else made
    return surface.get_width() * surface.get_height() * 4


def kept(key: tuple, make):
    """What `make()` gave for this key, a surface or a tuple that begins with one.

    Bounded by memory, not by number: the oldest go first, and what is large is not kept at all.
    """
    global _kept_bytes
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = make()
    size = _bytes_of(made)
    if size <= _LARGEST_KEPT_BYTES:
        with _lock:
            if key not in _kept:
                _kept[key] = made
                _kept_bytes += size
            while _kept_bytes > _MOST_KEPT_BYTES:
                _kept_bytes -= _bytes_of(_kept.popitem(last=False)[1])
    return made


def kept_bytes() -> int:
    """How much memory the kept pictures take."""
    return _kept_bytes


def blurred(size: tuple[int, int], colour: tuple, radius: int, draw) -> tuple:
    """(surface, full size, padding): what `draw(surface, padding, shrink)` draws, blurred.

    Drawn and blurred at a fraction of the size, which looks the same and takes a fraction of the
    time; `shrink` is that fraction's inverse and `padding` is given to `draw` already shrunk. The
    surface is as small as it was blurred; `paste` lays it on at its full size.
    """
    padding = radius * 2
    width, height = int(size[0] + 2 * padding), int(size[1] + 2 * padding)
    shrink = max(1, radius // 6)
    small = (max(1, round(width / shrink)), max(1, round(height / shrink)))
    surface = pygame.Surface(small, pygame.SRCALPHA)
    surface.fill((*colour[:3], 0))
    draw(surface, padding / shrink, shrink)
    soft = pygame.transform.gaussian_blur(surface, max(1, int(radius / shrink / 1.6)))
    return soft, (width, height), padding


def paste(target: pygame.Surface, picture: pygame.Surface, size: tuple[int, int], place) -> None:
    """Lay a smooth picture on, stretched to `size`, only where it can be seen."""
    if picture.get_size() == size:
        target.blit(picture, place)
        return
    width, height = size
    if width * height <= _PIXELS_A_BAND:
        target.blit(pygame.transform.smoothscale(picture, size), place)
        return
    left, top = round(place[0]), round(place[1])
    seen = pygame.Rect(left, top, width, height).clip(target.get_clip())
    if not seen.width or not seen.height:
        return
    # A row or column of the small picture more on each side, so that bands meet without a seam.
    small_width, small_height = picture.get_size()
    for start, rows in bands(width, height):
        if top + start + rows <= seen.top or top + start >= seen.bottom:
            continue
        first = max(0, int(start * small_height / height) - 1)
        last = min(small_height, -(-(start + rows) * small_height // height) + 1)
        part = picture.subsurface((0, first, small_width, last - first))
        high = max(1, round((last - first) * height / small_height))
        stretched = pygame.transform.smoothscale(part, (width, high))
        skip = round(start - first * height / small_height)
        target.blit(stretched, (left, top + start), (0, skip, width, rows))
