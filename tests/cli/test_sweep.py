"""`main.py sweep`, from what is typed to what lies on disk."""

from __future__ import annotations

import csv
import signal
import sys
import time

import pytest
from rich.cells import cell_len

from sim import wording
from sim.console.sweep import varied
from sim.console.terminal import Terminal

PRICE = "host.products.wool_coat.price"


def table_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_grid_is_written(stroll, lesson, tmp_path):
    out = tmp_path / "a.csv"
    answer = stroll(
        "sweep", lesson, "--vary", f"{PRICE}=590,676", "--seeds", "2", "--tactics",
        "patient,催单", "--workers", "1", "--out", out,
    )  # fmt: skip
    assert answer.code == 0 and answer.out == ""
    assert "8 rows, written to" in answer.err
    rows = table_of(out)
    assert [(row[PRICE], row["seed"], row["tactic"]) for row in rows] == [
        (price, seed, way)
        for price in ("590", "676")
        for seed in ("0", "1")
        for way in ("patient", "rushed")
    ]
    again = stroll(
        "sweep", lesson, "--vary", f"{PRICE}=590,676", "--seeds", "3", "--tactics",
        "patient,rushed", "--workers", "1", "--out", out, "--bom",
    )  # fmt: skip
    assert again.code == 0 and "8 rows are there already; 4 are still" in again.err
    assert out.read_bytes().startswith(b"\xef\xbb\xbf") and len(table_of(out)) == 12
    assert "also held" not in again.err
    other = stroll(
        "sweep", lesson, "--vary", f"{PRICE}=610,676", "--seeds", "2", "--tactics", "patient",
        "--workers", "1", "--out", out,
    )  # fmt: skip
    assert other.code == 0 and "4 rows, written to" in other.err
    assert "also held 10 rows" in other.err and "a.csv.older" in other.err
    assert {(row[PRICE], row["tactic"]) for row in table_of(out)} == {
        ("610", "patient"), ("676", "patient")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--vary", "shopers=3"], "there is no key shopers"),
        (["--vary", "shoppers=many"], "a whole number from 1 to 1000000"),
        (["--vary", "shoppers"], "expected a key and its values"),
        (["--vary", "shoppers="], "shoppers has no value"),
        (["--vary", "shoppers=3", "--vary", "shoppers=4"], "given twice"),
        (["--vary", "seed=3"], "--seeds"),
        (["--tactics", "patent"], "did you mean patient"),
        (["--policies", "account"], "one evening"),
        (["--seeds", "0"], "whole number"),
        (["--scheduler", "tcp://x:1", "--workers", "2"], "--workers"),
    ],
)
def test_slips_are_one_plain_sentence(stroll, lesson, tmp_path, arguments, said):
    answer = stroll("sweep", lesson, *arguments, "--out", tmp_path / "a.csv")
    assert answer.code in (1, 2) and answer.out == ""
    assert said in answer.err and answer.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_somewhere_to_write_is_needed(stroll, lesson):
    answer = stroll("sweep", lesson, "--vary", "shoppers=3")
    assert answer.code == 2 and "--out" in answer.err


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_help_in_both_languages(stroll, language):
    answer = stroll("sweep", "--help", "--language", language)
    assert answer.code == 0
    for name in ("--vary", "--seeds", "--policies", "--scheduler", "--bom"):
        assert name in answer.out
    assert max(cell_len(line.rstrip()) for line in answer.out.splitlines()) <= 80


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("a=1,2.5", [1, 2.5]),
        ("a=1，2", [1, 2]),
        ("a=true, studio", [True, "studio"]),
        ('a="20:00","21:00"', ["20:00", "21:00"]),
        ("a=20:00,21:00", ["20:00", "21:00"]),
        ("a=[boredom,need],[]", [["boredom", "need"], []]),
        ('a={"explain":0.5,"answer":0.5}', [{"explain": 0.5, "answer": 0.5}]),
        ("a=x=y", ["x=y"]),
        ("a=NaN", ["NaN"]),
    ],
)
def test_what_may_be_typed(typed, values):
    assert varied(Terminal.open("en"), (typed,)) == {"a": values}


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_keeps_what_is_done(stroll, start_stroll, lesson, tmp_path):
    out, part = tmp_path / "a.csv", tmp_path / "a.csv.part"
    asked = ["sweep", lesson, "--tactics", "patient", "--seeds", "600", "--workers", "1", "--out"]
    process = start_stroll(*asked, out)
    while process.poll() is None and (not part.exists() or part.read_bytes().count(b"\n") < 5):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said and "the same command goes on" in said
    rows = table_of(out)
    # the row that was being written in that moment stands in the .part alone
    assert 3 <= len(rows) < 600
    smaller = [*asked[:5], str(len(rows) + 2), *asked[6:]]
    assert stroll(*smaller, out).code == 0
    assert [int(row["seed"]) for row in table_of(out)[: len(rows) + 2]] == list(
        range(len(rows) + 2)
    )
