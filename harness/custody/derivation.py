"""What stands beside a recording as its results, held against what the recording gives when it is judged again.

Lists agree with whatever files somebody puts on them. So results are vouched for only where they come out again byte
for byte. Those that say they are of other versions may do so too; where they do not, nobody here can tell.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from harness.config import using
from harness.errors import EvidenceError, HarnessError
from harness.language import Text, _, text_of
from harness.recording.lists import ANALYSES, entries_of, read_list
from harness.verdicts.analysis import Analysis, derived_files, examine, recorded_day, versions

State = Literal["derived", "differs", "other versions", "not derived", "skipped"]


@dataclass(frozen=True, slots=True)
class ResultsCheck:
    """A list of derived files, its root, and whether its files are what the recording gives.

    ``paths`` are those that it gives otherwise, or not at all; ``words`` say why nobody can tell.
    """

    path: str
    root: str
    state: State
    paths: tuple[str, ...] = ()
    words: Text | str = ""


class Deriving(Protocol):
    """What tells of the results of a run in a folder, which people know by its name."""

    def __call__(self, folder: Path, name: str = "") -> tuple[ResultsCheck, ...]: ...


def results_only_listed(folder: Path, name: str = "") -> tuple[ResultsCheck, ...]:
    """The lists of results of a run with their roots, as nobody judged it again."""
    return tuple(ResultsCheck(path, _root(read_list(folder / path)[0]), "skipped") for path in _lists(folder))


def results_of(folder: Path, name: str = "", told: Callable[[str], object] = str) -> tuple[ResultsCheck, ...]:
    """Judge a run again for each of its lists of results; ``told`` is called with its ``name`` before that.

    The lists themselves have been compared before (``harness.recording.folder_integrity``).
    """
    judged: dict[date | None, Analysis] = {}
    found = []
    if lists := _lists(folder):
        told(name or str(folder))  # it takes seconds
    for path in lists:
        data = read_list(folder / path)[0]
        day = _day(_versions(data))
        try:
            judged[day] = result = judged.get(day) or examine(folder, as_of=day)
        except HarnessError as error:
            found.append(ResultsCheck(path, _root(data), "not derived", words=text_of(error)))
            continue
        found.append(_compared(path, data, result))
    return tuple(found)


def vouched_for(folder: Path, *, what: Text) -> tuple[str, ...]:
    """Return the lists of results that come out again, none where there are none.

    Raises EvidenceError where one does not, and where nobody can tell of any: ``what`` is not done then.
    """
    checked = results_of(folder)
    if wrong := next((each for each in checked if each.state == "differs"), None):
        raise EvidenceError(
            _("{folder}: {path} does not follow from what was recorded: {what}; verify it", folder=folder, path=wrong.paths[0], what=what)
        )
    derived = tuple(each.path for each in checked if each.state == "derived")
    if checked and not derived:
        raise EvidenceError(
            _("{folder}: its results cannot be derived again ({reason}): {what}", folder=folder, reason=checked[0].words, what=what)
        )
    return derived


def _compared(name: str, data: Mapping[str, Any], result: Analysis) -> ResultsCheck:
    with using(result.config):
        ours, made = versions(result.as_of), _versions(data)
        mark = ANALYSES.fullmatch(name)
        files = derived_files(result, made, f"-{mark[1]}" if mark and mark[1] else "")
    listed = {str(each["path"]): each.get("sha256") for each in entries_of(data) or []}
    same = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    if result.as_of != recorded_day(result.run) and not (mark and mark[1]):  # another day's stand beside the run's own
        return ResultsCheck(name, _root(data), "differs", (name,))
    otherwise = tuple(path for path in listed if listed[path] != same.get(path))
    otherwise = otherwise or tuple(path for path in same if path not in listed)
    if not otherwise:
        words = _("by the rules of {day}", day=made["as_of"]) if "as_of" in made else ""
        return ResultsCheck(name, _root(data), "derived", words=words)
    if made == ours:
        return ResultsCheck(name, _root(data), "differs", otherwise)
    words = _(
        "by other versions than these (AppRights {theirs}, here {ours}); 'apprights analyse' judges it again beside that",
        theirs=str(made.get("harness"))[:40],
        ours=ours["harness"],
    )
    return ResultsCheck(name, _root(data), "other versions", otherwise, words)


def _lists(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if ANALYSES.fullmatch(path.name))


def _versions(data: Mapping[str, Any]) -> Mapping[str, str]:
    found = data.get("versions")
    return found if isinstance(found, dict) else {}


def _root(data: Mapping[str, Any]) -> str:
    root = data.get("root")
    return root if isinstance(root, str) else ""


def _day(made: Mapping[str, str]) -> date | None:
    """The day whose rules were held against the app; None for those of the run's own options."""
    try:
        return date.fromisoformat(str(made.get("as_of", "")))
    except ValueError:
        return None
