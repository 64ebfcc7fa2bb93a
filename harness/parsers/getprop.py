"""``getprop``: the system properties (system/core/toolbox/getprop.cpp), one ``[name]: [value]`` a line.

A value may hold line ends; it then ends at the first line that ends with a bracket.
"""

from __future__ import annotations

import re

from harness.parsers.dump import not_a

# [dalvik.vm.heapgrowthlimit]: [192m]
_PROPERTY = re.compile(r"^\[([^\]\n]+)\]: \[(.*?)\]$", re.M | re.S)


def properties(text: str) -> dict[str, str]:
    """Return all properties; raises FormatError if there is none."""
    found = dict(_PROPERTY.findall(text.replace("\r\n", "\n")))
    if not found:
        raise not_a("getprop", text)
    return found
