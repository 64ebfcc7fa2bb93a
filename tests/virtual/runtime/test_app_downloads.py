"""Downloads that apps do themselves, and those of DownloadManager that pause, wait and go on."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest

from device_farm.virtual import Activity, App, Text
from device_farm.virtual.framework.dumps.notification import notification as dump_notification
from device_farm.virtual.framework.packages.download_content import offered_file
from device_farm.virtual.framework.records.download import Offer
from harness.apk import read_apk
from harness.errors import FormatError

from .conftest import Phone

PACKAGE, URL, MB = "com.example.loader", "https://cdn.example/game.apk", 1_000_000
PUBLIC = "/storage/emulated/0/Download"


class Loader(App):
    package, label, target_sdk = PACKAGE, "加载", 30
    permissions: ClassVar[list[str]] = ["android.permission.WRITE_EXTERNAL_STORAGE"]
    heard: ClassVar[list[tuple[str, int]]] = []

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("页面"))

        def on_download(self, id: int) -> None:
            Loader.heard.append(("activity", id))

    def on_download_progress(self, id: int) -> None:
        Loader.heard.append(("progress", id))

    def on_download(self, id: int) -> None:
        Loader.heard.append(("ended", id))


@pytest.fixture
def loader(phone: Callable[..., Phone]) -> Phone:
    Loader.heard.clear()
    made = phone(Loader, android="13")
    made.launch(PACKAGE)
    return made


def size_of(device: Phone, path: str) -> int:
    return device.device.files.stat(path).size


def network(device: Phone, *, on: bool) -> None:
    device.system.connectivity.switch("wifi", on=on)
    device.system.connectivity.switch("data", on=on)
    device.wait(1)


def test_an_own_download_fills_its_file_and_tells_app_and_activity(loader: Phone) -> None:
    made = loader.app(PACKAGE).download(URL, file_name="a.bin", size=5 * MB, bytes_per_second=MB)
    loader.wait(2.2)
    assert made.state == "running"
    assert made.bytes == 2 * MB
    assert 0 < size_of(loader, f"{PUBLIC}/a.bin") <= 2 * MB
    loader.wait(4)
    assert (made.state, made.bytes) == ("done", 5 * MB)
    assert size_of(loader, f"{PUBLIC}/a.bin") == 5 * MB
    assert {("ended", made.id), ("activity", made.id), ("progress", made.id)} <= set(Loader.heard)
    assert loader.downloads() == "" or "Download #" not in loader.downloads()
    begun = loader.truth("download")[0]
    assert (begun["by"], begun["package"], begun["path"]) == ("app", PACKAGE, f"{PUBLIC}/a.bin")


def test_it_pauses_and_goes_on_where_it_was(loader: Phone) -> None:
    made = loader.app(PACKAGE).download(URL, file_name="a.bin", size=5 * MB, bytes_per_second=MB)
    loader.wait(2.2)
    made.pause()
    loader.wait(100)
    assert (made.state, made.bytes, size_of(loader, made.path)) == ("paused", 2 * MB, 2 * MB)
    made.resume()
    loader.wait(1.2)
    assert made.bytes == 3 * MB
    made.cancel()
    assert made.state == "cancelled"
    assert not loader.device.files.exists(made.path)
    assert [loader.truth(what)[0]["why"] for what in ("download_paused", "download_resumed", "download_removed")] == ["app"] * 3


def test_it_ends_with_its_process_and_another_goes_on_after_its_bytes(loader: Phone) -> None:
    loader.app(PACKAGE).download(URL, file_name="a.bin", size=5 * MB, bytes_per_second=MB)
    loader.wait(2.2)
    loader.system.force_stop(PACKAGE, "from pid 1")
    loader.wait(60)
    assert size_of(loader, f"{PUBLIC}/a.bin") == 2 * MB
    assert loader.truth("download_paused")[0]["why"] == "process"
    loader.launch(PACKAGE)
    made = loader.app(PACKAGE).download(URL, file_name="a.bin", size=5 * MB, bytes_per_second=MB, resume=True)
    assert loader.truth("download")[-1]["resumed_at"] == 2 * MB
    loader.wait(3.3)
    assert made.state == "done"
    assert size_of(loader, made.path) == 5 * MB


def test_without_the_network_it_fails_or_waits_as_the_app_said(loader: Phone) -> None:
    fails = loader.app(PACKAGE).download(URL, file_name="a.bin", size=50 * MB, bytes_per_second=MB)
    waits = loader.app(PACKAGE).download(URL, file_name="b.bin", size=50 * MB, bytes_per_second=MB, retry=True)
    loader.wait(2.2)
    network(loader, on=False)
    assert (fails.state, fails.error) == ("failed", "network")
    assert waits.state == "waiting"
    come = waits.bytes
    loader.wait(600)
    assert waits.bytes == come
    network(loader, on=True)
    loader.wait(7)
    assert waits.state == "running"
    assert waits.bytes > come


def test_resumed_without_a_network_it_fails_like_any_other(loader: Phone) -> None:
    made = loader.app(PACKAGE).download(URL, file_name="a.bin", size=50 * MB, bytes_per_second=MB)
    loader.wait(2.2)
    made.pause()
    network(loader, on=False)
    made.resume()
    loader.wait(1)
    assert (made.state, made.error) == ("failed", "network")
    network(loader, on=True)
    again = loader.app(PACKAGE).download(URL, file_name="a.bin", size=50 * MB, bytes_per_second=MB, resume=True)
    loader.wait(1.2)
    assert again.bytes == 3 * MB


def test_rows_wait_for_the_network_and_go_on_by_themselves(loader: Phone) -> None:
    number = loader.app(PACKAGE).enqueue_download(URL, title="游戏", file_name="g.apk", size=50 * MB, bytes_per_second=MB)
    loader.wait(2.2)
    network(loader, on=False)
    assert "status=195 " in loader.downloads()
    assert loader.app(PACKAGE).query_download(number)["reason"] == "waiting_for_network"
    come = loader.app(PACKAGE).query_download(number)["bytes"]
    loader.wait(600)
    assert loader.app(PACKAGE).query_download(number)["bytes"] == come
    network(loader, on=True)
    loader.wait(2)
    assert "status=192 " in loader.downloads()
    assert loader.truth("download_resumed")[0]["why"] == "network"


def test_rows_pause_by_their_app_and_after_a_broken_connection(loader: Phone) -> None:
    number = loader.app(PACKAGE).enqueue_download(URL, title="游戏", file_name="g.apk", size=5 * MB, bytes_per_second=MB, fails_at=3 * MB)
    loader.wait(1.2)
    loader.app(PACKAGE).pause_download(number)
    assert "status=193 " in loader.downloads()
    assert "control=1 " in loader.downloads()
    loader.app(PACKAGE).resume_download(number)
    loader.wait(3)
    assert "status=194 " in loader.downloads()
    assert loader.app(PACKAGE).query_download(number)["reason"] == "waiting_to_retry"
    loader.wait(40)
    assert "status=200 " in loader.downloads()
    assert size_of(loader, f"{PUBLIC}/g.apk") == 5 * MB


def test_the_users_button_in_the_shade_cancels_a_row(loader: Phone) -> None:
    loader.app(PACKAGE).enqueue_download(URL, title="游戏", file_name="g.apk", size=50 * MB, bytes_per_second=MB)
    loader.wait(5)
    text = dump_notification(loader.device, ["--noredact"]) or ""
    assert f"id=0 tag=1:{PACKAGE} importance=3 " in text
    assert re.search(
        r"android\.title=String \(游戏\)\n.*\n +android\.progress=Integer \(\d+\)\n +android\.progressMax=Integer \(100\)", text
    )
    loader.system.shade.expand()
    root = loader.device.screen.tree()
    cancel = next(n for r in root for n in r.walk() if n.text == "取消")
    left, top, right, bottom = cancel.bounds
    loader.device.screen.tap((left + right) / 2, (top + bottom) / 2)
    loader.wait(1)
    assert "Download #" not in loader.downloads()
    assert not loader.device.files.exists(f"{PUBLIC}/g.apk")
    assert loader.truth("download_removed")[0]["why"] == "user"
    assert loader.system.notifications.active == []


def test_one_without_an_end_and_one_of_5_gb_take_no_memory(loader: Phone) -> None:
    endless = loader.app(PACKAGE).download(URL, file_name="endless", size=None, bytes_per_second=50 * MB)
    huge = loader.app(PACKAGE).enqueue_download(URL, title="大", file_name="huge.bin", size=5_000 * MB, bytes_per_second=50 * MB)
    loader.wait(200)
    assert endless.state == "running"
    assert size_of(loader, endless.path) > 5_000 * MB
    assert loader.app(PACKAGE).query_download(huge)["status"] == "successful"
    assert loader.device.files.used < 10 * MB
    assert size_of(loader, f"{PUBLIC}/huge.bin") == 5_000 * MB


@pytest.mark.parametrize(
    ("name", "folder", "error"),
    [
        ("../../../../data/system/x", "public", "permission"),
        ("../../com.other/files/x", "files", "permission"),
        ("x" * 256, "public", "file_name"),
        ("", "public", "file_name"),
        ("a\0b", "public", "file_name"),
    ],
)
def test_hostile_names_lead_nowhere(loader: Phone, name: str, folder: str, error: str) -> None:
    made = loader.app(PACKAGE).download(URL, file_name=name, size=10, folder=folder)
    loader.wait(2)
    assert (made.state, made.error) == ("failed", error)
    assert ("ended", made.id) in Loader.heard


@pytest.mark.parametrize("name", ["a\nb.apk", 'it\'s "so".apk', "\u202egpj.apk", "字" * 85, "../Pictures/x.apk"])
def test_odd_names_are_files_like_any_other(loader: Phone, name: str) -> None:
    made = loader.app(PACKAGE).download(URL, file_name=name, size=3000)
    loader.wait(2)
    assert made.state == "done"
    assert size_of(loader, f"{PUBLIC}/{name}") == 3000


def test_private_files_are_out_of_shells_reach_and_external_ones_are_not(loader: Phone) -> None:
    for folder in ("files", "cache", "external_files", "external_cache", "Pictures/shop"):
        loader.app(PACKAGE).download(URL, file_name="f.bin", size=1000, folder=folder)
    loader.wait(2)
    files = loader.device.files
    for path in ("/data/data/com.example.loader/files", "/data/data/com.example.loader/cache/f.bin"):
        with pytest.raises(PermissionError):
            files.listdir(path, uid=2000) if path.endswith("files") else files.read(path, uid=2000)
    external = f"/storage/emulated/0/Android/data/{PACKAGE}"
    assert files.listdir(f"{external}/files", uid=2000) == ["f.bin"]
    assert len(files.read(f"{external}/cache/f.bin", uid=2000)) == 1000
    assert files.listdir("/storage/emulated/0/Pictures/shop", uid=2000) == ["f.bin"]
    assert files.stat(f"{external}/files/f.bin").gid == 1078
    loader.system.package_manager.clear_data(PACKAGE)
    assert not files.exists(external)
    assert not files.exists("/data/data/com.example.loader")


def test_shared_storage_needs_a_permission_up_to_android_9(phone: Callable[..., Phone]) -> None:
    device = phone(Loader, android="9")
    device.launch(PACKAGE)
    made = device.app(PACKAGE).download(URL, file_name="a.bin", size=10)
    device.wait(2)
    assert (made.state, made.error) == ("failed", "permission")
    device.system.grant(PACKAGE, "android.permission.WRITE_EXTERNAL_STORAGE")
    made = device.app(PACKAGE).download(URL, file_name="a.bin", size=10)
    device.wait(2)
    assert made.state == "done"
    assert device.device.files.stat(made.path).gid == 1015


def test_what_a_loaded_apk_says_of_itself_is_what_the_app_said(loader: Phone, tmp_path: Path) -> None:
    made = loader.app(PACKAGE).download(
        URL, file_name="w.apk", size=200_000, package="com.other.casino", label={"": "Weather", "zh": "天气"}, icon="#FF0000",
        signer="casino", version_name="3.1", version_code=31, permissions=["android.permission.READ_SMS"],
    )  # fmt: skip
    loader.wait(2)
    path = tmp_path / "w.apk"
    path.write_bytes(loader.device.files.read(made.path))
    apk = read_apk(path)
    assert (apk.package, apk.label, apk.label_zh, apk.version_name, apk.version_code) == ("com.other.casino", "Weather", "天气", "3.1", 31)
    assert apk.permissions == ("android.permission.READ_SMS",)
    assert apk.v2
    assert len(apk.certificates_sha256) == 1
    assert apk.warnings == ()
    assert apk.size == 200_000


@pytest.mark.parametrize(
    ("kind", "said"),
    [("not_an_apk", "not a zip file"), ("broken", "truncated"), ("bomb", "zip bomb"), ("xapk", "a bundle of"), ("apks", "a bundle of")],
)
def test_what_is_no_apk_is_refused_as_what_it_is(tmp_path: Path, kind: str, said: str) -> None:
    content = offered_file(Offer(kind=kind), "x.apk", "x", 900_000, 0.0)
    assert content.size == 900_000
    path = tmp_path / "x.apk"
    path.write_bytes(content.head + bytes(content.gap) + content.tail)
    with pytest.raises(FormatError, match=said):
        read_apk(path)


def test_a_frozen_process_loads_nothing(phone: Callable[..., Phone]) -> None:
    device = phone(Loader, android="15")
    device.launch(PACKAGE)
    made = device.app(PACKAGE).download(URL, file_name="a.bin", size=500 * MB, bytes_per_second=MB)
    device.launch("com.android.settings")  # else it is the previous app, which is not cached
    device.system.go_home()
    device.wait(120)
    assert made._process.frozen
    come = size_of(device, made.path)
    device.wait(100)
    assert size_of(device, made.path) == come
    device.launch(PACKAGE)
    device.wait(5)
    assert size_of(device, made.path) > come


def test_progress_can_be_a_notification_of_the_app(loader: Phone) -> None:
    loader.system.grant(PACKAGE, "android.permission.POST_NOTIFICATIONS")
    made = loader.app(PACKAGE).download(URL, file_name="a.bin", size=5 * MB, bytes_per_second=MB, notification=True)
    loader.wait(3)
    shown = [n for n in loader.system.notifications.active if n.package == PACKAGE]
    assert [(n.number, n.progress) for n in shown] == [(made.id, (made.bytes * 100 // (5 * MB), 100))]


def test_the_bytes_count_for_the_app_that_asked(loader: Phone) -> None:
    loader.app(PACKAGE).enqueue_download(URL, title="t", file_name="a.bin", size=3 * MB)
    loader.wait(4)
    assert loader.app(PACKAGE).http_request("https://api.example/", received=1000, sent=500)
    uid = loader.system.packages[PACKAGE].uid
    received = sum(
        bucket.received for flow, buckets in loader.system.netstats.flows.items() if flow.uid == uid and not flow.tag for bucket in buckets
    )
    assert received == 3 * MB + 1000
    network(loader, on=False)
    assert not loader.app(PACKAGE).http_request("https://api.example/", received=1000)
