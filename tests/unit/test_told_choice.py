"""What a policy says of contents and adverts that are chosen by personal data."""

import pytest

from harness.dialogs.personalisation import Chosen
from harness.policies.told_choice import told_choice

CONTENT, ADVERTS = Chosen.CONTENT, Chosen.ADVERTS


@pytest.mark.parametrize(
    ("text", "done", "denied"),
    [
        ("我们会根据您的浏览记录向您进行个性化推荐。", {CONTENT: False}, set()),
        ("我们可能会向您展示个性化广告。", {ADVERTS: True}, set()),
        ("我们会向您进行个性化推荐，展示您可能感兴趣的商品。", {CONTENT: False}, set()),
        ("我们会进行个性化推荐，但不会收集您的敏感信息。", {CONTENT: False}, set()),
        ("关闭后，我们将不会向您进行个性化推荐。", {CONTENT: True}, set()),
        ("如果您不希望收到个性化广告，可以关闭。", {ADVERTS: True}, set()),
        ("我们收集您的阅读记录，用于内容推荐。", {CONTENT: False}, set()),
        ("我们会根据您的浏览记录投放广告。", {ADVERTS: False}, set()),
        ("我们会向您进行个性化推送广告。", {ADVERTS: False}, set()),
        ("我们会进行个性化推荐和广告展示。", {CONTENT: False}, set()),
        ("我们会为您提供个性化商品推荐。", {CONTENT: False}, set()),
        ("您可以关闭个性化广告推荐。", {ADVERTS: True}, set()),
        ("我们会对广告进行个性化推荐。", {ADVERTS: False}, set()),
        ("我们会基于您的兴趣标签为您推荐相关性更高的商业广告。", {ADVERTS: False}, set()),
        ("我们会根据您的浏览记录提供广告的精准推送。", {ADVERTS: False}, set()),
        ("我们会为您提供个性化推荐(包括广告推荐)。", {CONTENT: False}, set()),
        ("我们会为您推荐内容并展示广告。", {CONTENT: False}, set()),
        ("我们会根据浏览记录展示广告并推荐内容。", {CONTENT: False, ADVERTS: False}, set()),
        ("位置信息用于推荐附近的门店。", {}, set()),
        ("我们不会将您的浏览记录用于推荐。", {}, {CONTENT}),
        ("我们不会将您的信息用于用户画像。", {}, {CONTENT}),
        ("书架按上架时间排列，我们不对您进行用户画像。", {}, {CONTENT}),
        ("我们不推送个性化广告。", {}, {ADVERTS}),
        ("未经您同意，我们不会将您的信息用于定向推送。", {}, set()),
        ("个性化推荐是指根据您的浏览记录展示内容。", {}, set()),
        ("SDK名称：示例推送SDK\n公司名称：示例公司\n使用目的：个性化推荐\n收集的信息：设备信息", {}, set()),
    ],
)
def test_whether_it_is_done(text: str, done: dict[Chosen, bool], denied: set[Chosen]) -> None:
    told = told_choice(text)
    assert {kind: said.hedged for kind, said in told.done.items()} == done
    assert set(told.denied) == denied


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("您可通过「我的-设置-广告管理」关闭个性化广告。", ("我的", "设置", "广告管理")),
        ("您可通过【我的】—【设置】—【隐私】关闭个性化推荐。", ("我的", "设置", "隐私")),
        ("我们会进行个性化推荐。您可以在“设置”中关闭。", ("设置",)),
        ("关闭个性化推荐的路径：我的 > 设置 > 隐私。", ("我的", "设置", "隐私")),
        ("您可到“我的—偏好”关闭个性化推荐，关闭后“首页”按时间排列。", ("我的", "偏好")),
    ],
)
def test_the_way_to_its_switch(text: str, way: tuple[str, ...]) -> None:
    assert told_choice(text).ways == (way,)


def test_another_way_to_turn_it_off_and_a_source_without_a_name() -> None:
    told = told_choice(
        "如您不希望接收个性化推荐，请致电客服。\n为形成用户画像，我们会从数据合作伙伴处获取您的兴趣。\n用户画像不含第三方会获取的内容。\n用于推荐的部分信息来自第三方。"
        "\n我们从某某科技（北京）有限公司获取兴趣标签。"
    )
    assert [said.quote for said in told.otherwise] == ["如您不希望接收个性化推荐，请致电客服"]
    assert [said.quote for said in told.sources] == [
        "为形成用户画像，我们会从数据合作伙伴处获取您的兴趣",
        "用于推荐的部分信息来自第三方",
        "我们从某某科技（北京）有限公司获取兴趣标签",
    ]
