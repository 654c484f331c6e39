"""Worlds: a batch of streets that live side by side and never touch.

    worlds = World(scenario, seeds=[1, 2, 3])
    worlds.advance(until=120)
    branch = worlds.fork()

Row w of every array is world w. Threads may run worlds in any order; no bit changes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from sim.model import ENGINE_VERSION
from sim.model.layout import EVENT, STATE_RECORDS, Log, State, Town
from sim.model.population import populate
from sim.model.tick import advance_world
from sim.model.town import build_town
from sim.scenario import Scenario

_LOG_EVENTS = 16384
MOST_CARDS = 64
_NO_EVENTS = np.zeros(0, dtype=EVENT).view(np.recarray)


def _wheel_size(town: Town) -> int:
    """Slots of the calendar: a power of two above the longest anybody sleeps within a visit day."""
    longest = max(int(town.rules[0].closes) + 1, 1024)  # a day at most
    return 1 << (longest - 1).bit_length()


def _card_rows(scenario: Scenario, town: Town) -> int:
    """Rows for the cards there are and, in a campaign, for notes to come; 64 bits say who read."""
    first = len(town.cards)
    return first if scenario.campaign is None else max(first, MOST_CARDS)


def _order_rows(scenario: Scenario, pairs: int, stock: int) -> int:
    """Places in the order book; when they are used up, nothing can be sold.

    In an evening nobody orders a product twice and hardly a unit is sold more than twice. Over
    weeks shops and people buy goods again: eight parcels a head, and a few hundred more.
    """
    if scenario.campaign is None:
        return min(pairs, 2 * stock)
    return max(2 * stock, 8 * scenario.shoppers + 400)


class World:
    """One or more worlds of one scenario.

    scenario: what the worlds share. seeds: one non-negative integer below 2**63 a world; the seed
    is the crowd. Arrays have the shapes and units given in sim.model.layout, with a world axis
    first.
    """

    def __init__(self, scenario: Scenario, seeds: Sequence[int], *, town: Town | None = None):
        self.scenario = scenario
        self.town = town if town is not None else build_town(scenario)
        self.seeds = [int(seed) for seed in seeds]
        if any(not 0 <= seed < 2**63 for seed in self.seeds):
            raise ValueError("a seed is a whole number from 0 to 2**63 - 1")
        worlds, shoppers = len(self.seeds), scenario.shoppers
        hosts, products = len(self.town.hosts), len(self.town.products)
        stock = int(self.town.products["stock"].sum())
        shapes = {
            "clock": (worlds, 1),
            "shoppers": (worlds, shoppers),
            "relations": (worlds, shoppers, hosts),
            "knowledge": (worlds, shoppers, products),
            "rooms": (worlds, hosts),
            "shelves": (worlds, products),
            "cards": (worlds, _card_rows(scenario, self.town)),
            "orders": (worlds, max(1, _order_rows(scenario, shoppers * products, stock))),
        }
        self.arrays: dict[str, np.ndarray] = {
            name: np.zeros(shapes[name], dtype=dtype).view(np.recarray)
            for name, dtype in STATE_RECORDS.items()
        }
        self.arrays["wheel"] = np.zeros((worlds, _wheel_size(self.town)), dtype=np.int32)
        self.arrays["awake"] = np.zeros((worlds, (shoppers + 63) // 64), dtype=np.uint64)
        for w, seed in enumerate(self.seeds):
            with np.errstate(over="ignore"):  # interpreted, numpy speaks up where the hash wraps
                populate(self.state(w), self.town, np.uint64(seed))

    def __len__(self) -> int:
        return len(self.seeds)

    def state(self, w: int = 0) -> State:
        """Views of world w's arrays, as the rules take them; writing to them writes the world."""
        return State(**{name: self.arrays[name][w] for name in State._fields})

    def tick(self, w: int = 0) -> int:
        """Ticks that world w has lived."""
        return int(self.arrays["clock"][w, 0]["tick"])

    def fork(self, rows: Iterable[int] | None = None) -> World:
        """A copy of these worlds (or of the rows named, in order, repeats allowed)."""
        picked = list(range(len(self)) if rows is None else rows)
        copy = object.__new__(World)
        copy.scenario, copy.town = self.scenario, self.town
        copy.seeds = [self.seeds[w] for w in picked]
        copy.arrays = {name: array[picked] for name, array in self.arrays.items()}
        return copy

    def advance(
        self,
        until: int,
        *,
        keep: Sequence[int] | None = None,
        threads: int | None = None,
    ) -> list[np.ndarray]:
        """Ticks every world up to tick `until`.

        keep: numbers of the hosts whose events are kept (none by default).
        Returns one array of events a world (dtype EVENT, in time order), empty where none are kept.
        """
        hosts = np.zeros(len(self.town.hosts), dtype=np.uint8)
        if keep is not None:
            hosts[list(keep)] = 1

        def run(w: int) -> np.ndarray:
            return self._advance_one(w, until, hosts)

        workers = min(threads or os.cpu_count() or 1, len(self))
        if workers <= 1:
            return [run(w) for w in range(len(self))]
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(run, range(len(self))))

    def _advance_one(self, w: int, until: int, hosts: np.ndarray) -> np.ndarray:
        state = self.state(w)
        kept: list[np.ndarray] = []
        size = _LOG_EVENTS if hosts.any() else 0
        events = np.zeros(size, dtype=EVENT).view(np.recarray) if size else _NO_EVENTS
        count = np.zeros(1, dtype=np.int64)
        with np.errstate(over="ignore"):
            while (before := self.tick(w)) < until:
                advance_world(state, self.town, Log(events, count, hosts), until)
                if count[0]:
                    kept.append(events[: count[0]].copy())
                    count[0] = 0
                elif size and self.tick(w) == before:  # one tick may need more room than there is
                    size *= 2
                    events = np.zeros(size, dtype=EVENT).view(np.recarray)
        return np.concatenate(kept) if kept else np.zeros(0, dtype=EVENT)

    def digest(self, w: int = 0) -> str:
        """128 bits over every byte of world w's state; equal only for equal worlds."""
        return digest_of(self.state(w))

    def change(self, w: int, apply: Callable[[State, Town], None]) -> None:
        """Applies a decision to world w between two ticks."""
        with np.errstate(over="ignore"):
            apply(self.state(w), self.town)


def digest_of(state: State) -> str:
    """blake2b over the engine version and the arrays in the order of State; 32 hex digits."""
    digest = hashlib.blake2b(ENGINE_VERSION.encode(), digest_size=16)
    for name in State._fields:
        array = np.ascontiguousarray(getattr(state, name))
        digest.update(name.encode())
        digest.update(array.view(np.uint8).reshape(-1).data)
    return digest.hexdigest()
