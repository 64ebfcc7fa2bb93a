"""The listing of an app in an app store: docs/virtual-app.md, "The app store"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_PACKAGE = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+")


@dataclass(frozen=True)
class StoreListing:
    """One page of the store. ``size`` is bytes; ``fast`` and ``delivers`` are packages of other listings.

    ``uses``: what the app does with some of its permissions ({CAMERA: "用于扫码"}), behind their names in the list.
    ``fast`` (or a label and a package) is what the button 高速下载 loads beside 普通下载, ``delivers`` what comes
    instead of what the page says. ``login``: 安装 leads to a page that wants an account, and nothing is loaded.
    """

    package: str
    label: str
    developer: str = ""
    contact: str = ""
    filing: str = ""
    version_name: str = "1.0"
    version_code: int = 1
    size: int = 30_000_000
    permissions: Sequence[str] = ()
    uses: Mapping[str, str] = field(default_factory=dict)
    privacy_policy: str = ""
    description: str = ""
    icon: str | None = None
    signer: str | None = None
    fast: str | tuple[str, str] | None = None
    delivers: str | None = None
    login: bool = False
    bytes_per_second: float = 5_000_000

    def __post_init__(self) -> None:
        """Refuse what no store could show."""
        fast = self.fast[-1] if isinstance(self.fast, tuple) else self.fast
        for name in (self.package, self.delivers, fast):
            if name is not None and not _PACKAGE.fullmatch(str(name)):
                raise ValueError(f"StoreListing: {name!r} is no package name like com.example.shop")
        if not isinstance(self.permissions, (tuple, list)):
            raise ValueError("StoreListing: permissions is a list of permissions")
        if not isinstance(self.uses, dict) or not self.uses.keys() <= set(self.permissions):
            raise ValueError("StoreListing: uses are of its permissions, each with a text")
        if type(self.size) is not int or self.size < 0 or not self.bytes_per_second > 0:
            raise ValueError("StoreListing: size and bytes_per_second are numbers above 0")
