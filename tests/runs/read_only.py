"""A run on a disk that takes nothing: root may write whatever has no rights, so the lowest layer refuses."""

from pathlib import Path

import pytest


def make_read_only(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refused(path: Path, mode: str = "r", *words: object, **how: object) -> object:
        if path.absolute().is_relative_to(run) and set(mode) & set("wax+"):
            raise PermissionError(30, "Read-only file system", str(path))
        return opened(path, mode, *words, **how)  # type: ignore[call-overload] # whatever the caller gave

    monkeypatch.setattr(Path, "open", refused)
