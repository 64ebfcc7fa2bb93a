"""bugreportz: a zip that names its main file, with the sections that this device has."""

import io
import zipfile
from collections.abc import Callable

import pytest

from device_farm.virtual.spec import Spec
from tests.virtual.adb_calls import Connected


@pytest.fixture(scope="module")
def phone(virtual_device: Callable[..., Connected]) -> Connected:
    return virtual_device(Spec())


def report(packed: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read("version.txt") == b"2.0"
        return archive.read(archive.read("main_entry.txt").decode()).decode()


def test_the_zip_that_it_names_holds_the_report(phone: Connected) -> None:
    phone.shell("log -t BUG 'before the report'")
    lines = phone.shell("bugreportz -p")[1].splitlines()
    assert lines[0].startswith("BEGIN:/data/user_de/0/com.android.shell/files/bugreports/bugreport-apprights_virtual-")
    assert lines[1] == "PROGRESS:0/1000"
    assert lines[-1] == "OK:" + lines[0].removeprefix("BEGIN:")
    text = report(phone.run("exec-out", "cat", lines[-1].removeprefix("OK:")).stdout)
    assert "\n== dumpstate: " in text
    assert "\n------ EVENT LOG (logcat -b events -v threadtime -v printable -v uid -d *:v) ------\n" in text
    assert "I BUG     : before the report" in text
    assert "\nDUMP OF SERVICE activity:\n" in text


def test_streamed_and_by_version(phone: Connected) -> None:
    assert "== dumpstate" in report(phone.run("exec-out", "bugreportz -s").stdout)
    assert phone.shell("bugreportz -v") == (0, "", "1.2\n")
    assert "deprecated" in phone.shell("bugreport")[2]
