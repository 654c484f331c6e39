"""The coach: everything it says is simulated, clear on other crowds, and can be looked up."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import wording
from sim.model.acts import ACTS
from sim.model.decisions import Perform, SetMix, SetTactic
from sim.play.batch import compare_plans
from sim.play.best_line import BestKnown
from sim.play.bets import IntervalBet, ProbabilityBet, Question, Settled, settle_all
from sim.play.branch import BranchTree
from sim.play.luck import OWN, tie, transferable
from sim.play.run import Run
from sim.report import coach as coach_module
from sim.report import coach_judge
from sim.report.coach import coach, coachings
from sim.report.coach_change import (
    Change,
    less_of,
    mix_of_way,
    read_shift,
    shift_name,
    tactic_change,
)
from sim.report.coach_judge import Candidate, judged, ranked
from sim.report.coach_ledger import Cost, costs_of, remedy
from sim.report.coach_others import best_line_findings, duel_findings, duel_of
from sim.report.coach_search import windows_of
from sim.report.ledger import CAUSES, ledger
from sim.report.ledger_hosting import segments_of
from tests.model.streets import busy_street

MIXED = [(0, SetTactic("patient")), (15, SetTactic("rushed"))]


def street(**changes):
    return busy_street(shoppers=150, nights=4, live__minutes=30, **changes)


def played(plan, seed=5, scenario=None):
    """minutes since the live began."""
    run = Run(scenario or street(), seed)
    for minute, decision in plan:
        run.advance_ticks(run.live_start_tick + 6 * minute - run.tick)
        run.decide(decision)
    run.finish()
    return run


@pytest.fixture(scope="module")
def run():
    return played(MIXED)


@pytest.fixture(scope="module")
def said(run):
    return coach(run)


def plan_of_change(run, change):
    """What a change means, written down without the code under test; no later decisions here."""
    before = [step for step in run.decisions if step[0] < change.start]
    plan = [*before, (change.start, change.decision)]
    if change.stop < run.live_end_tick:
        own = [decision for tick, decision in run.decisions if tick <= change.stop]
        plan.append((change.stop, own[-1]))
        plan += [step for step in run.decisions if step[0] > change.stop]
    return plan


def test_it_has_something_to_say_of_a_mixed_evening(said):
    assert said.settled and said.crowds >= 8
    assert 1 <= len(said.findings) <= 3
    assert any(finding.beyond_luck for finding in said.findings)
    assert said.advice is not None


def test_findings_are_ranked_by_what_they_do_to_the_goal(said):
    clear = [finding for finding in said.findings if finding.beyond_luck]
    rest = [finding for finding in said.findings if not finding.beyond_luck]
    effects = [abs(finding.effect or 0.0) for finding in clear]
    assert effects == sorted(effects, reverse=True)
    assert len(rest) <= 1 and list(said.findings) == clear + rest


def test_what_is_told_of_this_crowd_is_what_the_change_brings(run, said):
    goal = run.scenario.goal
    own = run.report()[goal]
    told = [finding for finding in said.findings if finding.evidence.change is not None]
    assert told
    for finding in told:
        change = finding.evidence.change
        other = Run(run.scenario, run.seed)
        for tick, decision in plan_of_change(run, change):
            other.advance_ticks(tick - other.tick)
            other.decide(decision)
        other.finish()
        assert finding.here == pytest.approx(other.report()[goal] - own)
        assert said.tree.digest(finding.evidence.branch) == other.digest()


def test_the_advice_holds_on_crowds_nobody_has_met(run, said):
    plans = {OWN: transferable(run.decisions), "advised": plan_of_change(run, said.advice.change)}
    fresh = compare_plans(run.scenario, plans, range(3000, 3030))
    apart = fresh.paired(run.scenario.goal, "advised", OWN)
    assert apart.mean() > 0.0
    # within three standard errors of what was promised
    error = apart.std(ddof=1) / len(apart) ** 0.5
    promised = said.advice.verdict
    assert abs(apart.mean() - promised.mean) < 3.0 * (error + (promised.high - promised.low) / 4.0)


def test_the_advice_is_the_best_of_what_is_clear(said):
    better = [
        finding.effect
        for finding in said.findings
        if finding.beyond_luck and finding.kind in ("cost", "ledger") and finding.effect > 0
    ]
    assert said.advice.verdict.kind == "higher"
    assert said.advice.verdict.mean >= max(better)


def test_every_sentence_is_complete_in_both_languages(said):
    for language in wording.LANGUAGES:
        texts = [said.advice_text(language)]
        for finding in said.findings:
            texts += [finding.title(language), finding.text(language)]
        for note in said.notes(language):
            texts += [note.heading, *note.paragraphs]
        for text in texts:
            assert text and not re.search(r"[{}]|None|nan|Clause|Phrase", text)
            assert bool(re.search("[\u4e00-\u9fff]", text)) == (language == "zh")


def test_data_is_plain_and_points_at_the_evidence(run, said):
    data = json.loads(json.dumps(said.to_data(), allow_nan=False))
    assert len(data["findings"]) == len(said.findings)
    for item in data["findings"]:
        assert set(item["text"]) == {"zh", "en"} and "\u2060" not in item["text"]["en"]
        assert item["evidence"]["change"]["recipe"]
        assert all(0 <= number < len(run.events()) for number in item["evidence"]["events"])
    assert data["advice"]["recipe"].startswith(str(data["advice"]["minutes"][0]))


def test_a_ledger_finding_counts_what_the_ledger_holds(run):
    tree = BranchTree.of(run)
    charges = ledger(tree.side(0)).charges
    costs = costs_of(charges)
    assert costs
    for cost in costs:
        alike = [
            charge
            for charge in charges
            if (charge.cause, charge.act, charge.segment) == (cost.cause, cost.act, cost.segment)
        ]
        assert sorted(cost.charges, key=id) == sorted(alike, key=id)
        assert sum(count for _, count, _ in cost.counts()) == len(alike) >= 2
        assert sum(fen for _, _, fen in cost.counts()) == cost.fen
    assert [cost.fen for cost in costs] == sorted((cost.fen for cost in costs), reverse=True)


def test_every_cause_has_a_word():
    for kind, causes in CAUSES.items():
        assert wording.has(f"coach.kind.{kind}")
        assert all(wording.has(f"ledger.cause.{cause}") for cause in causes)
    assert all(wording.has("ledger.cause." + cause) for cause in ("returned", "waiting"))


def test_where_every_tactic_is_the_same_nothing_is_advised(monkeypatch):
    monkeypatch.setattr(coach_module, "costs_of", lambda charges: [])
    scenario = street()
    mix = dict(scenario.tactics["patient"].mix)
    changes = {f"tactics.{name}.mix": mix for name in scenario.tactics}
    run = played([(0, SetTactic("rushed"))], scenario=scenario.with_changes(changes))
    said = coach(run, budget=60)
    assert said.settled and said.findings == () and said.advice is None
    for language in wording.LANGUAGES:
        assert str(said.tried) in said.advice_text(language)
    assert "no advice" in said.advice_text("en")


def test_what_luck_could_turn_round_is_hardly_ever_called_clear(run):
    # Differences that are pure chance, judged as the coach judges its candidates.
    tree = BranchTree.of(run)
    start, end = tree.timeline.live_start, tree.timeline.live_end
    names = ("storytelling", "interaction", "rushed")
    candidates = [
        Candidate("cost", tactic_change(tree.scenario, start, end, name)) for name in names
    ]
    branches = [candidate.change.branch(tree).number for candidate in candidates]
    chance = np.random.default_rng(11)
    trials, wrong = 300, 0
    for _ in range(trials):
        reached = chance.normal(size=(1 + len(candidates), 12))
        reached[0] = 0.0
        findings, advice = judged(tree, candidates, branches, reached)
        assert bool(findings) == (advice is not None)
        wrong += advice is not None
    assert wrong <= 0.05 * trials


def test_an_unclear_ledger_entry_is_called_so(run):
    tree = BranchTree.of(run)
    segments = segments_of(tree.scenario, tree[0].decisions, tree.until)
    cost = next(
        cost
        for cost in costs_of(ledger(tree.side(0)).charges)
        if remedy(tree.scenario, segments, cost) is not None
    )
    candidate = Candidate("ledger", remedy(tree.scenario, segments, cost), cost)
    number = candidate.change.branch(tree).number
    reached = np.array([np.zeros(12), np.tile([1.0, -1.0], 6)])
    (finding,), advice = judged(tree, [candidate], [number], reached)
    assert advice is None and not finding.beyond_luck
    assert "cannot be told from luck" in finding.text("en")
    assert "说不准" in finding.text("zh") and "不是运气" not in finding.text("zh")


def test_what_brought_more_than_it_cost_is_not_headed_as_a_cost(run):
    tree = BranchTree.of(run)
    segments = segments_of(tree.scenario, tree[0].decisions, tree.until)
    cost = next(
        cost
        for cost in costs_of(ledger(tree.side(0)).charges)
        if remedy(tree.scenario, segments, cost) is not None
    )
    candidate = Candidate("ledger", remedy(tree.scenario, segments, cost), cost)
    number = candidate.change.branch(tree).number
    for sign, english, chinese in ((-1.0, "brought more", "带来的多"), (1.0, "", "")):
        reached = np.array([np.zeros(12), sign * np.arange(1.0, 13.0)])
        (finding,), _ = judged(tree, [candidate], [number], reached)
        assert english in finding.title("en") and chinese in finding.title("zh")
        assert ("brought more" in finding.title("en")) == (sign < 0)
        assert "luck alone does as much in <0.1% of cases" in finding.text("en")


def test_missed_sales_are_said_to_be_what_could_have_been(run):
    charges = ledger(BranchTree.of(run).side(0)).charges[:2]
    missed = [dataclasses.replace(one, kind="missed_sale", fen=12_000) for one in charges]
    said = coach_judge._charged(BranchTree.of(run), Cost("pressure", "hype", tuple(missed), 0))
    assert "if every one had come about" in said["losses"].text("en")
    assert "要是单单都成" in said["losses"].text("zh")


def test_luck_of_ones_own_crowd_is_called_so(run):
    tree = BranchTree.of(run)
    start, end = tree.timeline.live_start, tree.timeline.live_end
    change = tactic_change(tree.scenario, start, end, "storytelling")
    number = change.branch(tree).number
    goal = tree.scenario.goal
    sign = np.sign(tree.figures(number)[goal] - tree.figures(0)[goal])
    assert sign != 0
    kind = "gain" if sign > 0 else "cost"
    reached = np.array([np.zeros(12), np.full(12, -sign * 100.0)])
    (finding,), _ = judged(tree, [Candidate(kind, change)], [number], reached)
    assert "other way round" in finding.text("en") and "恰好相反" in finding.text("zh")


class TestBudget:
    def test_the_same_run_gives_the_same_findings(self, run, said):
        again = coach(run)
        assert again.to_data() == said.to_data()

    def test_less_budget_takes_fewer_lives(self, run, said):
        short = coach(run, budget=40)
        assert short.settled and short.lives < said.lives

    def test_progress_rises_to_the_budget(self, run):
        told = []
        coach(run, budget=60, progress=lambda *given: told.append(given))
        assert [done for done, _ in told] == sorted(done for done, _ in told)
        assert told[-1][0] <= told[-1][1] and len(told) > 3

    def test_interrupted_it_keeps_what_it_knows(self, run):
        calls = []

        def stop(done, total):
            calls.append(done)
            if len(calls) == 4:
                raise KeyboardInterrupt

        kept = coach(run, progress=stop)
        assert kept is not None and not kept.settled
        assert len(kept.findings) <= 3

    def test_nothing_is_claimed_before_it_is_measured(self, run):
        first = next(iter(coachings(run)))
        assert first.findings == () and first.advice is None and not first.settled

    def test_the_run_is_not_touched(self, run):
        digest, decisions = run.digest(), list(run.decisions)
        coach(run, budget=30)
        assert (run.digest(), run.decisions) == (digest, decisions)

    def test_an_unfinished_run_is_judged_as_if_it_went_on(self):
        half = Run(street(), 5)
        half.decide(SetTactic("rushed"))
        half.advance_ticks(half.live_start_tick + 30 - half.tick)
        tick = half.tick
        said = coach(half, budget=60)
        assert said.settled and half.tick == tick


class TestBets:
    def test_a_range_that_no_crowd_comes_near(self, run):
        bets = [
            IntervalBet(Question("return_rate"), 0.0, 1.0),
            IntervalBet(Question("orders", high=10_000), 5000, 6000),
        ]
        said = coach(run, settled=settle_all(bets, run), budget=60)
        (finding,) = [finding for finding in said.findings if finding.kind == "bet"]
        assert finding.evidence.bet == 1 and finding.effect is None and finding.beyond_luck
        assert "5,000 to 6,000" in finding.text("en")
        assert f"{run.report()['orders']:.0f}" in finding.text("en")

    def test_a_duel_that_went_the_other_way(self, run):
        question = Question("orders", "rushed", "patient")
        lost = Settled(ProbabilityBet(question, 0.95), 0.0)
        unsure = Settled(ProbabilityBet(question, 0.6), 0.0)
        won = Settled(ProbabilityBet(question, 0.05), 0.0)
        assert duel_of([won]) is None and duel_of([]) is None
        duel = duel_of([won, unsure, lost])
        assert duel.place == 2
        assert duel.plans() == [[(0, SetTactic("rushed"))], [(0, SetTactic("patient"))]]
        tree, others = BranchTree.of(run), np.arange(12.0)
        below = {"orders": np.array([others, others, others + 3.0])}
        (finding,) = duel_findings(duel, below, tree)
        assert finding.kind == "bet" and finding.evidence.bet == 2 and finding.effect is None
        assert "95% sure of “Rushed selling”" in finding.text("en")
        assert "12 of 12" in finding.text("en") and "by 3 on" in finding.text("en")
        # with other crowds it is open, or even as was bet: then it was luck, and is not told
        for apart in (np.tile([3.0, -3.0], 6), np.full(12, -3.0)):
            assert duel_findings(duel, {"orders": np.array([others, others, others + apart])},
                                 tree) == []  # fmt: skip

    def test_a_duel_is_simulated_with_other_crowds(self, run):
        orders = compare_plans(
            run.scenario,
            {name: [(0, SetTactic(name))] for name in ("patient", "rushed")},
            range(3000, 3012),
        ).paired("watch_seconds", "patient", "rushed")
        assert orders.mean() > 0.0 and tie(orders).clear
        question = Question("watch_seconds", "rushed", "patient")
        said = coach(run, settled=[Settled(ProbabilityBet(question, 0.9), 0.0)], budget=100)
        bets = [finding for finding in said.findings if finding.kind == "bet"]
        assert len(bets) == 1 or len(said.findings) == 3
        assert all("90% sure" in finding.text("en") for finding in bets)

    def test_bets_that_came_true_are_no_finding(self, run):
        bets = [IntervalBet(Question("orders", high=10_000), 0, 10_000)]
        said = coach(run, settled=settle_all(bets, run), budget=60)
        assert all(finding.kind != "bet" for finding in said.findings)


class TestBestLine:
    def known(self, run, gains):
        """A best line that brings so much more from each of three points on."""
        points = tuple(run.live_start_tick + 60 * n for n in range(3))
        own = tuple(run.decisions)
        onward = tuple(((point, SetTactic("storytelling")),) for point in points)
        noise = np.tile([-1.0, 1.0], 6)
        lines = {own: np.zeros(12)}
        lines |= {
            line: gain + noise * number
            for number, (line, gain) in enumerate(zip(onward, gains, strict=True))
        }
        return BestKnown(
            run.scenario, own, onward[0], points, onward, lines, dict.fromkeys(lines, 0.0),
            None, True, 1, 1,
        )  # fmt: skip

    def test_it_tells_where_most_was_given_away(self, run):
        tree = BranchTree.of(run)
        (finding,) = best_line_findings(self.known(run, (500.0, 490.0, 100.0)), tree)
        assert finding.effect == pytest.approx(390.0) and finding.beyond_luck
        assert finding.evidence.change.minutes(tree.timeline) == (10, 20)
        assert "+\u2060¥500" in finding.text("en") and "+\u2060¥390" in finding.text("en")

    def test_nothing_is_told_of_what_is_not_clear_or_known_already(self, run):
        tree = BranchTree.of(run)
        assert best_line_findings(None, tree) == []
        unclear = dataclasses.replace(self.known(run, (500.0, 490.0, 100.0)), settled=False)
        assert best_line_findings(unclear, tree) == []
        assert best_line_findings(self.known(run, (0.0, 0.0, 0.0)), tree) == []
        known = self.known(run, (500.0, 490.0, 100.0))
        (finding,) = best_line_findings(known, tree)
        told = dataclasses.replace(finding, kind="cost")
        assert best_line_findings(known, tree, [told]) == []


class TestChanges:
    @given(
        st.dictionaries(st.sampled_from(ACTS), st.integers(1, 100), min_size=1, max_size=6),
        st.sampled_from(ACTS), st.sampled_from([0.5, 1.0]),
        st.one_of(st.none(), st.sampled_from(ACTS)),
    )  # fmt: skip
    def test_time_given_away_is_neither_lost_nor_made(self, weights, act, part, to):
        total = sum(weights.values())
        mix = {name: weight / total for name, weight in weights.items()}
        to = None if to == act else to
        changed = less_of(mix, act, part, to)
        if not changed:
            assert act not in mix or (to is None and set(mix) == {act})
            return
        assert sum(changed.values()) == pytest.approx(1.0, abs=1e-9)
        assert all(round(100 * share) == pytest.approx(100 * share) for share in changed.values())
        assert changed.get(act, 0.0) == pytest.approx((1.0 - part) * mix[act], abs=0.0101)
        if to is not None:
            gained = mix.get(to, 0.0) + part * mix[act]
            assert changed.get(to, 0.0) == pytest.approx(gained, abs=0.0101)

    @given(
        st.sampled_from(ACTS), st.sampled_from([0.5, 1.0]),
        st.one_of(st.none(), st.sampled_from(ACTS)),
    )  # fmt: skip
    def test_a_shift_is_read_as_it_is_written(self, act, part, to):
        to = None if to == act else to
        assert read_shift(shift_name(act, part, to)) == (act, part, to)

    @pytest.mark.parametrize("typed", ["", "no-", "no-nix", "half-hype-to-", "half-hype-to-hype",
                                       "patient", "quarter-hype"])  # fmt: skip
    def test_what_is_no_shift(self, typed):
        assert read_shift(typed) is None

    def test_acts_done_by_hand_are_left_out(self):
        plan = [(0, SetTactic("patient")), *((2 * n, Perform("countdown", 120)) for n in range(14))]
        run = played(plan)
        tree = BranchTree.of(run)
        segments = segments_of(tree.scenario, tree[0].decisions, tree.until)
        costs = costs_of(ledger(tree.side(0)).charges)
        cost = next(cost for cost in costs if cost.act == "countdown")
        change = remedy(tree.scenario, segments, cost)
        assert change.by_hand and change.decision == SetTactic("patient")
        branch = change.branch(tree)
        assert not any(isinstance(what, Perform) for tick, what in branch.decisions
                       if tick >= change.start)  # fmt: skip

    def test_windows(self, run):
        timeline = run.timeline
        segments = segments_of(run.scenario, run.decisions)
        start, end = timeline.live_start, timeline.live_end
        assert windows_of(segments, timeline) == [(start, start + 90), (start + 90, end)]
        assert windows_of(segments[:1], timeline)[0] == (start, end)
        many = [dataclasses.replace(segments[0], number=n) for n in range(9)]
        quarters = windows_of(many, timeline)
        assert len(quarters) == 4 and quarters[0][0] == start and quarters[-1][1] == end
        assert all(one[1] == two[0] for one, two in itertools.pairwise(quarters))

    def test_recipes(self, run):
        timeline = run.timeline
        start, end = timeline.live_start, timeline.live_end
        assert tactic_change(run.scenario, start + 60, end, "rushed").recipe(timeline) == (
            "10:rushed"
        )
        shares = SetMix(less_of(mix_of_way(run.scenario, SetTactic("rushed")), "hype", 0.5, None))
        half = Change(start, start + 60, shares, "hype", None, 0.5)
        assert half.recipe(timeline) == "0:half-hype:10"
        own = Change(start, end, SetMix({"explain": 0.6, "hype": 0.4}))
        assert own.recipe(timeline) == "0:explain=60,hype=40"


def test_at_most_three_and_one_of_them_unclear(said):
    clear = next(finding for finding in said.findings if finding.beyond_luck)
    unclear = dataclasses.replace(clear, verdict=dataclasses.replace(clear.verdict, kind="tie"))
    assert ranked([unclear, unclear]) == (unclear,)
    assert ranked([unclear, clear, unclear]) == (clear, unclear)
    assert ranked([clear] * 5) == (clear,) * 3
