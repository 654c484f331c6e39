"""The report: whole, in both languages, safe whatever is inside, and true to the run."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from sim.errors import PlaceError
from sim.model.decisions import AnswerShopper, SetMix, SetTactic
from sim.play.best_line import best_line
from sim.play.bets import IntervalBet, ProbabilityBet, QuantileBet, questions
from sim.play.capsule import capsule_of
from sim.play.capsule_code import code_of
from sim.play.capsule_file import save_capsule
from sim.play.ghost import ghost_of
from sim.play.run import Run
from sim.report.html_evening import Evening
from sim.report.html_gather import Note, funnel_of, gather, note_orders_of
from sim.report.html_numbers import figure
from sim.report.html_report import html_report, report_of_file, write_report
from sim.scenario import Scenario
from tests.model.streets import busy_street

LANGUAGES = ("zh", "en")
EMPTY = {"meta", "br", "hr"}


class Reader(HTMLParser):
    """Tags that are all closed in order, the text outside the style, and all attributes."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes, self.text = [], [], [], []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)

    @property
    def words(self):
        return re.sub(r"\s+", " ", " ".join(self.text)).replace("\u2060", "")


def bets_on(scenario):
    which, rate, minutes = questions(scenario)
    return [
        ProbabilityBet(which, 0.7),
        IntervalBet(rate, 0.05, 0.2),
        QuantileBet(minutes, (0.1, 0.9), (2.0, 9.0)),
    ]


@pytest.fixture(scope="module")
def scenario():
    return busy_street(shoppers=100, nights=3)


@pytest.fixture(scope="module")
def run(scenario):
    run = Run(scenario, 6)
    run.decide(SetTactic("rushed"))
    run.advance(20)
    run.decide(SetTactic("storytelling"))
    run.finish()
    return run


@pytest.fixture(scope="module")
def report(scenario, run):
    best = best_line(run, budget=40, search_crowds=3, choosing_crowds=6)
    notes = [Note("Coach", ("One thing.", "Another."))]
    return gather(run, bets=bets_on(scenario), crowds=8, best=best, notes=notes)


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request, report):
    return request.param, html_report(report, request.param)


class TestPage:
    def test_it_is_one_whole_file(self, page):
        language, text = page
        reader = Reader(text)
        assert text.startswith("<!DOCTYPE html>")
        assert ("lang", "zh-Hans" if language == "zh" else "en") in reader.attributes
        assert reader.tags.count("h1") == 1 and reader.tags.count("section") >= 8
        assert len(text.encode()) < 120_000

    def test_it_fetches_and_runs_nothing(self, page):
        reader = Reader(page[1])
        assert not {"script", "link", "iframe", "img", "object", "form", "base"} & set(reader.tags)
        names = {name for name, _ in reader.attributes}
        assert not {"src", "href", "onclick", "onload", "action", "srcset"} & names
        assert not any(name.startswith("on") for name in names)
        assert (
            "url(" not in page[1]
            and "@import" not in page[1]
            and "http" not in page[1].replace("http-equiv", "")
        )
        assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in reader.attributes

    def test_every_word_is_in_its_language(self, page):
        language, text = page
        words = Reader(text).words
        assert "{" not in words and "}" not in words and "nan" not in words.split()
        if language == "en":
            assert not re.findall("[\u4e00-\u9fff]", words)
        else:
            # the scenario's digest may hold three letters in a row
            english = set(re.findall("(?<![0-9a-f])[A-Za-z]{3,}(?![0-9a-f])", words))
            assert english <= {"Coach", "One", "thing", "Another", "replay", "Stroll", "Street"}

    def test_it_tells_what_came(self, page, report):
        language, text = page
        words = Reader(text).words
        for name in ("net_sales", "gmv", "orders", "viewers", "conversion"):
            shown = figure(name, report.figures[name], language).replace("\u2060", "")
            assert shown in words, name
        for name in report.same_crowd:
            tactic = report.run.scenario.tactics[name].title.text(language)
            value = figure("net_sales", report.same_crowd[name]["net_sales"], language)
            assert tactic in words and value in words
        assert "One thing." in words

    def test_pictures_stay_within_their_frames(self, page):
        points = texts = 0
        for width, height, inside in re.findall(
            r'<svg viewBox="0 0 (\d+) (\d+)"[^>]*>(.*?)</svg>', page[1]
        ):
            lines = " ".join(re.findall(r'points="([^"]*)"', inside))
            for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", lines):
                assert 0 <= float(x) <= int(width) and 0 <= float(y) <= int(height)
                points += 1
            for x, y in re.findall(r'<text x="(-?[\d.]+)" y="(-?[\d.]+)"', inside):
                assert 0 <= float(x) <= int(width) and 0 < float(y) <= int(height)
                texts += 1
        assert points > 100 and texts > 30

    def test_the_same_again(self, page, report):
        assert html_report(report, page[0]) == page[1]


class TestGather:
    def test_what_is_compared(self, report, run, scenario):
        assert report.played_out and report.verified is None
        assert report.figures == run.report()
        assert set(report.same_crowd) == set(scenario.compare)
        assert len(report.others.seeds) == 8 and run.seed not in report.others.seeds
        assert report.luck.of("gmv") == report.others.band("own", "gmv")
        assert report.verdict("rushed").crowds == 8
        assert len(report.settled) == 3 and not any(item.void for item in report.settled)

    def test_interrupted_before_any_other_crowd(self, run, monkeypatch):
        def interrupt(*arguments, **more):
            raise KeyboardInterrupt

        monkeypatch.setattr("sim.report.html_gather.growing_comparison", interrupt)
        report = gather(run, crowds=5)
        assert report.others is None and report.luck is None and report.verdict("rushed") is None
        for language in LANGUAGES:
            Reader(html_report(report, language))

    def test_interrupted_later(self, run):
        def interrupt(done, total):
            raise KeyboardInterrupt

        report = gather(run, crowds=50, progress=interrupt)
        assert 0 < len(report.others.seeds) < 50

    def test_a_run_that_goes_on_is_played_out_in_a_copy(self, scenario):
        run = Run(scenario, 2)
        run.decide(SetTactic("interaction"))
        while not run.observe().room.queue:
            run.advance(1)
        run.decide(AnswerShopper(run.observe().room.queue[0][0]))
        tick = run.tick
        report = gather(run, crowds=6)
        assert run.tick == tick and not report.played_out and report.left_out == 1
        words = Reader(html_report(report, "en")).words
        assert "not played to its end" in words and "In another crowd those are other" in words

    def test_the_funnel(self, run):
        steps = dict(funnel_of(run.events()))
        report = run.report()
        assert steps["entered"] == report["viewers"]
        assert steps["spoke"] == report["commenters"]
        assert steps["ordered"] == report["buyers"]
        assert steps["ordered"] >= steps["kept"] >= steps["ordered"] - report["returns"]
        assert steps["entered"] >= steps["stayed"] >= steps["ordered"] > 0

    def test_orders_from_notes_are_counted_everywhere(self):
        scenario = busy_street(nights=3, street__mechanisms__note_order=0.9)
        run = Run(scenario, 4)
        run.finish()
        orders, yuan = note_orders_of(run.events())
        assert orders > 0 and yuan > 0.0
        own, ghost = run.report(), ghost_of(run)
        last = ghost.at(run.end_tick)
        for name in ("orders", "buyers", "gmv", "returns", "net_sales"):
            assert last[name] == pytest.approx(own[name])
        report = gather(run, crowds=0)
        nights = str(Evening(report, "en").nights()).replace("\u2060", "")
        assert f"¥{own['net_sales']:,.0f}" in nights
        words = Reader(html_report(report, "en")).words
        assert f"{orders:,} orders (¥{yuan:,.0f}) came straight from notes" in words

    def test_without_them_nothing_is_said_of_notes(self, run, report):
        assert note_orders_of(run.events())[0] == 0
        assert "straight from notes" not in Reader(html_report(report, "en")).words


class TestStrange:
    def test_nobody_came(self):
        scenario = busy_street(shoppers=20, street__mechanisms__click_rate=0.0, nights=0)
        report = gather(Run(scenario, 1), crowds=6, bets=bets_on(scenario))
        for language in LANGUAGES:
            words = Reader(html_report(report, language)).words
            assert "nan" not in words and "inf" not in words.split()

    def test_whatever_is_written_in_a_scenario_stays_text(self, scenario):
        evil = "<script>alert(1)</script>&\"'</style>"
        changed = scenario.with_changes(
            {
                "title.zh": evil,
                "title.en": evil,
                "tactics.rushed.title.zh": evil,
                "tactics.rushed.title.en": evil,
            }
        )
        run = Run(changed, 1)
        run.decide(SetTactic("rushed"))
        report = gather(run, crowds=2, notes=[Note(evil, (evil, "\x00\ud800"))])
        report = dataclasses.replace(report, code="<b>-'\"")
        for language in LANGUAGES:
            page = html_report(report, language)
            reader = Reader(page)
            assert "script" not in reader.tags and "b" in reader.tags
            assert reader.words.count("alert(1)") >= 4
            page.encode("utf-8")

    def test_a_new_tactic_every_minute(self, scenario):
        run = Run(scenario, 3)
        run.advance_ticks(run.live_start_tick)
        names = list(scenario.tactics)
        for minute in range(38):
            mix = SetMix({"explain": 0.5, "story": 0.5})
            run.decide(mix if minute % 9 == 8 else SetTactic(names[minute % len(names)]))
            run.advance(1)
        report = gather(run, crowds=1)
        for language in LANGUAGES:
            reader = Reader(html_report(report, language))
            assert reader.tags.count("li") >= len(names)

    def test_nothing_to_compare_with(self, run):
        page = html_report(gather(run, crowds=0, tactics=[]), "en")
        assert "sold to in another way" not in Reader(page).words


class TestFiles:
    def test_of_a_capsule_that_lies(self, run, tmp_path):
        true = capsule_of(run)
        forged = dataclasses.replace(true, figures={**true.figures, "net_sales": 987654.0})
        path = save_capsule(forged, tmp_path / "forged.stroll")
        words = Reader(report_of_file(path, "en", crowds=2)).words
        assert "did not come out as its file says" in words
        assert "987,654" not in words
        assert figure("net_sales", run.report()["net_sales"], "en") in words
        honest = save_capsule(true, tmp_path / "honest.stroll")
        words = Reader(report_of_file(str(honest), "en", crowds=2)).words
        assert "did not come out" not in words

    def test_the_code_on_it_gives_the_run_again(self):
        run = Run(Scenario.load("first_stream"), 3)
        run.decide(SetTactic("rushed"))
        report = gather(run, crowds=0, tactics=[])
        assert report.code == code_of(capsule_of(report.run))
        words = Reader(html_report(report, "en")).words
        assert report.code.split("-")[0] in words
        seen = []
        again = report_of_file(report.code, "en", crowds=1, progress=lambda *at: seen.append(at))
        assert figure("net_sales", report.figures["net_sales"], "en") in Reader(again).words
        assert seen == [(1, 1)]

    def test_writing(self, tmp_path):
        path = write_report(tmp_path / "deep" / "a.html", "一\n")
        assert write_report(path, "二\n") == path
        assert path.read_bytes() == "二\n".encode()
        assert [file.name for file in path.parent.iterdir()] == ["a.html"]
        (tmp_path / "file").write_text("")
        with pytest.raises(PlaceError):
            write_report(tmp_path / "file" / "a.html", "x")
        (tmp_path / "folder.html").mkdir()
        with pytest.raises(PlaceError):
            write_report(tmp_path / "folder.html", "x")
        assert not list(tmp_path.glob(".*"))

    def test_a_missing_style_sheet_is_one_sentence(self, report, tmp_path, monkeypatch):
        monkeypatch.setattr("sim.report.html_report.assets_folder", lambda: tmp_path)
        with pytest.raises(PlaceError):
            html_report(report, "en")


def test_figures_of_numpy_are_written_as_any_others():
    assert figure("gmv", np.float64(1234.0), "en") == "¥1,234"
