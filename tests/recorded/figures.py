"""How well the pure functions of the harness read recorded screens, as shares between 0 and 1 or as counts.

Nothing is pressed here: a tree and its picture go in, what is said of them is held against the labels.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from harness.dialogs.danger import is_dangerous
from harness.dialogs.matcher import DENIAL_ROLES
from harness.pages.adverts import find_adverts
from harness.pages.controls import Control, Kind, controls
from harness.pages.identity import describe
from harness.pages.interruptions import find_interruption
from harness.pages.look import Look
from tests.recorded.labels import Labelled, Labels, read_labels
from tests.recorded.screens import app_of_states, frame_of, look_at

NOES = (*DENIAL_ROLES, "negative", "refuse", "close")
"""Roles of a dialog's buttons that say no: of the system's dialogs, the app's own, and a policy's."""
Figures = dict[str, tuple[float, float]]
"""Name of a figure -> how many were right, of how many."""


def figures_of(folder: Path) -> Figures:
    labels = read_labels(folder)
    if not labels.page:
        return {}
    package = Counter(state.package for name, state in labels.states.items() if name in labels.page).most_common(1)[0][0]
    app = app_of_states(labels.states.values(), package)
    looks = {name: look_at(state, app) for name, state in labels.states.items()}
    seen = {name: controls(look.roots, package) for name, look in looks.items()}
    found = _acts(labels.acts, seen) | _promises(labels, seen) | _ways_out(labels.ways_out, looks, seen, package)
    return found | _pages(labels, looks, package) | _interruptions(labels, looks, package)


def _acts(acts: tuple[Labelled, ...], seen: dict[str, list[Control]]) -> Figures:
    """``danger recall``: acts that are known as danger wherever they can be pressed.

    ``danger precision``: of the labelled controls that are called a danger anywhere, those that are an act.
    """
    said: dict[int, list[bool]] = {}
    label = {one.of: one.label for one in acts}
    for one in acts:
        control = _at(one, seen[one.file])
        said.setdefault(one.of, []).append(control.dangerous if control is not None else is_dangerous(one.words, one.id))
    known = [of for of, words in said.items() if label[of] and all(words)]
    called = [of for of, words in said.items() if any(words)]
    return {
        "danger recall": (len(known), sum(1 for each in label.values() if each)),
        "danger precision": (sum(1 for of in called if label[of]), len(called)),
    }


def _promises(labels: Labels, seen: dict[str, list[Control]]) -> Figures:
    """A promise is a group that a control promises; it is held against the labels of pages on which nothing lies.

    A recording that has no labels of promises says nothing about them.
    """
    if not labels.promises:
        return {}
    wanted = {(one.file, _place(_at(one, seen[one.file])) or one.box, one.label) for one in labels.promises}
    made = {(name, control.node.bounds, group) for name in labels.plain for control in seen[name] for group in control.promises}
    return {"promise recall": (len(wanted & made), len(wanted)), "promise precision": (len(wanted & made), len(made))}


def _ways_out(ways: tuple[Labelled, ...], looks: dict[str, Look], seen: dict[str, list[Control]], package: str) -> Figures:
    """``ways out``: controls that lead back or close which are known as such.

    Known by the kind of the control, by the dialog's button that says no, or as what closes the interruption.
    """

    def known(one: Labelled) -> bool:
        control, look = _at(one, seen[one.file]), looks[one.file]
        if control is not None and control.kind in (Kind.BACK, Kind.CLOSE):
            return True
        found = find_interruption(look, package)
        places = [] if found is None or found.box is None else [found.centre]
        places += [button.centre for button in look.dialog.buttons if button.role in NOES] if look.dialog is not None else []
        left, top, right, bottom = one.box
        return any(left <= x < right and top <= y < bottom for x, y in places)

    return {"ways out": (sum(map(known, ways)), len(ways))} if ways else {}


def _pages(labels: Labels, looks: dict[str, Look], package: str) -> Figures:
    """``page recall``: pairs of screens of that very page which are said to be one.

    ``page precision``: pairs that are said to be one and are of one kind; two videos on one layout are no mistake.
    """
    told = {}
    for name in labels.page:
        page = describe(looks[name].roots, package) if labels.states[name].package == package else None
        if page is not None:
            told[name] = page.screen
    pairs = list(combinations(told, 2))
    same = [pair for pair in pairs if labels.page[pair[0]][1] == labels.page[pair[1]][1]]
    said = [pair for pair in pairs if told[pair[0]] == told[pair[1]]]
    of_a_kind = [pair for pair in said if labels.page[pair[0]][0] == labels.page[pair[1]][0]]
    return {"page recall": (len(set(same) & set(said)), len(same)), "page precision": (len(of_a_kind), len(said))}


def _interruptions(labels: Labels, looks: dict[str, Look], package: str) -> Figures:
    """``quiet pages``: pages on which nothing lies, and of which neither an advert nor an interruption is said.

    An advert in a feed, which no label tells of, counts as wrong too; the recordings have next to none.
    """
    plain = [name for name in sorted(labels.plain) if labels.states[name].package == package]

    def quiet(name: str) -> bool:
        look = looks[name]
        return not find_adverts(look, package, frame_of(labels.states[name])) and find_interruption(look, package) is None

    return {"quiet pages": (sum(map(quiet, plain)), len(plain))}


def _at(one: Labelled, seen: Iterable[Control]) -> Control | None:
    """The control at a labelled place: the very one, else the smallest that is pressed there."""
    left, top, right, bottom = one.box
    inside = [each for each in seen if left <= each.centre[0] < right and top <= each.centre[1] < bottom]
    return next((each for each in inside if each.node.bounds == one.box), min(inside, key=lambda each: each.node.area, default=None))


def _place(control: Control | None) -> tuple[int, int, int, int] | None:
    return None if control is None else control.node.bounds
