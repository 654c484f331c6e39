"""From a scenario to what all its worlds share: hosts, goods, cards, run-downs and strengths."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model import SECONDS_PER_TICK
from sim.model.acts import mix_of
from sim.model.curves import exponential
from sim.model.layout import (
    CARD,
    HOST,
    NOTE_PRODUCTS,
    PARTNER,
    PRODUCT,
    SLOT,
    TIER,
    TOPICS,
    Town,
)
from sim.scenario import Scenario, minutes_of
from sim.scenario.mechanisms import SWITCHES, Mechanisms
from sim.scenario.platform import Policy

# Equipment as a grade; it enters only through clarity = grade / (grade + equipment_half).
EQUIPMENT_GRADES = {"phone": 3.0, "studio": 9.0}


class Format(NamedTuple):
    """What a kind of note is like."""

    teaches: float  # times note_gain that reading it gives
    warms: float  # trust won by reading it; below 0 it cools
    seconds: float  # times note_seconds that it holds
    cover: float  # times as catching as the host's covers are
    hours: float  # of the host's work


FORMATS = {
    "look": Format(1.0, 0.03, 1.0, 1.0, 0.6),
    "poll": Format(0.4, 0.03, 0.6, 0.9, 0.4),
    "collection": Format(0.6, 0.02, 1.4, 0.95, 1.5),
    "story": Format(0.4, 0.07, 1.3, 0.95, 1.2),
    "hard_sell": Format(0.3, -0.03, 0.5, 0.85, 0.3),
}
FORMAT_NAMES: tuple[str, ...] = tuple(FORMATS)
# Hours that each look beyond the first adds to a look note.
LOOK_HOURS = 0.15

_DEFAULT_SLOT_MINUTES = 20
_DEFAULT_COVER = 0.6
_LN2 = 0.6931471805599453

_SPREADS = (
    "patience",
    "chattiness",
    "price_sensitivity",
    "spending",
    "reactance",
    "visits_per_day",
    "stroll_minutes",
)
_EVENS = ("risk_aversion", "susceptibility", "savvy")
_DERIVED = (
    "arousal_keep", "pressure_keep", "need_keep", "fatigue_keep", "opens", "closes", "days",
    "search_share", "intent_share", "newcomers",
)  # fmt: skip
_POLICY = (
    "fee", "parcel", "parcel_back", "support_days", "support_idle", "support_weight", "place_share",
    "rival_bid", "rival_spread", "report_loss", "returns_allowed", "returns_loss", "recovery",
)  # fmt: skip


def live_ticks(scenario: Scenario, starts: str, minutes: int) -> tuple[int, int]:
    """First tick of a live and the tick at which it is over, counted from the street's opening."""
    begin = (minutes_of(starts) - minutes_of(scenario.street_hours.opens)) * 6
    return begin, begin + minutes * 6


def _topic_shares(scenario: Scenario, shares) -> np.ndarray:
    row = np.zeros(TOPICS, dtype=np.float64)
    for k, topic in enumerate(scenario.street.topics):
        row[k] = float(shares.get(topic.id, 0.0))
    return row


def _rules(scenario: Scenario) -> np.ndarray:
    street = scenario.street
    mechanisms = list(Mechanisms.model_fields)
    platform = list(type(street.platform).model_fields)
    fields = [(name, "<f8") for name in (*mechanisms, *platform, *_DERIVED, *_POLICY)]
    for name in _SPREADS:
        fields += [(f"{name}_median", "<f8"), (f"{name}_spread", "<f8")]
    for name in _EVENS:
        fields += [(f"{name}_low", "<f8"), (f"{name}_high", "<f8")]
    fields += [("topics_one", "<f8"), ("topics_two", "<f8")]
    fields += [("topic_popularity", "<f8", (TOPICS,))]
    rules = np.zeros(1, dtype=np.dtype(fields)).view(np.recarray)
    for name in mechanisms:
        rules[0][name] = float(getattr(street.mechanisms, name))
    for switch in scenario.switch_off:
        for name in SWITCHES[switch]:
            rules[0][name] = 0.0
    for name in platform:
        rules[0][name] = float(getattr(street.platform, name))
    people = street.population
    for name in _SPREADS:
        rules[0][f"{name}_median"] = getattr(people, name).median
        rules[0][f"{name}_spread"] = getattr(people, name).spread
    for name in _EVENS:
        rules[0][f"{name}_low"] = getattr(people, name).low
        rules[0][f"{name}_high"] = getattr(people, name).high
    rules[0]["topics_one"] = people.topics_per_shopper.one
    rules[0]["topics_two"] = people.topics_per_shopper.two
    rules[0]["topic_popularity"] = _topic_shares(scenario, people.topic_weights)
    rules[0]["search_share"] = people.search_share
    rules[0]["intent_share"] = people.intent_share
    rules[0]["days"] = 1 if scenario.campaign is None else scenario.campaign.days
    rules[0]["newcomers"] = 0.0 if scenario.campaign is None else scenario.campaign.newcomers
    _set_policy(rules[0], street.policy)
    for name, days in (("need", "need_days"), ("fatigue", "fatigue_days")):
        rules[0][f"{name}_keep"] = exponential(-_LN2 / float(rules[0][days]))
    for name, half_life in (("arousal", "arousal_half_life"), ("pressure", "pressure_half_life")):
        seconds = float(rules[0][half_life])
        rules[0][f"{name}_keep"] = exponential(-_LN2 * SECONDS_PER_TICK / seconds)
    opens = minutes_of(scenario.street_hours.opens) * 6
    rules[0]["opens"] = opens
    rules[0]["closes"] = minutes_of(scenario.street_hours.closes) * 6 - opens
    return rules


def _set_policy(rules: np.ndarray, policy: Policy) -> None:
    """What the platform gives and takes; money in fen."""
    rules["fee"] = policy.fee
    rules["parcel"] = round(policy.parcel * 100)
    rules["parcel_back"] = round(policy.parcel_back * 100)
    rules["support_days"] = policy.cold_start.days
    rules["support_idle"] = policy.cold_start.idle_days
    rules["support_weight"] = policy.cold_start.weight
    rules["place_share"] = policy.traffic.share
    rules["rival_bid"] = round(policy.traffic.rival_bid * 100)
    rules["rival_spread"] = policy.traffic.rival_spread
    for name in ("report_loss", "returns_allowed", "returns_loss", "recovery"):
        rules[name] = getattr(policy.conduct, name)


def _partners(policy: Policy) -> np.ndarray:
    rows = np.zeros(len(policy.partners), dtype=PARTNER)
    for row, partner in zip(rows, policy.partners, strict=True):
        for name in PARTNER.names:
            row[name] = getattr(partner, name)
    return rows.view(np.recarray)


def _tiers(policy: Policy) -> np.ndarray:
    """From the lowest to the highest, whatever order they are written in."""
    tiers = sorted((round(tier.sales * 100), tier.weight) for tier in policy.growth)
    return np.array(tiers, dtype=TIER).view(np.recarray)


def note_strengths(name: str, looks: int) -> tuple[float, float, float]:
    """What a note of a format teaches, how it warms and how long it holds.

    More looks teach more, each less than the one before: times 2 looks / (looks + 3).
    """
    kind = FORMATS[name]
    if name != "look":
        return kind.teaches, kind.warms, kind.seconds
    more = 2.0 * looks / (looks + 3.0)
    return kind.teaches * more, kind.warms, kind.seconds * more


def note_hours(name: str, looks: int) -> float:
    """Hours of work that a note takes."""
    return FORMATS[name].hours + (LOOK_HOURS * (looks - 1) if name == "look" else 0.0)


def _cumulative_hours(scenario: Scenario) -> np.ndarray:
    """25 shares of a day's visits before each hour; added up in order, so always the same bits."""
    weights = [float(weight) for weight in scenario.street.population.hours]
    total = 0.0
    for weight in weights:
        total += weight
    cumulative = np.zeros(25, dtype=np.float64)
    reached = 0.0
    for hour, weight in enumerate(weights):
        reached += weight
        cumulative[hour + 1] = reached / total if total > 0 else (hour + 1) / 24.0
    return cumulative


def _note_card(host_number: int, note, product_numbers: dict[str, int]) -> np.ndarray:
    card = np.zeros(1, dtype=CARD)[0]
    teaches, warms, seconds = note_strengths(note.format, note.looks)
    card["format"] = FORMAT_NAMES.index(note.format)
    card["cover"], card["teaches"], card["warms"], card["seconds"] = (
        note.cover,
        teaches,
        warms,
        seconds,
    )
    card["host"] = host_number
    card["products"] = min(len(note.products), NOTE_PRODUCTS)
    for k, name in enumerate(note.products[:NOTE_PRODUCTS]):
        card["product"][k] = product_numbers[name]
    return card


def _set_kind(row: np.ndarray, kind: str, mechanisms: Mechanisms) -> None:
    for name in ("warmth", "feedback", "tire"):
        row[name] = getattr(mechanisms, f"{kind}_{name}")
    row["known"] = mechanisms.brand_trust if kind == "brand" else 0.0


def build_town(scenario: Scenario) -> Town:
    """Arrays of a scenario that no world changes. Hosts are numbered with the played one as 0."""
    hosts = np.zeros(len(scenario.hosts), dtype=HOST)
    products, cards, slots = [], [], []
    for h, host in enumerate(scenario.hosts):
        numbers: dict[str, int] = {}
        for item in host.products:
            numbers[item.id] = len(products)
            row = np.zeros(1, dtype=PRODUCT)[0]
            row["topics"] = _topic_shares(scenario, item.topics)
            row["complexity"], row["quality"] = item.complexity, item.quality
            row["closeup"], row["price"], row["cost"] = (
                item.closeup,
                item.price_fen,
                item.cost_fen,
            )
            row["stock"], row["host"], row["lasts"] = item.stock, h, item.lasts
            products.append(row)
        for note in host.notes:
            cards.append(_note_card(h, note, numbers))
        live = scenario.live if h == 0 else host.live
        hosts[h]["topics"] = _topic_shares(scenario, host.topics)
        hosts[h]["closeness"] = host.closeness
        hosts[h]["grade"] = EQUIPMENT_GRADES[host.equipment]
        hosts[h]["followers"] = host.followers
        _set_kind(hosts[h], host.kind, scenario.street.mechanisms)
        if h == 0 and scenario.campaign is not None:
            hosts[h]["cash"] = round(scenario.campaign.cash * 100)
        hosts[h]["idle"] = host.idle_days if h == 0 else 0
        hosts[h]["every"] = live.every if h > 0 and live is not None else 1
        hosts[h]["capacity"] = host.capacity
        covers = [note.cover for note in host.notes]
        hosts[h]["cover"] = sum(covers) / len(covers) if covers else _DEFAULT_COVER
        hosts[h]["starts"], hosts[h]["ends"] = -1, -1
        if live is not None:
            hosts[h]["starts"], hosts[h]["ends"] = live_ticks(scenario, live.starts, live.minutes)
        tactic = scenario.reference if h == 0 else (live.tactic if live is not None else None)
        hosts[h]["mix"] = mix_of(scenario.tactics[tactic].mix if tactic else {})
        hosts[h]["first_slot"] = len(slots)
        plan = [(slot.product, slot.minutes) for slot in host.rundown]
        plan = plan or [(item.id, _DEFAULT_SLOT_MINUTES) for item in host.products]
        hosts[h]["slots"] = len(plan)
        slots += [(numbers[product], minutes * 6) for product, minutes in plan]
    for h in range(len(hosts)):
        hosts[h]["card"] = -1
        if hosts[h]["starts"] >= 0:
            hosts[h]["card"] = len(cards)
            row = np.zeros(1, dtype=CARD)[0]
            row["cover"], row["host"], row["live"] = hosts[h]["cover"], h, 1
            cards.append(row)
    return Town(
        rules=_rules(scenario),
        hosts=hosts.view(np.recarray),
        products=np.array(products, dtype=PRODUCT).view(np.recarray),
        cards=np.array(cards, dtype=CARD).view(np.recarray),
        partners=_partners(scenario.street.policy),
        tiers=_tiers(scenario.street.policy),
        slots=np.array(slots, dtype=SLOT).view(np.recarray),
        hours=_cumulative_hours(scenario),
    )
