"""What the engine is given: its intervals, and the names of its queues."""

import hashlib
from dataclasses import dataclass, fields, replace

LONGEST_QUEUE = 38
"""Characters of a queue's name: PostgreSQL's channels have 63, and the engine puts its own words before."""
_KEPT = 20
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Intervals:
    """Polling intervals and timeouts in seconds; together they give up a try within a minute of a death [PROJECT].

    In that minute the store answers and ``grace`` is over.
    """

    lease: float = 20.0
    """A try that was not renewed for so long is given up."""
    renew: float = 4.0
    heartbeat: float = 5.0
    stalled: float = 20.0
    """A worker of the engine that was silent for so long is dead."""
    feed: float = 1.0
    reap: float = 3.0
    grace: float = 12.0
    """After the store started nothing is given up for so long: whoever lives renews first."""
    poll: float = 30.0
    """Workers are told of new jobs; they also look by themselves."""
    rest: float = 5.0
    """Between two looks at a phone that may take nothing, or at a store that does not answer."""
    host: float = 10.0
    """Between two reports of a host."""
    host_gone: float = 60.0

    def words(self) -> str:
        """Return the words for another process; ``intervals`` reads them."""
        return ",".join(f"{each.name}={getattr(self, each.name)}" for each in fields(self))


def intervals(words: str) -> Intervals:
    return replace(Intervals(), **{name: float(value) for name, _sign, value in (word.partition("=") for word in words.split(",") if word)})


@dataclass(frozen=True, slots=True)
class Offer:
    """A unit for whoever listens to a queue."""

    unit: int
    queue: str
    priority: int


def queue_name(requirement: str) -> str:
    """The queue of a requirement: itself, where a channel can have such a name."""
    if len(requirement) <= LONGEST_QUEUE:
        return requirement
    return f"{requirement[:_KEPT]}~{hashlib.sha256(requirement.encode()).hexdigest()[:_DIGITS]}"


def own_queue(device: int) -> str:
    """The queue to which one phone alone listens."""
    return f"{OWN}{device}"


OWN = "phone-"
