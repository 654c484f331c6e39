"""Claims: what proves one, what is played for it, what an interruption keeps; our own lessons."""

import math

import pytest

from sim.lab import claims as lab
from sim.lab.claims import CLAIM_SEEDS, holds, is_proven, preview, prove, setting_of, wilson, worlds
from sim.lab.facts import FACT_SEEDS
from sim.lab.fit import FIT_SEEDS
from sim.play.campaign_figures import CAMPAIGN_METRICS
from sim.play.figures import METRICS
from sim.scenario import Scenario
from sim.scenario.claims import CLAIM_METRICS, Claim, Way
from sim.scenario.course import course
from sim.wording import text

LESSONS = [place.path.stem for place in course() if place.shipped]
# In full by `main.py check scenarios --claims`; here on so many crowds, to be quick.
EVENING_CROWDS, CAMPAIGN_CROWDS = 4, 1


def claim(metric="net_sales", of=None, than=None, **more):
    return {
        "says": {"zh": "一句话", "en": "A sentence"},
        "metric": metric,
        "of": of or {"tactic": "patient"},
        "than": than or {"tactic": "rushed"},
        **more,
    }


def small(*claims, **changes):
    first = Scenario.load("first_stream")
    return first.with_changes(
        {"shoppers": 900, "nights": 5, "lesson": None, "claims": list(claims), **changes}
    )


def made(**more):
    return Claim.model_validate(claim(**more))


def test_a_claim_can_be_about_every_figure_and_no_other():
    assert CLAIM_METRICS == METRICS + CAMPAIGN_METRICS
    for metric in CLAIM_METRICS:
        for language in ("zh", "en"):
            assert text(f"metrics.{metric}.name", language)


def test_crowds_of_claims_are_nobody_elses():
    taken = {*range(FACT_SEEDS, FACT_SEEDS + 2000), *range(FIT_SEEDS, FIT_SEEDS + 2000)}
    assert not taken & set(range(CLAIM_SEEDS, CLAIM_SEEDS + 2000))


def test_when_a_claim_holds_on_a_crowd():
    nothing = float("nan")
    assert holds(made(), 2, 1) and not holds(made(), 1, 1) and not holds(made(), 1, 2)
    assert not holds(made(), nothing, 1) and not holds(made(), 1, nothing)
    # a claim of more times as much is one of more on each crowd, and of so much more in all
    assert holds(made(times=3), 2, 1)
    assert holds(made(times=0.5), 0.6, 1) and not holds(made(times=0.5), 0.4, 1)
    alike = made(alike=0.1)
    assert holds(alike, 1.09, 1) and holds(alike, 0.91, 1) and not holds(alike, 1.2, 1)
    assert not holds(alike, nothing, 1)


def test_when_a_claim_is_proven():
    assert is_proven(made(share=0.8), 0.8, 2, 1)
    assert not is_proven(made(share=0.8), 0.79, 2, 1)
    assert is_proven(made(times=2), 1.0, 2, 1) and not is_proven(made(times=2), 1.0, 1.9, 1)
    # of a loss there is no so-many-fold
    assert is_proven(made(times=2), 1.0, 1, -5) and not is_proven(made(times=2), 1.0, -6, -5)
    assert is_proven(made(alike=0.1), 0.0, 105, 100)
    assert not is_proven(made(alike=0.1), 1.0, 115, 100)
    assert not is_proven(made(), 1.0, float("nan"), 1)


def test_how_well_a_few_crowds_speak_for_all():
    low, high = wilson(9, 10)
    assert (low, high) == (pytest.approx(0.5958, abs=1e-4), pytest.approx(0.9821, abs=1e-4))
    low, high = wilson(10, 10)
    assert high == 1.0 and low == pytest.approx(0.7225, abs=1e-4)
    assert wilson(0, 10) == (0.0, pytest.approx(1 - low))
    assert wilson(900, 1000)[0] > wilson(9, 10)[0]


def test_the_other_way_round_is_refuted():
    patient, rushed = {"tactic": "patient"}, {"tactic": "rushed"}
    proof = prove(
        small(claim("watch_seconds"), claim("watch_seconds", of=rushed, than=patient)), crowds=4
    )
    right, wrong = proof.claims
    assert right.proven and wrong.proven is False
    assert proof.refuted == (wrong,) and not proof.interrupted
    assert right.crowds == wrong.crowds == 4
    assert right.held == 4 and wrong.held == 0
    assert right.of == wrong.than and right.ratio == pytest.approx(1 / wrong.ratio)
    assert right.ratio == pytest.approx(right.of[0] / right.than[0])
    assert (right.number, wrong.number) == (1, 2)


def test_a_way_that_claims_share_is_played_once(monkeypatch):
    changed = {"tactic": "patient", "change": {"host.equipment": "studio"}}
    scenario = small(
        claim(), claim("gmv"), claim("trust", of=changed), claim("orders", crowds=2, than=changed)
    )
    played = []
    real = lab.compare_plans

    def counted(scenario, plans, seeds, progress):
        played.extend((scenario.host.equipment, name, seed) for name in plans for seed in seeds)
        return real(scenario, plans, seeds, progress)

    monkeypatch.setattr(lab, "compare_plans", counted)
    seen = []
    proof = prove(scenario, 3, lambda done, total: seen.append((done, total)))
    assert len(played) == len(set(played)) == 9 == worlds(scenario, 3)
    assert seen[-1] == (9, 9) and seen == sorted(seen)
    assert all(judged.crowds == 3 for judged in proof.claims)


def test_each_claim_has_its_own_number_of_crowds():
    proof = prove(small(claim(crowds=2), claim("gmv", crowds=5)))
    assert [judged.crowds for judged in proof.claims] == [2, 5]


def test_changes_and_switches_make_the_setting():
    scenario = small(claim())
    way = Way(tactic="patient", change={"host.equipment": "studio"}, switch_off=("answers",))
    changed = setting_of(scenario, way)
    assert changed.host.equipment == "studio"
    assert changed.switch_off == ("reports", "answers")
    assert setting_of(scenario, Way(tactic="patient")) is scenario
    moved = setting_of(scenario, Way(tactic="patient", change={"street": "trust"}))
    assert moved.street.id == "trust" and moved.host == scenario.host
    proof = prove(
        small(claim("comments", than={"tactic": "patient", "switch_off": ["comments"]})), 2
    )
    assert proof.claims[0].proven and proof.claims[0].than[0] == 0


def test_an_interruption_keeps_whole_blocks(monkeypatch):
    scenario = small(claim(), claim("gmv"))

    def stop(done, total):
        if done > 9:
            raise KeyboardInterrupt

    proof = prove(scenario, 12, stop)
    assert proof.interrupted
    assert [judged.crowds for judged in proof.claims] == [4, 4]
    whole = prove(scenario, 4)
    assert proof.claims == whole.claims

    def at_once(done, total):
        raise KeyboardInterrupt

    nothing = prove(scenario, 4, at_once)
    assert nothing.interrupted and nothing.refuted == ()
    assert all(judged.proven is None and judged.crowds == 0 for judged in nothing.claims)
    assert all(math.isnan(judged.ratio) for judged in nothing.claims)


def test_a_preview_plays_what_the_scenario_compares():
    scenario = small(claim())
    comparison = preview(scenario, range(2))
    assert comparison.tactics == list(scenario.compare)
    group = Scenario.load("the_group").with_changes({"shoppers": 60, "campaign.days": 2})
    assert preview(group, range(1)).tactics == list(group.campaign.compare)


@pytest.mark.parametrize("name", LESSONS)
def test_our_lessons_stand_by_what_they_claim(name):
    scenario = Scenario.load(name)
    crowds = EVENING_CROWDS if scenario.campaign is None else CAMPAIGN_CROWDS
    for judged in prove(scenario, crowds).claims:
        said = judged.claim.says.en
        assert judged.crowds == crowds, said
        # So few crowds cannot prove a share; they refute one that lies outside what they allow.
        assert judged.high >= judged.claim.share or judged.claim.alike is not None, said
        loose = judged.claim.model_copy(update={"share": 0.0, "times": 0.85 * judged.claim.times})
        if judged.claim.alike is not None:
            loose = judged.claim.model_copy(update={"alike": 1.8 * judged.claim.alike})
        assert is_proven(loose, 1.0, judged.of[0], judged.than[0]), said
