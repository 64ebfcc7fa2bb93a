"""``apprights profile``: the first draft of an app profile, from one walk through the app."""

import json
from typing import Annotated, Any

import typer

from harness.commands.arguments import device_and_app, may_clear, takes
from harness.commands.check import exit_code
from harness.commands.progress import Progress
from harness.detectors.asks import Ask, asks
from harness.dialogs.walls import is_login
from harness.engine.check import drive_once
from harness.engine.device_selection import DEVICE
from harness.engine.option_specs import CLEARS, options_from
from harness.events import DialogKind, DialogShown, FunctionUsed, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.explorer.app_walk import Budget, Walk
from harness.language import Text, _, said
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.starts.tester_causes import EXPLAINS_SECONDS

OPEN_SECONDS = 15.0  # [PROJECT]: splash, advert, consent and home page of a slow app


@takes(*DEVICE, "minutes", "steps", "seed", "unattended", *CLEARS, "config", "runs")
def profile(
    app: Annotated[str, typer.Argument(help=_("An APK file, the package name of an installed app, or an app file."))], **values: Any
) -> None:
    """Walk through APP once and print a first draft of its profile: apprights profile APP > app.toml.

    The app's data is cleared, as by check. Every line is for you to check; what would excuse the app is commented out.
    """
    options = options_from(values)

    def drive(session: Session, canary: str) -> None:
        session.canary(canary)
        session.reset()
        with session.segment("first-launch"):
            session.launch()
            Watch(session, OPEN_SECONDS).run()
        Walk(session, budget=Budget(options.minutes, options.steps), seed=options.seed).run()
        session.canary(canary)

    with Progress() as progress, device_and_app(values, app) as (device, package):
        may_clear(device, package, values)
        where = {"runs": values["runs"], "progress": progress, "wait": values["wait_turn"]}
        analysis = drive_once(device, package, options, "profile", drive, **where)
    typer.echo(draft(analysis.timeline, analysis.app), nl=False)
    if analysis.interrupted:
        raise typer.Exit(exit_code(analysis, strict=False))


TOLD_SECONDS = 30.0
"""How long before the system's dialog an explanation of the app may have been shown."""
MOST_LINES = 40
TEXT_LENGTH = 120


def draft(timeline: Timeline, app: AppUnderTest) -> str:
    """The profile as TOML with comments; it can be read back as it is."""
    found = asks(timeline, app)
    lines = [
        _remark(_("First draft of an app profile, from one walk. Check every line; what is behind a # has no effect.")),
        f"package = {_quoted(app.package)}",
        "",
        _remark(_("permissions that the app is about: an exit over one of them is suspected at most")),
        f"# core = {_list(sorted({ask.group for ask in found if ask.group}))}",
        "",
        _remark(_("functions to use first: they asked for a permission")),
        f"visit = {_list(_asking(timeline, found))}",
        "",
        _remark(_("texts that are never pressed, besides our own list")),
        "never_touch = []",
        "",
        "[functions]",
        _remark(_("functions that rightly need a permission, where their words do not say so")),
        *_functions(timeline, found),
        "",
        "[purposes]",
        _remark(_("what the app said when it asked")),
        *_purposes(timeline, found),
        "",
        *_login(timeline),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _before(timeline: Timeline, ask: Ask) -> FunctionUsed | None:
    """The press that an ask followed."""
    since = ask.at.earlier(EXPLAINS_SECONDS)
    used = timeline.between(since, ask.at, FunctionUsed)
    return used[-1] if used else None


def _asking(timeline: Timeline, found: list[Ask]) -> list[str]:
    used = [press.text for ask in found if (press := _before(timeline, ask)) is not None]
    return list(dict.fromkeys(used))[:MOST_LINES]


def _functions(timeline: Timeline, found: list[Ask]) -> list[str]:
    needed: dict[str, set[str]] = {}
    for ask in found:
        press = _before(timeline, ask)
        if press is not None and ask.group and ask.group not in press.promises:
            needed.setdefault(press.text, set()).add(ask.group)
    return [f"# {_quoted(text)} = {_list(sorted(groups))}" for text, groups in list(needed.items())[:MOST_LINES]]


def _purposes(timeline: Timeline, found: list[Ask]) -> list[str]:
    told: dict[str, str] = {}
    for ask in found:
        since = ask.at.earlier(TOLD_SECONDS)
        shown = [d for d in timeline.between(since, ask.at, DialogShown) if d.dialog is DialogKind.RATIONALE]
        own = [d for d in shown if d.permission_group in (ask.group, None)]
        if ask.group and own:
            told.setdefault(ask.group, own[-1].text)
    silent = sorted({ask.group for ask in found if ask.group} - set(told))
    lines = [f"{group} = {_quoted(' '.join(text.split())[:TEXT_LENGTH])}" for group, text in told.items()]
    return lines + [f'# {group} = ""  {_remark(_("nothing was said"))}' for group in silent]


def _login(timeline: Timeline) -> list[str]:
    """The outline of a login, where a page with text fields and the word for it was seen."""
    pages = [page for page in timeline.of(ScreenSeen) if page.fields and is_login(page.title)]
    if not pages:
        return []
    return [
        _remark(_("a login page was seen: {title}. Fill in a test account and take the # away", title=_comment(pages[0].title))),
        "# [[login]]",
        '# field = "手机号"',
        '# text = ""',
        "# [[login]]",
        '# field = "密码"',
        '# env = "APP_PASSWORD"',
        "# [[login]]",
        '# tap = "登录"',
        '# wait_for = "我的"',
    ]


def _remark(text: Text) -> str:
    """A comment for the tester."""
    return f"# {said(text)}"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's; DEL is a control character of TOML only."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f").encode("utf-8", "replace").decode("utf-8")


def _list(texts: list[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"


def _comment(text: str) -> str:
    """Text of an app within a comment: no line may end in it."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[:TEXT_LENGTH]
