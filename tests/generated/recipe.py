"""What a generated app is made of, as plain data: the same recipe is the same file, byte for byte."""

from dataclasses import dataclass

from tests.generated.words import Offer, Theme


@dataclass(frozen=True, slots=True)
class Function:
    """A function that needs a permission, and how the app asks.

    ``face``: row, button, tile, icon (a picture that a screen reader can name), wordless (one that nothing names), web,
    held (behind a long press), choice (in a sheet that a press opens).
    ``place``: home, second (another tab or page), detail (on a page below). ``told``: dialog, layer (a card over the
    page), note (a line beside the control), page (a line on the page that the control opens, which asks by itself),
    sheet (a bottom sheet), obscure (a dialog of the app's own whose ids say nothing), whole (a page that explains it,
    with the button).
    ``after`` a refusal: quiet (never again), each (at each press again), settings (at later presses the way to the
    settings), closes (the page that asked goes back).
    """

    offer: Offer
    caption: str
    face: str
    place: str
    told: str
    after: str
    answers: tuple[str, str] = ("继续", "暂不")  # what its own explanation offers

    @property
    def key(self) -> str:
        return self.offer.key

    @property
    def group(self) -> str:
        return self.offer.group


@dataclass(frozen=True, slots=True)
class Recipe:
    """One app. ``fault`` is the id of the mutation, empty for an innocent one; ``planted`` the key of its function."""

    seed: int
    theme: Theme
    label: str
    android: str
    rom: str
    scope: str  # "15" clauses 1 and 5, "48" the same with a moved clock, "13" clauses 1 and 3, "2", "4", "6" to "9", "draft"
    consent: str
    words: tuple[str, str]  # what agrees, what does not
    refused: str  # after a no to the policy: leaves, asks_again, browses
    onboarding: tuple[str, ...]
    advert: bool
    home: str
    functions: tuple[Function, ...]
    extras: tuple[str, ...]
    background: tuple[str, ...] = ()
    answer: str = "accept"
    lists: str = "Scroll"  # what its pages scroll in
    adverts: tuple[str, ...] = ()
    size: int = 0  # pages of its library
    deep: str = ""  # an advert that whoever stays near the first page never meets
    advert_face: str = "native"  # of an advert in the page: native, web, silent
    limits: tuple[float, float, float] = (15.0, 35.0, 3.0)  # of a shake: m/s² apart from gravity, degrees, seconds
    choice: tuple[str, ...] = ()  # of choices.PARTS; none: it chooses nothing for its user
    policy_of: str = ""  # another app, whose policy it shows
    deep_policy: int = 0  # pages between 我的 and its policy
    listed: tuple[str, ...] = ()  # of choices.LISTED: what its page in the phone's store tells
    takes: tuple[str, ...] = ()  # of choices.TAKES: what it reads, brings along or asks for, and says so
    fault: str = ""
    planted: str = ""

    @property
    def package(self) -> str:
        return f"com.generated.{self.theme.name}.s{self.seed}{'.' + self.fault.replace('-', '_') if self.fault else ''}"

    def function(self, key: str) -> Function:
        return next(function for function in self.functions if function.key == key)

    @property
    def features(self) -> tuple[str, ...]:
        """What may go with a mistake: of the whole app, then of its functions, in words that a table can show."""
        whole = [
            f"consent:{self.consent}",
            f"home:{self.home}",
            f"lists:{self.lists}",
            f"rom:{self.rom}-{self.android}",
            f"answer:{self.answer}",
        ]
        whole += [f"onboarding:{kind}" for kind in self.onboarding] or ["onboarding:none"]
        whole += ["advert"] if self.advert else []
        whole += [f"extra:{extra}" for extra in self.extras] + [f"background:{each}" for each in self.background]
        whole += [f"advert:{kind}" for kind in self.adverts] + ([f"advert-face:{self.advert_face}"] if self.adverts else [])
        whole += [f"deep:{self.deep}"] if self.deep else []
        whole += [f"library:{'large' if self.size > 60 else 'small'}"] if self.size else []
        whole += [f"choice:{'-'.join(self.choice)}"] if self.choice else []
        whole += [f"takes:{each}" for each in self.takes]
        for function in self.functions:
            parts = (("face", function.face), ("place", function.place), ("told", function.told), ("after", function.after))
            whole += [f"{name}:{value}" for name, value in parts] + [f"group:{function.group}"]
        return tuple(dict.fromkeys(whole))
