"""One figure of a bench: the row that ``reports/bench.json`` holds."""

import statistics
import time
from collections.abc import Callable
from typing import TypedDict


class Row(TypedDict):
    """``aim`` is ``<= N`` or ``>= N`` of the unit, or ``>= Nx`` of the peer; ``value`` is None if not measured."""

    name: str
    value: float | None
    unit: str
    aim: str | None
    peer: str | None
    peer_value: float | None
    ratio: float | None
    note: str


def row(
    name: str,
    value: float | None,
    unit: str,
    *,
    aim: str | None = None,
    peer: str | None = None,
    peer_value: float | None = None,
    more_is_better: bool = False,
    note: str = "",
) -> Row:
    """Make a row; ``ratio`` is how many times better than the peer."""
    ratio = None
    if value and peer_value:
        ratio = round(value / peer_value if more_is_better else peer_value / value, 2)
    return {
        "name": name,
        "value": None if value is None else round(value, 3),
        "unit": unit,
        "aim": aim,
        "peer": peer,
        "peer_value": None if peer_value is None else round(peer_value, 3),
        "ratio": ratio,
        "note": note,
    }


def met(figure: Row) -> bool | None:
    """Whether the aim was reached; None where there is no aim, or nothing to hold against it."""
    if figure["aim"] is None:
        return None
    relation, number = figure["aim"].split()
    actual = figure["ratio"] if number.endswith("x") else figure["value"]
    if actual is None:
        return None
    wanted = float(number.removesuffix("x"))
    return actual >= wanted if relation == ">=" else actual <= wanted


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Median time of a call in milliseconds, after one that is not counted."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000
