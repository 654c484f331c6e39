"""How often somebody may ask: buckets that fill slowly and are emptied by asking.

Whoever guesses codes or pins is slowed down so much that a class hour is over long before there is
a chance; a whole class behind one address, all of whom know their code and pin, notices nothing,
because only what fails is counted.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

Clock = Callable[[], float]
_MOST_KEYS = 20_000


class Bucket:
    """Holds `size` permits and gains `rate` a second."""

    def __init__(self, size: float, rate: float, clock: Clock = time.monotonic) -> None:
        self._size, self._rate, self._clock = float(size), float(rate), clock
        self._held, self._looked = float(size), clock()

    def take(self, permits: float = 1.0) -> bool:
        """Takes permits; False, taking nothing, when there are not enough."""
        if self.has(permits):
            self._held -= permits
            return True
        return False

    def has(self, permits: float = 1.0) -> bool:
        """Whether there are enough permits now."""
        now = self._clock()
        gained = max(0.0, now - self._looked) * self._rate
        self._held, self._looked = min(self._size, self._held + gained), now
        return self._held >= permits

    @property
    def full(self) -> bool:
        """Whether nothing was taken for so long that it may as well be forgotten."""
        self.has(0)
        return self._held >= self._size


class Buckets:
    """A bucket of one kind for each key. Those that are full again are forgotten."""

    def __init__(
        self, size: float, rate: float, clock: Clock = time.monotonic, most: int = _MOST_KEYS
    ) -> None:
        self._of: OrderedDict[Hashable, Bucket] = OrderedDict()
        self._size, self._rate, self._clock, self._most = size, rate, clock, most

    def take(self, key: Hashable, permits: float = 1.0) -> bool:
        """Takes permits from the bucket of this key."""
        return self._bucket(key).take(permits)

    def has(self, key: Hashable, permits: float = 1.0) -> bool:
        """Whether the bucket of this key has permits."""
        known = self._of.get(key)
        return self._size >= permits if known is None else known.has(permits)

    def full(self, key: Hashable) -> bool:
        """Whether nothing was taken from the bucket of this key for long."""
        known = self._of.get(key)
        return known is None or known.full

    def _bucket(self, key: Hashable) -> Bucket:
        bucket = self._of.get(key)
        if bucket is None:
            self._forget()
            bucket = self._of[key] = Bucket(self._size, self._rate, self._clock)
        self._of.move_to_end(key)
        return bucket

    def _forget(self) -> None:
        while len(self._of) >= self._most:
            # the one unused for longest; whoever has so many keys gains one try by it
            self._of.popitem(last=False)
        for key in list(self._of)[:2]:
            if self._of[key].full:
                del self._of[key]


class Failures:
    """Failed tries, counted against several buckets at once; an empty one stops the next.

    `may(keys)` before a try, `failed(keys)` after one that failed; keys in the order of the
    buckets, None for one that does not count this time.
    """

    def __init__(self, *kinds: tuple[float, float], clock: Clock = time.monotonic) -> None:
        self._kinds = [Buckets(size, rate, clock) for size, rate in kinds]

    def may(self, *keys: Hashable | None) -> bool:
        """Whether there may be another try."""
        pairs = zip(self._kinds, keys, strict=True)
        return all(key is None or kind.has(key) for kind, key in pairs)

    def failed(self, *keys: Hashable | None) -> None:
        """Count a try that failed."""
        for kind, key in zip(self._kinds, keys, strict=True):
            if key is not None:
                kind.take(key)

    def untouched(self, kind: int, key: Hashable) -> bool:
        """Whether nothing failed with this key, counted in the bucket of that place, for long."""
        return self._kinds[kind].full(key)


class Limits:
    """All limits of one class's server.

    A join code is one of 85 million and at most some ten thousand tries get through in an hour. A
    seat's pin is one of 10 000: a seat can be tried some thirty times an hour, an address may fail
    some two hundred times. The instructor's pin is one of a million: some hundreds of tries.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        # per address, and all together
        self.codes = Failures((60, 1.0), (300, 3.0), clock=clock)
        # per address and seat, per seat, per address
        self.seats = Failures((5, 1 / 120), (20, 1 / 60), (10, 1 / 20), clock=clock)
        # per address, and all others than this machine together
        self.console = Failures((5, 1 / 30), (20, 1 / 10), clock=clock)
        # new seats per address, this machine's excepted
        self.joins = Buckets(120, 1.0, clock)
        # whatever an address opens or fetches: two hundred phones reloading at once get through
        self.requests = Buckets(1500, 50, clock)
        self._clock = clock

    def may_resume(self, address: Hashable, name: Hashable, *, away: bool) -> bool:
        """Whether the pin of a seat may be tried from an address; away: no phone of it is there.

        Where one neighbour guesses, the others behind the same address could not come back on
        another phone. So whoever is away may be tried once a minute all the same.
        """
        pair = (address, name)
        if self.seats.may(pair, name, address):
            return True
        return away and self.seats.untouched(1, name) and self.seats.untouched(0, pair)

    def socket(self) -> Bucket:
        """What one open line may send: twenty messages in ten seconds."""
        return Bucket(20, 2, self._clock)


def address_key(address: str) -> str:
    """What counts as one address: IPv6 gives every phone many, all with the same first half."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if parsed.version == 6:
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
