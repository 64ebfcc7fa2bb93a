"""The lines of a script that are about adverts, what was done to them and what came (see ``script``).

Words are ``key=value``, or plain; a plain one that a value needs has ``_`` for a space.
"""

from harness import events as ev
from harness.events import Source
from harness.events.action_kinds import Purpose
from harness.events.base import Event

SHOP = "com.example.shop"
CARD = (54, 600, 972, 1200)
CLOSE_BOX = (900, 620, 100, 100)
WIDE_BOX = (220, 620, 780, 100)
TOUCHED_BOX = (54, 1100, 972, 460)
"""Of a control that touches on no part in particular meet; buttons lie in it."""


def values(words: tuple[str, ...]) -> dict[str, str]:
    """The ``key=value`` of a line."""
    return {key: value.replace("_", " ") for key, _, value in (word.partition("=") for word in words if "=" in word)}


class Adverts:
    """The verbs: a reader of scripts has ``add``."""

    def add(self, kind: type[Event], at: float, source: Source = Source.SESSION, **fields: object) -> None:
        raise NotImplementedError

    def do_advert(self, at: float, slot: str, kind: str, *words: str) -> None:
        """An advert as it was looked at.

        ``control=role:text:dp:contrast:source:ticked`` (the last ones may be left out), ``told=key:text``,
        ``countdown=N``, ``whole``, ``lower=N`` by which it stands lower; ``leaf`` is a page that is turned; the rest is
        what it says.
        """
        controls = tuple(_control(word.removeprefix("control=")) for word in words if word.startswith("control="))
        told = [word.removeprefix("told=").partition(":") for word in words if word.startswith("told=")]
        plain = [word for word in words if "=" not in word and word not in ("whole", "unpictured", "leaf")]
        count, (x, y, *size) = values(words).get("countdown"), CARD
        self.add(
            ev.AdvertSeen,
            at,
            Source.TREE,
            slot=slot,
            advert=ev.AdvertKind(kind),
            box=(0, 0, 0, 0) if "leaf" in words else (x, y + int(values(words).get("lower", 0)), *size),
            words="\n".join([*plain, *(control.text for control in controls)]),
            controls=controls,
            told=tuple((key, text) for key, _, text in told),
            countdown=float(count) if count else None,
            whole_card="whole" in words,
            screenshot=None if "unpictured" in words else "screens/advert.png",
        )

    def do_act(self, at: float, slot: str, act: str, *words: str) -> None:
        """An act on it: ``role=``, ``words=``, ``number=``; of a motion ``a=``, ``angle=``, ``s=``, ``fed=``."""
        given = values(words)
        closing = given.get("role") in ("close", "skip", "cancel")
        self.add(
            ev.AdvertActed,
            at,
            slot=slot,
            act=ev.AdvertAct(act),
            number=int(given.get("number", 1)),
            role=ev.ControlRole(given.get("role", "other")),
            words=given.get("words", ""),
            x=950 if closing else 540,
            y=670 if closing else 1200,
            acceleration=float(given.get("a", 0)),
            angle=float(given.get("angle", 0)),
            seconds=float(given.get("s", 0)),
            fed=given.get("fed", ""),
        )

    def do_left(self, at: float, slot: str, how: str) -> None:
        """The watch ends: ``still`` there, ``gone``, or ``unseen``."""
        self.add(ev.AdvertLeft, at, slot=slot, still={"still": True, "gone": False, "unseen": None}[how])

    def do_download(self, at: float, witness: str, key: str, state: str, *words: str) -> None:
        """A download by one witness: ``pkg=``, ``name=``, ``path=``, ``uri=``, ``mime=``, ``bytes=``, ``total=``."""
        given = values(words)
        numbers = {name: int(given[name]) for name in ("bytes", "total") if name in given}
        texts = {name: given[name] for name in ("name", "path", "uri", "mime") if name in given}
        about = {"witness": ev.Witness(witness), "key": key, "state": ev.DownloadState(state), "package": given.get("pkg")}
        self.add(ev.DownloadSeen, at, Source.DUMP, **about, **texts, **numbers)

    def do_install(self, at: float, witness: str, key: str, state: str, *words: str) -> None:
        """An install by one witness: ``pkg=`` what is installed, ``by=`` who asked."""
        given = values(words)
        about = {"witness": ev.Witness(witness), "key": key, "state": ev.InstallState(state)}
        self.add(ev.InstallSeen, at, Source.DUMP, package=given.get("pkg"), installer=given.get("by"), **about)

    def do_described(self, at: float, witness: str, key: str, package: str, *labels: str, **_none: str) -> None:
        """Who came: the package ('none' for what cannot be read), its labels, ``version=``, ``size=``, ``sha256=``."""
        given, known = values(labels), package != "none"
        names = tuple(("", label) for label in labels if "=" not in label)
        about = {"witness": ev.Witness(witness), "key": key, "package": package if known else "", "labels": names}
        about |= {"size": int(given["size"]) if "size" in given else None, "sha256": given.get("sha256", "")}
        problem = {} if known else {"problem": "not an APK", "problem_zh": "不是 APK"}
        self.add(ev.DeliveryDescribed, at, Source.DUMP, version_name=given.get("version", ""), **about, **problem)

    def do_came_off(self, at: float, witness: str, key: str, *problem: str) -> None:
        """We removed what came, or could not, by a ``problem``."""
        self.add(ev.DeliveryRemoved, at, witness=ev.Witness(witness), key=key, problem=" ".join(problem))

    def do_unread(self, at: float, witness: str) -> None:
        """A way that this phone does not let us read."""
        self.add(ev.DeliveryUnseen, at, witness=ev.Witness(witness), reason_zh="拒绝访问", reason_en="permission denied")

    def do_note(self, at: float, key: str, package: str, title: str, *words: str) -> None:
        """A notification with a bar."""
        text = " ".join(words)
        self.add(ev.NotificationSeen, at, Source.DUMP, package=package, key=key, title=title, text=text, progress=10, most=100)

    def do_store(self, at: float, package: str, name: str, *buttons: str) -> None:
        self.add(ev.StorePageSeen, at, Source.TREE, package=package, name=name, buttons=buttons)

    def do_seen(self, at: float, package: str, *words: str) -> None:
        """A page of this package in the tree; ``shop`` is the app under test."""
        who, text = SHOP if package == "shop" else package, "\n".join(words)
        self.add(ev.ScreenSeen, at, Source.TREE, screen="page", title=words[0] if words else "", text=text, package=who)

    def do_shut(self, at: float, button: str, *words: str) -> None:
        """The walk closes what lies over a page; ``words`` are what that says."""
        text = " ".join(words) or "新人礼包"
        self.add(ev.InterruptionClosed, at, interruption=ev.InterruptionKind.COUPON, text=text, button=button)
        self.add(ev.Tapped, at + 0.1, x=540, y=1600, purpose=Purpose.INTERRUPTION, text=button)

    def do_asked_by(self, at: float, uid: str, component: str) -> None:
        """Another app's START line."""
        self.add(ev.ActivityStarted, at, Source.SYSTEM, component=component, action=None, from_uid=int(uid), result=0)

    def do_shake_switch(self, at: float, name: str, state: str) -> None:
        on = {"on": True, "off": False, "unreadable": None}[state]
        self.add(ev.ShakeSwitchSeen, at, Source.DUMP, name=name, on=on)

    def do_listens(self, at: float, *sensors: str) -> None:
        """The sensors of motion that the app listens to; none where nothing is said."""
        self.add(ev.MotionListenersSeen, at, Source.DUMP, package=SHOP, sensors=sensors)

    def do_picture(self, at: float, why: str) -> None:
        """A picture of the screen, with its occasion."""
        self.add(ev.ScreenshotTaken, at, Source.PIXELS, screenshot="screens/pause.png", why=why)

    def do_left_out(self, at: float, rule: str) -> None:
        """The looking round did not get to something that a rule is about."""
        self.add(ev.NotTried, at, rule=rule, reason_zh="左右相邻的页面没有翻到", reason_en="pages beside it were not turned")

    def do_tally(self, at: float, slot: str, seen: str, tries: str) -> None:
        self.add(ev.AdvertTally, at, slot=slot, seen=int(seen), tries=int(tries))


def _control(told: str) -> ev.AdvertControl:
    role, text, dp, contrast, source, ticked = [*told.split(":"), *[""] * 5][:6]
    kind = ev.ControlRole(role)
    closing = kind in (ev.ControlRole.CLOSE, ev.ControlRole.SKIP, ev.ControlRole.CANCEL)
    height = {"small": 20, "": 60}.get(source, 60)
    box = (WIDE_BOX if source == "wide" else CLOSE_BOX) if closing else (200, 1500, 600, height)
    box = TOUCHED_BOX if source == "touched" else box
    marks = {"": None, "ticked": True, "unticked": False}
    return ev.AdvertControl(
        kind,
        text.replace("_", " "),
        box,
        "pixels" if source == "pixels" else "tree",
        float(dp or 48),
        float(contrast) if contrast else None,
        marks[ticked],
    )
