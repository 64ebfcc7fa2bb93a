"""Closed sets of what the harness does: why it touched, how it ended the app, what proved a refusal, what it closed."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why a touch, a key or a swipe was made."""

    DENY = "deny"  # the plain deny button of the system's permission dialog
    ALLOW = "allow"  # its allow button: in a control run, or by a person
    EXPLANATION = "explanation"  # the positive control of the app's own prompt
    CLOSE = "close"  # the negative control of the app's own prompt, or Back out of it
    CONSENT_TICK = "consent-tick"  # the box that a consent wants ticked first
    CONSENT_ACCEPT = "consent-accept"
    CONSENT_REFUSE = "consent-refuse"
    POLICY = "policy"  # opens the policy's text, or turns its pages
    FUNCTION = "function"  # uses what the step before it names
    FIND_FUNCTION = "find-function"  # Back, to a page that has the function
    FILL = "fill"  # into a text field
    KEYBOARD = "keyboard"  # Back that only puts the input method away
    AFTER_KEYBOARD = "after-keyboard"  # the second Back, where the first one only did that
    WALK = "walk"  # the explorer's own way: on, back, further down
    INTERRUPTION = "interruption"  # closes an advert, a guide or an offer
    ADVERT = "advert"  # inside an advert, on purpose: the scenario of clause 7
    TAKE_AWAY = "take-away"  # cancels what an advert loaded: our own tidying up, no trial
    TAKE_BACK = "take-back"  # a second press on what the first one turned on in the user's name
    TOUCH = "touch"  # an empty spot of a page, to see whether it takes a touch
    FOREIGN_WINDOW = "foreign-window"  # closes a window that is neither the app's nor ours, by the table
    LEAVE = "leave"  # Home or Recents: away from the app
    CLEAR_ALL = "clear-all"  # the button of the Recents screen
    LEFT_OPEN = "left-open"  # Back or Home out of what the app left open: a page of the system's, a store
    STORE = "store"  # shows more of the app's page in the phone's store
    REVIEW = "review"  # the switches and the button of Android's review of permissions, before an old app starts
    PERSON = "person"  # a key or swipe of the person at the phone
    UNKNOWN = "unknown"  # only in runs of format 1: a word that no version of ours knows


BACK = "Back"
"""What stands where a button's words would, of what was closed by the key."""


class ClosedBy(StrEnum):
    """What closed a dialog of the app's own."""

    KEY = "key"  # Back, the key or the gesture
    CONTROL = "control"  # a control of the dialog itself, whatever its words are: a button "Back" too
    OUTSIDE = "outside"  # a touch beside it
    SYSTEM = "system"  # Android or a window of its own took it away
    UNTOLD = "untold"  # a journal of before this was told: a button called Back was the key


class Ending(StrEnum):
    """The ways in which we ended the app."""

    FORCE_STOP = "force-stop"
    CLEAR = "clear"  # with its data
    REINSTALL = "reinstall"
    KILL = "kill"  # as Android does for memory: it may start again
    SWIPE = "swipe"  # off the Recents screen
    CLEAR_ALL = "clear-all"  # the button of the Recents screen
    UNKNOWN = "unknown"  # only in runs of format 1: a word that no version of ours knows


ERASES = (Ending.CLEAR, Ending.REINSTALL)
"""Endings after which the app knows nothing of what was before."""


class NeighbourAct(StrEnum):
    """The acts on another app that is checked on the same phone at the same time."""

    BESIDE = "beside"  # it is checked beside this one
    OPENED = "opened"  # by us
    LEFT = "left"  # by Home or Recents
    ENDED = "ended"  # by us: killed, swiped away, cleared


class Proof(StrEnum):
    """The proof that the tap on a deny button did it."""

    FLAGS = "flags"  # USER_SET or USER_FIXED appeared
    GONE = "gone"  # only the dialog went away
    NONE = "none"


class ControlAnswer(StrEnum):
    """The answers of a control run to the dialog that was refused before."""

    ALLOW = "allow"
    NONE = "none"  # the dialog is left alone


class AdvertAct(StrEnum):
    """The acts on an advert on purpose, in the scenario of clause 7 only."""

    NOTHING = "nothing"  # left alone
    CLOSE = "close"  # its close control is touched
    BACK = "back"  # the key
    PICTURE = "picture"  # its picture or title is touched
    BESIDE = "beside"  # a gap beside the button, inside the advert
    OUTSIDE = "outside"  # the page beside the card
    BUTTON = "button"  # its button
    SWIPE = "swipe"  # a finger over it
    SCROLL = "scroll"  # the page is scrolled past it
    PAUSE = "pause"  # what loads is paused
    RESUME = "resume"  # and goes on at our wish
    KILL = "kill"  # the app is ended while it is paused
    RELAUNCH = "relaunch"  # and started again
    NETWORK_OFF = "network-off"
    NETWORK_ON = "network-on"
    MOTION = "motion"  # the phone is moved or shaken


CLOSE_AFTER = 3
"""Touches on one close control; those of higher numbers are on another one of the same advert (docs/rules.md 8.2)."""


class InterruptionKind(StrEnum):
    """The kinds of layers over an app's pages, by the words of ``pages/interruptions.toml``."""

    ADVERT = "advert"
    TEENAGER = "teenager"
    UPDATE = "update"
    FORCED_UPDATE = "forced-update"  # one that cannot be refused: nothing closes it
    PAYWALL = "paywall"
    NOTIFICATION = "notification"
    RATING = "rating"
    COUPON = "coupon"
    GUIDE = "guide"
    NOTICE = "notice"
    OTHER = "other"
