"""``dumpsys package`` or ``dumpsys package installs``: who tries, or tried, to install what.

Source: frameworks/base/services/core/java/com/android/server/pm/PackageInstallerService.java, dump, and
PackageInstallerSession.java, dumpLocked. 8 to 10 name the owner only by uid (``mInstallerUid``) and package; 11 and
later add who initiated and who originates, and a list of finalized sessions. 13 and later begin each session with its
list's name, and indent the children of a session of several packages below it. A historical session is one text, which
is cut at 120 characters; since 14 (PackageInstallerHistoricalSession.java) only what the installer asked for is. Those
name the package of the written APK (``mAppPackageName``), too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, int_or_none, text_or_none
from harness.parsers.wrapped_lines import uncut

# Active install sessions:            also Finalized, Historical
HEADING = re.compile(r"(Active|Finalized|Historical|Orphaned) install sessions:")
_SECTION = re.compile(r"\S")
#   Session 1234567:                    Active Session 1234567:      Finalized Child Session 1234568:
_SESSION = re.compile(r"( *)(?:(?:Active|Finalized|Orphaned) (?:Child )?)?Session (\d+):\s*$")
#     userId=0 mOriginalInstallerUid=10123 mOriginalInstallerPackageName=com.a installerPackageName=com.a ...
_PAIR = re.compile(r"(?:^|\s)([\w.]++)=(\S*)")
# appLabel=My app originatingUri=null ...     the installer chooses the label: what it says is no pair
_LABEL = re.compile(r"(?<=\s)appLabel=.*(?=\soriginatingUri=)")
# mFinalMessage=Session installed params.isMultiPackage=false ...     the next pair since 14: mParentSessionId
_MESSAGE = re.compile(r"(?:^|\s)mFinalMessage=(.*?)\s*(?:\s(?:params\.\w+|mParentSessionId)=|$)")
_STEP = 2  # the writer's indent
_WHOLE_MESSAGE = "mFinalMessage, whole"
_MOST_BODY = 200  # lines of one session


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallSession(Record):
    """A session. ``package`` is what it says it installs, None where it does not say; ``created_ms`` since 1970.

    ``applied``: a restart of the phone has installed it, or the session that it is a child of; its ``final_status``
    stays 0.
    """

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
    applied: bool
    final_status: int | None
    final_message: str | None


class InstallSessionReader:
    """Takes the lines of a dump one by one; lines outside its sections are skipped."""

    def __init__(self) -> None:
        self._state = ""
        self._session: int | None = None
        self._indent = 0
        self._applied: set[str] = set()
        self._body: list[str] = []

    def feed(self, line: str) -> Iterator[InstallSession | Unread]:
        """Yield the session that ``line`` shows to be complete."""
        if heading := HEADING.match(line):
            yield from self.finish()
            self._state = heading[1].lower()
        elif self._state and (session := _SESSION.match(line)):
            yield from self.finish()
            self._indent, self._session = len(session[1]), int(session[2])
        elif _SECTION.match(line):
            yield from self.finish()
            self._state = ""
        elif self._session is not None and len(self._body) < _MOST_BODY:
            self._body.append(line)

    def finish(self) -> Iterator[InstallSession | Unread]:
        number, body, self._session, self._body = self._session, self._body, None, []
        if number is None:
            return
        values: dict[str, str] = {}
        for line in uncut(body, self._writer_indent(body)):
            if message := _MESSAGE.search(line):
                values.setdefault(_WHOLE_MESSAGE, message[1])
            for key, value in _PAIR.findall(_LABEL.sub("", line)):
                if key == "userId" and "userId" in values:  # the line that begins the next session was lost
                    yield Unread(line)
                    break
                values.setdefault(key, value)
        if values.get("mSessionApplied") == "true" or values.get("mParentSessionId") in self._applied:
            self._applied.add(str(number))
        yield _session(number, self._state, values, applied=str(number) in self._applied)

    def _writer_indent(self, body: list[str]) -> int:
        """How far Android indents what it prints; a session that is one text (until 13) has an indent of its own."""
        own = len(body[0]) - len(body[0].lstrip(" ")) if body else 0
        return own if own == self._indent + _STEP else self._indent


def _session(number: int, state: str, values: dict[str, str], *, applied: bool) -> InstallSession:
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
        applied=applied,
        final_status=int_or_none(values.get("mFinalStatus")),
        final_message=text_or_none(values.get(_WHOLE_MESSAGE)),
    )
