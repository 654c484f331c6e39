"""What happened, as typed data; worded later, in the reader's language."""

from __future__ import annotations

from enum import IntEnum

from sim.model.compiled import rule


class Kind(IntEnum):
    """Kinds of events. `value` and `extra` mean what stands behind each."""

    IMPRESSIONS = 1  # value: how many of the host's cards were seen in this tick
    ENTER = 2
    LEAVE = 3  # value: seconds stayed; extra: LeaveReason
    COMMENT = 4  # value: Lack
    ANSWER = 5  # value: seconds waited
    GIVEN_UP = 6  # a question nobody answered; value: seconds waited
    ORDER = 7  # value: fen paid; extra: seconds in the room
    SOLD_OUT = 8  # wanted, but nothing left
    FOLLOW = 9
    UNFOLLOW = 10
    JOIN_GROUP = 11
    OFFER = 12  # a held-back offer is let go; value: fen asked; extra: units
    MISSED_OFFER = 13  # value: misses so far
    DELIVER = 14  # value: shortfall felt
    KEEP = 15
    RETURN = 16  # value: fen refunded; extra: ReturnReason
    READ = 17  # a note was read; value: card


class Lack(IntEnum):
    """What a commenter lacks."""

    FIT = 0
    MATERIAL = 1
    PRICE = 2
    USE = 3
    TRUST = 4
    CHATTER = 5


class LeaveReason(IntEnum):
    """Why somebody left a room."""

    GLANCE = 0  # the first glance did not catch them
    TEMPER = 1  # patience ran out
    CALLED_AWAY = 2
    CLOSED = 3  # the live ended


class ReturnReason(IntEnum):
    """The largest part of the disappointment."""

    FIT = 0
    REGRET = 1
    TRICK = 2


@rule
def record(log, tick, kind, shopper, host, product, value, extra):
    """Writes one event if this host's events are kept."""
    if host >= 0 and log.hosts[host] == 0:
        return
    n = log.count[0]
    if n >= len(log.events):
        return
    event = log.events[n]
    event.tick = tick
    event.kind = kind
    event.shopper = shopper
    event.host = host
    event.product = product
    event.value = value
    event.extra = extra
    log.count[0] = n + 1
