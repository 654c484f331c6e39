"""Where lines end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.ui.breaking import NOT_AT_END, NOT_AT_START, break_lines, clusters, shorten

CHINESE = (
    "退货之后\uff0c净成交额尽量高\uff08含运费\uff09\u3002"
    "\u201c别急\u201d\uff0c她说\uff1a\u300a逛街\u300b也是学问\uff01"
)


def letters(text: str) -> float:
    """A ruler for tests: an ASCII character is 1 wide, any other 2."""
    return sum(1 if ord(c) < 0x250 else 2 for c in text)


@pytest.mark.parametrize("width", range(8, 60))
def test_chinese_punctuation_stays_where_it_belongs(width):
    lines = break_lines(CHINESE, width, letters)
    assert "".join(lines) == CHINESE
    for line in lines[1:]:
        assert line[0] not in NOT_AT_START
    for line in lines[:-1]:
        assert line[-1] not in NOT_AT_END


def test_words_numbers_and_signs_stay_whole():
    text = "Sales fell by -0.4% to ¥18,400.50 for well-kept shops"
    for width in range(12, 40):
        words = [word for line in break_lines(text, width, letters) for word in line.split(" ")]
        assert words == text.split(" ")


def test_signed_number_inside_chinese_is_one_piece():
    assert "\u22120.4%" in clusters("转化率\u22120.4%以上")
    assert "¥676" in clusters("原价¥676现在")


def test_newline_ends_a_line():
    assert break_lines("一二\n三", 100, letters) == ["一二", "三"]


@given(
    st.text(alphabet="逛街 \uff0c\u3002ab1%-\uff08\uff09\u201c\u201d", max_size=60),
    st.integers(2, 30),
)
def test_nothing_is_lost_and_nothing_is_too_wide(text, width):
    lines = break_lines(text, width, letters)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        # One piece that is wider than the line, such as a run of closing marks, may stand out.
        assert letters(line) <= width or len(clusters(line)) == 1


def test_shorten_ends_with_an_ellipsis_and_fits():
    assert shorten("abcdef", 10, letters) == "abcdef"
    cut = shorten("逛街逛街逛街", 7, letters)
    assert cut.endswith("…") and letters(cut) <= 7
