"""What the words of real controls promise; a missing word accuses an app, one too many lets an early request pass."""

import csv

import pytest

from harness.dialogs.promises import may_ask_for, only_answers, only_leads, promised_by_name, promises_of, promises_on_page
from harness.events.permission_groups import GROUPS
from tests.captures import capture

TABLE = """
CAMERA: 扫一扫 | 扫码点餐 | 扫码骑车 | 拍照识花 | 拍照搜题 | 拍照翻译 | 拍立淘 | 手电筒 | 实名认证 | 刷脸登录 | Scan
CAMERA: Scan QR code | @iv_scan | @btnScan
CAMERA MICROPHONE: 开直播 | 视频通话 | 拍视频 | 合唱视频 | 视频连麦
CAMERA READ_MEDIA_VISUAL STORAGE: 更换头像
MICROPHONE: 语音搜索 | 按住 说话 | 录音 | 去K歌 | 听歌识曲 | Voice search | @iv_voice_input | 连麦 | 对讲
LOCATION: 附近门店 | 附近的人 | 选择城市 | 切换城市 | 新增收货地址 | 打车 | 导航 | 看地图 | 天气 | 上班打卡
LOCATION: 配送至 请选择 | Stores near you | Map | @tv_city_name
LOCATION ACTIVITY_RECOGNITION: 跑步
CONTACTS: 邀请好友 | 通讯录好友 | 话费充值 | 从通讯录选择 | Invite friends | Add contact birthdays | Create new contact
READ_MEDIA_VISUAL STORAGE: 从相册选择 | 上传图片 | 保存图片 | 发布 | 写评价 | 晒单有礼 | Choose from gallery | @rl_album
READ_MEDIA_AURAL STORAGE: 本地音乐
READ_MEDIA_AURAL: 设为铃声
STORAGE: 离线下载 | 垃圾清理 | 导入本地书 | Downloads | 选择文件
CALENDAR: 开抢提醒 | 加入日历 | Remind me
CONTACTS: 发短信 | 网络电话
PHONE: 拨打客服电话 | 本机号码一键登录 | Call us
CALL_LOG PHONE: 骚扰拦截
SMS: 短信验证码登录
NOTIFICATIONS: 开启推送通知
NEARBY_DEVICES: 添加设备 | 连接蓝牙手环 | 投屏
SENSORS: 测心率
ACTIVITY_RECOGNITION: 今日步数
INSTALLED_APPS: 应用更新 | 卸载
nothing: 开启相机权限 | 授权访问相册
nothing: 我的 | 首页 | 设置 | 消息 | 视频 | 图片 | 音乐 | 直播 | 运动 | 购物车 | 我的订单 | 浏览历史 | 关于我们 | 意见反馈
nothing: 设备离线怎么办 | 今日推荐 | 登录/注册 | 我的二维码 | 语音播报 | 动漫周边 | 跑步机 | 扫地机器人 | 发布会 | 联系电话
nothing: 无线蓝牙耳机 ¥199 | 数码相机 2999元 | 某地图公司与打车平台就自动驾驶导航路线数据达成合作 | 清理缓存 | Profile
nothing: Podcasts | Repair | Important | Roadmap | Recall | Videos | @iv_profile | @tv_history_record | @ll_bitmap
nothing: @step_1 | @contact_us | Contact us | Contact seller | 宜出行 忌动土 | 专题：考研加油站 | 话题: 拍照打卡 | 指南针不准怎么校准
nothing: 位置未知 科幻 · 完结 | 搜 附近的春天 | 如何打开手电筒 | How to scan a code
nothing: 头像 | 我的头像 | 二维码 | 新建文件夹 | 演唱会 | 打call | 他上传了照片 | 下载完成 | File name | Navigate up | @iv_map_bg
CAMERA: 打开闪光灯 | 扫商品 | Take a selfie | @ib_flash
READ_MEDIA_VISUAL STORAGE: 插入图片 | Pictures Upload | 从手机相册选择，按钮
MICROPHONE: 按住说话，按钮 | Hold to talk
CAMERA: 拍摄
LOCATION: 配送至：请选择 | Where am I?
nothing: 职位置顶 | 聊天气泡 | 同步数据 | 热门店铺 | 记录音乐 | 今日历史 | 镜头像素 | 普通话练习
LOCATION: 职位位置 | 今天天气 | 附近门店
ACTIVITY_RECOGNITION: 今日步数
MICROPHONE: 打开录音
CALENDAR: 打开日历
"""
"""What the controls on the right promise, among others; ``@`` stands before a resource id."""
TEXTS = [
    (control.strip(), promised.replace("nothing", "").split())
    for promised, controls in (line.split(": ", 1) for line in TABLE.strip().splitlines())
    for control in controls.split("|")
]


@pytest.mark.parametrize(("control", "promised"), TEXTS)
def test_what_a_control_promises(control: str, promised: list[str]) -> None:
    found = promises_of("", control[1:]) if control.startswith("@") else promises_of(control)
    assert set(promised) <= set(found)
    assert bool(found) == bool(promised)


def test_the_table_is_long_and_about_every_group() -> None:
    assert len(TEXTS) > 100
    assert {group for _, promised in TEXTS for group in promised} == set(GROUPS)


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("青云天气", {"LOCATION"}), ("扫码王", {"CAMERA"}), ("极光手电筒", {"CAMERA"}), ("小路地图", {"LOCATION"}),
        ("安心来电", {"PHONE", "CALL_LOG"}), ("风行跑步", {"LOCATION", "ACTIVITY_RECOGNITION"}), ("云音乐", {"READ_MEDIA_AURAL"}),
        ("识花君", {"CAMERA"}), ("小店", set()), ("优选商城", set()), ("邻家门店", set()), ("味道食谱", set()), ("Phone", {"PHONE"}),
        ("指南针", {"LOCATION"}), ("指南针不准怎么校准", set()),
    ],
)  # fmt: skip
def test_what_an_app_is_about_by_its_name(name: str, groups: set[str]) -> None:
    assert set(promised_by_name(name)) == groups


def test_who_takes_pictures_may_be_asked_for_a_voice() -> None:
    assert may_ask_for("拍摄") == ("MICROPHONE",)
    assert may_ask_for("扫一扫") == ()


def test_only_leads() -> None:
    assert all(only_leads(text) for text in ("我的", "消息(3)", "消息 12", "Settings", "首 页"))
    assert not any(only_leads(text) for text in ("扫一扫", "开始识别", "立即体验", "今日番茄炒蛋", ""))


def test_only_answers() -> None:
    assert all(only_answers(text) for text in ("下一页", "允许使用", "暂不", "跳过 5", "iv_close", "btnSkip", "Not now"))
    assert not any(only_answers(text) for text in ("扫一扫", "开始鉴定", "我的", "iv_scan", "closet", ""))


def test_the_controls_that_close_real_pop_ups_promise_nothing() -> None:
    text = capture("popup-rules/groups.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    closing = {"关闭", "取消", "以后再说", "跳过", "我知道了", "知道了", "暂不开启", "不允许", "拒绝", "稍后再说"}
    texts = {each for row in rows for each in row["texts"].split("|") if each in closing}
    assert len(texts) >= 8
    assert not [each for each in texts if promises_of(each)]


@pytest.mark.parametrize(("said", "promised"), [("亮亮手电筒", ("CAMERA",)), ("手电筒 客厅", ()), ("灯光", ())])
def test_a_lamp_is_the_phones_own_where_the_page_speaks_of_a_torch_and_of_no_home(said: str, promised: tuple[str, ...]) -> None:
    assert promises_on_page("开灯", said.split()) == promised
