"""Hand-written timelines: one line a fact, ``seconds verb arguments``, as the cases of the rules use them.

A timeline starts with every stream open and ends with a canary in every log buffer, unless a line says otherwise.
"""

from dataclasses import asdict

from harness import events as ev
from harness.dialogs.personalisation import named
from harness.dialogs.promises import promises_of
from harness.events import DialogKind, Instant, Source
from harness.events.action_kinds import ClosedBy, Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import CANARY_SOURCES, Timeline
from harness.listings.listing_reader import read_listing
from harness.pages.identity import describe
from harness.parsers.hierarchy import Node
from tests.cases.adverts import Adverts

APP = AppUnderTest(
    package="com.example.shop",
    uid=10123,
    label="小店",
    main_activity="com.example.shop/.Main",
    home_packages=("com.android.launcher3",),
    grant_packages=("com.android.permissioncontroller",),
    services=("com.example.shop/com.igexin.sdk.PushService", "com.example.shop/com.igexin.sdk.Sync", "com.example.shop/.Sync"),
    permissions=tuple(
        f"android.permission.{name}"
        for name in (
            "INTERNET", "ACCESS_FINE_LOCATION", "CAMERA", "RECORD_AUDIO", "READ_PHONE_STATE", "READ_EXTERNAL_STORAGE", "READ_CONTACTS",
            "READ_CALENDAR",
        )
    ),
)  # fmt: skip
OTHERS = (("com.example.friend", 10200), ("com.example.cousin", 10201), ("com.xiaomi.xmsf", 10050), ("com.vendor.clock", 10051))
"""Other packages of the phone with their uids; those below 10100 came with the system."""
MAIN = "com.example.shop/.Main"
HOME = "com.android.launcher3/.Launcher"
GRANT = "com.android.permissioncontroller/.permission.ui.GrantPermissionsActivity"
POLICY = (
    "我们重视您的个人信息。为提供服务，我们会收集您的手机号码用于注册，收集设备信息用于安全保障；"
    "您可以查询、更正、删除您的个人信息，也可以注销账号。"
)
BOX = (54, 900, 972, 800)
PAGE = (0, 216, 1080, 2058)
PERMISSIONS = {
    "LOCATION": "ACCESS_FINE_LOCATION", "CAMERA": "CAMERA", "MICROPHONE": "RECORD_AUDIO", "PHONE": "READ_PHONE_STATE",
    "STORAGE": "READ_EXTERNAL_STORAGE", "BACKGROUND": "ACCESS_BACKGROUND_LOCATION",
}  # fmt: skip
"""One permission of each group that the requests of the scripts are for."""


def timeline(script: str, *, without: Source | None = None) -> Timeline:
    """Read a script; ``without`` is a source that was never recorded."""
    reader = _Reader()
    for line in script.strip().splitlines():
        text = line.split("#", 1)[0].strip()
        if text:
            reader.read(text)
    end = reader.last + 1.0
    phone = tuple((name, uid, uid < 10100) for name, uid in (*OTHERS, (APP.package, APP.uid)))
    reader.events.append(reader.make(ev.PackagesSeen, 0.0, Source.DUMP, packages=phone))
    reader.close_segment(end)
    events = reader.events + [reader.make(ev.StreamOpened, 0.0, stream=source) for source in Source]
    events += [reader.make(ev.CanarySeen, end + 1, source=source, canary="end", caused=Instant(0, end + 1)) for source in CANARY_SOURCES]
    if without is not None:
        events = [e for e in events if not (isinstance(e, ev.StreamOpened) and e.stream is without)]
        events = [e for e in events if e.source is not without or without in (Source.SESSION, Source.TREE)]
    return Timeline(events)


class _Reader(Adverts):
    def __init__(self) -> None:
        self.events: list[ev.Event] = []
        self.last = 0.0
        self._segment = self._problem = ""
        self._picture = ""
        self._token = 100
        self._controls = 0
        self._denied: dict[str, Instant] = {}

    def make(self, kind: type[ev.Event], at: float, source: Source = Source.SESSION, **fields: object) -> ev.Event:
        return kind(at=Instant(0, at), source=source, **fields)  # type: ignore[arg-type]

    def close_segment(self, at: float, note: str = "") -> None:
        if self._segment:
            self.events.append(self.make(ev.ScenarioEnded, at, segment=self._segment, note=note or self._problem))
            self._problem = ""

    def read(self, line: str) -> None:
        seconds, verb, *words = line.split()
        self.last = float(seconds)
        getattr(self, f"do_{verb.replace('-', '_')}")(self.last, *words)

    def add(self, kind: type[ev.Event], at: float, source: Source = Source.SESSION, **fields: object) -> None:
        self.events.append(self.make(kind, at, source, **fields))

    # --- several at once
    def do_opened(self, at: float, segment: str) -> None:
        """A segment starts, we start the app, and its process comes up."""
        self._read_on(at, f"0 segment {segment}", "0.1 launch", "0.2 start 4000")

    def do_launched(self, at: float, segment: str, seconds: str = "1") -> None:
        """A segment starts, and we start the app so many seconds later."""
        self._read_on(at, f"0 segment {segment}", f"{seconds} launch")

    def do_running(self, at: float, segment: str) -> None:
        """A segment starts, and the app's process is there."""
        self._read_on(at, f"0 segment {segment}", "0.2 start 4000")

    def do_denied(self, at: float, group: str, seconds: str = "1") -> None:
        """The dialog of a permission, which we deny so many seconds later."""
        self._read_on(at, f"0 dialog {group}", f"{seconds} deny {group}")

    def do_away(self, at: float, seconds: str) -> None:
        """We press Home, and open the app again so many seconds later."""
        self._read_on(at, "0 key home", "0.2 home", f"{seconds} launch warm", f"{float(seconds) + 0.2:g} resume")

    def _read_on(self, at: float, *lines: str) -> None:
        for line in lines:
            after, fact = line.split(" ", 1)
            self.read(f"{at + float(after):g} {fact}")

    # --- ours
    def do_segment(self, at: float, name: str) -> None:
        self.close_segment(at - 0.01)
        self._segment = name
        self.add(ev.ScenarioStarted, at, segment=name)

    def do_cut(self, at: float, *words: str) -> None:
        """The segment ends before its time, for a reason."""
        self.close_segment(at, " ".join(words))
        self._segment = ""

    def do_end(self, at: float) -> None:
        self.close_segment(at)
        self._segment = ""

    def do_launch(self, at: float, how: str = "cold") -> None:
        self.add(ev.AppLaunched, at, package=APP.package, component=MAIN, cold=how == "cold")

    def do_stop(self, at: float, how: str = "force-stop") -> None:
        self.add(ev.AppStopped, at, package=APP.package, how=ev.Ending(how))

    def do_answered(self, at: float, group: str, result: str) -> None:
        """The permission controller logs what the dialog was answered: 4 granted, 6 denied."""
        fields = {"package": APP.package, "permission": f"android.permission.{PERMISSIONS[group]}", "result": int(result)}
        self.add(ev.PermissionResult, at, Source.MAIN, **fields)

    def do_force_stopped(self, at: float, *why: str) -> None:
        """The phone stops the app."""
        self.add(ev.ForceStopped, at, Source.SYSTEM, package=APP.package, reason=" ".join(why))

    def do_control(self, at: float, answer: str, group: str, *words: str) -> None:
        """A control run of the last denial of the group: a fresh start, the dialog, and for ``allow`` our tap on it.

        ``unreached``: the app does not ask. ``use=TEXT``: the function that leads to the dialog.
        What it does afterwards is for the lines below; its process has pid 9001, 9002 ...
        """
        self._controls += 1
        self.do_stop(at - 0.5, "clear")
        self.do_segment(at, f"control-{self._controls}-{answer}")
        used = next((word.removeprefix("use=") for word in words if word.startswith("use=")), "")
        self.add(ev.ControlStarted, at, of=self._denied[group], permission_group=group, answer=ev.ControlAnswer(answer), function=used)
        self.do_launch(at + 0.1)
        self.do_start(at + 0.2, str(9000 + self._controls))
        self.do_resume(at + 0.5)
        if used:
            self.do_screen(at + 0.6, "home", "首页", "今日推荐")
            self.do_function(at + 1, used)
        if "unreached" in words:
            return
        self.do_dialog(at + 2, group)
        if answer == "allow":
            self.add(ev.PermissionGranted, at + 3, permission_group=group, button="使用时允许")

    def do_deny(self, at: float, group: str, proof: str = "flags") -> None:
        self._denied[group] = Instant(0, at)
        fields = {"permission_group": group, "button": "不允许", "again": False, "proof": ev.Proof(proof)}
        self.add(ev.PermissionDenied, at, package=APP.package, **fields)

    def do_grant(self, at: float, group: str) -> None:
        """We allow what the app asks for."""
        self.add(ev.PermissionGranted, at, permission_group=group, button="使用时允许")

    def do_fgs(self, at: float, name: str) -> None:
        """A foreground service of the app runs, with its notification."""
        self.add(ev.ServiceSeen, at, Source.DUMP, package=APP.package, component=f"{APP.package}/.{name}", foreground=True)

    def do_close(self, at: float, kind: str, group: str, button: str = "取消") -> None:
        self._denied[group] = Instant(0, at)
        self.add(ev.DialogClosed, at, dialog=DialogKind(kind), permission_group=group, button=button)

    def do_function(self, at: float, text: str, screen: str = "") -> None:
        self.add(ev.FunctionUsed, at, text=text, promises=promises_of(text), screen=screen)

    def do_refuse_consent(self, at: float) -> None:
        self.add(ev.ConsentRefused, at, button="不同意")

    def do_key(self, at: float, key: str) -> None:
        self.add(ev.KeyPressed, at, key=key)

    def do_explain(self, at: float, text: str = "我知道了") -> None:
        self.add(ev.Tapped, at, x=540, y=1200, purpose=ev.Purpose.EXPLANATION, text=text)

    def do_back_from_settings(self, at: float, group: str) -> None:
        """We leave the settings that the app's guide led to."""
        self._denied[group] = Instant(0, at)
        self.add(ev.DialogClosed, at, dialog=DialogKind.SETTINGS_GUIDE, permission_group=group, button="Back", by=ClosedBy.KEY)

    def do_covered(self, at: float, package: str, until: str, window: str = "") -> None:
        """A window of the system or of another app lies over the app."""
        self.add(ev.AppCovered, at, Source.TREE, package=package, until=Instant(0, float(until)), window=window)

    def do_clock(self, at: float, hours: str, ahead: str = "") -> None:
        """We move the wall clock by so many hours.

        It then stands ``ahead`` (without: the same) hours before the true time.
        """
        self.add(ev.ClockChanged, at, seconds=float(hours) * 3600)
        self.add(ev.ClockShifted, at, seconds=float(ahead or hours) * 3600)

    # --- seen
    def do_dialog(self, at: float, group: str, *roles: str) -> None:
        self._show(at, DialogKind.PERMISSION, "com.android.permissioncontroller", group, roles=roles)

    def do_modal(self, at: float, kind: str, group: str = "none", *words: str) -> None:
        self._show(at, DialogKind(kind), APP.package, group, " ".join(words))

    def do_page_modal(self, at: float, kind: str, group: str, *words: str) -> None:
        """What reads like a prompt and is a whole page."""
        self._show(at, DialogKind(kind), APP.package, group, " ".join(words), box=PAGE)

    def _show(
        self,
        at: float,
        kind: DialogKind,
        owner: str,
        group: str,
        text: str = "?",
        roles: tuple[str, ...] = (),
        box: tuple[int, int, int, int] = BOX,
    ) -> None:
        known = None if group == "none" else group
        self._picture = f"screens/{at:g}.png"
        fields = {"dialog": kind, "owner": owner, "text": text or "?", "permission_group": known, "box": box}
        fields |= {"buttons": tuple((role, role) for role in roles)}
        self.add(ev.DialogShown, at, Source.TREE, screenshot=self._picture, **fields)

    def do_page(self, at: float, screen: str, *words: str) -> None:
        """A page of the app: its texts from top to bottom, those in brackets are buttons."""
        nodes = tuple(
            Node(
                text=word.strip("[]"),
                package=APP.package,
                class_name="android.widget.TextView",
                bounds=(0, 100 + 50 * row, 1080, 150 + 50 * row),
                pressable=word.startswith("["),
                clickable=word.startswith("["),
            )
            for row, word in enumerate(words)
        )
        root = Node(package=APP.package, class_name="android.widget.FrameLayout", bounds=(0, 0, 1080, 2400), children=nodes)
        page = describe([root], APP.package)
        assert page is not None
        self.add(ev.ScreenSeen, at, Source.TREE, **(page.fields_of_event() | {"screen": screen}))

    def do_read(self, at: float, *lines: str) -> None:
        """The picture of the last dialog was read; these are the lines beside it."""
        fields = {"area": (0, 0, 1080, 2400), "lines": tuple((line, BOX) for line in lines), "picture_hash": "0" * 16}
        self.add(ev.TextSeen, at, Source.PIXELS, screenshot=self._picture, **fields)

    def do_form(self, at: float, fields: str, *lines: str) -> None:
        """A page of the app with so many text fields, and its texts."""
        about = {"screen": "page", "package": APP.package, "title": lines[0], "text": "\n".join(lines), "fields": int(fields)}
        self.add(ev.ScreenSeen, at, Source.TREE, **about)

    def do_blank(self, at: float, screen: str) -> None:
        """A page of the app without a word."""
        self.add(ev.ScreenSeen, at, Source.TREE, screen=screen, package=APP.package, title="", text="")

    def do_walked(self, at: float, part: str, *words: str) -> None:
        """A walk ended that left a number of controls alone, none without one, and did not pass these logins.

        With a ?, those of them that may ask, or a ? alone where none may: 2 ?挂号.
        """
        spared = sum(map(int, filter(str.isdigit, words)))
        asked = [word[1:] for word in words if word.startswith("?")]
        asking = tuple(filter(None, asked)) if asked else None
        logins = tuple(word for word in words if not word.isdigit() and not word.startswith("?"))
        self.add(ev.WalkExtent, at, part=part, pages=5, controls=9, pressed=8, spared=spared, asking=asking, logins=logins)

    def do_froze(self, at: float, state: str = "frozen") -> None:
        """The ROM's own freezer stops the app, or thaws it."""
        self.add(ev.AppFrozen, at, Source.SYSTEM, uid=APP.uid, package="", pids=(), frozen=state == "frozen", reason="")

    def do_app_ops(self, at: float, *reason: str) -> None:
        """The app ops were read; with words, they cannot be used for that reason."""
        self.add(ev.AppOpsRead, at, Source.DUMP, reason=" ".join(reason))

    def do_data(self, at: float, what: str, *words: str) -> None:
        """The app read something by its app op; ``refused``, ``log`` for a service's line, ``tag=``, ``state=``."""
        options = dict(word.split("=") for word in words if "=" in word)
        log = "log" in words
        self.add(
            ev.DataRead,
            at,
            (Source.SYSTEM if what == "CLIPBOARD" else Source.MAIN) if log else Source.DUMP,
            package=APP.package,
            what=ev.DataKind(what),
            how=what,
            until=Instant(0, at),
            refused=log or "refused" in words,
            witness=ev.ReadWitness.LOG if log else ev.ReadWitness.APP_OPS,
            state=options.get("state"),
            attribution=options.get("tag"),
        )

    def do_stuck(self, at: float, group: str, text: str = "请授权") -> None:
        self.add(ev.ModalStuck, at, permission_group=group, text=text)

    def do_press(self, at: float, purpose: str, text: str) -> None:
        self.add(ev.Tapped, at, x=540, y=1200, purpose=Purpose(purpose), text=text)

    def do_toast(self, at: float, *words: str) -> None:
        self.add(ev.ToastShown, at, Source.TREE, text=" ".join(words))

    # --- logged
    def do_start(self, at: float, pid: str, process: str = APP.package) -> None:
        fields = {"pid": int(pid), "uid": APP.uid, "process": process, "package": APP.package}
        self.add(ev.ProcessStarted, at, Source.EVENTS, hosting_type="activity", component=MAIN, **fields)

    def do_resume(self, at: float, component: str = MAIN) -> None:
        self.add(ev.ActivityResumed, at, Source.EVENTS, component=component, token=1)

    def do_home(self, at: float) -> None:
        self.do_resume(at, HOME)

    def do_finish(self, at: float, reason: str = "app-request", component: str = MAIN) -> None:
        self.add(ev.ActivityFinished, at, Source.EVENTS, component=component, token=1, task=7, reason=reason.replace("_", " "))

    def do_to_back(self, at: float) -> None:
        self.add(ev.TaskMovedToBack, at, Source.SYSTEM, task=7, component=MAIN)

    def do_died(self, at: float, pid: str, process: str = APP.package) -> None:
        self.add(ev.ProcessDied, at, Source.EVENTS, pid=int(pid), process=process, adj=0)

    def do_exited(self, at: float, pid: str, how: str, number: str) -> None:
        value = int(number)
        status, signal = (value, None) if how == "status" else (None, value)
        self.add(ev.ProcessExited, at, Source.MAIN, pid=int(pid), status=status, signal=signal)

    def do_system_exit(self, at: float, pid: str) -> None:
        self.add(ev.RuntimeExited, at, Source.MAIN, pid=int(pid), status=0)

    def do_crash(self, at: float, pid: str) -> None:
        fields = {"process": APP.package, "exception": "java.lang.IllegalStateException"}
        self.add(ev.Crashed, at, Source.EVENTS, pid=int(pid), **fields)

    def do_anr(self, at: float, pid: str) -> None:
        self.add(ev.Anr, at, Source.EVENTS, pid=int(pid), process=APP.package, reason="Input dispatching timed out")

    def do_low_memory(self, at: float, pid: str) -> None:
        self.add(ev.LowMemoryKilled, at, Source.MAIN, pid=int(pid), process=APP.package)

    def do_kill(self, at: float, pid: str, *reason: str) -> None:
        self.add(ev.ProcessKilled, at, Source.EVENTS, pid=int(pid), process=APP.package, reason=" ".join(reason))

    def do_replaced(self, at: float) -> None:
        self.add(ev.AppReplaced, at, Source.DUMP, package=APP.package, before=340, after=341)

    def do_exit_record(self, at: float, pid: str, reason: str, description: str = "") -> None:
        fields = {"process": APP.package, "package": APP.package, "subreason": 0, "status": 0, "description": description}
        self.add(ev.ExitRecorded, at, Source.DUMP, pid=int(pid), reason=int(reason), **fields)

    def do_request(self, at: float, seconds: str, *groups: str) -> None:
        """The permission activity for ``seconds``; with groups, its results are logged as for fixed permissions."""
        self._token += 1
        self.add(
            ev.ActivityStarted,
            at - 0.05,
            Source.SYSTEM,
            component=GRANT,
            action="android.content.pm.action.REQUEST_PERMISSIONS",
            from_uid=APP.uid,
        )
        self.add(ev.ActivityCreated, at, Source.EVENTS, component=GRANT, token=self._token, task=7)
        end = at + float(seconds)
        fields = {"component": GRANT, "token": self._token, "task": 7, "reason": "app-request"}
        self.add(ev.ActivityFinished, end, Source.EVENTS, **fields)
        for group in groups:
            fields = {"package": APP.package, "permission": f"android.permission.{PERMISSIONS[group]}", "result": 9}
            self.add(ev.PermissionResult, end, Source.MAIN, **fields)

    def do_open_settings(self, at: float, action: str = "android.settings.APPLICATION_DETAILS_SETTINGS") -> None:
        android = action.startswith("android.")
        page = "com.android.settings/.applications.InstalledAppDetails" if android else "com.miui.securitycenter/.Page"
        fields = {"component": page, "action": action}
        self.add(ev.ActivityStarted, at, Source.SYSTEM, from_uid=APP.uid, **fields)

    # --- who started whom
    def do_born(self, at: float, pid: str, hosting: str, component: str = MAIN, caller: str = "") -> None:
        """A process of the app comes up for ``hosting``; ``caller`` only where the ROM prints it."""
        self._born(at, APP.package, APP.uid, pid, hosting, component, caller)

    def do_came_up(self, at: float, name: str) -> None:
        """A service of the app came up; the log prints the end of its name alone."""
        self.add(ev.ServiceCreated, at, Source.EVENTS, service=name, uid=APP.uid, pid=4001)

    def do_other(self, at: float, pid: str, hosting: str, component: str, caller: str = "") -> None:
        """A process of another app comes up."""
        package = component.split("/", 1)[0]
        self._born(at, package, dict(OTHERS)[package], pid, hosting, component, caller)

    def _born(self, at: float, package: str, uid: int, pid: str, hosting: str, component: str, caller: str) -> None:
        fields = {"pid": int(pid), "uid": uid, "process": package, "package": package, "component": component}
        hosting = hosting.replace("-", " ") if hosting == "content-provider" else hosting
        fields["component"] = component.replace("/.", f"/{package}.")  # Start proc prints the class in full
        self.add(ev.ProcessStarted, at, Source.EVENTS, hosting_type=hosting, caller=caller or None, **fields)

    def do_opens(self, at: float, component: str, result: str = "0", action: str = "") -> None:
        """The app's own START line for a page of another app."""
        fields = {"component": component, "action": action or None, "from_uid": APP.uid, "result": int(result)}
        self.add(ev.ActivityStarted, at, Source.SYSTEM, **fields)

    def do_opened_by(self, at: float, package: str, component: str) -> None:
        """Another app's START line for a page of the app."""
        fields = {"component": component, "action": "android.intent.action.VIEW", "from_uid": dict(OTHERS)[package], "result": 0}
        self.add(ev.ActivityStarted, at, Source.SYSTEM, **fields)

    def do_neighbour(self, at: float, package: str, what: str) -> None:
        """Another app is checked on the phone: beside, opened, left or ended."""
        self.add(ev.NeighbourSeen, at, package=package, what=ev.NeighbourAct(what))

    def do_kept_out(self, at: float, component: str, caller: str) -> None:
        """The ROM refused another app's call to this one."""
        fields = {"package": component.split("/", 1)[0], "component": component, "caller": caller}
        self.add(ev.StartRefused, at, Source.SYSTEM, what="service", by="miui", **fields)

    def do_fired(self, at: float, trigger: str) -> None:
        self.add(ev.TriggerFired, at, trigger=ev.Trigger(trigger))

    def do_recorded(self, at: float, trigger: str, component: str) -> None:
        fields = {"package": component.split("/", 1)[0], "component": component, "trigger": ev.Trigger(trigger)}
        self.add(ev.TriggerSeen, at, Source.DUMP, **fields)

    def do_called(self, at: float, component: str, caller: str, evidence: str) -> None:
        fields = {"package": component.split("/", 1)[0], "component": component, "caller": caller}
        self.add(ev.CallerSeen, at, Source.DUMP, evidence=ev.Evidence(evidence), **fields)

    def do_restart_planned(self, at: float, component: str, delay_ms: str) -> None:
        self.add(ev.ServiceRestartScheduled, at, Source.EVENTS, component=component, delay_ms=int(delay_ms))

    def do_undelivered(self, at: float, component: str, action: str) -> None:
        fields = {"package": component.split("/", 1)[0], "component": component, "action": action}
        self.add(ev.StartRefused, at, Source.SYSTEM, what="broadcast", by="android", **fields)

    def do_blocked(self, at: float, component: str, by: str, action: str | None = None) -> None:
        """The app's own call was refused, or, with an action, a broadcast to it, of which nobody is named."""
        fields = {"package": component.split("/", 1)[0], "component": component, "caller": None if action else APP.package}
        self.add(ev.StartRefused, at, Source.SYSTEM, what="broadcast" if action else "service", by=by, action=action, **fields)

    def do_autostart(self, at: float, state: str) -> None:
        allowed = {"on": True, "off": False, "unreadable": None}[state]
        self.add(ev.AutostartSeen, at, Source.DUMP, package=APP.package, allowed=allowed, silent=state == "unreadable")

    def do_allowed_in_background(self, at: float, what: str, value: str) -> None:
        self.add(ev.StartPolicySeen, at, Source.DUMP, package=APP.package, what=what, value=value)

    def do_policy(self, at: float, *words: str) -> None:
        self.add(ev.PolicySeen, at, Source.TREE, text=" ".join(words))

    def do_document(self, at: float, title: str, *words: str) -> None:
        """A text of the app's policy, which has more than these words; ``cut`` before them: not read to its end."""
        why = {"unread": "the time for it was over"} if words[:1] == ("cut",) else {}
        text = " ".join((*words[len(why) :], POLICY if title.startswith("隐私") else ""))
        self.add(ev.PolicySeen, at, Source.SESSION, text=text, title=title, **why)

    def do_earlier(self, at: float, version: str, *rules: str) -> None:
        """The run of an earlier version, and what was violated in it."""
        fields = {"folder": "earlier", "package": APP.package, "version": version.replace("_", " "), "started": "2026-10-01"}
        self.add(ev.EarlierRunSeen, at, Source.SESSION, **fields, violations=rules)

    def do_listing(self, at: float, *words: str) -> None:
        """A store's page, its lines apart by a stroke."""
        self.add(ev.ListingSeen, at, Source.SESSION, file="page.txt", **asdict(read_listing(" ".join(words).replace("|", "\n"))))

    def do_role(self, at: float, role: str, component: str | None = None) -> None:
        self.add(ev.RoleSeen, at, Source.DUMP, role=role, package=APP.package, component=component)

    def do_signer(self, at: float, package: str, digest: str) -> None:
        self.add(ev.SignerSeen, at, Source.DUMP, package=package, digest=digest)

    def do_created(self, at: float, component: str) -> None:
        self.add(ev.ActivityCreated, at, Source.EVENTS, component=component, token=9, task=9)

    def do_paused(self, at: float, component: str) -> None:
        self.add(ev.ActivityPaused, at, Source.EVENTS, component=component, token=9)

    def do_stopped(self, at: float, component: str) -> None:
        self.add(ev.ActivityStopped, at, Source.EVENTS, component=component, token=9)

    def do_page_ends(self, at: float, component: str, reason: str = "app-request") -> None:
        """``created`` gave the page its token."""
        self.add(ev.ActivityFinished, at, Source.EVENTS, component=component, token=9, task=9, reason=reason)

    def do_window(self, at: float, component: str, width: str, height: str, *words: str) -> None:
        fields = {"component": component, "width": int(width), "height": int(height)}
        told = {"translucent": "translucent" in words, "empty": None if "unread" in words else "empty" in words}
        self.add(ev.WindowSeen, at, Source.DUMP, **fields, **told)

    def do_agree(self, at: float, button: str = "同意") -> None:
        self.add(ev.ConsentGiven, at, button=button)

    def do_enabled(self, at: float, *names: str) -> None:
        """What the app enabled at run time, as dumpsys package has it."""
        self.add(ev.ComponentsSeen, at, Source.DUMP, package=APP.package, enabled=names, disabled=())

    def do_consent(self, at: float, *words: str) -> None:
        """Consent is asked for. Words: role=text for buttons; ticked=, unticked=, picture= with the sentence.

        Tick or implied for the form.

        ``drawn``: read in the pixels only. ``cut``: its page goes on below.
        """
        pairs = [tuple(word.split("=", 1)) for word in words if "=" in word]
        states = {"ticked": True, "unticked": False, "picture": None}
        form = next((ev.ConsentForm(word) for word in words if word in ("tick", "implied")), ev.ConsentForm.DIALOG)
        fields = {
            "text": "隐私政策",
            "box": BOX,
            "form": form,
            "buttons": tuple(pair for pair in pairs if pair[0] not in states),
            "ticks": tuple((text, states[role]) for role, text in pairs if role in states),
            "cut": "cut" in words,
        }
        self.add(ev.ConsentShown, at, Source.PIXELS if "drawn" in words else Source.TREE, **fields)

    def do_box(self, at: float) -> None:
        """We touch what stands before the sentence that asks for consent."""
        self.add(ev.Tapped, at, x=BOX[0] - 20, y=BOX[1] + BOX[3] // 2, purpose=Purpose.WALK)

    def do_home_seen(self, at: float) -> None:
        """The view tree shows the home screen."""
        self.add(ev.ScreenSeen, at, Source.TREE, screen="home", title="", text="", package=HOME.split("/", 1)[0])

    def do_screen(self, at: float, screen: str, *words: str) -> None:
        """A page of the app with these texts; ``fields=N`` text fields, ``about=GROUP`` what the page itself does."""
        texts = [word for word in words if "=" not in word]
        given = dict(word.split("=", 1) for word in words if "=" in word)
        fields = {"screen": screen, "title": texts[0] if texts else "", "text": "\n".join(texts), "package": APP.package}
        about = tuple(given["about"].split(",")) if "about" in given else ()
        self.add(ev.ScreenSeen, at, Source.TREE, about=about, fields=int(given.get("fields", 0)), **fields)

    def do_switch(self, at: float, screen: str, text: str, state: str) -> None:
        """A switch for personalisation on a page; ``on``: contents are chosen."""
        on = {"on": True, "off": False, "unknown": None}[state]
        self.add(ev.PersonalSwitchSeen, at, Source.TREE, screen=screen, text=text, chosen=tuple(sorted(named(text))), on=on, box=BOX)

    def do_turn(self, at: float, text: str, screen: str = "") -> None:
        """Our press of a switch."""
        self.do_function(at, text, screen)
        self.do_press(at, "function", text)

    def do_refused(self, at: float, component: str, by: str) -> None:
        """The ROM refuses to start the app itself."""
        fields = {"package": APP.package, "component": component}
        self.add(ev.StartRefused, at, Source.SYSTEM, what="broadcast", by=by, **fields)

    # --- faults
    def do_problem(self, at: float, *words: str) -> None:
        """What ends the segment and its driving."""
        self._problem = " ".join(words)
        self.add(ev.Note, at, text=self._problem, problem=True)

    def do_head_lost(self, at: float, source: str) -> None:
        """The buffer no longer has the beginning of the boot."""
        self.add(ev.LogGap, 0.0, Source(source), reason="the buffer wrapped")

    def do_hidden(self, at: float) -> None:
        """The app's page is black in pictures and silent in the tree."""
        self.add(ev.StreamLost, at, Source.PIXELS, stream=Source.TREE, reason="black")

    def do_shown(self, at: float) -> None:
        """Another page, which can be seen."""
        self.add(ev.StreamOpened, at, Source.TREE, stream=Source.TREE)

    def do_lost(self, at: float, source: str) -> None:
        self.add(ev.StreamLost, at, stream=Source(source), reason="cable")

    def do_gap(self, at: float, source: str) -> None:
        self.add(ev.LogGap, at, Source(source), reason="dropped 12 lines")
