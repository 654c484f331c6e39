"""A campaign being played: mornings that are planned, days that pass, nights and weeks."""

from __future__ import annotations

import time

from sim.errors import DecisionError, Phrase, StrollError
from sim.model import TICKS_PER_DAY
from sim.ui.feed import Feed
from sim.ui.session import FRAME_BUDGET, TICKS_BEFORE_LIVE, Session

_CHUNK = 60
_MOST_EVENTS_TOLD = 4000


class CampaignSession(Session):
    """The session of a campaign. Time passes on `pass_time`, in slices that never hold a frame up.

    practice  nothing is written down, and `reset` goes back to the first morning
    auto_live whether lives run by themselves, by the tactic they were planned with
    """

    def __init__(self, scenario, seed: int | None = None, make_run=None, practice=False) -> None:
        super().__init__(scenario, seed, make_run)
        self.base = scenario
        self.practice = practice
        self.auto_live = False
        self.weeks_shown = 0
        self._start = None
        self._groups: list[int] = []
        self._policy_day = -1

    # -- preparing -----------------------------------------------------------------------------
    def _prepare(self) -> None:
        try:
            run = self._make_run(self.base, self.seed, self._tell)
            self._start = run.fork() if self.practice else None
            self.run = run
            self.seed = getattr(run, "seed", self.seed)
            self.weeks_shown = self.day // 7
            self._look()
            self.feed.new_bubbles.clear()
        except StrollError as error:
            self.error = error
        except Exception as error:
            self.error = StrollError(Phrase("ui.error.run_failed", reason=str(error)[:160]))
        finally:
            self._ready.set()

    def keep_journal(self) -> None:
        """Write the run down, unless it is practice."""
        if not self.practice:
            super().keep_journal()

    def reset(self) -> None:
        """Back to the first morning of a practice run, in which nothing has happened."""
        self.run = self._start.fork()
        self.scenario = self.base
        self.feed, self._events_read, self.weeks_shown = Feed(), 0, 0
        self._groups, self._policy_day = [], -1
        self._look()

    # -- where the campaign is -----------------------------------------------------------------
    @property
    def day(self) -> int:
        """The present day, counted from 0."""
        return self.run.tick // TICKS_PER_DAY

    @property
    def policy(self):
        """The policy that a person starts from."""
        return self.base.policies[self.base.campaign.policy]

    def _look(self) -> None:
        self.before = self.seen
        self.seen = self.run.observe()
        events = self.run.events(self._events_read)
        self._events_read += len(events)
        self.feed.take(events[-_MOST_EVENTS_TOLD:])
        self._unheard.append(events)

    # -- time ----------------------------------------------------------------------------------
    @property
    def next_stop(self) -> int:
        """The tick up to which time passes by itself: a live to be played, a morning, the end."""
        run = self.run
        if run.phase in ("morning", "before") and run.is_live_day and not self.auto_live:
            return max(run.tick, run.live_start_tick - TICKS_BEFORE_LIVE)
        morning = (run.tick // TICKS_PER_DAY + 1) * TICKS_PER_DAY
        if morning >= run.timeline.closes:
            return run.end_tick
        return morning

    def pass_time(
        self, ticks: float, stop: int, budget: float = FRAME_BUDGET, look: bool = True
    ) -> bool:
        """Let up to `ticks` pass towards tick `stop`, for one frame; true when it is reached.

        look: whether what is seen is brought up to date; it always is on arrival.
        """
        started, target = time.perf_counter(), min(stop, self.run.tick + int(ticks))
        while self.run.tick < target:
            if not self.run.advance_ticks(min(_CHUNK, target - self.run.tick)):
                break
            if time.perf_counter() - started > budget:
                break
        arrived = self.run.tick >= stop or self.run.phase == "finished"
        if look or arrived:
            self._look()
        return arrived

    def begin_live(self) -> None:
        """The room opens: what is told from now on is tonight's, and so are start and length."""
        run = self.run
        minutes = (run.live_end_tick - run.live_start_tick) // 6
        live = self.base.live.model_copy(
            update={"starts": run.timeline.clock(run.live_start_tick), "minutes": minutes}
        )
        self.scenario = self.base.model_copy(update={"live": live})
        self.feed, self._events_read = Feed(), len(run.events())
        self._unheard.clear()
        self.paused = False
        self._look()

    def end_live(self) -> None:
        """The room is closed: the scenario is the campaign's again."""
        self.scenario = self.base
        self.paused = False

    # -- decisions -----------------------------------------------------------------------------
    @property
    def planned(self) -> list:
        """What has been decided this morning."""
        return [decision for tick, decision in self.run.decisions if tick == self.run.tick]

    def plan(self, *decisions) -> DecisionError | None:
        """Decide several things as one: when one is refused, none of them is done."""
        done = 0
        for decision in decisions:
            error = self.decide(decision)
            if error is not None:
                for _ in range(done):
                    self.run.undo()
                self.seen = self.run.observe()
                return error
            done += 1
        if done:
            self._groups.append(done)
        return None

    @property
    def can_undo(self) -> bool:
        return bool(self.run is not None and self.run.can_undo and self.planned)

    def undo(self) -> DecisionError | None:
        """Take back what was planned last this morning; in a live, the last choice."""
        if self.run.phase != "morning":
            return super().undo()
        if not self.can_undo:
            return DecisionError(Phrase("decisions.nothing_to_undo"))
        count = self._groups.pop() if self._groups else 1
        for _ in range(min(count, len(self.planned))):
            try:
                self.run.undo()
            except DecisionError as error:
                return error
        self._policy_day = -1
        self.seen = self.run.observe()
        return None

    def forget_groups(self) -> None:
        """A new morning: what was decided before cannot be taken back as a group."""
        self._groups = []

    @property
    def policy_planned(self) -> bool:
        """Whether the policy was asked this morning, though it may have planned nothing."""
        return self._policy_day == self.day

    def plan_by_policy(self) -> tuple[int, list[DecisionError]]:
        """Fill the morning as the campaign's policy does: (decisions taken, those refused)."""
        from sim.play.policy import morning

        if self._policy_day == self.day:
            return 0, [DecisionError(Phrase("desk.message.policy_twice"))]
        done, refused = 0, []
        for decision in morning(self.policy, self.base, self.run.world.state(0), self.day):
            error = self.decide(decision)
            if error is None:
                done += 1
            else:
                refused.append(error)
        if done:
            self._groups.append(done)
        self._policy_day = self.day
        return done, refused

    def plan_as_yesterday(self) -> tuple[int, list[DecisionError]]:
        """Give yesterday morning's decisions again; what holds on by itself is left alone."""
        dawn = (self.day - 1) * TICKS_PER_DAY
        wanted = [d for tick, d in self.run.decisions if tick == dawn]
        lasting = ("care_for_group", "buy_traffic", "sign_partner")
        wanted = [d for d in wanted if d.kind not in lasting]
        done, refused = 0, []
        for decision in wanted:
            error = self.decide(decision)
            if error is None:
                done += 1
            else:
                refused.append(error)
        if done:
            self._groups.append(done)
        if not wanted:
            refused.append(DecisionError(Phrase("desk.message.no_yesterday")))
        return done, refused
