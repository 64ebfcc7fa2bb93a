"""The options of a check, each declared once: pytest, the command line and app files take theirs from here.

A face declares those it wants (``harness.plugin.pytest_options``, ``harness.commands.arguments`` for typer,
``add_options`` for app files) and makes one ``Options`` of what was typed with ``options_from``. Importing this brings
nothing heavy along: every pytest of whoever has AppRights installed does it.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from harness.config import current
from harness.config.table_validation import today
from harness.errors import ScenarioError
from harness.language import LANGUAGES, _
from harness.session.check_options import CLAUSES, Options

RUNS = Path("reports") / "runs"
TODAY = "today"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a kind of value; ``bool`` is a switch. A number is between ``least`` and ``most``.

    ``problem`` says what else is wrong with a value.
    """

    name: str
    kind: type[Any]
    help: str
    default: Any = None
    choices: tuple[Any, ...] = ()
    least: float | None = None
    most: float | None = None
    repeatable: bool = False
    metavar: str | None = None
    problem: Callable[[Any], str | None] | None = None

    @property
    def flag(self) -> str:
        return f"--{self.name}"

    @property
    def key(self) -> str:
        """Return the option as it is called in Python."""
        return self.name.replace("-", "_")

    def refuse(self, value: Any) -> str | None:
        """What is wrong with a value, on one line; None where nothing is."""
        if self.choices and value not in self.choices:
            return _("'{value}' is none of {choices}", value=value, choices=", ".join(map(str, self.choices)))
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            return _("{value:g} is not between {least:g} and {most:g}", value=value, least=self.least, most=self.most)
        return self.problem(value) if self.problem is not None else None

    def read(self, text: Any) -> Any:
        """The value of what was written; raises ScenarioError, without the option's name, for one that it cannot be."""
        try:
            value = text if isinstance(text, self.kind) else self.kind(text)
        except (TypeError, ValueError):
            number = _("'{text}' is no whole number", text=text) if self.kind is int else _("'{text}' is no number", text=text)
            raise ScenarioError(number) from None
        if problem := self.refuse(value):
            raise ScenarioError(problem)
        return value


def _default(name: str) -> Any:
    default = next(field.default for field in fields(Options) if field.name == name)
    assert default is not MISSING
    return default


def day_of(text: str | None) -> date | None:
    """The day that ``--as-of`` names; None where it names none. Raises ScenarioError for what is no day."""
    if not text:
        return None
    if text == TODAY:
        return today()
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> NoReturn:
    raise ScenarioError(_("'{text}' is no day: write 2020-07-24, or today", text=text[:80]))


def _day_problem(text: str) -> str | None:
    try:
        day_of(text)
    except ScenarioError as error:
        return error.args[0] if error.args else str(error)
    return None


DECLARED = (
    Option("app", str, _("APK file or installed package to check"), metavar="APP"),
    Option("serial", str, _("the device, as 'apprights devices' lists it; needed when there are several")),
    Option("adb-port", int, _("port of the adb server, default that of adb"), metavar="N", least=1, most=65535),
    Option("wait-turn", bool, _("wait while another check uses the phone, and check then")),
    Option("virtual", bool, _("use a virtual device instead of a phone")),
    Option("app-file", Path, _("app file (.py) for the virtual device; repeatable"), repeatable=True, metavar="FILE"),
    Option("android", str, _("Android version of the virtual device"), default="13"),
    Option("rom", str, _("ROM of the virtual device"), default="aosp"),
    Option("consent", str, _("answer to the privacy policy"), default=_default("consent"), choices=("accept", "refuse")),
    Option("tap", str, _("function to use, by its text; repeatable"), repeatable=True, metavar="TEXT"),
    Option(
        "clause",
        int,
        _("only this clause of the notice: 1, 5 and 8 take minutes, 7 up to an hour, 6 six hours on a phone; repeatable"),
        choices=CLAUSES,
        repeatable=True,
        metavar="N",
    ),
    Option(
        "profile",
        str,
        _(
            "thresholds and labels: miit-164, that of a store (store-strict, store-huawei, store-tencent, store-honor, store-xiaomi) or "
            "of a later text (miit-26, gbt-41391, bulletins-2025, bulletins-2026, tc260-shake-2025, gbt-45574, cac-audit-2025, "
            "cac-draft-2026, a draft); "
            "or a file .toml with what you know of the app; repeatable"
        ),
        repeatable=True,
        metavar="NAME|FILE",
    ),
    Option(
        "minutes",
        float,
        _("minutes of device time that the walk through the app may take"),
        default=_default("minutes"),
        least=0.5,
        most=240,
    ),
    Option("steps", int, _("presses that the walk through the app may take"), default=_default("steps"), least=1, most=10_000),
    Option("seed", int, _("choice of the walk among equals: the same seed, the same steps"), default=_default("seed")),
    Option("pause", bool, _("stop where a person is needed (captcha, slider, face check) and go on after them")),
    Option(
        "unattended",
        bool,
        _(
            "answer the pages that a ROM shows before an installation of ours (the password of its account: environment variable "
            "APPRIGHTS_INSTALL_PASSWORD)"
        ),
    ),
    Option("strict", bool, _("suspected fails too")),
    Option("policy", Path, _("the app's privacy policy: text, HTML, .docx or PDF"), metavar="FILE"),
    Option("store", Path, _("a store's page about the app, as saved from a browser; repeatable"), repeatable=True, metavar="FILE"),
    Option(
        "earlier",
        Path,
        _("run folder of an earlier version: what came back is told (clause 10); repeatable"),
        repeatable=True,
        metavar="RUN",
    ),
    Option("store-app", bool, _("read the app's page in the phone's own store (clauses 9 and 10); nothing is loaded from it")),
    Option("clock", bool, _("move the device's clock by 47 and 49 hours for the 48-hour rule, and back")),
    Option(
        "background-minutes",
        float,
        _("minutes in the background for an app to which every permission was allowed (clause 2)"),
        default=_default("background_minutes"),
        least=1,
        most=1440,
        metavar="N",
    ),
    Option(
        "ad-hours",
        float,
        _("hours over which the app is started again and again, to meet adverts that come seldom"),
        default=_default("ad_hours"),
        least=0,
        most=72,
        metavar="N",
    ),
    Option(
        "as-of",
        str,
        _("the rules of a day, 2020-07-24 or today: one whose documents came later is not held against the app"),
        metavar="DAY",
        problem=_day_problem,
    ),
    Option("film", bool, _("film the screen throughout; the report names the second of each finding")),
    Option("city", str, _("where the phone is, for the report"), default=_default("city")),
    Option("yes", bool, _("do not ask before the data of an installed app is cleared; needed where nobody is at a terminal")),
    Option("system-app", bool, _("the app may be one of the system's: its data is cleared too")),
    Option(
        "config", Path, _("rules, thresholds and words of your own: apprights.toml, looked for in this folder and above"), metavar="FILE"
    ),
    Option(
        "case", Path, _("what no phone knows, for the report: client, laboratory, tester, developer, numbers (case.toml)"), metavar="FILE"
    ),
    Option("runs", Path, _("where run folders are written"), default=RUNS, metavar="FOLDER"),
    Option("lang", str, _("language of what is printed, else that of the environment"), choices=LANGUAGES),
    Option("json", bool, _("JSON only on standard output")),
)
"""Every option that a command about an app may have, in the order in which they are listed."""

CHOICES = (
    "consent",
    "tap",
    "clause",
    "profile",
    "minutes",
    "steps",
    "seed",
    "pause",
    "unattended",
    "policy",
    "store",
    "store-app",
    "earlier",
    "clock",
    "background-minutes",
    "ad-hours",
    "as-of",
    "film",
    "city",
)
"""What a tester chooses for a check, besides the app, the device and the place of the run folder."""


DEFAULTS = ("consent", "tap", "clause", "profile", "minutes", "steps", "seed", "policy", "city")
"""What the tester's config may have in ``[check]``. A switch is none: what a file turns on could not be turned off."""

CLEARS = ("yes", "system-app")
"""Of every command that clears the app's data."""


def declared(*names: str) -> tuple[Option, ...]:
    """The options of these names, in the order of the list."""
    found = tuple(option for option in DECLARED if option.name in names)
    assert len(found) == len(names), names
    return found


def add_options(add: Callable[..., object], options: Iterable[Option]) -> None:
    """Declare options to argparse's parser by its ``add`` method."""
    for option in options:
        if option.kind is bool:
            add(option.flag, action="store_true", help=option.help)
            continue
        words: dict[str, Any] = {"help": option.help, "type": partial(_read, option)}
        words |= {"metavar": option.metavar} if option.metavar else {}
        words |= {"action": "append", "default": []} if option.repeatable else {"default": untyped(option)}
        add(option.flag, **words)


def untyped(option: Option) -> Any:
    """What stands for an option that nobody typed: a config may have it, and its default may come later."""
    if option.repeatable:
        return []
    return None if option.name in DEFAULTS else option.default


def _read(option: Option, text: str) -> Any:
    try:
        return option.read(text)
    except ScenarioError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def read_words(words: Sequence[str]) -> dict[str, Any]:
    """What was typed for a check, from its words; raises ScenarioError for an unknown option or a wrong value."""
    parser = _Words(add_help=False, allow_abbrev=False)
    add_options(parser.add_argument, declared(*CHOICES, "strict"))
    return vars(parser.parse_args(words))


class _Words(argparse.ArgumentParser):
    """Says what is wrong instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        """What argparse makes of wrong words."""
        raise ScenarioError(_("options of a check: {message}", message=message))


def options_from(values: Mapping[str, Any], *, clauses: tuple[int, ...] = CLAUSES) -> Options:
    """The options as one value; what nobody typed is as the config in force has it, else as by default.

    ``clauses`` stand in where none was named.

    Raises FormatError for a file that cannot be read, ScenarioError for a profile that there is not.
    """
    from harness.listings.listing_file import read_listing_file
    from harness.policies.policy_file import read_policy
    from harness.session.session_lifecycle import with_profiles  # it brings the phone libraries along

    own = current().defaults
    values = {name: own[name] if value in (None, [], ()) and name in own else value for name, value in values.items()}
    read_below = ("profile", "policy", "store", "earlier", "as_of")
    named = (each.name for each in fields(Options) if each.name not in read_below)
    options = replace(
        Options(**{name: values[name] for name in named if values.get(name) is not None}),
        taps=tuple(values.get("tap") or ()),
        clauses=tuple(sorted(set(values.get("clause") or clauses))),
        as_of=day.isoformat() if (day := day_of(values.get("as_of"))) is not None else "",
    )
    profiles = values.get("profile") or ()
    for name in profiles:
        if name.lower().endswith(".toml"):
            need_file(name, "--profile")
    if policy := values.get("policy"):
        need_file(policy, "--policy")
        options = replace(options, policy=read_policy(policy))
    for page in (pages := values.get("store") or ()):
        need_file(page, "--store")
    options = replace(options, store=tuple((Path(page).name, read_listing_file(Path(page))) for page in pages))
    if runs := values.get("earlier"):
        from harness.engine.earlier_runs import read_earlier  # it judges each of them: nobody else pays for that

        options = replace(options, earlier=tuple(read_earlier(Path(run)) for run in runs))
    return with_profiles(options, profiles)


def need_file(path: str | Path, named: str) -> None:
    """Raise ScenarioError where a file that was named is not there: said before anything starts."""
    if not Path(path).is_file():
        shown = str(path)[:200]
        if Path(path).exists():
            raise ScenarioError(_("{named}: {path} is no file: see how its path is written", named=named, path=shown))
        raise ScenarioError(_("{named}: {path} is not there: see how its path is written", named=named, path=shown))


def need_app_file(path: str | Path, named: str) -> None:
    """Raise ScenarioError where there is neither an app file nor the folder of a recording."""
    if not Path(path).is_dir():
        need_file(path, named)
