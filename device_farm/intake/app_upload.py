"""Apps put into the artifact store as they are submitted, so that hosts need no folder in common."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts
from device_farm.intake.app_identity import whole_app
from device_farm.intake.submission_rows import Asked, Refused, Row
from device_farm.units.unit import IN_STORE
from harness.errors import FormatError
from harness.language import Text, _, text_of


def uploaded(rows: Iterable[Row], artifacts: Artifacts | None) -> Iterator[Row]:
    """The rows, each app stored; one that cannot be is refused. Parts of one app follow each other and are one file."""
    before: tuple[Asked, Asked | Refused] | None = None
    for row in rows:
        if artifacts is None or not isinstance(row, Asked):
            yield row
            continue
        if before is None or before[0].app != row.app:
            before = (row, upload(row, artifacts))
        stored = before[1]
        yield replace(row, app=stored.app) if isinstance(stored, Asked) else stored


def upload(row: Asked, artifacts: Artifacts, file: Path | None = None) -> Asked | Refused:
    """The row with its app in the store; ``file`` is where it lies now, where that is not its place."""
    if row.app.place.startswith(IN_STORE):
        return row
    try:
        with whole_app(file or Path(row.app.place)) as whole:
            sha256 = artifacts.put(whole)
    except (ArtifactError, FormatError) as error:
        told = text_of(error)
        return Refused(row.at, told if isinstance(told, Text) else Text(told))
    if sha256 != row.app.sha256:
        return Refused(row.at, _("another file than its hash says: {sha256}", sha256=sha256))
    return replace(row, app=replace(row.app, place=IN_STORE + sha256))
