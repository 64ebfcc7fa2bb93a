"""The comparison as a Word document, in the language of this run: the company fills in what is its own, and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.language import pick
from harness.rectification.comparison_model import State
from harness.rectification.comparison_texts import (
    ANSWER_HEADS,
    BESIDE,
    HEADS,
    LABEL_HEADS,
    TITLE,
    TO_FILL,
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from harness.rectification.comparison_model import Answered, Comparison
    from harness.rectification.comparison_texts import Form, Side
    from harness.report.wording.terms import Words as Two

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


def render_docx(comparison: Comparison) -> bytes:
    """The file; the same comparison gives the same bytes."""
    app, number = comparison.new[0].report.app, comparison.notice.number if comparison.notice else ""
    paper = Paper(pick(*TITLE), head=" · ".join(filter(None, (comparison.label[:60], app.version_name, number))))
    counted = iter(pick("一、二、三、四、五、六、七、", "1. 2. 3. 4. 5. 6. 7. ").replace("、", "、|").replace(". ", ". |").split("|"))

    def heading(zh: str, en: str) -> None:
        paper.heading(next(counted) + pick(zh, en))

    if comparison.notice is not None:
        heading("通知要求", "The notice")
        paper.pairs(_pairs(notice_pairs(comparison)))
        heading("对通知所列问题的答复", "Each problem of the notice answered")
        paper.table([pick(*name) for name in ANSWER_HEADS], map(_answer, comparison.answers), (3.2, 2.4, 3, 1.6))
    heading("检测对象", "What was tested")
    for note in comparison.notes:
        paper.paragraph(pick("注意：", "Note: ") + pick(*note), bold=True, colour=_TO_FILL)
    paper.pairs(_pairs(identity(comparison)))
    heading("问题整改对照", "Problem by problem")
    paper.paragraph(pick(*tally(comparison)))
    first = 1
    for answer in comparison.answers:
        if answer.rows:
            paper.heading(pick(*problem_name(answer)), 2)
            first += _forms(paper, forms(answer.rows, first))
    if comparison.beside:
        if comparison.notice is not None:
            paper.heading(pick(*BESIDE), 2)
        _forms(paper, forms(comparison.beside, first))
    heading("举一反三自查", "Every label of notice 164")
    paper.table([pick(*name) for name in LABEL_HEADS], ([pick(*each) for each in row] for row in by_label(comparison)), (2.4, 1.6, 3))
    heading("签署", "Signatures")
    paper.signatures()
    paper.paragraph(pick(*made_by()), small=True)
    return paper.to_bytes()


def _pairs(pairs: Iterable[tuple[Two, Two]]) -> list[tuple[str, Cell]]:
    return [(pick(*name), pick(*value)) for name, value in pairs]


def _answer(answer: Answered) -> tuple[Cell, ...]:
    words = problem_words(answer)
    problem: list[Part] = [Words(f"{answer.problem.number}. {pick(*words[0])}", bold=True), *(pick(*each) for each in words[1:])]
    return tuple(problem), pick(*answer.before), pick(*answer.after), Words(pick(*answer.state.words), colour=COLOURS[answer.state])


def _forms(paper: Paper, found: Sequence[Form]) -> int:
    """A form a problem; how many they are."""
    for form in found:
        paper.form(_rows(form))
    return len(found)


def _rows(form: Form) -> list[list[tuple[Cell, int]]]:
    name = {key: pick(*words) for key, words in HEADS.items()}
    problem: list[Part] = [Words(f"{form.number}. {pick(*form.problem[0])}", bold=True), pick(*form.problem[1])]
    repeats = [Words(pick(*each), bold=True, colour=COLOURS[State.STILL]) for each in form.repeats]
    result: list[Part] = [Words(pick(*form.result[0]), bold=True, colour=COLOURS[form.state]), *(pick(*each) for each in form.result[1:])]
    return [
        [(_head(name["problem"]), 1), ((*problem, *repeats, Words(form.key, small=True, colour="566170")), 7)],
        [(_head(name["before"]), 4), (_head(name["after"]), 4)],
        [(_side(form.before), 4), (_side(form.after), 4)],
        [(_head(name["cause"]), 1), ((*(pick(*each) for each in form.causes), _filled(form.cause)), 7)],
        [(_head(name["measure"]), 1), ((_filled(form.measure), Words(pick("参考建议：", "Advice: ") + pick(*form.advice), small=True)), 7)],
        [(_head(name["result"]), 1), (tuple(result), 7)],
    ]


def _head(text: str) -> Words:
    return Words(text, bold=True, small=True)


def _filled(given: Two) -> Words:
    """The company's own words, or the place for them."""
    return Words(pick(*given), colour=_TO_FILL) if given == TO_FILL else Words(pick(*given))


def _side(side: Side) -> Cell:
    texts: list[Part] = [pick(*each) for each in side.texts]
    if side.outcome is not None:
        texts.insert(1, Words(pick(side.outcome.label_zh, side.outcome.label_en), bold=True))
    return (*texts, *(Shot(each.jpeg, pick(*each.caption), _WIDE, _HIGH) for each in side.pictures))
