"""``dumpsys activity services [PACKAGE]``: which services live, who started and who binds them.

Source: frameworks/base/services/core/java/com/android/server/am/ActiveServices.java, dumpServicesLocked, and
ServiceRecord.java, dump. ``recentCallingPackage=`` is printed from Android 11 on, ``recentCallingUid=`` from 12 on; 15
puts the caller into the name of the record too (``c:com.a``). Plain ``dumpsys activity`` has three lines of each
service and its connections (ActiveServices.java, ServiceDumper).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import (
    SHORT_PROCESS,
    ComponentRecord,
    Record,
    Unread,
    blocks,
    int_or_none,
    seconds,
    section,
    text_or_none,
    uid_or_none,
    until_repeated,
)
from harness.parsers.log_fields import component_name, intent_fields, user_or_none

# ACTIVITY MANAGER SERVICES (dumpsys activity services)
_HEADING = re.compile(r"ACTIVITY MANAGER SERVICES \(")
#   * ServiceRecord{54107b3 u0 com.accuweather.android/com.google.android.gms.analytics.AnalyticsService}
#   * ServiceRecord{54107b3 u0 com.x/.Push c:com.a}                                                               15
_RECORD = re.compile(r" +\* ServiceRecord\{\w+ u(\d+) ([^\s}]+)(?: c:(\S+?))?\}")
#     intent={act=com.google.android.gms.analytics.ANALYTICS_DISPATCH cmp=com.x/.Y}
_INTENT = re.compile(r" +intent=\{(.*)\}\s*$")
#     app=ProcessRecord{47b0170 1804:android.ext.services/u0a36}
_APP = re.compile(rf" +app=ProcessRecord\{{\w+ {SHORT_PROCESS}\}}")
#       * Client AppBindRecord{aba6c0f ProcessRecord{ce89b75 929:system/1000}}
_CLIENT = re.compile(rf" +\* Client AppBindRecord\{{\w+ ProcessRecord\{{\w+ {SHORT_PROCESS}\}}")
#     created=-1m54s927ms started=true connections=1                           plain ``dumpsys activity``
_PLAIN = re.compile(r" {4}created=\S+ started=(true|false) connections=\d+\s*$")
#       act=com.x.PUSH -> 929:system/1000
_PLAIN_CLIENT = re.compile(rf" {{6}}(?:\S.*)? ?-> {SHORT_PROCESS}\s*$")
#     startRequested=true delayedStop=false stopIfKilled=false callStart=true lastStartId=1
_ONCE = re.compile(r" {4}packageName=")
_PAIR = re.compile(
    r"\b(packageName|processName|startRequested|createdFromFg|isForeground|lastStartId|recentCallingPackage"
    r"|recentCallingUid|restartTime|restartCount|crashCount)=(\S+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceClient:
    """A process that binds a service."""

    pid: int
    process: str
    uid: int | None
    user: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(ComponentRecord):
    """A service; ``caller`` is who started or bound it last.

    ``started_seconds``: how long before the dump Android last brought it up in its process (ServiceRecord.restartTime,
    set in ActiveServices.realStartServiceLocked); None where that is not printed.
    """

    kind: ClassVar[str] = "service"
    action: str | None
    start_requested: bool
    created_from_foreground: bool | None
    foreground: bool
    start_id: int | None
    caller: str | None
    caller_uid: int | None
    started_seconds: float | None
    clients: tuple[ServiceClient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedService(Record):
    """A service for which ``startService`` was called and that was not stopped since.

    ``caller`` is there where it is printed.
    """

    kind: ClassVar[str] = "service_started"
    user: int
    component: str
    package: str | None
    process: str | None
    caller: str | None
    caller_uid: int | None
    foreground: bool
    start_id: int | None


def services(lines: Iterable[str]) -> Iterator[Service | StartedService | Unread]:
    """Read the dump: each service, followed by its start if it was started; raises FormatError for another text."""
    for head, body in blocks(section(lines, "dumpsys activity services", _HEADING, service="activity"), _RECORD):
        component = component_name(head[2])
        if component is None:
            yield Unread(head[0])
            continue
        service = _service(int(head[1]), component, head[3], until_repeated(body, _ONCE))
        if service.package not in (None, component.partition("/")[0]):
            yield Unread(head[0])
            continue
        yield service
        if service.start_requested:
            yield StartedService(
                user=service.user,
                component=component,
                package=service.package,
                process=service.process,
                caller=service.caller,
                caller_uid=service.caller_uid,
                foreground=service.foreground,
                start_id=service.start_id,
            )


def _service(user: int, component: str, caller: str | None, body: list[str]) -> Service:
    values: dict[str, str] = {}
    intent: dict[str, str] = {}
    app: tuple[int, int | None] | None = None
    clients = []
    for line in body:
        if client := _CLIENT.match(line) or _PLAIN_CLIENT.match(line):
            uid = uid_or_none(client[3])
            clients.append(ServiceClient(pid=int(client[1]), process=client[2], uid=uid, user=user_or_none(uid)))
        elif line.lstrip().startswith("*"):
            continue
        elif printed := _INTENT.match(line):
            intent = intent or intent_fields(printed[1])
        elif process := _APP.match(line):
            app = app or (int(process[1]), uid_or_none(process[3]))
        elif plain := _PLAIN.match(line):
            values.setdefault("startRequested", plain[1])
        else:
            for key, value in _PAIR.findall(line):
                values.setdefault(key, value)
    return Service(
        user=user,
        component=component,
        package=values.get("packageName"),
        process=values.get("processName"),
        pid=app[0] if app else None,
        uid=app[1] if app else None,
        action=intent.get("act"),
        start_requested=values.get("startRequested") == "true",
        created_from_foreground={"true": True, "false": False}.get(values.get("createdFromFg", "")),
        foreground=values.get("isForeground") == "true",
        start_id=int_or_none(values.get("lastStartId")),
        caller=text_or_none(values.get("recentCallingPackage")) or caller,
        caller_uid=int_or_none(values.get("recentCallingUid")),
        started_seconds=_ago(values.get("restartTime")),
        clients=tuple(clients),
    )


def _ago(text: str | None) -> float | None:
    """``-1m0s``, a time before the dump, as seconds; ``--`` is none."""
    ago = seconds(text) if text else None
    return -ago if ago is not None and ago <= 0 else None
