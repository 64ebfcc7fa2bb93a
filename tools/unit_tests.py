"""``make unit``: a process a core, each with its share of the files; with pytest-xdist each would collect all."""

import os
import subprocess
import sys
from pathlib import Path

UNIT = Path(__file__).parents[1] / "tests" / "unit"


def shares(count: int) -> list[list[Path]]:
    """What each process runs, equally much to read; a folder stays together: its tests share what is dear to make."""
    found = [path for path in UNIT.iterdir() if path.suffix in ("", ".py") and path.stem not in ("conftest", "__pycache__")]
    sizes = {path: sum(file.stat().st_size for file in (path, *path.rglob("*.py"))) for path in found}
    made: list[list[Path]] = [[] for _ in range(count)]
    for path in sorted(found, key=lambda path: (-sizes[path], path)):
        min(made, key=lambda share: sum(sizes[each] for each in share)).append(path)
    return [sorted(share) for share in made if share]


def main() -> int:
    """Run them and show what each says at its end, one after the other; 1 where one of them failed or was killed."""
    made = shares(os.cpu_count() or 1)
    words = [sys.executable, "-m", "pytest", "-q", "-m", "not long", str(UNIT)]
    others = [[f"--ignore={path}" for other in made if other is not share for path in other] for share in made]
    running = [subprocess.Popen([*words, *ignored], stdout=subprocess.PIPE, text=True) for ignored in others]
    for each in running:
        print(each.communicate()[0].rpartition("%]\n")[2], end="")
    return int(any(each.returncode for each in running))


if __name__ == "__main__":
    raise SystemExit(main())
