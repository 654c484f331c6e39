"""The instructor's page in a real browser: laptop and phone, both languages, keyboard alone."""

import pytest

from tests.classroom.browser import chromium, needs_browser
from tests.classroom.screen_line import page_of, screen
from tests.classroom.snapshots import ODD_NAMES, console_view, preview

pytestmark = needs_browser

LAPTOP, PHONE = (1280, 800), (360, 740)
LOCKED = [{"type": "refused", "id": 0, "key": "login", "text": "pin"}]


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


def states(language):
    """What the instructor sees, by name."""
    for phase in ("lobby", "brief", "bets", "deciding", "computed", "night", "debrief", "over"):
        yield phase, console_view(phase, language)
    yield "nobody", console_view("lobby", language, seats=0, people={})
    yield "timer", console_view("deciding", language, seats=40, seconds_left=75.0)
    yield "computing", console_view("computed", language, computing={"done": 3, "total": 40})
    yield "duel", console_view("debrief", language, scene="duel", duel=[1, 4])
    yield "practice", console_view("deciding", language, practice=True, paused=True)
    problem = "The disk is full." if language == "en" else "磁盘满了。"
    yield "problem", console_view("deciding", language, problem=problem)
    settings = {**console_view("lobby", language)["settings"], "pacing": "timer",
                "ranking": "top", "weights": {"goal": 50.0, "bets": 50.0}}  # fmt: skip
    yield (
        "settings",
        console_view("debrief", language, settings=settings, preview=preview(language)),
    )
    working = {"done": 0, "total": 1, "rows": []}
    yield "preview working", console_view("lobby", language, preview=working)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_everything_fits_and_can_be_read(browser, size, language):
    with screen(browser, "console", language, size) as console:
        wrong = {}
        for name, view in states(language):
            console.show(view)
            console.page.evaluate(
                "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
            )
            console.settle()
            wrong[name] = console.slips() + console.poor_names()
        assert {name: slips for name, slips in wrong.items() if slips} == {}


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_table_of_seats_needs_no_sideways_scrolling(browser, size):
    for language in ("zh", "en"):
        with screen(browser, "console", language, size) as console:
            console.show(console_view("deciding", language))
            room = console.page.evaluate(
                "() => { const box = document.querySelector('.seats .table-holder');"
                " return box.clientWidth - box.scrollWidth; }"
            )
            assert room >= 0


def test_the_page_runs_nothing_of_others():
    page = page_of("console")
    assert "unsafe" not in page.policy
    for way in (b"innerHTML", b"outerHTML", b"insertAdjacentHTML", b"document.write", b"eval("):
        assert way not in page.plain
    text = page.plain.decode("utf-8")
    assert " onclick=" not in text and " style=" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_way_in(browser, size, language):
    with screen(browser, "console", language, size) as console:
        console.first = LOCKED
        console.page.reload()
        console.page.wait_for_selector("input[name=pin]")
        console.settle()
        assert console.slips() == [] and console.poor_names() == []
        console.page.keyboard.press("Tab")
        console.page.focus("input[name=pin]")
        console.page.keyboard.type("111111")
        console.page.keyboard.press("Enter")
        console.page.wait_for_selector("#wrong")
        assert console.page.inner_text("#wrong") == "<b>no</b>"
        console.page.fill("input[name=pin]", "482915")
        console.page.keyboard.press("Enter")
        console.page.wait_for_function("() => !document.querySelector('input[name=pin]')")
        console.show(console_view("lobby", language))
        assert console.logins == [{"pin": "111111"}, {"pin": "482915"}]


def test_it_says_that_it_is_not_for_the_projector(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.show(console_view("lobby", "en"))
        assert "do not project this page" in console.page.inner_text(".private")
        link = console.page.get_by_role("link", name="Open the board")
        assert link.get_attribute("href") == "/board?key=k"
        assert "noopener" in link.get_attribute("rel")


def press(console, name, key="Enter"):
    """Press a button by keyboard alone."""
    console.page.get_by_role("button", name=name, exact=False).first.focus()
    console.page.keyboard.press(key)
    console.settle()


def test_what_the_buttons_ask_for(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.show(console_view("deciding", "en", can_redo=True, redo_text="x", redo_target=40))
        press(console, "Close round 2 (3 not ready")
        press(console, "Pause for talk")
        press(console, "Undo")
        press(console, "Redo")
        press(console, "Let a stand-in decide for 小鹿")
        press(console, "Remove Mia")
        press(console, "Re-admit Student 10")
        console.show(console_view("computed", "en", paused=True))
        press(console, "Repeat this round")
        press(console, "Go on")
        console.page.get_by_role("radio", name="Luck").focus()
        console.page.keyboard.press("Space")
        console.settle()
        assert console.acts() == [
            {"do": "next", "phase": "deciding", "round": 1},
            {"do": "pause", "on": True},
            {"do": "undo", "target": 41},
            {"do": "redo", "target": 40},
            {"do": "stand_in", "seat": 3, "on": True},
            {"do": "remove", "seat": 8},
            {"do": "readmit", "seat": 10},
            {"do": "repeat_round"},
            {"do": "pause", "on": False},
            {"do": "scene", "scene": "luck"},
        ]


def test_every_control_is_reached_by_tab_and_shows_where_it_is(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.show(console_view("debrief", "en", seats=4, scene="duel", duel=[1, 2]))
        page = console.page
        page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
        # of radio buttons that belong together, Tab reaches one
        wanted = page.evaluate(
            """() => { const seen = new Set(); let count = 0;
            const controls = 'button, input, select, a[href], summary';
            for (const node of document.querySelectorAll(controls)) {
                if (node.disabled || !node.getClientRects().length) continue;
                const many = node.type === 'radio';
                if (many && seen.has(node.name)) continue;
                if (many) seen.add(node.name);
                count += 1;
            } return count; }"""
        )
        reached, bare = set(), []
        for _ in range(wanted + 12):
            page.keyboard.press("Tab")
            told = page.evaluate(
                """() => { const node = document.activeElement;
                if (!node || node === document.body) return null;
                const ringed = node.type === 'radio' ? node.nextElementSibling : node;
                node.reached = node.reached || Math.random();
                return [node.reached, getComputedStyle(ringed).outlineStyle,
                    node.outerHTML.slice(0, 80),
                    node.matches('button, input, select, a[href], summary')]; }"""
            )
            if told is None:
                continue
            if told[3]:
                reached.add(told[0])
            if told[1] == "none":
                bare.append(told[2])
        assert len(reached) == wanted and bare == []


def test_two_taps_ask_once(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.show(console_view("deciding", "en"))
        button = console.page.locator(".act.big")
        button.dispatch_event("click")
        button.dispatch_event("click")
        console.settle()
        # the second one meets a button that waits, or one that names where the class stood
        assert all(act == {"do": "next", "phase": "deciding", "round": 1} for act in console.acts())


def test_settings_are_sent_one_by_one(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        settings = {**console_view("lobby", "en")["settings"], "pacing": "timer", "ranking": "top"}
        console.show(console_view("lobby", "en", settings=settings))
        console.page.locator("[data-section=settings] summary").click()
        page = console.page
        page.get_by_label("When all are ready").check(force=True)
        page.get_by_label("they catch up from the first").check(force=True)
        page.locator("label.option", has_text="shown").locator("input").check(force=True)
        page.get_by_label("on each phone only").check(force=True)
        page.get_by_label("Time a round").fill("120")
        page.keyboard.press("Tab")
        page.get_by_label("How many").fill("5")
        page.keyboard.press("Enter")
        page.get_by_label("Good bets").fill("30")
        page.keyboard.press("Tab")
        page.get_by_label("Time a round").fill("3")
        assert "from 10 to 3600" in page.locator("[role=alert]").inner_text()
        page.keyboard.press("Tab")
        console.settle()
        usual = {"goal": 40, "return_rate": 15, "followers": 15, "trust": 10, "bets": 30, "own": 10}
        assert [act["settings"] for act in console.acts()] == [
            {"pacing": "ready"}, {"late": "fresh"}, {"names_shown": True},
            {"ranking": "private"}, {"seconds": 120}, {"top": 5}, {"weights": usual},
        ]  # fmt: skip


def test_seats_are_sorted_and_filtered_by_keyboard(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.show(console_view("deciding", "en", seats=12))
        page = console.page
        numbers = lambda: [int(t) for t in page.locator("tbody .col-number").all_text_contents()]  # noqa: E731
        assert numbers() == list(range(1, 13))
        press(console, "No.")
        assert numbers() == list(range(12, 0, -1))
        assert page.locator("th.col-number").get_attribute("aria-sort") == "descending"
        press(console, "Status")
        assert numbers()[:3] == [4, 8, 12]
        page.get_by_label("Which").select_option("absent")
        console.settle()
        assert numbers() == [5]
        page.get_by_label("Which").select_option("all")
        page.get_by_label("Find").fill("mia")
        console.settle()
        assert numbers() == [8]
        # what somebody typed stays when the class moves on
        console.show(console_view("deciding", "en", seats=13))
        assert numbers() == [8] and page.get_by_label("Find").input_value() == "mia"
        page.get_by_label("Find").fill("nobody of this name")
        console.settle()
        assert "Nobody fits" in page.inner_text("tbody")


def test_names_stay_text(browser):
    with screen(browser, "console", "zh", LAPTOP) as console:
        console.show(console_view("debrief", "zh", scene="duel", duel=[1, 2]))
        names = console.page.locator("tbody .col-name").all_text_contents()
        assert names[: len(ODD_NAMES)] == list(ODD_NAMES)
        assert console.page.locator("#console script, #console img").count() == 0


def test_irreversible_things_ask_and_can_be_left(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.show(console_view("debrief", "en"))
        page = console.page
        page.locator("[data-section=delete] summary").click()
        press(console, "Delete…")
        dialog = page.get_by_role("alertdialog")
        assert dialog.is_visible() and console.slips() == []
        for _ in range(7):
            page.keyboard.press("Tab")
            assert page.evaluate("() => Boolean(document.activeElement.closest('.dialog'))")
        page.keyboard.press("Escape")
        console.settle()
        assert not dialog.is_visible()
        page.wait_for_function("() => document.activeElement.textContent.includes('Delete')")
        press(console, "Delete…")
        assert page.get_by_role("button", name="Delete for good").is_disabled()
        page.get_by_label("Type the class code").fill("7kq2mb")
        console.settle()
        page.keyboard.press("Enter")
        page.wait_for_selector("text=The data of this class is deleted")
        assert console.acts() == [{"do": "delete", "confirm": "7kq2mb"}]


def test_practice_is_reset_after_a_question(browser):
    with screen(browser, "console", "en", PHONE) as console:
        console.show(console_view("lobby", "en"))
        console.page.locator("[data-section=practice] summary").click()
        press(console, "Start a practice")
        console.show(console_view("deciding", "en", practice=True))
        press(console, "End the practice and reset")
        assert console.acts() == [{"do": "practice"}]
        console.page.get_by_role("button", name="Reset", exact=True).click()
        console.settle()
        assert console.acts() == [{"do": "practice"}, {"do": "reset"}]


def test_a_refusal_is_told_and_can_be_closed(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.answers["next"] = {"type": "refused", "key": "moved_on", "text": "<i>moved on</i>"}
        console.show(console_view("deciding", "en"))
        press(console, "Close round 2")
        console.page.wait_for_selector(".notice.bad")
        assert "<i>moved on</i>" in console.page.inner_text(".notice.bad")
        press(console, "Close this message")
        assert console.page.locator(".notice").count() == 0


def test_a_lost_line_stops_every_button_until_it_is_back(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.show(console_view("deciding", "en"))
        console.lines[-1].close()
        console.page.wait_for_selector(".notice.bad")
        assert console.page.locator(".act.big").is_disabled()
        console.page.wait_for_function("() => !document.querySelector('.notice.bad')")
        console.show(console_view("deciding", "en"))
        assert console.page.locator(".act.big").is_enabled() and console.acts() == []


def test_the_preview_and_the_duel(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.show(console_view("lobby", "en"))
        console.page.locator("[data-section=preview] summary").click()
        press(console, "Run a preview")
        console.show(console_view("debrief", "en", scene="duel", preview=preview("en")))
        table = console.page.locator("[data-section=preview] table")
        assert "¥3,500–¥5,000" in table.inner_text() and table.locator("tbody tr").count() == 7
        press(console, "Show both")
        console.show(console_view("debrief", "en", scene="duel", duel=[1, 2]))
        console.page.get_by_label("Right").select_option("6")
        console.settle()
        assert console.acts() == [
            {"do": "preview"},
            {"do": "scene", "scene": "duel", "duel": [1, 2]},
            {"do": "scene", "scene": "duel", "duel": [1, 6]},
        ]


def test_downloads_are_links_of_this_server(browser):
    with screen(browser, "console", "en", LAPTOP) as console:
        console.show(console_view("over", "en"))
        console.page.locator("[data-section=downloads] summary").click()
        links = console.page.locator(".links a")
        made = ("report.html", "report.csv", "decisions.csv", "capsules.zip")
        for names in ("yes", "no"):
            console.page.get_by_label(
                "with names" if names == "yes" else "without names", exact=True
            ).check(force=True)
            console.settle()
            assert [links.nth(n).get_attribute("href") for n in range(links.count())] == [
                *(f"/console/{name}?language=en&names={names}" for name in made),
                "/console/class.strollclass",
            ]
        assert all(links.nth(n).get_attribute("target") == "_blank" for n in range(links.count()))
