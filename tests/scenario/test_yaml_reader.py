"""The reader: what plain values mean, what is refused, and where things stand."""

import math

import pytest
import yaml

from sim.scenario import yaml_reader
from sim.scenario.yaml_reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, plain_value, read_text


def read(text):
    return read_text(text, "file.yaml")


def names(document):
    return [problem.message.key.removeprefix("errors.yaml.") for problem in document.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-0.0", 0.0),
        ("true", True),
        ("False", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("y", "y"),
        ("n", "n"),
        ("nan", "nan"),
        ("2024-07-23", "2024-07-23"),
        ("1,000", "1,000"),
        ("12 minutes", "12 minutes"),
        ("=", "="),
    ],
)
def test_plain_values(text, value):
    assert plain_value(text) == (value, "")
    assert type(plain_value(text)[0]) is type(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("20:00", "unquoted_time"),
        ("9:05", "unquoted_time"),
        ("1:30:00", "unquoted_time"),
        ("190:20.5", "unquoted_time"),
        ("yes", "yes_or_no"),
        ("No", "yes_or_no"),
        ("ON", "yes_or_no"),
        ("off", "yes_or_no"),
        ("010", "odd_number"),
        ("0x1F", "odd_number"),
        ("0o17", "odd_number"),
        ("0b11", "odd_number"),
        ("1_000", "odd_number"),
        ("1_000.5", "odd_number"),
        (".inf", "not_finite"),
        ("-.Inf", "not_finite"),
        (".NaN", "not_finite"),
        ("1e400", "not_finite"),
        ("9" * 21, "number_too_long"),
        ("9" * 100_000, "number_too_long"),
    ],
)
def test_values_that_programs_read_differently(text, reason):
    assert plain_value(text) == (None, reason)
    document = read(f"key: {text}\n")
    assert names(document) == [reason]
    assert document.is_poisoned(("key",)) and not document.is_poisoned(("other",))


@pytest.mark.parametrize("text", ["20:00", "yes", "010", ".nan", "1_000", "null", "3"])
def test_quotes_make_text(text):
    document = read(f"a: '{text}'\nb: \"{text}\"\n")
    assert document.problems == []
    assert document.data == {"a": text, "b": text}


def test_never_read_otherwise_than_yaml_reads_it(lesson):
    """Where our reading of a value differs from PyYAML's, it is refused, never silently other."""
    for file in lesson.folder.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        assert read(text).problems == []
        assert read(text).data == yaml.safe_load(text)


def test_lines():
    document = read("# one\na: 1\n\nb:\n  - c: x\n  - {d: y,\n     e: z}\n")
    assert document.data == {"a": 1, "b": [{"c": "x"}, {"d": "y", "e": "z"}]}
    assert (document.line(("a",)), document.line(("b",))) == (2, 4)
    assert (document.line(("b", 0)), document.line(("b", 0, "c"))) == (5, 5)
    assert document.line(("b", 1, "d")) == 6
    assert document.line(("b", 1, "e")) == 7
    # What is missing is sought where it should be.
    assert document.line(("b", 1, "f")) == 6
    assert document.raw(("b", 1, "e")) == "z"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends(ending):
    document = read(f"a: 1{ending}b: yes{ending}")
    assert document.problems[0].line == 2


def test_of_two_equal_keys_the_first_counts():
    document = read("a: {x: 1}\na: {x: yes, z: 3}\nb: 2\n")
    assert document.data == {"a": {"x": 1}, "b": 2}
    assert document.line(("a", "x")) == 1
    assert names(document) == ["duplicate_key", "yes_or_no"]


def test_keys_stay_text():
    document = read("no: 1\n3: x\n2.0: y\nnull: z\n")
    assert document.data == {"no": 1, "3": "x", "2.0": "y", "null": "z"}


def test_depth_and_number_of_entries_have_a_limit():
    fits = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert read(fits).problems == []
    assert names(read("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)) == ["too_deep"]
    count = MAX_NODES - 3
    assert read("a: [" + "1," * count + "]").problems == []
    assert names(read("a: [" + "1," * (count + 1) + "]")) == ["too_many_entries"]


def test_size_has_a_limit(tmp_path):
    file = tmp_path / "file.yaml"
    file.write_text("a: " + "x" * (MAX_BYTES - 3))
    assert yaml_reader.read_file(file, "file").problems == []
    file.write_text("a: " + "x" * (MAX_BYTES - 2))
    document = yaml_reader.read_file(file, "file")
    assert document.data is None and "too large" in document.problems[0].text("en")


def test_a_byte_order_mark_is_no_problem(tmp_path):
    file = tmp_path / "file.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert yaml_reader.read_file(file, "file").data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("a:\n\t- b\n", "tab", 2),
        ("a: {\n\tb: 1}\nc: [\n", "open_bracket", 3),
        ("a: 'b\nc: 1\n", "open_quote", 1),
        ('a: "\\q"\n', "open_quote", 1),
        ("a: {b: 1\nc: 2\n", "open_bracket", 1),
        ("a: [1,, 2]\n", "open_bracket", 1),
        ("a: b: c\n", "stray_colon", 1),
        ("a:1\nb: 2\n", "stray_colon", 2),
        ("a: 1\n  b: 2\n", "stray_colon", 2),
        ("a:\n  - 1\n - 2\n", "indentation", 3),
        ("  a: 1\n b: 2\n", "indentation", 2),
        ("a: 1\n- b\n", "indentation", 2),
        ("a: @b\n", "reserved_start", 1),
        ("a: `b`\n", "reserved_start", 1),
        ("a: *b*\n", "sign_at_start", 1),
        ("a: 1\nb\n", "no_colon", 2),
        ("标题：你好\nb: 2\n", "full_width", 1),
        ("a: 1\nb：2\nc: 3\n", "full_width", 2),
        ("a: {zh: 早，en: b}\n", "full_width", 1),
        ("a: {zh: 早 ,en：b}\nc: [\n", "open_bracket", 2),
        # Chinese punctuation inside a text is right; the slip is another one.
        ("a: 你好，世界。\nb: 'x\n", "open_quote", 2),
        ("a: 说：好\nb: c: d\n", "stray_colon", 2),
    ],
)
def test_slips_of_syntax(text, name, line):
    document = read(text)
    assert names(document) == [name]
    assert document.problems[0].line == line
    assert document.data is None
    assert document.problems[0].text("zh") != document.problems[0].text("en")


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="only one parser here")
def test_both_parsers_agree(lesson, monkeypatch):
    texts = [file.read_text(encoding="utf-8") for file in lesson.folder.rglob("*.yaml")]
    texts += ["a: &x [*x]\n", "a: !x y\n", "a: 1\na: 2\n", "? [a]\n: b\n", "a: 1\n---\nb: 2\n", ""]
    texts += ["a: 'b\n", "a: {b\n", "a:\n\t- b\n", "a: b: c\n", "a: *b*\n", "a: @b\n"]
    fast = [read(text) for text in texts]
    monkeypatch.setattr(yaml_reader, "_Loader", yaml.SafeLoader)
    slow = [read(text) for text in texts]
    for one, other in zip(fast, slow, strict=True):
        assert one.data == other.data
        assert one.problems == other.problems
        assert one.places == other.places


def test_negative_zero_is_zero():
    value, _ = plain_value("-0.0")
    assert math.copysign(1, value) == 1
