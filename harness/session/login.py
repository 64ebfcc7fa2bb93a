"""Login by the steps of the app profile, with the tester's own account."""

import os

from harness.errors import FormatError
from harness.events.action_kinds import Purpose
from harness.events.app_profile import LoginStep
from harness.events.box import centre
from harness.language import _
from harness.parsers.hierarchy import Node
from harness.recording import steps
from harness.session.person import hand_over, needs_person
from harness.session.polling_interval import STEP_SECONDS
from harness.session.session import Session

FIND_SECONDS = 10.0
"""How long a step waits for what it names [PROJECT]: a page of a slow app over a slow network."""


def log_in(session: Session) -> bool:
    """Carry out the steps one by one; False, with a note that names the step, when one cannot be done.

    Raises FormatError when an environment variable that a step names is not set.
    """
    for number, step in enumerate(session.options.app_profile.login, 1):
        if kind := needs_person(session.look()):
            hand_over(session, kind)
        if not _done(session, step):
            named = step.tap or step.field or step.wait_for
            session.note(
                _("login: step {number} ('{named}') cannot be done: it is not on the screen", number=number, named=named), problem=True
            )
            return False
    return True


def typed_text(step: LoginStep) -> str:
    """Return the text that a step types; raises FormatError when the environment variable that it names is not set."""
    if not step.env:
        return step.text
    value = os.environ.get(step.env)
    if not value:
        raise FormatError(_("app profile: the environment variable {env} that a login step names is not set", env=step.env))
    return value


def _done(session: Session, step: LoginStep) -> bool:
    if step.field:
        field = _find(session, step.field, fields=True)
        if field is None or not session.fill(field, typed_text(step), secret=bool(step.env)):
            return False
    if step.tap:
        control = _find(session, step.tap)
        if control is None:
            return False
        session.tap(centre(control.box), Purpose.FUNCTION, step.tap, use=steps.Function(text=step.tap, id=control.short_id))
    return not step.wait_for or _find(session, step.wait_for) is not None


def _find(session: Session, name: str, *, fields: bool = False) -> Node | None:
    """The view that carries a name, waited for; of several the one whose text is just it."""
    deadline = session.uptime() + FIND_SECONDS
    while True:
        nodes = [node for root in session.look().roots for node in root.walk() if node.visible and node.area > 0]
        named = [(node, (node.text, node.hint, node.description, node.short_id)) for node in nodes if _is_field(node) == fields]
        found = [node for node, words in named if name in words]
        found += [node for node, words in named if any(name in word for word in words)]
        if found or session.uptime() >= deadline:
            return max(found, key=lambda node: node.pressable, default=None)  # a page may be called as its button is
        session.idle(STEP_SECONDS)


def _is_field(node: Node) -> bool:
    return node.class_name.endswith("EditText")
