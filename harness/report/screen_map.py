"""The map of a walk for the page: its screens, where each was reached from, and where it asked for what."""

import json
from dataclasses import dataclass
from pathlib import Path

from harness.errors import FormatError
from harness.events.permission_groups import group_name
from harness.language import Text, _
from harness.maps.coverage import coverage
from harness.maps.graph import WALK_FILE, Graph, MappedScreen
from harness.maps.walk_end import ACTS_FILE, WalkEnding, acted_in
from harness.starts.segment_names import segment_words

MOST_SCREENS = 80
MOST_ASKS = 6
TEXT_LENGTH = 30
SIZE_LIMIT = 16 << 20  # bytes of walk.json


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """One screen. ``asks``: (control, group) in the order of the page.

    ``picture`` is a path in the run folder, empty where none was taken.
    """

    title: str
    activity: str
    reached_from: str
    pressed: int
    controls: int
    left_out: int
    asks: tuple[tuple[str, Text], ...]
    picture: str = ""


@dataclass(frozen=True, slots=True)
class WalkMap:
    """The whole of it: ``more`` screens are not listed; of the declared activities ``seen`` were in front.

    ``ending`` says why the walk ended; maps of older runs do not.
    """

    rows: tuple[ScreenRow, ...]
    more: int
    steps: int
    seen: int
    declared: int
    ending: Text | None = None


def walk_map(folder: Path) -> WalkMap | None:
    """Read the map of a run folder; None where no walk was made. Raises FormatError when it is damaged."""
    path = folder / WALK_FILE
    if not path.exists():
        return None
    if path.stat().st_size > SIZE_LIMIT:
        raise FormatError(_("{path}: larger than {size_limit} MiB", path=path, size_limit=SIZE_LIMIT >> 20))
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        graph, share, steps = Graph.from_json(data), coverage(data), int(data["steps"])
        ending = _ending(folder, WalkEnding.from_json(data["ending"])) if data.get("ending") else None
    except (ValueError, KeyError, TypeError) as error:
        raise FormatError(_("{path} is damaged ({error})", path=path, error=error)) from None
    screens = list(graph.screens.values())
    rows = tuple(_row(screen, graph) for screen in screens[:MOST_SCREENS])
    return WalkMap(rows, len(screens) - len(rows), steps, len(share.seen), len(share.declared), ending)


def _ending(folder: Path, walk: WalkEnding) -> Text:
    """Why the walk ended, and what acted in the user's name before and after it, each once."""
    path, said = folder / ACTS_FILE, walk.words
    if not path.exists() or path.stat().st_size > SIZE_LIMIT:
        return said
    for scenario, acts in dict(json.loads(path.read_text(encoding="utf-8"))).items():
        if later := {str(caption): str(told) for caption, told in dict(acts).items() if caption not in walk.acted}:
            said = _("{said} {more}", said=said, more=acted_in(segment_words(scenario), later))
    return said


def _row(screen: MappedScreen, graph: Graph) -> ScreenRow:
    controls = [action for action in screen.actions.values() if action.kind not in ("key", "fill", "swipe")]
    asks = [
        ((action.text or action.id or action.key)[:TEXT_LENGTH], group_name(group or None))
        for action in controls
        for group in dict.fromkeys(action.asked)
    ]
    parent = graph.screens.get(screen.parent)
    return ScreenRow(
        title=(screen.title or screen.id)[:TEXT_LENGTH],
        activity=screen.activity.rpartition(".")[2][:TEXT_LENGTH],
        reached_from=(parent.title or parent.id)[:TEXT_LENGTH] if parent else "",
        pressed=sum(bool(action.tries) for action in controls),
        controls=len(controls),
        left_out=sum(action.dangerous for action in controls),
        asks=tuple(asks[:MOST_ASKS]),
        picture=screen.picture,
    )
