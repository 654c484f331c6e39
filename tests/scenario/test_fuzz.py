"""Whatever is done to a scenario, loading it gives a Scenario or a ScenarioError, nothing else."""

import copy
import math
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim import paths
from sim.errors import ScenarioError
from sim.scenario import Scenario
from sim.scenario.yaml_reader import read_text

LESSONS = Path(__file__).parent / "lessons"
NAMES = ["first_stream.yaml", "tactics.yaml", "streets/lifestyle.yaml", "mechanisms.yaml"]
TEXTS = {name: (LESSONS / name).read_text(encoding="utf-8") for name in NAMES[:3]}
TEXTS[NAMES[3]] = (paths.scenarios_folder() / NAMES[3]).read_text(encoding="utf-8")
FIRST = Scenario.load(paths.scenarios_folder() / "first_stream.yaml").canonical()

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
relaxed = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

SNIPPETS = [
    *"{}[]:,-#&*!|>'\"%@`?~=\\\n\t \0",
    "- ", ": ", "<<: ", "&a ", "*a ", "!!str ", "!!python/name:os.system ", "--- ", "...\n",
    ".nan", "-.inf", "1e999", "0x10", "1_0", "20:00", "yes", "no", "null", "true", "-1", "0", "1.5",
    "9" * 30, "''", '""', "{}", "[]", "\u202e", "\ufeff", "\u2028", "\U0001f600", "：", "，", "é",
    "../", "/etc/passwd", "x" * 300,
]  # fmt: skip


def wording(error):
    """Every sentence can be said in both languages."""
    assert error.problems
    for problem in error.problems:
        assert problem.text("en") and problem.text("zh")
        assert problem.to_data("zh")["sentence"] == problem.text("zh")


@st.composite
def edits(draw, length):
    """Where to cut, how much, and what to put there."""
    start = draw(st.integers(0, length))
    cut = draw(st.sampled_from([0, 0, 1, 1, 2, 5, 20, 200]))
    put = draw(st.sampled_from(SNIPPETS) | st.text(max_size=6))
    return start, cut, put


@relaxed
@given(data=st.data())
def test_edited_files(lesson, data):
    for name, text in TEXTS.items():
        lesson.write(text, name)
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(NAMES))
        text = lesson.text(name) if data.draw(st.booleans()) else TEXTS[name]
        start, cut, put = data.draw(edits(len(text)))
        changed = text[:start] + put + text[start + cut :]
        lesson.write(changed.encode("utf-8", "replace"), name)
    try:
        scenario = lesson.load()
    except ScenarioError as error:
        wording(error)
    else:
        assert Scenario.from_data(scenario.canonical()).hash == scenario.hash


@relaxed
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_lines_moved_and_doubled(lesson, data, name):
    lines = TEXTS[name].splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        here = data.draw(st.integers(0, len(lines) - 1))
        there = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["drop", "double", "swap", "indent", "outdent"]))
        if kind == "drop" and len(lines) > 1:
            del lines[here]
        elif kind == "double":
            lines.insert(there if there < len(lines) else 0, lines[here])
        elif kind == "swap":
            lines[here], lines[there] = lines[there], lines[here]
        elif kind == "indent":
            lines[here] = "  " + lines[here]
        else:
            lines[here] = lines[here].removeprefix("  ")
    for other, text in TEXTS.items():
        lesson.write(text, other)
    lesson.write("\n".join(lines) + "\n", name)
    try:
        lesson.load()
    except ScenarioError as error:
        wording(error)


@relaxed
@given(content=st.binary(max_size=300) | ANY_TEXT.map(str.encode))
def test_any_bytes(lesson, content):
    lesson.write(content)
    wording(lesson.error())


def all_places(node, path=()):
    found = [path]
    if isinstance(node, dict):
        for key, value in node.items():
            found += all_places(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            found += all_places(value, (*path, number))
    return found


PLACES = all_places(FIRST)[1:]
VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([[], {}, [[]], {"a": {}}, "24:00", "20:00", "patient", "home"])
    | st.sampled_from([[1] * 24, 1 << 70, 1e308, -0.0])
)


@relaxed
@given(data=st.data())
def test_changed_data(data):
    changed = copy.deepcopy(FIRST)
    for _ in range(data.draw(st.integers(1, 5))):
        path = data.draw(st.sampled_from(PLACES))
        node = changed
        try:
            for part in path[:-1]:
                node = node[part]
            kind = data.draw(st.sampled_from(["set", "set", "drop", "rename", "double"]))
            if kind == "set":
                node[path[-1]] = data.draw(VALUES)
            elif kind == "drop":
                del node[path[-1]]
            elif kind == "rename" and isinstance(node, dict):
                node[data.draw(st.text(max_size=4))] = node.pop(path[-1])
            elif isinstance(node, list):
                node.append(copy.deepcopy(node[path[-1]]))
        except (LookupError, TypeError):
            continue  # an earlier change took this place away
    try:
        scenario = Scenario.from_data(changed)
    except ScenarioError as error:
        wording(error)
        return
    again = Scenario.from_data(scenario.canonical())
    assert again.hash == scenario.hash
    assert_sound(scenario)


def assert_sound(scenario):
    """What the model may rely on in every scenario that exists."""
    topics = {topic.id for topic in scenario.street.topics}
    assert set(scenario.street.population.topic_weights) == topics
    assert {*scenario.choices, *scenario.compare, scenario.reference} <= set(scenario.tactics)
    assert len(scenario.hosts) <= 8 and sum(len(host.notes) for host in scenario.hosts) <= 60
    assert len({host.id for host in scenario.hosts}) == len(scenario.hosts)
    for tactic in scenario.tactics.values():
        assert math.isclose(sum(tactic.mix.values()), 1, abs_tol=1e-5)
    for host in scenario.hosts:
        products = {product.id for product in host.products}
        assert len(products) == len(host.products)
        assert set(host.topics) <= topics
        assert {name for note in host.notes for name in note.products} <= products
        assert {item.product for item in host.rundown} <= products
        assert all(math.isfinite(product.price) for product in host.products)


@relaxed
@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    document = read_text(text, "file")
    assert document.problems or document.data is not None
    for problem in document.problems:
        assert problem.text("en") and problem.text("zh")
