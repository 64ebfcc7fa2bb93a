"""What was refused is part of a night: in the exit code, in what programs and people are told, until it is mended."""

from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from device_farm.commands import app as commands
from device_farm.desk import lock
from device_farm.desk.desk_session import exit_code
from device_farm.desk.desk_status import status_json
from device_farm.desk.desk_submission import submit
from device_farm.desk.lock import held, holder
from device_farm.intake.add_apps import Purpose
from device_farm.store import FILE
from device_farm.store.database import Store, open_store
from device_farm.store.models import Unit
from device_farm.units.unit import Plan, UnitState
from harness.errors import DeviceBusy, ScenarioError
from harness.language import in_language
from tests.plugin.conftest import apprights_here

POLITE = "from device_farm.virtual import Activity, App\n\n\nclass Polite(App):\n    package = 'cn.qa.polite'\n    label = 'Polite'\n"


def given(store: Store, folder: Path, out: Path) -> None:
    """Submit a folder, and let what it has be done without a finding."""
    submit(store, [str(folder)], Plan((5,)), Purpose("tonight"), out, clear=False, told=lambda row: None)
    with store.begin() as session:
        session.execute(update(Unit).values(state=UnitState.DONE, outcome="clear"))


def code_of(store: Store) -> int:
    with store.begin() as session:
        return exit_code(session, strict=False)


def test_a_night_with_a_broken_file_is_not_all_clear_until_it_is_mended_or_taken_away(tmp_path: Path) -> None:
    apps, out = tmp_path / "apps", tmp_path / "out"
    apps.mkdir()
    out.mkdir()
    (apps / "polite.py").write_text(POLITE)
    (apps / "broken.apk").write_text("x")
    (apps / "syntax.py").write_text("def (")
    store = open_store(out / FILE)
    given(store, apps, out)
    assert code_of(store) == 3
    told = status_json(store, out)
    assert [each["app"] for each in told["units"]] == [str(apps / "polite.py")]
    assert [(each["campaign"], each["source"], each["line"]) for each in told["refused"]] == [
        ("tonight", str(apps / "broken.apk"), None),
        ("tonight", str(apps / "syntax.py"), None),
    ]
    assert all(each["reason_zh"] and each["reason_en"] for each in told["refused"])
    shown = CliRunner().invoke(commands, ["status", "--out", str(out)])
    assert "broken.apk" in shown.output
    assert "syntax.py" in shown.output
    (apps / "broken.apk").unlink()
    (apps / "syntax.py").write_text(POLITE.replace("polite", "mended"))
    given(store, apps, out)
    assert (code_of(store), status_json(store, out)["refused"], len(status_json(store, out)["units"])) == (0, [], 2)
    store.close()


def test_a_folder_without_an_app_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = CliRunner().invoke(commands, ["run", str(tmp_path / "empty"), "--virtual", "1", "--out", str(tmp_path / "out")])
    assert isinstance(done.exception, ScenarioError)
    assert f"no app is in {tmp_path / 'empty'}" in str(done.exception)


def test_a_folder_that_is_not_there_is_told_so_and_makes_no_store(tmp_path: Path) -> None:
    said = apprights_here("farm", "run", "nodir", "--virtual", "1", "--out", "q", folder=tmp_path)
    assert (said.code, "nodir is not there" in said.one_line(), (tmp_path / "q").exists()) == (2, True, False)


def test_who_has_a_folder_is_told_in_the_language_and_the_time_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_now", lambda: "2026-11-28T12:35:02+00:00")
    with held(tmp_path):
        told = holder(tmp_path)
        assert "自北京时间 2026-11-28 20:35 起" in in_language(told, "zh")
        assert "2026-11-28 20:35 in Beijing" in str(told)
        with pytest.raises(DeviceBusy, match="2026-11-28 20:35 in Beijing"), held(tmp_path):
            pass
    assert holder(tmp_path) == ""
