"""The things on the desk, in the order of their number keys."""

from sim.ui.campaign.cards.goods import GoodsCard
from sim.ui.campaign.cards.group import GroupCard
from sim.ui.campaign.cards.live import LiveCard
from sim.ui.campaign.cards.notes import NotesCard
from sim.ui.campaign.cards.partner import PartnerCard
from sim.ui.campaign.cards.poll import PollCard
from sim.ui.campaign.cards.traffic import TrafficCard

CARDS = (LiveCard, NotesCard, GroupCard, TrafficCard, GoodsCard, PartnerCard, PollCard)
