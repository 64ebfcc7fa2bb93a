"""Pages of plain data: templates of our own, one language at a time, everything from outside escaped and cut."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import harness
from device_farm.morning.deadlines import BEIJING
from harness.console import neutral
from harness.language import LANGUAGES, chosen

if TYPE_CHECKING:
    from starlette.requests import Request

TEMPLATES = Path(__file__).with_name("templates")
STYLE = Path(harness.__file__).with_name("report") / "templates" / "style.css"
"""The look of a report, which a page of the farm shares."""
MOST_SIGNS = 600
"""Of one text on a page; the run folder has the whole."""
LONGEST_NAME = 60
"""Signs of what an app calls itself."""
PICTURES = (".png", ".webp", ".jpg")
LANGUAGE_COOKIE = "apprights_language"
STATIC = {
    "style.css": ("text/css", (STYLE, TEMPLATES / "farm.css")),
    "farm.js": ("text/javascript", (TEMPLATES / "farm.js",)),
    "icon.svg": ("image/svg+xml", (TEMPLATES / "icon.svg",)),
}
MENU = (
    ("/", "今晚", "Tonight"),
    ("/phones", "手机", "Phones"),
    ("/apps", "应用", "Apps"),
    ("/findings", "问题", "Findings"),
    ("/queue", "队列", "Queue"),
    ("/submit", "提交", "Submit"),
    ("/deadlines", "整改期限", "Deadlines"),
    ("/leads", "线索", "Leads"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """The language of a page; in templates ``t(zh, en)``."""

    language: str

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def when(self, moment: datetime | None) -> str:
        """A moment on the clock of Beijing, to the minute."""
        return "" if moment is None else f"{moment.astimezone(BEIJING):%m-%d %H:%M}"

    def lasting(self, seconds: float) -> str:
        minutes, rest = divmod(max(0, round(seconds)), 60)
        if minutes >= 60:
            return self(f"{minutes // 60} 小时 {minutes % 60} 分", f"{minutes // 60} h {minutes % 60} min")
        return self(f"{minutes} 分 {rest} 秒", f"{minutes} min {rest} s") if minutes else self(f"{rest} 秒", f"{rest} s")

    def ago(self, moment: datetime | None, now: datetime | None = None) -> str:
        if moment is None:
            return ""
        return self.lasting(((now or datetime.now(UTC)) - moment).total_seconds()) + self("前", " ago")


def language_of(request: Request) -> str:
    """The language of an answer: what its address says, what was chosen before, what the browser likes, this run's."""
    for said in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if said in LANGUAGES:
            return str(said)
    for part in request.headers.get("accept-language", "")[:200].lower().split(","):
        if (liked := part.strip()[:2]) in LANGUAGES:
            return liked
    return chosen()


def page(name: str, language: str, **values: Any) -> str:
    """Render a page; everything in ``values`` is escaped."""
    return _environment().get_template(name).render(t=Words(language), language=language, **values)


def static_text(name: str) -> bytes:
    """A file of ours that pages ask for."""
    return "\n".join(path.read_text(encoding="utf-8") for path in STATIC[name][1]).encode()


@cache
def static_mark(name: str) -> str:
    """What changes when the file does, so that a browser may keep it for ever."""
    return hashlib.sha256(static_text(name)).hexdigest()[:12]


def address(path: str, **query: object) -> str:
    """An address of ours with what is asked; empty values are left out."""
    asked = urlencode({name: value for name, value in query.items() if value not in ("", None)})
    return f"{path}?{asked}" if asked else path


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=partial(neutral, most=MOST_SIGNS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"short": _short, "merged": lambda query, **more: dict(query) | more, "values": _values}
    made.tests["picture"] = lambda path: PurePosixPath(str(path)).suffix.lower() in PICTURES
    made.globals |= {"static_mark": static_mark, "menu": MENU, "version": harness.__version__, "address": address}
    return made


def _short(name: str) -> str:
    """What an app calls itself, as long as a name may be on a page; the run folder has the whole."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _values(schema: dict[str, Any]) -> str:
    """What a parameter may be, of its JSON schema, in one line."""
    kinds = schema.get("anyOf", [schema])
    names = [str(kind.get("$ref", "")).rpartition("/")[2] or " | ".join(kind.get("enum", [])) or kind.get("type", "") for kind in kinds]
    return ", ".join(name for name in names if name and name != "null")
