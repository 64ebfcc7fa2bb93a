"""The adb command line's shell on the device."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.virtual.adb_calls import ADB, DEADLINE

if TYPE_CHECKING:
    from tests.virtual.adb_calls import Connected


def test_devices_lists_it_with_its_product_names(stand_in: Connected) -> None:
    listed = stand_in.adb.run("devices", "-l").stdout.decode()
    line = next(line for line in listed.splitlines() if line.startswith(stand_in.serial))
    assert " device product:virtual model:Virtual_1 device:vdev " in line


def test_exit_code_and_streams_are_apart(stand_in: Connected) -> None:
    assert stand_in.shell("echo out; echo err >&2; exit 7") == (7, "out\n", "err\n")


def test_unknown_command_is_mksh_s_message(stand_in: Connected) -> None:
    assert stand_in.shell("nonesuch -x") == (127, "", "/system/bin/sh: nonesuch: inaccessible or not found\n")


def test_version_one_merges_the_streams(stand_in: Connected) -> None:
    done = stand_in.run("shell", "-x", "echo out; echo err >&2; exit 7")
    assert (done.returncode, done.stdout) == (0, b"out\nerr\n")


def test_exec_out_is_raw(stand_in: Connected) -> None:
    assert stand_in.run("exec-out", r"printf 'a\r\nb\000c\n'").stdout == b"a\r\nb\0c\n"


def test_exec_in_reaches_standard_input(stand_in: Connected) -> None:
    stand_in.run("exec-in", "cat > /data/local/tmp/in", input=b"x" * 100_000)
    assert stand_in.shell("wc -c < /data/local/tmp/in") == (0, "100000\n", "")


def test_standard_input_and_its_end_reach_the_command(stand_in: Connected) -> None:
    done = stand_in.run("shell", "cat; echo done", input=b"line 1\nline 2")
    assert done.stdout == b"line 1\nline 2done\n"


def test_a_script_on_standard_input_is_run(stand_in: Connected) -> None:
    script = b"for i in 1 2\ndo echo $i\ndone\ncd /sdcard; pwd\nexit 3\necho never\n"
    done = stand_in.run("shell", input=script, check=False)
    assert (done.returncode, done.stdout) == (3, b"1\n2\n/sdcard\n")


def test_a_terminal_turns_newlines_and_echoes(stand_in: Connected) -> None:
    done = stand_in.run("shell", "-tt", "echo a; echo b", stdin=subprocess.DEVNULL)
    assert done.stdout == b"a\r\nb\r\n"


def test_a_typed_line_is_run_with_prompt_and_echo(stand_in: Connected) -> None:
    done = stand_in.run("shell", "-tt", input=b"echo hi\x7fo\nexit 5\n", check=False)
    assert done.returncode == 5
    assert b"echo hi\b \bo\r\n" in done.stdout
    assert b"\r\nho\r\nvdev:/ $ " in done.stdout


def test_the_interrupt_key_stops_a_command(stand_in: Connected) -> None:
    client = subprocess.Popen(
        [str(ADB), "-s", stand_in.serial, "shell", "-tt"],
        env=stand_in.adb.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert client.stdin is not None
    assert client.stdout is not None
    client.stdin.write(b"printf 'wait%s' ing; echo; sleep 1000\n")
    client.stdin.flush()
    while b"waiting" not in client.stdout.readline():
        pass
    out, _ = client.communicate(b"\x03echo $?\nexit\n", timeout=DEADLINE)
    assert b"^C" in out
    assert b"130\r\n" in out


def test_large_output_arrives_whole(stand_in: Connected) -> None:
    out = stand_in.run("exec-out", "seq 1 400000").stdout
    assert out == b"".join(b"%d\n" % n for n in range(1, 400001))


def test_the_logcat_prelude_of_adb_is_understood(stand_in: Connected) -> None:
    prelude = "export ANDROID_LOG_TAGS=\"''\"; exec echo logcat '-d'"
    assert stand_in.shell(prelude) == (0, "logcat -d\n", "")


def test_an_unmodelled_command_is_refused_by_name_and_remembered(stand_in: Connected) -> None:
    assert stand_in.shell("perfetto -o /sdcard/x")[2] == "virtual: not modelled: perfetto -o /sdcard/x\n"
    assert "perfetto -o /sdcard/x" in stand_in.device.unmodelled


def test_a_background_job_outlives_the_shell_under_nohup(stand_in: Connected) -> None:
    stand_in.shell("nohup sh -c 'sleep 0.05; echo late > /data/local/tmp/late' > /dev/null 2>&1 &")
    waiting = "while [ ! -s /data/local/tmp/late ]; do sleep 0.02; done; cat /data/local/tmp/late"
    assert stand_in.shell(waiting) == (0, "late\n", "")
