"""c7-not-the-promised-app: what came is another app than the advert or page named (docs/verdicts.md 6.9)."""

from typing import NamedTuple

from harness.detectors.advert_findings import facts_of, of_kind, place_words
from harness.detectors.advert_loads import Content
from harness.detectors.advert_trials import Promise, Trial, names_what_came, trials
from harness.detectors.request_context import missing_streams
from harness.detectors.untried_effects import with_untried_loads
from harness.detectors.untried_places import with_untried_places
from harness.dialogs.app_names import same_name
from harness.events import AdvertKind, DeliveryDescribed, DeliveryRemoved, DownloadSeen, DownloadState, StorePageSeen, Witness
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _, known
from harness.pages.advert_app_info import named_by_wall
from harness.pages.advert_words import ADVERTS, is_mark
from harness.parsers.delivery_changes import UNFINISHED
from harness.rules import Rule

MOST_SAID = 120
"""Signs of a card at most of which any line may name the app [PROJECT]: a page says more, and of others too."""


class _Promised(NamedTuple):
    """What was named to the user before it came; ``also`` and ``said``: other lines that may name it."""

    name: str
    version: str
    package: str
    also: tuple[str, ...] = ()
    said: str = ""

    def is_name_of(self, labels: list[str]) -> bool:
        """Whether any line that may be the name is that of one of the labels: then the promise was kept."""
        return any(same_name(name, labels) for name in (self.name, *self.also, self.said))


def not_the_promised_app(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each thing that came and was promised by a name, or came in the walk alone."""
    found: list[Finding] = []
    done = [(trial, _described(timeline, trial)) for trial in trials(timeline, app)]
    read = {trial.slot for trial, came in done if any(one.package for one in came)}
    for trial, described in done:
        promised = _promised(trial, app)
        told = [came for came in described if came.package or (trial.slot not in read and not _of_own(trial, came))]  # once whole is enough
        compared = [_compared(timeline, rule, trial, promised, came) for came in told] if promised.name or promised.package else []
        if not compared and trial.load is None and (page := _other_page(trial, promised)) is not None:
            compared.append(_other_store_page(rule, trial, promised, page))
        if not compared and trial.promise is Promise.LOADS and (gaps := missing_streams(timeline, rule, [trial.span])):
            compared.append(_said(rule, trial, None, Outcome.INCONCLUSIVE, gaps, 0))
        found += compared
    return with_untried_places(timeline, app, rule, with_untried_loads(timeline, app, rule, found))


def _promised(trial: Trial, app: AppUnderTest) -> _Promised:
    told = trial.told
    name = told.get("name", "")
    if not name and trial.load is not None and names_what_came(trial, trial.load):
        name = next((each for each in trial.load.names if trial.advert is not None and same_name(trial.advert.words, [each])), "")
    also = told.get("also", "").splitlines()
    if not name and trial.kind is AdvertKind.WALL and trial.promise is Promise.LOADS and trial.advert is not None:
        name, also = named_by_wall(trial.acted.words, trial.advert.words, app.label), [*also, trial.acted.words]
    said = trial.advert.words if trial.advert is not None and len(trial.advert.words) <= MOST_SAID else ""
    return _Promised(name, told.get("version", ""), told.get("package", ""), tuple(also), said)


def _described(timeline: Timeline, trial: Trial) -> list[DeliveryDescribed]:
    """What was read of what a trial loaded, until it was taken away: the next one may come under the same key."""
    keys = trial.load.keys if trial.load is not None else frozenset()
    gone = {(one.witness, one.key): one.at for one in reversed(timeline.of(DeliveryRemoved)) if one.at >= trial.acted.at}
    each = {}
    for came in timeline.of(DeliveryDescribed):
        key = (came.witness, came.key)
        if key in keys and trial.acted.at <= came.at <= gone.get(key, came.at):
            each[key] = came
    found = [*each.values()]
    whole = [came for came in found if came.package]
    return list({came.package: came for came in reversed(whole)}.values())[::-1] or found[:1]


def _of_own(trial: Trial, came: DeliveryDescribed) -> bool:
    """Whether it is something of the app's own: whole, read, no app, and no advert's, nor promised as an app's."""
    rows = [fact for fact in (trial.load.facts if trial.load is not None else ()) if isinstance(fact, DownloadSeen)]
    whole = any(fact.state is DownloadState.DONE and fact.bytes == came.size for fact in rows if fact.witness is Witness.ROW)
    advert = trial.advert is None or trial.advert.sdk or any(is_mark(word) for word in trial.advert.words.split())
    own = not advert and not trial.told.get("name") and trial.load is not None and trial.load.content is Content.UNKNOWN
    return own and whole and bool(came.sha256)


def _least(trial: Trial) -> Outcome:
    """What another app than the one that was told is, at least: suspected where no picture shows what was told."""
    return Outcome.VIOLATION if trial.pictured else Outcome.SUSPECTED


def _compared(timeline: Timeline, rule: Rule, trial: Trial, promised: _Promised, came: DeliveryDescribed) -> Finding:
    labels = [label for _, label in came.labels if label]
    shown = labels[0] if labels else came.package
    if not came.package:
        why = _still_loads(trial) or known(came.problem_zh or came.problem, came.problem)
        reason = _("what came could not be read ({why}), so it cannot be compared with '{name}'", why=why, name=promised.name[:40])
        return _said(rule, trial, came, Outcome.INCONCLUSIVE, reason, 0)
    if promised.package and promised.package != came.package:
        reason = _("the package that was told is {told}, what came is {came}", told=promised.package, came=came.package)
        return _said(rule, trial, came, _least(trial), reason, 1)
    if promised.name and labels and not promised.is_name_of(labels):
        related = _share(promised.name, labels) or came.package == promised.package
        names = {"told": promised.name[:40], "came": shown[:40], "package": came.package}
        reason = _("'{told}' was told, what came is '{came}' ({package})", **names)
        if related:
            reason = _("{said}; both may be names of one app", said=reason)
        return _said(rule, trial, came, Outcome.SUSPECTED if related else _least(trial), reason, 1)
    if promised.version and came.version_name and _number(promised.version) != _number(came.version_name):
        reason = _("version {told} was told, {came} came", told=promised.version[:20], came=came.version_name[:20])
        return _said(rule, trial, came, Outcome.SUSPECTED, reason, 0)
    if promised.name and not labels:
        return _said(rule, trial, came, Outcome.INCONCLUSIVE, _("the app that came has no name that can be read"), 0)
    name = next((name for name in (promised.name, *promised.also) if same_name(name, labels)), shown)[:40]
    if gaps := missing_streams(timeline, rule, [trial.span]):
        return _said(rule, trial, came, Outcome.INCONCLUSIVE, gaps, 0)
    return _said(rule, trial, came, Outcome.CLEAR, _("what came is '{name}', as was told", name=name), 0)


def _still_loads(trial: Trial) -> Text | None:
    """Why what came was not whole: it loads still, by the last that its row told; None where it does not."""
    rows = (fact for fact in (trial.load.facts if trial.load is not None else ()) if isinstance(fact, DownloadSeen) and fact.total)
    last = next((fact for fact in reversed([*rows]) if fact.witness is Witness.ROW), None)
    if last is None or last.total is None or last.state not in UNFINISHED or (last.bytes or 0) >= last.total:
        return None
    return _("it was loading still, {came:.0f} of {total:.0f} MB", came=(last.bytes or 0) / 1e6, total=last.total / 1e6)


def _share(name: str, labels: list[str]) -> bool:
    """Whether two names have two Chinese signs, or a word of four letters, in common: 淘宝特价版 and 淘宝."""
    parts = {name[place : place + 2] for place in range(len(name) - 1) if not name[place : place + 2].isascii()}
    words = {word for word in name.casefold().split() if word.isascii() and len(word) >= 4}
    return any(part in label for part in parts for label in labels) or any(word in label.casefold() for word in words for label in labels)


def _number(version: str) -> str:
    return ADVERTS.pattern("version_begins").sub("", version.strip().casefold())


def _other_page(trial: Trial, promised: _Promised) -> StorePageSeen | None:
    page = trial.opening.page if trial.opening is not None else None
    if page is None or not page.name or not promised.name or promised.is_name_of([page.name]):
        return None
    return page


def _other_store_page(rule: Rule, trial: Trial, promised: _Promised, page: StorePageSeen) -> Finding:
    told, shown = promised.name[:40], page.name[:40]
    reason = _("'{told}' was told, the store's page is about '{page}'; nothing was loaded", told=told, page=shown)
    return _said(rule, trial, page, Outcome.SUSPECTED, reason, 1)


def _said(rule: Rule, trial: Trial, came: DeliveryDescribed | StorePageSeen | None, outcome: Outcome, reason: Text, names: int) -> Finding:
    facts = (*(trial.load.facts if trial.load is not None else ()), *((came,) if came is not None else ()))
    what = came.package if came is not None and came.package else "load"
    return Finding(
        rule.id, outcome, f"{trial.slot} {what}", of_kind(place_words(trial), reason), facts_of(trial, *facts), measured={"names": names}
    )
