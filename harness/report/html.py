"""Report -> one self-contained HTML page: no script, no request to anywhere, everything from outside escaped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

import harness
from harness.console import neutral, printable
from harness.events.findings import Outcome
from harness.events.permission_groups import group_name, group_names
from harness.language import Text, _, chinese, chosen, in_language, pick, said
from harness.report.case import FIELDS
from harness.report.examination_record import Examination
from harness.report.executive_summary import executive_summary
from harness.report.report_model import SCENES_NOTE, AppReport, FindingView, Report, sources

MOST_SIGNS = 2000
"""Of one text; the longest of our own, a clause of the notice, has some 200."""
FEW_APPS = 4
"""Up to so many apps the summary has a line a rule, as a page is wide; beyond, a line an app."""
FACTS_ON_PAPER = 10
"""Of a finding; print.css hides the others, which stand in the file."""
FOLDED_APPS = 6
"""Beyond so many apps their sections are folded: a page of sixty would be 200,000 pixels high."""
_NUMBER = re.compile(r"[\d.:]+|“[^”]*”")
"""What equal findings may have otherwise: how often, how long, and which page or control."""
STYLES = ("style.css", "front.css", "page.css", "print.css")
SIGNS = {
    Outcome.VIOLATION: "\N{MULTIPLICATION SIGN}",
    Outcome.SUSPECTED: "?",
    Outcome.CLEAR: "\N{WHITE CIRCLE}",
    Outcome.NOT_EXERCISED: "\N{EN DASH}",
    Outcome.INCONCLUSIVE: "!",
}
"""Beside the word of an outcome, for who does not see its colour."""
EXPLAINED = (
    (Outcome.VIOLATION, _("The facts prove it.")),
    (Outcome.SUSPECTED, _("A person has to look.")),
    (Outcome.CLEAR, _("Exercised, nothing found, the logs are complete.")),
    (Outcome.NOT_EXERCISED, _("The scene did not occur.")),
    (Outcome.INCONCLUSIVE, _("The device, a log or the system prevented a judgement.")),
)
OPEN, FOLDED = '<details class="whole" open>', '<details class="whole">'


@dataclass(frozen=True, slots=True)
class PageProgress:
    """A page that is not finished: how many apps there will be, and after how many seconds a browser looks again."""

    total: int
    seconds: int = 10


def render_html(report: Report, growing: PageProgress | None = None, overview: str = "") -> str:
    """The page of apps that have their pictures; an app that has a page of its own is no more than named.

    ``overview`` is the address of the page that names this one.
    """
    sections = [render_app(app) for app in report.apps if not app.page]
    if len(sections) > FOLDED_APPS:
        sections = [section.replace(OPEN, FOLDED, 1) for section in sections]
    return render_part(
        "report.html.j2",
        report=report,
        made_with=whole(report.made_with),
        sections=tuple(Markup(section) for section in sections),
        growing=growing,
        overview=overview,
        front=executive_summary(report),
        fields=FIELDS,
        language=chosen(),
        few_apps=FEW_APPS,
        folded_apps=FOLDED_APPS,
        clauses=sorted({rule.clause for rule in report.rules}, key=lambda clause: (not clause.number, clause.number)),
        style=Markup("\n".join(_text(name) for name in STYLES)),
        choices=Markup(choices(report)),
        version=harness.__version__,
        conclusion=_conclusion(report),
        sources=sources(report),
        scenes_note=SCENES_NOTE,
    )


def whole(text: str) -> Markup:
    """A text that is read by programs, with no sign replaced or cut."""
    return Markup("".join(f"&#{ord(sign)};" if sign in "&<>\"'" or not sign.isprintable() else sign for sign in text))


def render_app(app: AppReport) -> str:
    return render_part("app.html.j2", app=app, fields=FIELDS)


def _conclusion(report: Report) -> Text:
    apps, runs = len(report.packages), len(report.apps)
    bad = len({app.app.package for app in report.apps for verdict in app.verdicts if verdict.outcome is Outcome.VIOLATION})
    violations, suspected = report.count(Outcome.VIOLATION), report.count(Outcome.SUSPECTED)
    open_ = report.count(Outcome.INCONCLUSIVE)
    said = _(
        "{apps} app(s) checked{times}, {bad} with violations ({violations} violations, {suspected} suspected)",
        apps=apps,
        times=_(" in {runs} runs", runs=runs) if runs != apps else "",
        bad=bad,
        violations=violations,
        suspected=suspected,
    )
    if open_:
        said = _("{said}; {count} verdict(s) could not be reached, test again", said=said, count=open_)
    return _("{said}.", said=said)


def _text(name: str) -> str:
    return (files("harness.report") / "templates" / name).read_text(encoding="utf-8")


def record_page(record: Examination, made_with: str = "") -> str:
    """The record of an examination as a page of its own, with the block of its provenance."""
    style = Markup("\n".join((*(_text(name) for name in STYLES), paper(f"{said(_('Record of the examination'))} · {record.folder}"))))
    return render_part(
        "examination_page.html.j2", record=record, made_with=whole(made_with), style=style, language=chosen(), version=harness.__version__
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        finalize=partial(neutral, most=MOST_SIGNS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["chinese"] = partial(in_language, language="zh")
    made.globals |= {"pick": pick, "said": said, "chinese": partial(in_language, language="zh")}
    made.filters["kind"] = _kind
    made.globals |= {"facts_on_paper": FACTS_ON_PAPER}
    made.globals |= {"group_name": group_name, "group_names": group_names}
    made.globals |= {"signs": SIGNS, "outcomes": tuple(Outcome), "explained": EXPLAINED}
    return made


def _kind(finding: FindingView) -> tuple[Outcome, str]:
    """What findings that are folded on paper have in common: all but numbers, quotations and the permission."""
    own = chinese(group_name(finding.part)) if finding.part else ""
    return finding.outcome, _NUMBER.sub("0", chinese(finding.reason).replace(own, "") if own else chinese(finding.reason))


def render_part(name: str, **values: object) -> str:
    """Render a small template of our own; everything in ``values`` is escaped."""
    return _environment().get_template(name).render(**values)


HEAD_LENGTH = 48
_PAPER = "@page { size: A4; margin: 20mm 16mm 18mm; font: 8pt system-ui, sans-serif; color: #566170; %s }"


def choices(report: Report) -> str:
    """The rules, one a line; every text from outside is a CSS string that closes nothing."""
    return "\n".join([*_filters(report), *_paper(report)])


def css_text(text: str) -> str:
    """A text as a CSS string: all but letters and digits as escapes, so that it ends neither string nor style."""
    return '"' + "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in printable(text)) + '"'


def paper(title: str) -> str:
    """A4 with page x of y, and the name of what is printed at the head."""
    count = pick('"第 " counter(page) " 页，共 " counter(pages) " 页"', '"page " counter(page) " of " counter(pages)')
    return _PAPER % f"@top-left {{ content: {css_text(title)}; }} @bottom-right {{ content: {count}; }}"


def _filters(report: Report) -> Iterator[str]:
    for outcome in Outcome:
        yield f".bar:has(#pick-{outcome.value}:not(:checked)) ~ main .verdict.{outcome.value} {{ display: none; }}"
    for number in sorted({rule.clause.number for rule in report.rules}):
        yield f'.bar:has(#pick-clause-{number}:not(:checked)) ~ main [data-clause="{number}"] {{ display: none; }}'
    for app in report.apps if len(report.apps) > 1 else ():
        yield f'.bar:has(option[value="{app.anchor}"]:checked) ~ main [data-app]:not([data-app="{app.anchor}"]) {{ display: none; }}'
    for sdk in report.sdks:
        name = css_text(sdk.replace(" ", "_"))
        value = css_text("sdk " + sdk.replace(" ", "_"))
        yield f".bar:has(option[value={value}]:checked) ~ main .verdict:not([data-sdk~={name}]) {{ display: none; }}"


def _paper(report: Report) -> Iterator[str]:
    """The report's number or name on the left of each head, the app's on the right."""
    number = report.case.given("report_number")
    title = said(_("App permission compliance report"))
    yield paper(f"{title} · {number[:HEAD_LENGTH]}" if number else title)
    for app in report.apps:
        name = css_text(f"{app.app.label[:HEAD_LENGTH]} {app.app.version_name or ''} · {app.app.package[:HEAD_LENGTH]}")
        of_it = app.anchor if len(report.apps) > 1 else ""  # a page with a name of its own begins anew
        yield f"@page {of_it} {{ @top-right {{ content: {name}; }} }}"
        if of_it:
            yield f"#{of_it}-part {{ page: {of_it}; }}"
