"""Where an app leaves at the no of a layer, its yes is pressed, unless that costs, endangers or allows something."""

import pytest

from harness.pages.interruptions import Interruption, find_interruption
from harness.pages.look import Look
from harness.session.only_way_in import only_yes
from tests.unit.test_pages_identity import APP, at, view


def layer(text: str, *buttons: str) -> tuple[Look, Interruption]:
    made = [view("Button", text=button, clickable=True, box=(150 + 250 * n, 1300, 220, 100)) for n, button in enumerate(buttons)]
    look = Look((view("FrameLayout", view("TextView", text=text, box=at(850)), *made, box=(100, 800, 880, 700)),), None)
    found = find_interruption(look, APP)
    assert found is not None
    return look, found


def pressed(text: str, *buttons: str, consents: bool = True) -> str | None:
    look, found = layer(text, *buttons)
    yes = only_yes(look, APP, found, consents=consents)
    return yes.text if yes else None


def test_a_disclaimer_is_gone_past():
    assert pressed("Use it at your own risk. Some apps may not behave as expected.", "CANCEL", "OK") == "OK"


def test_links_beside_the_yes_are_no_way_in():
    assert pressed("使用前请了解", "取消", "《使用说明》", "确定") == "确定"


@pytest.mark.parametrize("text", ["开通会员后可继续，每月¥12", "此操作会清空所有数据，注销账号", "需要授权存储权限后才能使用"])
def test_what_costs_endangers_or_allows_is_never_said_yes_to(text: str):
    assert pressed(text, "取消", "确定") is None


@pytest.mark.parametrize(("consents", "yes"), [(True, "好"), (False, None)])
def test_a_policy_is_agreed_to_as_the_tester_chose(consents: bool, yes: str | None):
    assert pressed("欢迎，请先看过服务条款再使用", "取消", "好", consents=consents) == yes
