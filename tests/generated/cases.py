"""Apps that came out wrong, as their recipes, one a line of JSON, with what is demanded and what they got."""

import json
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any

from tests.generated.fault import OFFER_OF, Generated, of
from tests.generated.faults import FAULTS
from tests.generated.recipe import Function, Recipe
from tests.generated.trial import ACCUSING, INNOCENT, Row
from tests.generated.words import THEMES

FILE = Path(__file__).with_name("cases.jsonl")


@dataclass(frozen=True, slots=True)
class Case:
    """A kept app: the rule it is about and the outcome that it must have; of an innocent one no accusation.

    ``recipe`` is that of the app before ``fault`` is put in.
    """

    rule: str
    demanded: str
    was: str
    fault: str
    recipe: Recipe

    @property
    def id(self) -> str:
        return f"{self.rule}-{self.fault or INNOCENT}-{self.recipe.seed}"

    @property
    def app(self) -> Generated:
        return of(self.recipe, FAULTS.get(self.fault))

    def holds(self, outcome: str) -> bool:
        return outcome not in ACCUSING if self.demanded == INNOCENT else outcome == self.demanded


def keep(recipe: Recipe, row: Row, file: Path = FILE) -> list[Case]:
    """Write the app down, once for each rule that was wrong about it."""
    wrong = [(row.rule, row.demanded, row.got)] if row.fault else [(rule, INNOCENT, got) for rule, got in row.accused.items()]
    kept = [Case(rule, demanded, got, row.fault, recipe) for rule, demanded, got in wrong]
    with file.open("a", encoding="utf-8") as lines:
        lines.writelines(json.dumps(asdict(case) | {"recipe": _plain(recipe)}, ensure_ascii=False) + "\n" for case in kept)
    return kept


def cases(file: Path = FILE) -> list[Case]:
    """All of them, in the order in which they were kept."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Case(**line | {"recipe": _recipe(line["recipe"])}) for line in lines]


def _plain(recipe: Recipe) -> dict[str, Any]:
    functions = [asdict(function) | {"offer": function.key} for function in recipe.functions]
    plain = {name: value for name, value in asdict(recipe).items() if value not in ((), "")}
    return plain | {"theme": recipe.theme.name, "functions": functions}


def _recipe(plain: dict[str, Any]) -> Recipe:
    functions = [Function(**_tuples(each) | {"offer": OFFER_OF[each["offer"]]}) for each in plain["functions"]]
    theme = next(theme for theme in THEMES if theme.name == plain["theme"])
    empty = {field.name: "" if field.type == "str" else () for field in fields(Recipe) if field.default is MISSING}
    return Recipe(**empty | _tuples(plain) | {"theme": theme, "functions": tuple(functions)})


def _tuples(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
