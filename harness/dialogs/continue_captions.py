"""Captions that go on with what an app is used for, and those that a button of an advert may have and be pressed.

A walk leaves alone what claims a reward or cleans; the scenario of clause 7 presses both, because behind them stand the
adverts. What spends, deletes what is the user's, calls or logs in is pressed by neither.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness.dialogs.danger import is_dangerous
from harness.dialogs.dialog_words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

CAPTION, ENGLISH = 9, 20
"""Characters of the caption of a button at most [PROJECT]; a longer text is a row or a sentence."""
SPENDS = (
    "支付", "付款", "购买", "开通", "订阅", "续费", "充值", "下单", "抢购", "拨打", "致电", "一键登录", "本机号码", "授权登录",
    "删除", "注销", "pay", "buy", "subscribe", "order now", "call",
)  # fmt: skip
"""Words of a button that is not pressed even inside an advert: it costs money, calls somebody or gives a number."""
_NAMES_ONE = (
    "登录",
    "登陆",
    "注册",
    "绑定",
    "实名",
    "授权",
    "提现",
    "卸载",
    "照片",
    "相册",
    "聊天",
    "短信",
    "通讯录",
    "log in",
    "login",
    "sign in",
    "sign up",
    "withdraw",
)
"""What gives a name or a number away, or takes what is the user's: no button of unknown words is pressed with it."""
_TELLING = ("权限", "隐私", "功能", "协议", "政策", "规则", "说明", "投诉", "反馈", "关于", "开发者", "版本", "privacy", "terms", "about")
"""What only tells of something: the six elements of an app stand on its advert as links."""
_URGES = "(?:立即|马上|立刻|现在|免费|点击|一键|快速|全部|去|我要|深度)*"
_NEXT = re.compile(
    r"(?:点击|进入|继续)?(?:阅读|播放|观看|看|听|玩|做)?下一?(?:个|章|集|关|页|回|话|节|题|篇|首|张|课|局|部|期|轮)\S{0,4}"
    r"|再[来玩测抽]一\S{1,3}|next(?: \w+)?"
)
_STARTS = re.compile(
    _URGES
    + "(?:(?:开始|继续|进入)(?:阅读|播放|观看|听|看|玩|游戏|闯关|挑战|扫描|检测|体检|测试|测速|答题|练习|学习|训练|降温|加速|优化|抽奖)?"
    "|播放|试玩|试听|试读|阅读|观看|收听|看|闯关|挑战|扫描|检测|体检|测试|测速|答题|练习|抽奖|签到|加速|优化|降温|解锁|查看结果|查看报告|看结果)"
    r"(?:\S{0,4})|(?:start|play|continue|read|watch|scan)(?: \w+)?"
)
_CONTENTS = re.compile("(?:查看|全部)?(?:目录|选集|剧集|章节|关卡|选关)(?:列表)?|contents|chapters|episodes|levels")
_CLAIMS = re.compile(
    _URGES
    + "(?:领取?|领走|收下|查收|拆开?|开)(?:现金|新人|今日|每日|惊喜|我的|大)?(?:奖励|奖品|红包|礼包|福利|金币|书币|积分|宝箱|礼物|优惠券)?"
)
_CLEANS = re.compile(_URGES + "(?:开始)?(?:清理|清除)(?:垃圾|内存|缓存|加速|一下)?")
_STORAGE = re.compile(r"android\.permission\.(?:(?:READ|WRITE|MANAGE)_EXTERNAL_STORAGE|READ_MEDIA_\w+)")


def goes_on(words: str) -> bool:
    """Whether a control goes on with the contents or leads to their list: 下一章, 开始阅读, 立即扫描, 领取, 目录."""
    told = plain(words)
    shapes = (_NEXT, _STARTS, _CONTENTS, _CLAIMS)
    return is_caption(words) and any(shape.fullmatch(told) for shape in shapes)


def is_next(words: str) -> bool:
    """Whether a control leads to more of what its page shows already: 下一章, 下一关, 再来一局."""
    return is_caption(words) and _NEXT.fullmatch(plain(words)) is not None


def claims(words: str) -> bool:
    """Whether a caption takes a reward that costs nothing: 立即领取, 查收礼包."""
    return _CLAIMS.fullmatch(plain(words)) is not None


def cleans(words: str) -> bool:
    """Whether a caption clears what a cleaner has found, and names nothing that is the user's: 立即清理."""
    return _CLEANS.fullmatch(plain(words)) is not None


def does_else(words: str) -> bool:
    """Whether the words of a button tell of something else than loading an app, or leading to one."""
    return goes_on(words) or cleans(words)


def reaches_files(permissions: Sequence[str]) -> bool:
    """Whether an app asks for the user's files; one that does not can clear nothing but what is its own."""
    return any(_STORAGE.fullmatch(permission) for permission in permissions)


def is_caption(words: str) -> bool:
    """Whether a text is as short as the words of a button."""
    told = plain(words)
    return 1 < len(told) <= (ENGLISH if told.isascii() else CAPTION) and any(sign.isalpha() for sign in told)


def spends(words: str, never: Sequence[str] = ()) -> bool:
    """Whether a button costs money, calls somebody or gives a number, or is one that the tester forbids."""
    low = words.casefold()
    return any(word in low for word in SPENDS) or any(word in words for word in never)


def may_be_pressed(words: str, never: Sequence[str] = ()) -> bool:
    """Whether a button of a window or an advert is pressed whatever its words promise."""
    told = plain(words)
    if not is_caption(words) or spends(words, never) or any(word in told for word in (*_NAMES_ONE, *_TELLING)):
        return False
    return not is_dangerous(words) or claims(words) or cleans(words)
