"""``dumpsys jobscheduler``: jobs that wait, and the history of those that ran.

Source: frameworks/base/apex/jobscheduler/service/java/com/android/server/job (services/core before 11),
JobSchedulerService.java, controllers/JobStatus.java, dump, and JobPackageTracker.java, dumpHistory, which keeps the
last 100 starts and stops. All mislabel stops (STOP for periodic jobs, STOP-P for others). A job is named by its
component or, where the system runs it for an app (a sync), by ``tag:package`` (JobStatus, batteryName), and a sync's
tag is authority/type or, up to 12L at least, authority/type/account (services/core/java/com/android/server/content/
SyncOperation.java, wakeLockName): an account's name may hold blanks; other tags have no slash (``DownloadManager``). 14
and later put the namespace of a job in place of the ``#`` before its uid and, in ``@...@``, before its name; 16
puts the app's trace tag in front of that, ``#...#`` (a capture).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from harness.parsers.dump_sections import Record, Unread, seconds, section, uid_or_none, until_repeated
from harness.parsers.log_fields import CLASS, user_of, user_or_none

# Registered 25 jobs:
_HEADING = re.compile(r"Registered \d+ jobs:|(?:  )?Job history:|JOB SCHEDULER|  JOB ")
#   JOB #u0a106/3000002: 9b9aca4 com.accuweather.android/com.urbanairship.job.AndroidJobService
#   JOB #androidx.work.systemjobscheduler:u0a434/4726: 658d0c1 @androidx.work.systemjobscheduler@com.x/.JobService       14  # noqa: W505
#   JOB androidx.work.systemjobscheduler:u0a115/840: 86d0704 #com.x.SyncWorker#@androidx.work.systemjobscheduler@com.x/.JobService  16  # noqa: W505
#   JOB SyncManager:1000/14: 740aa4f @SyncManager@com.x.provider/com.x.account:android                       14
#   JOB #1000/100697: f538f49 com.x.provider/com.x.account/A Name:android                               up to 13
_JOB = re.compile(
    r"  JOB (?:.*?[:#} ])??#?(?P<uid>u\d+[a-z]+\d+|\d+)/(?P<id>-?\d+): [0-9a-f]+ "
    r"(?:<[^>]*>)?(?:#.*#(?=@))?(?:@[^@]*@)?(?P<name>\S.*?)\s*$"
)
# com.x/.Job, or tag:com.x/.Job
_NAMED = re.compile(rf"(?:[^/\s]*:)?(?P<component>[\w.]+/{CLASS})$")
# authority/type:android, DownloadManager:com.android.providers.downloads
_TAGGED = re.compile(r".+:(?P<package>[\w.]+)$")
#       Service: android/com.android.server.content.SyncJobService
_SERVICE = re.compile(rf" {{6}}Service: (?P<component>[\w.]+/{CLASS})\s*$")
#     Source: uid=u0a106 user=0 pkg=com.accuweather.android
_SOURCE = re.compile(r" {4}Source: uid=(\w+) user=(\d+) pkg=(\S+)")
#       PERIODIC: interval=+1d0h0m0s0ms flex=+1d0h0m0s0ms
_PERIODIC = re.compile(r" {6}PERIODIC: ")
#       PERSISTED
_PERSISTED = re.compile(r" {6}PERSISTED\s*$")
#         -2m00s714ms   START: #u0a71/1000 com.android.messaging/.datamodel.action.ActionServiceImpl
#         -2m00s154ms  STOP-P: #u0a71/1000 com.android.messaging/.datamodel.action.ActionServiceImpl last work dequeued
_HISTORY = re.compile(
    r" +(?P<ago>-?\+?[\dhmsd]+) +(?P<what>START|STOP)(?P<periodic>-P)?: (?:\{[^}]*\} ?)?#(?P<uid>\w+)/(?P<id>-?\d+) "
    r"(?P<tag>\S+?/.*?:android(?= |$)|\S+)(?: (?P<reason>.*))?$"
)
_HISTORY_BEGIN = re.compile(r" +-?\+?[\dhmsd]+ +(?:START|STOP)(?:-P)?: ")
# @androidx.work.systemjobscheduler@com.x/.Job          and, of a job with a tag, "sync:com.x/.Job"
_COMPONENT = re.compile(rf"(?:^|[@>:])([\w.]++)/({CLASS})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Record):
    """A job that waits to run. ``package`` is whose service runs, ``source_package`` for whom (an app, of a sync).

    ``tag`` is the name that the system gave it, None where its component is the name.
    """

    kind: ClassVar[str] = "job"
    uid: int | None
    user: int | None
    job_id: int
    component: str | None
    package: str | None
    tag: str | None
    source_package: str | None
    periodic: bool
    persisted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastJob(Record):
    """A job of the history. ``component`` is None for a sync or a tag."""

    uid: int | None
    user: int | None
    job_id: int
    component: str | None
    package: str | None
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedJob(PastJob):
    """A job began to run, ``seconds`` before the dump (negative)."""

    kind: ClassVar[str] = "job_started"
    periodic: bool
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedJob(PastJob):
    """A job ended or was ended; ``reason`` as printed."""

    kind: ClassVar[str] = "job_stopped"
    reason: str
    seconds: float | None


def jobs(lines: Iterable[str]) -> Iterator[Job | StartedJob | StoppedJob | Unread]:
    """Read the dump; raises FormatError for another text."""
    head: re.Match[str] | None = None
    body: list[str] = []
    for line in section(lines, "dumpsys jobscheduler", _HEADING, service="jobscheduler"):
        if head and not line.startswith("    "):
            yield _job(head, body)
            head = None
        if line.startswith("  JOB "):
            head, body = _JOB.match(line), []
            if head is None or not (_NAMED.match(head["name"]) or _TAGGED.match(head["name"])):
                head = None
                yield Unread(line)
        elif head:
            body.append(line)
        elif _HISTORY_BEGIN.match(line):
            yield _history(line)
    if head:
        yield _job(head, body)


def _job(head: re.Match[str], body: list[str]) -> Job:
    body = until_repeated(body, _SOURCE)
    source = next((match for line in body if (match := _SOURCE.match(line))), None)
    uid, named = uid_or_none(head["uid"]), _NAMED.match(head["name"])
    tagged = None if named else _TAGGED.match(head["name"])
    service = next((match for line in body if (match := _SERVICE.match(line))), None) if tagged else named
    component = service["component"] if service else None
    return Job(
        uid=uid,
        user=user_or_none(uid),
        job_id=int(head["id"]),
        component=component,
        package=component.partition("/")[0] if component else tagged["package"] if tagged else None,
        tag=None if named else head["name"],
        source_package=source[3] if source else None,
        periodic=any(_PERIODIC.match(line) for line in body),
        persisted=any(_PERSISTED.match(line) for line in body),
    )


def _history(line: str) -> StartedJob | StoppedJob | Unread:
    match = _HISTORY.match(line)
    uid = uid_or_none(match["uid"]) if match else None
    if match is None or uid is None:
        return Unread(line)
    place = _COMPONENT.search(match["tag"])
    component, package = (f"{place[1]}/{place[2]}", place[1]) if place else (None, None)
    job: dict[str, Any] = {
        "uid": uid,
        "user": user_of(uid),
        "job_id": int(match["id"]),
        "component": component,
        "package": package,
        "tag": match["tag"],
        "seconds": seconds(match["ago"]),
    }
    if match["what"] == "START":
        return StartedJob(**job, periodic=match["periodic"] is not None)
    return StoppedJob(**job, reason=(match["reason"] or "").strip())
