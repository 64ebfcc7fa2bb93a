"""300 random single changes to a real run folder, and 200 to a small one: each is found."""

import json
import random
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.custody.index import add
from harness.custody.integrity import verify
from harness.errors import HarnessError
from harness.recording.lists import version_mark
from harness.recording.run_folder import RunFolder
from harness.recording.run_format import FORMAT
from tests.forged_runs import write_run
from tests.runs.tampering import KINDS, changed

ARCHIVE = Path(__file__).parents[1] / "data" / "old_runs" / "bank-lost-device.tar.xz"
VERSIONS = {"harness": "0.1.0", "rules": "0123456789abcdef"}


def sealed(folder: Path) -> Path:
    """A run folder of today's format, with what two versions derived, and something that was added since."""
    run = json.loads((folder / "run.json").read_bytes())
    for path in [path for path in folder.iterdir() if path.name not in ("run.json", "raw", "screens")]:
        path.unlink()
    write_run(RunFolder(folder), run | {"format": FORMAT})
    RunFolder(folder).seal()
    RunFolder(folder).write_derived({"events.jsonl": b"{}\n" * 9, "findings.json": b'{"rules": []}\n'}, VERSIONS)
    versions = VERSIONS | {"harness": "0.2.0"}
    mark = version_mark(versions)
    later = {f"events-{mark}.jsonl": b"{}\n", f"findings-{mark}.json": b"{}\n"}
    RunFolder(folder).write_derived(later, versions, suffix=f"-{mark}")
    add(folder, "sealed-later", b'{"by": "somebody"}\n')
    assert verify(folder).differences == ()
    return folder


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a phone recorded, sealed as today."""
    home = tmp_path_factory.mktemp("real")
    with tarfile.open(ARCHIVE) as file:
        file.extractall(home, filter="data")
    return sealed(home / "bank-lost-device")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = RunFolder.create(tmp_path_factory.mktemp("small"), package="com.example.a", serial="S", started=datetime.now(UTC))
    write_run(folder, {"app": {"package": "com.example.a"}})
    folder.write("raw/events.txt", b"line\n")
    folder.write("raw/session.jsonl", b"{}\n")
    folder.write("screens/0001-00000000.png", b"picture")
    return sealed(folder.path)


def found(folder: Path) -> bool:
    try:
        return verify(folder).differences != ()
    except HarnessError:
        return True


@pytest.mark.parametrize(("which", "count"), [("real", 300), ("small", 200)])
def test_every_single_change_is_found(which: str, count: int, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder: Path = request.getfixturevalue(which)
    draw, kinds, missed = random.Random(15), set(), []
    for _number in range(count):
        with changed(folder, draw, folder.parent / "aside") as told:
            kinds.add(told.partition(":")[0])
            if not found(folder):
                missed.append(told)
    assert missed == []
    assert kinds == set(KINDS)
    assert verify(folder).differences == ()
