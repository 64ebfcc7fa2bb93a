"""The words of dialogs (words.toml), made comparable."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from harness.config import once_a_config
from harness.dialogs.folding import folded
from harness.dialogs.spoken_labels import taken_apart
from harness.dialogs.word_files import table as table_of

_SCRIPTS = re.compile(r"[\x00-\x7f]*[a-z][\x00-\x7f]*|[^\x00-\x7f]+")
CAPTIONS = 8192
"""So many captions are kept: one walk asks for each some hundred times [PROJECT]."""
_BETWEEN = " /|()[]·・-（）"


@partial(once_a_config, most=CAPTIONS)
def plain(text: str) -> str:
    """The caption in a text (``spoken_labels``), made comparable."""
    return folded(taken_apart(text).caption)


def halves(label: str) -> tuple[str, ...]:
    """The two parts of a plain caption in two languages, none of one in a single one: 同意 Agree."""
    parts = _SCRIPTS.findall(label)
    return tuple(part.strip(_BETWEEN) for part in parts) if len(parts) == 2 and label.isascii() is False else ()


@once_a_config
def words() -> dict[str, Any]:
    """The whole catalogue, every text already plain; raises CatalogueError or FormatError when a file is wrong."""
    data = table_of("words.toml")
    for table in (
        data["permission"]["texts"],
        *(data[name] for name in ("groups", "own", "refusal", "consent", "person", "trouble", "skip")),
    ):
        for key, entries in table.items():
            table[key] = [folded(entry) for entry in entries]
    return data


def has_any(text: str, table: Sequence[str]) -> bool:
    """Return whether a plain text contains any of the words.

    An English text with a Chinese name in it has no spaces either.
    """
    return any(map(text.__contains__, table if text.isascii() else [word.replace(" ", "") for word in table]))


def speaks_of_permission(text: str) -> bool:
    """Whether the words of a control are about permissions: 重新授权."""
    return has_any(plain(text), words()["own"]["permission"])


def asks_to_know(text: str) -> bool:
    """Whether a control or a page is called by a text to be read, or by a question: 隐私政策, 权限说明."""
    catalogue = words()
    return has_any(plain(text), [*catalogue["own"]["permission"], *catalogue["consent"]["policy"], *catalogue["own"]["to_know"]])


def speaks_of_settings(text: str) -> bool:
    """Whether the words of a control are about permissions or settings: 权限管理, 开启通知."""
    own = words()["own"]
    return has_any(plain(text), [*own["permission"], *own["settings"], *own["to_settings"]])


_MEDIA = ("READ_MEDIA_VISUAL", "READ_MEDIA_AURAL")


def group_in(text: str) -> str | None:
    """The permission group that a sentence is about, None when no word of any group is in it.

    Pictures together with sounds or files are the whole storage, whose dialog lists what is on it
    (PermissionController, ``permgrouprequest_storage_q_to_s``).
    """
    return next(iter(_groups_of(plain(text))), None)


def groups_in(text: str) -> tuple[str, ...]:
    """All permission groups that a sentence names.

    First those that it calls a permission (位置权限), whatever else it speaks of: 搜索附近的设备需要位置权限.
    """
    return _groups_of(plain(text))


def groups_called(text: str) -> tuple[str, ...]:
    """The permission groups that a sentence calls a permission."""
    return _called_in(plain(text))


def _called_in(sentence: str) -> tuple[str, ...]:
    groups, signs = words()["groups"], words()["called"]["signs"]
    spaced = f" {sentence}"  # "phone" is no part of "microphone"
    names = {group: [f" {name}" if name.isascii() else name for name in groups[group]] for group in _named_in(sentence)}
    return tuple(group for group, own in names.items() if any(name + sign in spaced for name in own for sign in signs))


def _named_in(sentence: str) -> list[str]:
    catalogue = words()
    return [group for group in catalogue["group_order"]["order"] if has_any(sentence, catalogue["groups"][group])]


@partial(once_a_config, most=4096)
def _groups_of(sentence: str) -> tuple[str, ...]:
    ordered = dict.fromkeys((*_called_in(sentence), *_named_in(sentence)))
    return tuple("STORAGE" if group in _MEDIA and _whole_storage(sentence) else str(group) for group in ordered)


def _whole_storage(sentence: str) -> bool:
    catalogue = words()
    pictures = has_any(sentence, catalogue["groups"]["READ_MEDIA_VISUAL"])
    return pictures and has_any(sentence, catalogue["whole_storage"]["beside_pictures"])


def system_group_in(title: str) -> str | None:
    """The permission group that the title of a system dialog is about; None when no word of any group is in it.

    The app's name is left out: 日历 that asks for the location is not about the calendar.
    """
    return group_in(_app_name().sub(" ", title, count=1))


@once_a_config
def _app_name() -> re.Pattern[str]:
    """Where the title of a system dialog names the app.

    In quotes, or between 允许 and what it would do, as on Android 12 and before.
    """
    title = words()["title"]
    allows = "|".join(rf"(?<={re.escape(word)})" for word in title["allows"])
    english = "|".join(rf"(?<={re.escape(word)} )" for word in title["allows_english"])
    verbs = "|".join(map(re.escape, title["verbs"]))
    return re.compile(rf"“[^”]+”|(?:{allows}).+?(?={verbs})|(?:{english}).+?(?= to )")
