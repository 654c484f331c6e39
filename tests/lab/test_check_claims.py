"""`main.py check --claims` and `--preview`: what they print, and how they end."""

import shutil

import pytest
from rich.cells import cell_len

from sim import paths
from sim.cli import main
from sim.lab import claims as lab

PROVEN = """claims:
  - says: {zh: 听得更久, en: They listen for longer}
    metric: watch_seconds
    of: {tactic: patient}
    than: {tactic: rushed}
    times: 1.2
    share: 0.5
"""
REFUTED = (
    PROVEN.replace("tactic: patient", "tactic: x")
    .replace("rushed", "patient")
    .replace("tactic: x", "tactic: rushed")
    .replace("share: 0.5", "share: 0.9")
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of scenarios with two small evenings: one claims what is so, one the reverse."""
    folder = tmp_path / "mine"
    shutil.copytree(paths.scenarios_folder(), folder)
    text = (folder / "five_minutes.yaml").read_text(encoding="utf-8")
    for file in folder.glob("*.yaml"):
        if file.stem not in ("tactics", "policies", "mechanisms"):
            file.unlink()
    before, rest = text.split("lesson:\n")
    after = rest[rest.index("host:\n") :]
    before = before.replace("shoppers: 4000", "shoppers: 900")
    for name, claims in (("right", PROVEN), ("wrong", REFUTED)):
        lesson = before.replace("id: five_minutes", f"id: {name}") + claims + after
        (folder / f"{name}.yaml").write_text(lesson, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return folder


@pytest.mark.parametrize(
    ("language", "mark"), [("en", "✓ proven"), ("zh", "✓ 成立")]
)  # fmt: skip
def test_a_proven_claim(folder, capsys, language, mark):
    done = main(["check", "mine/right.yaml", "--claims", "--crowds", "6", "--language", language])
    out = capsys.readouterr().out
    assert done == 0
    assert mark in out and "6/6" in out and "×" in out


def test_few_crowds_prove_nothing_and_it_says_how_many_would(folder, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")
    done = main(["check", "mine/right.yaml", "--claims", "--crowds", "2", "--language", "en"])
    out = " ".join(capsys.readouterr().out.split())
    assert done == 0
    assert "~ unproven" in out and "✓ proven" not in out and "ahead 2/2" in out
    assert "2 crowds are too few to prove it; about 6 would do" in out
    assert "asked ≥ 50.0% ✓" in out and "asked ≥ 1.20× ✓" in out
    assert "Claims: 1. Proven: 0; held, but unproven: 1; missed: 0; refuted: 0." in out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_narrow_screen_loses_no_word_and_no_figure(folder, capsys, monkeypatch, language):
    monkeypatch.setenv("COLUMNS", "40")
    main(["check", "mine/right.yaml", "--claims", "--crowds", "2", "--language", language])
    out = capsys.readouterr().out
    assert "…" not in out and "≥ 1.20× ✓" in out and "≥ 50.0% ✓" in out
    assert {"en": "They listen for longer", "zh": "听得更久"}[language] in out
    table = out.split("\n\n", 1)[1]
    assert max(cell_len(line.rstrip()) for line in table.splitlines()) <= 40


def test_what_failed_of_a_claim_is_marked(folder, capsys):
    file = folder / "right.yaml"
    text = file.read_text(encoding="utf-8").replace("times: 1.2", "times: 40")
    file.write_text(text, encoding="utf-8")
    done = main(["check", "mine/right.yaml", "--claims", "--crowds", "6", "--language", "en"])
    out = " ".join(capsys.readouterr().out.split())
    assert done == 1
    assert "ahead 6/6" in out and "asked ≥ 50.0% ✓" in out and "asked ≥ 40.0× ✗" in out
    assert "✗ refuted" in out


def test_a_refuted_claim_prints_its_figures_and_fails(folder, capsys):
    done = main(["check", "mine/wrong.yaml", "--claims", "--crowds", "2", "--language", "en"])
    out = capsys.readouterr().out
    assert done == 1
    assert "✗ refuted" in out and "0/2" in out and "≥ 1.20×" in out
    assert "refuted: 1." in out


def test_a_folder_stands_for_its_scenarios(folder, capsys):
    done = main(["check", "mine", "--claims", "--crowds", "2", "--language", "en"])
    out = capsys.readouterr().out
    assert done == 1
    assert out.index("right.yaml: fine") < out.index("~ unproven") < out.index("✗ refuted")


def test_without_the_option_nothing_is_played(folder, capsys, monkeypatch):
    monkeypatch.setattr(lab, "compare_plans", None)
    assert main(["check", "mine", "--language", "en"]) == 0
    assert "proven" not in capsys.readouterr().out


def test_a_preview(folder, capsys):
    done = main(["check", "mine/right.yaml", "--preview", "--crowds", "1", "--language", "en"])
    out = capsys.readouterr().out
    assert done == 0
    assert "bots, mean over 1 crowds" in out
    for title in ("Patient explanation", "Interaction", "Rushed selling"):
        assert title in out


def test_a_broken_file_is_said_once_and_the_others_are_tested(folder, capsys):
    (folder / "broken.yaml").write_text("host: 3\nlive: 2\n", encoding="utf-8")
    done = main(["check", "mine", "--claims", "--crowds", "2", "--language", "en"])
    out, err = capsys.readouterr()
    assert done == 2
    assert "~ unproven" in out and "✗ refuted" in out
    assert err.count("broken.yaml, line 1: host") == 1


def test_ctrl_c_keeps_what_is_done(folder, capsys, monkeypatch):
    real = lab.compare_plans
    blocks = []

    def interrupted(*arguments):
        blocks.append(arguments)
        if len(blocks) > 1:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(lab, "compare_plans", interrupted)
    done = main(["check", "mine/right.yaml", "--claims", "--crowds", "8", "--language", "en"])
    out, err = capsys.readouterr()
    assert done == 130
    assert "4/4" in out
    assert "Stopped" in err
