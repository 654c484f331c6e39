"""What just happened in our room, as short items that are worded when somebody reads them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from sim.play.nicknames import comment
from sim.ui import words

LACKS = ("fit", "material", "price", "use", "trust", "chatter")
# Events that are worth a line, by their number in the model's event log.
ENTER, LEAVE, COMMENT, ANSWER, GIVEN_UP, ORDER, SOLD_OUT, FOLLOW, UNFOLLOW, JOIN = range(2, 12)
OFFER, MISSED_OFFER, DELIVER, KEEP, RETURN = 12, 13, 14, 15, 16
READ = 17
BUBBLES = {
    COMMENT: "question", ORDER: "yuan", FOLLOW: "heart", JOIN: "group", SOLD_OUT: "sold_out",
    GIVEN_UP: "clock", ANSWER: "speech", UNFOLLOW: "sigh", MISSED_OFFER: "sigh", RETURN: "parcel",
}  # fmt: skip
TEMPER_RAN_OUT = 1


@dataclass(frozen=True)
class FeedItem:
    """kind   a section of ui.feed, or "comment"
    shopper   who; lack: what a commenter misses; product: number of the product, or -1
    amount    fen, for orders and returns
    """

    tick: int
    kind: str
    shopper: int
    lack: int = 5
    product: int = -1
    amount: int = 0

    def words(self, language: str, products: list[str]) -> str:
        """The line in a language; `products` are the names of our goods."""
        product = products[self.product] if 0 <= self.product < len(products) else ""
        if self.kind == "comment":
            lack = LACKS[self.lack if 0 <= self.lack < len(LACKS) else 5]
            return comment(lack, self.shopper, self.tick, language, product)
        return words.say(
            f"feed.{self.kind}", language, product=product, yuan=words.yuan(self.amount / 100)
        )

    def who(self, language: str) -> str:
        return words.name_of(self.shopper, language)


_KINDS = {
    COMMENT: "comment", ORDER: "order", FOLLOW: "follow", UNFOLLOW: "unfollow", JOIN: "join",
    SOLD_OUT: "sold_out", GIVEN_UP: "given_up", RETURN: "return",
}  # fmt: skip
_READ = tuple(_KINDS)


class Feed:
    """The last items of our room, and the bubbles that new events put over people."""

    def __init__(self, length: int = 80) -> None:
        self.items: deque[FeedItem] = deque(maxlen=length)
        self.new_bubbles: list[tuple[int, str]] = []
        self.bought: set[int] = set()
        self.taken = 0
        self._since: int | None = None  # the tick of the first event it was given

    def take(self, events) -> None:
        """Read a structured array of events of our room."""
        if self._since is None and len(events):
            self._since = int(events["tick"][0])
        for event in events:
            kind, shopper = int(event["kind"]), int(event["shopper"])
            if int(event["host"]) != 0 or shopper < 0:
                continue
            bubble = BUBBLES.get(kind)
            if kind == LEAVE and int(event["extra"]) == TEMPER_RAN_OUT:
                bubble = "sigh"
            if bubble:
                self.new_bubbles.append((shopper, bubble))
            if kind == ORDER:
                self.bought.add(shopper)
            name = _KINDS.get(kind)
            if name is None:
                continue
            self.taken += 1
            self.items.append(
                FeedItem(
                    int(event["tick"]),
                    name,
                    shopper,
                    int(event["value"]) if kind == COMMENT else 5,
                    int(event["product"]),
                    int(event["value"]) if kind in (ORDER, RETURN) else 0,
                )
            )

    def tell_anew(self, events) -> None:
        """Time went back: tell only what these events say, all those that are left of the run.

        What came before the first event that was ever read here stays untold.
        """
        taken = self.taken
        self.items.clear()
        self.bought.clear()
        if self._since is not None:
            ours = (events["host"] == 0) & (events["tick"] >= self._since)
            self.take(events[ours & np.isin(events["kind"], _READ)])
        # None of it is news.
        self.new_bubbles.clear()
        self.taken = taken

    def since(self, taken: int) -> list[FeedItem]:
        """The items that came after `taken` had been read."""
        new = min(self.taken - taken, len(self.items))
        return list(self.items)[len(self.items) - new :] if new > 0 else []

    def comments(self, count: int) -> list[FeedItem]:
        """The newest `count` comments and orders, oldest first."""
        found = [item for item in self.items if item.kind in ("comment", "order", "follow")]
        return found[-count:]
