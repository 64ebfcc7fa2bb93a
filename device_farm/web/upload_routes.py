"""Routes by which apps and lists come in through a browser: kept by their hash, then submitted as by ``farm submit``.

An app file (.py) is a program that would be run: it comes from the command line of who may run programs there.
"""

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.intake.add_apps import add_apps
from device_farm.intake.app_identity import APKS, PYTHON
from device_farm.intake.app_index import AppIndex
from device_farm.intake.app_lists import CSV, JSON_LINES
from device_farm.intake.app_upload import uploaded
from device_farm.intake.complaint_clauses import ComplaintClauses
from device_farm.intake.folder import read_sources
from device_farm.intake.submission_plan import plan_of, planned, purpose_of
from device_farm.intake.submission_rows import Asked, Noted, Refused, Row
from device_farm.store.transitions import tell
from device_farm.units.unit import ANY
from device_farm.web.access import Role
from device_farm.web.action_routes import Secret, may
from device_farm.web.file_routes import Board
from device_farm.web.page_routes import answer
from harness.errors import ScenarioError
from harness.language import _, both
from harness.session.check_options import DRIVEN

router = APIRouter(include_in_schema=False)
FOLDER = "uploads"
FORMS = (*APKS, *CSV, *JSON_LINES)
_UNFIT = re.compile(r"[^\w.-]+")
_LONGEST = 80
_CHUNK = 1 << 20
MOST_TOLD = 200


@router.get("/submit")
def submit_page(request: Request) -> Response:
    """Where apps and lists are chosen."""
    return answer(request, "submit.html.j2", forms=FORMS, clauses=DRIVEN, done=None, told=())


@router.post("/submit")
def submit(
    board: Board,
    request: Request,
    files: Annotated[list[UploadFile], File()],
    secret: Secret = "",
    campaign: Annotated[str, Form(max_length=200)] = "",
    clause: Annotated[list[int], Form()] = [],  # noqa: B006
) -> Response:
    """Keep what was uploaded and submit it."""
    who = may(board, request, secret, Role.OPERATE)
    if not set(clause) <= set(DRIVEN):
        raise ScenarioError(_("there is no such clause"))
    if board.settings.folder is None and not board.settings.artifacts:
        raise ScenarioError(_("there is no place for apps here: start the dashboard with --out or --artifacts"))
    kept = [_kept(board.settings.folder or Path("farm-work"), file) for file in files]
    plan = plan_of({"clause": clause}, requirement=ANY)
    rows = read_sources(kept, plan, ComplaintClauses(), AppIndex(store=board.store))
    stored = Artifacts(board.settings.artifacts) if board.settings.artifacts else None
    told: list[tuple[str, tuple[str, str]]] = []

    def hear(row: Refused | Noted) -> None:
        if len(told) < MOST_TOLD:
            told.append((Path(row.at.source).name, both(row.reason if isinstance(row, Refused) else row.text)))

    purpose = purpose_of(campaign.strip() or None, [Path(file.filename or "-") for file in files])
    done = add_apps(board.store, uploaded(planned(_no_programs(rows), plan), stored), plan, purpose, sources=map(str, kept), told=hear)
    with board.store.begin() as session:
        tell(session, "submitted", _("{campaign}: {new} new units, submitted by {who}", campaign=done.campaign, new=done.new, who=who))
    return answer(request, "submit.html.j2", forms=FORMS, clauses=DRIVEN, done=done, told=told)


def _kept(folder: Path, file: UploadFile) -> Path:
    """What was uploaded, under its hash and the harmless part of its name; raises ScenarioError for another form."""
    name = _UNFIT.sub("_", Path((file.filename or "").replace("\\", "/")).name).lstrip(".")
    ending = Path(name).suffix.lower()
    if ending not in FORMS:
        raise ScenarioError(_("{name}: give {forms}", name=name[:_LONGEST] or "-", forms=", ".join(FORMS)))
    digest = hashlib.sha256()
    while chunk := file.file.read(_CHUNK):
        digest.update(chunk)
    file.file.seek(0)
    place = folder.absolute() / FOLDER / digest.hexdigest() / f"{Path(name).stem[:_LONGEST]}{ending}"
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.part")
        try:
            with part.open("wb") as to:
                shutil.copyfileobj(file.file, to)
            part.replace(place)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return place


def _no_programs(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows; a list that came through a browser names no program of this computer either."""
    for row in rows:
        if isinstance(row, Asked) and row.app.place.endswith(PYTHON):
            yield Refused(row.at, _("an app file is a program: submit it with 'apprights farm submit'"))
        else:
            yield row
