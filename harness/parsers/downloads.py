"""``dumpsys activity provider com.android.providers.downloads/.DownloadProvider``: downloads of the last hour.

Source: packages/providers/DownloadProvider/src/com/android/providers/downloads/DownloadProvider.java, dump; the same in
8.1, 10, 13 and 14. It prints every column of the row as ``name=value``; a long address is cut at 120 characters. Only
downloads by Android's DownloadManager are rows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, blocks, int_or_none, section, text_or_none, until_repeated
from harness.parsers.log_fields import user_or_none
from harness.parsers.wrapped_lines import uncut

# Downloads updated in last hour:
_HEADING = re.compile(r" *Downloads updated in last hour:")
_HEADING_LINE = re.compile(_HEADING.pattern, re.M)
# No providers match: com.android...            ActivityManagerService.java, doDump; the same from 8 to 16
# PROVIDER ContentProviderRecord{d79e297 u0 com.android...} pid=(not running)      ProviderMap.java, dumpProvider
_NOT_RUNNING = re.compile(r"^No providers match|^PROVIDER .* pid=\(not running\)", re.M)
#   Download #12:
_RECORD = re.compile(r"(?P<indent> *)Download #(?P<id>\d+):\s*$")
#     _id=12 uri=https://...
_ID = re.compile(r" *_id=\d+ ")
# The columns of the table (Downloads.java and Constants.java there); a value ends where the next of them begins.
_COLUMNS = (
    "_id|uri|method|entity|no_integrity|hint|otaupdate|_data|mimetype|destination|no_system|visibility|control|status"
    "|numfailed|lastmod|notificationpackage|notificationclass|notificationextras|cookiedata|useragent|referer|total_bytes"
    "|current_bytes|etag|uid|otheruid|title|description|scanned|is_public_api|allow_roaming|allowed_network_types"
    "|is_visible_in_downloads_ui|bypass_recommended_size_limit|mediaprovider_uri|deleted|errorMsg|allow_metered|allow_write"
    "|flags|mediastore_uri|_display_name|last_updateSrc"
)
_COLUMN = re.compile(rf"(?:^|\s)({_COLUMNS})=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Download(Record):
    """One row. ``status`` is Android's (190 pending, 192 running, 200 done, 4xx failed), ``control`` 1 for a pause.

    ``last_modified_ms`` since 1970. ``media_uri`` is its file in MediaStore, since 10.
    """

    kind: ClassVar[str] = "download_enqueued"
    id: int
    uid: int | None
    user: int | None
    package: str | None
    uri: str | None
    path: str | None
    mime_type: str | None
    title: str | None
    status: int | None
    control: int | None
    visibility: int | None
    total_bytes: int | None
    current_bytes: int | None
    last_modified_ms: int | None
    media_uri: str | None


def downloads(lines: Iterable[str]) -> Iterator[Download | Unread]:
    """Read the dump; raises FormatError for another text."""
    for head, body in blocks(section(lines, "the dump of DownloadProvider", _HEADING), _RECORD):
        row = _row("\n".join(uncut(until_repeated(body, _ID), len(head["indent"]) + 2)))
        if row.get("_id") != head["id"]:  # the row is cut
            yield Unread(head[0])
            continue
        yield _download(int(head["id"]), row)


def running_downloads(text: str) -> list[Download]:
    """The rows of a reading; none where the provider does not run, for then nothing loads by it.

    Raises FormatError for another text.
    """
    if _NOT_RUNNING.search(text) and not _HEADING_LINE.search(text):
        return []
    return [row for row in downloads(text.splitlines()) if isinstance(row, Download)]


def _row(text: str) -> dict[str, str]:
    """Values by column. The app chooses titles and addresses: a column that seems to come twice is not believed."""
    marks = list(_COLUMN.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    found = Counter(mark[1] for mark in marks)
    pairs = zip(marks, ends, strict=False)
    return {mark[1]: text[mark.end() : end].strip() for mark, end in pairs if found[mark[1]] == 1}


def _download(number: int, row: dict[str, str]) -> Download:
    uid = int_or_none(row.get("uid"))
    return Download(
        id=number,
        uid=uid,
        user=user_or_none(uid),
        package=text_or_none(row.get("notificationpackage")),
        uri=text_or_none(row.get("uri")),
        path=text_or_none(row.get("_data")),
        mime_type=text_or_none(row.get("mimetype")),
        title=text_or_none(row.get("title")),
        status=int_or_none(row.get("status")),
        control=int_or_none(row.get("control")),
        visibility=int_or_none(row.get("visibility")),
        total_bytes=int_or_none(row.get("total_bytes")),
        current_bytes=int_or_none(row.get("current_bytes")),
        last_modified_ms=int_or_none(row.get("lastmod")),
        media_uri=text_or_none(row.get("mediastore_uri")),
    )
