"""The excerpt of the evidence around a finding, as plain data, so that a reader needs nothing else at first.

The act and ten seconds around it, on both clocks, and apart from it the control run; the raw lines with file and
number, the view tree of that moment, the permission flags before and after, the processes of the app, how many tries
spoke against it, and where the film shows it. It is made only of findings that say something against the app, and each
file is read once for all of them.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.detectors.asks import CONTROL_SEGMENTS
from harness.errors import FormatError
from harness.events import AdvertActed, Event, FilmTaken, Instant, PermissionDenied, PermissionFlagsRead, ProcessesSeen, Ref, Source
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_of
from harness.events.timeline import Timeline
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.recording.journal import JOURNAL, LINE_LIMIT
from harness.report.raw_lines import around, read_lines
from harness.report.run_clock import RunClock
from harness.verdicts.judge import Verdict

AGAINST = (Outcome.VIOLATION, Outcome.SUSPECTED)
CONTEXT = 3  # lines of a log before and after each that a finding rests on
MOST_LINES, MOST_VIEWS = 60, 120
"""What a cut shows at most; the files hold the rest, and the cut says how much."""
VIEW_TEXT = 80  # characters of a view's text
STEP_TEXT = 200  # and of a line of the journal, around the words of the fact
AROUND_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on the phone's two clocks: seconds since the run began (after a reboot: since that boot), and its wall."""

    boot: int
    seconds: float
    wall: str
    beijing: str


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line of a raw file; ``fact``: the finding rests on it, the others stand around it."""

    path: str
    number: int
    text: str
    fact: bool


@dataclass(frozen=True, slots=True)
class ViewTree:
    """The view tree on the screen then, in text, and the line of the journal that holds all of it."""

    place: str
    moment: Moment
    lines: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FlagChange:
    """A permission before and after: granted or not, and its flags; empty where it was not read."""

    permission: str
    before: str
    after: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Processes:
    """The processes of the app when the phone was asked: (pid, name)."""

    place: str
    moment: Moment
    processes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class InFilm:
    """Where a film shows it: the file in the run folder, and the seconds from its first picture."""

    path: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What the evidence holds around a finding. ``spoke`` of ``tries`` parts spoke against it, ``needed`` must.

    ``start`` and ``end`` bound the act, ``control`` the control run that it is compared with.
    """

    start: Moment
    end: Moment
    control: tuple[Moment, Moment] | None
    lines: tuple[RawLine, ...]
    more_lines: int
    tree: ViewTree | None
    flags: tuple[FlagChange, ...]
    processes: tuple[Processes, ...]
    spoke: int
    tries: int
    needed: int
    films: tuple[InFilm, ...]


def excerpt_lines(verdicts: Iterable[Verdict]) -> set[Ref]:
    """The raw lines that the cuts of some verdicts show, to be read together with what else is wanted."""
    return {ref for finding in _against(verdicts) for ref in _refs(finding)[0]}


def excerpts(folder: Path, timeline: Timeline, verdicts: Sequence[Verdict], clock: RunClock) -> dict[int, Excerpt]:
    """The cut of each finding that speaks against the app, by the identity of the finding."""
    cutter = _ExcerptBuilder(folder, timeline, clock)
    found: dict[int, Excerpt] = {}
    cutter.read(read_lines(folder, excerpt_lines(verdicts), _words(verdicts)), [*_against(verdicts)])
    for verdict in verdicts:
        tried = [one for one in verdict.findings if one.outcome in (*AGAINST, Outcome.CLEAR)]
        spoke = sum(one.outcome is Outcome.VIOLATION for one in tried)
        for finding in _against([verdict]):
            found[id(finding)] = cutter.cut(finding, spoke, len(tried), verdict.rule.needed)
    return found


def _against(verdicts: Iterable[Verdict]) -> Iterator[Finding]:
    return (one for verdict in verdicts for one in verdict.findings if one.outcome in AGAINST and one.facts)


def _words(verdicts: Iterable[Verdict]) -> dict[Ref, str]:
    """What each fact that a step of the journal tells says, to be looked for in its line."""
    facts = (fact for finding in _against(verdicts) for fact in finding.facts)
    return {fact.ref: str(getattr(fact, "text", "")) for fact in facts if fact.ref is not None and fact.ref.path == JOURNAL}


def _refs(finding: Finding) -> tuple[list[Ref], set[Ref], int]:
    """The lines to show, those among them that are facts, and how many are left out."""
    facts = dict.fromkeys(fact.ref for fact in finding.facts if fact.ref is not None)
    shown: dict[Ref, None] = {}
    for ref in facts:
        around = 0 if ref.path == JOURNAL else CONTEXT
        shown |= {Ref(ref.path, number): None for number in range(max(1, ref.line - around), ref.line + around + 1)}
    kept = sorted(shown)
    if len(kept) > MOST_LINES:  # what it rests on comes first
        own = list(facts)[:MOST_LINES]
        kept = sorted([*own, *[ref for ref in kept if ref not in facts][: MOST_LINES - len(own)]])
    return kept, set(facts), len(shown) - len(kept)


class _ExcerptBuilder:
    """Makes the cuts of one run."""

    def __init__(self, folder: Path, timeline: Timeline, clock: RunClock) -> None:
        self._folder, self._clock = folder, clock
        self._start = next(iter(timeline)).at if len(timeline) else Instant(0, 0.0)
        self._controls = [(start, end) for _name, start, end in timeline.segments(CONTROL_SEGMENTS)]
        self._flags, self._seen, self._films = timeline.of(PermissionFlagsRead), timeline.of(ProcessesSeen), timeline.of(FilmTaken)
        self._trees = self._placed("tree")
        self._tree_times = {number: at for at, number in self._trees}
        self._readings = self._placed("reading", "flags")
        self._lines: dict[Ref, str] = {}
        self._views: dict[int, tuple[tuple[str, ...], int]] = {}

    def _placed(self, step: str, name: str = "") -> list[tuple[Instant, int]]:
        lines = (line for line in self._clock.lines if line.step == step and name in ("", line.name))
        return [(at, line.number) for line in lines if (at := self._clock.at(line)) is not None]

    def read(self, lines: dict[Ref, str], findings: Sequence[Finding]) -> None:
        """Take the raw lines, and read the view trees of all findings in one pass over the journal."""
        self._lines = lines
        wanted = {number for finding in findings if (number := self._tree_of(finding)) is not None}
        path = self._folder / JOURNAL
        if not wanted:
            return
        with path.open("rb") as file:
            for number in range(1, max(wanted) + 1):
                line = file.readline(LINE_LIMIT)
                if number in wanted:
                    self._views[number] = views(line)

    def cut(self, finding: Finding, spoke: int, tries: int, needed: int) -> Excerpt:
        act, control = self._apart(finding)
        first, last = act[0].at, max(fact.at for fact in act)
        refs, facts, more = _refs(finding)
        words = {fact.ref: str(getattr(fact, "text", "")) for fact in finding.facts if fact.ref is not None}
        raw = tuple(RawLine(ref.path, ref.line, self._text(ref, words.get(ref, "")), ref in facts) for ref in refs if ref in self._lines)
        return Excerpt(
            start=self._moment(max(self._start, first.earlier(AROUND_SECONDS))),
            end=self._moment(last.later(AROUND_SECONDS)),
            control=(self._moment(control[0].at), self._moment(max(fact.at for fact in control))) if control else None,
            lines=raw,
            more_lines=more,
            tree=self._tree(finding),
            flags=tuple(self._changes(finding, act)),
            processes=tuple(self._processes(first, last)),
            spoke=spoke,
            tries=tries,
            needed=needed,
            films=tuple(self._filmed(finding)),
        )

    def _apart(self, finding: Finding) -> tuple[list[Event], list[Event]]:
        """The facts of the act, and those of its control run; where all lie in one, they are the act."""
        control = [fact for fact in finding.facts if any(start <= fact.at <= end for start, end in self._controls)]
        act = [fact for fact in finding.facts if fact not in control]
        return (act, control) if act else (control, [])

    def _text(self, ref: Ref, words: str) -> str:
        """A raw line; of a step what stands around the words of the fact, for a tree is told in text below."""
        return around(self._lines[ref], words, STEP_TEXT) if ref.path == JOURNAL else self._lines[ref]

    def _moment(self, at: Instant) -> Moment:
        boot = at.boot - self._start.boot
        seconds = at.uptime if boot else at.seconds_since(self._start)
        return Moment(boot, round(seconds, 3), self._clock.wall(at), self._clock.beijing(at))

    def _tree_of(self, finding: Finding) -> int | None:
        """The line of the tree that it rests on, else of the last one before its end."""
        act, _control = self._apart(finding)
        own = [fact.ref.line for fact in act if fact.source is Source.TREE and fact.ref and fact.ref.path == JOURNAL]
        if own:
            return own[-1]
        last = max(fact.at for fact in act)
        place = bisect_right(self._trees, last, key=lambda tree: tree[0])
        return self._trees[place - 1][1] if place else None

    def _tree(self, finding: Finding) -> ViewTree | None:
        number = self._tree_of(finding)
        if number is None or number not in self._views:
            return None
        lines, more = self._views[number]
        at = self._tree_times.get(number, finding.facts[-1].at)
        return ViewTree(f"{JOURNAL}:{number}", self._moment(at), lines, more) if lines else None

    def _changes(self, finding: Finding, act: Sequence[Event]) -> Iterator[FlagChange]:
        """The permissions that it is about, as read last before the refusal (else the act) and next after it."""
        groups = {finding.part, *(getattr(fact, "permission_group", None) for fact in finding.facts)}
        refused = [fact.at for fact in act if isinstance(fact, PermissionDenied)][:1]
        first, last = (refused * 2) if refused else (act[0].at, max(fact.at for fact in act))
        after = next((at for at, _ in self._readings if at >= last), None)
        told: dict[str, list[PermissionFlagsRead]] = {}
        for read in self._flags:
            if group_of(read.permission) in groups:
                told.setdefault(read.permission, []).append(read)
        for permission, reads in sorted(told.items()):
            old = [read for read in reads if read.at < first]
            new = [read for read in reads if after is not None and read.at <= after]  # a reading that changed nothing makes no fact
            if not old and not new:
                continue
            places = [read.place for read in (*old[-1:], *new[-1:]) if read.ref is not None]
            yield FlagChange(permission, _flags(old[-1]) if old else "", _flags(new[-1]) if new else "", tuple(dict.fromkeys(places)))

    def _processes(self, first: Instant, last: Instant) -> Iterator[Processes]:
        """Yield the processes as last read before it and as next read after it."""
        before = [seen for seen in self._seen if seen.at <= first]
        after = [seen for seen in self._seen if seen.at >= last]
        for seen in dict.fromkeys((*before[-1:], *after[:1])):
            yield Processes(seen.place, self._moment(seen.at), seen.processes)

    def _filmed(self, finding: Finding) -> Iterator[InFilm]:
        acts: list[Event] = [fact for fact in finding.facts if isinstance(fact, AdvertActed)]
        for fact in acts or finding.facts[-1:]:
            for film in self._films:
                if film.path and film.begin <= fact.at <= film.end:
                    yield InFilm(film.path, round(fact.at.seconds_since(film.begin), 1))


def _flags(read: PermissionFlagsRead) -> str:
    return " ".join([f"granted={str(read.granted).lower()}", *read.flags])


def views(line: bytes) -> tuple[tuple[str, ...], int]:
    """The view tree in a line of the journal as text, a view that says something a line, and how many are left out."""
    try:
        roots = parse_hierarchy(str(json.loads(line)["xml"]))
    except (ValueError, KeyError, TypeError, FormatError, RecursionError):
        return (), 0
    told = [text for root in roots for text in _told(root, 0)]
    return tuple(told[:MOST_VIEWS]), max(len(told) - MOST_VIEWS, 0)


def _told(node: Node, depth: int) -> Iterator[str]:
    says = [node.class_name.rpartition(".")[2] or "view"]
    says += [f"#{node.short_id}"] if node.short_id else []
    says += [json.dumps(text[:VIEW_TEXT], ensure_ascii=False) for text in (node.text, node.description) if text]
    says += [word for word in ("clickable", "checked", "focused", "scrollable") if getattr(node, word)]
    if not node.visible:
        return
    telling = len(says) > 1 or not depth
    if telling:
        says += [f"[{','.join(map(str, node.bounds))}]", node.package if not depth else ""]
        yield "  " * min(depth, 20) + " ".join(filter(None, says))
    for child in node.children:
        yield from _told(child, depth + telling)
