"""What was acknowledged, kept until a view has shown it: so a bot notices what is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.classroom.bots_phone import Stopwatch, Tally
from sim.classroom.hand import Hand
from sim.errors import DecisionError

# A view may be on its way while a decision is acknowledged; what is not shown for so long is lost.
SHOWN_WITHIN = 8.0
_UNDECIDED = ("lobby", "brief", "bets", "deciding")


class Receipts:
    """The acknowledged hands of one bot. `look` at every view; losses go to the tally.

    owed   hands by round, counted from 0, that no debrief has shown yet
    last   hands by round that were acknowledged last, for good

    What the instructor takes back, repeats or resets is not lost: receipts for it are torn up.
    """

    def __init__(self, tally: Tally, bot: int) -> None:
        self._tally, self._bot = tally, bot
        self.owed: dict[int, dict[str, Any]] = {}
        self.last: dict[int, dict[str, Any]] = {}
        self._sent: dict[int, list[dict[str, Any]]] = {}  # hands that may or may not have arrived
        self._unshown: tuple[int, Stopwatch] | None = None
        self._place: tuple[int, bool] = (0, False)
        self._practice = False

    def sent(self, number: int, hand: Mapping[str, Any]) -> None:
        """A hand for round `number` is on its way; should the line go, nobody knows whether."""
        self._sent.setdefault(number, []).append(dict(hand))

    def refused(self, number: int) -> None:
        """The hand that was sent last did not count."""
        self._sent[number].pop()

    def keep(self, number: int, hand: Mapping[str, Any]) -> None:
        """A hand for round `number` was acknowledged."""
        self.owed[number] = self.last[number] = dict(hand)
        self._sent[number] = []
        self._unshown = (number, Stopwatch())

    def look(self, view: Mapping[str, Any], fresh: bool) -> None:
        """Compares with a view. `fresh`: the first on a new line, so made after everything."""
        number, phase = (view.get("round") or 1) - 1, view["phase"]
        self._tear_up(number, phase, bool(view.get("practice")))
        if self._unshown is not None:
            if phase == "deciding" and self._unshown[0] == number:
                self._expect(part_of(view, "deciding").get("mine"), number, fresh)
            elif phase not in _UNDECIDED or self._unshown[0] != number:
                # The round closed before a view could tell; the debrief will.
                self._unshown = None
                self._tally.unproven += 1
        if phase == "debrief" and self.owed and view.get("mode") != "vote":
            self._compare(view)

    def _tear_up(self, number: int, phase: str, practice: bool) -> None:
        place = (number, phase not in _UNDECIDED)
        if practice != self._practice:
            self.owed, self.last, self._unshown = {}, {}, None
        elif place < self._place:
            self.owed = {n: hand for n, hand in self.owed.items() if n < number}
            self.last = {n: hand for n, hand in self.last.items() if n < number}
            self._unshown = None
        self._place, self._practice = place, practice

    def _expect(self, mine: Any, number: int, fresh: bool) -> None:
        if self.fits(mine, number):
            self._unshown = None
            self._tally.shown += 1
        elif fresh or self._unshown[1].seconds > SHOWN_WITHIN:
            self._lose(number)

    def _compare(self, view: Mapping[str, Any]) -> None:
        rounds = part_of(view, "debrief").get("rounds") or ()
        if len(rounds) < (view.get("rounds") or 1):
            return  # still being worked out
        for played in rounds:
            number = int(played["number"]) - 1
            if number in self.owed:
                if self.fits(played.get("hand"), number):
                    self._tally.proven += 1
                else:
                    self._lose(number)
        self.owed = {}

    def fits(self, told: Any, number: int) -> bool:
        """Whether this is what was acknowledged, or what was sent after it without an answer."""
        possible = [self.last.get(number), *self._sent.get(number, ())]
        return any(same_hand(told, hand) for hand in possible)

    def _lose(self, number: int) -> None:
        self._tally.lost.append((self._bot, number, self.owed.pop(number, {})))
        self._unshown = None


def part_of(view: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What a view says of its phase, which may stand in a part of its own."""
    inner = view.get(name)
    return inner if isinstance(inner, Mapping) else view


def same_hand(told: Any, sent: Any) -> bool:
    """Whether two hands as data are one."""
    try:
        return Hand.from_data(told or {}) == Hand.from_data(sent or {})
    except DecisionError:
        return False
