"""Who a file is that came, journaled so that a replay needs no APK; and what is too large, hostile or none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from harness.device.protocol import ShellResult
from harness.errors import CommandFailed, FormatError
from harness.events import DeliveryDescribed, Instant, Source, Witness
from harness.recording import steps
from harness.replay.dump_log import described
from harness.session.delivery_inspection import PULL_LIMIT, describe_file, describe_package, may_be_app
from tests.apk_builder import build_apk, manifest

STAMP: dict[str, Any] = {"at": Instant(0, 5.0), "source": Source.DUMP}
DUMP = """\
Packages:
  Package [com.game.fun] (612fb0a):
    userId=10123
    versionCode=25 minSdk=21 targetSdk=30
    versionName=2.5
    User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0
"""
HOSTILE = "/sdcard/Download/a\"\n'$(reboot)\u202e.apk"


@dataclass
class Phone:
    files: dict[str, bytes] = field(default_factory=dict)
    pulled: list[str] = field(default_factory=list)

    def pull(self, path: str, *, limit: int = 0) -> bytes:
        self.pulled.append(path)
        if path not in self.files:
            raise CommandFailed("pull", 1, "No such file")
        if len(self.files[path]) > limit:
            raise FormatError("larger")
        return self.files[path]

    def shell(self, command: Sequence[str]) -> ShellResult:
        if command[0] == "dumpsys":
            return ShellResult(DUMP, "", 0)
        here = "/data/app/x/base.apk" in self.files
        return ShellResult("package:/data/app/x/split_config.zh.apk\npackage:/data/app/x/base.apk\n" if here else "", "", 0)


@dataclass
class Journal:
    lines: list[steps.Reading] = field(default_factory=list)

    def write(self, step: steps.Reading) -> None:
        self.lines.append(step)


@dataclass
class Session:
    device: Phone = field(default_factory=Phone)
    journal: Journal = field(default_factory=Journal)

    def told(self) -> DeliveryDescribed:
        (line,) = self.journal.lines
        return described(line.text, STAMP)


@pytest.fixture
def session() -> Session:
    return Session()


def test_an_apk_is_told_whatever_its_name(session: Session) -> None:
    session.device.files[HOSTILE] = data = build_apk(manifest("com.game.fun", label="开心消消"))
    describe_file(session, Witness.ROW, "7", HOSTILE, len(data))  # type: ignore[arg-type]
    told = session.told()
    assert (told.witness, told.key, told.path, told.size) == (Witness.ROW, "7", HOSTILE, len(data))
    assert (told.package, told.labels, told.version_name, told.version_code) == ("com.game.fun", (("", "开心消消"),), "1.0", 7)
    assert (told.form, told.permissions, told.problem) == ("apk", ("android.permission.CAMERA",), "")
    assert told.signers == (told.signer,)


def test_a_file_of_five_gigabytes_is_not_pulled(session: Session) -> None:
    describe_file(session, Witness.FILE, "/sdcard/x.apk", "/sdcard/x.apk", 5_000_000_000)  # type: ignore[arg-type]
    told = session.told()
    assert session.device.pulled == []
    assert (told.size, told.package) == (5_000_000_000, "")
    assert "256 MB" in told.problem
    assert "256 MB" in told.problem_zh


@pytest.mark.parametrize("size", [None, 5])
def test_a_file_that_is_larger_than_it_was_listed_is_refused_while_it_comes(session: Session, size: int | None) -> None:
    class Endless(bytes):
        def __len__(self) -> int:
            return PULL_LIMIT + 1

    session.device.files["/sdcard/x.apk"] = Endless()
    describe_file(session, Witness.FILE, "/sdcard/x.apk", "/sdcard/x.apk", size)  # type: ignore[arg-type]
    assert session.told().problem


@pytest.mark.parametrize("data", [b"", b"<html>", build_apk()[:-40]])
def test_what_is_no_app_has_its_hash_and_why(session: Session, data: bytes) -> None:
    session.device.files["/sdcard/x.apk"] = data
    describe_file(session, Witness.FILE, "/sdcard/x.apk", "/sdcard/x.apk", len(data))  # type: ignore[arg-type]
    told = session.told()
    assert (told.size, len(told.sha256), told.package) == (len(data), 64, "")
    assert told.problem
    assert told.problem_zh


def test_a_file_that_is_gone_says_so(session: Session) -> None:
    describe_file(session, Witness.FILE, "/sdcard/x.apk", "/sdcard/x.apk", 5)  # type: ignore[arg-type]
    assert "No such file" in session.told().problem


def test_an_installed_package_is_its_base(session: Session) -> None:
    session.device.files["/data/app/x/base.apk"] = build_apk(manifest("com.game.fun"))
    describe_package(session, Witness.PACKAGE, "com.game.fun")  # type: ignore[arg-type]
    assert (session.told().key, session.told().path, session.told().package) == ("com.game.fun", "/data/app/x/base.apk", "com.game.fun")


def test_a_package_whose_file_is_refused_is_what_the_system_tells(session: Session) -> None:
    session.device.files["/data/app/x/base.apk"] = b"no zip"
    describe_package(session, Witness.PACKAGE, "com.game.fun")  # type: ignore[arg-type]
    told = session.told()
    assert (told.package, told.version_name, told.version_code, told.labels) == ("com.game.fun", "2.5", 25, ())
    assert told.problem


def test_a_package_that_is_gone_says_so(session: Session) -> None:
    describe_package(session, Witness.PACKAGE, "com.game.fun")  # type: ignore[arg-type]
    assert "not installed" in session.told().problem
    assert "com.game.fun" in session.told().problem_zh


@pytest.mark.parametrize(("path", "mime", "may"), [("/a/x.apk", "", True), ("/a/x.bin", "", True), ("/a/film.MP4", "", False)])
def test_what_may_be_an_app(path: str, mime: str, may: bool) -> None:
    assert may_be_app(path, mime) is may
    assert may_be_app(path, "application/vnd.android.package-archive")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"witness":"moon","key":"x"}', '{"witness":"row","key":"x","labels":[["a"]]}', "[" * 9000]
)
def test_a_damaged_description_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        described(text, STAMP)
