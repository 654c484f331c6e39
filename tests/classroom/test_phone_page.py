"""The phone page as it lies on the disk: old browsers can read it, and every word of it exists."""

from __future__ import annotations

import re

import pytest

from sim import wording
from sim.classroom.pages import build_page
from sim.paths import assets_folder

FOLDER = assets_folder() / "classroom"
HTML = (FOLDER / "phone.html").read_text(encoding="utf-8")


def files_of(kind):
    """The files that the page names in its mark for styles or scripts."""
    return re.search(rf"<!--{kind} ([\w. ]+)-->", HTML)[1].split()


def read(name):
    return (FOLDER / name).read_text(encoding="utf-8")


# A string, a regular expression after a sign that cannot end a value, or a comment.
_NO_CODE = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<=[(,=:!&|?{};+\n])(\s*)/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*|/\*.*?\*/|//[^\n]*""",
    re.DOTALL,
)


def code_of(text):
    """JavaScript without what stands in strings, regular expressions and comments."""
    return _NO_CODE.sub(lambda found: '""' if found[1] else " ", text)


NEWER = {
    "an arrow": r"=>",
    "a template": r"`",
    "a newer word": r"\b(let|const|class|async|await|import|export|yield|of)\b(?!\s*:)",
    "three dots": r"\.\.\.",
    "a question mark of newer kind": r"\?\.(?!\d)|\?\?",
    "a power": r"\*\*",
    "a default of a parameter": r"function\s*\w*\([^)]*=",
    "a method in short": (
        r"(?<!function )\b(?!(?:if|for|while|switch|catch|function)\b)\w+ ?\([\w, ]*\) ?\{"
    ),
    "something of newer libraries": (
        r"\b(Promise|Symbol|Map|Set|WeakMap|Proxy|Reflect|fetch|Intl|URLSearchParams|URL|"
        r"IntersectionObserver|ResizeObserver|CustomEvent|queueMicrotask)\s*[.(]|"
        r"\bObject\.(assign|entries|values|fromEntries)\b|\bArray\.(from|of)\b|"
        r"\bNumber\.(is\w+|parse\w+)\b|\bMath\.(sign|trunc|log10|hypot|cbrt)\b|"
        r"\.(includes|find|findIndex|startsWith|endsWith|padStart|padEnd|repeat|flat|flatMap|at|"
        r"closest|remove|append|prepend|replaceWith|replaceChildren|toggleAttribute|matchAll|"
        r"replaceAll|trimStart|trimEnd|fill)\("
    ),
    "a trailing comma in a call": r",\s*\)",
}  # fmt: skip


@pytest.mark.parametrize("name", files_of("script"))
def test_scripts_are_of_the_year_2009(name):
    code = code_of(read(name))
    for what, pattern in NEWER.items():
        found = re.search(pattern, code)
        told = "" if found is None else code[max(0, found.start() - 60) : found.end() + 20]
        assert found is None, f"{what} in {name}: {told!r}"


@pytest.mark.parametrize(
    "planted",
    [
        "var a = x => 1;",
        "const a = 1;",
        "var a = `b`;",
        "f(...a);",
        "a?.b;",
        "class A {}",
        "var o = { f() { return 1; } };",
        "fetch('/');",
        "[1].includes(1);",
        "function f(a = 1) {}",
        "for (var a of b) {}",
    ],
)
def test_newer_ways_of_writing_would_be_found(planted):
    code = code_of(planted)
    assert any(re.search(pattern, code) for pattern in NEWER.values())


@pytest.mark.parametrize("name", files_of("script"))
def test_scripts_never_read_text_as_markup(name):
    code = code_of(read(name))
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "Function(",
    ):
        assert word not in code, f"{word} in {name}"


@pytest.mark.parametrize("name", files_of("style"))
def test_styles_ask_for_nothing_that_old_browsers_lack(name):
    text = re.sub(r"/\*.*?\*/", " ", read(name), flags=re.DOTALL)
    newer = re.search(
        r"\bgrid\b|(?<![\w-])gap\s*:|var\(--|--\w+\s*:|\binset\s*:|:is\(|:where\(|:has\(|aspect-ratio|"
        r"\bclamp\(|\bmin\(|\bmax\(|@import|@layer|url\(|\bdvh\b|\bsvh\b",
        text,
    )
    assert newer is None, f"{name}: {newer[0]}"


def test_the_page_asks_for_nothing_outside_itself():
    page = build_page(FOLDER, "phone.html").plain.decode("utf-8")
    addresses = set(re.findall(r"https?://[\w./-]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}  # the name of a language, not a place
    assert not re.search(r"<(img|iframe|object|embed|link rel=.stylesheet)", page)


_WORDS = {key.removeprefix("class_phone.") for key in wording.catalogue("class_phone")}
_SECTIONS = {key.split(".")[0] for key in _WORDS}
# Refusals are named by the server.
_REFUSED = {key for key in _WORDS if key.startswith("refused.")}


def words_used():
    """Keys that the scripts name whole, and beginnings to which they add the rest."""
    whole, beginnings = set(), set()
    for name in files_of("script"):
        for key, more in re.findall(r'"([a-z]+\.[a-z_]*)"(\s*\+)?', read(name)):
            if key.split(".")[0] in _SECTIONS:
                (beginnings if more or key.endswith((".", "_")) else whole).add(key)
    return whole, beginnings


def test_every_word_that_is_used_exists_and_every_other_is_gone():
    whole, beginnings = words_used()
    assert len(whole) > 120
    assert whole - _WORDS == set()
    for beginning in beginnings:
        assert any(key.startswith(beginning) for key in _WORDS), beginning
    unused = {key for key in _WORDS - whole - _REFUSED if not key.startswith(tuple(beginnings))}
    assert unused == set()


def test_refusals_of_the_room_have_words_of_the_page():
    """So that they change with the language; what the page lacks comes as a sentence."""
    known = {f"refused.{key}" for key in ("bad_name", "bad_pin", "name_taken", "class_full")}
    known |= {f"refused.{key}" for key in ("class_over", "too_late", "easy_pin", "slow_down")}
    assert known <= _REFUSED
