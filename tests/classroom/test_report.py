"""The report of a class: true to its file, safe whatever is inside, and readable elsewhere."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import zipfile

import httpx
import pytest
import typer
from rich.console import Console

from sim.classroom.report_capsules import capsules_zip, file_name
from sim.classroom.report_charts import radius_for, swarm
from sim.classroom.report_csv import decisions_csv, results_csv
from sim.classroom.report_html import class_page
from sim.classroom.report_room import DOWNLOADS
from sim.classroom.results_file import record_of_store
from sim.classroom.store import ClassStore
from sim.console.class_report import read_weights_option, report_class
from sim.console.terminal import Terminal
from sim.errors import JournalError, StrollError
from sim.play.capsule import verify
from sim.play.capsule_file import capsule_from_bytes
from sim.report.html_report import POLICY
from tests.classroom.browser import chromium, faint, needs_browser, opened
from tests.classroom.made import HOSTILE, make_class
from tests.classroom.test_web import logged_in
from tests.model.streets import busy_street
from tests.report.test_html_report import Reader

LANGUAGES = ("zh", "en")
COUNT = 18
# What a spreadsheet would run.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture(scope="module")
def scenario():
    return busy_street(shoppers=120, nights=4)


@pytest.fixture(scope="module")
def path(scenario, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    return make_class(folder / "a.strollclass", scenario, count=COUNT)


@pytest.fixture(scope="module")
def record(path):
    with ClassStore.look_into(path) as store:
        return record_of_store(store, crowds=6)


@pytest.fixture
def terminal():
    plain = {"highlight": False, "emoji": False, "markup": False}
    return Terminal(
        "en", Console(file=io.StringIO(), **plain), Console(file=io.StringIO(), **plain)
    )


def lines_of(table):
    """A table as the csv module reads it."""
    return list(csv.reader(io.StringIO(table, newline="")))


def read_like_a_spreadsheet(path):
    """Cells of a file as a spreadsheet takes them: by its mark, its commas and its quotes."""
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # or Chinese comes out as something else
    assert b"\r\n" in content and not re.search(rb"[^\r]\n", content)
    return lines_of(content.decode("utf-8-sig"))


class TestResultsTable:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_one_line_a_trainee(self, record, language):
        head, *lines = lines_of(results_csv(record, language))
        assert len(lines) == COUNT and len(set(head)) == len(head)
        assert {len(line) for line in lines} == {len(head)}
        assert [int(line[0]) for line in lines] == list(range(1, COUNT + 1))

    def test_figures_are_those_of_the_class(self, record):
        head, *lines = lines_of(results_csv(record, "en"))
        sales, score = head.index("Net sales (CNY)"), head.index("Score")
        grades = {grade.seat: grade for grade in record.grades()}
        for line, shop in zip(lines, record.shops, strict=True):
            assert float(line[sales]) == pytest.approx(shop.figure("net_sales"))
            known = grades[shop.seat].score
            assert line[score] == "" if known is None else float(line[score]) == round(known, 2)

    def test_no_name_is_a_formula(self, record):
        for table in (results_csv(record, "zh"), decisions_csv(record, "en")):
            for line in lines_of(table):
                for cell in line:
                    number = re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)
                    assert number or not cell.startswith(FORMULA), cell
        names = [line[1] for line in lines_of(results_csv(record, "en"))[1:]]
        assert names[: len(HOSTILE)] == [
            f"'{name}" if name[0] in "=+-@" else name for name in HOSTILE
        ]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_without_names_nobody_is_named(self, record, language):
        told = results_csv(record, language, names=False)
        told += decisions_csv(record, language, names=False)
        cells = {cell for line in lines_of(told) for cell in line}
        assert not cells & set(HOSTILE) and "学员016" not in cells
        assert ("1号店" if language == "zh" else "Shop 1") in cells

    def test_headings_are_in_the_reader_s_language(self, record):
        chinese, english = (lines_of(results_csv(record, la))[0] for la in LANGUAGES)
        assert chinese[:2] == ["座位", "名字"] and english[:2] == ["Seat", "Name"]
        assert not any(re.search("[\u4e00-\u9fff]", head) for head in english)


class TestDecisionsTable:
    def test_who_decided_what_and_when(self, record, path):
        head, *lines = lines_of(decisions_csv(record, "en"))
        assert len(lines) == COUNT * 3
        by = head.index("Decided by")
        for line in lines:
            shop = record.shop(int(line[0]))
            number = int(line[head.index("Round")]) - 1
            assert line[by] == ("stand-in" if shop.automatic[number] else "oneself")
            assert line[head.index("Id")]
            at = float(line[head.index("Decided at (unix seconds)")])
            assert at == pytest.approx(shop.times[number], abs=1.0)
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", line[head.index(
                "Decided at (local time)"
            )])  # fmt: skip
        assert {line[by] for line in lines} == {"oneself", "stand-in"}

    def test_acts_products_and_mixes_are_told(self, record):
        head, *lines = lines_of(decisions_csv(record, "en"))
        acts = {line[head.index("Single act")] for line in lines}
        products = {line[head.index("Shown")] for line in lines}
        mixes = {line[head.index("Own mix")] for line in lines}
        assert acts == {"", "poll"} and products == {"", "Wool coat"}
        assert mixes == {"", "answer=50% explain=50%"}

    def test_what_the_majority_decided_has_lines_of_its_own(self, scenario, tmp_path):
        path = make_class(tmp_path / "v.strollclass", scenario, count=4, rounds=2, mode="vote")
        with ClassStore.look_into(path) as store:
            record = record_of_store(store)
        head, *lines = lines_of(decisions_csv(record, "en"))
        voted = [line for line in lines if line[head.index("Decided by")] == "majority"]
        assert len(voted) == 2 and {line[1] for line in voted} == {"The class"}
        assert len(lines) == 4 * 2 + 2


class TestPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_whole_and_safe(self, record, language):
        page = class_page(record, language)
        reader = Reader(page)
        assert "script" not in reader.tags and "link" not in reader.tags
        assert not any(name.startswith("on") for name, _ in reader.attributes)
        assert not any("http" in (value or "") for name, value in reader.attributes
                       if name in ("src", "href"))  # fmt: skip
        assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in reader.attributes
        for name in HOSTILE:
            if name not in ("a,b;c",):
                assert re.sub(r"\s+", " ", name) in reader.words, name

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_without_names_nobody_is_named(self, record, language):
        words = Reader(class_page(record, language, names=False)).words
        for name in ("<b>x</b>", "小林", "O'Neil", "赵 钱", "../../x", "@SUM(A1)"):
            assert name not in words
        attributes = Reader(class_page(record, language, names=False)).attributes
        assert not any("小林" in (value or "") for _, value in attributes)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_english_is_english_and_nothing_is_left_unfilled(self, record, language):
        words = Reader(class_page(record, language, names=False)).words
        assert not re.search(r"\{\w+\}|\bnan\b|None", words)
        if language == "en":
            assert not re.search("[\u4e00-\u9fff]", words)

    def test_every_trainee_has_a_line_and_every_round_a_cell(self, record):
        page = class_page(record, "en", names=False)
        people = page.split("<section")
        table = next(part for part in people if part.startswith(' class="people"'))
        assert table.count("<tr") == COUNT + 1
        grid = next(part for part in people if part.startswith(' class="decisions"'))
        assert grid.count('class="cell') == COUNT * 3 + 1  # one explains the dashes

    def test_the_crowd_can_be_checked(self, record):
        assert record.streets.crowd_digest in Reader(class_page(record, "zh")).words

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "more",
        [
            {"until": "computed"}, {"mode": "vote", "rounds": 2}, {"count": 0, "rounds": 1},
            {"mode": "shared", "shops": 2, "rounds": 2}, {"count": 1, "rounds": 1},
        ],
        ids=["unfinished", "vote", "nobody", "shared", "one"],
    )  # fmt: skip
    def test_of_any_class(self, scenario, tmp_path, language, more):
        path = make_class(tmp_path / "c.strollclass", scenario, **{"count": 4, **more})
        with ClassStore.look_into(path) as store:
            record = record_of_store(store, crowds=6)
        reader = Reader(class_page(record, language))
        assert not re.search(r"\bnan\b|None", reader.words)
        told = results_csv(record, language) + decisions_csv(record, language)
        assert len(lines_of(told)) >= 2

    def test_dots_stay_in_their_row(self):
        for count in (1, 30, 400):
            rows = [[100.0] * count, [5.0, 300.0]]
            radius = radius_for(rows)
            for row in rows:
                dots = swarm(row, radius)
                assert len(dots) == len(row)
                assert max(y for _, y in dots) <= 26.0
        assert radius_for([[1.0]]) > radius_for([[1.0] * 5]) > radius_for([[1.0] * 9])


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@needs_browser
class TestInABrowser:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("width", [360, 900])
    def test_it_opens_by_itself_and_fits(self, browser, record, tmp_path, language, width):
        file = tmp_path / "report.html"
        file.write_text(class_page(record, language), encoding="utf-8")
        size = {"width": width, "height": 800}
        with opened(browser, file.as_uri(), language, size) as page:
            # wide tables are pushed sideways within their own frame, never the page
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("document.documentElement.lang").startswith(language)
            assert faint(page, 4.5) == []
            row = page.locator(".people tbody tr").first.bounding_box()
            assert row["height"] < 60  # a name is not broken letter by letter

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_is_cut_off_in_print(self, browser, record, tmp_path, language):
        file = tmp_path / "report.html"
        file.write_text(class_page(record, language), encoding="utf-8")
        # A4 less its margins, at the 96 pixels an inch that browsers print with
        with opened(browser, file.as_uri(), language, {"width": 688, "height": 1032}) as page:
            page.emulate_media(media="print")
            for table in page.locator(".class-table").all():
                assert table.bounding_box()["width"] <= 690
            assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


class TestCapsules:
    def test_each_leads_to_the_same_world(self, record):
        content = capsules_zip(record)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            assert len(names) == len(set(names)) == COUNT
            for name, shop in list(zip(names, record.shops, strict=True))[:5]:
                again = verify(capsule_from_bytes(archive.read(name)))
                history, _ = record.played[shop.seat]
                assert again.verified
                assert again.run.digest() == record.streets.at(history, True).digest()
        assert capsules_zip(record) == content

    def test_names_are_good_for_any_disk(self, record):
        for shop in record.shops:
            name = file_name(shop, True)
            assert re.fullmatch(r"\d{3}(_[\w-]+)?\.stroll", name)
            assert file_name(shop, False) == f"{shop.seat:03d}.stroll"

    def test_shared_streets_have_none(self, scenario, tmp_path):
        path = make_class(
            tmp_path / "s.strollclass", scenario, count=4, rounds=1, mode="shared", shops=2
        )
        with ClassStore.look_into(path) as store:
            record = record_of_store(store, crowds=0)
        with pytest.raises(StrollError):
            capsules_zip(record)


class TestCommand:
    def test_it_writes_what_is_asked_for(self, terminal, path, tmp_path):
        places = [tmp_path / name for name in ("r.html", "r.csv", "d.csv", "c.zip")]
        code = report_class(terminal, path, *places, True, "goal=3, own=1", crowds=6)
        assert code == 0
        assert all(place.exists() for place in places)
        assert len(read_like_a_spreadsheet(places[1])) == COUNT + 1
        assert len(read_like_a_spreadsheet(places[2])) == COUNT * 3 + 1
        told = terminal.err.file.getvalue()
        assert all(str(place) in told.replace("\n", "") for place in places)

    def test_weights_that_are_none(self, terminal):
        for typed in ("beauty=1", "goal", "goal=", "goal=x", "goal=0"):
            with pytest.raises(typer.BadParameter):
                read_weights_option(terminal, typed)
        assert read_weights_option(terminal, "goal=2；own=1")["own"] == 1.0
        assert read_weights_option(terminal, None) is None

    def test_somewhere_to_write_must_be_named(self, terminal, path):
        with pytest.raises(typer.BadParameter):
            report_class(terminal, path, None, None, None, None, True, None)

    def test_a_file_that_is_no_class(self, terminal, tmp_path):
        file = tmp_path / "x.strollclass"
        file.write_bytes(b"not a class")
        with pytest.raises(JournalError):
            report_class(terminal, file, None, tmp_path / "r.csv", None, None, True, None)
        assert not (tmp_path / "r.csv").exists()


class TestFromTheConsole:
    @pytest.fixture
    def taught(self, serve, scenario, tmp_path):
        """A finished class that is open, and the instructor's browser."""
        path = make_class(tmp_path / "o.strollclass", scenario, count=5, rounds=2)
        with contextlib.closing(logged_in(serve(ClassStore.open(path)))) as client:
            yield client

    def test_everything_can_be_taken_home(self, taught):
        kinds = ("text/html", "text/csv", "text/csv", "application/zip")
        for name, kind in zip(DOWNLOADS, kinds, strict=True):
            for language in LANGUAGES:
                answer = taught.get(f"/console/{name}?language={language}", timeout=120)
                assert answer.status_code == 200
                assert answer.headers["content-type"].startswith(kind)
                attached = answer.headers.get("content-disposition", "")
                assert attached.startswith("attachment") == (name != "report.html")
                assert answer.headers["cache-control"]

    def test_a_page_reads_by_its_own_policy(self, taught):
        answer = taught.get("/console/report.html?language=en&names=no", timeout=120)
        assert answer.headers["content-security-policy"] == POLICY
        words = Reader(answer.text).words
        assert "Shop 1" in words and "<b>x</b>" not in words

    def test_a_table_reads_as_one(self, taught, tmp_path):
        file = tmp_path / "t.csv"
        file.write_bytes(taught.get("/console/report.csv", timeout=120).content)
        assert len(read_like_a_spreadsheet(file)) == 6

    def test_nobody_else_gets_them(self, taught):
        for name in DOWNLOADS:
            url = taught.base_url.join(f"/console/{name}")
            assert httpx.get(url).status_code == 403

    def test_what_there_is_not_is_said(self, serve, scenario, tmp_path):
        path = make_class(
            tmp_path / "s.strollclass", scenario, count=4, rounds=1, mode="shared", shops=2
        )
        with contextlib.closing(logged_in(serve(ClassStore.open(path)))) as client:
            answer = client.get("/console/capsules.zip?language=en", timeout=120)
        assert answer.status_code == 409 and "capsules" in answer.text
