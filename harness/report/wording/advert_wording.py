"""Adverts that were tried on purpose, and what came to the phone, in words."""

from harness import events as ev
from harness.detectors.daily_motions import DAILY
from harness.events import Event
from harness.language import Text, _, pgettext
from harness.report.wording.terms import NOTHING, quoted, quoted_both, term
from harness.starts.segment_names import KINDS, slot_words
from harness.verdicts.extent_words import extent_words

ACTS = {
    "nothing": _("leaves alone"),
    "close": _("touches the close control of"),
    "back": _("presses Back on"),
    "picture": _("touches the picture or title of"),
    "beside": _("touches a gap beside the button of"),
    "outside": _("touches the page beside"),
    "button": _("touches what looks like the button of"),
    "swipe": _("swipes over"),
    "scroll": _("scrolls the page past"),
    "pause": _("pauses what loads by"),
    "resume": _("lets what loads go on by"),
    "kill": _("ends the app after the pause of what loads by"),
    "relaunch": _("starts the app again after the pause of what loads by"),
    "network-off": _("cuts the network after the pause of what loads by"),
    "network-on": _("brings the network back after the pause of what loads by"),
    "motion": _("moves the phone over"),
}
ROLES = {
    "load": _("download button"),
    "fast-load": _("fast download button"),
    "open": _("button that leads out"),
    "act": _("button of other words"),
    "close": _("close control"),
    "skip": _("skip control"),
    "cancel": _("button that says no"),
    "confirm": _("button that says yes"),
    "pause": _("pause button"),
    "resume": _("button that goes on"),
    "subscribe": _("subscribe button"),
    "tick": _("box to tick"),
    "picture": _("picture"),
    "title": _("title"),
    "other": _("place of no known kind"),
}
FED = {"virtual": _("fed by the virtual device"), "emulator": _("fed by the emulator"), "person": _("made by a person")}
WITNESSES = {
    "row": _("download row"),
    "file": _("file in a public folder"),
    "notification": _("notification"),
    "bytes": _("traffic of the app"),
    "session": _("install session"),
    "package": pgettext("witnesses", "package"),
    "installer": _("installer"),
}
LOADING = {
    "waiting": _("waiting"),
    "running": _("running"),
    "paused": _("paused"),
    "done": pgettext("loading", "done"),
    "failed": _("failed"),
    "gone": _("gone"),
}
INSTALLING = {"open": _("opened"), "committed": _("committed"), "done": _("installed"), "failed": _("failed"), "gone": _("gone")}
_STILL = {True: pgettext("still", "it is there still"), False: _("it is gone"), None: _("not to be seen whether it is there still")}
_SWITCH = {True: _("on"), False: _("off"), None: _("cannot be read")}


def advert_words(event: Event) -> Text | None:
    """The words for a fact about adverts or of what came; None for any other fact."""
    return _adverts(event) or _deliveries(event) or _described(event)


def _adverts(event: Event) -> Text | None:
    match event:
        case ev.AdvertSeen():
            what, words = KINDS[event.advert], quoted(event.words)
            by = _maker(event) if event.sdk else NOTHING
            count = NOTHING if event.countdown is None else _(", counting down from {countdown:g} s", countdown=event.countdown)
            if not event.words:
                return _("{what} shown{by}{count}", what=what, by=by, count=count)
            return _("{what} shown{by}{count}: {words}", what=what, by=by, count=count, words=words)
        case ev.AdvertActed():
            return _acted(event)
        case ev.AdvertLeft():
            what, slot = _STILL[event.still], slot_words(event.slot)
            return _("at the end of the watch of {slot}: {what}", slot=slot, what=what)
        case ev.AdvertTally():
            return _("place {what}: an advert in {seen} of {tries} starts", what=slot_words(event.slot), seen=event.seen, tries=event.tries)
        case ev.FeedLeft():
            page = quoted(event.page, 40)
            return _("the list of {page} was looked through {swipes} swipes down, and goes on", page=page, swipes=event.swipes)
        case ev.SearchExtent():
            return extent_words(event)
        case ev.ShakeSwitchSeen():
            what, name = _SWITCH[event.on], quoted(event.name, 60)
            return _("the phone's own switch against shaking, {name}: {what}", name=name, what=what)
        case ev.MotionListenersSeen():
            if not event.sensors:
                return _("the app listens to no sensor that moves with the phone")
            return _("the app listens to the phone's motion: {sensors}", sensors=quoted(", ".join(event.sensors), 80))
        case _:
            return None


def _maker(event: ev.AdvertSeen) -> Text:
    """Name the owner of an advert, and what tells so; an id is a hint, since anybody may name a view like that."""
    what, by = quoted(event.sdk, 60), quoted(event.sdk_by, 80) if event.sdk_by else NOTHING
    if not event.sdk_sure:
        return _(", perhaps by {what} (by the view id {by} alone)", what=what, by=by)
    return _(", by {what}{ground}", what=what, ground=_(" (by {by})", by=by) if event.sdk_by else NOTHING)


def _acted(event: ev.AdvertActed) -> Text:
    what, slot = ACTS[event.act], slot_words(event.slot)
    if event.act == "motion":
        by = term(FED, event.fed) if event.fed else _("by nobody on record")
        if (daily := DAILY.get(event.words)) is not None:
            return _("tester over {slot}: {daily} for {seconds:g} s ({by})", slot=slot, daily=daily.words, seconds=event.seconds, by=by)
        return _(
            "tester moves the phone over {slot}: {push:g} m/s², {angle:g} degrees, {seconds:g} s ({by})",
            slot=slot,
            push=event.acceleration,
            angle=event.angle,
            seconds=event.seconds,
            by=by,
        )
    touched = _("tester {what} {slot}, try {number}", what=what, slot=slot, number=event.number)
    role = ROLES[event.role]
    if event.words:
        role = _("{role} {words}", role=role, words=quoted(event.words, 60))
    if event.words or event.x or event.y:
        touched = _("{said}; under the finger: {role}", said=touched, role=role)
    return _("{said} ({x} pixels across, {y} down)", said=touched, x=event.x, y=event.y) if event.x or event.y else touched


def _deliveries(event: Event) -> Text | None:
    match event:
        case ev.DownloadSeen():
            what, state = WITNESSES[event.witness], LOADING[event.state]
            if event.witness == "bytes":
                size = f"{(event.bytes or 0) / 1e6:.1f}"
                return _("the app received {size} million bytes", size=size)
            name = quoted(event.name or event.path or event.uri or event.key)
            if event.witness == "file" and event.state == "running" and event.bytes is not None:  # a file tells no state
                return _("file {name} in a public folder has {bytes} bytes", name=name, bytes=event.bytes)
            return _("download {name} by its {what}: {state}{size}", name=name, what=what, state=state, size=_size(event))
        case ev.InstallSeen():
            what, state = WITNESSES[event.witness], INSTALLING[event.state]
            name = quoted(event.package or event.key)
            by = quoted(event.installer) if event.installer else NOTHING
            by = _(", by {by}", by=by) if event.installer else NOTHING
            return _("install of {name} by its {what}: {state}{by}", name=name, what=what, state=state, by=by)
        case ev.NotificationSeen():
            title, text = quoted(event.title), quoted(event.text)
            what = _("notification gone") if event.gone else _("notification")
            done = _(", {progress} of {most}", progress=event.progress, most=event.most)
            how = NOTHING if event.progress is None or event.most is None else done
            return _("{what}: {title} {text}{how}", what=what, title=title, text=text, how=how)
        case ev.StorePageSeen():
            name, package = quoted(event.name), quoted(event.package)
            buttons = quoted("、".join(event.buttons)) if event.buttons else NOTHING
            load = _(", with {buttons}", buttons=buttons) if event.buttons else NOTHING
            return _("store {package} shows the page of {name}{load}", package=package, name=name, load=load)
        case _:
            return None


def _size(event: ev.DownloadSeen) -> Text:
    if event.bytes is None:
        return NOTHING
    if event.total is None:
        return _(", {bytes} bytes", bytes=event.bytes)
    return _(", {bytes} of {total} bytes", bytes=event.bytes, total=event.total)


def _described(event: Event) -> Text | None:
    match event:
        case ev.DeliveryDescribed():
            if not event.package:
                key, why = quoted(event.path or event.key), quoted_both(event.problem_zh, event.problem)
                return _("what came as {key} cannot be read: {why}", key=key, why=why)
            label = next((name for _, name in event.labels), "")
            name, package = quoted(label), quoted(event.package)
            version = quoted(event.version_name) if event.version_name else NOTHING
            version = _(", version {version}", version=version) if event.version_name else NOTHING
            return _("what came is {name} {package}{version}", name=name, package=package, version=version)
        case ev.DeliveryUnseen():
            return _("this phone does not let the {what} be read: {reason}", what=WITNESSES[event.witness], reason=event.reason)
        case ev.DeliveryRemoved():
            what, name = WITNESSES[event.witness], quoted(event.name or event.key)
            if not (event.problem or event.problem_zh):
                return _("tester removed what came: {name} ({what})", name=name, what=what)
            why = quoted_both(event.problem_zh, event.problem)
            return _("what came could not be removed: {name} ({what}): {why}", name=name, what=what, why=why)
        case _:
            return None
