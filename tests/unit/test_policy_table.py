"""A policy as a table: information with purpose and switch, SDKs of tables, lists and sentences; whose it is."""

import pytest

from harness.events.app_under_test import AppUnderTest
from harness.policies.policy_document import policy_problem
from harness.policies.policy_table import Information, Party, policy_table
from harness.policies.sdk_naming import NamedSdks
from harness.policies.sdk_records import SdkRow
from harness.sdks import load_sdks

APP = AppUnderTest(package="com.example.shop", uid=10123, label="小店")
BODY = (
    "我们收集您的手机号码用于注册，收集设备信息用于安全保障；您可以查询、更正、删除您的个人信息，"
    "也可以随时注销账号，或联系我们的客服人员处理。"
)

GETUI = SdkRow("个推消息推送SDK", "每日互动股份有限公司", "推送消息", "设备信息、OAID", "https://www.getui.com/privacy")


@pytest.mark.parametrize(
    "text",
    [
        "SDK名称\t公司名称\t使用目的\t收集个人信息\t隐私政策链接\n"
        "个推消息推送SDK\t每日互动股份有限公司\t推送消息\t设备信息、OAID\thttps://www.getui.com/privacy",
        "### 第三方SDK目录\n**1、个推消息推送SDK**\n\n运营方：每日互动股份有限公司\n功能：推送消息\n收集个人信息类型：设备信息、OAID\n"
        "隐私政策：[https://www.getui.com/privacy](https://www.getui.com/privacy)",
        "SDK名称：个推消息推送SDK；公司名称：每日互动股份有限公司；用途：推送消息；收集信息：设备信息、OAID；链接：https://www.getui.com/privacy",
        "项\t内容\nSDK名称\t个推消息推送SDK\n公司名称\t每日互动股份有限公司\n使用目的\t推送消息\n"
        "收集个人信息\t设备信息、OAID\n隐私政策链接\thttps://www.getui.com/privacy",
        "第三方SDK\n1.【个推消息推送SDK】公司名称：每日互动股份有限公司；用途：推送消息；信息：设备信息、OAID；协议：https://www.getui.com/privacy",
        "第三方SDK\n● 个推消息推送SDK：公司：每日互动股份有限公司，用途：推送消息，信息：设备信息、OAID，链接：https://www.getui.com/privacy",
        "第三方SDK\n【SDK名称】个推消息推送SDK\n【开发者】每日互动股份有限公司\n【收集信息】设备信息、OAID\n【使用目的】推送消息\n"
        "【隐私政策】https://www.getui.com/privacy",
        "附件 第三方SDK\n一、个推消息推送SDK（每日互动股份有限公司）\n功能：推送消息\n数据：设备信息、OAID\n指引：https://www.getui.com/privacy",
        "第三方SDK\nSDK名称\n公司名称\n使用目的\n收集个人信息\n隐私政策链接\n"
        "个推消息推送SDK\n每日互动股份有限公司\n推送消息\n设备信息、OAID\nhttps://www.getui.com/privacy",
        "序号\tSDK\t说明\n1\t个推消息推送SDK\t公司：每日互动股份有限公司 用途：推送消息 信息：设备信息、OAID 链接：https://www.getui.com/privacy",
        "SDK名称\t公司名称\t收集的信息\t收集的信息\t用途\t链接\nSDK名称\t公司名称\t安卓\tiOS\t用途\t链接\n"
        "个推消息推送SDK\t每日互动股份有限公司\t设备信息、OAID\t\t推送消息\thttps://www.getui.com/privacy",
        "SDK名称/公司/目的/信息/链接\n个推消息推送SDK/每日互动股份有限公司/推送消息/设备信息、OAID/https://www.getui.com/privacy",
        "第三方SDK\n1. 个推消息推送SDK — 每日互动股份有限公司 — 推送消息 — 设备信息、OAID — https://www.getui.com/privacy",
        "第三方SDK\n1. 个推消息推送SDK - 每日互动股份有限公司\n用途 - 推送消息\n收集信息 - 设备信息、OAID\n"
        "隐私政策 - https://www.getui.com/privacy",
    ],
    ids=[
        "a table",
        "a list",
        "a line",
        "an upright table",
        "a line behind a box",
        "a line behind a colon",
        "boxed fields",
        "a firm in the heading",
        "a title above cells in lines",
        "fields in a cell",
        "a head of two rows",
        "slashes between cells",
        "dashes between cells without a head",
        "fields behind a dash",
    ],
)
def test_a_row_is_the_same_however_it_is_laid_out(text: str) -> None:
    table = policy_table(text)
    assert table.sdks == (GETUI,)
    (row,) = table.of(Information.OAID)
    assert (row.party, row.name, row.purpose) == (Party.SDK, "个推消息推送SDK", "推送消息")


@pytest.mark.parametrize(
    "text",
    [
        "功能类型\t第三方名称\t使用目的\t共享方式\t收集类型\n"
        "个推推送SDK\t每日互动股份有限公司\t推送\tSDK本机采集\tOAID\n友盟统计SDK\t友盟同欣\t统计\tSDK本机采集\tOAID",
        "合作目的\tSDK名称\tSDK厂商\t收集个人信息字段及目的\n推送\t个推推送SDK\t每日互动股份有限公司\tOAID",
    ],
    ids=["a name under another head", "information under a head that also says what for"],
)
def test_a_column_holds_what_its_cells_or_the_other_heads_leave_it(text: str) -> None:
    assert policy_table(text).sdks[0] == SdkRow("个推推送SDK", "每日互动股份有限公司", "推送", "OAID")


def test_a_quoted_name_begins_a_record() -> None:
    said = "1.2.1 “极光推送”：该SDK由“深圳市和讯华谷信息技术有限公司”提供，用于推送消息。\nandroid版本：设备信息（IMEI、OAID）"
    (row,) = policy_table(said).sdks
    assert (row.name, row.firm) == ("极光推送", "深圳市和讯华谷信息技术有限公司")


@pytest.mark.parametrize(
    "text",
    [
        "1.个推消息推送SDK：为了推送消息，我们使用了个推消息推送SDK，需要获取您的OAID。",
        "（1）个推消息推送SDK。用于推送消息，会收集您的OAID。",
        "（1）个推消息推送SDK\n为了推送消息，我们会使用它，在您同意后，获取您的OAID。\n（2）账号注销",
        "我们集成了每日互动股份有限公司的个推消息推送SDK，它会收集您的OAID，用于推送消息。",
        "个推消息推送SDK由每日互动股份有限公司提供推送服务，会收集您的OAID，用于推送消息。",
        "5. 第三方服务\n5.1 个推消息推送SDK\n目的：推送消息\n信息：OAID\n加密：是",
        "目前我们的消息推送服务由每日互动股份有限公司提供，会接入个推的SDK，会收集您的OAID。",
        "2、使用个推消息推送SDK，获取您的OAID用于推送消息，由每日互动股份有限公司提供技术支持。",
        "为了推送消息，个推消息推送SDK会收集您的OAID（每日互动股份有限公司）。",
        "第三方SDK“个推消息推送”用于推送消息，需要获取您的OAID。",
        "1. 个推消息推送（每日互动（杭州）有限公司）：用于推送消息；收集OAID；隐私政策：https://a.example",
        "第三方公司名称: 讯飞公司\n共享类型: 内嵌 SDK（讯飞）\n信息: IP\n规则: https://b.example\n"
        "第三方公司名称: 每日互动有限公司\n共享类型: 内嵌 SDK（个推消息推送）\n使用目的: 推送消息\n信息: OAID",
        "推送服务\n使用目的：推送\n个推消息推送\n主体：每日互动有限公司\n使用场景：推送时\n信息收集详情：OAID",
        "a) 个推消息推送服务：由每日互动股份有限公司提供推送技术服务，我们可能会将您的OAID提供给它，用于推送。",
        "SDK名称\n公司名称\n使用目的\n收集信息\n隐私政策链接\n"
        "个推消息推送SDK\n每日互动股份有限公司\n推送消息\n设备信息、\nOAID\nhttps://a.example",
        "公司名称 SDK名称 收集信息 使用目的 隐私政策链接\n每日互动股份有限公司 个推消息推送SDK 设备 OAID 推送消息 https://a.example",
        "SDK名称\t目的\t收集信息\t链接\n极光\t统计\tOAID\thttps://a.example\n个推消息推送SDK\t推送消息\thttps://b.example",
        "具体如下：SDK名称：极光 公司：和讯华谷 用途：统计 SDK名称：个推消息推送SDK 用途：推送消息 信息：OAID",
        "消息推送功能：我们使用了个推消息推送SDK（提供方：每日互动股份有限公司），该SDK会收集您的OAID。隐私政策：https://a.example",
        "当您开启推送时，我们会使用个推消息推送SDK（每日互动股份有限公司），该SDK需要收集您的OAID，详见https://a.example。",
        "SDK名称\t极光\t个推消息推送SDK\n公司\t和讯华谷\t每日互动有限公司\n用途\t统计\t推送\n收集信息\tIP地址\tOAID",
        "目的\t第三方名称\t收集信息\t链接\n推送消息\t极光\tOAID\thttps://a.example\n个推消息推送SDK（每日互动有限公司）\tOAID\thttps://b.example",
    ],
    ids=[
        "a label", "a name and a stop", "a heading", "a firm before", "a firm behind", "a part", "a service", "a use", "an act",
        "in quotes", "a firm in brackets", "a kind of sharing", "a heading below another", "a partner", "a cell in each line",
        "spaces between cells", "a cell left out", "in a line", "a function", "a case of use", "a column for each", "merged cells",
    ],
)  # fmt: skip
def test_a_row_is_told_in_many_ways(text: str) -> None:
    row = policy_table(text).sdks[-1]
    assert row.name.removesuffix(" SDK").removesuffix("SDK").removesuffix("服务") == "个推消息推送"
    assert "推送" in row.purpose
    assert "OAID" in row.information
    assert row.firm in ("", "每日互动股份有限公司", "每日互动有限公司", "每日互动（杭州）有限公司")


def test_a_name_may_stand_behind_what_it_names() -> None:
    text = "涉及信息：IP地址\n使用目的：统计\nSDK名称：友盟SDK\n涉及信息：位置信息\n使用目的：地图\nSDK名称：高德SDK"
    assert [(row.name, row.purpose) for row in policy_table(text).sdks] == [("友盟SDK", "统计"), ("高德SDK", "地图")]


def test_a_record_ends_where_prose_begins_and_an_empty_field_is_told_below_it() -> None:
    table = policy_table(
        "地址：https://a.example\n我们会在您同意后，收集您的位置信息。\n推送SDK\n收集信息：\nOAID\nIMEI\n公司：某某公司\n目的：推送"
    )
    assert [(row.name, row.information) for row in table.sdks] == [("推送SDK", "OAID IMEI")]
    assert table.of(Information.LOCATION)[0].party is Party.APP


def test_fields_may_have_their_names_on_lines_of_their_own() -> None:
    heads = ("所属机构", "使用场景", "收集信息", "共享方式")
    said = (("个推SDK", "每日互动有限公司", "推送", "OAID\n设备信息"), ("一键登录", "中移互联网有限公司", "登录", "本机号码\n设备信息"))
    text = "\n".join(
        "\n".join((name, *(f"{head}\n{cell}" for head, cell in zip(heads, (*cells, "本机采集"), strict=True)))) for name, *cells in said
    )
    rows = policy_table(text).sdks
    assert [(row.name, row.firm, row.purpose, row.information) for row in rows] == [
        (name, firm, purpose, taken.replace("\n", " ")) for name, firm, purpose, taken in said
    ]


def test_a_card_has_name_and_firm_in_its_head_and_what_is_told_alike_is_no_name_of_a_field() -> None:
    card = "更新日期：今天\n{0}\n{0}有限公司\n使用目的\n展示\n收集的信息\nOAID\nIP地址\n{0}的规则"
    rows = policy_table("\n".join(card.format(name) for name in ("甲广告", "乙支付"))).sdks
    assert [(row.name, row.firm, row.purpose, row.information[:4]) for row in rows] == [
        ("甲广告", "甲广告有限公司", "展示", "OAID"),
        ("乙支付", "乙支付有限公司", "展示", "OAID"),
    ]
    text = "{0} SDK\n公司:{0}公司\n使用目的:推送\n共享方式:采集\n信息:OAID"
    rows = policy_table("\n".join(text.format(name) for name in ("甲推", "乙推"))).sdks
    assert [(row.firm, row.purpose, row.information) for row in rows] == [("甲推公司", "推送", "OAID"), ("乙推公司", "推送", "OAID")]


def test_a_sentence_between_the_fields_of_an_sdk_does_not_end_it() -> None:
    text = "微信\n使用目的：登录\n您登录时，它会向您展示头像。\n收集信息：OAID\n所属机构：腾讯有限公司"
    assert policy_table(text).sdks == (SdkRow("微信", "腾讯有限公司", "登录", "OAID"),)


def test_a_table_told_twice_in_cells_is_no_list_of_fields() -> None:
    table = "SDK名称\n公司名称\n使用目的\n收集信息\n链接\n个推SDK\n每日互动有限公司\n推送\nOAID\nhttps://a.example\n"
    assert policy_table(f"Android\n{table}iOS\n{table}").sdks == (
        SdkRow("个推SDK", "每日互动有限公司", "推送", "OAID", "https://a.example"),
    )


def test_a_heading_behind_a_link_begins_the_next_sdk_and_further_fields_of_what_is_taken_keep_their_names() -> None:
    push = "推送\n开发者：每日互动有限公司\n收集信息范围：OAID\n位置信息：经纬度\n链接：https://a.example\n"
    one, other = policy_table(f"第三方SDK\n{push}华为\n用途：向华为手机推送\n信息：AAID\n链接：https://b.example").sdks
    assert (one.name, one.purpose, one.information) == ("推送", "", "OAID 位置信息：经纬度")
    assert (other.name, other.purpose, other.information) == ("华为", "向华为手机推送", "AAID")


def test_what_we_say_behind_the_last_sdk_is_not_taken_by_it() -> None:
    (row,) = policy_table("个推SDK\n公司：每日互动有限公司\n信息：OAID\n我们理解您的选择；\n我们会保存您的手机号码。").sdks
    assert row.information == "OAID"


def test_a_name_under_the_head_of_a_firm_is_no_firm() -> None:
    assert policy_table("功能\t第三方名称\t收集信息\n崩溃分析\tBugly\tOAID").sdks == (SdkRow("Bugly", "", "崩溃分析", "OAID"),)


def test_lists_name_their_members_and_a_table_under_an_sdk_is_that_sdks() -> None:
    names = [row.name for row in policy_table("我们使用优量汇、穿山甲、百川的SDK，以及第三方SDK“讯飞语音”。").sdks]
    assert [name.removesuffix(" SDK") for name in names] == ["优量汇", "穿山甲", "百川", "讯飞"]
    (row,) = policy_table("某图SDK\n收集的信息\t目的\n经纬度\t显示位置").of(Information.LOCATION)
    assert (row.party, row.name, row.purpose) == (Party.SDK, "某图SDK", "显示位置")


def test_a_sentence_names_whom_it_names_and_partners_are_nobody() -> None:
    assert policy_table("我们接入了极光推送SDK以及第三方SDK，并与统计服务商等合作伙伴共享信息。").sdks == (SdkRow("极光推送 SDK"),)


def test_a_list_of_permissions_is_no_list_of_sdks() -> None:
    table = policy_table("权限名称\t使用目的\n相机权限\t扫描二维码\n位置权限\t推荐附近的店")
    assert table.sdks == ()
    assert [(row.information, row.purpose) for row in table.information] == [
        (Information.CAMERA, "扫描二维码"),
        (Information.LOCATION, "推荐附近的店"),
    ]


def test_purpose_and_switch_are_the_words_of_the_place() -> None:
    (row,) = policy_table("我们获取您的位置信息，用于推荐附近的店，您可以在系统设置中关闭定位。").of(Information.LOCATION)
    assert (row.purpose, row.switch) == ("用于推荐附近的店", "您可以在系统设置中关闭定位")


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("我们会收集您的位置信息。收集上述信息是为了推荐附近的店。", "收集上述信息是为了推荐附近的店"),
        ("（1）定位权限\n获取该权限用于推荐附近的店。", "获取该权限用于推荐附近的店"),
        ("当您使用附近功能时，我们会收集您的位置信息。", "当您使用附近功能时"),
        ("4.2 位置权限\n使用目的：推荐附近的店", "推荐附近的店"),
        ("信息类型：位置信息\n使用目的：推荐附近的店\n收集方式：自动获取", "推荐附近的店"),
        ("位置权限\t推荐附近的店\n相机权限\t扫码", "推荐附近的店"),
        ("序号｜个人信息｜处理目的\n1｜位置信息｜推荐附近的店", "推荐附近的店"),
        ("您可以逛附近的店。为此，我们会收集您的位置信息。", "您可以逛附近的店"),
        ("我们会收集您的位置信息以匹配附近的店。", "我们会收集您的位置信息以匹配附近的店"),
        ("为了提供如下功能，我们需要位置权限：\n推荐附近的店", "推荐附近的店"),
        ("为推荐附近的店，我们会收集以下信息：\n位置信息：经纬度；", "为推荐附近的店"),
        ("（1）定位权限\n用于推荐附近的店。", "用于推荐附近的店"),
        ("位置权限 - 推荐附近的店", "推荐附近的店"),
        ("我们可能会使用以下权限：\n定位：推荐附近的店", "推荐附近的店"),
    ],
)
def test_what_for_may_stand_elsewhere(text: str, purpose: str) -> None:
    assert purpose in {row.purpose for row in policy_table(text).of(Information.LOCATION)}


def test_a_sentence_about_both_tells_of_both() -> None:
    rows = policy_table("我们和我们合作的第三方平台会获取您的位置信息，接入网络的方式除外。").of(Information.LOCATION)
    assert [row.party for row in rows] == [Party.APP, Party.RECIPIENT]


@pytest.mark.parametrize(
    "text",
    [
        "我们不会收集您的通讯录。", "我们仅收集昵称，不会读取您的通讯录。", "您的通讯录仅保存在手机上，我们不会上传。",
        "我们不会收集：头像；您的通讯录；您的位置信息。", "我们不会收集以下信息：\n您的位置信息\n您的通讯录",
        "以下权限我们不会申请：\n1. 位置权限\n2. 通讯录权限", "权限名称\t是否申请\t用途\n相机\t是\t扫码\n通讯录\t否\t无",
        "SDK名称：小鹿SDK\n公司：小鹿网络有限公司\n用途：推送\n收集信息：无（不收集通讯录）", "请勿将您的通讯录提供给他人。",
        "我们会删除您的通讯录记录。", "您可以修改上传的通讯录。", "您发布的图片可能包含通讯录。", "将来我们可能会收集您的通讯录。",
        "我们会展示企业通讯录，并收集同事的姓名。", "管理本应用中的通讯录时，我们会收集好友的备注。",
        "通讯录属于敏感信息，拒绝提供会影响使用。",
        "个人敏感信息是指一旦泄露可能危害人身安全的信息，包括通讯录、身份证件号码，我们收集时会征得同意。",
    ],
)  # fmt: skip
def test_what_is_not_taken_or_only_explained_is_no_row(text: str) -> None:
    assert policy_table(text).of(Information.CONTACTS) == ()


@pytest.mark.parametrize("label", ["剪贴板", "相机", "位置信息", "2. 麦克风"])
def test_a_row_in_words_tells_of_what_stands_before_its_colon_whichever_it_is(label: str) -> None:
    assert len(policy_table(f"我们收集的信息\n{label}：用于识别您的口令。").information) == 1
    assert len(policy_table(f"我们收集您的昵称；{label}，用于识别您的口令；").information) == 1
    assert len(policy_table(f"我们收集的信息\n{label}：您点击“粘贴”时识别。").information) == 1
    assert not policy_table(f"我们收集的信息\n{label}：不用于任何用途。").information
    assert not policy_table(f"我们收集的信息\n{label}：您关闭“粘贴”后照常可用。").information


LABELLED = f"我们收集以下信息：\n日志：{'浏览的记录，' * 9}用于排查故障。\n网络信息：网络类型、位置信息。"


@pytest.mark.parametrize(
    "text",
    ["我们会收集您的昵称；位置信息；头像。", "我们会收集以下信息：\n昵称；\n位置信息；\n头像。", "我们可能使用：\n位置信息\n", LABELLED],
)
def test_an_item_of_a_list_is_taken_as_its_lead_says(text: str) -> None:
    assert [row.information for row in policy_table(text).information] == [Information.LOCATION]


def test_the_name_of_the_app_tells_of_nothing_but_where_it_is_the_word_itself() -> None:
    told = policy_table("好孕日历隐私政策\n感谢您使用好孕日历，我们收集您的昵称。")
    assert not told.information
    assert policy_table("日历隐私政策\n我们会读取您的日历。").of(Information.CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "为便于快速定位问题，我们会收集崩溃日志。",
        "您可能使用麦克风进行录音并发布作品。",
        "我们会保存您使用相机拍摄的照片。",
        "需要相机权限以实现如下功能：\n上传照片至群相册",
    ],
)
def test_a_word_in_another_sense_tells_of_nothing(text: str) -> None:
    wrong = (Information.LOCATION, Information.MICROPHONE, Information.STORAGE)
    assert not any(map(policy_table(text).of, wrong))


def test_a_switch_is_where_it_is_and_no_state_of_one() -> None:
    text = "相机：用于扫码，需关闭的，请到“设置-隐私”关闭。\n麦克风权限：用于留言，关闭路径：设置-权限。\n我们会收集蓝牙开关状态。"
    switches = [row.switch for row in policy_table(text).information]
    assert switches == ["请到“设置-隐私”关闭", "关闭路径：设置-权限", ""]


FLAT_HEAD = "权限名称\n权限说明\n用途\n可否关闭\n"
FLAT = f"权限列表\n{FLAT_HEAD}相机\n拍摄\n扫码\n是\n麦克风\n录音\n留言\n是\niOS权限列表\n{FLAT_HEAD}相机\n拍摄\n拍照\n是"


@pytest.mark.parametrize(
    ("text", "purposes"),
    [
        ("权限\t描述\t备注\n相机\t拍摄\t扫码\n麦克风\t允许录音\t", ["扫码", ""]),
        ("权限名称\t可否关闭\n相机\t可", [""]),
        ("权限\t用途\n相机\t—", [""]),
        (FLAT, ["扫码", "留言", "拍照"]),
    ],
)
def test_only_what_a_table_says_what_for_is_a_purpose(text: str, purposes: list[str]) -> None:
    assert [row.purpose for row in policy_table(text).information] == purposes


ONE, OTHER = SdkRow("小鹿推送SDK", "小鹿网络有限公司", "通知", "OAID"), SdkRow("山雀支付SDK", "山雀科技有限公司", "付款", "IMEI")


@pytest.mark.parametrize(
    "text",
    [
        "第三方名称：小鹿网络有限公司\nSDK名称：小鹿推送SDK\n目的：通知\n收集信息：OAID\n"
        "第三方名称：山雀科技有限公司\nSDK名称：山雀支付SDK\n目的：付款\n收集信息：IMEI",
        "小鹿网络有限公司\nSDK：小鹿推送SDK\n目的：通知\n信息：OAID\n山雀科技有限公司\nSDK：山雀支付SDK\n目的：付款\n信息：IMEI",
        "SDK名称\n公司名称\n目的\n收集信息\n小鹿推送SDK\n小鹿网络有限公司\n通知\nOAID\n山雀支付SDK\n山雀科技有限公司\n付款\nIMEI",
        "SDK名称\t公司\t目的\t个人信息\n小鹿推送SDK\t小鹿网络有限公司\t通知\tOAID\n"
        "第三方主体\t产品名称\t场景\t共享信息\n山雀科技有限公司\t山雀支付SDK\t付款\tIMEI",
    ],
    ids=["firms begin", "firms are headings", "cells in lines", "two tables"],
)
def test_no_firm_is_that_of_the_sdk_before_it(text: str) -> None:
    assert policy_table(text).sdks == (ONE, OTHER)


def test_sdks_of_one_line_are_apart() -> None:
    (one, other) = policy_table("统计时，甲数SDK会收集您的OAID，用于统计；推送时，乙推SDK会收集您的IMEI，用于推送。").sdks
    assert ("OAID" in one.information, "IMEI" in one.information, "IMEI" in other.information) == (True, False, True)


def test_what_stands_beside_a_denial_is_taken_all_the_same() -> None:
    table = policy_table("我们收集您的位置信息，但不会收集您的通讯录。")
    assert [row.information for row in table.information] == [Information.LOCATION]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"小店隐私政策\n{BODY}", None),
        (f"隐私政策\n{BODY}", None),
        ("隐私政策", "has no text"),
        ("页面加载失败，请检查网络后点击重试。" * 4, "cannot be shown"),
        (
            "请先登录后查看，输入手机号与验证码即可登录，未注册的手机号登录后将自动创建账号，登录即可继续浏览，如有疑问请联系客服热线处理。",
            "login",
        ),
        ("We collect personal information such as your phone number to provide the service, and protect it well.", "not in Chinese"),
        (f"欢迎使用白鹭日记。{BODY}", "白鹭日记"),
        (f"《白鹭日记隐私政策》\n{BODY}", "白鹭日记"),
        (f"### **白鹭日记用户隐私保护条款**\n{BODY}", "白鹭日记"),
        (f"### 隐私政策\n作为“白鹭日记”软件的运营者。{BODY}", "白鹭日记"),
        (f"本政策适用于白鹭网络有限公司提供的白鹭日记App及服务。{BODY}", "白鹭日记"),
        (f"白鹭日记（以下简称“本应用”）尊重您。{BODY}", "白鹭日记"),
        (f"“白鹭日记”由我们开发并运营。{BODY}", "白鹭日记"),
        (f"本政策适用于中国大陆地区的所有安卓应用，不适用于“微信”。{BODY}", None),
        (f"“白鹭地图”由白鹭软件有限公司开发并运营；其关联公司的隐私政策适用于“白鹭出行”。{BODY}", None),
        (f"==========\n### 隐私政策\n{BODY}", None),
        (f"欢迎使用小店会员中心。{BODY}", None),
        (f"名称\t使用目的\t隐私政策\n{BODY}", None),
        (f"甲推SDK：收集手机号；隐私政策：https://a.example\n7. 隐私政策更新\n{BODY}", None),
        (f"欢迎使用我们的产品。{BODY}", None),
    ],
)
def test_what_a_text_cannot_be_compared_for_is_said(text: str, problem: str | None) -> None:
    found = policy_problem(text, APP)
    assert (found is None) is (problem is None)
    assert problem is None or problem in str(found.words if found else "")


def test_a_word_of_the_package_makes_it_its_firms_own() -> None:
    app = AppUnderTest(package="com.egret.paper", uid=1, label="纸上")
    assert policy_problem(f"欢迎使用白鹭日记。联系 privacy@egret.example。{BODY}", app) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("我们接入了个推消息推送服务。", True),
        ("我们接入了个\n推消息推送服务。", True),
        ("We use GeTui to push messages.", True),
        ("包名 com.igexin", True),
        ("GeTuiSDK", True),
        ("Ge Tui SDK", True),
        ("We use getuix.", False),
        ("我们不使用任何第三方 SDK。", False),
        ("我们已不再使用个推。", False),
        ("V4.2 个推推送SDK自本版本起不再使用，订单提醒改为短信", False),
        ("我们将来可能接入个推。", False),
        ("我们使用个推，未接入其他 SDK。", True),
    ],
)
def test_policy_names_the_sdk_or_not(text: str, named: bool) -> None:
    assert bool(NamedSdks(text).quote(load_sdks().by_id["getui"])) is named
