"""The first page: what the apps did, in sentences that a director understands; when, on which phone, and by whom.

A sentence is the decisive finding of a rule without what only an examiner reads: which witnesses there are, how a
control run went. It says what was seen and never more; a rule that found nothing has no sentence, and nothing is called
a pass.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.events.earlier_run import version_of
from harness.events.findings import Outcome
from harness.language import Text, _, both, known, listed
from harness.report.report_model import AppReport, FindingView, Picture, Report, VerdictView
from harness.report.report_pictures import EmbeddedPicture
from harness.report.wall_times import UNKNOWN, WallTime
from harness.report.wording.terms import span
from harness.rules import clauses
from harness.rules.headline import weight

MOST_SENTENCES = 8
"""Of a first page; what is left over is counted."""
MOST_SERIALS = 3
AT_ONCE_SECONDS = 0.1
_ORDER = (Outcome.VIOLATION, Outcome.SUSPECTED)
_CONTROL = (
    re.compile(r"；[一两]次对照运行中[^；]*继续运行[^；]*$"),
    re.compile(r"; in (?:a control run|two control runs)[^;]* the app went on[^;]*$"),
)
_MORE_CONTROL = (
    (re.compile(r"；未做对照运行$"), re.compile(r"；对照运行[^；“”]*$")),
    (re.compile(r"; (?:no control run was made|the control run [^;]*)$"),),
)
_WITNESSES = (re.compile(r"（依据：[^（）]*）(?![^“]*”)"), re.compile(r" \((?:witnesses: |log and view tree)[^()]*\)"))
_TIMES = (re.compile(r"；(\d+) 次中 (\d+) 次$"), re.compile(r"; (\d+) of (\d+) times$"))
_REVIEW = (re.compile(r"，需人工复核$"), re.compile(r": to be reviewed$"))
_EXACT = re.compile(r"\d+\.\d\d+(?= 秒| s\b)")
_AT_ONCE = (
    ((re.compile(r"权限 0\.0 秒后，应用"), "权限后，应用随即"), (re.compile(r"(?<![\d.])0\.0 秒后"), "随即")),
    ((re.compile(r"(?<![\d.])after 0\.0 s\b"), "at once"), (re.compile(r"^0\.0 s after"), "At once after")),
)
_APP = _("The app")
_VERBS = ("启动", "自启动", "在"), ("asked ", "started ")
_SPOKEN = (
    (re.compile(r"^一次申请中"), "在一次申请中"),
    (re.compile(r"^(\d+) 分钟内启动"), r"在 \1 分钟内启动"),
    (re.compile(r"^无用户操作启动"), "在无用户操作时启动"),
    (re.compile(r"^用户同意前启动"), "用户同意前，应用启动"),
)
"""What a reason leaves out that a sentence has."""
_ASKS, _UNUSED = "索要", "，用户尚未使用任何相关功能"
_SHOWS_AFTER = ("c5-exit-after-denial", "c5-denial-blocks-function", "c5-denial-blocks-login")
"""Rules whose picture is what the screen showed after the act."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that an app did: in words, the official label it falls under, one picture, and where the rest stands.

    ``plate`` is the picture as the part ``anchor`` of the page has it. ``reviewed`` is what a person made of it, empty
    where nobody has looked.
    """

    text: Text
    label: Text
    outcome: Outcome
    link: str
    picture: Picture | None
    plate: EmbeddedPicture | None
    anchor: str
    reviewed: Text
    advice: Text


@dataclass(frozen=True, slots=True)
class Warning:
    """What must be known before anything is read: a run that is not finished, or is not as it was sealed."""

    kind: str
    text: Text
    run: str
    link: str


@dataclass(frozen=True, slots=True)
class ExecutiveSummary:
    """The contents of the first page."""

    sentences: tuple[Sentence, ...]
    more: int
    warnings: tuple[Warning, ...]
    counts: tuple[tuple[Outcome, int], ...]
    unreviewed: int
    suppressed: int
    begun: WallTime
    ended: WallTime
    phones: tuple[str, ...]
    roots: tuple[tuple[str, str], ...]
    apps: tuple[tuple[str, str, str], ...]
    """Each app and version once: its label, its package, its version."""
    virtual: Text
    """That no phone was tested, and how much of the time nobody waited for; empty where phones were."""
    scope: Text
    """What was tested of the notice, and what was not."""

    def pictures(self, anchor: str) -> dict[str, EmbeddedPicture]:
        """The pictures that it shows of one app."""
        return {each.picture.path: each.plate for each in self.sentences if each.anchor == anchor and each.picture and each.plate}


def executive_summary(report: Report) -> ExecutiveSummary:
    found = [(verdict, app) for app in report.apps for verdict in app.verdicts if verdict.outcome in _ORDER and verdict.findings]
    found.sort(key=lambda one: _rank(one[0]))
    begun = sorted((app.begun for app in report.apps if app.begun.local), key=_moment)
    ended = sorted((app.ended for app in report.apps if app.ended.local), key=_moment)
    return ExecutiveSummary(
        sentences=tuple(_sentence(verdict, app, alone=len(report.packages) == 1) for verdict, app in found[:MOST_SENTENCES]),
        more=max(len(found) - MOST_SENTENCES, 0),
        warnings=tuple(warning for app in report.apps for warning in _warnings(app)),
        counts=tuple((outcome, report.count(outcome)) for outcome in Outcome),
        unreviewed=sum(verdict.unreviewed for app in report.apps for verdict in app.verdicts),
        suppressed=sum(verdict.suppressed is not None for app in report.apps for verdict in app.verdicts),
        begun=begun[0] if begun else UNKNOWN,
        ended=ended[-1] if ended else UNKNOWN,
        phones=tuple(_phones(report.apps)),
        roots=tuple((app.folder, app.manifest) for app in report.apps),
        virtual=_virtual(report.apps),
        scope=_scope(report),
        apps=tuple(dict.fromkeys((one.app.label, one.app.package, version_of(one.app)) for one in report.apps)),
    )


def _virtual(apps: Sequence[AppReport]) -> Text:
    hours = [app.skipped_hours for app in apps if app.virtual]
    if not hours:
        return Text("")
    values = {"count": len(hours), "runs": len(apps), "time": span(sum(hours) * 3600)}
    return _("virtual device, no phone: {count} of {runs} run(s); {time} of its time were skipped and not waited for", **values)


def _scope(report: Report) -> Text:
    tested = {verdict.rule.clause.number for app in report.apps for verdict in app.verdicts}
    places = {wanted: [clause.place for number, clause in clauses().items() if (number in tested) is wanted] for wanted in (True, False)}
    return _(
        "tested: {tested} of notice 164; not tested: {untested}",
        tested=listed(places[True]) if places[True] else _("none"),
        untested=listed(places[False]) if places[False] else _("none"),
    )


def plain(reason: Text, subject: Text = _APP) -> Text:
    """A finding's reason as a sentence: numbers to a tenth, how often it was so, nothing about the method."""
    told = []
    for place, (text, who) in enumerate(zip(both(reason), both(subject), strict=True)):
        text, controlled = _CONTROL[place].subn("", text)
        for unsure in _MORE_CONTROL[place]:
            text = unsure.sub("", text)
        times = _TIMES[place].search(text)
        text = _TIMES[place].sub("", _REVIEW[place].sub("", text))
        text = _EXACT.sub(_tenth, _WITNESSES[place].sub("", text))
        for pattern, instead in (*_AT_ONCE[place], *(() if place else _SPOKEN)):
            text = pattern.sub(instead, text)
        told.append(_with_subject(text, place, who) + _often(times, place) + (_CONTROLLED[place] if controlled else ""))
    return known(told[0], told[1])


_CONTROLLED = "；未拒绝时应用继续运行", "; without a refusal it goes on"


def _tenth(found: re.Match[str]) -> str:
    """A number of seconds to a tenth; what is less than a second as it was measured, and what is hardly any is none."""
    seconds = float(found[0])
    return "0.0" if seconds < AT_ONCE_SECONDS else f"{seconds:g}" if seconds < 1 else f"{seconds:.1f}"


def _with_subject(text: str, place: int, subject: str) -> str:
    """Put the subject before the act; where a sentence has a subject of its own, the app is named before it."""
    if not place and text.startswith(_ASKS):
        asked, _colon, how = text.partition("：")
        if not how.endswith(_UNUSED):
            return f"{subject}{asked}，{how}" if how else subject + text
        text = f"{how}，即{asked}"
    elif text.startswith(_VERBS[place]):
        return f"{subject} {text}" if place else subject + text
    if subject in both(_APP):
        return text[:1].upper() + text[1:]
    return f"{subject}{('：', ': ')[place]}{text}"


def _often(times: re.Match[str] | None, place: int) -> str:
    if times is None:
        return ""
    seen, tried = (times[2], times[1]) if not place else (times[1], times[2])
    if seen == tried:
        return ("（{tried} 次均如此）", " (each of {tried} times)")[place].format(tried=tried)
    return ("（{tried} 次中 {seen} 次）", " ({seen} of {tried} times)")[place].format(tried=tried, seen=seen)


def _sentence(verdict: VerdictView, app: AppReport, *, alone: bool) -> Sentence:
    finding, name = verdict.findings[0], app.app.label or app.app.package
    text = plain(finding.reason, _APP if alone else _("'{name}'", name=name))
    alike = sum(each.outcome is finding.outcome for each in verdict.findings)
    if alike > 1:
        text = _("{said} ({count} findings of this kind)", said=text, count=alike)
    picture = _telling(finding, after=verdict.rule.judged_by in _SHOWS_AFTER)
    clause = verdict.rule.clause
    labels = [each.name for each in app.conclusion if verdict.rule.id in dict(each.rules)]
    return Sentence(
        text=text,
        label=labels[0] if labels else clause.label,
        outcome=verdict.outcome,
        link=f"{app.link}-{verdict.anchor}",
        picture=picture,
        plate=app.pictures.get(picture.path) if picture is not None else None,
        anchor=app.anchor,
        reviewed=finding.reviews[-1].words if finding.reviews else Text(""),
        advice=verdict.rule.advice,
    )


def _telling(finding: FindingView, *, after: bool) -> Picture | None:
    """The picture that says most: a dialog or an advert with its marks, else what came ``after`` the act."""
    pictures = [picture for picture in finding.pictures if not picture.control]
    marked = [picture for picture in pictures if picture.tree_box or picture.pixel_box]
    seen_twice = [picture for picture in marked if picture.tree_box and picture.pixel_box]
    last = [picture for picture in pictures[-1:] if after or not marked]
    return next(iter((*last, *seen_twice, *marked)), None)


def _rank(verdict: VerdictView) -> tuple[int, int, int]:
    return _ORDER.index(verdict.outcome), *weight(verdict.rule)


def _moment(time: WallTime) -> str:
    return time.beijing or time.local


def _warnings(app: AppReport) -> list[Warning]:
    found = []
    if app.changes:
        files = listed(_("{said} ({note})", said=path, note=what) for path, what in app.changes)
        text = _("Changed since it was sealed ({files}): what is said of this run is no evidence", files=files)
        found.append(Warning("altered", text, app.folder, app.link))
    if not app.manifest:
        text = _("This run was never sealed: nothing vouches for its record")
        found.append(Warning("unsealed", text, app.folder, app.link))
    if app.unfinished:
        zh, en = both(app.unfinished)
        why = known(zh.removeprefix("未完成："), en.removeprefix("not finished: "))
        found.append(Warning("unfinished", _("This run is not finished: {why}", why=why), app.folder, app.link))
    return found


def _phones(apps: Sequence[AppReport]) -> Iterator[str]:
    """Yield each kind of phone once, with the serials of its phones."""
    kinds: dict[str, list[str]] = {}
    for device in (app.device for app in apps):
        named = f"{device.get('manufacturer', '')} {device.get('model', '')}".strip()
        parts = (named, f"Android {device.get('android', '')}".strip(), device.get("rom", ""))
        kinds.setdefault(" · ".join(part for part in parts if part), []).append(device.get("serial", ""))
    for kind, serials in kinds.items():
        each = list(dict.fromkeys(filter(None, serials)))
        more = f" … ({len(each)})" if len(each) > MOST_SERIALS else ""
        yield f"{kind} · {', '.join(each[:MOST_SERIALS])}{more}" if each else kind
