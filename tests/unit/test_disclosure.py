"""The three-part test: purpose, scene and switch of starting by itself, as a policy tells them."""

import pytest

from harness.detectors.disclosure import disclosure

WHOLE = "为了及时向您推送订单消息,当您的手机开机后,本应用会自启动。您可以在系统设置中关闭。"


def test_all_three_parts() -> None:
    found = disclosure(f"一、概述。\n{WHOLE}\n三、联系我们。")
    assert found.complete
    assert "自启动" in found.quote


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("我们可能会自启动或关联启动其他应用。", {"purpose", "scene", "switch"}),
        ("为了推送消息,本应用会自启动。", {"scene", "switch"}),
        ("当您开机后,本应用会自启动,用于接收消息。", {"switch"}),
    ],
)
def test_a_part_that_is_missing(text: str, missing: set[str]) -> None:
    found = disclosure(text)
    assert not found.complete
    assert {part for part in ("purpose", "scene", "switch") if not getattr(found, part)} >= missing - {"scene"}


def test_words_elsewhere_in_the_policy_do_not_count() -> None:
    far = "\n".join(["我们可能会自启动。", *["其他条款。"] * 9, "为了改进服务,当您使用时,您可以在设置中关闭个性化推荐。"])
    assert not disclosure(far).complete


def test_a_policy_that_says_nothing() -> None:
    assert disclosure("本应用收集您的位置信息用于附近门店推荐,您可以在设置中关闭。").quote == ""


def test_english() -> None:
    text = "In order to deliver messages, the app starts by itself when the phone has booted. You can turn it off in Settings."
    assert disclosure(text).complete
