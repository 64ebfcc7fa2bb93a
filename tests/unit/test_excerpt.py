"""A finding's cut: what the evidence holds around it, and no more than a page bears."""

import json
import time
from pathlib import Path

from harness.events import (
    ControlStarted,
    DialogKind,
    DialogShown,
    Event,
    FilmTaken,
    Instant,
    LogGap,
    PermissionDenied,
    PermissionFlagsRead,
    ProcessDied,
    ProcessesSeen,
    Ref,
    ScenarioEnded,
    ScenarioStarted,
    Source,
)
from harness.events.action_kinds import Proof
from harness.events.app_under_test import AppUnderTest
from harness.events.film_events import FilmHow
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text
from harness.recording import steps
from harness.recording.clock_map import ClockMap, Probe
from harness.recording.journal import JOURNAL, Journal
from harness.recording.steps import Step
from harness.report import html
from harness.report.excerpt import CONTEXT, MOST_LINES, MOST_VIEWS, Excerpt, excerpts, views
from harness.report.html import _environment
from harness.report.raw_lines import around
from harness.report.run_clock import RunClock
from harness.rules import load_rules
from harness.verdicts.analysis import Analysis
from harness.verdicts.judge import Verdict

RULE = next(rule for rule in load_rules() if rule.id == "c5-exit-after-denial")
LOCATION = "LOCATION"
HOSTILE = '<script>alert("x")</script>\u202e'
XML = f"""<hierarchy><node class="android.widget.FrameLayout" package="com.a" bounds="[0,0][1080,2400]">
<node class="android.widget.TextView" text="{HOSTILE.replace("<", "&lt;").replace('"', "&quot;")}" bounds="[0,0][10,10]"/>
<node class="android.widget.Button" resource-id="com.a:id/ok" text="好" clickable="true" bounds="[5,5][9,9]"/>
</node></hierarchy>"""


def at(seconds: float) -> Instant:
    return Instant(0, 300.0 + seconds)


def run_folder(tmp_path: Path, *, lines: int = 40) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "run.json").write_text(json.dumps({"format": 2}))
    text = "".join(f"line {number} {HOSTILE}\n" for number in range(1, lines + 1))
    (tmp_path / "raw/events.txt").write_text(text, encoding="utf-8")
    journal = Journal(tmp_path / JOURNAL)
    told: list[tuple[float, Step]] = [
        (0.0, Probe(1000.0, 1000.0, 1795845190.0, 300.0)),
        (4.0, steps.Tree(xml="<hierarchy/>")),
        (5.0, steps.Tree(xml=XML)),
        (6.0, steps.Reading(name="flags", command="x", text="", code=0)),
        (30.0, steps.Reading(name="flags", command="x", text="", code=0)),
        (60.0, steps.Tree(xml=XML)),
        (61.0, Probe(1061.0, 1061.0, 1795845251.0, 361.0)),
    ]
    for seconds, step in told:
        journal.write(step, host=1000.0 + seconds)
    journal.close()
    return tmp_path


def died(seconds: float, line: int) -> ProcessDied:
    ref = Ref("raw/events.txt", line)
    return ProcessDied(at=at(seconds), source=Source.EVENTS, ref=ref, user=0, pid=7, process="com.a", adj=None)


def denied(seconds: float) -> PermissionDenied:
    return PermissionDenied(
        at=at(seconds),
        source=Source.SESSION,
        ref=Ref(JOURNAL, 4),
        package="com.a",
        permission_group=LOCATION,
        button="拒绝",
        again=False,
        proof=Proof.FLAGS,
    )


def flags(seconds: float, permission: str, *told: str) -> PermissionFlagsRead:
    ref = Ref(JOURNAL, 4 if seconds < 20 else 5)
    return PermissionFlagsRead(
        at=at(seconds), source=Source.DUMP, ref=ref, package="com.a", permission=permission, granted=False, flags=told
    )


def finding(*facts: Event, outcome: Outcome = Outcome.VIOLATION) -> Finding:
    return Finding(rule=RULE.id, outcome=outcome, part=LOCATION, reason_zh="退出", reason_en="left", facts=facts)


def cut_of(folder: Path, *findings: Finding, others: tuple[Event, ...] = ()) -> list[Excerpt | None]:
    start = LogGap(at=at(0), source=Source.CRASH, reason="begin")
    timeline = Timeline([start, *others, *(fact for one in findings for fact in one.facts)])
    verdict = Verdict(RULE, Outcome.VIOLATION, Text(""), findings)
    run = {"device": {"utc_offset": "+0800"}}
    clock = ClockMap(Probe(1000.0 + s, 1000.0 + s, 1795845190.0 + s, 300.0 + s) for s in (0.0, 61.0))
    app = AppUnderTest(package="com.a", uid=10101)
    analysis = Analysis(run, app, timeline, (verdict,), folder=folder, clock=clock)
    made = excerpts(folder, timeline, [verdict], RunClock(analysis))
    return [made.get(id(one)) for one in findings]


def test_a_cut_has_its_time_on_both_clocks_and_the_lines_around_each_fact(tmp_path: Path) -> None:
    (cut,) = cut_of(run_folder(tmp_path), finding(denied(7), died(8.5, 20)))
    assert (cut.start.seconds, cut.start.wall, cut.start.beijing) == (0.0, "2026-11-28 13:53:10.000", "")
    assert (cut.end.seconds, cut.end.wall, cut.control) == (18.5, "2026-11-28 13:53:28.500", None)
    shown = [(line.number, line.fact) for line in cut.lines if line.path == "raw/events.txt"]
    assert shown == [(number, number == 20) for number in range(20 - CONTEXT, 21 + CONTEXT)]
    assert [line.number for line in cut.lines if line.path == JOURNAL] == [4]
    assert cut.lines[0].text == f"line 17 {HOSTILE}"


def test_the_tree_is_the_last_one_before_its_end(tmp_path: Path) -> None:
    (cut,) = cut_of(run_folder(tmp_path), finding(denied(7), died(8.5, 20)))
    assert cut.tree.place == f"{JOURNAL}:3"
    assert cut.tree.lines[0] == "FrameLayout [0,0,1080,2400] com.a"
    assert cut.tree.lines[2] == '  Button #ok "好" clickable [5,5,9,9]'


def test_the_tree_that_a_fact_was_read_from_goes_before(tmp_path: Path) -> None:
    dialog = DialogShown(
        at=at(9),
        source=Source.TREE,
        ref=Ref(JOURNAL, 6),
        dialog=DialogKind.PERMISSION,
        owner="x",
        permission_group=LOCATION,
        text="",
        buttons=(),
        box=(0, 0, 1, 1),
    )
    (cut,) = cut_of(run_folder(tmp_path), finding(dialog))
    assert cut.tree.place == f"{JOURNAL}:6"


def test_flags_are_those_before_and_those_that_were_read_next(tmp_path: Path) -> None:
    others = (
        flags(6, "android.permission.ACCESS_FINE_LOCATION"),
        flags(6, "android.permission.CAMERA", "USER_SET"),
        flags(30, "android.permission.ACCESS_FINE_LOCATION", "USER_SET"),
    )
    (cut,) = cut_of(run_folder(tmp_path), finding(denied(7), died(8.5, 20)), others=others)
    (change,) = cut.flags
    assert (change.permission, change.before, change.after) == (
        "android.permission.ACCESS_FINE_LOCATION",
        "granted=false",
        "granted=false USER_SET",
    )
    assert change.places == (f"{JOURNAL}:4", f"{JOURNAL}:5")


def test_the_control_run_stands_apart_from_the_act(tmp_path: Path) -> None:
    between = [
        ScenarioStarted(at=at(40), source=Source.SESSION, segment="control-1-allow"),
        ScenarioEnded(at=at(60), source=Source.SESSION, segment="control-1-allow"),
        flags(6, "android.permission.ACCESS_FINE_LOCATION"),
        flags(30, "android.permission.ACCESS_FINE_LOCATION", "USER_SET"),
        flags(45, "android.permission.ACCESS_FINE_LOCATION", "USER_FIXED"),
    ]
    control = ControlStarted(at=at(41), source=Source.SESSION, permission_group=LOCATION, answer="allow", of=at(7))
    (cut,) = cut_of(run_folder(tmp_path), finding(denied(7), died(8.5, 20), control), others=tuple(between))
    assert (cut.end.seconds, cut.control[0].seconds) == (18.5, 41.0)
    assert [change.after for change in cut.flags] == ["granted=false USER_SET"]


def test_a_long_step_is_cut_around_the_words_of_the_fact() -> None:
    line = "<node/>" * 100 + 'text="要允许它获取位置吗？"' + "<node/>" * 100
    assert "要允许它获取位置吗？" in around(line, "要允许它获取位置吗？", 200)
    assert around(line, "", 200) == line[:200]
    assert around("short", "missing", 200) == "short"


def test_processes_are_those_asked_for_before_and_after(tmp_path: Path) -> None:
    def seen(seconds: float, *found: tuple[int, str]) -> ProcessesSeen:
        return ProcessesSeen(at=at(seconds), source=Source.DUMP, ref=Ref(JOURNAL, 4), package="com.a", processes=found)

    others = (seen(1, (6, "com.a")), seen(6, (7, "com.a")), seen(30), seen(50, (8, "com.a")))
    (cut,) = cut_of(run_folder(tmp_path), finding(denied(7), died(8.5, 20)), others=others)
    assert [each.processes for each in cut.processes] == [((7, "com.a"),), ()]


def test_the_film_is_named_with_its_second(tmp_path: Path) -> None:
    film = FilmTaken(at=at(40), source=Source.SESSION, film="f", how=FilmHow.MP4, path="raw/film-f.mp4", begin=at(6), end=at(40), frames=9)
    (cut,) = cut_of(run_folder(tmp_path), finding(denied(7), died(8.5, 20)), others=(film,))
    assert [(each.path, each.seconds) for each in cut.films] == [("raw/film-f.mp4", 2.5)]
    macro = html._environment().from_string('{% from "cut.html.j2" import cut %}{{ cut(one, "a b") }}')
    assert '<a href="runs/a%20b/raw/film-f.mp4#t=2.5">' in macro.render(one=cut)


def test_k_of_n_counts_what_was_tried(tmp_path: Path) -> None:
    folder = run_folder(tmp_path)
    clear = finding(died(3, 2), outcome=Outcome.CLEAR)
    cut, none = cut_of(folder, finding(died(8, 20)), clear)
    assert none is None  # a cut is made of what speaks against the app alone
    assert (cut.spoke, cut.tries, cut.needed) == (1, 2, RULE.needed)


def test_a_cut_is_bounded_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    folder = run_folder(tmp_path, lines=5000)
    (cut,) = cut_of(folder, finding(*(died(8 + number / 1000, number) for number in range(10, 5000, 10))))
    assert len(cut.lines) == MOST_LINES
    assert all(line.fact for line in cut.lines)
    assert cut.more_lines == 499 * (2 * CONTEXT + 1) - MOST_LINES - CONTEXT + CONTEXT
    many = "".join(f'<node class="a.B" text="t{number}" bounds="[0,0][1,1]"/>' for number in range(300))
    lines, more = views(json.dumps({"xml": f"<hierarchy>{many}</hierarchy>"}).encode())
    assert (len(lines), more) == (MOST_VIEWS, 300 - MOST_VIEWS)


def test_a_damaged_or_missing_file_costs_its_part_only(tmp_path: Path) -> None:
    folder = run_folder(tmp_path)
    (folder / "raw/events.txt").unlink()
    (cut,) = cut_of(folder, finding(denied(7), died(8.5, 20)))
    assert {line.path for line in cut.lines} == {JOURNAL}
    assert views(b'{"xml": "<hier') == ((), 0)
    assert views(b'{"host": 1') == ((), 0)


def page_with(cut: Excerpt) -> str:
    text = '{% from "cut.html.j2" import cut as shown with context %}{{ shown(cut) }}'
    return _environment().from_string(text).render(cut=cut)


def test_hostile_text_stays_text_on_the_page(tmp_path: Path) -> None:
    (cut,) = cut_of(run_folder(tmp_path), finding(denied(7), died(8.5, 20)))
    page = page_with(cut)
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script" in page


def test_five_hundred_cuts_are_quick(tmp_path: Path) -> None:
    folder = run_folder(tmp_path, lines=20_000)
    found = [finding(denied(7), died(8 + number / 1000, number * 30 + 5)) for number in range(500)]
    began = time.process_time()
    made = cut_of(folder, *found)
    assert all(made)
    assert time.process_time() - began < 10
