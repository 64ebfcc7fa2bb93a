"""原因分析, as far as a recording tells: what happened, when, set off by what, through whose code.

Why the app was written so is the company's to say.
"""

from collections.abc import Iterator

from harness.config import using
from harness.events import Event
from harness.language import Text, _, listed
from harness.rectification.comparison_model import Shown
from harness.report.wording import words
from harness.sdks import load_sdks
from harness.starts import Start, outgoing_starts, own_starts
from harness.starts.segment_names import segment_words
from harness.starts.trigger_names import TRIGGERS

MOST_FACTS = 4
"""The last ones in the part of the check where it began: what it ends with is what happened."""
MOST_STARTS = 5
_CLASSES = ("component", "frame", "frames", "stack")
"""Fields of facts that name classes: of a component, or of a crash."""


def causes(shown: Shown) -> tuple[Text, ...]:
    """What the recording says of where a finding comes from, a sentence each."""
    with using(shown.run.judged.analysis.config):
        return tuple(dict.fromkeys(_causes(shown)))


def _causes(shown: Shown) -> Iterator[Text]:
    timeline, facts = shown.run.judged.analysis.timeline, shown.finding.facts
    within = [[each for each in timeline.segments() if each[1] <= fact.at <= each[2]] for fact in (*facts[:1], *facts[-1:])]
    for name, start, end in dict.fromkeys(segments[-1] for segments in within if segments):
        what = segment_words(name)
        yield _("stage of the check: {what}", what=what)
        for fact in [fact for fact in facts if start <= fact.at <= end][-MOST_FACTS:]:
            what = words(fact)
            after = fact.at.seconds_since(start)
            yield _("{after:.1f} s: {what}", after=after, what=what)
    yield from _starts(shown)
    names = sorted({sdk for fact in facts for sdk in _sdks(fact)})
    if names:
        yield _("SDK: {names}", names=listed(names))


def _starts(shown: Shown) -> Iterator[Text]:
    """What set off the starts among the facts, and who called."""
    analysis, facts = shown.run.judged.analysis, set(map(id, shown.finding.facts))
    if not shown.verdict.rule.background:
        return
    every = [*own_starts(analysis.timeline, analysis.app), *outgoing_starts(analysis.timeline, analysis.app)]
    for start in [each for each in every if id(each.fact) in facts][:MOST_STARTS]:
        yield _start(start)


def _start(start: Start) -> Text:
    what = _("set off by: {trigger}", trigger=TRIGGERS[start.trigger])
    if start.caller:
        what = _("{what}, caller: {caller}", what=what, caller=start.caller)
    if component := start.fact.component:
        what = _("{what}, component: {component}", what=what, component=component)
    if start.sdk:
        what = _("{what}, SDK: {sdk}", what=what, sdk=start.sdk)
    return what


def _sdks(fact: Event) -> Iterator[str]:
    """The SDKs whose classes a fact names."""
    details = fact.details()
    for name in _CLASSES:
        value = details.get(name)
        for each in value if isinstance(value, list | tuple) else (value,):
            if isinstance(each, str) and (sdk := load_sdks().of_class(each)):
                yield sdk.name
