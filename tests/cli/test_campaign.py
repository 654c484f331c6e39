"""Campaigns in the terminal: policies are played, compared, written down and replayed."""

from __future__ import annotations

import html
import json
import re
import signal
import sys
import time

import pytest
import yaml
from rich.cells import cell_len

from sim import wording
from sim.play.batch import compare
from sim.play.campaign_figures import CAMPAIGN_METRICS
from sim.play.figures import METRICS
from sim.scenario import Scenario
from tests.cli.conftest import TOP

DAYS = 3


def written(folder, **changes):
    """The file of the thirty days, shorter and with few people."""
    text = (TOP / "scenarios" / "thirty_days.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    data |= {"shoppers": 60, "nights": 1, "claims": [], **changes}
    data["campaign"] |= {"days": DAYS, "policy": "account", "compare": ["account", "hard_sell"]}
    data["street_hours"] = {"opens": "19:40", "closes": "22:10"}
    data.pop("lesson", None)
    file = folder / "few_days.yaml"
    file.write_text(json.dumps({**data, "id": "few_days"}, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return written(tmp_path_factory.mktemp("campaign"))


@pytest.fixture(scope="module")
def saved(campaign, tmp_path_factory):
    """A journal and a capsule of a campaign, and its JSON."""
    from sim.console.campaign import run_campaign
    from sim.console.terminal import Terminal

    folder = tmp_path_factory.mktemp("saved")
    files = folder / "a.jsonl", folder / "a.capsule"
    scenario = Scenario.load(campaign)
    assert run_campaign(Terminal.open("en"), scenario, None, None, 3, True, *files) == 0
    return files


class TestRun:
    def test_the_scenarios_own_policy(self, stroll, campaign):
        answer = stroll("run", campaign, "--seed", "3")
        assert answer.code == 0
        assert "Account and stream as one · 3 days · crowd 3" in answer.out
        assert "The 3 days took" in answer.err
        for metric in CAMPAIGN_METRICS:
            assert wording.text(f"metrics.{metric}.name", "en") in answer.out
        assert wording.text("metrics.commenter_ratio.name", "en") not in answer.out
        assert max(cell_len(line.rstrip()) for line in answer.out.splitlines()) <= 80

    def test_json_is_what_compare_computes(self, stroll, campaign):
        answer = stroll("run", campaign, "--policy", "硬广加催单", "--seed", "3", "--json")
        data = json.loads(answer.out)
        assert (data["policy"], data["days"], data["finished"]) == ("hard_sell", DAYS, True)
        assert tuple(data["metrics"]) == (*METRICS, *CAMPAIGN_METRICS)
        alone = compare(Scenario.load(campaign), ["hard_sell"], seeds=[3]).values["hard_sell"]
        for name, value in data["metrics"].items():
            expected = float(alone[name][0])
            assert value == (None if expected != expected else pytest.approx(expected))

    def test_what_was_not_possible_is_said(self, stroll, tmp_path):
        file = written(tmp_path)
        data = json.loads(file.read_text(encoding="utf-8"))
        data["campaign"]["hours"] = 2  # a live takes them all, and the group its share
        file.write_text(json.dumps(data), encoding="utf-8")
        answer = stroll("run", file)
        said = " ".join(answer.out.split())
        assert answer.code == 0
        assert (
            "Day 2: the policy wanted" in said or "Days 2, 3 (2 in all): the policy wanted" in said
        )
        assert re.search(r"There are [\d.]+ hours left today, and this takes [\d.]+\.", said)
        told = json.loads(stroll("run", file, "--json", "--language", "zh").out)["refused"]
        assert told[0]["day"] == 2 and "小时" in told[0]["sentence"]
        assert told[0]["decision"]["kind"] in ("publish_note", "care_for_group", "plan_live")

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "Days 1, 2, 3 (3 in all): the policy wanted 1500 more of {title}, which was not "
                   "possible. The first time: There is ¥12.00 in hand, and this costs ¥{price}."),
            ("zh", "第 1、2、3 天（共 3 天），方案要补 1500 件{title}，没能做到。"
                   "第一次：账上有 ¥12.00，这批货要 ¥{price}。"),
        ],
    )  # fmt: skip
    def test_goods_that_could_not_be_paid_are_named(self, stroll, tmp_path, language, said):
        file = written(tmp_path)
        data = json.loads(file.read_text(encoding="utf-8"))
        data["campaign"]["cash"] = 12
        policies = Scenario.load(file).canonical()["policies"]
        name, policy = next((n, p) for n, p in policies.items() if p.get("restock"))
        policy["restock"] = {"below": 60_000, "units": 1500}
        for product in data["host"]["products"]:
            product["stock"] = 0
        data["campaign"] |= {"policy": name}
        folder = tmp_path / "policies.yaml"
        folder.write_text(
            json.dumps({"schema": 1, "policies": policies}, ensure_ascii=False), encoding="utf-8"
        )
        data["policies"] = "policies.yaml"
        file.write_text(json.dumps(data), encoding="utf-8")
        answer = stroll("run", file, "--language", language)
        product = Scenario.load(file).host.products[0]
        price = f"{1500 * product.cost:,.2f}"
        wanted = said.format(title=product.name.text(language), price=price)
        assert "".join(wanted.split()) in "".join(answer.out.split())

    @pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent there")
    def test_ctrl_c_shows_the_figures_so_far(self, start_stroll, tmp_path):
        file, journal = written(tmp_path, shoppers=30_000), tmp_path / "a.jsonl"
        process = start_stroll("run", file, "--journal", journal)
        while process.poll() is None and (
            not journal.exists() or b'"kind":"tick"' not in journal.read_bytes()
        ):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=120)
        assert process.returncode == 130, said
        assert "Stopped on day" in said and "Traceback" not in said and "Profit" in out


class TestCompare:
    def test_policies_side_by_side(self, stroll, campaign):
        answer = stroll("compare", campaign, "--crowds", "2", "--explain")
        assert answer.code == 0
        assert "every policy on the same 2 crowds" in answer.out
        for words in ("Account", "Hard", "Bought again", "who bought again"):
            assert words in " ".join(answer.out.split())
        assert max(cell_len(line.rstrip()) for line in answer.out.splitlines()) <= 80

    def test_json(self, stroll, campaign):
        answer = stroll("compare", campaign, "--crowds", "2", "--policies", "notes_only", "--json")
        data = json.loads(answer.out)
        assert list(data) == ["scenario", "engine", "crowds", "policies"]
        assert list(data["policies"]) == ["notes_only"]
        assert tuple(data["policies"]["notes_only"]) == (*METRICS, *CAMPAIGN_METRICS)
        assert data["policies"]["notes_only"]["visits"]["mean"] == 0

    @pytest.mark.parametrize("language", wording.LANGUAGES)
    def test_both_languages(self, stroll, campaign, language):
        answer = stroll("compare", campaign, "--crowds", "2", "--language", language)
        assert answer.code == 0
        for metric in CAMPAIGN_METRICS:
            assert wording.text(f"metrics.{metric}.name", language) in answer.out


class TestSlips:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["run", "--tactic", "patient"], "use --policy"),
            (["compare", "--tactics", "patient"], "use --policies"),
            (["run", "--policy", "acount"], "did you mean account"),
            (["run", "--policy", "account,hard_sell"], "2 were named"),
            (["compare", "--policies", ","], "no policy was named"),
        ],
    )
    def test_one_plain_sentence(self, stroll, campaign, arguments, said):
        answer = stroll(arguments[0], campaign, *arguments[1:])
        assert answer.code == 2 and answer.out == ""
        assert said in answer.err and answer.err.count("\n") == 1

    def test_an_evening_has_no_policies(self, stroll, lesson):
        for arguments in (["run", "--policy"], ["compare", "--policies"]):
            answer = stroll(arguments[0], lesson, arguments[1], "account")
            assert answer.code == 2 and "one evening" in answer.err


class TestSaved:
    def test_replay_verifies_and_shows_all_figures(self, stroll, saved):
        for file in saved:
            answer = stroll("replay", file)
            assert answer.code == 4, answer.err  # true, of a lesson that no folder here holds
            assert "Lives:" in answer.out and "Sold to fans" in answer.out

    @pytest.mark.parametrize("language", wording.LANGUAGES)
    @pytest.mark.parametrize("option", ["--coach", "--best"])
    def test_what_weeks_are_too_long_for_is_declined_at_once(self, stroll, saved, language, option):
        for file in saved:
            answer = stroll("why", file, option, "--language", language)
            assert answer.code == 1 and answer.out == "" and answer.err.count("\n") == 1
            assert str(DAYS) in answer.err
            assert file.name in answer.err

    @pytest.mark.parametrize("language", wording.LANGUAGES)
    def test_weeks_stand_beside_the_policies(self, stroll, saved, campaign, language):
        answer = stroll("why", saved[0], "--language", language)
        assert answer.code == 4, answer.err
        for name in ("account", "hard_sell"):
            title = Scenario.load(campaign).policies[name].title.text(language)
            assert title in answer.out
        assert "--branch" in answer.out and "--ledger" in answer.out
        told = json.loads(stroll("why", saved[1], "--json").out)
        assert len(told["weeks"]["weeks"]) == 1 and set(told["weeks"]["policies"]) == {
            "account", "hard_sell"
        }  # fmt: skip
        assert len(told["weeks"]["days"]) >= DAYS

    def test_days_lived_otherwise_with_ledger_diary_and_luck(self, stroll, saved):
        asked = ("--branch", "2:hard_sell", "--branch", "1:account:3", "--ledger", "--luck")
        answer = stroll("why", saved[0], *asked, "--crowds", 2, "--diary", 0, "--json")
        assert answer.code == 4, answer.err
        told = json.loads(answer.out)
        other, same = told["branches"]
        assert other["change"] == {
            "kind": "policy", "what": "hard_sell", "first_day": 2, "last_day": DAYS
        }  # fmt: skip
        assert other["verdict"]["crowds"] == same["verdict"]["crowds"] == 2
        # the saved run was lived by this very policy, so nothing is otherwise
        assert same["fates"] == [] and same["metrics"] == told["metrics"]
        assert "rule" in told["ledger"] and told["luck"]["crowds"] == 2
        assert told["diary"]["shopper"] == 0

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("account", "12:account:18"),
            ("0:account", "no day 0"),
            ("9:account", f"go from 1 to {DAYS}"),
            ("2:account:1", "cannot end on day 1"),
            ("1:acount", "did you mean account"),
            ("1:no-sleep", "no-live"),
        ],
    )
    def test_a_mistyped_day_gets_one_sentence(self, stroll, saved, typed, said):
        answer = stroll("why", saved[0], "--branch", typed, "--json")
        assert answer.code == 2 and said in answer.err.splitlines()[-1]

    @pytest.mark.parametrize("language", wording.LANGUAGES)
    def test_a_page_of_weeks(self, stroll, saved, tmp_path, language):
        page = tmp_path / "a.html"
        answer = stroll("report", saved[0], "--html", page, "--language", language)
        assert answer.code == 4, answer.err
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text and "http" not in text.replace("http-equiv", "")
        for key in ("by_day", "weeks", "rivals", "money", "account", "ledger", "days"):
            assert html.escape(wording.text(f"weeks.{key}.heading", language)) in text

    def test_policies_compared_as_a_page(self, stroll, campaign, tmp_path):
        page = tmp_path / "b.html"
        answer = stroll("compare", campaign, "--crowds", 2, "--html", page)
        text = page.read_text(encoding="utf-8")
        assert answer.code == 0 and "policies compared" in text and "Members" in text

    def test_tables_hold_what_was_planned(self, stroll, saved, tmp_path):
        runs, decisions = tmp_path / "runs.csv", tmp_path / "decisions.csv"
        answer = stroll("report", *saved, "--csv", runs, "--decisions", decisions)
        assert answer.code == 4, answer.err
        assert len(runs.read_text(encoding="utf-8-sig").splitlines()) == 3
        text = decisions.read_text(encoding="utf-8-sig")
        assert ",plan_live,starts=20:00 minutes=120," in text
        assert ",publish_note,format=look products=linen_shirt looks=5 pinned=yes," in text

    def test_size_on_disk(self, saved):
        # a line an hour, not one a minute: thirty days stay far below what a journal may hold
        journal, capsule = saved
        assert journal.stat().st_size < 100_000
        assert capsule.stat().st_size < 10_000
