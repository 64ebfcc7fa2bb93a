"""The file of an app where its unit is carried out: from a folder that all hosts see, or out of the artifact store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from device_farm.artifacts.store import ArtifactError
from device_farm.units import IN_STORE
from harness.errors import why
from harness.language import _
from harness.recording.lists import digest_of

if TYPE_CHECKING:
    from device_farm.artifacts.store import Artifacts

_ZIP = b"PK"


def app_file(place: str, sha256: str, folder: Path, artifacts: Artifacts | None = None) -> Path:
    """The file of an app, which is what it was when it was submitted; one of the store is put into ``folder``.

    Raises ArtifactError where it cannot be had, or other bytes lie there by now: that is another app.
    """
    if not place.startswith(IN_STORE):
        path = Path(place)
        try:
            found = digest_of(path)[0]
        except OSError as error:
            raise ArtifactError(_("{path}: {reason}", path=path, reason=why(error))) from error
        if found != sha256:
            raise ArtifactError(_("{path} is another file than was submitted: submit it anew", path=path))
        return path
    if artifacts is None:
        raise ArtifactError(_("the app lies in the artifact store: say where that is with --artifacts"))
    path = folder / f"{sha256[:16]}.apk"
    artifacts.get(sha256, path)
    with path.open("rb") as stream:
        packed = stream.read(len(_ZIP)) == _ZIP
    return path if packed else path.rename(path.with_suffix(".py"))
