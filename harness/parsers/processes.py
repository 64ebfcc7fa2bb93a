"""The processes that live: ``dumpsys activity processes`` and ``ps -A``.

Only ActivityManager knows the packages loaded in a process (``packageList``); ps knows names. ``dumpsys activity``
without a word behind it lists the processes by importance alone, one a line and without packages. Sources:
frameworks/base/services/core/java/com/android/server/am/ActivityManagerService.java, dumpProcessesLocked (11 and later
ProcessList.java), dumpProcessOomList, and am/ProcessRecord.java; external/toybox, toys/posix/ps.c. A bugreport runs
``ps -A -T``, which has a row for each thread (frameworks/native/cmds/dumpstate/dumpstate.cpp): the one whose TID is its
PID is the process, and its name there is that of the main thread, cut to 15 characters.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.parsers.dump_sections import SHORT_PROCESS, Unread, blocks, not_a, report_section, section, uid_or_none
from harness.parsers.log_fields import Unreadable, formatted_uid, user_or_none

# ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)
_HEADING = re.compile(r"ACTIVITY MANAGER (?:RUNNING )?PROCESSES \(")
#   *PERS* UID 1000 ProcessRecord{ce89b75 929:system/1000}
#     Proc #18: cch+75 B/ /CEM  trm: 0 2908:com.android.managedprovisioning/u0a45 (cch-empty)
_ANY_PROCESS = re.compile(r"  (?:\*(?:APP|PERS)\* UID |  (?:Proc|PERS) # ?\d+: ).*$")
#   *APP* UID 10071 ProcessRecord{a6c7d76 2931:com.android.messaging/u0a71}
_PROCESS = re.compile(rf"  \*(?:APP|PERS)\* UID (-?\d+) ProcessRecord\{{\S+ {SHORT_PROCESS}\}}\s*$")
#     PERS #28: sys    F/ /PER  trm: 0 929:system/1000 (fixed)
_RANKED = re.compile(rf" +(?:Proc|PERS) # ?\d+: .*? {SHORT_PROCESS}(?: \(.*\))?\s*$")
#     packageList={com.android.messaging, com.other}
_PACKAGES = re.compile(r"    packageList=\{([^}]*)\}")
# ------ PROCESSES AND THREADS (ps -A -T -Z -O pri,nice,rtprio,sched,pcy,time) ------
_PS = re.compile(r"------ .*\((?:\S*/)?ps\b.*\) ------\s*$")
# An app's own uid as ps prints it: u0_a71, u10_i3
_PS_USER = re.compile(r"u(\d+)_(a|i|ai|s)?(\d+)$")


@dataclass(frozen=True, slots=True)
class Process:
    """A living process. ``uid`` is None where ps prints a name that we cannot turn into a number."""

    pid: int
    uid: int | None
    name: str
    packages: tuple[str, ...] = ()

    @property
    def user(self) -> int | None:
        return user_or_none(self.uid)

    def belongs_to(self, package: str) -> bool:
        """Whether code of ``package`` is loaded, or its name says so where the packages are not known."""
        if self.packages:
            return package in self.packages
        return self.name == package or self.name.startswith(package + ":")


def known_processes(text: str) -> list[Process]:
    """Processes of ``dumpsys activity processes [PACKAGE]`` that live (a record may outlive its process: pid 0)."""
    found = read_processes(text.replace("\r\n", "\n").split("\n"))
    return [process for process in found if isinstance(process, Process)]


def read_processes(lines: Iterable[str]) -> Iterator[Process | Unread]:
    """Yield the processes of ``dumpsys activity processes`` one by one; raises FormatError for another text."""
    dump = section(lines, "dumpsys activity processes", _HEADING, service="activity")
    recorded = False  # whether there are records: then the list by importance tells nothing new
    ranked: set[int] = set()  # it stands twice in a plain dumpsys activity, by importance and by last use
    for match, body in blocks(dump, _ANY_PROCESS):
        record = match[0].startswith("  *")
        recorded = recorded or record
        process = (_PROCESS if record else _RANKED).match(match[0])
        if process is None:
            if record or not recorded:
                yield Unread(match[0])
        elif not record:
            if not recorded and (pid := int(process[1])) and pid not in ranked:
                ranked.add(pid)
                yield Process(pid, uid_or_none(process[3]), process[2])
        elif int(process[2]):
            packages = next((found[1] for line in body if (found := _PACKAGES.match(line))), "")
            names = tuple(name.strip() for name in packages.split(",") if name.strip())
            yield Process(int(process[2]), int(process[1]), process[3], names)


def ps_processes(text: str) -> list[Process]:
    """Processes of ``ps -A``, whatever its columns, as long as PID is among them and NAME, CMD or ARGS is the last."""
    found = read_ps(text.replace("\r\n", "\n").split("\n"))
    return [process for process in found if isinstance(process, Process)]


def read_ps(lines: Iterable[str]) -> Iterator[Process | Unread]:
    """Yield the processes of ``ps`` one by one; raises FormatError for a text without its header."""
    rows = report_section(lines, "ps -A", _PS)
    first = next((row for row in rows if row.strip("\ufeff \t")), "").lstrip("\ufeff")
    header = first.split()
    if "PID" not in header or header[-1] not in ("NAME", "CMD", "ARGS"):
        raise not_a("ps -A", first)
    if "PC" in header and "S" not in header:  # the toolbox of 7 has no word above the state
        header.insert(-1, "S")
    pid_column, user_column, tid_column = (header.index(name) if name in header else None for name in ("PID", "USER", "TID"))
    for line in rows:
        columns = line.split(None, len(header) - 1)
        pid = columns[pid_column or 0] if len(columns) == len(header) else ""
        if pid.isdigit():
            if tid_column is None or columns[tid_column] == pid:
                uid = None if user_column is None else _uid(columns[user_column])
                yield Process(int(pid), uid, columns[-1].strip())
        elif line.strip():
            yield Unread(line)


def pids_of(text: str, package: str) -> list[tuple[int, str]]:
    """(pid, process name) of what lives of ``package``, in ``ps -A`` or ``dumpsys activity processes``."""
    read = known_processes if "ACTIVITY MANAGER" in text[:2000] else ps_processes
    return [(process.pid, process.name) for process in read(text) if process.belongs_to(package)]


def _uid(user: str) -> int | None:
    match = _PS_USER.match(user)
    try:
        return formatted_uid(f"u{match[1]}{match[2] or 's'}{match[3]}" if match else user)
    except Unreadable:
        return {"root": 0, "system": 1000, "shell": 2000}.get(user)
