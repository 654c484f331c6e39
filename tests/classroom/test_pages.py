"""The pages as they are sent: one file each, all words inside, a policy that fits to the byte."""

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from sim import wording
from sim.classroom.pages import MOST_PACKED_BYTES, NAMES, build_page, build_pages
from sim.errors import PlaceError

MARKED = """<!doctype html>
<html><head><title>x</title>
<!--style one.css two.css-->
</head><body><p>text</p>
<!--words class_core metrics-->
<!--script one.js-->
</body></html>
"""


class Reader(HTMLParser):
    """What a browser would find: blocks that run, and everything that would be fetched."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.blocks, self.fetched, self.handlers = [], [], []
        self._inside = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "style"):
            self._inside = tag
            self.blocks.append((tag, ""))
        for name, value in attributes:
            if name in ("src", "href", "action", "srcset", "data", "poster"):
                self.fetched.append(value)
            if name.startswith("on") or name == "style":
                self.handlers.append((tag, name))

    def handle_data(self, data):
        if self._inside:
            tag, content = self.blocks[-1]
            self.blocks[-1] = (tag, content + data)

    def handle_endtag(self, tag):
        if tag == self._inside:
            self._inside = None


@pytest.fixture(scope="module")
def pages():
    """All pages as they are shipped."""
    return build_pages()


@pytest.fixture
def folder(tmp_path):
    """A folder with one page and what belongs to it."""
    (tmp_path / "x.html").write_text(MARKED)
    (tmp_path / "one.css").write_text("p { color: red }")
    (tmp_path / "two.css").write_text("b { color: blue }")
    (tmp_path / "one.js").write_text("var a = 1 < 2 && '<b>';\r\n")
    return tmp_path


def hash_of(content):
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@pytest.mark.parametrize("name", NAMES)
class TestShipped:
    def test_what_runs_is_what_the_policy_names(self, pages, name):
        page = pages[name]
        found = Reader(page.plain.decode())
        for kind in ("script", "style"):
            inside = [hash_of(content) for tag, content in found.blocks if tag == kind]
            assert inside
            named = re.search(rf"{kind}-src ([^;]*)", page.policy)[1].split()
            assert sorted(inside) == sorted(named)
        assert found.handlers == []

    def test_it_fetches_nothing(self, pages, name):
        found = Reader(pages[name].plain.decode())
        assert all(url.startswith("data:") for url in found.fetched)
        styles = "".join(content for tag, content in found.blocks if tag == "style")
        assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))", styles)

    def test_the_policy_lets_nothing_else_in(self, pages, name):
        policy = pages[name].policy_for("192.168.1.5:8000")
        assert "unsafe" not in policy
        assert "*" not in policy
        for rule in ("default-src 'none'", "base-uri 'none'", "form-action 'none'",
                     "frame-ancestors 'none'"):  # fmt: skip
            assert rule in policy
        assert "connect-src 'self' ws://192.168.1.5:8000" in policy

    def test_packed_it_is_the_same_and_small(self, pages, name):
        page = pages[name]
        assert gzip.decompress(page.packed) == page.plain
        assert len(page.packed) <= MOST_PACKED_BYTES

    def test_all_its_words_are_in_it(self, pages, name):
        found = Reader(pages[name].plain.decode())
        script = next(content for _, content in found.blocks if "window.WORDS=" in content)
        words = json.loads(script.strip().removeprefix("window.WORDS=").removesuffix(";"))
        assert set(words) == set(wording.LANGUAGES)
        assert words["zh"].keys() == words["en"].keys()
        for key, text in wording.catalogue(f"class_{name}").items():
            assert words["zh"][key] == text["zh"]
            assert words["en"][key] == text["en"]

    def test_no_code_turns_text_into_markup(self, pages, name):
        found = Reader(pages[name].plain.decode())
        code = "".join(content for tag, content in found.blocks if tag == "script")
        for risky in (r"\.innerHTML\s*=", r"\.outerHTML\s*=", r"insertAdjacentHTML",
                      r"document\.write", r"\beval\(", r"new Function\("):  # fmt: skip
            assert not re.search(risky, code), risky


class TestBuilding:
    def test_marks_become_what_they_name(self, folder):
        text = build_page(folder, "x.html").plain.decode()
        found = Reader(text)
        assert [tag for tag, _ in found.blocks] == ["style", "script", "script"]
        assert found.blocks[0][1].split("\n") == ["", "p { color: red }", "b { color: blue }", ""]
        assert "\r" not in text
        assert "<!--" not in text

    def test_words_cannot_end_their_script(self, folder, monkeypatch):
        monkeypatch.setattr(
            wording, "catalogue",
            lambda file: {f"{file}.a": {"zh": "</script><b>\u2028", "en": "<!-- ]]>"}},
        )  # fmt: skip
        found = Reader(build_page(folder, "x.html").plain.decode())
        words = json.loads(found.blocks[1][1].strip()[len("window.WORDS=") : -1])
        assert words["zh"]["metrics.a"] == "</script><b>\u2028"
        assert words["en"]["metrics.a"] == "<!-- ]]>"

    @pytest.mark.parametrize("missing", ["x.html", "one.css", "one.js"])
    def test_a_missing_file_is_named(self, folder, missing):
        (folder / missing).unlink()
        with pytest.raises(PlaceError) as raised:
            build_page(folder, "x.html")
        for language in ("zh", "en"):
            assert missing in raised.value.in_language(language)

    def test_a_script_that_would_end_itself(self, folder):
        (folder / "one.js").write_text("var a = '</script>';")
        with pytest.raises(PlaceError, match="cut it off"):
            build_page(folder, "x.html")

    @pytest.mark.parametrize(
        "stray",
        ['<script>alert(1)</script>', '<script src="//x"></script>', '<p onclick="x()">',
         '<p style="color: red">', "<!-- a remark -->", "<!--style ../x.css -->",
         '<link rel="stylesheet" href="x.css">', '<a href="javascript:x()">'],
    )  # fmt: skip
    def test_what_the_policy_would_stop_unseen(self, folder, stray):
        (folder / "x.html").write_text(MARKED.replace("<p>text</p>", stray))
        with pytest.raises(PlaceError):
            build_page(folder, "x.html")
