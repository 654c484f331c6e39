"""Figures as people read them."""

import math

import numpy as np
import pytest

from sim.console.tables import few_note, run_columns, run_table
from sim.console.terminal import Terminal
from sim.report.numbers import as_shown, band, few_mark, means_apart, written


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (1234.4, "count", "1,234", "1,234"),
        (7.25, "count", "7.2", "7.2"),
        (7.0, "count", "7", "7"),
        (0.0, "yuan", "0", "0"),
        (-1234.0, "yuan", "-1,234", "-1,234"),
        (123_456.0, "yuan", "123k", "12.3万"),
        (0.1234, "share", "12.3%", "12.3%"),
        (272.4, "seconds", "4:32", "4:32"),
        (59.7, "seconds", "1:00", "1:00"),
        (8.04, "minutes", "8.0", "8.0"),
        (17.24, "times", "17.2×", "17.2×"),
        (1.154, "ratio", "1.15×", "1.15×"),
        (50.0, "ratio", "50.0×", "50.0×"),
        (0.456, "level", "0.46", "0.46"),
        (None, "share", "–", "–"),
        (math.nan, "times", "–", "–"),
    ],
)
def test_written(value, unit, english, chinese):
    assert written(value, unit, "en") == english
    assert written(value, unit, "zh") == chinese


def test_band():
    assert band((0.5, 0.25, 0.75), "share", "en") == ("50.0%", "25.0%–75.0%")
    assert band((0.5, math.nan, math.nan), "share", "en") == ("50.0%", "")


def test_the_ends_of_a_band_have_the_digits_of_its_mean():
    assert band((9.75, 3.0, 12.25), "count", "en") == ("9.8", "3.0–12.2")
    assert band((15.5, 9.8, 20.0), "count", "en") == ("16", "10–20")
    assert band((120_000.0, 90_000.0, 150_000.0), "yuan", "zh") == ("12.0万", "9.0万–15.0万")


def test_the_table_of_one_run_leaves_no_digit_out():
    figures = {"net_sales": 147_312.0, "visits": 128_900.0}
    terminal = Terminal.open("en")
    terminal.out.width = 80
    with terminal.out.capture() as printed:
        terminal.out.print(run_table(terminal, figures, "net_sales"))
    assert "147,312" in printed.get() and "128,900" in printed.get()


class TestApart:
    """Differences are those that a reader gets who subtracts what is shown."""

    def test_means_of_the_same_crowds(self):
        # shown as 1,235 and 1,001, although the means are 233.8 apart
        one, other = (1234.6, 0.0, 0.0), (1000.8, 0.0, 0.0)
        assert means_apart(one, other, 233.8, "yuan") == 234.0
        assert means_apart((0.12344, 0, 0), (0.10149, 0, 0), 0.02195, "share") == pytest.approx(
            0.022
        )

    def test_means_of_different_crowds_cannot_be_subtracted(self):
        assert means_apart((1234.6, 0, 0), (1000.8, 0, 0), 250.0, "yuan") == 250.0

    def test_large_ones_where_they_are_written_short(self):
        assert written(123_456.0, "yuan", "en") == "123k"
        assert as_shown(123_456.0, "yuan", short=True) == 123_000.0
        assert as_shown(123_456.0, "yuan") == 123_456.0
        one, other = (147_512.0, 0, 0), (123_456.0, 0, 0)
        assert means_apart(one, other, 24_056.0, "yuan", short=True) == 25_000.0

    def test_columns_side_by_side_leave_no_digit_out(self):
        one, other = ({"impressions": value} for value in (1_440_650.0, 1_305_021.0))
        terminal = Terminal.open("en")
        terminal.out.width = 80
        with terminal.out.capture() as printed:
            terminal.out.print(*run_columns(terminal, {"one": one, "other": other}, "net_sales"))
        assert "1,440,650" in printed.get() and "−135,629" in printed.get()


FEW = {"viewers": 100.0, "conversion": 0.09, "commenter_ratio": 16.5, "trust": 0.5}


class TestFewBuyers:
    @pytest.mark.parametrize(
        ("changed", "marked"),
        [
            ({}, True),
            ({"conversion": 0.1}, False),
            ({"conversion": 0.29, "viewers": 100.0 / 2.9}, False),
            ({"commenter_ratio": math.nan}, False),
            ({"commenter_ratio": None}, False),
            ({"conversion": None}, False),
        ],
    )
    def test_a_ratio_that_rests_on_few_is_marked(self, changed, marked):
        figures = {**FEW, **changed}
        assert few_mark("commenter_ratio", figures) == ("*" if marked else "")
        assert few_mark("trust", figures) == ""
        assert bool(few_note(Terminal.open("en"), [figures])) == marked

    def test_over_crowds_their_mean_decides(self):
        crowds = {name: np.array([value, value]) for name, value in FEW.items()}
        assert few_mark("commenter_ratio", crowds) == "*"
        crowds["conversion"] = np.array([0.09, 0.12])
        assert few_mark("commenter_ratio", crowds) == ""

    def test_the_table_shows_the_mark(self):
        terminal = Terminal.open("zh")
        with terminal.out.capture() as printed:
            terminal.out.print(run_table(terminal, FEW, "net_sales"))
        assert "16.5×*" in printed.get() and "0.50*" not in printed.get()
        assert "10" in few_note(terminal, [FEW])[0]
