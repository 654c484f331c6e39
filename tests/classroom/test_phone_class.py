"""Phones in a class that is going on: real browsers, the real server, both languages."""

from __future__ import annotations

import pytest

from sim import wording
from sim.classroom.pages import build_page
from sim.classroom.serve import ClassServer
from sim.classroom.store import ClassStore
from sim.paths import assets_folder
from sim.scenario import Scenario
from tests.classroom.browser import chromium, needs_browser, opened, overflow
from tests.classroom.conftest import CODE, PIN

pytestmark = needs_browser

# Enough people that somebody asks, buys and would have done otherwise.
CROWD = {"shoppers": 900, "live.minutes": 40, "nights": 4}
COMPUTED = 120_000  # milliseconds; how long a round takes is no matter here


def told(key, language, **values):
    return wording.text(f"class_phone.{key}", language, **values)


def says(page, text, inside="main"):
    page.locator(inside, has_text=text).first.wait_for(timeout=COMPUTED)


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages():
    """The phone's page; the others are nothing to these tests."""
    page = build_page(assets_folder() / "classroom", "phone.html")
    return dict.fromkeys(("phone", "board", "console"), page)


@pytest.fixture
def class_server(serve, pages, class_path):
    """A class of two rounds on a crowd that is large enough; settings may be given."""

    def start(scenario="first_stream", changes=CROWD, **settings):
        scene = Scenario.load(scenario).with_changes(changes)
        settings = {"mode": "same", "rounds": 2, **settings}
        store = ClassStore.create(class_path, scene.canonical(), 7, CODE, "", settings)
        return serve(store, pages=pages)

    return start


@pytest.fixture
def instructor(teach):
    """Does one act after another: instructor(server)("next")."""

    def start(server):
        console = teach(server)

        def act(do, **fields):
            answer = console.ask("act", do=do, **fields)
            assert answer["type"] == "ack", answer

        return act

    return start


@pytest.fixture
def phone(browser):
    """A phone at a class's address, closed at the end."""
    contexts = []

    def open_phone(server, language="zh", **more):
        context = opened(browser, server.url, language, **more)
        page = context.__enter__()
        contexts.append(context)
        return page

    yield open_phone
    for context in contexts:
        context.__exit__(None, None, None)


def come_in(page, name, pin="4826"):
    page.fill("#name", name)
    page.fill("#pin", pin)
    page.click(".foot .main")
    page.wait_for_selector(".crowd")


def decide(page, number):
    """Chooses a tactic by its place in the list, is ready, and waits until that is kept."""
    page.wait_for_selector(".tactics", timeout=COMPUTED)
    page.click(f".tactics .option >> nth={number}")
    page.click(".foot .main")
    page.wait_for_selector(".foot .done")
    page.wait_for_selector(".saved-line.saved")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whole_class_on_one_phone(class_server, instructor, phone, language):
    server = class_server()
    act = instructor(server)
    page = phone(server, language)
    come_in(page, "小林")
    assert page.inner_text(".digest") == server.room.crowd_digest[:8]
    act("next")
    page.wait_for_selector(".lines")
    assert page.locator(".lines li").count() == 5
    act("next")
    page.wait_for_selector(".bet")
    page.locator("[role=slider]").nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.click(".foot .main")
    page.wait_for_selector(".saved-line.saved")
    page.reload()
    says(page, told("bets.done", language), ".foot")
    assert page.locator(".touched").count() == 1

    act("next")
    decide(page, 1)
    act("next")
    says(page, told("last.heading_now", language))
    assert page.locator(".figures tbody tr").count() >= 3
    act("next")
    decide(page, 3)
    page.reload()  # in the middle of a round that is decided
    page.wait_for_selector(".foot .done")
    assert page.locator(".tactics .option >> nth=3").get_attribute("aria-checked") == "true"
    act("next")
    says(page, told("last.heading_now", language))
    act("next")
    page.wait_for_selector(".nights li", timeout=COMPUTED)
    act("next")
    page.wait_for_selector("#tab-result", timeout=COMPUTED)
    page.click("#tab-rounds")
    page.locator(".round-row").nth(1).wait_for()
    assert page.locator(".round-row").count() == 2
    page.click("#tab-bets")
    page.wait_for_selector(".scored", timeout=COMPUTED)
    assert page.locator(".scored").count() == 1

    page.click("#tab-whatif")
    page.click(".segments .option >> nth=1")
    page.click(".pairs .option >> nth=0")
    page.click(".foot .main")
    page.wait_for_selector(".fate", timeout=COMPUTED)
    assert overflow(page) == []
    page.click(".fate >> nth=0")
    page.wait_for_selector(".diary-side.branch li", timeout=COMPUTED)
    assert page.locator(".entry-only").count() > 0
    assert overflow(page) == []
    page.click(".languages [aria-pressed=false]")
    other = "en" if language == "zh" else "zh"
    says(page, told("diary.mine", other))
    page.click(".foot .button")
    page.click("#tab-keep")
    page.wait_for_selector(".capsule, .card", timeout=COMPUTED)
    act("next")
    says(page, told("over.heading", other))


def test_another_phone_comes_back_by_name_and_pin(class_server, instructor, phone):
    server = class_server()
    act = instructor(server)
    old = phone(server, "zh")
    come_in(old, "小林", "7391")
    for _ in range(3):
        act("next")
    decide(old, 2)
    new = phone(server, "en")
    new.fill("#name", "小林")
    new.fill("#pin", "7391")
    new.click(".foot .main")
    says(new, told("refused.name_taken", "en"))
    new.click("text=" + told("join.back", "en"))
    new.fill("#pin", "7392")
    new.click(".foot .main")
    says(new, told("refused.wrong_pin", "en"))
    new.fill("#pin", "7391")
    new.click(".foot .main")
    new.wait_for_selector(".foot .done")
    assert new.locator(".tactics .option >> nth=2").get_attribute("aria-checked") == "true"
    says(old, told("elsewhere.heading", "zh"))
    assert server.count() == 1


def test_a_server_that_was_killed_and_started_again(
    class_server, serve, pages, class_path, instructor, phone
):
    server = class_server()
    port = server.port
    act = instructor(server)
    page = phone(server, "zh")
    come_in(page, "小林")
    for _ in range(3):
        act("next")
    decide(page, 1)
    server.stop()
    page.wait_for_selector(".banner")
    page.click(".foot .done")  # changes their mind while nobody listens
    page.click(".tactics .option >> nth=4")
    page.wait_for_selector(".saved-line.unsent")
    again = ClassServer(
        ClassStore.open(class_path), pin=PIN, port=port, address="127.0.0.1", pages=pages
    )
    again.start()
    try:
        assert again.port == port
        page.wait_for_selector(".saved-line.saved", timeout=COMPUTED)
        assert page.locator(".banner").count() == 0
        draft = again.room.state.seats[1].draft
        assert draft.tactic == again.scenario.choices[4]
        assert not again.room.state.seats[1].ready
    finally:
        again.stop()


def test_removed_and_let_in_again(class_server, instructor, phone):
    server = class_server()
    act = instructor(server)
    page = phone(server, "en")
    come_in(page, "Lin")
    act("remove", seat=1)
    says(page, told("removed.heading", "en"))
    act("readmit", seat=1)
    page.wait_for_selector(".crowd")


def test_eyes_on_the_front(class_server, instructor, phone):
    server = class_server()
    act = instructor(server)
    page = phone(server, "en")
    come_in(page, "Lin")
    for _ in range(3):
        act("next")
    page.wait_for_selector(".tactics", timeout=COMPUTED)
    act("pause", on=True)
    says(page, told("wait.eyes", "en"))
    act("pause", on=False)
    page.wait_for_selector(".tactics")


def test_who_comes_late_plays_the_rounds_before(class_server, instructor, phone):
    server = class_server(late="fresh")
    act = instructor(server)
    first = phone(server, "zh")
    come_in(first, "小林")
    for _ in range(3):
        act("next")
    decide(first, 0)
    act("next")
    says(first, told("last.heading_now", "zh"))
    act("next")
    late = phone(server, "en")
    late.fill("#name", "Late")
    late.fill("#pin", "4826")
    late.click(".foot .main")
    late.wait_for_selector(".tactics", timeout=COMPUTED)
    says(late, told("seat.late_fresh", "en", rounds=1))
    says(late, told("round.of", "en", round=1, rounds=2), ".strip")
    late.click(".tactics .option >> nth=1")
    late.click(".foot .main")  # nobody to wait for: it goes on at once
    says(late, told("round.of", "en", round=2, rounds=2), ".strip")


def test_a_class_that_votes(class_server, instructor, phone):
    server = class_server(mode="vote")
    act = instructor(server)
    page = phone(server, "en")
    come_in(page, "Lin")
    says(page, told("lobby.crowd_vote", "en"))
    for _ in range(3):
        act("next")
    page.wait_for_selector(".tactics", timeout=COMPUTED)
    says(page, told("decide.heading_vote", "en"))
    for _ in range(2):
        decide(page, 0)
        act("next")
        says(page, told("last.heading_now", "en"))
        act("next")
    page.wait_for_selector(".nights", timeout=COMPUTED)
    act("next")
    page.wait_for_selector("#tab-rounds", timeout=COMPUTED)
    page.click("#tab-rounds")
    says(page, "Your vote")


def test_days_of_an_account(class_server, instructor, phone):
    changes = {"shoppers": 150, "campaign.days": 6}
    server = class_server("thirty_days", changes)
    act = instructor(server)
    page = phone(server, "zh")
    come_in(page, "小林")
    while server.phase() != "deciding":
        act("next")
    decide(page, 1)
    act("next")
    says(page, told("last.heading_now", "zh"))
    assert overflow(page) == []
    act("next")
    decide(page, 0)
    act("next")
    says(page, told("last.heading_now", "zh"))
    act("next")
    if server.phase() == "night":
        page.wait_for_selector(".night-net", timeout=COMPUTED)
        act("next")
    page.wait_for_selector("#tab-result", timeout=COMPUTED)
    assert overflow(page) == []
    page.click("#tab-whatif")
    page.click(".pairs .option:not(.on) >> nth=0")
    page.click(".foot .main")
    page.wait_for_selector(".figures", timeout=COMPUTED)
    assert overflow(page) == []


def test_shops_on_one_street(class_server, instructor, phone):
    server = class_server(mode="shared", shops=2)
    act = instructor(server)
    page, other = phone(server, "zh"), phone(server, "en")
    come_in(page, "小林")
    come_in(other, "Mia")
    says(page, told("lobby.street", "zh", street=1))
    for _ in range(3):
        act("next")
    for _ in range(2):
        decide(page, 0)
        decide(other, 2)
        act("next")
        for each, language in ((page, "zh"), (other, "en")):
            says(each, told("last.heading_now", language))
        act("next")
    page.wait_for_selector(".night-net", timeout=COMPUTED)
    act("next")
    page.wait_for_selector("#tab-whatif", timeout=COMPUTED)
    page.click("#tab-whatif")
    page.click(".pairs .option:not(.on) >> nth=0")
    page.click(".foot .main")
    page.wait_for_selector(".figures", timeout=COMPUTED)
    assert overflow(page) == []
