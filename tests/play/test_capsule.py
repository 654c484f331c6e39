"""Capsules: small, whole or refused, and believed in nothing that can be simulated."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim import wording
from sim.errors import JournalError, PlaceError
from sim.model.decisions import AnswerShopper, Perform, SetMix, SetTactic, ShowProduct
from sim.play import capsule_file
from sim.play.capsule import Capsule, capsule_of, is_shipped, verify
from sim.play.capsule_code import (
    GROUP,
    LONGEST,
    capsule_from_code,
    code_of,
    looks_like_code,
    scannable,
)
from sim.play.capsule_file import (
    MAXIMUM_DATA_BYTES,
    MAXIMUM_FILE_BYTES,
    capsule_bytes,
    capsule_from_bytes,
    is_capsule_file,
    load_capsule,
    save_capsule,
)
from sim.play.run import Run
from sim.scenario import Scenario
from tests.model.streets import busy_street

MARK = capsule_file._MARK
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def decide(run):
    run.decide(SetTactic("interaction"))
    run.advance(22)
    run.decide(ShowProduct("wool_coat"))
    run.decide(Perform("prompt", 120))
    run.advance(1)
    run.decide(SetMix({"explain": 0.3, "answer": 0.7}))
    while not run.observe().room.queue and run.phase == "live":
        run.advance(1)
    run.decide(AnswerShopper(run.observe().room.queue[0][0]))
    run.advance(2)
    return run


@pytest.fixture(scope="module")
def small():
    """A finished run of a scenario that the program does not come with, and its capsule."""
    run = decide(Run(busy_street(shoppers=150, nights=2), seed=2**40))
    run.finish()
    return run, capsule_of(run)


@pytest.fixture(scope="module")
def shipped():
    """A run of a shipped scenario, not played to the end, and its capsule."""
    run = decide(Run(Scenario.load("first_stream"), seed=7))
    return run, capsule_of(run)


def refusal(work, *arguments):
    with pytest.raises(JournalError) as refused:
        work(*arguments)
    for language in wording.LANGUAGES:
        sentence = refused.value.in_language(language)
        assert sentence and "\n" not in sentence and len(sentence) < 300
    return refused.value


def packed(data):
    """A file with a right checksum round any data."""
    plain = data if isinstance(data, bytes) else json.dumps(data).encode()
    body = zlib.compress(plain)
    return MARK + hashlib.blake2b(body, digest_size=16).digest() + body


def plain_data(content):
    return json.loads(zlib.decompress(content[len(MARK) + 16 :]))


class TestFile:
    def test_there_and_back(self, small, shipped, tmp_path):
        for number, (_, capsule) in enumerate((small, shipped)):
            path = save_capsule(capsule, tmp_path / "deep" / f"{number}.stroll")
            assert load_capsule(path) == capsule
            assert is_capsule_file(path)

    def test_only_what_is_not_shipped_is_inside(self, small, shipped):
        assert small[1].scenario_data == small[0].scenario.canonical()
        assert shipped[1].scenario_data is None
        assert is_shipped(shipped[0].scenario) and not is_shipped(small[0].scenario)
        assert len(capsule_bytes(shipped[1])) < 1000
        assert len(capsule_bytes(small[1])) < 8000

    def test_nothing_is_overwritten(self, small, tmp_path):
        path = tmp_path / "a.stroll"
        path.write_bytes(b"mine")
        assert refusal(save_capsule, small[1], path).message.key == "journal.exists"
        assert path.read_bytes() == b"mine"

    def test_a_disk_that_refuses_leaves_nothing(self, small, tmp_path, monkeypatch):
        def refuse(*arguments):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(capsule_file.os, "fsync", refuse)
        with pytest.raises(PlaceError, match=r"the disk is full|磁盘满"):
            save_capsule(small[1], tmp_path / "a.stroll")
        assert list(tmp_path.iterdir()) == []

    def test_what_is_no_capsule(self, tmp_path):
        for content in (b"", b"hello", MARK[:4], b"\0" * 100):
            path = tmp_path / "x"
            path.write_bytes(content)
            assert refusal(load_capsule, path).message.key == "capsule.not_one"
            assert not is_capsule_file(path)
        assert refusal(load_capsule, tmp_path / "none").message.key == "journal.missing"
        refusal(load_capsule, tmp_path)
        assert not is_capsule_file(tmp_path) and not is_capsule_file("\0")
        if hasattr(os, "mkfifo"):
            os.mkfifo(tmp_path / "pipe")
            assert refusal(load_capsule, tmp_path / "pipe").message.key == "capsule.not_one"
            assert not is_capsule_file(tmp_path / "pipe")

    def test_every_cut_is_seen(self, shipped):
        content = capsule_bytes(shipped[1])
        for length in range(len(content)):
            refusal(capsule_from_bytes, content[:length])
        refusal(capsule_from_bytes, content + b"\0")

    def test_every_bit_counts(self, shipped):
        content = capsule_bytes(shipped[1])
        for place in range(0, 8 * len(content), 5):
            changed = bytearray(content)
            changed[place // 8] ^= 1 << place % 8
            refusal(capsule_from_bytes, bytes(changed))


class TestHostile:
    def test_a_bomb(self):
        bomb = packed(b"[" + b" " * (40 * MAXIMUM_DATA_BYTES))
        assert len(bomb) < MAXIMUM_FILE_BYTES
        assert refusal(capsule_from_bytes, bomb).message.key == "capsule.too_large"
        assert refusal(capsule_from_bytes, MARK + b"\0" * MAXIMUM_FILE_BYTES)

    @pytest.mark.parametrize("depth", [40, 1000, 100_000])
    def test_depth(self, depth):
        for opened, closed in ((b"[", b"]"), (b'{"a":', b"}")):
            nested = opened * depth + b"1" + closed * depth
            refusal(capsule_from_bytes, packed(nested))
            refusal(capsule_from_bytes, packed(b'{"format":1,"data":' + nested + b"}"))

    @pytest.mark.parametrize(
        "text",
        [
            b"NaN",
            b"1e999",
            b"[]",
            b'"a"',
            b"{}",
            b'{"format":true}',
            b'{"format":1}',
            b"\xff",
            b"9" * 5000,
        ],
    )
    def test_strange_data(self, text):
        refusal(capsule_from_bytes, packed(text))

    @pytest.mark.parametrize("where", ["tactics", "brief", "junk", "neighbours", "keys"])
    def test_a_swollen_scenario_is_not_even_looked_at(self, small, monkeypatch, where):
        _, capsule = small
        data = json.loads(json.dumps(capsule.scenario_data))
        if where == "tactics":
            data["tactics"] = {f"t{number}": {} for number in range(150_000)}
        elif where == "brief":
            data["brief"] = {"zh": [0] * 300_000, "en": []}
        elif where == "neighbours":
            data["street"]["neighbours"] = [{}] * 300_000
        elif where == "junk":
            data["junk"] = [[0] * 100] * 2_000
        else:
            data.update({f"k{number}": 0 for number in range(100_000)})
        content = plain_data(capsule_bytes(capsule)) | {"data": data}
        swollen = capsule_from_bytes(packed(content))
        looked = []
        monkeypatch.setattr(
            "sim.scenario.schema.Scenario.model_validate", lambda *given: looked.append(given)
        )
        refused = refusal(verify, swollen)
        assert "too much in it for a scenario" in refused.in_language("en") and not looked

    def test_a_key_that_stands_twice(self, small):
        text = json.dumps(plain_data(capsule_bytes(small[1])))
        twice = text.replace('"seed":', '"seed": 5, "seed":', 1).encode()
        assert refusal(capsule_from_bytes, packed(twice)).message.key == "capsule.damaged"

    def test_two_streams(self, shipped):
        body = capsule_bytes(shipped[1])[len(MARK) + 16 :] + zlib.compress(b"{}")
        content = MARK + hashlib.blake2b(body, digest_size=16).digest() + body
        refusal(capsule_from_bytes, content)

    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=6,
    )

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_one_field_is_anything(self, small, data):
        """Whatever stands in a field, either the file is refused or its run is not believed."""
        found = plain_data(capsule_bytes(small[1]))
        name = data.draw(st.sampled_from(sorted(found)))
        kept, found[name] = found[name], data.draw(self.values)
        try:
            capsule = capsule_from_bytes(packed(found))
        except JournalError:
            return
        if found[name] == kept or (name == "figures" and found[name] == {}):
            return  # what claims no figure claims nothing false
        try:
            assert not verify(capsule).verified
        except JournalError:
            pass

    @pytest.mark.parametrize(
        "step",
        [
            [0],
            [0, {}, 1],
            [-1, {"kind": "set_tactic", "tactic": "patient"}],
            [True, {"kind": "set_tactic", "tactic": "patient"}],
            [0, {"kind": "set_tactic", "tactic": "no_such"}],
            [0, {"kind": "set_tactic"}],
            [0, {"kind": "fly"}],
            [0, {"kind": "answer_shopper", "shopper": 10**9}],
            [10**9, {"kind": "set_tactic", "tactic": "patient"}],
            [800, {"kind": "set_tactic", "tactic": "patient"}],
        ],
    )
    def test_impossible_decisions(self, small, step):
        found = plain_data(capsule_bytes(small[1]))
        found["decisions"] = [step]
        refusal(lambda: verify(capsule_from_bytes(packed(found))))

    def test_decisions_out_of_order(self, small):
        found = plain_data(capsule_bytes(small[1]))
        tactic = SetTactic("rushed").to_data()
        found["decisions"] = [[90, tactic], [30, tactic]]
        error = refusal(lambda: verify(capsule_from_bytes(packed(found))))
        assert error.message.key == "capsule.no_such_tick"


class TestVerify:
    def test_a_true_one(self, small, shipped):
        for run, capsule in (small, shipped):
            again = verify(capsule)
            assert again.verified and again.run.digest() == run.digest()
            for language in wording.LANGUAGES:
                assert again.sentence(language)

    def test_a_claimed_figure_is_never_believed(self, small):
        run, capsule = small
        forged = dataclasses.replace(capsule, figures={**capsule.figures, "net_sales": 1e9})
        again = verify(forged)
        assert again.same_end and again.false_figures == ("net_sales",) and not again.verified
        assert again.run.report()["net_sales"] == run.report()["net_sales"]
        assert "Net sales" in again.sentence("en")
        made_up = dataclasses.replace(capsule, figures={"net_sales": None})
        assert not verify(made_up).verified

    def test_another_end(self, small):
        again = verify(dataclasses.replace(small[1], digest="0" * 32))
        assert not again.verified and again.sentence("en") != again.sentence("zh")
        tactic = small[1].decisions[:1]
        assert not verify(dataclasses.replace(small[1], decisions=tactic, seed=1)).verified
        assert not verify(dataclasses.replace(small[1], decisions=())).verified

    def test_another_engine(self, small):
        foreign = dataclasses.replace(small[1], engine="2\x1b[31m")
        error = refusal(verify, foreign)
        assert error.message.key == "capsule.other_engine" and "\x1b" not in error.sentence

    def test_an_unknown_scenario(self, small):
        unknown = dataclasses.replace(small[1], scenario_data=None)
        assert refusal(verify, unknown).message.key == "capsule.unknown_scenario"

    def test_no_path_is_ever_opened(self, small, tmp_path):
        path = tmp_path / "mine.yaml"
        path.write_text("id: mine\n", encoding="utf-8")
        tricky = dataclasses.replace(small[1], scenario_data=None, scenario_id=str(path))
        assert refusal(verify, tricky).message.key == "capsule.unknown_scenario"

    def test_a_scenario_that_is_not_the_one_promised(self, small):
        changed = busy_street(shoppers=149, nights=2).canonical()
        swapped = dataclasses.replace(small[1], scenario_data=changed)
        assert refusal(verify, swapped).message.key == "capsule.other_scenario"
        broken = dataclasses.replace(small[1], scenario_data={**changed, "shoppers": -1})
        assert refusal(verify, broken).message.key == "capsule.bad_scenario"

    def test_progress(self, small):
        seen = []
        verify(small[1], lambda done, total: seen.append((done, total)))
        assert seen[-1] == (small[1].tick, small[1].tick) and seen == sorted(seen)

    def test_ticks_beyond_the_end(self, small):
        late = dataclasses.replace(small[1], tick=10**6)
        assert refusal(verify, late).message.key == "capsule.no_such_tick"


@pytest.fixture(scope="module")
def code(shipped):
    return code_of(shipped[1])


class TestCode:
    def test_there_and_back(self, shipped, code):
        run, capsule = shipped
        found = capsule_from_code(code)
        assert found.decisions == capsule.decisions
        assert (found.seed, found.tick, found.engine) == (7, run.tick, capsule.engine)
        again = verify(found)
        assert again.verified and again.run.digest() == run.digest()

    def test_how_it_looks(self, code):
        assert len(code) < 200
        assert set(code) <= QR_ALPHANUMERIC
        assert not set(code) & set("ILOU")
        assert all(len(group) == GROUP for group in code.split("-"))
        assert scannable(code) == code.replace("-", "")

    def test_it_may_be_typed_carelessly(self, code):
        found = capsule_from_code(code)
        for careless in (
            code.lower(),
            code.replace("-", " "),
            code.replace("-", "\n"),
            scannable(code),
            f"  {code}  ",
            code.replace("0", "O").replace("1", "l"),
        ):
            assert capsule_from_code(careless) == found
            assert looks_like_code(careless)
        assert not looks_like_code("runs/mine.jsonl") and not looks_like_code("stroll")

    def test_every_wrong_symbol_is_found_in_its_group(self, code):
        groups = code.split("-")
        for number, group in enumerate(groups):
            for place in range(GROUP):
                wrong = "A" if group[place] != "A" else "B"
                changed = group[:place] + wrong + group[place + 1 :]
                typed = "-".join([*groups[:number], changed, *groups[number + 1 :]])
                error = refusal(capsule_from_code, typed)
                assert error.message.key == "capsule.code.group"
                assert error.message.values["number"] == number + 1

    def test_neighbours_that_changed_places_are_found(self, code):
        symbols = scannable(code)
        for place in range(len(symbols) - 1):
            if symbols[place] != symbols[place + 1]:
                pair = symbols[place + 1] + symbols[place]
                refusal(capsule_from_code, symbols[:place] + pair + symbols[place + 2 :])

    def test_groups_that_changed_places_or_are_missing(self, code):
        groups = code.split("-")
        for number in range(len(groups) - 1):
            swapped = [*groups]
            swapped[number], swapped[number + 1] = swapped[number + 1], swapped[number]
            if swapped != groups:
                refusal(capsule_from_code, "-".join(swapped))
        for number in range(len(groups)):
            refusal(capsule_from_code, "-".join(groups[:number] + groups[number + 1 :]))
        for length in range(len(code)):
            refusal(capsule_from_code, code[:length])

    @given(st.text(max_size=60))
    def test_any_text(self, text):
        refusal(capsule_from_code, text)

    @given(st.binary(max_size=60))
    def test_any_bytes_in_good_form(self, data):
        from sim.play import capsule_code

        with_sum = data + zlib.crc32(data).to_bytes(4, "big")
        try:
            found = capsule_from_code(capsule_code._symbols(with_sum))
        except JournalError as error:
            assert error.in_language("zh")
        else:
            assert isinstance(found, Capsule)

    def test_all_lengths_come_back(self):
        from sim.play import capsule_code

        for length in range(1, 40):
            data = bytes(range(length)) + b"\0" * (length % 3)
            with_sum = data + zlib.crc32(data).to_bytes(4, "big")
            assert capsule_code._bytes(capsule_code._symbols(with_sum)) == with_sum

    def test_another_engine_and_an_unknown_scenario(self, shipped, monkeypatch):
        foreign = code_of(dataclasses.replace(shipped[1], engine="99"))
        assert refusal(capsule_from_code, foreign).message.key == "capsule.other_engine"
        code = code_of(shipped[1])
        monkeypatch.setattr("sim.play.capsule.catalog", list)
        error = refusal(capsule_from_code, code)
        assert error.message.key == "capsule.unknown_scenario_of_code"

    def test_what_is_too_long_or_not_ours_has_none(self, shipped, small):
        assert code_of(small[1]) is None
        step = (0, SetTactic("patient").to_data())
        long = dataclasses.replace(shipped[1], decisions=(step,) * 400)
        assert code_of(long) is None
        mixes = [(n, SetMix({"explain": 0.5, "answer": 0.5}).to_data()) for n in range(40)]
        assert code_of(dataclasses.replace(shipped[1], decisions=tuple(mixes))) is None
        some = code_of(dataclasses.replace(shipped[1], decisions=(step,) * 90))
        assert some is not None and len(scannable(some)) <= LONGEST

    decisions = st.one_of(
        st.sampled_from(["patient", "rushed", "storytelling"]).map(SetTactic),
        st.sampled_from(["linen_shirt", "hand_cream", "wool_coat"]).map(ShowProduct),
        st.builds(Perform, st.sampled_from(["poll", "hype"]), st.integers(10, 3600)),
        st.integers(0, 2**30).map(AnswerShopper),
        st.floats(0, 1).map(lambda share: SetMix({"explain": share, "answer": 1 - share})),
    )

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(st.integers(0, 70000), decisions), max_size=12), st.data())
    def test_any_decisions(self, shipped, steps, data):
        ordered = sorted(((tick, what.to_data()) for tick, what in steps), key=lambda step: step[0])
        seed = data.draw(st.integers(0, 2**63 - 1))
        capsule = dataclasses.replace(shipped[1], decisions=tuple(ordered), seed=seed)
        found = capsule_from_code(code_of(capsule))
        assert (found.decisions, found.seed) == (capsule.decisions, seed)
        assert capsule_from_bytes(capsule_bytes(capsule)) == capsule
