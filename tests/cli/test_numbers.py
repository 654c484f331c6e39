"""Figures as people read them."""

import math

import pytest

from sim.console.tables import run_table
from sim.console.terminal import Terminal
from sim.report.numbers import band, written


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
