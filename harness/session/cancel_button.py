"""A download of DownloadManager, and an install that asks, are cancelled as their user would: by the button.

Its own page has one where the app lists its downloads; a row that is paused has no notification.
Android lets shell neither delete such a row nor send what the button sends (DownloadReceiver is not exported); the
button in the notification takes away row and file alike (DownloadNotifier.java of packages/providers/DownloadProvider).
Nor may shell abandon an app's install session; the 取消 of the installer's page ends it (PackageInstallerService.java,
setPermissionsResult).
"""

import unicodedata
from collections.abc import Iterable, Sequence

from harness.events import ControlRole
from harness.events.action_kinds import Purpose
from harness.events.box import centre
from harness.pages.advert_words import ADVERTS, role_of, words_of
from harness.parsers.hierarchy import Node
from harness.recording import steps
from harness.session.session import Session

EXPAND, COLLAPSE = ["cmd", "statusbar", "expand-notifications"], ["cmd", "statusbar", "collapse"]
SHADE_PACKAGE = "com.android.systemui"
INSTALLER = "packageinstaller"
"""How the package of every ROM's installer ends: com.android., com.google.android., com.miui., com.samsung.android."""
SHADE_SECONDS = 1.0
"""Until the shade is open, or a notification of it gone [PROJECT]: SystemUI's animations take up to 0.5 s."""


def press_cancel(session: Session, title: str) -> bool:
    """Press what cancels the download of this title, in the app or its notification; False where nothing does."""
    own = [node for root in session.look().roots if root.package == session.app.package for node in root.walk() if node.visible]
    if (button := own_cancel(own, title)) is not None:
        session.tap(centre(button.box), Purpose.TAKE_AWAY, button.text or button.description)
        session.idle(SHADE_SECONDS)
        return True
    _run(session, EXPAND)
    session.idle(SHADE_SECONDS)
    look = session.look()
    nodes = [node for root in look.roots for node in root.walk() if node.visible and root.package == SHADE_PACKAGE]
    button = cancel_button(nodes, title)
    if button is not None:
        session.tap(centre(button.box), Purpose.TAKE_AWAY, button.text or button.description)
        session.idle(SHADE_SECONDS)
    _run(session, COLLAPSE)
    session.idle(SHADE_SECONDS)
    return button is not None


def refuse_install(session: Session) -> bool:
    """Press 取消 on the installer's page where it is in front; False where it is not."""
    look = session.look()
    pages = [root for root in look.roots if root.package.endswith(INSTALLER)]
    button = next(
        (node for root in pages for node in root.walk() if node.visible and _plain(node.text) in ADVERTS.words("load.cancel")), None
    )
    if button is None:
        return False
    session.tap(centre(button.box), Purpose.TAKE_AWAY, button.text)
    session.idle(SHADE_SECONDS)
    return True


def own_cancel(nodes: Sequence[Node], title: str) -> Node | None:
    """The one button that cancels, in a line with what pauses or goes on, of a page that names the download."""
    if not _plain(title) or not any(_plain(title) in _plain(node.text) for node in nodes):
        return None
    pressed = [node for node in nodes if node.pressable and (node.text or node.description)]
    runs = [node for node in pressed if _runs(node.text or node.description)]
    found = [node for node in pressed if _plain(node.text or node.description) in ADVERTS.words("load.cancel")]
    beside = [node for node in found if any(other.bounds[1] < node.bounds[3] and node.bounds[1] < other.bounds[3] for other in runs)]
    return beside[0] if len(beside) == 1 else None


def _runs(words: str) -> bool:
    return role_of(words) in (ControlRole.PAUSE, ControlRole.RESUME) or _plain(words) in words_of("guide", "onward")


def cancel_button(nodes: Iterable[Node], title: str) -> Node | None:
    """The first button below the title that cancels, and no other notification's title between."""
    under = False
    for node in nodes:
        text = _plain(node.text or node.description)
        if text and text == _plain(title):
            under = True
        elif under and text in ADVERTS.words("load.cancel"):
            return node
        elif under and node.short_id in ("title", "app_name_text") and text:
            under = node.short_id == "app_name_text"
    return None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _run(session: Session, command: list[str]) -> None:
    session.journal.write(steps.Command(command=" ".join(command)))
    session.device.shell(command)
    session.screen.forget()
