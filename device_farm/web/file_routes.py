"""Routes that are no pages: style and script, evidence by hash, reports, the event stream, metrics."""

import asyncio
import socket
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import select
from starlette.exceptions import HTTPException

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.store.models import Artifact, Attempt
from device_farm.units.unit import IN_STORE
from device_farm.web import evidence_files
from device_farm.web.application import Dashboard, board_of
from device_farm.web.middleware import INERT, SANDBOXED
from device_farm.web.page_templates import STATIC, language_of, static_text
from device_farm.web.read_only_store import reading
from device_farm.web.reports import NoReport

router = APIRouter()
Board = Annotated[Dashboard, Depends(board_of)]
Number = Annotated[int, Path(ge=1, le=2**62)]
FOR_EVER = "private, max-age=31536000, immutable"


@router.get("/static/{name}", include_in_schema=False)
def static(name: Annotated[str, Path(max_length=40)]) -> Response:
    """A file of ours; its address changes when it does."""
    if name not in STATIC:
        raise HTTPException(404)
    return Response(static_text(name), media_type=f"{STATIC[name][0]}; charset=utf-8", headers={"cache-control": FOR_EVER})


@router.get("/evidence/{sha256}", tags=["evidence"], summary="A file that was recorded, by its SHA-256", response_class=Response)
def show_evidence(board: Board, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]) -> Response:
    """Send the file with this hash, verified each time; it cannot do anything in a browser."""
    try:
        with reading(board.store) as session:
            places = evidence_files.find(session, sha256)
        found = evidence_files.read(board.settings, sha256, places)
    except evidence_files.Unknown as error:
        raise HTTPException(404) from error
    except evidence_files.Gone as error:
        raise HTTPException(410) from error
    how = "inline" if found.shown else "attachment"
    headers = {
        "content-security-policy": INERT,
        "cache-control": FOR_EVER,
        "content-disposition": f"{how}; filename*=UTF-8''{quote(found.name[:120])}",
    }
    return Response(found.data, media_type=found.kind, headers=headers)


@router.get("/phones/{phone}/picture", tags=["live"], summary="The last picture of what a phone does now", response_class=Response)
def live_picture(board: Board, phone: Number) -> Response:
    """Of the run that is recorded on this computer; there is none of a phone that rests, or of another host's."""
    with reading(board.store) as session:
        running = select(Attempt.run).where(Attempt.device_id == phone, Attempt.ended_at.is_(None)).order_by(Attempt.id.desc()).limit(1)
        run = session.scalar(running)
    found = evidence_files.newest_picture(board.settings, run, socket.gethostname()) if run else None
    if found is None:
        return Response(status_code=204)  # no mistake: the page asks for each phone, and a browser complains of a 404
    return Response(found[0], media_type=found[1], headers={"content-security-policy": INERT})


@router.get("/report/{unit}/{number}", tags=["evidence"], summary="The report of a try, as one HTML page", response_class=Response)
def show_report(board: Board, unit: Number, number: Number, request: Request) -> Response:
    """The report that the run folder makes; it has its style inside, and an origin of its own."""
    with reading(board.store) as session:
        row = session.scalars(select(Attempt).where(Attempt.unit_id == unit, Attempt.number == number)).one_or_none()
        if row is None:
            raise HTTPException(404)
        run, name = row.run, f"{row.id}-{(row.root or 'unsealed')[:16]}"
        stored = session.scalars(select(Artifact).where(Artifact.attempt_id == row.id)).all() if run.startswith(IN_STORE) else []
    folder = evidence_files.run_folder(board.settings, run)
    try:
        if folder is not None:
            data = board.reports.of(folder, name, language_of(request))
        elif stored and board.settings.artifacts:
            data = board.reports.of_stored(Artifacts(board.settings.artifacts), stored, name, language_of(request))
        else:
            raise HTTPException(410)
    except NoReport as error:
        raise HTTPException(502) from error
    return Response(data, media_type="text/html; charset=utf-8", headers={"content-security-policy": SANDBOXED})


@router.get("/live", tags=["live"], summary="What happens, as server-sent events", response_class=StreamingResponse)
async def live(
    board: Board,
    request: Request,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    last_event_id: Annotated[str, Header(max_length=20)] = "",
) -> Response:
    """Lines after a number, or after the one that a browser names when it comes back; and counts of units."""
    if board.live.full:
        raise HTTPException(503)
    start = max(after, int(last_event_id)) if last_event_id.isdecimal() else after
    headers = {"x-accel-buffering": "no", "cache-control": "no-store"}
    return StreamingResponse(board.live.stream(start, language_of(request)), media_type="text/event-stream", headers=headers)


@router.get("/metrics", tags=["live"], summary="Numbers for Prometheus", response_class=Response)
async def metrics(board: Board) -> Response:
    """The farm and this server in numbers."""
    return Response(await asyncio.to_thread(board.metrics.text), media_type=CONTENT_TYPE_LATEST)
