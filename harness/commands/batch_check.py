"""``apprights check`` with several apps: they are spread over the phones, and told one after the other."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness import console
from harness.commands.arguments import is_app_file, may_clear
from harness.commands.parallel_checks import FAILED, Checks, Done, Lane, short
from harness.commands.progress import Rows
from harness.commands.verdict_lines import Shown, rule_lines, show, show_count, show_lines, show_unfinished
from harness.device.protocol import Device
from harness.engine.device_selection import refuse_contradiction
from harness.engine.option_specs import CHOICES, CLEARS, declared, need_app_file, need_file, untyped
from harness.errors import HarnessError
from harness.events.findings import Outcome
from harness.language import _, known, pick, said
from harness.verdicts.analysis_json import apps_json

if TYPE_CHECKING:
    from harness.report.case import Case

WORST = (130, 143, 70, 1, 2, 3, 0)
"""Exit codes, the worst first: what was found weighs more than what could not be looked at."""
PASSED_ON = (*CHOICES, "strict", "wait-turn", "adb-port", "virtual", "app-file", "android", "rom", *CLEARS, "config", "runs")


def check_many(
    apps: Sequence[str], serials: Sequence[str], values: Mapping[str, Any], outputs: Sequence[Path], shown: Shown, case: Case
) -> int:
    """Check several apps, on several phones where they are named; the exit code is the worst."""
    for named in apps:
        if is_app_file(named):
            need_app_file(named, "APP")
        elif named.lower().endswith(".apk"):
            need_file(named, "APP")
    lanes, refused = _lanes(apps, serials, values)
    checks = Checks(lanes, words_of(values))
    found: dict[str, Done] = {}
    for one in refused:
        found[one.app] = one
        _tell(one, len(found), len(apps))
    with checks.hearing(), Rows(checks.rows):
        for one in checks.run():
            found[one.app] = one
            _tell(one, len(found), len(apps))
    for lane in lanes:  # what nobody took any more
        while (app := lane.take()) is not None:
            found[app] = Done(app, lane.name, 128 + checks.stopped, reason=said(_("not begun: the check was interrupted")))
    results = [found[app] for app in apps]
    _report(results, outputs, case)
    if values["json"]:
        left = [{"app": one.app, "device": one.place, "exit_code": one.code, "reason": one.reason} for one in results if one.run is None]
        console.print_json(apps_json([one.run for one in results if one.run is not None], not_checked=left))
    else:
        _show(results, outputs, shown)
    codes = {one.code if one.code in WORST else FAILED for one in results} | ({128 + checks.stopped} if checks.stopped else set())
    return next(code for code in WORST if code in codes)


def words_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The options as they are typed, for a check of one app; what is as by default is left out."""
    words: list[str] = []
    for option in declared(*PASSED_ON):
        value = values[option.key]
        if option.kind is bool:
            words += [option.flag] if value else []
        elif option.repeatable:
            words += [f"{option.flag}={each}" for each in value]
        elif value is not None and value != untyped(option):
            words.append(f"{option.flag}={value}")
    return tuple(words)


def _lanes(apps: Sequence[str], serials: Sequence[str], values: Mapping[str, Any]) -> tuple[list[Lane], list[Done]]:
    """Return the phones with the apps that each checks, and the apps that nobody can check."""
    refuse_contradiction({**values, "serial": next(iter(serials), None)}, "")
    virtual = values["virtual"] or values["app_file"]
    files = [app for app in apps if virtual or is_app_file(app)]
    count = min(len(files), max(2, os.cpu_count() or 2))
    waiting = deque(files)
    lanes = [Lane(said(_("virtual device {number}", number=number)), (), deque(), waiting) for number in range(1, count + 1)]
    on_phones = [app for app in apps if app not in files]
    if not on_phones:
        return lanes, []
    phones, refused = _phones(on_phones, serials or (None,), values, alone=not files)
    return [*lanes, *phones], refused


def _phones(apps: Sequence[str], serials: Sequence[str | None], values: Mapping[str, Any], *, alone: bool) -> tuple[list[Lane], list[Done]]:
    """The phones and their apps: an installed app on a phone that has it, an APK file on the first that is free.

    Raises HarnessError where no phone can be used and there is nothing else to do (``alone``).
    """
    from harness.device.adb import open_device

    lanes: list[Lane] = []
    problems: list[HarnessError] = []
    refused: list[Done] = []
    shared = deque(app for app in apps if _is_apk(app))
    installed: dict[str, set[str]] = {}
    for serial in serials:
        try:
            with open_device(serial, port=values["adb_port"]) as device:
                installed[device.serial] = _packages(device)
                lanes.append(Lane(device.serial, ("--serial", device.serial, "--yes"), deque(), shared))
        except HarnessError as error:
            problems.append(error)
    if not lanes and alone:
        raise problems[0]
    if not lanes:
        return [], [Done(app, serials[0] or "", FAILED, reason=said(problems[0])) for app in apps]
    for problem in problems:
        console.progress(said(problem))
    for app in apps:
        if _is_apk(app):
            continue
        having = [lane for lane in lanes if app in installed[lane.name]]
        if not having:
            where = pick("、", ", ").join(lane.name for lane in lanes)
            refused.append(Done(app, where, FAILED, reason=said(_("it is not installed on {phones}", phones=where))))
            continue
        lane = min(having, key=lambda lane: len(lane.own))
        try:
            with open_device(lane.name, port=values["adb_port"]) as device:
                may_clear(device, app, values)
            lane.own.append(app)
        except HarnessError as error:
            refused.append(Done(app, lane.name, FAILED, reason=said(error)))
    return lanes, refused


def _is_apk(app: str) -> bool:
    return app.lower().endswith(".apk") or Path(app).is_file()


def _packages(device: Device) -> set[str]:
    return {line.removeprefix("package:").strip() for line in device.shell(["pm", "list", "packages"]).stdout.splitlines()}


def _tell(one: Done, number: int, total: int) -> None:
    if one.run is None:
        text = _("{number}/{total} {app}: not checked: {reason}", number=number, total=total, app=short(one.app), reason=one.reason)
    else:
        count = one.run["outcomes"][Outcome.VIOLATION]
        text = _(
            "{number}/{total} {app} on {device}: violations: {count}",
            number=number,
            total=total,
            app=short(one.app),
            device=one.place,
            count=count,
        )
    console.progress(said(text))


def _report(results: Sequence[Done], outputs: Sequence[Path], case: Case) -> None:
    from harness.report import write_report

    folders = [Path(one.run["run"]) for one in results if one.run is not None]
    if outputs and folders:
        write_report(folders, *outputs, case=case)


def _show(results: Sequence[Done], outputs: Sequence[Path], shown: Shown) -> None:
    """App by app, then what there is altogether."""
    from harness.commands.check import report_command
    from harness.verdicts.analysis import examine

    for one in results:
        console.say((_head(one), "bold"))
        if one.run is None:
            console.say((said(_("not checked: {reason}", reason=one.reason)), "yellow"), indent=2)
        elif shown.verbose:
            show(examine(Path(one.run["run"])), shown)
        else:
            if not one.run["finished"]:
                show_unfinished(known(one.run["unfinished_zh"], one.run["unfinished_en"]))
            lines = rule_lines(one.run["rules"])
            show_lines(lines, quiet=shown.quiet)
            show_count(lines)
        console.out.print()
    runs = [one.run for one in results if one.run is not None]
    bad = sum(_violates(run) for run in runs)
    total = _("Apps: {count}. With violations: {bad}. Not checked: {left}.", count=len(results), bad=bad, left=len(results) - len(runs))
    console.say((said(total), "bold"))
    for output in outputs if runs else ():
        console.say((said(_("Report: {path}", path=output)), ""), whole=True)
    if runs and not outputs:
        console.say((said(_("For a report: {command}", command=report_command(*(run["run"] for run in runs)))), ""), whole=True)


def _head(one: Done) -> str:
    """The app and its device."""
    if one.run is None:
        return f"{one.app}  {one.place}"
    app, device = one.run["app"], one.run["device"]
    named = app["label"] + pick("（", " (") + app["package"] + pick("）", ")") if app["label"] else app["package"]
    return " · ".join(
        part for part in (named, app["version_name"] or "", str(device.get("model", "")), str(device.get("serial", ""))) if part
    )


def _violates(run: Mapping[str, Any]) -> bool:
    """Whether a run has a violation that nobody suppressed."""
    suppressed = sum(each["outcome"] == Outcome.VIOLATION and bool(each["suppressed"]) for each in run["rules"])
    return bool(run["outcomes"][Outcome.VIOLATION] > suppressed)
