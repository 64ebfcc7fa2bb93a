"""``dumpsys activity providers``: content providers that live, and the processes that use them now.

Source: frameworks/base/services/core/java/com/android/server/am/ContentProviderRecord.java, dump, and
ContentProviderConnection.java, toClientString; the same from 8 to 16.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import SHORT_PROCESS, ComponentRecord, Unread, blocks, seconds, section, uid_or_none, until_repeated
from harness.parsers.log_fields import component_name, user_or_none

# ACTIVITY MANAGER CONTENT PROVIDERS (dumpsys activity providers)
_HEADING = re.compile(r"ACTIVITY MANAGER CONTENT PROVIDERS \(")
#   * ContentProviderRecord{48903a2 u0 com.android.providers.telephony/.TelephonyProvider}
_RECORD = re.compile(r" +\* ContentProviderRecord\{\w+ u(\d+) ([^\s}]+)\}")
#     proc=ProcessRecord{b841e15 1715:com.android.phone/1001}
_PROC = re.compile(rf" +proc=ProcessRecord\{{\w+ {SHORT_PROCESS}\}}")
#       -> 1474:com.android.bluetooth/1002 s1/1 u0/0 +2m4s927ms
_CLIENT = re.compile(rf" +-> {SHORT_PROCESS} s(\d+)/\d+ u(\d+)/\d+(?: WAITING)?(?: DEAD)? (\+?[\dhmsd]+)\s*$")
#     package=com.android.providers.telephony process=com.android.phone
_ONCE = re.compile(r" +package=\S+ process=")
#     uid=1001 provider=android.content.ContentProviderProxy@ebe1833
_PAIR = re.compile(r"\b(package|process|uid|authority)=(\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderClient:
    """A process with ``stable`` and ``unstable`` references to a provider, for ``seconds`` by now."""

    pid: int
    process: str
    uid: int | None
    user: int | None
    stable: int
    unstable: int
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(ComponentRecord):
    """A content provider."""

    kind: ClassVar[str] = "provider"
    authority: str | None
    clients: tuple[ProviderClient, ...]


def providers(lines: Iterable[str]) -> Iterator[Provider | Unread]:
    """Read the dump; raises FormatError for another text."""
    for head, body in blocks(section(lines, "dumpsys activity providers", _HEADING, service="activity"), _RECORD):
        component = component_name(head[2])
        if component is None:
            yield Unread(head[0])
            continue
        body = until_repeated(body, _ONCE)
        clients: list[ProviderClient] = []
        for line in body:
            if line.lstrip().startswith("-> "):
                client = _client(line)
                if client:
                    clients.append(client)
                else:
                    yield Unread(line)
        provider = _provider(int(head[1]), component, body, clients)
        yield provider if provider.package in (None, component.partition("/")[0]) else Unread(head[0])


def _provider(user: int, component: str, body: list[str], clients: list[ProviderClient]) -> Provider:
    values: dict[str, str] = {}
    pid = None
    for line in body:
        if process := _PROC.match(line):
            pid = int(process[1])
        elif not line.lstrip().startswith("->"):
            for key, value in _PAIR.findall(line):
                values.setdefault(key, value)
    uid = values.get("uid", "")
    return Provider(
        user=user,
        component=component,
        package=values.get("package"),
        process=values.get("process"),
        pid=pid,
        uid=int(uid) if uid.isdigit() else None,
        authority=values.get("authority"),
        clients=tuple(clients),
    )


def _client(line: str) -> ProviderClient | None:
    match = _CLIENT.match(line)
    if match is None:
        return None
    uid = uid_or_none(match[3])
    return ProviderClient(
        pid=int(match[1]),
        process=match[2],
        uid=uid,
        user=user_or_none(uid),
        stable=int(match[4]),
        unstable=int(match[5]),
        seconds=seconds(match[6]),
    )
