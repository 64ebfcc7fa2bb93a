"""Select the action of the map that is worth the most now. Pure; equal map, position and seed give equal choices."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from harness.dialogs.act_likelihood import MAIN, likelihood
from harness.dialogs.act_likelihood import PROMISED as PAGE
from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.purposes import told_groups
from harness.maps.graph import BACK, DRAWER, FILL, NO_CONTROLS, SCROLL, TURN, TURN_BACK, Action, Graph, MappedScreen
from harness.maps.list_kinds import (
    FIRST_ROWS,
    PressHistory,
    alike,
    all_alike,
    are_dead,
    did_nothing,
    fed_elsewhere,
    is_menu,
    lead_on,
    like,
    only_feeds,
    share_on,
)
from harness.pages.agreement_boxes import agrees
from harness.pages.controls import CONTROLS
from harness.pages.pagers import MOST_TURNS

WANTED, PROMISED, TOLD, PROMISED_AGAIN, PEOPLE, AGREE, FIELDS, TAB, BUTTON, SWITCH, MORE, ROW, ALIKE, ELSEWHERE, CLOSE, GUEST, ASIDE = (
    120.0, 100.0, 90.0, 45.0, 60.0, 41.0, 42.0, 50.0, 30.0, 15.0, 25.0, 34.0, 4.0, 8.0, 2.0, 20.0, 12.0,
)  # fmt: skip
"""What an action is worth [PROJECT]: what promises a permission first, then, where they are allowed, what tells what
one is for (通讯录权限用于… below the caption of a row), then where people register and change settings."""
LEFT_OVER = 1.0
"""What is tried while there is time: the same control on a fourth page, which led nowhere new from three."""
MOST_STALE, MOST_RENEWED = 8, 30
"""How often in a row one comes back in vain to a page that had other rows as often, and how often such a page is come
back to at most [PROJECT]."""
AGAIN, STALE = 0.05, 0.5
"""What coming back to a page with ever new rows is worth less for each time that it had some, and for each one of late
that it had none [PROJECT]."""
SECOND, SECOND_SHARE = -20.0, 0.02
"""What a second use of a control is worth, and what is left of its own worth beside [PROJECT]: a first use five presses
further on comes before it."""
DEAD = -32.0
"""What is tried after that, even where the other is some presses away: what did nothing when it, or its like, was
pressed [PROJECT]."""
DEEP, MOST_DEEP = -70.0, 40
"""What going on down a feed of known rows is worth, after all else, and swipes down one at most [PROJECT]."""
FAR, BELOW = 4.0, 1.5
"""What each press on the way costs, and each swipe down the page."""
HALF, BARREN = 2, 1.5
"""So many presses on a page that led nowhere halve what its other plain controls are worth, more where some led on, and
as many cost so much besides [PROJECT]: a page of comments has dozens."""
SAMPLE = 6.0
"""What a plain control is worth at most on a page of a make of which another one was tried [PROJECT]: one profile of
many is gone through, the others are looked at."""
NOVEL = 18.0
"""The same of one whose like was pressed on none of them [PROJECT]."""
PASSING = 10.0
"""What a row is worth more while one is on its page, where that had other rows before [PROJECT]: it may not come
again."""
STEP, STAY, MOST_STEPS = 25.0, 20.0, 20
"""What pressing again is worth what showed other contents of the page in front each time (the cards of a lesson), what
everything on that page is worth more meanwhile, and how often that is done on pages of one make at most [PROJECT]."""
RISKY = 3.0
"""What a button is worth whose caption leans to an act, and a row at most whose caption is no name of a page
[PROJECT]: all else near it, also more rows of a kind, comes before it."""
INSTEAD = 6.0
"""What a control is worth less that does without the permission (手动选择城市): pressed first, it may take away the one
that asks."""
ELSEWHERE_SHARE = 0.5
"""What is left of the worth of a control that was pressed once on another page, and may lead to the same place again
[PROJECT]."""
AFTER_FIELDS = 38.0
"""What a control is worth at most while the fields beside it are empty or the terms not agreed to: it may be there to
send them."""
MOST_ROWS, MOST_ENTRIES = 12, 30
"""Rows of a list that are pressed at most, and where they lead to ever new pages [PROJECT]."""
MENU_LENGTH, LATIN = 8, 3
"""Characters of a caption at most that names a place [PROJECT]: 设置 ›, 账号与安全 ›; so many Latin letters count as
one."""
MANY = 4
"""So many controls whose ids say the same say it of their page [PROJECT]."""


@dataclass(frozen=True, slots=True)
class Known:
    """Knowledge besides the map.

    Groups that were asked for, texts that the tester wants used, and (screen, key) given up. ``waiting`` are groups
    that were refused just once, by this start of the app: their functions wait for a new one, because Android asks for
    a group twice at most, and what is asked for at a start shows more than what the same function asks for again.
    ``thorough``: what is worth nothing by itself is tried, too, and everything as often as ``uses``. ``first`` are keys
    of what an earlier walk pressed on its way to each ask; None where permissions are refused: there what an app asks
    for by itself, before a function is used, must be met, too.
    """

    asked: frozenset[str] = frozenset()
    wanted: tuple[str, ...] = ()
    given_up: frozenset[tuple[str, str]] = frozenset()
    waiting: frozenset[str] = frozenset()
    thorough: bool = False
    uses: int = 1
    first: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ActionChoice:
    """An action worth doing: where, which, by what presses from here; ``worth`` is only for comparing."""

    screen: str
    key: str
    path: tuple[str, ...]
    worth: float


def choose(graph: Graph, here: str, known: Known, seed: int = 0) -> ActionChoice | None:
    """The action worth the most from the screen ``here``, None when nothing is left that can be reached."""
    history = PressHistory(graph)
    best: ActionChoice | None = None
    paths = graph.paths(here)
    openers: dict[tuple[str, tuple[str, str] | None], tuple[str, str] | None] = {}
    for name, path in paths.items():
        screen = graph.screens[name]
        steps = _steps(history, screen) if name == here else []
        for key, value in (*_worths(history, screen, known), *steps):
            if (name, key) in known.given_up:
                continue
            action, to, do, way = screen.actions.get(key), name, key, path
            if elsewhere := action if action is not None and _is_elsewhere(screen, action) else None:
                if (name, elsewhere.opener) not in openers:
                    openers[name, elsewhere.opener] = _opener(graph, screen, elsewhere)
                opener = openers[name, elsewhere.opener]
                if opener is None or opener[0] not in paths or opener in known.given_up:
                    continue
                to, do = opener
                way = paths[to]
            more = action is not None and (elsewhere is not None or action.under not in ("", screen.tab))
            below = action.scrolls if action is not None else 0
            worth = value - FAR * (len(way) + more) - BELOW * below + _chance(seed, name, key)
            worth += STAY if steps and not way and not more else 0
            worth += PASSING if not way and not more and screen.renewed and _may_pass(history, screen, key) else 0
            if best is None or worth > best.worth:
                best = ActionChoice(to, do, tuple(way), worth)
    if known.thorough:
        best = max((one for one in (best, *_returns(graph, here)) if one is not None), key=lambda one: one.worth, default=None)
    return _by_its_cross(history, graph.screens[here], best, known)


def _steps(history: PressHistory, screen: MappedScreen) -> list[tuple[str, float]]:
    """The controls by which a page goes on without becoming another, those that were pressed least first."""
    if history.steps[history.kind_of(screen.id)] >= MOST_STEPS:
        return []
    return [(action.key, STEP - action.tries) for action in screen.actions.values() if action.renews and not action.dangerous]


def _is_elsewhere(screen: MappedScreen, action: Action) -> bool:
    """Whether a row belongs to contents that another press opened than those that the page shows now."""
    return bool(screen.renewed and action.rows) and action.opener not in (None, screen.opener) and not action.promises


def _opener(graph: Graph, screen: MappedScreen, action: Action) -> tuple[str, str] | None:
    """What opens the contents that a row belongs to, (screen, key), where it is worth going there.

    The months of a calendar, the volumes of a work: several rows lead to pages of one identity, each with some rows of
    its own left.
    """
    name, key = action.opener or ("", "")
    known = graph.screens.get(name)
    row = known.actions.get(key) if known is not None else None
    if known is None or row is None or not row.rows or row.to != screen.id:
        return None
    beside = sum(other.rows == row.rows and other.to == screen.id for other in known.actions.values())
    left = sum(other.opener == action.opener and not other.tries for other in screen.actions.values())
    return (name, key) if min(beside, left) >= FIRST_ROWS else None


def _may_pass(history: PressHistory, screen: MappedScreen, key: str) -> bool:
    """Whether it is a row that was never pressed, of which too few of its make were."""
    action = screen.actions.get(key)
    return action is not None and action.rows != "" and not action.tries and len(history.tried[screen.id, action.rows]) < FIRST_ROWS


def _returns(graph: Graph, here: str) -> Iterator[ActionChoice]:
    """Ways back to pages whose lists had other rows each time; on such a page, a press that is easily taken back."""
    for name, path in graph.paths(here).items():
        screen = graph.screens[name]
        if screen.stale >= min(screen.renewed, MOST_STALE) or screen.renewed > MOST_RENEWED:
            continue
        worth = LEFT_OVER - AGAIN * screen.renewed - STALE * screen.stale
        if path:
            yield ActionChoice(_end(graph, here, path[:-1]), path[-1], tuple(path[:-1]), worth - FAR * (len(path) - 1))
        else:
            away = (key for key, to in graph.moves(screen) if key != BACK and name in dict(graph.moves(graph.screens[to])).values())
            yield from (ActionChoice(name, key, (), worth - FAR) for key in list(away)[:1])


def _end(graph: Graph, here: str, path: list[str]) -> str:
    """The screen that a way leads to."""
    for key in path:
        here = dict(graph.moves(graph.screens[here]))[key]
    return here


def _by_its_cross(history: PressHistory, screen: MappedScreen, choice: ActionChoice | None, known: Known) -> ActionChoice | None:
    """The first time a page is left by its own cross and not by Back.

    What an app shows one after the other goes on only by that.
    """
    if choice is None or choice.path[:1] != (BACK,):
        return choice
    crosses = (action for action in screen.actions.values() if action.kind == "close" and not action.tries and not action.dangerous)
    cross = next((one for one in crosses if (screen.id, one.key) not in known.given_up and not history.in_vain(one)), None)
    return ActionChoice(screen.id, cross.key, (), CLOSE) if cross else choice


def unreached(graph: Graph, here: str, known: Known) -> bool:
    """Whether something is left to do on a screen that no known way leads to from ``here``."""
    history, reached = PressHistory(graph), graph.paths(here)
    away = (screen for name, screen in graph.screens.items() if name not in reached)
    return any((screen.id, key) not in known.given_up for screen in away for key, _ in _worths(history, screen, known))


def left_over(graph: Graph, known: Known) -> tuple[int, int, int]:
    """How many controls of the whole map are left to be pressed for the first time, how many once more.

    The third number are those that were given up before they were ever pressed.
    """
    history = PressHistory(graph)
    left = [
        (bool(screen.actions[key].tries), (screen.id, key) in known.given_up)
        for screen in graph.screens.values()
        for key, _ in _worths(history, screen, known)
        if key in screen.actions and key not in NO_CONTROLS
    ]
    return left.count((False, False)), left.count((True, False)), left.count((False, True))


def spared(graph: Graph) -> list[Action]:
    """The controls of the map that may act in the user's name and were not pressed, of one title each caption once."""
    every = ((screen.title, action) for screen in graph.screens.values() for action in screen.actions.values())
    alone = {(title, one.text or one.id or one.key): one for title, one in every if one.dangerous and not one.tries}
    return list(alone.values())


def _worths(history: PressHistory, screen: MappedScreen, known: Known) -> Iterator[tuple[str, float]]:
    empty = FILL not in screen.actions and any(action.kind == "field" for action in screen.actions.values())
    unticked = any((action.kind == "switch" and agrees(action.text)) and not action.tries for action in screen.actions.values())
    fertile, sampled, first = _fertile(screen), history.is_sampled(screen), known.first or frozenset()
    for action in screen.actions.values():
        if action.tries and _is_through(history, screen, action):
            continue
        value = _worth(history, screen, action, known)
        if known.thorough and (action.tries or value is None) and _may_be_tried(action, known):
            value = _left_over(history, screen, action) + SECOND_SHARE * (value or 0)
        elif value is not None and value < WANTED and action.kind != "switch" and not action.promises:
            most = SAMPLE if history.led_to.get(like(action)) else NOVEL
            value = (min(value, most) if sampled and value <= BUTTON else value) * fertile - BARREN * (1 / fertile - 1)
        if value is not None:
            waits = empty or (unticked and action.key not in first)
            yield action.key, min(value, AFTER_FIELDS) if waits and action.kind != "switch" else value
    if empty:
        leads = any(action.key in first and not action.tries for action in screen.actions.values())
        yield FILL, WANTED if leads else FIELDS
    if screen.scrolls_left:
        yield SCROLL, SAMPLE if sampled else ALIKE if screen.scrolled and only_feeds(history, screen) else MORE
    elif known.thorough and known.uses > 1 and screen.goes_on and screen.scrolled < MOST_DEEP:
        yield SCROLL, DEEP
    if screen.turns:
        yield from ((key, min(ASIDE, SAMPLE) if sampled else ASIDE) for key in (TURN, TURN_BACK) if _may_turn(screen, key))
    if screen.drawer and DRAWER not in screen.actions:
        yield DRAWER, ASIDE


def _may_turn(screen: MappedScreen, key: str) -> bool:
    """Whether a page was not turned this way yet, or each time showed more of the same screen."""
    action = screen.actions.get(key)
    return action is None or (action.to == screen.id and not action.lost and action.tries < MOST_TURNS)


def _is_through(history: PressHistory, screen: MappedScreen, action: Action) -> bool:
    """Whether a control that was pressed needs no second use, since its likes were used: rows of a feed, a tab bar."""
    if action.promises or action.asked:
        return False
    rows = alike(history, screen, action) if action.rows else []
    return max(len(rows), len(history.led_to.get(like(action), []))) >= FIRST_ROWS


def _left_over(history: PressHistory, screen: MappedScreen, action: Action) -> float:
    """What is left of the worth of a control of which enough was seen: that it, or its like, led on before."""
    if action.promises or action.asked:
        return LEFT_OVER
    rows = "" if action.tries else action.rows
    many = rows and (are_dead(history, screen, rows) or not lead_on(history, screen, rows))
    if many or did_nothing(screen, action) or (not action.tries and history.in_vain(action)):
        return DEAD
    return SECOND if action.tries else LEFT_OVER


def _worth(history: PressHistory, screen: MappedScreen, action: Action, known: Known) -> float | None:
    """What pressing it is worth; None for what is done, dangerous or no way on."""
    if not _may_be_tried(action, known):
        return None
    if action.kind == "close":
        return CLOSE
    if action.kind == "switch":
        return AGREE if agrees(action.text) else SWITCH
    if action.key in (known.first or ()) or any(text in action.text for text in known.wanted):
        return WANTED
    if action.rows and not action.promises and are_dead(history, screen, action.rows):
        return None
    return _as_elsewhere(_as_new(history, screen, action, known), action, history.led_to.get(like(action), []))


def _may_be_tried(action: Action, known: Known) -> bool:
    """Whether a control may still be pressed, does no harm, and need not wait for a new start."""
    if action.tries >= known.uses or action.dangerous or action.kind in ("field", "back") or action.key in NO_CONTROLS:
        return False
    return not (action.promises and set(action.promises) <= known.waiting)


def _as_new(history: PressHistory, screen: MappedScreen, action: Action, known: Known) -> float | None:
    """What a control is worth that was pressed nowhere yet."""
    words = plain(f"{action.text} {action.id}")
    if known.first is not None and told_groups(action.text) - known.asked and not all_alike(history, screen, action):
        return TOLD
    if action.promises and not all_alike(history, screen, action):
        worth = PROMISED if set(action.promises) - known.asked else PROMISED_AGAIN
        return worth - INSTEAD if _says(words, "instead") else worth
    people = _leads_to_people(screen, action)
    if action.kind == "button" and _says(words, "guest"):
        return GUEST
    if action.kind == "row":
        return PEOPLE if people else _row(history, screen, action, RISKY if likelihood(action.text) > PAGE else ROW)
    if people or action.kind == "tab":
        return PEOPLE if people else TAB
    return RISKY if likelihood(action.text) > MAIN else BUTTON


def _leads_to_people(screen: MappedScreen, action: Action) -> bool:
    """Whether its caption, which is short, or its id alone leads to where people register and change settings.

    On a page of which many ids say so, they tell of the page and not of its controls.
    """
    if action.text:
        return len(action.text) <= MENU_LENGTH * (LATIN if action.text.isascii() else 1) and _says(plain(action.text), "people")
    return _says(plain(action.id), "people") and sum(_says(plain(other.id), "people") for other in screen.actions.values()) < MANY


def _as_elsewhere(worth: float | None, action: Action, led_to: list[str]) -> float | None:
    """The worth of a control whose like was pressed on other pages.

    It is less, unless that led to a different page from each.
    """
    if worth is None or not led_to:
        return worth
    if len(set(led_to)) == len(led_to) > 1:
        return worth
    if len(led_to) == 1 and led_to[0] and not action.promises and action.kind == "button":
        return min(worth, BUTTON) * ELSEWHERE_SHARE
    return ELSEWHERE / len(led_to) if len(led_to) < 3 else None


def _says(words: str, what: str) -> bool:
    """Whether plain words have one of a list of ``worth`` in controls.toml."""
    return has_any(words, CONTROLS.words(f"worth.{what}"))


def _row(history: PressHistory, screen: MappedScreen, action: Action, most: float) -> float | None:
    """What a row is worth, ``most`` at most.

    The first of a list tell whether it is a menu of different pages or a feed of equal ones.
    """
    tried = history.tried[screen.id, action.rows]
    if len(tried) < FIRST_ROWS and fed_elsewhere(history, screen, action.rows):
        return None if tried else ALIKE
    if len(tried) < FIRST_ROWS:
        return most
    on = lead_on(history, screen, action.rows)
    if len(tried) >= (MOST_ENTRIES if on else MOST_ROWS):
        return None
    if is_menu(history, screen, action.rows):
        return min(ROW - len(tried), most)
    return max(ALIKE, ROW * share_on(history, action.rows)) * min(2 * FIRST_ROWS / len(tried), 1.0) if on else None


def _fertile(screen: MappedScreen) -> float:
    """What is left of the worth of a plain control by what the presses on its page led to; 1 where each led on."""
    tried = [action for action in screen.actions.values() if action.tries and action.key not in NO_CONTROLS]
    nowhere = sum(did_nothing(screen, action) for action in tried)
    return 1 / (1 + nowhere / HALF / (1 + len(tried) - nowhere))


def _chance(seed: int, screen: str, key: str) -> float:
    """Below 0.5 and the same for the same seed: only breaks ties."""
    return int.from_bytes(hashlib.sha256(f"{seed}|{screen}|{key}".encode("utf-8", "replace")).digest()[:2]) / 131072
