"""Strategies: they choose the next act of a walk.

The walk asks; a recorded walk and the benchmark's monkey answer in its place.
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from harness.maps.action_selection import ActionChoice, Known, choose, unreached
from harness.maps.graph import Graph, MappedScreen


class ExplorationStrategy(Protocol):
    """Says what a walk does next on the map so far.

    ``repeats``: whether the walk itself may use again what was refused. ``returns``: whether it may go Back from a page
    with nothing left to do.
    """

    repeats: ClassVar[bool]
    returns: ClassVar[bool]

    def next(self, graph: Graph, screen: MappedScreen, known: Known) -> ActionChoice | None:
        """What to do next from a screen; None when nothing is left that can be reached from it."""

    def goes_on(self, graph: Graph, screen: MappedScreen, known: Known) -> bool:
        """Whether a new start of the app leads to something more, when nothing is left on a screen."""


@dataclass(frozen=True, slots=True)
class GreedyStrategy:
    """The strategy that takes what is worth the most; the same seed on the same map chooses the same."""

    repeats: ClassVar[bool] = True
    returns: ClassVar[bool] = True
    seed: int = 0

    def next(self, graph: Graph, screen: MappedScreen, known: Known) -> ActionChoice | None:
        """The action of the map that is worth the most from here."""
        return choose(graph, screen.id, known, self.seed)

    def goes_on(self, graph: Graph, screen: MappedScreen, known: Known) -> bool:
        """Whether something is left that no way leads to from here, or that waits for a new start."""
        later = replace(known, waiting=frozenset())
        return unreached(graph, screen.id, later) or choose(graph, screen.id, later, self.seed) is not None
