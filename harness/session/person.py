"""The person at the phone: how they say that they are done, and the pages that only they can pass."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from harness.dialogs.dialog_words import has_any, plain, words
from harness.language import _
from harness.pages.look import Look
from harness.session.person_watch import PersonWatch
from harness.session.session import Session

KINDS = {"captcha": _("a captcha"), "slider": _("a slider"), "face": _("a face check"), "code": _("a code sent by SMS")}


def needs_person(look: Look) -> str | None:
    """What on the screen only a person can pass: captcha, slider, face, code; None where there is nothing such."""
    if not look.roots:
        return None
    text = plain("\n".join(node.text or node.description for root in look.roots for node in root.walk() if node.visible))
    return next((kind for kind, table in words()["person"].items() if has_any(text, table)), None)


def hand_over(session: Session, kind: str) -> bool:
    """Let a person pass what only they can, where the tester said that one is there (``--pause``).

    Whether it was passed.

    Their touches are on record. The page is passed when it is gone, or when they say that they are done.
    """
    named = KINDS[kind]
    if not session.options.pause:
        session.note(_("{kind} needs a person; check again with --pause, or let 'apprights watch' record one", kind=named))
        return False
    session.progress(_("{kind}: pass it on the phone, then press Enter", kind=named))
    with said_done() as done:
        PersonWatch(session).run(done, until=lambda look: bool(look.roots) and needs_person(look) != kind)
    passed = needs_person(session.look()) != kind
    session.note(_("{kind}: passed by a person", kind=named) if passed else _("{kind}: not passed by a person", kind=named))
    return passed


@contextmanager
def said_done() -> Iterator[threading.Event]:
    """An event that is set by Enter or by the end of standard input. Ctrl-C is no answer: it interrupts the run."""
    done = threading.Event()

    def read() -> None:
        sys.stdin.readline()
        done.set()

    threading.Thread(target=read, daemon=True, name="person").start()
    yield done
