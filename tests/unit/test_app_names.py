"""Two names of one app, and two apps whose names are near each other."""

import pytest

from harness.dialogs.app_names import same_name

SAME = [
    ("开心消消乐", "开心消消乐"),
    ("开心消消乐", "开心消消乐®"),
    ("消消乐", "开心消消乐"),
    ("下载开心消消乐领红包", "开心消消乐"),
    ("立即下载 抖音极速版", "抖音"),
    ("抖音", "抖音极速版"),
    ("抖音短视频", "抖音"),
    ("ＱＱ音乐", "QQ 音乐"),
    ("《王者荣耀》", "王者荣耀"),
    ("拼多多-拼着买才便宜", "拼多多"),
    ("小红书 – 你的生活兴趣社区", "小红书"),
    ("淘宝（官方版）", "手机淘宝"),
    ("WeChat", "微信"),
    ("bilibili", "哔哩哔哩"),
    ("WPS Office", "WPS"),
    ("高德地图 V12.3.1", "高德地图"),
    ("墨迹天气2026版", "墨迹天气"),
    ("Adobe Reader for Android", "adobe reader"),
    ("番茄免费小说App", "番茄小说"),
]
OTHER = [
    ("开心消消乐", "天天酷跑"),
    ("天气", "墨迹天气"),  # a common word is no app's name
    ("微信", "微信读书"),
    ("QQ", "QQ音乐"),
    ("支付宝", "支付宝红包助手"),
    ("美团", "美团外卖"),
    ("WiFi万能钥匙", "WiFi大师"),
    ("极速版", "抖音极速版"),
    ("下载", "下载大师"),
    ("", "抖音"),
    ("抖音", ""),
    ("!!!", "???"),
]


@pytest.mark.parametrize(("told", "label"), SAME)
def test_they_mean_one_app(told: str, label: str) -> None:
    assert same_name(told, [label])
    assert same_name(told, ["Other", label])


@pytest.mark.parametrize(("told", "label"), OTHER)
def test_they_are_two(told: str, label: str) -> None:
    assert not same_name(told, [label])


def test_without_a_label_nothing_is_the_same() -> None:
    assert not same_name("抖音", [])


def test_an_endless_name_costs_no_more_than_its_beginning() -> None:
    assert not same_name("极速版" * 100_000, ["抖音"])
