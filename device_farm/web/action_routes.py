"""Routes for whoever has the token: take a phone out and let it in again, cancel a unit and let it wait again.

A form needs the session's cookie and the secret that stands in the page; a program gives the token itself, which no
browser adds to a request by itself.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, Header, Path, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from device_farm.phones import phone_transitions
from device_farm.store import transitions
from device_farm.store.models import Device, Unit
from device_farm.web.access import COOKIE, HOLDS_SECONDS
from device_farm.web.application import wrong
from device_farm.web.file_routes import Board, Number
from device_farm.web.page_routes import answer
from harness.language import _

router = APIRouter()
Secret = Annotated[str, Form(max_length=200)]
Given = Annotated[str, Form(max_length=600)]
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
    if board.access.shut:
        return wrong(request, 429)
    if not board.access.known(token.strip()):
        page = answer(request, "sign_in.html.j2", failed=True)
        page.status_code = 403
        return page
    done = RedirectResponse("/", SEE_OTHER)
    secure = request.url.scheme == "https"
    done.set_cookie(COOKIE, board.access.session(), max_age=HOLDS_SECONDS, httponly=True, samesite="strict", secure=secure)
    return done


@router.post("/sign-out", include_in_schema=False)
def sign_out(board: Board, request: Request, secret: Secret = "") -> Response:
    """Forget a session in this browser."""
    _may(board, request, secret)
    done = RedirectResponse("/", SEE_OTHER)
    done.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return done


@router.post("/phones/{phone}/{act}", include_in_schema=False)
def act_on_phone(board: Board, request: Request, phone: Number, act: PhoneAct, secret: Secret = "") -> Response:
    """Act on a phone from its page."""
    _may(board, request, secret)
    with board.store.begin() as session:
        _on_phone(session, phone, act)
    return RedirectResponse("/phones", SEE_OTHER)


@router.post("/units/{unit}/{act}", include_in_schema=False)
def act_on_unit(board: Board, request: Request, unit: Number, act: UnitAct, secret: Secret = "") -> Response:
    """Act on a unit from its page."""
    _may(board, request, secret)
    with board.store.begin() as session:
        _on_unit(session, unit, act)
    return RedirectResponse(f"/units/{unit}", SEE_OTHER)


@router.post("/api/phones/{phone}/{act}", tags=["acting"], summary="Take a phone out, or let it in again")
def api_phone(board: Board, phone: Number, act: Annotated[PhoneAct, Path()], authorization: Annotated[str, Header()] = "") -> Response:
    """The same for a program; needs the token."""
    _bearer(board, authorization)
    with board.store.begin() as session:
        state = _on_phone(session, phone, act)
    return JSONResponse({"id": phone, "state": state})


@router.post("/api/units/{unit}/{act}", tags=["acting"], summary="Cancel a unit, or let it wait again")
def api_unit(board: Board, unit: Number, act: Annotated[UnitAct, Path()], authorization: Annotated[str, Header()] = "") -> Response:
    """The same for a program; needs the token."""
    _bearer(board, authorization)
    with board.store.begin() as session:
        changed = _on_unit(session, unit, act)
    return JSONResponse({"id": unit, "changed": changed})


def _may(board: Board, request: Request, secret: str) -> None:
    """Refuse a form that does not come from a page of ours to who signed in. Raises 403."""
    if not board.access.may_post(request.cookies.get(COOKIE), secret):
        raise HTTPException(403)


def _bearer(board: Board, header: str) -> None:
    """Refuse a program without the token. Raises 403, 429."""
    if board.access.shut:
        raise HTTPException(429)
    kind, _space, token = header.partition(" ")
    if kind.lower() != "bearer" or not board.access.known(token.strip()):
        raise HTTPException(403)


def _on_phone(session: Session, phone: int, act: PhoneAct) -> str:
    if session.get(Device, phone) is None:
        raise HTTPException(404)
    if act is PhoneAct.QUARANTINE:
        phone_transitions.quarantine(session, phone, _("taken out on the dashboard"))
    elif act is PhoneAct.DRAIN:
        phone_transitions.drain(session, phone, _("takes no more, by the dashboard"))
    else:
        phone_transitions.release(session, phone)
    return session.get_one(Device, phone).state


def _on_unit(session: Session, unit: int, act: UnitAct) -> bool:
    if session.get(Unit, unit) is None:
        raise HTTPException(404)
    return bool((transitions.retry if act is UnitAct.RETRY else transitions.cancel)(session, [unit]))
