"""Why a walk ended, what of its budget it used, and what it left unpressed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from harness.events.tester_actions import NOTHING_INSIDE, NOTHING_LOADED, NOTHING_PRESSED
from harness.language import Text, _, listed

ACTS_FILE = "raw/acts.json"
"""What the app answered as an act in the user's name, each caption once: scenario -> caption -> what the app said."""
MOST_NAMED, LONGEST = 5, 40
"""Controls that acted which the end of a walk names, and signs of each text at most [PROJECT]."""


class WalkEnd(StrEnum):
    """Why a part of the walk is over."""

    DONE = "done"
    BUDGET = "budget"
    RESTART = "restart"
    CRASHED = "crashed"
    FORCED = "forced-update"
    FLOODED = "flooded"
    SHUT_OUT = "shut-out"
    UNPRESSED = "unpressed"
    UNLOADED = "unloaded"

    @property
    def cut_short(self) -> str:
        """Why the walk did not get to its end; empty where it did, and where it goes on from a new start."""
        return "" if self in (WalkEnd.DONE, WalkEnd.RESTART) else self.words

    @property
    def words(self) -> Text:
        return _ENDS[self]


_ENDS = {
    WalkEnd.DONE: _("everything that may be pressed was tried"),
    WalkEnd.BUDGET: _("the time or the presses that it may take were used up"),
    WalkEnd.RESTART: _("something on the screen could not be closed"),
    WalkEnd.CRASHED: _("the app leaves by itself at each start"),
    WalkEnd.FORCED: _("the app demands an update"),
    WalkEnd.FLOODED: _("the app asked too often"),
    WalkEnd.SHUT_OUT: NOTHING_INSIDE,
    WalkEnd.UNPRESSED: NOTHING_PRESSED,
    WalkEnd.UNLOADED: NOTHING_LOADED,
}


@dataclass(frozen=True, slots=True)
class WalkEnding:
    """How a walk ended: why, with how much of its seconds and presses used.

    ``first`` and ``second`` are the controls that it may press and left to be pressed for the first and the second
    time, ``gone`` those that it gave up before it ever pressed them, ``spared`` those that it never presses;
    ``returned``: the app was left by Home and by Back, and come back to. ``feeds`` are the pages whose lists go on
    below what was seen of them, at most ``swipes`` down. ``acted`` are controls after whose press the app said
    what may tell of an act in the user's name: caption -> what it said.
    """

    end: WalkEnd
    seconds: int
    of_seconds: int
    steps: int
    of_steps: int
    first: int
    second: int
    returned: bool
    gone: int = 0
    spared: int = 0
    feeds: int = 0
    swipes: int = 0
    acted: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Text:
        """The end, what was left, lists, what may act for the user, and what was answered so, a sentence of each."""
        said = _(
            "The walk ended after {seconds} of {of_seconds} s and {steps} of {of_steps} presses: {why}. {left}",
            seconds=self.seconds,
            of_seconds=self.of_seconds,
            steps=self.steps,
            of_steps=self.of_steps,
            why=self._why(),
            left=self._left(),
        )
        if self.feeds:
            said = _(
                "{said} The lists of {count} pages go on below what was seen of them, up to {swipes} swipes down.",
                said=said,
                count=self.feeds,
                swipes=self.swipes,
            )
        if self.spared:
            said = _(
                "{said} {count} controls that may act in the user's name were left alone: what they do was not seen.",
                said=said,
                count=self.spared,
            )
        if not self.acted:
            return said
        return _(
            "{said} The app said what may tell of an act after a press of {named}: nothing of their make was pressed again, but"
            " for a permission that it asks for, or at once to take it back, which → shows.",
            said=said,
            named=_named(self.acted),
        )

    def _why(self) -> Text:
        if self.end not in (WalkEnd.DONE, WalkEnd.RESTART):
            return self.end.words
        if self.steps >= self.of_steps or self.seconds >= self.of_seconds:
            return WalkEnd.BUDGET.words
        return _("no way and no new start led on to what was left") if self.first or self.second or self.gone else WalkEnd.DONE.words

    def _left(self) -> Text:
        if self.end in (WalkEnd.SHUT_OUT, WalkEnd.UNPRESSED, WalkEnd.UNLOADED):
            return _("What lies behind that was not used.")
        if self.first or self.second or self.gone:
            left = _("Left: {first} controls never pressed, {second} pressed once.", first=self.first, second=self.second)
            more = _(
                "{gone} more were given up unpressed: they were not found again, or only a new start went on from there.", gone=self.gone
            )
            return _("{said} {more}", said=left, more=more) if self.gone else left
        if self.returned:
            return _("First uses, second uses and returns were through.")
        return _("First and second uses were through; the app was not left and come back to.")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> WalkEnding:
        """Read what ``to_json`` wrote; raises KeyError, TypeError or ValueError for anything else."""
        numbers = {name: int(data[name]) for name in ("seconds", "of_seconds", "steps", "of_steps", "first", "second")}
        later = {name: int(data.get(name, 0)) for name in ("gone", "spared", "feeds", "swipes")}
        acted = {str(caption): str(told) for caption, told in dict(data.get("acted", {})).items()}
        return cls(end=WalkEnd(data["end"]), returned=bool(data["returned"]), acted=acted, **numbers, **later)


def acted_in(scenario: Text, acted: Mapping[str, str]) -> Text:
    """The sentence on what the app answered so in one scenario, which is given in words: caption -> what it said."""
    return _(
        "In '{scenario}' the app said what may tell of an act after a press of {named}: nothing of their make was pressed again,"
        " but for a permission that it asks for, or at once to take it back, which → shows.",
        scenario=scenario,
        named=_named(acted),
    )


def _named(acted: Mapping[str, str]) -> Text:
    shown = [_("'{caption}' ('{answer}')", caption=_one_line(each), answer=_one_line(told)) for each, told in acted.items()]
    more = len(shown) - MOST_NAMED
    named = listed(shown[:MOST_NAMED])
    return _("{what} and {more} more", what=named, more=more, count=len(shown)) if more > 0 else named


def _one_line(text: str) -> str:
    return " ".join(text[:LONGEST].split())
