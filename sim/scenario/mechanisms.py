"""What the street's people are like inside: every strength of every mechanism, with unit and range.

A value of 0 for a strength removes the mechanism; SWITCHES names which strengths make up which
mechanism, so that `switch_off: [boredom]` in a scenario takes one away and nothing else.
The equations that use these numbers stand in sim/model; the words here are for authors.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


def _number(meaning: str, low: float, high: float):
    return Field(description=meaning, ge=low, le=high, allow_inf_nan=False)


def _later(meaning: str, low: float, high: float, without: float = 0.0):
    """A strength of the weeks after an evening; a file that leaves it out does without."""
    return Field(default=without, description=meaning, ge=low, le=high, allow_inf_nan=False)


class Mechanisms(BaseModel):
    """One parameter set. Found by `python -m sim.lab.fit`; see sim/MODEL.md for the equations."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    # learning
    explain_gain: float = _number("information a minute of explaining gives; units of p", 0, 10)
    detail_gain: float = _number("information a minute of close-ups gives; units of p", 0, 20)
    answer_gain: float = _number("information one answer gives to who asked; units of p", 0, 10)
    overhear_gain: float = _number(
        "information a minute of answering others gives those who listen; units of p", 0, 10
    )
    note_gain: float = _number("information a well-made note gives a reader; units of p", 0, 5)
    equipment_half: float = _number("equipment grade at which clarity reaches one half", 0, 5)
    tire_rate: float = _number("share of energy a host loses in an hour of full effort", 0, 0.5)

    # fit and belief
    fit_match: float = _number("true fit that a perfect interest match brings", 0, 3)
    fit_spread: float = _number("standard deviation of the personal surprise in fit", 0, 2)
    optimism: float = _number("how much better than average one expects before knowing", -1, 1)

    # wanting and ordering
    trust_want: float = _number("wanting that full trust adds", 0, 3)
    excitement_want: float = _number("wanting that full arousal adds in the most susceptible", 0, 3)
    bargain_want: float = _number("wanting that a felt bargain of the whole price adds", 0, 5)
    price_weight: float = _number(
        "wanting lost when a price takes all of a month's spending", 0, 20
    )
    risk_weight: float = _number("wanting lost to not knowing, for the dearest goods", 0, 5)
    dear_price: float = _number("price at which goods feel half as risky as can be; yuan", 1, 10000)
    reactance_want: float = _number("wanting that full pressure takes from the reactant", 0, 5)
    intent_want: float = _number("wanting added when the visit began with a matching search", 0, 2)
    want_bar: float = _number("wanting at which the order hazard is half its ceiling", -2, 5)
    want_slope: float = _number("steepness of the order hazard in wanting", 0, 40)
    order_rate: float = _number("ceiling of the order hazard; orders a minute", 0, 6)
    urgency: float = _number("times the order hazard grows under full pressure", 0, 20)

    # feelings
    hype_gain: float = _number("arousal that a minute of hype adds", 0, 10)
    arousal_half_life: float = _number("seconds in which arousal halves", 10, 3600)
    countdown_gain: float = _number("pressure that a minute of countdown adds", 0, 20)
    pressure_half_life: float = _number("seconds in which pressure halves", 10, 3600)

    # temper: staying and leaving
    learn_reward: float = _number(
        "seconds of temper refilled by one unit of new information", 0, 1000
    )
    like_reward: float = _number(
        "seconds refilled each second by a host who is trusted and liked", 0, 3
    )
    story_reward: float = _number("seconds refilled each second of story, at a full match", 0, 5)
    hype_reward: float = _number("seconds refilled each second at full arousal", 0, 3)
    deal_reward: float = _number("seconds refilled each second while waiting for a bargain", 0, 10)
    answer_reward: float = _number("seconds refilled by being answered", 0, 600)
    wait_drain: float = _number("extra seconds lost each second with a question open", 0, 5)
    boredom_drain: float = _number("extra seconds lost each second of hearing what one knows", 0, 5)
    pressure_drain: float = _number("extra seconds lost each second under full pressure", 0, 10)
    distraction: float = _number("chance a minute that something else calls one away", 0, 1)
    screen_lure: float = _number("appeal that hype or price games lend a room at the glance", 0, 3)
    screen_slope: float = _number("steepness of the first glance into a room", 0, 40)
    screen_bar: float = _number(
        "appeal at which half the strangers stay after the first glance", -2, 3
    )

    # talking
    talk_base: float = _number("share of one's chattiness shown without being invited", 0, 2)
    talk_prompt: float = _number("times chattiness shown while the host only prompts", 0, 20)
    talk_poll: float = _number("times chattiness shown while the host only polls", 0, 20)
    talk_slope: float = _number("steepness of commenting in interest", 0, 40)
    talk_bar: float = _number("interest at which half the chattiness shows", -2, 3)
    giveaway_talk: float = _number("empty comments a minute drawn by only giving away", 0, 10)
    answer_seconds: float = _number("host seconds one answer takes", 2, 120)
    ask_patience: float = _number("seconds after which an open question is given up", 10, 1800)

    # trust
    trust_start: float = _number("trust of a stranger", 0, 1)
    follower_trust: float = _number("trust of a follower at the start", 0, 1)
    story_trust: float = _number("trust won by a minute of story", 0, 2)
    learn_trust: float = _number("trust won by one unit of new information", 0, 1)
    answer_trust: float = _number("trust won by an answer", 0, 1)
    ignored_loss: float = _number("share of trust lost when a question stays unanswered", 0, 1)
    pressure_loss: float = _number("share of trust lost in a minute of full pressure", 0, 2)
    trick_loss: float = _number("share of trust lost in a minute of a trick seen through", 0, 5)
    miss_loss: float = _number(
        "share of trust lost by a missed offer, times the misses so far", 0, 1
    )
    keep_trust: float = _number("trust won when a parcel meets expectation", 0, 1)
    return_loss: float = _number("share of trust lost with a return", 0, 1)

    # relations
    follow_rate: float = _number("follows a minute of the most trusting", 0, 3)
    follow_bar: float = _number("trust at which the follow hazard is half its ceiling", 0, 1)
    unfollow_rate: float = _number("chance to unfollow on leaving, when trust is gone", 0, 1)
    unfollow_bar: float = _number("trust at which that chance is one half", 0, 1)
    join_rate: float = _number("joins a minute of the most trusting while only inviting", 0, 10)

    # prices and price games
    markup: float = _number("share by which a price is marked up before it is cut", 0, 3)
    mark_gain: float = _number(
        "share of the way a believer's reference price moves in a minute", 0, 10
    )
    honest_cut: float = _number("share an honest discount takes off the price", 0, 0.9)
    erosion: float = _number(
        "share of the way reference prices follow the price seen, a minute", 0, 1
    )
    hold_cycle: float = _number("seconds of holding back before an offer is let go", 10, 3600)
    offer_cut: float = _number("share a held-back offer takes off the price", 0, 0.9)
    offer_units: float = _number("units in one held-back offer", 0, 1000)
    discovery: float = _number("chance to find out a trick before the parcel is judged", 0, 1)

    # after delivery
    quality_weight: float = _number("experience added by the best against the worst quality", 0, 3)
    arousal_lift: float = _number("expectation lifted by full arousal at the order", 0, 3)
    pressure_regret: float = _number("regret that full pressure at the order leaves", 0, 3)
    trick_regret: float = _number("regret of who finds out a trick", 0, 3)
    return_slope: float = _number("steepness of returning in the shortfall", 0, 40)
    return_bar: float = _number("shortfall at which half send the parcel back", -1, 3)

    # strolling
    click_rate: float = _number("chance to open a card at a full match and the best cover", 0, 1)
    click_match: float = _number("share of that chance that depends on the match", 0, 1)
    follower_click: float = _number("times likelier a follower opens the card", 0, 10)
    deal_lure: float = _number("chance added by a room that only plays price games", 0, 1)
    hype_lure: float = _number("chance added by a room that only hypes", 0, 1)
    again: float = _number("share of the chance left for a room one has just left", 0, 1)
    note_seconds: float = _number("seconds an ordinary note is read at a full match", 5, 600)
    note_to_room: float = _number("chance to walk from a note into its host's live", 0, 1)

    # notes over days
    note_order: float = _later("chance that a reader who surely wants it orders from a note", 0, 1)
    pin_join: float = _later("chance that a trusting reader joins by a pinned comment", 0, 1)
    note_talk: float = _later("times chattiness shown under a note that is read", 0, 50)
    note_ignored: float = _later(
        "share of trust lost when a comment under a note stays unanswered", 0, 1
    )
    fresh_days: float = _later("days in which a note loses half of its weight; 0 is never", 0, 365)

    # need
    need_want: float = _later("wanting lost when the need for such things is wholly met", 0, 5)
    need_drop: float = _later("share of the need that a kept purchase meets", 0, 1)
    need_days: float = _later("days in which half of a met need comes back", 0.5, 365, 30.0)

    # followers, fans and what they hear
    notify_rate: float = _later("chance that a follower comes when told of a live", 0, 1)
    member_notify: float = _later("chance that a member of a warm group comes when told", 0, 1)
    fatigue_gain: float = _later("share of readiness that one notification takes", 0, 1)
    fatigue_days: float = _later("days in which half of that tiredness fades", 0.1, 90, 3.0)
    fatigue_unfollow: float = _later("chance a day that a wholly tired follower gives up", 0, 1)
    forget_rate: float = _later("share of won trust that a day without meeting takes", 0, 0.5)

    # word of mouth
    tell_rate: float = _later("chance that one strongly pleased or cheated tells a friend", 0, 1)
    tell_gain: float = _later("information that a tale gives about its product; units of p", 0, 5)
    tell_trust: float = _later("trust that a tale moves", 0, 1)

    # group chat
    care_half: float = _later(
        "minutes of care a day at which half of its good is done", 1, 600, 30.0
    )
    care_gain: float = _later("share of the missing warmth that a well-kept day adds", 0, 1)
    cool_rate: float = _later("share of the warmth that a day without care takes", 0, 1)
    spam_loss: float = _later("share of the warmth that each message too many takes", 0, 1)
    group_trust: float = _later("trust won by a well-kept day in a warm group", 0, 1)
    share_gain: float = _later("information a day that members give each other; units of p", 0, 5)
    member_reward: float = _later("seconds refilled each second in a room of one's group", 0, 5)
    leave_rate: float = _later("chance a day that a member without warmth leaves the group", 0, 1)
    feedback_gain: float = _later(
        "share of what quality lacks that a day of feedback mends", 0, 0.5
    )

    # the host's days
    easy_hours: float = _later("hours of work a day that do not tire", 0, 24, 8.0)
    strain_rate: float = _later("share of strength that each hour beyond them takes", 0, 1)
    rest_rate: float = _later("share of the lost strength that a night gives back", 0, 1, 0.5)

    # what kind of host speaks
    owner_warmth: float = _later("times the trust an owner wins by words and answers", 0, 3, 1.0)
    buyer_warmth: float = _later("times the trust a buyer wins by words and answers", 0, 3, 1.0)
    brand_warmth: float = _later("times the trust a brand wins by words and answers", 0, 3, 1.0)
    owner_feedback: float = _later("share of feedback that an owner can put into goods", 0, 1)
    buyer_feedback: float = _later("share of feedback that a buyer can put into goods", 0, 1)
    brand_feedback: float = _later("share of feedback that a brand can put into goods", 0, 1)
    owner_tire: float = _later("times as fast as usual that an owner tires", 0, 3, 1.0)
    buyer_tire: float = _later("times as fast as usual that a buyer tires", 0, 3, 1.0)
    brand_tire: float = _later("times as fast as usual that a brand's staff tires", 0, 3, 1.0)
    brand_trust: float = _later("trust that a known name has before anybody meets it", 0, 1)

    # what is reported
    report_rate: float = _later(
        "reports a minute by one who sees through a room of price games", 0, 10
    )


# Which strengths make up which mechanism. Switching one off sets each of them to zero.
SWITCHES: dict[str, tuple[str, ...]] = {
    "learning": ("explain_gain", "detail_gain", "answer_gain", "overhear_gain", "note_gain"),
    "close_ups": ("detail_gain",),
    "equipment": ("equipment_half",),
    "tiredness": ("tire_rate",),
    "surprise": ("fit_spread",),
    "optimism": ("optimism",),
    "trust": ("trust_want", "like_reward"),
    "excitement": ("hype_gain",),
    "bargains": ("bargain_want",),
    "price_burden": ("price_weight",),
    "risk": ("risk_weight",),
    "pressure": ("countdown_gain",),
    "urgency": ("urgency",),
    "reactance": ("reactance_want", "pressure_drain", "pressure_loss"),
    "intent": ("intent_want",),
    "boredom": ("boredom_drain",),
    "distraction": ("distraction",),
    "comments": ("talk_base", "talk_prompt", "talk_poll", "giveaway_talk"),
    "invitations": ("talk_prompt", "talk_poll"),
    "answers": ("answer_gain", "overhear_gain", "answer_trust", "answer_reward"),
    "waiting": ("wait_drain", "ignored_loss"),
    "stories": ("story_trust", "story_reward"),
    "mark_ups": ("mark_gain", "trick_loss"),
    "held_back_offers": ("deal_reward", "offer_cut", "offer_units", "miss_loss"),
    "honest_discounts": ("honest_cut",),
    "erosion": ("erosion",),
    "regret": ("pressure_regret", "trick_regret", "arousal_lift"),
    "following": ("follow_rate",),
    "unfollowing": ("unfollow_rate",),
    "group": ("join_rate", "pin_join"),
    "note_sales": ("note_order",),
    "note_comments": ("note_talk",),
    "ageing": ("fresh_days",),
    "need": ("need_want",),
    "notifications": ("notify_rate", "member_notify"),
    "fatigue": ("fatigue_gain", "fatigue_unfollow"),
    "forgetting": ("forget_rate",),
    "word_of_mouth": ("tell_rate",),
    "group_care": ("care_gain", "group_trust", "share_gain"),
    "group_cooling": ("cool_rate", "spam_loss", "leave_rate"),
    "group_stay": ("member_reward",),
    "shared_experience": ("share_gain",),
    "feedback": ("feedback_gain",),
    "strain": ("strain_rate",),
    "reports": ("report_rate",),
    "lures": ("deal_lure", "hype_lure", "screen_lure"),
}
