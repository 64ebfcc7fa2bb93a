"""Controls that are never pressed, by their words (danger.toml)."""

from __future__ import annotations

import re

from harness.config import NONE, once_a_config, using
from harness.dialogs.dialog_words import plain
from harness.dialogs.word_files import table as table_of
from harness.errors import CatalogueError
from harness.language import _

TABLES = ("contains", "lines", "sim_login", "leading", "urging", "exact", "sold", "compose", "always", "unless")
SENTENCE = 24
"""A longer text is no button's word but a row or an article [PROJECT]: what it speaks of is not what a press does."""
_NUMBER = re.compile(r"(?<!\d)(?:\d[ -]?){5,12}(?!\d)")
_OF_A_LINE = re.compile(r"(?<![\d.])(?:[48]00[ -]?\d{3,4}[ -]?\d{3,4}|0\d{2,3}-\d{7,8}|1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![\d.])|^95\d{3,4}$")
"""A number that is dialled, alone or in a caption: 400-820-0000, 010-12345678, a mobile number, 95000."""
_NOUNS = "资源|资料|文件|课件|素材|软件|应用|音乐|视频|表格|模板|图片|壁纸|铃声|电影|小说|游戏"
_STATE = re.compile(
    rf"^(?:已|未|待|正在|我(?!要)|离线|热门|最新|(?:{_NOUNS})下载$)|^(?:下载|安装)(?:中|失败|完成|成功|暂停)$|^提交(?:时间|人|者|于|中|成功|失败|次数|日期)"
)
"""What only looks like an order: the name of a state, of a list or of a column (待提交, 我的下载, 资料下载)."""
_TELLS = re.compile("权限|用于|^(?:可在|可以|请|自动|扫码|usb)|仅.*(?:wlan|wi-?fi)|提示$")
"""A sentence about something, or the name of a setting or a function: 可在曲库中下载伴奏, 自动安装, 扫码安装."""
_LINE = re.compile("(?:热线|电话)(?:[:：].*)?$|^电话(?:咨询|客服|联系|沟通|预约|回访|咨询客服)|hotline$")
_NO_LINE = re.compile("更换|修改|换绑|绑定|解绑|编辑|添加|设置|验证|输入|填写|网络|免费|骚扰|拦截|号码|手机电话|可视|新建|隐藏")
"""What is done to a number, and calls over the network, which are functions: 更换电话, 网络电话."""
_PLACES = "排行|热|中心|量|速度|榜|页|专区|设置|管理|目录|路径|位置|音质|画质|清晰度|方式|须知|地址|次数|选项|偏好|缓存"
_GOT = "app|应用|客户端|文件|安装包|安装|并安装|观看|看|阅读|领取|到.*|原图|附件|资源|课件|视频|音频|全集"
_URGES = "立即|马上|立刻|一键|现在|确认|确定|开始|点击|我要|免费|高速|普通|极速|安全|官方|本地|直接|继续|仍要|仍然|允许|重新|去|前往"
_NO_ORDER = rf"{_PLACES}|中$|失败|完成"
_DOWNLOAD = re.compile(
    rf"(?:下载|安装)(?:{_GOT}|(?!{_PLACES})\w{{1,4}})?$"
    rf"|^(?:{_URGES})*(?:下载|安装)(?!\w*(?:{_NO_ORDER}))[\w·]{{2,10}}$"
    rf"|^(?:{_URGES}|获取)*(?:获取应用|试玩|开玩)$"
    "|^(?:download|install)(?: (?:now|app|apk|it|for free|free))?$"
)
_PACKET = re.compile(r"^(?:立即|马上|点击|一键|免费|去)*(?:领|拆|开)(?:取|个)?(?:现金|新人|惊喜|大|我的)?(?:红包|大礼包)$")
"""What claims a reward at once; 红包记录 and 我的红包 are pages."""
_ORNAMENT = re.compile(r"^[\s【\[「『（(↓⬇▼➡▶•·]+|(?:[\s】\]」』）)>›»→↓⬇·]|[（(·]?\d+(?:\.\d+)?\s?[kmg]b?)+$")
"""What stands round an order: 【下载】, 免费下载>>, 下载(23.5MB)."""
_TRADITIONAL = str.maketrans("載裝費領開應繼續觀獲試馬點擊戶", "载装费领开应继续观获试马点击户")
_OUT_TO_APP = re.compile(
    "^(?:打开|前往|进入|唤起|下载|安装|去).{0,6}(?:app|客户端).{0,6}$"
    "|^(?:立即|马上|点击|免费|去|前往|到|在|用|使用|进入|打开|体验)*(?:app|客户端)(?:内|中|里)?"
    "(?:打开|观看|看|查看|阅读|播放|领取|体验|下载|安装|(?:免费|继续)*(?:看|读|听)\\w{1,4})?$"
    "|^(?:open|watch|read|view|continue) in (?:the )?app$|^(?:get|open) (?:the )?app$"
)
"""What leads out of a page into an app that it installs first: 打开App观看."""
_OWN_NUMBER = re.compile("(?:本机|当前|该)(?:手机)?号|本机.{0,2}(?:登录|登陆|注册|绑定)|一键.{0,2}(?:登录|登陆|注册|绑定|认证)|免密登录")
_GIVES_NUMBER = re.compile(
    "(?:授权|允许|同意).{0,4}(?:手机号|号码)(?:登录|登陆|注册|绑定)?$|(?:使用|获取).{0,4}(?:手机号|号码)(?:登录|注册|一键|授权)|号码(?:认证|授权)"
)
ACTS = (
    "申请",
    "预约",
    "预订",
    "预定",
    "报名",
    "挂失",
    "举报",
    "转账",
    "汇款",
    "交换",
    "参加",
    "参团",
    "应聘",
    "抢单",
    "接单",
    "拼团",
    "购买",
)
"""What a page is named by where it leads to a form, and a button where the form is sent by it."""
CALLED = (
    "联系骑手",
    "联系司机",
    "联系师傅",
    "联系卖家",
    "联系商家",
    "联系房东",
    "联系店家",
    "联系门店",
    "联系医生",
    "联系经理",
    "联系对方",
    "联系车主",
)
_CONFIRMS = re.compile("(?:确认|确定)(?!选择|城市|切换|兴趣|年级|身份|性别|密码|手机|号码|授权).{2,6}")
"""The yes to an act that its words name: 确定挂失, 确认交换; what only chooses is none."""
_QUESTION = re.compile("^(?:如何|怎么|怎样|为什么|为何|什么)|怎么|如何|[吗?？]$|发布会")
"""A question of a help page (课程怎么退款) orders nothing."""
_IDS = frozenset(
    {"send", "submit", "pay", "buy", "order", "call", "dial", "delete", "publish", "logout", "download", "install", "uninstall"}
)
_ID_PART = re.compile(r"[A-Z]?[a-z]+")
_QUIET_IDS = frozenset(
    {"history", "list", "record", "records", "manager", "settings", "setting", "log", "logs", "my", "detail", "details", "tab"}
)


@once_a_config
def _catalogue() -> dict[str, list[str]]:
    data = table_of("danger.toml")
    try:
        return {name: [plain(word) for word in data[name]] for name in TABLES}
    except (KeyError, TypeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="danger.toml", problem=error)) from None


@once_a_config
def is_dangerous(text: str, resource_id: str = "") -> bool:
    """Whether a control of this text spends, publishes, calls, deletes, installs, logs out or ends the app.

    One without words is known by its id: the paper plane beside a field is btn_send. The tester's own words only add:
    what is dangerous by ours alone stays so, whatever theirs are.
    """
    with using(NONE):
        ours = _dangerous(text)
    return ours or _dangerous(text) or (not text and _by_id(resource_id))


def _by_id(resource_id: str) -> bool:
    parts = {part.lower() for part in _ID_PART.findall(resource_id.rpartition("/")[2])}
    return bool(parts & _IDS) and not parts & _QUIET_IDS


@once_a_config
def _dangerous(text: str) -> bool:
    words, table = plain(text), _catalogue()
    bare = _ORNAMENT.sub("", words.translate(_TRADITIONAL))
    if bare != words and not _only_names(bare, table) and (_gets(bare) or _urges(bare, table)):
        return True
    if words in table["exact"] or _calls(text) or _priced().fullmatch(words):
        return True
    if not words or len(words) > SENTENCE or _QUESTION.search(words):
        return False
    if _by_shape(words, table) or _urged(words):
        return True
    held = [word for word in (*table["contains"], *table["sim_login"]) if _holds(words, word)]
    rest = words
    for word in sorted(held, key=len, reverse=True):
        rest = rest.replace(word, " ")  # 恢复出厂设置 is no page of settings
    if words.startswith(tuple(table["always"])):
        return True
    only_tells = any(word in rest for word in table["unless"]) and not words.endswith(tuple(held))  # 确认协议并支付 pays
    urged = _urges(words, table) and _STATE.match(words) is None
    return (bool(held) or urged) and not only_tells


def _urged(words: str) -> bool:
    """Whether it orders an act whose bare name (申请售后, 转账汇款) is only the way to a page.

    With a word that urges it is done at once: 立即报名, 一键挂失; whom one calls is told behind 联系.
    """
    ordered = re.sub(r"^(?:立即|马上|一键|现在|确认|确定|我要|快速|提交)", "", words)
    return (ordered != words and ordered.startswith(ACTS)) or _CONFIRMS.fullmatch(words) is not None or words.startswith(CALLED)


def _by_shape(words: str, table: dict[str, list[str]]) -> bool:
    """Whether a caption is an order by its shape and meaning, whatever stands around the word.

    Of a form (确认无误并提交), of a download in any words, of a call, of giving one's number away.
    """
    if _only_names(words, table):
        return bool(_OWN_NUMBER.search(words) or _OF_A_LINE.search(words))
    ends_form = words.endswith("提交") or re.fullmatch(r"submit\b.*", words) is not None
    calls = _OF_A_LINE.search(words) is not None or (_LINE.search(words) is not None and _NO_LINE.search(words) is None)
    gives = _OWN_NUMBER.search(words) is not None or _GIVES_NUMBER.search(words) is not None
    return ends_form or _gets(words) or calls or gives


def _only_names(words: str, table: dict[str, list[str]]) -> bool:
    """Whether it is the name of a state, a list, a setting or a function, and orders nothing."""
    return bool(_STATE.match(words) or _TELLS.search(words)) or any(word in words for word in table["unless"])


def _gets(words: str) -> bool:
    """Whether a press loads an app or a file, leads out into an app, or claims a reward that an advert holds out."""
    return bool(_DOWNLOAD.search(words) or _OUT_TO_APP.fullmatch(words) or _PACKET.match(words))


def _calls(text: str) -> bool:
    """Whether the words are a telephone number and whose it is (客服热线 95000): a press dials it."""
    return len(text) <= SENTENCE and _NUMBER.search(text) is not None and any(word in plain(text) for word in _catalogue()["lines"])


@once_a_config
def _priced() -> re.Pattern[str]:
    """The text of a button that is a price, alone or with what is sold for it."""
    goods = rf"(?:\d*\s?(?:{'|'.join(map(re.escape, _catalogue()['sold']))}))?"
    return re.compile(rf"{goods}\s?(?:[¥￥$]\s?\d+(?:\.\d+)?|\d+(?:\.\d+)?元)\s?{goods}")


def _urges(words: str, table: dict[str, list[str]]) -> bool:
    """Whether the text is an order: it begins with what it does, alone or after a word that urges."""
    rest = next((words[len(urge) :] for urge in table["urging"] if words.startswith(urge)), words)
    return words.startswith(tuple(table["leading"])) or rest.startswith(tuple(table["leading"]))


@once_a_config
def is_sim_login(text: str) -> bool:
    """Whether a control logs in by the number of the SIM.

    Dangerous, but without a SIM all it can do is ask for the permission.
    """
    words, table = plain(text), _catalogue()
    worse = any(_holds(words, word) for word in table["contains"]) or _urges(words, table) or _GIVES_NUMBER.search(words) is not None
    named = any(word in words for word in table["sim_login"]) or _OWN_NUMBER.search(words) is not None
    return named and len(words) <= SENTENCE and not worse


def opens_editor(text: str) -> bool:
    """Whether a control of this text publishes where something was written, and elsewhere leads to where one writes."""
    return plain(text).strip(" ＋+") in _catalogue()["compose"]


def begins_anew(text: str) -> bool:
    """Whether a plus stands beside the word: 发布 ＋ begins something new, and sends nothing that is there."""
    return opens_editor(text) and any(sign in text for sign in "＋+")


def _holds(words: str, word: str) -> bool:
    """Chinese words stand anywhere, English ones as whole words."""
    return re.search(rf"\b{re.escape(word)}\b", words) is not None if word.isascii() else word in words


@once_a_config
def speaks_of_danger(text: str) -> bool:
    """Whether a question of any length speaks of what is never pressed: then its 继续 may carry it out."""
    said, catalogue = plain(text), _catalogue()
    return any(
        word in said
        for name in ("contains", "leading", "sim_login", "exact", "sold", "always")
        for word in catalogue[name]
        if len(word) > 1
    )
