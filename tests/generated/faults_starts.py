"""Faults of clause 6: coming to life by itself, waking others, pages that nobody sees."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.fault import Fault, Places
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth

BOOT, ZONE = "android.intent.action.BOOT_COMPLETED", "android.intent.action.TIMEZONE_CHANGED"
LEFT = ("alarm_clock", "alarm_cancelled", "keyboard", "widget", "disabled_receiver")


def _lonely(recipe: Recipe, _random: Random) -> Recipe:
    """Without what would start it too, so that only the fault does."""
    return replace(recipe, background=tuple(each for each in recipe.background if each not in LEFT))


def _old_phone(recipe: Recipe, random: Random) -> Recipe:
    return replace(_lonely(recipe, random), android=random.choice(["8.1", "9"]), rom="aosp")


def _receiver(*actions: str) -> list[str]:
    names = ", ".join(f'"{action}"' for action in actions)
    return [
        "class Awake(Receiver):",
        f"    actions = [{names}]",
        "",
        "    def on_receive(self, intent):",
        '        self.app.prefs["awake"] = True',
        "",
    ]


def _itself(outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if truth.own_starts() else ""


ALLOWED = ["android.permission.RECEIVE_BOOT_COMPLETED"]
BEAT = ["def on_alarm(self, id):", '    self.set_alarm("beat", after=480, exact=True)', "    self.kill_process()", ""]
STICKY = ["class Stay(Service):", "    def on_start_command(self, intent):", "        return START_STICKY", ""]
PUSH = ["class Push(Sdk):", '    name, package = "示例推送", "com.example.push"', ""]
SELF = [
    Fault("self-boot-zone", "c6-self-start", "violation", lambda _r: {"app": _receiver(BOOT, ZONE), "permissions": ALLOWED},
     _itself("violation"), _lonely, scope="6"),
    Fault("self-sdk", "c6-self-start", "violation",
     lambda _r: {"app": [*PUSH, *(f"    {line}" if line else "" for line in _receiver(BOOT, ZONE))], "permissions": ALLOWED},
     _itself("violation"), _lonely, scope="6"),
    Fault("self-boot", "c6-self-start", "suspected", lambda _r: {"app": _receiver(BOOT), "permissions": ALLOWED}, _itself("suspected"),
     _lonely, scope="6"),
    Fault("self-beat", "c6-self-start", "violation",
     lambda _r: {"app": BEAT, "home_create": ['self.set_alarm("beat", after=480, exact=True)']}, _itself("violation"), _lonely, scope="6"),
    Fault("self-sticky-boot", "c6-self-start", "violation",
     lambda _r: {"app": [*STICKY, *_receiver(BOOT)], "permissions": ALLOWED, "home_create": ['self.start_service("Stay")']},
     _itself("violation"), _lonely, scope="6"),
]  # fmt: skip
EARLY_JOB = ["class Early(Job):", "    def on_start_job(self):", '        self.app.prefs["early"] = True', ""]
EARLY = [
    Fault("unasked-alarm", "c6-starts-before-consent", "violation",
     lambda _r: {
         "app": ["def on_alarm(self, id):", '    self.prefs["early"] = True', ""],
         "over_consent": ['self.set_alarm("early", after=85, exact=True)'],
     }, _itself("violation"), _lonely, scope="6"),
    Fault("unasked-boot", "c6-starts-before-consent", "violation", lambda _r: {"app": _receiver(BOOT), "permissions": ALLOWED},
     _itself("violation"), _lonely, scope="6"),
    Fault("unasked-job", "c6-starts-before-consent", "violation",
     lambda _r: {"app": EARLY_JOB, "over_consent": ['self.schedule_job("Early", after=85)']}, _itself("violation"), _lonely, scope="6"),
]  # fmt: skip


def _others(*names: str, signer: str = "") -> list[str]:
    lines = []
    for name in names:
        lines += [
            "",
            f"class Other{name.title()}(App):",
            f'    package = "com.other.{name}"',
            f'    label = "{name}"',
            *([f'    signer = "{signer}"'] if signer else []),
            "",
            "    class Push(Service):",
            "        exported = True",
            "",
            "        def on_start_command(self, intent):",
            "            return START_NOT_STICKY",
            "",
            "    class Ring(Receiver):",
            "        exported = True",
            '        actions = ["com.other.RING"]',
            "",
            "        def on_receive(self, intent):",
            "            self.app.rung = True",
            "",
            "    rung = False",
        ]
    return lines


def _wakes(*names: str, by: str = "service", wait: int = 0, signer: str = "") -> Callable[[Recipe], Places]:
    def lines(_recipe: Recipe) -> Places:
        acts = {
            "service": 'self.start_service("com.other.{}/.Push")',
            "bind": 'self.bind_service("com.other.{}/.Push")',
            "broadcast": 'self.send_broadcast("com.other.RING", target="com.other.{}/.Ring", include_stopped=True)',
        }
        calls = [acts[by].format(name) for name in names]
        if wait:
            calls = [calls[0], *(f"self.post_delayed(lambda: {call}, {wait})" for call in calls[1:])]
        queries = ", ".join(f'"com.other.{name}"' for name in names)
        manifest = [f"queries = [{queries}]", *([f'signer = "{signer}"'] if signer else [])]
        return {"home_create": calls, "others": _others(*names, signer=signer), "manifest": manifest}

    return lines


def _alone(recipe: Recipe, random: Random) -> Recipe:
    """It has no other friends."""
    made = _lonely(recipe, random)
    return replace(made, background=tuple(each for each in made.background if each != "share_by_tap"))


def _associated(truth: Truth, _recipe: Recipe) -> str:
    woken = truth.woken()
    return "" if not woken else "violation" if len(woken) >= 3 or len({name for name, _ in woken}) >= 2 else "suspected"


def _third(truth: Truth, _recipe: Recipe) -> str:
    woken = truth.woken()
    near = any(a != b and abs(s - t) <= 300 for a, s in woken for b, t in woken)
    return "" if not woken else "violation" if near else "suspected"


ASSOCIATIONS = [
    Fault("wakes-service", "c6-association-start", "violation", _wakes("music", "video"), _associated, _alone, scope="6"),
    Fault("wakes-bind", "c6-association-start", "violation", _wakes("music", by="bind"), _associated, _alone, scope="6"),
    Fault("wakes-broadcast", "c6-association-start", "violation", _wakes("music", "video", by="broadcast"), _associated, _alone, scope="6"),
    Fault("wakes-family", "c6-association-start", "suspected", _wakes("music", "video", signer="family"),
     lambda truth, _recipe: "suspected" if truth.woken() else "", _alone, scope="6"),
    Fault("third-two", "c6-wakes-third-parties", "violation", _wakes("music", "video", by="bind"), _third, _alone, scope="6"),
    Fault("third-one", "c6-wakes-third-parties", "suspected", _wakes("music"), _third, _alone, scope="6"),
]  # fmt: skip


def _hides(attributes: str) -> Callable[[Recipe], Places]:
    def lines(_recipe: Recipe) -> Places:
        page = ["class Dot(Activity):", f"    {attributes}", "", "    def on_create(self):", "        self.show(Column())", ""]
        dark = [
            "class Dark(Receiver):",
            "    dynamic = True",
            "",
            "    def on_receive(self, intent):",
            '        self.start_activity("Dot")',
            "",
        ]
        return {"app": [*page, *dark], "home_create": ['self.register_receiver("Dark", "android.intent.action.SCREEN_OFF")']}

    return lines


def _dot(truth: Truth, _recipe: Recipe) -> str:
    return "violation" if "Dot" in truth.pages() else ""


HIDDEN = [
    Fault("hidden-pixel", "c6-hidden-activity", "violation", _hides("translucent, window, exclude_from_recents = True, (1, 1), True"), _dot,
     _old_phone, scope="6"),
    Fault("hidden-glass", "c6-hidden-activity", "violation", _hides("translucent, exclude_from_recents = True, True"), _dot, _old_phone,
     scope="6"),
]  # fmt: skip

FAULTS = [*SELF, *EARLY, *ASSOCIATIONS, *HIDDEN]
