import os
import sys
from pathlib import Path

import pytest

from device_farm.intake.app_identity import read_app
from device_farm.intake.app_index import AppIndex
from device_farm.intake.complaint_clauses import ComplaintClauses
from device_farm.intake.folder import read_folder, read_sources
from device_farm.intake.submission_rows import Asked, Noted, Refused
from device_farm.samples.sample import OWN_APPS
from device_farm.units.unit import Plan
from device_farm.virtual.app_file import load_app_file
from harness.errors import FormatError
from tests.apk_builder import build_apk, manifest, zip_of

PLAN = Plan((5,))


def laid(folder: Path, **files: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("_apk", ".apk")).write_bytes(data)


def test_a_folder_gives_its_apps_in_one_order_and_says_what_is_none(tmp_path):
    laid(tmp_path / "b", z_apk=build_apk(manifest("com.z")), a_apk=build_apk(manifest("com.a")))
    laid(tmp_path / "a", hashed=build_apk(manifest("com.h")), broken_apk=b"PK\x03\x04 no", empty_apk=b"", notes=b"text")
    laid(tmp_path / ".hidden", a_apk=build_apk(manifest("com.hidden")))
    (tmp_path / "a" / "readme.txt").write_text("x")
    rows = list(read_folder(tmp_path, store="华为"))
    assert [(row.app.package, row.app.store) for row in rows if isinstance(row, Asked)] == [
        ("com.h", "华为"),
        ("com.a", "华为"),
        ("com.z", "华为"),
    ]
    assert [Path(row.at.source).name for row in rows if isinstance(row, Refused)] == ["broken.apk", "empty.apk"]
    (left,) = (row for row in rows if isinstance(row, Noted))
    assert left.text.startswith("2 other files")


def test_ten_thousand_files_of_which_some_are_no_apps(tmp_path):
    apk = build_apk(manifest("com.example.small"))
    for number in range(10_000):
        name = f"{number:05}" + (".apk" if number % 10 == 0 else ".txt")
        (tmp_path / name).write_bytes(apk if number % 20 else b"no app")
    rows = list(read_folder(tmp_path))
    assert sum(isinstance(row, Refused) for row in rows) == sum(isinstance(row, Asked) for row in rows) == 500
    assert [str(row.text).split(":")[0] for row in rows if isinstance(row, Noted)] == ["9000 other files are left alone"]
    assert [row.at.source for row in rows[:-1]] == sorted(row.at.source for row in rows[:-1])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX system")
def test_links_that_lead_out_pipes_and_rings_are_told_and_not_followed(tmp_path):
    laid(tmp_path / "out", far_apk=build_apk(manifest("com.far")))
    inside = tmp_path / "in"
    laid(inside, near_apk=build_apk(manifest("com.near")))
    (inside / "far.apk").symlink_to(tmp_path / "out" / "far.apk")
    (inside / "folder").symlink_to(tmp_path / "out", target_is_directory=True)
    (inside / "ring.apk").symlink_to(inside / "ring.apk")
    os.mkfifo(inside / "pipe.apk")
    rows = list(read_folder(inside))
    assert [row.app.package for row in rows if isinstance(row, Asked)] == ["com.near"]
    assert [Path(row.at.source).name for row in rows if isinstance(row, Refused)] == ["far.apk", "pipe.apk", "ring.apk"]


def test_who_an_apk_is(tmp_path):
    laid(tmp_path, a_apk=build_apk(manifest("com.a", label="随记", code=12)))
    app = read_app(tmp_path / "a.apk", store="小米")
    assert (app.package, app.label, app.version_code, app.store) == ("com.a", "随记", 12, "小米")
    assert len(app.signer) == 64
    assert app.size == (tmp_path / "a.apk").stat().st_size


def test_an_app_in_several_files_is_refused_by_name(tmp_path):
    whole = zip_of({"base.apk": build_apk(manifest("com.bundled")), "config.zh.apk": build_apk(manifest("com.bundled", split="config.zh"))})
    (tmp_path / "b.xapk").write_bytes(whole)
    with pytest.raises(FormatError, match=r"com\.bundled"):
        read_app(tmp_path / "b.xapk")


@pytest.mark.parametrize("path", sorted(OWN_APPS.glob("*.py"))[1:12], ids=lambda path: path.stem)
def test_an_app_file_is_known_without_running_it(path):
    app, really = read_app(path), load_app_file(path)[0]
    assert (app.package, app.label, app.version_name, app.version_code) == (
        really.package,
        really.label,
        really.version_name,
        really.version_code,
    )


@pytest.mark.parametrize("text", ["", "import os", "def f(:", "from device_farm.virtual import App\nx = 1", "(" * 5000])
def test_python_that_is_no_app_is_refused(tmp_path, text):
    (tmp_path / "x.py").write_text(text)
    with pytest.raises(FormatError):
        read_app(tmp_path / "x.py")


def test_what_is_named_is_told_by_its_kind(tmp_path):
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "l.csv").write_text("包名\n")
    (tmp_path / "e").mkdir()
    sources = [tmp_path / name for name in ("t.xlsx", "l.csv", "e", "none.apk", "none.csv", "n" * 300 + ".apk")]
    rows = list(read_sources(sources, PLAN, ComplaintClauses(), AppIndex()))
    assert [Path(row.at.source).name[:9] for row in rows] == ["t.xlsx", "l.csv", "e", "none.apk", "none.csv", "nnnnnnnnn"]
    assert all(isinstance(row, Refused) for row in rows if row.at.source != str(tmp_path / "e"))  # without an app, which is told


def test_what_is_named_as_an_app_and_is_none_is_refused_and_never_just_counted(tmp_path):
    for name, text in (("syntax.py", "def ("), ("none.py", "x = 1"), ("__init__.py", ""), ("conftest.py", "x = 1"), ("notes.txt", "x")):
        (tmp_path / name).write_text(text)
    for name in ("pyvenv.cfg", "lib.py"):
        (tmp_path / "venv").mkdir(exist_ok=True)
        (tmp_path / "venv" / name).write_text("x = 1")
    rows = list(read_folder(tmp_path))
    assert [Path(row.at.source).name for row in rows if isinstance(row, Refused)] == ["none.py", "syntax.py"]
    (left,) = (row for row in rows if isinstance(row, Noted))
    assert left.text.startswith("3 other files")
