"""The report's small parts: markup, numbers, charts and the QR picture."""

from __future__ import annotations

import math
import re
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.html_charts import (
    Panel,
    Stretch,
    Timeline,
    bar,
    nice_ticks,
    night_bars,
    strip,
    text_width,
)
from sim.report.html_code import qr_picture
from sim.report.html_markup import Markup, element, join, safe, style_sheet
from sim.report.html_numbers import band, difference, figure

finite = st.floats(-1e9, 1e9)


class Seen(HTMLParser):
    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.text += data


class TestMarkup:
    @given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"])))
    def test_any_text_comes_back_as_text(self, text):
        seen = Seen(element("p", text, title=text))
        assert seen.tags == ["p"]
        assert seen.text == text and seen.attributes == [("title", text)]

    @given(st.text(alphabet=st.characters()))
    def test_whatever_it_is_it_can_be_written(self, text):
        element("p", text).encode("utf-8")
        assert Seen(element("p", text)).tags == ["p"]

    def test_what_was_made_here_is_not_escaped_again(self):
        assert element("p", element("b", "a & b")) == "<p><b>a &amp; b</b></p>"
        assert join("<", None, [Markup("<br>"), ["&"]]) == "&lt;<br>&amp;"
        assert safe(safe("<")) == "&lt;"

    def test_attributes(self):
        made = element("svg", class_="a", stroke_width=2.0, x=1.239, y=None, title='"<')
        assert made == '<svg class="a" stroke-width="2" x="1.24" title="&quot;&lt;"></svg>'
        assert element("meta", name="a", http_equiv="b") == '<meta name="a" http-equiv="b">'

    def test_names_are_never_data(self):
        with pytest.raises(ValueError):
            element("p onclick")
        with pytest.raises(ValueError):
            element("p", **{"a b": 1})
        with pytest.raises(ValueError):
            style_sheet("</style>")


class TestNumbers:
    @pytest.mark.parametrize(
        ("metric", "value", "shown"),
        [
            ("net_sales", 1234.4, "¥1,234"),
            ("net_sales", -1234.4, "−¥1,234"),
            ("net_sales", 3.9, "¥3.9"),
            ("net_sales", -0.001, "¥0.0"),
            ("orders", 25.0, "25"),
            ("orders", 2.5, "2.5"),
            ("return_rate", 0.1234, "12.3%"),
            ("watch_seconds", 125.0, "2:05"),
            ("median_minutes_to_order", 4.25, "4.2 min"),
            ("commenter_ratio", 17.24, "17.2×"),
            ("trust", 0.3949, "0.39"),
            ("trust", math.nan, "–"),
            ("trust", None, "–"),
            ("gmv", math.inf, "–"),
        ],
    )
    def test_figures(self, metric, value, shown):
        assert figure(metric, value, "en").replace("\u2060", "") == shown

    def test_differences_and_bands(self):
        assert difference("gmv", 12.0, "en").replace("\u2060", "") == "+¥12"
        assert difference("gmv", -12.0, "en").replace("\u2060", "") == "−¥12"
        assert difference("return_rate", 0.034, "en") == "+3.4 points"
        assert difference("gmv", math.nan, "en") == "–"
        assert band("orders", 9.55, 30.0, "en", like=20.0) == "10 to 30"
        assert band("orders", math.nan, 30.0, "zh") == "–"


class TestCharts:
    @given(finite, st.floats(0, 1e9), st.integers(2, 8))
    def test_ticks_are_round_and_enclose(self, low, span, most):
        ticks = nice_ticks(low, low + span, most)
        assert ticks[0] <= low + 1e-6 * abs(low) and ticks[-1] >= low + span - 1e-6 * abs(low)
        assert 1 <= len(ticks) <= most + 2
        assert ticks == sorted(ticks)

    def timeline(self, width=350, stretches=()):
        return Timeline(width, [float(minute) for minute in range(61)], stretches)

    def test_what_fits_on_a_band(self):
        stretches = [
            Stretch(0, 30, "A", "Patient", "#000"),
            Stretch(30, 36, "B", "Rushed selling", "#000"),
            Stretch(36, 36.5, "C", "Story", "#000"),
            Stretch(36.5, 60, "A", "Patient", "#000"),
        ]
        timeline = self.timeline(stretches=stretches)
        assert [timeline.named(part) for part in stretches] == [
            "A · Patient",
            "B",
            "",
            "A · Patient",
        ]
        assert [part.letter for part in timeline.abbreviated] == ["B", "C"]
        assert text_width("讲解", 12) == 24 > text_width("ab", 12)

    @given(st.lists(finite, min_size=61, max_size=61), finite)
    def test_any_curve_stays_inside(self, values, level):
        panel = Panel("name", values, 100, "#000", str, level, "level")
        picture = self.timeline().draw([panel], "title", lambda minute: f"{minute:.0f}")
        width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', picture).groups())
        for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", picture.split("<polyline", 1)[1]):
            assert 0 <= float(x) <= width and 0 <= float(y) <= height
        assert "nan" not in picture and "inf" not in picture

    @given(st.lists(finite, min_size=1, max_size=91))
    def test_nights(self, values):
        names = [f"+{n} d" for n in range(len(values))]
        picture = night_bars(350, values, names, str, "title")
        heights = [float(text) for text in re.findall(r'height="([\d.]+)"', picture)]
        assert len(heights) == len(values) and all(0 <= height <= 64 for height in heights)

    @given(*[finite | st.just(math.nan)] * 4)
    def test_strips(self, low, high, mean, here):
        made = strip(min(low, high), max(low, high), mean, here, (-1e9, 1e9), own=False)
        for text in re.findall(r'x="([-\d.a-z]+)%"', made):
            assert 0 <= float(text) <= 100
        assert "nan" not in made

    def test_a_strip_without_width(self):
        assert "nan" not in strip(1.0, 1.0, 1.0, 1.0, (1.0, 1.0), own=True)

    @pytest.mark.parametrize(
        ("share", "wide"), [(-1.0, "0.00%"), (0.5, "50.00%"), (7.0, "100.00%")]
    )
    def test_bars(self, share, wide):
        assert f'width="{wide}"' in bar(share)


class TestCode:
    def test_every_module_is_drawn(self):
        segno = pytest.importorskip("segno")
        picture = qr_picture("040K6-3FVXE-6VCC1", "a code")
        matrix = segno.make("040K63FVXE6VCC1", error="m", micro=False).matrix
        dark = set()
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", picture):
            dark |= {(int(x) + n, int(y)) for n in range(int(length))}
        expected = {
            (x + 4, y + 4) for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell
        }
        assert dark == expected
        assert f'viewBox="0 0 {len(matrix) + 8} {len(matrix) + 8}"' in picture

    def test_without_the_library_there_is_no_picture(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "segno", None)
        assert qr_picture("040K6", "a code") is None
