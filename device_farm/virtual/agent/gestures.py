"""Calls that touch the screen or type.

A gesture takes the time it takes on a phone, and what it causes has happened when it returns. Times:
InteractionController and ViewConfiguration (androidx.test.uiautomator of the server's jar; frameworks/base
core/java/android/view).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from device_farm.virtual.agent.java_errors import InvalidParams, by_name, flag, integer, number, point, text
from device_farm.virtual.agent.screen_queries import scroll_until
from device_farm.virtual.screen.accessibility_nodes import Node

if TYPE_CHECKING:
    from device_farm.virtual.agent.uiautomator2_server import Server

DOWN, UP, MOVE = 0, 1, 2  # MotionEvent.ACTION_*
MAX_POINTS = 10_000
STEP_MS = 5.0  # MOTION_EVENT_INJECTION_DELAY_MILLIS: between two positions of a finger that moves
LONG_PRESS_MS = 500.0  # a little more than ViewConfiguration.DEFAULT_LONG_PRESS_TIMEOUT, as the server waits
FLING_STEPS = 5  # UiScrollable.FLING_STEPS


def _middle(node: Node) -> tuple[float, float]:
    return (node.bounds.left + node.bounds.right) // 2, (node.bounds.top + node.bounds.bottom) // 2


async def click(server: Server, *params: object) -> bool:
    """(x, y), (x, y, milliseconds), (target) or (target, corner); False outside the screen."""
    if len(params) in (2, 3) and not isinstance(params[0], (dict, str)):
        x, y = integer(params[0]), integer(params[1])
        return await _tap(server, x, y, number(params[2]) if len(params) == 3 else None)
    return await _click_target(server, params)


async def long_click(server: Server, *params: object) -> bool:
    """(target) or (target, corner)."""
    return await _click_target(server, params, LONG_PRESS_MS)


async def _click_target(server: Server, params: tuple[object, ...], held_ms: float | None = None) -> bool:
    if len(params) not in (1, 2):
        raise InvalidParams(f"{len(params)} parameters")
    node = server.one(params[0])
    x, y = _middle(node)
    corner = text(params[1]) if len(params) == 2 else "center"
    if corner in ("tl", "topleft"):
        x, y = node.bounds.left + 5, node.bounds.top + 5
    elif corner in ("br", "bottomright"):
        x, y = node.bounds.right - 5, node.bounds.bottom - 5
    return await _tap(server, x, y, held_ms)


async def _tap(server: Server, x: float, y: float, held_ms: float | None) -> bool:
    """A finger down and up; ``held_ms`` are those between, None for a tap as short as one can be."""
    if not (0 <= x < server.screen.width and 0 <= y < server.screen.height):
        return False
    if held_ms is None:
        server.screen.tap(x, y)
    else:
        await server.pass_time(held_ms)
        server.screen.long_press(x, y)
    return True


async def click_and_wait_for_new_window(server: Server, target: object, timeout_ms: object) -> bool:
    """Click, then wait until a window appears or changes."""
    limit = number(timeout_ms)
    before = server.screen.signature()
    await _click_target(server, (target,))
    return await server.until(lambda: server.screen.signature() != before, limit)


async def _swipe(server: Server, start: tuple[float, float], end: tuple[float, float], steps: int, held_ms: float = 0.0) -> bool:
    """A finger from ``start`` to ``end``; what it scrolls has moved when it is up again."""
    await server.pass_time(held_ms + max(1, steps) * STEP_MS)
    server.screen.swipe(*start, *end)
    return True


async def swipe(server: Server, *params: object) -> bool:
    """(x1, y1, x2, y2, steps), (target, direction, steps) or (target, direction, percent, steps)."""
    if len(params) == 5:
        x1, y1, x2, y2, steps = (integer(value) for value in params)
        return await _swipe(server, (x1, y1), (x2, y2), steps)
    if len(params) not in (3, 4):
        raise InvalidParams(f"{len(params)} parameters")
    part = number(params[2]) if len(params) == 4 else 0.9
    steps = integer(params[-1])
    node = server.one(params[0])
    x, y = _middle(node)
    dx = (node.bounds.right - node.bounds.left) * part / 2
    dy = (node.bounds.bottom - node.bounds.top) * part / 2
    ways = {"up": (0, -dy), "down": (0, dy), "left": (-dx, 0.0), "right": (dx, 0.0)}
    way = ways.get(text(params[1]))
    if way is None:
        return False
    return await _swipe(server, (x - way[0], y - way[1]), (x + way[0], y + way[1]), steps)


async def swipe_points(server: Server, points: object, steps: object) -> bool:
    """A finger along x, y, x, y ..., ``steps`` from each point to the next."""
    if not isinstance(points, list) or len(points) > MAX_POINTS:
        raise InvalidParams("not a list of points")
    numbers = [number(value) for value in points]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    segment = max(1, integer(steps))
    return not pairs or await _swipe(server, pairs[0], pairs[-1], segment * (len(pairs) - 1))


async def drag(server: Server, x1: object, y1: object, x2: object, y2: object, steps: object) -> bool:
    """A swipe that holds first for as long as a long press."""
    start, end = (integer(x1), integer(y1)), (integer(x2), integer(y2))
    return await _swipe(server, start, end, integer(steps), LONG_PRESS_MS)


async def drag_to(server: Server, *params: object) -> bool:
    """(target, x, y, steps) or (target, other target, steps)."""
    if len(params) == 4:
        end = (number(params[1]), number(params[2]))
    elif len(params) == 3:
        end = _middle(server.one(params[1]))
    else:
        raise InvalidParams(f"{len(params)} parameters")
    return await _swipe(server, _middle(server.one(params[0])), end, integer(params[-1]), LONG_PRESS_MS)


async def gesture(server: Server, target: object, start1: object, start2: object, end1: object, end2: object, steps: object) -> bool:
    """Two fingers over an object; the first one counts."""
    for other in (start2, end2):
        point(other)
    server.one(target)
    return await _swipe(server, point(start1), point(end1), integer(steps))


async def pinch(server: Server, target: object, percent: object, steps: object) -> bool:
    """Two fingers together or apart: nothing here zooms."""
    integer(percent)
    server.one(target)
    await server.pass_time(max(1, integer(steps)) * STEP_MS)
    return True


def inject_input_event(server: Server, action: object, x: object, y: object, meta_state: object) -> bool:
    """A single event of a touch: the finger goes down, moves or comes up."""
    where, what = (number(x), number(y)), integer(action)
    integer(meta_state)
    if what == DOWN:
        server.screen.finger_down(*where)
    elif what == UP:
        server.screen.finger_up(*where)
    return what in (DOWN, UP, MOVE)


async def _scroll(server: Server, target: object, vertical: object, pixels: float, steps: int) -> bool:
    """Scroll by a part of the object's height (below 10) or by pixels; False at the end or where nothing scrolls."""
    node = server.one(target)
    if node.placed is None:
        return False
    await server.pass_time(max(1, steps) * STEP_MS)
    if not flag(vertical):
        return server.screen.turn_page(node.window, node.placed, 1 if pixels > 0 else -1)
    height = node.bounds.bottom - node.bounds.top
    return server.screen.scroll_by(node.window, node.placed, round(pixels * height if abs(pixels) < 10 else pixels))


async def scroll_forward(server: Server, target: object, vertical: object, steps: object = FLING_STEPS) -> bool:
    """Scroll on; whether it moved."""
    return await _scroll(server, target, vertical, 0.8, integer(steps))


async def scroll_backward(server: Server, target: object, vertical: object, steps: object = FLING_STEPS) -> bool:
    """Scroll back; whether it moved."""
    return await _scroll(server, target, vertical, -0.8, integer(steps))


async def scroll_to_end(server: Server, target: object, vertical: object, swipes: object, steps: object = FLING_STEPS) -> bool:
    """Scroll to the end, with at most so many swipes."""
    return await _scroll_on(server, target, vertical, 0.8, integer(swipes), integer(steps))


async def scroll_to_beginning(server: Server, target: object, vertical: object, swipes: object, steps: object = FLING_STEPS) -> bool:
    """Scroll to the beginning, with at most so many swipes."""
    return await _scroll_on(server, target, vertical, -0.8, integer(swipes), integer(steps))


async def _scroll_on(server: Server, target: object, vertical: object, part: float, swipes: int, steps: int) -> bool:
    """Scroll until nothing moves, at most ``swipes`` times; True whatever came of it (UiScrollable.scrollToEnd)."""
    for _ in range(swipes):
        if not await _scroll(server, target, vertical, part, steps):
            break
    return True


def scroll_to(server: Server, target: object, child: object, vertical: object) -> bool:
    """Scroll until the second selector is there."""
    node = server.one(target)
    return server.find(child) is not None or (flag(vertical) and scroll_until(server, node, lambda: server.find(child)))


def set_text(server: Server, target: object, value: object) -> bool:
    """Replace the content of a field; False for what is no field."""
    content = text(value)
    node = server.one(target)
    return node.placed is not None and server.screen.set_text(node.window, node.placed.widget, content)


def clear_text_field(server: Server, target: object) -> None:
    set_text(server, target, "")


METHODS: dict[str, Callable[..., object]] = by_name(
    click, long_click, click_and_wait_for_new_window, swipe, swipe_points, drag, drag_to, gesture, inject_input_event,
    scroll_forward, scroll_backward, scroll_to_end, scroll_to_beginning, scroll_to, set_text, clear_text_field,
) | {
    "pinchIn": pinch, "pinchOut": pinch, "flingForward": scroll_forward, "flingBackward": scroll_backward,
    "flingToEnd": scroll_to_end, "flingToBeginning": scroll_to_beginning,
}  # fmt: skip
