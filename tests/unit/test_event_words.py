"""Every kind of event has a sentence in Chinese and one in English, and what was made for programs is in neither."""

import re
import sys
import types
from dataclasses import fields
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

import harness.events.tester_actions
from harness.events import Event, Instant, Ref, Source, action_kinds, advert_events, delivery_events, start_evidence
from harness.events.observations import DialogKind
from harness.language import both, chinese
from harness.report.wording import action_wording as act_terms
from harness.report.wording import advert_wording as advert_terms
from harness.report.wording import start_wording as start_terms
from harness.report.wording import words
from harness.report.wording.observation_wording import SHOTS
from harness.report.wording.process_wording import ENDS
from harness.report.wording.terms import EVIDENCE, EXIT_REASONS, HOSTS, PARTS

STAMP: dict[str, Any] = {"at": Instant(0, 12.5), "source": Source.EVENTS, "wall": "", "ref": Ref("raw/events.txt", 7)}
NAMESPACE = {
    name: value
    for path, module in sorted(sys.modules.items())
    if path.startswith("harness.events.")
    for name, value in vars(module).items()
}
FAMILIAR = {"UID", "adb", "Android", "Toast", "VPN", "ROM"}
"""Words in Latin letters that a Chinese reader of such a report uses."""
QUOTED = re.compile(r"“[^”]*”|(?<!\w)'[^']*'")
NAMES = re.compile(r"\b(?:com|android)\.[\w.$/]+|\bSystem\.exit\b")
"""Packages, components and permissions."""
MEANINGS = {
    ("tapped", "purpose"): act_terms.PURPOSES,
    ("swiped", "purpose"): act_terms.PURPOSES,
    ("app_stopped", "how"): act_terms.STOPS,
    ("key_pressed", "key"): act_terms.KEYS,
    ("interruption_closed", "interruption"): act_terms.INTERRUPTIONS,
    ("permission_denied", "proof"): ("flags", "gone", "none"),
    ("control_started", "answer"): ("allow", "none"),
    ("screenshot_taken", "why"): ("", *SHOTS),
    ("activity_finished", "reason"): ENDS,
    ("activity_destroyed", "reason"): ENDS,
    ("process_started", "hosting_type"): HOSTS,
    ("start_refused", "what"): PARTS,
    ("start_refused", "by"): start_terms.GUARDS,
    ("start_policy_seen", "what"): start_terms.POLICIES,
    ("start_policy_seen", "value"): start_terms.VALUES,
    ("role_seen", "role"): start_terms.ROLES,
    ("advert_acted", "fed"): ("", *advert_terms.FED),
    ("exit_recorded", "reason"): (*EXIT_REASONS, 99),
    ("permission_flags_read", "flags"): (("USER_SET", "USER_FIXED"), ("USER_SENSITIVE_WHEN_GRANTED",)),
}
"""The values that the harness itself gives a field, which mean something: each is tried."""
TEXTS = {"permission_group": "LOCATION", "promises": "CAMERA", "reason_zh": "手机不支持", "reason_en": "the phone refuses it"} | {
    "text_zh": "手机不支持",
    "unread_zh": "手机不支持",
    "unread": "the time for it was over",
    "note_zh": "手机不支持",
}
NAMED = {"component", "process", "processes", "service", "package", "packages", "caller", "permission", "action", "exception"} | {
    "enabled",
    "disabled",
}
"""Fields that hold names of Android, whose dots and capitals stay as they are."""


def kinds(of: type[Event] = Event) -> list[type[Event]]:
    """Every class of event that can be seen: those that no other is made from.

    A class with slots is made from a first one without, which Python may still know; only the second is in its module.
    """
    found = []
    for kind in of.__subclasses__():
        if getattr(sys.modules[kind.__module__], kind.__name__) is kind:
            found += kinds(kind) or [kind]
    return sorted(found, key=lambda kind: kind.__name__)


def samples(name: str, hint: Any) -> list[Any]:
    """A few values of a field, so that each branch of a sentence is gone through."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return [value for part in inner for value in samples(name, part)]
    if origin is tuple and inner[-1] is Ellipsis:
        return [(), (samples(name, inner[0])[0],) * 7]
    if origin is tuple:
        return [tuple(samples(name, part)[0] for part in inner)]
    if origin is dict:
        return [{}, {"oom_adj": "906", "free_memory": "81"}]
    if origin is Literal:
        return list(inner)
    if hint is bool:
        return [True, False]
    if hint in (int, float):
        return [hint(0), hint(2), hint(7300), hint(-40)]
    if hint is str:
        return [TEXTS.get(name, "com.example.shop/.Main" if name in NAMED else "随便看看 look around")]
    if hint is Instant:
        return [Instant(0, 3.0)]
    if hint is type(None):
        return [None]
    if issubclass(hint, tuple):  # a named one
        return [hint(*(samples(field, part)[0] for field, part in get_type_hints(hint).items()))]
    assert issubclass(hint, Enum), f"no sample of {hint}"
    return list(hint)


def events_of(kind: type[Event]) -> list[Event]:
    """One event for each sample of each field, the other fields as in the first."""
    hints = get_type_hints(kind, NAMESPACE)
    own = [field.name for field in fields(kind) if field.name not in STAMP]
    first = {name: samples(name, hints[name])[0] for name in own}
    for (of, name), meanings in MEANINGS.items():
        if (event := kind(**STAMP, **first)).kind == of:
            first[name] = next(iter(meanings))
    found: list[Event] = [kind(**STAMP | {"source": source}, **first) for source in Source]
    for name in own:
        values = list(MEANINGS.get((event.kind, name), ())) or samples(name, hints[name])
        found += [kind(**STAMP, **first | {name: value}) for value in values]
    return found


KINDS = kinds()
EVENTS = [event for kind in KINDS for event in events_of(kind)]


def own_words(sentence: str) -> str:
    """What is ours of a sentence: without what it quotes and without names of Android."""
    return NAMES.sub("…", QUOTED.sub("…", sentence))


def test_the_walk_meets_every_kind() -> None:
    assert len(KINDS) > 80
    assert {"KeyPressed", "ScreenSeen", "ProcessStarted", "TagLogged", "RoleSeen"} <= {kind.__name__ for kind in KINDS}


def test_a_kind_has_a_sentence_in_chinese() -> None:
    for event in EVENTS:
        own = own_words(chinese(words(event)))
        assert re.search(r"[\u4e00-\u9fff]{2}", own), own
        assert not re.search(r"[=_<>]|[,;:()!?]", own), own
        latin = re.findall(r"[A-Za-z][A-Za-z-]*", own)
        assert [word for word in latin if word not in FAMILIAR] == [], own


def test_a_kind_has_a_sentence_in_english() -> None:
    for event in EVENTS:
        own = own_words(words(event))
        assert re.search(r"[A-Za-z]{3,}", own), own
        assert not re.search(r"[=_<>\u3000-\u9fff\uff00-\uffef]", own), own
        assert "  " not in own.strip(), own
        assert "None" not in own, own


def test_no_sentence_shows_a_field_of_the_class() -> None:
    for event in EVENTS:
        names = "|".join(field.name for field in fields(event) if field.name not in STAMP)
        for sentence in both(words(event)):
            assert not re.search(rf"\b(?:{names or '-'}) ?=|\b[a-z]+_[a-z_]+\b", sentence), sentence


ENUMERATIONS = [
    (EVIDENCE, start_evidence.Evidence),
    (act_terms.TRIGGERS, start_evidence.Trigger),
    (act_terms.PURPOSES, action_kinds.Purpose),
    (act_terms.STOPS, action_kinds.Ending),
    (act_terms.NEIGHBOUR, action_kinds.NeighbourAct),
    (act_terms.INTERRUPTIONS, action_kinds.InterruptionKind),
    (advert_terms.KINDS, advert_events.AdvertKind),
    (advert_terms.ROLES, advert_events.ControlRole),
    (advert_terms.ACTS, action_kinds.AdvertAct),
    (advert_terms.WITNESSES, delivery_events.Witness),
    (advert_terms.LOADING, delivery_events.DownloadState),
    (advert_terms.INSTALLING, delivery_events.InstallState),
]


@pytest.mark.parametrize(("table", "used"), ENUMERATIONS)
def test_every_value_of_an_enumeration_has_its_term(table: dict[Any, Any], used: type[Enum]) -> None:
    assert set(used) - set(table) == set()


def test_hostile_text_is_cut_and_stays_on_its_line() -> None:
    shown = harness.events.DialogShown(
        **STAMP, dialog=DialogKind.OTHER, owner="com.example.shop", text="请授权\n" * 500, permission_group=None, box=(0, 0, 1, 1)
    )
    for sentence in both(words(shown)):
        assert "\n" not in sentence
        assert len(sentence) < 500


def test_what_a_record_has_in_english_only_is_quoted_in_chinese() -> None:
    lost = harness.events.StreamLost(**STAMP, stream=Source.TREE, reason="went away")
    assert chinese(words(lost)) == "视图树的记录中断，原因：“went away”"
    note = harness.events.Note(**STAMP, text="went away", problem=True)
    assert both(note.words) == ("“went away”", "went away")
    assert chinese(words(note)) == "检测中的问题：“went away”"


def test_a_kind_without_words_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="no words for event"):
        words(Event(**STAMP))
