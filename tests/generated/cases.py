"""Apps that came out wrong, kept as files: the mistake, its seed and why it is known, at the top of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.generated.fault import Generated
    from tests.generated.trial import Row

INNOCENT = "innocent"
FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """A kept app: the rule it is about and the outcome that it must have; of an innocent one no accusation."""

    path: Path
    rule: str
    demanded: str
    android: str
    rom: str

    def holds(self, outcome: str) -> bool:
        """Whether a check gave what is demanded."""
        return outcome not in ("violation", "suspected") if self.demanded == INNOCENT else outcome == self.demanded


def keep(app: Generated, row: Row, folder: Path = FOLDER) -> list[Path]:
    """Write the app down, once for each rule that was wrong about it."""
    wrong = [(row.rule, row.demanded, row.got)] if row.fault else [(rule, INNOCENT, got) for rule, got in row.accused.items()]
    paths = []
    for rule, demanded, got in wrong:
        path = folder / f"{rule.replace('-', '_')}_{row.fault.replace('-', '_') or 'innocent'}_{row.seed}.py"
        head = f"# case: {rule} must be {demanded}, was {got}; Android {app.recipe.android} {app.recipe.rom}, seed {row.seed}\n"
        path.write_text(head + app.text, encoding="utf-8")
        paths.append(path)
    return paths


def read(path: Path) -> Case:
    """A kept case, by its first line."""
    words = path.read_text(encoding="utf-8").splitlines()[0].replace(",", "").replace(";", "").split()
    rule, demanded, android, rom = words[2], words[5], words[words.index("Android") + 1], words[words.index("Android") + 2]
    return Case(path, rule, demanded, android, rom)


def cases() -> list[Case]:
    """All of them, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.py")) if path.name != "__init__.py"]
