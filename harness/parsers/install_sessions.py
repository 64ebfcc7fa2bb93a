"""``dumpsys package`` or ``dumpsys package installs``: who tries, or tried, to install what.

Source: frameworks/base/services/core/java/com/android/server/pm/PackageInstallerService.java, dump, and
PackageInstallerSession.java, dumpLocked. 8 to 10 name the owner only by uid (``mInstallerUid``) and package; 11 and
later add who initiated and who originates; 12 and later a list of finalized sessions; newer ones name the package that
the written APK has (``mAppPackageName``) where its installer named none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from harness.parsers.dump_sections import Record, Unread, int_or_none, text_or_none

if TYPE_CHECKING:
    from collections.abc import Iterator

# Active install sessions:            also Finalized, Historical
HEADING = re.compile(r"(Active|Finalized|Historical|Orphaned) install sessions:")
_SECTION = re.compile(r"\S")
#   Session 1234567:
_SESSION = re.compile(r" *Session (\d+):\s*$")
#     userId=0 mOriginalInstallerUid=10123 mOriginalInstallerPackageName=com.a installerPackageName=com.a ...
_PAIR = re.compile(r"(?:^|\s)([\w.]++)=(\S*)")
_MOST_BODY = 200  # lines of one session


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallSession(Record):
    """A session. ``package`` is what it says it installs, None where it does not say; ``created_ms`` since 1970."""

    kind: ClassVar[str] = "install_session"
    session_id: int
    state: str
    user: int | None
    installer: str | None
    installer_uid: int | None
    initiating_package: str | None
    originating_package: str | None
    package: str | None
    created_ms: int | None
    committed: bool
    sealed: bool
    final_status: int | None
    final_message: str | None


class InstallSessionReader:
    """Takes the lines of a dump one by one; lines outside its sections are skipped."""

    def __init__(self) -> None:
        """Start outside."""
        self._state = ""
        self._session: int | None = None
        self._body: list[str] = []

    def feed(self, line: str) -> Iterator[InstallSession | Unread]:
        """Yield the session that ``line`` shows to be complete."""
        if heading := HEADING.match(line):
            yield from self.finish()
            self._state = heading[1].lower()
        elif self._state and (session := _SESSION.match(line)):
            yield from self.finish()
            self._session = int(session[1])
        elif _SECTION.match(line):
            yield from self.finish()
            self._state = ""
        elif self._session is not None and len(self._body) < _MOST_BODY:
            self._body.append(line)

    def finish(self) -> Iterator[InstallSession | Unread]:
        """Yield the session that is open."""
        number, body, self._session, self._body = self._session, self._body, None, []
        if number is None:
            return
        values: dict[str, str] = {}
        for line in body:
            for key, value in _PAIR.findall(line):
                if key == "userId" and "userId" in values:  # the line that begins the next session was lost
                    yield Unread(line)
                    break
                values.setdefault(key, value)
        yield _session(number, self._state, values)


def _session(number: int, state: str, values: dict[str, str]) -> InstallSession:
    uid = values.get("mOriginalInstallerUid") or values.get("mInstallerUid")
    installer = values.get("installerPackageName") or values.get("mInstallerPackageName")
    return InstallSession(
        session_id=number,
        state=state,
        user=int_or_none(values.get("userId")),
        installer=text_or_none(installer),
        installer_uid=int_or_none(uid),
        initiating_package=text_or_none(values.get("installInitiatingPackageName")),
        originating_package=text_or_none(values.get("installOriginatingPackageName")),
        package=text_or_none(values.get("appPackageName")) or text_or_none(values.get("mAppPackageName")),
        created_ms=int_or_none(values.get("createdMillis")),
        committed=values.get("mCommitted") == "true",
        sealed=values.get("mSealed") == "true",
        final_status=int_or_none(values.get("mFinalStatus")),
        final_message=text_or_none(values.get("mFinalMessage")),
    )
