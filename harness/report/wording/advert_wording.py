"""Adverts that were tried on purpose, and what came to the phone, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import events as ev
from harness.detectors.daily_motions import DAILY
from harness.report.wording.terms import NOTHING, quoted, term

if TYPE_CHECKING:
    from harness.events import Event
    from harness.report.wording.terms import Words

KINDS = {
    "splash": ("开屏广告", "splash advert"),
    "interstitial": ("插屏广告", "interstitial advert"),
    "feed-card": ("信息流广告", "advert in the flow of a list"),
    "banner": ("横幅广告", "banner"),
    "floating": ("悬浮广告", "floating advert"),
    "red-packet": ("红包窗口", "red packet"),
    "incentive-video": ("激励视频", "incentive video"),
    "web-page": ("推广应用的网页", "web page that offers an app"),
    "store-page": ("应用内的下载页", "page inside the app that offers an app"),
    "wall": ("内容遮挡页", "wall before contents"),
    "subscription": ("订阅页", "subscription page"),
    "window": ("窗口", "window"),
}
ACTS = {
    "nothing": ("不做操作，只观察", "leaves alone"),
    "close": ("点击关闭控件", "touches the close control of"),
    "back": ("按返回键", "presses Back on"),
    "picture": ("点击图片或标题", "touches the picture or title of"),
    "beside": ("点击按钮旁的空白处", "touches a gap beside the button of"),
    "outside": ("点击广告以外的页面", "touches the page beside"),
    "button": ("点击按钮", "touches the button of"),
    "swipe": ("滑动", "swipes over"),
    "scroll": ("滚动页面", "scrolls the page past"),
    "pause": ("暂停下载", "pauses what loads by"),
    "resume": ("继续下载", "lets what loads go on by"),
    "kill": ("结束应用", "ends the app after the pause of what loads by"),
    "relaunch": ("重新启动应用", "starts the app again after the pause of what loads by"),
    "network-off": ("断开网络", "cuts the network after the pause of what loads by"),
    "network-on": ("恢复网络", "brings the network back after the pause of what loads by"),
    "motion": ("移动手机", "moves the phone over"),
}
ROLES = {
    "load": ("下载按钮", "download button"),
    "fast-load": ("高速下载按钮", "fast download button"),
    "open": ("打开按钮", "button that leads out"),
    "act": ("其他按钮", "button of other words"),
    "close": ("关闭控件", "close control"),
    "skip": ("跳过", "skip control"),
    "cancel": ("取消按钮", "button that says no"),
    "confirm": ("确认按钮", "button that says yes"),
    "pause": ("暂停按钮", "pause button"),
    "resume": ("继续按钮", "button that goes on"),
    "subscribe": ("订阅按钮", "subscribe button"),
    "tick": ("勾选框", "box to tick"),
    "picture": ("图片", "picture"),
    "title": ("标题", "title"),
    "other": ("非控件区域", "place without a control"),
}
FED = {
    "virtual": ("由虚拟设备输入", "fed by the virtual device"),
    "emulator": ("由模拟器输入", "fed by the emulator"),
    "person": ("由人完成", "made by a person"),
}
WITNESSES = {
    "row": ("下载管理记录", "download row"),
    "file": ("公共目录文件", "file in a public folder"),
    "notification": ("通知", "notification"),
    "bytes": ("应用流量", "traffic of the app"),
    "session": ("安装会话", "install session"),
    "package": ("应用包", "package"),
    "installer": ("安装程序", "installer"),
}
LOADING = {
    "waiting": ("等待中", "waiting"),
    "running": ("进行中", "running"),
    "paused": ("已暂停", "paused"),
    "done": ("已完成", "done"),
    "failed": ("失败", "failed"),
    "gone": ("已不存在", "gone"),
}
INSTALLING = {
    "open": ("已建立", "opened"),
    "committed": ("已提交", "committed"),
    "done": ("已安装", "installed"),
    "failed": ("失败", "failed"),
    "gone": ("已不存在", "gone"),
}
_STILL = {True: ("仍在显示", "it is there still"), False: ("已消失", "it is gone"), None: ("无法看到", "nobody could see it")}
_SWITCH = {True: ("已打开", "on"), False: ("已关闭", "off"), None: ("无法读取", "cannot be read")}


def advert_words(event: Event) -> Words | None:
    """(zh, en) of a fact about adverts or of what came; None for any other fact."""
    return _adverts(event) or _deliveries(event) or _described(event)


def _adverts(event: Event) -> Words | None:
    match event:
        case ev.AdvertSeen():
            (zh, en), (words_zh, words_en) = KINDS[event.advert], quoted(event.words)
            by = _maker(event) if event.sdk else NOTHING
            count = (
                NOTHING if event.countdown is None else (f"，倒计时 {event.countdown:g} 秒", f", counting down from {event.countdown:g} s")
            )
            return f"出现{zh}{by[0]}{count[0]}：{words_zh}", f"{en} shown{by[1]}{count[1]}: {words_en}"
        case ev.AdvertActed():
            return _acted(event)
        case ev.AdvertLeft():
            (zh, en), (slot_zh, slot_en) = _STILL[event.still], quoted(event.slot, 60)
            return f"对广告位{slot_zh}的观察结束：广告{zh}", f"end of the watch of {slot_en}: {en}"
        case ev.AdvertTally():
            zh, en = quoted(event.slot, 60)
            return (
                f"广告位{zh}：{event.tries} 次启动中出现 {event.seen} 次",
                f"place {en}: an advert in {event.seen} of {event.tries} starts",
            )
        case ev.ShakeSwitchSeen():
            (zh, en), (name_zh, name_en) = _SWITCH[event.on], quoted(event.name, 60)
            return f"系统的防摇一摇开关{name_zh}：{zh}", f"the phone's own switch against shaking, {name_en}: {en}"
        case _:
            return None


def _maker(event: ev.AdvertSeen) -> Words:
    """Whose advert it is, with what tells so; an id is a hint, since anybody may name a view like that."""
    (zh, en), (by_zh, by_en) = quoted(event.sdk, 60), quoted(event.sdk_by, 80) if event.sdk_by else NOTHING
    if not event.sdk_sure:
        return f"，疑似来自{zh}（仅依据视图标识{by_zh}）", f", perhaps by {en} (by the view id {by_en} alone)"
    ground_zh, ground_en = (f"（依据{by_zh}）", f" (by {by_en})") if event.sdk_by else NOTHING
    return f"，来自{zh}{ground_zh}", f", by {en}{ground_en}"


def _acted(event: ev.AdvertActed) -> Words:
    (zh, en), (slot_zh, slot_en) = ACTS[event.act], quoted(event.slot, 60)
    if event.act == "motion":
        by_zh, by_en = term(FED, event.fed) if event.fed else ("来源未记录", "by nobody on record")
        if (daily := DAILY.get(event.words)) is not None:
            return (
                f"检测方对广告位{slot_zh}{daily.zh} {event.seconds:g} 秒（{by_zh}）",
                f"tester over {slot_en}: {daily.en} for {event.seconds:g} s ({by_en})",
            )
        how = f"{event.acceleration:g}", f"{event.angle:g}", f"{event.seconds:g}"
        return (
            f"检测方对广告位{slot_zh}移动手机：加速度 {how[0]} 米每二次方秒、转动 {how[1]} 度、{how[2]} 秒（{by_zh}）",
            f"tester moves the phone over {slot_en}: {how[0]} m/s², {how[1]} degrees, {how[2]} s ({by_en})",
        )
    role_zh, role_en = ROLES[event.role]
    words_zh, words_en = quoted(event.words, 60) if event.words else NOTHING
    under = (f"，手指下为{role_zh}{words_zh}", f"; under the finger: {role_en}{' ' * bool(words_en)}{words_en}")
    where = (f"（横 {event.x}、纵 {event.y} 像素）", f" ({event.x} pixels across, {event.y} down)") if event.x or event.y else NOTHING
    touches = bool(where[0] or event.words)
    return (
        f"检测方对广告位{slot_zh}第 {event.number} 次操作：{zh}{under[0] if touches else ''}{where[0]}",
        f"tester {en} {slot_en}, try {event.number}{under[1] if touches else ''}{where[1]}",
    )


def _deliveries(event: Event) -> Words | None:
    match event:
        case ev.DownloadSeen():
            (zh, en), (state_zh, state_en) = WITNESSES[event.witness], LOADING[event.state]
            if event.witness == "bytes":
                size = f"{(event.bytes or 0) / 1e6:.1f}"
                return f"应用接收了 {size} 兆字节", f"the app received {size} million bytes"
            name_zh, name_en = quoted(event.name or event.path or event.uri or event.key)
            size_zh, size_en = _size(event)
            return f"下载{name_zh}（依据{zh}）：{state_zh}{size_zh}", f"download {name_en} by its {en}: {state_en}{size_en}"
        case ev.InstallSeen():
            (zh, en), (state_zh, state_en) = WITNESSES[event.witness], INSTALLING[event.state]
            name_zh, name_en = quoted(event.package or event.key)
            by_zh, by_en = quoted(event.installer) if event.installer else NOTHING
            by = (f"，由{by_zh}安装", f", by {by_en}") if event.installer else NOTHING
            return f"安装{name_zh}（依据{zh}）：{state_zh}{by[0]}", f"install of {name_en} by its {en}: {state_en}{by[1]}"
        case ev.NotificationSeen():
            (title_zh, title_en), (text_zh, text_en) = quoted(event.title), quoted(event.text)
            zh, en = ("通知消失", "notification gone") if event.gone else ("通知", "notification")
            done = (f"，进度 {event.progress} / {event.most}", f", {event.progress} of {event.most}")
            how = NOTHING if event.progress is None or event.most is None else done
            return f"{zh}：{title_zh}{text_zh}{how[0]}", f"{en}: {title_en} {text_en}{how[1]}"
        case ev.StorePageSeen():
            (name_zh, name_en), (package_zh, package_en) = quoted(event.name), quoted(event.package)
            buttons_zh, buttons_en = quoted("、".join(event.buttons)) if event.buttons else NOTHING
            load = (f"，按钮{buttons_zh}", f", with {buttons_en}") if event.buttons else NOTHING
            return f"应用商店{package_zh}显示{name_zh}的页面{load[0]}", f"store {package_en} shows the page of {name_en}{load[1]}"
        case _:
            return None


def _size(event: ev.DownloadSeen) -> Words:
    if event.bytes is None:
        return NOTHING
    if event.total is None:
        return f"，{event.bytes} 字节", f", {event.bytes} bytes"
    return f"，{event.bytes} / {event.total} 字节", f", {event.bytes} of {event.total} bytes"


def _described(event: Event) -> Words | None:
    match event:
        case ev.DeliveryDescribed():
            if not event.package:
                (key_zh, key_en), (why_zh, why_en) = quoted(event.path or event.key), quoted(event.problem)
                why_zh = quoted(event.problem_zh)[0] if event.problem_zh else why_zh
                return f"下载的内容{key_zh}无法读取：{why_zh}", f"what came as {key_en} cannot be read: {why_en}"
            label = next((name for _, name in event.labels), "")
            (name_zh, name_en), (package_zh, package_en) = quoted(label), quoted(event.package)
            version_zh, version_en = quoted(event.version_name) if event.version_name else NOTHING
            version = (f"，版本{version_zh}", f", version {version_en}") if event.version_name else NOTHING
            return f"下载的应用是{name_zh}{package_zh}{version[0]}", f"what came is {name_en} {package_en}{version[1]}"
        case ev.DeliveryUnseen():
            zh, en = WITNESSES[event.witness]
            return f"此手机无法读取{zh}：{event.reason_zh}", f"this phone does not let the {en} be read: {event.reason_en}"
        case ev.DeliveryRemoved():
            (zh, en), (name_zh, name_en) = WITNESSES[event.witness], quoted(event.name or event.key)
            if not (event.problem or event.problem_zh):
                return f"检测方清除了下载内容{name_zh}（{zh}）", f"tester removed what came: {name_en} ({en})"
            why_zh, why_en = quoted(event.problem_zh or event.problem)[0], quoted(event.problem or event.problem_zh)[1]
            return f"下载内容{name_zh}（{zh}）未能清除：{why_zh}", f"what came could not be removed: {name_en} ({en}): {why_en}"
        case _:
            return None
