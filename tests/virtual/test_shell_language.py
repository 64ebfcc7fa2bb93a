"""The shell's own language and the toybox commands, on a device without framework."""

import asyncio
import re
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from device_farm.virtual.shell.language.interpreter import Shell
from device_farm.virtual.shell.language.parser import parse
from device_farm.virtual.shell.language.redirects import Streams
from device_farm.virtual.shell.language.syntax import AndOr, Compound, Group, Incomplete, Pipeline, SyntaxProblem
from device_farm.virtual.shell.pipes import Collected, FileInput
from device_farm.virtual.shell.registry import COMMANDS
from tests.virtual.adb_calls import DEADLINE, StandInDevice


class Result(NamedTuple):
    status: int
    out: str
    err: str


def sh(script: str, stdin: bytes = b"", device: StandInDevice | None = None) -> Result:
    async def run() -> Result:
        out, err = Collected(), Collected()
        on = device or StandInDevice()
        process = on.shell_processes.new(("sh", "-c", script), parent=1, uid=2000)
        shell = Shell(on, Streams(FileInput(stdin), out, err), commands=COMMANDS, pid=process.pid)  # type: ignore[arg-type]
        process.handler = shell.traps.signal
        async with asyncio.timeout(DEADLINE):
            status = await on.shell_processes.run(process, shell.run(script))
        await on.shell_processes.end_all()
        return Result(status, out.data.decode("utf-8", "surrogateescape"), err.data.decode("utf-8", "surrogateescape"))

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("script", "out"),
    [
        ("echo a  b 'c  d' \"e  f\"", "a b c  d e  f\n"),
        (r"echo \$HOME '$HOME' \\ \a", "$HOME $HOME \\ a\n"),
        ("x=1 y='2 3'; echo $x$y \"${y}\" ${none}end", "12 3 2 3 end\n"),
        ("y='2  3'; printf '<%s>' $y \"$y\"", "<2><3><2  3>"),
        ("echo $(echo in; echo ner) `echo old`", "in ner old\n"),
        ("echo \"$(printf 'a\\n\\n\\n')\"", "a\n"),
        ("echo ${v:-none} ${v-none}; v=; echo ${v:-empty} ${v-set} ${v:+x}", "none none\nempty\n"),
        ("true && echo 1 || echo 2; false && echo 3 || echo 4; ! true; echo $?", "1\n4\n1\n"),
        ("if false; then echo 1; elif true; then echo 2; else echo 3; fi", "2\n"),
        ('for i in a \'b c\' d; do [ "$i" = d ] && break; echo "$i"; done', "a\nb c\n"),
        ("while [ ${#i} -lt 5 ]; do i=$i. ; [ $i = .. ] && continue; echo -n ${#i}; done", "1345"),
        ("until true; do echo never; done; echo ok", "ok\n"),
        ("(x=1; cd /sdcard; pwd); echo [$x]; pwd", "/sdcard\n[]\n/\n"),
        ("{ echo a; echo b; } | wc -l", "2\n"),
        ("echo one; echo two # comment\necho '#three' four#five", "one\ntwo\n#three four#five\n"),
        ("echo a |\n cat && \\\n echo b", "a\nb\n"),
        ('set -- x \'y z\'; echo $# $2; for p in "$@"; do echo "<$p>"; done', "2 y z\n<x>\n<y z>\n"),
        ("A=1 env | grep -c ^A=; echo [$A]", "1\n[]\n"),
        ("export B=2; sh -c 'echo $B $0 $1' name arg", "2 name arg\n"),
        ("cd /sdcard; mkdir g; cd g; touch b.x a.x .h.x c.y; echo *.x; echo '*.x' \"*\" ?.y [!ab].*", "a.x b.x\n*.x * c.y c.y\n"),
        ("echo *.nothing", "*.nothing\n"),
        ("eval 'q=5; echo $q'; exec echo last; echo never", "5\nlast\n"),
        ('read a b; echo "$b $a"; cat', "two three one\nrest\n"),
        ("echo $0; false; echo $?; nonesuch 2>/dev/null; echo $?", "/system/bin/sh\n1\n127\n"),
        ("false & wait $!; echo $?", "1\n"),
        ("echo 'a\\tb'; echo -E 'a\\tb'; echo -n x; echo -q", "a\tb\na\\tb\nx-q\n"),
        ("command -v ls cd; which ls", "/system/bin/ls\ncd\n/system/bin/ls\n"),
        ("trap 'echo bye $?' EXIT; trap; exit 0", "trap -- 'echo bye $?' EXIT\nbye 0\n"),
        ("trap 'echo caught' TERM; kill -TERM $$; echo on; trap '' INT; kill -2 $$; trap - TERM; echo off", "caught\non\noff\n"),
        ("(trap 'echo sub' EXIT; true); sh -c 'kill -9 $$'; echo $?; sleep 100 & kill $!; wait $!; echo $?", "sub\n137\n143\n"),
        ("sleep 100 & kill -0 $! && echo there; ps -p $! -o NAME; kill -KILL $!; wait; ps $! >/dev/null; echo $?", "there\nNAME\nsh\n1\n"),
        ("echo abc | dd bs=1 skip=1 count=1 2>/dev/null; dd if=/dev/zero bs=1k count=3 status=none | wc -c", "b3072\n"),
        ("head -c 5 /dev/urandom | wc -c; [ -t 0 ] || echo pipe; tty || :", "5\npipe\nnot a tty\n"),
        ("echo x > /sdcard/f; nc -l -p 4000 < /sdcard/f > /sdcard/g & echo hi | nc localhost 4000; wait; cat /sdcard/g", "x\nhi\n"),
    ],
)
def test_language(script: str, out: str) -> None:
    assert sh(script, stdin=b"one two three\nrest\n") == (0, out, "")


@pytest.mark.parametrize(
    ("script", "status", "err"),
    [
        ("echo 'open", 1, "/system/bin/sh: no closing quote\n"),
        ("if true; then echo", 1, "/system/bin/sh: syntax error: unexpected EOF\n"),
        ("echo )", 1, "/system/bin/sh: syntax error: unexpected ')'\n"),
        ("fi", 1, "/system/bin/sh: syntax error: unexpected 'fi'\n"),
        ("exit 300", 44, ""),
        ("echo > /system/x", 1, "/system/bin/sh: can't create /system/x: Read-only file system\n"),
        ("cat < /none", 1, "/system/bin/sh: can't open /none: No such file or directory\n"),
        ("cat /none", 1, "cat: /none: No such file or directory\n"),
        ("cd /none", 2, "/system/bin/sh: cd: /none: No such file or directory\n"),
        ("nonesuch", 127, "/system/bin/sh: nonesuch: inaccessible or not found\n"),
        ("/data/local/tmp", 126, "/system/bin/sh: /data/local/tmp: can't execute: Permission denied\n"),
        ("echo $((1 + 2))", 1, "/system/bin/sh: virtual: not modelled: $((\n"),
        ("f() { echo; }; f", 1, "/system/bin/sh: virtual: not modelled: functions\n"),
        ("[[ a ]]", 1, "/system/bin/sh: virtual: not modelled: [[\n"),
        ("case a in a) ;; esac", 1, "/system/bin/sh: virtual: not modelled: case\n"),
        ("cat << END", 1, "/system/bin/sh: virtual: not modelled: here documents\n"),
        ("set -e", 127, "/system/bin/sh: virtual: not modelled: set -e\n"),
        ("getopts a b", 127, "/system/bin/sh: virtual: not modelled: getopts\n"),
        ("[ a b = c ]", 2, "/system/bin/sh: [: b: unexpected operator/operand\n"),
        ("cat ''", 1, "cat: : No such file or directory\n"),
        ("ls --nonesuch", 127, "virtual: not modelled: ls --nonesuch\n"),
        ("ls /data/data", 1, "ls: /data/data: Permission denied\n"),
        ("mkdir /sdcard", 1, "mkdir: '/sdcard': File exists\n"),
        ("rmdir /sdcard/Android/..", 1, "rmdir: '/sdcard/Android/..': Directory not empty\n"),
    ],
)
def test_refusals(script: str, status: int, err: str) -> None:
    assert sh(script) == (status, "", err)


@pytest.mark.parametrize(
    ("script", "out"),
    [
        ("seq 3; seq 2 2 6 | tail -1; seq 5 -2 1 | head -n 2", "1\n2\n3\n6\n5\n3\n"),
        ("seq 10 | sed -n '3,4p'; seq 3 | sed 's/2/<&>/; 1d'; echo a.b | sed 's/\\./-/'", "3\n4\n<2>\n3\na-b\n"),
        ("echo aXbX | sed 's|X|/|g'; echo ab | sed -E 's/(a)(b)/\\2\\1/'", "a/b/\nba\n"),
        ("seq 12 | grep 1; seq 12 | grep -vc 1; seq 3 | grep -n 2; seq 3 | grep -q 9 || echo none", "1\n10\n11\n12\n8\n2:2\nnone\n"),
        ("echo 'a=1,b=2' | grep -oE '[a-z]=[0-9]'; echo ABC | grep -i abc", "a=1\nb=2\nABC\n"),
        ("printf 'b 2\\na 10\\nc 1\\n' | sort -k2 -n | cut -d' ' -f1 | tr '\\n' ' '", "c b a "),
        ("printf 'a\\na\\nb\\n' | uniq -c | tr -s ' '", " 2 a\n 1 b\n"),
        ("echo hello | tr a-y b-z; echo hello | tr -d l", "ifmmp\nheo\n"),
        ("printf 'a b\\nc' | wc; printf abc | wc -c", "1 3 5\n3\n"),
        ("printf '%s=%d %x %5.1f|%-4s|\\n' a 10 255 2.25 z", "a=10 ff   2.2|z   |\n"),
        ("printf '%s\\n' 1 2 3", "1\n2\n3\n"),
        ("echo data | base64; echo ZGF0YQo= | base64 -d", "ZGF0YQo=\ndata\n"),
        ("printf abc | md5sum; printf abc | sha256sum | cut -c1-8", "900150983cd24fb0d6963f7d28e17f72  -\nba7816bf\n"),
        ("echo 1 2 3 | xargs -n2 echo; printf 'a\\nb\\n' | xargs -I{} echo '<{}>'", "1 2\n3\n<a>\n<b>\n"),
        ("cd /sdcard; mkdir -p t/u; touch t/u/f t/g; find t -type f; find t -name u", "t/g\nt/u/f\nt/u\n"),
        ("cd /sdcard; mkdir t; touch t/a; find t -name a -delete; ls t; find t -maxdepth 0 -exec echo '<{}>' ';'", "<t>\n"),
        ("cd /sdcard; echo x > a; cp a b; mv b c; cat c; rm a c; ls -d a c 2>/dev/null; echo $?", "x\n1\n"),
        ("cd /data/local/tmp; echo x > f; ln -s f l; ls -l l | cut -c1-10; readlink l; cat l; realpath l",
         "lrwxrwxrwx\nf\nx\n/data/local/tmp/f\n"),
        ("cd /data/local/tmp; touch f; chmod u+x,o-rwx f; stat -c '%a %U %F' f", "760 shell regular empty file\n"),
        ("dd if=/dev/zero bs=1k count=3 2>/dev/null | wc -c", "3072\n"),
        ("cat /proc/4321/oom_score_adj; tr '\\0' '\\n' < /proc/4321/cmdline; test -d /proc/99 || echo gone",
         "900\ncom.example.shop\ngone\n"),
        ("pidof com.example.shop; ps -A -o PID,NAME | grep shop | tr -s ' '", "4321\n 4321 com.example.shop\n"),
        ("ps --help | head -n1 | cut -c1-14", "usage: ps [-Aa\n"),  # Appium looks for -A there
        ("ps -p 4321 | wc -l; pgrep -f example; id -u; whoami; uname -m; getenforce", "2\n4321\n2000\nshell\naarch64\nEnforcing\n"),
        ("getprop ro.build.version.sdk; getprop none; getprop none x; setprop debug.a b; getprop debug.a", "33\n\nx\nb\n"),
        ("date -d @0 '+%Y-%m-%d %H:%M:%S %N %s %%'; date -u -d @86400 +%F", "1970-01-01 00:00:00 000000000 0 %\n1970-01-02\n"),
        ("toybox echo hi; toybox nonesuch 2>&1", "hi\ntoybox: Unknown command nonesuch\n"),
        ("basename /a/b.txt .txt; dirname /a/b/c; basename /", "b\n/a/b\n/\n"),
        ("ifconfig wlan0 | grep -o 'inet addr:[0-9.]*'; ip addr show dev wlan0 | grep -c inet", "inet addr:192.168.1.57\n1\n"),
        ("yes | head -2 | wc -l; seq 5 | tail -n +4 | tee /sdcard/t; cat /sdcard/t", "2\n4\n5\n4\n5\n"),
    ],
)  # fmt: skip
def test_commands(script: str, out: str) -> None:
    result = sh(script)
    assert (result.out, result.err) == (out, "")


def test_log_writes_to_the_main_buffer() -> None:
    device = StandInDevice()
    sh("log -p w -t Probe hello there", device=device)
    entry = device.logs.buffers["main"][-1]
    assert (entry.priority, entry.tag, entry.message, entry.uid) == ("W", "Probe", "hello there", 2000)


def test_what_is_refused_is_remembered() -> None:
    device = StandInDevice()
    sh("alias x=y", device=device)
    sh("ls -Q", device=device)
    assert device.unmodelled == {"ls -Q", "sh: alias"}
    sh("perfetto x", device=device)
    assert "perfetto x" in device.unmodelled


def test_a_shell_of_shells_has_an_end() -> None:
    device = StandInDevice()
    device.files.write("/data/local/tmp/again", b"sh /data/local/tmp/again", mode=0o777)
    assert "can't fork" in sh("sh /data/local/tmp/again", device=device).err


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="ab$(){}'\"\\`;|&<>\n #!=*?[]ifdonethwhcsr 012", max_size=40))
def test_any_text_is_refused_with_words_or_means_the_same_in_brackets(text: str) -> None:
    script, refusal = (), ""
    try:
        script = parse(text)
    except SyntaxProblem as problem:
        refusal = str(problem)
    assert bool(refusal) or script or not re.sub(r"\\\n|#.*", "", text).strip()
    if script and not text.endswith("\\"):  # that would take away the line end before the bracket
        group = Compound(Group(script, subshell=True), ())
        assert parse(f"(\n{text}\n)") == (AndOr((("", Pipeline((group,), negated=False)),), background=False),)


@pytest.mark.parametrize("text", ["echo 'a", 'echo "', "if true", "for i in a; do", "echo $(", "a |", "{ echo"])
def test_half_a_command_asks_for_more(text: str) -> None:
    with pytest.raises(Incomplete):
        parse(text)


@pytest.mark.parametrize("text", ["(" * 5000, "$(" * 5000, "`" * 4001, "${a:-" * 5000])
def test_depth_is_bounded(text: str) -> None:
    assert sh(f"echo {text}").status == 1


def test_top_and_free_show_the_same_memory() -> None:
    top = sh("top -b -n 1 | head -n 5; top -b -q -n 1 | grep -c shop").out.splitlines()
    assert top[0].startswith("Tasks: ")
    assert top[1] == "  Mem:  7812345K total,  7000000K used,   812345K free,        0K buffers"
    assert top[4].split()[:4] == ["PID", "USER", "PR", "NI"]
    assert top[5] == "1"
    assert sh("free -k").out.splitlines()[1].split() == ["Mem:", "7812345", "7000000", "812345", "0", "0"]
    assert sh("top").status == 127


@pytest.mark.parametrize(
    "script",
    [
        "echo " + "${a:-" * 5000, "echo " + '"$(' * 5000, "if " * 5000, "{ " * 5000, "eval " * 300 + "echo",
        "trap 'kill -1 $$' HUP; kill -1 $$",
        "test " + "! " * 5000 + "a",
        "[ " + "a -o " * 3000 + "a ]", "x=1; " + "x=$x$x; " * 40,
    ],
    ids=lambda script: script[:12],
)  # fmt: skip
def test_what_never_ends_is_refused(script: str) -> None:
    result = sh(script)
    assert result.status in {1, 2}
    assert "deep" in result.err or "longer than" in result.err
