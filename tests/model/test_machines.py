"""The same bits as plain Python, with fewer processor features, and on another numpy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.model.events import Kind
from tests.model.golden import digests, pinned, small_days, small_run

TOP = Path(__file__).resolve().parents[2]
OTHER_NUMPY = ("2.2.6", "2.3.5")
PIP = (sys.executable, "-m", "pip", "install", "-q", "--no-deps")
# what numpy can be told to do without on x86 and ARM; unknown names are ignored with a warning
FEATURES = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX2 FMA3 ASIMDHP"


def _elsewhere(**environment: str) -> dict[str, str]:
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.model.golden", "small"],
        cwd=TOP,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    return dict(line.split() for line in result.stdout.splitlines())


def _small_of(found: dict[str, str]) -> tuple[str, str]:
    return found["small"], found["small_days"]


def test_golden_digests():
    """Fails when any bit of any world moved: then raise ENGINE_VERSION and
    run `python -m tests.model.golden write`."""
    assert digests() == pinned()


def test_the_small_world_meets_every_kind_of_event():
    """What plain Python is compared on must reach every rule."""
    happened = [run().events()["kind"] for run in (small_run, small_days)]
    kinds = {Kind(int(kind)) for kind in np.unique(np.concatenate(happened))}
    assert set(Kind) - kinds <= {Kind.SOLD_OUT}


def test_plain_python_gives_the_same_bits():
    assert _small_of(_elsewhere(NUMBA_DISABLE_JIT="1")) == _small_of(pinned())


def test_fewer_processor_features_give_the_same_bits():
    found = _elsewhere(
        NPY_DISABLE_CPU_FEATURES=FEATURES, NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES=""
    )
    assert _small_of(found) == _small_of(pinned())


def test_another_numpy_gives_the_same_bits(tmp_path):
    version = next(v for v in OTHER_NUMPY if v != np.__version__)
    fetched = subprocess.run(
        [*PIP, "--target", str(tmp_path), f"numpy=={version}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if fetched.returncode != 0:
        pytest.skip(f"numpy {version} cannot be fetched here, so it was not compared")
    found = _elsewhere(NUMBA_DISABLE_JIT="1", PYTHONPATH=str(tmp_path))
    assert found["numpy"] == version
    assert _small_of(found) == _small_of(pinned())
