"""What the rules of clause 7 share in judging acts on adverts: k of n, witnesses, what was not seen, and the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.advert_loads import SEEN_WORDS, Content, Seen
from harness.detectors.advert_trials import charge_of_load, charge_of_opening, trials
from harness.detectors.daily_motions import DAILY
from harness.detectors.request_context import in_order, missing_streams
from harness.events import AdvertAct, AdvertKind, DeliveryUnseen, Witness
from harness.events.findings import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from harness.detectors.advert_loads import Load
    from harness.detectors.advert_openings import Opening
    from harness.detectors.advert_trials import Trial
    from harness.events import Event
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule

KIND_WORDS = {
    AdvertKind.SPLASH: ("开屏广告", "the splash advert"),
    AdvertKind.INTERSTITIAL: ("插屏广告", "the interstitial"),
    AdvertKind.FEED_CARD: ("信息流广告", "the advert in the feed"),
    AdvertKind.BANNER: ("横幅广告", "the banner"),
    AdvertKind.FLOATING: ("悬浮广告", "the floating advert"),
    AdvertKind.RED_PACKET: ("红包窗口", "the red packet"),
    AdvertKind.INCENTIVE_VIDEO: ("激励视频", "the incentive video"),
    AdvertKind.WEB_PAGE: ("网页", "the web page"),
    AdvertKind.STORE_PAGE: ("应用下载页", "the page that offers an app"),
    AdvertKind.WALL: ("内容遮挡页", "the wall before the contents"),
    AdvertKind.SUBSCRIPTION: ("订阅页", "the subscription page"),
    AdvertKind.WINDOW: ("窗口", "the window"),
}
_ON_PAGE = "页面上的控件", "a control of the page"
_ACT_WORDS = {
    AdvertAct.NOTHING: ("未做任何操作", "left alone"),
    AdvertAct.CLOSE: ("点击关闭控件", "its close control was touched"),
    AdvertAct.BACK: ("按返回键", "Back was pressed"),
    AdvertAct.PICTURE: ("点击图片或标题", "its picture or title was touched"),
    AdvertAct.BESIDE: ("点击按钮旁的空白处", "a gap beside its button was touched"),
    AdvertAct.OUTSIDE: ("点击广告以外的页面", "the page beside it was touched"),
    AdvertAct.BUTTON: ("点击按钮", "its button was touched"),
    AdvertAct.SWIPE: ("在其上滑动", "a finger was swiped over it"),
    AdvertAct.SCROLL: ("滚动页面", "the page was scrolled"),
    AdvertAct.MOTION: ("移动手机", "the phone was moved"),
}
_WAYS = ((Witness.ROW, Witness.FILE, Witness.NOTIFICATION), (Witness.SESSION, Witness.PACKAGE))
"""Ways in which a load, and an install, shows; what cannot be read by most of them may have come unseen."""


def on_adverts(timeline: Timeline, app: AppUnderTest, tried: Callable[[Trial], bool]) -> dict[str, list[Trial]]:
    """The trials that count for a rule, by their slots; a page's own control counts where something came of it."""
    found: dict[str, list[Trial]] = {}
    for trial in trials(timeline, app):
        came = trial.load is not None or trial.opening is not None or not trial.of_page
        if came and tried(trial):
            found.setdefault(trial.slot, []).append(trial)
    return found


def load_findings(
    timeline: Timeline,
    app: AppUnderTest,
    rule: Rule,
    tried: Callable[[Trial], bool],
    nothing: tuple[str, str],
) -> list[Finding]:
    """One finding for each kind of act on a slot that loaded, charged to this rule; else one for the slot."""
    found = []
    for slot, done in on_adverts(timeline, app, tried).items():
        guilty = [trial for trial in done if charge_of_load(trial) == rule.id]
        for act in dict.fromkeys(trial.acted.act for trial in guilty):
            of_act = [trial for trial in guilty if trial.acted.act is act]
            found.append(_load_finding(rule, slot, of_act, [trial for trial in done if _same_place(trial, of_act)]))
        if not guilty:
            found.append(acquitted(timeline, rule, slot, done, nothing, loads=True))
    return found


def _same_place(trial: Trial, guilty: Sequence[Trial]) -> bool:
    """Whether a trial is of the same act; another button of the advert is another one."""
    act, words = guilty[0].acted.act, {each.acted.words for each in guilty}
    return trial.acted.act is act and (act is not AdvertAct.BUTTON or trial.acted.words in words)


def _load_finding(rule: Rule, slot: str, guilty: list[Trial], done: list[Trial]) -> Finding:
    best = max(guilty, key=lambda trial: (_weight(trial.load), -done.index(trial)))
    load = best.load
    assert load is not None
    tries = _counted(done, guilty)
    witnesses = len(load.seen)
    sure = witnesses >= rule.threshold("witnesses") and load.content is Content.APP
    often = len(guilty) >= rule.threshold("times") or len(guilty) == tries
    zh, en = came_of(best, load)
    weak_zh = [] if load.content is Content.APP else ["下载内容无法确认"]
    weak_en = [] if load.content is Content.APP else ["what came could not be read"]
    count_zh, count_en = _count(len(guilty), tries)
    return Finding(
        rule=rule.id,
        outcome=Outcome.VIOLATION if sure and often else Outcome.SUSPECTED,
        part=f"{slot} {best.acted.act.value}",
        reason_zh=zh + "".join(f"，{note}" for note in weak_zh) + count_zh,
        reason_en=en + "".join(f", {note}" for note in weak_en) + count_en,
        facts=facts_of(best, *load.facts),
        measured=(
            ("witnesses", float(witnesses)),
            ("times", float(len(guilty))),
            ("tries", float(tries)),
            ("seconds", max(0.0, load.at.seconds_since(best.acted.at))),
        ),
    )


def _weight(load: Load | None) -> tuple[bool, int]:
    return (load is not None and load.content is Content.APP, len(load.seen) if load is not None else 0)


def _counted(done: Sequence[Trial], guilty: Sequence[Trial]) -> int:
    """How many tries there were: one after a load that did not load again may have found it loaded already."""
    first = next((number for number, trial in enumerate(done) if trial in guilty), 0)
    return first + sum(trial in guilty for trial in done[first:])


def came_of(trial: Trial, load: Load) -> tuple[str, str]:
    """What was touched and what came of it, in words."""
    zh, en = touched(trial)
    seconds = max(0.0, load.at.seconds_since(trial.acted.at))
    by_zh = "、".join(SEEN_WORDS[seen][0] for seen in Seen if seen in load.seen)
    by_en = ", ".join(SEEN_WORDS[seen][1] for seen in Seen if seen in load.seen)
    name_zh, name_en = (f"“{load.name}”", f" '{load.name}'") if load.name else ("", "")
    return (
        f"{zh}，{seconds:.1f} 秒后开始下载{name_zh}（依据：{by_zh}）",
        f"{en}; after {seconds:.1f} s a download{name_en} began (witnesses: {by_en})",
    )


def touched(trial: Trial) -> tuple[str, str]:
    """What was done to which advert, with the words under the finger."""
    kind_zh, kind_en = _ON_PAGE if trial.of_page else KIND_WORDS[trial.kind]
    act_zh, act_en = _ACT_WORDS.get(trial.acted.act, (trial.acted.act.value, trial.acted.act.value))
    words = trial.acted.words[:40]
    if trial.acted.act is AdvertAct.MOTION and (daily := DAILY.get(words)) is not None:
        return f"{kind_zh}：{daily.zh}", f"{kind_en}: {daily.en}"
    said_zh, said_en = (f"“{words}”", f" ('{words}')") if words else ("", "")
    return f"{kind_zh}：{act_zh}{said_zh}", f"{kind_en}: {act_en}{said_en}"


def _count(times: int, tries: int) -> tuple[str, str]:
    return (f"；{tries} 次中 {times} 次", f"; {times} of {tries} times") if tries > 1 else ("", "")


def opened_by(trial: Trial, opening: Opening) -> tuple[str, str]:
    """What was touched and which apps came of it, in words."""
    zh, en = touched(trial)
    seconds = max(0.0, opening.at.seconds_since(trial.acted.at))
    names_zh, names_en = "、".join(opening.packages[:5]), ", ".join(opening.packages[:5])
    more = len(opening.packages) - 5
    if more > 0:
        names_zh, names_en = f"{names_zh} 等 {len(opening.packages)} 个应用", f"{names_en} and {more} more"
    by_zh = "日志和视图树" if opening.witnesses > 1 else "一项证据"
    by_en = "log and view tree" if opening.witnesses > 1 else "one witness"
    return f"{zh}，{seconds:.1f} 秒后打开 {names_zh}（依据：{by_zh}）", f"{en}; after {seconds:.1f} s {names_en} opened ({by_en})"


def opening_findings(
    timeline: Timeline,
    app: AppUnderTest,
    rule: Rule,
    tried: Callable[[Trial], bool],
    nothing: tuple[str, str],
    weak: Callable[[Trial], tuple[str, str] | None] = lambda trial: None,
) -> list[Finding]:
    """As ``load_findings``, for apps that were opened; ``weak`` says why a trial is suspected at most."""
    found = []
    for slot, done in on_adverts(timeline, app, tried).items():
        guilty = [trial for trial in done if charge_of_opening(trial) == rule.id]
        for act in dict.fromkeys(trial.acted.act for trial in guilty):
            of_act = [trial for trial in guilty if trial.acted.act is act]
            tries = sum(_same_place(trial, of_act) for trial in done)
            found.append(_opening_finding(rule, slot, of_act, tries, weak))
        if not guilty:
            found.append(acquitted(timeline, rule, slot, done, nothing))
    return found


def _opening_finding(rule: Rule, slot: str, guilty: list[Trial], tries: int, weak: Callable[[Trial], tuple[str, str] | None]) -> Finding:
    best = max(guilty, key=lambda trial: (weak(trial) is None, _proof(trial.opening)))
    opening = best.opening
    assert opening is not None
    sure = opening.witnesses >= rule.threshold("witnesses") and opening.proved and weak(best) is None
    often = len(guilty) >= rule.threshold("times") or len(guilty) == tries
    zh, en = opened_by(best, opening)
    notes = [] if opening.proved else [("日志未显示由谁打开", "no line tells who opened it")]
    notes += [note for note in (weak(best),) if note is not None]
    count_zh, count_en = _count(len(guilty), tries)
    return Finding(
        rule=rule.id,
        outcome=Outcome.VIOLATION if sure and often else Outcome.SUSPECTED,
        part=f"{slot} {best.acted.act.value}",
        reason_zh=zh + "".join(f"，{note}" for note, _ in notes) + count_zh,
        reason_en=en + "".join(f", {note}" for _, note in notes) + count_en,
        facts=facts_of(best, *opening.facts),
        measured=(
            ("witnesses", float(opening.witnesses)),
            ("times", float(len(guilty))),
            ("tries", float(tries)),
            ("seconds", max(0.0, opening.at.seconds_since(best.acted.at))),
            ("apps", float(len(opening.packages))),
        ),
    )


def _proof(opening: Opening | None) -> tuple[bool, int]:
    return (opening.proved, opening.witnesses) if opening is not None else (False, 0)


def acquitted(
    timeline: Timeline, rule: Rule, slot: str, done: Sequence[Trial], nothing: tuple[str, str], *, loads: bool = False
) -> Finding:
    """What a slot says on which nothing was held against the app: clear, where it was seen whole."""
    told = missing_streams(timeline, rule, [trial.span for trial in done])
    facts: Iterable[Event] = (done[0].advert is not None and (done[0].advert,)) or ()
    outcome = Outcome.CLEAR if told is None else Outcome.INCONCLUSIVE
    if loads and told is None and (hidden := unread(timeline)):
        outcome, told, facts = Outcome.INCONCLUSIVE, _cannot_be_read(), hidden
    if (
        loads
        and told is None
        and (loose := [trial.bytes for trial in done if trial.bytes and trial.kind is not AdvertKind.INCENTIVE_VIDEO])
    ):
        size = sum(fact.bytes or 0 for fact in loose) / 1e6
        zh = f"操作后应用接收了 {size:.1f} MB，其中有内容未能读出，无法判断是否下载了应用"
        en = f"after the act the app received {size:.1f} MB, and nothing that can be read tells what all of it is"
        outcome, told, facts = Outcome.INCONCLUSIVE, (zh, en), loose
    zh, en = told or nothing
    kind_zh, kind_en = KIND_WORDS[done[0].kind]
    return Finding(
        rule=rule.id,
        outcome=outcome,
        part=slot,
        reason_zh=f"{kind_zh}：{zh}",
        reason_en=f"{kind_en}: {en}",
        facts=in_order(*facts, *(trial.acted for trial in done)),
        measured=(("tries", float(len(done))),),
    )


def unread(timeline: Timeline) -> list[DeliveryUnseen]:
    """The ways of loading or installing that this phone does not let us read, where too few are left to prove a no."""
    shut = {fact.witness: fact for fact in timeline.of(DeliveryUnseen)}
    for ways in _WAYS:
        if len(ways) - sum(way in shut for way in ways) < max(1, len(ways) - 1):
            return [shut[way] for way in ways if way in shut]
    return []


def _cannot_be_read() -> tuple[str, str]:
    return (
        "此手机不允许读取下载和安装状态，未见下载不能说明问题",
        "this phone does not let downloads and installs be read: that none was seen proves nothing",
    )


def facts_of(trial: Trial, *facts: Event) -> tuple[Event, ...]:
    """The advert, the act, what came and the end of the watch, in time order."""
    return in_order(*(each for each in (trial.advert, trial.acted, trial.left) if each is not None), *facts)
