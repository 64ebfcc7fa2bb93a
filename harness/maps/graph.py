"""The map of an app: screens, what was pressed where, where it led, and the groups asked for on the way."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Container, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from harness.errors import FormatError
from harness.language import _
from harness.pages.controls import Control

BACK, FILL, SCROLL, TURN, TURN_BACK, DRAWER = "back", "fill", "scroll", "turn", "turn-back", "drawer"
"""Keys of actions that are no control: the Back key, test data put into the fields of a page, a look further down, a
swipe to the page beside it, the next or the one before, and one from the edge of the screen."""
NO_CONTROLS = (BACK, FILL, SCROLL, TURN, TURN_BACK, DRAWER)
MOST_ON_THE_WAY = 5
"""Refusals after which a control is no way to anywhere any more [PROJECT]."""
MOST_WAYS = 3
"""Ways to asks for one group at most that are gone again [PROJECT]: what reads may be any of them."""
FORMAT = 1
WALK_FILE = "raw/walk.json"
"""Where the map of a walk lies in its run folder."""


@dataclass(slots=True)
class Action:
    """One thing that can be done on a screen.

    ``to``: the screen it led to last; ``outside:PACKAGE`` or ``left`` beyond the app.

    ``asked`` are the groups that were asked for when it was done, in order. ``tries`` counts presses. ``scrolls`` is
    how often the page must be scrolled from its top to see the control. ``filled``: it led there with test data in the
    fields of the page. ``lost``: it was not there any more, or led elsewhere too often, so no way is taken by it.
    ``under``: the tab of the same screen below which it was seen; ``opener``: what had opened that, (screen, key).
    ``renews``: its last press showed other contents of its page than ever before, and left it there.
    """

    key: str
    kind: str
    text: str = ""
    id: str = ""
    promises: tuple[str, ...] = ()
    dangerous: bool = False
    rows: str = ""
    scrolls: int = 0
    tries: int = 0
    to: str = ""
    filled: bool = False
    lost: bool = False
    under: str = ""
    opener: tuple[str, str] | None = None
    renews: bool = False
    asked: list[str] = field(default_factory=list)


@dataclass(slots=True)
class MappedScreen:
    """One page of the app: its title, the activity that was in front, and its actions by key.

    ``parent``: where it was reached from. ``goes_on``: it was scrolled as far as any page and moved still.

    ``visits``: how often it was in front, with nothing in its way, when the next act was chosen. ``turns``: a swipe may
    turn it to the side, ``drawer``: one from the edge may open a drawer, on the first page of an activity that has one.
    ``renewed``: how often a list of it had other rows than before; ``stale``: how often in a row one came back to the
    same ones; ``steps``: how often what renews its contents was pressed again. ``opener``: what opened it last,
    (screen, key), None since a start; ``tab``: the one that was opened on it since, and left its identity as it was.
    """

    id: str
    title: str
    skeleton: str = ""
    activity: str = ""
    parent: str = ""
    picture: str = ""
    scrolled: int = 0
    scrolls_left: bool = False
    goes_on: bool = False
    turns: bool = False
    drawer: bool = False
    visits: int = 0
    renewed: int = 0
    stale: int = 0
    steps: int = 0
    opener: tuple[str, str] | None = field(default=None, compare=False)
    tab: str = field(default="", compare=False)
    actions: dict[str, Action] = field(default_factory=dict)

    @property
    def moves(self) -> bool:
        """Whether a swipe has moved it; the last one of those that did not is counted, too."""
        return self.scrolled > (0 if self.scrolls_left else 1)

    @property
    def widens(self) -> bool:
        """Whether a swipe to the side has shown more controls of this same screen."""
        turns = (self.actions[key] for key in (TURN, TURN_BACK) if key in self.actions)
        return any(action.to == self.id and action.tries > action.lost for action in turns)

    def opened(self, opener: tuple[str, str] | None) -> None:
        """It was opened, with what that leads to; None: it is not open."""
        self.opener, self.tab = opener, ""

    def learn(self, controls: list[Control], scrolls: int) -> bool:
        """Take controls seen after ``scrolls`` swipes; whether there is a row among them that was never seen."""
        new = any(control.rows and control.key not in self.actions for control in controls)
        for control in controls:
            if control.key in self.actions:
                self.actions[control.key].dangerous |= control.dangerous  # it was seen to act meanwhile
            else:
                self.actions[control.key] = Action(
                    key=control.key,
                    kind=control.kind.value,
                    text=control.text,
                    id=control.id,
                    promises=control.promises,
                    dangerous=control.dangerous,
                    rows=control.rows,
                    scrolls=scrolls,
                    opener=self.opener,
                )
            if control.kind != "tab":
                self.actions[control.key].under = self.actions[control.key].under or self.tab
        return new


@dataclass(slots=True)
class Graph:
    """All screens of one walk, by identity; ``aliases`` are identities of scrolled views of a screen."""

    screens: dict[str, MappedScreen] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    home: str = ""

    def __contains__(self, screen: object) -> bool:
        return screen in self.screens or screen in self.aliases

    def screen(self, identity: str) -> MappedScreen:
        """The screen of an identity, also of a scrolled view of it; raises KeyError for an unknown one."""
        return self.screens[self.aliases.get(identity, identity)]

    def add(self, identity: str, title: str, *, skeleton: str, activity: str, parent: str) -> MappedScreen:
        """The screen of an identity, made when it was never seen; the first one of all is home."""
        name = self.aliases.get(identity, identity)
        known = self.screens.get(name)
        if known is None:
            known = self.screens[name] = MappedScreen(name, title, skeleton, activity, parent if parent != name else "")
        known.activity = known.activity or activity
        self.home = self.home or name
        return known

    def opened(self, opener: str, screen: str, key: str = "") -> None:
        """Note that the press of ``key`` on ``opener`` led to ``screen``.

        Back leads there again, unless the press only closed what was open.
        """
        found, back = self.screens[screen], self.screens[screen].actions.get(BACK)
        above: list[str] = [opener]
        while above[-1] in self.screens and above[-1] not in above[:-1]:
            above.append(self.screens[above[-1]].parent)
        if screen in above:
            return
        found.parent = opener
        found.opened((opener, key))
        if back is not None and back.to in self.screens:
            back.to = opener

    def moves(self, screen: MappedScreen) -> Iterator[tuple[str, str]]:
        """(key, screen reached) of everything known to lead from a screen to another.

        Back is taken to lead to its parent.

        What needs more than a press comes last: each time on the way a form must be filled, or a permission refused and
        watched.
        """
        ways = [each for each in screen.actions.values() if each.to in self.screens and each.to != screen.id and not each.lost]
        for action in ways:
            if not (action.dangerous or action.asked or action.filled):
                yield action.key, action.to
        if BACK not in screen.actions and screen.parent in self.screens:
            yield BACK, screen.parent
        for action in ways:
            if not action.dangerous and (action.asked or action.filled) and len(action.asked) < MOST_ON_THE_WAY:
                yield action.key, action.to

    def paths(self, start: str) -> dict[str, list[str]]:
        """Screen -> the keys that lead to it from ``start`` by the fewest presses; unreachable screens are left out."""
        found: dict[str, list[str]] = {start: []}
        waiting = deque([start])
        while waiting:
            name = waiting.popleft()
            for key, to in self.moves(self.screens[name]):
                if to not in found:
                    found[to] = [*found[name], key]
                    waiting.append(to)
        return found

    def ways_to_asks(self, lesser: Container[str] = ()) -> frozenset[str]:
        """The keys of what was pressed on the ways to asks, MOST_WAYS for each group, and of the tabs on them.

        Of several those that end with what promises the group, else the shortest. So are those to the captions of
        ``lesser``, where something less was done than what is allowed now.
        """
        paths = self.paths(self.home) if self.home in self.screens else {}
        every = ((path, action) for name, path in paths.items() for action in self.screens[name].actions.values())
        found: dict[str, dict[str, list[Action]]] = defaultdict(dict)
        for path, action in sorted(every, key=lambda one: (not set(one[1].promises) & set(one[1].asked), len(one[0]))):
            for group in action.asked or ([""] if action.text in lesser else []):
                if len(found[group]) < MOST_WAYS:
                    found[group].setdefault(action.text, [*self._actions(path), action])
        ways = (way for group in found.values() for way in group.values())
        return frozenset(key for way in ways for action in way for key in (action.key, action.under) if key)

    def _actions(self, path: list[str]) -> Iterator[Action]:
        """The actions of a way from home."""
        screen = self.screens[self.home]
        for key in path:
            action = screen.actions.get(key)
            if action is not None:
                yield action
            screen = self.screens[action.to if action is not None else screen.parent]

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "home": self.home,
            "aliases": self.aliases,
            "screens": [
                {
                    "screen": screen.id,
                    "title": screen.title,
                    "skeleton": screen.skeleton,
                    "activity": screen.activity,
                    "parent": screen.parent,
                    "picture": screen.picture,
                    "scrolled": screen.scrolled,
                    "scrolls_left": screen.scrolls_left,
                    "goes_on": screen.goes_on,
                    "turns": screen.turns,
                    "drawer": screen.drawer,
                    "visits": screen.visits,
                    "renewed": screen.renewed,
                    "stale": screen.stale,
                    "steps": screen.steps,
                    "actions": [asdict(action) | {"promises": list(action.promises)} for action in screen.actions.values()],
                }
                for screen in self.screens.values()
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Graph:
        """Read what ``to_json`` wrote, now or before some of its fields were; raises FormatError for anything else."""
        try:
            if data["format"] != FORMAT:
                raise FormatError(_("walk.json: format {format} is not known; use a newer AppRights", format=data["format"]))
            graph = cls(aliases=_texts_by_name(data.get("aliases", {})), home=_text(data["home"]))
            for one in data["screens"]:
                screen = _screen(one)
                graph.screens[screen.id] = screen
        except (KeyError, TypeError, AttributeError) as error:
            raise FormatError(_("walk.json is damaged ({error})", error=error)) from None
        return graph


def _screen(one: Mapping[str, Any]) -> MappedScreen:
    screen = MappedScreen(
        id=_text(one["screen"]),
        title=_text(one["title"]),
        skeleton=_text(one.get("skeleton", "")),
        activity=_text(one["activity"]),
        parent=_text(one["parent"]),
        picture=_text(one["picture"]),
        scrolled=_count(one.get("scrolled", 0)),
        scrolls_left=_flag(one.get("scrolls_left", False)),
        goes_on=_flag(one.get("goes_on", False)),
        turns=_flag(one.get("turns", False)),
        drawer=_flag(one.get("drawer", False)),
        visits=_count(one["visits"]),
        renewed=_count(one.get("renewed", 0)),
        stale=_count(one.get("stale", 0)),
        steps=_count(one.get("steps", 0)),
    )
    actions = (_action(each) for each in one["actions"])
    screen.actions = {action.key: action for action in actions}
    return screen


def _action(one: Mapping[str, Any]) -> Action:
    return Action(
        key=_text(one["key"]),
        kind=_text(one["kind"]),
        text=_text(one["text"]),
        id=_text(one["id"]),
        promises=tuple(map(_text, one["promises"])),
        dangerous=_flag(one["dangerous"]),
        rows=_text(one.get("rows", "")),
        scrolls=_count(one["scrolls"]),
        tries=_count(one["tries"]),
        to=_text(one["to"]),
        filled=_flag(one.get("filled", False)),
        lost=_flag(one.get("lost", False)),
        under=_text(one.get("under", "")),
        opener=None if one.get("opener") is None else (_text(one["opener"][0]), _text(one["opener"][1])),
        renews=_flag(one.get("renews", False)),
        asked=list(map(_text, one["asked"])),
    )


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(f"{value!r:.40} is no text")


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise TypeError(f"{value!r:.40} is no count")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise TypeError(f"{value!r:.40} is neither true nor false")


def _texts_by_name(value: Mapping[str, object]) -> dict[str, str]:
    return {_text(name): _text(text) for name, text in value.items()}
