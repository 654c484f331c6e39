"""`main.py run` and `compare` for a scenario of many days: policies are played, not tactics."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.console.bets import keep, settle, settled_data, show_settled
from sim.console.bets_read import bets_called
from sim.console.progress import Progress
from sim.console.shared import FAILED, INTERRUPTED, prepare, print_json
from sim.console.terminal import Terminal
from sim.console.ways import figures_shown, metrics_shown, policy_called, way_title
from sim.errors import Phrase, StrollError
from sim.model import ENGINE_VERSION

if TYPE_CHECKING:
    from sim.play.living import Refused
    from sim.scenario import Scenario

# A crowd of a campaign takes as long as dozens of evenings.
CAMPAIGN_CROWDS = 8
# So many days are named on which the same thing was not possible.
_DAYS_NAMED = 8


def run_campaign(
    terminal: Terminal,
    scenario: Scenario,
    tactic: str | None,
    policy: str | None,
    seed: int | None,
    as_json: bool,
    journal_path: Path | None,
    capsule_path: Path | None,
    bets: Sequence[str] = (),
) -> int:
    """All days of a campaign, each morning planned by a policy."""
    name = policy_called(terminal, scenario, tactic, policy)
    seed = scenario.seed if seed is None else seed
    wagers = bets_called(terminal, scenario, bets)
    prepare(terminal)
    from sim.console.commands import _save_capsule, _say_of_journal
    from sim.play.journal import Journal
    from sim.play.living import live_day
    from sim.play.run import Run

    journal = Journal.create(journal_path, scenario, seed) if journal_path else None
    if journal is not None:
        _say_of_journal(terminal, journal)
    going = Run(scenario, seed=seed, journal=journal)
    title = way_title(terminal, scenario, name)
    refused: list[Refused] = []
    began = time.monotonic()
    try:
        with Progress(terminal, title) as progress:
            while going.phase != "finished":
                refused += live_day(going, scenario.policies[name])
                progress(going.tick, going.end_tick)
    except KeyboardInterrupt:
        day = going.timeline.day(going.tick)
        terminal.say("campaign.run.stopped", day=min(day, scenario.campaign.days))
    took = time.monotonic() - began
    if journal is not None:
        journal.close()
    finished = going.phase == "finished"
    figures = figures_shown(going)
    settled = settle(terminal, going, wagers)
    if as_json:
        print_json(
            {
                "scenario": scenario.id,
                "engine": ENGINE_VERSION,
                "seed": seed,
                "policy": name,
                "days": scenario.campaign.days,
                "finished": finished,
                "tick": going.tick,
                "digest": going.digest(),
                "seconds": round(took, 2),
                "refused": [
                    {
                        "day": item.day,
                        "decision": item.decision.to_data(),
                        "sentence": _reason(terminal, item),
                    }
                    for item in refused
                ],
                "metrics": figures,
                **settled_data(terminal, scenario, settled),
            }
        )
    else:
        from sim.console.tables import print_run

        heading = scenario.title.text(terminal.language)
        days = scenario.campaign.days
        terminal.tell(
            terminal.text(
                "campaign.run.title", scenario=heading, policy=title, days=days, seed=seed
            )
        )
        terminal.out.print()
        print_run(terminal, figures, scenario.goal, metrics_shown(scenario))
        for sentence in _refusals(terminal, scenario, refused):
            terminal.out.print()
            terminal.tell(sentence)
        show_settled(terminal, scenario, settled)
    if finished:
        terminal.say("campaign.run.took", days=scenario.campaign.days, seconds=f"{took:.1f}")
    saved = journal is None or not _say_of_journal(terminal, journal)
    if capsule_path is not None:
        _save_capsule(terminal, going, capsule_path)
    keep(terminal, going, settled)
    if not finished:
        return INTERRUPTED
    return 0 if saved else FAILED


def refuse_campaign(source: str, sentence: str) -> None:
    """StrollError when a saved run is a campaign, before it is simulated.

    What the file says is believed only as far as that: `replay` and the others look closer.
    """
    from sim.play.capsule import find_scenario
    from sim.play.capsule_code import looks_like_code
    from sim.play.capsule_file import is_capsule_file, load_capsule
    from sim.play.recording import read_recording

    if looks_like_code(source) and not Path(source).exists():
        return  # a code holds no mornings
    data: Any = None
    if is_capsule_file(source):
        capsule = load_capsule(source)
        data = capsule.scenario_data
        if data is None:
            known = find_scenario(capsule.scenario_hash, capsule.scenario_id)
            data = known.canonical() if known is not None else None
    else:
        data = read_recording(source).scenario_data
    campaign = data.get("campaign") if data is not None else None
    if isinstance(campaign, dict):
        name, days = Path(source).name, str(campaign.get("days"))[:4]
        raise StrollError(Phrase(f"campaign.saved.{sentence}", name=name, days=days))


def campaign_crowds(scenario: Scenario, crowds: int | None, of_an_evening: int) -> int:
    """How many crowds to meet when nobody said it."""
    if crowds is not None:
        return crowds
    return of_an_evening if scenario.campaign is None else CAMPAIGN_CROWDS


def _refusals(terminal: Terminal, scenario: Scenario, refused: Sequence[Refused]) -> list[str]:
    """What the policy wanted and could not have, one sentence for each thing and kind of reason."""
    kinds: dict[tuple[str, str], list[Refused]] = {}
    for item in refused:
        message = item.error.message
        reason = message.key if isinstance(message, Phrase) else message
        kinds.setdefault((_wanted(terminal, scenario, item), reason), []).append(item)
    sentences = []
    for (wanted, _), items in kinds.items():
        days = [str(item.day) for item in items[:_DAYS_NAMED]]
        sentences.append(
            terminal.text(
                f"campaign.run.refused.{'once' if len(items) == 1 else 'often'}",
                wanted=wanted,
                count=len(items),
                days=terminal.text("campaign.run.refused.between").join(days)
                + (" …" if len(items) > _DAYS_NAMED else ""),
                sentence=_reason(terminal, items[0]),
            )
        )
    return sentences


def _wanted(terminal: Terminal, scenario: Scenario, item: Refused) -> str:
    """What was refused, in words: how many of which product, which note, how long a live."""
    data = item.decision.to_data()
    kind = data["kind"]
    products = {one.id: one.name.text(terminal.language) for one in scenario.host.products}
    if kind == "set_tactic":
        data["tactic"] = scenario.tactics[data["tactic"]].title.text(terminal.language)
    if "product" in data:
        data["product"] = products.get(data["product"], data["product"])
    if kind == "publish_note":
        data["format"] = terminal.text(f"desk.format.{data['format']}")
    if kind == "buy_traffic":
        data["budget"] = _plain(data["budget"] / 100)
    if kind == "sign_partner":
        known = {
            one.id: one.title.text(terminal.language) for one in scenario.street.policy.partners
        }
        data["partner"] = known.get(data["partner"], data["partner"])
    return terminal.text(f"campaign.run.wanted.{kind}", **data)


def _reason(terminal: Terminal, item: Refused) -> str:
    """Why it was not possible, its figures written as everywhere."""
    message = item.error.message
    if not isinstance(message, Phrase):
        return message
    values = {
        name: _Plain(value) if isinstance(value, int | float) else value
        for name, value in message.values.items()
    }
    return Phrase(message.key, **values).text(terminal.language)


class _Plain(float):
    """A number that stands in a sentence as `_plain` writes it, unless the sentence says how."""

    def __format__(self, how: str) -> str:
        return super().__format__(how) if how else _plain(self)


def _plain(value: float) -> str:
    """A sum or a number of hours as it stands in a sentence: 39,600 and 38,721.40 and 1.5."""
    if value == round(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 100 else f"{value:,.1f}"
