"""The phone page in a real browser, towards a line that stands in for the server."""

from __future__ import annotations

import pytest

from tests.classroom import phone_views as views
from tests.classroom.browser import chromium, faint, needs_browser, opened, overflow, poor_controls
from tests.classroom.phone_line import phone_line

pytestmark = needs_browser

BOTH = pytest.mark.parametrize("language", ["zh", "en"])
TABS = ("result", "rounds", "whatif", "bets", "keep")


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def line():
    with phone_line() as found:
        found.show(views.lobby)
        yield found


@pytest.fixture
def phone(browser, line):
    """Opens the page in a language; `seated` phones have joined."""
    contexts = []

    def open_phone(language="zh", seated=True, **more):
        context = opened(browser, f"{line.address}/j/{line.code}", language, **more)
        page = context.__enter__()
        contexts.append(context)
        page.wait_for_selector("#name")
        if seated:
            page.fill("#name", views.NAME)
            page.fill("#pin", "4826")
            page.click(".foot .main")
            page.wait_for_selector(".digest")
        return page

    yield open_phone
    for context in contexts:
        context.__exit__(None, None, None)


def show(line, page, view, selector):
    line.show(view)
    page.wait_for_selector(selector)


def told(key, language, **values):
    from sim import wording

    return wording.text(f"class_phone.{key}", language, **values)


def eventually(locator):
    from playwright.sync_api import expect

    return expect(locator)


def says(page, text, inside="body"):
    """Waits until the page says so; its policy lets no expression of ours run in it."""
    page.locator(inside, has_text=text).first.wait_for()


def check(page, what):
    """Nothing is cut off, nothing faint, every control has a name and is fit for a thumb."""
    assert overflow(page) == [], what
    assert faint(page) == [], what
    assert poor_controls(page) == [], what
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) == [], f"{what}, narrow"
    page.set_viewport_size({"width": 360, "height": 740})


# -- how it looks ----------------------------------------------------------------------------------
_SIGN = {
    "lobby": ".crowd", "brief": ".lines", "bets": ".bet", "campaign": ".tactics",
    "computing": ".progress", "computed": ".curve", "paused": ".eyes", "night": ".nights",
    "removed": ".tall", "over": ".tall",
}  # fmt: skip


@BOTH
def test_every_phase_fits_can_be_read_and_pressed(line, phone, language):
    page = phone(language, seated=False)
    check(page, "joining")
    page.fill("#name", views.NAME)
    page.fill("#pin", "12")
    page.click(".foot .main")
    page.wait_for_selector(".problem")
    check(page, "a refusal")
    page.fill("#pin", "4826")
    page.click(".foot .main")
    page.wait_for_selector(".crowd")
    for phase, selector in _SIGN.items():
        show(line, page, views.PHASES[phase], selector)
        check(page, phase)
    show(line, page, lambda tongue: {**views.brief(tongue), "practice": True}, ".practice-ribbon")
    check(page, "practice")


@BOTH
def test_deciding_fits_with_everything_open(line, phone, language):
    page = phone(language)
    show(line, page, views.deciding, ".tactics")
    check(page, "deciding")
    page.click(".tactics .option >> nth=4")
    for name in ("room", "product", "act", "answers"):
        page.click(f"[aria-controls=fold-{name}]")
    page.click("#fold-act .option >> nth=5")
    for number in range(5):
        page.click(f"#fold-answers .option >> nth={number}")
    page.wait_for_selector("#fold-answers .option:disabled")
    check(page, "deciding, all open")
    page.click(".foot .main")
    page.wait_for_selector(".foot .done")
    check(page, "decided")
    line.cut()
    line.refuses_lines = True
    page.wait_for_selector(".banner")
    check(page, "no line")


@BOTH
def test_the_debrief_fits(line, phone, language):
    line.results = {"branch": views.branch, "diary": views.diary}
    page = phone(language)
    show(line, page, views.debrief, "#tab-result")
    for tab in TABS:
        page.click(f"#tab-{tab}")
        page.wait_for_selector(f"#tab-{tab}.on")
        check(page, tab)
    page.click("#tab-whatif")
    page.click(".pairs .option >> nth=1")
    page.click(".foot .main")
    page.wait_for_selector(".fate")
    check(page, "a branch")
    page.click(".fate >> nth=0")
    page.wait_for_selector(".diary-side.branch li")
    check(page, "two diaries")


def test_main_buttons_lie_where_a_thumb_is(line, phone):
    page = phone()
    for view, selector in ((views.bets, ".bet"), (views.deciding, ".tactics")):
        show(line, page, view, selector)
        box = page.locator(".foot .button").bounding_box()
        assert box["y"] > 740 - 200
        assert box["y"] + box["height"] <= 740
        assert box["height"] >= 48


def test_reduced_motion_stands_still(phone):
    page = phone(reduced_motion="reduce")
    moving = "getComputedStyle(document.querySelector('.walker')).animationName"
    assert page.evaluate(moving) == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) == "stroll"


def test_names_are_text_and_nothing_else(line, phone):
    page = phone("en")
    assert page.inner_text(".bar-name") == views.NAME
    assert page.locator("main b").count() == 0

    def nasty(language):
        view = views.computed(language)
        view["last"]["said"] = ["<img src=x onerror=alert(1)>", "{name} ${1} &lt;"]
        return view

    show(line, page, nasty, ".happened")
    said = page.locator(".happened li").all_inner_texts()
    assert said == ["<img src=x onerror=alert(1)>", "{name} ${1} &lt;"]
    assert page.locator("main img").count() == 0


# -- coming in -------------------------------------------------------------------------------------
def test_opening_the_page_takes_no_seat(line, phone):
    page = phone(seated=False)
    line.wait_for(lambda: line.hellos)
    page.reload()
    page.wait_for_selector("#name")
    assert {message["type"] for message in line.said} == {"hello"}


@BOTH
def test_refusals_of_joining_say_what_to_do(line, phone, language):
    line.known["小林"] = "7391"
    page = phone(language, seated=False)
    problem = page.locator(".problem")
    page.click(".foot .main")
    eventually(problem).to_have_text(told("refused.name_empty", language))
    page.fill("#name", "小林")
    page.fill("#pin", "７3a")
    eventually(page.locator("#pin")).to_have_value("73")
    page.click(".foot .main")
    eventually(problem).to_have_text(told("refused.bad_pin", language))
    page.fill("#pin", "1118")
    page.click(".foot .main")
    says(page, told("refused.name_taken", language))
    page.click("text=" + told("join.back", language))
    page.click(".foot .main")
    says(page, told("refused.wrong_pin", language))
    page.fill("#pin", "7391")
    page.click(".foot .main")
    page.wait_for_selector(".crowd")
    assert [message["type"] for message in line.said if message["type"] != "hello"] == [
        "join", "resume", "resume",
    ]  # fmt: skip


def test_a_wrong_code_can_be_typed_again(browser, line):
    with opened(browser, f"{line.address}/j/WRONG1", "en") as page:
        page.wait_for_selector("#code")
        assert page.inner_text(".problem") == told("code.wrong", "en")
        page.fill("#code", line.code)
        page.keyboard.press("Enter")
        page.wait_for_selector("#name")
        assert page.url.endswith(f"/j/{line.code}")


def test_half_typed_chinese_is_left_alone(line, phone):
    page = phone(seated=False)
    page.focus("#name")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "xiao", "selectionStart": 4, "selectionEnd": 4}
    )
    page.click("text=EN")  # drawn again in the middle of it
    page.focus("#name")
    assert page.input_value("#name") == "xiao"
    page.fill("#name", "")
    keyboard.send("Input.insertText", {"text": "小林"})
    page.fill("#pin", "4826")
    page.click(".foot .main")
    page.wait_for_selector(".crowd")
    assert line.of("join")[0]["name"] == "小林"


def test_a_seat_that_was_given_as_the_line_broke_is_one_s_own(line, phone):
    page = phone("en", seated=False)
    line.silent = {"join"}
    page.fill("#name", "Lin")
    page.fill("#pin", "4826")
    page.click(".foot .main")
    line.wait_for(lambda: line.of("join"))
    line.known["Lin"] = "4826"  # it counted, but nobody heard of it
    line.cut()
    says(page, told("join.again", "en"))
    line.silent = set()
    line.wait_for(lambda: line.hellos == 2)
    page.click(".foot .main")
    page.wait_for_selector(".crowd")
    assert line.of("resume")[0]["pin"] == "4826"


def test_a_reload_comes_back_to_the_seat(line, phone):
    page = phone()
    page.reload()
    page.wait_for_selector(".crowd")
    assert line.of("hello")[-1]["token"] == line.token
    assert len(line.of("join")) == 1


def test_a_seat_taken_back_elsewhere_is_not_fought_over(line, phone):
    page = phone("en")
    line.answers["language"] = "elsewhere"
    page.click(".languages button >> nth=0")
    page.wait_for_selector(".foot .main")
    assert page.inner_text("h1") == told("elsewhere.heading", "zh")
    line.answers.clear()
    line.token = "another"  # the other phone's
    page.click(".foot .main")
    page.wait_for_selector("#name")
    assert page.input_value("#name") == views.NAME
    assert page.inner_text(".problem") == told("join.expired", "zh")


# -- choosing --------------------------------------------------------------------------------------
def saved_line(page):
    return page.locator(".saved-line").get_attribute("class").split()[-1]


def test_saved_is_said_only_when_acknowledged(line, phone):
    page = phone()
    show(line, page, views.deciding, ".tactics")
    assert saved_line(page) == "none"
    line.silent = {"choose"}
    page.click(".tactics .option >> nth=2")
    first = line.wait_for(lambda: line.of("choose"))[0]
    assert first["round"] == 2
    assert first["hand"] == {"tactic": "rushed"}
    assert first["ready"] is False
    assert saved_line(page) == "saving"
    assert page.locator(".tactics .on .tactic-title").inner_text() == "催单"

    line.silent = set()
    page.reload()  # what was not acknowledged goes out again, under the same number
    page.wait_for_selector(".saved-line.saved")
    again = line.of("choose")[-1]
    assert again == first
    assert page.locator(".tactics .on .tactic-title").inner_text() == "催单"


def test_a_choice_without_a_line_is_kept_and_sent_when_it_is_back(line, phone):
    page = phone()
    show(line, page, views.deciding, ".tactics")
    line.refuses_lines = True
    line.cut()
    page.wait_for_selector(".banner")
    page.click(".tactics .option >> nth=1")
    page.click(".foot .main")
    page.wait_for_selector(".saved-line.unsent")
    assert line.of("choose") == []
    line.refuses_lines = False
    page.click(".banner .button")
    page.wait_for_selector(".saved-line.saved")
    assert page.locator(".banner").count() == 0
    (sent,) = line.of("choose")
    assert sent["hand"] == {"tactic": "interaction"}
    assert sent["ready"] is True


def test_a_phone_that_loses_its_network_comes_back_by_itself(line, phone):
    page = phone()
    page.context.set_offline(True)
    page.wait_for_selector(".banner")
    page.context.set_offline(False)
    page.wait_for_selector(".banner", state="detached")
    assert line.hellos >= 2


def test_a_late_choice_is_told_and_what_counts_is_shown(line, phone):
    page = phone("en")
    show(line, page, views.deciding, ".tactics")
    line.answers["choose"] = "too_late"
    page.click(".tactics .option >> nth=3")
    page.wait_for_selector(".notice")
    assert told("refused.too_late", "en") in page.inner_text(".notice")
    assert page.locator(".tactics .on .tactic-title").inner_text().startswith("Patient")
    assert saved_line(page) == "none"


def test_deciding_can_be_taken_back_until_the_round_closes(line, phone):
    page = phone()
    show(line, page, views.deciding, ".tactics")
    page.click(".foot .main")
    page.click(".foot .done")
    line.wait_for(lambda: len(line.of("choose")) == 2)
    assert [message["ready"] for message in line.of("choose")] == [True, False]


def test_a_whole_hand(line, phone):
    page = phone()
    show(line, page, views.deciding, ".tactics")
    page.click(".tactics .option >> nth=1")
    for name in ("product", "act", "answers"):
        page.click(f"[aria-controls=fold-{name}]")
    page.click("#fold-product .option >> nth=2")
    page.click("#fold-act .pairs .option >> nth=6")
    page.click(".minutes .option >> nth=2")
    page.click("#fold-answers .option >> nth=3")
    page.click("#fold-answers .option >> nth=0")
    page.click(".foot .main")
    sent = line.wait_for(lambda: [one for one in line.of("choose") if one["ready"]])[-1]
    product = views.deciding("zh")["deciding"]["products"][1]["id"]
    assert sent["hand"] == {
        "tactic": "interaction", "product": product, "act": "story", "seconds": 180,
        "answers": [103, 100],
    }  # fmt: skip


def test_bets_by_thumb_and_by_keyboard(line, phone):
    page = phone()
    show(line, page, views.bets, ".bet")
    assert page.locator(".foot .main").is_disabled()
    box = page.locator(".slider >> nth=0").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, middle)
    page.mouse.up()
    handles = page.locator(".slider >> nth=2").locator("[role=slider]")
    handles.nth(1).focus()
    for _ in range(5):
        page.keyboard.press("PageDown")
    handles.nth(0).focus()
    page.keyboard.press("End")  # never past the other
    page.keyboard.press("ArrowLeft")
    page.locator(".touched").nth(1).wait_for()
    text = told("bets.minutes", "zh", count=18)
    eventually(handles.nth(0)).to_have_attribute("aria-valuetext", text)
    page.click(".foot .main")
    (sent,) = line.wait_for(lambda: line.of("bets"))
    chance, minutes = sent["bets"]
    assert chance["number"] == 0
    assert 0.7 <= chance["probability"] <= 0.85
    assert minutes == {"number": 2, "low": 18, "high": 20}
    page.wait_for_selector(".saved-line.saved")


def test_a_finger_that_scrolls_moves_no_knob(browser, line, phone):
    page = phone(has_touch=True)
    show(line, page, views.bets, ".bet")
    touch = page.context.new_cdp_session(page)
    page.evaluate("document.querySelectorAll('.slider')[1].scrollIntoView({block: 'center'})")
    box = page.locator(".slider >> nth=1").bounding_box()
    x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2

    def finger(kind, *spots):
        points = [{"x": left, "y": top} for left, top in spots]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    finger("touchStart", (x, y))
    finger("touchMove", (x + 2, y - 60))
    finger("touchEnd")
    assert page.locator(".touched").count() == 0
    box = page.locator(".slider >> nth=1").bounding_box()
    y = box["y"] + box["height"] / 2
    finger("touchStart", (x, y))
    finger("touchMove", (x - 40, y + 1))
    finger("touchMove", (x - 80, y + 1))
    finger("touchEnd")
    page.wait_for_selector(".touched")


# -- whatever happens ------------------------------------------------------------------------------
def test_the_language_changes_at_any_moment_and_nothing_is_lost(line, phone):
    page = phone("zh", seated=False)
    page.fill("#name", "半个名")
    page.fill("#pin", "48")
    page.click("text=EN")
    page.wait_for_selector("html[lang=en]")
    assert page.input_value("#name") == "半个名"
    assert page.input_value("#pin") == "48"
    page.fill("#pin", "4826")
    page.click(".foot .main")
    page.wait_for_selector(".crowd")
    show(line, page, views.deciding, ".tactics")
    page.click("[aria-controls=fold-act]")
    page.click("#fold-act .pairs .option >> nth=2")
    page.click("text=中文")
    says(page, "耐心讲解", ".tactic-title")
    assert page.locator("#fold-act .pairs .option.on").inner_text() == "看细节"
    assert line.of("language")[-1]["language"] == "zh"


def test_everything_works_by_keyboard_alone(line, phone):
    page = phone("en", seated=False)

    def reach(selector):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert ring == "solid"
                return
        raise AssertionError(f"Tab never came to {selector}")

    reach("#name")
    page.keyboard.type("Lin")
    page.keyboard.press("Enter")
    page.keyboard.type("4826")
    page.keyboard.press("Enter")
    page.wait_for_selector(".crowd")
    show(line, page, views.deciding, ".tactics")
    reach(".tactics .option")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".tactics .option:nth-child(3).on:focus")
    reach("[aria-controls=fold-answers]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fold-answers .option")
    reach("#fold-answers .option")
    page.keyboard.press("Space")
    reach(".foot .main")
    page.keyboard.press("Enter")
    sent = line.wait_for(lambda: [one for one in line.of("choose") if one["ready"]])[-1]
    assert sent["hand"] == {"tactic": "rushed", "answers": [100]}


def test_tabs_of_the_debrief_move_by_arrows(line, phone):
    page = phone()
    show(line, page, views.debrief, "#tab-result")
    page.focus("#tab-result")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#tab-rounds:focus")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#tab-keep:focus")
    assert page.locator("[role=tab][aria-selected=true]").count() == 1


def test_a_new_screen_is_told_to_whoever_hears_it(line, phone):
    page = phone("en")
    show(line, page, views.brief, ".lines")
    page.wait_for_selector("#heading:focus")
    assert page.evaluate("document.activeElement.innerText") == "The first live"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_clock_goes_on_between_two_messages(browser, line):
    address = f"{line.address}/j/{line.code}"
    with opened(browser, address, "en", prepare=lambda page: page.clock.install()) as page:
        page.fill("#name", "Lin")
        page.fill("#pin", "4826")
        page.click(".foot .main")
        page.clock.run_for(1000)
        page.wait_for_selector(".crowd")
        line.show(lambda tongue: {**views.deciding(tongue), "seconds_left": 12.0})
        for _ in range(100):
            page.clock.run_for(20)
            if page.locator("#left").count():
                break
        seconds = int(page.get_attribute("#left", "aria-label").split()[0])
        page.clock.run_for(5100)  # it is drawn again a moment after each second
        assert int(page.get_attribute("#left", "aria-label").split()[0]) == seconds - 5
        page.clock.run_for(8000)
        assert page.inner_text("#left") == told("round.time_up", "en")


def test_a_branch_and_two_diaries(line, phone):
    line.results = {"branch": views.branch, "diary": views.diary}
    page = phone("en")
    show(line, page, views.debrief, "#tab-result")
    page.click("#tab-rounds")
    page.click("text=" + told("debrief.try", "en", round=4))
    page.wait_for_selector("#tab-whatif.on")
    assert page.locator(".foot .main").is_disabled()  # nothing else is chosen yet
    page.click(".pairs .option >> nth=1")
    page.click(".foot .main")
    page.wait_for_selector(".fate")
    (asked,) = line.of("branch")
    assert asked["round"] == 3
    assert asked["hand"] == {"tactic": "interaction"}
    assert page.locator(".figures .worse").count() > 0
    assert "+12" in page.inner_text(".figures")
    page.click(".fate >> nth=1")
    page.wait_for_selector(".diary-side.branch li")
    (diary,) = line.of("diary")
    assert diary["shopper"] == 501
    assert diary["branch"] == {"round": 3, "hand": {"tactic": "interaction"}}
    signs = page.locator(".mine .diary-sign").all_inner_texts()
    assert signs == ["=", "≠", "≈"]
    page.click("text=中文")  # both are told again in the other language
    says(page, "布衣铺", ".diary-text")
    page.click(".foot .button")
    says(page, "亚麻", ".fate-why")


def test_a_phone_taken_up_in_the_debrief_can_ask_too(line, phone):
    def bare(language):
        view = views.debrief(language)
        del view["debrief"]["choices"], view["debrief"]["acts"]
        return view

    line.results = {"branch": views.branch}
    page = phone("en")
    show(line, page, bare, "#tab-whatif")
    page.click("#tab-whatif")
    says(page, told("whatif.partly", "en"))
    assert page.locator(".pairs .option").count() == len(views.choices("en"))
    page.click(".pairs .option >> nth=2")
    page.click(".foot .main")
    page.wait_for_selector(".fate")


def test_a_branch_that_cannot_be_is_told(line, phone):
    line.answers["branch"] = "not_possible"
    page = phone("en")
    show(line, page, views.debrief, "#tab-whatif")
    page.click("#tab-whatif")
    page.click(".pairs .option >> nth=1")
    page.click(".foot .main")
    page.wait_for_selector(".problem")
    assert page.inner_text(".problem") == "refused: not_possible"


def test_the_code_of_a_run_is_there_to_take_along(line, phone):
    page = phone("en")
    show(line, page, views.debrief, "#tab-keep")
    page.click("#tab-keep")
    assert page.inner_text(".capsule").startswith("SS1-")
    assert page.locator(".qr path").count() >= 1
    assert page.get_attribute(".qr", "aria-label") == told("keep.qr", "en")
    page.click("text=" + told("keep.copy", "en"))
    says(page, told("keep.copied", "en"))


def test_looking_up_and_back_down_keeps_the_hand(line, phone):
    page = phone()
    show(line, page, views.deciding, ".tactics")
    line.silent = {"choose"}
    page.click(".tactics .option >> nth=5")
    line.wait_for(lambda: line.of("choose"))
    show(line, page, lambda tongue: {**views.deciding(tongue), "paused": True}, ".eyes")
    show(line, page, views.deciding, ".tactics")
    assert page.locator(".tactics .on .tactic-title").inner_text() == "实在优惠"
