"""The evening by the minute, and the nights after it."""

from __future__ import annotations

from sim.model import TICKS_PER_DAY, TICKS_PER_MINUTE
from sim.report import html_charts as charts
from sim.report.html_markup import Markup, element
from sim.report.html_section import Section

_WIDE, _NARROW = 720, 350


class Evening(Section):
    """Timeline and nights."""

    def timeline(self) -> Markup:
        """The live by the minute and the nights by the day."""
        run, ghost = self.report.run, self.report.ghost
        start, end = run.live_start_tick, run.live_end_tick
        live = (ghost.ticks >= start) & (ghost.ticks <= end)
        minutes = ((ghost.ticks[live] - start) / TICKS_PER_MINUTE).tolist()
        panels = [
            charts.Panel(
                self.text("report.timeline.sales"),
                ghost.series["gmv"][live].tolist(),
                132,
                charts.CORAL,
                self.money,
                self.report.figures["net_sales"],
                self.text("report.timeline.kept"),
            ),
            charts.Panel(
                self.text("report.timeline.inside"),
                ghost.series["inside"][live].tolist(),
                74,
                charts.TEAL,
                lambda value: f"{value:,.0f}",
            ),
        ]
        pictures = []
        for width, shown in ((_WIDE, "wide"), (_NARROW, "narrow")):
            timeline = charts.Timeline(width, minutes, self._stretches())
            picture = timeline.draw(
                panels,
                self.text("report.timeline.title"),
                lambda minute: run.timeline.clock(start + round(minute * TICKS_PER_MINUTE)),
            )
            legend = [
                element(
                    "li", element("b", part.letter, style=f"background:{part.colour}"), part.name
                )
                for part in timeline.abbreviated
            ]
            pictures.append(
                element(
                    "div",
                    picture,
                    element("ul", legend, class_="legend") if legend else None,
                    class_=f"picture {shown}",
                )
            )
        return self.section("timeline", pictures, self.nights())

    def nights(self) -> Markup | None:
        """What was left after each night."""
        run, ghost = self.report.run, self.report.ghost
        if not self.scenario.nights:
            return None
        ticks = [run.live_end_tick]
        last = self.scenario.nights
        ticks += [run.timeline.closes + n * TICKS_PER_DAY for n in range(1, last)]
        # the last night is over when the run is, so that it ends at the figures of the run
        ticks.append(run.end_tick)
        values = [ghost.at(tick)["net_sales"] for tick in ticks]
        names = [self.text("report.timeline.evening")]
        names += [self.text("report.timeline.day", count=n) for n in range(1, len(ticks))]
        title = self.text("report.timeline.nights")
        shown = [
            element(
                "div",
                charts.night_bars(width, values, names, self.money, title),
                class_=f"picture {kind}",
            )
            for width, kind in ((_WIDE, "wide"), (_NARROW, "narrow"))
        ]
        return element("div", element("h3", title), shown, class_="nights")

    def _stretches(self) -> list[charts.Stretch]:
        """The live's bands with letters and colours in the order in which tactics were played."""
        bands, start = self.report.ghost.bands, self.report.run.live_start_tick
        played = list(dict.fromkeys(part.tactic for part in bands))
        colours = charts.TACTIC_COLOURS
        return [
            charts.Stretch(
                (part.start - start) / TICKS_PER_MINUTE,
                (part.stop - start) / TICKS_PER_MINUTE,
                chr(ord("A") + played.index(part.tactic) % 26),
                self.tactic(part.tactic),
                colours[played.index(part.tactic) % len(colours)],
            )
            for part in bands
        ]
