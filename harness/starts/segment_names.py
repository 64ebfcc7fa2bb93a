"""Segments and scenarios of a run in words: their names are for programs."""

import re

from harness.language import Text, _, pgettext

_NAMED = {
    "first-launch": _("first launch"),
    "walk": _("walk through the app"),
    "walk-first": _("pages of the first start"),
    "walk-logged-in": _("walk after the login"),
    "return": _("second opening"),
    "login": _("login"),
    "refused-again": _("first launch with every permission refused again"),
    "by-hand": _("use by the tester"),
    "open": _("opening of the app"),
    "unopened": _("before the first opening"),
    "before-consent": _("before the consent"),
    "before-consent-left": _("left before the consent"),
    "before-consent-boot": _("reboot before the consent"),
    "association-open": _("opening, to see whom it wakes"),
    "association-left": _("background, to see whom it wakes"),
    "association-start": _("whom it wakes"),
    "self-start": _("starts by itself"),
    "clock-shift": _("clock moved ahead"),
    "permission-denial": _("permissions refused"),
    "control-run": _("control runs"),
    "watch": _("watch"),
    "data-reads": _("permissions allowed"),
    "allow-first-launch": _("first launch with every permission allowed"),
    "allow-use": _("use with every permission allowed"),
    "allow-again": _("used again with every permission allowed, before it is left"),
    "allow-front": _("in front with every permission allowed, untouched"),
    "allow-return": _("opened again with every permission allowed"),
    "allow-background": _("background with every permission allowed"),
    "recommendation-switch": _("switches for personalisation"),
    "switch-policy": _("privacy policy read from its page"),
    "misleading-download": _("adverts and downloads"),
    "store-page": _("the store's page"),
    "advert-pages": _("pages looked through for adverts"),
    "advert-further": _("further pages looked through for adverts"),
    "advert-again": _("functions of the first page used and left once more"),
    "advert-walked": _("pages of the walk looked through for adverts"),
    "advert-feeds": _("long lists looked through for adverts"),
}
_NUMBERED = {
    "cold-start": _("cold start {number}"),
    "function": _("function {number}"),
    "walk": _("walk through the app, part {number}"),
    "clock": _("clock {number} hours ahead"),
    "association-function": _("function {number}, to see whom it wakes"),
    "switch-told": _("way {number} to a switch by the policy's words"),
    "switch-off": _("switch {number} turned off"),
    "switch-again": _("switch {number} looked at after a new start"),
    "switch-back": _("switch {number} turned back"),
    "advert-start": _("start {number}, to see adverts"),
    "trigger-hour": _("hour {number}"),
    "trigger-idle": _("left alone, round {number}"),
    "trigger-dark": _("screen off, round {number}"),
    "trigger-screen": _("screen on, round {number}"),
    "trigger-power": _("power plugged in, round {number}"),
    "trigger-network": _("change of network, round {number}"),
    "trigger-package": _("another app installed, round {number}"),
    "trigger-time": _("change of time, round {number}"),
    "trigger-media": _("new media file, round {number}"),
    "trigger-doze": _("deep sleep of the phone, round {number}"),
    "trigger-swipe": _("swiped out of the recent tasks, round {number}"),
    "trigger-clear-all": _("recent tasks cleared, round {number}"),
    "trigger-boot": _("reboot, round {number}"),
}
KINDS = {
    "splash": _("splash advert"),
    "interstitial": _("interstitial advert"),
    "feed-card": _("advert in the flow of a list"),
    "banner": _("banner"),
    "floating": _("floating advert"),
    "red-packet": _("red packet"),
    "incentive-video": _("incentive video"),
    "web-page": _("page with an offer"),
    "store-page": _("page inside the app that offers an app"),
    "wall": _("wall before contents"),
    "subscription": _("subscription page"),
    "window": pgettext("advert", "window"),
    "landing": _("page behind an advert"),
    "behind": _("page behind an advert"),
    "leaf": _("page of a pager that is an advert"),
    "film": _("advert that filled a page in use"),
}
_DEEDS = {
    "lure-close": _("closing a window, number {number}"),
    "lure": _("control {number} of a page"),
    "pager": _("swiping a page on, number {number}"),
    "page": _("a page left alone, number {number}"),
}
"""Acts of the looking-round that are tried again as places of their own."""
ACT_WORDS = {
    "nothing": _("left alone"),
    "close": _("closed by its control"),
    "back": _("closed by Back"),
    "picture": _("its picture touched"),
    "beside": _("touched beside its button"),
    "outside": _("touched beside it"),
    "button": _("what looks like its button pressed"),
    "swipe": _("swiped over"),
    "scroll": _("scrolled past"),
    "pause": _("download paused"),
    "resume": _("download resumed"),
    "kill": _("app ended while it loads"),
    "relaunch": _("app opened again"),
    "network-off": _("network off"),
    "network-on": _("network on again"),
    "motion": _("phone moved"),
}
_ADVERT = re.compile(rf"advert-(.+)-({'|'.join(ACT_WORDS)})-(\d+)")
_OVER = re.compile("^-(?:[a-z]+-)?(?:card|full)(?:-|$)|^-")
"""What the name of a place says besides its kind and its mark: of which words a window is, and that it lies over the
page."""
_LAYOUT = re.compile(r"(?:^|-)[0-9a-f]{6}$")
"""The mark of the page round a place: it tells places apart for us, and says nothing to people."""
_PLACES = {
    "top": _("at the top"),
    "top-left": _("at the top left"),
    "top-right": _("at the top right"),
    "middle": _("in the middle"),
    "middle-left": _("in the middle, on the left"),
    "middle-right": _("in the middle, on the right"),
    "bottom": _("at the bottom"),
    "bottom-left": _("at the bottom left"),
    "bottom-right": _("at the bottom right"),
    "cut": _("cut off by the edge"),
}
_CONTROLS = {"allow": _("control run {number}, allowed"), "none": _("control run {number}, not answered")}


def slot_words(slot: str) -> Text:
    """The words for a place of adverts: what kind it is, and where it stands."""
    if slot == "start":
        return _("start of the app")
    if slot.startswith("return-"):
        return _("{place} at a return to the app", place=slot_words(slot.removeprefix("return-")))
    if slot.startswith("came-"):
        return _("{place} that came by itself", place=slot_words(slot.removeprefix("came-")))
    kind = next((kind for kind in sorted(KINDS, key=len, reverse=True) if slot == kind or slot.startswith(f"{kind}-")), None)
    if kind is not None:
        mark = _LAYOUT.sub("", _OVER.sub("", slot.removeprefix(kind)))
        if mark in _PLACES:
            return _("{kind} ({place})", kind=KINDS[kind], place=_PLACES[mark])
        return _("{kind} {mark}", kind=KINDS[kind], mark=mark) if mark else KINDS[kind]
    stem, _dash, number = slot.rpartition("-")
    return Text(_DEEDS[stem], {"number": number}) if stem in _DEEDS else _("'{name}'", name=slot)


def segment_words(name: str) -> Text:
    """The words for a segment or a scenario; one of another's scenarios is quoted as it is called."""
    if name in _NAMED:
        return _NAMED[name]
    stem, _dash, last = name.rpartition("-")
    number = last.removesuffix("h")
    if stem in _NUMBERED and number.isdecimal():
        return Text(_NUMBERED[stem], {"number": number})
    if found := _ADVERT.fullmatch(name):
        slot, act, number = found.groups()
        return _("{slot}: {act}, try {number}", slot=slot_words(slot), act=ACT_WORDS[act], number=number)
    stem, _dash, number = stem.rpartition("-")
    if stem == "control" and last in _CONTROLS and number.isdecimal():
        return Text(_CONTROLS[last], {"number": number})
    return _("'{name}'", name=name)
