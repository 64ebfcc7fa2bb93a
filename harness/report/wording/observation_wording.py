"""What was seen on the screen or read from the system, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import events as ev
from harness.events import Source
from harness.report.wording.terms import DIALOGS, NOTHING, because, listed, one_line, quoted, span

if TYPE_CHECKING:
    from harness.events import Event
    from harness.report.wording.terms import Words

FLAGS = {
    "USER_SET": ("用户已作选择", "the user chose"),
    "USER_FIXED": ("不再询问", "not to be asked again"),
    "ONE_TIME": ("仅此一次", "for one time"),
    "REVIEW_REQUIRED": ("待用户复核", "to be reviewed by the user"),
    "GRANTED_BY_DEFAULT": ("系统默认授予", "granted by default"),
    "SYSTEM_FIXED": ("系统固定", "fixed by the system"),
    "POLICY_FIXED": ("策略固定", "fixed by a policy"),
    "AUTO_REVOKED": ("系统自动收回", "taken back by the system"),
    "REVOKED_COMPAT": ("以兼容方式收回", "taken back in the way of old apps"),
}
"""What the flags of a permission mean that tell of an answer; the others say nothing to a reader and are left out."""
_FILMS = {
    ev.FilmHow.MP4: NOTHING,
    ev.FilmHow.H264: ("（时间以到达为准）", ", timed as they came"),
    ev.FilmHow.PICTURES: ("（连续截屏）", ", screenshots one after the other"),
}
SHOTS = {
    "after-denial": ("拒绝后", "after a refusal"),
    "app-left": ("应用离开前台后", "after the app had left"),
    "end-of-watch": ("观察结束时", "at the end of the watch"),
    "end-of-control": ("对照运行结束时", "at the end of a control run"),
    "outside": ("离开应用后", "outside the app"),
    "stuck": ("弹窗无法关闭时", "when the prompt could not be closed"),
    "start-policy": ("系统自启动设置页", "on the page of the start settings"),
}
_TICKS = {True: ("已勾选", "ticked"), False: ("未勾选", "not ticked"), None: ("无法读取", "cannot be read")}


def reading_words(event: Event) -> Words | None:
    """(zh, en) of a fact from the screen or a dump; None for any other fact."""
    return _dialogs(event) or _pages(event) or _dumps(event)


def _dialogs(event: Event) -> Words | None:
    match event:
        case ev.DialogShown():
            (zh, en), (text_zh, text_en) = DIALOGS[event.dialog], quoted(event.text)
            if event.source is Source.PIXELS:  # no second witness: the tree says nothing there
                zh, en = f"{zh}（应用自绘，由画面文字识别）", f"{en} (painted by the app, read from the pixels)"
            return f"出现{zh}：{text_zh}", f"{en} shown: {text_en}"
        case ev.DialogGone():
            zh, en = DIALOGS[event.dialog]
            return f"{zh}消失", f"{en} gone"
        case ev.PopupSeen():
            alpha = "" if event.alpha is None else f"，遮罩透明度 {event.alpha:.2f}"
            alpha_en = "" if event.alpha is None else f", its scrim {event.alpha:.2f} opaque"
            return f"画面中识别到弹窗{alpha}", f"pop-up seen in the pixels{alpha_en}"
        case ev.PermissionResult():
            return (
                f"权限控制器答复 {event.permission}：结果 {event.result}",
                f"permission controller answered {event.permission}: result {event.result}",
            )
        case ev.ConsentShown():
            return _consent(event)
        case _:
            return None


def _consent(event: ev.ConsentShown) -> Words:
    (zh, en), names = quoted(event.text), [quoted(text) for _, text in event.buttons]
    buttons_zh, buttons_en = "、".join(name for name, _ in names) or "无", ", ".join(name for _, name in names) or "none"
    zh, en = f"征得同意的提示：{zh}；按钮：{buttons_zh}", f"asked for consent: {en}; buttons: {buttons_en}"
    for text, ticked in event.ticks:
        (text_zh, text_en), (state_zh, state_en) = quoted(text, 60), _TICKS[ticked]
        zh, en = f"{zh}；选项{text_zh}{state_zh}", f"{en}; {text_en} {state_en}"
    return zh, en


def _pages(event: Event) -> Words | None:
    match event:
        case ev.ToastShown():
            zh, en = quoted(event.text)
            return f"短暂提示（Toast）：{zh}", f"toast: {en}"
        case ev.ScreenSeen():
            (title_zh, title_en), (text_zh, text_en) = quoted(event.title), quoted(event.text)
            return f"画面{title_zh}：{text_zh}", f"page {title_en}: {text_en}"
        case ev.TextSeen():
            zh, en = quoted(event.text)
            return f"由画面识别的文字：{zh}", f"text read from the picture: {en}"
        case ev.ScreenshotTaken():
            zh, en = SHOTS.get(event.why, NOTHING)
            shift_zh, shift_en = span(event.shift)
            moved = (f"，系统时间比真实时间快 {shift_zh}", f"; the wall clock is {shift_en} ahead") if event.shift else NOTHING
            return f"截取画面（{zh}）{moved[0]}" if zh else f"截取画面{moved[0]}", f"picture taken {en}".rstrip() + moved[1]
        case ev.FilmTaken():
            return _film(event)
        case ev.FilmMoment():
            shown_zh, shown_en = span(event.until.seconds_since(event.at))
            zh, en = ("录像中的画面再次出现", "seen again in the film") if event.again else ("录像中出现的画面", "came up in the film")
            return f"{zh}，持续 {shown_zh}", f"{en}, up for {shown_en}"
        case ev.PolicySeen():
            zh, en = quoted(event.text)
            return f"隐私政策：{zh}", f"privacy policy: {en}"
        case ev.WindowSeen():
            clear = ("，透明且没有内容", ", translucent and without content") if event.translucent and event.empty else NOTHING
            return (
                f"页面 {event.component} 的窗口，宽 {event.width} 像素，高 {event.height} 像素{clear[0]}",
                f"window of {event.component}, {event.width} by {event.height} pixels{clear[1]}",
            )
        case _:
            return None


def _film(event: ev.FilmTaken) -> Words:
    if event.how is ev.FilmHow.NONE:
        why_zh, why_en = because(event.note, event.note_zh)
        return f"未能录制画面{why_zh}", f"the screen was not filmed{why_en}"
    (zh, en), (long_zh, long_en) = _FILMS[event.how], span(event.end.seconds_since(event.begin))
    note = (f"；{one_line(event.note_zh) or quoted(event.note)[0]}", f"; note: {quoted(event.note)[1]}") if event.note else NOTHING
    return (
        f"录制画面 {long_zh}，共 {event.frames} 帧{zh}{note[0]}",
        f"the screen was filmed for {long_en}, {event.frames} pictures{en}{note[1]}",
    )


def _dumps(event: Event) -> Words | None:
    match event:
        case ev.FocusSeen():
            if event.component is None and event.package is None:
                return "系统状态：没有页面处于前台", "state of the system: no activity in front"
            name = event.component or event.package
            return f"系统状态：前台页面为 {name}", f"state of the system: {name} in front"
        case ev.ProcessesSeen():
            zh, _ = listed(f"{process}（进程号 {pid}）" for pid, process in event.processes)
            _, en = listed(f"{process} (number {pid})" for pid, process in event.processes)
            return f"{event.package} 存活的进程：{zh}", f"living processes of {event.package}: {en}"
        case ev.PermissionFlagsRead():
            state = ("已授予", "granted") if event.granted else ("未授予", "not granted")
            told = [FLAGS[flag] for flag in event.flags if flag in FLAGS]
            zh = "、".join((state[0], *(flag for flag, _ in told)))
            en = ", ".join((state[1], *(flag for _, flag in told)))
            return f"权限 {event.permission} 的状态：{zh}", f"state of {event.permission}: {en}"
        case ev.ComponentsSeen():
            (on_zh, on_en), (off_zh, off_en) = listed(event.enabled), listed(event.disabled)
            return (
                f"{event.package} 运行时启用的组件：{on_zh}；停用的组件：{off_zh}",
                f"components that {event.package} switched on at run time: {on_en}; off: {off_en}",
            )
        case ev.PackagesSeen():
            system = sum(with_system for _, _, with_system in event.packages)
            return (
                f"手机上有 {len(event.packages)} 个应用，其中 {system} 个为系统自带",
                f"{len(event.packages)} packages on the phone, {system} of them came with the system",
            )
        case ev.SignerSeen():
            zh, en = quoted(event.digest)
            return f"{event.package} 的签名证书摘要：{zh}", f"certificate of {event.package}: {en}"
        case _:
            return None
