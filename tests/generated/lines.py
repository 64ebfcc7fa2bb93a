"""Lines of Python: indented, quoted, and the named places where a fault puts its own."""

from collections.abc import Iterable, Iterator


def quoted(text: str) -> str:
    assert not set(text) & {'"', "\\"}, text
    return f'"{text}"'


def indented(lines: Iterable[str], depth: int = 1) -> list[str]:
    """The lines further in; empty ones stay empty."""
    return ["    " * depth + line if line else "" for line in lines]


class Slots:
    """Lines by place. A place that no text asks for is an error: a fault that is not in the file would be no fault."""

    def __init__(self, lines: dict[str, Iterable[str]]) -> None:
        self._lines = {place: list(each) for place, each in lines.items()}
        self._asked: set[str] = set()

    def __getitem__(self, place: str) -> list[str]:
        self._asked.add(place)
        return self._lines.get(place, [])

    def left(self) -> Iterator[str]:
        """Places that have lines and were never asked for."""
        return (place for place in self._lines if place not in self._asked)
