"""Descriptions of the API's addresses in Chinese; the English stands with the code, for OpenAPI."""

from __future__ import annotations

TAGS = {"reading": "读取", "acting": "操作", "evidence": "证据", "live": "实时"}
WORDS = {
    "GET /api/campaigns": "各批次，最新的在前。批次是为同一目的提交的一组应用",
    "GET /api/open": "有未结束任务或没有结论任务的批次及其数量，最新的在前",
    "GET /api/tonight": "某一批次此刻的情况：进度、发现、哪些没有结论；不指定时为最新批次",
    "GET /api/phones": "全部手机，需要处理的在前；完成与中断次数按最近 24 小时计",
    "GET /api/units": "某一批次中已完成的任务，最严重的在前，含各条款的结论；place 取上一页的 next",
    "GET /api/untested": "某一批次中没有结论的任务及原因；均不得视为未发现问题",
    "GET /api/units/{unit}": "一个任务：各次尝试、各项规则的结论、发现与文件；文件按哈希从 /evidence 读取",
    "GET /api/apps": "名称或包名以所给文字开头的应用的任务，最新的在前",
    "GET /api/apps/{package}": "一个应用的各个版本：新发现、仍存在、未再发现、反复出现",
    "GET /api/findings": "逐条列出的发现，不合规在前，疑似在后",
    "GET /api/clauses": "按条款和规则统计的数量；可限于一个批次",
    "GET /api/sdks": "按 SDK 统计的数量；可限于一个批次",
    "GET /api/queue": "等待中的任务，按所需的手机分列，以及有多少台手机可用",
    "GET /api/deadlines": "已告知的企业及整改期限，已逾期的在前",
    "POST /api/phones/{phone}/{act}": "停用一台手机，或恢复使用；需要令牌",
    "POST /api/units/{unit}/{act}": "取消一个任务，或让它重新排队；需要令牌",
    "GET /evidence/{sha256}": "记录下的一个文件，按 SHA-256 读取，每次都与哈希核对；在浏览器中不会执行",
    "GET /report/{unit}/{number}": "某次尝试的检测报告，单个 HTML 页面",
    "GET /phones/{phone}/picture": "正在检测的手机的最近一张画面；仅限在本机记录的检测",
    "GET /live": "正在发生的事（server-sent events）：某编号之后的各行，以及各状态任务的数量",
    "GET /metrics": "供 Prometheus 读取的指标",
}
