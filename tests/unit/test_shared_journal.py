"""The journals of a shared night, what stands in whose; a recorded walk read back, also from a damaged folder."""

import json
from pathlib import Path

import pytest

from harness.errors import EvidenceError, FormatError
from harness.events import Source
from harness.events.action_kinds import Ending, NeighbourAct, Purpose
from harness.events.base import Step
from harness.explorer.recorded_actions import RESTART, RecordedAction, recorded_actions
from harness.maps.graph import BACK, FILL, SCROLL, TURN, TURN_BACK
from harness.recording import steps
from harness.recording.clock_map import Probe
from harness.recording.journal import read_journal
from harness.recording.shared_journal import NeighbourJournal, PhoneJournal
from harness.recording.shared_readings import LEAST_CHARACTERS, READINGS, KeptReadings, ReadReadings

PROBE = Probe(before=1.0, after=1.0, wall=1.7e9, uptime=50.0)
LONG = "ACTIVITY MANAGER 'SERVICES'\n" + "\ud800 \u2028 x" * LEAST_CHARACTERS


class Three:
    """The journals of three apps; the last one does not take part."""

    def __init__(self, folder: Path) -> None:
        self.paths = {name: folder / name / "session.jsonl" for name in ("com.a", "com.b", "com.c")}
        for path in self.paths.values():
            path.parent.mkdir()
        self.journals = {name: NeighbourJournal(path, name) for name, path in self.paths.items()}
        for journal in self.journals.values():
            journal.others = tuple(other for other in self.journals.values() if other is not journal)
        every = list(self.journals.values())
        self.phone = PhoneJournal(every, lambda: every[:2], KeptReadings(folder / READINGS))

    def told(self) -> list[list[Step]]:
        self.phone.close()
        return [[entry.step for entry in read_journal(path)] for path in self.paths.values()]


def test_what_is_done_to_the_phone_stands_in_those_that_take_part_and_what_dates_it_in_all(tmp_path: Path) -> None:
    three = Three(tmp_path)
    fired, lost = steps.Command(command="svc wifi disable"), steps.Stream(source=Source.EVENTS, what=steps.StreamState.LOST)
    for step in (fired, PROBE, steps.PhoneRebooted(), steps.CommandSent(command="date"), lost):
        three.phone.write(step)
    everywhere = [PROBE, steps.PhoneRebooted(), steps.CommandSent(command="date"), lost]
    assert three.told() == [[fired, *everywhere], [fired, *everywhere], everywhere]


def test_what_is_done_to_an_app_stands_in_its_own_and_in_the_others_as_far_as_it_matters(tmp_path: Path) -> None:
    three = Three(tmp_path)
    acts = [
        steps.Launch(component="com.a/.Main", cold=True),
        steps.Tapped(x=1, y=2, purpose=Purpose.CONSENT_ACCEPT),
        steps.Key(key="back", purpose=Purpose.CLOSE),
        steps.Key(key="home", purpose=Purpose.LEAVE),
        steps.Stop(how=Ending.KILL),
        PROBE,
    ]
    for act in acts:
        three.journals["com.a"].write(act, host=3.5)
    seen = [steps.NeighbourSeen(package="com.a", what=what) for what in (NeighbourAct.OPENED, NeighbourAct.LEFT, NeighbourAct.ENDED)]
    assert three.told() == [acts, [*seen, PROBE], [*seen, PROBE]]
    assert {entry.host for path in three.paths.values() for entry in read_journal(path)} == {3.5}


def test_a_long_reading_is_kept_once_and_comes_back_as_it_was(tmp_path: Path) -> None:
    three = Three(tmp_path)
    short = steps.Reading(name="vpn", command="settings get", text="null\n", code=0)
    long = [steps.Reading(name="services", command="dumpsys", text=LONG + str(number), code=1) for number in range(3)]
    for step in (short, *long):
        three.phone.write(step)
    first, second, third = three.told()
    assert first == second == [short, *(steps.KeptReading(name="services", command="dumpsys", line=line, code=1) for line in (1, 2, 3))]
    assert third == []
    kept = ReadReadings(tmp_path / READINGS)
    assert [kept.reading(step) for step in reversed(first) if isinstance(step, steps.KeptReading)] == long[::-1]


@pytest.mark.parametrize("damage", [b"", b'"half', b"17\n", b"\xff\n"])
def test_a_reading_that_is_not_there_is_refused_with_its_place(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / READINGS).write_bytes(damage)
    with pytest.raises(FormatError, match=r"readings\.jsonl:1"):
        ReadReadings(tmp_path / READINGS).reading(steps.KeptReading(name="a", command="b", line=1, code=0))
    with pytest.raises(EvidenceError, match="cannot be created"):
        KeptReadings(tmp_path / READINGS)


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
        RecordedAction("", "我的", "tab"), RecordedAction(SCROLL), RecordedAction(TURN), RecordedAction(TURN_BACK), RecordedAction(FILL),
        RecordedAction(BACK), RecordedAction(RESTART), RecordedAction("", "设置"),
    ]  # fmt: skip


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
