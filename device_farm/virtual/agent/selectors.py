"""Selectors as the client encodes them, and the search for what they select.

The server turns a plain selector into a BySelector (searches every window, UiObject2) and one with an index, an
instance, children or siblings into a UiSelector (searches the active window, UiObject). The two differ: UiSelector's
textContains and textStartsWith ignore case, and its search follows child and sibling steps in sequence
(UiSelector.java, QueryController.java and ByMatcher.java of androidx.test.uiautomator).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from device_farm.virtual.agent.java_errors import InvalidParams, JavaError
from device_farm.virtual.screen.accessibility_nodes import Node

MAX_STEPS = 16  # child and sibling steps of one selector
MAX_VISITS = 200_000  # nodes that one search looks at
MAX_PATTERN = 2_000  # characters of a regular expression
MAX_MATCHED_TEXT = 4_000  # characters of a node's text that a regular expression sees

# bit, name in the JSON, the node's attribute, how they are compared (Selector.java of the server)
_CRITERIA: tuple[tuple[int, str, str, str], ...] = (
    (0x1, "text", "text", "equal"),
    (0x2, "textContains", "text", "contains"),
    (0x4, "textMatches", "text", "matches"),
    (0x8, "textStartsWith", "text", "starts"),
    (0x10, "className", "class_name", "equal"),
    (0x20, "classNameMatches", "class_name", "matches"),
    (0x40, "description", "description", "equal"),
    (0x80, "descriptionContains", "description", "contains"),
    (0x100, "descriptionMatches", "description", "matches"),
    (0x200, "descriptionStartsWith", "description", "starts"),
    (0x400, "checkable", "checkable", "flag"),
    (0x800, "checked", "checked", "flag"),
    (0x1000, "clickable", "clickable", "flag"),
    (0x2000, "longClickable", "long_clickable", "flag"),
    (0x4000, "scrollable", "scrollable", "flag"),
    (0x8000, "enabled", "enabled", "flag"),
    (0x10000, "focusable", "focusable", "flag"),
    (0x20000, "focused", "focused", "flag"),
    (0x40000, "selected", "selected", "flag"),
    (0x80000, "packageName", "package", "equal"),
    (0x100000, "packageNameMatches", "package", "matches"),
    (0x200000, "resourceId", "resource_id", "equal"),
    (0x400000, "resourceIdMatches", "resource_id", "matches"),
    (0x800000, "index", "index", "number"),
    (0x1000000, "instance", "", "instance"),
)
_UI_SELECTOR_ONLY = 0x800000 | 0x1000000


@dataclass(frozen=True, slots=True)
class Criterion:
    """One comparison: ``name`` as in the JSON, ``attribute`` of Node, ``how`` they are compared."""

    name: str
    attribute: str
    how: str
    value: Any

    def fits(self, node: Node, *, fold: bool) -> bool:
        """Whether ``node`` meets it; ``fold`` ignores case where UiSelector does."""
        found = getattr(node, self.attribute)
        if self.how in ("flag", "number", "equal"):
            return bool(found == self.value)
        if self.how == "matches":
            return full_match(self.value, found)
        if fold:
            found, wanted = found.lower(), self.value.lower()
        else:
            wanted = self.value
        return found.startswith(wanted) if self.how == "starts" else wanted in found


@dataclass(frozen=True, slots=True)
class Selector:
    """Criteria of one node, and ``steps`` ("child" or "sibling", selector) that lead on from it."""

    criteria: tuple[Criterion, ...]
    instance: int | None = None
    mask: int = 0
    steps: tuple[tuple[str, Selector], ...] = field(default=())

    @property
    def plain(self) -> bool:
        """Whether the server uses a BySelector for it."""
        return self.mask != 0 and not self.mask & _UI_SELECTOR_ONLY and not self.steps

    def __str__(self) -> str:
        names = [f"{_constant(c.name)}={c.value}" for c in self.criteria]
        if self.instance is not None:
            names.append(f"INSTANCE={self.instance}")
        names += [f"{'CHILD' if kind == 'child' else 'PARENT'}={step}" for kind, step in self.steps]
        return f"UiSelector[{', '.join(names)}]"


def parse(data: object, *, depth: int = 0) -> Selector:
    """The selector of a JSON object; raises InvalidParams for anything else."""
    if not isinstance(data, dict) or depth > 4:
        raise InvalidParams(f"not a selector: {type(data).__name__}")
    mask = data.get("mask", 0)
    if not isinstance(mask, int) or isinstance(mask, bool):
        raise InvalidParams("mask is not a number")
    criteria: list[Criterion] = []
    instance: int | None = None
    for bit, name, attribute, how in _CRITERIA:
        if mask & bit:
            value = _typed(name, how, data.get(name))
            if how == "instance":
                instance = value
            else:
                criteria.append(Criterion(name, attribute, how, value))
    kinds, subs = data.get("childOrSibling") or [], data.get("childOrSiblingSelector") or []
    if not isinstance(kinds, list) or not isinstance(subs, list) or len(kinds) != len(subs) or len(subs) > MAX_STEPS:
        raise InvalidParams("childOrSibling and childOrSiblingSelector do not go together")
    steps = tuple((str(kind), parse(sub, depth=depth + 1)) for kind, sub in zip(kinds, subs, strict=True))
    return Selector(tuple(criteria), instance, mask, steps)


def _typed(name: str, how: str, value: object) -> Any:
    wanted: type = {"flag": bool, "number": int, "instance": int}.get(how, str)
    if not isinstance(value, wanted):
        raise InvalidParams(f"{name} is not {wanted.__name__}")
    return value


def _constant(name: str) -> str:
    """TEXT_CONTAINS of textContains, as UiSelector.toString prints it."""
    return re.sub(r"([A-Z])", r"_\1", name).upper()


@lru_cache(maxsize=256)
def _pattern(text: str) -> re.Pattern[str]:
    if len(text) > MAX_PATTERN:
        raise JavaError("java.util.regex.PatternSyntaxException", "pattern is too long")
    try:
        return re.compile(re.sub(r"\(\?<(?=[A-Za-z])", "(?P<", text))  # Java writes (?<name>...)
    except (re.error, OverflowError, RecursionError) as error:
        raise JavaError("java.util.regex.PatternSyntaxException", f"{error} near index 0\n{text}") from None


def full_match(pattern: str, text: str) -> bool:
    """Java's Pattern.matches: the whole of ``text``."""
    return _pattern(pattern).fullmatch(text[:MAX_MATCHED_TEXT]) is not None


def find_by(selector: Selector, roots: list[Node]) -> list[Node]:
    """All visible nodes of a plain selector, in the order of ``roots``, parents first (ByMatcher)."""
    return [node for root in roots for node in _visible(root) if fits_by(selector, node)]


def fits_by(selector: Selector, node: Node) -> bool:
    """Whether a node fits as a BySelector. The server asks for *checkable* where it should ask for *checked*."""
    for criterion in selector.criteria:
        if criterion.name == "checked" and len(selector.criteria) > 1:
            if node.checkable != criterion.value:
                return False
        elif not criterion.fits(node, fold=False):
            return False
    return True


def find_ui(selector: Selector, root: Node | None) -> Iterator[Node]:
    """Nodes of a UiSelector below ``root``, in the order in which instances count (QueryController)."""
    if root is not None:
        yield from _Search([("child", selector), *selector.steps]).below(root, 0)


class _Search:
    """One search: how often each selector of the chain has matched, and how much was looked at."""

    def __init__(self, chain: list[tuple[str, Selector]]) -> None:
        self._chain = chain
        self._matched = [0] * len(chain)
        self._visits = 0

    def below(self, node: Node, position: int) -> Iterator[Node]:
        """Search ``node`` and what is below it for the selector at ``position``, then go on from each match."""
        self._visits += 1
        if self._visits > MAX_VISITS:
            raise JavaError("java.lang.StackOverflowError", "stack size 8192KB")
        if not node.visible:
            return
        start, following = node, position
        if self._fits(node, position):
            if position + 1 == len(self._chain):
                yield node
            else:
                following = position + 1
                if self._chain[following][0] == "sibling":
                    if node.parent is None:
                        return
                    start = node.parent
        for child in start.children:
            yield from self.below(child, following)

    def _fits(self, node: Node, position: int) -> bool:
        selector = self._chain[position][1]
        if not all(criterion.fits(node, fold=True) for criterion in selector.criteria):
            return False
        if selector.instance is None or self._matched[position] == selector.instance:
            return True
        if self._matched[position] < selector.instance:
            self._matched[position] += 1
        return False


def _visible(node: Node) -> Iterator[Node]:
    """The node and those below it, without the parts that are not seen."""
    if node.visible:
        yield node
        for child in node.children:
            yield from _visible(child)
