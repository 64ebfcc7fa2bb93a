"""Whoever stores is killed at any moment: nothing is lost, and nothing half is taken for whole."""

import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from device_farm.artifacts.artifact_store import Artifacts

FILES, KILLS, SIZE = 60, 8, 256 * 1024
STORING = """
import sys
from pathlib import Path
from device_farm.artifacts.artifact_store import Artifacts

artifacts = Artifacts(sys.argv[2])
print("ready", flush=True)
for path in sorted(Path(sys.argv[1]).iterdir()):
    print(path.name, artifacts.put(path), flush=True)
"""


def test_a_process_that_is_killed_while_it_stores(tmp_path):
    source, kept, chance = tmp_path / "source", tmp_path / "kept", random.Random(16)
    source.mkdir()
    for number in range(FILES):
        (source / f"{number:03}").write_bytes(chance.randbytes(SIZE))
    told: dict[str, str] = {}
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", STORING, source, kept], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _line in range(chance.randrange(1, FILES)):
                told |= dict([line.split()] if " " in (line := process.stdout.readline()) else [])
            process.kill()
        whole(kept, told)
    artifacts = Artifacts(kept)
    stored = {path.name: artifacts.put(path) for path in sorted(source.iterdir())}
    assert len(set(stored.values())) == FILES
    assert told.items() <= stored.items()
    artifacts.sweep(lambda asked: asked, older_than=timedelta(seconds=-10))
    assert len([path for path in kept.rglob("*") if path.is_file()]) == FILES


def whole(kept: Path, told: dict[str, str]) -> None:
    """Everything that has a name is what the name says, and all that was said to be stored is there."""
    artifacts = Artifacts(kept)
    names = [path.name for path in kept.glob("??/??/*")]
    assert all(artifacts.check(name) for name in names)
    assert set(told.values()) <= set(names)
