"""A sweep gives the same table whoever plays its rows, in whatever order, however often stopped."""

from __future__ import annotations

import csv
import math
import sys
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import numpy as np
import pytest

from sim.errors import PlaceError, ScenarioError, StrollError
from sim.lab import sweep as module
from sim.lab.sweep import grid, sweep
from sim.lab.sweep_rows import cell
from sim.model import ENGINE_VERSION
from sim.play.batch import compare, metrics_of
from sim.scenario import Scenario
from tests.model.campaigns import small_campaign
from tests.model.streets import busy_street

VARY = {"host.products.wool_coat.price": [590, 676.5], "nights": [1, 2]}
WAYS = ["patient", "rushed"]
SEEDS = [3, 1]


def small() -> Scenario:
    return busy_street(shoppers=60, live__minutes=10, street_hours__closes="20:50")


class Backwards(Executor):
    """Plays what it was given only when it is asked for, the last first."""

    def __init__(self) -> None:
        self.played: list[int] = []

    def submit(self, function, *arguments):
        future = _Lazy(self, function, arguments)
        self.played.append(0)
        return future


class _Lazy(Future):
    def __init__(self, owner, function, arguments) -> None:
        super().__init__()
        self.owner, self.work = owner, (function, arguments)

    def play(self) -> None:
        function, arguments = self.work
        self.set_result(function(*arguments))


@pytest.fixture
def backwards(monkeypatch):
    """An executor that ends its work in the opposite order, one piece at a time."""

    def last_first(waiting, return_when):
        future = list(waiting)[-1]
        future.play()
        return {future}, set(waiting) - {future}

    monkeypatch.setattr(module, "wait", last_first)
    return Backwards()


class Given(Executor):
    """Gives the same answer to everything."""

    def __init__(self, answer) -> None:
        self.answer = answer

    def submit(self, function, *arguments):
        future: Future = Future()
        if isinstance(self.answer, BaseException):
            future.set_exception(self.answer)
        else:
            future.set_result(self.answer)
        return future


class Counting(ThreadPoolExecutor):
    """One thread that counts crowds; the one numbered `stop` is Ctrl-C."""

    def __init__(self, stop: int = 0) -> None:
        super().__init__(1)
        self.crowds, self.stop = 0, stop

    def submit(self, *arguments):
        self.crowds += 1
        return super().submit(*arguments)


def rows_of(path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The table of an undisturbed sweep."""
    path = tmp_path_factory.mktemp("sweep") / "whole.csv"
    with ThreadPoolExecutor(1) as executor:
        swept = sweep(small(), VARY, WAYS, SEEDS, path, executor)
    assert swept.complete and (swept.rows, swept.already, swept.played) == (16, 0, 16)
    return path


def stopped_sweep(path, after: int):
    """A sweep that Ctrl-C stops after so many rows."""

    def progress(done, total):
        if done >= after:
            raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as executor:
        return sweep(small(), VARY, WAYS, SEEDS, path, executor, progress=progress)


class TestTable:
    def test_a_row_for_each_value_way_and_crowd_in_order(self, whole):
        rows = rows_of(whole)
        columns = (*VARY, "tactic", "seed", *metrics_of(small()), "scenario_hash", "engine")
        assert tuple(rows[0]) == columns
        places = [
            (r["host.products.wool_coat.price"], r["nights"], r["seed"], r["tactic"]) for r in rows
        ]
        assert places == [
            (price, nights, seed, way)
            for price in ("590", "676.5")
            for nights in ("1", "2")
            for seed in ("3", "1")
            for way in WAYS
        ]
        assert {row["engine"] for row in rows} == {ENGINE_VERSION}
        assert not whole.with_name(whole.name + ".part").exists()

    def test_figures_are_those_of_compare_to_the_bit(self, whole):
        changed = small().with_changes({"host.products.wool_coat.price": 590, "nights": 2})
        alone = compare(changed, WAYS, SEEDS)
        rows = [row for row in rows_of(whole) if row["scenario_hash"] == changed.hash[:16]]
        assert len(rows) == 4
        for row in rows:
            place = SEEDS.index(int(row["seed"]))
            for metric in metrics_of(changed):
                value = float(alone.values[row["tactic"]][metric][place])
                assert row[metric] == cell(value)
                assert math.isnan(value) if row[metric] == "" else float(row[metric]) == value

    def test_a_campaign_is_swept_by_policy(self, tmp_path):
        scenario = small_campaign(2, shoppers=40, nights=1)
        with ThreadPoolExecutor(1) as executor:
            sweep(scenario, {"campaign.days": [1, 2]}, None, [4], tmp_path / "a.csv", executor)
        rows = rows_of(tmp_path / "a.csv")
        assert [(row["campaign.days"], row["policy"]) for row in rows] == [
            ("1", "idle"), ("2", "idle")
        ]  # fmt: skip
        assert all(float(row["standing"]) == 1.0 for row in rows)

    def test_equal_points_are_played_once(self):
        points = grid(small(), {"shoppers": [60, 50, 60]})
        assert [point.cells for point in points] == [("60",), ("50",)]

    def test_nothing_varied_is_one_point(self):
        (point,) = grid(small(), {})
        assert point.cells == () and point.scenario is not None

    def test_lists_and_texts_in_cells(self):
        assert cell(["boredom", "need"]) == '["boredom","need"]'
        assert cell("=1+1") == "'=1+1"
        assert (cell(None), cell(True), cell(2.0), cell(0.1), cell(float("nan"))) == (
            "", "true", "2", "0.1", ""
        )  # fmt: skip


class TestWhoPlays:
    def test_threads(self, whole, tmp_path):
        with ThreadPoolExecutor(3) as executor:
            sweep(small(), VARY, WAYS, SEEDS, tmp_path / "a.csv", executor)
        assert (tmp_path / "a.csv").read_bytes() == whole.read_bytes()

    def test_the_last_first(self, whole, tmp_path, backwards):
        sweep(small(), VARY, WAYS, SEEDS, tmp_path / "a.csv", backwards)
        assert len(backwards.played) == 8  # the two ways of a crowd go together
        assert (tmp_path / "a.csv").read_bytes() == whole.read_bytes()

    def test_processes_of_this_machine(self, whole, tmp_path):
        done = []
        sweep(
            small(), VARY, WAYS, SEEDS, tmp_path / "a.csv", workers=2,
            progress=lambda *counts: done.append(counts),
        )  # fmt: skip
        assert (tmp_path / "a.csv").read_bytes() == whole.read_bytes()
        assert done[-1] == (16, 16) and len(done) == 8

    def test_a_dask_cluster_of_two_workers(self, whole, tmp_path):
        distributed = pytest.importorskip(
            "distributed", reason="dask.distributed is not installed: pip install '.[sweep]'"
        )
        from sim.lab.sweep_dask import dask_executor

        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster:
            cluster.wait_for_workers(2)
            with dask_executor(cluster.scheduler_address) as executor:
                swept = sweep(small(), VARY, WAYS, SEEDS, tmp_path / "a.csv", executor)
        assert swept.complete
        assert (tmp_path / "a.csv").read_bytes() == whole.read_bytes()

    def test_nobody_at_the_address(self):
        pytest.importorskip("distributed", reason="dask.distributed is not installed")
        from sim.lab import sweep_dask

        sweep_dask._PATIENCE, kept = "1s", sweep_dask._PATIENCE
        try:
            with pytest.raises(StrollError, match="No Dask cluster answers at"):
                with sweep_dask.dask_executor("tcp://127.0.0.1:9"):
                    pass
        finally:
            sweep_dask._PATIENCE = kept

    def test_without_dask(self, monkeypatch):
        from sim.lab.sweep_dask import dask_executor

        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(StrollError, match=r"dask\.distributed, which is not installed"):
            with dask_executor("tcp://127.0.0.1:8786"):
                pass

    def test_a_worker_of_another_engine(self, tmp_path):
        answer = {"engine": "0", "figures": {}}
        with pytest.raises(StrollError, match="engine 0"):
            sweep(small(), {}, WAYS, SEEDS, tmp_path / "a.csv", Given(answer))
        assert rows_of(tmp_path / "a.csv") == []

    def test_a_worker_without_the_program(self, tmp_path):
        missing = ModuleNotFoundError("No module named 'sim'", name="sim")
        with pytest.raises(StrollError, match="does not have Stroll Street"):
            sweep(small(), {}, WAYS, SEEDS, tmp_path / "a.csv", Given(missing))


class TestGoingOn:
    @pytest.mark.parametrize("after", [2, 8, 14])
    def test_a_stopped_sweep_goes_on(self, whole, tmp_path, after):
        path = tmp_path / "a.csv"
        first = stopped_sweep(path, after)
        assert not first.complete and first.played == after
        assert len(rows_of(path)) == after  # what is done can be looked at
        with Counting() as executor:
            second = sweep(small(), VARY, WAYS, SEEDS, path, executor)
        assert (second.already, second.played) == (after, 16 - after)
        assert executor.crowds == (16 - after) // 2
        assert path.read_bytes() == whole.read_bytes()

    def test_a_torn_last_line_never_happened(self, whole, tmp_path):
        path = tmp_path / "a.csv"
        stopped_sweep(path, 6)
        path.unlink()  # killed before the table could be written
        part = tmp_path / "a.csv.part"
        lines = part.read_bytes().splitlines(keepends=True)
        part.write_bytes(b"".join(lines[:-1]) + lines[-1][:40])
        with Counting() as executor:
            swept = sweep(small(), VARY, WAYS, SEEDS, path, executor)
        assert swept.already == 5
        assert path.read_bytes() == whole.read_bytes()

    def test_a_file_that_ends_in_its_header_begins_anew(self, whole, tmp_path):
        path = tmp_path / "a.csv"
        (tmp_path / "a.csv.part").write_bytes(b"host.products.wool")
        with Counting() as executor:
            assert sweep(small(), VARY, WAYS, SEEDS, path, executor).already == 0
        assert path.read_bytes() == whole.read_bytes()

    def test_a_finished_sweep_plays_nothing(self, whole, tmp_path):
        path = tmp_path / "a.csv"
        path.write_bytes(whole.read_bytes())
        with Counting() as executor:
            swept = sweep(small(), VARY, WAYS, SEEDS, path, executor)
        assert executor.crowds == 0 and swept.complete
        assert path.read_bytes() == whole.read_bytes()

    def test_the_table_holds_the_grid_and_nothing_else(self, whole, tmp_path):
        path = tmp_path / "a.csv"
        path.write_bytes(whole.read_bytes())
        more = {**VARY, "nights": [2, 3]}
        with Counting() as executor:
            swept = sweep(small(), more, WAYS, [*SEEDS, 7], path, executor)
        assert swept.rows == 24 and swept.already == 8
        rows = rows_of(path)
        assert len(rows) == 24 and {row["nights"] for row in rows} == {"2", "3"}
        assert swept.others == 8 and {row["nights"] for row in rows_of(swept.older)} == {"1"}
        # nothing that was played is played again: the first grid finds its rows beside the table
        with Counting() as executor:
            back = sweep(small(), VARY, WAYS, SEEDS, path, executor)
        assert executor.crowds == 0 and (back.already, back.others) == (16, 16)
        assert path.read_bytes() == whole.read_bytes()
        with Counting() as executor:
            every = sweep(small(), {**VARY, "nights": [1, 2, 3]}, WAYS, [3, 1, 7], path, executor)
        assert every.others == 0 and not every.older.exists()

    def test_what_stands_beside_the_table_has_to_fit_it(self, tmp_path):
        (tmp_path / "a.csv.older").write_text("name,mark\nsomebody,1\n", encoding="utf-8")
        with pytest.raises(PlaceError, match=r"a\.csv\.older holds another table"):
            sweep(small(), VARY, WAYS, SEEDS, tmp_path / "a.csv", Counting())

    def test_one_way_is_missing(self, whole, tmp_path):
        path = tmp_path / "a.csv"
        with ThreadPoolExecutor(1) as executor:
            sweep(small(), VARY, WAYS[1:], SEEDS, path, executor)
            swept = sweep(small(), VARY, WAYS, SEEDS, path, executor)
        assert (swept.already, swept.played) == (8, 8)
        assert path.read_bytes() == whole.read_bytes()

    def test_another_table_is_left_alone(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_text("name,mark\nsomebody,1\n", encoding="utf-8")
        with pytest.raises(PlaceError, match="another table"):
            sweep(small(), VARY, WAYS, SEEDS, path, Counting())
        assert path.read_text(encoding="utf-8") == "name,mark\nsomebody,1\n"
        assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]

    def test_other_engines_are_not_mixed(self, whole, tmp_path):
        path = tmp_path / "a.csv"
        text = whole.read_text(encoding="utf-8").replace(f",{ENGINE_VERSION}\n", ",0\n")
        path.write_text(text, encoding="utf-8", newline="")
        with pytest.raises(PlaceError, match="engine 0"):
            sweep(small(), VARY, WAYS, SEEDS, path, Counting())

    def test_a_damaged_line_is_named(self, whole, tmp_path):
        path = tmp_path / "a.csv"
        lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
        lines[4] = "1,2,3\n"
        path.write_text("".join(lines), encoding="utf-8", newline="")
        with pytest.raises(PlaceError, match="Line 5"):
            sweep(small(), VARY, WAYS, SEEDS, path, Counting())

    @pytest.mark.skipif(sys.platform == "win32", reason="a second sweep is not kept out there")
    def test_two_at_a_time_into_one_file(self, tmp_path):
        path = tmp_path / "a.csv"
        sentences = []

        def progress(done, total):
            with pytest.raises(PlaceError) as error:
                sweep(small(), VARY, WAYS, SEEDS, path, Counting())
            sentences.append(error.value.in_language("en"))
            raise KeyboardInterrupt

        with ThreadPoolExecutor(1) as executor:
            sweep(small(), VARY, WAYS, SEEDS, path, executor, progress=progress)
        assert sentences and "Another sweep is writing" in sentences[0]


class TestFiles:
    def test_a_mark_for_excel(self, whole, tmp_path):
        path = tmp_path / "a.csv"
        with ThreadPoolExecutor(1) as executor:
            for _ in range(2):  # and it is read again
                swept = sweep(small(), VARY, WAYS, SEEDS, path, executor, bom=True)
        assert swept.already == 16
        assert path.read_bytes() == b"\xef\xbb\xbf" + whole.read_bytes()

    def test_parquet_holds_the_same_with_types(self, whole, tmp_path):
        parquet = pytest.importorskip(
            "pyarrow.parquet", reason="pyarrow is not installed: pip install '.[sweep]'"
        )
        path = tmp_path / "a.parquet"
        first = stopped_sweep(path, 6)
        assert first.played == 6
        with ThreadPoolExecutor(1) as executor:
            assert sweep(small(), VARY, WAYS, SEEDS, path, executor).already == 6
        table = parquet.read_table(path)
        rows = rows_of(whole)
        assert table.column_names == list(rows[0])
        for number, row in enumerate(table.to_pylist()):
            assert {name: cell(value) for name, value in row.items()} == rows[number]
        assert str(table.schema.field("seed").type) == "int64"
        assert str(table.schema.field("conversion").type) == "double"
        with Counting() as executor:
            assert sweep(small(), VARY, WAYS, SEEDS, path, executor).already == 16

    def test_without_pyarrow(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(PlaceError, match="pyarrow, which is not installed"):
            sweep(small(), {}, WAYS, SEEDS, tmp_path / "a.parquet", Counting())

    def test_another_kind_of_file(self, tmp_path):
        with pytest.raises(PlaceError, match=r"\.csv or \.parquet"):
            sweep(small(), {}, WAYS, SEEDS, tmp_path / "a.xlsx", Counting())

    def test_a_folder_that_cannot_be_written(self, tmp_path):
        (tmp_path / "file").write_text("x", encoding="utf-8")
        with pytest.raises(PlaceError, match="cannot be written"):
            sweep(small(), {}, WAYS, SEEDS, tmp_path / "file" / "a.csv", Counting())


class TestSlips:
    @pytest.mark.parametrize(
        ("vary", "said"),
        [
            ({"shopers": [1]}, "did you mean “shoppers”"),
            ({"shoppers": [0]}, "from 1 to 1000000"),
            ({"host.products.wool_cat.price": [1]}, "wool_coat"),
            ({"switch_off": [["boredm"]]}, "boredom"),
            ({"nights": [1], "live.minutes": ["long"]}, "from 5 to 240"),
        ],
    )
    def test_one_sentence_names_what_is_accepted(self, vary, said):
        with pytest.raises(ScenarioError) as error:
            grid(small(), vary)
        sentence = error.value.in_language("en")
        assert said in sentence and "\n" not in sentence

    def test_the_seed_has_its_own_option(self):
        with pytest.raises(StrollError, match="--seeds"):
            grid(small(), {"seed": [1]})

    def test_an_unknown_way(self, tmp_path):
        with pytest.raises(StrollError, match="patient, "):
            sweep(small(), {}, ["patent"], SEEDS, tmp_path / "a.csv", Counting())

    def test_an_evening_is_no_campaign(self):
        with pytest.raises(StrollError, match="evening"):
            grid(small_campaign(2), {"campaign": [None]})

    def test_too_many_rows(self, tmp_path):
        with pytest.raises(StrollError, match="at most"):
            sweep(small(), {}, WAYS, np.arange(600_000), tmp_path / "a.csv", Counting())
