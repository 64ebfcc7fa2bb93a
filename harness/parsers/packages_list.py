"""``pm list packages [-U] [-i] [-f] [--show-versioncode]``: packages with their uids and installers.

Source: frameworks/base/services/core/java/com/android/server/pm/PackageManagerShellCommand.java, runListPackages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.parsers.dump_sections import Unread, not_a
from harness.parsers.log_fields import user_of

UID_PACKAGES = "uid-packages"
"""The name of a reading that asks whose a uid is."""

# package:com.tencent.mm  installer=com.android.vending uid:10123
# package:/data/app/~~x==/com.a-y==/base.apk=com.a versionCode:3 uid:10123,1010123
_LINE = re.compile(r"package:(?:(/\S*)=)?([\w.]+)((?: +(?:installer=|uid:|versionCode:)\S*)*)\s*$")


@dataclass(frozen=True, slots=True)
class ListedPackage:
    """One line. ``uids`` holds one uid a user; ``installer`` is None where it is not asked for or not known."""

    name: str
    uids: tuple[int, ...]
    installer: str | None
    path: str | None

    @property
    def users(self) -> tuple[int, ...]:
        """The Android users that have it, where uids were asked for."""
        return tuple(user_of(uid) for uid in self.uids)


def listed_packages(text: str) -> list[ListedPackage]:
    """Read all lines; raises FormatError at the first that is none of them, or for an empty text."""
    packages = []
    for found in read_listed_packages(text.replace("\r\n", "\n").split("\n")):
        if isinstance(found, Unread):
            raise not_a("pm list packages", found.text)
        packages.append(found)
    return packages


def read_listed_packages(lines: Iterable[str]) -> Iterator[ListedPackage | Unread]:
    """Yield the packages one by one; raises FormatError if the first line is none of them, or for an empty text."""
    first = True
    for line in lines:
        if not line.strip():
            continue
        match = _LINE.match(line.lstrip("\ufeff"))
        if match is None and first:
            raise not_a("pm list packages", line)
        first = False
        yield _package(match) if match else Unread(line)
    if first:
        raise not_a("pm list packages", "")


def _package(match: re.Match[str]) -> ListedPackage:
    options = dict(re.split("[=:]", option, maxsplit=1) for option in match[3].split())
    installer = options.get("installer")
    uids = tuple(int(uid) for uid in options.get("uid", "").split(",") if uid.isdigit())
    return ListedPackage(match[2], uids, None if installer in (None, "null") else installer, match[1])
