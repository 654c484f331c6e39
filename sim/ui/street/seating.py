"""Who sits where behind a window: a seat is kept while its person stays."""

from __future__ import annotations

import itertools

from sim.ui.art.people import mixed

_versions = itertools.count(1)


class Seating:
    """A fixed number of seats for a changing audience. An empty seat holds -1.

    When there are more people than seats, each head stands for `per_head` people.
    """

    def __init__(self, count: int, room: int = 0) -> None:
        self.count = count
        self.room = room
        self.seats: list[int] = [-1] * count
        self.people = 0
        self.version = next(_versions)  # changes whenever anybody may have changed seats
        self.followed: int | None = None
        # Seats fill up scattered and empty in the opposite order, always the same way.
        self._order = sorted(range(count), key=lambda seat: int(mixed(seat + 31 * room, 8)))

    @property
    def per_head(self) -> int:
        """How many people each head stands for."""
        return max(1, -(-self.people // max(1, self.count)))

    @property
    def heads(self) -> int:
        """How many heads there are."""
        return sum(1 for person in self.seats if person >= 0)

    def update(self, people: list[int]) -> None:
        """The audience now, by shopper number."""
        self.people = len(people)
        self.version = next(_versions)
        if not self.count:
            return
        present = set(people)
        seats = [person if person in present else -1 for person in self.seats]
        wanted = -(-self.people // self.per_head) if people else 0
        sitting = {person for person in seats if person >= 0}
        taken = len(sitting)
        if taken < wanted:
            waiting = (person for person in people if person not in sitting)
            free = [seat for seat in self._order if seats[seat] < 0]
            for seat, person in zip(free[: wanted - taken], waiting, strict=False):
                seats[seat] = person
        elif taken > wanted:
            full = [seat for seat in reversed(self._order) if seats[seat] >= 0]
            for seat in full[: taken - wanted]:
                seats[seat] = -1
        if self.followed in present and self.followed not in seats:
            # Whoever is followed is the one to be seen of those who share a head.
            seats[next(seat for seat in self._order if seats[seat] >= 0)] = self.followed
        self.seats = seats
