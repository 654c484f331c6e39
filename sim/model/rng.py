"""Luck: one stateless draw for each (seed, shopper, tick, purpose, item).

A draw depends on nothing else, so the same shopper meets the same luck whatever the host does and
whoever else is there. The mix is the finalizer of splitmix64 (Steele, Lea and Flood 2014).
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from sim.model.compiled import rule


class Purpose(IntEnum):
    """What a draw decides. A number is never given to another purpose."""

    TRAIT = 1
    SURPRISE = 2
    REFERENCE = 3
    VISITS = 4
    VISIT_TIME = 5
    SEARCH = 6
    STROLL = 7
    OFFERED = 8
    SHOWN = 9
    CLICK = 10
    NOTE_TO_ROOM = 11
    SCREEN = 12
    DISTRACTION = 13
    COMMENT = 14
    LACK = 15
    CHATTER = 16
    ORDER = 17
    STOCK = 18
    FOLLOW = 19
    UNFOLLOW = 20
    JOIN = 21
    SEES_THROUGH = 22
    SNATCH = 23
    DELIVERY = 24
    RETURN = 25
    RETURN_TIME = 26
    DISCOVERY = 27
    RELATION = 28
    INTENT = 29
    NOTIFY = 30
    NOTIFY_TIME = 31
    NOTE_ORDER = 32
    PIN_JOIN = 33
    PAID_PLACE = 34
    RIVAL_BID = 35
    PAID_CLICK = 36
    TELL = 37
    FRIEND = 38
    SHARE = 39
    LEAVE_GROUP = 40
    REPORT = 41
    LASTS = 42
    VOTE = 43
    WEARY = 44
    NOTE_COMMENT = 45
    NOTE_ANSWER = 46


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_TICK = np.uint64(0xD1342543DE82EF95)
_PURPOSE = np.uint64(0xAF251AF3B0F025B5)
_ITEM = np.uint64(0xB5AD4ECEDA1CE2A9)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_30 = np.uint64(30)
_27 = np.uint64(27)
_31 = np.uint64(31)
_11 = np.uint64(11)
_UNIT = 2.0**-53


@rule
def mix(x):
    """Scrambles 64 bits; a bijection."""
    x = (x ^ (x >> _30)) * _FIRST
    x = (x ^ (x >> _27)) * _SECOND
    return x ^ (x >> _31)


@rule
def luck_of(seed, shopper):
    """The stream of one shopper in one crowd, from which all their draws come; uint64."""
    return mix(mix(np.uint64(seed) + _GOLDEN) + np.uint64(shopper) * _GOLDEN)


@rule
def draw(luck, tick, purpose, item):
    """Even draw in 0 <= u < 1 for one shopper's luck, tick, purpose and item (card, product)."""
    key = luck + np.uint64(tick) * _TICK + np.uint64(purpose) * _PURPOSE + np.uint64(item) * _ITEM
    return np.float64(mix(key) >> _11) * _UNIT
