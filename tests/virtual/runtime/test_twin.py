"""A twin is the sample with its diff applied; a mistake is told with the file and the line where it stands."""

import hashlib
import os
from pathlib import Path

import pytest

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.dispatch.artifact_transfers import download_app
from device_farm.intake.app_identity import read_app
from device_farm.intake.app_upload import upload
from device_farm.intake.folder import read_file
from device_farm.intake.submission_rows import Asked
from device_farm.virtual.app_file import AppFileError, load_app_file
from device_farm.virtual.vocabulary.twin import read_source
from tests.plugin.conftest import apprights_here

SAMPLE = '''"""A shop that leaves."""
from device_farm.virtual import Activity, App, Text


class Shop(App):
    package, label = "com.example.shop", "小店"
    icon = "shop.png"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("小店"))

        def on_pause(self):
            self.finish()

        def on_stop(self):
            self.finish()
'''
HEAD = '"""A shop that stays."""\n\nfrom device_farm.virtual import Twin\n\nTwin("""\n--- ../shop.py\n'
CHANGES = """-    package, label = "com.example.shop", "小店"
+    package, label = "com.example.stays", "小店"

         def on_pause(self):
-            self.finish()
+            self.toast("留下")
"""
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def write(tmp_path):
    (tmp_path / "shop.py").write_text(SAMPLE, "utf-8")
    (tmp_path / "shop.png").write_bytes(PNG)
    (tmp_path / "twins").mkdir()

    def twin(text=HEAD + CHANGES + '""")\n', name="stays.py"):
        path = tmp_path / "twins" / name
        path.write_text(text, "utf-8")
        return path

    return twin


def test_what_runs_is_the_sample_with_the_diff_applied_and_the_twins_docstring(write):
    whole = SAMPLE.replace("leaves", "stays").replace("com.example.shop", "com.example.stays")
    whole = whole.replace("self.finish()", 'self.toast("留下")', 1)
    assert read_source(write()).text == whole
    (app,) = load_app_file(write())
    assert (app.package, app.__doc__) == ("com.example.stays", None)


def test_a_diff_as_diff_prints_it_and_any_ends_of_lines_will_do(write):
    text = HEAD.replace("shop.py", "shop.py\t2026-11-30 10:00:00") + "+++ stays.py\n@@ -6,1 +6,1 @@\n" + CHANGES + '""")\n'
    assert read_source(write(text.replace("\n", "\r\n"))).text == read_source(write()).text
    file = write().parents[1] / "shop.py"
    file.write_bytes(SAMPLE.replace("\n", "\r\n").encode())
    assert load_app_file(write())[0].package == "com.example.stays"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("-            self.finish()", "-            self.exit(0)", "stays.py:10: the sample has no such lines"),
        ("         def on_pause(self):\n", "", "stays.py:10: the sample has these lines 2 times, not once"),
        (CHANGES, '+    label = "店"\n', "stays.py:7: nothing says where this goes"),
        (CHANGES, CHANGES + "\n" + CHANGES, "stays.py:14: this line of the sample is changed twice"),
        (CHANGES, "x = 1\n", "stays.py:7: a line of a diff begins with -, + or a space"),
        (CHANGES, CHANGES + "+\\n\n", "stays.py:5: a backslash in the diff: write it as Twin(r"),
        ("../shop.py", "../none.py", "stays.py:6: its sample ../none.py is not there"),
        ("../shop.py", "../twins", "stays.py:6: the diff begins with --- NAME.py"),
        ("../shop.py", "../../shop.py", "stays.py:6: the diff begins with --- NAME.py"),
        ("../shop.py", "C:shop.py", "stays.py:6: the diff begins with --- NAME.py"),
        ("../shop.py", "/etc/shop.py", "stays.py:6: the diff begins with --- NAME.py"),
        ("--- ../shop.py\n", "", "stays.py:6: the diff begins with --- NAME.py"),
        ("../shop.py", "stays.py", "stays.py:6: its sample stays.py is a twin itself"),
        ("../shop.py", "bytes.py", "bytes.py: not Python ('utf-8' codec"),
        ("../shop.py", "pipe.py", "stays.py:6: its sample pipe.py is not there"),
        ("../shop.py", "link.py", "stays.py:6: its sample link.py is not there"),
        ("Twin(\"\"\"", "x = 1\nTwin(\"\"\"", "stays.py:5: a twin has a docstring, its import and one Twin("),
        ("Twin(\"\"\"", "Twin(diff=\"\"\"", "stays.py:5: a twin has a docstring, its import and one Twin("),
        ('self.toast("留下")', "self.tost()", "stays.py:12: Activity has no 'tost'; did you mean 'toast'?"),
        ('+            self.toast("留下")', "+            x = (", "stays.py:12: not Python"),
        ('"com.example.stays", "小店"', '"com.example.stays", 1 / 0', "stays.py:8: ZeroDivisionError"),
        ("-    package", "-    icon = \"shop.png\"\n-    package", "stays.py:7: the sample has no such lines"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_with_its_place(write, old, new, said):
    text = HEAD + CHANGES + '""")\n'
    assert old in text
    path = write(text.replace(old, new))
    (path.parent / "bytes.py").write_bytes(b"\xff\xfe")
    os.mkfifo(path.parent / "pipe.py")
    (path.parent / "link.py").symlink_to("../shop.py")
    with pytest.raises(AppFileError) as caught:
        load_app_file(path)
    assert str(caught.value).startswith(f"{path.parent}{os.sep}{said}")
    assert "\n" not in str(caught.value)


def test_a_mistake_in_a_line_of_the_sample_is_told_there_and_a_folder_above_is_only_that_of_twins(write, tmp_path):
    (tmp_path / "shop.py").write_text(SAMPLE.replace("launcher", "luncher"), "utf-8")
    with pytest.raises(AppFileError, match=r"/shop\.py:10: .*'luncher'"):
        load_app_file(write())
    (tmp_path / "more").mkdir()
    with pytest.raises(AppFileError, match="the diff begins with"):
        load_app_file(write().rename(tmp_path / "more" / "stays.py"))


def test_the_command_shows_the_whole_app(write, tmp_path):
    path = write()
    shown = apprights_here("virtual", "--app", path, "--show", folder=tmp_path)
    assert (shown.code, shown.out) == (0, read_source(path).text)
    assert apprights_here("virtual", "--show", folder=tmp_path).code == 2
    path.write_text("x = (", "utf-8")
    assert apprights_here("virtual", "--app", path, "--show", folder=tmp_path).one_line().endswith("was never closed (stays.py, line 1))")


def test_a_farm_knows_a_twin_by_its_whole_app_and_keeps_that(write, tmp_path: Path):
    path = write()
    whole = read_source(path).text.encode()
    app = read_app(path)
    assert (app.package, app.label, app.sha256) == ("com.example.stays", "小店", hashlib.sha256(whole).hexdigest())
    artifacts = Artifacts(tmp_path / "store")
    row = read_file(path)
    assert isinstance(row, Asked)
    kept = upload(row, artifacts)
    assert isinstance(kept, Asked)
    for place in (kept.app.place, app.place):
        fetched = download_app(place, app.sha256, tmp_path / place[:4].strip("/"), artifacts)
        assert fetched.read_bytes() == whole
