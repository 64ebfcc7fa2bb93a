from dataclasses import dataclass
from pathlib import Path

import pytest

from device_farm.intake.submission_rows import Asked, Refused
from device_farm.intake.watched import DONE, REFUSED, SUBMITTED, Watched
from tests.apk_builder import build_apk, manifest

APK = build_apk(manifest("com.example.small"))


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def inbox(tmp_path, clock):
    (tmp_path / "inbox").mkdir()
    return Watched(tmp_path / "inbox", clock, settle_seconds=30)


def taken(watched: Watched) -> list[str]:
    found = list(watched.arrived())
    assert all(watched.done(each) is None for each in found)
    return [each.path.name for each in found]


def test_a_file_is_taken_once_when_it_stood_still(inbox, clock):
    file = inbox.folder / "shop.apk"
    file.write_bytes(APK[:100])
    assert taken(inbox) == []
    clock.now = 29
    file.write_bytes(APK)  # it grows
    assert taken(inbox) == []
    clock.now = 58
    assert taken(inbox) == []
    clock.now = 60
    assert taken(inbox) == ["shop.apk"]
    clock.now = 999
    assert taken(inbox) == []
    assert not file.exists()


def test_a_mark_beside_it_makes_it_whole_at_once(inbox):
    (inbox.folder / "shop.apk").write_bytes(APK)
    (inbox.folder / f"shop.apk{DONE}").touch()
    assert taken(inbox) == ["shop.apk"]
    assert [path.name for path in inbox.folder.iterdir()] == [SUBMITTED]


def test_what_is_being_uploaded_under_another_name_is_no_app_yet(inbox, clock):
    for name in ("shop.apk.part", ".shop.apk", "shop.apk.crdownload", "notes.txt"):
        (inbox.folder / name).write_bytes(APK)
    taken(inbox)
    clock.now = 100
    assert taken(inbox) == []


def test_an_app_is_kept_where_its_unit_says_and_a_new_version_beside_it(inbox, clock):
    places = []
    for code in (1, 2):
        (inbox.folder / "shop.apk").write_bytes(build_apk(manifest("com.example.small", code=code)))
        list(inbox.arrived())
        clock.now += 30
        (arrived,) = inbox.arrived()
        assert isinstance(arrived.row, Asked)
        inbox.done(arrived)
        places.append(arrived.row.app.place)
    assert len(set(places)) == 2
    assert all(Path(place).exists() for place in places)


def test_whoever_is_killed_before_it_is_put_away_takes_it_again_with_the_same_place_and_day(inbox, clock, tmp_path):
    (inbox.folder / "shop.apk").write_bytes(APK)
    list(inbox.arrived())
    clock.now = 30
    (first,) = inbox.arrived()
    later = Watched(inbox.folder, clock, settle_seconds=0)  # another process
    (again,) = later.arrived()
    assert (again.row, again.day) == (first.row, first.day)


def test_what_is_no_app_is_put_aside_with_the_reason(inbox, clock):
    (inbox.folder / "bad.apk").write_bytes(b"no app")
    list(inbox.arrived())
    clock.now = 30
    (arrived,) = inbox.arrived()
    assert isinstance(arrived.row, Refused)
    assert inbox.done(arrived) is None
    aside = sorted(path.suffix for path in (inbox.folder / REFUSED).iterdir())
    assert aside == [".apk", ".txt"]


def test_one_that_changed_while_it_was_submitted_stays(inbox, clock):
    file = inbox.folder / "shop.apk"
    file.write_bytes(APK)
    list(inbox.arrived())
    clock.now = 30
    (arrived,) = inbox.arrived()
    file.write_bytes(APK + b"newer")
    inbox.done(arrived)
    assert file.exists()


def test_one_that_cannot_be_moved_is_said_and_not_taken_again(inbox, clock):
    (inbox.folder / "shop.apk").write_bytes(APK)
    (inbox.folder / SUBMITTED).touch()
    list(inbox.arrived())
    clock.now = 30
    (arrived,) = inbox.arrived()
    assert inbox.done(arrived) is not None
    assert list(inbox.arrived()) == []


def test_a_folder_that_is_gone_is_an_error_of_the_system(inbox):
    inbox.folder.rmdir()
    with pytest.raises(OSError, match="inbox"):
        list(inbox.arrived())
