"""Completion in the shells themselves, where they are installed, and what it asks an adb server."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from harness.commands import completion
from harness.commands.completion import SHELLS, rule_ids, serials
from harness.rules import load_rules
from tests.plugin.conftest import apprights_here

LISTED = "127.0.0.1:5555 device product:a model:Pixel_9\nABC unauthorized usb:1\nDEF123 device model:Mi_11\n"
READY = ["127.0.0.1:5555", "DEF123"]
TRIED = ["re", "check --wait", "check app --consent ", "completion ", "parse win", "virtual ", "check app --serial "]
EXPECTED = [
    ["record", "report", "restore", "review"], ["--wait-turn"], ["accept", "refuse"], list(SHELLS), ["windows"], ["ctl", "facts"], READY,
]  # fmt: skip


@contextmanager
def adb_server(answer: bytes | None) -> Iterator[int]:
    """Something that listens as an adb server does, and answers; with None it never does."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _address = server.accept()
                clients.append(client)
                if answer is not None:
                    assert client.recv(4096) == b"000ehost:devices-l"
                    client.sendall(answer)
                    client.close()

    clients: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(120)
    for client in clients:
        client.close()


def okay(text: str) -> bytes:
    return b"OKAY%04x%b" % (len(text), text.encode())


def context(port: int) -> SimpleNamespace:
    return SimpleNamespace(params={"adb_port": port})


def test_serials_are_those_of_ready_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completion, "PATIENCE", 120.0)
    with adb_server(okay(LISTED)) as port:
        assert serials(context(port)) == [("127.0.0.1:5555", "Pixel_9"), ("DEF123", "Mi_11")]


@pytest.mark.parametrize("answer", [b"", b"OKAY", b"OKAYzzzz", b"FAIL0002no", okay("\n\nx"), None])
def test_an_adb_server_that_says_nothing_of_use_is_not_waited_for(answer: bytes | None) -> None:
    with adb_server(answer) as port:
        assert serials(context(port)) == []


def test_nothing_is_started_where_no_adb_server_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setattr(subprocess, "Popen", None)
    assert serials(context(port)) == []


def test_rules_are_completed_by_their_ids() -> None:
    assert [rule for rule, _label in rule_ids()] == [rule.id for rule in load_rules()]


BASH = """
source <(apprights completion bash)
[[ $COMP_WORDBREAKS != *:* ]] || echo "a colon ends a word"
tried() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _apprights_completion apprights
    echo "${COMPREPLY[*]}"
}
"""
ZSH = """
compdef() { }
_arguments() { print -r -- ${*//$'\\n'/ } }
source <(apprights completion zsh)
tried() { words=("$@"); CURRENT=$#; _apprights_completion }
"""
FISH = """
apprights completion fish | source
function tried; complete -C "$argv" | string replace -r "\\t.*" "" | string join " "; end
"""


def script(shell: str) -> str:
    if shell == "fish":
        return FISH + "\n".join(f"tried 'apprights {line}'" for line in TRIED)
    lines = ["tried apprights " + " ".join(word or '""' for word in line.split(" ")) for line in TRIED]
    return {"bash": BASH, "zsh": ZSH}[shell] + "\n".join(lines)


def words(line: str) -> list[str]:
    """The words in what zsh is given: *: :(("word":"what it is" "word"))."""
    return [word.replace("\\", "") for word in re.findall(r'[( ]"([^"]*)"', line)]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_itself_completes(shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "tried").write_text(script(shell), "utf-8")
    bare = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with adb_server(okay(LISTED)) as port:
        environment = {**os.environ, "PATH": path, "ANDROID_ADB_SERVER_PORT": str(port), "HOME": str(tmp_path)}
        done = subprocess.run(
            [program, *bare, tmp_path / "tried"], env=environment, capture_output=True, text=True, timeout=60, check=False
        )
    found = [words(line) if shell == "zsh" else line.split() for line in done.stdout.splitlines()]
    assert [sorted(each) for each in found] == [sorted(each) for each in EXPECTED], done.stderr


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_alone_is_printed(shell: str, tmp_path: Path) -> None:
    said = apprights_here("completion", shell, folder=tmp_path)
    assert (said.code, said.err) == (0, "")
    assert "_APPRIGHTS_COMPLETE=complete_" + shell in said.out
