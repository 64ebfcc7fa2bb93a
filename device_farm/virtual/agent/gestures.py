"""Calls that touch the screen or type. A gesture takes no time here: what it causes has happened when it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.agent.faults import InvalidParams
from device_farm.virtual.agent.params import flag, integer, number, point, text
from device_farm.virtual.agent.queries import scroll_until
from device_farm.virtual.screen import TOUCH_SLOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.agent.server import Server
    from device_farm.virtual.screen.nodes import Node

DOWN, UP, MOVE = 0, 1, 2  # MotionEvent.ACTION_*
MAX_POINTS = 10_000
TO_THE_END = 1 << 30  # pixels


def _middle(node: Node) -> tuple[float, float]:
    return (node.bounds.left + node.bounds.right) // 2, (node.bounds.top + node.bounds.bottom) // 2


def click(server: Server, *params: object) -> bool:
    """(x, y), (x, y, milliseconds), (target) or (target, corner); False outside the screen."""
    if len(params) in (2, 3) and not isinstance(params[0], (dict, str)):
        x, y = integer(params[0]), integer(params[1])
        if len(params) == 3:
            number(params[2])
        return _tap(server, x, y, long=len(params) == 3)
    return _click_target(server, params, long=False)


def long_click(server: Server, *params: object) -> bool:
    """(target) or (target, corner)."""
    return _click_target(server, params, long=True)


def _click_target(server: Server, params: tuple[object, ...], *, long: bool) -> bool:
    if len(params) not in (1, 2):
        raise InvalidParams(f"{len(params)} parameters")
    node = server.one(params[0])
    x, y = _middle(node)
    corner = text(params[1]) if len(params) == 2 else "center"
    if corner in ("tl", "topleft"):
        x, y = node.bounds.left + 5, node.bounds.top + 5
    elif corner in ("br", "bottomright"):
        x, y = node.bounds.right - 5, node.bounds.bottom - 5
    return _tap(server, x, y, long=long)


def _tap(server: Server, x: float, y: float, *, long: bool = False) -> bool:
    if not (0 <= x < server.screen.width and 0 <= y < server.screen.height):
        return False
    (server.screen.long_press if long else server.screen.tap)(x, y)
    return True


async def click_and_wait_for_new_window(server: Server, target: object, timeout_ms: object) -> bool:
    """Click, then wait until a window appears or changes."""
    limit = number(timeout_ms)
    before = server.screen.signature()
    _click_target(server, (target,), long=False)
    return await server.until(lambda: server.screen.signature() != before, limit)


def swipe(server: Server, *params: object) -> bool:
    """(x1, y1, x2, y2, steps), (target, direction, steps) or (target, direction, percent, steps)."""
    if len(params) == 5:
        x1, y1, x2, y2, _steps = (integer(value) for value in params)
        server.screen.swipe(x1, y1, x2, y2)
        return True
    if len(params) not in (3, 4):
        raise InvalidParams(f"{len(params)} parameters")
    part = number(params[2]) if len(params) == 4 else 0.9
    integer(params[-1])
    node = server.one(params[0])
    x, y = _middle(node)
    dx = (node.bounds.right - node.bounds.left) * part / 2
    dy = (node.bounds.bottom - node.bounds.top) * part / 2
    ways = {"up": (0, -dy), "down": (0, dy), "left": (-dx, 0.0), "right": (dx, 0.0)}
    way = ways.get(text(params[1]))
    if way is None:
        return False
    server.screen.swipe(x - way[0], y - way[1], x + way[0], y + way[1])
    return True


def swipe_points(server: Server, points: object, steps: object) -> bool:
    """A finger along x, y, x, y ..."""
    integer(steps)
    if not isinstance(points, list) or len(points) > MAX_POINTS:
        raise InvalidParams("not a list of points")
    numbers = [number(value) for value in points]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    if pairs:
        server.screen.swipe(*pairs[0], *pairs[-1])
    return True


def drag(server: Server, x1: object, y1: object, x2: object, y2: object, steps: object) -> bool:
    """As a swipe."""
    return swipe(server, x1, y1, x2, y2, steps)


def drag_to(server: Server, *params: object) -> bool:
    """(target, x, y, steps) or (target, other target, steps)."""
    if len(params) == 4:
        end = (number(params[1]), number(params[2]))
    elif len(params) == 3:
        end = _middle(server.one(params[1]))
    else:
        raise InvalidParams(f"{len(params)} parameters")
    integer(params[-1])
    server.screen.swipe(*_middle(server.one(params[0])), *end)
    return True


def gesture(
    server: Server, target: object, start1: object, start2: object, end1: object, end2: object, steps: object
) -> bool:
    """Two fingers over an object; the first one counts."""
    integer(steps)
    for other in (start2, end2):
        point(other)
    server.one(target)
    server.screen.swipe(*point(start1), *point(end1))
    return True


def pinch(server: Server, target: object, percent: object, steps: object) -> bool:
    """Two fingers together or apart: nothing here zooms."""
    integer(percent)
    integer(steps)
    server.one(target)
    return True


def inject_input_event(server: Server, action: object, x: object, y: object, meta_state: object) -> bool:
    """A single event of a touch: the finger goes down, moves or comes up."""
    where, what = (number(x), number(y)), integer(action)
    integer(meta_state)
    if what == DOWN:
        server.finger = where
    elif what == UP and server.finger is not None:
        start, server.finger = server.finger, None
        if max(abs(start[0] - where[0]), abs(start[1] - where[1])) < TOUCH_SLOP:
            return _tap(server, *where)
        server.screen.swipe(*start, *where)
    return what in (DOWN, UP, MOVE)


def _scroll(server: Server, target: object, vertical: object, pixels: float) -> bool:
    """Scroll by a part of the object's height (below 10) or by pixels; False at the end or where nothing scrolls."""
    node = server.one(target)
    if not flag(vertical) or node.placed is None:
        return False
    height = node.bounds.bottom - node.bounds.top
    return server.screen.scroll_by(node.window, node.placed, round(pixels * height if abs(pixels) < 10 else pixels))


def forward(server: Server, target: object, vertical: object, steps: object = 0) -> bool:
    """Scroll on; whether it moved."""
    integer(steps)
    return _scroll(server, target, vertical, 0.8)


def backward(server: Server, target: object, vertical: object, steps: object = 0) -> bool:
    """Scroll back; whether it moved."""
    integer(steps)
    return _scroll(server, target, vertical, -0.8)


def to_end(server: Server, target: object, vertical: object, swipes: object, steps: object = 0) -> bool:
    """Scroll to the end."""
    integer(swipes)
    integer(steps)
    return _scroll(server, target, vertical, TO_THE_END)


def to_beginning(server: Server, target: object, vertical: object, swipes: object, steps: object = 0) -> bool:
    """Scroll to the beginning."""
    integer(swipes)
    integer(steps)
    return _scroll(server, target, vertical, -TO_THE_END)


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
    """Empty a field."""
    set_text(server, target, "")


METHODS: dict[str, Callable[..., object]] = {
    "click": click,
    "longClick": long_click,
    "clickAndWaitForNewWindow": click_and_wait_for_new_window,
    "swipe": swipe,
    "swipePoints": swipe_points,
    "drag": drag,
    "dragTo": drag_to,
    "gesture": gesture,
    "pinchIn": pinch,
    "pinchOut": pinch,
    "injectInputEvent": inject_input_event,
    "scrollForward": forward,
    "scrollBackward": backward,
    "scrollToEnd": to_end,
    "scrollToBeginning": to_beginning,
    "flingForward": forward,
    "flingBackward": backward,
    "flingToEnd": to_end,
    "flingToBeginning": to_beginning,
    "scrollTo": scroll_to,
    "setText": set_text,
    "clearTextField": clear_text_field,
}
