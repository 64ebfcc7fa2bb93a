"""The language of a run: each text for people is written in English in the code and known in Chinese by the catalogue.

``_`` marks a text, and keeps its template and values so that it can be said in either language later: an error that is
raised today stands in a report in both. Whoever prints asks ``said`` for it in the language of this run. The catalogue
is gettext's (``locale/*/LC_MESSAGES/apprights.po``); ``make language`` extracts the texts and compiles it.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
DOMAIN = "apprights"
LOCALE = Path(__file__).with_name("locale")
ASKED = ("APPRIGHTS_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Environment variables that name a language; the first that is set decides: ours, then those of gettext in order."""
_CATALOGUES = {"zh": "zh_CN"}
_chosen = "en"


class Text(str):
    """A text in English, as every ``str``, that can be said in Chinese too.

    ``template`` has its values by name in braces, as ``str.format``; a value may be a Text or an error itself.
    ``context`` tells two texts apart that are one in English.
    """

    __slots__ = ("context", "template", "values")

    template: str
    values: Mapping[str, Any]
    context: str

    def __new__(cls, template: str, values: Mapping[str, Any] | None = None, context: str = "") -> Text:
        values = {name: _kept(value) for name, value in (values or {}).items()}
        text = super().__new__(cls, template.format(**values) if values else template)
        text.template, text.values, text.context = template, values, context
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return Text, (self.template, self.values, self.context)

    def translated(self, language: str) -> str:
        """The text in ``language``, ``zh`` or ``en``; as it is where the catalogue does not know it."""
        if language not in _CATALOGUES or not self:
            return str(self)
        known = _catalogue(language)
        template = known.pgettext(self.context, self.template) if self.context else known.gettext(self.template)
        values = {name: value.translated(language) if isinstance(value, Text) else value for name, value in self.values.items()}
        return template.format(**values) if values else template


class _Known(Text):
    """A text whose Chinese stands beside it, not in the catalogue."""

    __slots__ = ("zh",)

    zh: str

    @classmethod
    def of(cls, zh: str, en: str) -> _Known:
        text = cls(en)
        text.zh = zh
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return _Known.of, (self.zh, str(self))

    def translated(self, language: str) -> str:
        return self.zh if language in _CATALOGUES else str(self)


def quoted(text: str) -> Text:
    """What a device or another program said: in quotation marks within a Chinese sentence."""
    return known(f"“{text}”" if text else "", text)


def known(zh: str, en: str) -> Text:
    """A text whose Chinese is known: from a table of names, or as a record has it."""
    return _Known.of(zh, en)


def _(template: str, **values: Any) -> Text:
    """A text for people: English, with ``values`` by their names in braces. The first argument is a literal."""
    return Text(template, values)


def pgettext(context: str, template: str, **values: Any) -> Text:
    """A text for people as by ``_``, whose English is in this ``context`` another text in Chinese."""
    return Text(template, values, context)


def listed(parts: Iterable[object]) -> Text:
    """Several texts or names in a list: in Chinese with the sign for that."""
    return _folded(parts, lambda first, more: _("{first}, {more}", first=first, more=more))


def with_commas(parts: Iterable[object]) -> Text:
    return _folded(parts, lambda said, note: _("{said}, {note}", said=said, note=note))


def with_semicolons(parts: Iterable[object]) -> Text:
    return _folded(parts, lambda said, note: _("{said}; {note}", said=said, note=note))


def _folded(parts: Iterable[object], join: Callable[[Text, Text], Text]) -> Text:
    texts = [part if isinstance(part, Text) else known(str(part), str(part)) for part in parts]
    return reduce(join, texts) if texts else Text("")


def said(told: object) -> str:
    """A text, or an error, in the language of this run; what is no Text of ours is said as it is."""
    return in_language(told, _chosen)


def in_language(told: object, language: str) -> str:
    """A text, or an error, in ``language``; what is no Text of ours is said as it is."""
    text = text_of(told) if isinstance(told, BaseException) else told
    return text.translated(language) if isinstance(text, Text) else str(text)


def chinese(told: object) -> str:
    """A text, or an error, in Chinese; empty for what is no Text of ours. A record keeps it beside the English."""
    text = text_of(told) if isinstance(told, BaseException) else told
    return text.translated("zh") if isinstance(text, Text) else ""


def both(told: object) -> tuple[str, str]:
    """A text in Chinese and in English, as reports have it."""
    return in_language(told, "zh"), in_language(told, "en")


def text_of(error: BaseException) -> str:
    """What an error says: a Text where it is one, so that it can be said in either language later."""
    return error.args[0] if len(error.args) == 1 and isinstance(error.args[0], Text) else str(error)


def pick(zh: str, en: str) -> str:
    """The one of two texts that is in the language of this run."""
    return zh if _chosen == "zh" else en


def chosen() -> str:
    """The language of this run, ``zh`` or ``en``."""
    return _chosen


def choose(language: str) -> None:
    """Set the language of this run; one process speaks one."""
    global _chosen
    assert language in LANGUAGES, language
    _chosen = language


def asked_for(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for: zh in any spelling is Chinese, all else English."""
    wanted = next((environment[name] for name in ASKED if environment.get(name)), "")
    return "zh" if wanted.lower().startswith("zh") else "en"


def _kept(value: Any) -> Any:
    """A value of a text: an error is its text, so that it can be said in either language, or quoted."""
    if not isinstance(value, BaseException):
        return value
    text = text_of(value)
    return text if isinstance(text, Text) else quoted(text)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, languages=[_CATALOGUES[language]], fallback=True)
