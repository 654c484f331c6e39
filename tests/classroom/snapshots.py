"""Made-up snapshots of a class for the projector and the console, in the form the server sends."""

from __future__ import annotations

import math
import random

import segno

CHOICES = {
    "patient": ("耐心讲解", "Patient"),
    "interaction": ("互动答疑", "Interaction"),
    "rushed": ("催单", "Rushed"),
    "price_games": ("价格套路", "Price games"),
    "storytelling": ("讲自己的故事", "Storytelling"),
    "honest_offer": ("实在优惠", "Honest offer"),
    "patient_interactive": ("耐心加互动", "Patient and interactive"),
}
MEANS = {
    "patient": 4200, "interaction": 3600, "rushed": 1500, "price_games": 1100,
    "storytelling": 3300, "honest_offer": 2900, "patient_interactive": 4600,
}  # fmt: skip
# Names that a careless page would run, break or squeeze.
ODD_NAMES = (
    "<script>alert(1)</script>"[:16],
    '"><img src=x>',
    "小鹿",
    "WWWWWWWWWWWWWWWW",
    "欧阳震华司马相如诸葛亮",
    "阿泽🌟",
    "${7*7}{{x}}",
    "Mia",
)
QR = segno.make("http://192.168.31.208:8000/j/7KQ2MB").svg_inline(border=2, omitsize=True)


def pick(language: str, chinese: str, english: str) -> str:
    return chinese if language == "zh" else english


def name_of(number: int) -> str:
    if number <= len(ODD_NAMES):
        return ODD_NAMES[number - 1]
    return f"同学{number}" if number % 2 else f"Student {number}"


def board_view(phase: str, language: str, *, shops: int = 33, names: bool = False, **more) -> dict:
    """What the board sees in a phase; `more` replaces parts of it."""
    dice = random.Random(7)
    labels = [
        name_of(n) if names else pick(language, f"{n}号店", f"Shop {n}")
        for n in range(1, shops + 1)
    ]
    keys = list(CHOICES)
    tactic = [keys[dice.randrange(len(keys))] for _ in range(shops)]
    known = phase not in ("lobby", "brief", "bets")
    view = {
        "version": 3, "phase": phase, "round": 2, "rounds": 6, "practice": False, "paused": False,
        "code": "7KQ2MB", "crowd": "a1b2c3d4", "mode": "same", "language": language,
        "title": pick(language, "第一场直播", "The first live"), "computing": None,
        "seconds_left": 48.0 if phase == "deciding" else None, "clock": "20:20-20:40",
        "minutes": [0, 120], "scene": "results",
        "choices": [{"id": key, "title": pick(language, *CHOICES[key])} for key in keys],
        "lobby": {
            "url": "http://192.168.31.208:8000/j/7KQ2MB", "code": "7KQ2MB", "qr_svg": QR,
            "wifi": pick(language, "教室-5G", "Classroom-5G"), "count": shops,
            "joined": labels if names else shops,
        },
        "decided": {"count": shops * 2 // 3, "of": shops},
        "shops": [
            {"number": n + 1, "label": labels[n], "viewers": 5 + (n * 37) % 90 if known else 0,
             "orders": n % 9, "tactic": tactic[n] if n % 9 else None, "decided": n % 3 != 0}
            for n in range(shops)
        ],
        "bets": {"count": shops // 2},
    }  # fmt: skip
    if phase == "brief":
        view["brief"] = _brief(language)
    if phase in ("computed", "night", "debrief", "over"):
        view |= {
            "results": _results(dice, language, labels, tactic),
            "luck": {"crowds": 60, "verdicts": [
                {"kind": "tie", "text": pick(language, "“耐心讲解”和“互动答疑”难分高下。",
                                             "“Patient” and “Interaction” are level.")},
                {"kind": "higher", "text": "-"},
            ], "shops": [
                {"label": label, "low": 2000.0 + 90 * n, "mean": 2700.0 + 90 * n,
                 "high": 3300.0 + 90 * n, "value": 2500.0 + 150 * n, "inside": True}
                for n, label in enumerate(labels)
            ]},
            "night": {"days": _nights()},
            "calibration": _calibration(language),
            "ranking": [
                {"place": place, "label": labels[(place * 5) % shops], "value": 5000 - 312 * place,
                 "text": f"¥{5000 - 312 * place:,}"}
                for place in (1, 2, 3)
            ],
            "duel": _duel(language, labels),
        }  # fmt: skip
    return {**view, **more}


def _brief(language: str) -> dict:
    return {
        "lines": [
            pick(language, *line)
            for line in (
                ("你开着一间小小的布衣铺，今晚八点开播，播两个小时。",
                 "You keep a small shop of plain cloth. Tonight you go live at eight, for two "
                 "hours."),
                ("这条街的人爱逛、有耐心，也看得出谁在糊弄。",
                 "People on this street like to browse, have patience, and notice when they are "
                 "being played."),
                ("货架上有三样：洋甘菊护手霜、亚麻衬衫和羊毛大衣。",
                 "Three things are on the rail: a hand cream, a linen shirt and a wool coat."),
                ("现在下的单，两三天后才知道留不留得住。",
                 "What is ordered tonight is kept or sent back two or three days later."),
                ("每一轮做一次决定，一共六轮。", "You decide once a round, six rounds in all."),
            )
        ],
        "goal": pick(language, "退货之后，净成交额尽量高，粉丝只增不减。",
                     "The highest sales net of returns, without losing fans."),
        "street": pick(language, "生活方式街", "Lifestyle street"),
        "shop": pick(language, "素布小铺", "Plain Cloth"),
        "culture": pick(language, "人们来逛，不是来抢。看得久，问得细，记得住谁待人好。",
                        "People come to stroll, not to grab. They look long, ask closely and "
                        "remember who was kind."),
        "goods": [
            {"id": "cream", "name": pick(language, "洋甘菊护手霜", "Camomile hand cream"),
             "price": 39},
            {"id": "shirt", "name": pick(language, "亚麻衬衫", "Linen shirt"), "price": 239},
            {"id": "coat", "name": pick(language, "羊毛大衣", "Wool coat"), "price": 1280},
        ],
    }  # fmt: skip


def _results(dice: random.Random, language: str, labels: list[str], tactic: list[str]) -> dict:
    values = [round(MEANS[key] + dice.gauss(0, 420), 1) for key in tactic]
    groups = []
    for key in sorted(set(tactic), key=lambda key: -MEANS[key]):
        here = [value for value, its in zip(values, tactic, strict=True) if its == key]
        mean = sum(here) / len(here)
        groups.append(
            {"key": key, "title": pick(language, *CHOICES[key]), "count": len(here),
             "values": here, "mean": mean, "mean_text": f"¥{mean:,.0f}"}
        )  # fmt: skip
    average = sum(values) / len(values)
    one, other = pick(language, "耐心讲解", "Patient"), pick(language, "互动答疑", "Interaction")
    return {
        "metric": "net_sales", "title": pick(language, "净成交额", "Net sales"),
        "count": len(values), "groups": groups,
        "values": [
            {"label": label, "value": value, "group": key, "text": f"¥{value:,.0f}"}
            for label, value, key in zip(labels, values, tactic, strict=True)
        ],
        "average": average, "average_text": f"¥{average:,.0f}",
        "best_known": 5480.0, "best": {
            "value": 5480.0, "text": "¥5,480",
            "sentence": pick(language, "从头到尾用“耐心加互动”；也许还有更好的，没人试过。",
                             "“Patient and interactive” from first to last. There may be better "
                             "that nobody has tried."),
        },
        "others": [
            {"metric": "return_rate", "title": pick(language, "退货率", "Return rate"),
             "average_text": "18%"},
            {"metric": "followers", "title": pick(language, "新粉丝", "New followers"),
             "average_text": "41"},
            {"metric": "trust", "title": pick(language, "信任", "Trust"), "average_text": "52"},
        ],
        "luck": {"crowds": 60, "wanted": 60},
        "bands": [
            {"key": group["key"], "title": group["title"], "low": group["mean"] - 600,
             "mean": group["mean"] - 40, "high": group["mean"] + 520, "value": group["mean"]}
            for group in groups
        ],
        "ties": [
            pick(language, f"净成交额：“{one}”和“{other}”难分高下；换一批人，结果可能就反过来了。",
                 f"Net sales: “{one}” and “{other}” are too close to call; other crowds could have "
                 "turned it round."),
            pick(language, "1号店和另外 4 间店，运气之内分不出高下。",
                 "Shop 1 and 4 others cannot be told apart by more than luck."),
        ],
    }  # fmt: skip


def _nights() -> list[dict]:
    kept, back = (0, 12, 96, 141, 88, 40, 11, 3), (0, 0, 6, 31, 44, 27, 9, 2)
    return [
        {"day": day + 1, "delivered": kept[day] + back[day], "kept": kept[day],
         "returned": back[day], "refunded": back[day] * 310.0}
        for day in range(8)
    ]  # fmt: skip


def _calibration(language: str) -> dict:
    rows = ((0.55, 6, 0.5), (0.65, 11, 0.55), (0.75, 14, 0.6), (0.85, 9, 0.62), (0.95, 17, 0.7))
    return {
        "groups": [
            {"confidence": sure, "count": count, "share": share,
             "low": max(0.0, share - 0.2), "high": min(1.0, share + 0.18)}
            for sure, count, share in rows
        ],
        "count": 57,
        "text": pick(language, "说有九成把握的，只中了七成：这个班比实际更有把握。",
                     "Of the bets made with nine tenths of confidence, seven in ten came true: "
                     "the class is surer than it is right."),
        "questions": [
            {"text": pick(language, "“催单”的净成交额会比“耐心讲解”高吗？",
                          "Will “Rushed” bring higher net sales than “Patient”?"),
             "said": "35%", "count": 31, "right": 14, "known": 31},
            {"text": pick(language, "退货率会落在多少到多少之间？",
                          "Between what and what will the return rate end up?"),
             "said": "10%–25%", "count": 28, "right": 9, "known": 28},
        ],
    }  # fmt: skip


def _side(language: str, label: str, keys: tuple[str, ...], pull: float) -> dict:
    viewers = [
        round(pull * (60 + 30 * math.sin(n / 17) + n * 0.2) * min(1, n / 8)) for n in range(121)
    ]
    orders = [round(pull * n * n / 900) for n in range(121)]
    return {
        "label": label, "stand_in": False, "finished": True,
        "series": {"viewers": viewers, "orders": orders, "comments": viewers,
                   "net": [order * 187 for order in orders]},
        "bands": [
            {"from": 120 * n / len(keys), "to": 120 * (n + 1) / len(keys), "key": key,
             "title": pick(language, *CHOICES[key])}
            for n, key in enumerate(keys)
        ],
        "hands": [],
    }  # fmt: skip


def _duel(language: str, labels: list[str]) -> dict:
    return {
        "unit": "minute", "marks": 121, "clock": [f"{20 + n // 6}:{n % 6}0" for n in range(13)],
        "one": _side(language, labels[0], ("patient", "interaction", "patient"), 1.0),
        "other": _side(language, labels[-1],
                       ("rushed", "price_games", "rushed", "honest_offer"), 0.7),
    }  # fmt: skip


def console_view(phase: str, language: str, *, seats: int = 12, **more) -> dict:
    """What the console sees in a phase."""
    texts = {
        "deciding": ("第 2 轮到此为止（还有 3 人没好，按他们最后选的算）",
                     "Close round 2 (3 not ready; what they chose last is used)"),
        "computed": ("进入第 3 轮", "Open round 3"),
        "lobby": ("讲今晚的店和目标", "Show the brief"),
        "bets": ("开播，进入第 1 轮", "Go live: open round 1"),
        "debrief": ("下课", "End the class"),
    }  # fmt: skip
    words = texts.get(phase)
    view = {
        "version": 5, "phase": phase, "round": 2, "rounds": 6, "practice": False, "paused": False,
        "code": "7KQ2MB", "crowd": "a1b2c3d4", "mode": "same", "language": language,
        "title": pick(language, "第一场直播", "The first live"), "computing": None, "problem": None,
        "seconds_left": None, "clock": "20:20-20:40", "minutes": [20, 40],
        "settings": {"mode": "same", "rounds": 6, "shops": 4, "pacing": "instructor", "seconds": 90,
                     "late": "bot", "names_shown": False, "ranking": "private", "top": 3,
                     "weights": {}},
        "seats": [_seat(n, phase, language) for n in range(1, seats + 1)],
        "next": None if words is None else {
            "do": "next", "phase": phase, "round": 1, "to": "computed",
            "text": pick(language, *words), "waiting": 3,
        },
        "can_undo": True, "undo_text": pick(language, "进入第 2 轮", "opened round 2"),
        "undo_target": 41, "can_redo": False, "redo_text": None, "redo_target": None,
        "can_repeat": phase == "computed", "can_practice": phase in ("lobby", "brief", "bets"),
        "can_reset": phase not in ("lobby", "brief", "bets"),
        "scene": "results", "duel": None, "preview": None,
        "urls": {"join": "http://192.168.31.208:8000/j/7KQ2MB",
                 "board": "http://192.168.31.208:8000/board?key=k"},
        "log": [
            {"number": 41, "at": 1_790_000_000, "undone": False,
             "text": pick(language, "进入第 2 轮", "opened round 2")},
            {"number": 40, "at": 1_789_999_900, "undone": True,
             "text": pick(language, "请 小鹿 先离开", "removed 小鹿")},
        ],
        "people": {"joined": seats, "present": seats - 2, "decided": seats - 3, "undecided": 3,
                   "bets": seats - 4},
    }  # fmt: skip
    return {**view, **more}


def _seat(number: int, phase: str, language: str) -> dict:
    key = list(CHOICES)[number % len(CHOICES)]
    return {
        "number": number, "name": name_of(number), "present": number % 5 != 0,
        "decided": number % 4 != 0, "ready": number % 4 > 1, "stand_in": number == 7,
        "removed": number == 10, "bot": False, "hands": 1, "own_hands": number % 2,
        "bets": number % 3 != 0, "late": 0,
        "choice": None if number % 4 == 0 else pick(language, *CHOICES[key]),
    }  # fmt: skip


def preview(language: str) -> dict:
    """What a preview brings."""
    return {
        "done": 1, "total": 1, "crowds": 12,
        "rows": [
            {"id": key, "title": pick(language, *CHOICES[key]),
             "net_sales": [mean, mean - 700, mean + 800], "return_rate": [0.12, 0.08, 0.17],
             "followers": [41.0, 30.0, 52.0],
             "viewers": [820.0, 760.0, 880.0]}
            for key, mean in MEANS.items()
        ],
    }  # fmt: skip
