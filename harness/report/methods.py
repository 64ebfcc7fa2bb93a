"""检测方法: what was done to the app in this run, in sentences, from the record of the driving and its options."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from harness.language import both
from harness.starts.segment_names import segment_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from harness.report.wording.terms import Words
    from harness.verdicts.analysis import Analysis

_HOW = (
    "检测通过 ADB 进行，未取得 root 权限，不修改被测应用，不在应用内插桩。检测期间持续记录系统日志、"
    "界面视图树、屏幕截图和系统状态；每项判定都由这些记录得出，可用同一记录重新计算。",
    "The check works over ADB, without root, without changing the app and without hooks in it. Logs, view "
    "trees, pictures of the screen and states of the system are recorded throughout; each verdict follows "
    "from that record and can be computed from it again.",
)
_CONSENT = {"accept": ("同意", "agree"), "refuse": ("拒绝", "refuse")}
_BACKGROUND = ("association-", "before-consent", "unopened")
_ROUND = re.compile(r"(?:，第 \d+ 轮|, round \d+)$")
MOST_NAMED = 12


def methods(analysis: Analysis) -> tuple[Words, ...]:
    """One sentence for each thing that was done, in the order in which one would do them."""
    names = [name for name, *_ in analysis.timeline.segments()]
    return (_HOW, *_driven(names, analysis.run.get("options", {})), *_by_what(analysis))


def _driven(names: list[str], options: dict[str, Any]) -> Iterator[Words]:
    def many(*prefixes: str) -> int:
        return sum(name.startswith(prefixes) for name in names)

    if many("first-launch", "refused-again"):
        zh, en = _CONSENT.get(str(options.get("consent", "accept")), _CONSENT["accept"])
        yield (
            f"清除应用数据后首次运行应用；对隐私政策提示选择“{zh}”，对每个权限申请选择不允许，并观察其后的表现。",
            f"The app was run for the first time on cleared data; its privacy prompt was answered with '{en}', "
            f"each permission that it asked for was refused, and what followed was watched.",
        )
    if count := many("cold-start"):
        yield f"拒绝权限后重新运行应用 {count} 次。", f"After the refusals the app was started anew {count} time(s)."
    if "return" in names:
        yield (
            "返回桌面后再次打开应用，观察其是否再次索要。",
            "The app was left for the home screen and opened again, to see whether it asks again.",
        )
    if any(name == "walk" or name.startswith("walk-") for name in names):
        minutes, steps, seed = (options.get(name, "–") for name in ("minutes", "steps", "seed"))
        yield (
            f"逐页遍历应用，至多 {_number(minutes)} 分钟、{_number(steps)} 步（选择序号 {_number(seed)}）；"
            f"不点按付款、发送、删除等不可挽回的控件。",
            f"The app was walked through page by page, for {_number(minutes)} minutes and {_number(steps)} presses "
            f"at most (seed {_number(seed)}); controls that pay, send or delete were not pressed.",
        )
    if count := many("function-"):
        taps = [str(tap) for tap in options.get("taps", [])]
        named = ("：" + "、".join(f"“{tap}”" for tap in taps), ": " + ", ".join(f"'{tap}'" for tap in taps)) if taps else ("", "")
        yield f"使用与权限有关的功能 {count} 次{named[0]}。", f"Functions that permissions are about were used {count} time(s){named[1]}."
    if "login" in names or "walk-logged-in" in names:
        yield "按检测方给出的步骤登录。", "The login was made by the steps that the tester gave."
    if count := many("control-"):
        yield (
            f"对照运行 {count} 次：在同样的权限申请上改为允许或者不作答，以区分拒绝的后果与应用自身的故障。",
            f"{count} control run(s): the same requests were allowed or left unanswered, to tell what a refusal "
            f"causes from what is broken anyway.",
        )
    if any(name.startswith("clock-") for name in names):
        yield (
            "将手机时钟前移 47 小时和 49 小时，检验拒绝后 48 小时内是否再次索要，之后移回。",
            "The phone's clock was moved 47 and 49 hours ahead, to see whether the app asks again within 48 hours "
            "of a refusal, and then back.",
        )
    yield from _background(names)
    if count := many("advert-"):
        hours = float(options.get("ad_hours", 0) or 0)
        spread = (f"，启动分散在 {hours:g} 小时内", f", with starts spread over {hours:g} hours") if hours else ("", "")
        yield (
            f"对出现的广告和窗口进行静置、点按、滑动、关闭等操作 {count} 次{spread[0]}；下载的内容只读取其身份，不安装、不运行。",
            f"Adverts and windows that came up were left alone, touched, swiped over and closed, {count} act(s){spread[1]}; "
            f"what was loaded was identified, never installed or run.",
        )
    if "by-hand" in names:
        yield (
            "由检测人员手动操作应用，其触摸从系统内核读取并记录。",
            "The tester used the app by hand; the touches were read from the kernel and recorded.",
        )


def _background(names: Iterable[str]) -> Iterator[Words]:
    names = list(names)
    if any(name.startswith("trigger-hour") for name in names):
        hours = sum(name.startswith("trigger-hour") for name in names)
        yield (
            f"将手机静置 {hours} 小时，逐小时观察应用的启动。",
            f"The phone was left alone for {hours} hour(s), and the app's starts were watched by the hour.",
        )
    kinds = Counter(name.rpartition("-")[0] for name in names if name.startswith("trigger-") and not name.startswith("trigger-hour"))
    if kinds:
        told = [tuple(_ROUND.sub("", text) for text in both(segment_words(f"{kind}-1"))) for kind in list(kinds)[:MOST_NAMED]]
        rounds = max(kinds.values())
        yield (
            f"将应用置于后台，在 {rounds} 轮中逐一施加下列条件并观察其启动：{'、'.join(zh for zh, _ in told)}。",
            f"The app was left in the background, and in {rounds} round(s) each of these was brought about while "
            f"its starts were watched: {'; '.join(en for _, en in told)}.",
        )
    if any(name.startswith(_BACKGROUND) for name in names):
        yield (
            "在用户同意之前以及应用置于后台期间，观察应用自身的启动和它对其他应用的启动。",
            "Before the user agreed, and while the app was in the background, its own starts and those of other apps by it were watched.",
        )


def _by_what(analysis: Analysis) -> Iterator[Words]:
    profile = str(analysis.run.get("options", {}).get("profile", ""))
    if profile:
        yield (
            f"阈值采用“{profile}”，各项出处见“检测依据”。",
            f"Thresholds are those of '{profile}'; where each comes from stands under 'The law and the thresholds'.",
        )
    if analysis.as_of is not None:
        yield f"按 {analysis.as_of} 当日已生效的规则判定。", f"Judged by the rules that were in force on {analysis.as_of}."
    if analysis.run.get("options", {}).get("policy"):
        yield "检测方提供了隐私政策全文，用于核对其中的声明。", "The tester gave the text of the privacy policy, which was compared."


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
