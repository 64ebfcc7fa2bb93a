"""Install sessions that apps open: who is asked, what they hold, and how they end."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from device_farm.virtual import Activity, App, Text

from .conftest import Phone

PACKAGE, STORE, GAME = "com.example.loader", "com.vendor.store", "com.game.fun"


class Loader(App):
    package, label = PACKAGE, "加载"
    heard: ClassVar[list[tuple[int, str]]] = []

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("页面"))

        def on_click(self, id: str) -> None:
            if id == "remove":
                self.request_uninstall(GAME)
            else:
                self.install_session(id)

    def on_install(self, id: int, status: str, message: str) -> None:
        Loader.heard.append((id, status))


class VendorStore(App):
    package, label, system = STORE, "厂商商店", True
    permissions: ClassVar[list[str]] = ["android.permission.INSTALL_PACKAGES"]

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("商店"))

        def on_click(self, id: str) -> None:
            self.install_session(id)


@pytest.fixture
def loader(phone: Callable[..., Phone]) -> Phone:
    Loader.heard.clear()
    made = phone(VendorStore, Loader, android="13")
    made.launch(PACKAGE)
    return made


def load(device: Phone, name: str = "com.game.fun.apk", **more: Any) -> None:
    device.app().download("https://a.example/x", file_name=name, size=100_000, **more)
    device.wait(2)


def test_the_user_is_asked_and_the_file_is_what_counts(loader: Phone) -> None:
    load(loader, "update.apk", package="com.other.casino", label="天气", signer="casino", version_code=7)
    loader.tap("update.apk")
    assert loader.front == "com.android.packageinstaller"
    assert {"天气", "要安装此应用吗？"} <= set(loader.texts())
    assert f"installInitiatingPackageName={PACKAGE}" in loader.sessions()
    loader.tap("button1", seconds=4)
    assert loader.system.packages["com.other.casino"].version_code == 7
    assert [status for _id, status in Loader.heard] == ["success"]
    told = loader.truth("install")[-1]
    assert (told["by"], told["silent"]) == (PACKAGE, False)


def test_no_is_told_to_the_app(loader: Phone) -> None:
    load(loader)
    loader.tap("com.game.fun.apk")
    loader.tap("button2")
    assert [status for _id, status in Loader.heard] == ["failure_aborted"]
    assert GAME not in loader.system.packages
    assert "mFinalStatus=-115" in loader.sessions()


def test_a_store_that_comes_with_the_phone_asks_nobody(loader: Phone) -> None:
    load(loader)
    loader.launch(STORE)
    loader.tap("com.game.fun.apk", seconds=4)
    assert loader.front == STORE
    assert GAME in loader.system.packages
    told = loader.truth("install")[-1]
    assert (told["by"], told["silent"]) == (STORE, True)


@pytest.mark.parametrize("kind", ["not_an_apk", "broken", "bomb", "xapk"])
def test_what_is_no_apk_is_not_asked_about(loader: Phone, kind: str) -> None:
    load(loader, "x.apk", kind=kind)
    loader.tap("x.apk")
    assert loader.front == PACKAGE
    assert [status for _id, status in Loader.heard] == ["failure_invalid"]


def test_another_signature_is_a_conflict(loader: Phone) -> None:
    load(loader)
    load(loader, "other.apk", package=GAME, signer="somebody")
    loader.tap("com.game.fun.apk")
    loader.tap("button1", seconds=4)
    loader.tap("button2")
    loader.tap("other.apk")
    assert "要更新此应用吗？" in loader.texts()
    loader.tap("button1", seconds=4)
    assert "未安装应用。" in loader.texts()
    assert [status for _id, status in Loader.heard] == ["success", "failure_conflict"]


def test_a_session_that_stays_open_is_listed_and_goes_with_its_app(loader: Phone) -> None:
    load(loader)
    number = loader.app().install_session("com.game.fun.apk", commit=False)
    assert f"Active install sessions: Active Session {number}:" in loader.sessions()
    assert "mSealed=false" in loader.sessions()
    with pytest.raises(PermissionError):
        loader.app().abandon_session(number + 1)
    loader.system.package_manager.uninstall(PACKAGE)
    assert f"Historical install sessions: Session {number}:" in loader.sessions()


def test_the_system_asks_before_an_app_is_removed(loader: Phone) -> None:
    load(loader)
    loader.tap("com.game.fun.apk")
    loader.tap("button1", seconds=4)
    loader.tap("button2")
    loader.tap("remove")
    assert "要卸载此应用吗？" in loader.texts()
    loader.tap("button1", seconds=2)
    assert GAME not in loader.system.packages
