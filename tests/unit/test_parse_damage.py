"""Damaged logs: whatever happens to the lines, no fact may move to another process."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.events import ActivityStarted, Event, Instant, LogGap, Source
from harness.parsers.dump_formats import READINGS
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader
from tests.dump_texts import BROADCASTS, DOWNLOADS, FILES, INSTALLS, NOTES, SERVICES, START_INFO, read

LOG = """\
--------- beginning of main
01-08 15:30:13.573  1000   929   981 I am_kill : [0,2617,com.android.dialer,985,empty #17]
01-08 15:30:13.617  1000   929  3157 I am_proc_died: [0,2288,com.android.deskclock,985,20]
01-08 15:30:16.608  1000   929   996 I am_proc_start: [0,3663,1000,com.keychain,service,{com.keychain/com.keychain.S}]
01-08 15:30:16.684  1000   929  3157 I am_proc_bound: [0,3663,com.keychain]
01-08 15:30:16.700  1000   929  3157 I am_crash: [5094,0,com.camera,8,java.lang.X,length=1, index=2,A.java,176,0]
01-08 15:30:16.701  1000   929  3157 I am_anr  : [0,777,com.slow,8,Input dispatching timed out (a, b)]
01-08 15:30:17.000  1000   929   981 I ActivityManager: Killing 2745:com.android.contacts/u0a90 (adj 985): empty #17
01-08 15:30:17.100  1000   929   996 I ActivityManager: Start proc 4001:com.x:push/u0a77 for broadcast {com.x/com.x.R}
01-08 15:30:17.200  1000   929  1536 I ActivityManager: Process com.ltebc (pid 3238) has died: fore SVC
01-08 15:30:17.300  root   635   635 I Zygote  : Process 3238 exited cleanly (0)
01-08 15:30:17.400  root   635   635 I Zygote  : Process 2745 exited due to signal 9 (Killed)
01-08 15:30:17.500 10079  3238  3238 I lcomm.ltebc_vz: System.exit called, status: 0
01-08 15:30:17.600  lmkd   689   689 I lowmemorykiller: Kill 'com.big' (18657), oom_adj 900, free 21672kB
01-08 15:30:18.000 10101   100   100 E AndroidRuntime: FATAL EXCEPTION: main
01-08 15:30:18.000 10101   100   100 E AndroidRuntime: Process: com.a, PID: 100
01-08 15:30:18.000 10101   100   100 E AndroidRuntime: java.lang.IllegalStateException: a
01-08 15:30:18.000 10101   100   100 E AndroidRuntime: \tat com.a.Main.run(Main.java:1)
01-08 15:30:19.000 10202   200   201 E AndroidRuntime: FATAL EXCEPTION: Thread-2
01-08 15:30:19.000 10202   200   201 E AndroidRuntime: Process: com.b, PID: 200
01-08 15:30:19.000 10202   200   201 E AndroidRuntime: java.lang.RuntimeException: b
01-08 15:30:19.000 10202   200   201 E AndroidRuntime: \tat com.b.Main.run(Main.java:2)
01-08 15:30:20.000  1000   929   981 E ActivityManager: ANR in com.c (com.c/.Main)
01-08 15:30:20.000  1000   929   981 E ActivityManager: PID: 4321
01-08 15:30:20.000  1000   929   981 E ActivityManager: Reason: slow
01-08 15:30:21.000  1000   929   981 E ActivityManager: ANR in com.d (com.d/.Main)
01-08 15:30:21.000  1000   929   981 E ActivityManager: PID: 8765
01-08 15:30:21.000  1000   929   981 E ActivityManager: Reason: slower
""".splitlines()
# Lines of one fact each, in which every field counts: two of each kind, so that a mixture of both would show.
SINGLE = """\
1790827200.100000  1000   929   981 I am_proc_start: [0,3663,10001,com.aaa,service,{com.aaa/com.aaa.S}]
1790827200.200000  1000   929   981 I am_proc_start: [10,4774,1010002,com.bbb:push,broadcast,{com.bbb/com.bbb.R}]
1790827200.300000  1000   929   981 I ActivityManager: Start proc 5885:com.ccc/u0a3 for service {com.ccc/com.ccc.S} caller=com.ddd
1790827200.400000  1000   929   981 I ActivityManager: Start proc 6996:com.eee/u999a4 for content provider {com.eee/com.eee.P} \
caller=com.fff
1790827200.500000  1000   929   981 I wm_create_activity: \
[0,111222,31,com.ggg/.Main,android.intent.action.MAIN,NULL,NULL,270532608]
1790827200.600000  1000   929   981 I wm_create_activity: \
[11,333444,42,com.hhh/.Other,android.intent.action.VIEW,text/plain,http://a?b=1,2,8]
1790827200.700000  1000   929   981 I wm_finish_activity: [0,111222,31,com.ggg/.Main,app-request]
1790827200.800000  1000   929   981 I am_create_service: [0,169838171,.PushService,10123,7117]
1790827200.900000  1000   929   981 I am_create_service: [10,269838272,.MusicService,1010456,8228]
1790827201.100000  1000   929   981 I ActivityTaskManager: START u0 {act=a.b cmp=com.iii/.Main} with LAUNCH_MULTIPLE from uid \
10162 (com.jjj) (BAL_ALLOW) result code=0
1790827201.200000  1000   929   981 I ActivityTaskManager: START u10 {act=c.d cmp=com.kkk/.Main} with LAUNCH_SINGLE_TASK from \
uid 1010173 from pid 9 callingPackage com.lll (sr=1) result code=2
1790827201.300000  1000   929   981 W ActivityManager: Background start not allowed: service Intent { act=x.y cmp=com.mmm/.S } \
to com.mmm/.S from pid=1 uid=10123 pkg=com.nnn startFg?=false
1790827201.400000  1000   929   981 W BroadcastQueue: Background execution not allowed: receiving Intent { act=q.r flg=0x10 } \
to com.ooo/.Receiver
1790827201.500000  1000   929   981 W WakePathChecker: MIUILOG-AutoStart, BindService Reject userId= 0 caller= com.ppp callee= \
com.qqq classname=com.qqq.Push action=null wakeType=8
1790827201.600000  1000   929   981 I am_kill : [0,9339,com.rrr,905,stop com.rrr due to from \
process:com.miui.securitycenter,79208]
1790827201.700000  1000   929   981 I ActivityManager: Force stopping com.sss appid=10479 user=95: from pid 14233
1790827201.800000  1000   929   981 I am_foreground_service_start: [11,com.ttt/.Music,1,ALLOWED,34,34,0,0,1,0,0,2]
1790827201.900000  1000   929   981 D LauncherAppsService: onPackageAdded: triggering onPackageAdded for user=UserHandle{10}, \
packageName=com.uuu
1790827202.000000  1000   929   981 I am_freeze: [10440,com.vvv]
1790827202.100000  1000   929   981 I am_anr  : [0,11551,com.www,8,Input dispatching timed out (a, b)]
1790827202.200000 10101   100   100 I GrantPermissionsViewModel: Permission grant result requestId=-12 callingUid=10196 \
callingPackage=com.xxx permission=android.permission.CAMERA isImplicit=false result=6 isPermissionRationaleShown=false
1790827202.300000  1000   929   981 I am_uid_idle: 10044
1790827202.400000  1000   929   981 I am_pss  : [12662,10055,com.yyy,61531136,54308864,0,126222336,0,2,5]
""".splitlines()


def facts(data: bytes) -> set[tuple[str, int, str]]:
    """(kind, pid, process) of every fact about a process; frames count as facts about their process too."""
    reader, interpreter = LogcatReader(), Interpreter(Source.MAIN)
    found: list[Event] = []
    for line in [*reader.feed(data), *reader.finish()]:
        found += interpreter.feed(line, Instant(0, 0.0))
    found += interpreter.finish()
    pids = [event for event in found if not isinstance(event, ActivityStarted | LogGap)]
    told = {(event.kind, event.pid, getattr(event, "process", "")) for event in pids}  # type: ignore[attr-defined]
    frames = {(frame, event.pid, "") for event in pids for frame in getattr(event, "frames", ())}  # type: ignore[attr-defined]
    return told | frames


CLEAN = facts("\n".join(LOG).encode() + b"\n")
# A crash whose second line is lost does not know its process; its pid it knows from the line itself.
ALLOWED = CLEAN | {("crashed", pid, "") for kind, pid, _ in CLEAN if kind == "crashed"}


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Lines lost, repeated and out of order, cut at either end, and run into the next one."""
    order = draw(st.lists(st.sampled_from(range(len(LOG))), min_size=1, max_size=60))
    pieces = []
    for index in order:
        text = LOG[index]
        how = draw(st.sampled_from(["whole", "whole", "whole", "head", "tail", "joined"]))
        cut = draw(st.integers(0, len(text)))
        if how == "head":
            pieces.append(text[:cut] + "\n")
        elif how == "tail":
            pieces.append(text[cut:] + "\n")
        elif how == "joined":
            pieces.append(text[:cut])
        else:
            pieces.append(text + draw(st.sampled_from(["\n", "\r\n"])))
    return "".join(pieces).encode()


def test_clean_log_tells_every_fact() -> None:
    assert len(CLEAN) == 19
    assert ("anr", 4321, "com.c") in CLEAN
    assert ("com.b.Main.run(Main.java:2)", 200, "") in CLEAN


@given(damaged())
def test_damage_moves_no_fact_to_another_process(data: bytes) -> None:
    try:
        assert facts(data) <= ALLOWED
    except FormatError:
        return


@given(st.permutations(range(1, len(LOG))))
def test_order_alone_loses_no_fact_of_a_single_line(order: list[int]) -> None:
    single = {fact for fact in CLEAN if fact[0] not in ("crashed", "anr") and not fact[0].startswith("com.")}
    assert single <= facts("\n".join(LOG[index] for index in order).encode() + b"\n") <= ALLOWED


@given(st.binary(max_size=400))
def test_any_bytes_between_the_lines_are_counted_or_refused(noise: bytes) -> None:
    data = LOG[1].encode() + b"\n" + noise + b"\n" + LOG[2].encode() + b"\n"
    killed, died = ("process_killed", 2617, "com.android.dialer"), ("process_died", 2288, "com.android.deskclock")
    assert facts(data) == {killed, died}


def whole(lines: bytes) -> set[str]:
    """Every fact of single lines with all its fields.

    What comes after "message" or "reason" may be cut with the line.
    """
    reader, interpreter = LogcatReader(), Interpreter(Source.SYSTEM, every_tag=True)
    told = set()
    for line in [*reader.feed(lines), *reader.finish()]:
        for event in interpreter.feed(line, Instant(0, 0.0)):
            if isinstance(event, LogGap) or event.details().get("values", {"": ""}) == {"body": line.message}:
                continue
            told.add(repr((event.kind, sorted((key, str(value)) for key, value in event.details().items()))))
    return told


TRUE = whole("\n".join(SINGLE).encode() + b"\n")


def test_each_of_these_lines_is_one_fact() -> None:
    assert len(TRUE) == len(SINGLE)


@given(st.data())
def test_interleaved_reordered_and_repeated_lines_tell_nothing_new(data: st.DataObject) -> None:
    """Buffers in any order, clock jumps, and the tail that is printed again after a reconnect."""
    order = data.draw(st.lists(st.sampled_from(SINGLE), min_size=1, max_size=40))
    repeated = data.draw(st.integers(0, len(order)))
    text = "\n".join([*order, "--------- beginning of main", *order[-repeated:]])
    assert whole(text.encode() + b"\n") == whole("\n".join(order).encode() + b"\n") <= TRUE


# Whose fact it is. Free text at the end of a line (a reason), and what only the end of a line can end, may be shorter.
OWNER = ("pid", "uid", "user", "process", "package", "token", "task", "service", "from_uid", "action", "caller_uid")


def owners(text: str) -> set[str]:
    """Whose facts a text tells."""
    reader, interpreter = LogcatReader(), Interpreter(Source.SYSTEM)
    try:
        lines = [*reader.feed(text.encode()), *reader.finish()]
    except FormatError:
        return set()
    told = [event for line in lines for event in interpreter.feed(line, Instant(0, 0.0))]
    return {repr((event.kind, [(key, event.details().get(key)) for key in OWNER])) for event in told}


OWNERS = {line: owners(line + "\n") for line in SINGLE}


@given(st.sampled_from(SINGLE), st.sampled_from(SINGLE), st.data())
def test_cut_lines_mix_no_two_facts(first: str, second: str, data: st.DataObject) -> None:
    """A line that ends early and runs into the next one, or is followed by one whose beginning is lost."""
    cut, start = data.draw(st.integers(0, len(first))), data.draw(st.integers(0, len(second)))
    broken = [first[:cut] + second + "\n", first[:cut]]
    if "packageName=" not in first:  # nothing follows the name there: whether it is whole only the line end could tell
        broken.append(first[:cut] + "\n" + second[start:] + "\n")
    for text in broken:
        assert owners(text) <= OWNERS[first] | OWNERS[second]


# A dump of two records, and words that only the first and only the second of them may hold.
DAMAGED = {
    "services": (SERVICES, ("com.a", "com.b", "com.c", "1804"), ("com.d",)),
    "broadcasts": (BROADCASTS, ("com.new", "com.ui", "com.x", "1234"), ("com.a", "com.b", "10188")),
    "start-info": (START_INFO, ("3421", "BOOT", "com.demo:push"), ("1010196", "JOB")),
    "downloads": (DOWNLOADS + DOWNLOADS.split("\n", 1)[1].replace("12", "13").replace("com.x", "com.y"), ("com.x",), ("com.y",)),
    "package": (INSTALLS + INSTALLS.replace("com.a", "com.z").replace("123", "456"), ("com.a",), ("com.z",)),
    "public-files": (FILES, ("com.a", "20971520"), ("com.b",)),
    "notifications": (NOTES, ("com.a", "first", "42"), ("com.b", "second")),
    "activities": (
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\n"
        "      * Hist #1: ActivityRecord{74 u0 com.b/.Main t33}\n          packageName=com.b processName=com.b\n"
        "          launchedFromUid=10188 launchedFromPackage=com.a userId=0\n"
        "      * Hist #0: ActivityRecord{75 u0 com.d/.Main t33}\n          packageName=com.d processName=com.d\n"
        "          launchedFromUid=10199 launchedFromPackage=com.c userId=0\n",
        ("com.a", "com.b", "10188"),
        ("com.c", "com.d", "10199"),
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_lost_line_joins_no_two_records(name: str) -> None:
    """Whichever line is lost: a record may know less then, or be told as unread, but nothing moves to another one."""
    text, first, second = DAMAGED[name]
    lines = text.split("\n")
    for lost in range(1, len(lines)):
        assert unmixed(name, "\n".join(lines[:lost] + lines[lost + 1 :]), first, second)


@pytest.mark.parametrize("name", DAMAGED)
@given(data=st.data())
def test_cut_line_joins_no_two_records(name: str, data: st.DataObject) -> None:
    """A line that ends early, and one that runs into the next."""
    text, first, second = DAMAGED[name]
    lines = text.split("\n")
    place = data.draw(st.integers(1, len(lines) - 2))
    cut = lines[place][: data.draw(st.integers(0, len(lines[place])))]
    assert unmixed(name, "\n".join([*lines[:place], cut, *lines[place + 1 :]]), first, second)
    assert unmixed(name, "\n".join([*lines[:place], cut + lines[place + 1], *lines[place + 2 :]]), first, second)


def unmixed(name: str, text: str, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    told = map(str, read(name, text)[0])
    return not any(any(word in item for word in first) and any(word in item for word in second) for item in told)


@pytest.mark.parametrize("name", READINGS)
@given(text=st.text(max_size=300))
def test_any_text_is_read_or_refused_in_one_line(name: str, text: str) -> None:
    try:
        found = read(name, text)
    except FormatError as error:
        refusal = str(error)
    else:
        refusal = ""
        json.dumps(found)
    assert "\n" not in refusal


@pytest.mark.parametrize("name", DAMAGED)
def test_endless_number_takes_no_more_than_the_record_it_stands_in(name: str) -> None:
    """Python reads no number of more than 4300 digits: wherever one stands, the rest of the dump is read."""
    text, first, second = DAMAGED[name]
    lines, (whole, _) = text.split("\n"), read(name, text)
    for place in range(1, len(lines)):
        told, _ = read(name, "\n".join([*lines[:place], lines[place] + "1" * 5000, *lines[place + 1 :]]))
        kept = " ".join(str(item) for item in whole if item in told)
        assert any(all(word in kept for word in words) for words in (first, second)), lines[place]


@pytest.mark.parametrize("name", DAMAGED)
def test_endless_word_costs_no_more_than_its_length(name: str) -> None:
    """What an app names itself stands in dumps: a word of 60,000 letters is gone through once, not once a letter."""
    lines = DAMAGED[name][0].split("\n")
    began = time.process_time()
    read(name, "\n".join(line + " " + "a" * 60_000 for line in lines))
    assert time.process_time() - began < 5.0
