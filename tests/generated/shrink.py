"""The smallest app that still comes out wrong in the same way."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.generated.fault import Fault, of
from tests.generated.recipe import Recipe
from tests.generated.trial import Row, try_out

PLAIN_PHONE = ("13", "aosp")


def mistake(row: Row) -> tuple[str, ...]:
    """What is wrong with a row, in a form that a smaller app must repeat."""
    return (row.result, row.got) if row.fault else (row.result, *(f"{rule}:{outcome}" for rule, outcome in sorted(row.accused.items())))


def same(first: tuple[str, ...], smaller: tuple[str, ...]) -> bool:
    """Whether the smaller app repeats the mistake; of several accusations one is enough."""
    return first[0] == smaller[0] and bool(set(first[1:]) & set(smaller[1:]))


def shrink(recipe: Recipe, fault: Fault | None, row: Row, told: Callable[[str], None], *, most: int = 40) -> tuple[Recipe, Row]:
    """Leave out what can be left out, one after the other, in ``most`` checks. ``recipe`` is the innocent one."""
    small, kept, tried = recipe, row, 0
    going = True
    while going and tried < most:
        going = False
        for smaller in _smaller(small):
            if tried >= most:
                break
            tried += 1
            again = try_out(of(smaller, fault))
            if same(mistake(row), mistake(again)):
                small, kept, going = smaller, again, True
                told(f"{recipe.package}: {_size(small)}")
                break
    return small, kept


def _size(recipe: Recipe) -> str:
    parts = (*(function.key for function in recipe.functions), *recipe.extras, *recipe.onboarding, *recipe.background)
    return f"{recipe.consent}, {recipe.home}, {recipe.rom} {recipe.android}, {' '.join(parts) or 'nothing else'}"


def _smaller(recipe: Recipe) -> Iterator[Recipe]:
    """Recipes with less in them; the largest steps first."""
    if len(recipe.extras) > 1:
        yield replace(recipe, extras=())
    droppable = tuple(function for function in recipe.functions if function.key == recipe.planted)
    if recipe.functions != droppable and len(recipe.functions) - len(droppable) > 1:
        yield replace(recipe, functions=droppable)
    if recipe.onboarding:
        yield replace(recipe, onboarding=())
    if recipe.advert:
        yield replace(recipe, advert=False)
    if (recipe.android, recipe.rom) != PLAIN_PHONE and recipe.android not in ("8.1", "9"):
        yield replace(recipe, android=PLAIN_PHONE[0], rom=PLAIN_PHONE[1])
    for name in ("extras", "functions", "background"):
        parts = getattr(recipe, name)
        for part in parts:
            if getattr(part, "key", "") != recipe.planted or name != "functions":
                yield replace(recipe, **{name: tuple(each for each in parts if each is not part)})
    if recipe.consent not in ("none", "dialog"):
        yield replace(recipe, consent="dialog")
    if recipe.home != "list":
        yield replace(recipe, home="list")
