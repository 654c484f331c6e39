"""Each slip comes back as file, line, key, what was found, what is accepted, what was meant."""

import pytest

from sim.errors import ScenarioError
from sim.scenario import Scenario

STREET = "streets/lifestyle.yaml"
SHIRT = "host.products.linen_shirt"
WOOL = "host.notes.why_wool"

# (what stands there, what a hasty author writes, key, part of the English sentence, suggestion)
SLIPS = [
    ("price: 169", "pirce: 169", f"{SHIRT}.pirce", "not a key", "price"),
    ("price: 169", 'price: "169"', f"{SHIRT}.price", "is text", "169"),
    ("price: 169", "price: ¥169", f"{SHIRT}.price", "“¥169”, which is", "169"),
    ("price: 169", "price: 169元", f"{SHIRT}.price", "0.01 to 1000000", "169"),
    ("price: 169", "price: １６９", f"{SHIRT}.price", "is text", "169"),
    ("price: 169", "price: true", f"{SHIRT}.price", "is true, but", ""),
    ("price: 169", "price: [169]", f"{SHIRT}.price", "a list with 1", ""),
    ("price: 169", "price:", f"{SHIRT}.price", "is empty, but", ""),
    ("price: 169", "price: -5", f"{SHIRT}.price", "is -5, but", ""),
    ("price: 169", "price: 169.999", f"{SHIRT}.price", "two decimals", ""),
    ("price: 169", "price: 0x10", f"{SHIRT}.price", "plain number", ""),
    ("price: 169", "price: 1_000", f"{SHIRT}.price", "plain number", ""),
    ("price: 169", "price: 0169", f"{SHIRT}.price", "plain number", ""),
    ("price: 169", "price: .inf", f"{SHIRT}.price", "not a finite number", ""),
    ("price: 169", "price: -.INF", f"{SHIRT}.price", "not a finite number", ""),
    ("price: 169", "price: .NaN", f"{SHIRT}.price", "not a finite number", ""),
    ("price: 169", "price: nan", f"{SHIRT}.price", "“nan”, which is text", ""),
    ("price: 169", "price: 1e999", f"{SHIRT}.price", "not a finite number", ""),
    ("stock: 260", "stock: 260.5", f"{SHIRT}.stock", "a whole number from", ""),
    ("stock: 260", "stock: 35%", f"{SHIRT}.stock", "is text", ""),
    ("closeness: 0.8", "closeness: 80%", "host.closeness", "is text", "0.8"),
    ("closeness: 0.8", "closeness: 8", "host.closeness", "a number from 0 to 1", ""),
    ("closeness: 0.8", "closeness: 8:00", "host.closeness", "quote the time", ""),
    ("shoppers: 5000", "shoppers: 0", "shoppers", "1 to 1000000 (people)", ""),
    ("shoppers: 5000", "shoppers: 1000001", "shoppers", "1 to 1000000 (people)", ""),
    ("shoppers: 5000", f"shoppers: {'9' * 400}", "shoppers", "too many digits", ""),
    ("nights: 8", "nights: 91", "nights", "0 to 90 (days)", ""),
    ("minutes: 120}", "minutes: 4}", "live.minutes", "5 to 240 (minutes)", ""),
    ("minutes: 120}", "minutes: 150}", "live", "runs from 20:00 to 22:30", ""),
    ('starts: "20:00"', "starts: 20:00", "live.starts", 'quote the time, "20:00"', ""),
    ('starts: "20:00"', 'starts: "8:00"', "live.starts", "a time in quotes", '"08:00"'),
    ('starts: "20:00"', 'starts: "20：00"', "live.starts", "a time in quotes", '"20:00"'),
    ('starts: "20:00"', "starts: “20:00”", "live.starts", "a time in quotes", '"20:00"'),
    ('starts: "20:00"', "starts: ‘20：00’", "live.starts", "a time in quotes", '"20:00"'),
    ('starts: "20:00"', 'starts: “20:00"', "live.starts", "a time in quotes", '"20:00"'),
    ("kind: owner", "kind: “owner”", "host.kind", "one of owner, buyer, brand", "owner"),
    ("price: 169", "price: “169”", f"{SHIRT}.price", "is text", "169"),
    ('starts: "20:00"', 'starts: "25:00"', "live.starts", "a time in quotes", ""),
    ('closes: "22:10"', 'closes: "19:10"', "street_hours", "must close later", ""),
    ("kind: owner", "kind: Owner", "host.kind", "one of owner, buyer, brand", "owner"),
    ("goal: net_sales", "goal: net sales", "goal", "one of net_sales", "net_sales"),
    ("goal: net_sales", "goal: yes", "goal", 'quote it: "yes"', ""),
    ("id: first_stream", "id: First Stream", "id", "lower-case letters", ""),
    ("reference: patient", "reference: pacient", "reference", "no such tactic", "patient"),
    ("compare: [patient,", "compare: [patient, patient,", "compare.1", "before", ""),
    ("choices: [patient,", "choices: [patiently,", "choices.0", "no such tactic", "patient"),
    ("products: [wool_coat]", "products: [woolcoat]", f"{WOOL}.products.0", "names", "wool_coat"),
    ("- {product: wool_coat", "- {product: x_y", "host.rundown.1.product", "possible here", ""),
    ("id: five_looks", "id: why_wool", "host.notes.why_wool.id", "already has", ""),
    ("travel: 0.1}", "travell: 0.1}", "host.products.wool_coat.topics.travell", "topic", "travel"),
    ("travel: 0.1}", "travel: 0.2}", "host.products.wool_coat.topics", "adds up to 1.1", ""),
    ("format: story", "format: story\n      looks: 2", f"{WOOL}.looks", "only for", ""),
    (", en: The first live}", "}", "title.en", "missing", ""),
    ("en: The first live", 'en: ""', "title.en", "one line of text", ""),
    ("en: The first live", 'en: "  "', "title.en", "one line of text", ""),
    ("en: The first live", f"en: {'x' * 90}", "title.en", "a text of 90 characters", ""),
    ("en: The first live", "en: One, two", "title.two", "a comma inside braces", ""),
    ("schema: 1", "schema: 2", "schema", "reads version 1", "1"),
    ("schema: 1", 'schema: "1"', "schema", "reads version 1", "1"),
    ("schema: 1", "schema: true", "schema", "reads version 1", "1"),
    ("schema: 1", "schema: 1.0", "schema", "reads version 1", "1"),
    ("nights: 8", "nights: 8\nswitch_off: [boredon]", "switch_off.0", "mechanism", "boredom"),
    ("kind: owner", "kind: owner\n  live: {starts: x}", "host.live", "not a key", ""),
    ("  equipment: phone\n", "", "host.equipment", "one of phone, studio", ""),
    ("seed: 20240723", "seed: 20240723\nseed: 4", "seed", "a second time", ""),
    ("seed: 20240723", "seed: &s 20240723", "seed", "is a reference", ""),
    ("seed: 20240723", "seed: !!int 20240723", "seed", "!!int is a tag", ""),
    ("seed: 20240723", 'seed: "\\0"', "seed", "U+0000", ""),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip[1][:30]!r}")
def test_one_slip_is_one_sentence(lesson, slip):
    old, new, key, english, suggestion = slip
    lesson.edit(old, new)
    problems = lesson.error().problems
    assert [problem.key for problem in problems] == [key], [p.text("en") for p in problems]
    problem = problems[0]
    assert english in problem.text("en"), problem.text("en")
    assert problem.suggestion == suggestion, problem.text("en")
    if suggestion:
        assert suggestion in problem.text("en") and suggestion in problem.text("zh")
    assert problem.file.endswith("first_stream.yaml")


def test_the_line_is_the_line_of_the_key(lesson):
    line = lesson.edit("quality: 0.60", "quality: 60")
    problem = lesson.error().problems[0]
    assert (problem.line, problem.key) == (line, "host.products.hand_cream.quality")
    assert problem.found == "60"
    assert problem.accepted.text("en") == "a number from 0 to 1"
    assert problem.to_data("en") == {
        "file": str(lesson.file),
        "line": line,
        "key": "host.products.hand_cream.quality",
        "found": "60",
        "accepted": "a number from 0 to 1",
        "suggestion": "",
        "sentence": f"{lesson.file}, line {line}: host.products.hand_cream.quality is 60, "
        "but should be a number from 0 to 1.",
    }


def test_all_at_once_in_all_files(lesson):
    expected = [
        ("first_stream.yaml", lesson.edit("goal: net_sales", "goal: nett_sales"), "goal"),
        ("first_stream.yaml", lesson.edit("closeness: 0.8", "closeness: x"), "host.closeness"),
        (
            "first_stream.yaml",
            lesson.edit("likes: 640", "likes: .nan"),
            "host.notes.why_wool.likes",
        ),
        (STREET, lesson.edit("  savvy:", "  savy:", STREET), "population.savy"),
        (
            STREET,
            lesson.edit("stock: 400", "stock: -1", STREET),
            "neighbours.green_skin.products.sunscreen.stock",
        ),
        (
            "tactics.yaml",
            lesson.edit("hype: 0.40", "hype: 0.41", "tactics.yaml"),
            "tactics.rushed.mix",
        ),
        (
            "tactics.yaml",
            lesson.edit("poll: 0.10", "pol: 0.10", "tactics.yaml"),
            "tactics.interaction.mix.pol",
        ),
        (
            "mechanisms.yaml",
            lesson.edit("boredom_drain:", "boredom_drian:", "mechanisms.yaml"),
            "mechanisms.boredom_drian",
        ),
    ]
    found = [(p.file.split("lessons/")[-1], p.key) for p in lesson.error().problems]
    assert sorted(found) == sorted((file, key) for file, _, key in expected)
    lines = {p.key: p.line for p in lesson.error().problems}
    for _, line, key in expected:
        # A mix is complained about where it stands, a few lines around the changed share.
        assert abs(lines[key] - line) <= 1, key


def test_problems_come_file_by_file_and_line_by_line(lesson):
    lesson.edit("likes: 640", "likes: x")
    lesson.edit("goal: net_sales", "goal: x")
    lesson.edit("hype: 0.40", "hype: 4", "tactics.yaml")
    problems = lesson.error().problems
    assert [p.key for p in problems] == [
        "goal",
        "host.notes.why_wool.likes",
        "tactics.rushed.mix.hype",
    ]


@pytest.mark.parametrize(
    ("old", "new", "key", "english"),
    [
        ("low: 0.5, high: 2.0", "low: 2.5, high: 2.0", "population.risk_aversion", "a low of 2.5"),
        ("one: 0.25", "one: 0.35", "population.topics_per_shopper", "adds up to 1.1"),
        (
            "tactic: interaction",
            "tactic: interacting",
            "neighbours.dawn_coffee.live.tactic",
            "tactic",
        ),
        ('starts: "19:50"', 'starts: "09:50"', "neighbours.dawn_coffee.live", "09:50 to 12:00"),
        ("id: green_skin", "id: cloth_room", "neighbours.cloth_room.id", "another host"),
        (", travel: 0.9}", "}", "population.topic_weights", "“travel”"),
        ("travel: 0.9}", "travel: 0.9, arts: 1}", "population.topic_weights.arts", "topic"),
        ("hours: [3,", "hours: [3, 3,", "population.hours", "25 entries"),
        ("median: 75,", "median: 0,", "population.patience.median", "1 to 3600 (seconds)"),
        ("cards_per_tick: 4", "cards_per_tick: 400", "platform.cards_per_tick", "1 to 20"),
        ("mechanisms: ../", "mechanisms: ../../", "mechanisms", "outside"),
        ("id: style,", "id: home,", "topics.home.id", "another topic"),
    ],
)
def test_slips_in_the_street(lesson, old, new, key, english):
    lesson.edit(old, new, STREET)
    problems = [p for p in lesson.error().problems if p.key == key]
    assert len(problems) == 1, lesson.error().in_language("en")
    assert english in problems[0].text("en")
    assert problems[0].file.endswith("lifestyle.yaml")


def test_hours_that_cut_off_the_neighbours_are_one_slip_of_the_lesson(lesson):
    line = lesson.edit('street_hours: {opens: "19:40"', 'street_hours: {opens: "19:55"')
    (problem,) = lesson.error().problems
    assert (problem.key, problem.line) == ("street_hours", line) and problem.file.endswith(
        "first_stream.yaml"
    )
    said = problem.text("en")
    assert "dawn_coffee, green_skin go live between 19:45 and 22:05" in said


def test_a_shipped_street_is_not_what_its_user_should_edit(lesson):
    (lesson.folder / STREET).unlink()  # then the shipped one is meant
    line = lesson.edit('street_hours: {opens: "19:40"', 'street_hours: {opens: "19:47"')
    (problem,) = lesson.error().problems
    assert (problem.key, problem.line) == ("street_hours", line)
    assert "green_skin" in problem.text("en") and "lifestyle.yaml" not in problem.text("en")


def test_zero_everywhere_is_refused(lesson):
    hours = lesson.text(STREET).split("hours: [")[1].split("]")[0]
    lesson.edit(hours, ", ".join(["0"] * 24), STREET)
    assert [p.key for p in lesson.error().problems] == ["population.hours"]


def test_too_many_hosts_and_notes(lesson):
    note = "{id: n%d, title: {zh: 一, en: a}, format: story, products: [p], likes: 1, cover: 0.5}"
    host = (
        "  - {id: h%d, name: {zh: 一, en: a}, kind: owner, equipment: phone, closeness: 1, "
        "followers: 0, capacity: 9, topics: {home: 1}, products: [{id: p, name: {zh: 一, en: a}, "
        "topics: {home: 1}, price: 1, cost: 1, complexity: 1, quality: 1, closeup: 1, stock: 1}], "
        "notes: [%s]}\n"
    )
    text = lesson.text(STREET).rstrip() + "\n"
    notes = ", ".join(note % n for n in range(50))
    lesson.write(text + host % (1, notes), STREET)
    problem = lesson.error().problems[0]
    assert problem.key == "neighbours" and "at most 60" in problem.text("en")
    lesson.write(text + "".join(host % (n, "") for n in range(3)), STREET)
    problem = lesson.error().problems[0]
    assert problem.key == "neighbours" and "8 entries" in problem.text("en")


def test_many_missing_keys_are_one_sentence(lesson):
    lesson.write("schema: 1\nid: x\nhost: {}\n")
    problems = lesson.error().problems
    assert len(problems) == 2
    assert problems[0].line is None and "live, nights" in problems[0].text("en")
    assert problems[1].line == 3 and problems[1].text("en").startswith(
        f"{lesson.file}, line 3: host lacks"
    )


def test_a_hundred_slips_do_not_fill_the_screen(lesson):
    lesson.write(lesson.text() + "".join(f"key_{n}: 1\n" for n in range(300)))
    problems = lesson.error().problems
    assert 20 < len(problems) <= 61
    assert "more problems" in problems[-1].text("en")


@pytest.mark.parametrize("name", ["tactics.yaml", "mechanisms.yaml", STREET])
def test_the_wrong_kind_of_file(lesson, name):
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(lesson.folder / name)
    assert len(caught.value.problems) == 1
    assert "but a scenario file is needed here" in caught.value.in_language("en")


def test_the_wrong_kind_of_file_in_a_reference(lesson):
    lesson.edit("street: streets/lifestyle.yaml", "street: tactics.yaml")
    assert "is a tactics file, but a street" in lesson.error().in_language("en")


def test_the_wrong_kind_of_shipped_file_is_the_slip_of_who_names_it(lesson):
    (lesson.folder / "tactics.yaml").unlink()
    line = lesson.edit("street: streets/lifestyle.yaml", "street: tactics.yaml")
    problem = next(p for p in lesson.error().problems if p.key == "street")
    assert (problem.file, problem.line, problem.found) == (str(lesson.file), line, "tactics.yaml")
    assert problem.text("en").startswith(f"{lesson.file}, line {line}: street names “tactics.yaml”")


class TestLanguage:
    def test_of_the_caller(self, lesson):
        lesson.edit("goal: net_sales", "goal: x")
        with pytest.raises(ScenarioError) as caught:
            Scenario.load(lesson.file, language="zh")
        assert "应为以下之一" in caught.value.sentence
        assert "应为以下之一" in str(caught.value)
        assert "should be one of" in caught.value.in_language("en")

    @pytest.mark.parametrize(
        ("variable", "value", "word"),
        [
            ("STROLL_STREET_LANGUAGE", "zh", "应为"),
            ("LANG", "zh_CN.UTF-8", "应为"),
            ("LANG", "de_DE.UTF-8", "should be"),
            ("LC_ALL", "zh_TW", "应为"),
        ],
    )
    def test_of_the_environment(self, lesson, monkeypatch, variable, value, word):
        monkeypatch.setenv(variable, value)
        lesson.edit("goal: net_sales", "goal: x")
        assert word in lesson.error().sentence

    def test_english_when_nothing_is_said(self, lesson):
        lesson.edit("goal: net_sales", "goal: x")
        assert "should be" in lesson.error().sentence
