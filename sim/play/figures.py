"""From events to figures: the one place where every metric is computed.

What each is divided by is worded once, in assets/locale/metrics.yaml.
"""

from __future__ import annotations

import numpy as np

from sim.model.events import Kind

METRICS: tuple[str, ...] = (
    "impressions",
    "visits",
    "viewers",
    "watch_seconds",
    "comments",
    "commenters",
    "orders",
    "buyers",
    "conversion",
    "gmv",
    "returns",
    "return_rate",
    "net_sales",
    "followers",
    "unfollowed",
    "orders_after_5min",
    "median_minutes_to_order",
    "commenter_ratio",
    "trust",
)

FIVE_MINUTES = 300.0


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def figures(
    events: np.ndarray, trust: float = float("nan"), seconds_in_room: float = 0.0
) -> dict[str, float]:
    """All METRICS of one shop, in that order; nan where there is nothing to divide by.

    Orders, buyers and money are of the whole shop, its notes included; conversion, and times to
    order, are of its room alone.

    events: of the room's host only (dtype EVENT). trust: mean trust in the host of all who came in.
    seconds_in_room: seconds spent so far by those who are still there, for a run that goes on.
    Money in yuan, rates as fractions.
    """
    kind = events["kind"]

    def of(which: Kind) -> np.ndarray:
        return events[kind == which]

    entered = of(Kind.ENTER)
    orders = of(Kind.ORDER)
    from_notes = of(Kind.NOTE_ORDER)
    returned = of(Kind.RETURN)
    viewers = np.unique(entered["shopper"])
    commenters = np.unique(of(Kind.COMMENT)["shopper"])
    buyers = np.unique(orders["shopper"])
    commenting_buyers = len(np.intersect1d(commenters, buyers, assume_unique=True))
    watched = float(of(Kind.LEAVE)["value"].sum()) + seconds_in_room
    gmv = (float(orders["value"].sum()) + float(from_notes["value"].sum())) / 100.0
    all_orders = len(orders) + len(from_notes)
    minutes = orders["extra"] / 60.0
    with_comment = _share(commenting_buyers, len(commenters))
    without = _share(len(buyers) - commenting_buyers, len(viewers) - len(commenters))
    return {
        "impressions": float(of(Kind.IMPRESSIONS)["value"].sum()),
        "visits": float(len(entered)),
        "viewers": float(len(viewers)),
        "watch_seconds": _share(watched, len(viewers)),
        "comments": float((kind == Kind.COMMENT).sum()),
        "commenters": float(len(commenters)),
        "orders": float(all_orders),
        "buyers": float(len(np.union1d(buyers, from_notes["shopper"]))),
        "conversion": _share(len(buyers), len(viewers)),
        "gmv": gmv,
        "returns": float(len(returned)),
        "return_rate": _share(len(returned), all_orders),
        "net_sales": gmv - float(returned["value"].sum()) / 100.0,
        "followers": float((kind == Kind.FOLLOW).sum()),
        "unfollowed": float((kind == Kind.UNFOLLOW).sum()),
        "orders_after_5min": _share(int((orders["extra"] >= FIVE_MINUTES).sum()), len(orders)),
        "median_minutes_to_order": float(np.median(minutes)) if len(minutes) else float("nan"),
        "commenter_ratio": _share(with_comment, without),
        "trust": trust,
    }


def mean_trust(relations: np.ndarray, events: np.ndarray, host: int = 0) -> float:
    """Mean trust in a host now of all shoppers who ever came in; nan when nobody did.

    relations: shoppers x hosts of one world. Used by reports, never by the model.
    """
    viewers = np.unique(events["shopper"][events["kind"] == Kind.ENTER])
    return float(relations["trust"][viewers, host].mean()) if len(viewers) else float("nan")
