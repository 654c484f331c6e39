"""A campaign as a run: its phases, what can be taken back, and its way to disk and back."""

from __future__ import annotations

import pytest

from sim.errors import DecisionError
from sim.model import TICKS_PER_DAY
from sim.model.decisions import SetTactic
from sim.model.planning import CareForGroup, PlanLive, PublishNote, Restock
from sim.play.capsule import capsule_of, verify
from sim.play.capsule_code import code_of
from sim.play.capsule_file import load_capsule, save_capsule
from sim.play.journal import Journal
from sim.play.recording import read_recording
from sim.play.replay import replay, resume
from sim.play.run import Run
from sim.play.verdict import played, standing, verdict_of
from tests.model.campaigns import busy_morning, play_days, small_campaign

DAYS = 3


@pytest.fixture(scope="module")
def scenario():
    return small_campaign(DAYS)


def journalled(scenario, path, until=None):
    """The busy campaign with a journal, to the end or to a tick."""
    run = Run(scenario, 5, Journal.create(path, scenario, 5))
    go_on(run, until)
    run.journal.close()
    return run


def go_on(run, until=None):
    end = run.end_tick if until is None else until
    while run.tick < end:
        if run.phase == "morning" and not any(t == run.tick for t, _ in run.decisions):
            for decision in busy_morning(run.tick // TICKS_PER_DAY):
                run.decide(decision)
        run.advance_ticks(min(TICKS_PER_DAY - run.tick % TICKS_PER_DAY, end - run.tick))


class TestPhases:
    def test_a_day_with_a_live(self, scenario):
        run = Run(scenario, 5)
        assert run.phase == "morning" and not run.is_live_day
        run.decide(PlanLive("20:00", 30))
        assert run.phase == "morning" and run.is_live_day
        seen = {}
        while run.tick < TICKS_PER_DAY:
            seen.setdefault(run.phase, run.tick)
            run.advance_ticks(10)
        opened = run.timeline.open_ticks
        assert seen == {"morning": 0, "before": 10, "live": 30, "street": 210, "night": opened}
        assert run.phase == "morning" and not run.is_live_day

    def test_a_day_without_one(self, scenario):
        run = Run(scenario, 5)
        run.advance_ticks(1)
        assert run.phase == "street" and run.live_start_tick == -1
        run.advance_ticks(run.timeline.open_ticks - 1)
        assert run.phase == "night"

    def test_the_end(self, scenario):
        run = Run(scenario, 5)
        run.advance_ticks((DAYS - 1) * TICKS_PER_DAY)
        assert run.phase == "morning"
        run.advance_ticks(TICKS_PER_DAY)
        assert run.phase == "night"  # the last parcels, with no day to plan
        run.finish()
        assert run.phase == "finished" and run.tick == run.end_tick
        with pytest.raises(DecisionError):
            run.decide(CareForGroup(1, 1))

    def test_what_can_be_decided_when(self, scenario):
        run = Run(scenario, 5)
        run.decide(PlanLive("20:00", 30))
        run.advance_ticks(run.live_start_tick + 6)
        assert run.phase == "live"
        run.decide(SetTactic("rushed"))
        with pytest.raises(DecisionError, match="morning"):
            run.decide(PublishNote("story", ("linen_shirt",)))
        run.advance_ticks(run.timeline.open_ticks - run.tick)
        assert run.phase == "night"
        with pytest.raises(DecisionError):
            run.decide(SetTactic("patient"))

    def test_today_is_the_present_day_alone(self, scenario):
        run = play_days(scenario, until=TICKS_PER_DAY)
        whole = run.report()
        assert whole["visits"] > 0 and run.today()["visits"] == 0
        run.advance_ticks(100)
        assert run.report()["impressions"] == whole["impressions"] + run.today()["impressions"]


class TestTakingBack:
    def test_plans_of_a_morning(self, scenario):
        run = Run(scenario, 5)
        digest, cash = run.digest(), int(run.world.state(0).rooms[0]["cash"])
        run.decide(Restock("linen_shirt", 2))
        run.decide(PublishNote("story", ("linen_shirt",)))
        assert run.undo() == PublishNote("story", ("linen_shirt",))
        assert run.undo() == Restock("linen_shirt", 2)
        assert run.digest() == digest and not run.can_undo
        assert int(run.world.state(0).rooms[0]["cash"]) == cash

    def test_back_into_the_morning_of_the_day(self, scenario):
        run = Run(scenario, 5)
        run.advance_ticks(TICKS_PER_DAY)
        digest = run.digest()
        run.decide(PlanLive("20:00", 30))
        run.advance_ticks(200)
        assert run.undo() == PlanLive("20:00", 30)
        assert (run.tick, run.phase, run.digest()) == (TICKS_PER_DAY, "morning", digest)

    def test_not_at_night(self, scenario):
        run = Run(scenario, 5)
        run.decide(CareForGroup(10, 1))
        run.advance_ticks(run.timeline.open_ticks)
        assert run.phase == "night" and not run.can_undo


class TestForks:
    @pytest.mark.parametrize("at", [0, 200, TICKS_PER_DAY, TICKS_PER_DAY + 5000])
    def test_a_fork_goes_its_own_way(self, scenario, at):
        run = play_days(scenario, until=at)
        fork = run.fork()
        assert fork.digest() == run.digest() and fork.decisions == run.decisions
        if fork.phase == "morning":
            fork.decide(CareForGroup(200, 5))
            assert fork.digest() != run.digest()
            assert run.decisions == fork.decisions[:-1]
        else:
            fork.finish(), run.finish()
            assert fork.digest() == run.digest()
            assert fork.campaign_report() == pytest.approx(run.campaign_report(), nan_ok=True)


class TestOnDisk:
    def test_a_journal_is_replayed_to_the_same_digest(self, scenario, tmp_path):
        run = journalled(scenario, tmp_path / "a.jsonl")
        again = replay(tmp_path / "a.jsonl")
        assert again.verified and again.checked >= DAYS
        assert again.run.digest() == run.digest() and again.run.decisions == run.decisions
        assert again.run.campaign_report() == pytest.approx(run.campaign_report(), nan_ok=True)
        verdict = verdict_of(again)
        assert verdict.checked == again.checked and verdict.outcome != "false"

    @pytest.mark.parametrize("stop", [0, 1, 130, 5000, TICKS_PER_DAY, 2 * TICKS_PER_DAY + 150])
    def test_a_stopped_campaign_is_resumed_to_the_same_digest(self, scenario, tmp_path, stop):
        whole = play_days(scenario)
        path = tmp_path / "a.jsonl"
        journalled(scenario, path, stop)
        going = resume(path)
        assert going.tick <= stop and stop - going.tick <= 360  # an hour at most is lost
        go_on(going)
        going.journal.close()
        assert going.digest() == whole.digest()
        again = replay(path)
        assert again.verified and again.run.digest() == whole.digest()
        assert read_recording(path).finished

    def test_a_plan_taken_back_stays_so(self, scenario, tmp_path):
        path = tmp_path / "a.jsonl"
        run = Run(scenario, 5, Journal.create(path, scenario, 5))
        run.decide(PlanLive("20:00", 30))
        run.advance_ticks(100)
        run.undo()
        run.decide(CareForGroup(30, 1))
        run.advance_ticks(TICKS_PER_DAY)
        run.journal.close()
        again = replay(path)
        assert again.difference is None and again.run.digest() == run.digest()
        assert [decision for _, decision in again.run.decisions] == [CareForGroup(30, 1)]

    def test_a_forged_plan_is_refused(self, scenario, tmp_path):
        from sim.errors import JournalError

        path = tmp_path / "a.jsonl"
        journal = Journal.create(path, scenario, 5)
        journal.decision(0, CareForGroup(480, 1))
        journal.decision(0, PlanLive("20:00", 55))  # more hours than a day has
        journal.heartbeat(360)
        journal.close()
        with pytest.raises(JournalError, match="line 3"):
            replay(path)

    def test_a_capsule(self, scenario, tmp_path):
        run = play_days(scenario)
        save_capsule(capsule_of(run), tmp_path / "a.capsule")
        capsule = load_capsule(tmp_path / "a.capsule")
        again = verify(capsule)
        assert again.verified and again.run.digest() == run.digest()
        assert code_of(capsule) is None

    def test_how_far_it_came_is_said(self, scenario):
        run = play_days(scenario, until=TICKS_PER_DAY + 100)
        assert standing(run).text("en").startswith("NOT FINISHED: day 2 of 3")
        assert "第 2 天" in standing(run).text("zh")
        run = play_days(scenario)
        said = played(run).text("en")
        assert said.startswith("Lives: 2; notes: 3;") and "inviting" in said
        assert played(run).text("zh").startswith("直播 2 场")
