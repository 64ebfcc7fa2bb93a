"""Damaged logs: whatever happens to the lines, no fact may move to another process."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.events import ActivityStarted, Event, Instant, LogGap, Source
from harness.parsers.interpret import Interpreter
from harness.parsers.logcat import LogcatReader

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
