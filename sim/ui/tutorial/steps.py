"""The steps of the coach: what each says, what it points at, and how it sees that it was done.

Nothing here decides anything: a step only looks at the live screen and at the run's decisions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sim.ui import words
from sim.ui.painter import Box, Painter
from sim.ui.screens import hud
from sim.ui.screens.shopper_card import ShopperCard
from sim.ui.street import room_panels

_MOST_ACTS = 3


@dataclass
class Memory:
    """How things stood when a step began."""

    decisions: int
    speed: int
    paused: bool
    notes: dict = field(default_factory=dict)

    @classmethod
    def of(cls, live) -> Memory:
        session = live.session
        return cls(len(session.run.decisions), session.speed, session.paused)


@dataclass(frozen=True)
class Step:
    """name      its text is tutorial.step.<name>
    target       the box of what is meant in design units, or None
    done         whether the player has done it; None: it is read and acknowledged
    holds        whether the street's time waits while it is shown
    in_room      whether what is meant lies in the room
    useless      whether there is nothing to do or see here now, so that it is left out
    """

    name: str
    target: Callable[[object, Painter], Box | None]
    done: Callable[[object, Memory], bool] | None = None
    holds: Callable[[object], bool] = lambda live: True
    in_room: bool = False
    useless: Callable[[object], bool] = lambda live: False


# -- what is meant ---------------------------------------------------------------------------------
def control(name: str) -> Callable[[object, Painter], Box | None]:
    """The box of one of the live's own controls."""

    def find(live, painter: Painter) -> Box | None:
        widget = live.group.get(name)
        return None if widget is None else widget.box

    return find


def _own_shop(live, painter: Painter) -> Box | None:
    if live.in_room:
        return None
    plot = live.view.street_for(painter).by_host[0]
    return plot.box(*plot.window)


def _tactics(live, painter: Painter) -> Box:
    return live.tactics_box


def _chosen_tactic(live, painter: Painter) -> Box | None:
    return control(f"tactic:{live.session.seen.room.tactic}")(live, painter) or live.tactics_box


def _first_question(live, painter: Painter) -> Box:
    if asking(live) and live.room._questions:
        return live.room._questions[0][0]
    left = painter.width - 18 - room_panels.SIDE
    return left, room_panels.TOP + 46, room_panels.SIDE, 80


def _somebody(live, painter: Painter) -> Box | None:
    """A head well clear of the panels at both sides."""
    heads = live.room._heads if live.in_room else live.view._heads
    left, right = (300, painter.width - 300) if live.in_room else (0, painter.width)
    free = [box for box, _ in heads if left < box[0] and box[0] + box[2] < right]
    if not free:
        return None
    x, y, width, height = min(free, key=lambda box: abs(box[0] + box[2] / 2 - painter.width / 2))
    return x - 4, y - 4, width + 8, height + 8


def _card(live, painter: Painter) -> Box | None:
    return None if live.card is None else ShopperCard.box(painter)


def _pace(live, painter: Painter) -> Box:
    return 18, painter.height - 73, 196, 64


def _net_sales(live, painter: Painter) -> Box:
    x, wide = hud.FIGURE_PLACES["net"]
    return x - 6, 12, wide, 52


# -- what was done ---------------------------------------------------------------------------------
def asking(live) -> bool:
    """Whether somebody waits for an answer."""
    return bool(live.session.seen.room.queue)


def given(*kinds: str, act: str | None = None) -> Callable[[object, Memory], bool]:
    """Whether a decision of this kind was given since the step began."""

    def look(live, memory: Memory) -> bool:
        decisions = live.session.run.decisions
        # What was taken back meanwhile does not count as done.
        memory.decisions = min(memory.decisions, len(decisions))
        return any(
            decision.kind in kinds and (act is None or decision.act == act)
            for _, decision in decisions[memory.decisions :]
        )

    return look


def _taken_back(live, memory: Memory) -> bool:
    count = len(live.session.run.decisions)
    memory.decisions = max(memory.decisions, count)
    return count < memory.decisions


def _pace_changed(live, memory: Memory) -> bool:
    return live.session.speed != memory.speed or live.session.paused != memory.paused


def _runs(live) -> bool:
    """For steps in which time goes on, so that people come and something is seen to change."""
    return False


STEPS = (
    Step("street", _own_shop, useless=lambda live: live.in_room),
    Step("room", control("view"), lambda live, _: live.in_room, useless=lambda live: live.in_room),
    Step("tactic", _tactics, given("set_tactic")),
    Step("mix", _chosen_tactic, holds=_runs),
    Step("detail", control("act:detail"), given("perform", act="detail"), _runs, in_room=True),
    Step("shopper", _somebody, lambda live, _: live.card is not None, _runs),
    Step("card", _card, lambda live, _: live.card is None, useless=lambda live: live.card is None),
    Step("question", _first_question, given("answer_shopper"), holds=asking, in_room=True),
    Step("pace", _pace, _pace_changed, _runs),
    Step("undo", control("undo"), _taken_back, in_room=True,
         useless=lambda live: not live.session.can_undo),
    Step("parcels", _net_sales),
)  # fmt: skip


def mix_in_words(live, language: str) -> str:
    """The largest shares of the host's minute."""
    shares = sorted(live.session.seen.room.mix.items(), key=lambda item: -item[1])[:_MOST_ACTS]
    return " · ".join(
        f"{words.say(f'act.{act}', language)} {words.per_cent(share, 0)}" for act, share in shares
    )
