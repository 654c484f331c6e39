"""One shopper's day and weeks, as short entries in time order.

    page = diary(Side(run), 1416)
    for entry in page.entries:
        print(page.when(entry), entry.text("en"))

Entries are typed data, read off events, places and the shopper's own state; they are worded from
assets/locale/diary.yaml. Small things in a row are one entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from sim.model import TICKS_PER_DAY
from sim.play.branch_diary import gather
from sim.play.branch_merge import MOST_ENTRIES, shorten
from sim.play.branch_side import Side
from sim.play.branch_words import Clause
from sim.play.timeline import Timeline

# Lines of each day in a diary of weeks.
MOST_OF_A_DAY = 8
# Every kind of entry; each has a sentence in both languages.
ENTRIES: tuple[str, ...] = (
    "came", "came_searching", "passed", "went_home", "strolled",
    "read", "read_several", "glanced", "glanced_several", "visited", "visited_several", "door",
    "entered", "entered_follower", "watched", "watched_learned", "pushed", "excited",
    "trick_seen", "trick_believed",
    "dropped_in", "dropped_in_several",
    "asked", "answered", "given_up", "asked_answered", "asked_given_up", "asked_several", "chatted",
    "ordered", "ordered_offer", "ordered_elsewhere", "missed", "sold_out",
    "followed", "unfollowed", "joined",
    "left_glance", "left_temper", "left_called", "left_closed",
    "parcel_kept", "parcel_sent_back", "refunded", "more",
)  # fmt: skip


# Over weeks there are more.
ENTRIES_OF_WEEKS: tuple[str, ...] = (
    *ENTRIES,
    "note_ordered", "left_group", "told_good", "told_bad", "heard_good", "heard_bad", "reported",
    "notified",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of a diary.

    tick    when it began
    values  what its sentence is filled with: numbers, names, clauses
    host    number of the host it is about, or -1; product: number in the town, or -1
    weight  0 trivial to 3 important
    """

    tick: int
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    host: int = -1
    product: int = -1
    weight: int = 3

    @property
    def topic(self) -> tuple[str, int, int]:
        """What it is about: entries of two diaries with the same topic are set side by side."""
        return _TOPICS.get(self.kind, self.kind), self.host, self.product

    def clause(self) -> Clause:
        """The sentence, to be worded."""
        return Clause(f"diary.{self.kind}", self.values)

    def text(self, language: str) -> str:
        """The sentence in "zh" or "en"."""
        return self.clause().text(language)

    def to_data(self) -> dict[str, Any]:
        """Plain JSON-able data, with the sentence in both languages."""
        return {
            "tick": self.tick, "kind": self.kind, "host": self.host, "product": self.product,
            "zh": self.text("zh"), "en": self.text("en"),
        }  # fmt: skip


_TOPICS = {
    **dict.fromkeys(("came", "came_searching", "passed", "strolled"), "street"),
    **dict.fromkeys(("read", "read_several"), "read"),
    **dict.fromkeys(("glanced", "visited", "left_glance"), "looked in"),
    **dict.fromkeys(("glanced_several", "visited_several"), "looked around"),
    **dict.fromkeys(("entered", "entered_follower", "dropped_in", "dropped_in_several"), "entered"),
    **dict.fromkeys(("watched", "watched_learned"), "watched"),
    **dict.fromkeys(("trick_seen", "trick_believed"), "trick"),
    **dict.fromkeys(
        ("asked", "answered", "given_up", "asked_answered", "asked_given_up", "asked_several"),
        "question",
    ),
    **dict.fromkeys(("ordered", "ordered_offer", "missed", "sold_out"), "ordering"),
    **dict.fromkeys(("left_temper", "left_called", "left_closed"), "left"),
    **dict.fromkeys(("parcel_kept", "parcel_sent_back"), "parcel"),
    **dict.fromkeys(("followed", "unfollowed"), "following"),
}


@dataclass(frozen=True)
class Diary:
    """The entries of one shopper, in time order."""

    shopper: int
    entries: tuple[Entry, ...]
    timeline: Timeline

    def when(self, entry: Entry) -> tuple[int, str]:
        """(day, clock) of an entry; the day of the live is 1."""
        return self.timeline.day(entry.tick), self.timeline.clock(entry.tick)

    def text(self, language: str) -> str:
        """The whole diary, a line an entry, with day and time."""
        lines = []
        for entry in self.entries:
            day, clock = self.when(entry)
            moment = Clause("diary.moment", {"day": day, "clock": clock, "entry": entry.clause()})
            lines.append(moment.text(language))
        return "\n".join(lines)


def diary(side: Side, shopper: int, most: int | None = None) -> Diary:
    """The diary of one shopper in a run that was watched from the opening of the street.

    most: lines at most, of weeks for each day. Of weeks only what has to do with the shop is told.
    IndexError when there is no such shopper; ValueError for a side that was
    watched from later on.
    """
    if not 0 <= shopper < side.run.scenario.shoppers:
        raise IndexError(shopper)
    if side.since > 0:
        raise ValueError("a diary needs a run watched from the opening of the street")
    items = gather(side, shopper)
    if side.run.scenario.campaign is None:
        items = shorten(items, MOST_ENTRIES if most is None else most)
    else:
        items = _by_days(items, MOST_OF_A_DAY if most is None else most)
    entries = [Entry(**item) for item in items]
    return Diary(shopper, tuple(entries), side.run.timeline)


def two_diaries(one: Side, other: Side, shopper: int) -> tuple[Diary, Diary]:
    """The diaries of one person in two runs, to be set side by side.

    What went alike up to the first difference is shortened once, so that it reads alike; only what
    comes after it may differ. Raises as `diary` does.
    """
    pages = diary(one, shopper), diary(other, shopper)
    if one.run.scenario.campaign is not None:
        return pages
    items = gather(one, shopper), gather(other, shopper)
    alike = 0
    for mine, theirs in zip(*items, strict=False):
        if mine != theirs:
            break
        alike += 1
    head = shorten(items[0][:alike], MOST_ENTRIES // 2)
    made = []
    for page, told in zip(pages, items, strict=True):
        both = head + shorten(told[alike:], MOST_ENTRIES - len(head))
        made.append(replace(page, entries=tuple(Entry(**item) for item in both)))
    return made[0], made[1]


def _by_days(items: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Each day shortened by itself, so that a day that went alike in two lines reads alike."""
    told = [one for one in items if one["weight"] > 0]
    days: dict[int, list[dict[str, Any]]] = {}
    for one in told:
        days.setdefault(one["tick"] // TICKS_PER_DAY, []).append(one)
    return [one for day in sorted(days) for one in shorten(days[day], most)]


@dataclass(frozen=True)
class Pair:
    """Two entries side by side. mark: "same", "changed", "only_here" or "only_there"."""

    mark: str
    one: Entry | None
    other: Entry | None


def compare_diaries(one: Diary, other: Diary) -> list[Pair]:
    """Two diaries of the same person, line by line, with what differs marked; of weeks day by day.

    An entry is the same only when its sentence and its tick are. ValueError for two people.
    """
    if one.shopper != other.shopper:
        raise ValueError("only diaries of the same shopper can be set side by side")
    if one.timeline.days == 1:
        return _paired(one.entries, other.entries)
    pairs: list[Pair] = []
    days = [{entry.tick // TICKS_PER_DAY for entry in page.entries} for page in (one, other)]
    for day in sorted(days[0] | days[1]):
        of_day = [
            tuple(entry for entry in page.entries if entry.tick // TICKS_PER_DAY == day)
            for page in (one, other)
        ]
        pairs += _paired(*of_day)
    return pairs


def _paired(here: tuple[Entry, ...], there: tuple[Entry, ...]) -> list[Pair]:
    pairs: list[Pair] = []
    topics = [entry.topic for entry in here], [entry.topic for entry in there]
    for tag, a, b, c, d in SequenceMatcher(None, *topics, autojunk=False).get_opcodes():
        if tag == "equal":
            for mine, theirs in zip(here[a:b], there[c:d], strict=True):
                pairs.append(Pair("same" if mine == theirs else "changed", mine, theirs))
            continue
        alone = [Pair("only_here", entry, None) for entry in here[a:b]]
        alone += [Pair("only_there", None, entry) for entry in there[c:d]]
        pairs += sorted(alone, key=lambda pair: (pair.one or pair.other).tick)
    return pairs
