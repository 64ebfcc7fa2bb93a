"""Routes for whoever has a token: phones are taken out and let in, units cancelled and tried anew, findings reviewed.

A form needs the session's cookie and the secret that stands in the page; a program gives the token itself, which no
browser adds to a request by itself.
"""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, Header, Path, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from device_farm.phones import phone_transitions
from device_farm.store import transitions
from device_farm.store.models import Attempt, Device, FindingRow, Unit
from device_farm.store.reviews import add_review
from device_farm.web.access import COOKIE, HOLDS_SECONDS, Role
from device_farm.web.application import wrong
from device_farm.web.evidence_files import run_folder
from device_farm.web.file_routes import Board, Number
from device_farm.web.middleware import caller
from device_farm.web.page_routes import answer
from device_farm.web.web_settings import NAMELESS
from harness.custody.finding_reviews import review
from harness.custody.review_record import NAME_LIMIT, REASON_LIMIT, Decision
from harness.errors import ScenarioError
from harness.language import _
from harness.recording.run_format import RUN

router = APIRouter()
Secret = Annotated[str, Form(max_length=200)]
Given = Annotated[str, Form(max_length=600)]
Bearer = Annotated[str, Header()]
SEE_OTHER = 303


class PhoneAct(StrEnum):
    """What is done to a phone."""

    QUARANTINE = "quarantine"
    RELEASE = "release"
    DRAIN = "drain"


class UnitAct(StrEnum):
    """What is done to a unit."""

    RETRY = "retry"
    CANCEL = "cancel"


@router.get("/sign-in", include_in_schema=False)
def sign_in_page(board: Board, request: Request) -> Response:
    """Where the token is asked for."""
    if not board.access.possible:
        raise HTTPException(404)
    return answer(request, "sign_in.html.j2", failed=False)


@router.post("/sign-in", include_in_schema=False)
def sign_in(board: Board, request: Request, token: Given = "") -> Response:
    """Let somebody in who has the token."""
    address = caller(request.scope)
    if board.access.shut(address):
        return wrong(request, 429)
    known = board.access.known(token.strip(), address)
    if known is None:
        page = answer(request, "sign_in.html.j2", failed=True)
        page.status_code = 403
        return page
    done = RedirectResponse("/", SEE_OTHER)
    secure = request.url.scheme == "https"
    done.set_cookie(COOKIE, board.access.session(known), max_age=HOLDS_SECONDS, httponly=True, samesite="strict", secure=secure)
    return done


@router.post("/sign-out", include_in_schema=False)
def sign_out(board: Board, request: Request, secret: Secret = "") -> Response:
    """Forget a session in this browser."""
    may(board, request, secret, None)
    done = RedirectResponse("/", SEE_OTHER)
    done.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return done


@router.post("/phones/{phone}/{act}", include_in_schema=False)
def act_on_phone(board: Board, request: Request, phone: Number, act: PhoneAct, secret: Secret = "") -> Response:
    """Act on a phone from its page."""
    who = may(board, request, secret)
    with board.store.begin() as session:
        _on_phone(session, phone, act, who)
    return RedirectResponse("/phones", SEE_OTHER)


@router.post("/units/{unit}/{act}", include_in_schema=False)
def act_on_unit(board: Board, request: Request, unit: Number, act: UnitAct, secret: Secret = "") -> Response:
    """Act on a unit from its page."""
    who = may(board, request, secret)
    with board.store.begin() as session:
        _on_unit(session, unit, act, who)
    return RedirectResponse(f"/units/{unit}", SEE_OTHER)


@router.post("/findings/{finding}/{decision}", include_in_schema=False)
def review_finding(
    board: Board,
    request: Request,
    finding: Number,
    decision: Decision,
    secret: Secret = "",
    name: Annotated[str, Form(max_length=NAME_LIMIT)] = "",
    reason: Annotated[str, Form(max_length=REASON_LIMIT)] = "",
) -> Response:
    """Confirm or reject a finding from its page: in the store, and after the run where that is on this computer."""
    token = may(board, request, secret, Role.REVIEW)
    by = name.strip() if token == NAMELESS else token
    if not by or not reason.strip():
        raise ScenarioError(_("a review has the name of who says it, and the reason"))
    with board.store.begin() as session:
        row = session.get(FindingRow, finding)
        if row is None:
            raise HTTPException(404)
        runs = select(Attempt.run).join(Unit, (Unit.id == Attempt.unit_id) & (Unit.counts == Attempt.number))
        folder = run_folder(board.settings, session.scalars(runs.where(Unit.id == row.unit_id)).one())
        if folder is not None and (folder / RUN).is_file():
            review(folder, row.key, decision, by=by, reason=reason)
        add_review(session, row, decision, by=by, reason=reason.strip())
        unit = row.unit_id
    return RedirectResponse(f"/units/{unit}", SEE_OTHER)


@router.post("/api/phones/{phone}/{act}", tags=["acting"], summary="Take a phone out, or let it in again")
def api_phone(board: Board, request: Request, phone: Number, act: Annotated[PhoneAct, Path()], authorization: Bearer = "") -> Response:
    """The same for a program; needs the token."""
    who = bearer(board, request, authorization)
    with board.store.begin() as session:
        state = _on_phone(session, phone, act, who)
    return JSONResponse({"id": phone, "state": state})


@router.post("/api/units/{unit}/{act}", tags=["acting"], summary="Cancel a unit, or let it wait again")
def api_unit(board: Board, request: Request, unit: Number, act: Annotated[UnitAct, Path()], authorization: Bearer = "") -> Response:
    """The same for a program; needs the token."""
    who = bearer(board, request, authorization)
    with board.store.begin() as session:
        changed = _on_unit(session, unit, act, who)
    return JSONResponse({"id": unit, "changed": changed})


def may(board: Board, request: Request, secret: str, role: Role | None = Role.OPERATE) -> str:
    """The name of who sends a form; raises 403 where it does not come from a page of ours to somebody with the role."""
    token = board.access.poster(request.cookies.get(COOKIE), secret)
    if token is None or (role is not None and role not in token.roles):
        raise HTTPException(403)
    return token.name


def bearer(board: Board, request: Request, header: str) -> str:
    """The name of whose program asks; raises 403 without a token that may operate, 429."""
    address = caller(request.scope)
    if board.access.shut(address):
        raise HTTPException(429)
    kind, _space, text = header.partition(" ")
    token = board.access.known(text.strip(), address) if kind.lower() == "bearer" else None
    if token is None or Role.OPERATE not in token.roles:
        raise HTTPException(403)
    return token.name


def _on_phone(session: Session, phone: int, act: PhoneAct, who: str) -> str:
    row = session.get(Device, phone)
    if row is None:
        raise HTTPException(404)
    if act is PhoneAct.QUARANTINE:
        phone_transitions.quarantine(session, phone, _("taken out on the dashboard by {who}", who=who))
    elif act is PhoneAct.DRAIN:
        phone_transitions.drain(session, phone, _("takes no more, on the dashboard by {who}", who=who))
    else:
        phone_transitions.release(session, phone)
        transitions.tell(session, "phone", _("{phone} was let in on the dashboard by {who}", phone=row.address, who=who), device=phone)
    return session.get_one(Device, phone).state


def _on_unit(session: Session, unit: int, act: UnitAct, who: str) -> bool:
    if session.get(Unit, unit) is None:
        raise HTTPException(404)
    if not (transitions.retry if act is UnitAct.RETRY else transitions.cancel)(session, [unit]):
        return False
    again = _("unit {unit} waits again: {who}", unit=unit, who=who)
    ended = _("unit {unit} was cancelled: {who}", unit=unit, who=who)
    transitions.tell(session, "unit", again if act is UnitAct.RETRY else ended, unit=unit)
    return True
