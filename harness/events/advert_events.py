"""Adverts and windows of an app as they were looked at, and what we did to them on purpose."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from harness.events.action_kinds import AdvertAct
from harness.events.base import Event, JournalFact


class AdvertKind(StrEnum):
    """The kind of place or window."""

    SPLASH = "splash"  # fills the screen at a start
    INTERSTITIAL = "interstitial"  # fills the screen, or is a card over the page, later
    FEED_CARD = "feed-card"  # in the flow of a list
    BANNER = "banner"  # a strip at an edge
    FLOATING = "floating"  # a ball or a small window that stays
    RED_PACKET = "red-packet"  # a reward is offered
    INCENTIVE_VIDEO = "incentive-video"  # watched for a reward
    WEB_PAGE = "web-page"  # a page of the web that offers an app
    STORE_PAGE = "store-page"  # a page inside the app that offers an app: 普通下载 beside 高速下载
    WALL = "wall"  # contents that are shut until something is loaded
    SUBSCRIPTION = "subscription"  # sells something that renews itself
    WINDOW = "window"  # any other window over the page: it must be possible to close it


class ControlRole(StrEnum):
    """The role of a control of an advert or window, by its words and looks."""

    LOAD = "load"  # says that it loads: 下载, 立即安装, 免费下载
    FAST_LOAD = "fast-load"  # 高速下载, 安全下载: beside a plain one
    OPEN = "open"  # says that it leads out: 打开App, 去看看, 查看详情
    ACT = "act"  # says something else: 领取, 开始游戏, 继续播放
    CLOSE = "close"  # a cross, 关闭, 不感兴趣
    SKIP = "skip"  # 跳过
    CANCEL = "cancel"  # the no of a question
    CONFIRM = "confirm"  # the yes of a question
    PAUSE = "pause"  # 暂停
    RESUME = "resume"  # 继续下载
    SUBSCRIBE = "subscribe"  # pays for what renews itself
    TICK = "tick"  # a box: 同意自动续费
    PICTURE = "picture"
    TITLE = "title"
    OTHER = "other"


class AdvertControl(NamedTuple):
    """One control: ``box`` is x, y, width, height in screen pixels.

    ``source`` is tree or pixels; ``dp`` the shorter side of its touch area (of what is sold, the height of the words
    themselves where ``contrast`` is known), ``contrast`` the WCAG ratio of its mark to
    what is round it, None where no picture tells. ``ticked`` is None for what is no box.
    """

    role: ControlRole
    text: str
    box: tuple[int, int, int, int]
    source: str
    dp: float
    contrast: float | None = None
    ticked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertSeen(Event):
    """An advert, or a window over the page, as it stood when it was looked at.

    ``slot`` names the place: the same one at another start has the same name. ``words`` is all it says, ``told`` what
    it says of the app that it offers ("name", "developer", "version", "permissions", "privacy"), each with its words.
    ``countdown`` are the seconds that it counts down from when seen, None where it shows none. ``whole_card``: it is
    one control whose own words say that it loads. ``sdk`` is whose advert it is, empty where nothing tells, and
    ``sdk_by`` the class, package, signature or id that tells; an id alone is a hint, and not ``sdk_sure``.
    """

    slot: str
    advert: AdvertKind
    box: tuple[int, int, int, int]
    words: str
    controls: tuple[AdvertControl, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    countdown: float | None = None
    whole_card: bool = False
    sdk: str = ""
    sdk_by: str = ""
    sdk_sure: bool = True
    picture_hash: str = ""
    screenshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertActed(JournalFact):
    """An act on purpose on the advert in ``slot`` began; what follows until ``AdvertLeft`` is what came of it.

    ``number`` counts the tries of this act on this slot from 1. ``role`` and ``words`` are of the control under the
    finger at (x, y); for a swipe the finger goes on to (to_x, to_y). Of a motion ``acceleration`` is m/s² apart from
    gravity, ``angle`` degrees, ``seconds`` how long; ``fed`` says by what: virtual, emulator or person.
    """

    slot: str
    act: AdvertAct
    number: int = 1
    role: ControlRole = ControlRole.OTHER
    words: str = ""
    x: int = 0
    y: int = 0
    to_x: int = 0
    to_y: int = 0
    acceleration: float = 0.0
    angle: float = 0.0
    seconds: float = 0.0
    fed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertLeft(JournalFact):
    """The watch after an act is over; ``still``: the advert was there still, None where nobody could see."""

    slot: str
    still: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertTally(JournalFact):
    """How often a slot had an advert: ``seen`` of ``tries`` starts."""

    slot: str
    seen: int
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchExtent(JournalFact):
    """How far an app had been searched for adverts when the search ended.

    Pages, presses behind the first, buttons and rows met and pressed. Of the pages that a walk of this run ``walked``
    how many were looked at again; the words of what was ``left`` alone, and how many more captions of such controls
    there are; how many pages were left ``unpressed`` at the end, or in part; the titles of tasks ``unended``, each step
    of which is like the ones before, and of ``unplayed`` pages that the app paints, which answered and came to no end.
    """

    pages: int
    depth: int
    controls: int
    pressed: int
    walked: int = 0
    again: int = 0
    left: tuple[str, ...] = ()
    unnamed: int = 0
    unpressed: int = 0
    unended: tuple[str, ...] = ()
    unplayed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLeft(JournalFact):
    """The list of a page goes on below what was looked through for adverts: ``swipes`` down from its top."""

    page: str
    swipes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShakeSwitchSeen(JournalFact):
    """The ROM's own switch against jumps by shaking: with ``on`` a shake proves nothing. None: cannot be read."""

    name: str
    on: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionListenersSeen(Event):
    """The sensors that move with the phone and that the app listens to; empty where it listens to none."""

    package: str
    sensors: tuple[str, ...]
