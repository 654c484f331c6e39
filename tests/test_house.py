"""The house rules: lint, layout, which way imports look, the public names, the exception tree."""

import ast
import importlib
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim import errors

TOP = Path(__file__).resolve().parents[1]
PYTHON_FILES = sorted((TOP / "sim").rglob("*.py"))
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"


def run_python(*arguments, cwd=TOP):
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120
    )


def test_lint_is_clean():
    done = run_python("-m", "ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_layout_is_clean():
    done = run_python("-m", "ruff", "format", "--check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_imports_point_down():
    done = run_python("-c", LINT_IMPORTS)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("model/planted.py", "import sim.play", "Imports point down"),
        ("model/planted.py", "import random", "The model knows no files"),
        ("play/planted.py", "import pygame", "Only the window knows pygame"),
        ("report/planted.py", "import yaml", "Only scenarios and wording know YAML"),
        ("console/planted.py", "import starlette", "Only a class knows the network"),
        ("classroom/planted.py", "import sim.ui", "Imports point down"),
    ],
)
def test_a_wrong_import_would_be_found(tmp_path, file, line, contract):
    shutil.copytree(TOP / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TOP / "pyproject.toml", tmp_path)
    (tmp_path / "sim" / file).write_text(line + "\n")
    done = run_python("-c", LINT_IMPORTS, cwd=tmp_path)
    assert done.returncode == 1
    assert any(contract in row and "BROKEN" in row for row in done.stdout.splitlines()), done.stdout


def test_the_model_imports_only_what_cannot_look_outside():
    allowed = {"__future__", "collections", "dataclasses", "enum", "functools", "math", "typing"}
    allowed |= {"numba", "numpy", "sim.errors", "sim.model", "sim.scenario"}
    exceptions = {
        # numba reads its cache folder when it is first imported, so it is chosen right there.
        "sim/model/compiled.py sim.paths",
        # Worlds are fingerprinted, and dealt out to as many threads as there are cores.
        "sim/model/world.py concurrent.futures",
        "sim/model/world.py hashlib",
        "sim/model/world.py os",
    }
    strangers = set()
    for file in sorted((TOP / "sim" / "model").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [name.name for name in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                parts = name.split(".")
                home = ".".join(parts[:2]) if parts[0] == "sim" else parts[0]
                if home not in allowed:
                    strangers.add(f"{file.relative_to(TOP).as_posix()} {name}")
    assert strangers <= exceptions


def test_public_names():
    assert sim.__all__ == ["Run", "Scenario", "World", "__version__", "compare"]
    assert dir(sim) == sim.__all__
    assert sim.__version__ == "0.1.0"
    assert sim.Scenario.__module__.startswith("sim.scenario")
    assert sim.World.__module__ == "sim.model.world"
    assert sim.Run.__module__ == "sim.play.run"
    assert sim.compare.__module__ == "sim.play.batch"
    with pytest.raises(AttributeError, match="Stroll"):
        sim.Stroll  # noqa: B018


def test_importing_is_quick():
    slow = "{'numpy', 'numba', 'pygame', 'pydantic', 'yaml', 'rich', 'typer'}"
    done = run_python("-c", f"import sim, sys; print({slow} & set(sys.modules))")
    assert done.stdout.strip() == "set()", done.stdout + done.stderr
    done = run_python("-c", "import sim.cli, sys; print({'numba', 'pygame'} & set(sys.modules))")
    assert done.stdout.strip() == "set()", done.stdout + done.stderr


def test_exception_tree():
    for module in pkgutil.walk_packages(sim.__path__, "sim."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    tree = {}

    def walk(kind):
        tree[kind.__name__] = (kind.__base__.__name__, kind.exit_code, kind.__module__)
        for child in kind.__subclasses__():
            walk(child)

    walk(errors.StrollError)
    assert tree == {
        "StrollError": ("Exception", 1, "sim.errors"),
        "ScenarioError": ("StrollError", 2, "sim.errors"),
        "JournalError": ("StrollError", 2, "sim.errors"),
        "DecisionError": ("StrollError", 1, "sim.errors"),
        "WordingError": ("StrollError", 1, "sim.errors"),
        "PlaceError": ("StrollError", 1, "sim.errors"),
        "DisplayError": ("StrollError", 1, "sim.errors"),
        "Refusal": ("StrollError", 1, "sim.classroom.refusal"),
    }


@pytest.mark.parametrize("file", PYTHON_FILES, ids=lambda file: str(file.relative_to(TOP)))
def test_long_files_say_why(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 400 or any(line.startswith("# Long because ") for line in lines), (
        "over 400 lines: split it, or say why in a line that starts with '# Long because '"
    )


def test_main_only_calls_the_command_line():
    tree = ast.parse((TOP / "main.py").read_text(encoding="utf-8"))
    imported = set()
    for node in ast.walk(tree):
        assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.For | ast.While)
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module)
    assert imported == {"sys", "sim.cli"}


def test_main_says_what_to_run_when_nothing_is_installed(tmp_path):
    # -S and -I leave only the standard library, as on a fresh machine.
    program = f"import sys; sys.path.insert(0, {str(TOP)!r}); import main"
    done = run_python("-S", "-I", "-c", program, cwd=tmp_path)
    assert done.returncode == 1
    assert "first command of README.md" in done.stderr
    assert "Traceback" not in done.stderr


def test_readme_holds_the_commands_that_ci_runs():
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    marked = readme.split("<!-- tests:begin -->")[1].split("<!-- tests:end -->")[0]
    assert "pip install -q -e '.[dev]'" in marked
    assert "-m pytest" in marked
