"""One to three stars for the decisions of a run, relative to the best line known.

A run that was played to its end has one star. Further stars ask how far it came on the way from the
weakest single tactic (0) to the best line known (1), on average over the crowds both were measured
with:

    2 stars     half of the way
    3 stars     nine tenths of it

A star is withheld only when the lines are clearly further apart than that: where other crowds could
have turned it round (sim.play.luck.tie), the player has the star. Since decisions are judged with
other crowds, luck with one's own crowd neither earns nor costs a star. A better line found later
can cost one, which is why a star is always called relative to the best line *known*.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim import wording
from sim.play.best_line import BestKnown
from sim.play.luck import Verdict, tie

THRESHOLDS: dict[int, float] = {2: 0.5, 3: 0.9}


@dataclass(frozen=True)
class Stars:
    """How many stars, and why.

    count     1 to 3; None when too few crowds were met to tell
    share     of the way from the weakest tactic to the best known line, on average; 1.0 where those
              two are alike. It may lie below 0.
    verdicts  for 2 and 3 stars: own minus what they ask for, crowd by crowd, judged
    """

    count: int | None
    share: float
    verdicts: dict[int, Verdict]

    def text(self, language: str) -> str:
        """One sentence saying what they stand for."""
        return wording.text(f"luck.stars.{self.count or 'unknown'}", language)


def stars(found: BestKnown) -> Stars:
    """The stars of the player's own line in `found`."""
    own, best = found.lines[found.own], found.lines[found.best]
    floor = found.lines[found.weakest] if found.weakest is not None else own
    way = float(best.mean() - floor.mean())
    share = 1.0 if way <= 0.0 else float(own.mean() - floor.mean()) / way
    verdicts = {
        count: tie(own - (floor + part * (best - floor))) for count, part in THRESHOLDS.items()
    }
    if any(verdict.kind == "too_few" for verdict in verdicts.values()):
        return Stars(None, share, verdicts)
    count = 1
    while count < 3 and verdicts[count + 1].kind != "lower":
        count += 1
    return Stars(count, share, verdicts)
