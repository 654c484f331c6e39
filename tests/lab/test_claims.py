"""Claims: what proves one, what is played for it, what an interruption keeps; our own lessons."""

import math

import numpy as np
import pytest

from sim.lab import claims as lab
from sim.lab.claims import CLAIM_SEEDS, preview, prove, setting_of, worlds
from sim.lab.claims_judge import MOST_CROWDS, came_out, holds, judge, wilson
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
EVENING_CROWDS, CAMPAIGN_CROWDS = 4, 3


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


def test_when_a_claim_came_out():
    assert came_out(made(share=0.8), 0.8, 2, 1)
    assert not came_out(made(share=0.8), 0.79, 2, 1)
    assert came_out(made(times=2), 1.0, 2, 1) and not came_out(made(times=2), 1.0, 1.9, 1)
    # of a loss there is no so-many-fold
    assert came_out(made(times=2), 1.0, 1, -5) and not came_out(made(times=2), 1.0, -6, -5)
    assert came_out(made(alike=0.1), 0.0, 105, 100)
    assert not came_out(made(alike=0.1), 1.0, 115, 100)
    assert not came_out(made(), 1.0, float("nan"), 1)


def judged(made_claim, of, than):
    of, than = np.array(of, dtype=float), np.array(than, dtype=float)
    bands = [(float(np.nanmean(side)), 0.0, 0.0) for side in (of, than)]
    return judge(1, made_claim, (of, than), (bands[0], bands[1]))


def test_a_claim_is_proven_only_by_enough_crowds():
    few = judged(made(share=0.9), [20, 21, 22, 23, 24, 25], [10] * 6)
    assert (few.verdict, few.held, few.share_met, few.size_met) == ("held", 6, True, True)
    assert few.low < 0.9 and few.enough == 35
    many = [20 + n % 5 for n in range(few.enough)]
    assert judged(made(share=0.9), many, [10] * 35).verdict == "proven"
    assert judged(made(share=0.9), many[:34], [10] * 34).verdict == "held"
    # just the share that is asked is never more than it with confidence
    close = judged(made(share=0.9), [20] * 9 + [5], [10] * 10)
    assert (close.verdict, close.enough) == ("held", None) and MOST_CROWDS == 2000


def test_how_much_more_it_is_has_to_be_certain_too():
    spread = [14, 40] * 20
    assert judged(made(share=0.5, times=2.6), spread, [10] * 40).verdict == "held"
    assert judged(made(share=0.5, times=2), spread, [10] * 40).verdict == "proven"
    short = judged(made(share=0.5, times=2.8), spread, [10] * 40)
    assert (short.verdict, short.share_met, short.size_met) == ("missed", True, False)
    assert judged(made(share=0.5, times=4), spread, [10] * 40).verdict == "refuted"


def test_what_few_crowds_refute():
    assert judged(made(share=0.9), [5, 5], [10, 10]).verdict == "refuted"
    assert judged(made(share=0.9), [20] * 5 + [9], [10] * 6).verdict == "missed"
    assert judged(made(share=0.9), [20] * 5 + [9] * 5, [10] * 10).verdict == "refuted"


def test_two_alike_need_crowds_as_well():
    near = [102, 99, 101, 100, 103, 98, 100, 101]
    assert judged(made(alike=0.1), near[:2], [100] * 2).verdict == "held"
    assert judged(made(alike=0.1), near, [100] * 8).verdict == "proven"
    assert judged(made(alike=0.01), near, [100] * 8).verdict == "held"
    assert judged(made(alike=0.1), [150 + n for n in near], [100] * 8).verdict == "refuted"


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
    assert (right.verdict, wrong.verdict) == ("held", "refuted")
    assert proof.failed == (wrong,) and proof.count("held") == 1 and not proof.interrupted
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
    assert changed.switch_off == (*scenario.switch_off, "answers")
    assert setting_of(scenario, Way(tactic="patient")) is scenario
    moved = setting_of(scenario, Way(tactic="patient", change={"street": "trust"}))
    assert moved.street.id == "trust" and moved.host == scenario.host
    proof = prove(
        small(claim("comments", than={"tactic": "patient", "switch_off": ["comments"]})), 2
    )
    assert proof.claims[0].verdict == "held" and proof.claims[0].than[0] == 0


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
    assert nothing.interrupted and nothing.failed == ()
    assert all(judged.verdict is None and judged.crowds == 0 for judged in nothing.claims)
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
        assert came_out(loose, 1.0, judged.of[0], judged.than[0]), said
