"""A function that the tester names by its text (``--tap``), wherever in the app it stands."""

from harness.explorer.route_replay import replay_route, walked
from harness.explorer.routes import Press
from harness.language import _
from harness.session.session import Session


def use_named(session: Session, text: str, *, needed: bool = True) -> bool:
    """Press what carries ``text``: on the page in front and those below it, by the map of the walk, or behind the tabs.

    False where it is nowhere: a problem of the run where the function is ``needed``.
    """
    if not session.look().shows((session.app.package,)):
        session.launch(cold=False)
    if session.use_function(text) or replay_route(session, (_place(session, text),)):
        return True
    if needed:  # an app whose policy was refused may rightly show nothing: then there was nothing to exercise
        missing = _("--tap: no control with the text '{text}' was found", text=text)
        session.note(missing, problem=session.options.consent == "accept")
    return False


def used_in_walk(session: Session, text: str) -> bool:
    """Whether the walk of this run pressed what carries ``text``."""
    return any(text in action.text and action.tries for screen in walked(session).screens.values() for action in screen.actions.values())


def _place(session: Session, text: str) -> Press:
    known = ((screen.id, action) for screen in walked(session).screens.values() for action in screen.actions.values())
    found = [(screen, action) for screen, action in known if text in action.text]
    screen, action = min(found, key=lambda each: each[1].text != text, default=("", None))
    return Press("function", action.text if action else text, action.id if action else "", screen)
