"""What is said around an offer, as it was written by somebody who had not seen the word list."""

import pytest

from harness.dialogs.offers import (
    asks_to_leave,
    asks_to_open,
    is_about_a_load,
    is_gated,
    leads_around,
    may_stream,
    promises_load,
    tells_a_price,
    tells_of_loading,
    tells_of_payment,
    tells_of_renewal,
)

PROMISE = ("下载并领取 20 金币", "免费安装", "Download", "点我下载", "INSTALL NOW")


@pytest.mark.parametrize("text", [*PROMISE, "立即领取", "无需下载 即点即玩", "免安装畅玩", "Play now, no download needed", ""])
def test_words_that_promise_a_download(text: str) -> None:
    assert promises_load(text) is (text in PROMISE)


def test_a_page_that_loads_something_of_its_own_tells_of_no_app() -> None:
    assert tells_of_loading("首页\n正在下载 消消乐 12%")
    assert not tells_of_loading("首页\n正在下载关卡资源 12%")
    assert tells_of_loading("正在下载关卡资源\n已加入下载列表，正在下载：消消乐")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("“小店”想要打开“朋友”\n拒绝\n允许", True),
        ("即将离开小店，前往浏览器", True),
        ("Shop wants to open Friend", True),
        ("打开了新世界的大门", False),
        ("朋友圈\n是否有新的动态", False),
        ("允许通知\n打开声音", False),
    ],
)
def test_a_question_asks_and_says_what_opens_in_one_line(text: str, asks: bool) -> None:
    assert asks_to_open(text) is asks


def test_a_song_is_no_download_and_a_film_is_streamed() -> None:
    assert not is_about_a_load("晴天 01:20/04:30")
    assert is_about_a_load("消消乐 35%")
    assert may_stream("继续播放")
    assert not may_stream("开始游戏")


def test_what_leads_round_a_wall_names_no_app() -> None:
    assert leads_around("在网页继续阅读")
    assert not leads_around("打开 App 继续阅读")
    assert not leads_around("下载后查看全文")


def test_what_is_sold_paid_gated_and_left() -> None:
    assert tells_of_renewal("到期按 25 元/月自动续费")
    assert not tells_of_renewal("到期提醒")
    assert not tells_of_renewal("到期不会自动续费，也不自动扣款")
    assert tells_a_price("首月 ￥6")
    assert tells_of_payment("开通成功")
    assert not tells_of_payment("已开通会员的用户 120 万")
    assert is_gated("开通会员后在 App 内观看")
    assert asks_to_leave("再看 5 秒可得金币\n放弃奖励")
    assert not asks_to_leave("离开家乡的人")
