"""What a stretch of the live changed, against playing it by hand; and why sums need not add up."""

from __future__ import annotations

import pytest

from sim import wording
from sim.model.decisions import AnswerShopper, Perform, SetMix, SetTactic, ShowProduct
from sim.play.branch import BranchTree
from sim.play.fates import differences
from sim.report.ledger import COUNTED, Segment, effects_of, segments_of
from tests.model.streets import busy_street
from tests.play.test_branch import played

PLAN = [
    (0, SetTactic("price_games")),
    (80, Perform("hype", 60)),
    (110, ShowProduct("hand_cream")),
    (110, SetTactic("rushed")),
    (140, SetTactic("rushed")),
    (170, SetTactic("patient")),
    (220, SetMix({"countdown": 0.5, "explain": 0.5})),
]
WITHOUT = {  # the plan with one stretch hosted by the reference, written by hand
    0: [(0, SetTactic("price_games")), (30, SetTactic("patient")), *PLAN[2:]],
    1: [*PLAN[:2], (110, SetTactic("patient")), PLAN[2], *PLAN[5:]],
    3: [*PLAN[:6], (220, SetTactic("patient"))],
}
ALL = [PLAN[0], (30, SetTactic("patient")), PLAN[2]]


@pytest.fixture(scope="module")
def scenario():
    return busy_street(street__mechanisms__want_bar=0.75)


@pytest.fixture(scope="module")
def run(scenario):
    return played(PLAN, 8, scenario=scenario)


@pytest.fixture(scope="module")
def effects(run):
    told = []
    found = effects_of(BranchTree.of(run), progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 4) for n in range(1, 5)]
    return found


def test_segments_are_stretches_of_one_way_to_host(scenario):
    found = segments_of(scenario, PLAN)
    assert [(s.start, s.end, s.tactic) for s in found] == [
        (30, 110, "price_games"), (110, 170, "rushed"), (170, 220, "patient"), (220, 270, None),
    ]  # fmt: skip
    assert found[0].performed == (PLAN[1],) and not found[0].is_only("price_games")
    assert found[2].is_only("patient")
    whole = segments_of(scenario, [(5, SetTactic("rushed")), (60, SetTactic("rushed"))])
    assert [(s.start, s.end, s.tactic) for s in whole] == [(30, 270, "rushed")]
    assert segments_of(scenario, []) == [Segment(0, 30, 270, SetTactic(scenario.reference))]
    assert segments_of(scenario, PLAN, 120)[-1].end == 120


@pytest.mark.parametrize("number", WITHOUT)
def test_an_effect_is_what_playing_the_stretch_by_hand_changes(run, effects, scenario, number):
    other = played(WITHOUT[number], 8, scenario=scenario)
    effect = effects.segments[number]
    for name in COUNTED:
        assert effect.figures[name] == run.report()[name] - other.report()[name]
    expected = {
        (shopper, aspect.value, product)
        for shopper, aspect, product, _, _ in differences(run, other)
        if aspect.value in ("bought", "kept", "followed")
    }
    assert effect.fates == expected and effect.basis == "counterfactual"


def test_a_stretch_of_the_reference_itself_has_no_effect(effects):
    assert set(effects.segments[2].figures.values()) == {0.0} and not effects.segments[2].fates


def test_the_whole_is_the_reference_throughout(run, effects, scenario):
    other = played(ALL, 8, scenario=scenario)
    for name in COUNTED:
        assert effects.whole[name] == run.report()[name] - other.report()[name]
        total = sum(effect.figures[name] for effect in effects.segments)
        assert effects.interaction[name] == pytest.approx(effects.whole[name] - total)


def test_why_sums_differ_is_told_by_whom(effects):
    """Whoever makes a sum differ is in one of the three groups, counted by hand."""
    count = {}
    for effect in effects.segments:
        for key in effect.fates:
            count[key] = count.get(key, 0) + 1
    assert effects.twice == {key for key, n in count.items() if n > 1}
    assert effects.together == {key for key in effects.whole_fates if key not in count}
    assert effects.undone == {key for key in count if key not in effects.whole_fates}
    assert effects.twice | effects.together | effects.undone
    for figure in COUNTED:
        told = effects.explanation(figure)
        assert (len(told) == 1) == (abs(effects.interaction[figure]) < 0.005)
        for clause in told:
            for language, end in (("zh", "。"), ("en", ".")):
                text = clause.text(language)
                assert "{" not in text and text.rstrip().endswith(end)


def test_one_stretch_is_the_whole(scenario):
    tree = BranchTree.of(played([(0, SetTactic("rushed"))], 8, scenario=scenario))
    found = effects_of(tree)
    assert len(found.segments) == 1 and found.whole == found.segments[0].figures
    assert set(found.interaction.values()) == {0.0}
    assert len(found.explanation("net_sales")) == 1 and len(tree) == 1


def test_the_reference_against_itself_is_nothing(scenario):
    found = effects_of(BranchTree.of(played([], 8, scenario=scenario)))
    assert set(found.whole.values()) == {0.0} and not found.whole_fates
    other = effects_of(BranchTree.of(played([], 8, scenario=scenario)), reference="rushed")
    assert other.reference == "rushed" and other.whole["gmv"] != 0.0


def test_answers_that_are_not_possible_any_more_do_no_harm(scenario):
    run = played([(0, SetTactic("rushed"))], 8, until=150, scenario=scenario)
    asking = [int(i) for i, _ in run.observe().room.queue]
    assert asking
    run.decide(AnswerShopper(asking[0]))
    run.finish()
    assert effects_of(BranchTree.of(run)).segments[0].figures.keys() == set(COUNTED)


def test_every_sentence_about_sums_is_known():
    told = {key.split(".")[2] for key in wording.catalogue("ledger") if ".sum." in key}
    assert told == {"adds_up", "differs", "twice", "together", "undone", "amounts", "beside"}


def test_plain_data_names_the_shoppers(effects):
    data = effects.to_data()
    assert len(data["segments"]) == 4 and data["basis"] == "counterfactual"
    assert data["segments"][0]["shoppers"] == sorted({k[0] for k in effects.segments[0].fates})
