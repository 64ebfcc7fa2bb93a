"""Faults of clause 7: shakes, loads that go on, other apps than promised, walls and renewals."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.fault import Fault, Places, nothing
from tests.generated.faults_adverts import LOADS, PLANTED, URL, loaded, on_page, top, with_adverts
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth


def _shaken(recipe: Recipe, _random: Random) -> Recipe:
    return replace(recipe, adverts=("shake",), advert=False)


def _eager(**limits: float) -> Callable[[Recipe], Recipe]:
    return lambda recipe: replace(recipe, limits=(limits.get("push", 15.0), limits.get("turn", 35.0), limits.get("last", 3.0)))


def _shake(truth: Truth, _recipe: Recipe) -> str:
    return "violation" if any(row["what"] == "jump" and row.get("cause") == "shake" for row in truth.rows) else ""


SHAKES = [
    Fault("shake-soft", "c7-shake-jump", "violation", nothing, _shake, _shaken, _eager(push=6.0), "7"),
    Fault("shake-still", "c7-shake-jump", "violation", nothing, _shake, _shaken, _eager(turn=0.0), "7"),
    Fault("shake-short", "c7-shake-jump", "violation", nothing, _shake, _shaken, _eager(last=0.4), "7"),
]
PACK = f'self.download("{URL}", file_name="planted.zip", size=60_000_000, bytes_per_second=300_000, resume=True)'
PACK_PAGE = [
    "class Pack(Page):",
    '    title = "高清素材"',
    "",
    "    def body(self):",
    '        return [Text("高清素材　60 MB"), Text(self.app.told()), Button(self.app.word(), id="pk_turn")]',
    "",
    "    def pressed(self, id):",
    '        if id == "pk_turn":',
    "            self.app.turn_pack()",
    "            self.draw()",
    "",
]
PACK_APP = [
    "got = None",
    "",
    "def told(self):",
    '    return "" if self.got is None else {"running": "下载中", "paused": "已暂停"}.get(self.got.state, "")',
    "",
    "def word(self):",
    '    return {"下载中": "暂停", "已暂停": "继续下载"}.get(self.told(), "下载素材")',
    "",
    "def turn_pack(self):",
    "    if self.got is None:",
    f"        self.got = {PACK}",
    '        self.prefs["pack"] = True',
    '    elif self.got.state == "running":',
    "        self.got.pause()",
    "    else:",
    "        self.got.resume()",
    "",
]
GOES_ON = ['if self.app.prefs.get("pack") and self.app.got is None:', f"    self.app.got = self.app.{PACK.removeprefix('self.')}"]


def _resumes(_recipe: Recipe) -> Places:
    row = 'Row(Text("高清素材"), Row(), Text("›"), id="pk_row", clickable=True)'
    return {
        "home_top": [row],
        "home_press": ['if id == "pk_row":', '    self.start_activity("Pack")'],
        "app": PACK_APP,
        "advert_pages": PACK_PAGE,
        "home_create": GOES_ON,
    }


def _resumed(truth: Truth, _recipe: Recipe) -> str:
    rows = [row for row in truth.rows if row.get("url") == URL or row["what"].startswith("download_")]
    paused = next((n for n, row in enumerate(rows) if row["what"] == "download_paused" and row.get("why") == "app"), None)
    again = [row for row in rows[paused or 0 :] if row["what"] == "download" and row.get("resumed_at")]
    return "violation" if paused is not None and again else ""


PROMISES = [
    Fault("another-app", "c7-not-the-promised-app", "violation",
     top(
         'Column(Image("#B2DFDB", height=300), Text("应用名称：口袋日历"), Text("开发者：晨光软件有限公司"), '
         'Button("立即下载", id="x_get"))',
         "x_get",
         f'self.enqueue_download("{URL}", title="口袋日历", file_name="{PLANTED}.apk", size=9_000_000, label="全能加速大师")',
     ), loaded("violation"), with_adverts, scope="7"),
    Fault("another-app-own", "c7-not-the-promised-app", "violation",
     top(
         'WebView(Text("应用名称：口袋日历"), Text("开发者：晨光软件有限公司"), Button("下载口袋日历", id="x_get"))',
         "x_get",
         f'self.download("{URL}", file_name="calendar.apk", size=9_000_000, package="{PLANTED}", label="每日红包")',
     ), loaded("violation"), with_adverts, scope="7"),
    Fault("resumes", "c7-download-resumes", "violation", _resumes, _resumed, with_adverts, scope="7"),
    Fault("resumes-tabs", "c7-download-resumes", "violation", _resumes, _resumed,
     lambda recipe, random: replace(with_adverts(recipe, random), home="tabs"), scope="7"),
]  # fmt: skip


def _walled(shown: str) -> Callable[[Recipe], Places]:
    page = [
        "class Story(Page):",
        '    title = "深度长文"',
        "",
        "    def body(self):",
        f"        return [{shown}]",
        "",
        "    def pressed(self, id):",
        '        if id == "x_more":',
        f"            {LOADS}",
        "",
    ]
    row = 'Row(Text("深度长文"), Row(), Text("›"), id="st_row", clickable=True)'
    return lambda _recipe: {
        "home_top": [row],
        "home_press": ['if id == "st_row":', '    self.start_activity("Story")'],
        "advert_pages": page,
    }


CUT = (
    'Text("他推开门，院子里的桂花落了一地，屋檐下的灯还亮着……"), Text("剩余 82% 内容需下载“加速包”App 后阅读"), '
    'Button("下载App阅读全文", id="x_more")'
)
WALLS = [
    Fault("wall", "c7-forced-download-wall", "violation", _walled(CUT), on_page("Story", "violation"), with_adverts, scope="7"),
    Fault("wall-web", "c7-forced-download-wall", "violation", _walled(f"WebView({CUT})"), on_page("Story", "violation"), with_adverts,
          scope="7"),
]  # fmt: skip


def _plans(box: str) -> Callable[[Recipe], Places]:
    page = [
        "class Deal(Page):",
        '    title = "超级会员"',
        "",
        "    def body(self):",
        f'        return [Text("首月 1 元"), Text("次月起 25 元/月，自动续费"), {box}, Button("1 元立即开通", id="x_pay")]',
        "",
    ]
    row = 'Row(Text("超级会员"), Row(), Text("›"), id="dl_row", clickable=True)'
    return lambda _recipe: {
        "home_top": [row],
        "home_press": ['if id == "dl_row":', '    self.start_activity("Deal")'],
        "advert_pages": page,
    }


RENEWALS = [
    Fault("renewal-ticked", "c7-auto-renewal", "suspected", _plans('Checkbox("同意自动续费服务协议", id="cb_auto", checked=True)'),
     on_page("Deal", "suspected"), with_adverts, scope="7"),
    Fault("renewal-switched", "c7-auto-renewal", "suspected", _plans('Switch("到期自动续费", id="sw_auto", checked=True)'),
     on_page("Deal", "suspected"), with_adverts, scope="7"),
]  # fmt: skip
FAULTS = [*SHAKES, *PROMISES, *WALLS, *RENEWALS]
