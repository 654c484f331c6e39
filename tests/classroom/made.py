"""Whole classes made for tests: a log as a room would write it, without a room."""

from __future__ import annotations

import random
from pathlib import Path

from sim.classroom.acting import entry_of
from sim.classroom.entries import NewEntry
from sim.classroom.hand import Hand
from sim.classroom.rounds import Rounds
from sim.classroom.settings import Settings
from sim.classroom.state import ClassState
from sim.classroom.store import ClassStore, SeatSecret
from sim.play.bets import IntervalBet, ProbabilityBet
from sim.play.bets_questions import questions

# What a trainee may call oneself, and what a page, a table and an archive must bear.
HOSTILE = (
    "=1+1", "<b>x</b>", "@SUM(A1)", "+86", "-5", '"; rm', "../../x", "CON", "a,b;c", "小林",
    "O'Neil", "{name}", "%s%n", "&amp;", "|", "赵 钱",
)  # fmt: skip
BEGIN = 1_790_000_000.0


class Made:
    """A class being made: entries are written to its file and folded as they come."""

    def __init__(self, path: Path, scenario, seed: int = 7, **settings) -> None:
        self.store = ClassStore.create(
            path, scenario.canonical(), seed, "CODE44", "x", settings, at=BEGIN
        )
        read = Settings.read(settings)
        self.scenario, self.at = scenario, BEGIN
        self.rounds = Rounds.of(scenario, read.rounds)
        self.state = ClassState.of(read, len(self.rounds), self.store.entries())

    def put(self, kind: str, seat: int | None = None, data=None, secrets=None) -> None:
        """Writes an entry, which must count."""
        self.at += 3.0
        entry = self.store.append([NewEntry(self.at, kind, seat, data or {})], secrets=secrets)[0]
        assert self.state.take(entry), (kind, seat, data)

    def act(self, **action) -> None:
        """Something the instructor does."""
        self.at += 5.0
        assert self.state.take(self.store.append([entry_of(self.state, action, self.at)])[0])

    def join(self, name: str) -> int:
        """A new seat."""
        seat = self.state.last_seat + 1
        data = {"round": self.state.rounds_over()}
        if self.state.settings.mode == "shared":
            data["street"], data["shop"] = self.state.free_shop()
        self.put("seat_joined", seat, data, {seat: SeatSecret(name, "p", f"t{seat}")})
        return seat

    def decide(self, seat: int, hand: Hand) -> None:
        """A hand for the open round."""
        self.put("hand", seat, {"round": self.state.round, "hand": hand.to_data(), "ready": True})

    def go_to(self, phase: str, number: int = 0) -> None:
        """On to a phase, nobody deciding anything."""
        while (self.state.phase, self.state.round) != (phase, number):
            self.act(do="next")


def make_class(
    path: Path,
    scenario,
    *,
    count: int = 8,
    rounds: int = 3,
    names=HOSTILE,
    until: str = "debrief",
    **settings,
) -> Path:
    """A class of `count` trainees: most of them decide and bet, one never decides, one is removed.

    The last seat decides nothing; the one before is taken out after the first round.
    """
    draw = random.Random(count * 31 + rounds)
    made = Made(path, scenario, rounds=rounds, **settings)
    for number in range(count):
        made.join(names[number] if number < len(names) else f"学员{number:03d}")
    made.go_to("bets")
    asked = questions(scenario)
    for seat in range(1, count):
        which = ProbabilityBet(asked[0], round(draw.uniform(0.3, 0.95), 2))
        low = round(draw.uniform(0.0, 0.2), 2)
        share = IntervalBet(asked[1], low, low + 0.25)
        if seat % 4:
            made.put("seat_bets", seat, {"bets": [which.to_data(), share.to_data()]})
    made.act(do="next")
    for number in range(rounds):
        for seat in range(1, count):
            if made.state.seats[seat].removed or draw.random() < 0.1:
                continue
            made.decide(seat, _hand(scenario, draw, seat))
        made.act(do="next")
        if number == 0 and count > 3:
            made.put("removed", count - 1)
        if number < rounds - 1:
            made.act(do="next")
    while until != "computed" and made.state.phase != until:
        made.act(do="next")
    made.store.close()
    return path


def _hand(scenario, draw: random.Random, seat: int) -> Hand:
    if scenario.campaign is not None:
        return Hand(policy=draw.choice(scenario.campaign.compare))
    if draw.random() < 0.15:
        return Hand(mix=(("answer", 0.5), ("explain", 0.5)))
    tactics = scenario.choices
    tactic = tactics[seat % len(tactics)] if draw.random() < 0.6 else draw.choice(tactics)
    act = "poll" if draw.random() < 0.3 else None
    product = "wool_coat" if draw.random() < 0.3 else None
    return Hand(tactic=tactic, act=act, product=product)
