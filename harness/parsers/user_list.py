"""Users of ``pm list users``: the owner, second spaces, and the clones that ROMs keep apps twice for.

Format: frameworks/base PackageManagerShellCommand.java runListUsers, UserInfo.java toString.
"""

import re

# <tab>UserInfo{999:XSpace:801010} running
_USER = re.compile(r"UserInfo\{(\d{1,6}):")


def user_numbers(text: str) -> tuple[int, ...]:
    """The numbers of the users; empty where none is told."""
    return tuple(int(number) for number in _USER.findall(text))
