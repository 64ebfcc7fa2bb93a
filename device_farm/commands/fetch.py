"""``apprights farm fetch``: the run folder of a unit, brought here out of the artifact store."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import func, select

from device_farm.artifacts.artifact_store import Artifacts, bring_back
from device_farm.commands.which_store import ArtifactsPlace, Database, chosen_store
from device_farm.store.database import artifacts_place
from device_farm.store.models import Artifact, Attempt, Unit
from device_farm.units.unit import IN_STORE
from harness import console
from harness.errors import ScenarioError
from harness.language import _


def fetch(
    unit: Annotated[int, typer.Argument(metavar="UNIT", min=1, help=_("the number of a unit, as 'farm status' has it"))],
    number: Annotated[
        int | None, typer.Option("--try", metavar="N", min=1, help=_("another try than that which counts, or the last"))
    ] = None,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help=_("where the run folder is put"))] = Path("runs"),
    database: Database = None,
    artifacts: ArtifactsPlace = None,
) -> None:
    """Bring the run folder of a unit here, each file held against its hash; 'apprights report' takes it."""
    with chosen_store(database, None) as store:
        with store.begin() as session:
            shown = number if number is not None else func.coalesce(Unit.counts, Unit.tries)
            wanted = select(Attempt).join(Unit, Unit.id == Attempt.unit_id).where(Unit.id == unit, Attempt.number == shown)
            attempt = session.scalars(wanted).one_or_none()
            if attempt is None:
                raise ScenarioError(_("unit {unit} has no such try: 'apprights farm status' lists what there is", unit=unit))
            rows = session.scalars(select(Artifact).where(Artifact.attempt_id == attempt.id)).all()
        if not attempt.run.startswith(IN_STORE) or not rows:
            raise ScenarioError(_("try {number} of unit {unit} left nothing in the artifact store", number=attempt.number, unit=unit))
        folder = to / Path(attempt.run.removeprefix(IN_STORE)).name
        bring_back(Artifacts(artifacts or artifacts_place(store)), rows, folder)
    console.say((str(folder), ""), whole=True)
