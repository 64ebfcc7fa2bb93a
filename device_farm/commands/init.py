"""``apprights farm init``: the tables of a farm in an empty PostgreSQL, or brought up to this version."""

from pathlib import Path
from typing import Annotated

import typer

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts
from device_farm.commands.which_store import Database, url_of
from device_farm.dispatch.procrastinate_engine import Procrastinate
from device_farm.store.database import ARTIFACTS, newest_schema, open_store
from device_farm.store.models import Setting
from harness import console
from harness.errors import ScenarioError
from harness.language import _, said


def init(
    database: Database = None,
    artifacts: Annotated[
        str | None,
        typer.Option("--artifacts", metavar="URL", help=_("where runs and evidence lie: a folder that all hosts reach, or s3://...")),
    ] = None,
) -> None:
    """Make the tables of a farm, or bring them up to this version; harmless when that was done."""
    if artifacts is not None:
        artifacts = artifacts if "://" in artifacts else str(Path(artifacts).absolute())
        _proved(artifacts)  # what cannot be used is told before anything is written
    url = url_of(database)
    store = open_store(url)
    try:
        with store.begin() as session:
            Procrastinate(url).install(session)
            if artifacts is not None:
                session.merge(Setting(name=ARTIFACTS, value=artifacts))
            kept = session.get(Setting, ARTIFACTS)
            place = kept.value if kept is not None else "-"
        console.say((said(_("schema {version}; artifacts: {place}", version=newest_schema(), place=place)), ""))
        if place != "-":
            _say_whether(place, proved=artifacts is not None)
        console.say((said(_("the role that ran this owns the tables; the role of a host needs no more than:")), ""))
        for line in grants("farm_host"):
            console.say((f"  {line}", ""), whole=True)
    finally:
        store.close()


def _proved(place: str) -> None:
    """Refuse a place that cannot be used; the folder above it must be there: it may be a disk that is not mounted."""
    if "://" not in place and not Path(place).parent.is_dir():
        raise ScenarioError(_("--artifacts: {folder} is not there: make it, or mount what belongs there", folder=Path(place).parent))
    Artifacts(place).prove()


def _say_whether(place: str, *, proved: bool) -> None:
    """Say what is known of where artifacts lie; a place that was named before may be away from this computer alone."""
    try:
        if not proved:
            Artifacts(place).prove()
    except ArtifactError as error:
        console.progress(said(error))
    else:
        console.say((said(_("the artifact store was written to and read back")), ""))


def grants(role: str) -> list[str]:
    """What a host's role may do: no table is its own, and it can make none."""
    return [
        f"create role {role} login password '...';",
        f"grant usage on schema public to {role};",
        f"grant select, insert, update, delete on all tables in schema public to {role};",
        f"grant usage, select on all sequences in schema public to {role};",
    ]
