"""Closed sets of words that stand in the journal only."""

from __future__ import annotations

from enum import StrEnum


class StreamState(StrEnum):
    """The states of a recording."""

    OPENED = "opened"
    LOST = "lost"
    CLOSED = "closed"


class Edge(StrEnum):
    """One end of a part of the run."""

    START = "start"
    END = "end"


class ConsentAnswer(StrEnum):
    """The answers to a privacy policy."""

    GIVEN = "given"
    REFUSED = "refused"
