"""``apprights farm status`` and ``recount``: how the units stand, while they are worked at and afterwards."""

from device_farm.commands.which_store import Database, Out, chosen_store
from device_farm.desk.lock import holder
from harness import console
from harness.commands.arguments import Json
from harness.language import _, pick, said

MOST_REFUSED, MOST_BROKEN = 50, 50


def status(out: Out = None, database: Database = None, json: Json = False) -> None:
    """Say how every unit stands: its state, its tries, what came out, and where its run folder is."""
    with chosen_store(database, out) as store:
        from device_farm.desk.desk_status import broken_words, cells, held_phones, status_json

        told = status_json(store, out)
        with store.begin() as session:
            held = held_phones(session, out) if out is not None else {}
    if json:
        console.print_json(told)
        return
    heads = (_("unit"), _("app"), _("state"), _("tries"), _("outcome"), _("reason, or run folder"), _("complaint"))
    console.table("", [said(head) for head in heads], map(cells, told["units"]))
    broken = [line for unit in told["units"] for line in broken_words(unit)]
    for line in broken[:MOST_BROKEN]:
        console.progress(said(line))
    if len(broken) > MOST_BROKEN:
        console.progress(said(_("and {count} more rows", count=len(broken) - MOST_BROKEN)))
    for line in held.values():
        console.progress(said(line))
    for each in told["refused"][:MOST_REFUSED]:
        place = f"{each['source']}:{each['line']}" if each["line"] else each["source"]
        console.say((said(_("not tested: {app}: {reason}", app=place, reason=pick(each["reason_zh"], each["reason_en"]))), ""))
    if (more := len(told["refused"]) - MOST_REFUSED) > 0:
        console.say((said(_("and {count} more rows", count=more)), ""))
    if out is not None and not holder(out) and any(unit["state"] in ("waiting", "running") for unit in told["units"]):
        console.progress(said(_("nobody works at it now: the same 'farm run' goes on")))


def recount(database: Database = None, out: Out = None) -> None:
    """Make the counts by clause, rule and SDK anew from the results, as after a restored backup of an older version."""
    with chosen_store(database, out) as store, store.begin() as session:
        from device_farm.store.tallies import recount as made_anew

        count = made_anew(session)
    console.progress(said(_("{count} counts are made anew", count=count)))
