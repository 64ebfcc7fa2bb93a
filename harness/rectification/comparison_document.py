"""The comparison as a Word document, in the language of this run: the company fills in what is its own, and signs."""

from collections.abc import Sequence

from harness.language import Text, _, pgettext, said
from harness.rectification.comparison_model import Answered, Comparison, State
from harness.rectification.comparison_texts import (
    ANSWER_HEADS,
    BESIDE,
    HEADS,
    LABEL_HEADS,
    TITLE,
    TO_FILL,
    Form,
    Side,
    by_label,
    forms,
    identity,
    made_by,
    notice_pairs,
    problem_name,
    problem_words,
    tally,
)
from harness.report.docx import Cell, Paper, Part, Shot, Words

COLOURS = {
    State.FIXED: "1B7A43",
    State.STILL: "C62828",
    State.NEW: "C62828",
    State.OPEN: "6A3AB2",
    State.NOT_REPRODUCED: "6A3AB2",
    State.UNDETECTABLE: "566170",
}
_WIDE, _HIGH = 32, 64  # millimetres of a picture: two stand beside each other in half of the page's width
_TO_FILL = "B26A00"


def render_docx(comparison: Comparison, made_with: str = "") -> bytes:
    """The file, with the block of its provenance; the same comparison gives the same bytes."""
    app, number = comparison.new[0].report.app, comparison.notice.number if comparison.notice else ""
    paper = Paper(said(TITLE), head=" · ".join(filter(None, (comparison.label[:60], app.version_name, number))))
    counted = iter(said(_("1. 2. 3. 4. 5. 6. 7. ")).replace("、", "、|").replace(". ", ". |").split("|"))

    def heading(text: Text) -> None:
        paper.heading(next(counted) + said(text))

    if comparison.notice is not None:
        heading(_("The notice"))
        paper.pairs(notice_pairs(comparison))
        heading(_("Each problem of the notice answered"))
        paper.table(ANSWER_HEADS, map(_answer, comparison.answers), (3.2, 2.4, 3, 1.6))
    heading(pgettext("comparison", "What was tested"))
    for note in comparison.notes:
        paper.paragraph(said(_("Note: ")) + said(note), bold=True, colour=_TO_FILL)
    paper.pairs(identity(comparison))
    heading(_("Problem by problem"))
    paper.paragraph(tally(comparison))
    first = 1
    for answer in comparison.answers:
        if answer.rows:
            paper.heading(problem_name(answer), 2)
            first += _forms(paper, forms(answer.rows, first))
    if comparison.beside:
        if comparison.notice is not None:
            paper.heading(BESIDE, 2)
        _forms(paper, forms(comparison.beside, first))
    heading(_("Every label of notice 164"))
    paper.table(LABEL_HEADS, by_label(comparison), (2.4, 1.6, 3))
    heading(_("Signatures"))
    paper.signatures()
    paper.paragraph(made_by(), small=True)
    return paper.to_bytes(made_with)


def _answer(answer: Answered) -> tuple[Cell, ...]:
    words = problem_words(answer)
    problem: list[Part] = [Words(f"{answer.problem.number}. {said(words[0])}", bold=True), *words[1:]]
    return tuple(problem), answer.before, answer.after, Words(answer.state.words, colour=COLOURS[answer.state])


def _forms(paper: Paper, found: Sequence[Form]) -> int:
    """A form a problem; how many they are."""
    for form in found:
        paper.form(_rows(form))
    return len(found)


def _rows(form: Form) -> list[list[tuple[Cell, int]]]:
    problem: list[Part] = [Words(f"{form.number}. {said(form.problem[0])}", bold=True), form.problem[1]]
    repeats = [Words(each, bold=True, colour=COLOURS[State.STILL]) for each in form.repeats]
    result: list[Part] = [Words(form.result[0], bold=True, colour=COLOURS[form.state]), *form.result[1:]]
    return [
        [(_head(HEADS["problem"]), 1), ((*problem, *repeats, Words(form.key, small=True, colour="566170")), 7)],
        [(_head(HEADS["before"]), 4), (_head(HEADS["after"]), 4)],
        [(_side(form.before), 4), (_side(form.after), 4)],
        [(_head(HEADS["cause"]), 1), ((*form.causes, _filled(form.cause)), 7)],
        [(_head(HEADS["measure"]), 1), ((_filled(form.measure), Words(said(_("Advice: ")) + said(form.advice), small=True)), 7)],
        [(_head(HEADS["result"]), 1), (tuple(result), 7)],
    ]


def _head(text: str) -> Words:
    return Words(text, bold=True, small=True)


def _filled(given: Text) -> Words:
    """The company's own words, or the place for them."""
    return Words(given, colour=_TO_FILL) if given == TO_FILL else Words(given)


def _side(side: Side) -> Cell:
    texts: list[Part] = [*side.texts]
    if side.outcome is not None:
        texts.insert(1, Words(side.outcome.label, bold=True))
    return (*texts, *(Shot(each.jpeg, each.caption, _WIDE, _HIGH) for each in side.pictures))
