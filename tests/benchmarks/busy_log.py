"""The text of a busy phone's log, as long as wanted."""

from collections.abc import Iterator

# One busy second of a phone in 100 lines: what the four buffers print most, with its facts among it.
_NOISE = (
    "10123  4321  4360 D OkHttp  : <-- 200 https://api.example.com/v1/feed?page={n}&session=0123456789abcdef (182ms)",
    " 1000   929  2231 I sysui_multi_action: [757,127,758,2,{n}]",
    "10087  1497  1497 V StatusBar: disable: < expand icons* alerts SYSTEM_INFO* back home recent clock* search >",
    ' 1000   929   983 D PowerManagerService: acquire lock={n}, flags=0x1, tag="View Lock", uid=10037, pid=2227',
    " 1000   929   995 I am_uid_idle: 10044",
    " 1000   929   992 I am_pss  : [1878,10082,com.android.launcher3,61531136,54308864,0,126222336,0,2,{n}]",
    " root   635   635 D Zygote  : Forked child process {n}",
    " 1000   929   981 W ActivityManager: Slow operation: {n}ms so far, now at startProcess: done updating battery",
)
_FACTS = (
    " 1000   929   996 I am_proc_start: [0,{n},10077,com.x,service,{{com.x/com.x.PushService}}]",
    " 1000   929   996 I ActivityManager: Start proc {n}:com.x/u0a77 for service {{com.x/com.x.PushService}}",
    " 1000   929  3157 I am_proc_bound: [0,{n},com.x]",
    " 1000   929  1349 I wm_create_activity: [0,{n},33,com.x/.Main,android.intent.action.MAIN,NULL,NULL,270532608]",
    " 1000   929   981 I am_kill : [0,{n},com.x,985,empty #17]",
    " root   635   635 I Zygote  : Process {n} exited due to signal 9 (Killed)",
)


def busy_log(lines: int) -> Iterator[bytes]:
    """About ``lines`` lines of ``logcat -v epoch -v usec -v uid``, in chunks; every 15th line is a fact."""
    parts: list[str] = []
    for number in range(lines):
        template = _FACTS[number // 15 % len(_FACTS)] if number % 15 == 0 else _NOISE[number % len(_NOISE)]
        parts.append(f"{1790448214 + number / 1000:.6f} {template.format(n=number % 30000)}\n")
        if len(parts) == 2000:
            yield "".join(parts).encode()
            parts = []
    yield "".join(parts).encode()
