"""The results as one page that needs nothing else, in the language of the run."""

from collections.abc import Iterable, Sequence
from html import escape

from harness.language import pick
from tests.generated import trial
from tests.generated.results import Share, by_feature, by_rule, is_wrong, reach
from tests.generated.trial import Row

STYLE = """
body{font:15px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:78rem;padding:0 1rem;color:#212121}
table{border-collapse:collapse;width:100%;margin:.6rem 0 2rem}
th,td{border-bottom:1px solid #e0e0e0;padding:.3rem .6rem;text-align:left;vertical-align:top}
th{background:#f5f5f5}.bad{color:#b71c1c}td.n{white-space:nowrap}.scroll{overflow-x:auto}
"""


def render(rows: Sequence[Row]) -> str:
    """The page."""
    title = pick("生成应用的首次检测结果", "First checks of generated apps")
    innocent, guilty = (sum(bool(row.fault) is flag for row in rows) for flag in (False, True))
    lead = pick(
        f"无辜应用 {innocent} 个，有过错的应用 {guilty} 个。区间均为 95% 威尔逊区间。"
        "“未到达”指设备自身的记录表明植入的行为没有发生，另行计数。",
        f"{innocent} innocent apps, {guilty} guilty ones. All intervals are Wilson's, of 95 %. "
        "Not reached: by the device's own account the planted act did not happen; counted apart.",
    )
    parts = [
        f"<h1>{escape(title)}</h1><p>{escape(lead)}</p><p>{escape(walked(rows))}</p>",
        _section(pick("按规则", "By rule"), rule_heads(), ([_cell(word) for word in line] for line in rule_lines(rows))),
        _section(pick("按语法特征", "By feature of the grammar"), feature_heads(),
         ([_cell(word) for word in line] for line in feature_lines(rows))),
        _section(pick("结果错误的应用", "Apps that came out wrong"), wrong_heads(),
         ([_cell(word) for word in line] for line in wrong_lines(rows))),
    ]  # fmt: skip
    language = pick("zh-CN", "en")
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def walked(rows: Sequence[Row]) -> str:
    """What the walks reached and pressed, and how many innocent apps were accused of a violation."""
    seen = reach(rows)
    return pick(
        f"走查：索权功能 {seen.functions.words}，页面 {seen.pages.words}，误按危险按钮 {seen.dangers} 次。"
        f"被误判不合规的无辜应用 {seen.accused.words}。",
        f"Walks: functions that ask {seen.functions.words}, pages {seen.pages.words}, dangers pressed {seen.dangers}. "
        f"Innocent apps accused {seen.accused.words}.",
    )


def rule_heads() -> list[str]:
    """Heads of the table by rule."""
    return [
        pick("规则", "rule"),
        pick("查出", "found"),
        pick("结论准确", "exact"),
        pick("漏判为未见异常", "missed: clear"),
        pick("未给结论", "missed: silent"),
        pick("未到达", "not reached"),
        pick("误判不合规", "wrong violations"),
        pick("误判疑似", "wrong suspicions"),
    ]


def rule_lines(rows: Sequence[Row]) -> list[list[str]]:
    """The table by rule; its last line is all rules."""
    return [
        [
            line.rule if line.rule != "*" else pick("合计", "all"),
            line.found.words,
            line.exact.words,
            str(line.clear),
            str(line.silent),
            str(line.not_reached),
            _few(line.wrong_violations),
            _few(line.wrong_suspicions),
        ]
        for line in by_rule(rows)
    ]


def _few(share: Share) -> str:
    return share.words if share.hits else f"0/{share.of}"


def feature_heads() -> list[str]:
    """Heads of the table by feature."""
    return [
        pick("特征", "feature"),
        pick("有此特征时出错", "wrong with it"),
        pick("无此特征时出错", "wrong without"),
        pick("索权功能触达", "functions that asked"),
    ]


def feature_lines(rows: Sequence[Row]) -> list[list[str]]:
    """The table by feature."""
    return [[line.feature, line.with_it.words, line.without.words, line.functions.words] for line in by_feature(rows)]


def wrong_heads() -> list[str]:
    """Heads of the list of apps that came out wrong."""
    return [
        pick("种子", "seed"),
        pick("过错", "fault"),
        pick("结果", "result"),
        pick("要求", "demanded"),
        pick("得到", "got"),
        pick("理由", "reason"),
    ]


def wrong_lines(rows: Sequence[Row]) -> list[list[str]]:
    """A line for each app that came out wrong, or in the wrong degree."""
    names = {
        trial.ACCUSED: pick("无辜被指", "accused though innocent"),
        trial.CLEAR: pick("漏判", "missed: clear"),
        trial.FOUND: pick("程度有误", "in the wrong degree"),
        trial.SILENT: pick("未给结论", "missed: silent"),
        trial.BROKEN: pick("检测失败", "no run"),
    }
    lines = []
    for row in sorted(rows, key=lambda row: (row.result, row.rule, row.seed)):
        if is_wrong(row) or row.result == trial.FOUND:
            got = row.got if row.fault else "; ".join(f"{rule} {outcome}" for rule, outcome in row.accused.items())
            why = row.problem or "; ".join(reason for rule, reason in row.reasons.items() if rule == row.rule or not row.fault)
            lines.append([f"{row.scope}:{row.seed}", row.fault or "-", names[row.result], row.demanded or "-", got, why])
    return lines


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _section(title: str, heads: list[str], lines: Iterable[list[str]]) -> str:
    head = "".join(f"<th>{escape(word)}</th>" for word in heads)
    body = "".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    return f'<h2>{escape(title)}</h2><div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
