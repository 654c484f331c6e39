"""What is allowed in a scenario but probably not meant: worth a note, never an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.errors import Phrase
from sim.scenario.checks import Finding
from sim.scenario.document import KeyPath
from sim.scenario.explain import plain_text

# Parcels take one to three days, and who sends something back needs one more.
ENOUGH_NIGHTS = 5
MANY_SHOPPERS = 100_000


def remarks(resolved: dict[str, Any]) -> Iterator[Finding]:
    """Everything worth a note in the resolved data of a valid scenario."""
    nights, shoppers = resolved["nights"], resolved["shoppers"]
    if nights < ENOUGH_NIGHTS:
        name = "few_nights" if nights else "no_nights"
        message = Phrase(f"errors.note.{name}", found=nights, enough=ENOUGH_NIGHTS)
        yield Finding(("nights",), message, str(nights))
    if shoppers > MANY_SHOPPERS:
        message = Phrase("errors.note.many_shoppers", found=f"{shoppers:,}")
        yield Finding(("shoppers",), message, str(shoppers))
    yield from _losses(("host",), resolved["host"])
    for number, neighbour in enumerate(resolved["street"]["neighbours"]):
        yield from _losses(("street", "neighbours", number), neighbour)


def _losses(path: KeyPath, host: dict[str, Any]) -> Iterator[Finding]:
    for number, product in enumerate(host["products"]):
        if product["cost"] > product["price"]:
            cost, price = plain_text(product["cost"]), plain_text(product["price"])
            message = Phrase("errors.note.sold_at_a_loss", found=cost, price=price)
            yield Finding((*path, "products", number, "cost"), message, cost)
