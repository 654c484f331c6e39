"""Diaries: short, in time order, complete in both languages, and honest about what differs."""

from __future__ import annotations

import pytest

from sim import wording
from sim.model.decisions import SetTactic
from sim.model.events import Kind
from sim.play.branch import BranchTree
from sim.play.branch_merge import item, shorten
from sim.play.branch_side import Side
from sim.play.diary import (
    ENTRIES,
    ENTRIES_OF_WEEKS,
    Diary,
    Entry,
    compare_diaries,
    diary,
    two_diaries,
)
from sim.play.run import Run
from tests.model.streets import busy_street
from tests.play.test_branch import played

PLAN = [
    (0, SetTactic("interaction")),
    (90, SetTactic("price_games")),
    (180, SetTactic("storytelling")),
]


@pytest.fixture(scope="module")
def side():
    scenario = busy_street(
        host__products__linen_shirt__stock=5,
        host__capacity=12,
        street__mechanisms__want_bar=0.5,
        street__mechanisms__follow_bar=0.4,
        street__mechanisms__offer_units=1,
        street__mechanisms__hold_cycle=40,
        street__mechanisms__return_bar=0.2,
    )
    return Side(played(PLAN, 4, scenario=scenario))


@pytest.fixture(scope="module")
def pages(side):
    return [diary(side, i) for i in range(side.run.scenario.shoppers)]


def test_every_kind_has_a_sentence_in_both_languages_and_no_other_has():
    sentences = {key.split(".")[1] for key in wording.catalogue("diary")} - {"moment", "why"}
    assert sentences == set(ENTRIES_OF_WEEKS)


@pytest.mark.parametrize("kind", ENTRIES_OF_WEEKS)
def test_the_sentence_of_a_kind_is_complete(kind):
    names = ("topic", "title", "host_name", "product_name", "about", "yuan", "why")
    values = {name: name.upper() for name in names}
    values |= dict.fromkeys(
        ("minutes", "seconds", "count", "answered", "notes", "rooms", "before", "after", "friend"),
        3,
    )
    entry = Entry(6, kind, values)
    for language, end in (("zh", "。"), ("en", ".")):
        text = entry.text(language)
        assert "{" not in text and text.endswith(end)


def test_what_can_happen_is_told(pages):
    told = {entry.kind for page in pages for entry in page.entries}
    rare = {"given_up", "answered", "asked", "joined", "glanced_several", "passed", "left_glance"}
    rare |= {"refunded", "parcel_sent_back", "asked_several", "more", "strolled", "unfollowed"}
    rare |= {"visited_several", "dropped_in_several", "excited", "watched", "came_searching"}
    rare |= {"door", "followed"}
    rare |= {"pushed", "missed", "trick_seen", "trick_believed", "left_closed", "ordered_offer"}
    assert told >= set(ENTRIES) - rare, set(ENTRIES) - rare - told
    assert len(told & rare) > 8


def test_diaries_are_short_and_in_time_order(pages, side):
    assert max(len(page.entries) for page in pages) <= 20
    for page in pages:
        ticks = [entry.tick for entry in page.entries]
        assert ticks == sorted(ticks)
        for entry in page.entries:
            assert entry.to_data()["kind"] in ENTRIES and entry.text("zh") and entry.text("en")
            day, clock = page.when(entry)
            assert 1 <= day <= side.run.scenario.nights + 2 and len(clock) == 5
        assert page.text("en").count("\n") == max(0, len(page.entries) - 1)


def test_what_matters_is_never_merged_away(pages, side):
    """Orders, follows and parcels of our room stand in the diary, each once, with their tick."""
    kinds = {
        Kind.ORDER: ("ordered", "ordered_offer"), Kind.FOLLOW: ("followed",),
        Kind.UNFOLLOW: ("unfollowed",), Kind.KEEP: ("parcel_kept",), Kind.RETURN: ("refunded",),
        Kind.JOIN_GROUP: ("joined",), Kind.MISSED_OFFER: ("missed",),
    }  # fmt: skip
    checked = 0
    for page in pages:
        if any(entry.kind == "more" for entry in page.entries):
            continue
        for kind, names in kinds.items():
            happened = side.events_of(page.shopper, kind)["tick"].tolist()
            told = [entry.tick for entry in page.entries if entry.kind in names]
            assert told == happened
            checked += len(happened)
    assert checked > 12


def test_questions_carry_how_long_they_waited(pages, side):
    seen = set()
    for page in pages:
        waits = {
            "asked_answered": side.events_of(page.shopper, Kind.ANSWER)["value"].tolist(),
            "asked_given_up": side.events_of(page.shopper, Kind.GIVEN_UP)["value"].tolist(),
        }
        for entry in page.entries:
            if entry.kind in waits:
                assert entry.values["seconds"] in waits[entry.kind]
                seen.add(entry.kind)
    assert seen == {"asked_answered", "asked_given_up"}


def test_a_diary_of_nobody_and_of_half_a_run_is_refused(side):
    for number in (-1, side.run.scenario.shoppers):
        with pytest.raises(IndexError):
            diary(side, number)
    with pytest.raises(ValueError, match="opening"):
        diary(side.later(50), 1)


def test_a_day_that_has_not_happened_yet_is_empty():
    run = Run(busy_street(), 4)
    assert diary(Side(run), 3).entries == ()
    run.advance_ticks(100)
    half = Side(run)
    whole = Side(played([], 4))
    for shopper in range(0, 300, 7):
        early = [entry.kind for entry in diary(half, shopper, 200).entries[:3]]
        assert len(early) <= len(diary(whole, shopper, 200).entries)


# -- beside each other --------------------------------------------------------------------------
def test_the_same_run_has_the_same_diaries(side, pages):
    again = Side(played(PLAN, 4, scenario=side.run.scenario))
    for page in pages[::5]:
        pairs = compare_diaries(page, diary(again, page.shopper))
        assert [pair.mark for pair in pairs] == ["same"] * len(page.entries)


def test_differences_are_marked(side, pages):
    tree = BranchTree.of(side.run)
    branch = tree.branch(0, 90, [SetTactic("patient")])
    other = tree.side(branch.number)
    marks = set()
    for page in pages:
        beside = diary(other, page.shopper)
        pairs = compare_diaries(page, beside)
        assert tuple(pair.one for pair in pairs if pair.one) == page.entries
        assert tuple(pair.other for pair in pairs if pair.other) == beside.entries
        for pair in pairs:
            marks.add(pair.mark)
            assert (pair.mark == "same") == (pair.one == pair.other)
            assert (pair.mark == "only_here") == (pair.other is None)
            assert (pair.mark == "only_there") == (pair.one is None)
            if pair.mark == "changed":
                assert pair.one.topic == pair.other.topic
        before = [pair for pair in pairs if (pair.one or pair.other).tick < 60]
        # what is merged may reach across the moment, what stands alone may not differ before it
        for pair in before:
            entry = pair.one or pair.other
            if pair.mark != "same" and entry.kind in ("ordered", "followed", "chatted"):
                raise AssertionError(pair)
    assert marks == {"same", "changed", "only_here", "only_there"}
    with pytest.raises(ValueError, match="same shopper"):
        compare_diaries(pages[0], pages[1])


# -- merging ------------------------------------------------------------------------------------
def kinds(items):
    return [one["kind"] for one in items]


def test_neighbours_alike_are_one_entry():
    notes = [item(n, "read", 0, 2, title=f"note {n}", host_name="H") for n in range(3)]
    order = item(5, "ordered", 3, 0, 1, product_name="P", yuan="¥1", minutes=2)
    merged = shorten([*notes, order, notes[0]], 20)
    assert kinds(merged) == ["read_several", "ordered", "read"]
    assert merged[0]["values"] == {"count": 3, "title": "note 2"} and merged[0]["tick"] == 0


def test_notes_of_our_own_stay_apart():
    mine = item(1, "read", 2, 0, title="ours", host_name="We")
    theirs = [item(n, "read", 0, 2, title="t", host_name="H") for n in (2, 3)]
    assert kinds(shorten([mine, *theirs], 20)) == ["read", "read_several"]


def test_questions_meet_their_answers():
    asked = [item(n, "asked", 3, 0, 1, about="A", product_name="P") for n in (1, 5, 9)]
    items = [asked[0], item(3, "answered", 3, 0, 1, seconds=20), asked[1],
             item(7, "given_up", 3, 0, 1, seconds=20), asked[2]]  # fmt: skip
    merged = shorten(items, 20)
    assert kinds(merged) == ["asked_answered", "asked_given_up", "asked"]
    assert merged[0]["values"]["seconds"] == 20
    short = shorten(items, 2)
    assert kinds(short) == ["asked_several"]
    assert short[0]["values"] == {"count": 3, "answered": 1}


def test_dropping_in_is_one_entry():
    came = item(1, "entered", 3, 0, host_name="We")
    left = item(9, "left_temper", 3, 0, minutes=2)
    bored = item(2, "watched", 1, 0, 1, product_name="P", minutes=1)
    assert kinds(shorten([came, bored, left], 20)) == ["dropped_in"]
    learned = {**bored, "kind": "watched_learned"}
    assert kinds(shorten([came, learned, left], 20)) == [
        "entered",
        "watched_learned",
        "left_temper",
    ]
    looked = item(2, "left_glance", 3, 0, minutes=1)
    assert kinds(shorten([came, looked], 20)) == ["glanced"]


def test_a_long_day_loses_only_what_is_small_and_says_so():
    items = []
    for n in range(60):
        items.append(item(2 * n, "read", 0, 2, title="t", host_name="H"))
        items.append(item(2 * n + 1, "pushed", 2, 0, minutes=1))
    items[51] = item(51, "ordered", 3, 0, 1, product_name="P", yuan="¥1", minutes=2)
    short = shorten(items, 20)
    assert len(short) == 20 and kinds(short)[-1] == "more"
    assert "ordered" in kinds(short)
    told = short[-1]["values"]["count"] + len(short) - 1
    assert told == len(items)


def test_a_page_is_readable_in_both_languages(pages):
    longest = max(pages, key=lambda page: len(page.entries))
    assert isinstance(longest, Diary)
    zh, en = longest.text("zh").splitlines(), longest.text("en").splitlines()
    assert len(zh) == len(en) == len(longest.entries)
    assert all(line.startswith("第 ") for line in zh) and all(
        line.startswith("Day ") for line in en
    )


def test_two_diaries_differ_only_after_the_lines_have_parted(side):
    tree = BranchTree.of(side.run)
    branch = tree.branch(0, 180, [SetTactic("patient")])
    parted = 0
    for shopper in range(side.run.scenario.shoppers):
        one, other = two_diaries(tree.side(0), tree.side(branch.number), shopper)
        for page in (one, other):
            assert [entry.tick for entry in page.entries] == sorted(e.tick for e in page.entries)
        for pair in compare_diaries(one, other):
            if pair.mark != "same":
                parted += 1
                # A thing that began before may end otherwise; nothing that is over is told anew.
                ends = [entry.tick for entry in (pair.one, pair.other) if entry is not None]
                assert max(ends) >= 180 or pair.mark == "changed" or _goes_on(pair), shopper
    assert parted, "somebody's day went otherwise"


def _goes_on(pair):
    """Whether an entry is of something that lasted until after the lines parted."""
    return (pair.one or pair.other).kind in {
        "watched", "watched_learned", "entered", "asked", "asked_answered", "asked_given_up",
        "more", "strolled", "read", "read_several", "asked_several", "dropped_in", "glanced",
        "dropped_in_several", "glanced_several", "door", "came", "came_searching",
    }  # fmt: skip
