"""Options are declared once.

Every face has the same names, defaults, bounds and choices, and makes the same value of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer.main

from harness import cli, plugin
from harness.engine.device_selection import DEVICE
from harness.engine.option_specs import CHOICES, CLEARS, DECLARED, declared, options_from, read_words
from harness.errors import ScenarioError
from harness.rules import PROFILES
from harness.session.check_options import CLAUSES, Options
from harness.session.slowness import MOST_ANSWERS, Slowness

COMMANDS = ("check", "walk", "profile", "watch")


def parameters(command: str) -> dict[str, Any]:
    group: Any = typer.main.get_command(cli.app)
    return {parameter.opts[0].removeprefix("--"): parameter for parameter in group.get_command(None, command).params}


class Parser:
    """Stands in for pytest's parser and keeps what was declared to it."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {}
        self.keys: list[str] = []

    def getgroup(self, *_words: str) -> Parser:
        return self

    def addoption(self, flag: str, **words: Any) -> None:
        self.found[flag.removeprefix("--apprights-")] = words

    def addini(self, key: str, *_words: str, **_settings: Any) -> None:
        self.keys.append(key)


def of_pytest() -> dict[str, dict[str, Any]]:
    parser = Parser()
    plugin.pytest_addoption(parser)  # type: ignore[arg-type] # all that it uses
    assert parser.keys == [words["dest"] for words in parser.found.values()]
    return parser.found


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_no_default_or_help_of_its_own_for_a_declared_option(command: str) -> None:
    theirs = parameters(command)
    shared = [option for option in DECLARED if option.name in theirs and option.name != "app"]
    assert {"serial", "adb-port", "virtual", "app-file", "android", "rom", "runs"} <= {option.name for option in shared}
    for option in shared:
        parameter = theirs[option.name]
        several = option.repeatable or (command, option.name) == ("check", "serial")  # apps are spread over phones
        assert parameter.default in (option.default, [] if several else False if option.kind is bool else option.default)
        assert parameter.help.lower().rstrip(".") == option.help.lower()
        assert parameter.multiple == several


def test_check_and_pytest_have_the_same_options() -> None:
    ours = {"app", *DEVICE, *CHOICES, "strict", *CLEARS, "config", "case", "runs"}
    assert set(of_pytest()) == ours | {"lang"}
    alone = {"apps", "-o", "quiet", "verbose", "json", "force"}
    assert set(parameters("check")) - {"lang"} == ours - {"app"} | alone
    assert {words["default"] for words in of_pytest().values()} == {None}  # then the ini file is asked, and the default comes last


def test_the_help_of_the_profile_names_each() -> None:
    (profile,) = declared("profile")
    assert [name for name in PROFILES if name not in profile.help] == []


def test_every_walk_may_take_thirteen_minutes() -> None:
    assert {command: parameters(command)["minutes"].default for command in ("check", "walk", "profile")} == dict.fromkeys(
        ("check", "walk", "profile"), 13.0
    )
    assert options_from({"minutes": None}).minutes == 13.0  # a config may have it


def test_nothing_typed_is_what_the_value_has_by_default() -> None:
    assert options_from(read_words([])) == Options()
    assert options_from({}) == Options()


def test_words_become_one_value(tmp_path: Path) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text("隐私政策", encoding="utf-8")
    words = [
        "--clause", "6", "--clause", "5", "--clause", "6", "--tap", "我的", "--tap", "首页", "--consent", "refuse", "--strict", "--clock",
    ]  # fmt: skip
    words += ["--pause", "--minutes", "0.5", "--steps", "7", "--seed", "-3", "--city", "深圳", "--policy", str(policy)]
    made = options_from(read_words([*words, "--profile", "store-strict"]))
    assert made == Options(
        consent="refuse",
        taps=("我的", "首页"),
        profile="store-strict",
        strict=True,
        clauses=(5, 6),
        policy="隐私政策",
        city="深圳",
        pause=True,
        minutes=0.5,
        steps=7,
        seed=-3,
        clock=True,
    )


def test_a_face_may_have_other_clauses_where_none_is_named() -> None:
    assert options_from({"clause": []}, clauses=(6,)).clauses == (6,)
    assert options_from({"clause": [1]}, clauses=(6,)).clauses == (1,)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--clause", "11"], "--clause: '11' is none of 1, 2, 3, 4, 5, 6, 7"),
        (["--consent", "perhaps"], "'perhaps' is none of accept, refuse"),
        (["--minutes", "0.4"], "0.4 is not between 0.5 and 240"),
        (["--minutes", "241"], "241 is not between 0.5 and 240"),
        (["--minutes", "long"], "'long' is no number"),
        (["--steps", "0"], "0 is not between 1 and 10000"),
        (["--stepps", "3"], "unrecognized arguments: --stepps 3"),
        (["--min", "3"], "unrecognized arguments: --min 3"),
        (["--profile"], "expected one argument"),
    ],
)
def test_wrong_words_are_one_line(words: list[str], said: str) -> None:
    with pytest.raises(ScenarioError, match=said) as caught:
        read_words(words)
    assert "\n" not in str(caught.value)


def test_a_name_that_is_not_declared_is_a_mistake_of_ours() -> None:
    with pytest.raises(AssertionError):
        declared("minutes", "hours")
    assert [option.choices for option in declared("clause")] == [CLAUSES]


def test_a_phone_that_answers_late_is_told_after_some_answers_in_a_row() -> None:
    told: list[str] = []
    slow = Slowness(told.append)
    for seconds in [0.2] * (MOST_ANSWERS - 1) + [0.01] + [0.2] * (MOST_ANSWERS - 1):
        slow.answered(seconds)
    assert told == []  # a hiccup is none
    slow.answered(0.3)
    assert len(told) == 1
    assert "0.2 s for each answer" in told[0]
    for _number in range(20):
        slow.answered(0.3)
    assert len(told) == 1
    slow.answered(0.01)
    for _number in range(MOST_ANSWERS):
        slow.answered(0.5)
    assert len(told) == 2


def test_a_page_that_takes_long_to_read_is_told() -> None:
    told: list[str] = []
    slow = Slowness(told.append)
    for seconds in (0.9, 2.5, 0.9, 2.5):  # each was empty for a while
        slow.read(seconds)
    assert told == []
    for seconds in (2.5, 3.0, 5.5, 5.5):
        slow.read(seconds)
    assert ["2.5 s" in told[0], "5.5 s" in told[1], len(told)] == [True, True, 2]
