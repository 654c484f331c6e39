"""The report of a campaign, its days: pictures and tables by day, week, money, notes and losses."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report import html_charts as charts
from sim.report.html_markup import Markup, element
from sim.report.html_section import Section
from sim.report.ledger_charge import Charge
from sim.report.weeks_charts import day_bars
from sim.report.weeks_gather import WeeksReport

_WIDE, _NARROW = 720, 350
_LIVES = "#3C7791"
_NOTHING = "–"


class Tables(Section):
    """Days, weeks, money, account and ledger."""

    report: WeeksReport

    # -- pictures ------------------------------------------------------------------------------
    def by_day(self) -> Markup:
        """Net sales a day, and how the account grew."""
        days = self.report.days[: self.scenario.campaign.days]
        title = self.text("weeks.by_day.title")
        bars = [
            element(
                "div",
                day_bars(
                    width, [day.net for day in days], [day.live is not None for day in days],
                    self.money_short, title,
                ),
                class_=f"picture {kind}",
            )
            for width, kind in ((_WIDE, "wide"), (_NARROW, "narrow"))
        ]  # fmt: skip
        return self._section(
            "by_day",
            element("p", self.text("weeks.by_day.what"), class_="quiet"),
            bars,
            element("h3", self.text("weeks.by_day.grown")),
            self._grown(),
        )

    def _grown(self) -> list[Markup]:
        """Sales so far, followers and members, on days with a live marked."""
        days = self.report.days[: self.scenario.campaign.days]
        so_far, total = [], 0.0
        for day in days:
            total += day.net
            so_far.append(total)
        panels = [
            charts.Panel(self.text("weeks.by_day.so_far"), so_far, 96, charts.CORAL,
                         self.money_short),
            charts.Panel(self.text("weeks.by_day.followers"), [day.followers for day in days], 60,
                         charts.TEAL, _mark),
            charts.Panel(self.text("weeks.by_day.members"), [day.members for day in days], 60,
                         _LIVES, _mark),
        ]  # fmt: skip
        pictures = []
        for width, kind in ((_WIDE, "wide"), (_NARROW, "narrow")):
            timeline = charts.Timeline(width, list(range(1, len(days) + 1)), self._stretches())
            picture = timeline.draw(
                panels, self.text("weeks.by_day.grown"),
                lambda day: self.text("weeks.by_day.day", day=round(day)) if day else "",
            )  # fmt: skip
            legend = [
                element(
                    "li", element("b", part.letter, style=f"background:{part.colour}"), part.name
                )
                for part in timeline.abbreviated
            ]
            pictures.append(
                element(
                    "div", picture,
                    element("ul", legend, class_="legend") if legend else None,
                    class_=f"picture {kind}",
                )
            )  # fmt: skip
        return pictures

    def _stretches(self) -> list[charts.Stretch]:
        """A band for every live, by the tactic it began with."""
        lives = [(day.day + 1, day.live) for day in self.report.days if day.live is not None]
        played = list(dict.fromkeys(live.tactic for _, live in lives))
        colours = charts.TACTIC_COLOURS
        return [
            charts.Stretch(
                day - 0.42, day + 0.42, chr(ord("A") + played.index(live.tactic) % 26),
                self.tactic(live.tactic), colours[played.index(live.tactic) % len(colours)],
            )
            for day, live in lives
        ]  # fmt: skip

    # -- tables --------------------------------------------------------------------------------
    def weeks(self) -> Markup:
        """A line a week."""
        rows = [
            [
                self.text("campaign.why.week", week=week.week, first=week.first_day,
                          last=week.last_day),
                self.money(week.net), _whole(week.orders), _whole(week.returned),
                _whole(week.lives), _whole(week.notes), self._signed(week.followers),
                _whole(week.members), self.figure("fan_share", week.fan_share),
            ]
            for week in self.report.weeks
        ]  # fmt: skip
        names = ("week", "net", "orders", "returned", "lives", "notes", "followers", "members",
                 "fan_share")  # fmt: skip
        heads = [self.text(f"campaign.why.column.{name}") for name in names]
        return self._section("weeks", _table(heads, rows), wide=True)

    def days(self) -> Markup:
        """A line a day: what was planned in the morning, and what came of it."""
        rows = []
        for day in self.report.days[: self.scenario.campaign.days]:
            live = _NOTHING
            if day.live is not None:
                live = self.text(
                    "weeks.days.live_of", starts=day.live.starts, minutes=day.live.minutes,
                    tactic=self.tactic(day.live.tactic),
                )  # fmt: skip
            rows.append(
                [
                    str(day.day + 1), live, self._notes(day.notes), self._care(day.care),
                    self._paid(day.day), self._bought(day.day), _whole(day.orders),
                    _whole(day.returned), self.money(day.net), _whole(day.followers),
                    _whole(day.members),
                ]
            )  # fmt: skip
        names = ("day", "live", "notes", "care", "traffic", "restock", "orders", "returned", "net",
                 "followers", "members")  # fmt: skip
        heads = [self.text(f"weeks.days.{name}") for name in names]
        rest = self.report.days[self.scenario.campaign.days :]
        after = None
        if rest:
            after = element(
                "p",
                self.text(
                    "weeks.days.after",
                    returned=_whole(sum(day.returned for day in rest)),
                    net=self.money(sum(day.net for day in rest)),
                ),
                class_="quiet",
            )
        return self._section("days", _table(heads, rows, (1, 2, 3, 5)), after, wide=True)

    def money(self, value: float | None = None) -> Markup | str:
        """The table of money; or, with a value, an amount of yuan."""
        if value is not None:
            return super().money(value)
        money = self.report.money
        lines = [
            ("before", money.cash_before), ("gross", money.gross), ("refunded", -money.refunded),
            ("goods", -money.goods), ("traffic", -money.traffic), ("rest", money.rest),
            ("now", money.cash_now), ("profit", money.profit),
        ]  # fmt: skip
        rows = [
            element(
                "tr",
                element("th", self.text(f"weeks.money.{name}"), scope="row"),
                element("td", self.figure("net_sales", round(value)), class_="number"),
                element("td", self.text(f"weeks.money.note.{name}"), class_="quiet"),
                class_="goal" if name in ("now", "profit") else None,
            )
            for name, value in lines
        ]
        return self._section("money", element("table", element("tbody", rows)))

    def money_short(self, value: float) -> str:
        """An amount beside an axis."""
        return super().money(value)

    def account(self) -> Markup:
        """Notes and the group."""
        own, days = self.report.figures, self.report.days
        published = [
            self.text("weeks.account.format", name=self.text(f"desk.format.{name}"), count=count)
            for name, count in self.report.formats.items()
        ]
        separator = self.text("errors.list.separator")
        reads = sum(day.reads for day in days)
        orders = sum(day.note_orders for day in days)
        told = [
            self.text(
                "weeks.account.notes", reads=_whole(reads), orders=_whole(orders),
                yuan=self.figure("note_sales", own["note_sales"]),
                kinds=separator.join(published) or self.text("weeks.account.none"),
            ),
            self.text("weeks.account.no_group")
            if not own["members"] and not any(day.joined for day in days)
            else self.text(
                "weeks.account.group", joined=_whole(sum(day.joined for day in days)),
                left=_whole(sum(day.left for day in days)), members=_whole(own["members"]),
                minutes=self.figure("member_watch_minutes", own["member_watch_minutes"]),
                times=self.figure("member_value_ratio", own["member_value_ratio"]),
            ),
            self.text(
                "weeks.account.fans", won=_whole(own["followers"]), lost=_whole(own["unfollowed"]),
                share=self.figure("fan_share", own["fan_share"]),
                again=self.figure("repeat_share", own["repeat_share"]),
            ),
            self.text(
                "weeks.account.told", good=_whole(sum(day.told_good for day in days)),
                bad=_whole(sum(day.told_bad for day in days)),
                reports=_whole(sum(day.reports for day in days)),
                standing=self.figure("standing", own["standing"]),
            ),
        ]  # fmt: skip
        return self._section("account", [element("p", sentence) for sentence in told])

    def ledger(self) -> Markup:
        """Losses by kind and cause, with their days."""
        kinds: dict[tuple[str, str, str | None], list[Charge]] = {}
        for charge in self.report.book.charges:
            kinds.setdefault((charge.kind, charge.cause, charge.act), []).append(charge)
        ranked = sorted(
            kinds.items(),
            key=lambda item: (item[0][0], -sum(one.fen for one in item[1]), -len(item[1])),
        )
        rows = []
        for (kind, cause, act), charges in ranked:
            days = sorted(charge.day or 0 for charge in charges)
            fen = sum(charge.fen for charge in charges)
            rows.append(
                [
                    self.text(f"ledger.kind.{kind}"), self.text(f"ledger.cause.{cause}"),
                    self.text(f"ledger.act.{act}") if act is not None else _NOTHING,
                    str(days[0]) if days[0] == days[-1] else f"{days[0]}–{days[-1]}",
                    _whole(len(charges)), self.money(fen / 100.0) if fen else _NOTHING,
                ]
            )  # fmt: skip
        if not rows:
            return self._section("ledger", element("p", self.text("cli.ledger.nothing")))
        names = ("loss", "cause", "act", "days", "count", "yuan")
        heads = [self.text(f"weeks.ledger.{name}") for name in names]
        return self._section(
            "ledger",
            element("p", self.text("weeks.ledger.what"), class_="quiet"),
            _table(heads, rows, (1, 2)),
            wide=True,
        )

    # -- words ---------------------------------------------------------------------------------
    def _notes(self, formats: Sequence[str]) -> str:
        names = [self.text(f"desk.format.{name}") for name in formats]
        return self.text("errors.list.separator").join(names) or _NOTHING

    def _care(self, care: tuple[int, int]) -> str:
        if not any(care):
            return _NOTHING
        return self.text("weeks.days.care_of", minutes=care[0], messages=care[1])

    def _paid(self, day: int) -> str:
        budget = self.report.traffic[day]
        return self.money(budget) if budget else _NOTHING

    def _bought(self, day: int) -> str:
        names = {one.id: one.name.text(self.language) for one in self.scenario.host.products}
        bought = [
            self.text("weeks.days.bought", product=names[product], units=_whole(units))
            for product, units in self.report.restocked.get(day, ())
        ]
        return self.text("errors.list.separator").join(bought) or _NOTHING

    def _signed(self, value: int) -> str:
        return f"+{value:,}" if value > 0 else f"−{-value:,}" if value < 0 else "0"

    def _section(self, name: str, *children: object, wide: bool = False) -> Markup:
        """wide: a table whose columns stay side by side, also on a phone."""
        heading = element("h2", self.text(f"weeks.{name}.heading"))
        return element("section", heading, *children, class_="crowds weeks" if wide else name)


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _mark(value: float) -> str:
    """A number of people beside an axis; there are no halves."""
    return _whole(value) if value == round(value) else ""


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], words: Sequence[int] = ()
) -> Markup:
    """words: which columns hold words, which begin at the left; the first always does."""

    def kind(column: int) -> str | None:
        return "words" if column in words else None

    body = [
        element(
            "tr",
            element("th", row[0], scope="row"),
            [element("td", cell, class_=kind(n)) for n, cell in enumerate(row[1:], start=1)],
        )
        for row in rows
    ]
    named = [element("th", head, scope="col", class_=kind(n)) for n, head in enumerate(heads)]
    return element("table", element("thead", element("tr", named)), element("tbody", body))
