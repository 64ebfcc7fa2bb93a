"""``pm list packages [-U] [-i] [-f] [--show-versioncode]``: packages with their uids and installers.

Source: frameworks/base/services/core/java/com/android/server/pm/PackageManagerShellCommand.java, runListPackages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.parsers.dump import not_a

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


def listed_packages(text: str) -> list[ListedPackage]:
    """Read all lines; raises FormatError at the first that is none of them, or for an empty text."""
    packages = []
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    for line in lines:
        match = _LINE.match(line)
        if match is None:
            raise not_a("pm list packages", line)
        options = dict(re.split("[=:]", option, maxsplit=1) for option in match[3].split())
        installer = options.get("installer")
        uids = tuple(int(uid) for uid in options.get("uid", "").split(",") if uid.isdigit())
        packages.append(ListedPackage(match[2], uids, None if installer in (None, "null") else installer, match[1]))
    if not packages:
        raise not_a("pm list packages", text)
    return packages
