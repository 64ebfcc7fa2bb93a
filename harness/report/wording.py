"""Facts in words, Chinese and English: one sentence for each kind of event that evidence can hold."""

from __future__ import annotations

from harness import events as ev
from harness.events import DialogKind, Event, Evidence, Source
from harness.events.permission_groups import group_name
from harness.starts.names import TRIGGERS

EXIT_REASONS = {
    1: ("主动退出 EXIT_SELF", "EXIT_SELF"),
    2: ("信号终止 SIGNALED", "SIGNALED"),
    3: ("内存不足 LOW_MEMORY", "LOW_MEMORY"),
    4: ("崩溃 CRASH", "CRASH"),
    5: ("本地崩溃 CRASH_NATIVE", "CRASH_NATIVE"),
    6: ("无响应 ANR", "ANR"),
    8: ("权限变更 PERMISSION_CHANGE", "PERMISSION_CHANGE"),
    10: ("用户请求 USER_REQUESTED", "USER_REQUESTED"),
}
EVIDENCE = {
    Evidence.ROM_LINE: "日志 caller=",
    Evidence.START_LINE: "START",
    Evidence.ACTIVITY_RECORD: "ActivityRecord",
    Evidence.SERVICE_RECORD: "ServiceRecord",
    Evidence.BROADCAST_RECORD: "BroadcastRecord",
    Evidence.ASSOCIATION: "associations",
    Evidence.PROVIDER_CONNECTION: "ContentProviderConnection",
    Evidence.OWNER: "job/alarm",
    Evidence.START_RECORD: "start-info",
}
_DIALOGS = {
    DialogKind.PERMISSION: ("系统权限弹窗", "system permission dialog"),
    DialogKind.RATIONALE: ("应用自制的权限弹窗", "the app's own permission prompt"),
    DialogKind.SETTINGS_GUIDE: ("应用引导前往设置的弹窗", "the app's own guide to the settings"),
    DialogKind.CONSENT: ("隐私政策弹窗", "privacy consent"),
    DialogKind.OTHER: ("其他弹窗", "another dialog"),
}


def words(event: Event) -> tuple[str, str]:
    """(zh, en) of a fact; a kind without a sentence of its own is shown by its name and fields."""
    said = _acts(event) or _dialogs(event) or _pages(event) or _processes(event) or _activities(event) or _starts(event)
    if said:
        return said
    details = ", ".join(f"{key}={value}" for key, value in event.details().items())
    return f"{event.kind}: {details}", f"{event.kind}: {details}"


def _group(event: Event) -> tuple[str, str]:
    group = getattr(event, "permission_group", None)
    return group_name(group, "zh"), group_name(group, "en")


def _acts(event: Event) -> tuple[str, str] | None:
    match event:
        case ev.PermissionDenied():
            zh, en = _group(event)
            proof = {"flags": ("权限标志已变化", "flags changed"), "gone": ("弹窗已消失", "dialog gone")}
            proof_zh, proof_en = proof.get(event.proof, ("未能证明", "unproved"))
            return (
                f"检测方点按“{event.button}”,拒绝{zh}权限({proof_zh})",
                f"tester pressed '{event.button}': {en} refused ({proof_en})",
            )
        case ev.DialogClosed():
            zh, en = _DIALOGS[event.dialog]
            return f"检测方点按“{event.button}”关闭{zh}", f"tester closed {en} by '{event.button}'"
        case ev.AppLaunched():
            return f"检测方启动应用 {event.component}", f"tester started {event.component}"
        case ev.AppStopped():
            return f"检测方结束应用({event.how})", f"tester ended the app ({event.how})"
        case ev.PhoneRebooted():
            return "检测方重启了设备", "tester rebooted the phone"
        case ev.CommandRun():
            failed = event.code not in (0, None)
            zh, en = (f"(失败,退出码 {event.code})", f" (failed, exit code {event.code})") if failed else ("", "")
            return f"检测方执行命令 {event.command[:200]}{zh}", f"tester ran {event.command[:200]}{en}"
        case ev.ClockShifted():
            hours = event.seconds / 3600
            if not event.seconds:
                return "检测方将系统时间移回", "tester put the wall clock back"
            return f"检测方将系统时间前移 {hours:.1f} 小时", f"tester moved the wall clock {hours:.1f} h ahead"
        case ev.FunctionUsed():
            return f"检测方使用功能“{event.text}”", f"tester used the function '{event.text}'"
        case ev.PermissionGranted():
            zh, en = group_name(event.permission_group, "zh"), group_name(event.permission_group, "en")
            return f"对照:检测方点按“{event.button}”,允许{zh}权限", f"control: tester pressed '{event.button}': {en} allowed"
        case ev.ControlStarted():
            zh, en = ("允许", "allow") if event.answer == "allow" else ("不作答", "no answer")
            return f"对照运行开始({zh})", f"control run begins ({en})"
        case _:
            return None


def _dialogs(event: Event) -> tuple[str, str] | None:
    match event:
        case ev.DialogShown():
            zh, en = _DIALOGS[event.dialog]
            if event.source is Source.PIXELS:  # no second witness: the tree says nothing there
                zh, en = f"{zh}(应用自绘,由画面文字识别)", f"{en} (painted by the app, read from the pixels)"
            return f"出现{zh}:{event.text}", f"{en} shown: {event.text}"
        case ev.PopupSeen():
            alpha = "" if event.alpha is None else f",遮罩透明度 {event.alpha:.2f}"
            alpha_en = "" if event.alpha is None else f", scrim alpha {event.alpha:.2f}"
            return f"画面中识别到弹窗{alpha}", f"pop-up seen in the pixels{alpha_en}"
        case ev.ModalStuck():
            return f"弹窗无法关闭:{event.text}", f"prompt cannot be closed: {event.text}"
        case ev.PermissionResult():
            return (
                f"权限控制器答复 {event.permission}:结果 {event.result}",
                f"permission controller answered {event.permission}: result {event.result}",
            )
        case _:
            return None


def _pages(event: Event) -> tuple[str, str] | None:
    match event:
        case ev.ConsentShown():
            buttons = "、".join(f"“{text}”" for _, text in event.buttons) or "–"
            states = {True: ("已勾选", "ticked"), False: ("未勾选", "not ticked"), None: ("无法读取", "cannot be read")}
            zh = f"征得同意的提示:{event.text[:200]};按钮 {buttons}"
            en = f"asked for consent: {event.text[:200]}; buttons {buttons}"
            for text, ticked in event.ticks:
                zh, en = f"{zh};“{text[:60]}”{states[ticked][0]}", f"{en}; '{text[:60]}' {states[ticked][1]}"
            return zh, en
        case ev.ConsentGiven():
            return f"检测方点按“{event.button}”同意隐私政策", f"tester agreed to the policy by '{event.button}'"
        case ev.ConsentRefused():
            return f"检测方点按“{event.button}”拒绝隐私政策", f"tester refused the policy by '{event.button}'"
        case ev.ToastShown():
            return f"短暂提示(Toast):{event.text[:200]}", f"toast: {event.text[:200]}"
        case ev.ScreenSeen():
            first = event.text[:200].replace("\n", " / ")
            return f"画面“{event.title}”:{first}", f"page '{event.title}': {first}"
        case _:
            return None


def _processes(event: Event) -> tuple[str, str] | None:
    match event:
        case ev.ProcessStarted():
            what = f"{event.process} (pid {event.pid}, {event.hosting_type} {event.component or ''})"
            return f"进程启动 {what}", f"process started {what}"
        case ev.ProcessDied():
            return f"进程消失 {event.process} (pid {event.pid})", f"process gone {event.process} (pid {event.pid})"
        case ev.ProcessKilled():
            return (
                f"系统终止进程 {event.process}:{event.reason}",
                f"system killed {event.process}: {event.reason}",
            )
        case ev.ProcessExited():
            how = f"signal {event.signal}" if event.signal is not None else f"status {event.status}"
            return f"进程 {event.pid} 退出({how})", f"process {event.pid} exited ({how})"
        case ev.RuntimeExited():
            return f"应用调用 System.exit({event.status})", f"the app called System.exit({event.status})"
        case ev.LowMemoryKilled():
            return f"系统因内存不足终止 {event.process}", f"low memory: system killed {event.process}"
        case ev.Crashed():
            return f"崩溃 {event.exception}:{event.message}", f"crash {event.exception}: {event.message}"
        case ev.Anr():
            return f"无响应:{event.reason}", f"not responding: {event.reason}"
        case ev.ExitRecorded():
            zh, en = EXIT_REASONS.get(event.reason, (str(event.reason), str(event.reason)))
            return f"系统退出记录 pid {event.pid}:{zh}", f"exit record of pid {event.pid}: {en}"
        case _:
            return None


def _activities(event: Event) -> tuple[str, str] | None:
    match event:
        case ev.ActivityCreated():
            return f"页面创建 {event.component}", f"activity created {event.component}"
        case ev.ActivityResumed():
            return f"页面来到前台 {event.component}", f"activity in front {event.component}"
        case ev.ActivityFinished():
            return f"页面结束 {event.component}({event.reason})", f"activity finished {event.component} ({event.reason})"
        case ev.TaskMovedToBack():
            return f"任务 {event.task} 退到后台", f"task {event.task} moved to the back"
        case ev.ActivityStarted():
            return f"请求启动页面 {event.component or event.action}", f"start of {event.component or event.action}"
        case _:
            return None


def _starts(event: Event) -> tuple[str, str] | None:
    match event:
        case ev.TriggerFired():
            zh, en = TRIGGERS[event.trigger]
            return f"检测方触发:{zh}", f"tester set off: {en}"
        case ev.TriggerSeen():
            zh, en = TRIGGERS[event.trigger]
            action = f" {event.action}" if event.action else ""
            return f"系统记录的触发方式:{zh}{action}", f"trigger on record: {en}{action}"
        case ev.CallerSeen():
            how = EVIDENCE[event.evidence]
            what = f"{event.component or event.package} <- {event.caller} ({how})"
            return f"系统记录的调用方:{what}", f"caller on record: {what}"
        case ev.ServiceSeen():
            return f"正在运行的服务 {event.component}", f"running service {event.component}"
        case ev.ServiceRestartScheduled():
            return f"系统将重启服务 {event.component}", f"Android will restart the service {event.component}"
        case ev.StartRefused():
            what = f"{event.component or event.package or event.action} ({event.by})"
            return f"启动被拦截 {what}", f"start refused {what}"
        case ev.WindowSeen():
            size = f"{event.width}x{event.height}"
            return f"窗口 {event.component},大小 {size}", f"window of {event.component}, {size}"
        case ev.AutostartSeen():
            state = {True: ("允许", "allowed"), False: ("禁止", "denied"), None: ("无法读取", "cannot be read")}[event.allowed]
            return f"系统自启动开关:{state[0]}", f"autostart switch of the ROM: {state[1]}"
        case ev.StartPolicySeen():
            return f"系统的后台策略 {event.what}:{event.value}", f"background policy {event.what}: {event.value}"
        case ev.StartPageSeen():
            return f"自启动或电池设置页 {event.page}", f"page of the start or battery settings {event.page}"
        case ev.RoleSeen():
            return f"用户指定的角色 {event.role}:{event.package}", f"role the user gave: {event.role} {event.package}"
        case ev.PolicySeen():
            return f"隐私政策:{event.text[:200]}", f"privacy policy: {event.text[:200]}"
        case _:
            return None
