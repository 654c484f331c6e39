"""Another hand in one round: the same to the bit as playing it so, and told as it was."""

from __future__ import annotations

import json

import pytest

from sim.classroom.debrief_branch import MOST_PEOPLE, Branches, branched, chosen, counts_of
from sim.classroom.debrief_diary import two_diaries
from sim.classroom.hand import Hand
from sim.classroom.results_outcome import steps_of
from sim.classroom.rounds import Rounds
from sim.classroom.streets import Streets
from sim.errors import DecisionError
from sim.play.branch_side import Side
from sim.play.diary import diary
from sim.play.fates import Aspect, compare_fates, differences
from sim.play.nicknames import nickname
from sim.play.run import Run
from tests.model.campaigns import small_campaign
from tests.model.streets import busy_street

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def scenario():
    return busy_street(shoppers=220, nights=4)


@pytest.fixture(scope="module")
def rounds(scenario):
    return Rounds.of(scenario, 4)


@pytest.fixture(scope="module")
def streets(scenario, rounds):
    return Streets(scenario, 9, 1, rounds)


@pytest.fixture(scope="module")
def branches(scenario, rounds):
    return Branches(scenario, rounds)


HANDS = (Hand(tactic="rushed", act="poll"), Hand(), Hand(tactic="storytelling"), Hand())
HISTORY = tuple((hand,) for hand in HANDS)
OTHER = Hand(tactic="patient_interactive", product="hand_cream")


@pytest.fixture(scope="module")
def found(branches, streets):
    return branches.branch(streets, HISTORY, 0, 1, OTHER)


def played(scenario, rounds, hands):
    """The same by a plain run: no class, no tree."""
    run = Run(scenario, 9)
    for tick, decision in steps_of(rounds, hands):
        run.advance_ticks(tick - run.tick)
        run.decide(decision)
    run.finish()
    return run


class TestBranch:
    def test_it_is_what_playing_it_so_brings(self, found, scenario, rounds, streets):
        own = played(scenario, rounds, HANDS)
        other = played(scenario, rounds, (HANDS[0], OTHER, *HANDS[2:]))
        assert found.before == own.report() and found.after == other.report()
        there = streets.at(branched(HISTORY, 0, 1, OTHER), True)
        assert there.digest() == other.digest()
        assert list(found.changes) == differences(own, other)

    def test_people_are_told_with_the_model_s_own_reasons(self, found, streets):
        runs = [streets.at(line, True) for line in (HISTORY, branched(HISTORY, 0, 1, OTHER))]
        whole = {fate.key: fate for fate in compare_fates(*runs)}
        assert 0 < len(found.fates) <= MOST_PEOPLE
        assert len({fate.shopper for fate in found.fates}) == len(found.fates)
        for fate in found.fates:
            same = whole[fate.key]
            assert (fate.one, fate.other, fate.reason) == (same.one, same.other, same.reason)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_as_plain_data_in_words(self, found, scenario, language):
        told = found.to_data(scenario, language)
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        assert told["round"] == 1 and told["hand"] == OTHER.to_data() and not told["same"]
        for person in told["people"]:
            assert person["name"] == nickname(person["shopper"], language)
            assert person["before"] != person["after"] and person["why"]
        assert told["figures"][0]["metric"] == scenario.goal

    def test_counts_are_those_of_the_changes(self, found):
        counts = counts_of(found.changes)
        bought = [c for c in found.changes if c[1] == Aspect.BOUGHT]
        assert counts.get("bought", 0) + counts.get("not", 0) == len(bought) > 0
        assert counts["total"] == len({change[0] for change in found.changes})

    def test_the_same_hand_changes_nothing(self, branches, streets, scenario):
        same = branches.branch(streets, HISTORY, 0, 2, HANDS[2])
        told = same.to_data(scenario, "en")
        assert told["same"] and told["changed"] == {"total": 0} and told["people"] == []
        assert same.before == same.after

    def test_classmates_who_ask_the_same_share_the_work(self, found, branches, streets):
        assert branches.branch(streets, HISTORY, 0, 1, OTHER) is found

    @pytest.mark.parametrize("number", [-1, 4, 99])
    def test_there_is_no_other_round(self, branches, streets, number):
        with pytest.raises(DecisionError) as error:
            branches.branch(streets, HISTORY, 0, number, OTHER)
        assert str(number + 1) in error.value.in_language("en")

    @pytest.mark.parametrize(
        "hand", [Hand(tactic="no_such"), Hand(product="no_such"), Hand(act="fly")]
    )
    def test_what_was_not_possible_is_refused(self, branches, streets, hand):
        with pytest.raises(DecisionError):
            branches.branch(streets, HISTORY, 0, 1, hand)

    def test_namesakes_are_told_last(self, streets):
        line = branched(HISTORY, 0, 0, Hand(tactic="patient"))
        fates = compare_fates(streets.at(HISTORY, True), streets.at(line, True))
        few = chosen(fates, 4)
        assert len({nickname(fate.shopper, "en") for fate in few}) == len(few) == 4


class TestDiaries:
    def test_two_side_by_side(self, found, branches, streets, scenario):
        person = found.fates[0].shopper
        told = two_diaries(scenario, branches, streets, HISTORY, person, (1, OTHER), "zh")
        line = branched(HISTORY, 0, 1, OTHER)
        for entries, history in ((told["entries"], HISTORY), (told["branch"], line)):
            alone = diary(Side(streets.at(history, True)), person)
            assert [entry["text"] for entry in entries] == [
                entry.text("zh") for entry in alone.entries
            ]
        marks = {entry["only"] for entry in told["entries"]}
        assert marks <= {None, "mine"}
        assert {entry["only"] for entry in told["branch"]} <= {None, "branch"}
        differs = [e for e in (*told["entries"], *told["branch"]) if e["only"] or e["changed"]]
        assert differs and json.loads(json.dumps(told)) == told

    def test_one_alone(self, branches, streets, scenario):
        told = two_diaries(scenario, branches, streets, HISTORY, 3, None, "en")
        assert told["branch"] is None
        assert all(entry["only"] is None and not entry["changed"] for entry in told["entries"])

    @pytest.mark.parametrize("shopper", [-1, 220, 10**9])
    def test_nobody_of_that_number(self, branches, streets, scenario, shopper):
        with pytest.raises(DecisionError):
            two_diaries(scenario, branches, streets, HISTORY, shopper, None, "en")

    def test_of_no_such_branch(self, branches, streets, scenario):
        for other in ((7, OTHER), (0, Hand(tactic="no_such"))):
            with pytest.raises(DecisionError):
                two_diaries(scenario, branches, streets, HISTORY, 3, other, "en")


class TestOtherStreets:
    def test_of_a_shared_street_only_how_many(self, scenario, rounds):
        streets = Streets(scenario, 9, 3, rounds)
        branches = Branches(scenario, rounds)
        history = tuple((hand, Hand(tactic="rushed"), Hand()) for hand in HANDS)
        found = branches.branch(streets, history, 1, 2, Hand(tactic="patient"))
        told = found.to_data(scenario, "en")
        assert not told["told"] and told["people"] == []
        other = streets.at(branched(history, 1, 2, Hand(tactic="patient")), True)
        assert found.after == other.shop(1).report() != found.before
        assert told["changed"]["total"] > 0
        with pytest.raises(DecisionError):
            two_diaries(scenario, branches, streets, history, 1, None, "en")

    def test_of_days_only_figures(self):
        busy = {
            "title": {"zh": "天天播", "en": "Daily"}, "summary": {"zh": "播。", "en": "Live."},
            "live": {"every": 1, "starts": "20:00", "minutes": 30, "tactic": "rushed"},
        }  # fmt: skip
        idle = {"title": {"zh": "不播", "en": "Idle"}, "summary": {"zh": "歇。", "en": "Rests."}}
        scenario = small_campaign(days=2, policies={"idle": idle, "daily": busy})
        rounds = Rounds.of(scenario, 2)
        streets = Streets(scenario, 4, 1, rounds)
        history = ((Hand(),), (Hand(),))
        found = Branches(scenario, rounds).branch(streets, history, 0, 1, Hand(policy="daily"))
        assert found.after["visits"] > found.before["visits"]
        assert "profit" in found.after and not found.told
        with pytest.raises(DecisionError):
            two_diaries(scenario, Branches(scenario, rounds), streets, history, 1, None, "zh")
