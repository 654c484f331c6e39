"""The streets of a class: every history of hands is computed once, whoever made it.

    streets = Streets(scenario, seed, shops=1, rounds=Rounds.of(scenario, 6))
    moment = streets.at(history)          # a Run, or a SharedRun, that nobody may change

A history holds, for each round that is over, the hands of all shops of the street. The crowd, its
luck and everything else being the same, two trainees who decided the same stand in the same street
to the bit; so the streets form a tree that is grown by fork and tick.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from sim.classroom.hand import Hand
from sim.classroom.rounds import Rounds
from sim.errors import DecisionError, Phrase
from sim.model.decisions import Decision, try_out
from sim.play.living import live_day
from sim.play.run import Run
from sim.play.shared import SharedRun
from sim.scenario import AccountPolicy, Scenario

# Hands of every shop of a street, for every round.
History = tuple[tuple[Hand, ...], ...]
Street = Run | SharedRun
# What worlds that are kept may weigh, in bytes; those used longest ago are computed again.
_MOST_BYTES = 900_000_000
_PRACTICE_AWAY = 20_000_003


class Streets:
    """All streets that a class needs at the moment. Safe to use from several threads."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        shops: int,
        rounds: Rounds,
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        self.scenario, self.seed, self.shops, self.rounds = scenario, seed, shops, rounds
        self._kept: OrderedDict[tuple[History, bool], Future[Street]] = OrderedDict()
        self._lock = threading.Lock()
        self._wanted = 0  # streets that are needed at the same time
        street: Street = SharedRun(scenario, seed, shops) if shops > 1 else Run(scenario, seed)
        self.crowd_digest = street.digest()
        street.advance_ticks(rounds.edges[0])
        self._first = street
        weight = sum(array.nbytes for array in street.world.arrays.values())
        self.most_kept = max(8, most_bytes // (weight + 500_000))

    def has(self, history: History, finished: bool = False) -> bool:
        """Whether this street is there without computing."""
        if not history and not finished:
            return True
        with self._lock:
            found = self._kept.get((history, finished))
        return found is not None and found.done()

    def at(self, history: History, finished: bool = False) -> Street:
        """The street after these rounds, or `finished`: after the last night. Not to be changed."""
        if not history and not finished:
            return self._first
        key = (history, finished)
        with self._lock:
            found = self._kept.get(key)
            mine = found is None
            if mine:
                found = self._kept[key] = Future()
            self._kept.move_to_end(key)
        if mine:
            try:
                found.set_result(self._compute(history, finished))
            except BaseException as error:
                with self._lock:
                    self._kept.pop(key, None)
                found.set_exception(error)
            self._tidy(self._wanted)
        return found.result()

    def grow(
        self,
        histories: Collection[History],
        finished: bool = False,
        progress: Callable[[int, int], None] | None = None,
        look: Callable[[History], None] | None = None,
        workers: int = 2,
    ) -> None:
        """Computes the streets of all these histories; `look` sees each while it is there.

        Where two rounds of all streets would weigh too much, those that they grow out of are let
        go of; they can be computed again.
        """
        wanted = list(dict.fromkeys(histories))
        spare = 2 * len(wanted) <= self.most_kept
        families: dict[History, list[History]] = {}
        for history in wanted:
            families.setdefault(history if finished else history[:-1], []).append(history)
        self._wanted = len(wanted)
        done = 0
        counting = threading.Lock()

        def bring_up(parent: History) -> None:
            nonlocal done
            children = families[parent]
            for history in children:
                last = history is children[-1]
                self._grow_one(history, finished, take_parent=last and not spare)
                if look is not None:
                    look(history)
                with counting:
                    done += 1
                    if progress is not None:
                        progress(done, len(wanted))

        with ThreadPoolExecutor(workers, thread_name_prefix="street") as pool:
            for _ in pool.map(bring_up, families):
                pass
        self._tidy(self._wanted)

    def _grow_one(self, history: History, finished: bool, take_parent: bool) -> None:
        key = (history, finished)
        with self._lock:
            found = self._kept.get(key)
        if found is not None or not history:
            self.at(history, finished)
            return
        parent = history if finished else history[:-1]
        if take_parent and parent:
            street = self.at(parent)
            with self._lock:
                self._kept.pop((parent, False), None)
        else:
            street = self.at(parent).fork()
        self._play(street, history, finished)
        with self._lock:
            self._kept[key] = found = Future()
        found.set_result(street)

    def keep_only(self, histories: Iterable[History]) -> None:
        """Lets go of everything else, except what these grew out of, where there is room."""
        kept = set(histories)
        if 2 * len(kept) <= self.most_kept:
            kept |= {history[:-1] for history in kept}
        with self._lock:
            for key in [key for key, found in self._kept.items()
                        if key[0] not in kept and found.done()]:  # fmt: skip
                del self._kept[key]

    def check(self, history: History, shop: int, hand: Hand) -> None:
        """DecisionError where this hand is not possible after this history, in this shop."""
        if self.scenario.campaign is not None:
            _policy_of(self.scenario, [hand])
            return
        try_out(hand.decisions(), self.at(history).world, shop)

    def _compute(self, history: History, finished: bool) -> Street:
        street = self.at(history if finished else history[:-1]).fork()
        self._play(street, history, finished)
        return street

    def _play(self, street: Street, history: History, finished: bool) -> None:
        """Brings a street from the edge before to the one after this history, or to the end."""
        if finished:
            street.advance_ticks(street.end_tick - street.tick)
            return
        for shop, hand in enumerate(history[-1]):
            play_hand(street, shop, hand)
        until = self.rounds.edges[len(history)]
        if self.scenario.campaign is not None:
            policy = _policy_of(self.scenario, [hands[0] for hands in history])
            while street.tick < until:
                live_day(street, policy)
        street.advance_ticks(until - street.tick)

    def _tidy(self, at_least: int = 0) -> None:
        with self._lock:
            for key in list(self._kept):
                if len(self._kept) <= max(self.most_kept, at_least):
                    break
                if self._kept[key].done():
                    del self._kept[key]


def practice_seed(seed: int) -> int:
    """The crowd on which a class with this crowd practises: nobody shall have met the luck of the
    lesson before."""
    return (seed + _PRACTICE_AWAY) % 2**53


def play_hand(street: Street, shop: int, hand: Hand) -> None:
    """Gives a hand to a shop of a street; what has become impossible by now is left out.

    It was possible when it was made. In a vote several people's wishes come together, and a
    stand-in may go on with a hand of an earlier round.
    """
    if street.scenario.campaign is not None:
        return
    for decision in hand.decisions():
        try:
            _decide(street, shop, decision)
        except DecisionError:
            continue


def _decide(street: Street, shop: int, decision: Decision) -> None:
    if isinstance(street, SharedRun):
        street.decide(shop, decision)
    else:
        street.decide(decision, keep_undo=False)


def _policy_of(scenario: Scenario, hands: Sequence[Hand]) -> AccountPolicy:
    """The policy that was chosen last; before any was, the one that people start from."""
    chosen = [hand.policy for hand in hands if hand.policy is not None]
    name = chosen[-1] if chosen else scenario.campaign.policy
    if name not in scenario.policies:
        known = ", ".join(scenario.policies)
        raise DecisionError(Phrase("class_core.unknown_policy", found=name, accepted=known))
    return scenario.policies[name]
