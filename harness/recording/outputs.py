"""Files for people: they stand outside of run folders, and replace nobody's file."""

from pathlib import Path

from harness.errors import HarnessError
from harness.language import _
from harness.recording.run_format import RUN

OURS = "reports"
"""The folder, where the command was called, in which what we wrote is written again without asking."""


def may_write(path: Path, *, force: bool = False) -> None:
    """Refuse to write over a file that is there already, unless it is in reports/ or ``force`` says so.

    Refuse, force or not, to write into a run folder: there all is evidence. Raises HarnessError.
    """
    there = path.absolute().resolve()
    if (run := next((folder for folder in there.parents if (folder / RUN).is_file()), None)) is not None:
        raise HarnessError(_("{path} lies in the run folder {run}, which stays as it is: choose another place", path=path, run=run))
    if not force and path.exists() and not there.is_relative_to(Path(OURS).resolve()):
        raise HarnessError(_("{path} is there already: --force writes over it", path=path))
