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
    ORIGIN = 18  # beside each order; value: fen paid; extra: Relation on coming in, and Origin
    NOTE_ORDER = 19  # an order outside any room; value: fen paid; extra: card
    LEAVE_GROUP = 20  # value: warmth left
    TELL = 21  # of a product; value: 1 good, -1 bad; extra: the friend
    REPORT = 22  # a viewer reports a price game
    PAID_CLICK = 23  # value: fen; extra: card
    NOTE_COMMENT = 24  # a question under a note; value: card; extra: 1 answered, 0 left
    TIER = 25  # value: the tier reached, or -1; extra: fen of thirty days
    SUPPORT = 26  # help for a cold start begins; value: tick at which it ends
    NOTIFIED = 27  # came because they were told of the live; value: 1 follower, 2 member
    IMPROVED = 28  # value: quality; extra: what was added
    DAY = 29  # value: day; extra: cash in fen


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
