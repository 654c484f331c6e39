"""Tables and pages of runs: read back as a spreadsheet or a browser would."""

from __future__ import annotations

import csv
import io
import math
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from sim import wording
from sim.errors import PlaceError
from sim.model.decisions import Perform, SetMix, SetTactic, ShowProduct
from sim.play.batch import compare
from sim.play.campaign_figures import CAMPAIGN_METRICS
from sim.play.figures import METRICS
from sim.play.run import Run
from sim.report.export import (
    DECISION_COLUMNS,
    RUN_COLUMNS,
    RunRow,
    decisions_csv,
    runs_csv,
    write_csv,
)
from sim.report.export_comparison import comparison_page
from tests.model.streets import busy_street


def street():
    return busy_street(shoppers=60, nights=1, live__minutes=20)


@pytest.fixture(scope="module")
def run():
    run = Run(street(), 3)
    run.decide(SetTactic("rushed"))
    run.advance_ticks(run.live_start_tick + 30 - run.tick)
    run.decide(SetMix({"explain": 0.75, "answer": 0.25}))
    run.decide(Perform("countdown", 60))
    run.decide(ShowProduct("wool_coat"))
    run.finish()
    return run


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_line_a_run_with_its_figures(run):
    barely = Run(street(), 4)
    doctored = RunRow("c.jsonl", run, lesson="other")
    text = runs_csv([RunRow("a.jsonl", run), RunRow("b.jsonl", barely, verified=False), doctored])
    one, other, third = rows_of(text)
    assert (third["verified"], third["lesson"]) == ("other lesson", "other")
    assert tuple(one) == RUN_COLUMNS
    assert (one["run"], one["verified"], one["finished"]) == ("a.jsonl", "yes", "yes")
    assert (other["verified"], other["finished"], other["seed"]) == ("no", "no", "4")
    assert one["decisions"] == "4" and one["scenario"] == "first_stream"
    assert {one[name] for name in CAMPAIGN_METRICS} == {""}
    for name, value in run.report().items():
        # what is undefined is an empty cell, not a word that breaks a column of numbers
        assert (one[name] == "") == math.isnan(value)
        assert not one[name] or float(one[name]) == pytest.approx(value, rel=1e-9)
    assert float(one["impressions"]) > 0
    assert other["return_rate"] == "" and other["orders"] == "0"


def test_a_line_a_decision(run):
    rows = rows_of(decisions_csv([RunRow("a.jsonl", run)]))
    assert tuple(rows[0]) == DECISION_COLUMNS
    assert [row["kind"] for row in rows] == ["set_tactic", "set_mix", "perform", "show_product"]
    assert [row["what"] for row in rows] == [
        "rushed", "explain=75 answer=25", "countdown", "wool_coat"
    ]  # fmt: skip
    assert rows[2]["seconds"] == "60" and rows[0]["seconds"] == ""
    assert [row["moment"] for row in rows] == ["before live", "live", "live", "live"]
    assert [row["day"] for row in rows] == ["1"] * 4
    # a number below zero stands beside a word and a clock that say what it means
    assert float(rows[1]["minutes_since_live_began"]) == 5.0
    assert float(rows[0]["minutes_since_live_began"]) < 0
    assert rows[1]["clock"] == run.timeline.clock(run.live_start_tick + 30)


@pytest.mark.parametrize(
    "name", ["=1+1.jsonl", "+a", "-a", "@a", "\ta", "\r\na", 'a,"b"\n;c', "小明"]
)
def test_names_can_hold_anything_and_run_nothing(run, name):
    (row,) = rows_of(runs_csv([RunRow(name, run)]))
    assert row["run"].lstrip("'") == name
    assert not row["run"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["seed"] == "3"


def test_written_whole_with_the_mark_that_spreadsheets_want(run, tmp_path):
    path = write_csv(tmp_path / "new" / "runs.csv", runs_csv([RunRow("小明", run)]))
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and "小明" in content.decode("utf-8")
    assert content.count(b"\r\n") == 2 and b"\r\r" not in content
    write_csv(path, runs_csv([]))
    assert path.read_bytes().count(b"\r\n") == 1
    assert list(path.parent.iterdir()) == [path]
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PlaceError):
        write_csv(tmp_path / "file" / "runs.csv", "")


class Seen(HTMLParser):
    """The text of a page, and everything it would fetch or run."""

    def __init__(self):
        super().__init__()
        self.text, self.fetched, self.open = "", [], []

    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)
        self.fetched += [(tag, k) for k, _ in attributes if k in ("src", "href", "onclick")]
        self.fetched += [(tag, "")] if tag in ("script", "link", "img", "iframe") else []

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data + " "


@pytest.fixture(scope="module")
def comparison():
    return compare(street(), ["patient", "rushed", "storytelling"], range(8))


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_a_comparison_as_a_page(comparison, language):
    seen = Seen()
    seen.feed(comparison_page(comparison, language))
    assert seen.open == [] and seen.fetched == []
    assert bool(re.search("[\u4e00-\u9fff]", seen.text)) == (language == "zh")
    for metric in METRICS:
        assert wording.text(f"metrics.{metric}.name", language) in seen.text
    scenario = comparison.scenario
    for tactic in comparison.tactics:
        assert scenario.tactics[tactic].title.text(language) in seen.text
    mean = comparison.band("rushed", "orders")[0]
    assert (f"{mean:.1f}" if mean < 10 and mean != round(mean) else f"{mean:,.0f}") in seen.text
    best = max(comparison.tactics, key=lambda name: comparison.band(name, scenario.goal)[0])
    first = min(
        comparison.tactics,
        key=lambda name: seen.text.index(scenario.tactics[name].title.text(language)),
    )
    assert first == best


def test_two_that_are_alike_are_called_a_tie_or_the_same():
    scenario = street()
    mix = dict(scenario.tactics["patient"].mix)
    alike = scenario.with_changes({"tactics.rushed.mix": mix})
    page = comparison_page(compare(alike, ["patient", "rushed"], range(6)), "en")
    assert "come out the same on all 6 crowds" in page


def test_what_is_said_nowhere_is_not_explained():
    street_of_two = compare(street(), ["patient", "rushed"], range(6))
    note = wording.text("report.footer.tie", "en")
    for kind in ("tie", "higher"):
        apart = [1.0, -1.0] * 3 if kind == "tie" else [5.0] * 6
        for name, values in (("patient", [10.0 + more for more in apart]), ("rushed", [9.9] * 6)):
            figures = street_of_two.values[name]
            street_of_two.values[name] = {**figures, street().goal: np.array(values)}
        assert (note in comparison_page(street_of_two, "en")) == (kind == "tie")


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_one_crowd_is_called_one(language):
    alone = comparison_page(compare(street(), ["patient", "rushed"], [3]), language)
    assert wording.text("export.one_crowd", language) in alone and "1 crowds" not in alone


def test_a_comparison_of_nothing_is_refused(comparison):
    with pytest.raises(ValueError):
        comparison_page(compare(comparison.scenario, ["patient"], []), "en")


def test_titles_are_escaped():
    scenario = street().with_changes(
        {"title.en": "<script>alert(1)</script>", "tactics.rushed.title.en": 'R"><img src=x>'}
    )
    seen = Seen()
    seen.feed(comparison_page(compare(scenario, ["patient", "rushed"], range(2)), "en"))
    assert seen.fetched == [] and "<script>alert(1)</script>" in seen.text
