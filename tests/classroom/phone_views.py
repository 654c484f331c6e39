"""Made-up views of a class for one phone, in the form the server sends, phase by phase."""

from __future__ import annotations

import functools
import math
from typing import Any

import segno

from sim import wording
from sim.scenario import Scenario

CODE = "K4RD7X"
ACTS = (
    "explain", "detail", "answer", "prompt", "poll", "story", "hype", "countdown",
    "mark_up_then_cut", "hold_back", "giveaway", "honest_discount", "invite_group", "silence",
)  # fmt: skip
# A name that a careless page would run, and as wide as a name may be.
NAME = "<b>WWWWWWWWWW</b>"[:16]
QR = segno.make("SS1-K4RD7X", error="m").svg_inline(scale=4, border=2)


@functools.cache
def scenario() -> Scenario:
    return Scenario.load("first_stream")


def pick(language: str, chinese: str, english: str) -> str:
    return chinese if language == "zh" else english


def figures(step: int = 3) -> dict[str, Any]:
    orders = 12 * step
    return {
        "impressions": 14210 * step, "visits": 420 * step, "viewers": 388 * step,
        "orders": orders, "buyers": orders - 3, "gmv": 98765.0 * step, "net_sales": 91234.5 * step,
        "return_rate": 0.076, "returns": step, "conversion": 0.0312, "followers": 31 * step,
        "unfollowed": 2 * step, "trust": 0.66 + 0.02 * step,
    }  # fmt: skip


def room(step: int = 3) -> dict[str, Any]:
    counts = (14210, 420, 260, 64, 12, 0)
    keys = ("seen", "entered", "stayed", "commented", "ordered", "kept")
    return {
        "viewers": 123, "followers": 1093, "members": 41, "trust": 0.72, "energy": 0.6,
        "figures": figures(step), "queue": 12, "offer_in": None,
        "funnel": [{"key": k, "count": c * step} for k, c in zip(keys, counts, strict=True)],
    }  # fmt: skip


def last(language: str) -> dict[str, Any]:
    return {
        "before": figures(2),
        "after": {**figures(3), "trust": 0.61},
        "minutes": [
            {"minute": 20 + n, "viewers": round(80 + 40 * math.sin(n / 5)), "orders": (n * 7) % 4,
             "comments": n % 5}
            for n in range(20)
        ],
        "said": [
            pick(language, "9 个问题等太久没人答，走了。", "Nine questions waited too long."),
            pick(language, "有 12 个人待了五分钟才下单。", "Twelve ordered after five minutes."),
        ],
    }  # fmt: skip


def choices(language: str) -> list[dict[str, str]]:
    return [
        {
            "id": name,
            "title": scenario().tactics[name].title.text(language),
            "summary": scenario().tactics[name].summary.text(language),
        }
        for name in scenario().choices
    ]


def acts(language: str) -> list[dict[str, Any]]:
    titles = [wording.text(f"ledger.act.{act}", language) for act in ACTS]
    return [
        {"id": act, "title": title, "seconds": [60, 120, 180]}
        for act, title in zip(ACTS, titles, strict=True)
    ]


def common(language: str, phase: str, **more: Any) -> dict[str, Any]:
    return {
        "version": 3, "phase": phase, "round": 3, "rounds": 6, "practice": False, "paused": False,
        "code": CODE, "crowd": "9f3ac21b", "mode": "same", "title": scenario().title.text(language),
        "computing": None, "seconds_left": None, "clock": "20:40–21:00", "minutes": [40, 60],
        "language": language, "me": {"seat": 7, "name": NAME, "stand_in": False, "removed": False},
        "people": {"joined": 42, "decided": 17}, **more,
    }  # fmt: skip


def lobby(language: str) -> dict[str, Any]:
    return common(language, "lobby")


def brief(language: str) -> dict[str, Any]:
    host = scenario().host
    return common(
        language, "brief",
        brief={
            "lines": list(getattr(scenario().brief, language)), "goal": "net_sales",
            "street": scenario().street.title.text(language),
            "culture": scenario().street.culture.text(language),
            "goods": [
                {"id": one.id, "name": one.name.text(language), "price": one.price}
                for one in host.products
            ],
        },
    )  # fmt: skip


def bets(language: str) -> dict[str, Any]:
    titles = [scenario().tactics[name].title.text(language) for name in scenario().compare[:2]]
    which = wording.text(
        "bets_screen.question.which", language, one=titles[0], other=titles[1],
        metric=wording.text("metrics.net_sales.name", language),
    )  # fmt: skip
    asked = [
        {"number": 0, "text": which, "kind": "probability", "low": 0.0, "high": 1.0,
         "unit": "share", "one": titles[0], "other": titles[1]},
        {"number": 1, "text": wording.text("bets_screen.question.return_rate", language),
         "kind": "interval", "low": 0.0, "high": 1.0, "unit": "share", "one": None, "other": None},
        {"number": 2, "kind": "interval", "low": 0.0, "high": 120.0, "unit": "minutes",
         "text": wording.text("bets_screen.question.median_minutes_to_order", language),
         "one": None, "other": None},
    ]  # fmt: skip
    return common(language, "bets", bets={"questions": asked, "mine": None})


def questions(language: str) -> list[dict[str, Any]]:
    return [
        {"shopper": 100 + n, "lack": lack, "waited": 35 * (n + 1),
         "text": wording.text(f"ui.comments.{lack}_{n % 4 + 1}", language)}
        for n, lack in enumerate(("fit", "material", "price", "use", "trust", "fit", "price"))
    ]  # fmt: skip


def deciding(language: str, **more: Any) -> dict[str, Any]:
    inner = {
        "choices": choices(language), "current": "patient",
        "products": [
            {"id": one.id, "name": one.name.text(language), "price": one.price,
             "stock": one.stock, "shown": n == 1}
            for n, one in enumerate(scenario().host.products)
        ],
        "acts": acts(language), "questions": questions(language), "mine": None, "ready": False,
        "policies": [], "room": room(), "last": last(language), **more,
    }  # fmt: skip
    return common(language, "deciding", deciding=inner, seconds_left=74.0)


def campaign(language: str) -> dict[str, Any]:
    policies = Scenario.load("thirty_days").policies
    inner = {
        "choices": [], "current": None, "products": [], "acts": [], "questions": [], "mine": None,
        "ready": False, "room": room(), "last": None,
        "policies": [
            {"id": name, "title": one.title.text(language), "summary": one.summary.text(language)}
            for name, one in policies.items()
        ],
    }  # fmt: skip
    return common(
        language,
        "deciding",
        deciding=inner,
        campaign=True,
        clock=pick(language, "第 11–15 天", "days 11–15"),
    )


def computing(language: str) -> dict[str, Any]:
    return common(language, "computed", computing={"done": 17, "total": 42})


def computed(language: str) -> dict[str, Any]:
    return common(language, "computed", room=room(), last=last(language))


def paused(language: str) -> dict[str, Any]:
    return {**computed(language), "paused": True}


def night(language: str) -> dict[str, Any]:
    days = [
        {"day": n + 2, "delivered": d, "kept": k, "returned": r, "refunded": f}
        for n, (d, k, r, f) in enumerate(
            ((0, 0, 0, 0), (12, 9, 0, 0), (31, 25, 3, 1296.0), (8, 7, 6, 2394.0), (0, 0, 2, 1798.0))
        )
    ]
    return common(language, "night", night={"days": days, "figures": figures(4)}, round=6)


def hands(language: str) -> list[dict[str, Any]]:
    made = []
    for n, name in enumerate(
        ("patient", "patient", "interaction", "rushed", "patient_interactive", "rushed")
    ):
        hand = {"tactic": name, **({"act": "story", "seconds": 120} if n == 2 else {})}
        title = scenario().tactics[name].title.text(language)
        if n == 2:
            title += pick(language, "，讲故事 120 秒", ", the story for 120 s")
        made.append(
            {"number": n + 1, "clock": f"20:{n:02}–21:{n:02}", "hand": hand, "title": title,
             "figures": figures(n + 1), "automatic": n == 4}
        )  # fmt: skip
    return made


def debrief(language: str) -> dict[str, Any]:
    groups = [
        {"key": one["id"], "title": one["title"], "mean": 380000.0 - 20000 * n,
         "values": [300000.0 + 9000 * ((n * 7 + m * 5) % 17) for m in range(8)]}
        for n, one in enumerate(choices(language))
    ]  # fmt: skip
    final = figures(4)
    groups[0]["values"][3] = final["net_sales"]
    scored = [
        {"text": bets(language)["bets"]["questions"][0]["text"], "hit": True, "score": 0.64,
         "said": pick(language, "八成把握：“耐心讲解”更高", "80% sure: patient is higher"),
         "outcome": scenario().tactics["patient"].title.text(language)},
        {"text": bets(language)["bets"]["questions"][1]["text"], "hit": False, "score": -1.2,
         "said": "10% – 20%", "outcome": "7.6%"},
        {"text": bets(language)["bets"]["questions"][2]["text"], "hit": None, "score": None,
         "said": "5 – 9", "outcome": "–"},
    ]  # fmt: skip
    return common(
        language, "debrief",
        debrief={
            "final": final, "place": {"rank": 5, "of": 42}, "rounds": hands(language),
            "distribution": {"metric": "net_sales", "groups": groups, "average": 351234.0,
                             "best_known": 441000.0},
            "bets": scored, "own_band": [301000.0, 362000.0, 418000.0],
            "capsule": {"text": "SS1-7KQ2M-BZ4NT-98WPC-RRL0D-7KQ2M-BZ4NT-98WPC-1Q", "qr_svg": QR},
            "choices": choices(language), "acts": acts(language),
        },
    )  # fmt: skip


def branch(language: str) -> dict[str, Any]:
    why = pick(
        language,
        "只在换了以后买了亚麻衬衫：问题等了 40 秒就得到回答，而不是等不到。",
        "Bought the linen shirt with the change only: the question was answered after 40 s instead "
        "of never.",
    )
    names = pick(language, "小鹿 阿泽 念念", "Mia Leo Nina").split()
    return {
        "round": 3, "hand": {"tactic": "interaction"}, "before": figures(4),
        "after": {**figures(5), "trust": 0.69},
        "changed": {"bought": 14, "not": 5, "total": 31},
        "people": [
            {"shopper": 500 + n, "name": name, "why": why,
             "before": pick(language, "没买亚麻衬衫", "did not buy the linen shirt"),
             "after": pick(language, "买了亚麻衬衫", "bought the linen shirt")}
            for n, name in enumerate(names)
        ],
    }  # fmt: skip


def diary(language: str) -> dict[str, Any]:
    def entry(when: str, only: str | None, chinese: str, english: str, **more: Any) -> dict:
        return {"when": when, "only": only, "text": pick(language, chinese, english), **more}

    came = entry("20:05", None, "走进布衣铺的直播间。", "Went into the room of Plain Cloth.")
    asked = entry(
        "20:41", "mine", "问了亚麻衬衫的事：合不合身，等了 180 秒没人答，算了。",
        "Asked about the linen shirt: fit, waited 180 s for an answer and gave up.",
    )  # fmt: skip
    answered = entry(
        "20:41", "branch", "问了亚麻衬衫的事：合不合身，40 秒后得到了回答。",
        "Asked about the linen shirt, fit, and was answered after 40 s.",
    )  # fmt: skip
    left = entry(
        "21:02", None, "待了 57 分钟，没耐心了，走了。", "Left after 57 min, out of patience.",
        changed=True,
    )  # fmt: skip
    return {
        "shopper": 500, "name": pick(language, "小鹿", "Mia"),
        "entries": [came, asked, left], "branch": [came, answered, left],
    }  # fmt: skip


def removed(language: str) -> dict[str, Any]:
    view = common(language, "lobby")
    view["me"]["removed"] = True
    return view


def over(language: str) -> dict[str, Any]:
    return common(language, "over")


PHASES = {
    "lobby": lobby, "brief": brief, "bets": bets, "deciding": deciding, "campaign": campaign,
    "computing": computing, "computed": computed, "paused": paused, "night": night,
    "debrief": debrief, "removed": removed, "over": over,
}  # fmt: skip
