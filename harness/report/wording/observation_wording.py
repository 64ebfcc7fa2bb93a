"""Observations on the screen and readings of the system, in words."""

from harness import events as ev
from harness.events import Event, Source
from harness.events.personal_data import data_name
from harness.language import Text, _, known, listed
from harness.report.wording.terms import DIALOGS, NOTHING, because, one_line, quoted, some_of, span, term
from harness.roms.windows_of_others import title_of

FLAGS = {
    "USER_SET": _("the user chose"),
    "USER_FIXED": _("not to be asked again"),
    "ONE_TIME": _("for one time"),
    "REVIEW_REQUIRED": _("to be reviewed by the user"),
    "GRANTED_BY_DEFAULT": _("granted by default"),
    "SYSTEM_FIXED": _("fixed by the system"),
    "POLICY_FIXED": _("fixed by a policy"),
    "AUTO_REVOKED": _("taken back by the system"),
    "REVOKED_COMPAT": _("taken back in the way of old apps"),
}
"""What the flags of a permission mean that tell of an answer; the others say nothing to a reader and are left out."""
_FILMS = {ev.FilmHow.MP4: NOTHING, ev.FilmHow.H264: _(", timed as they came"), ev.FilmHow.PICTURES: _(", screenshots one after the other")}
SHOTS = {
    "foreign-window": _("of a window that lay over the app"),
    "after-denial": _("after a refusal"),
    "permission-review": _("Android's review of the permissions of an app for Android 5 or older, all switched off"),
    "app-left": _("after the app had left"),
    "end-of-watch": _("at the end of the watch"),
    "end-of-control": _("at the end of a control run"),
    "outside": _("outside the app"),
    "stuck": _("when the prompt could not be closed"),
    "switch": _("of a switch for personalisation"),
    "start-policy": _("on the page of the start settings"),
}
STATES = {
    "pers": _("while a part of the system"),
    "top": _("while in front"),
    "fgsvcl": _("by a service in front that uses the location"),
    "fgsvc": _("by a service in front"),
    "fg": _("while visible"),
    "bg": _("in the background"),
    "cch": _("in the background, cached"),
}
"""The state of an app when it read, as app ops print it."""
_TICKS = {True: _("ticked"), False: _("not ticked"), None: _("cannot be read")}


def reading_words(event: Event) -> Text | None:
    """The words for a fact from the screen or a dump; None for any other fact."""
    return _dialogs(event) or _pages(event) or _dumps(event)


def _dialogs(event: Event) -> Text | None:
    match event:
        case ev.DialogShown():
            what, text = DIALOGS[event.dialog], quoted(event.text)
            if event.source is Source.PIXELS:  # no second witness: the tree says nothing there
                what = _("{what} (painted by the app, read from the pixels)", what=what)
            return _("{what} shown: {text}", what=what, text=text)
        case ev.DialogGone():
            return _("{what} gone", what=DIALOGS[event.dialog])
        case ev.PopupSeen():
            alpha = NOTHING if event.alpha is None else _(", its scrim {alpha:.2f} opaque", alpha=event.alpha)
            return _("pop-up seen in the pixels{alpha}", alpha=alpha)
        case ev.PermissionResult():
            return _("permission controller answered {permission}: result {result}", permission=event.permission, result=event.result)
        case ev.ConsentShown():
            return _consent(event)
        case _:
            return None


def _consent(event: ev.ConsentShown) -> Text:
    buttons = listed(quoted(text) for _role, text in event.buttons) or _("none")
    what = _("asked for consent: {what}; buttons: {buttons}", what=quoted(event.text), buttons=buttons)
    for text, ticked in event.ticks:
        what = _("{what}; {text} {state}", what=what, text=quoted(text, 60), state=_TICKS[ticked])
    return what


_CHOOSES = {
    True: _("contents or adverts are chosen by personal data"),
    False: _("contents or adverts are not chosen by personal data"),
    None: _("whether it is on cannot be read"),
}


def _pages(event: Event) -> Text | None:
    match event:
        case ev.ToastShown():
            return _("toast: {what}", what=quoted(event.text))
        case ev.FrontWindowSeen():
            if not event.package:
                return _("a window of the app or the home screen is in front again")
            return _("the window in front is of {what}", what=quoted(event.package))
        case ev.UidNamed():
            return _("uid {uid} is that of {what}", uid=event.uid, what=quoted(event.package))
        case ev.AppCovered():
            seconds = event.until.seconds_since(event.at)
            what = quoted(event.package)
            if title := title_of(event.window):
                return _("a window of {what} ({title}) lay over the app for {seconds:.1f} s", what=what, title=title, seconds=seconds)
            return _("a window of {what} lay over the app for {seconds:.1f} s", what=what, seconds=seconds)
        case ev.ScreenSeen():
            title, text = quoted(event.title), quoted(event.text)
            return _("page {title}: {text}", title=title, text=text)
        case ev.PersonalSwitchSeen():
            return _("switch {text}: {state}", text=quoted(event.text), state=_CHOOSES[event.on])
        case ev.TextSeen():
            return _("text read from the picture: {what}", what=quoted(event.text))
        case ev.ScreenshotTaken():
            what = SHOTS.get(event.why, NOTHING)
            shift = span(event.shift)
            moved = _("; the wall clock is {shift} ahead", shift=shift) if event.shift else NOTHING
            if what:
                return _("picture taken {what}{moved}", what=what, moved=moved)
            return _("picture taken{moved}", moved=moved)
        case ev.FilmTaken():
            return _film(event)
        case ev.FilmMoment():
            shown = span(event.until.seconds_since(event.at))
            return _("{what}, up for {shown}", what=_("seen again in the film") if event.again else _("came up in the film"), shown=shown)
        case ev.PolicySeen():
            return _policy(event)
        case ev.ListingSeen():
            file, name, version = (quoted(text) for text in (event.file, event.name, event.version))
            if event.unread:
                return known(event.unread_zh, event.unread)
            return _("the store's page in {file}: {name}, version {version}", file=file, name=name, version=version)
        case ev.EarlierRunSeen():
            folder, day, version = (quoted(text) for text in (event.folder, event.started, event.version))
            return _("the run {folder} of {day}, of version {version}", folder=folder, day=day, version=version)
        case ev.WindowSeen():
            clear = _(", translucent and without content") if event.translucent and event.empty else NOTHING
            return _(
                "window of {component}, {width} by {height} pixels{clear}",
                component=event.component,
                width=event.width,
                height=event.height,
                clear=clear,
            )
        case _:
            return None


def _film(event: ev.FilmTaken) -> Text:
    if event.how is ev.FilmHow.NONE:
        return _("the screen was not filmed{why}", why=because(event.note, event.note_zh))
    what, long = _FILMS[event.how], span(event.end.seconds_since(event.begin))
    note = quoted(event.note)
    note = known(one_line(event.note_zh), note) if event.note_zh else note
    note = _("; note: {note}", note=note) if event.note else NOTHING
    return _("the screen was filmed for {long}, {frames} pictures{what}{note}", long=long, frames=event.frames, what=what, note=note)


def _dumps(event: Event) -> Text | None:
    match event:
        case ev.DataRead():
            return _read(event)
        case ev.AppOpsRead():
            if event.reason:
                return _("the phone's record of what apps read cannot be used{why}", why=because(event.reason, event.reason_zh))
            return _("the phone's record of what apps read was asked for")
        case ev.FocusSeen():
            if event.component is None and event.package is None:
                return _("state of the system: no activity in front")
            return _("state of the system: {name} in front", name=event.component or event.package)
        case ev.ProcessesSeen():
            what = some_of(_("{process} (number {pid})", process=process, pid=pid) for pid, process in event.processes)
            return _("living processes of {package}: {what}", package=event.package, what=what)
        case ev.AppOpModeSeen():
            state = _("held back") if event.granted is False else _("not held back")
            return _("what the app op {op} guards is {state}", op=quoted(event.op), state=state)
        case ev.PermissionFlagsRead():
            state = _("granted") if event.granted else _("not granted")
            what = listed((state, *(FLAGS[flag] for flag in event.flags if flag in FLAGS)))
            return _("state of {permission}: {what}", permission=event.permission, what=what)
        case ev.AppReplaced():
            return event.reason
        case ev.ComponentsSeen():
            on, off = some_of(event.enabled), some_of(event.disabled)
            return _("components that {package} switched on at run time: {on}; off: {off}", package=event.package, on=on, off=off)
        case ev.PackagesSeen():
            system = sum(with_system for _, _, with_system in event.packages)
            return _("{count} packages on the phone, {system} of them came with the system", count=len(event.packages), system=system)
        case ev.SignerSeen():
            return _("certificate of {package}: {what}", package=event.package, what=quoted(event.digest))
        case _:
            return None


def _read(event: ev.DataRead) -> Text:
    what, how = data_name(event.what), quoted(event.how, 60)
    state = _(" {state}", state=term(STATES, event.state)) if event.state else NOTHING
    long = _(" for {long}", long=span(event.seconds)) if event.seconds else NOTHING
    tag = _(", attribution tag {tag}", tag=quoted(event.attribution, 60)) if event.attribution else NOTHING
    if event.refused:
        return _("the app tried to read {what} ({how}){state}, refused{tag}", what=what, how=how, state=state, tag=tag)
    return _("the app read {what} ({how}){state}{long}{tag}", what=what, how=how, state=state, long=long, tag=tag)


def _policy(event: ev.PolicySeen) -> Text:
    """A policy by its title and length: what it says of the case is in the finding."""
    if not event.title:
        return _("privacy policy: {what}", what=quoted(event.text))
    cut = _("; not read to its end: {why}", why=event.why_unread) if event.unread else NOTHING
    return _("privacy policy {title}: {signs} signs{cut}", title=quoted(event.title), signs=len(event.text), cut=cut)
