"""Sentences and captions as they were written by somebody who had not seen the word lists."""

import pytest

from harness.dialogs.consent_screen import agrees, refuses
from harness.dialogs.dialog_words import plain
from harness.dialogs.promises import promises_of
from harness.dialogs.purposes import is_named_in, serving, tells_purpose, without_name
from harness.dialogs.walls import is_narrower, is_wall, login_ways, permission_rows

PURPOSES = """
CAMERA: 拍摄文档需要使用相机;您也可以从图片导入
CAMERA: 相机权限用于扫描二维码 | 扫码时需要使用相机 | 拍照识字会使用相机权限,用于识别照片里的字 | We need the camera to scan barcodes
MICROPHONE: 麦克风权限使用说明:用于录下你的跟读并给发音打分 | Microphone access is needed for voice search
LOCATION: 位置信息仅用于计算配送距离 | 开启定位,看看附近有什么好吃的 | Your location lets us show the weather where you are
CONTACTS: 访问通讯录帮你快速选择收件人 | Contacts are used to find people you know
SMS: 读取短信以自动填写验证码
CALENDAR: 日历权限:用于在开奖前提醒你
READ_MEDIA_VISUAL: 从相册选择宝贝照片时,会用到读取照片的权限
MICROPHONE: 发语音消息要用麦克风 | 录制短片的过程中,将使用麦克风
CAMERA: When you scan a code, the app needs access to the camera
"""
NOTHING = """
CAMERA: 请允许使用相机和拍摄权限 | 需要使用相机、摄像头
CAMERA: 为了给您提供更好的服务,需要获取相机权限 | 请允许使用相机权限 | Camera permission is required
LOCATION: 为了更好的体验,请允许以下权限 | 开启位置权限,享受更优质的服务 | We need location to improve your experience
MICROPHONE: 为保障功能正常运行,需要麦克风权限
STORAGE: 存储权限:为了您的使用体验
CAMERA: 使用本应用时需要相机权限 | When you use the app, it needs the camera permission
LOCATION: 首次启动时,会申请位置权限 | 您可以随时在设置中关闭位置权限 | 使用过程中会获取位置信息 | 同时,我们需要位置权限
CONTACTS: 扫码支付时,请先登录;我们需要通讯录权限
"""


def lines(table: str) -> list[tuple[str, str]]:
    rows = (line.split(": ", 1) for line in table.strip().splitlines())
    return [(group, sentence.strip()) for group, sentences in rows for sentence in sentences.split("|")]


@pytest.mark.parametrize(("group", "sentence"), lines(PURPOSES))
def test_a_purpose(group: str, sentence: str) -> None:
    assert tells_purpose(sentence, group)


@pytest.mark.parametrize(("group", "sentence"), lines(NOTHING))
def test_no_purpose(group: str, sentence: str) -> None:
    assert not tells_purpose(sentence, group)


@pytest.mark.parametrize(
    "label",
    [
        "接受并继续", "阅读并同意", "同意并进入游戏", "我知道啦", "I accept", "I Agree & Continue", "我已阅读并同意", "本人同意",
        "我知道并同意",
    ],
)  # fmt: skip
def test_a_policy_is_agreed_to(label: str) -> None:
    assert agrees(plain(label))
    assert not refuses(plain(label))


@pytest.mark.parametrize(
    "label",
    [
        "退出APP", "残忍离开", "先逛逛", "访客模式", "仅使用基本功能", "取消", "No, thanks", "Quit", "I do not agree", "Not now",
        "我不同意", "本人不接受", "暂不接受", "暂不", "游客浏览（不同意）", "我拒绝",
    ],
)  # fmt: skip
def test_a_policy_is_refused(label: str) -> None:
    assert refuses(plain(label))
    assert not agrees(plain(label))


@pytest.mark.parametrize(
    "text",
    [
        "未开启定位,无法注册", "请到设置中打开权限后再使用", "You need to allow contacts to view this page", "没有权限,不能登录",
        "请先开启定位服务", "请授权相机后重试", "未授权相机,可能影响使用", "未开启定位,可在设置中打开",
    ],
)  # fmt: skip
def test_a_wall(text: str) -> None:
    assert is_wall(text)


@pytest.mark.parametrize("text", ["短信可能进了垃圾箱,请打开垃圾箱查看", "短信发送失败,请稍后重试", "通话过于频繁,请24小时后再试"])
def test_what_names_a_group_and_asks_for_no_permission_is_no_wall(text: str) -> None:
    assert not is_wall(text)


@pytest.mark.parametrize(
    "text",
    ["没有相机权限,也可以手动输入条码", "可从相册选取", "You can type instead", "可用手机号添加好友", "未授权相机,可直接选择故障类型"],
)
def test_something_stays_open(text: str) -> None:
    assert is_narrower(text)
    assert not is_wall(text)


@pytest.mark.parametrize("text", ["Log in with password", "Sign in with email", "Continue with Google", "换个方式登录", "短信验证码登录"])
def test_a_way_to_log_in(text: str) -> None:
    assert login_ways(text) == (text,)


@pytest.mark.parametrize(
    ("control", "group"),
    [
        ("录一首歌", "MICROPHONE"), ("面对面建群", "LOCATION"), ("AR测量", "CAMERA"), ("开奖提醒", "CALENDAR"),
        ("Track my run", "LOCATION"), ("扫码(需要相机权限)", "CAMERA"),
    ],
)  # fmt: skip
def test_a_promise(control: str, group: str) -> None:
    assert group in promises_of(control)


def test_a_habit_tracker_is_no_map() -> None:
    assert promises_of("早起打卡") == ()


SERVED = """
CAMERA: 相机权限用于拍摄您要上传的照片 | We need the camera to scan barcodes
MICROPHONE: 麦克风权限用于把您说的话转成文字
LOCATION: 位置权限用于确定您所在的城市 | 开启定位权限以便按距离排列网点
CONTACTS: 通讯录权限用于找到您已认识的朋友
ACTIVITY_RECOGNITION: 健身运动权限用于统计您的步数
STORAGE: 存储权限用于选取您相册中的图片
"""
ANYTHING = """
CONTACTS: 通讯录权限用于核对您的身份,防止他人冒用 | 通讯录权限用于完善您的资料
LOCATION: 位置权限用于核对您的身份,防止他人冒用
PHONE: 电话权限用于丰富您的使用体验和展示内容
CALENDAR: 为了给您提供更好的服务,请开启日历权限
"""


@pytest.mark.parametrize(("group", "sentence"), lines(SERVED))
def test_a_purpose_that_the_permission_serves(group: str, sentence: str) -> None:
    assert serving(sentence, group)


@pytest.mark.parametrize(("group", "sentence"), lines(ANYTHING))
def test_a_purpose_that_anything_could_be_asked_for(group: str, sentence: str) -> None:
    assert not serving(sentence, group)


def test_the_control_that_a_purpose_speaks_of() -> None:
    assert is_named_in("拍天空", "相机权限用于拍摄天空的照片", "CAMERA")
    assert is_named_in("趣味云图", "相机权限用于生成趣味图案", "CAMERA")
    assert not is_named_in("每日签到", "位置权限用于按距离列出您附近的门店", "LOCATION")


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("扫码助手想使用相机权限", False),
        ("“扫码助手”需要相机权限", False),
        ("扫码助手需要相机权限,用于扫描二维码", True),
        ("扫码需要相机权限", True),
    ],
)
def test_the_name_of_who_asks_is_no_purpose(text: str, tells: bool) -> None:
    assert tells_purpose(without_name(text, "扫码助手"), "CAMERA") is tells


def test_a_list_of_permissions_is_told_from_a_wall() -> None:
    assert permission_rows(["权限管理", "相机 未开启", "位置 已开启"]) == {"相机 未开启", "位置 已开启"}
    assert permission_rows(["相机", "未开启", "麦克风", "已开启", "前往系统设置"]) == {"相机", "未开启", "麦克风", "已开启"}
    assert not permission_rows(["我的订单", "相机权限未开启"])
    assert not permission_rows(["请开启相机权限后使用", "位置信息无法获取"])
    assert promises_of("相机 未开启 ›") == ()
    assert promises_of("相机") == ("CAMERA",)
