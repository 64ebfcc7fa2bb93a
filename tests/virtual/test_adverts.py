"""Adverts on the virtual device: each act end to end, what is taken away again, and apps that make it hard."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample_check import read_sample
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.check import check
from harness.engine.option_specs import options_from, read_words
from harness.events import (
    AdvertActed,
    AdvertLeft,
    AdvertSeen,
    AdvertTally,
    AppLaunched,
    CommandRun,
    DeliveryRemoved,
    FeedLeft,
    Note,
    ScenarioStarted,
    ShakeSwitchSeen,
    Tapped,
)
from harness.events.action_kinds import Purpose
from harness.report.report_builder import app_report
from harness.restore.ledger import ledgers
from harness.session.check_options import Options
from harness.verdicts.analysis import Analysis

APPS = Path(__file__).parent / "adverts"
pytestmark = pytest.mark.usefixtures("slow_time")


@dataclass
class Tried:
    """One campaign: what replay makes of it, what really happened, and what is left on the phone."""

    analysis: Analysis
    truth: list[dict[str, Any]]
    running: set[str]

    @property
    def acts(self) -> list[tuple[str, int]]:
        return [(act.act.value, act.number) for act in self.analysis.timeline.of(AdvertActed)]

    def left(self) -> dict[tuple[str, int], bool | None]:
        timeline = self.analysis.timeline
        ends = timeline.of(AdvertLeft)
        return {
            (act.act.value, act.number): next(end.still for end in ends if end.at >= act.at and end.slot == act.slot)
            for act in timeline.of(AdvertActed)
        }

    def notes(self) -> str:
        return "\n".join(note.text for note in self.analysis.timeline.of(Note))

    def seconds(self) -> float:
        events = [event.at.uptime for event in self.analysis.timeline]
        started = [event.at.uptime for event in self.analysis.timeline.of(ScenarioStarted)]
        return max(events) - min(started)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Tried]:
    """``tried(app)`` checks clause 7 of an app file once: it gets what it expects, and leaves nothing behind."""
    done: dict[str, Tried] = {}

    def try_once(app: str) -> Tried:
        if app not in done:
            sample = read_sample(APPS / f"{app}.py")
            spec = Spec(apps=tuple(reversed(load_app_file(sample.path))))
            with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
                device = InProcessDevice(thread)
                options = options_from(read_words(sample.options))
                analysis = check(device, sample.package, options, runs=tmp_path_factory.mktemp(app))
                files = InProcessDevice(thread).shell(["ls", "/sdcard/Download"]).stdout.split()
                running = InProcessDevice(thread).shell(["ps", "-A", "-o", "NAME"]).stdout.split()
                done[app] = Tried(analysis, list(thread.devices[0].truth), set(running))
            outcomes = {verdict.rule.id: (verdict.outcome.value, str(verdict.reason)) for verdict in analysis.verdicts}
            assert {rule: outcomes[rule][0] for rule in sample.expected} == sample.expected, outcomes
            assert (files, ledgers()) == ([], [])
        return done[app]

    return try_once


OWN_TEST = ("none", "splash", "cross_loads", "crashes", "floods", "resumes", "shaken", "seldom")


@pytest.mark.parametrize("app", sorted(path.stem for path in APPS.glob("*.py") if path.stem not in ("__init__", *OWN_TEST)))
def test_each_app_gets_the_outcomes_that_it_expects_and_leaves_nothing_behind(tried: Callable[[str], Tried], app: str) -> None:
    tried(app)


def test_what_a_list_has_at_its_end_is_met_and_what_is_left_of_another_is_told(tried: Callable[[str], Tried]) -> None:
    found = tried("deep_feed")
    clear = next(verdict for verdict in found.analysis.verdicts if verdict.rule.id == "c7-jump")
    assert [event.page for event in found.analysis.timeline.of(FeedLeft)] == ["全部日记"]
    assert "how the lists of 全部日记 go on" in clear.reason_en


def test_an_app_without_adverts_costs_seven_starts_and_few_presses(tried: Callable[[str], Tried]) -> None:
    found = tried("none")
    timeline = found.analysis.timeline
    assert found.acts == []
    assert timeline.of(AdvertSeen) == []
    names = [event.segment for event in timeline.of(ScenarioStarted)]
    starts = [f"advert-start-{number}" for number in range(1, 8)]
    assert names == [
        starts[0], "advert-pages", *starts[1:3], "advert-further", starts[3], "advert-again", starts[4], "advert-longer", *starts[5:],
    ]  # fmt: skip
    assert 3 < len([tap for tap in timeline.of(Tapped) if tap.purpose is Purpose.WALK]) <= 30
    assert found.seconds() < 400  # 297 on a host at rest: its own time counts, too


def test_a_splash_is_met_anew_for_each_act_and_gone_within_its_five_seconds(tried: Callable[[str], Tried]) -> None:
    found = tried("splash")
    assert found.acts == [("nothing", 1), ("swipe", 1), ("picture", 1), ("picture", 2), ("picture", 3), ("close", 1), *found.acts[6:]]
    timeline = found.analysis.timeline
    alone = next(act for act in timeline.of(AdvertActed) if act.act == "nothing")
    gone = next(end for end in timeline.of(AdvertLeft) if end.at >= alone.at)
    assert gone.still is False
    assert gone.at.uptime - alone.at.uptime < 5.5
    starts = [launch.at for launch in timeline.of(AppLaunched)]
    for act in timeline.of(AdvertActed):
        assert 0 < act.at.uptime - max(at.uptime for at in starts if at < act.at) < 3
    # A jump is tried three times, and the phone's own browser is left and not ended.
    assert not [run.command for run in timeline.of(CommandRun) if "force-stop" in run.command]
    assert any("webview" in name or "browser" in name for name in found.running)


def test_what_a_cross_loads_is_described_once_and_taken_away_each_time(tried: Callable[[str], Tried]) -> None:
    found = tried("cross_loads")
    assert found.left()["close", 1] is False
    assert ("close", 2) not in found.acts  # two witnesses at once need no second try
    removed = [one for one in found.analysis.timeline.of(DeliveryRemoved) if one.name.endswith(".apk")]
    loads = [line for line in found.truth if line["what"] == "download"]
    assert len(loads) == len(removed) >= 3  # by closings on the way, by the button, by the cross
    assert not any(one.problem for one in removed)


def test_a_crash_is_no_close_and_the_campaign_goes_on(tried: Callable[[str], Tried]) -> None:
    found = tried("crashes")
    left = found.left()
    assert left["close", 1] is None
    assert left["picture", 1] is None
    assert [act for act, _ in found.acts].index("beside") > [act for act, _ in found.acts].index("picture")


def test_an_advert_that_opens_nine_apps_by_itself_is_left_at_that(tried: Callable[[str], Tried]) -> None:
    found = tried("floods")
    assert found.acts == [("nothing", 1), ("nothing", 2), ("nothing", 3)]
    assert "the advert opened 9 apps" in found.notes()
    assert "opens or loads by itself" in found.notes()
    assert not any(name.startswith("com.example.other") for name in found.running)


def test_a_download_is_paused_and_its_app_and_the_network_taken_away(tried: Callable[[str], Tried]) -> None:
    found = tried("resumes")
    acts = [act for act, _ in found.acts]
    start = acts.index("pause")
    assert acts[start : start + 5] == ["pause", "network-off", "network-on", "kill", "relaunch"]
    commands = [run.command for run in found.analysis.timeline.of(CommandRun)]
    assert commands.index("svc wifi disable") < commands.index("svc wifi enable")
    resumed = [line["why"] for line in found.truth if line["what"] == "download_resumed"]
    assert set(resumed) == {"app"}  # it did go on by itself, at each start


def test_the_thresholds_of_a_shake_are_found_and_what_lies_below_the_standard_is_tried(tried: Callable[[str], Tried]) -> None:
    found = tried("shaken")
    moved = [act for act in found.analysis.timeline.of(AdvertActed) if act.act == "motion"]
    assert {act.fed for act in moved} == {"virtual"}
    assert [act.words for act in moved if act.words] == ["walk", "run", "pocket", "pick_up", "vehicle", "put_down"]
    motions = dict.fromkeys((act.acceleration, act.angle, act.seconds) for act in moved)  # what led elsewhere comes alone once more
    assert [*motions][:4] == [(30, 90, 3.5), (14, 90, 3.5), (30, 32, 3.5), (30, 90, 2.8)]
    assert "jumped at 8.938 (7.25) m/s², 20 (16)°, 1.175 (0.85) s" in found.notes()
    assert len([line for line in found.truth if line["what"] == "jump" and line["cause"] == "shake"]) > 3


@pytest.mark.parametrize(("on", "outcome"), [(True, "inconclusive"), (False, "violation")])
def test_with_the_switch_of_the_rom_on_nothing_is_concluded_from_a_shake(tmp_path: Path, on: bool, outcome: str) -> None:
    apps = load_app_file(APPS / "shaken.py")
    with devices_in_thread([partial(VirtualDevice, Spec(android="13", rom="miui", apps=tuple(reversed(apps))))]) as thread:
        thread.call(lambda: thread.devices[0].options.switch("no_shake_jump", on=on))
        analysis = check(InProcessDevice(thread), apps[0].package, Options(clauses=(7,)), runs=tmp_path)
    (switch,) = analysis.timeline.of(ShakeSwitchSeen)
    assert switch.on is on
    assert {verdict.rule.id: verdict.outcome.value for verdict in analysis.verdicts}["c7-shake-jump"] == outcome


def test_adverts_that_come_seldom_are_met_over_hours_and_told_as_k_of_n(tried: Callable[[str], Tried]) -> None:
    found = tried("seldom")
    (tally,) = found.analysis.timeline.of(AdvertTally)
    assert 0 < tally.seen < tally.tries
    assert found.seconds() > 3 * 3600
    assert ("close", 1) in found.acts


def test_the_report_marks_the_advert_and_the_finger_on_what_was_seen_before_the_act(tried: Callable[[str], Tried]) -> None:
    analysis = tried("cross_loads").analysis
    verdicts = {verdict.rule.id: verdict for verdict in app_report(analysis.folder, analysis).verdicts}
    pictures = [picture for finding in verdicts["c7-close-acts-as-confirm"].findings for picture in finding.pictures]
    (marked,) = [picture for picture in pictures if picture.tree_box and picture.pixel_box]
    x, y, width, height = marked.pixel_box or (0, 0, 0, 0)
    closing = next(act for act in analysis.timeline.of(AdvertActed) if act.act == "close")
    assert (x + width // 2, y + height // 2) == (closing.x, closing.y)
    assert "red: the finger" in marked.caption
    assert all(("red: the finger" in picture.caption) == (picture.pixel_box is not None) for picture in pictures)
    assert not [picture for picture in verdicts["c7-jump"].findings[0].pictures if picture.pixel_box]
