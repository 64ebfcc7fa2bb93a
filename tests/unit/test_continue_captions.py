"""Which captions go on with the contents, and which buttons of unknown words are pressed."""

import pytest

from harness.dialogs.continue_captions import (
    claims,
    cleans,
    credits_user,
    does_else,
    ends,
    goes_on,
    is_locked,
    is_next,
    is_use,
    leads_to_gift,
    may_be_pressed,
)


@pytest.mark.parametrize("words", ["下一章", "下一集", "下一关", "再来一局", "next", "next chapter"])
def test_what_leads_to_the_next_part_goes_on(words: str) -> None:
    assert is_next(words)
    assert goes_on(words)


@pytest.mark.parametrize(
    "words", ["开始阅读", "立即扫描", "播放", "领取奖励", "马上领取", "查收礼包", "目录", "选集", "查看结果", "开始检测"]
)
def test_what_begins_or_claims_goes_on(words: str) -> None:
    assert goes_on(words)
    assert not is_next(words)


@pytest.mark.parametrize(("words", "own"), [("跳完了", True), ("练习完啦", True), ("背好了", True), ("交完了", False), ("写好了", False)])
def test_what_ends_a_task_of_the_contents_goes_on_and_what_hands_it_in_does_not(words: str, *, own: bool) -> None:
    assert (ends(words), goes_on(words)) == (own, own)


@pytest.mark.parametrize(
    ("words", "own"),
    [("放入第 1 块", True), ("浇第2次水", True), ("放第一颗", True), ("投第 1 票", False), ("送出第 1 份", False), ("捐第 1 元", False)],
)
def test_what_counts_its_steps_goes_on_and_what_orders_does_not(words: str, *, own: bool) -> None:
    assert goes_on(words) is own


@pytest.mark.parametrize("words", ["去抢更多红包", "前往拆限时红包", "去领福利", "这就去看看惊喜"])
def test_what_leads_on_to_a_reward_takes_none(words: str) -> None:
    assert leads_to_gift(words)
    assert not any(map(leads_to_gift, ("领取红包", "去提现", "去兑换礼物", "去发红包", "去开通会员领礼包")))


@pytest.mark.parametrize(
    "words", ["设置", "上一章", "下一步", "提交", "关于我们", "领养宠物", "开发票", "", "读完这一章之后就可以看到下一章的全部内容了"]
)
def test_other_captions_do_not(words: str) -> None:
    assert not goes_on(words)


@pytest.mark.parametrize("words", ["立即清理", "看第2集", "收下", "立即加速", "一键修复"])
def test_buttons_of_unknown_words_are_pressed(words: str) -> None:
    assert may_be_pressed(words)


@pytest.mark.parametrize(
    "words", ["立即支付", "删除", "一键登录", "立即注册", "提现", "清理照片", "隐私政策", "拨打电话", "卸载", "立即下载", "12", "注销账号"]
)
def test_what_spends_deletes_calls_or_logs_in_is_not(words: str) -> None:
    assert not may_be_pressed(words)


def test_what_the_tester_forbids_is_not_pressed() -> None:
    assert may_be_pressed("看第2集")
    assert not may_be_pressed("看第2集", ["第2集"])


def test_what_clears_and_what_takes_a_reward_does_something_else() -> None:
    assert cleans("一键清理")
    assert not cleans("清理相册")
    assert does_else("一键清理")
    assert claims("立即领取")


def test_what_is_booked_to_the_user_is_told_in_its_line() -> None:
    assert credits_user("新人礼金待领取")
    assert not credits_user("天天红包 今日可领")


@pytest.mark.parametrize(
    ("words", "locked"), [("海底邮局 需解锁", True), ("看广告解锁", True), ("第 3 课 待解锁", True), ("解锁全集", False), ("已解锁", False)]
)
def test_a_row_says_that_it_is_locked(words: str, locked: bool) -> None:
    assert is_locked(words) is locked


@pytest.mark.parametrize(
    ("words", "use"), [("一键加速", True), ("放入第 1 块", True), ("开始答题", True), ("立即清理", False), ("解锁", False)]
)
def test_what_uses_the_contents_or_speeds_the_phone_up_takes_nothing_away(words: str, use: bool) -> None:
    assert is_use(words) is use
