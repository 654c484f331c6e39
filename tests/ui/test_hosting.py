"""Single acts, answers, undo, and the card of one shopper."""

from __future__ import annotations

import pygame
import pytest


@pytest.fixture
def live(open_app, short):
    """A player on the live screen of a real run, a few minutes in."""
    player = open_app(scenario=short, real=True)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.screen.session.speed = 16
    player.frames(15, 0.1)
    player.screen.session.speed = 1
    return player


@pytest.fixture
def fake_live(open_app, short):
    player = open_app(scenario=short)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.frames(20, 0.3)
    return player


@pytest.mark.parametrize(
    ("key", "act"),
    [
        (pygame.K_d, "detail"),
        (pygame.K_p, "poll"),
        (pygame.K_s, "story"),
        (pygame.K_g, "invite_group"),
    ],
)
def test_a_single_act_goes_on_for_its_time_and_then_the_tactic_returns(live, key, act):
    session = live.screen.session
    mix = dict(session.seen.room.mix)
    live.key(key)
    assert session.seen.room.act == act
    decision = session.run.decisions[-1][1]
    assert (decision.kind, decision.act) == ("perform", act)
    live.frames(40, 0.1)
    assert session.seen.room.act is None and session.seen.room.mix == mix


def test_undo_goes_back_to_the_moment_before_the_choice(live):
    session = live.screen.session
    tick, tactic, digest = session.run.tick, session.seen.room.tactic, session.run.digest()
    live.key(pygame.K_3)
    assert session.seen.room.tactic != tactic
    live.frames(40, 0.1)
    assert session.run.tick > tick
    live.key(pygame.K_u)
    assert session.run.tick == tick and session.seen.room.tactic == tactic
    assert session.run.digest() == digest
    assert session.paused
    assert all(item.tick < tick for item in session.feed.items)
    live.key(pygame.K_SPACE)
    live.frames(20, 0.1)
    assert session.run.tick > tick


def test_undo_with_nothing_to_take_back_is_a_sentence(live):
    session = live.screen.session
    while session.can_undo:
        live.key(pygame.K_u)
    live.app.painter.recorder.on = True
    live.key(pygame.K_u)
    from sim import wording

    sentence = wording.text("decisions.nothing_to_undo", "zh")
    assert any(item.text == sentence for item in live.app.painter.recorder.texts)


def test_the_card_follows_the_one_who_was_clicked(fake_live):
    screen = fake_live.screen
    street = screen.view.street_for(fake_live.app.painter)
    crowd = screen.view.crowd
    chosen = None
    for shopper in crowd.ids[crowd.shown()].tolist():
        x, y, scale = crowd.spot(shopper, street)
        point = (x, y - 19 * scale)
        free = 90 < point[1] < 560 and crowd.nearest(*point, street) == shopper
        if free and screen.view.person_in_window(point) is None:
            chosen = shopper
            break
    assert chosen is not None
    screen.session.paused = True
    fake_live.click_at(point)
    assert screen.card is not None and screen.card.shopper == chosen
    fake_live.key(pygame.K_RIGHTBRACKET)
    assert screen.card.shopper != chosen
    fake_live.key(pygame.K_ESCAPE)
    assert screen.card is None and fake_live.name == "LiveScreen"


def test_the_card_tells_what_the_model_knows_of_a_shopper(live):
    screen = live.screen
    live.key(pygame.K_RIGHTBRACKET)
    shopper = screen.card.shopper
    person = screen.session.look_closer(shopper)
    live.app.painter.recorder.on = True
    live.frames()
    texts = " ".join(item.text for item in live.app.painter.recorder.texts)
    from sim.ui import words

    assert words.name_of(shopper, "zh") in texts
    for trait, (_, level) in list(person.traits.items())[:6]:
        if level > 0:
            assert words.say(f"trait.{trait}", "zh") in texts or len(person.traits) > 6
    assert words.say("card.wanting", "zh") in texts


def test_every_trait_and_term_that_can_be_told_has_words(live):
    from sim.play.somebody import WANTING_TERMS
    from sim.ui import words

    person = live.screen.session.look_closer(int(live.screen.session.seen.people["shopper"][0]))
    for language in ("zh", "en"):
        for trait in person.traits:
            assert words.say(f"trait.{trait}", language)
            assert words.say(f"trait.{trait}_low", language)
        for term in WANTING_TERMS:
            assert words.say(f"want.{term}", language)


def test_a_click_on_a_waiting_question_puts_it_first(fake_live):
    fake_live.key(pygame.K_TAB)
    fake_live.frames(10)
    room, session = fake_live.screen.room, fake_live.screen.session
    session.paused = True
    fake_live.frames()
    (x, y, width, height), shopper = room._questions[1]
    fake_live.click_at((x + width / 2, y + height / 2))
    decision = session.run.decisions[-1][1]
    assert (decision.kind, decision.shopper) == ("answer_shopper", shopper)


def test_heads_in_the_room_match_the_viewers(fake_live):
    fake_live.key(pygame.K_TAB)
    for _ in range(15):
        fake_live.frames(2, 0.3)
        room, session = fake_live.screen.room, fake_live.screen.session
        viewers = session.seen.room.viewers
        assert room.seating.people == viewers
        assert room.heads_drawn == -(-viewers // room.seating.per_head)


def test_every_act_has_a_gesture_and_words():
    from sim.model.acts import ACTS
    from sim.ui import words
    from sim.ui.art.host import GESTURES

    assert set(GESTURES) == set(ACTS)
    for act in ACTS:
        for language in ("zh", "en"):
            assert words.say(f"act.{act}", language)


def test_gestures_follow_the_shares_of_the_mix():
    from sim.ui.street.acts import act_shown

    mix = {"explain": 0.5, "hype": 0.3, "answer": 0.2}
    shown = [act_shown(mix, None, tick * 3, 0) for tick in range(4000)]
    for act, share in mix.items():
        assert shown.count(act) / len(shown) == pytest.approx(share, abs=0.03)
    assert act_shown(mix, "poll", 5, 0) == "poll"


def shown_texts(player) -> list[str]:
    recorder = player.app.painter.recorder
    recorder.on = True
    recorder.clear()
    player.frames(1, 0.0)
    recorder.on = False
    return [item.text for item in recorder.texts]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_key_help_names_every_key_that_does_something(fake_live, language):
    from sim.ui.screens import live_help
    from sim.ui.screens.live_keys import TABLE

    fake_live.app.settings.language = language
    tactics = len(fake_live.screen.session.scenario.choices)
    caps = {cap for row, _ in live_help.rows(tactics, language) for cap in row}
    for entry in TABLE:
        assert live_help.cap(entry.keys[0], language) in caps, entry.name
    assert f"1–{tactics}" in caps
    keys = [key for entry in TABLE for key in entry.keys]
    assert len(keys) == len(set(keys)), "one key, one meaning"
    fake_live.click("menu")
    texts = shown_texts(fake_live)
    for row, what in live_help.rows(tactics, language):
        assert what in texts and all(cap in texts for cap in row)


def test_the_bar_counts_as_the_result_does_and_says_what(fake_live):
    from sim.ui import words

    session = fake_live.screen.session
    session.paused = True
    session.seen.figures["commenters"], session.seen.figures["comments"] = 31, 77
    session.seen.figures["buyers"] = 5
    fake_live.app.settings.language = "en"
    texts = shown_texts(fake_live)
    assert "31" in texts and "77" not in texts
    assert "5 buyers" in texts and "people" in texts and "times" in texts
    people = words.count(session.seen.figures["viewers"])
    assert f"{people} people" in texts
    note = fake_live.screen.group.get("figure:spoke")
    fake_live.click_at((note.box[0] + 20, note.box[1] + 20))
    assert note.hovered and note.tip("en") in texts + shown_texts(fake_live)


def test_the_card_shows_the_sum_of_reasons_and_the_line_for_ordering(fake_live, monkeypatch):
    from sim.ui.screens.shopper_card import ShopperCard

    lines: list[float] = []
    monkeypatch.setattr(
        ShopperCard, "_order_line", staticmethod(lambda painter, x, top, high=24: lines.append(x))
    )
    screen = fake_live.screen
    screen.session.paused = True
    screen._open_card(int(screen.session.seen.people["shopper"][0]))
    texts = shown_texts(fake_live)
    assert "合计" in texts and "下单线" in texts
    # The made-up shopper's reasons sum to 0.28 of the 1.0 it takes: the line lies right of the sum.
    x, _, width, _ = ShopperCard.box(fake_live.app.painter)
    middle = x + 18 + (width - 36) * 0.6
    assert lines[0] == pytest.approx(middle + (width - 36) * 0.38)


def test_undo_says_where_time_stands_until_it_goes_on(live):
    from sim import wording

    session = live.screen.session
    live.key(pygame.K_3)
    live.frames(20, 0.1)
    live.key(pygame.K_u)
    key = "taken_back_more" if session.can_undo else "taken_back"
    said = wording.text(f"live.state.{key}", "zh", clock=session.seen.clock)
    live.frames(80, 0.1)
    assert said in shown_texts(live), "as long as it stands still"
    live.key(pygame.K_2)
    assert said not in shown_texts(live)
    assert wording.text("live.state.paused", "zh") in shown_texts(live)


def test_tips_do_not_cover_what_they_belong_to(fake_live):
    fake_live.key(pygame.K_TAB)
    fake_live.frames(10)
    group = fake_live.screen.group
    for widget in group.widgets:
        if not widget.tip("zh"):
            continue
        group.focus(widget.name)
        _, (x, y, width, height) = group.tip("zh")
        left, top, wide, high = widget.box
        assert x <= left and left + wide <= x + width + 0.1
        assert y <= top and top + high <= y + height + 0.1
        if widget.name in ("map", "blend", "ghosts"):
            assert y == 0, "below, since the bar is above"


def test_waiting_for_the_street_one_sees_how_far_it_is_and_may_go_back(open_app, short):
    import threading

    from tests.ui.fake_run import FakeRun

    may_go_on = threading.Event()

    def slow(scenario, seed=None, tell=None):
        tell(3, 9)
        may_go_on.wait(30)
        return FakeRun(scenario, seed)

    player = open_app(scenario=short)
    player.app.make_run = slow
    player.key(pygame.K_RETURN)
    brief = player.screen
    player.key(pygame.K_RETURN)
    assert player.name == "OpeningScreen"
    try:
        texts = shown_texts(player)
        assert any("3" in text and "9" in text for text in texts)
        assert short.brief.lines("zh")[0] in texts
        player.key(pygame.K_ESCAPE)
        assert player.screen is brief
        player.key(pygame.K_RETURN)
        assert player.name == "OpeningScreen"
    finally:
        may_go_on.set()
    brief.session.prepare(wait=True)
    player.until("LiveScreen")
