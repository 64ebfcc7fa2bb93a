"""Bad input, a table: every command with what it cannot use says one line in the user's language, and how it ends.

Most rows run in this process; what only a process shows (closed streams, full disks, encodings, signals) has a few rows
of its own. ``{name}`` in a row is something bad from ``places``.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from device_farm import commands as farm
from harness import console
from harness.commands import lazy
from harness.device.adb import PrivateAdbServer
from harness.device.virtual_devices import virtual_devices
from harness.language import choose
from tests.plugin.conftest import PROJECT, SHOPS, SHOPS_FILE, apprights_here

SECONDS = 4.0
"""What each may take, in processor time, the imports of the first among it: the computer has other things to do."""
OF_APPS = ("check", "walk", "watch", "profile")
PHONE = "--serial {first} --adb-port {two}"
ODD = "名 字 'q' \"d\" [bold]订单"
FILES = ("{folder}", "{none}", "{empty}", "{binary}", "{odd}", "{locked}")
CLEAN = PROJECT / "device_farm" / "proof" / "apks" / "clean.apk"
UNENDING = ("/dev/zero",) if os.name == "posix" else ()

Row = tuple[str, int]


def of_apps() -> Iterator[Row]:
    """Phones that are not there, and apps that are none: the commands share what tells of them."""
    for command in OF_APPS:
        yield f"{command} {SHOPS} --adb-port {{closed}}", 2
        yield f"{command} com.example.none {PHONE}", 2
        yield f"{command} {{binary}}.apk {PHONE}", 3
        yield f"{command} {SHOPS} --app-file {{none}}", 2
        yield command, 2
    for words in ("{nobody}", "{two}", "{two} --serial NONE-{odd}", "99999"):
        yield f"check {SHOPS} --adb-port {words}", 2
    for words, code in (("{folder}", 2), ("{none}.apk", 2), ("{empty}.apk", 3), ("{odd}.apk", 3)):
        yield f"check {words} {PHONE}", code
    for words in ("--serial {first} --virtual", "--app-file {folder}", "--nix"):
        yield f"check {SHOPS} {words}", 2
    for wrong in (
        "--minutes 0",
        "--minutes x",
        "--steps 0",
        "--steps",
        "--consent maybe",
        "--clause 8",
        "--clause x",
        "--seed 1.5",
        "--as-of x",
        "--film=x",
    ):
        yield f"check {SHOPS} {wrong}", 2
    for each in ("xx", "0h", "-1s"):
        yield f"watch {SHOPS} --for {each} {PHONE}", 2
    for run in FILES:
        yield f"walk {SHOPS} --replay {run} {PHONE}", 3
    for file, code in (("{folder}", 2), ("{none}", 2), ("{binary}", 3), ("{locked}", 3), *((each, 2) for each in UNENDING)):
        yield f"check {SHOPS} {PHONE} --yes --policy {file}", code
    for name, code in (("nosuch", 2), ("{folder}", 2), ("{none}.toml", 2), ("{binary}.toml", 3), ("{deep}.toml", 3), ("{locked}.toml", 3)):
        yield f"check {SHOPS} {PHONE} --yes --profile {name}", code
    yield f"check {SHOPS} {PHONE} --yes --runs {{empty}}", 2
    for command in ("check", "walk", "profile"):
        yield f"{command} {{clean}} --virtual --rom originos --android 16 --unattended", 2  # without the password of the account


def of_files() -> Iterator[Row]:
    """Runs, APKs, logs, pictures and catalogues that are none."""
    for command in ("analyse", "verify", "report -o {folder}/x.html", "examination -o {folder}/x.html"):
        for file in ("{none}", "{empty}", "{odd}", "{locked}"):
            yield f"{command} {file}", 2
    for words in ("{none} {folder}", "{folder} {empty}", "{folder}", "{folder} {folder} --on 2026-13-40", "{folder} {folder} -o x.xls"):
        yield f"compare {words}", 2
    for file, code in (("{none}", 2), ("{folder}", 2), ("{binary}", 3), ("{deep}.toml", 3), ("{locked}", 3), ("{odd}", 3)):
        yield f"compare --notice {file} {{folder}}", code
    yield "compare {folder} {folder}", 3
    for command, code in (("analyse", 3), ("verify", 2), ("report -o {folder}/x.html", 3), ("examination -o {folder}/x.html", 3)):
        yield f"{command} {{folder}}", code
    yield "analyse {run}", 3
    yield "report -o x.html", 2
    for file in ("{folder}", "{none}", "{binary}", "{deep}.toml", "{locked}", *UNENDING):
        yield f"report -o {{folder}}/x.html --case {file}", 2
    for words in (
        "x.csv --csv nosuch",
        "x.html --csv jira",
        "x.csv --known {log}",
        "x.csv --csv jira --known {none}",
        "x.csv --csv jira --known {folder}",
    ):
        yield f"report {{run}} -o {{folder}}/{words}", 2
    yield "schema nosuch", 2
    yield "examination -o x.html", 2
    yield "examination {run} -o x.pdf", 2
    for command in ("apk", "apk --sdks", "parse logcat", "parse windows", "popup"):
        for file in (*FILES, *UNENDING):
            yield f"{command} {file}", 3
    for file in ("{none}", "{folder}"):
        yield f"apk {{binary}} --policy {file}", 2
        yield f"parse logcat {{log}} --tags {file}", 3
    yield "parse nosuch {log}", 3
    yield "parse logcat", 2
    for name in ("nosuch", "{folder}", "{none}.toml", "{deep}.toml"):
        yield f"rules --profile {name}", 3
    yield "rules nosuch", 2
    yield "rules --as-of 2020-02-30", 2
    yield "analyse {run} --as-of 20200724", 2
    yield "report {run} -o {folder}/x.html --as-of x", 2


def of_custody() -> Iterator[Row]:
    """Runs that nobody can review, sign, seal or pack, and keys and zips that are none."""
    for command in ("review", "seal", "sign --key {none}", "pack -o x.zip"):
        for file in ("{none}", "{empty}", "{odd}", "{locked}"):
            yield f"{command} {file}", 2
    for command, code in (("review", 2), ("seal", 3), ("sign --key {folder}", 2), ("pack -o x.zip", 2), ("pack -o x.txt", 2)):
        yield f"{command} {{folder}}", code
    yield "record {none} -o x", 3
    yield "seal {run}", 3
    yield "seal {run} --tsa nowhere", 3
    for words in ("{folder} --confirm", "{folder} --finding x", "{folder} --finding x --confirm --reject", "{run} --finding"):
        yield f"review {words}", 2
    yield "sign {folder}", 2
    yield "pack {folder}", 2
    yield "pack {folder} -o {folder}/x.zip --redact", 2
    yield "pack {folder} -o {folder}/x.zip --redact --profile {none}", 3
    yield "pack {folder} -o {folder}/x.zip --redact --profile {deep}.toml", 3
    yield "pack {folder} -o {folder}/x.zip --redact --profile {empty}.toml", 2


def of_phones() -> Iterator[Row]:
    yield "devices --adb-port {nobody}", 0
    yield "devices --adb-port {closed}", 2
    yield "devices --adb-port 0", 2
    yield "doctor --adb-port x", 2
    yield "doctor --serial nobody", 2
    yield "doctor --serial nobody --reboot", 2
    yield "doctor --pack {folder}/x.txt", 2
    yield "doctor --pack {empty}.zip", 2
    yield "doctor --pack {run}/x.zip", 2
    yield f"doctor --pack {{folder}}/x.zip {PHONE}", 2
    yield "prove --serial nobody", 2
    yield "prove --virtual --android 99", 2
    yield "restore --adb-port {closed}", 0
    yield "restore --serial NONE", 0
    yield "restore --serial", 2


def of_the_farm() -> Iterator[Row]:
    for apps in ("{none}", "{empty}", "{folder}", "{locked}"):
        yield f"selftest --apps {apps}", 2
    for wrong in ("--workers 0", "--workers x", "--rom nokia", "--android 99"):
        yield f"selftest {wrong}", 2
    for folder in ("{empty}", "{empty}/below", *(("/proc/none",) if sys.platform == "linux" else ())):
        yield f"demo --no-open -o {folder}", 2
    for file in (*FILES, *UNENDING):
        yield f"virtual --app {file}", 3 if file == "{folder}" else 2  # a folder is a recording
    for wrong in (
        "--rom nokia",
        "--android 99",
        "--language xx",
        "--devices 0",
        "--devices 501",
        "--port 70000",
        "--port 5555",
        "--port x",
    ):
        yield f"virtual {wrong}", 2
    yield "virtual --port {taken}", 2
    yield "virtual ctl", 2
    yield "virtual ctl nowhere truth", 2
    yield "virtual ctl 127.0.0.1:{closed} truth", 3
    yield "virtual ctl 127.0.0.1:{nobody} truth", 3
    for request in (
        "",
        " dance",
        " fault",
        " fault nosuch",
        " fault offline soon",
        " fault low-memory-kill none",
        " fault memory-limiter",
        " fault app-update none",
        " option nosuch on",
        " touch x",
    ):
        yield "virtual ctl {first}" + request, 2
    yield "virtual facts --rom nokia", 2
    yield "farm devices --adb-port {closed}", 2
    yield "farm devices --adb-port x", 2
    for command in ("devices", "quarantine S1", "quarantine S1 --release"):
        for place in ("{none}", "{folder}", "{empty}"):
            yield f"farm {command} --out {place}", 2
        yield f"farm {command} --database mysql://x/y", 2
        for url in ("{none}", "postgresql://127.0.0.1:{closed}/x", "x --out y"):
            yield f"farm {command} --database {url}", 2
    yield "farm submit", 2
    yield "farm submit x.apk", 2
    yield "farm submit x.apk --database mysql://x/y", 2
    yield "farm submit x.apk --database postgresql://127.0.0.1:{closed}/x", 2
    yield "farm submit x.apk --database x --out y", 2
    yield "farm submit x.apk --out {empty}", 2
    for command in ("init", "serve", "worker", "cancel 1", "retry 1", "drain all", "status", "fetch 1", "export x.csv", "recount", "web"):
        yield f"farm {command} --database mysql://x/y", 2
        yield f"farm {command}", 2
    for command in ("status", "export x.csv", "recount", "web", "retry 1", "cancel 1"):
        yield f"farm {command} --out {{folder}}", 2
    for words in ("--out {empty}", "--out {folder} --devices ,", "--out {folder} --label wheels=4", "--out {folder} --virtual 65"):
        yield f"farm run {words}", 2
    for words in ("--clause 9", "--apps 0", "--assume {none}", "--days x"):
        yield f"farm simulate {words}", 2
    yield "farm nosuch", 2
    for words, code in (
        ("--label wheels=4", 2),
        ("--label {odd}", 2),
        ("--from 25:00 --until 06:00", 2),
        ("--from 22:00", 2),
        ("--priority 101", 2),
        ("--profile {none}.toml", 2),
        ("--earlier {folder}", 2),
        ("--words {binary}", 2),
        ("--words {none}", 2),
        ("--artifacts nothing://x/y", 2),
        ("--watch", 2),
    ):
        yield f"farm submit {{empty}}.apk --out {{folder}} {words}", code
    yield "farm quarantine", 2
    yield "farm quarantine S1", 2
    yield "farm quarantine S1 --out {folder} --release --reason x", 2
    yield "virtual nosuch", 2


def of_the_root() -> Iterator[Row]:
    for words in ("completion", "completion ksh", "nosuch", "chekc", "check a --lang", "--lang xx", "--nix", "devices extra"):
        yield words, 2


TABLE = [*of_apps(), *of_files(), *of_custody(), *of_phones(), *of_the_farm(), *of_the_root()]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Everything bad by its name: files of each kind, ports, and two devices."""
    home = tmp_path_factory.mktemp("bad")
    (home / "a folder").mkdir()
    for ending in ("", ".apk", ".toml"):
        (home / f"empty{ending}").touch()
        (home / f"{ODD}{ending}").touch()
        (home / f"binary{ending}").write_bytes(bytes(range(256)) * 40)
    (home / "deep.toml").write_text("a = " + "[" * 5000 + "]" * 5000)
    (home / "run").mkdir()
    (home / "run" / "run.json").write_text("[" * 100_000)
    (home / "log").write_text("1700000000.000  1000  1000  1000 I tag: text\n")
    locked = home / "locked"
    if sys.platform == "linux":  # root may read whatever has no rights; this file nobody can read
        locked.symlink_to("/proc/self/mem")
        (home / "locked.toml").symlink_to("/proc/self/mem")
    else:
        for file in (locked, home / "locked.toml"):
            file.touch(0o000)
    with virtual_devices(apps=[SHOPS_FILE], count=2) as two, PrivateAdbServer() as nobody, socket.create_server(("127.0.0.1", 0)) as taken:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            free = closed.getsockname()[1]
        names = {name: home / name for name in ("none", "empty", "binary", "deep", "run", "log", "locked")}
        ports = {"two": two.port, "nobody": nobody.port, "closed": free, "taken": taken.getsockname()[1]}
        yield {"home": home, "folder": home / "a folder", "odd": home / ODD, "first": two.serials[0], "clean": CLEAN, **names, **ports}


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The language, and the state folder, of this process."""
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("APPRIGHTS_INSTALL_PASSWORD", raising=False)
    yield
    choose("en")


def typed(row: str, places: dict[str, Any]) -> list[str]:
    return [word.format(**places) for word in row.split(" ") if word]


def told(line: str, places: dict[str, Any]) -> str:
    """What we said: without the user's own words."""
    for name in sorted(map(str, places.values()), key=len, reverse=True):
        line = line.replace(name, "")
    return line.replace(ODD, "")


IN_CHINESE = [(row, code, "zh") for row, code in TABLE]
IN_ENGLISH = [(*next(rows), "en") for _command, rows in groupby(TABLE, lambda row: row[0].split()[0])]


@pytest.mark.parametrize(
    ("row", "code", "language"), [*IN_CHINESE, *IN_ENGLISH], ids=[f"{row}-{spoken}" for row, _, spoken in IN_CHINESE + IN_ENGLISH]
)
def test_bad_input_is_one_line(row: str, code: int, language: str, places: dict[str, Any]) -> None:
    began = time.process_time()
    said = apprights_here("--lang", language, *typed(row, places), folder=places["home"])
    assert time.process_time() - began < SECONDS
    line = said.one_line()
    assert said.code == code, line
    assert bool(re.search("[\u4e00-\u9fff]", told(line, places))) == (language == "zh"), line


def test_every_command_is_in_the_table() -> None:
    assert {name.split()[0] for name in lazy.manual()} <= {row.split()[0] for row, _code in TABLE}


def test_the_table_and_the_commands_of_a_row_are_no_row_twice() -> None:
    assert len({row for row, _code in TABLE}) == len(TABLE)


def started(*words: object, folder: Path, **how: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), **how.pop("environment", {})}
    command = [sys.executable, "-m", "harness.cli", *map(str, words)]
    return subprocess.Popen(command, cwd=folder, env=environment, text=True, encoding="utf-8", **how)


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")
@pytest.mark.parametrize("words", [("rules",), ("rules", "--json"), ("--help",), ("virtual", "facts"), ("parse", "logcat", "{long}")])
def test_a_reader_that_has_gone(words: tuple[str, ...], tmp_path: Path) -> None:
    """``| head -0``: nothing is said, and the code is none of a verdict."""
    (tmp_path / "long").write_text("1700000000.000  1000  1000  1000 I am_proc_died: [0,1,com.a,900,19]\n" * 20_000)
    read, write = os.pipe()
    os.close(read)
    child = started(*(word.format(long="long") for word in words), folder=tmp_path, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    _out, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("words", [("rules",), ("rules", "--json")])
def test_a_full_disk_behind_standard_output(words: tuple[str, ...], tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        child = started("--lang", "en", *words, folder=tmp_path, stdout=full, stderr=subprocess.PIPE)
        _out, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (2, "apprights: the output cannot be written: No space left on device\n")


@pytest.mark.skipif(os.name == "nt", reason="closed streams of POSIX")
@pytest.mark.parametrize(("closed", "code"), [("<&- >&- 2>&-", 0), ("2>/dev/full", 2)])
def test_streams_that_are_closed_or_full(closed: str, code: int, tmp_path: Path) -> None:
    row = "rules" if code == 0 else "chekc"
    script = f'"{sys.executable}" -m harness.cli {row} {closed}'
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(PROJECT)}, timeout=60, check=False)
    assert done.returncode == code


POSIX = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}


@pytest.mark.parametrize(
    "words", [("--lang", "zh", "rules"), ("rules", "--lang", "zh"), ("--lang", "zh", "check", "--help"), ("--lang", "zh", "chekc")]
)
def test_a_terminal_that_knows_no_chinese(words: tuple[str, ...], tmp_path: Path) -> None:
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "environment": POSIX}
    child = started(*words, folder=tmp_path, **how)
    out, err = child.communicate(timeout=60)
    assert "Traceback" not in out + err
    assert child.returncode == (2 if words[-1] == "chekc" else 0)
    assert (out + err).isascii() == (words[-1] != "--help")  # typer's help is UTF-8 everywhere


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["virtual", "ctl", "--help"], ["doctor", "--help"]])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_forty_columns_without_colour(words: list[str], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console.out, "_width", 40)
    monkeypatch.setattr(console.out, "_force_terminal", True)
    monkeypatch.setattr(console.out, "no_color", True)
    said = apprights_here("--lang", language, *words, folder=tmp_path)
    assert said.code == 0
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", said.out)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said.out)
    wide = [line for line in plain.splitlines() if len(line) + len(re.findall("[\u3000-\uffef\u4e00-\u9fff]", line)) > 40]
    assert wide == []


def test_help_is_in_one_language(tmp_path: Path) -> None:
    """Of every command, in Chinese; what stands in “” or is typed may be English."""
    quoted = r"“[^”]*”|（默认：[^）]*）|\n  [^\n]*apprights [^\n]*"
    typed_words = re.compile(quoted + r"|\.[a-z]+|--?[a-z-]+( \S+)?|\b[\w.~/:*-]*[_./:\\d-][\w.~/:*-]*|\b[A-Z][A-Z_|]*\b")
    known = {
        "all", "ctl", "facts", "min", "Android", "AppRights", "Python", "OpenCV", "JUnit", "adb", "zip", "Ctrl", "fault", "pytest",
        "Jira", "Chromium", "Linux", "PostgreSQL", "TOML",
    }  # fmt: skip
    known |= set(farm.HOMES)
    for name in lazy.manual():
        said = apprights_here("--lang", "zh", *name.split(), "--help", folder=tmp_path)
        assert said.code == 0
        body = "\n".join(line for line in said.out.splitlines() if not line.startswith("用法"))
        assert set(re.findall(r"[A-Za-z]{3,}", typed_words.sub(" ", body))) - known == set(), name


def test_a_ctl_that_is_no_virtual_device(places: dict[str, Any]) -> None:
    """A stranger on the port who answers with something else is not waited for, and not believed."""
    import threading

    def serve() -> None:
        with suppress(OSError):
            client, _address = server.accept()
            client.recv(4096)
            client.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
            client.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        said = apprights_here("virtual", "ctl", f"127.0.0.1:{server.getsockname()[1]}", "truth", folder=places["home"])
        thread.join(120)
    assert (said.code, "is no virtual device" in said.one_line()) == (3, True)
