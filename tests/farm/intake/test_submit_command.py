import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.intake.submission_plan import next_window
from device_farm.store import FILE
from device_farm.store.database import open_store
from device_farm.store.models import App, Campaign, Device, Unit
from device_farm.units.unit import IN_STORE, Kind
from harness.errors import ScenarioError
from tests.apk_builder import build_apk, manifest
from tests.plugin.conftest import apprights_here

APP_FILE = 'from device_farm.virtual import App\n\n\nclass Shop(App):\n    package = "com.example.shop"\n    label = "随记"\n'


@pytest.fixture
def submit(tmp_path):
    """Call the command as it is typed; the exit code, and each line as JSON."""

    def called(*words: str) -> tuple[int, list[dict]]:
        said = apprights_here("--lang", "en", "farm", "submit", *words, "--out", "out", "--json", folder=tmp_path)
        return said.code, [json.loads(line) for line in said.out.splitlines()]

    return called


def rows(tmp_path: Path, kind: type) -> list:
    store = open_store(tmp_path / "out" / FILE)
    with store.begin() as session:
        found = list(session.scalars(select(kind).order_by(kind.id)))
    store.close()
    return found


def test_good_rows_go_on_beside_bad_ones_and_the_exit_code_says_so(submit, tmp_path):
    (tmp_path / "apks").mkdir()
    (tmp_path / "apks" / "a.apk").write_bytes(build_apk(manifest("com.a")))
    (tmp_path / "apks" / "b.apk").write_bytes(b"no app")
    code, told = submit("apks", "--campaign", "tonight", "--priority", "100", "--label", "rom=miui", "--label", "android=13")
    assert code == 1
    assert [(each["kind"], each.get("line")) for each in told] == [("refused", 0), ("submitted", None)]
    assert told[-1] == {"kind": "submitted", "campaign": "tonight", "rows": 2, "new": 1, "again": 0, "twice": 0, "refused": 1, "notes": 0}
    (unit,) = rows(tmp_path, Unit)
    assert (unit.priority, unit.requirement, unit.clauses, unit.state) == (100, "android=13|rom=miui", [1, 5, 7], "waiting")
    assert submit("apks/a.apk", "--campaign", "tonight", "--label", "rom=miui,android=13")[0] == 0
    assert len(rows(tmp_path, Unit)) == 1


def test_nothing_but_bad_rows_is_2_and_notes_count_when_strict(submit, tmp_path):
    (tmp_path / "b.apk").write_bytes(b"no app")
    assert submit("b.apk")[0] == 2
    for name, apk in (("a.apk", whole := build_apk()), ("c.apk", whole)):
        (tmp_path / name).write_bytes(apk)
    assert submit("a.apk", "c.apk")[0] == 0
    assert submit("a.apk", "c.apk", "--campaign", "anew", "--strict")[0] == 1


def test_a_label_that_no_phone_has_is_said_with_those_there_are(submit, tmp_path):
    (tmp_path / "a.apk").write_bytes(build_apk())
    (tmp_path / "out").mkdir()
    store = open_store(tmp_path / "out" / FILE)
    at = datetime.now(UTC)
    with store.begin() as session:
        session.add(
            Device(host="h", address="a", labels={"android": "13", "rom": "miui", "serial": "S1"}, facts={}, changed_at=at, seen_at=at)
        )
    store.close()
    code, told = submit("a.apk", "--label", "rom=coloros")
    assert code == 0
    assert "no phone is rom=coloros" in told[0]["reason"]
    assert "android=13, rom=miui" in told[0]["reason"]
    assert "手机" in told[0]["reason_zh"]
    assert submit("a.apk", "--label", "rom=miui", "--strict")[0] == 0


def test_a_shared_night_is_a_unit_of_its_own_and_app_files_are_for_virtual_phones(submit, tmp_path):
    (tmp_path / "shop.py").write_text(APP_FILE, encoding="utf-8")
    assert submit("shop.py", "--night", "--clause", "5", "--clause", "6")[0] == 0
    assert [(unit.kind, unit.clauses, unit.requirement) for unit in sorted(rows(tmp_path, Unit), key=lambda unit: unit.clauses)] == [
        (Kind.SINGLE, [5], "kind=virtual"),
        (Kind.NIGHT, [6], "kind=virtual"),
    ]
    code, told = submit("shop.py", "--label", "kind=real")
    assert code == 2
    assert "virtual" in told[0]["reason"]


def test_options_and_the_campaign_are_kept(submit, tmp_path):
    (tmp_path / "a.apk").write_bytes(build_apk())
    words = ("--profile", "store-strict", "--minutes", "5", "--city", "深圳", "--from", "22:00", "--until", "06:00")
    assert submit("a.apk", *words)[0] == 0
    (unit,), (campaign,) = rows(tmp_path, Unit), rows(tmp_path, Campaign)
    assert unit.options == {"minutes": 5.0, "profile": "store-strict"}
    assert campaign.name.endswith(" a.apk")
    assert campaign.city == "深圳"
    assert (campaign.ends_at - campaign.begins_at).total_seconds() == 8 * 3600


def test_apps_go_into_the_artifact_store(submit, tmp_path):
    (tmp_path / "a.apk").write_bytes(build_apk())
    assert submit("a.apk", "--artifacts", str(tmp_path / "kept"))[0] == 0
    (app,) = rows(tmp_path, App)
    assert app.place == IN_STORE + app.sha256
    assert Artifacts(tmp_path / "kept").check(app.sha256)
    (tmp_path / "list.csv").write_text(f"sha256,file\n{'ab' * 32},a.apk\n", encoding="utf-8")
    code, told = submit("list.csv", "--artifacts", str(tmp_path / "kept"))
    assert code == 2
    assert "another file" in told[0]["reason"]


@pytest.mark.parametrize(
    ("at", "begins", "ends"),
    [
        ("2026-11-28T12:00", "2026-11-28T22:00", "2026-11-29T06:00"),
        ("2026-11-28T23:00", "2026-11-28T22:00", "2026-11-29T06:00"),
        ("2026-11-29T05:59", "2026-11-28T22:00", "2026-11-29T06:00"),
        ("2026-11-29T06:00", "2026-11-29T22:00", "2026-11-30T06:00"),
    ],
)
def test_a_window_is_the_one_that_is_open_or_the_next(at, begins, ends):
    read = lambda text: datetime.fromisoformat(f"{text}+08:00")  # noqa: E731
    assert next_window("22:00", "06:00", read(at)) == (read(begins), read(ends))


def test_a_window_in_the_daytime():
    at = datetime.fromisoformat("2026-11-28T18:00+08:00")
    assert next_window("9:00", "17:30", at)[0] == datetime.fromisoformat("2026-11-29T09:00+08:00")
    with pytest.raises(ScenarioError):
        next_window("9", "17:30", at)


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to one process group is POSIX's")
def test_a_watched_folder_is_submitted_until_ctrl_c_and_once_over_a_restart(tmp_path):
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    command = [sys.executable, "-m", "harness.cli", "farm", "submit", str(inbox), "--watch", "--settle", "0", "--out", str(out), "--json"]
    for number in (1, 2):
        (inbox / f"{number}.apk").write_bytes(build_apk(manifest(f"com.a{number}")))
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
            told = json.loads(process.stdout.readline())
            assert (told["kind"], told["new"]) == ("submitted", 1)
            end = time.monotonic() + 120
            while (inbox / f"{number}.apk").exists() and time.monotonic() < end:
                process.poll()
            process.send_signal(signal.SIGINT)
            assert process.wait(120) == 130
    assert len(rows(tmp_path, Unit)) == 2
    assert not list(inbox.glob("*.apk"))


def test_a_folder_that_is_not_mounted_is_a_number_not_a_screen(tmp_path):
    (tmp_path / "list.csv").write_text("label,file\n" + "".join(f"app{number},nas/{number}.apk\n" for number in range(40)), "utf-8")
    said = apprights_here("--lang", "en", "farm", "submit", "list.csv", "--out", "out", folder=tmp_path)
    assert said.code == 2
    told = said.out.splitlines()
    assert sum("is not there" in line and "list.csv:" in line for line in told) <= 11
    assert any("40 files are not there, 10 of them are named above" in line for line in told)
