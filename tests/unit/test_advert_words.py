"""What the caption of a control of an advert means, in both languages, and what only looks like such a caption."""

import pytest

from harness.events import ControlRole
from harness.pages.advert_words import is_mark, is_wall, leads_to_app, loads, maker_of, role_of, saves, seconds_in, source_of, words_about

SAYS = {
    ControlRole.LOAD: ("下载", "立即下载", "免费安装", "点击下载应用", "APP下载", "下载领红包", "下载极速版", "下载并安装", "去下载",
     "一键安装", "立即更新", "Download now", "INSTALL", "Get the app"),
    ControlRole.FAST_LOAD: ("高速下载", "安全下载", "极速安装", "Fast download"),
    ControlRole.OPEN: ("打开", "打开App", "去看看", "查看详情", "了解更多", "立即前往", "进店逛逛", "Open in app", "Learn more"),
    ControlRole.ACT: ("领取", "立即领取", "拆红包", "开始游戏", "继续播放", "立即体验", "看视频领金币", "去提现", "去设置", "Play now",
     "Claim"),
    ControlRole.SKIP: ("跳过", "跳过 5", "5s | 跳过", "3秒后跳过", "跳过视频", "Skip Ad"),
    ControlRole.CLOSE: ("关闭", "×", "✕", "不感兴趣", "不看此广告", "关闭弹窗", "webview-close", "Close"),
    ControlRole.CANCEL: ("取消", "暂不下载", "取消下载", "以后再说", "残忍拒绝", "狠心离开", "再逛逛", "留下", "不用了", "No thanks"),
    ControlRole.CONFIRM: ("确定", "我知道了", "好的", "OK"),
    ControlRole.PAUSE: ("暂停", "暂停 12%", "暂停下载", "Pause"),
    ControlRole.RESUME: ("继续下载", "继续安装", "恢复下载", "Resume"),
    ControlRole.SUBSCRIBE: ("立即开通", "确认协议并支付", "免费试用", "Subscribe"),
    None: ("", "下载管理", "下载中心", "我的下载", "已下载", "下载中", "正在下载", "等待下载", "下载需要约 30MB 流量", "安装教程",
     "自动下载更新", "更新早知道", "首页", "收藏", "63%", "分享", "装机必备", "Downloads", "Installed",
     "不看TA了", "屏蔽作者", "下载" * 40),
}  # fmt: skip


@pytest.mark.parametrize(("role", "text"), [(role, text) for role, texts in SAYS.items() for text in texts])
def test_a_caption_says_what_it_does(role: ControlRole | None, text: str) -> None:
    assert role_of(text) is role


@pytest.mark.parametrize(
    ("text", "own"), [("保存原图", True), ("一键保存到相册", True), ("保存", False), ("下载原图", False), ("保存名片", False)]
)
def test_what_keeps_contents_of_the_apps_own(text: str, own: bool) -> None:
    assert saves(text) is own


@pytest.mark.parametrize(
    "text", ["下载歌曲", "下载 86 Mbps", "下载课件", "下载高清壁纸", "下载PDF", "Download song", "立即更新", "升级新版本", "已下载", "打开"]
)
def test_what_is_the_apps_own_loads_no_other_app(text: str) -> None:
    assert not loads(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("跳过 5", 5), ("5s", 5), ("3秒后跳过", 3), ("广告 8", 8), ("5 | 跳过", 5), ("Skip 4", 4), ("还剩 15 秒可领奖", 15),
        ("关闭(3s)", 3), ("12:30", None), ("首月5元", None), ("2024.5", None), ("跳过", None), ("50% 已完成", None), ("1080p 视频", None),
        ("广告 · 60MB", None), ("用力摇动手机 3 秒以上", None),
    ],
)  # fmt: skip
def test_a_countdown_is_told_by_its_seconds(text: str, seconds: float | None) -> None:
    assert seconds_in(text) == seconds


@pytest.mark.parametrize("text", ["广告", "腾讯广告", "推广", "轻氧旗舰店 · 赞助", "AD", "Sponsored"])
def test_marks_of_adverts(text: str) -> None:
    assert is_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "广告设置说明与个性化推荐管理", "关闭广告", "广场", "Add", "无广告会员", "广告位招租电话", "¥19.9 开通去广告", "会员免广告",
        "二、关于推荐与广告", "广告：我们展示广告维持免费。",
    ],
)  # fmt: skip
def test_what_speaks_of_adverts_marks_none(text: str) -> None:
    assert not is_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "剩余 70% 内容需下载App后查看", "打开App阅读全文", "下载客户端解锁完整内容", "Continue reading in the app", "需下载后继续",
        "剩余内容需安装后查看", "安装后才能查看答案", "下载客户端后可观看完整视频", "下载云端小说极速版后继续阅读",
    ],
)  # fmt: skip
def test_walls(text: str) -> None:
    assert is_wall(text)


@pytest.mark.parametrize(
    "text",
    [
        "开通会员阅读全文", "登录后可下载全文", "展开全文", "打开App体验更佳", "查看全部评论", "年满18岁才能下载", "下载后可离线游玩",
        "下载后可在通勤时收听", "下载本章后可离线继续阅读", "下载关卡包解锁新地图", "附件请下载后查看", "下载完整曲谱",
        "剩余空间 3 GB，安装需 300 MB", "安装客户端后可离线阅读",
    ],
)  # fmt: skip
def test_what_shuts_nothing_or_for_another_reason(text: str) -> None:
    assert not is_wall(text)


ELSEWHERE = ("去应用市场评分", "打开应用设置", "打开菜单", "查看详情", "去逛逛")


@pytest.mark.parametrize("text", ["打开App", "去客户端看", "App内打开", "在APP中查看", "Open in the app", *ELSEWHERE])
def test_a_caption_leads_to_an_app(text: str) -> None:
    assert leads_to_app(text) is (text not in ELSEWHERE)


@pytest.mark.parametrize(
    ("resource_id", "class_name", "text", "name"),
    [
        ("com.example.shop:id/tt_splash_skip_btn", "", "", "穿山甲"),
        ("com.byted.pangle:id/root", "", "", "穿山甲"),
        ("com.example.shop:id/ksad_container", "", "", "快手广告"),
        ("", "com.qq.e.ads.nativ.MediaView", "", "优量汇"),
        ("", "", "腾讯广告", "优量汇"),
        ("com.example.shop:id/hiad_skip_text", "", "", "HMS Ads Kit"),
        ("com.example.shop:id/attach", "android.widget.TextView", "广告", ""),
    ],
)
def test_whose_advert_it_is(resource_id: str, class_name: str, text: str, name: str) -> None:
    assert source_of(resource_id, class_name, text) == name


@pytest.mark.parametrize(
    ("resource_id", "class_name", "text", "by", "sure"),
    [
        ("com.example.shop:id/tt_close", "android.widget.Button", "", "tt_close", False),
        ("com.example.shop:id/tt_close", "com.bytedance.sdk.openadsdk.Splash", "", "com.bytedance.sdk.openadsdk.Splash", True),
        ("com.byted.pangle:id/root", "android.widget.TextView", "", "com.byted.pangle", True),
        ("", "android.widget.TextView", "穿山甲广告", "穿山甲广告", True),
    ],
)
def test_an_id_alone_is_a_hint_of_whose_advert_it_is(resource_id: str, class_name: str, text: str, by: str, *, sure: bool) -> None:
    maker = maker_of(resource_id, class_name, text)
    assert maker is not None
    assert (maker.name, maker.by, maker.sure) == ("穿山甲", by, sure)


def test_an_unknown_view_has_no_maker() -> None:
    assert maker_of("com.example.shop:id/attach", "android.widget.TextView", "广告") is None


def test_a_renewal_is_sold_only_with_a_price() -> None:
    assert words_about("连续包月 ¥19/月，到期自动续费")["renewal"]
    assert not words_about("自动续费服务协议")["renewal"]
    assert words_about("自动续费管理 ¥19")["managed"]
