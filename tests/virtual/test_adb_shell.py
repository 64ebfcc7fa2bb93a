"""The adb command line's shell on the device."""

import subprocess
import threading
from collections.abc import Iterator

import pytest

from tests.virtual.adb_calls import ADB, DEADLINE, Connected

PROMPT = b"vdev:/ $ "


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


class Typist:
    """A person at ``adb shell -tt``: types once what they wait for is on the screen. A deadline ends the client."""

    def __init__(self, connected: Connected) -> None:
        self.client = subprocess.Popen(
            [str(ADB), "-s", connected.serial, "shell", "-tt"],
            env=connected.adb.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
        )  # fmt: skip
        self._deadline = threading.Timer(DEADLINE, self.client.kill)
        self._deadline.start()

    def wait_for(self, text: bytes) -> bytes:
        """What the terminal shows up to and with ``text``."""
        assert self.client.stdout is not None
        shown = b""
        while not shown.endswith(text):
            read = self.client.stdout.read(1)
            assert read, f"the shell ended after {shown!r}"
            shown += read
        return shown

    def type(self, keys: bytes) -> None:
        self.client.stdin.write(keys)

    def leave(self) -> int:
        """Wait for the end of the shell; its status."""
        self.client.communicate()
        self._deadline.cancel()
        return self.client.returncode


@pytest.fixture
def typist(stand_in: Connected) -> Iterator[Typist]:
    found = Typist(stand_in)
    yield found
    found.client.kill()
    found.leave()


def test_a_typed_line_is_run_with_prompt_and_echo(typist: Typist) -> None:
    typist.wait_for(PROMPT)
    typist.type(b"echo hi\x7fo\n")
    assert typist.wait_for(PROMPT) == b"echo hi\b \bo\r\nho\r\n" + PROMPT
    typist.type(b"exit 5\n")
    assert typist.leave() == 5


def test_the_interrupt_key_stops_a_command(typist: Typist) -> None:
    typist.wait_for(PROMPT)
    typist.type(b"printf 'wait%s' ing; echo; sleep 1000\n")
    typist.wait_for(b"waiting\r\n")
    typist.type(b"\x03")
    assert b"^C" in typist.wait_for(PROMPT)
    typist.type(b"echo $?\n")
    typist.wait_for(b"130\r\n")
    typist.type(b"exit\n")
    typist.leave()


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
