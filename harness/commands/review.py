"""``apprights review``: what a person says of each finding of a run."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Json
from harness.commands.verdict_lines import word
from harness.custody.derivation import results_of
from harness.custody.finding_reviews import Found, found_in, reviews
from harness.custody.finding_reviews import review as write_review
from harness.custody.index import head
from harness.custody.integrity import altered
from harness.custody.review_record import Decision, Review
from harness.errors import EvidenceError, ScenarioError
from harness.language import _, pick, said
from harness.rules import load_rules
from harness.verdicts.analysis_json import SCHEMA

CONFIRM, REJECT, SKIP, QUIT = "c", "r", "s", "q"


def review(
    run: Annotated[Path, typer.Argument(help=_("A run folder."))],
    finding: Annotated[str, typer.Option("--finding", help=_("The key of one finding; nothing is asked then."), metavar="KEY")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help=_("It is as the machine says."))] = False,
    reject: Annotated[bool, typer.Option("--reject", help=_("It is not as the machine says."))] = False,
    by: Annotated[str, typer.Option("--by", help=_("Who says so."), metavar="NAME")] = "",
    reason: Annotated[str, typer.Option("--reason", help=_("Why."), metavar="TEXT")] = "",
    json: Json = False,
) -> None:
    """Confirm or reject the findings of a run, with name and reason."""
    found, earlier = found_in(run), _whole(run)
    if finding or confirm or reject:
        if not finding or confirm is reject:
            raise ScenarioError(_("one finding is reviewed by --finding KEY with --confirm or --reject"))
        path = write_review(run, finding, "confirmed" if confirm else "rejected", by=by, reason=reason)
        console.progress(said(_("Review: {path}", path=path)))
        console.progress(said(_("End of the chain, to be kept elsewhere: {head}", head=head(run))))
    elif json:
        console.print_json(_listed(run, found, earlier))
    elif sys.stdin is not None and sys.stdin.isatty():
        _ask(run, found, earlier, by)
    else:
        for each in found:
            _show(each, earlier.get(each.key, ()))


def _whole(run: Path) -> dict[str, tuple[Review, ...]]:
    """What was said before; what was altered since is nobody's word, and nobody is shown results that were forged."""
    if differences := altered(run):
        raise EvidenceError(_("{path} is not as it was written: verify the run", path=run / differences[0].path))
    for each in results_of(run):
        if each.state == "differs":
            raise EvidenceError(_("{path} does not follow from what was recorded: verify the run", path=run / each.paths[0]))
        if each.state != "derived":
            console.progress(said(_("{path} could not be derived again: {reason}", path=run / each.path, reason=each.words)))
    return reviews(run)


def _ask(run: Path, found: tuple[Found, ...], earlier: Mapping[str, tuple[Review, ...]], by: str) -> None:
    """Put each finding that nobody has reviewed to the person at the terminal; Ctrl-C keeps what was said till then."""
    waiting = [each for each in found if each.key not in earlier]
    console.progress(said(_("Findings: {count}. Not reviewed yet: {waiting}.", count=len(found), waiting=len(waiting))))
    if waiting and not by:
        by = typer.prompt(said(_("Your name")), err=True)
    question = said(_("c confirm, r reject, s skip, q quit"))
    for each in waiting:
        _show(each, ())
        answer = ""
        while answer not in (CONFIRM, REJECT, SKIP, QUIT):
            answer = typer.prompt(question, default=SKIP, err=True).strip().lower()[:1]
        if answer == QUIT:
            return
        if answer != SKIP:
            decision: Decision = "confirmed" if answer == CONFIRM else "rejected"
            write_review(run, each.key, decision, by=by, reason=typer.prompt(said(_("Why")), err=True))


def _show(found: Found, earlier: tuple[Review, ...]) -> None:
    labels = {rule.id: pick(rule.label_zh, rule.label_en) for rule in load_rules()}
    style = console.OUTCOME_STYLE.get(found.outcome.value, "")
    console.say((word(found.outcome), style), (f"  {found.key}  {found.rule}  {labels.get(found.rule, '')}", ""))
    console.say((f"  {found.part}{pick('：', ': ')}{pick(found.reason_zh, found.reason_en)}", ""), indent=4)
    for each in earlier:
        decided = said(_("confirmed") if each.decision == "confirmed" else _("rejected"))
        console.say((f"  {decided}  {each.by}  {each.at}  {each.reason}", "bold"), indent=4)


def _listed(run: Path, found: tuple[Found, ...], earlier: Mapping[str, tuple[Review, ...]]) -> dict[str, Any]:
    """The findings as JSON: what the machine says, and what people said of it."""
    listed = [asdict(each) | {"reviews": [asdict(said) for said in earlier.get(each.key, ())]} for each in found]
    unreviewed = sum(each.accuses and each.key not in earlier for each in found)
    return {"schema": SCHEMA, "run": str(run), "unreviewed": unreviewed, "findings": listed}
