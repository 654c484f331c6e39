"""Scenarios: what a lesson is made of, read from YAML that a stranger may have written.

scenario = Scenario.load("first_stream")
scenario.host.products[0].price_fen
"""

from sim.scenario.campaign import AccountPolicy, Campaign
from sim.scenario.catalog import Entry, catalog, entries_in
from sim.scenario.fields import Brief, Words, minutes_of
from sim.scenario.hosts import (
    ACTS,
    Host,
    Live,
    Neighbour,
    NeighbourLive,
    Note,
    PlayedHost,
    Product,
    Rundown,
    Tactic,
)
from sim.scenario.load import Checked, check
from sim.scenario.mechanisms import SWITCHES, Mechanisms
from sim.scenario.schema import GOALS, Scenario, StreetHours
from sim.scenario.street import Even, Lognormal, Platform, Population, Street, Topic

__all__ = [
    "ACTS",
    "GOALS",
    "SWITCHES",
    "AccountPolicy",
    "Brief",
    "Campaign",
    "Checked",
    "Entry",
    "Even",
    "Host",
    "Live",
    "Lognormal",
    "Mechanisms",
    "Neighbour",
    "NeighbourLive",
    "Note",
    "Platform",
    "PlayedHost",
    "Population",
    "Product",
    "Rundown",
    "Scenario",
    "Street",
    "StreetHours",
    "Tactic",
    "Topic",
    "Words",
    "catalog",
    "check",
    "entries_in",
    "minutes_of",
]
