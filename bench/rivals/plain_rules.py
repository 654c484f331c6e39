"""The rules of a live room in plain Python, in the form that a framework's agents carry them.

A second writing of sim/model/phases/{hosting,feelings,knowing,wanting,questions,dwelling,relations}
(and of the one part of ordering that the room feels), made to be raced against and to be checked
against: bench.agreement fails when the two part ways. It is written for speed as far as agents
allow: what is alike for everybody in a tick is worked out once a tick by the host, the rest are
floats in attributes, math.exp and random.random of the model's own random stream.

Left out, because nothing in a room alone calls for it: decisions of a player, a full door.
"""

from __future__ import annotations

from bisect import bisect
from collections import OrderedDict
from itertools import accumulate
from math import exp, sqrt
from random import Random
from types import SimpleNamespace

from sim.model.acts import ACTS, Act
from sim.model.layout import TOPICS
from sim.model.town import EQUIPMENT_GRADES
from sim.scenario import Scenario
from sim.scenario.mechanisms import SWITCHES

AT_ASKING_PRICE = 1
AT_OFFER = 2

_EXPLAIN, _DETAIL, _ANSWER = int(Act.EXPLAIN), int(Act.DETAIL), int(Act.ANSWER)


def clip(x: float, low: float, high: float) -> float:
    """x held between low and high."""
    return low if x < low else high if x > high else x


def logistic(x: float) -> float:
    """1 / (1 + e**-x), held constant outside -10..10 like the engine's table."""
    return 1.0 / (1.0 + exp(-x)) if -10.0 < x < 10.0 else 1.0 / (1.0 + exp(-clip(x, -10, 10)))


def match_of(interest: list[float], topics: list[float]) -> float:
    """How well interests meet topics, 0..1."""
    return min(1.0, sum(sqrt(a * b) for a, b in zip(interest, topics, strict=True)))


def strengths(scenario: Scenario) -> SimpleNamespace:
    """The scenario's parameter set, with switched-off mechanisms at zero."""
    values = scenario.street.mechanisms.model_dump()
    for switch in scenario.switch_off:
        values.update(dict.fromkeys(SWITCHES[switch], 0.0))
    rules = SimpleNamespace(**values)
    rules.arousal_keep = 0.5 ** (10.0 / rules.arousal_half_life)
    rules.pressure_keep = 0.5 ** (10.0 / rules.pressure_half_life)
    return rules


class Product:
    """What is on the rail."""

    __slots__ = ("closeup", "hard", "price", "stock", "topics")

    def __init__(self, item, topics: list[float]):
        self.topics = topics
        self.price = item.price_fen
        self.hard = 1.0 + item.complexity
        self.closeup = item.closeup
        self.stock = item.stock


class LiveRoom:
    """The host's side: the minute, the queue, the price, the till. Guests read it."""

    def __init__(self, scenario: Scenario, random: Random):
        self.scenario = scenario
        self.rules = strengths(scenario)
        self.draw = random.random
        self.random = random
        self.topic_ids = [topic.id for topic in scenario.street.topics]
        host = scenario.host
        grade = EQUIPMENT_GRADES[host.equipment]
        self.clarity = grade / (grade + self.rules.equipment_half)
        self.closeness, self.follower_share = host.closeness, host.followers
        self.topics = self._shares(host.topics)
        numbers = {item.id: n for n, item in enumerate(host.products)}
        self.products = [Product(item, self._shares(item.topics)) for item in host.products]
        self.rundown = [(numbers[slot.product], slot.minutes * 6) for slot in host.rundown]
        mix = scenario.tactics[scenario.reference].mix
        self.mix = [float(mix.get(name, 0.0)) for name in ACTS]
        self.closes = scenario.live.minutes * 6
        weights = scenario.street.population.topic_weights
        self.popularity = [float(weights[topic]) for topic in self.topic_ids]
        self.tick = -1
        self.live = True
        self.energy, self.hold, self.credit = 1.0, 0.0, 0.0
        self.queue: OrderedDict[Guest, int] = OrderedDict()
        self.intents: list[tuple[Guest, int]] = []
        self.tally = dict.fromkeys(
            (
                "viewers",
                "watch_ticks",
                "glances",
                "comments",
                "answers",
                "orders",
                "follows",
                "unfollows",
                "joins",
                "missed_offers",
            ),
            0,
        )
        self._show(0)

    def _shares(self, shares) -> list[float]:
        row = [float(shares.get(topic, 0.0)) for topic in self.topic_ids]
        return row + [0.0] * (TOPICS - len(row))

    def _show(self, slot: int) -> None:
        self.slot = slot % len(self.rundown)
        self.on_show, self.slot_left = self.rundown[self.slot]
        self.product = self.products[self.on_show]

    def host_ten_seconds(self) -> None:
        """Spends the tick before anybody reacts to it."""
        self.tick += 1
        if self.tick >= self.closes:
            self.live = False
            return
        self.slot_left -= 1
        if self.slot_left <= 0:
            self._show(self.slot + 1)
        acts = self.mix.copy()
        effort = 1.0 - acts[Act.SILENCE]
        self.energy = clip(self.energy - self.rules.tire_rate * effort / 360.0, 0.3, 1.0)
        self._serve_questions(acts)
        self._set_price(acts)
        self._sum_up(acts)

    def _serve_questions(self, acts: list[float]) -> None:
        rules, queue = self.rules, self.queue
        self.credit += acts[_ANSWER] * 10.0 * self.energy
        while queue and self.credit >= rules.answer_seconds:
            self.credit -= rules.answer_seconds
            guest, _ = queue.popitem(last=False)
            guest.asked = -1
            guest.goods[self.on_show].information += rules.answer_gain
            guest.trust += clip(rules.answer_trust, 0.0, 1.0) * (1.0 - guest.trust)
            guest.temper += rules.answer_reward
            self.tally["answers"] += 1
        if not queue and acts[_ANSWER] > 0.0:
            acts[_EXPLAIN] += acts[_ANSWER]
            acts[_ANSWER] = 0.0
            self.credit = 0.0

    def _set_price(self, acts: list[float]) -> None:
        rules, listed = self.rules, self.product.price
        cut = rules.honest_cut if acts[Act.HONEST_DISCOUNT] > 0.0 else 0.0
        self.price = int(listed * (1.0 - cut) + 0.5)
        self.offer_price = int(listed * (1.0 - rules.offer_cut) + 0.5)
        self.hold += acts[Act.HOLD_BACK] * 10.0
        self.offering = self.hold >= rules.hold_cycle and rules.offer_units >= 1.0
        if self.offering:
            self.hold -= rules.hold_cycle

    def _sum_up(self, acts: list[float]) -> None:
        """What is the same for all guests in this tick."""
        rules, product = self.rules, self.product
        shown = (
            rules.explain_gain * acts[_EXPLAIN]
            + rules.overhear_gain * acts[_ANSWER]
            + rules.detail_gain * acts[_DETAIL] * product.closeup * self.closeness
        ) / 6.0
        self.teaching = self.energy * self.clarity * shown
        self.hype = acts[Act.HYPE]
        self.hype_push = clip(rules.hype_gain * self.hype / 6.0, 0.0, 1.0)
        self.countdown_push = clip(rules.countdown_gain * acts[Act.COUNTDOWN] / 6.0, 0.0, 1.0)
        self.story_trust = rules.story_trust * acts[Act.STORY] / 6.0
        self.story_refill = 10.0 * rules.story_reward * acts[Act.STORY]
        self.marking = acts[Act.MARK_UP_THEN_CUT]
        self.trick_loss = clip(rules.trick_loss * self.marking / 6.0, 0.0, 1.0)
        self.mark_share = clip(rules.mark_gain * self.marking / 6.0, 0.0, 1.0)
        self.claim = product.price * (1.0 + rules.markup)
        self.erosion = clip(rules.erosion / 6.0, 0.0, 1.0)
        dealing = acts[Act.HOLD_BACK] + acts[Act.GIVEAWAY]
        self.deal_refill = 10.0 * rules.deal_reward * dealing
        self.games = dealing + self.marking
        self.boredom = rules.boredom_drain * (acts[_EXPLAIN] + acts[_DETAIL])
        self.invited = (
            rules.talk_base
            + rules.talk_prompt * acts[Act.PROMPT]
            + rules.talk_poll * acts[Act.POLL]
        )
        self.empty_talk = rules.giveaway_talk * acts[Act.GIVEAWAY]
        self.inviting = acts[Act.INVITE_GROUP]
        yuan = self.price / 100.0
        self.dear = yuan / (yuan + rules.dear_price)
        yuan = self.offer_price / 100.0
        self.offer_dear = yuan / (yuan + rules.dear_price)

    def settle_orders(self) -> None:
        """Offers first, then orders at the asking price; scarce units fall by lot."""
        if not self.intents:
            return
        wanted = [guest for guest, kind in self.intents if kind == AT_OFFER]
        if wanted:
            units = min(int(self.rules.offer_units), self.product.stock)
            if len(wanted) > units:
                self.random.shuffle(wanted)
            for guest in wanted[:units]:
                self._sell(guest, self.offer_price)
            for guest in wanted[units:]:
                guest.miss_offer(self)
        wanted = [guest for guest, kind in self.intents if kind == AT_ASKING_PRICE]
        if len(wanted) > self.product.stock:
            self.random.shuffle(wanted)
        for guest in wanted[: self.product.stock]:
            self._sell(guest, self.price)
        self.intents.clear()

    def _sell(self, guest: Guest, price: int) -> None:
        self.product.stock -= 1
        guest.goods[self.on_show].ordered = True
        guest.spent += price
        self.tally["orders"] += 1


class Good:
    """What one guest knows of one product."""

    __slots__ = ("information", "match", "ordered", "prior", "reference", "sees", "turn")

    def __init__(self, room: LiveRoom, product: Product, interest: list[float], savvy: float):
        rules, draw = room.rules, room.draw
        self.match = match_of(interest, product.topics)
        self.prior = rules.fit_match * self.match + rules.optimism
        # true fit less the prior: what full certainty would change
        self.turn = rules.fit_spread * normal(room.random) - rules.optimism
        self.reference = product.price * (1.0 + 0.16 * (draw() + draw() - 1.0))
        self.sees = draw() < savvy
        self.information = 0.0
        self.ordered = False


def normal(random: Random) -> float:
    """A standard normal draw, cut at 3.5 like the engine's."""
    return clip(random.gauss(0.0, 1.0), -3.5, 3.5)


def draw_interests(room: LiveRoom) -> list[float]:
    """One to three topics by popularity; each further one matters half as much or less."""
    counts, draw = room.scenario.street.population.topics_per_shopper, room.draw
    wanted = 1 + bisect([counts.one, counts.one + counts.two], draw())
    left = room.popularity.copy()
    weights = [0.0] * TOPICS
    share = 1.0
    for _ in range(wanted):
        reached = list(accumulate(left))
        if reached[-1] <= 0.0:
            break
        topic = bisect(reached, draw() * reached[-1])
        weights[topic], left[topic] = share, 0.0
        share *= 0.3 + 0.6 * draw()
    total = sum(weights)
    return [weight / total for weight in weights]


class Guest:
    """A shopper in the room; mixed into the framework's agent class.

    The framework's class says in `walk_out` how an agent is no longer met.
    """

    def move_in(self, room: LiveRoom) -> None:
        """Traits, trust and knowledge before the live, by the street's distributions."""
        rules, people, random = room.rules, room.scenario.street.population, room.random

        def spread(trait) -> float:
            return trait.median * exp(trait.spread * normal(random))

        def even(trait) -> float:
            return trait.low + (trait.high - trait.low) * random.random()

        self.room = room
        interest = draw_interests(room)
        self.patience = spread(people.patience)
        self.chattiness = spread(people.chattiness)
        sensitivity = spread(people.price_sensitivity)
        self.burden_of_a_fen = sensitivity / spread(people.spending) / 100.0
        self.reactance = spread(people.reactance)
        self.risk_aversion = even(people.risk_aversion)
        self.susceptibility = even(people.susceptibility)
        savvy = even(people.savvy)
        self.deal_prone = clip(sensitivity * (1.0 - savvy), 0.0, 1.0)
        self.searching = -1
        self.match = match_of(interest, room.topics)
        self.follower = room.draw() < clip(2.0 * room.follower_share * self.match, 0.0, 1.0)
        self.member = False
        self.trust = rules.follower_trust if self.follower else rules.trust_start
        self.goods = [Good(room, product, interest, savvy) for product in room.products]
        self.arousal = self.pressure = 0.0
        self.asked = -1
        self.missed = self.spent = 0
        self.glanced = False

    def walk_out(self) -> None:
        """The agent is no longer met; each framework has its own way."""
        raise NotImplementedError

    def enter(self) -> None:
        """Comes in; the next tick is the first one spent here."""
        self.entered = self.room.tick
        self.temper = self.patience * (0.5 + 0.5 * self.match + self.trust)
        self.room.tally["viewers"] += 1

    def leave(self) -> None:
        """Leaves; a question left open costs trust, and lost trust may cost a follower."""
        room = self.room
        rules, tally = room.rules, room.tally
        if self.asked >= 0:
            self._give_up_question(room)
        tally["watch_ticks"] += room.tick - self.entered
        if self.follower:
            gone = rules.unfollow_rate * logistic(14.0 * (rules.unfollow_bar - self.trust))
            if room.draw() < gone:
                self.follower = False
                tally["unfollows"] += 1
        self.walk_out()

    def dwell(self) -> None:
        """Ten seconds in the room: glance, learn, feel, ask, follow, want, leave or stay."""
        room = self.room
        if not room.live:
            self.leave()
            return
        good = self.goods[room.on_show]
        if not self.glanced:
            self.glanced = True
            if not (self.follower or self.member) and not self._glance_keeps(room, good):
                room.tally["glances"] += 1
                self.leave()
                return
        self._take_in(room, good)
        certainty = good.information / (good.information + room.product.hard)
        belief = good.prior + certainty * good.turn
        self._talk(room, belief, certainty)
        self._relate(room)
        if not good.ordered:
            intent = self._wish(room, good, belief, certainty)
            if intent:
                room.intents.append((self, intent))
                return
        if self.temper <= 0.0:
            self.leave()
        else:
            called = room.rules.distraction / 6.0
            if room.draw() < called / (1.0 + called):
                self.leave()

    def _glance_keeps(self, room: LiveRoom, good: Good) -> bool:
        rules = room.rules
        lure = room.hype * self.susceptibility + room.games * self.deal_prone
        appeal = 0.5 * (self.match + good.match) + self.trust + rules.screen_lure * lure
        return room.draw() < logistic(rules.screen_slope * (appeal - rules.screen_bar))

    def _take_in(self, room: LiveRoom, good: Good) -> None:
        """Information, feelings, trust, the price one thinks fair, and temper."""
        rules, match, reactance = room.rules, self.match, self.reactance
        information = good.information
        certainty = information / (information + room.product.hard)
        learned = room.teaching * good.match * (1.0 - certainty)
        good.information = information + learned

        arousal = self.arousal * rules.arousal_keep
        self.arousal = arousal = arousal + room.hype_push * (1.0 - arousal)
        pressure = self.pressure * rules.pressure_keep
        self.pressure = pressure = pressure + room.countdown_push * (1.0 - pressure)

        trust = self.trust
        gained = room.story_trust * match + rules.learn_trust * learned
        trust += (gained if gained < 1.0 else 1.0) * (1.0 - trust)
        lost = rules.pressure_loss * pressure * reactance / 6.0
        trust -= (lost if lost < 1.0 else 1.0) * trust
        good.reference += (room.price - good.reference) * room.erosion
        if room.marking > 0.0:
            if good.sees:
                trust -= room.trick_loss * trust
            elif room.claim > good.reference:
                good.reference += (room.claim - good.reference) * room.mark_share
        self.trust = trust

        refill = (
            rules.learn_reward * learned
            + 10.0 * rules.like_reward * trust * match
            + room.story_refill * match
            + 10.0 * rules.hype_reward * arousal * self.susceptibility
            + room.deal_refill * self.deal_prone / (1.0 + self.missed)
        )
        drain = 1.0 + room.boredom * certainty + rules.pressure_drain * pressure * reactance
        if self.asked >= 0:
            drain += rules.wait_drain
        temper = self.temper + refill - 10.0 * drain
        most = 3.0 * self.patience
        self.temper = temper if temper < most else most

    def _talk(self, room: LiveRoom, belief: float, certainty: float) -> None:
        rules = room.rules
        if self.asked >= 0:
            if (room.tick - self.asked) * 10.0 >= rules.ask_patience:
                self._give_up_question(room)
            return
        warmth = logistic(rules.talk_slope * (belief + self.trust - rules.talk_bar))
        rate = self.chattiness * room.invited * warmth / 6.0
        if room.draw() < rate / (1.0 + rate):
            self.lack = self._lacking(room, certainty)
            self.asked = room.tick
            room.queue[self] = room.tick
            room.tally["comments"] += 1
        elif room.empty_talk > 0.0:
            rate = room.empty_talk * self.deal_prone / 6.0
            if room.draw() < rate / (1.0 + rate):
                room.tally["comments"] += 1

    def _lacking(self, room: LiveRoom, certainty: float) -> int:
        missing = 1.0 - certainty
        price = 0.15 + 3.0 * self.burden_of_a_fen * (room.price + self.spent)
        parts = (1.2 * missing, 0.9 * missing, price, 0.35, 0.8 * (1.0 - self.trust))
        reached = list(accumulate(parts))
        return bisect(reached, room.draw() * reached[-1])

    def _give_up_question(self, room: LiveRoom) -> None:
        del room.queue[self]
        self.asked = -1
        self.trust -= clip(room.rules.ignored_loss, 0.0, 1.0) * self.trust

    def _relate(self, room: LiveRoom) -> None:
        if self.follower and room.inviting <= 0.0:
            return
        rules = room.rules
        willing = logistic(14.0 * (self.trust - rules.follow_bar))
        if not self.follower:
            rate = rules.follow_rate * willing * self.match / 6.0
            if room.draw() < rate / (1.0 + rate):
                self.follower = True
                room.tally["follows"] += 1
        if room.inviting > 0.0 and not self.member:
            rate = rules.join_rate * room.inviting * willing / 6.0
            if room.draw() < rate / (1.0 + rate):
                self.member = True
                room.tally["joins"] += 1

    def _wish(self, room: LiveRoom, good: Good, belief: float, certainty: float) -> int:
        """The intent to order, settled after everybody's tick; 0 for none."""
        rules = room.rules
        if room.offering:
            u = self._wanting(room, good, belief, certainty, room.offer_price, room.offer_dear)
            if room.draw() < logistic(rules.want_slope * (u - rules.want_bar)):
                return AT_OFFER
        u = self._wanting(room, good, belief, certainty, room.price, room.dear)
        rate = rules.order_rate * logistic(rules.want_slope * (u - rules.want_bar)) / 6.0
        rate *= 1.0 + rules.urgency * self.pressure * room.dear
        return AT_ASKING_PRICE if room.draw() < rate / (1.0 + rate) else 0

    def _wanting(
        self,
        room: LiveRoom,
        good: Good,
        belief: float,
        certainty: float,
        price: int,
        dear: float,
    ) -> float:
        rules = room.rules
        bargain = (good.reference - price) / good.reference
        bargain = -1.0 if bargain < -1.0 else 0.6 if bargain > 0.6 else bargain
        u = (
            belief
            + rules.trust_want * self.trust
            + rules.excitement_want * self.arousal * self.susceptibility
            + rules.bargain_want * bargain
            - rules.price_weight * self.burden_of_a_fen * (price + self.spent)
            - rules.risk_weight * self.risk_aversion * (1.0 - certainty) * dear
            - rules.reactance_want * self.reactance * self.pressure * dear
        )
        if self.searching >= 0 and room.product.topics[self.searching] > 0.3:
            u += rules.intent_want
        return u

    def miss_offer(self, room: LiveRoom) -> None:
        """Wanted the held-back offer and came too late: resented, more each time."""
        self.missed = min(self.missed + 1, 200)
        self.trust -= clip(room.rules.miss_loss * self.missed, 0.0, 1.0) * self.trust
        self.temper -= 30.0
        room.tally["missed_offers"] += 1
