"""The status of a desk's units, for programs and for people, while it works and after it died."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from device_farm.desk.lock import holder
from device_farm.desk.unit_wording import ENDS, outcome_word
from device_farm.store.database import Store
from device_farm.store.models import App, Attempt, Campaign, Device, Refusal, Unit
from device_farm.units.unit import INTERRUPTED, End
from harness.language import Text, _, known
from harness.operating_system import typed


def status_json(store: Store, out: Path | None) -> dict[str, Any]:
    """Return what ``--json`` prints of a desk or a farm; docs/json.md documents each key."""
    return {"units": list(units(store)), "refused": list(refused(store)), "working": bool(out is not None and holder(out))}


def refused(store: Store) -> Iterator[dict[str, Any]]:
    """Return the refused rows in the order of their refusal."""
    wanted = select(Refusal, Campaign.name).join(Campaign, Campaign.id == Refusal.campaign_id).order_by(Refusal.id)
    with store.begin() as session:
        for row, campaign in session.execute(wanted).yield_per(1000):
            yield {
                "campaign": campaign,
                "source": row.source,
                "line": row.line or None,
                "reason_zh": row.reason_zh,
                "reason_en": row.reason_en,
            }


def units(store: Store) -> Iterator[dict[str, Any]]:
    """Every unit with its newest try; ``run`` is that of the try that counts, or of the newest.

    ``broken_off`` are its tries that recorded something and brought no answer; what was recorded is kept, and sealed
    where ``root`` is.
    """
    newest = select(Attempt.unit_id, func.max(Attempt.number).label("number")).group_by(Attempt.unit_id).subquery()
    shown = aliased(Attempt)
    wanted = (
        select(Unit, App, shown.run, shown.end)
        .join(App, App.id == Unit.app_id)
        .outerjoin(newest, newest.c.unit_id == Unit.id)
        .outerjoin(shown, (shown.unit_id == Unit.id) & (shown.number == func.coalesce(Unit.counts, newest.c.number)))
        .order_by(Unit.id)
    )
    with store.begin() as session:
        broken = _broken_off(session)
        for unit, app, run, end in session.execute(wanted).yield_per(1000):
            yield {
                "unit": unit.id,
                "key": unit.key,
                "app": app.place,
                "package": app.package,
                "label": app.label,
                "clauses": unit.clauses,
                "complaint": unit.words or None,
                "state": unit.state,
                "attempt": unit.tries,
                "counts": unit.counts,
                "outcome": unit.outcome,
                "end": end,
                "run": run or None,
                "reason_zh": unit.reason_zh or None,
                "reason_en": unit.reason_en or None,
                "broken_off": broken.get(unit.id, []),
            }


def _broken_off(session: Session) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    wanted = select(Attempt.unit_id, Attempt.number, Attempt.end, Attempt.run, Attempt.root)
    wanted = wanted.where(Attempt.end.in_(INTERRUPTED), Attempt.run != "").order_by(Attempt.unit_id, Attempt.number)
    for unit, number, end, run, root in session.execute(wanted):
        found.setdefault(unit, []).append({"attempt": number, "end": end, "run": run, "root": root})
    return found


def broken_words(unit: dict[str, Any]) -> Iterator[Text]:
    """A line on each try of a unit that was broken off: where its record lies, and whether it is sealed."""
    for each in unit["broken_off"]:
        values = {"number": each["attempt"], "unit": unit["unit"], "end": ENDS[End(each["end"])], "run": each["run"]}
        if each["root"]:
            yield _("try {number} of unit {unit}, {end}: it counts for nothing, its record is sealed: {run}", **values)
        else:
            yield _("try {number} of unit {unit}, {end}: it counts for nothing, its record is not sealed: {run}", **values)


def held_phones(session: Session, out: Path) -> dict[int, Text]:
    """The phones that a person took out, each with why and how it is let go: no time ends that."""
    return {
        row.id: _(
            "{phone} was taken out by a person: {reason}; let it go: {command}",
            phone=row.address,
            reason=known(row.reason_zh, row.reason_en),
            command=typed(("apprights", "farm", "quarantine", row.address, "--release", "--out", str(out.absolute()))),
        )
        for row in session.scalars(select(Device).where(Device.held).order_by(Device.id))
    }


def cells(unit: dict[str, Any]) -> tuple[str, ...]:
    from device_farm.desk.unit_wording import STATES
    from device_farm.units.unit import UnitState
    from harness.language import pick, said

    name = unit["label"] or unit["package"] or unit["app"]
    reason = pick(unit["reason_zh"] or "", unit["reason_en"] or "")
    outcome = said(outcome_word(unit["outcome"])) if unit["outcome"] else ""
    where = reason or unit["run"] or ""
    return str(unit["unit"]), name, said(STATES[UnitState(unit["state"])]), str(unit["attempt"]), outcome, where, unit["complaint"] or ""
