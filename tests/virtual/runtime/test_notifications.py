"""Notifications: a tap starts what they lead to, a swipe takes them away, and they go with their package."""

from collections.abc import Callable

import pytest

from device_farm.virtual import Activity, App, Text

from .conftest import Phone

PACKAGE = "com.example.news"


class News(App):
    package, label, target_sdk = PACKAGE, "新闻", 30

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("首页"))

    class Story(Activity):
        def on_create(self) -> None:
            self.show(Text("头条"))


@pytest.fixture
def news(phone: Callable[..., Phone]) -> Phone:
    made = phone(News, android="12")
    made.launch(PACKAGE)
    return made


def at(device: Phone, text: str) -> tuple[float, float]:
    node = next(n for root in device.device.screen.tree() for n in root.walk() if n.text == text)
    left, top, right, bottom = node.bounds
    return (left + right) / 2, (top + bottom) / 2


def test_a_tap_starts_its_target_also_from_the_background(news: Phone) -> None:
    news.app(PACKAGE).notify("要闻", "点击查看", target="Story")
    news.system.go_home()
    news.wait(60)
    news.system.shade.expand()
    news.device.screen.tap(*at(news, "要闻"))
    news.wait(2)
    assert news.system.shade.window is None
    assert "头条" in news.texts()
    assert news.system.notifications.active == []
    assert news.log("notification_clicked")[0].startswith(f"[0|{PACKAGE}|1|null|")
    assert ",1," in news.log("notification_canceled")[0]


def test_without_a_target_a_tap_does_nothing(news: Phone) -> None:
    news.app(PACKAGE).notify("要闻", "正文")
    news.system.shade.expand()
    news.device.screen.tap(*at(news, "要闻"))
    news.wait(1)
    assert len(news.system.notifications.active) == 1


def test_a_swipe_to_the_side_takes_one_away(news: Phone) -> None:
    news.app(PACKAGE).notify("一", "甲")
    news.app(PACKAGE).notify("二", "乙")
    news.system.shade.expand()
    x, y = at(news, "二")
    news.device.screen.swipe(x, y, x + 600, y + 10)
    assert [n.title for n in news.system.notifications.active] == ["一"]
    news.app(PACKAGE).notify("三", "丙")
    assert [n.number for n in news.system.notifications.active] == [1, 2]


def test_they_go_with_their_package(news: Phone) -> None:
    news.app(PACKAGE).notify("一", "甲")
    news.system.force_stop(PACKAGE, "from pid 1")
    assert news.system.notifications.active == []


def test_the_notification_of_a_downloaded_apk_leads_to_the_installer(news: Phone) -> None:
    news.app(PACKAGE).enqueue_download("https://a.example/x.apk", title="游戏", file_name="com.game.x.apk", size=1_000_000)
    news.wait(3)
    news.system.shade.expand()
    news.device.screen.tap(*at(news, "游戏"))
    news.wait(2)
    assert news.front == "com.android.packageinstaller"
    assert "要安装此应用吗？" in news.texts()
