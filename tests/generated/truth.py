"""What really happened on the device, by its own account; the harness never sees it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

GROUPS = {  # of the device's accounts: what its dialogs call a group, where that is not what a recipe calls it
    "READ_MEDIA_VISUAL": "STORAGE",
    "READ_MEDIA_AURAL": "STORAGE",
}
NAMES = {
    "android.permission.CAMERA": "CAMERA",
    "android.permission.ACCESS_FINE_LOCATION": "LOCATION",
    "android.permission.READ_CONTACTS": "CONTACTS",
    "android.permission.RECORD_AUDIO": "MICROPHONE",
    "android.permission.WRITE_CALENDAR": "CALENDAR",
    "android.permission.POST_NOTIFICATIONS": "NOTIFICATIONS",
    "android.permission.ACTIVITY_RECOGNITION": "ACTIVITY_RECOGNITION",
    "android.permission.READ_PHONE_STATE": "PHONE",
    "android.permission.READ_MEDIA_IMAGES": "STORAGE",
    "android.permission.READ_EXTERNAL_STORAGE": "STORAGE",
}


@dataclass(frozen=True, slots=True)
class Truth:
    """The account of one device, and the package that it is asked about."""

    rows: Sequence[dict[str, Any]]
    package: str

    def lives(self) -> Iterator[list[dict[str, Any]]]:
        """What happened between two clearings of the app's data."""
        life: list[dict[str, Any]] = []
        for row in self.rows:
            if row["what"] == "clear" and row["package"] == self.package:
                yield life
                life = []
            else:
                life.append(row)
        yield life

    def is_ask(self, row: dict[str, Any], group: str, title: str = "") -> bool:
        """Whether the app asks for the group here: by the system's dialog, in vain, or by a dialog called ``title``."""
        if row.get("package") != self.package:
            return False
        if row["what"] in ("app_dialog", "bottom_sheet"):
            return bool(title) and row["title"] == title
        return row["what"] in ("dialog", "request_suppressed") and group in groups_of(row)

    def is_denial(self, row: dict[str, Any], group: str) -> bool:
        """Whether the user refused the group here."""
        return (
            row["what"] == "answer"
            and row.get("package") == self.package
            and str(row["role"]).startswith("deny")
            and group in groups_of(row)
        )

    def asked(self, group: str) -> int:
        return sum(row["what"] == "dialog" and self.is_ask(row, group) for row in self.rows)

    def after_denial(self, group: str, title: str = "", *, relaunched: bool = False, moved: bool = False) -> tuple[int, int]:
        """The most asks after the first refusal within one life, and how many of them the user saw.

        ``relaunched``: those behind a start of the app's process; ``moved``: those behind a move of the clock.
        """
        return max(self._after(life, group, title, relaunched=relaunched, moved=moved) for life in self.lives())

    def _after(self, life: list[dict[str, Any]], group: str, title: str, *, relaunched: bool, moved: bool) -> tuple[int, int]:
        refused = new = False
        count = seen = 0
        for row in life:
            if self.is_denial(row, group):
                refused = True
            elif (row["what"] == "start" and row["package"] == self.package and not moved) or (row["what"] == "clock" and moved):
                new = refused
            elif refused and self.is_ask(row, group, title) and (new or not (relaunched or moved)):
                count += 1
                seen += row["what"] != "request_suppressed"
        return count, seen

    def denied(self, group: str) -> bool:
        return any(self.is_denial(row, group) for row in self.rows)

    def in_a_minute(self, group: str, title: str = "") -> int:
        """The most asks within 60 s of a refusal, that one's own not counted."""
        times = [row["uptime"] for row in self.rows if self.is_denial(row, group)]
        asks = [row["uptime"] for row in self.rows if self.is_ask(row, group, title)]
        return max((sum(time <= ask <= time + 60 for ask in asks) for time in times), default=0)

    def dialogs(self, title: str) -> int:
        """How often the app showed a dialog with this title."""
        return sum(row["what"] == "app_dialog" and row["package"] == self.package and row["title"] == title for row in self.rows)

    def reads(self, op: str, *, unseen: bool = False) -> int:
        """How often something was read or asked for by this op; ``unseen``: while the app had no window in sight."""
        own = [row for row in self.rows if row["what"] == "app_op" and row["package"] == self.package and row["op"] == op]
        return sum(row["state"] in ("bg", "cch") or not unseen for row in own)

    def pages(self) -> set[str]:
        return {
            row["activity"].rpartition(".")[2] for row in self.rows if row["what"] == "content_shown" and row["package"] == self.package
        }

    def before_home(self, group: str) -> bool:
        """Whether the group was asked for in some life before its home page."""
        for life in self.lives():
            for row in life:
                if row["what"] == "content_shown" and row["package"] == self.package and row["activity"] == "Home":
                    break
                if self.is_ask(row, group):
                    return True
        return False

    def own_starts(self) -> list[str]:
        """What started the app's process that was no act of the user's."""
        found = [row for row in self.rows if row["what"] == "start" and row["package"] == self.package]
        return [row["trigger"] for row in found if row["trigger"] not in ("user", "activity")]

    def woken(self) -> list[tuple[str, float]]:
        """The other apps that it started, each time with the uptime."""
        found = [
            row for row in self.rows if row["what"] == "start" and row.get("caller") == self.package and row["package"] != self.package
        ]
        return [(row["package"], row["uptime"]) for row in found]


def groups_of(row: dict[str, Any]) -> set[str]:
    """The groups that a row of the account is about, as recipes call them."""
    named = {NAMES[name] for name in (*row.get("permissions", ()), row.get("permission", "")) if name in NAMES}
    return named or {GROUPS.get(row.get("group", ""), row.get("group", ""))}
