"""Texts of a desk about its units: a line on each try that ended, and the summary."""

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from device_farm.store.models import App, Attempt, Refusal, Unit
from device_farm.store.transitions import Ended
from device_farm.units.unit import End, UnitState
from harness.events.findings import Outcome
from harness.language import Text, _, known

ENDS: dict[End, Text] = {
    End.DONE: _("done"),
    End.APP_FAULT: _("could not be tested, by the app's own doing"),
    End.TOO_OLD: _("this phone's Android is too old for it"),
    End.TOO_NEW: _("this phone's Android is too new for it"),
    End.OTHER_ABI: _("it has no code for this phone's processor"),
    End.DEVICE_FAULT: _("the phone failed"),
    End.TIMEOUT: _("took too long"),
    End.HOST_FAULT: _("the computer failed"),
    End.ABSENT: _("the app is not there"),
    End.LOST: _("broken off"),
    End.STOPPED: _("stopped"),
    End.CANCELLED: _("cancelled"),
    End.SUPERSEDED: _("came too late"),
}
STATES: dict[UnitState, Text] = {
    UnitState.WAITING: _("waiting"),
    UnitState.QUEUED: _("waiting"),
    UnitState.RUNNING: _("running"),
    UnitState.DONE: _("done"),
    UnitState.GIVEN_UP: _("given up"),
    UnitState.QUARANTINED: _("quarantined: it cost several phones their session"),
    UnitState.CANCELLED: _("cancelled"),
}
NOT_DONE = (UnitState.GIVEN_UP, UnitState.QUARANTINED, UnitState.CANCELLED)


def ended_words(session: Session, phone: str, attempt: Attempt, ended: Ended) -> Text:
    unit = session.get_one(Unit, attempt.unit_id)
    values = {"phone": phone, "app": name_of(session.get_one(App, unit.app_id)), "reason": ended.reason or "-"}
    if ended.end is End.DONE:
        return _("{phone}: {app}: {outcome}", **values | {"outcome": outcome_word(unit.outcome or "")})
    told = _("{phone}: {app}: {end}: {reason}", **values | {"end": ENDS[ended.end]})
    if unit.state == UnitState.WAITING:
        return _("{told}; it is tried again", told=told)
    if unit.state in (UnitState.GIVEN_UP, UnitState.QUARANTINED):
        return _("{told}; {state}", told=told, state=STATES[UnitState(unit.state)])
    return told


def name_of(app: App) -> str:
    return app.label or app.package or app.place.replace("\\", "/").rpartition("/")[2]


def outcome_word(outcome: str) -> Text:
    found = next((one for one in Outcome if one.value == outcome), None)
    return known(found.label_zh, found.label_en) if found is not None else Text("-")


def within(campaign: int | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The units and the refused rows of a campaign; of all where there is none."""
    return (true(), true()) if campaign is None else (Unit.campaign_id == campaign, Refusal.campaign_id == campaign)


def outcomes(session: Session, campaign: int | None = None) -> dict[Outcome, int]:
    """Units with an answer, by their gravest outcome, the gravest first."""
    counted = select(Unit.outcome, func.count()).where(within(campaign)[0], Unit.state == UnitState.DONE).group_by(Unit.outcome)
    found = dict(session.execute(counted).all())
    return {outcome: found[outcome.value] for outcome in Outcome if found.get(outcome.value)}


def states(session: Session, campaign: int | None = None) -> dict[Text, int]:
    """Units that have no answer, by where they stand."""
    counted = select(Unit.state, func.count()).where(within(campaign)[0], Unit.state != UnitState.DONE).group_by(Unit.state)
    return {STATES[UnitState(state)]: number for state, number in session.execute(counted)}


def refused(session: Session, most: int, campaign: int | None = None) -> tuple[list[tuple[str, Text]], int]:
    """Return the refused rows with their reasons, and their number."""
    mine = within(campaign)[1]
    rows = session.scalars(select(Refusal).where(mine).order_by(Refusal.id).limit(most)).all()
    count = session.execute(select(func.count()).select_from(Refusal).where(mine)).scalar_one()
    return [(f"{row.source}:{row.line}" if row.line else row.source, known(row.reason_zh, row.reason_en)) for row in rows], count


def untested(session: Session, most: int, campaign: int | None = None) -> list[tuple[str, Text]]:
    """Apps of which nothing can be said, and why: those given up first, then those that could not be tested."""
    wanted = (Unit.state.in_(NOT_DONE)) | ((Unit.state == UnitState.DONE) & (Unit.reason_en != ""))
    rows = session.execute(
        select(App, Unit)
        .join(App, App.id == Unit.app_id)
        .where(within(campaign)[0], wanted)
        .order_by(Unit.state.desc(), Unit.id)
        .limit(most)
    )
    return [
        (name_of(app), known(unit.reason_zh, unit.reason_en) if unit.reason_en else STATES[UnitState(unit.state)]) for app, unit in rows
    ]
