"""A run that is replayed while it is recorded, step by step, says exactly what a replay of the whole folder says."""

import random
import shutil
import tarfile
from pathlib import Path

import pytest

from harness.errors import FormatError
from harness.events import CanarySeen
from harness.parsers.logcat import LogcatReader
from harness.replay.run_replay import RunReplay
from harness.verdicts.analysis import analyse, event_json, examine, follow, read_run, utc_offset

OLD = Path(__file__).parents[1] / "data" / "old_runs"
ALL = ["bank-lost-device", "puzzle-consent", "news-clause-6"]
LOGS = ("events.txt", "main.txt", "system.txt", "crash.txt")
TAGS = "event-log-tags.txt"  # whole before the journal begins


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("old")
    for name in ALL:
        with tarfile.open(OLD / f"{name}.tar.xz") as file:
            file.extractall(folder, filter="data")
    return folder


class Recording:
    """A copy of a recorded run that grows as it did.

    More of each stream, cut anywhere, also within a line or a character.
    """

    def __init__(self, whole: Path, folder: Path) -> None:
        self.folder, self.whole = folder, {path.name: path.read_bytes() for path in (whole / "raw").iterdir()}
        (folder / "raw").mkdir(parents=True)
        shutil.copy(whole / "run.json", folder)
        shutil.copytree(whole / "screens", folder / "screens")
        run, self.app = read_run(folder)
        self.offset = utc_offset(run)
        self.written = dict.fromkeys(self.whole, 0)
        self.to(dict.fromkeys(self.whole, 0.0) | {TAGS: 1.0})

    def to(self, shares: dict[str, float]) -> None:
        for name, share in shares.items():
            more = self.whole[name][self.written[name] : round(share * len(self.whole[name]))]
            self.written[name] += len(more)
            with (self.folder / "raw" / name).open("ab") as file:
                file.write(more)

    def grow(self, share: float, dice: random.Random) -> None:
        names = self.whole.keys() - {TAGS}
        self.to({name: min(1.0, max(0.0, share + dice.uniform(-0.03, 0.03))) for name in sorted(names)})

    def follow(self):
        return RunReplay(self.folder, self.app, utc_offset=self.offset)

    def fresh(self, *kinds):
        found = RunReplay(self.folder, self.app, utc_offset=self.offset).timeline()
        return told(found.of(*kinds) if kinds else found)


def told(timeline):
    return [event_json(event) for event in timeline]


@pytest.mark.parametrize(
    ("name", "points", "beginnings"),
    [("bank-lost-device", 2, 1), ("puzzle-consent", 3, 1), ("news-clause-6", 1, 2)],  # the last was rebooted meanwhile
)
def test_a_run_read_on_at_any_points_is_the_run_read_from_its_beginning(runs, tmp_path, name, points, beginnings):
    dice = random.Random(name)
    recording = Recording(runs / name, tmp_path / name)
    followed = recording.follow()
    for share in [*sorted(dice.uniform(0.05, 1.0) for _ in range(points)), 1.2]:
        recording.grow(share, dice)
        assert told(followed.timeline()) == recording.fresh()
    assert recording.written == {name: len(text) for name, text in recording.whole.items()}
    assert followed.beginnings == beginnings


def test_the_derived_files_of_a_run_that_was_followed_are_those_of_a_fresh_analysis(runs, tmp_path):
    copies = [tmp_path / name for name in ("followed", "fresh")]
    recording = Recording(runs / "puzzle-consent", copies[0])
    followed = follow(copies[0])
    recording.grow(0.6, random.Random(1))
    examine(copies[0], followed)
    recording.to(dict.fromkeys(recording.whole, 1.0))
    shutil.copytree(copies[0], copies[1])
    analyse(copies[0], followed)
    analyse(copies[1])
    for name in ("events.jsonl", "findings.json"):
        assert (copies[0] / name).read_bytes() == (copies[1] / name).read_bytes()


def test_a_run_without_a_reboot_is_read_once(runs, tmp_path, monkeypatch):
    recording = Recording(runs / "puzzle-consent", tmp_path / "run")
    read, feed = [], LogcatReader.feed
    monkeypatch.setattr(LogcatReader, "feed", lambda self, data: read.append(len(data)) or feed(self, data))
    followed = recording.follow()
    for share in (0.3, 0.6, 1.0):
        recording.to(dict.fromkeys(recording.whole, share))
        followed.timeline()
    assert followed.beginnings == 1
    assert sum(read) == sum(len(text) for name, text in recording.whole.items() if name in LOGS)


def test_a_canary_whose_line_was_read_before_it_was_noted_is_found(runs, tmp_path):
    recording = Recording(runs / "puzzle-consent", tmp_path / "run")
    recording.to(dict.fromkeys(LOGS, 1.0) | {"session.jsonl": 0.05})
    followed = recording.follow()
    early = followed.timeline().of(CanarySeen)
    recording.to({"session.jsonl": 1.0})
    late = followed.timeline().of(CanarySeen)
    assert len(late) > len(early)
    assert told(late) == recording.fresh(CanarySeen)


def test_after_a_damaged_line_the_next_reading_begins_again(runs, tmp_path):
    recording = Recording(runs / "puzzle-consent", tmp_path / "run")
    recording.to(dict.fromkeys(recording.whole, 0.5))
    followed = recording.follow()
    followed.timeline()
    journal = recording.folder / "raw" / "session.jsonl"
    journal.write_bytes(journal.read_bytes() + b"{damaged\n{}\n")
    with pytest.raises(FormatError, match=r"session\.jsonl:\d+ is not a line"):
        followed.timeline()
    journal.write_bytes(recording.whole["session.jsonl"])
    assert told(followed.timeline()) == recording.fresh()
    assert followed.beginnings == 2


def test_a_file_that_became_shorter_is_another_one(runs, tmp_path):
    recording = Recording(runs / "bank-lost-device", tmp_path / "run")
    recording.to(dict.fromkeys(recording.whole, 1.0))
    followed = recording.follow()
    followed.timeline()
    events = recording.folder / "raw" / "events.txt"
    events.write_bytes(events.read_bytes()[:2000])
    assert told(followed.timeline()) == recording.fresh()
