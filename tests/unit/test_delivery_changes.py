"""What came: readings in turn, and only what is new or has changed since."""

from collections.abc import Sequence
from typing import Any

import pytest

from harness.errors import FormatError
from harness.events import DownloadSeen, DownloadState, Event, InstallSeen, InstallState, Instant, NotificationSeen, Source, Witness
from harness.parsers import delivery_changes
from harness.parsers.delivery_changes import PAGE_BYTES, Arrivals, counts, is_package_file, shared_path
from harness.parsers.public_files import PublicFile
from tests.cases.script import APP

STAMP: dict[str, Any] = {"at": Instant(0, 5.0), "source": Source.DUMP}
ROWS = "Downloads updated in last hour:\n"
APK = "/storage/emulated/0/Download/a.apk"


def row(status: int, got: int, *, number: int = 7, control: int = 0) -> str:
    return (
        f"  Download #{number}:\n    _id={number} uri=https://x.example/a.apk _data={APK} mimetype=application/octet-stream\n"
        f"    control={control} status={status} lastmod=1790827200000 notificationpackage=com.example.shop total_bytes=100\n"
        f"    current_bytes={got} uid=10123 title=开心游戏 description=\n"
    )


def note(progress: str, *, text: str = "正在下载", package: str = "com.example.shop") -> str:
    return (
        f"    NotificationRecord(0x0e: pkg={package} user=UserHandle{{0}} id=1 tag=null importance=2 key=0|{package}|1|null|10123: "
        f"Notification(channel=c shortcut=null flags=0x2 color=0x0 vis=PRIVATE))\n      uid=10123 userId=0\n      extras={{\n"
        f"          android.title=String (开心游戏)\n{progress}          android.text=String ({text})\n      }}\n"
    )


NOTES = "Current Notification Manager state:\n  Notification List:\n"


def bar(percent: int) -> str:
    return (
        f"          android.progress=Integer ({percent})\n          android.progressMax=Integer (100)\n"
        "          android.progressIndeterminate=Boolean (false)\n"
    )


def told(name: str, *texts: str) -> list[list[Event]]:
    reader = Arrivals(APP)
    return [list(reader.read(name, text, STAMP)) for text in texts]


def states(found: Sequence[Event]) -> list[DownloadState]:
    return [event.state for event in found if isinstance(event, DownloadSeen)]


def test_a_row_is_told_when_it_is_new_and_when_it_changes() -> None:
    before, new, same, grown, done = told(
        delivery_changes.ROWS, ROWS, ROWS + row(192, 10), ROWS + row(192, 10), ROWS + row(192, 60), ROWS + row(200, 100)
    )
    assert before == []
    assert [event.details() for event in same] == [event.details() for event in new]  # read again: it stands still
    assert [states(each) for each in (new, grown, done)] == [[DownloadState.RUNNING], [DownloadState.RUNNING], [DownloadState.DONE]]
    (seen,) = new
    assert isinstance(seen, DownloadSeen)
    assert (seen.witness, seen.key, seen.name, seen.package) == (Witness.ROW, "7", "开心游戏", "com.example.shop")
    assert (seen.path, seen.bytes, seen.total) == ("/sdcard/Download/a.apk", 10, 100)


@pytest.mark.parametrize(
    ("status", "control", "state"),
    [
        (190, 0, DownloadState.WAITING), (195, 0, DownloadState.WAITING), (192, 0, DownloadState.RUNNING),
        (193, 1, DownloadState.PAUSED), (192, 1, DownloadState.PAUSED), (193, 0, DownloadState.WAITING), (404, 0, DownloadState.FAILED),
    ],
)  # fmt: skip
def test_the_status_of_a_row_is_androids(status: int, control: int, state: DownloadState) -> None:
    _, new = told(delivery_changes.ROWS, ROWS, ROWS + row(status, 1, control=control))
    assert states(new) == [state]


def test_a_row_of_before_is_told_only_while_it_is_not_finished() -> None:
    assert states(told(delivery_changes.ROWS, ROWS + row(192, 10))[0]) == [DownloadState.RUNNING]
    assert told(delivery_changes.ROWS, ROWS + row(200, 100)) == [[]]


def test_a_row_that_is_no_longer_there_is_gone() -> None:
    _, _, gone = told(delivery_changes.ROWS, ROWS, ROWS + row(192, 10), ROWS)
    assert states(gone) == [DownloadState.GONE]


@pytest.mark.parametrize(
    "silent",
    [
        "No providers match: com.android.providers.downloads/.DownloadProvider\nUse -h for help.\n",
        "PROVIDER ContentProviderRecord{d79e297 u0 com.android.providers.downloads/.DownloadProvider} pid=(not running)\n",
    ],
)
def test_a_provider_that_does_not_run_loads_nothing(silent: str) -> None:
    before, new = told(delivery_changes.ROWS, silent, ROWS + row(192, 10))
    assert before == []
    assert states(new) == [DownloadState.RUNNING]


def files(*found: tuple[str, int]) -> str:
    return "".join(f"{size} 1790827200 1790827201 /{path}\n" for path, size in found)


def test_a_file_is_told_when_it_is_new_and_each_time_it_has_grown() -> None:
    old = ("/sdcard/Download/old.apk", 70_000)
    path = "/sdcard/Download/a\nb.apk"
    before, new, same, grown, gone = told(
        delivery_changes.FILES,
        files(old), files(old, (path, 40_000)), files(old, (path, 40_000)), files(old, (path, 90_000)), files(old),
    )  # fmt: skip
    assert before == []
    assert [event.details()["bytes"] for event in same] == [40_000]  # read again: it stands still
    assert [event.details()["bytes"] for event in (*new, *grown)] == [40_000, 90_000]
    assert [event.details()["key"] for event in new] == [path]
    assert states(gone) == [DownloadState.GONE]


def test_a_file_of_before_that_grows_is_told() -> None:
    _, grown = told(delivery_changes.FILES, files(("/sdcard/a.apk", 40_000)), files(("/sdcard/a.apk", 50_000)))
    assert states(grown) == [DownloadState.RUNNING]


@pytest.mark.parametrize(
    ("path", "size", "whether"),
    [
        ("/sdcard/Download/a.apk", 1, True),
        ("/sdcard/Android/data/com.example.shop/files/x.apk.tmp", 1, True),
        ("/sdcard/Android/data/com.example.shop/files/song.mp3", 9_000_000, True),
        ("/sdcard/Android/data/com.example.shop/files/song.mp3", 1, False),
        ("/sdcard/Android/data/com.example.shop/files/levels.bin", 9_000_000, False),
        ("/sdcard/Android/data/com.example.shop/cache/film.mp4", 9_000_000, False),  # an app's own, whatever it is
        ("/sdcard/Download/film.mp4", 9_000_000, True),
        ("/sdcard/shop/log.txt", 900, False),
        ("/sdcard/DCIM/Camera/1.jpg", 9_000_000, False),
        ("/sdcard/shop/.cache/1", 9_000_000, False),
    ],
)
def test_what_counts_as_loaded(path: str, size: int, whether: bool) -> None:
    assert counts(PublicFile(path=path, size=size, modified=1, changed=1)) is whether


def test_names_of_packages_and_paths_of_the_shared_storage() -> None:
    assert all(map(is_package_file, ("a.apk", "/x/a.APK", "a.xapk", "a.apk.download", "a.apk_1.tmp")))
    assert not any(map(is_package_file, ("a.zip", "apk", "a.apk.backup.of.mine.txt")))
    assert shared_path("/storage/emulated/10/Download/a") == "/sdcard/Download/a"
    assert shared_path("file:///storage/emulated/0/Download/a") == "/sdcard/Download/a"
    assert shared_path("/data/data/x") == "/data/data/x"


def test_a_notification_with_progress_is_a_download_of_its_own_witness() -> None:
    before, new, same, more, paused, gone = told(
        delivery_changes.NOTES,
        NOTES,
        NOTES + note(bar(3)),
        NOTES + note(bar(3)),
        NOTES + note(bar(40)),
        NOTES + note(bar(40), text="已暂停"),
        NOTES,
    )
    assert before == []
    assert states(same) == [DownloadState.RUNNING]
    shown = [event for event in new if isinstance(event, NotificationSeen)]
    assert [(each.title, each.text, each.progress, each.most, each.ongoing) for each in shown] == [("开心游戏", "正在下载", 3, 100, True)]
    assert [states(each) for each in (new, paused, gone)] == [[DownloadState.RUNNING], [DownloadState.PAUSED], [DownloadState.GONE]]
    assert [event.details()["progress"] for event in more if isinstance(event, NotificationSeen)] == [40]
    assert [event.details()["gone"] for event in gone if isinstance(event, NotificationSeen)] == [True]


def test_a_notification_of_others_without_progress_is_no_matter_of_ours() -> None:
    assert told(delivery_changes.NOTES, NOTES, NOTES + note("", package="com.other")) == [[], []]
    (shown,) = told(delivery_changes.NOTES, NOTES, NOTES + note(""))[1]
    assert isinstance(shown, NotificationSeen)


SESSION = (
    "Active install sessions:\n  Session 41:\n    userId=0 mOriginalInstallerUid=10123 installerPackageName={who}\n"
    "    appPackageName=com.game.fun\n    mCommitted={committed} mSealed=true mFinalStatus=0\n\nHistorical install sessions:\n\n"
)


def test_an_install_session_is_told_with_who_opened_it() -> None:
    empty = "Active install sessions:\n\nHistorical install sessions:\n\n"
    reading = [
        empty, SESSION.format(who="com.example.shop", committed="false"), SESSION.format(who="com.example.shop", committed="true"), empty,
    ]  # fmt: skip
    before, opened, committed, gone = told(delivery_changes.SESSIONS_OPEN, *reading)
    assert before == []
    assert [[each.details()["state"] for each in found] for found in (opened, committed, gone)] == [
        [InstallState.OPEN], [InstallState.COMMITTED], [InstallState.GONE],
    ]  # fmt: skip
    assert [(each.details()["installer"], each.details()["package"]) for each in opened] == [("com.example.shop", "com.game.fun")]


def test_a_session_of_ours_is_none_of_theirs() -> None:
    empty = "Active install sessions:\n\nHistorical install sessions:\n\n"
    assert told(delivery_changes.SESSIONS_OPEN, empty, SESSION.format(who="com.android.shell", committed="true")) == [[], []]


def test_a_package_that_was_not_there_is_told_with_its_installer() -> None:
    one = "package:com.example.shop  installer=null uid:10123\n"
    two = one + "package:com.game.fun  installer=com.store uid:10124\n"
    before, new, gone = told(delivery_changes.PACKAGES, one, two, one)
    assert before == []
    assert [(each.witness, each.key, each.installer) for each in new if isinstance(each, InstallSeen)] == [
        (Witness.PACKAGE, "com.game.fun", "com.store")
    ]
    assert [each.details()["state"] for each in gone] == [InstallState.GONE]


def counted(received: int) -> str:
    return f"BPF map content:\n  mAppUidStatsMap:\n    uid rxBytes rxPackets txBytes txPackets\n    {APP.uid} {received} 5 100 3\n"


def test_bytes_are_told_beyond_what_a_page_costs() -> None:
    start = 500_000_000
    before, page, load = told(delivery_changes.BYTES, counted(start), counted(start + PAGE_BYTES), counted(start + 2 * PAGE_BYTES + 1))
    assert (before, page) == ([], [])
    assert [(each.details()["key"], each.details()["bytes"]) for each in load] == [(str(APP.uid), 2 * PAGE_BYTES + 1)]


def test_bytes_of_before_an_act_are_no_part_of_it() -> None:
    reader = Arrivals(APP)
    list(reader.read(delivery_changes.BYTES, counted(0), STAMP))
    list(reader.read(delivery_changes.BYTES, counted(PAGE_BYTES), STAMP))
    reader.act()
    assert list(reader.read(delivery_changes.BYTES, counted(PAGE_BYTES + 1000), STAMP)) == []
    assert len(list(reader.read(delivery_changes.BYTES, counted(2 * PAGE_BYTES + 1), STAMP))) == 1


def test_counts_that_began_anew_are_no_download() -> None:
    assert told(delivery_changes.BYTES, counted(50 * PAGE_BYTES), counted(0), counted(5000)) == [[], [], []]


@pytest.mark.parametrize("name", delivery_changes.NAMES)
def test_another_text_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        told(name, "Permission Denial: can't dump\nfrom shell")
