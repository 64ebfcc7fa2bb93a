"""A recorded walk read back from its run folder, also from a folder that is none or was damaged."""

import json
from pathlib import Path

import pytest

from harness.errors import FormatError
from harness.explorer.recorded_actions import RESTART, RecordedAction, recorded_actions
from harness.maps.graph import BACK, FILL, SCROLL, TURN, TURN_BACK


def run_folder(folder: Path, *steps: dict[str, object] | str) -> Path:
    """A run folder with a journal of these steps; a text stands as it is."""
    (folder / "raw").mkdir()
    lines = [step if isinstance(step, str) else json.dumps({"host": float(number), **step}) for number, step in enumerate(steps)]
    (folder / "raw" / "session.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return folder


def start(name: str) -> dict[str, object]:
    return {"step": "segment", "what": "start", "name": name}


def test_the_acts_of_a_walk_come_back_in_order(tmp_path: Path):
    folder = run_folder(
        tmp_path,
        {"step": "function", "text": "扫一扫", "id": "scan"},  # before the walk: the tester's own
        start("walk"),
        {"step": "function", "text": "我的", "id": "tab", "screen": "home"},
        {"step": "swipe", "purpose": "walk", "start": [500, 1600], "end": [500, 400]},
        {"step": "swipe", "purpose": "walk", "start": [500, 400], "end": [500, 1600]},  # back to the top
        {"step": "swipe", "purpose": "walk", "start": [864, 500], "end": [216, 500]},
        {"step": "swipe", "purpose": "walk", "start": [216, 500], "end": [864, 500]},
        {"step": "typed", "field": "手机号", "text": "0"},
        {"step": "typed", "field": "密码", "text": "0"},
        {"step": "key", "key": "back", "purpose": "walk"},
        {"step": "segment", "what": "end", "name": "walk", "note": ""},
        start("walk-2"),
        {"step": "function", "text": "设置"},
    )
    assert recorded_actions(folder) == [
        RecordedAction("", "我的", "tab"),
        RecordedAction(SCROLL),
        RecordedAction(TURN),
        RecordedAction(TURN_BACK),
        RecordedAction(FILL),
        RecordedAction(BACK),
        RecordedAction(RESTART),
        RecordedAction("", "设置"),
    ]


SWIPE = {"step": "swipe", "purpose": "walk", "start": [1, 2], "end": [1, 2]}
BAD = {
    "no walk in it": ([start("first-launch")], "holds no walk"),
    "cut off in its first line": (['{"host": 1.0, "st'], "holds no walk"),
    "a line that is no JSON": (["junk", "junk"], "session.jsonl:1 is not a line"),
    "a segment without a name": ([{"step": "segment", "what": "start"}], "session.jsonl:1: a 'segment' step is damaged: it has no 'name'"),
    "a swipe without its ends": ([start("walk"), {"step": "swipe", "purpose": "walk", "start": [], "end": []}],
     "'start' is not a list of 2"),
    "a swipe of words": ([start("walk"), {"step": "swipe", "purpose": "walk", "start": ["a", "b"], "end": [1, 2]}],
     "'start' is not whole number"),
    "a segment with a number for its name": ([{"step": "segment", "what": "start", "name": 7}], "'name' is not text"),
}  # fmt: skip


@pytest.mark.parametrize("damage", BAD)
def test_a_damaged_folder_is_told_in_one_line(tmp_path: Path, damage: str):
    steps, said = BAD[damage]
    with pytest.raises(FormatError, match=said) as caught:
        recorded_actions(run_folder(tmp_path, *steps))
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_journal_is_told(tmp_path: Path):
    with pytest.raises(FormatError, match="cannot be read"):
        recorded_actions(tmp_path)
