"""The six ends that a denial may have, told apart by the log and the screen of the seconds after it."""

from dataclasses import dataclass
from enum import StrEnum

from harness.detectors.app_exits import EndCause, ending
from harness.detectors.asks import Ask, Denial, Form, asks, denials, until_next_act
from harness.detectors.function_trials import page_before, walls_between
from harness.dialogs.walls import is_narrower
from harness.events import Event, Instant, ScreenSeen, TextSeen, ToastShown
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline

WATCHED_SECONDS = 10.0
"""How long after a denial its end is looked for: the time in which an exit counts (docs/rules.md 4.1)."""


class End(StrEnum):
    """The end of a denial."""

    SAME_PAGE = "same_page"
    DEGRADED = "degraded"  # it goes on elsewhere, or with less
    WALL = "wall"  # it says that something is closed without the permission
    ASKED_AGAIN = "asked_again"
    LEFT = "left"  # the app is no longer in front, and lives
    GONE = "gone"  # its process ended or hangs


@dataclass(frozen=True, slots=True)
class DenialResponse:
    """The response to one denial; ``facts`` prove it, the denial first."""

    denial: Denial
    end: End
    facts: tuple[Event, ...]


def denial_responses(timeline: Timeline, app: AppUnderTest) -> list[DenialResponse]:
    """One reaction for each denial; none where nothing could be read after it."""
    found = denials(timeline)
    every = asks(timeline, app)
    seen = []
    for number, denial in enumerate(found):
        end = until_next_act(timeline, denial.at, WATCHED_SECONDS)
        if number + 1 < len(found):
            end = min(end, found[number + 1].at)
        reaction = _reaction(timeline, app, denial, end, [ask for ask in every if denial.at < ask.at <= end])
        seen += [reaction] if reaction else []
    return seen


def _reaction(timeline: Timeline, app: AppUnderTest, denial: Denial, end: Instant, later: list[Ask]) -> DenialResponse | None:
    """The gravest of the ends that were seen until ``end``."""
    gone = ending(timeline, app, denial.at, end)
    if gone is not None:
        left = gone.cause in (EndCause.FINISHED, EndCause.MOVED_TO_BACK, EndCause.LEFT)
        return DenialResponse(denial, End.LEFT if left else End.GONE, (denial.fact, *gone.facts))
    again = [ask for ask in later if ask.group in (denial.group, None)]
    plain = [ask for ask in again if ask.form in (Form.SYSTEM, Form.OWN, Form.SUPPRESSED)]
    page = page_before(timeline, app, denial.at)
    walls = walls_between(timeline, app, page, denial.at, end)
    if plain or (again and not walls):
        return DenialResponse(denial, End.ASKED_AGAIN, (denial.fact, *(plain or again)[0].facts))
    if walls:
        return DenialResponse(denial, End.WALL, (denial.fact, walls[0]))
    return _went_on(timeline, app, denial, end, page)


def _went_on(timeline: Timeline, app: AppUnderTest, denial: Denial, end: Instant, page: ScreenSeen | None) -> DenialResponse | None:
    """Whether an app that stayed goes on as before or with less; None where no page of it was read."""
    pages = [seen for seen in timeline.between(denial.at, end, ScreenSeen) if seen.package == app.package and seen.at > denial.at]
    if not pages:
        return None
    known = set(page.text.splitlines()) if page is not None else set()
    readings: list[ScreenSeen | TextSeen | ToastShown] = [*pages, *timeline.between(denial.at, end, TextSeen)]
    readings += timeline.between(denial.at, end, ToastShown)
    less = [seen for seen in readings if any(is_narrower(line) for line in seen.text.splitlines() if line not in known)]
    elsewhere = [seen for seen in pages if page is not None and seen.screen != page.screen]
    if less or elsewhere:
        return DenialResponse(denial, End.DEGRADED, (denial.fact, (less or elsewhere)[0]))
    return DenialResponse(denial, End.SAME_PAGE, (denial.fact, pages[-1]))
