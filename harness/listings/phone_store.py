"""The stores of a phone: which of them is opened, which rows of its page are pressed, and what is kept of the page."""

from collections.abc import Iterable, Mapping, Sequence

from harness.dialogs.folding import folded
from harness.dialogs.word_patterns import WordFile
from harness.listings.listing_reader import STORES

_WORDS = WordFile("listings.toml")
OTHER = "other"


def store_for(packages: Sequence[str], known: Iterable[str]) -> str:
    """The store among the packages that answer a link to an app: one of ours first, else one of the ``known``."""
    ours = [package for store in STORES for package in _WORDS.words(f"phone.{store}.packages")]
    return next((one for names in (ours, list(known), packages) for one in packages if one in names), "")


def opens_permissions(package: str, text: str) -> bool:
    """Whether a row of that store's page opens its list of permissions."""
    return _is_row(package, "opens", text)


def shows_more(package: str, text: str) -> bool:
    """Whether a row shows more of what that store tells about the app."""
    return _is_row(package, "shows", text)


def leads_to_policy(text: str) -> bool:
    """Whether a row is a link to the privacy policy."""
    return _is(text, _WORDS.words("labels.policy"))


def has_no_such_app(lines: Iterable[str]) -> bool:
    """Whether the store says that it has no such app."""
    return any(folded(line).startswith(_WORDS.words("nothing.words")) for line in lines)


def others_begin(line: str) -> bool:
    """Whether below this heading other apps are shown."""
    return folded(line).startswith(_WORDS.words("elsewhere.words"))


def listing_text(known: Mapping[str, str], lines: Sequence[str], permissions: Sequence[str]) -> str:
    """The text of a page with the list that stands on a page of its own, as ``read_listing`` takes it.

    ``known`` are fields that were told without a label. A link has no address on a screen: that it is there is told. A
    page that speaks of permissions and of which no list was read has one that was not found.
    """
    policy, listed = (_WORDS.words(f"labels.{field}")[0] for field in ("policy", "permissions"))
    told = [f"{_WORDS.words(f'labels.{field}')[0]}：{value}" for field, value in known.items() if value]
    told += [f"{policy}：{line}" if leads_to_policy(line) else line for line in lines if not _is(line, _WORDS.words("labels.permissions"))]
    if permissions or any(word in folded(line) for line in lines for word in _WORDS.words(f"phone.{OTHER}.opens")):
        told += [listed, *permissions]
    return "\n".join(told)


def _is_row(package: str, kind: str, text: str) -> bool:
    store = next((store for store in STORES if package in _WORDS.words(f"phone.{store}.packages")), OTHER)
    return _is(text, _WORDS.words(f"phone.{store}.{kind}") + _WORDS.words(f"phone.{OTHER}.{kind}"))


def _is(text: str, words: Iterable[str]) -> bool:
    """Whether a text is one of the words, with a number or an arrow behind it at most: 应用权限 (12) >."""
    said = folded(text).strip()
    return any(said.startswith(word) and not any(map(str.isalpha, said[len(word) :])) for word in words)
