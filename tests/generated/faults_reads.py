"""Faults of clauses 1 to 3 and 8: reads before consent, after a no, untold, at a period, unseen; SDKs; rewards."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.choices import SDKS
from tests.generated.fault import Fault, Places, unused
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth
from tests.generated.words import PERMISSIONS, READS

CLIPBOARD, DEVICE_ID = "READ_CLIPBOARD", "READ_DEVICE_IDENTIFIERS"
OF_NOBODY = ("CONTACTS", "LOCATION")
"""Groups of which a fault reads what no function of the app is about."""
OPS = {"CONTACTS": "READ_CONTACTS", "LOCATION": "FINE_LOCATION"}
TAG = "com.igexin.sdk"


def _linked(recipe: Recipe, random: Random) -> Recipe:
    """Its consent links to its policy."""
    return replace(recipe, consent=random.choice(["page", "sheet", "tick"]), answer="accept", takes=())


def _newer(recipe: Recipe, random: Random) -> Recipe:
    """On a phone that refuses identifiers and says so."""
    android = recipe.android if recipe.android not in ("8.1", "9") else "13"
    return replace(_linked(recipe, random), android=android, rom=recipe.rom if android == recipe.android else "aosp")


def _refusing(recipe: Recipe, random: Random) -> Recipe:
    """The user says no, and the app goes on without."""
    return replace(_newer(recipe, random), words=("同意", "不同意"), refused="browses", answer="refuse")


def _free(recipe: Recipe, _random: Random) -> Recipe:
    """No function of it is about contacts, calendar or location, so that nothing needs them."""
    left = tuple(function for function in recipe.functions if function.group not in (*OF_NOBODY, "CALENDAR"))
    return replace(recipe, functions=left, planted="", answer="accept", advert=False)


def _calm(recipe: Recipe, random: Random) -> Recipe:
    """The same on a phone that lets what is behind go on."""
    android = random.choice(["12", "13", "14"])
    return replace(_free(recipe, random), android=android, rom="aosp")


def _read(op: str, outcome: str, least: int = 1) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if truth.reads(op) >= least else ""


def _untold(op: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: "suspected" if truth.reads(op) and "Policy" in truth.pages() else ""


def _shown(_op: str = "") -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: "suspected" if "Policy" in truth.pages() else ""


def _over(line: str) -> Callable[[Recipe], Places]:
    return lambda _recipe: {"over_consent": [f"self.post_delayed(lambda: {line}, 1)"]}


def _home(line: str, after: int = 5, when: str = "True") -> Callable[[Recipe], Places]:
    return lambda _recipe: {"home_create": [f"if {when}:", f"    self.post_delayed(lambda: {line}, {after})"]}


REFUSED = 'self.app.prefs.get("agreed") == "no"'
CONSENT = [
    Fault("before-clipboard", "c1-reads-before-consent", "suspected", _over("self.read_clipboard()"),
     _read(CLIPBOARD, "suspected"), _linked, scope="13"),
    Fault("before-device-id", "c1-reads-before-consent", "suspected", _over("self.read_device_id()"),
     _read(DEVICE_ID, "suspected"), _newer, scope="13"),
    Fault("before-listens", "c1-reads-before-consent", "suspected", _over('self.register_sensor("accelerometer")'), _shown(), _linked,
     scope="13"),
    Fault("refused-clipboard", "c1-reads-after-refusal", "suspected", _home("self.read_clipboard()", 4, REFUSED),
     _read(CLIPBOARD, "suspected"), _refusing, scope="13"),
    Fault("refused-device-id", "c1-reads-after-refusal", "suspected", _home("self.read_device_id()", 4, REFUSED),
     _read(DEVICE_ID, "suspected"), _refusing, scope="13"),
    Fault("untold-clipboard", "c1-undeclared-reads", "suspected", _home("self.read_clipboard()"), _untold(CLIPBOARD), _linked, scope="13"),
    Fault("untold-by-sdk", "c1-undeclared-reads", "suspected", _home(f'self.read_clipboard("{TAG}")'), _untold(CLIPBOARD), _linked,
     scope="13"),
]  # fmt: skip


def _library(id: str, *, runs: bool) -> Callable[[Recipe], Places]:
    """An SDK in the package; one that ``runs`` has a process of its own."""
    name, package = SDKS[id]
    service = [
        "",
        "    class PushService(Service):",
        '        process = ":push"',
        "",
        "        def on_start_command(self, intent):",
        "            return START_NOT_STICKY",
    ]
    places = {"app": ["class Push(Sdk):", f'    name, package = "{name}", "{package}"', *(service if runs else []), ""]}
    return lambda _recipe: places | ({"home_create": ['self.start_service("PushService")']} if runs else {})


LIBRARIES = [
    *(Fault(f"library-{id}", "c1-undeclared-sdks", "suspected", _library(id, runs=False), _shown(), _linked, scope="13") for id in SDKS),
    *(
        Fault(f"recipient-{id}", "c3-recipient-not-told", "suspected", _library(id, runs=True), _shown(), _linked, scope="13")
        for id in SDKS
    ),
]


def _group(recipe: Recipe, *, unseen: bool = False) -> str:
    """What it reads; the location is kept from what nobody sees."""
    return "CONTACTS" if unseen else unused(recipe, OF_NOBODY)[recipe.seed % 2]


ITS_OWN = ["def on_permission_result(self, results):", "    if self.asking:", "        super().on_permission_result(results)", ""]
"""What was asked for at the start of the page is no function's."""


def _asked(again: int, *, first: int = 20, unseen: bool = False, tag: str = "") -> Callable[[Recipe], Places]:
    """The app asks at its home page, and reads once or every ``again`` seconds; ``unseen``: once its page is gone."""

    def places(recipe: Recipe) -> Places:
        group = _group(recipe, unseen=unseen)
        pulse = [
            "def pulse(self):",
            f"    self.{READS[group]}({tag and repr(tag)})".replace("''", ""),
            *([f"    self.post_delayed(self.pulse, {again})"] if again else []),
            "",
        ]
        leaves = ["def on_stop(self):", f"    self.post_delayed(self.pulse, {first})", ""] if unseen else []
        begins = [] if unseen else [f"self.post_delayed(self.pulse, {first})"]
        asks = [f'self.request_permissions("{PERMISSIONS[group]}")']
        return {"home_create": [*asks, *begins], "home_members": [*ITS_OWN, *pulse, *leaves], "permissions": [PERMISSIONS[group]]}

    return places


def _of_group(outcome: str, least: int, *, unseen: bool = False) -> Callable[[Truth, Recipe], str]:
    return lambda truth, recipe: outcome if truth.reads(OPS[_group(recipe, unseen=unseen)], unseen=unseen) >= least else ""


ALLOWED = [
    Fault("reads-often", "c2-reads-periodically", "violation", _asked(2), _of_group("violation", 20), _free, scope="2"),
    Fault("reads-each-25", "c2-reads-periodically", "violation", _asked(25), _of_group("violation", 8), _free, scope="2"),
    Fault("reads-once", "c2-reads-without-need", "suspected", _asked(0), _of_group("suspected", 1), _free, scope="2"),
    Fault("reads-once-sdk", "c2-reads-without-need", "suspected", _asked(0, tag=TAG), _of_group("suspected", 1), _free, scope="2"),
    Fault("unseen-contacts", "c2-reads-in-background", "violation", _asked(0, first=8, unseen=True),
     _of_group("violation", 1, unseen=True), _calm, scope="2"),
    Fault("unseen-sdk", "c2-reads-in-background", "violation", _asked(60, first=8, unseen=True, tag=TAG),
     _of_group("violation", 1, unseen=True), _calm, scope="2"),
]  # fmt: skip


def _offers(words: str) -> Callable[[Recipe], Places]:
    return lambda _recipe: {"home_create": [f'self.post_delayed(lambda: self.show_dialog("限时福利", "{words}", "去看看", "以后再说"), 3)']}


def _offered(truth: Truth, _recipe: Recipe) -> str:
    return "suspected" if truth.dialogs("限时福利") else ""


REWARDS = [
    Fault("reward-id", "c8-reward-for-identity", "suspected", _offers("上传身份证照片，立得 500 积分"), _offered, _linked, scope="8"),
    Fault("reward-face", "c8-reward-for-identity", "suspected", _offers("完成人脸认证，领 8 元红包"), _offered, _linked, scope="8"),
]
FAULTS = [*CONSENT, *LIBRARIES, *ALLOWED, *REWARDS]
