"""A store's page about an app, as the tester saved it."""

from collections.abc import Iterable
from pathlib import Path

from harness.dialogs.app_names import same_name
from harness.errors import FormatError, ScenarioError, why
from harness.events.app_under_test import AppUnderTest
from harness.language import _
from harness.listings.listing_reader import read_listing
from harness.parsers.encoding import decoded

LISTING_LIMIT = 4 << 20
"""Bytes of a saved page at most [PROJECT]: those of the stores have some hundred thousand, without pictures."""


def read_listing_file(path: Path) -> str:
    """Return the text of a saved page: HTML, JSON or plain text, in UTF-8, UTF-16 or GB18030.

    Raises FormatError for a file that cannot be read, is too large, is no text, or tells of no app.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LISTING_LIMIT + 1)
    except OSError as error:
        raise FormatError(_("{path}: cannot be read: {reason}", path=path, reason=why(error))) from None
    if len(data) > LISTING_LIMIT:
        raise FormatError(
            _("{path}: larger than {limit} MiB, this is no page of a store; save it without pictures", path=path, limit=LISTING_LIMIT >> 20)
        )
    text = decoded(data)
    if text is None:
        raise FormatError(_("{path}: no text; save the store's page as HTML, JSON or plain text", path=path))
    if not read_listing(text).is_about_an_app:
        raise FormatError(
            _(
                "{path}: no store's page about an app: of its name, developer, version, permissions and policy two at least are needed; "
                "open the app's page in a browser, wait for it, and save it whole",
                path=path,
            )
        )
    return text


def need_listings_of(app: AppUnderTest, listings: Iterable[tuple[str, str]]) -> None:
    """Raise ScenarioError for a page, its file and its text, that is about another app or does not name this one."""
    for file, text in listings:
        page = read_listing(text)
        wrong = page.package != app.package if page.package else bool(page.name and app.label and not same_name(page.name, [app.label]))
        if wrong:
            told = (page.package or page.name)[:80]
            said = _(
                "--store: {file} is about {other}, not about {package}: save the page of this app",
                file=file,
                other=told,
                package=app.package,
            )
            raise ScenarioError(said)
        if not page.package and not page.name and not any(name and name in text for name in (app.package, app.label)):
            raise ScenarioError(_("--store: {file} does not name {package}: save the page of this app", file=file, package=app.package))
