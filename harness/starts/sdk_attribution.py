"""The attribution of a component of the app to the app's own code or to an SDK inside it, as far as class names tell.

Of another app they tell nothing of who called it, and no record that Android keeps of a call names a class of its
caller: of such a start it is told only whose component was at work in the app then (docs/verdicts.md 4.3).
"""

from collections.abc import Iterable

from harness.events import Event, Instant, ProcessStarted, ServiceSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.sdks import load_sdks
from harness.starts.callers import RECORD_AFTER

BEFORE_SECONDS = 5.0
"""How soon before a start of another app a component of an SDK came up in the app to be told beside it [PROJECT]."""
PREFIX_PARTS = 3  # com.vendor.product: what tells foreign code from the app's own where no SDK is known by the name


def sdk_of(component: str | None, app: AppUnderTest) -> str | None:
    """The SDK of a component of the app: by its name, by the class that it extends.

    Where its classes are not the app's, by their beginning. None for a component of another app.
    """
    package, _, name = (component or "").partition("/")
    if package != app.package:
        return None
    name = package + name if name.startswith(".") else name
    known = load_sdks().of_class(name)
    if known is not None:
        return known.name
    extended = dict(app.component_sdks).get(name)
    if extended is not None:
        return extended
    ours = ".".join(app.package.split(".")[:2])
    foreign = not name.startswith((ours + ".", app.package))
    return ".".join(name.split(".")[:PREFIX_PARTS]) if foreign else None


def sdk_of_tag(tag: str) -> str:
    """The SDK that an attribution tag names; empty where our data knows no SDK by it: an app may choose any word."""
    known = load_sdks().of_class(tag)
    return known.name if known is not None else ""


def sdks_of(facts: Iterable[Event], app: AppUnderTest) -> tuple[str, ...]:
    """Return the SDKs that some facts name: of an advert, and of what was started of the app."""
    facts = tuple(facts)
    named = {getattr(fact, "sdk", "") or "" for fact in facts}
    parts = {getattr(fact, "component", None) for fact in facts}
    return tuple(sorted(named - {""} | {sdk for part in parts if (sdk := sdk_of(part, app))}))


def sdk_near(timeline: Timeline, app: AppUnderTest, at: Instant) -> tuple[str, Event] | None:
    """The SDK whose component was at work in the app when a start happened, and the fact that shows it.

    ``am_create_service`` tells no package (ActiveServices.java cuts the name at its last period): the service records
    do.
    """
    since = at.earlier(BEFORE_SECONDS)
    until = at.later(RECORD_AFTER)
    facts: list[ProcessStarted | ServiceSeen] = [*timeline.between(since, at, ProcessStarted), *timeline.between(at, until, ServiceSeen)]
    for fact in facts:
        sdk = sdk_of(fact.component, app) if fact.package == app.package else None
        if sdk is not None:
            return sdk, fact
    return None
