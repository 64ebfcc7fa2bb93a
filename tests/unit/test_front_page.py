"""The first page: plain sentences, the worst first, what is left over counted, and what must be known said on top."""

from dataclasses import replace

import pytest

from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Outcome, Severity
from harness.language import both, chinese, known
from harness.report.case import Case
from harness.report.executive_summary import MOST_SENTENCES, executive_summary, plain
from harness.report.html import render_html
from harness.report.report_model import AppReport, FindingView, Picture, Report, ReviewView, VerdictView
from harness.report.wall_times import WallTime
from harness.rules import load_rules
from harness.rules.headline import FIRST, SEVERITIES

RULES = {rule.id: rule for rule in load_rules()}
EXIT, ASKS, FUNCTION = "c5-exit-after-denial", "c5-asks-before-use", "c5-asks-without-function"


def finding(outcome: Outcome, *pictures: Picture, reviews: tuple[ReviewView, ...] = ()) -> FindingView:
    return FindingView(
        outcome,
        known("用户拒绝位置权限 0.40 秒后，应用崩溃", "0.40 s after location was refused the app crashed"),
        (),
        pictures,
        (),
        (),
        "k",
        reviews,
    )


def verdict(rule: str, outcome: Outcome, *findings: FindingView) -> VerdictView:
    return VerdictView(RULES[rule], outcome, known("r", "r"), findings or (finding(outcome),))


def picture(path: str, box: tuple[int, int, int, int] | None = None) -> Picture:
    return Picture(path, "0" * 64, known(path, path), box, box)


def app(*verdicts: VerdictView, package: str = "a.b", root: str = "f" * 64) -> AppReport:
    device = {"manufacturer": "HUAWEI", "model": "P60", "android": "12", "rom": "harmony", "serial": f"S-{package}"}
    return AppReport(
        f"app-{package}", f"run-{package}", AppUnderTest(package=package, uid=1, label=package), device, "", {}, {}, root, verdicts
    )


@pytest.mark.parametrize(
    ("zh", "en", "told"),
    [
        ("用户拒绝电话权限 1.56 秒后，应用结束了自己的进程；两次对照运行中，一次选择允许，一次不作答，应用均继续运行",
         "1.56 s after phone was refused the app ended its own process; in two control runs, one with Allow and one without an answer, "
         "the app went on",
         ("用户拒绝电话权限 1.6 秒后，应用结束了自己的进程；未拒绝时应用继续运行",
         "1.6 s after phone was refused the app ended its own process; without a refusal it goes on")),
        ("插屏广告：点击关闭控件“关闭”，0.0 秒后打开 org.shop（依据：日志和视图树）；3 次中 3 次",
         "the interstitial: its close control was touched ('关闭'); after 0.0 s org.shop opened (log and view tree); 3 of 3 times",
         ("插屏广告：点击关闭控件“关闭”，随即打开 org.shop（3 次均如此）",
         "The interstitial: its close control was touched ('关闭'); at once org.shop opened (each of 3 times)")),
        ("索要电话权限：应用启动后，用户尚未使用任何相关功能",
         "asked for phone: after the start, before any function that needs it was used",
         ("应用启动后，用户尚未使用任何相关功能，即索要电话权限",
         "The app asked for phone: after the start, before any function that needs it was used")),
        ("自动续费默认勾选：“按 25 元续费；对照运行中价格（依据：官网）不变”", "the renewal is ticked by default: '25 (x)'",
         ("自动续费默认勾选：“按 25 元续费；对照运行中价格（依据：官网）不变”", "The renewal is ticked by default: '25 (x)'")),
        ("广告：3 次中 1 次", "advert; 1 of 3 times", ("广告：3 次中 1 次", "Advert (1 of 3 times)")),
    ],
)  # fmt: skip
def test_a_reason_becomes_a_sentence(zh: str, en: str, told: tuple[str, str]) -> None:
    assert both(plain(known(zh, en))) == told


def test_where_there_are_several_apps_each_is_named() -> None:
    report = Report((app(verdict(EXIT, Outcome.VIOLATION)), app(verdict(EXIT, Outcome.VIOLATION), package="c.d")))
    assert [chinese(each.text).partition("：")[0] for each in executive_summary(report).sentences] == ["“a.b”", "“c.d”"]
    assert chinese(executive_summary(Report(report.apps[:1])).sentences[0].text) == "用户拒绝位置权限 0.4 秒后，应用崩溃"


def test_the_worst_come_first_and_the_rest_is_counted() -> None:
    verdicts = [verdict(FUNCTION, Outcome.SUSPECTED), verdict(ASKS, Outcome.VIOLATION), verdict(EXIT, Outcome.VIOLATION)]
    page = executive_summary(Report(tuple(app(*verdicts, verdict("c5-dialog-loop", Outcome.CLEAR), package=name) for name in "abcdef")))
    assert (len(page.sentences), page.more) == (MOST_SENTENCES, 6 * 3 - MOST_SENTENCES)
    assert [each.outcome for each in page.sentences] == [Outcome.VIOLATION] * MOST_SENTENCES
    order = [RULES["c5" + each.link.rpartition("-c5")[2]].severity for each in page.sentences]
    assert order == sorted(order)
    assert dict(page.counts)[Outcome.CLEAR] == 6


def test_one_picture_stands_for_a_finding_the_one_that_says_most() -> None:
    shots = picture("before"), picture("dialog", (1, 2, 3, 4)), picture("after")
    told = {
        rule: executive_summary(Report((app(verdict(rule, Outcome.VIOLATION, finding(Outcome.VIOLATION, *shots))),))).sentences[0].picture
        for rule in (ASKS, EXIT)
    }
    assert told == {ASKS: shots[1], EXIT: shots[2]}
    assert executive_summary(Report((app(verdict(ASKS, Outcome.VIOLATION)),))).sentences[0].picture is None


def test_what_nobody_has_reviewed_is_counted() -> None:
    seen = finding(Outcome.SUSPECTED, reviews=(ReviewView(confirmed=False, by="李四", at="2026-01-01", reason="误报"),))
    page = executive_summary(Report((app(verdict(ASKS, Outcome.SUSPECTED, seen), verdict(FUNCTION, Outcome.SUSPECTED)),)))
    assert page.unreviewed == 1
    assert [chinese(each.reviewed) for each in page.sentences] == ["人工复核：否定（李四）", ""]


def test_what_must_be_known_first_stands_on_top() -> None:
    whole = app(verdict(ASKS, Outcome.CLEAR))
    faulty = replace(
        whole,
        manifest="",
        unfinished=("未完成：检测被中断", "not finished: the check was interrupted"),
        changes=(("raw/a", known("被改动", "changed")),),
    )
    page = executive_summary(Report((whole, faulty)))
    assert [(each.kind, each.run) for each in page.warnings] == [(kind, faulty.folder) for kind in ("altered", "unsealed", "unfinished")]
    html = render_html(Report((faulty,)))
    assert html.index("检测被中断") < html.index("报告编号")
    assert html.index("raw/a（被改动）") < html.index("报告编号")


def test_a_page_without_violations_does_not_say_that_all_is_well() -> None:
    html = render_html(Report((app(verdict(ASKS, Outcome.CLEAR), verdict(EXIT, Outcome.NOT_EXERCISED)),)))
    assert "不得视为未发现问题" in html
    assert not [word for word in ("合格", "通过。", "passed", "compliant") if word in html]


def test_the_case_and_the_time_stand_on_it() -> None:
    fields = (("client", "<b>某公司</b>"), ("link", "javascript:alert(1)"))
    one = replace(app(), begun=WallTime("2026-03-01 20:15:00.000 -0500", "2026-03-02 09:15:00.000"))
    html = render_html(Report((one,), Case(fields)))
    assert "&lt;b&gt;某公司&lt;/b&gt;" in html
    assert 'href="javascript' not in html
    assert "2026-03-01 20:15:00.000 -0500" in html
    assert "北京时间 2026-03-02 09:15:00.000" in html
    assert "未提供<" in html


def test_it_names_the_app_its_package_and_its_version_and_so_does_the_title() -> None:
    shop = app(verdict(EXIT, Outcome.CLEAR), package="com.a.shop")
    shop = replace(shop, app=replace(shop.app, label="邻家<门店>", version_name="2.0.1", version_code=201))
    assert executive_summary(Report((shop, shop))).apps == (("邻家<门店>", "com.a.shop", "2.0.1 (201)"),)
    page = render_html(Report((shop,)))
    cover = page[page.index('class="front-table"') : page.index('class="front-did"')]
    assert all(words in cover for words in ("邻家&lt;门店&gt;", "2.0.1 (201)", "com.a.shop"))
    assert "<title>邻家&lt;门店&gt; 2.0.1 · " in page
    assert executive_summary(Report((app(),))).apps == (("a.b", "a.b", ""),)


def test_of_one_outcome_and_severity_what_shuts_a_user_out_comes_first() -> None:
    shop = app(*(verdict(rule, Outcome.VIOLATION) for rule in (ASKS, "c5-bundled-request", "c5-dialog-loop", EXIT)))
    assert [each.link.rpartition("-c5-")[2] for each in executive_summary(Report((shop,))).sentences] == [
        "exit-after-denial",
        "dialog-loop",
        "asks-before-use",
        "bundled-request",
    ]
    assert set(FIRST) <= RULES.keys()
    assert set(SEVERITIES) == set(Severity), "a rule of the tester's own may have any of them"
