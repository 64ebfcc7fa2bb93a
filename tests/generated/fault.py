"""What a fault is: one mutation of an innocent app, and what the device's own truth must show of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random

from tests.generated.app_text import app_text
from tests.generated.grammar import innocent, plain_function
from tests.generated.lines import Slots
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth
from tests.generated.words import OFFERS, PERMISSIONS, exists

Places = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A way in which an app breaks ``rule``.

    ``fit`` makes an innocent app into one that can have the fault and is innocent still: the twin. ``change`` alters
    its recipe, ``lines`` are put into its file. ``outcome`` is what the documents demand where the truth shows the act;
    ``seen`` tells from the truth: an outcome, "" where the act did not happen.
    """

    id: str
    rule: str
    outcome: str
    lines: Callable[[Recipe], Places]
    seen: Callable[[Truth, Recipe], str]
    fit: Callable[[Recipe, Random], Recipe]
    change: Callable[[Recipe], Recipe] = lambda recipe: recipe
    scope: str = "15"


@dataclass(frozen=True, slots=True)
class Generated:
    """An app to check: its recipe, its file, and its fault (None for an innocent one)."""

    recipe: Recipe
    text: str
    fault: Fault | None = None


def nothing(_recipe: Recipe) -> Places:
    return {}


def make_innocent(seed: int, scope: str = "15") -> Generated:
    return of(innocent(seed, scope), None)


def make_guilty(seed: int, fault: Fault) -> tuple[Generated, Generated]:
    """The twin and the guilty app of a seed."""
    twin = fault.fit(innocent(seed, fault.scope, named=False), Random(f"{fault.id} {seed}"))
    return of(twin, None), of(twin, fault)


def of(recipe: Recipe, fault: Fault | None) -> Generated:
    """The app of a recipe that is innocent; ``fault`` is put in."""
    if fault is None:
        return Generated(recipe, app_text(recipe))
    changed = replace(fault.change(recipe), fault=fault.id)
    slots = Slots(fault.lines(recipe))
    text = app_text(changed, slots)
    assert not [*slots.left()], f"{fault.id}: {[*slots.left()]} are no places of the file"
    return Generated(changed, text, fault)


def with_function(recipe: Recipe, random: Random) -> Recipe:
    """An app with a consent, accepted, and a function in words that is quiet after a refusal."""
    consent = "dialog" if recipe.consent in ("none", "painted") else recipe.consent
    told = random.choice(["dialog", "layer", "note", "sheet"])
    return plain_function(replace(recipe, consent=consent, answer="accept"), random, told=told)


def unused(recipe: Recipe, among: Iterable[str] = ("LOCATION", "CONTACTS", "CALENDAR", "PHONE", "MICROPHONE", "CAMERA")) -> list[str]:
    """Groups that no function of the app is about, in the order given."""
    used = {function.group for function in recipe.functions}
    return [group for group in among if group not in used and exists(group, recipe.android)]


def entry(key: str, group: str, told: str, after: str, why: str) -> str:
    """A line of the table of functions for one that a fault adds."""
    words = [PERMISSIONS[group], told, after, "权限申请", why, "", "", "好的", "继续", "暂不"]
    return f'"{key}": ({", ".join(chr(34) + word + chr(34) for word in words)}),'


OFFER_OF = {offer.key: offer for offer in OFFERS}
