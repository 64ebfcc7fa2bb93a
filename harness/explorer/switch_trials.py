"""Turn a switch for personalisation off, start the app anew, and look whether it stayed off.

The switches are those that the walk came by, else what the policy's own words lead to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.detectors.asks import SWITCH_SEGMENTS
from harness.detectors.told_policy import told_policy
from harness.dialogs.consent_screen import is_privacy_name
from harness.dialogs.folding import folded
from harness.dialogs.personalisation import WORDS, option_of, says
from harness.events import FunctionUsed, PersonalSwitchSeen
from harness.events.action_kinds import Purpose
from harness.events.box import centre
from harness.explorer.first_start_walk import FirstStartWalk
from harness.explorer.route_replay import ANSWER_SECONDS, RouteReplay, walked
from harness.explorer.routes import Press, route_before
from harness.language import _
from harness.maps.graph import Action
from harness.pages.controls import Control, Kind
from harness.pages.look import Look
from harness.pages.personal_switches import PersonalSwitch, personal_switches
from harness.pages.view_structure import own_windows
from harness.policies.told_choice import ToldChoice, told_choice
from harness.recording import steps
from harness.recording.journal import JOURNAL, read_journal
from harness.replay.run_replay import replay_session
from harness.session.policy_reading import read_policies_of_page
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.session.view_actions import SCROLLS, ViewActions

MOST_SWITCHES, MOST_WAYS = 3, 3
"""Switches that are tried, and ways of the policy that are gone, at most [PROJECT]."""
LEAVE_SECONDS = 5.0
"""How long the app is left before it is ended [PROJECT]: what it keeps, it writes by then."""
LATE_SECONDS = 3.0
"""How long a page is given to show a switch as it is [PROJECT]: some ask a server first."""
PAUSE_SECONDS = 5.0
LEAST_NAME = 2
JUST_AFTER = 1e-06
"""The journal dates to the microsecond."""


@dataclass(frozen=True, slots=True)
class FoundSwitch:
    """A switch that was met, by its caption, and the way to its page."""

    text: str
    route: tuple[Press, ...]


def found_switches(session: Session) -> list[FoundSwitch]:
    """The switches that this run came by, in order, with the shortest way to where each was seen first."""
    folder = session.folder.path
    hosts = _hosts(session)
    first: dict[str, PersonalSwitchSeen] = {}
    for seen in replay_session(folder, session.app).of(PersonalSwitchSeen):
        first.setdefault(seen.text, seen)
    placed = [(seen, hosts[seen.ref.line]) for seen in first.values() if seen.ref is not None]
    return [FoundSwitch(seen.text, tuple(route_before(folder, host))) for seen, host in placed][:MOST_SWITCHES]


def read_policy(session: Session) -> None:
    """Read the policy that a page of the walk links to, where no consent dialog linked to one."""
    timeline = replay_session(session.folder.path, session.app)
    links = [used for used in timeline.of(FunctionUsed) if used.screen and used.ref is not None and is_privacy_name(used.text)]
    if told_policy(timeline, session.app) is not None or not links:
        return
    route = route_before(session.folder.path, _hosts(session)[links[0].ref.line] + JUST_AFTER)  # type: ignore[union-attr]
    session.stop()
    with session.segment(f"{SWITCH_SEGMENTS}policy"):
        session.launch()
        walk = _first_start(session)
        if not route[:-1]:
            walk.run()
        if RouteReplay(session, route[:-1], walk).go():
            walk.clear()
            read_policies_of_page(session)


def go_as_told(session: Session) -> None:
    """Go where the policy says that a switch is, where none was met; what is on the way, the journal tells."""
    timeline = replay_session(session.folder.path, session.app)
    policy = told_policy(timeline, session.app)
    told = told_choice(policy.text) if policy is not None and policy.problem is None else ToldChoice()
    met = {kind for seen in timeline.of(PersonalSwitchSeen) for kind in seen.chosen}
    ways = told.ways[:MOST_WAYS] if not met.issuperset(told.done) else ()
    for number, way in enumerate(ways, 1):
        session.stop()
        with session.segment(f"{SWITCH_SEGMENTS}told-{number}"):
            session.launch()
            walk = _first_start(session)
            walk.run()
            for name in way:
                look = walk.clear()
                if _switch(session, walk.moves, look) is not None:
                    break
                found = walk.moves.find(look, lambda control, name=name: _is_way(control, name))  # type: ignore[misc]
                page = walk.moves.page(look)
                if found is not None and page is not None:
                    walk.pressed = True
                    walk.moves.press(found[1], page.screen)
                elif known := _on_map(session, name):
                    RouteReplay(session, known, walk).go()
            _switch(session, walk.moves, walk.clear())
            session.picture("switch")


def _hosts(session: Session) -> dict[int, float]:
    """The host time of each line of the journal."""
    return {number: host for number, host, _step in read_journal(session.folder.path / JOURNAL)}


def try_switch(session: Session, number: int, found: FoundSwitch) -> None:
    """One switch on cleared data: off, left, ended, started anew, looked at, and turned back as it was."""
    session.reset()
    with session.segment(f"{SWITCH_SEGMENTS}off-{number}"):
        session.launch()
        turned = _turn_off(session, found)
        if turned:
            session.press("home")
            session.idle(LEAVE_SECONDS)
    session.stop()
    if not turned:
        return
    session.idle(PAUSE_SECONDS)
    with session.segment(f"{SWITCH_SEGMENTS}again-{number}"):
        session.launch()
        if (reached := _reach(session, found)) is not None:
            session.idle(LATE_SECONDS)
            now = _in_sight(session, session.look(), found.text)
            session.picture("switch")
    if reached is not None and now is not None and now.on is False:
        with session.segment(f"{SWITCH_SEGMENTS}back-{number}"):
            _press(session, reached[0], now, found, wanted=True)
            _save(session, reached[0])
    session.stop()


def _turn_off(session: Session, found: FoundSwitch) -> bool:
    """Reach the switch and turn it off, after on where it was off; whether it is off then."""
    if (reached := _reach(session, found)) is None:
        return False
    moves = reached[0]
    switch: PersonalSwitch | None = reached[1]
    session.picture("switch")
    if reached[1].on is None:
        session.note(_("the switch '{text}': the view tree does not tell whether it is on", text=found.text))
        return False
    if not reached[1].on:
        switch = _press(session, moves, reached[1], found, wanted=True)
    if switch is not None and switch.on:
        switch = _press(session, moves, switch, found, wanted=False)
    session.picture("switch")
    if switch is None or switch.on is not False:
        session.note(_("the switch '{text}' could not be turned off", text=found.text))
        return False
    _save(session, moves)
    moves.back()
    return True


def _save(session: Session, moves: ViewActions) -> None:
    """Press the button by which a page keeps what was set on it, where it has one."""
    controls = moves.controls(session.look())
    button = next((one for one in controls if one.kind is Kind.BUTTON and folded(one.text) in WORDS.words("save.words")), None)
    if button is not None:
        session.tap(button.centre, Purpose.FUNCTION, button.text)
        moves.settle()


def _press(session: Session, moves: ViewActions, switch: PersonalSwitch, found: FoundSwitch, *, wanted: bool) -> PersonalSwitch | None:
    """Turn a switch over, and say yes to the question whether that is meant; the switch as it is then."""
    page = moves.page(session.look())
    use = steps.Function(text=switch.text, screen=page.screen if page else "")
    session.tap(centre(switch.box), Purpose.FUNCTION, switch.text, use=use)
    look = moves.settle()
    now = _in_sight(session, look, switch.text)
    turned = now is not None and now.on is wanted
    options = {option_of(each.text): each for each in moves.controls(look) if not each.dangerous}
    if not turned and options.keys() >= {True, False}:  # the row only opened the choice
        session.tap(options[wanted].centre, Purpose.FUNCTION, options[wanted].text)
        look = moves.settle()
    if not turned and (yes := _yes(moves.controls(look), look, session.app.package)) is not None:
        session.tap(yes.centre, Purpose.FUNCTION, yes.text)
        look = moves.settle()
    after = _switch(session, moves, look, switch.text)
    if after is None and RouteReplay(session, found.route[-1:], _first_start(session)).go():  # a sheet is gone with its choice
        after = _switch(session, moves, session.look(), switch.text)
    return after


def _yes(controls: list[Control], look: Look, package: str) -> Control | None:
    """The yes to the question whether a switch is to be turned off; None where the layer in front asks otherwise."""
    texts = [node.text for node in own_windows(look.roots, package)[-1].walk() if node.visible and node.text] if look.roots else []
    if any(says(text, "confirm.never") for text in texts) or not any(says(text, "confirm.about") for text in texts):
        return None
    plain = (control for control in controls if control.kind in (Kind.BUTTON, Kind.CLOSE))
    return next((control for control in plain if folded(control.text) in WORDS.words("confirm.words")), None)


def _reach(session: Session, found: FoundSwitch) -> tuple[ViewActions, PersonalSwitch] | None:
    """Go to a switch on the app that was just started; None, with a note, where it is not found there."""
    walk = _first_start(session)
    if not found.route:
        walk.run()
    reached = RouteReplay(session, found.route, walk).go()
    switch = _switch(session, walk.moves, walk.clear(), found.text) if reached else None
    if switch is None:
        session.note(_("the switch '{text}' was not found again", text=found.text))
        return None
    return walk.moves, switch


def _first_start(session: Session) -> FirstStartWalk:
    return FirstStartWalk(session, lambda: Watch(session, ANSWER_SECONDS).run())


def _switch(session: Session, moves: ViewActions, look: Look, text: str = "") -> PersonalSwitch | None:
    """The switch of a caption, or any, on the page in front; further down if need be."""
    for _turn in range(SCROLLS):
        if (found := _in_sight(session, look, text)) is not None:
            return found
        if (further := moves.scroll(look)) is None:
            return None
        look = further
    return None


def _in_sight(session: Session, look: Look, text: str) -> PersonalSwitch | None:
    switches: Sequence[PersonalSwitch] = personal_switches(look.roots, session.app.package)
    return next((switch for switch in switches if text in ("", switch.text)), None)


def _on_map(session: Session, name: str) -> list[Press]:
    """The press that the walk knew for a name of the policy, on another page or behind a drawer."""
    screens = walked(session).screens.values()
    controls = ((screen.id, each) for screen in screens for each in screen.actions.values() if _is_way(each, name))
    return [Press("function", each.text, each.id, screen) for screen, each in controls][:1]


def _is_way(control: Control | Action, name: str) -> bool:
    """Whether a control is the page or entry that the policy names: the one has the words of the other."""
    words, wanted = folded(control.text), folded(name)
    if control.dangerous or control.kind in (Kind.SWITCH, Kind.FIELD, Kind.BACK, Kind.CLOSE) or len(words) < LEAST_NAME:
        return False
    return words in wanted or (len(wanted) >= LEAST_NAME and wanted in words)
