import shlex

import pytest

from device_farm.virtual.framework.text_formats import safe_uri
from device_farm.virtual.shell.intents import intent_text, parse_intent
from device_farm.virtual.shell.service_command import Arguments


@pytest.mark.parametrize(
    ("uri", "printed"),
    [
        ("https://user:secret@shop.example:8080/pay?card=1", "https://shop.example:8080/..."),
        ("tel:+86-10-1234", "tel:xxx-xx-xxxx"),
        ("package:com.example.shop", "package:"),
        ("file:///sdcard/a.apk", "file:///..."),
        ("market://details?id=com.example", "market://details/..."),
    ],
)
def test_uris_are_printed_without_what_is_private(uri: str, printed: str) -> None:
    assert safe_uri(uri) == printed


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (["https://a.b/c"], "Intent { act=android.intent.action.VIEW dat=https://a.b/... }"),
        (["com.example.shop"], "Intent { act=android.intent.action.MAIN cat=[android.intent.category.LAUNCHER] "
                               "pkg=com.example.shop }"),
        (["com.example.shop/.Main"], "Intent { act=android.intent.action.MAIN cat=[android.intent.category.LAUNCHER] "
                                     "cmp=com.example.shop/.Main }"),
        (["-n", "a.b/c.d.E", "-f", "0x20"], "Intent { flg=0x20 cmp=a.b/c.d.E }"),
        (["-a", "X", "--include-stopped-packages", "-p", "a.b"], "Intent { act=X flg=0x20 pkg=a.b }"),
    ],
)  # fmt: skip
def test_the_words_of_an_intent(words: list[str], printed: str) -> None:
    assert intent_text(parse_intent(Arguments(words), lambda option: False)) == printed


def test_extras_keep_their_types() -> None:
    words = shlex.split("-a X --es s t --ei n 0x10 --ez b true --el l 5 --ef f 1.5 --esa list a,b --esn none")
    intent = parse_intent(Arguments(words), lambda option: False)
    assert intent.extras == {
        "s": "t", "n": 16, "b": True, "l": 5, "f": 1.5, "list": ["a", "b"], "none": None,
    }  # fmt: skip


def test_a_value_may_be_glued_to_its_option() -> None:
    arguments = Arguments(["-S123", "--", "-x"])
    assert (arguments.option(), arguments.number()) == ("-S", 123)
    assert arguments.option() is None
    assert arguments.rest() == ["-x"]
