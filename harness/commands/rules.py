"""``apprights rules``: the rules, the clause behind each, its thresholds, and where each of them comes from."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import JsonLines, takes
from harness.commands.completion import profiles, rule_ids
from harness.engine.option_specs import day_of
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.language import Text, _, pick, said
from harness.rules import Rule, Threshold, load_rules, rule_json
from harness.rules.documents import documents, in_force_since
from harness.rules.labels import Label

UNITS = {"次": "times", "个": "", "种": "kinds", "类": "groups", "比例": "of 1"}
"""What the catalogue counts in, in English."""
PROJECT = "[PROJECT]"
WIDE = 160
"""Columns that the whole table takes."""
OUTCOMES = {
    Outcome.VIOLATION: _("the facts prove what the rule forbids; parts that it takes: {needed}"),
    Outcome.SUSPECTED: _("the facts point to it and do not prove it: a person looks at the evidence and decides"),
    Outcome.CLEAR: _("the occasion came, every log that the rule needs was complete, and nothing was found"),
    Outcome.NOT_EXERCISED: _("the occasion never came"),
    Outcome.INCONCLUSIVE: _("a log, the phone, the system or the detector was at fault: check again"),
}


@takes("as-of", "config")
def rules(
    rule: Annotated[
        str | None, typer.Argument(metavar="[ID]", help=_("one rule in full, by its id or a word of its name"), autocompletion=rule_ids)
    ] = None,
    profile: Annotated[
        str, typer.Option(help=_("a profile: its thresholds, and with --labels its labels"), autocompletion=profiles)
    ] = "miit-164",
    of_labels: Annotated[bool, typer.Option("--labels", help=_("the labels of the profile's documents, each with its rules"))] = False,
    json: JsonLines = False,
    **values: Any,
) -> None:
    """List the rules, or show one: its clause, its thresholds, and where each of them comes from.

    Those of your own (apprights.toml) are among them, each with its file. With --as-of one that was not yet in force
    says so.
    """
    day, catalogue = day_of(values["as_of"]), tuple(each for each in load_rules(profile) if rule or each.is_of(profile))
    if of_labels:
        _show_labels(profile, day, json=json)
        return
    if rule is not None:
        found = [each for each in catalogue if each.id == rule] or [each for each in catalogue if _speaks_of(each, rule)]
        if not found:
            raise ScenarioError(_("there is no rule '{rule}': 'apprights rules' lists them", rule=rule[:80]))
        catalogue, rule = tuple(found), rule if len(found) == 1 else None
    if json:
        for each in catalogue:
            console.print_json(rule_json(each, day))
    elif rule is not None:
        for name, text in _in_full(catalogue[0], day):
            first, *more = text.split("\n")
            console.say((name, "bold"), (pick("：", ": ") if name else "", ""), (first, ""), indent=2)
            for line in more:
                console.say((line, ""), indent=4)
    elif console.out.is_terminal and console.out.width < WIDE:
        few = (_("rule"), _("clause"), _("name"))
        rows = [(each.id, said(each.clause.place) if each.clause.number else "-", said(each.label)) for each in catalogue]
        console.table(said(_("Rules")), tuple(map(said, few)), rows)
        console.say((said(_("Scenes, thresholds and sources of a rule: {command}", command="apprights rules ID")), ""))
    else:
        heads = (_("rule"), _("clause"), _("scenes"), _("name"), _("thresholds"), _("since"), _("from"))
        console.table(said(_("Rules")), tuple(map(said, heads)), [_row(each, day) for each in catalogue])


def _speaks_of(rule: Rule, word: str) -> bool:
    """Whether a word stands in the rule's id or in its name, in either language."""
    return any(word.casefold() in name.casefold() for name in (rule.id, rule.label_zh, rule.label_en))


def _show_labels(profile: str, day: date | None, *, json: bool) -> None:
    """The labels of a profile: what finds each, or why nothing does."""
    from harness.rules.labels import label_json, labels

    found = labels(profile)
    if json:
        for each in found:
            console.print_json(label_json(each, day))
        return
    heads = (_("label"), _("words"), _("document"), _("since"), _("rules, or why none finds it"))
    console.table(said(_("Labels")), tuple(map(said, heads)), [_label_row(each, day) for each in found])


def _label_row(label: Label, day: date | None) -> tuple[str, ...]:
    words = label.zh if pick("zh", "en") == "zh" else f"{label.zh}\n{label.en}"
    judged = "\n".join(label.rules) or said(_("undetectable: ")) + pick(label.undetectable_zh, label.undetectable_en)
    return label.id, words, documents()[label.document].number, _since(label.in_force, day), judged


def _since(since: date | None, day: date | None) -> str:
    """The day from which something is held against an app, and whether that was too late for another day."""
    if since is None:
        return "-"
    return f"{since}\n{said(_('not in force'))}" if day is not None and day < since else str(since)


def _row(rule: Rule, day: date | None) -> tuple[str, ...]:
    numbers = "\n".join(f"{_number(each)} {_short_source(each)}" for each in rule.thresholds)
    since = _since(in_force_since(rule.documents), day)
    name = pick(rule.label_zh, rule.label_en)
    return rule.id, _clause(rule), ", ".join(rule.scenes), name, numbers, since, rule.origin or "AppRights"


def _in_full(rule: Rule, day: date | None) -> Iterator[tuple[str, str]]:
    """A rule as lines of a name and a text."""
    yield rule.id, pick(rule.label_zh, rule.label_en)
    yield said(_("clause")), _clause(rule)
    if rule.clause.number:
        yield said(_("text of the clause")), pick(rule.clause.text_zh, f"“{rule.clause.text_zh}”")
    else:
        yield said(_("text of the clause")), said(_("a demand of the tester's own, no clause of the notice"))
    if rule.text_zh:
        yield said(_("demand of the rule")), pick(rule.text_zh, rule.text_en or f"“{rule.text_zh}”")
    if rule.scenes:
        yield said(_("scenes")), ", ".join(rule.scenes)
    yield said(_("documents")), "" if rule.documents else "-"
    for document in (documents()[id] for id in rule.documents):
        since = _since(document.in_force, day).replace("\n", pick("，", ", "))
        yield (
            "",
            f"  {document.number} {pick(document.zh, document.en)}{pick('；', '; ')}{since}{pick('；', '; ')}{said(document.status)}",
        )
    yield said(_("severity")), rule.severity.value
    yield said(_("from")), rule.origin or "AppRights"
    yield said(_("detector")), _detector(rule)
    if rule.scenarios:
        yield said(_("scenarios")), ", ".join(rule.scenarios)
    yield said(_("sources it needs")), ", ".join(rule.needs)
    yield said(_("thresholds")), "" if rule.thresholds else "-"
    for each in rule.thresholds:
        yield "", f"  {_number(each)}{pick('；', '; ')}{_source(each)}"
    if advice := pick(rule.advice_zh, rule.advice_en):
        yield said(_("advice")), advice
    if limits := pick(rule.limits_zh, rule.limits_en):
        yield said(_("limits")), limits
    yield said(_("what its outcomes mean")), ""
    for outcome, meaning in OUTCOMES.items():
        label = pick(outcome.label_zh, outcome.value.replace("_", " "))
        yield "", f"  {label}{pick('：', ': ')}{_meaning(meaning, rule)}"


def _meaning(meaning: Text, rule: Rule) -> str:
    return said(meaning).format(needed=rule.needed)


def _clause(rule: Rule) -> str:
    label = pick(rule.clause.label_zh, rule.clause.label_en)
    return f"{rule.clause.number}. {label}" if rule.clause.number else label


def _number(each: Threshold) -> str:
    return f"{each.name} = {each.value:g} {pick(each.unit, UNITS.get(each.unit, each.unit))}".rstrip()


def _short_source(each: Threshold) -> str:
    """The profile or the file that has the number, and whether an official text gives it."""
    official = "" if each.ours is not None or not each.source.startswith(PROJECT) else f" {PROJECT}"
    return f"({each.origin}{official})"


def _source(each: Threshold) -> str:
    """Where a number comes from: the file that has it, and the text that asks for it."""
    whence = pick(each.source, f"“{each.source}”")
    if each.source.startswith(PROJECT):
        whence = pick(each.source, said(_("{project} a number of AppRights' own: no official text gives one", project=PROJECT)))
    if each.ours is not None:
        return said(_("from {origin} (AppRights has {ours:g}); source: {source}", origin=each.origin, ours=each.ours, source=whence))
    return said(_("from {origin}; source: {source}", origin=each.origin, source=whence))


def _detector(rule: Rule) -> str:
    """Name the detector of a rule; one that is not ours is looked for."""
    if rule.judged_by in {each.id for each in load_rules() if not each.origin}:
        return f"{rule.judged_by} (AppRights)" if rule.origin else rule.judged_by
    from harness.detectors.custom_detectors import find_own

    found = find_own(rule.detector)
    return rule.detector if found.function is not None else said(found.problem)
