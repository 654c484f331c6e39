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
