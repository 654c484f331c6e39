"""The people of the street: sprites by look, step and facing; patience rings; bubbles; heads.

A look is a number from 0 to LOOKS - 1. Who wears which is a fixed mix of the shopper's number, so
that somebody looks the same in every run and no random state is ever touched by drawing.
"""

from __future__ import annotations

import functools

import numpy as np
import pygame

from sim.play.nicknames import mixed
from sim.ui import theme
from sim.ui.art.canvas import Canvas

LOOKS = 36
STEPS = 4
RING_LEVELS = 13
SKINS = ("#FFDDC1", "#F6C7A1", "#E8B088", "#FBD3B4", "#D99B72")
HAIRS = ("#3B2A2F", "#5A3A2E", "#2C2A3A", "#7A4A33", "#A8623A", "#463447", "#73584C")
CLOTHES = (
    "#F2705B", "#F4B646", "#3E9C93", "#7FB7D0", "#86B58F", "#F0A3A0",
    "#B58BC2", "#FFF6EA", "#5E7CA8", "#E8894A", "#D9597B", "#6FA8A0",
)  # fmt: skip
TROUSERS = ("#4A4358", "#6B5A54", "#3F5666", "#8A6A58", "#56506E")
BUBBLES = ("question", "heart", "yuan", "sigh", "parcel", "clock", "speech", "group", "sold_out")
_SAMPLE = 6.0
_WIDTH, _HEIGHT = 28.0, 44.0
_FOOT = 40.0


def part(number: np.ndarray | int, purpose: int) -> np.ndarray:
    """A fixed fraction from 0 to 1 for a shopper's number and a purpose."""
    return mixed(number, purpose) / np.float64(2**32)


@functools.lru_cache(20000)
def look_of(shopper: int) -> int:
    """The look of one shopper."""
    return int(mixed(shopper, 20)) % LOOKS


def looks_of(shoppers: np.ndarray) -> np.ndarray:
    """The looks of many shoppers."""
    return (mixed(shoppers, 20) % LOOKS).astype(np.int64)


def _pick(options: tuple, look: int, purpose: int):
    return options[int(mixed(look + 1, purpose + 100)) % len(options)]


@functools.lru_cache(144)  # each takes 180 kB; shrinking one anew is quick
def _figure(look: int, step: int, back: bool) -> pygame.Surface:
    """The figure at sampling size; everything smaller is shrunk from it."""
    c = Canvas.new(_WIDTH, _HEIGHT, _SAMPLE).at(1, 2)
    _draw_figure(c, look, step, back)
    return c.surface.premul_alpha()


def _draw_figure(c: Canvas, look: int, step: int, back: bool) -> None:
    cloth, hair = _pick(CLOTHES, look, 1), _pick(HAIRS, look, 2)
    skin, trousers = _pick(SKINS, look, 3), _pick(TROUSERS, look, 4)
    swing = (0.0, 1.9, 0.0, -1.9)[step]
    dress = look % 3 == 0
    _legs(c, trousers if not dress else skin, swing)
    stops = [(0, theme.shade(cloth, 0.16)), (1, theme.shade(cloth, -0.14))]
    if dress:
        c.shaded_polygon([(8, 19), (18, 19), (21, 32.4), (5, 32.4)], stops)
        c.shaded_rect(7, 17.4, 12, 9, stops, 4.4)
    else:
        c.shaded_rect(6.6, 17.4, 12.8, 12.8, stops, 4.6)
        c.rect(7.4, 28.2, 11.2, 1.8, theme.shade(cloth, -0.22), 0.8)
    # The light comes from the top left, so the left edge of everything is warmer.
    c.rect(7.6, 18.6, 2.2, 9.0, (*theme.rgba(theme.shade(cloth, 0.5))[:3], 70), 1.1)
    _arms(c, cloth, skin, swing)
    if look % 5 == 2 and back:
        c.shaded_rect(
            8.6,
            18.4,
            8.8,
            9.6,
            [(0, theme.shade(cloth, -0.2)), (1, theme.shade(cloth, -0.42))],
            2.6,
        )
        c.rect(10.2, 23.4, 5.6, 3.2, theme.shade(cloth, -0.12), 1)
    elif look % 5 == 2:
        for x in (8.8, 15.6):
            c.rect(x, 17.8, 1.7, 7.6, theme.shade(cloth, -0.36), 0.8)
    if look % 7 == 3 and not back:
        c.shaded_rect(8.2, 16.6, 9.6, 3.4, [(0, theme.CORAL), (1, theme.BRICK)], 1.7)
    _head(c, look, hair, skin, back)


def _legs(c: Canvas, colour, swing: float) -> None:
    c.rect(8.7, 28, 3.7, 9.4 - max(0, swing), colour, 1.7)
    c.rect(13.6, 28, 3.7, 9.4 - max(0, -swing), theme.shade(colour, -0.12), 1.7)
    c.ellipse(7.9, 35.6 - max(0, swing), 5.2, 2.9, "#3A2A30")
    c.ellipse(13.2, 35.6 - max(0, -swing), 5.2, 2.9, "#33242B")


def _arms(c: Canvas, cloth, skin, swing: float) -> None:
    c.rect(4.7, 19, 3.5, 8.8 + swing * 0.5, theme.shade(cloth, -0.08), 1.7)
    c.rect(17.8, 19, 3.5, 8.8 - swing * 0.5, theme.shade(cloth, -0.2), 1.7)
    c.circle(6.4, 28 + swing * 0.5, 1.6, skin)
    c.circle(19.6, 28 - swing * 0.5, 1.6, theme.shade(skin, -0.08))


def _head(c: Canvas, look: int, hair, skin, back: bool) -> None:
    long_hair = look % 3 == 0 or look % 8 == 5
    if long_hair:
        c.shaded_rect(5.2, 7.5, 15.6, 12.5, [(0, hair), (1, theme.shade(hair, -0.2))], 4.4)
    c.circle(13, 10.6, 7.7, hair)
    if not back:
        c.shaded_circle(13, 11.7, 6.5, [(0, theme.shade(skin, 0.18)), (1, skin)])
        fringe = [(6.1, 10.8), (7.2, 5.6), (13, 3.3), (18.8, 5.6), (19.9, 10.8), (16.8, 7.5)]
        fringe += [(14.0, 8.6), (10.6, 7.8)] if look % 2 else [(10.0, 8.4), (8.2, 9.6)]
        c.polygon(fringe, hair)
        for x in (10.6, 15.4):
            c.ellipse(x - 0.9, 11.2, 1.8, 2.4, "#3A2830")
            c.circle(x + 0.3, 11.8, 0.4, "#FFFFFF")
        for x in (8.8, 17.2):
            c.ellipse(x - 1.3, 13.6, 2.6, 1.5, (240, 120, 100, 110))
        c.ring(13, 14.2, 1.4, 1.1, 0.5, 0.5, "#B4543F", 0)
        if look % 9 == 4:
            for x in (10.6, 15.4):
                c.circle(x, 12.3, 2.2, "#5A3A46", 0.5)
            c.line((12.8, 12.2), (13.2, 12.2), "#5A3A46", 0.5)
    else:
        c.ring(13, 10.6, 7.2, 7.2, 1.2, 0.28, theme.shade(hair, 0.22), 190)
    if look % 4 == 3:
        hat = _pick(CLOTHES, look, 5)
        c.shaded_rect(5.5, 2.4, 15, 6.2, [(0, theme.shade(hat, 0.18)), (1, hat)], 3)
        c.rect(4.4, 7.2, 17.2, 2.0, theme.shade(hat, -0.24), 1)
    elif look % 6 == 4:
        c.shaded_circle(13, 2.6, 2.9, [(0, theme.shade(hair, 0.15)), (1, hair)])
    elif look % 10 == 1:
        for x in (4.9, 21.1):
            c.shaded_circle(x, 9.6, 2.5, [(0, theme.shade(hair, 0.15)), (1, hair)])


def figure(look: int, step: int, back: bool, height: float) -> pygame.Surface:
    """A shopper `height` pixels tall (from the ground to the top of the head)."""
    return _shrunk(_figure(look % LOOKS, step % STEPS, back), height / _FOOT)


def _shrunk(picture: pygame.Surface, pixels: float) -> pygame.Surface:
    scale = pixels / _SAMPLE
    size = (max(1, round(picture.get_width() * scale)), max(1, round(picture.get_height() * scale)))
    return pygame.transform.smoothscale(picture, size)


def foot(height: float) -> tuple[float, float]:
    """Where the point between the feet lies in a figure of this height, in pixels."""
    return 14.0 * height / _FOOT, 40.4 * height / _FOOT


@functools.cache
def _ring(level: int) -> pygame.Surface:
    share = level / (RING_LEVELS - 1)
    c = Canvas.new(42, 26, _SAMPLE)
    c.soft_ellipse(9, 7, 26, 13, 2.5, 90)
    c.ring(21, 12, 17.5, 8.8, 3.6, 1, (255, 250, 240, 190))
    colour = theme.GOOD if share > 0.6 else theme.FAIR if share > 0.3 else theme.POOR
    c.ring(21, 12, 17.5, 8.8, 3.6, max(0.07, share), colour, 90)
    if share <= 0.3:
        # Nearly gone: two small ticks, so that the state reads without its colour.
        for x in (7.0, 35.0):
            c.rect(x - 1.6, 10.4, 3.2, 3.2, colour, 1.2)
    return c.surface.premul_alpha()


def ring(level: int, width: float) -> pygame.Surface:
    """The patience ring at a level from 0 to RING_LEVELS - 1, `width` pixels wide."""
    return _shrunk(_ring(max(0, min(RING_LEVELS - 1, level))), width / 42)


@functools.cache
def _parcel() -> pygame.Surface:
    c = Canvas.new(13, 13, _SAMPLE)
    c.line((4.4, 4.6), (6.4, 1.4), "#A0603C", 0.8)
    c.line((8.6, 4.6), (6.4, 1.4), "#A0603C", 0.8)
    c.shaded_rect(2, 4, 9, 8.4, [(0, "#FFE2B8"), (1, "#E5A262")], 1.4)
    c.rect(5.6, 4, 1.9, 8.4, theme.CORAL)
    return c.surface.premul_alpha()


def parcel(height: float) -> pygame.Surface:
    """The bag somebody carries after buying, for a figure of this height."""
    return _shrunk(_parcel(), height / _FOOT * 1.15)


@functools.cache
def _bubble(kind: str) -> pygame.Surface:
    c = Canvas.new(28, 28, _SAMPLE).at(1, 1)
    c.soft_ellipse(4, 4, 19, 18, 1.6, 80)
    c.polygon([(9.5, 17), (16, 17), (12, 23.5)], "#FFFFFF")
    c.circle(13, 10.8, 9.2, "#FFFFFF")
    if kind == "heart":
        c.heart(13, 10.6, 6, "#F2505B")
    elif kind == "question":
        c.ring(13, 8.6, 3.1, 3.0, 1.7, 0.64, theme.TEAL, 175)
        c.rect(12.1, 10.6, 1.8, 3.0, theme.TEAL, 0.8)
        c.circle(13, 15.9, 1.25, theme.TEAL)
    elif kind == "yuan":
        gold = theme.AMBER
        c.stroke([(9.6, 5.8), (13, 10.4), (16.4, 5.8)], gold, 1.7)
        c.stroke([(13, 10.4), (13, 16.2)], gold, 1.7)
        for y in (11.0, 13.4):
            c.stroke([(10.1, y), (15.9, y)], gold, 1.3)
    elif kind == "sigh":
        for i, x in enumerate((8.6, 12.8, 17.0)):
            c.circle(x, 11 + (i % 2) * 0.8, 1.6, "#A98F90")
    elif kind == "parcel":
        c.shaded_rect(8, 6.4, 10, 9.4, [(0, "#FFD9A0"), (1, "#D9924E")], 1.2)
        c.rect(12, 6.4, 2, 9.4, theme.CORAL)
        c.stroke([(5.4, 13.4), (7.6, 16.6), (11.4, 16.6)], theme.POOR, 1.3)
        c.polygon([(5.2, 10.8), (3.6, 14.2), (7.4, 14)], theme.POOR)
    elif kind == "clock":
        c.circle(13, 10.8, 6.2, theme.AMBER, 1.5)
        c.stroke([(13, 7.6), (13, 11), (15.6, 12.4)], theme.AMBER, 1.3)
    elif kind == "speech":
        for y, width in ((7.4, 9.4), (10.4, 9.4), (13.4, 6)):
            c.rect(8.4, y, width, 1.5, theme.DEEP_SKY, 0.7)
    elif kind == "group":
        for x, colour in ((10, theme.TEAL), (16, theme.CORAL)):
            c.circle(x, 8.8, 2.6, colour)
            c.shaded_rect(x - 3.4, 11.4, 6.8, 5, [(0, colour), (1, colour)], 2.6)
    elif kind == "sold_out":
        c.stroke([(8.8, 6.8), (17.2, 15)], theme.POOR, 2)
        c.stroke([(17.2, 6.8), (8.8, 15)], theme.POOR, 2)
    return c.surface.premul_alpha()


def bubble(kind: str, width: float) -> pygame.Surface:
    """A speech bubble for an act, `width` pixels wide."""
    return _shrunk(_bubble(kind), width / 28)


@functools.cache
def _audience_person(look: int) -> pygame.Surface:
    """Somebody of the audience from behind."""
    hair, cloth = _pick(HAIRS, look, 2), _pick(CLOTHES, look, 1)
    c = Canvas.new(26, 32, _SAMPLE)
    c.shaded_rect(5, 16.5, 16, 14, [(0, cloth), (1, theme.shade(cloth, -0.2))], 6)
    c.shaded_circle(13, 11, 6.8, [(0, theme.shade(hair, 0.16)), (1, hair)])
    if look % 6 == 4:
        c.circle(13, 3.8, 2.6, hair)
    return c.surface.premul_alpha()


@functools.cache
def _head_ring(level: int) -> pygame.Surface:
    """The patience ring that goes round a head."""
    c = Canvas.new(26, 32, _SAMPLE)
    share = level / (RING_LEVELS - 1)
    colour = theme.GOOD if share > 0.6 else theme.FAIR if share > 0.3 else theme.POOR
    c.ring(13, 11, 10.4, 10.4, 2.4, 1, (255, 255, 255, 120))
    c.ring(13, 11, 10.4, 10.4, 2.4, max(0.06, share), colour)
    return c.surface.premul_alpha()


def _audience_head(look: int, level: int) -> pygame.Surface:
    head = _audience_person(look).copy()
    head.blit(_head_ring(level), (0, 0), None, pygame.BLEND_PREMULTIPLIED)
    return head


def audience_head(look: int, level: int, width: float) -> pygame.Surface:
    """An audience head with its ring, `width` pixels wide."""
    return _shrunk(_audience_head(look % LOOKS, max(0, min(RING_LEVELS - 1, level))), width / 26)
