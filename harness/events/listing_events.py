"""What is written about an app: its privacy policy, and its page in a store."""

from dataclasses import dataclass

from harness.events.base import Event, JournalFact
from harness.language import Text, known, quoted


@dataclass(frozen=True, kw_only=True)
class StoreListing:
    """What a store's page tells about one app; an empty text is what it does not tell.

    ``groups`` are the permission groups that its list names, ``explained`` those of them with a use, ``rows`` the lines
    of that list. ``lists`` is True where a list of permissions is announced, though it may be on another page.
    ``collects`` is a sentence about the collection of personal information. ``whole`` is False for a page whose file
    breaks off.
    """

    store: str = ""
    name: str = ""
    package: str = ""
    version: str = ""
    developer: str = ""
    record: str = ""
    contact: str = ""
    policy: str = ""
    collects: str = ""
    lists: bool = False
    rows: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    whole: bool = False

    @property
    def is_about_an_app(self) -> bool:
        """Whether two of the things were found that a page about an app has: not each store shows a package's name."""
        return sum(map(bool, (self.name or self.package, self.developer, self.version, self.lists, self.policy))) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingSeen(StoreListing, Event):
    """The page of a store about the app was read: from ``file`` of the tester, or in the store of that package.

    ``unread`` says why the phone's store could not be read, or not to the end; empty where it was.
    """

    file: str
    screenshot: str | None = None
    unread: str = ""
    unread_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySeen(JournalFact):
    """The text of the privacy policy or of a settings page, as read on the screen or from a file of the tester.

    ``title`` is the link that led to it, or the name of the file; both are empty in runs of before. ``sha256`` is
    that of the text in UTF-8. ``pictures`` are paths in the run folder. ``unread`` says why it was not read to its end,
    empty where it was. ``given``: it is the tester's file, which counts instead of what the app shows.
    """

    text: str
    title: str = ""
    sha256: str = ""
    pictures: tuple[str, ...] = ()
    unread: str = ""
    unread_zh: str = ""
    given: bool = False

    @property
    def why_unread(self) -> Text:
        """Why it was not read to its end; what is known in English only is quoted."""
        return known(self.unread_zh, self.unread) if self.unread_zh else quoted(self.unread)
