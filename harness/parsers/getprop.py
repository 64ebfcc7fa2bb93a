"""``getprop``: the system properties (system/core/toolbox/getprop.cpp), one ``[name]: [value]`` a line.

A value may hold line ends; it then ends at the first line that ends with a bracket. ``getprop -T`` and ``-Z`` print
types and contexts in the same form. A bugreport has them below ``SYSTEM PROPERTIES`` (dumpstate.cpp of
frameworks/native/cmds/dumpstate).
"""

import re
from collections.abc import Iterable, Iterator

from harness.parsers.dump_sections import Unread, not_a, report_section

# [dalvik.vm.heapgrowthlimit]: [192m]
_PROPERTY = re.compile(r"\[([^\]\n]+)\]: \[(.*)$")
# ------ SYSTEM PROPERTIES (getprop) ------
_SECTION = re.compile(r"------ .*\(getprop\) ------\s*$")
_MOST_SAMPLE = 4000  # characters before the first property
_MOST_VALUE = 200  # lines of one value


def properties(text: str) -> dict[str, str]:
    """All properties by name; raises FormatError for another text.

    None where nothing is printed: a phone that tells none can be tested all the same.
    """
    if not text.strip():
        return {}
    found = read_properties(text.replace("\r\n", "\n").split("\n"))
    return dict(item for item in found if not isinstance(item, Unread))


def read_properties(lines: Iterable[str]) -> Iterator[tuple[str, str] | Unread]:
    """Yield names and values one by one; raises FormatError if there is none."""
    sample, any_found = "", False
    name = ""
    value: list[str] = []
    for line in report_section(lines, "getprop", _SECTION):
        begin = _PROPERTY.match(line.lstrip("\ufeff"))
        if begin:
            if value:
                yield Unread(f"[{name}]")
            name, value = begin[1], [begin[2]]
        elif value and len(value) < _MOST_VALUE:
            value.append(line)
        elif line.strip() and any_found:
            yield Unread(line)
        elif len(sample) < _MOST_SAMPLE:
            sample += line + "\n"
        else:
            break
        if value and value[-1].endswith("]"):
            yield name, "\n".join(value)[:-1]
            any_found, value = True, []
    if not any_found:
        raise not_a("getprop", sample)
