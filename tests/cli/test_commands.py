"""The commands as people call them: results, exit codes, sentences, both languages."""

import contextlib
import json
import math
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from rich.cells import cell_len

import sim
from sim import wording
from sim.console import commands
from sim.console.facts_table import told_apart
from sim.console.terminal import Terminal
from sim.errors import DisplayError
from sim.model import ENGINE_VERSION
from sim.play.batch import compare
from sim.play.luck import tie
from sim.play.recording import read_recording
from sim.report.figures import METRICS
from sim.scenario import Scenario

COMMANDS = ("play", "run", "compare", "check", "replay", "why", "report", "facts")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def one_sentence(answer):
    """The only line on stderr, when nothing else was printed."""
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 1, answer.err
    assert "Traceback" not in answer.err
    return answer.err.strip()


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_everything_has_help(stroll, command, language):
    line = [command] if command else []
    answer = stroll(*line, "--help", "--language", language)
    assert answer.code == 0 and answer.err == ""
    assert wording.text(f"cli.help.{command or 'program'}", language)[:30] in answer.out
    assert bool(CHINESE.search(answer.out)) == (language == "zh")
    assert "--language" in answer.out and "…" not in answer.out
    if command is None:
        assert all(re.search(rf"^\W*{name}\s", answer.out, re.MULTILINE) for name in COMMANDS)
    # what Typer would say by itself
    assert not re.search(r"<(str|bool|list|Path)", answer.out)
    if language == "zh":
        assert not re.search(r"Usage|OPTIONS|COMMAND|required|default", answer.out)


def test_version(stroll):
    answer = stroll("--version")
    assert answer.code == 0 and answer.err == ""
    assert sim.__version__ in answer.out and f"engine {ENGINE_VERSION}" in answer.out
    assert CHINESE.search(stroll("--version", "--language", "zh").out)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["comapre"], "There is no command comapre. Did you mean compare?"),
        (["compare"], "SCENARIO is missing."),
        (["run"], "SCENARIO is missing."),
        (["replay"], "RUN is missing."),
        (["why"], "RUN is missing."),
        (["report"], "RUNS"),
        (["compare", "first_stream", "--crowd", "3"], "Did you mean --crowds?"),
        (["compare", "first_stream", "--crowds"], "--crowds needs a value"),
        (["compare", "first_stream", "--crowds", "0"], "found 0, expected a whole number from 1"),
        (["compare", "first_stream", "--crowds", "x"], "found x, expected a whole number from 1"),
        (["compare", "first_stream", "--tactics", "patiemt"], "did you mean patient?"),
        (["compare", "first_stream", "--tactics", ","], "no tactic was named"),
        (["run", "first_stream", "--tactic", "zzz"], "there is no tactic zzz; there are"),
        (["run", "first_stream", "--seed", "-1"], "found -1"),
        (["run", "first_stream", "--language", "fr"], "found fr, expected zh or en"),
        (["run", "frist_stream"], "first_stream"),
        (["run", "no/such.yaml"], "no such file"),
        (["check", "no/such.yaml"], "no such file"),
        (["replay", "no/such.jsonl"], "There is no file no/such.jsonl."),
        (["replay", "main.py"], "main.py is not a saved run"),
        (["replay", "7K2QM-0E4XA-7K2QM-0E4XA"], "There is a slip in group 1"),
        (["why", "no/such.jsonl"], "There is no file no/such.jsonl."),
        (["why", "x", "--diary", "-1"], "found -1"),
        (["report", "no/such.jsonl", "--csv", "x.csv"], "There is no file no/such.jsonl."),
        (["report", "no/such.jsonl"], "nothing was said about where to write. See main.py report"),
        (["compare", "first_stream", "--tactics", "zzz"], "cannot be used: there is no tactic zzz"),
        (["sweep", "first_stream"], "--out is missing: nothing was said about where to write; for"),
        (["sweep", "first_stream"], "--out results.csv. See main.py sweep --help."),
        (["run", "first_stream", "--seed", "9007199254740992"], "from 0 to 9007199254740991"),
        (["play", "frist_stream"], "first_stream"),
        (["facts", "--crowds", "1.5"], "found 1.5"),
        (["run", "first_stream", "--tactic", "patient,rushed"], "one run has one tactic"),
        (
            ["run", "first_stream", "--tactic", "Patient explanatoin"],
            "did you mean Patient explanation?",
        ),
        (["run", "first_stream", "--journal", ""], "--journal cannot be used: it is empty"),
        (["run", "first_stream", "--capsule", " "], "it is empty"),
        (["replay", ""], "it is empty"),
        (["check", ""], "it is empty"),
        (["run", "first_stream", "two", "three"], "two three is one too many"),
        (["compare", "first_stream", "--json=3"], "--json takes no value"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_one_sentence_and_exit_code_2(stroll, line, told):
    answer = stroll(*line)
    assert answer.code == 2
    assert told in one_sentence(answer)


@pytest.mark.parametrize(
    "line",
    [["run", "a", "b"], ["compare", "a", "--json=3"], ["run", "a", "--seed"], ["run", "a", "--x"]],
    ids=" ".join,
)
def test_what_typer_finds_wrong_is_said_in_chinese_alone(stroll, line):
    sentence = one_sentence(stroll(*line, "--language=zh"))
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{2,} [a-z]{2,}", sentence), sentence


@pytest.mark.parametrize(
    "typed",
    ["patient,rushed", "耐心讲解，催单", "Patient Explanation、rushed selling", "PATIENT；催单"],
)
def test_tactics_are_known_by_id_and_by_title(stroll, lesson, typed):
    answer = stroll("compare", lesson, "--crowds", "2", "--tactics", typed, "--json")
    assert list(json.loads(answer.out)["tactics"]) == ["patient", "rushed"]
    one = stroll("run", lesson, "--tactic", re.split("[,，、；]", typed)[1], "--json")
    assert json.loads(one.out)["tactic"] == "rushed"


def test_a_tactic_named_twice_is_counted_once_and_it_is_said(stroll, lesson):
    answer = stroll("compare", lesson, "--crowds", "2", "--tactics", "patient,rushed,耐心讲解")
    assert "patient was named more than once and is counted once." in answer.err
    assert (
        "named more than once"
        not in stroll("compare", lesson, "--crowds", "2", "--tactics", "patient,rushed").err
    )


@pytest.mark.parametrize(("crowds", "said"), [(2, "on 2 crowds"), (1, "on one crowd")])
def test_one_tactic_alone_is_called_by_its_name(stroll, lesson, crowds, said):
    answer = stroll("compare", lesson, "--crowds", crowds, "--tactics", "patient")
    assert answer.out.splitlines()[0].endswith(f"· Patient explanation {said}")
    assert "every tactic" not in answer.out


def test_every_seed_of_a_file_can_be_typed(stroll, lesson):
    answer = stroll("run", lesson, "--seed", 2**53 - 1, "--json")
    assert json.loads(answer.out)["seed"] == 2**53 - 1


def test_an_unknown_tactic_is_told_the_titles(stroll):
    sentence = one_sentence(stroll("run", "first_stream", "--tactic", "催促", "--language", "zh"))
    assert "催单（rushed）" in sentence


def test_bad_input_in_chinese(stroll, monkeypatch):
    assert CHINESE.search(one_sentence(stroll("run", "--seed", "x", "--language", "zh")))
    assert CHINESE.search(one_sentence(stroll("run", "nix", "--language=zh")))
    monkeypatch.delenv(wording.LANGUAGE_VARIABLE)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert CHINESE.search(one_sentence(stroll("comapre")))


def test_run_prints_the_figures(stroll, lesson):
    answer = stroll("run", lesson, "--tactic", "rushed", "--seed", "3")
    assert answer.code == 0
    assert "The first live · Rushed selling · crowd 3" in answer.out
    for metric in METRICS:
        assert wording.text(f"metrics.{metric}.name", "en") in answer.out


def test_run_json(stroll, lesson):
    answer = stroll("run", lesson, "--tactic", "patient", "--seed", "3", "--json")
    data = json.loads(answer.out)
    assert list(data) == [
        "scenario", "engine", "seed", "tactic", "finished", "tick", "digest", "metrics"
    ]  # fmt: skip
    assert (data["seed"], data["tactic"], data["finished"]) == (3, "patient", True)
    assert data["engine"] == ENGINE_VERSION
    assert tuple(data["metrics"]) == METRICS
    alone = compare(Scenario.load(lesson), ["patient"], seeds=[3])
    for metric in METRICS:
        value = alone.values["patient"][metric][0]
        expected = None if math.isnan(value) else pytest.approx(value)
        assert data["metrics"][metric] == expected


def test_run_uses_the_scenarios_own_tactic_and_seed(stroll, lesson):
    scenario = Scenario.load(lesson)
    data = json.loads(stroll("run", lesson, "--json").out)
    assert (data["seed"], data["tactic"]) == (scenario.seed, scenario.reference)


def test_compare_json_is_the_promised_object_and_nothing_else(stroll, lesson):
    answer = stroll("compare", lesson, "--crowds", "4", "--json")
    assert answer.code == 0
    data = json.loads(answer.out)
    scenario = Scenario.load(lesson)
    assert list(data) == ["scenario", "engine", "crowds", "tactics"]
    assert data["scenario"] == "first_stream"
    assert data["engine"] == ENGINE_VERSION
    assert data["crowds"] == 4
    assert list(data["tactics"]) == list(scenario.compare)
    for figures in data["tactics"].values():
        assert tuple(figures) == METRICS
        for band in figures.values():
            assert list(band) == ["mean", "low", "high"]
            if band["mean"] is not None:
                assert band["low"] <= band["mean"] <= band["high"]
    assert "NaN" not in answer.out


def test_compare_json_has_null_where_there_is_nothing_to_divide_by(stroll, lesson, tmp_path):
    # With a handful of people nobody orders, so there is no time to order.
    folder = tmp_path / "scenarios"
    folder.mkdir()
    for file in lesson.parent.rglob("*.yaml"):
        copy = folder / file.relative_to(lesson.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        copy.write_text(text.replace("\nshoppers: 200\n", "\nshoppers: 10\n"), encoding="utf-8")
    answer = stroll(
        "compare", folder / lesson.name, "--crowds", "1", "--tactics", "rushed", "--json"
    )
    figures = json.loads(answer.out)["tactics"]["rushed"]
    assert figures["orders"]["mean"] == 0
    assert figures["median_minutes_to_order"] == {"mean": None, "low": None, "high": None}


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("columns", [80, 200])
def test_compare_fits_the_screen(stroll, lesson, monkeypatch, language, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    answer = stroll("compare", lesson, "--crowds", "3", "--language", language, "--explain")
    assert answer.code == 0
    widths = [cell_len(line.rstrip()) for line in answer.out.splitlines()]
    assert max(widths) <= columns
    assert "…" not in answer.out
    scenario = Scenario.load(lesson)
    for metric in METRICS:
        assert wording.text(f"metrics.{metric}.name", language) in answer.out
    for tactic in scenario.compare:
        for word in scenario.tactics[tactic].title.text(language).split():
            assert word in answer.out
    rule = next(line for line in answer.out.splitlines() if "───" in line)
    rows = answer.out[answer.out.index(rule) :].split("\n\n")[0].splitlines()
    # On a broad screen a band stands beside its mean, on a narrow one below it.
    assert any("–" in row and row.count("–") == 4 for row in rows)
    assert (len(rows) > 40) == (columns == 80)


def test_compare_deals_many_tactics_out_to_several_tables(stroll, lesson):
    every = list(Scenario.load(lesson).tactics)
    answer = stroll("compare", lesson, "--crowds", "2", "--tactics", ",".join(every))
    assert max(cell_len(line.rstrip()) for line in answer.out.splitlines()) <= 80
    assert answer.out.count(wording.text("metrics.net_sales.name", "en") + " (yuan)") >= 2
    # two crowds are too few to call anything
    assert answer.out.count("are too few to call") == len(every) - 1


def test_compare_counts_wins_on_the_same_crowds(stroll, lesson):
    answer = stroll("compare", lesson, "--crowds", "9", "--tactics", "patient,rushed")
    comparison = compare(Scenario.load(lesson), ["patient", "rushed"], seeds=range(9))
    means = {name: comparison.band(name, "net_sales")[0] for name in comparison.tactics}
    best = max(means, key=means.get)
    other = next(name for name in means if name != best)
    wins = int((comparison.paired("net_sales", best, other) > 0).sum())
    flat = " ".join(answer.out.split())
    assert f"on {wins} of 9 crowds, by {means[best] - means[other]:,.0f}"[:20] in flat
    judged = tie(comparison.paired("net_sales", best, other))
    assert ("is ahead of" in flat) == (judged.kind == "higher")
    assert ("too close to call:" in flat) == (judged.kind == "tie")


@pytest.mark.parametrize(
    ("mix", "crowds", "told", "zh"),
    [("patient", 6, "come out the same on all 6 crowds", "分毫不差"),
     ("interaction", 7, "too close to call", "难分高下"),
     ("rushed", 3, "too few to call", "说不准")],
)  # fmt: skip
def test_compare_says_in_words_what_luck_could_turn_round(
    stroll, lesson, monkeypatch, mix, crowds, told, zh
):
    def fixed(scenario, tactics, seeds, progress):
        found = compare(scenario, ["patient", mix], seeds)
        apart = np.zeros(crowds) if mix == "patient" else np.arange(crowds) - crowds / 2 + 0.6
        base = np.full(crowds, 1000.0)
        values = {"patient": base + apart, "price_games": base}
        for name in values:
            found.values[name] = {**found.values["patient"], "net_sales": values[name]}
        found.tactics = list(values)
        return found

    monkeypatch.setattr("sim.play.batch.compare", fixed)
    for language, words in (("en", told), ("zh", zh)):
        answer = stroll("compare", lesson, "--crowds", crowds, "--language", language)
        assert words in "".join(answer.out.replace("\n", " " if language == "en" else ""))
        assert "is ahead of" not in answer.out and "胜过" not in answer.out


def test_compare_says_how_far_few_crowds_can_be_relied_on(stroll, lesson):
    def said(crowds, language="en"):
        line = ("compare", lesson, "--crowds", crowds, "--tactics", "patient,rushed")
        return " ".join(stroll(*line, "--language", language).out.split())

    one = said(1)
    assert "one and the same crowd" in one and "One crowd does not show what luck can do" in one
    assert "1 crowds" not in one and "too few to call" not in one and "nine tenths" not in one
    assert not re.search(r"\d–", one)  # no bands
    assert "With only 2 crowds" in said(2) and "nine tenths" in said(2)
    many = said(20)
    assert "With only" not in many and "nine tenths" in many
    assert ("Of twenty comparisons" in many) == ("are too close to call" in many)
    assert "只有一批人群" in said(1, "zh")


def test_a_very_narrow_screen_cuts_no_figure_off(stroll, lesson, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    line = ("compare", lesson, "--crowds", "2", "--tactics", "patient")
    found = compare(Scenario.load(lesson), ["patient"], seeds=range(2))
    assert f"{found.band('patient', 'impressions')[0]:,.0f}" in stroll(*line).out


def test_compare_as_a_page(stroll, lesson, tmp_path):
    page = tmp_path / "new" / "compared.html"
    line = ("compare", lesson, "--crowds", "2", "--html", page, "--language", "zh")
    answer = stroll(*line)
    assert answer.code == 0 and str(page) in answer.err
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>") and "第一场直播" in text and "净成交额" in text


def test_check(stroll, lesson, tmp_path):
    assert stroll("check").code == 0
    fine = stroll("check", lesson)
    assert fine.code == 0 and "fine" in fine.out and fine.err == ""
    text = lesson.read_text(encoding="utf-8")
    bad = lesson.with_name("bad.yaml")
    bad.write_text(text.replace("nights: 1", "nights: many").replace("goal:", "gaol:"), "utf-8")
    answer = stroll("check", bad, lesson)
    assert answer.code == 2
    assert "nights" in answer.err and "gaol" in answer.err and "goal" in answer.err
    first, *notes = answer.out.splitlines()
    assert "fine" in first and notes and all(line.startswith("  Note: ") for line in notes)


def test_a_run_can_be_written_down_and_replayed(stroll, lesson, tmp_path):
    file = tmp_path / "run.jsonl"
    assert stroll("run", lesson, "--tactic", "rushed", "--journal", file).code == 0
    answer = stroll("replay", file)
    # the lesson of this test has the id of the shipped one and other numbers
    assert answer.code == 4 and answer.err == ""
    assert "Verified, but" in answer.out and "final figures" in answer.out
    assert "Rushed selling" in answer.out
    shipped = tmp_path / "shipped.jsonl"
    assert stroll("run", "first_stream", "--journal", shipped).code == 0
    assert stroll("replay", shipped).code == 0
    again = stroll("run", lesson, "--journal", file)
    assert again.code == 2 and "exists already" in one_sentence(again)


def test_replay_of_a_cut_journal_says_so(stroll, lesson, tmp_path):
    file = tmp_path / "run.jsonl"
    stroll("run", lesson, "--journal", file)
    file.write_bytes(file.read_bytes()[:-500])
    answer = stroll("replay", file)
    assert answer.code == 3
    assert "NOT FINISHED" in answer.out


def test_replay_of_a_damaged_journal_fails(stroll, lesson, tmp_path):
    file = tmp_path / "run.jsonl"
    stroll("run", lesson, "--journal", file)
    lines = file.read_bytes().splitlines(keepends=True)
    lines[20] = lines[20].replace(b'"tick":', b'"tock":')
    file.write_bytes(b"".join(lines))
    answer = stroll("replay", file)
    assert answer.code == 1
    assert "line 21" in answer.err and "Verified" not in answer.out


@pytest.mark.parametrize("option", ["--journal", "--capsule"])
def test_a_run_is_kept_only_where_it_can_be(stroll, lesson, tmp_path, option):
    nowhere = tmp_path / "no" / "run.x"
    said = one_sentence(stroll("run", lesson, option, nowhere))
    assert f"there is no folder {nowhere.parent}; make it first." in said
    assert not nowhere.parent.exists()
    said = one_sentence(stroll("run", lesson, option, tmp_path))
    assert f"{option} cannot be used: {tmp_path} is no ordinary file" in said


def test_a_journal_that_cannot_be_written_costs_one_sentence(stroll, lesson, tmp_path):
    (tmp_path / "file").write_text("in the way")
    answer = stroll("run", lesson, "--journal", tmp_path / "file" / "run.jsonl")
    assert answer.code == 1
    # a slow machine may also say that it is preparing
    said = [
        line for line in answer.err.splitlines() if not line.startswith(("Preparing", "Setting up"))
    ]
    # at the beginning, when nothing is lost yet, and behind the figures, where it is seen
    assert len(said) == 2 and said[0] == said[1] and "can no longer be saved" in said[0]
    assert "run.jsonl was not written" in said[0]
    assert "Net sales" in answer.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize(
    "line", [["--help"], ["run", "{lesson}"], ["run", "{lesson}", "--json"]], ids=" ".join
)
def test_results_that_cannot_be_written_cost_one_sentence(start_stroll, lesson, line):
    words = [word.format(lesson=lesson) for word in line]
    with open("/dev/full", "w", encoding="utf-8") as full:
        process = start_stroll(*words, stdout=full)
        _, err = process.communicate(timeout=60)
    said = [row for row in err.splitlines() if not row.startswith(("Preparing", "Setting up"))]
    assert process.returncode == 1
    assert said == ["The results could not be written: the disk is full."]


def test_a_capsule_that_cannot_be_written_costs_no_figure(stroll, lesson, tmp_path):
    (tmp_path / "file").write_text("in the way")
    answer = stroll("run", lesson, "--capsule", tmp_path / "file" / "run.capsule")
    assert answer.code != 0 and "Net sales" in answer.out and "run.capsule" in answer.err


def test_without_a_display_the_first_lesson_runs_here(stroll, lesson, monkeypatch):
    def no_window(*_):
        raise DisplayError("There is no display.")

    monkeypatch.setattr("sim.ui.app.main", no_window)
    monkeypatch.setattr(commands, "FIRST_SCENARIO", str(lesson))
    monkeypatch.setattr(commands, "_TERMINAL_CROWDS", 2)
    for line in ([], ["play"]):
        answer = stroll(*line)
        assert answer.code == 0
        assert answer.err.splitlines()[0] == "There is no display."
        assert "every tactic on the same 2 crowds" in answer.out
        for title in ("Patient", "Interaction", "Rushed", "Price"):
            assert title in answer.out


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_a_machine_without_a_display_says_so_in_one_line(start_stroll, lesson):
    nothing = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"), "")
    process = start_stroll("play", lesson, **nothing)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0
    assert err.splitlines()[0].startswith("There is no display here")
    assert "every tactic on the same 20 crowds" in out and "Net sales" in out


def test_play_hands_over_what_was_asked_for(stroll, monkeypatch):
    asked = []
    monkeypatch.setattr("sim.ui.app.main", lambda *given: asked.append(given) or 0)
    assert stroll().code == 0
    assert stroll("play", "first_stream", "--language", "zh").code == 0
    assert asked == [(None, None), ("first_stream", "zh")]


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_facts(stroll, monkeypatch, language):
    row = {
        "name": "commenter_ratio",
        "kind": "article",
        "target": 17.0,
        "low": 12.0,
        "high": 24.0,
        "value": 13.5,
        "band": [9.0, 30.0],
        "verdict": "met",
        "crowds": 2,
    }
    missed = {**row, "name": "conversion", "kind": "shape", "value": 0.02, "verdict": "missed"}
    missed |= {"low": 0.12, "high": 0.24, "target": 0.17}
    causal = {**row, "name": "interaction_causal_net", "kind": "causal", "verdict": "shown"}
    causal |= {"target": None, "low": None, "high": None, "band": None, "value": math.nan}
    given = []
    monkeypatch.setattr("sim.lab.facts.facts", lambda *asked: given.append(asked) or rows)
    rows = [row, missed, causal]
    answer = stroll("facts", "--crowds", "2", "--language", language)
    assert answer.code == 0 and given[0][0] == 2
    assert "13.5×" in answer.out and "12.0×–24.0×" in answer.out and "2.0%" in answer.out
    for verdict in ("met", "missed", "shown"):
        assert wording.text(f"cli.facts.is_{verdict}", language) in answer.out
    assert max(cell_len(line.rstrip()) for line in answer.out.splitlines()) <= 80
    flat = "".join(answer.out.split()) if language == "zh" else " ".join(answer.out.split())
    # whose claims these are, and by how much the missed one is missed
    assert ("吴雨晨" if language == "zh" else "Wu Yuchen") in flat
    told = "比上限12.0×高10.0×" if language == "zh" else "10.0 pts above"
    assert ("文章没有说" if language == "zh" else "this bound is our own") in flat
    assert (
        "低10.0个百分点" if language == "zh" else "10.0 pts below the lowest that will do"
    ) in flat
    assert told not in flat
    assert ("只有2批人群" if language == "zh" else "With only 2 crowds luck alone") in flat
    data = json.loads(stroll("facts", "--crowds", "2", "--json").out)
    assert data[0] == row and data[2]["value"] is None
    partial = stroll("facts", "--crowds", "60", "--language", language)
    assert partial.code == 130 and "13.5×" in partial.out
    assert "2" in partial.err and "60" in partial.err


@pytest.mark.parametrize(
    ("name", "value", "bound", "told"),
    [
        ("conversion", 0.0597, 0.06, ("5.97%", "6.00%", "0.03 pts")),
        ("conversion", 0.02, 0.12, ("2.0%", "12.0%", "10.0 pts")),
        ("commenter_ratio", 24.04, 24.0, ("24.04×", "24.00×", "0.04×")),
        ("commenter_ratio", 107.9, 24.0, ("107.9×", "24.0×", "83.9×")),
        ("watch_minutes", 4.9996, 5.0, ("4.9996", "5.0000", "0.0004")),
    ],
)
def test_a_fact_that_is_just_missed_is_told_from_its_bound(name, value, bound, told):
    assert told_apart(Terminal.open("en"), name, value, bound) == told


def test_facts_that_are_stopped_at_once_say_so(stroll, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.lab.facts.facts", stopped)
    answer = stroll("facts")
    assert answer.code == 130 and answer.out == ""
    assert "before the first few crowds" in answer.err.splitlines()[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal")
@pytest.mark.parametrize("json_wanted", [False, True])
def test_interrupted_compare_keeps_the_crowds_that_are_done(start_stroll, lesson, json_wanted):
    options = ["--json"] if json_wanted else []
    process = start_stroll("compare", lesson, "--crowds", "100000", *options)
    # Minutes of work on any machine; the first line of progress comes when some crowds are through.
    for line in process.stderr:
        if " of 400000" in line:
            break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    done = int(re.search(r"Stopped after (\d+) of 100000 crowds", err)[1])
    assert done > 0
    if json_wanted:
        assert json.loads(out)["crowds"] == done
    else:
        assert f"the same {done} crowds" in out and "Net sales" in out


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal")
def test_interrupted_run_keeps_its_journal(start_stroll, long_lesson, tmp_path):
    file = tmp_path / "run.jsonl"
    process = start_stroll("run", long_lesson, "--journal", file)
    while process.poll() is None:
        # the journal is told of every minute; most of the work is still to come then
        if file.exists() and file.read_bytes().count(b"\n") > 30:
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Stopped" in err and "Net sales" in out
    recording = read_recording(file)
    assert recording.fault is None and not recording.torn and not recording.finished


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_reader_that_leaves_early_gets_no_traceback(start_stroll, lesson, options):
    process = start_stroll("compare", lesson, "--crowds", "2", *options)
    process.stdout.close()
    assert process.wait(60) == 141
    complaint = process.stderr.read()
    assert "Traceback" not in complaint and "BrokenPipe" not in complaint


def test_chinese_survives_an_old_code_page(start_stroll, lesson):
    process = start_stroll(
        "compare", lesson, "--crowds", "1", "--language", "zh", PYTHONIOENCODING="ascii"
    )
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "???" in out
    hint = [line for line in err.splitlines() if "PYTHONIOENCODING" in line]
    assert len(hint) == 1 and hint[0].isascii()
    # signs have a likeness, Chinese letters have none
    assert " - " in out.splitlines()[0]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal")
@pytest.mark.parametrize("seconds", [0.1, 0.4, 0.8])
def test_an_early_ctrl_c_gets_no_traceback(start_stroll, lesson, seconds):
    process = start_stroll("compare", lesson, "--crowds", "100000")
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    # before Python has begun with our file, the signal itself ends it
    assert process.returncode in (130, -signal.SIGINT, 1)
    assert "sim/" not in err and "main.py" not in err
