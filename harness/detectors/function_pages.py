"""Pages that are a function's own and speak of the permission that it needs: they explain, and ask for nothing."""

from harness.events import ActivityResumed, DialogShown, FunctionUsed
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline

LED_SECONDS = 3.0
"""How long a press may take to open its page [PROJECT]."""


def is_function_page(timeline: Timeline, app: AppUnderTest, shown: DialogShown) -> bool:
    """Whether what reads like a prompt is a whole page that our press of a function opened when it first came.

    It stands there again after an answer and after Back, as any page does. One that came by itself asks, and so does a
    card or a sheet, whatever was pressed.
    """
    left, _top, width, height = shown.box
    if left > 0 or height <= width:
        return False
    first = next(each for each in timeline.of(DialogShown) if each.text == shown.text)
    since = first.at.earlier(LED_SECONDS)
    pressed = timeline.between(since, first.at, FunctionUsed)
    opened = timeline.between(pressed[-1].at, first.at, ActivityResumed) if pressed else []
    return any(app.owns(page.component) for page in opened)
