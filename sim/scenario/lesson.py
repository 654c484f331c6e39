"""What makes a scenario a lesson of the course: its lever, its levels and its card."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.claims import Changes
from sim.scenario.fields import Id, Part, Sentence, Words, many


class Level(Part):
    """One degree of difficulty."""

    id: Id
    title: Words
    summary: Sentence = Field(description="what is harder or easier")
    change: Changes = Field(default_factory=dict)


class Card(Part):
    """What the debrief says about the world outside the game."""

    figure: Sentence = Field(description="the figure that somebody reported")
    source: Sentence = Field(description="who says so, and on what it rests")
    sure: Sentence = Field(description="how sure it is")
    model: Sentence = Field(description="what the model shows as cause rather than correlation")
    fact: Id | None = Field(default=None, description="id of the fact of `main.py facts`, if any")


class Lesson(Part):
    """One lesson of the course."""

    number: int = Field(ge=1, le=99, description="place in the course")
    lever: Words = Field(description="what is new to pull")
    idea: Sentence = Field(description="what one may find out")
    levels: Annotated[tuple[Level, ...], many(1, 4, "degrees of difficulty, the first is usual")]
    card: Card
