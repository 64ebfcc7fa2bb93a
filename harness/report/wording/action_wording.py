"""What the tester did, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import events as ev
from harness.events.permission_groups import group_name
from harness.report.wording.terms import DIALOGS, NOTHING, quoted, span, term
from harness.starts.trigger_names import TRIGGERS

if TYPE_CHECKING:
    from harness.events import Event
    from harness.report.wording.terms import Words

PURPOSES = {
    "deny": ("拒绝权限", "to refuse a permission"),
    "allow": ("允许权限", "to allow a permission"),
    "close": ("关闭弹窗", "to close a dialog"),
    "explanation": ("继续应用自己的权限说明", "to go on from the app's own explanation"),
    "consent-accept": ("同意隐私政策", "to agree to the privacy policy"),
    "consent-refuse": ("拒绝隐私政策", "to refuse the privacy policy"),
    "consent-tick": ("勾选同意", "to tick the consent"),
    "function": ("使用功能", "to use a function"),
    "touch": ("查看页面是否响应", "to see whether the page answers"),
    "fill": ("填写输入框", "to fill in a field"),
    "advert": ("检验广告", "to try an advert"),
    "interruption": ("关闭广告或引导", "to get past an advert or a guide"),
    "policy": ("阅读隐私政策", "to read the privacy policy"),
    "clear-all": ("清除最近任务", "to clear the recent tasks"),
    "walk": ("浏览页面", "to walk through the app"),
    "find-function": ("寻找功能所在的页面", "to find the page with the function"),
    "keyboard": ("收起键盘", "to put the keyboard away"),
    "after-keyboard": ("收起键盘后返回", "to go back once the keyboard was away"),
    "leave": ("离开应用", "to leave the app"),
    "left-open": ("关闭应用遗留的系统页面", "to close what the app left open of the system's"),
    "person": ("人工操作", "by the person at the phone"),
    "unknown": ("未记录", "for a reason not on record"),
}
STOPS = {
    "force-stop": ("强行停止", "by a force-stop"),
    "clear": ("清除数据", "by clearing its data"),
    "reinstall": ("重新安装", "by installing it anew"),
    "home": ("返回桌面", "by going to the home screen"),
    "kill": ("模拟系统回收后台进程", "as Android ends a process in the background"),
    "swipe": ("从最近任务中划掉", "by a swipe in the recent tasks"),
    "clear-all": ("清除全部最近任务", "by clearing the recent tasks"),
    "unknown": ("方式未记录", "in a way not on record"),
}
KEYS = {
    "home": ("主页键", "the home key"),
    "back": ("返回键", "the back key"),
    "recent": ("最近任务键", "the key of the recent tasks"),
    "menu": ("菜单键", "the menu key"),
    "power": ("电源键", "the power key"),
    "volume_down": ("音量减键", "the key for less volume"),
    "volume_up": ("音量加键", "the key for more volume"),
    "enter": ("回车键", "the enter key"),
}
NEIGHBOUR = {
    "beside": ("在同一时段接受检测", "is checked at the same time"),
    "opened": ("由检测方打开", "was opened by the tester"),
    "left": ("由检测方离开", "was left by the tester"),
    "ended": ("由检测方结束", "was ended by the tester"),
}
INTERRUPTIONS = {
    "advert": ("广告", "an advert"),
    "guide": ("引导", "a guide"),
    "teenager": ("青少年模式提示", "an offer of a mode for teenagers"),
    "rating": ("评分请求", "a request for a rating"),
    "coupon": ("优惠券", "a coupon"),
    "paywall": ("付费提示", "an offer to pay"),
    "notification": ("通知引导", "a guide to notifications"),
    "update": ("更新提示", "an offer to update"),
    "forced-update": ("强制更新提示", "an update that cannot be refused"),
    "notice": ("公告", "a notice"),
    "other": ("其他提示", "another offer"),
}
_PROOFS = {"flags": ("权限标志已变化", "its flags changed"), "gone": ("弹窗已消失", "the dialog is gone")}


def act_words(event: Event) -> Words | None:
    """(zh, en) of an act of the tester; None for any other fact."""
    return _answers(event) or _touches(event) or _runs(event)


def _answers(event: Event) -> Words | None:
    match event:
        case ev.PermissionDenied():
            zh, en = _group(event.permission_group)
            proof_zh, proof_en = _PROOFS.get(event.proof, ("未能证明", "unproved"))
            again = ("，并不再询问", " for good") if event.again else NOTHING
            button_zh, button_en = quoted(event.button)
            return (
                f"检测方点按{button_zh}，拒绝{zh}权限{again[0]}（{proof_zh}）",
                f"tester pressed {button_en}: {en} permission refused{again[1]} ({proof_en})",
            )
        case ev.PermissionGranted():
            zh, en = _group(event.permission_group)
            button_zh, button_en = quoted(event.button)
            return f"检测方点按{button_zh}，允许{zh}权限", f"tester pressed {button_en}: {en} permission allowed"
        case ev.DialogClosed():
            zh, en = DIALOGS[event.dialog]
            button_zh, button_en = quoted(event.button)
            return f"检测方点按{button_zh}关闭{zh}", f"tester closed {en} by {button_en}"
        case ev.InterruptionClosed():
            (zh, en), (button_zh, button_en), (text_zh, text_en) = (
                term(INTERRUPTIONS, event.interruption),
                quoted(event.button),
                quoted(event.text),
            )
            return f"检测方点按{button_zh}关闭{zh}：{text_zh}", f"tester closed {en} by {button_en}: {text_en}"
        case ev.ModalStuck():
            zh, en = quoted(event.text)
            return f"弹窗无法关闭：{zh}", f"prompt cannot be closed: {en}"
        case ev.ConsentGiven():
            zh, en = quoted(event.button)
            return f"检测方点按{zh}，同意隐私政策", f"tester agreed to the policy by {en}"
        case ev.ConsentRefused():
            zh, en = quoted(event.button)
            return f"检测方点按{zh}，拒绝隐私政策", f"tester refused the policy by {en}"
        case _:
            return None


def _touches(event: Event) -> Words | None:
    match event:
        case ev.Tapped():
            zh, en = term(PURPOSES, event.purpose)
            text_zh, text_en = quoted(event.text) if event.text else NOTHING
            return (
                f"检测方点按屏幕{text_zh}（横 {event.x}、纵 {event.y} 像素），目的：{zh}",
                f"tester touched {text_en or 'the screen'} ({event.x} pixels across, {event.y} down) {en}",
            )
        case ev.Swiped():
            zh, en = term(PURPOSES, event.purpose)
            return (
                f"检测方滑动屏幕，从横 {event.x}、纵 {event.y} 像素到横 {event.to_x}、纵 {event.to_y} 像素，目的：{zh}",
                f"tester swiped from {event.x} pixels across and {event.y} down to {event.to_x} across and {event.to_y} down {en}",
            )
        case ev.FieldFilled():
            (field_zh, field_en), (text_zh, text_en) = quoted(event.field), quoted(event.text)
            return f"检测方在输入框{field_zh}中填入测试数据{text_zh}", f"tester filled the field {field_en} with test data: {text_en}"
        case ev.KeyPressed():
            zh, en = term(KEYS, event.key)
            return f"检测方按下{zh}", f"tester pressed {en}"
        case ev.FunctionUsed():
            zh, en = quoted(event.text)
            groups_zh = "、".join(group_name(group, "zh") for group in event.promises)
            groups_en = ", ".join(group_name(group, "en") for group in event.promises)
            if groups_zh:
                return (
                    f"检测方使用功能{zh}（从文字看需要权限：{groups_zh}）",
                    f"tester used the function {en} (its words promise a use of {groups_en})",
                )
            return f"检测方使用功能{zh}", f"tester used the function {en}"
        case _:
            return None


def _runs(event: Event) -> Words | None:
    match event:
        case ev.AppLaunched():
            how_zh, how_en = ("冷启动", "from cold") if event.cold else ("再次打开", "again")
            return f"检测方启动应用 {event.component}（{how_zh}）", f"tester started {event.component} {how_en}"
        case ev.AppStopped():
            zh, en = term(STOPS, event.how)
            return f"检测方结束应用（{zh}）", f"tester ended the app {en}"
        case ev.ClockShifted():
            if not event.seconds:
                return "检测方将系统时间移回", "tester put the wall clock back"
            zh, en = span(event.seconds)
            return f"检测方将系统时间前移 {zh}", f"tester moved the wall clock {en} ahead"
        case ev.TriggerFired():
            zh, en = TRIGGERS[event.trigger]
            return f"检测方触发：{zh}", f"tester set off: {en}"
        case ev.ControlStarted():
            zh, en = ("允许", "allow") if event.answer == "allow" else ("不作答", "no answer")
            group_zh, group_en = _group(event.permission_group)
            return (
                f"对照运行开始：对{group_zh}权限的弹窗改为{zh}",
                f"control run begins: the dialog about {group_en} permission, now with {en}",
            )
        case ev.PhoneRebooted():
            return "检测方重启了手机", "tester rebooted the phone"
        case ev.NeighbourSeen():
            (name_zh, name_en), (zh, en) = quoted(event.package), NEIGHBOUR[event.what]
            return f"同机检测的应用{name_zh}{zh}", f"the app {name_en}, checked on the same phone, {en}"
        case ev.CommandRun():
            failed = event.code not in (0, None)
            how = (f"（失败，退出码 {event.code}）", f" (failed, exit status {event.code})") if failed else NOTHING
            zh, en = quoted(event.command)
            return f"检测方执行命令{zh}{how[0]}", f"tester ran the command {en}{how[1]}"
        case ev.NotTried():
            zh, en = quoted(event.rule)
            return f"规则{zh}所需的操作未进行：{event.reason_zh}", f"what the rule {en} needs was not tried: {event.reason_en}"
        case _:
            return None


def _group(group: str | None) -> Words:
    return group_name(group, "zh"), group_name(group, "en")
