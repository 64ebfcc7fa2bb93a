"""The words that generated apps are written with: invented names, and what such apps say in their own words.

They were written without a look at the word lists of the harness, as the people who write apps do not know them either.
"""

from dataclasses import dataclass

SYLLABLES = "青禾云舟木棠远岚星槐晴川素笺拾光南枝小满知了鹿鸣半夏山茶白露听雨松果栗子蓝湾"


@dataclass(frozen=True, slots=True)
class Theme:
    """What an app is about: its names end with ``suffix``; the rest is on its pages."""

    name: str
    suffix: str
    slogan: str
    tabs: tuple[str, str, str]
    items: tuple[str, ...]
    detail: str
    plain: tuple[str, ...]


THEMES = (
    Theme("shop", "优选", "今日好物上新", ("首页", "分类", "我的"), ("有机小番茄", "土鸡蛋", "手工面条", "黑芝麻糊", "山泉豆腐"),
     "商品详情", ("限时折扣", "我的订单", "领券专区")),
    Theme("news", "资讯", "早读十分钟", ("要闻", "专题", "我的"),
     ("城南新地铁开通", "油菜花进入盛花期", "书市周末开幕", "老街修缮完工", "夜校报名火热"), "正文", ("热榜", "我的收藏", "往期回顾")),
    Theme("recipes", "厨房", "今天吃什么", ("首页", "菜单", "我的"), ("番茄炖牛腩", "葱油拌面", "清蒸鲈鱼", "蒜蓉西兰花", "桂花酒酿"),
     "做法", ("时令食材", "我的菜谱", "厨艺榜")),
    Theme("courses", "学堂", "每天进步一点", ("首页", "课程", "我的"), ("古诗里的四季", "口算小达人", "趣味化学", "英语绘本", "硬笔书法"),
     "课程介绍", ("学习计划", "我的作业", "排行榜")),
    Theme("pets", "宠伴", "和毛孩子一起长大", ("首页", "圈子", "我的"),
     ("幼猫换粮指南", "金毛的日常", "鹦鹉学舌", "仓鼠笼布置", "柯基减肥记"), "帖子", ("萌宠日历", "我的发布", "养护手册")),
    Theme("plants", "花事", "种一盆春天", ("首页", "养护", "我的"), ("绿萝", "多肉拼盘", "月季修剪", "水培风信子", "龟背竹"), "植物档案",
     ("浇水计划", "我的花园", "病虫害库")),
    Theme("reading", "书坊", "翻开一页", ("书架", "书城", "我的"), ("雾中的灯塔", "南方来信", "机器与诗", "小镇钟表匠", "海边的图书馆"),
     "书籍简介", ("免费专区", "阅读记录", "书单")),
    Theme("fitness", "动动", "今天动一动", ("首页", "训练", "我的"), ("十分钟拉伸", "晨间瑜伽", "核心训练", "居家有氧", "肩颈放松"),
     "训练介绍", ("训练计划", "我的勋章", "饮食建议")),
    Theme("museum", "博物", "看见时间", ("首页", "展览", "我的"), ("青铜之光", "瓷上山河", "古籍修复展", "丝路钱币", "漆器特展"),
     "展品介绍", ("开放时间", "我的预约", "参观须知")),
    Theme("housework", "到家", "把时间还给生活", ("首页", "服务", "我的"), ("油烟机清洗", "开荒保洁", "地板打蜡", "窗帘清洗", "收纳整理"),
     "服务详情", ("优惠套餐", "我的订单", "服务保障")),
    Theme("cinema", "影窗", "好片不错过", ("首页", "片单", "我的"), ("长夜将尽", "风起麦田", "第七码头", "逆光飞行", "山那边"), "影片资料",
     ("影评精选", "想看清单", "票房榜")),
    Theme("notes", "手账", "记下每一天", ("首页", "模板", "我的"), ("旅行清单", "月度复盘", "读书卡片", "记账页", "心情日历"), "模板预览",
     ("贴纸商店", "我的手账", "打卡广场")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """A function that needs a permission: ``group`` as Android calls it.

    ``captions`` are what a control for it may say, ``why`` what the app tells before it asks, ``opens`` the title of
    what comes with Allow and ``shows`` what is on it, ``instead`` what is said without. ``closes``: whether it may go
    back where it came from without it, because nothing is left to do there.
    """

    key: str
    group: str
    captions: tuple[str, ...]
    why: str
    opens: str
    shows: str
    instead: str
    closes: bool = False


OFFERS = (
    Offer("scan", "CAMERA", ("扫一扫", "扫码"), "相机权限用于扫描二维码和条形码", "扫描", "请将二维码放入框内", "您可以手动输入编号",
     closes=True),
    Offer("photo", "CAMERA", ("拍照", "拍照上传"), "相机权限用于拍摄您要上传的照片", "拍照上传", "轻触快门拍摄", "可稍后再传照片"),
    Offer("nearby", "LOCATION", ("附近门店", "附近的店"), "位置权限用于按距离列出您附近的门店", "门店列表", "距您 320 米",
     "已为您显示全部门店"),
    Offer("locate", "LOCATION", ("定位当前城市", "定位我的位置"), "位置权限用于确定您所在的城市", "当前城市", "已定位到 临江",
     "请手动选择城市"),
    Offer("friends", "CONTACTS", ("通讯录好友", "从通讯录选择"), "通讯录权限用于找到您已认识的朋友", "通讯录好友", "3 位好友也在这里",
     "您可以手动输入手机号", closes=True),
    Offer("voice", "MICROPHONE", ("语音搜索", "语音输入"), "麦克风权限用于把您说的话转成文字", "语音搜索", "请说出要找的内容",
     "请改用文字输入"),
    Offer("record", "MICROPHONE", ("录音", "录一段声音"), "麦克风权限用于录制您的声音", "录音", "00:00 正在录制",
     "没有麦克风权限，无法录音", closes=True),
    Offer("remind", "CALENDAR", ("添加到日历", "写入日历提醒"), "日历权限用于把日程写入您的日历", "日历提醒", "已写入日历",
     "您可以自行记录时间"),
    Offer("album", "STORAGE", ("从相册选择", "上传图片"), "存储权限用于选取您相册中的图片", "选择图片", "最近项目", "可使用默认图片"),
    Offer("notice", "NOTIFICATIONS", ("到货通知我", "开播提醒"), "通知权限用于在有消息时提醒您", "提醒设置", "已开启提醒",
     "您可以随时来这里查看"),
    Offer("steps", "ACTIVITY_RECOGNITION", ("开始计步", "今日步数"), "健身运动权限用于统计您的步数", "步数统计", "今日 3204 步",
     "可手动填写步数"),
)  # fmt: skip

GROUP_NAMES = {
    "CAMERA": "相机", "LOCATION": "位置", "CONTACTS": "通讯录", "MICROPHONE": "麦克风", "CALENDAR": "日历", "STORAGE": "存储",
    "NOTIFICATIONS": "通知", "ACTIVITY_RECOGNITION": "健身运动", "PHONE": "电话", "SMS": "短信",
}  # fmt: skip

PERMISSIONS = {
    "CAMERA": "android.permission.CAMERA", "LOCATION": "android.permission.ACCESS_FINE_LOCATION",
    "CONTACTS": "android.permission.READ_CONTACTS", "MICROPHONE": "android.permission.RECORD_AUDIO",
    "CALENDAR": "android.permission.WRITE_CALENDAR", "NOTIFICATIONS": "android.permission.POST_NOTIFICATIONS",
    "ACTIVITY_RECOGNITION": "android.permission.ACTIVITY_RECOGNITION", "PHONE": "android.permission.READ_PHONE_STATE",
    "SMS": "android.permission.READ_SMS",
}  # fmt: skip

READS = {
    "CAMERA": "use_camera", "LOCATION": "read_location", "CONTACTS": "read_contacts", "MICROPHONE": "use_microphone",
}  # fmt: skip


def permission_of(group: str, android: str) -> str:
    """The permission of a group that an app for this Android lists."""
    if group == "STORAGE":
        return "android.permission.READ_MEDIA_IMAGES" if newer(android, 13) else "android.permission.READ_EXTERNAL_STORAGE"
    return PERMISSIONS[group]


def exists(group: str, android: str) -> bool:
    """Whether that Android asks for the group at all."""
    return newer(android, {"NOTIFICATIONS": 13, "ACTIVITY_RECOGNITION": 10}.get(group, 0))


def newer(android: str, version: int) -> bool:
    """Whether an Android is ``version`` or later."""
    return float(android) >= version


NAMES = ("相机", "录音机", "日历", "地图", "定位器", "通讯录", "拨号盘", "扫码助手")
"""What an app may be called without being that: the end of its label."""
TITLES = ("定位器 · 科幻", "通讯录里的秘密 · 悬疑", "相机不说谎", "录音棚往事", "日历女孩 · 连载", "麦克风少年", "电话亭 · 短篇")
HINTS = ("搜 附近的春天", "大家都在搜 手账", "搜 通讯录之恋")
CITIES = ("临江", "望海", "安川", "云溪", "北屏", "长陵", "东渡", "沧源")
INTERESTS = ("旅行", "美食", "读书", "运动", "手工", "电影", "园艺", "音乐")
AGES = ("18 岁以下", "18-24 岁", "25-34 岁", "35-44 岁", "45 岁以上")
GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级")
POLICY = "我们重视您的个人信息。请您阅读《用户协议》和《隐私政策》，了解我们如何收集、使用和保护您的个人信息。"
