"""What an app does while nobody looks, and may: near misses of clause 6."""

from tests.generated.recipe import Recipe

MEMBERS = {
    "alarm_clock": ["def on_alarm(self, id):", '    self.prefs["rang"] = self.prefs.get("rang", 0) + 1', ""],
    "music": [
        "class Player(Service):", "    def on_start_command(self, intent):", '        self.start_foreground("正在播放", "第一首")',
        "        return START_NOT_STICKY", "",
    ],
    "disabled_receiver": [
        "class Wake(Receiver):", '    actions = ["android.intent.action.BOOT_COMPLETED"]', "    enabled = False", "",
        "    def on_receive(self, intent):", '        self.app.prefs["woken"] = True', "",
    ],
    "screen_receiver": [
        "class Lit(Receiver):", "    dynamic = True", "", "    def on_receive(self, intent):", '        self.app.prefs["lit"] = True', "",
    ],
    "own_service": [
        "class Tidy(Service):", "    def on_start_command(self, intent):", "        self.stop_self()",
        "        return START_NOT_STICKY", "",
    ],
    "keyboard": ["class Keys(Service):", "    def on_bind(self, intent):", '        self.app.prefs["keys"] = True', ""],
    "widget": [
        "class Panel(Receiver):", '    actions = ["android.appwidget.action.APPWIDGET_UPDATE"]', "", "    def on_receive(self, intent):",
        '        self.app.prefs["panel"] = True', "",
    ],
    "sdk_service": [
        "class Stats(Sdk):", '    name, package = "示例统计", "com.example.stats"', "", "    class Upload(Service):",
        "        def on_start_command(self, intent):", "            self.stop_self()", "            return START_NOT_STICKY", "",
    ],
    "own_provider": [
        "class Rows(Provider):", '    authority = "generated.rows"', "", "    def query(self, uri):", '        return [{"row": 1}]', "",
    ],
}  # fmt: skip
STARTS = {
    "alarm_clock": ['self.set_alarm("morning", after=7200, alarm_clock=True)'],
    "screen_receiver": ['self.register_receiver("Lit", "android.intent.action.SCREEN_ON")'],
    "sdk_service": ['self.start_service("Upload")'],
    "own_service": ['self.start_service("Tidy")'],
    "cached_work": ['self.post_delayed(lambda: self.app.prefs.get("starts"), 60)'],
    "own_provider": ['self.query_provider("content://generated.rows/all")'],
}
BUTTONS = {"music": ("播放", 'self.start_foreground_service("Player")'), "market": ("给我们评分", "self.open_market(self.app.package)"),
           "share_by_tap": ("分享给好友", 'self.start_activity("com.generated.friend/.Share")')}  # fmt: skip


def members(recipe: Recipe) -> list[str]:
    return [line for each in recipe.background for line in MEMBERS.get(each, [])]


def manifest(recipe: Recipe) -> list[str]:
    found = {
        "keyboard": 'default_input_method = "Keys"',
        "widget": 'widgets = ["Panel"]',
        "share_by_tap": 'queries = ["com.generated.friend"]',
    }
    found["friend"] = found["share_by_tap"]
    return [found[each] for each in (*recipe.background, *recipe.adverts) if each in found]


def at_start(recipe: Recipe) -> list[str]:
    """What the home page does for it when it is made."""
    return [line for each in recipe.background for line in STARTS.get(each, [])]


def taps(recipe: Recipe) -> list[str]:
    """Functions that the tester is told to use."""
    return [BUTTONS[each][0] for each in recipe.background if each in BUTTONS]


def pressed(recipe: Recipe) -> list[str]:
    """What their buttons do."""
    return [line for each in recipe.background if each in BUTTONS for line in (f'if id == "bg_{each}":', f"    {BUTTONS[each][1]}")]


def on_home(recipe: Recipe) -> list[str]:
    """Their buttons."""
    return [f'Button("{BUTTONS[each][0]}", id="bg_{each}")' for each in recipe.background if each in BUTTONS]


def home_members(recipe: Recipe) -> list[str]:
    """An alarm that is cancelled when the app is left."""
    if "alarm_cancelled" not in recipe.background:
        return []
    return ["def on_resume(self):", '    self.set_alarm("tick", after=300)', "", "def on_stop(self):", '    self.cancel_alarm("tick")', ""]


def other_apps(recipe: Recipe) -> list[str]:
    """Other apps on the phone."""
    if not {"share_by_tap", "friend"} & {*recipe.background, *recipe.adverts}:
        return []
    return [
        "",
        "class Friend(App):",
        '    package = "com.generated.friend"',
        '    label = "友信"',
        "",
        "    class Share(Activity):",
        "        exported = True",
        "",
        "        def on_create(self):",
        '            self.show(Column(Text("友信"), Text("选择一个聊天")))',
    ]
