"""Single rules on hand-made people: what each does, in which direction, and where it stops."""

from __future__ import annotations

import ast
import inspect

import numpy as np
import pytest

from sim.model import tick as tick_module
from sim.model.acts import ACTS, Act, mix_of
from sim.model.curves import clip
from sim.model.layout import EVENT, Log, Place
from sim.model.phases.dwelling import enter_room
from sim.model.phases.feelings import feel, spend_temper
from sim.model.phases.hosting import serve_questions
from sim.model.phases.knowing import believed_fit, certainty_of, learn, true_fit
from sim.model.phases.questions import ask_first, join_queue, take_from_queue
from sim.model.phases.wanting import dearness, felt_bargain, move_reference, wanting
from sim.model.world import World
from tests.model.streets import busy_street


@pytest.fixture
def street():
    """(state, town, log) of a street where host 0 is live and nobody has come yet."""
    world = World(busy_street(), [1])
    state, town = world.state(0), world.town
    state.rooms[0].live = 1
    log = Log(
        np.zeros(256, dtype=EVENT).view(np.recarray),
        np.zeros(1, dtype=np.int64),
        np.ones(len(town.hosts), dtype=np.uint8),
    )
    return state, town, log


def _spend(state, **shares):
    mix = mix_of(shares)
    for act in range(len(ACTS)):
        state.rooms[0].acts[act] = mix[act]


def test_the_step_order_is_what_the_tick_does():
    """PHASES is what people read; the tick's own calls must follow it."""
    source = inspect.getsource(getattr(tick_module.tick_once, "py_func", tick_module.tick_once))
    names = {name for name, _ in tick_module.PHASES}
    calls = [
        (node.lineno, node.func.id)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]
    assert [name for _, name in sorted(calls)] == [name for name, _ in tick_module.PHASES]


def test_certainty_grows_and_never_arrives():
    values = [certainty_of(p, 1.6) for p in (0.0, 0.5, 2.0, 10.0, 1000.0)]
    assert values[0] == 0.0 and values == sorted(values) and values[-1] < 1.0
    assert certainty_of(2.0, 3.0) < certainty_of(2.0, 0.5)  # harder to judge


def test_knowing_moves_belief_to_the_truth_up_or_down(street):
    state, town, _ = street
    rules = town.rules[0]
    surprises = []
    for i in range(40):
        known = state.knowledge[i, 0]
        truth = true_fit(known, rules)
        gaps = [abs(believed_fit(known, rules, c) - truth) for c in (0.0, 0.4, 0.8, 1.0)]
        assert gaps == sorted(gaps, reverse=True)
        assert gaps[-1] == pytest.approx(0.0, abs=1e-12)
        surprises.append(believed_fit(known, rules, 0.9) - believed_fit(known, rules, 0.0))
    assert min(surprises) < 0 < max(surprises)  # it un-sells to some


def test_learning_shrinks_with_knowing_and_needs_a_match(street):
    state, town, _ = street
    rules, host, product = town.rules[0], town.hosts[0], town.products[0]
    _spend(state, explain=0.6, detail=0.4)
    known = state.knowledge[0, 0]
    known.match = 0.9
    early = learn(known, state.rooms[0], host, product, rules, 0.1)
    late = learn(known, state.rooms[0], host, product, rules, 0.8)
    assert 0 < late < early
    known.match = 0.0
    assert learn(known, state.rooms[0], host, product, rules, 0.1) == 0.0
    known.match = 0.9
    _spend(state, hype=1.0)
    assert learn(known, state.rooms[0], host, product, rules, 0.1) == 0.0


def test_arousal_halves_in_its_half_life(street):
    state, town, _ = street
    shopper, rules = state.shoppers[0], town.rules[0]
    _spend(state, silence=1.0)
    shopper.arousal, shopper.pressure = 0.8, 0.6
    for _ in range(round(rules.arousal_half_life / 10)):
        feel(shopper, state.rooms[0], rules)
    assert shopper.arousal == pytest.approx(0.4, rel=0.01)
    assert shopper.pressure < 0.2


def test_temper_is_spent_by_time_and_refilled_by_learning(street):
    state, town, _ = street
    shopper, relation, rules = state.shoppers[0], state.relations[0, 0], town.rules[0]
    _spend(state, explain=1.0)
    shopper.temper = 50.0
    spend_temper(shopper, relation, state.rooms[0], rules, 0.0, 0.9)
    bored = shopper.temper
    shopper.temper = 50.0
    spend_temper(shopper, relation, state.rooms[0], rules, 0.3, 0.1)
    assert bored < 50.0 < shopper.temper
    shopper.temper = 1e9
    spend_temper(shopper, relation, state.rooms[0], rules, 0.0, 0.0)
    assert shopper.temper <= 3.0 * float(shopper.patience) + 1e-6


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ({"belief": 1.3}, 1),
        ({"certainty": 0.9}, 1),
        ({"price": 40000}, -1),
        ({"trust": 0.9}, 1),
        ({"arousal": 0.9}, 1),
        ({"pressure": 0.9}, -1),
        ({"reference": 30000.0}, 1),
        ({"searched": True}, 1),
        ({"met": 0.5}, -1),
    ],
)
def test_what_makes_one_want(street, change, sign):
    state, town, _ = street
    shopper, relation, known = state.shoppers[0], state.relations[0, 0], state.knowledge[0, 0]

    def want(**changes):
        v = {"belief": 0.9, "certainty": 0.4, "price": 16900, "trust": 0.3, "arousal": 0.2}
        v |= {"pressure": 0.1, "reference": 16900.0, "searched": False, "met": 0.0} | changes
        shopper.arousal, shopper.pressure = v["arousal"], v["pressure"]
        relation.trust, known.reference = v["trust"], v["reference"]
        return wanting(
            shopper, relation, known, town.rules[0], v["price"], v["belief"], v["certainty"],
            v["searched"], v["met"],
        )  # fmt: skip

    assert (want(**change) - want()) * sign > 0


def test_not_knowing_weighs_more_for_dear_goods(street):
    _, town, _ = street
    rules = town.rules[0]
    assert dearness(0, rules) == 0
    assert dearness(int(rules.dear_price * 100), rules) == pytest.approx(0.5)
    assert dearness(16900, rules) < dearness(67600, rules) < 1


def test_a_mark_up_moves_believers_only(street):
    state, town, _ = street
    known, product, rules = state.knowledge[0, 0], town.products[0], town.rules[0]
    known.reference = 16900.0
    move_reference(known, product, 16900, 1.0, True, rules)
    assert known.reference == pytest.approx(16900.0)
    before = felt_bargain(known, 16900)
    for _ in range(12):
        move_reference(known, product, 16900, 1.0, False, rules)
    assert felt_bargain(known, 16900) > before + 0.05


def _seat(street, people):
    state, town, log = street
    for i in people:
        enter_room(state, town, log, i, 0, 0)


def test_the_queue_serves_in_turn_and_closes_gaps(street):
    state, town, log = street
    _seat(street, range(5))
    for i in (3, 1, 4, 0):
        join_queue(state, 0, i, 2)
    take_from_queue(state, 0, 1)
    ask_first(state, 0, 0)
    order, i = [], int(state.rooms[0].queue_head)
    while i >= 0:
        order.append(i)
        i = int(state.shoppers[i].queue_next)
    assert order == [0, 3, 4]
    assert state.rooms[0].queue_length == 3 and state.rooms[0].queue_tail == 4
    _spend(state, answer=1.0)
    trust = float(state.relations[0, 0].trust)
    for tick in range(3, 9):
        _spend(state, answer=1.0)
        serve_questions(state, town, log, 0, tick)
    assert state.rooms[0].queue_length == 0
    assert state.shoppers[0].asked == -1
    assert state.relations[0, 0].trust > trust


def test_time_to_answer_with_nobody_asking_goes_into_explaining(street):
    state, town, log = street
    _spend(state, answer=0.6, story=0.4)
    serve_questions(state, town, log, 0, 1)
    assert state.rooms[0].acts[Act.EXPLAIN] == pytest.approx(0.6)
    assert state.rooms[0].acts[Act.ANSWER] == 0.0


def test_a_full_room_leaves_people_at_its_door(street):
    state, town, log = street
    hosts = town.hosts.copy()
    hosts[0]["capacity"] = 2
    small = town._replace(hosts=hosts)
    for i in range(4):
        enter_room(state, small, log, i, 0, 0)
    places = state.shoppers["place"][:4].tolist()
    assert places == [Place.IN_ROOM, Place.IN_ROOM, Place.AT_DOOR, Place.AT_DOOR]
    assert state.rooms[0].viewers == 2


def test_a_mix_is_a_whole_minute():
    assert mix_of({"explain": 0.5, "answer": 0.5}).sum() == 1.0
    assert mix_of({})[Act.SILENCE] == 1.0
    assert clip(3.0, 0.0, 1.0) == 1.0
