"""Free room of a file system, from toybox ``df -k``."""

import re

# /dev/block/dm-5      1048576     20480   1028096   2% /data    (toybox toys/posix/df.c, show_mt)
_ROW = re.compile(r"\s(\d+)\s+(\d+)\s+(\d+)\s+\d+%\s+/\S*\s*$", re.M)


def parse_size_kb(text: str) -> int | None:
    """Kilobytes of the first file system listed, used and free; None where it is not told."""
    row = _ROW.search(text)
    return int(row[1]) if row else None


def parse_free_kb(text: str) -> int | None:
    """Kilobytes that may still be written on the first file system listed; None where it is not told."""
    row = _ROW.search(text)
    return int(row[3]) if row else None
