"""Command line options of toybox commands."""

from dataclasses import dataclass, field


class NotModelled(Exception):
    """An option or argument that this device does not model; the text, if any, is what is refused."""


class UsageProblem(Exception):
    """The arguments are wrong on a phone too; the text follows the command's name."""


@dataclass(slots=True)
class Options:
    """Options given: flags by letter or long name, the values of those that take one, and the other arguments."""

    flags: set[str] = field(default_factory=set)
    values: dict[str, list[str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)

    def value(self, name: str, default: str = "") -> str:
        """Last value of an option."""
        return self.values.get(name, [default])[-1]

    def number(self, name: str, default: int) -> int:
        """Last value of an option as a number; raises UsageProblem."""
        return number(self.values[name][-1]) if name in self.values else default


def number(text: str) -> int:
    """A whole number as toybox reads it; raises UsageProblem."""
    try:
        return int(text[:20], 0 if text.lower().startswith("0x") else 10)
    except ValueError:
        raise UsageProblem(f"not integer: {text}") from None


def parse_options(args: list[str], flags: str = "", values: str = "", long: tuple[str, ...] = ()) -> Options:
    """Take apart ``args``: letters in ``flags`` and ``values``, long names (ending in ``=`` where they take a value).

    Raises NotModelled for any other option, so that nothing is silently ignored.
    """
    result = Options()
    todo = args[::-1]
    while todo:
        argument = todo.pop()
        if argument == "--":
            result.rest.extend(todo[::-1])
            break
        if argument.startswith("--"):
            _long(result, argument[2:], long)
        elif argument.startswith("-") and len(argument) > 1:
            _short(result, argument[1:], todo, flags, values)
        else:
            result.rest.append(argument)
    return result


def _long(result: Options, text: str, long: tuple[str, ...]) -> None:
    name, equals, value = text.partition("=")
    if equals and f"{name}=" in long:
        result.values.setdefault(name, []).append(value)
    elif not equals and name in long:
        result.flags.add(name)
    else:
        raise NotModelled


def _short(result: Options, letters: str, todo: list[str], flags: str, values: str) -> None:
    for position, letter in enumerate(letters):
        if letter in values:
            value = letters[position + 1 :]
            if not value:
                if not todo:
                    raise UsageProblem(f"Missing argument to -{letter}")
                value = todo.pop()
            result.values.setdefault(letter, []).append(value)
            return
        if letter not in flags:
            raise NotModelled
        result.flags.add(letter)
