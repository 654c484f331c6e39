"""The ten lessons: in order, complete in both languages, clean, and hard to break."""

import random
import re
from functools import cache

import pytest

from sim import paths
from sim.errors import ScenarioError
from sim.scenario import Scenario, check, reading
from sim.scenario.course import at_level, course
from sim.scenario.yaml_reader import read_file

IDS = [
    "first_stream",
    "five_minutes",
    "questions",
    "discount_trap",
    "hold_back",
    "phone_or_studio",
    "one_account",
    "the_group",
    "thirty_days",
    "four_streets",
]
CAMPAIGNS = {"one_account", "the_group", "thirty_days"}
MUTATIONS = 200
SNIPPETS = [
    *"{}[]:,-#&*!|>'\"%@`?~=\\\n\t \0", "- ", ": ", "<<: ", "&a ", "*a ", "--- ", ".nan", "1e999",
    "24:00", "null", "true", "-1", "0", "1.5", "9" * 30, "''", "{}", "\u202e", "\ufeff", "：", "，",
    "policy: ", "tactic: ", "street: shelf", "x" * 300, "claims:", "lesson:", "alike: 2",
]  # fmt: skip


@cache
def lesson(name):
    return Scenario.load(paths.scenarios_folder() / f"{name}.yaml")


def test_ten_lessons_in_their_order():
    shipped = [place for place in course() if place.shipped]
    assert [place.id for place in shipped] == IDS
    assert [place.number for place in shipped] == list(range(1, 11))
    for place in shipped:
        assert place.lesson == lesson(place.id).lesson
        assert place.title == lesson(place.id).title


def test_each_lesson_adds_another_lever():
    for language in ("zh", "en"):
        assert len({lesson(name).lesson.lever.text(language) for name in IDS}) == 10


def test_a_broken_file_hides_no_lesson(tmp_path, monkeypatch):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))
    folder = paths.user_scenarios_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "broken.yaml").write_text("host: [\n", encoding="utf-8")
    text = (paths.scenarios_folder() / "questions.yaml").read_text(encoding="utf-8")
    half = text.replace("  lever: {zh: 互动, en: Interaction}\n", "")
    (folder / "half.yaml").write_text(half, encoding="utf-8")
    own = text.replace("id: questions\n", "id: my_own\n", 1)
    (folder / "my_own.yaml").write_text(own, encoding="utf-8")
    assert [place.id for place in course()] == [*IDS, "my_own"]


@pytest.mark.parametrize("name", [*IDS, "free_street"])
def test_checks_clean(name):
    assert check(paths.scenarios_folder() / f"{name}.yaml").notes == ()


@pytest.mark.parametrize("name", [*IDS, "free_street"])
def test_brief_has_five_lines_in_both_languages(name):
    brief = lesson(name).brief
    assert len(brief.zh) == len(brief.en) == 5
    assert all(len(line) <= 40 for line in brief.zh), brief.zh
    assert all(len(line) <= 110 for line in brief.en), brief.en
    assert not any(re.search("[\u4e00-\u9fff]", line) for line in brief.en)


@pytest.mark.parametrize("name", IDS)
def test_levels_can_be_played(name):
    scenario = lesson(name)
    levels = scenario.lesson.levels
    assert len(levels) >= 2 and not levels[0].change
    assert at_level(scenario, levels[0].id) == scenario
    hashes = {at_level(scenario, level.id).hash for level in levels}
    assert len(hashes) == len(levels)


def test_a_level_that_is_not_there():
    with pytest.raises(ScenarioError) as caught:
        at_level(lesson("questions"), "talkativ")
    assert caught.value.problems[0].suggestion == "talkative"
    with pytest.raises(ScenarioError):
        at_level(lesson("free_street"), "usual")


@pytest.mark.parametrize("name", IDS)
def test_the_card_says_how_sure_it_is(name):
    card = lesson(name).lesson.card
    for part in (card.figure, card.source, card.sure, card.model):
        assert len(part.zh) >= 15 and len(part.en) >= 40
    if card.fact is not None:
        from sim.wording import has

        assert has(f"facts.{card.fact}.name")


@pytest.mark.parametrize("name", IDS)
def test_every_lesson_claims_what_it_teaches(name):
    scenario = lesson(name)
    assert len(scenario.claims) >= 3
    assert (scenario.campaign is not None) == (name in CAMPAIGNS)
    assert all(claim.crowds >= 50 for claim in scenario.claims)


def test_the_four_streets_share_their_mechanisms():
    first = lesson("four_streets")
    others = [first.with_changes({"street": name}) for name in ("shelf", "interest", "trust")]
    for other in others:
        assert other.street.mechanisms == first.street.mechanisms
        assert other.host == first.host and other.tactics == first.tactics
        assert other.street.population != first.street.population
        assert other.street.platform != first.street.platform
        policy = other.street.policy
        assert policy.cold_start.days == 30
        assert [tier.sales for tier in policy.growth] == [10_000, 50_000, 100_000, 500_000]
        assert policy.partners and policy.traffic.share > 0 and policy.conduct.report_loss > 0
    assert len({other.street.id for other in others}) == 3


def test_other_changes_reach_the_other_street():
    first = lesson("four_streets")
    moved = first.with_changes({"street.population.patience.median": 30, "street": "trust"})
    assert moved.street.id == "trust"
    assert moved.street.population.patience.median == 30


def test_a_street_that_is_not_there():
    with pytest.raises(ScenarioError) as caught:
        lesson("four_streets").with_changes({"street": "truss"})
    assert caught.value.problems[0].suggestion == "trust"
    for name in ("../mechanisms", "", "streets/trust"):
        with pytest.raises(ScenarioError):
            lesson("four_streets").with_changes({"street": name})


def mutated(text, luck):
    """A file with a few slips in it: cut, pasted, doubled, dropped or moved lines and letters."""
    for _ in range(luck.randint(1, 3)):
        if luck.random() < 0.6:
            start = luck.randint(0, len(text))
            cut = luck.choice([0, 0, 1, 1, 2, 5, 20, 200])
            text = text[:start] + luck.choice(SNIPPETS) + text[start + cut :]
            continue
        lines = text.splitlines()
        here, there = luck.randrange(len(lines)), luck.randrange(len(lines))
        kind = luck.choice(["drop", "double", "swap", "indent", "outdent"])
        if kind == "drop" and len(lines) > 1:
            del lines[here]
        elif kind == "double":
            lines.insert(there, lines[here])
        elif kind == "swap":
            lines[here], lines[there] = lines[there], lines[here]
        elif kind == "indent":
            lines[here] = "  " + lines[here]
        else:
            lines[here] = lines[here].removeprefix("  ")
        text = "\n".join(lines) + "\n"
    return text


@pytest.mark.parametrize("name", IDS)
def test_two_hundred_slips_are_sentences(name, tmp_path, monkeypatch):
    # Only the lesson is changed; what it refers to is read once.
    read = cache(read_file)
    target = tmp_path / f"{name}.yaml"

    def quick(path, shown):
        return read_file(path, shown) if path.name == target.name else read(path, shown)

    monkeypatch.setattr(reading, "read_file", quick)
    shipped = paths.scenarios_folder()
    for file in ("tactics.yaml", "policies.yaml", "mechanisms.yaml"):
        (tmp_path / file).write_bytes((shipped / file).read_bytes())
    (tmp_path / "streets").mkdir()
    street = (shipped / "streets" / "lifestyle.yaml").read_bytes()
    (tmp_path / "streets" / "lifestyle.yaml").write_bytes(street)
    text = (shipped / target.name).read_text(encoding="utf-8")
    luck = random.Random(name)
    refused = 0
    for _ in range(MUTATIONS):
        target.write_bytes(mutated(text, luck).encode("utf-8", "replace"))
        try:
            scenario = Scenario.load(target)
        except ScenarioError as error:
            refused += 1
            assert error.problems
            for problem in error.problems:
                zh, en = problem.text("zh"), problem.text("en")
                assert zh and en and zh != en and "\n" not in zh + en
        else:
            assert scenario.claims or scenario.lesson or scenario.id
    # A test of slips that hardly ever are slips would say nothing.
    assert refused > MUTATIONS / 4
