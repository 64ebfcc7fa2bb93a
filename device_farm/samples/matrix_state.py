"""The state of a selftest matrix on disk, so that an interrupted one resumes.

One line of JSON each: first what it is the state of, then every check that is done.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import device_farm
import harness
import scenarios
from device_farm.samples.sample import Checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from device_farm.samples.sample import Sample
    from device_farm.samples.worker_pool import Job

STATE = Path("reports") / "selftest-matrix.jsonl"
_RULES_ONLY = ("run", "rules")  # what is kept of a result


class MatrixState:
    """The file of one matrix."""

    def __init__(self, path: Path, samples: Sequence[Sample]) -> None:
        """Use ``path`` for the matrix of ``samples``.

        What an older version of the code found there counts as nothing.
        """
        self._path, self._key = path, _fingerprint(samples)
        self.found: dict[tuple[str, str, str], Checked] = {}
        self._by_name = {str(sample.path): sample for sample in samples}

    def load(self) -> None:
        """Read what was found; a line that was cut off in the middle is left out."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except OSError:
            return
        entries = [entry for line in lines if (entry := _entry(line)) is not None]
        if not entries or entries[0].get("state") != self._key:
            return
        for entry in entries[1:]:
            sample = self._by_name.get(entry.get("sample", ""))
            if sample is not None:
                self._remember(replace(Checked(**{**entry, "sample": sample})))

    def start(self) -> None:
        """Begin the file anew, with what is known."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({"state": self._key}), *map(_line, self.found.values())]
        self._path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def add(self, checked: Checked) -> None:
        """Write down one more check."""
        self._remember(checked)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line(checked) + "\n")

    def left(self, jobs: Sequence[Job]) -> list[Job]:
        """The jobs that are still to be done."""
        return [job for job in jobs if (str(job[0].path), *job[1:]) not in self.found]

    def _remember(self, checked: Checked) -> None:
        self.found[(str(checked.sample.path), checked.android, checked.rom)] = checked


def _entry(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _line(checked: Checked) -> str:
    result = None if checked.result is None else {key: checked.result[key] for key in _RULES_ONLY}
    return json.dumps(asdict(replace(checked, result=result)) | {"sample": str(checked.sample.path)}, ensure_ascii=False)


def _fingerprint(samples: Sequence[Sample]) -> str:
    """Of all code and data that a check depends on."""
    digest = hashlib.sha256()
    packages = [Path(package.__file__).parent for package in (device_farm, harness, scenarios) if package.__file__]
    files = [path for folder in packages for kind in ("*.py", "*.toml") for path in folder.rglob(kind)]
    for path in sorted({*files, *(sample.path.resolve() for sample in samples)}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
