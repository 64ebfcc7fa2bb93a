"""Labels of states, clauses and rules on pages, in Chinese and English."""

import os
from functools import cache
from pathlib import Path
from urllib.parse import quote

from device_farm.morning.page_model import Change, Why, Words
from harness.events.findings import Outcome
from harness.language import chinese
from harness.rules import OWN_CLAUSE, Rule, clauses, load_rules
from harness.rules.headline import SEVERITIES, weight

WHY: dict[Why, Words] = {
    Why.QUARANTINED: ("已隔离：使三部手机中断", "quarantined: it cost three phones their session"),
    Why.GIVEN_UP: ("多次尝试未成功", "tried too often"),
    Why.INCONCLUSIVE: ("无法判定", "inconclusive"),
    Why.CANCELLED: ("已取消", "cancelled"),
    Why.RUNNING: ("正在检测", "being tested"),
    Why.QUEUED: ("已排队", "queued"),
    Why.WAITING: ("等待检测", "waiting"),
}
ADVICE: dict[Why, Words] = {
    Why.QUARANTINED: (
        "人工查看各次尝试的记录；确认不是手机问题后，用 apprights farm retry 重新检测",
        "look at its tries; once it is not the phones' doing, test it again with apprights farm retry",
    ),
    Why.GIVEN_UP: (
        "按原因排除问题（文件、网络、磁盘或手机），再用 apprights farm retry 重新检测",
        "mend what is named (the file, the network, the disk, the phone), then apprights farm retry",
    ),
    Why.INCONCLUSIVE: (
        "按理由排除障碍后，用同一命令加新的 --campaign 名称重新提交，或者由人工检测；不得视为未发现问题",
        "remove what is named and give the same command with a new --campaign name, or test it by hand; it must not be taken for a pass",
    ),
    Why.CANCELLED: ("如仍需结论，用 apprights farm retry 重新检测", "if it is wanted after all: apprights farm retry"),
    Why.RUNNING: ("等待结束", "wait for its end"),
    Why.QUEUED: ("等待手机空闲；同一命令可继续未完成的检测", "wait for a phone; the same command goes on with what is left"),
    Why.WAITING: ("等待手机空闲；同一命令可继续未完成的检测", "wait for a phone; the same command goes on with what is left"),
}
SIGNS = {
    Outcome.VIOLATION: "\N{MULTIPLICATION SIGN}",
    Outcome.SUSPECTED: "?",
    Outcome.CLEAR: "\N{WHITE CIRCLE}",
    Outcome.NOT_EXERCISED: "\N{EN DASH}",
    Outcome.INCONCLUSIVE: "!",
}
"""As a report has them: beside the word of an outcome, for who does not see its colour."""
CHANGE: dict[Change, Words] = {
    Change.NEW: ("新版本中发现", "found in the new version"),
    Change.STILL: ("仍存在", "still there"),
    Change.AGAIN: ("反复出现", "found again"),
    Change.GONE: ("新版本未再发现（不作为整改证明）", "not found any more (which proves no cure)"),
    Change.OPEN: ("不可比，需补充检测", "not comparable, to be tested again"),
}
"""The words of ``harness.rectification`` where it has one; importing it would bring OpenCV into each process here."""
PHONE: dict[str, Words] = {
    "idle": ("空闲", "idle"),
    "busy": ("检测中", "busy"),
    "charging": ("充电中", "charging"),
    "hot": ("降温中", "too hot"),
    "quarantined": ("已隔离", "quarantined"),
    "trial": ("试用中", "on trial"),
    "offline": ("离线", "offline"),
    "unauthorized": ("未授权调试", "debugging not authorised"),
    "debugging-off": ("调试已关闭", "debugging switched off"),
    "draining": ("停止接收任务", "takes no more units"),
}
SICK = ("quarantined", "unauthorized", "debugging-off", "offline")
"""States of a phone that somebody has to do something about."""


def state_words(state: str) -> Words:
    """A phone's state; as the store has it where it is none of ours."""
    return PHONE.get(state, (state, state))


def rule_words(rule: str) -> Words:
    """Return the label of a rule; its id where this version does not know it."""
    found = _rules().get(rule)
    return (found.label_zh, found.label_en) if found is not None else (rule, rule)


def grave(rule: str) -> tuple[int, int, str]:
    """The place of a rule among others of one outcome; one that this version does not know comes last."""
    found = _rules().get(rule)
    return (*(weight(found) if found is not None else (len(SEVERITIES), 0)), rule)


def clause_words(clause: str) -> Words:
    """A clause by its number and official label; rules of the tester's own have none."""
    zh, en = problem_words(clause)
    place = clauses()[int(clause)].place if clause.isdecimal() and int(clause) in clauses() else None
    return (zh, en) if place is None else (f"{chinese(place)} {zh}", f"Clause {place}: {en}")


def problem_words(clause: str) -> Words:
    """The official label of a clause: 所涉问题."""
    found = clauses().get(int(clause)) if clause.isdecimal() else None
    return (found.label_zh, found.label_en) if found is not None else (OWN_CLAUSE.label_zh, OWN_CLAUSE.label_en)


def clause_of(rule: str) -> str | None:
    """The number of a rule's clause; None where this version does not know the rule."""
    found = _rules().get(rule)
    return str(found.clause.number) if found is not None else None


@cache
def _rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in load_rules()}


def link(target: Path, page_folder: Path) -> str:
    """The address of a file on a page in ``page_folder``: relative, so that both can be moved together."""
    try:
        relative = os.path.relpath(target.absolute(), page_folder.absolute())
    except ValueError:  # on another drive of Windows
        return target.absolute().as_uri()
    return quote(relative.replace(os.sep, "/"))
