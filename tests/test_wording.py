"""Every text exists in both languages with the same places to fill, and every key that is used."""

import ast
import re
import string
from pathlib import Path

import pytest

from sim import wording
from sim.errors import Phrase, WordingError

TOP = Path(__file__).resolve().parents[1]
LEAVES = [
    (key, texts) for file in wording.files() for key, texts in wording.catalogue(file).items()
]
CHINESE = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
USES_WORDING = re.compile(r"^[a-z_]+(\.[a-z0-9_]+)+$")


def places(text):
    """The names of the places to fill in, as often as they stand there once or more."""
    return {name.partition("|")[0] for name in fields(text)}


def fields(text):
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def test_there_are_texts():
    assert "errors" in wording.files()
    assert len(wording.catalogue("errors")) > 100


@pytest.mark.parametrize("file", wording.files())
def test_every_leaf_has_both_languages(file):
    # Reading refuses a leaf without both; here it is done for every file.
    for key, texts in wording.catalogue(file).items():
        assert set(texts) == {"zh", "en"}, key
        assert all(text.strip() for text in texts.values()), key


@pytest.mark.parametrize("file", wording.files())
def test_both_languages_have_the_same_places(file):
    for key, texts in wording.catalogue(file).items():
        assert places(texts["zh"]) == places(texts["en"]), key
        for name in places(texts["zh"]):
            assert name.isidentifier(), f"{key}: {{{name}}} is not a plain name"


@pytest.mark.parametrize("file", wording.files())
def test_a_word_that_depends_on_a_number_has_two_forms(file):
    for key, texts in wording.catalogue(file).items():
        for name in [*fields(texts["en"]), *fields(texts["zh"])]:
            assert name.count("|") in (0, 2), key
            assert "||" not in name, key


@pytest.mark.parametrize("file", wording.files())
def test_chinese_has_chinese_punctuation(file):
    for key, texts in wording.catalogue(file).items():
        slip = re.search(f"(?<={CHINESE})[,;?!](?={CHINESE}|$)", texts["zh"])
        assert slip is None, f"{key}: half-width {slip[0]!r} between Chinese characters"


def used_keys():
    """Every literal key that the code gives to Phrase(...) or text(...)."""
    for file in sorted((TOP / "sim").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[0]
                if name in ("Phrase", "text") and isinstance(first, ast.Constant):
                    if isinstance(first.value, str) and USES_WORDING.match(first.value):
                        yield str(file.relative_to(TOP)), node.lineno, first.value


def test_every_used_key_exists():
    uses = list(used_keys())
    assert len(uses) > 20
    missing = [f"{file}:{line} {key}" for file, line, key in uses if not wording.has(key)]
    assert missing == []


@pytest.fixture
def locale_of(tmp_path, monkeypatch):
    """A function that makes a text the only file of the catalogue, a.yaml."""
    (tmp_path / "locale").mkdir()

    def write(content):
        (tmp_path / "locale" / "a.yaml").write_text(content, encoding="utf-8")

    monkeypatch.setattr(wording, "assets_folder", lambda: tmp_path)
    wording.catalogue.cache_clear()
    yield write
    wording.catalogue.cache_clear()


class TestText:
    def test_in_both_languages(self):
        assert wording.text("errors.kind.street", "en") == "street"
        assert wording.text("errors.kind.street", "zh") == "街道"

    def test_values_are_filled_in_and_never_read_as_patterns(self):
        text = wording.text("errors.found.text", "en", value="{key} {0} {}")
        assert text == "“{key} {0} {}”"

    @pytest.mark.parametrize(
        ("count", "said"),
        [
            (1, "1 crowd"),
            ("1", "1 crowd"),
            (0, "0 crowds"),
            (21, "21 crowds"),
            ("1,001", "1,001 c"),
        ],
    )
    def test_one_and_many(self, locale_of, count, said):
        locale_of("b: {zh: '{count} 批', en: '{count} {count|crowd|crowds}'}")
        assert wording.text("a.b", "en", count=count).startswith(said)
        assert wording.text("a.b", "zh", count=count) == f"{count} 批"

    @pytest.mark.parametrize("place", ["{other|one|many}", "{count|one}"])
    def test_one_and_many_of_nothing(self, locale_of, place):
        locale_of(f"b: {{zh: '{{count}}', en: '{place}'}}")
        with pytest.raises(WordingError):
            wording.text("a.b", "en", count=2)

    def test_a_missing_key_names_the_nearest(self):
        with pytest.raises(WordingError, match=r"errors\.kind\.street"):
            wording.text("errors.kind.stret", "en")
        assert not wording.has("errors.kind.stret")

    @pytest.mark.parametrize("key", ["nothing.at.all", "", "errors", "../errors.x", "errors.kind"])
    def test_other_missing_keys(self, key):
        with pytest.raises(WordingError):
            wording.text(key, "en")
        assert not wording.has(key)

    def test_a_missing_value(self):
        with pytest.raises(WordingError, match="value"):
            wording.text("errors.found.text", "en")

    def test_another_language(self):
        with pytest.raises(WordingError, match="fr"):
            wording.text("errors.kind.street", "fr")


class TestCatalogue:
    @pytest.fixture
    def locale(self, tmp_path, monkeypatch):
        (tmp_path / "locale").mkdir()
        monkeypatch.setattr(wording, "assets_folder", lambda: tmp_path)
        wording.catalogue.cache_clear()
        yield tmp_path / "locale"
        wording.catalogue.cache_clear()

    def test_sections_and_codes(self, locale):
        (locale / "a.yaml").write_text(
            "b:\n  c: {zh: 一, en: on}\n  no: {zh: 二, en: no}\n  unit: yuan\n", encoding="utf-8"
        )
        assert wording.text("a.b.c", "en") == "on"
        assert wording.text("a.b.no", "zh") == "二"
        assert wording.text("a.b.unit", "zh") == wording.text("a.b.unit", "en") == "yuan"
        assert wording.files() == ("a",)

    @pytest.mark.parametrize(
        "content",
        [
            "b: {zh: 一}",
            "b: {en: one}",
            "b: {zh: 一, en: ''}",
            "b: {zh: 一, en: one, fr: un}",
            "b: {zh: 一, en: [one]}",
            "b: Only English",
            "b: []",
            "b: {}",
            "b: {zh: 一",
            "",
        ],
    )
    def test_what_is_refused(self, locale, content):
        (locale / "a.yaml").write_text(content, encoding="utf-8")
        with pytest.raises(WordingError):
            wording.catalogue("a")


class TestPhrase:
    def test_phrases_and_lists_inside(self):
        phrase = Phrase(
            "errors.accepted.with_unit",
            accepted=Phrase("errors.accepted.one_of", names=["a", Phrase("errors.kind.street")]),
            unit=Phrase("errors.unit.yuan"),
        )
        assert phrase.text("en") == "one of a, street (yuan)"
        assert phrase.text("zh") == "以下之一：a、街道（元）"

    def test_language_of_the_environment(self, monkeypatch):
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("STROLL_STREET_LANGUAGE", "zh_CN")
        assert Phrase("errors.kind.street").text() == "街道"
        monkeypatch.setenv("STROLL_STREET_LANGUAGE", "en")
        assert Phrase("errors.kind.street").text() == "street"

    def test_equal_phrases(self):
        one = Phrase("errors.found.text", value="a")
        assert one == Phrase("errors.found.text", value="a")
        assert one != Phrase("errors.found.text", value="b")
        assert hash(one) == hash(Phrase("errors.found.text", value="a"))
        assert one != "errors.found.text"
