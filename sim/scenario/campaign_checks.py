"""What must fit together in a campaign, in a lesson and in claims; see sim.scenario.checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.errors import Phrase
from sim.scenario.check_parts import (
    Finding,
    as_dict,
    as_list,
    as_number,
    clock_minutes,
    ids_of,
    is_known,
    names_known,
    repeated_ids,
)
from sim.scenario.document import KeyPath
from sim.scenario.mechanisms import SWITCHES

Names = tuple[str, ...] | None


def campaign_findings(resolved: dict[str, Any], tactics: Names) -> Iterator[Finding]:
    """Everything of a campaign, a lesson and claims that does not fit together."""
    policies = resolved.get("policies")
    known = tuple(map(str, policies)) if isinstance(policies, dict) else None
    campaign = as_dict(resolved.get("campaign"))
    if campaign:
        if known is not None and not known:
            yield Finding(("campaign",), Phrase("campaign_errors.no_policies"))
        else:
            yield from is_known(("campaign", "policy"), campaign.get("policy"), known, "policy")
            yield from names_known(
                ("campaign", "compare"), campaign.get("compare"), known, "policy"
            )
    yield from _policies(resolved, tactics)
    yield from _partners(resolved)
    yield from _claims(resolved, tactics, known if campaign else None)
    levels = as_dict(resolved.get("lesson")).get("levels")
    yield from repeated_ids(("lesson", "levels"), levels, "level")


def _policies(resolved: dict[str, Any], tactics: Names) -> Iterator[Finding]:
    hours = as_dict(resolved.get("street_hours"))
    opens, closes = clock_minutes(hours.get("opens")), clock_minutes(hours.get("closes"))
    partners = _partner_ids(resolved)
    in_campaign = bool(as_dict(resolved.get("campaign")))
    for name, policy in as_dict(resolved.get("policies")).items():
        path: KeyPath = ("policies", str(name))
        policy = as_dict(policy)
        live = as_dict(policy.get("live"))
        yield from is_known((*path, "live", "tactic"), live.get("tactic"), tactics, "tactic")
        starts, minutes = clock_minutes(live.get("starts")), as_number(live.get("minutes"))
        if in_campaign and None not in (opens, closes, starts, minutes):
            if starts < opens or starts + minutes > closes:
                message = Phrase(
                    "campaign_errors.live_outside", opens=hours["opens"], closes=hours["closes"]
                )
                yield Finding((*path, "live"), message)
        if in_campaign and policy.get("partner") is not None:
            yield from is_known((*path, "partner"), policy.get("partner"), partners, "partner")
        for number, note in enumerate(map(as_dict, as_list(policy.get("notes")))):
            if note.get("looks", 1) != 1 and note.get("format") not in (None, "look"):
                here = (*path, "notes", number, "looks")
                yield Finding(here, Phrase("errors.check.looks_without_look"))


def _partner_ids(resolved: dict[str, Any]) -> Names:
    policy = as_dict(as_dict(resolved.get("street")).get("policy"))
    return ids_of(policy.get("partners", []))


def _partners(resolved: dict[str, Any]) -> Iterator[Finding]:
    policy = as_dict(as_dict(resolved.get("street")).get("policy"))
    yield from repeated_ids(("street", "policy", "partners"), policy.get("partners"), "partner")


def _claims(resolved: dict[str, Any], tactics: Names, policies: Names) -> Iterator[Finding]:
    in_campaign = bool(as_dict(resolved.get("campaign")))
    for number, claim in enumerate(map(as_dict, as_list(resolved.get("claims")))):
        if claim.get("alike") is not None and claim.get("times", 1) != 1:
            yield Finding(("claims", number), Phrase("campaign_errors.alike_or_times"))
        for side in ("of", "than"):
            path: KeyPath = ("claims", number, side)
            way = as_dict(claim.get(side))
            if not way:
                continue
            named = [key for key in ("tactic", "policy") if way.get(key) is not None]
            if len(named) != 1:
                yield Finding(path, Phrase("campaign_errors.one_way"))
            elif (named[0] == "policy") != in_campaign:
                wanted = "policy" if in_campaign else "tactic"
                yield Finding(path, Phrase(f"campaign_errors.needs_{wanted}"))
            yield from is_known((*path, "tactic"), way.get("tactic"), tactics, "tactic")
            yield from is_known((*path, "policy"), way.get("policy"), policies, "policy")
            off = way.get("switch_off")
            yield from names_known((*path, "switch_off"), off, tuple(SWITCHES), "mechanism")
