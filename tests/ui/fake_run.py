"""A small stand-in for Run: it honours the interface that the window uses, and nothing more.

It lets the window be tested in milliseconds and in states that a real live seldom reaches.
"""

from __future__ import annotations

import copy
from types import SimpleNamespace

import numpy as np

from sim.errors import DecisionError
from sim.scenario import minutes_of

PEOPLE = np.dtype(
    [
        ("shopper", "i4"),
        ("place", "u1"),
        ("where", "i2"),
        ("patience", "f4"),
        ("certainty", "f4"),
        ("arousal", "f4"),
        ("pressure", "f4"),
        ("trust", "f4"),
        ("asking", "u1"),
        ("follower", "u1"),
        ("seconds", "f4"),
    ]
)
EVENTS = np.dtype(
    [
        ("tick", "i4"),
        ("kind", "u1"),
        ("shopper", "i4"),
        ("host", "i2"),
        ("product", "i2"),
        ("value", "f8"),
        ("extra", "f8"),
    ]
)
FIGURES = (
    "impressions",
    "visits",
    "viewers",
    "watch_seconds",
    "comments",
    "commenters",
    "orders",
    "buyers",
    "conversion",
    "gmv",
    "returns",
    "return_rate",
    "net_sales",
    "followers",
    "unfollowed",
    "orders_after_5min",
    "median_minutes_to_order",
    "commenter_ratio",
    "trust",
)


class FakeRun:
    def __init__(self, scenario, seed=None, tell=None, people: int = 260) -> None:
        self.scenario = scenario
        self.seed = scenario.seed if seed is None else seed
        opens = minutes_of(scenario.street_hours.opens)
        starts = minutes_of(scenario.live.starts)
        self.opens = opens
        self.live_start_tick = (starts - opens) * 6
        self.live_end_tick = self.live_start_tick + scenario.live.minutes * 6
        self.end_tick = self.live_end_tick + scenario.nights * 8640
        self.tick = 0
        self.decisions = []
        self.tactic = scenario.choices[0]
        self.product = scenario.host.products[0].id
        self.rng = np.random.default_rng(self.seed)
        self.people = np.zeros(people, PEOPLE)
        self.people["shopper"] = np.sort(self.rng.choice(4000, people, replace=False))
        self.people["place"] = self.rng.choice([1, 2, 3, 4], people, p=[0.42, 0.2, 0.36, 0.02])
        self.people["patience"] = self.rng.beta(1.3, 0.9, people)
        self.people["certainty"] = self.rng.random(people)
        self.people["trust"] = self.rng.random(people)
        self.people["follower"] = self.rng.random(people) < 0.1
        self._rehome(np.ones(people, bool))
        self._events = []
        self.figures = dict.fromkeys(FIGURES, 0.0)
        self.stock = {p.id: p.stock for p in scenario.host.products}

    def _rehome(self, mask) -> None:
        cards = len(self._cards())
        rooms = [i for i, h in enumerate(self.scenario.hosts) if i == 0 or h.live]
        n = int(mask.sum())
        where = self.rng.integers(0, cards, n)
        weights = np.array([3.0] + [1.0] * (len(rooms) - 1))
        inside = self.rng.choice(rooms, n, p=weights / weights.sum())
        place = self.people["place"][mask]
        self.people["where"][mask] = np.where(place == 2, where, np.where(place >= 3, inside, 0))
        self.people["seconds"][mask] = 0

    @property
    def phase(self):
        if self.tick < self.live_start_tick:
            return "before"
        if self.tick < self.live_end_tick:
            return "live"
        return "night" if self.tick < self.end_tick else "finished"

    @property
    def minute(self):
        return (self.tick - self.live_start_tick) / 6

    def fork(self):
        return copy.deepcopy(self)

    def decide(self, decision) -> None:
        data = decision.to_data()
        if data["kind"] == "set_tactic":
            if data["tactic"] not in self.scenario.tactics:
                raise DecisionError("No tactic has that name.")
            self.tactic = data["tactic"]
        elif data["kind"] == "show_product":
            if data["product"] not in self.stock:
                raise DecisionError("No product has that name.")
            self.product = data["product"]
        self.decisions.append((self.tick, decision))

    @property
    def can_undo(self):
        return bool(self.decisions) and self.phase in ("before", "live")

    def undo(self):
        if not self.can_undo:
            raise DecisionError("There is nothing to take back.")
        tick, decision = self.decisions.pop()
        self.tick = tick
        self._events = [event for event in self._events if event[0] < tick]
        self.tactic = next(
            (d.tactic for _, d in reversed(self.decisions) if d.kind == "set_tactic"),
            self.scenario.reference,
        )
        return decision

    def look_closer(self, shopper):
        if shopper not in self.people["shopper"]:
            raise IndexError(shopper)
        terms = ("belief", "trust", "excitement", "bargain", "price", "risk", "pushed", "searched")
        values = (0.62, 0.21, 0.34, 0.0, -0.48, -0.29, -0.12, 0.0)
        return SimpleNamespace(
            shopper=shopper,
            place=3,
            where=0,
            seconds=340.0,
            traits={
                "patience": (140.0, 1),
                "chattiness": (0.3, 1),
                "risk_aversion": (1.8, 1),
                "savvy": (0.9, 1),
                "spending": (900.0, -1),
            },
            interests=[("style", 0.6), ("home", 0.4)],
            knows=[
                SimpleNamespace(
                    product=p.id, certainty=0.55, belief=0.6, reference_fen=1, ordered=False
                )
                for p in self.scenario.host.products
            ],
            trust=0.58,
            follower=True,
            member=True,
            missed_offers=1,
            patience_seconds=85.0,
            arousal=0.3,
            pressure=0.4,
            asking=(0, 50.0),
            searching="style",
            spent_fen=0,
            wanting=dict(zip(terms, values, strict=True)),
            want_bar=1.0,
            events=[i for i, event in enumerate(self._events) if event[2] == shopper],
        )

    def advance(self, minutes):
        return self.advance_ticks(int(minutes * 6))

    def finish(self):
        self.advance_ticks(self.end_tick)

    def advance_ticks(self, n):
        done = 0
        while done < n and self.tick < self.end_tick:
            if self.phase in ("before", "live"):
                self._live_tick()
                self.tick += 1
                done += 1
            else:
                step = min(360, n - done, self.end_tick - self.tick)
                self._night(step)
                self.tick += step
                done += step
        return done

    def _event(self, kind, shopper, product=-1, value=0.0, extra=0.0):
        self._events.append((self.tick, kind, shopper, 0, product, value, extra))

    def _live_tick(self) -> None:
        rng, people = self.rng, self.people
        change = rng.random(len(people)) < 0.05
        people["place"][change] = rng.choice([1, 2, 3], int(change.sum()), p=[0.45, 0.2, 0.35])
        self._rehome(change)
        people["seconds"] += 10
        people["patience"] = np.clip(people["patience"] + rng.normal(0, 0.03, len(people)), 0.02, 1)
        f = self.figures
        f["impressions"] += 40
        f["visits"] += 4
        f["viewers"] += 3
        if self.phase != "live":
            return
        room = people["shopper"][(people["place"] == 3) & (people["where"] == 0)]
        for shopper in rng.choice(room, min(2, len(room)), replace=False):
            self._event(4, shopper, value=float(rng.integers(0, 6)))
            f["comments"] += 1
        if len(room) and rng.random() < 0.3:
            shopper, product = int(rng.choice(room)), int(rng.integers(0, len(self.stock)))
            price = self.scenario.host.products[product].price
            self._event(7, shopper, product, price * 100, 240.0)
            f["orders"] += 1
            f["gmv"] += price
            f["net_sales"] += price
            self.stock[self.scenario.host.products[product].id] -= 1
            if rng.random() < 0.4:
                self._event(9, shopper)
                f["followers"] += 1
        f["conversion"] = f["orders"] / max(1, f["visits"])

    def _night(self, ticks) -> None:
        f = self.figures
        if f["orders"] > f["returns"] and self.rng.random() < 0.06:
            self._event(14, 1, 0)
            if self.rng.random() < 0.4:
                f["returns"] += 1
                f["net_sales"] -= 169
                self._event(16, 1, 0, 16900.0, 0.0)
            else:
                self._event(15, 1, 0)
        f["return_rate"] = f["returns"] / max(1, f["orders"])

    def _cards(self):
        cards = []
        for i, host in enumerate(self.scenario.hosts):
            for note in host.notes:
                topic = max(host.topics, key=host.topics.get)
                cards.append(
                    SimpleNamespace(
                        kind="note",
                        host=i,
                        title=note.title,
                        topic=topic,
                        likes=note.likes,
                        viewers=0,
                    )
                )
            if i == 0 or host.live:
                cards.append(
                    SimpleNamespace(
                        kind="live", host=i, title=host.name, topic="style", likes=0, viewers=50
                    )
                )
        return cards

    def events(self, since=0):
        return np.array(self._events[since:], EVENTS)

    def observe(self):
        people = self.people.copy() if self.phase in ("before", "live") else self.people[:0].copy()
        rooms = [
            (i, int(((people["place"] == 3) & (people["where"] == i)).sum()))
            for i, h in enumerate(self.scenario.hosts)
            if i == 0 or h.live
        ]
        minutes = self.opens + self.tick // 6
        waiting = people["shopper"][(people["place"] == 3) & (people["where"] == 0)][:5]
        room = SimpleNamespace(
            tactic=self.tactic,
            mix=dict(self.scenario.tactics[self.tactic].mix),
            act=None,
            product=self.product,
            viewers=dict(rooms).get(0, 0),
            queue=[(int(s), 20.0 + 15 * i) for i, s in enumerate(waiting)],
            followers=200 + int(self.figures["followers"]),
            members=12,
            trust=0.62,
            price={p.id: int(round(p.price * 100)) for p in self.scenario.host.products},
            stock=dict(self.stock),
            offer_in_seconds=None,
        )
        place = people["place"]
        return SimpleNamespace(
            tick=self.tick,
            minute=self.minute,
            phase=self.phase,
            clock=f"{minutes // 60 % 24:02d}:{minutes % 60:02d}",
            day=1 + max(0, self.tick - self.live_end_tick) // 8640,
            room=room,
            rooms=rooms,
            figures=dict(self.figures),
            street={
                "strolling": int((place == 1).sum()),
                "reading": int((place == 2).sum()),
                "in_rooms": int((place == 3).sum()),
                "away": 4000 - len(people),
            },
            people=people,
            cards=self._cards(),
        )

    def report(self):
        return dict(self.figures)

    def digest(self):
        return f"{self.tick:08x}"


def fake_compare(scenario, tactic, seed):
    base = 1000.0 + 700 * (sum(map(ord, tactic)) % 7)
    return {name: base / (1 + i) for i, name in enumerate(FIGURES)}
