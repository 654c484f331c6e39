"""Where files are, and what happens when a folder cannot be written."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sim import paths
from sim.errors import PlaceError

TOP = Path(__file__).resolve().parents[2]


def test_shipped_folders():
    assert (paths.scenarios_folder() / "first_stream.yaml").is_file()
    assert (paths.assets_folder() / "locale" / "errors.yaml").is_file()


def test_one_variable_moves_all_user_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))
    folders = [paths.user_data_folder(), paths.user_cache_folder(), paths.runs_folder()]
    folders.append(paths.user_scenarios_folder())
    assert all(folder.is_relative_to(tmp_path) for folder in folders)
    assert len(set(folders)) == 4
    assert not any(folder.exists() for folder in folders)


def test_without_the_variable_the_system_decides(monkeypatch):
    monkeypatch.delenv("STROLL_STREET_HOME")
    assert "stroll-street" in str(paths.user_data_folder())
    assert paths.user_data_folder() != paths.user_cache_folder()


def test_making_a_folder(tmp_path):
    folder = tmp_path / "a" / "b"
    assert paths.ensure_folder(folder) == folder and folder.is_dir()
    assert paths.ensure_folder(folder) == folder
    (tmp_path / "file").write_text("")
    with pytest.raises(PlaceError) as caught:
        paths.ensure_folder(tmp_path / "file" / "below")
    assert "STROLL_STREET_HOME" in caught.value.in_language("en")
    assert "STROLL_STREET_HOME" in caught.value.in_language("zh")


@pytest.fixture
def no_cache_yet(monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    yield
    os.environ.pop("NUMBA_CACHE_DIR", None)


def test_compiled_code_lies_in_the_users_cache(tmp_path, monkeypatch, no_cache_yet):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))
    cache = paths.prepare_compiled_cache()
    assert cache.folder.is_relative_to(paths.user_cache_folder() / "compiled")
    assert cache.folder.is_dir() and cache.notice is None
    assert os.environ["NUMBA_CACHE_DIR"] == str(cache.folder)
    # Asked again, it stays where it is.
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path / "other"))
    assert paths.prepare_compiled_cache().folder == cache.folder


def blocked_home(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(paths.tempfile, "gettempdir", lambda: str(tmp_path))


def test_a_cache_that_cannot_be_written_is_replaced(tmp_path, monkeypatch, no_cache_yet):
    blocked_home(tmp_path, monkeypatch)
    cache = paths.prepare_compiled_cache()
    assert cache.folder.is_relative_to(tmp_path) and cache.folder.is_dir()
    assert str(cache.folder) in cache.notice.text("en")
    assert str(cache.folder) in cache.notice.text("zh")
    os.environ.pop("NUMBA_CACHE_DIR")
    assert paths.prepare_compiled_cache().folder == cache.folder


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_a_temporary_folder_that_others_can_fill_is_not_used(tmp_path, monkeypatch, no_cache_yet):
    blocked_home(tmp_path, monkeypatch)
    usual = paths.prepare_compiled_cache().folder
    os.environ.pop("NUMBA_CACHE_DIR")
    usual.chmod(0o777)
    monkeypatch.setattr(paths.tempfile, "tempdir", str(tmp_path))
    other = paths.prepare_compiled_cache().folder
    assert other != usual
    assert stat.S_IMODE(other.stat().st_mode) == 0o700


def test_numba_uses_the_folder(tmp_path):
    program = (
        "from sim import paths\n"
        "folder = paths.prepare_compiled_cache().folder\n"
        "from numba.core import config\n"
        "print(config.CACHE_DIR == str(folder))\n"
    )
    environment = {**os.environ, "STROLL_STREET_HOME": str(tmp_path), "PYTHONPATH": str(TOP)}
    environment.pop("NUMBA_CACHE_DIR", None)
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.strip() == "True", done.stderr
