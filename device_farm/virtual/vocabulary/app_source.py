"""The text of an app file, and the one error for whatever is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from harness.errors import why
from harness.language import Text, _

SIZE_LIMIT = 4 << 20
"""Bytes of an app file at most."""
NOTHING = Text("")


class AppFileError(Exception):
    """An app file cannot be used; the text is one line with file and line number."""

    def __init__(self, path: Path, line: int, problem: str | Text, near: Text = NOTHING) -> None:
        """Say what is wrong in ``line`` of ``path`` (0: in all of it), and what was likely meant."""
        self.line, self.problem, self.near = line, problem, near
        place = f"{path}:{line}" if line else str(path)
        super().__init__(Text("{place}: {problem}{near}", {"place": place, "problem": problem, "near": near}))


@dataclass(frozen=True, slots=True)
class AppSource:
    """The whole text of an app, the file beside which its pictures lie, and of a twin where each line stands."""

    text: str
    file: Path
    places: tuple[tuple[Path, int], ...] = ()

    def moved(self, error: AppFileError) -> AppFileError:
        """Return the error with the file and line where a line of the whole text stands."""
        return (
            AppFileError(*self.places[min(error.line, len(self.places)) - 1], error.problem, error.near)
            if self.places and error.line
            else error
        )


def read_text(path: Path) -> str:
    """Read one file. Raises AppFileError."""
    try:
        with path.open("rb") as file:  # a device has no size, and no end
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise AppFileError(path, 0, _("cannot be read: {reason}", reason=why(error))) from None
    if len(data) > SIZE_LIMIT:
        raise AppFileError(path, 0, _("larger than {size} MiB, this is no app file", size=SIZE_LIMIT >> 20))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AppFileError(path, 0, _("not Python ({problem})", problem=str(error))) from None
