"""The commands of a farm: its tables, who is taken out and comes back, and what is told of what is wrong."""

import socket
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from device_farm.commands import EXTRAS
from device_farm.dispatch.artifact_transfers import upload_run
from device_farm.dispatch.command_environment import HOST, artifacts_url, host_name
from device_farm.dispatch.leases import complaints, report
from device_farm.store.database import ARTIFACTS, open_store
from device_farm.store.models import Device, Host, Setting
from device_farm.store.transitions import Ended, begin, finish, queue
from device_farm.units.unit import End, UnitState
from harness.cli import main
from harness.errors import ScenarioError
from harness.language import Text, said
from tests.farm.dispatch.shelf import Shelf


def called(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """A command in this process: its exit code and all that it said."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.argv", ["apprights", "farm", *words])
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    told = capsys.readouterr()
    return code, told.out + told.err


def test_init_makes_the_tables_once_and_keeps_where_artifacts_lie(
    postgres: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPRIGHTS_DATABASE", postgres)
    code, told = called(capsys, "init", "--artifacts", str(tmp_path))
    assert code == 0, told
    assert "grant select, insert, update, delete on all tables" in told
    code, told = called(capsys, "init")
    assert code == 0
    assert str(tmp_path) in told
    store = open_store(postgres, create=False)
    assert artifacts_url(store, None) == str(tmp_path)
    with store.begin() as session:
        assert session.execute(text("select count(*) from procrastinate_jobs")).scalar_one() == 0
    store.close()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [("cancel 1", "say which store"), ("serve", "say where the farm's store is"), ("serve --database mysql://x", "is no store of a farm")],
)
def test_what_is_no_farm_is_told(words: str, wrong: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("APPRIGHTS_DATABASE", raising=False)
    code, told = called(capsys, *words.split())
    assert code == 2
    assert wrong in told


def test_an_old_schema_is_told_and_init_brings_it_up(farm: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    with farm.store.engine.begin() as connection:
        connection.execute(text("drop table finding_reviews"))
        connection.execute(text("update alembic_version set version_num = '0008_refused'"))
    code, told = called(capsys, "serve", "--database", farm.url)
    assert code == 2
    assert "run 'apprights farm init'" in told
    assert called(capsys, "init", "--database", farm.url)[0] == 0
    assert called(capsys, "drain", "all", "--database", farm.url)[0] == 0


def test_units_are_cancelled_and_retried_by_number_and_campaign(farm: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = farm.add_units(2)
    (other,) = farm.add_units(1, campaign="tomorrow")
    with farm.store.begin() as session:
        queue(session, [first])
    assert called(capsys, "cancel", "--campaign", "tonight", "--database", farm.url) == (0, "cancelled: 2\n")
    assert farm.states() == {first: UnitState.CANCELLED, second: UnitState.CANCELLED, other: UnitState.WAITING}
    assert called(capsys, "retry", str(second), "--database", farm.url) == (0, "wait again: 1\n")
    assert farm.states()[second] == UnitState.WAITING
    for words, wrong in (("cancel", "say which units"), ("cancel 99", "no unit 99"), ("retry --campaign none", "no campaign none")):
        code, told = called(capsys, *words.split(), "--database", farm.url)
        assert code == 2
        assert wrong in told


def test_a_host_and_a_phone_are_drained_and_come_back(farm: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    phone = farm.add_phone("emulator-5554")
    with farm.store.begin() as session:
        report(session, "desk", phones=1)

    def standing() -> tuple[bool, bool]:
        with farm.store.begin() as session:
            host = session.query(Host).one()
            return host.draining, session.get_one(Device, phone).held

    assert called(capsys, "drain", "desk", "emulator-5554", "--database", farm.url)[0] == 0
    assert standing() == (True, True)
    assert called(capsys, "drain", "desk", "emulator-5554", "--undo", "--database", farm.url)[0] == 0
    assert standing() == (False, False)
    code, told = called(capsys, "drain", "nobody", "--database", farm.url)
    assert code == 2
    assert "no host and no phone is called nobody" in told


def test_a_host_whose_clock_or_version_is_off_is_told(farm: Shelf) -> None:
    with farm.store.begin() as session:
        report(session, "right", phones=1)
        wrong = report(session, "wrong", phones=1)
        wrong.clock_off, wrong.version = -31.0, "0.0.1"
        report(session, "years", phones=1).clock_off = 3 * 86_400.0
        told = [said(line) for _key, line in complaints(session)]
    assert told[0] == "the clock of wrong is -31 s from that of the store: leases go by the store's, its runs are dated wrongly"
    assert told[2].startswith("the clock of years is 3.0 days from that of the store")
    assert told[1].startswith("wrong has AppRights 0.0.1")


def test_a_missing_extra_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from importlib import import_module as real

    def without(name: str, *rest: Any) -> Any:
        if name == "device_farm.commands.worker":
            raise ModuleNotFoundError(name="procrastinate")
        return real(name, *rest)

    monkeypatch.setattr("device_farm.commands.import_module", without)
    code, told = called(capsys, "serve")
    assert code == 2
    assert f"pip install '.[{EXTRAS['procrastinate']}]'" in told


def test_init_proves_where_artifacts_lie(postgres: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = called(capsys, "init", "--database", postgres, "--artifacts", str(tmp_path / "nas" / "farm"))
    assert code == 2
    assert f"{tmp_path / 'nas'} is not there" in told
    assert not (tmp_path / "nas").exists()
    code, told = called(capsys, "init", "--database", postgres, "--artifacts", str(tmp_path / "farm"))
    assert code == 0
    assert "the artifact store was written to and read back" in told
    (tmp_path / "farm").rename(tmp_path / "moved")
    (tmp_path / "farm").write_text("a disk that is gone", "utf-8")
    code, told = called(capsys, "init", "--database", postgres)
    assert code == 0
    assert "refuses" in told


def test_a_computer_is_called_as_somebody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOST, "from-the-environment")
    assert host_name() == "from-the-environment"
    assert host_name("lab-2.west") == "lab-2.west"
    monkeypatch.delenv(HOST)
    assert host_name() == socket.gethostname()
    with pytest.raises(ScenarioError, match="is no name of a computer"):
        host_name("a b")


def test_a_run_is_fetched_out_of_the_artifact_store(farm: Shelf, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    phone, (unit,) = farm.add_phone("a"), farm.add_units(1)
    run = tmp_path / "work" / "20261128-shop"
    (run / "raw").mkdir(parents=True)
    (run / "raw" / "events.txt").write_text("am_proc_died", "utf-8")
    with farm.store.begin() as session:
        session.merge(Setting(name=ARTIFACTS, value=str(farm.folder / "artifacts")))
        attempt = begin(session, unit, device=phone, worker="desk/a", lease_seconds=60)
        assert attempt is not None
        finish(session, attempt, upload_run(Ended(End.APP_FAULT, Text("no app"), run=str(run)), farm.artifacts))
    assert not run.exists()
    code, told = called(capsys, "fetch", str(unit), "--database", farm.url, "--to", str(tmp_path / "back"))
    assert code == 0, told
    assert (tmp_path / "back" / run.name / "raw" / "events.txt").read_text("utf-8") == "am_proc_died"
    assert told.strip() == str(tmp_path / "back" / run.name)
    for words, wrong in (("--try 7", "has no such try"), (f"--to {tmp_path / 'back'}", "is there already")):
        code, told = called(capsys, "fetch", str(unit), "--database", farm.url, *words.split())
        assert code == 2
        assert wrong in told
