"""`why` and `report` as people call them: what a saved run is asked, and what is written of it."""

import csv
import json
import re

import pytest
from rich.cells import cell_len

from sim import wording
from sim.console.change_words import branched, read_wish
from sim.console.folding import folded
from sim.console.tables import run_columns
from sim.console.terminal import Terminal
from sim.model.decisions import Perform, SetMix, SetTactic, ShowProduct
from sim.play.best_line import best_lines
from sim.play.branch import BranchTree
from sim.play.diary import diary
from sim.play.journal import Journal
from sim.play.luck import luck_band
from sim.play.replay import replay
from sim.play.run import Run
from sim.report.coach import coach
from sim.report.coach_finding import Amount
from sim.report.figures import METRICS
from sim.report.ledger import ledger
from tests.cli.conftest import TOP
from tests.report.test_coach import MIXED, street

CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUESTIONS = {
    "coach": [],
    "branch": ["--branch", "5:patient:15"],
    "branches": ["--branch", "0:no-hype", "--branch", "5:wool_coat"],
    "ledger": ["--ledger"],
    "diary": ["--diary", "7"],
    "both diaries": ["--diary", "7", "--branch", "0:storytelling"],
    "luck": ["--luck"],
    "everything": ["--ledger", "--branch", "5:countdown:7", "--all", "--coach"],
}


BUDGET = 40


@pytest.fixture(autouse=True)
def a_short_look(monkeypatch):
    """The coach takes fewer lives than usual."""
    monkeypatch.setattr("sim.report.coach.BUDGET", BUDGET)


@pytest.fixture(scope="module")
def saved(busy_lesson, tmp_path_factory):
    """A rushed evening as journal and capsule."""
    from sim.cli import main

    folder = tmp_path_factory.mktemp("saved")
    journal, capsule = folder / "evening.jsonl", folder / "evening.capsule"
    line = ["run", busy_lesson, "--tactic", "rushed", "--seed", 3, "--journal", journal]
    assert main([str(word) for word in (*line, "--capsule", capsule)]) == 0
    return journal, capsule


@pytest.fixture(scope="module")
def run(saved):
    return replay(saved[0]).run


def with_crowds(name, line):
    return [*line, "--crowds", "10"] if name in ("branch", "branches", "luck") else line


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_answer_fits_and_is_in_one_language(stroll, saved, name, language):
    line = with_crowds(name, QUESTIONS[name])
    answer = stroll("why", saved[0].name, *line, "--language", language, folder=saved[0].parent)
    # the lesson of these tests has the id of the shipped one and other numbers
    assert answer.code == 4, answer.err
    assert not re.search(r"[{}]|None|nan|Traceback|Phrase", answer.out)
    assert "\u2060" not in answer.out
    assert bool(CHINESE.search(answer.out)) == (language == "zh")
    widths = {line.rstrip(): cell_len(line.rstrip()) for line in answer.out.splitlines()}
    # only a command that is to be copied may be longer than the screen
    assert all(width <= 80 or "main.py why" in line for line, width in widths.items())


@pytest.mark.parametrize("name", QUESTIONS)
def test_json_is_json_and_nothing_else(stroll, saved, name):
    line = with_crowds(name, QUESTIONS[name])
    data = json.loads(stroll("why", saved[1], *line, "--json").out)
    assert data["verified"] is True and data["seed"] == 3
    assert tuple(data["metrics"]) == METRICS
    asked = {"branches"} if "--branch" in line else set()
    asked |= {word.removeprefix("--") for word in line if word in ("--ledger", "--diary", "--luck")}
    asked |= {"coach"} if "--coach" in line or not line else set()
    parts = ("branches", "ledger", "diary", "luck", "best", "coach")
    assert {part for part in parts if part in data} == asked


def test_a_branch_is_what_the_tree_says(stroll, saved, run):
    line = ["--branch", "5:patient:15", "--crowds", "6", "--json"]
    (branch,) = json.loads(stroll("why", saved[0], *line).out)["branches"]
    tree = BranchTree.of(run)
    start = run.live_start_tick + 30
    number = tree.branch(0, start, [SetTactic("patient")], back_at=start + 60).number
    for name, value in tree.figures(number).items():
        found = branch["metrics"][name]
        assert found is None if value != value else found == pytest.approx(value)
    assert [(fate["shopper"], fate["aspect"]) for fate in branch["fates"]] == [
        (shopper, aspect.value) for shopper, aspect, *_ in tree.changed(0, number)
    ]
    assert branch["verdict"]["crowds"] == 6
    assert all(fate["text"] for fate in branch["fates"])


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("columns", [40, 52, 80])
def test_no_screen_is_too_narrow_for_a_figure(stroll, saved, monkeypatch, columns, language):
    monkeypatch.setenv("COLUMNS", str(columns))
    line = ["--branch", "0:storytelling", "--crowds", "6", "--ledger", "--language", language]
    shown = stroll("why", saved[0], *line).out
    assert "…" not in shown
    assert all(cell_len(row.rstrip()) <= columns for row in shown.splitlines())
    book = ledger(BranchTree.of(replay(saved[0]).run).side(0))
    unfolded = re.sub(r"\s", "", shown)
    # in a table the words of a cause stand under one another, among those of other columns
    for cause in {charge.cause for charge in book.charges} if columns < 60 else ():
        assert wording.text(f"ledger.cause.{cause}", language).replace(" ", "") in unfolded


def test_differences_are_those_of_the_figures_beside_them(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    terminal = Terminal.open("en")
    one = dict.fromkeys(METRICS, 0.0) | {"conversion": 0.0264, "net_sales": 2560.4}
    other = dict.fromkeys(METRICS, 0.0) | {"conversion": 0.0315, "net_sales": 5310.6}
    (table,) = run_columns(terminal, {"one": one, "other": other}, "net_sales")
    cells = [[cell.plain for cell in column.cells] for column in table.columns[1:]]
    rows = dict(zip(METRICS, zip(*cells, strict=True), strict=True))
    assert rows["conversion"] == ("2.6%", "3.1%", "+0.5 pts")
    assert rows["net_sales"] == ("2,560", "5,311", "+2,751")


def test_all_lists_every_shopper_once(stroll, saved, run):
    line = ["why", saved[0], "--branch", "0:storytelling", "--crowds", "6"]
    few, every = stroll(*line).out, stroll(*line, "--all").out
    tree = BranchTree.of(run)
    end = run.live_end_tick
    number = tree.branch(0, run.live_start_tick, [SetTactic("storytelling")], back_at=end).number
    changed = {shopper for shopper, *_ in tree.changed(0, number)}
    row = re.compile(r"^ *(\d+)  \d\d:\d\d ", re.MULTILINE)
    assert sorted(map(int, row.findall(every))) == sorted(changed)
    assert len(row.findall(few)) == 12 < len(changed)
    assert f"{len(changed) - 12} more" in few and "--all" not in every


def test_a_branch_that_changes_nothing_says_so(stroll, saved):
    answer = stroll("why", saved[0], "--branch", "0:rushed", "--crowds", "6")
    assert "Nobody's fate is changed" in answer.out
    assert "come out the same on all 6 crowds" in " ".join(answer.out.split())


def test_the_coach_is_the_coach(stroll, saved, run):
    data = json.loads(stroll("why", saved[0], "--json").out)["coach"]
    assert data == json.loads(json.dumps(coach(run, budget=BUDGET).to_data()))


def test_what_the_coach_points_at_can_be_typed(saved, run):
    terminal = Terminal.open("en")
    tree = BranchTree.of(run)
    said = coach(run, tree=tree)
    changes = [(f.evidence.change, f.evidence.branch) for f in said.findings]
    if said.advice is not None:
        changes.append((said.advice.change, said.advice.branch))
    assert changes
    for change, number in changes:
        again = branched(terminal, change.recipe(tree.timeline), tree)
        assert again.decisions == tree[number].decisions


def test_the_coachs_evidence_gives_the_coachs_own_figures(stroll, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.report.coach.BUDGET", 100)
    file, scenario = tmp_path / "mixed.jsonl", street()
    mixed = Run(scenario, 5, journal=Journal.create(file, scenario, 5))
    for minute, decision in MIXED:
        mixed.advance_ticks(mixed.live_start_tick + 6 * minute - mixed.tick)
        mixed.decide(decision)
    mixed.finish()
    answer = stroll("why", file)
    typed = re.findall(r"--branch (\S+) --crowds (\d+)", answer.out)
    assert typed and "the command given as evidence takes the same ones" in one_line(answer.out)
    data = json.loads(stroll("why", file, "--json").out)["coach"]
    findings = [f for f in data["findings"] if f["evidence"]["change"] is not None]
    assert len(findings) == len(typed)
    for (recipe, crowds), finding in zip(typed, findings, strict=True):
        line = ["why", file, "--branch", recipe, "--crowds", crowds]
        (branch,) = json.loads(stroll(*line, "--json").out)["branches"]
        found = branch["verdict"]
        assert found["mean"] == pytest.approx(finding["effect"])
        names = ("wins", "losses", "crowds")
        assert [found[name] for name in names] == [finding[name] for name in names]
        # what is told in words are the same figures, with what the verdict rests on
        told = one_line(stroll(*line).out)
        mean = Amount("net_sales", found["mean"], signed=True).text("en").replace("\u2060", "")
        assert f"the branch brings {mean} on average" in told
        assert f"more with {found['wins']}, less with {found['losses']}" in told
        assert "below 5% it is called clear" in told
        assert mean in one_line(answer.out) or not finding["beyond_luck"]


def one_line(text):
    return " ".join(text.split())


def test_the_ledger_holds_every_charge(stroll, saved, run):
    data = json.loads(stroll("why", saved[0], "--ledger", "--json").out)["ledger"]
    book = ledger(BranchTree.of(run).side(0))
    assert data["rule"] == json.loads(json.dumps(book.to_data()))
    shown = stroll("why", saved[0], "--ledger", "--all").out
    # a minute counts from the beginning of the live, so what came nights later has none
    named = [int(minute) for minute in re.findall(r"Minute (\d+)", shown)]
    later = len(re.findall("After the live: ", shown))
    assert len(named) + later == len(book.charges) > 0 and max(named) <= 20
    assert later == sum(charge.minute > 20 for charge in book.charges)
    assert "By rule" in shown and "By trying it out" in shown


def test_a_diary_and_its_other_side(stroll, saved, run):
    tree = BranchTree.of(run)
    own = diary(tree.side(0), 7)
    shown = " ".join(stroll("why", saved[0], "--diary", "7").out.split())
    for entry in own.entries:
        assert " ".join(entry.text("en").split()) in shown
    both = json.loads(
        stroll("why", saved[0], "--diary", "7", "--branch", "0:storytelling", "--crowds", "6",
               "--json").out
    )["diary"]["entries"]  # fmt: skip
    branch = tree.branch(
        0, run.live_start_tick, [SetTactic("storytelling")], back_at=run.live_end_tick
    )
    there = diary(tree.side(branch.number), 7)
    assert [e["en"] for e in both if e["mark"] != "+"] == [e.text("en") for e in own.entries]
    assert sorted(e["en"] for e in both if e["mark"] != "-") == sorted(
        e.text("en") for e in there.entries
    )


def test_a_diary_without_a_line_names_others_to_look_at(stroll, saved, run):
    tree = BranchTree.of(run)
    branch = tree.branch(
        0, run.live_start_tick, [SetTactic("storytelling")], back_at=run.live_end_tick
    )
    sides = tree.side(0), tree.side(branch.number)
    nobody = next(n for n in range(500) if not any(diary(side, n).entries for side in sides))
    line = ["--branch", "0:storytelling", "--diary", nobody, "--crowds", "6"]
    told = one_line(stroll("why", saved[0], *line).out)
    named = re.search(r"Those whose fate changed are, among others, ([\d, ]+)\.", told)[1]
    changed = {shopper for shopper, *_ in tree.changed(0, branch.number)}
    assert {int(number) for number in named.split(", ")} <= changed
    assert all(diary(sides[1], int(number)).entries for number in named.split(", "))
    alone = one_line(stroll("why", saved[0], "--diary", nobody).out)
    assert alone.endswith("This shopper never came out.")


def test_the_readme_names_no_shopper_who_may_stay_at_home():
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"--diary (\S+)", readme) == ["N"]


def test_luck_is_the_luck_band(stroll, saved, run):
    data = json.loads(stroll("why", saved[0], "--luck", "--crowds", "12", "--json").out)["luck"]
    band = luck_band(run, 12)
    assert data["crowds"] == 12
    shown = one_line(stroll("why", saved[0], "--luck", "--crowds", "12").out)
    assert "of those that brought the same a half" in shown
    mean, low, high = band.of("net_sales")
    assert data["metrics"]["net_sales"]["mean"] == pytest.approx(mean)
    assert data["metrics"]["net_sales"]["low"] == pytest.approx(low)
    assert data["metrics"]["net_sales"]["high"] == pytest.approx(high)


def test_the_best_line(stroll, saved, monkeypatch):
    monkeypatch.setattr("sim.console.why_luck.BUDGET", 150)
    answer = stroll("why", saved[0], "--best")
    assert answer.code == 4 and re.search("★", answer.out)
    assert "The best line known" in answer.out and "Still to be gained" in answer.out
    data = json.loads(stroll("why", saved[0], "--best", "--json").out)["best"]
    assert data["settled"] and data["regret"] == sorted(data["regret"], reverse=True)


def test_a_search_that_was_stopped_gives_no_stars_and_no_figures(stroll, saved, monkeypatch):
    def stopped(run, budget, progress):
        return next(best_lines(run, budget, every_minutes=5))

    monkeypatch.setattr("sim.console.why_luck.best_line", stopped)
    answer = stroll("why", saved[0], "--best")
    assert answer.code == 130 and not re.search("[★☆]", answer.out)
    assert "there are no stars" in one_line(answer.out)
    assert "none is clearly better" not in answer.out
    best = json.loads(stroll("why", saved[0], "--best", "--json").out)["best"]
    assert best["stars"] is None and not best["settled"] and None in best["regret"]
    shown = re.findall(r"(?m)^ *\d\d:\d\d *(.*?) *$", answer.out)
    assert [bool(row) for row in shown] == [gap is not None for gap in best["regret"]]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("x", "expected something like 40:patient:80"),
        ("5", "expected something like"),
        ("-5:patient", "expected something like"),
        ("99:patient", "no minute 99; it goes from 0 to 19"),
        ("5:patient:5", "cannot end at minute 5; it may from 6 to 20"),
        ("5:patient:21", "cannot end at minute 21"),
        ("5:patiemt", "did you mean patient?"),
        ("5:zzz", "there is no zzz. Tactics: Explaining and inviting (community)"),
        ("5:wool_coat:9", "leave the second minute out"),
        ("5:explain=60,answer=30", "add up to 90%"),
        ("5:explain=60,nix=40", "nix=40 is not an act"),
        ("5:explain=50,explain=50", "each act once"),
        ("5:no-answer", "no time for answer"),
    ],
)
def test_a_branch_that_cannot_be_is_one_sentence(stroll, saved, typed, told):
    answer = stroll("why", saved[0], f"--branch={typed}")
    assert answer.code == 2
    # what is said of the lesson of these tests stands before it
    *_, sentence = answer.err.splitlines()
    assert told in sentence and sentence.startswith("The value of --branch cannot be used:")
    assert answer.err.count("--branch") == 1
    chinese = stroll("why", saved[0], f"--branch={typed}", "--language", "zh").err
    assert CHINESE.search(chinese) and "{" not in chinese


def test_what_a_branch_may_be(run):
    terminal, tree = Terminal.open("en"), BranchTree.of(run)
    start = run.live_start_tick
    for typed, decision, stop in (
        ("5:patient", SetTactic("patient"), None),
        (" 5 : patient : 9 ", SetTactic("patient"), start + 54),
        ("5:hype", Perform("hype", 60), None),
        ("5:hype:8", Perform("hype", 180), start + 48),
        ("5:wool_coat", ShowProduct("wool_coat"), None),
        ("5:explain=60,answer=40", SetMix({"explain": 0.6, "answer": 0.4}), None),
    ):
        wish = read_wish(terminal, typed, tree)
        assert (wish.start, wish.decision, wish.stop) == (start + 30, decision, stop)
    mix = read_wish(terminal, "5:no-hype", tree).decision.mix
    assert "hype" not in mix and sum(mix.values()) == pytest.approx(1.0)


def test_nobody_by_that_number(stroll, saved):
    answer = stroll("why", saved[0], "--diary", "500")
    assert answer.code == 2 and "numbered from 0 to 499" in answer.err


def test_a_damaged_file_is_answered_and_exit_code_1(stroll, saved, tmp_path):
    lines = saved[0].read_bytes().splitlines(keepends=True)
    lines[-2] = lines[-2].replace(b'"tick":', b'"tock":')
    file = tmp_path / "damaged.jsonl"
    file.write_bytes(b"".join(lines))
    answer = stroll("why", file, "--ledger")
    assert answer.code == 1
    assert "The file is damaged" in answer.err and "By rule" in answer.out


def test_a_capsule_and_a_code_can_be_replayed(stroll, saved, tmp_path):
    answer = stroll("replay", saved[1])
    # the lesson of this test has the id of the shipped one and other numbers
    assert answer.code == 4 and "as the capsule says" in answer.out
    made = stroll("run", "first_stream", "--seed", "5", "--capsule", tmp_path / "c.capsule").err
    code = re.search(r"as a code: ([0-9A-Z-]+)", made)[1]
    again = stroll("replay", code.lower())
    assert again.code == 0 and "crowd 5" in again.out and "as the capsule says" in again.out
    once_more = stroll("run", "first_stream", "--capsule", tmp_path / "c.capsule")
    assert once_more.code == 2 and len(once_more.err.splitlines()) == 1


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_no_result_of_another_lesson_goes_without_a_word(stroll, saved, tmp_path, language):
    word = {"zh": "这台机器上的 first_stream", "en": "this is not the first_stream of this machine"}
    page, table = tmp_path / "r.html", tmp_path / "r.csv"
    line = ["--html", page, "--csv", table, "--crowds", "6", "--language", language]
    answer = stroll("report", saved[0], *line)
    assert answer.code == 4 and word[language] in answer.err
    assert word[language] in page.read_text("utf-8")
    with table.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["verified"], row["lesson"]) == ("other lesson", "other")
    answer = stroll("why", saved[0], "--luck", "--crowds", "6", "--language", language)
    assert answer.code == 4 and word[language] in answer.err
    data = stroll("why", saved[0], "--luck", "--crowds", "6", "--json")
    assert data.code == 4 and json.loads(data.out)["lesson"] == "other"


def test_a_run_of_the_lesson_as_it_is_here_is_simply_verified(stroll, tmp_path):
    run, table = tmp_path / "true.jsonl", tmp_path / "r.csv"
    assert stroll("run", "first_stream", "--journal", run).code == 0
    answer = stroll("report", run, "--csv", table)
    assert answer.code == 0 and "not the first_stream" not in answer.err
    with table.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["verified"], row["lesson"]) == ("yes", "same")


class TestReport:
    def test_a_page_and_both_tables(self, stroll, saved, tmp_path):
        page, runs, steps = (tmp_path / name for name in ("r.html", "r.csv", "d.csv"))
        line = ["--html", page, "--csv", runs, "--decisions", steps, "--crowds", "6"]
        answer = stroll("report", saved[0], *line)
        assert answer.code == 4 and answer.out == ""
        assert answer.err.count("Written to") == 3
        text = page.read_text(encoding="utf-8")
        assert "What the coach sees" in text and "The first live" in text
        with runs.open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        assert (row["run"], row["seed"]) == ("evening.jsonl", "3")
        with steps.open(encoding="utf-8-sig", newline="") as file:
            assert [row["what"] for row in csv.DictReader(file)] == ["rushed"]

    def test_several_runs_give_a_folder(self, stroll, saved, tmp_path):
        folder = tmp_path / "pages"
        line = [*saved, "--html", folder, "--crowds", "1", "--language", "zh"]
        assert stroll("report", *line).code == 4
        assert sorted(page.name for page in folder.iterdir()) == ["evening.html", "evening_2.html"]
        assert all("教练看到的" in page.read_text("utf-8") for page in folder.iterdir())

    def test_a_false_file_is_reported_as_what_it_is(self, stroll, saved, tmp_path):
        lines = saved[0].read_bytes().splitlines(keepends=True)
        lines[-2] = lines[-2].replace(b'"tick":', b'"tock":')
        (tmp_path / "false.jsonl").write_bytes(b"".join(lines))
        answer = stroll("report", tmp_path / "false.jsonl", "--csv", tmp_path / "r.csv")
        assert answer.code == 1 and "false.jsonl: The file is damaged" in answer.err
        assert ",no," in (tmp_path / "r.csv").read_text("utf-8")

    def test_a_place_that_cannot_be_written_is_one_sentence(self, stroll, saved, tmp_path):
        (tmp_path / "file").write_text("in the way")
        answer = stroll("report", saved[0], "--csv", tmp_path / "file" / "r.csv")
        *before, sentence = answer.err.splitlines()
        assert answer.code == 1 and "r.csv" in sentence
        assert all(line.startswith("evening.jsonl: ") for line in before)


def test_chinese_is_folded_where_readers_expect_it():
    text = "第 118 分钟，催单：没讲清楚就卖了，时间多花在造气氛上，亚麻衬衫退了回来（¥1,690）。好。"
    for width in range(12, 80):
        lines = folded(text, width, "zh").split("\n")
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(cell_len(line) <= width for line in lines)
        assert not any(line[0] in "，。：）、" or line[-1] in "（" for line in lines)
        assert any("¥1,690" in line for line in lines)
    assert folded("one two\nthree", 10, "en") == "one two\nthree"
