"""What on a phone tells of its owner, and texts without it: words of this very phone, patterns, foreign packages.

The words are read to be struck out and are written nowhere. A sieve lets through what nobody thought of: what goes into
a pack is chosen first (``phone_pack``), and struck out second.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from harness.custody.redaction_terms import RedactionTerms
from harness.device.protocol import Device, run_together

MARK = "***"
SHORTEST = 3
"""Signs of a word [PROJECT]: a phone that is called A would black out every A."""
_SETTINGS = (("secure", "android_id"), ("secure", "bluetooth_name"), ("secure", "bluetooth_address"), ("global", "device_name"))
_ACCOUNT = re.compile(r"Account \{name=(.*?), type=")  # Account.java, toString
_QUOTED = re.compile(r'"([^"\n]+)"')  # WifiInfo.java, WifiConfiguration.java: SSID: "name"
_TELLING = re.compile(r"serial|imei|imsi|meid|iccid|msisdn|mac$|macaddr|uuid|udid|phone_?number|android_?id", re.IGNORECASE)
"""In the names of properties that tell one piece from another."""
_PATTERNS = re.compile(
    r"""
    [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                # mail
  | (?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}                     # MAC, BSSID
  | [0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}        # UUID: advertising ids
  | (?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{1,4}:){4,7}[0-9A-Fa-f]{1,4}  # IPv6
  | (?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])                  # IPv4
  | (?<![0-9A-Fa-f])[0-9a-f]{32,}(?![0-9A-Fa-f])                # OAID, hashes
  | (?<!\d)\d{14,20}(?!\d)                                      # IMEI, IMSI, ICCID
  | \b[0-9A-F]{14}\b                                            # MEID
  | (?<![\w.])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![\w.]) # Chinese mobile numbers
  | \+\d[\d -]{7,}\d                                            # others
    """,
    re.VERBOSE,
)
_PACKAGE = re.compile(r"(?<![\w.$/])[A-Za-z]\w*(?:\.[A-Za-z]\w*){2,}")  # each part begins with a letter: TQ3A.230901.001 is none
_OURS = ("org.apprights.", "android.", "com.android.", "java.", "javax.", "kotlin.", "dalvik.")


def tells(name: str) -> bool:
    """Whether a property's name says that its value tells one piece from another."""
    return _TELLING.search(name) is not None


class OwnerWords:
    """Strikes out of texts what tells of the owner; ``system`` are the packages that came with the phone."""

    def __init__(self, words: Iterable[str], system: Collection[str]) -> None:
        self._terms = RedactionTerms(word for word in words if len(word.strip()) >= SHORTEST)
        self._system = frozenset(system)

    def without(self, text: str) -> str:
        known = self._terms.marked(text.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
        return _PACKAGE.sub(self._package, _PATTERNS.sub(MARK, known))

    def values(self, value: Any) -> Any:
        """Plain data of ours with every text in it as ``without`` has it; names stay."""
        if isinstance(value, dict):
            return {name: self.values(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.values(each) for each in value]
        return self.without(str(value)) if isinstance(value, str) else value

    def _package(self, match: re.Match[str]) -> str:
        name = match[0]
        parts = name.split(".")
        came = any(".".join(parts[:count]) in self._system for count in range(2, len(parts) + 1))
        return name if came or name.startswith(_OURS) else MARK


def owner_words(device: Device, properties: Mapping[str, str]) -> OwnerWords:
    """What this phone has that tells of its owner; what it does not let be read is known by its pattern alone."""
    settings = [["settings", "get", *key] for key in _SETTINGS]
    lists = [["pm", "list", "packages", kind] for kind in ("-3", "-s")]
    others = [["dumpsys", "account"], ["sh", "-c", "dumpsys wifi | grep -i ssid"]]
    *told, third, system, accounts, networks = (answer.stdout for answer in run_together(device, [*settings, *lists, *others]))
    kinds = {value for name, value in properties.items() if name.startswith(("ro.product.", "ro.build."))}
    words = {line.strip() for text in told for line in text.splitlines()} - kinds - {"null"}  # a phone that is called as its model is
    words |= {value for name, value in properties.items() if tells(name) and any(map(str.isdigit, value)) and len(value) > 4}
    words |= {device.serial, *_packages(third), *_ACCOUNT.findall(accounts), *_QUOTED.findall(networks)}
    ours = {word for word in words if word.startswith(_OURS)}
    return OwnerWords(words - ours, _packages(system))


def _packages(text: str) -> set[str]:
    return {line.removeprefix("package:").strip() for line in text.splitlines() if line.startswith("package:")}
