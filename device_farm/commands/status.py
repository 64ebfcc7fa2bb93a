"""``apprights farm status``: how the units stand, also while they are worked at, and after whoever did is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from device_farm.desk.lock import holder
from harness import console
from harness.commands.arguments import Json
from harness.errors import ScenarioError
from harness.language import _, said


def status(
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help=_("the folder of a desk"))] = None,
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL", help=_("the farm's store: postgresql://USER@HOST/NAME"))
    ] = None,
    json: Json = False,
) -> None:
    """Say how every unit stands: its state, its tries, what came out, and where its run folder is."""
    from device_farm.desk.status import cells, status_json
    from device_farm.store.opened import FILE, open_store

    if (out is None) == (database is None):
        raise ScenarioError(_("say whose units: --out DIR of a desk, or --database URL of a farm"))
    if out is not None and not (out / FILE).is_file():
        raise ScenarioError(_("{folder} has no store: 'apprights farm run APPS... --out {folder}' makes one", folder=out))
    store = open_store(out / FILE if out is not None else str(database), create=False)
    try:
        told = status_json(store, out)
    finally:
        store.close()
    if json:
        console.print_json(told)
        return
    heads = (_("unit"), _("app"), _("state"), _("tries"), _("outcome"), _("reason, or run folder"))
    console.table("", [said(head) for head in heads], map(cells, told["units"]))
    if out is not None and not holder(out) and any(unit["state"] in ("waiting", "running") for unit in told["units"]):
        console.progress(said(_("nobody works at it now: the same 'farm run' goes on")))
