"""Who started what, and what a phone lets start, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import events as ev
from harness.report.wording.terms import EVIDENCE, NOTHING, PARTS, quoted, span, term
from harness.starts.trigger_names import TRIGGERS

if TYPE_CHECKING:
    from harness.events import Event
    from harness.report.wording.terms import Words

ROLES = {
    "input_method": ("输入法", "keyboard"),
    "accessibility": ("无障碍服务", "accessibility service"),
    "notification_listener": ("通知使用权", "listener to notifications"),
    "vpn": ("VPN", "VPN"),
}
POLICIES = {
    "standby_bucket": ("应用待机分组", "standby bucket"),
    "battery_allowlist": ("电池优化白名单", "battery optimisation allowlist"),
}
VALUES = {
    "exempted": ("豁免", "exempted"),
    "active": ("活跃", "active"),
    "working_set": ("常用", "working set"),
    "frequent": ("较常用", "frequent"),
    "rare": ("少用", "rare"),
    "restricted": ("受限", "restricted"),
    "never": ("从未使用", "never used"),
    "no": ("不在其中", "not on it"),
    "user": ("由用户加入", "put there by the user"),
    "system": ("由系统加入", "put there by the system"),
    "system-excidle": ("由系统加入", "put there by the system"),
    "allow": ("允许", "allowed"),
    "ignore": ("忽略", "ignored"),
    "deny": ("拒绝", "denied"),
    "default": ("默认", "default"),
    "foreground": ("仅前台", "in the foreground only"),
    "ask": ("询问", "ask"),
}
GUARDS = {"android": ("Android", "Android"), "rom": ("手机厂商的系统", "the maker's own guard")}
SWITCH = {True: ("允许", "allowed"), False: ("禁止", "denied"), None: ("无法读取", "cannot be read")}
_WAKING = (0, 2)  # AlarmManager.RTC_WAKEUP, ELAPSED_REALTIME_WAKEUP


def start_words(event: Event) -> Words | None:
    """(zh, en) of a fact about starts; None for any other fact."""
    return _records(event) or _log(event) or _allowed(event)


def _records(event: Event) -> Words | None:
    match event:
        case ev.TriggerSeen():
            zh, en = TRIGGERS[event.trigger]
            action = f" {event.action}" if event.action else ""
            return f"系统记录的触发方式：{zh}{action}", f"trigger on record: {en}{action}"
        case ev.CallerSeen():
            how_zh, how_en = EVIDENCE[event.evidence]
            started = event.component or event.package
            return (
                f"系统记录的调用方：{event.caller} 调用 {started}（依据：{how_zh}）",
                f"caller on record: {event.caller} asked for {started} ({how_en})",
            )
        case ev.ServiceSeen():
            return f"正在运行的服务 {event.component}", f"running service: {event.component}"
        case _:
            return None


def _log(event: Event) -> Words | None:
    match event:
        case ev.ServiceCreated():
            return f"服务创建 {event.service}（进程号 {event.pid}）", f"service created: {event.service} (process {event.pid})"
        case ev.ServiceStarted():
            zh, en = ("前台服务", "foreground service") if event.foreground else ("服务", "service")
            by_zh, by_en = _by(event.caller, event.caller_uid)
            part = f" {event.component}" if event.component else ""
            return f"{zh}启动{part}{by_zh}", f"{en} started{':' if part else ''}{part}{by_en}"
        case ev.ServiceRestartScheduled():
            zh, en = span(event.delay_ms / 1000)
            return f"系统将在 {zh}后重启服务 {event.component}", f"Android will restart the service {event.component} in {en}"
        case ev.StartRefused():
            (zh, en), (guard_zh, guard_en) = term(PARTS, event.what), term(GUARDS, event.by)
            by_zh, by_en = _by(event.caller, event.caller_uid)
            name = event.component or event.package or event.action
            what = f" {name}" if name else ""
            return f"{zh}启动被拦截{what}{by_zh}，拦截方：{guard_zh}", f"start of {en} refused by {guard_en}:{what or ' not named'}{by_en}"
        case ev.BroadcastSent():
            by_zh, by_en = _by(event.caller or event.process, event.uid)
            return f"发送广播 {event.action}{by_zh}", f"broadcast sent: {event.action}{by_en}"
        case ev.AlarmFired():
            tag_zh, tag_en = quoted(event.tag or "")
            tag = (f"，标签{tag_zh}", f", its tag {tag_en}") if event.tag else NOTHING
            woken = ("并唤醒手机", " and woke the phone") if event.alarm_type in _WAKING else NOTHING
            return f"{event.package} 的定时器到时{woken[0]}{tag[0]}", f"an alarm of {event.package} went off{woken[1]}{tag[1]}"
        case ev.PackageAdded():
            return f"新增应用 {event.package}", f"package added: {event.package}"
        case _:
            return None


def _by(caller: str | None, uid: int | None) -> Words:
    """Who asked, as far as the line names them."""
    name = caller or (f"UID {uid}" if uid is not None else "")
    return (f"，由 {name} 发起", f", asked for by {name}") if name else NOTHING


def policy_name(what: str) -> Words:
    """What a policy is about; an app op is known by its name in Android only."""
    return POLICIES.get(what, (what, what))


def policy_value(value: str) -> Words:
    """What the phone answers about it: one word, or several with commas."""
    values = [term(VALUES, word) for word in value.split(", ")]
    return "、".join(zh for zh, _ in values), ", ".join(en for _, en in values)


def _allowed(event: Event) -> Words | None:
    match event:
        case ev.AutostartSeen():
            zh, en = SWITCH[event.allowed]
            silent = ("，拦截时不写日志", "; it refuses without a line in the log") if event.silent else NOTHING
            return f"系统自启动开关：{zh}{silent[0]}", f"autostart switch of the ROM: {en}{silent[1]}"
        case ev.StartPolicySeen():
            (zh, en), (value_zh, value_en) = policy_name(event.what), policy_value(event.value)
            return f"系统的后台策略，{zh}：{value_zh}", f"background policy, {en}: {value_en}"
        case ev.StartPageSeen():
            zh, en = quoted(event.page)
            return f"自启动或电池设置页 {zh}", f"page of the start or battery settings {en}"
        case ev.RoleSeen():
            zh, en = term(ROLES, event.role)
            return (
                f"用户指定的角色，{zh}：{event.component or event.package}",
                f"role the user gave, {en}: {event.component or event.package}",
            )
        case _:
            return None
