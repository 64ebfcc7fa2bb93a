"""Nobody's data is cleared unasked: an installed app needs a yes, a system app more than that."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from harness.device.protocol import ShellResult
from harness.engine.data_clearing import agree_to_clear
from harness.errors import ScenarioError
from tests.run_together import together

SHOP, CLOCK = "com.example.shop", "com.android.deskclock"


class Phone:
    """A phone with one app of the user's and one of the system's."""

    serial = "R58M"

    def __init__(self, *, virtual: bool = False) -> None:
        self.virtual = virtual

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        return together(str(command), self.answer)

    def answer(self, words: list[str]) -> str:
        match words:
            case ["getprop", "ro.apprights.virtual"]:
                return "1" if self.virtual else ""
            case ["getprop", "ro.product.model"]:
                return "SM-G991B"
            case ["pm", "path", name]:
                return f"package:/data/app/{name}/base.apk" if name in (SHOP, CLOCK) else ""
            case ["pm", "list", "packages", "-s", name]:
                return "package:com.android.deskclock\npackage:com.android.deskclock.more" if name in CLOCK else ""
        raise AssertionError(words)


def agree(app: str, phone: Phone | None = None, *, yes: bool = False, system_app: bool = False, answer: bool | None = None) -> list[str]:
    """Ask, with what a person at a terminal answers (None: nobody is there); what was asked."""
    questions: list[str] = []

    def ask(question: str) -> bool:
        questions.append(question)
        return bool(answer)

    asking = None if answer is None else ask
    agree_to_clear(phone or Phone(), app, yes=yes, system_app=system_app, ask=asking)  # type: ignore[arg-type] # shell is all it needs
    return questions


def test_a_person_is_asked_once_by_app_and_phone() -> None:
    (question,) = agree(SHOP, answer=True)
    assert SHOP in question
    assert "SM-G991B (R58M)" in question
    with pytest.raises(ScenarioError, match="nothing was done"):
        agree(SHOP, answer=False)


def test_where_nobody_is_at_a_terminal_it_takes_yes() -> None:
    with pytest.raises(ScenarioError, match="add --yes, or give its APK file"):
        agree(SHOP)
    assert agree(SHOP, yes=True) == []


@pytest.mark.parametrize("answer", [True, None])
def test_a_system_app_takes_more_than_yes(answer: bool | None) -> None:
    with pytest.raises(ScenarioError, match="--system-app"):
        agree(CLOCK, yes=True, answer=answer)
    assert agree(CLOCK, yes=True, system_app=True) == []
    with pytest.raises(ScenarioError, match="--yes"):
        agree(CLOCK, system_app=True)


def test_virtual_devices_apk_files_and_apps_that_are_not_there_need_no_answer(tmp_path: Path) -> None:
    (tmp_path / "shop").write_bytes(b"PK")
    assert agree(SHOP, Phone(virtual=True)) == agree("shop.apk") == agree(str(tmp_path / "shop")) == agree("com.example.none") == []
