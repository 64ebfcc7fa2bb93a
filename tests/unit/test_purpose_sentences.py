"""Sentences that tell what a permission is for, in many grammars, and sentences that only sound like it.

Of each kind the first half was written before the grammars were, so that they are no copy of them.
"""

import pytest

from harness.dialogs.purposes import tells_purpose

TOLD_BEFORE = """
CAMERA: 想把小票上的金额直接读出来，需要打开您的相机
CAMERA: 允许使用相机后，就能给心愿清单配上实物图
CAMERA: 对着盆栽照一下就知道它叫什么，这一步需要相机权限
CAMERA: 使用相机权限记录宝宝每天的样子
MICROPHONE: 您对着手机念出书名就能找书，所以需要麦克风权限
MICROPHONE: 授权麦克风之后，可以隔着屏幕和老师对话
MICROPHONE: 使用麦克风判断琴弦准不准
LOCATION: 开启定位后即可按远近给充电桩排队
LOCATION: 下雨前半小时要给您报信，请允许获取位置信息
LOCATION: 获取位置权限推算您到家的钟点
LOCATION: 想知道同楼还有谁在拼车，请打开位置权限
CONTACTS: 允许访问通讯录后，就可以一次给全家人发请柬
CONTACTS: 替您把同事的生日列成表，因此需要通讯录权限
CALENDAR: 抢票时刻会写进日历，需要您开启日历权限
CALENDAR: 打开日历权限，考试日会自动出现在您的手机上
READ_MEDIA_VISUAL: 换聊天背景要从您的照片里挑一张，请允许访问照片
READ_MEDIA_VISUAL: 允许读取相册后，能把旧照片拼成九宫格
STORAGE: 乐谱要存到手机里离线翻看，因此申请存储权限
PHONE: 授权电话权限后可直接呼叫维修师傅
ACTIVITY_RECOGNITION: 每天走了多少路会换算成积分，所以需要健身运动权限
"""
TOLD_AFTER = """
CAMERA: 比着身份证框一框就能填好姓名，因此会用到您的摄像头
CAMERA: 借助相机数一数盘子里有几只虾
CAMERA: 有了相机权限，就能把黑板上的板书变成笔记
CAMERA: 我们需要使用相机，对准电表即可抄数
MICROPHONE: 授予麦克风权限之后，睡着时打了几次鼾一早就能看到
MICROPHONE: 喊停就停，为此需要打开麦克风
MICROPHONE: 通过麦克风测出教室有多吵
MICROPHONE: 麦克风只用来给您的朗诵打分
LOCATION: 获取位置后会把您迷路的地方告诉子女
LOCATION: 根据您的位置挑出今晚能看到流星的山头
LOCATION: 骑到哪一段最累要画成曲线，这里需要位置权限
CONTACTS: 读取通讯录挑选红包要发给谁
CONTACTS: 允许读取通讯录，添加紧急联系人
CONTACTS: 打开通讯录权限，您给谁打过欠条就能对上号
CALENDAR: 访问您的日历避开已经有安排的钟点
CALENDAR: 您轮到哪天值班会记到手机上，请开启日历权限
READ_MEDIA_VISUAL: 把结婚照印成台历，需要读取您的相册
READ_MEDIA_VISUAL: 同意访问照片后，将替您找出重复的那几张
STORAGE: 允许存储权限后，断网也能听完这本书
SMS: 开通短信权限后，银行扣款会自动记成一笔账
ACTIVITY_RECOGNITION: 授权健身运动后就可以和邻居比谁爬的楼多
CAMERA: 需要使用相机 拍下坏了的地方，师傅好带对配件
CONTACTS: 需要使用通讯录 从通讯录选择收款人手机号，不会上传您的通讯录
NEARBY_DEVICES: 想让门锁认得这部手机，请打开蓝牙
CAMERA: 灯塔记账将使用相机权限，扫出小票上的金额
"""
EMPTY_BEFORE = """
CAMERA: 为了让您有更好的体验，所以需要使用相机权限
CAMERA: 请您允许相机权限，否则将无法继续使用本应用
CAMERA: 相机权限、存储权限、位置权限
CAMERA: 您可随时在系统设置中关闭相机权限
CAMERA: 开启相机权限后，即可享受完整功能
MICROPHONE: 首次进入时，需要获取麦克风权限
MICROPHONE: 拒绝麦克风权限后，部分功能将不可用
MICROPHONE: 允许使用麦克风后，才能正常使用该功能
LOCATION: 应用需要获取位置权限，请点击允许
LOCATION: 如需更改位置权限，请前往设置
LOCATION: 未开启位置权限，请去设置中打开
LOCATION: 我们非常重视您的隐私，所以需要您授权位置权限
CONTACTS: 为提供优质服务，请允许访问通讯录
CONTACTS: 同意授权通讯录后可获得更多服务
CALENDAR: 需要日历权限才可以继续
CALENDAR: 日历权限 已关闭
READ_MEDIA_VISUAL: 请开启照片权限以保障应用正常运行
READ_MEDIA_VISUAL: 照片权限被禁止，请重新授权
STORAGE: 存储权限是应用运行所必需的，请允许
PHONE: 依照法律法规，需要您授予电话权限
"""
EMPTY_AFTER = """
CAMERA: 亲爱的用户，请允许使用相机权限
CAMERA: 获取相机权限失败，请稍后再试
CAMERA: 当前版本需要相机权限
CAMERA: 开启相机权限后，您可随时在设置中撤回
CAMERA: 使用相机权限说明
CAMERA: 允许使用相机后，即可开始使用
MICROPHONE: 麦克风权限未授予，请点击去开启
MICROPHONE: 使用麦克风时请先授权
MICROPHONE: 打开麦克风权限，立即解锁更多功能
LOCATION: 请先登录，我们需要位置权限
LOCATION: 若不允许位置权限，您将无法享受服务
LOCATION: 位置权限用于为您提供更好的服务
LOCATION: 您可以关闭位置权限，不影响其他功能
CONTACTS: 我们会严格保护您的隐私，请放心允许通讯录权限
CONTACTS: 访问通讯录被拒绝
CALENDAR: 本应用申请日历权限，请同意
READ_MEDIA_VISUAL: 需要访问照片和存储空间
STORAGE: 授权存储权限后将自动继续
PHONE: 根据监管要求，需要您开启电话权限
NOTIFICATIONS: 开启通知权限，精彩不错过
CONTACTS: 从通讯录选择收款人
CAMERA: 需要使用相机 师傅风采 今日推荐
LOCATION: 请开启位置权限 看得更清楚，用得更放心
READ_MEDIA_VISUAL: 需要读取照片，从相册选择
CAMERA: 灯塔记账将使用相机权限，画面不会上传
CONTACTS: 灯塔记账想访问您的通讯录，好友不会收到通知
"""


def lines(*tables: str) -> list[tuple[str, str]]:
    rows = [line.split(": ", 1) for table in tables for line in table.strip().splitlines()]
    return [(group, sentence) for group, sentence in rows]


@pytest.mark.parametrize(("group", "sentence"), lines(TOLD_BEFORE, TOLD_AFTER))
def test_told(group: str, sentence: str) -> None:
    assert tells_purpose(sentence, group)


@pytest.mark.parametrize(("group", "sentence"), lines(EMPTY_BEFORE, EMPTY_AFTER))
def test_nothing_told(group: str, sentence: str) -> None:
    assert not tells_purpose(sentence, group)
