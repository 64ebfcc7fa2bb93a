"""What no walk may press: controls that buy, send, call, download or give one's number away, in the words apps use.

Each is on a page of its own or beside something harmless. A press shows a dialog by whose title the truth counts it.
"""

from tests.generated.lines import quoted
from tests.generated.recipe import Recipe

DANGER_TITLE = "办理结果"  # of the dialog that follows a danger: the truth tells of it
PREFIX = "x_"  # of the ids of dangers
ANSWER = [f'if id.startswith("{PREFIX}"):', f'    self.show_dialog("{DANGER_TITLE}", "已受理，请留意短信", "好的")']
SUBMITS = ("提交订单", "提交报名", "提交申请", "提交认证", "提交预约", "提交反馈")
BUYS = ("立即购买", "马上抢", "去支付", "确认下单")
MINE = {  # an extra that is a row of the page 我的: its id, its words, its page
    "chat": ("chat", "在线客服", "Chat"),
    "downloads": ("files", "资源下载", "Files"),
    "hotlines": ("lines", "联系电话", "Hotlines"),
    "form": ("form", "在线报名", "Form"),
    "authorise": ("bind", "绑定手机", "Bind"),
    "club": ("club", "会员专区", "Club"),
    "family": ("family", "家庭共享", "Family"),
    "ride": ("ride", "出行助手", "Ride"),
    "queue": ("queue", "门店排号", "Queue"),
    "version": ("version", "版本信息", "Version"),
}
BODIES = {
    "chat": '[Scroll(Text("您好，请问有什么可以帮您"), Text("工作时间 9:00-18:00")), '
    'Row(EditText("说点什么", id="et_say"), Button("发送", id="x_send"))]',
    "downloads": '[Text("本期素材 共 12 个文件"), Button("普通下载", id="x_plain"), Button("高速下载", id="x_fast"), '
    'Button("打开App观看", id="x_watch"), Row(Text("在线预览"), Row(), Text("›"), id="preview", clickable=True)]',
    "hotlines": '[Row(Text("客服热线"), Row(), Text("400-000-1234"), id="x_line", clickable=True), '
    'Row(Text("家长热线"), Row(), Text("400-000-5678"), id="x_parents", clickable=True), Text("人工服务时间 9:00-21:00")]',
    "authorise": '[Text("绑定手机号后可以找回账号"), Button("授权本机号码", id="x_number"), '
    'Row(Text("暂时不绑定"), id="later", clickable=True)]',
    "club": '[Text("畅读全部内容"), Row(Button("¥39/年", id="x_year"), Button("¥6/月", id="x_month")), Text("随时可以取消")]',
    "family": '[Text("最多 5 位成员"), Button("邀请家人", id="x_family"), Row(Text("使用说明"), Row(), id="how", clickable=True)]',
    "ride": '[Text("城南书市 → 东渡站"), Text("预计 12 元"), Button("立即叫车", id="x_ride")]',
    "queue": '[Text("前方 8 桌"), Button("预约取号", id="x_queue"), Text("过号请重新排队")]',
    "version": '[Text("新版本 3.2.0 已准备好"), Button("立即安装", id="x_install"), Text("修复了一些已知问题")]',
}  # fmt: skip


def on_detail(recipe: Recipe) -> list[str]:
    """The buttons at the end of a detail page."""
    if "dangers" not in recipe.extras:
        return []
    words = {"x_buy": BUYS[recipe.seed % len(BUYS)], "x_submit": submit(recipe), "x_call": "拨打客服电话"}
    bar = [f"Row(Text({quoted(text)}), id={quoted(id)}, clickable=True)" for id, text in acts(recipe)]
    return [*(f"Button({quoted(text)}, id={quoted(id)})" for id, text in words.items()), f"Row({', '.join(bar)})"]


def acts(recipe: Recipe) -> tuple[tuple[str, str], ...]:
    """The bar of acts in the user's name: what only opens, one by its name, one by a mere number."""
    name = ("收藏", "点赞", "关注", "Like")[recipe.seed % 4]
    return ("share", "分享"), ("x_one", name), ("replies", "评论 12"), ("x_two", str(97 + recipe.seed % 900))


def on_home(recipe: Recipe) -> list[str]:
    """A gift that waits, or the day's reward, at the top of the home page."""
    words = ("新人礼金待领取", "立即领取") if recipe.seed % 2 else ("已连续签到 3 天", "每日签到")
    return [f'Row(Text("{words[0]}"), Row(), Text("{words[1]}", id="x_claim"))'] if "claim" in recipe.extras else []


def bar(recipe: Recipe) -> list[str]:
    """A field with 发送 over the foot of a detail page: what scrolls there lies under it."""
    if "covered" not in recipe.extras:
        return []
    row = 'Row(EditText("写评论", id="et_comment"), Button("发送", id="x_comment"), background="#FFFFFFFF", clickable=True)'
    return [f'Column({row}, gravity="bottom")']


def page(extra: str, recipe: Recipe) -> tuple[str, str, str]:
    """The class, title and body of the page of an extra."""
    _, title, name = MINE[extra]
    if extra == "form":
        return (
            name,
            title,
            f'[EditText("姓名", id="et_name"), EditText("联系方式", id="et_way"), Button({quoted(submit(recipe))}, id="x_form")]',
        )
    body = BODIES[extra]
    return name, title, body if recipe.seed % 3 or "EditText" in body else f"[WebView({body[1:-1]})]"


def submit(recipe: Recipe) -> str:
    """What the button at the end of its forms says."""
    return SUBMITS[recipe.seed % len(SUBMITS)]
