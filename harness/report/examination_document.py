"""The record of an examination as a Word document, in the language of the run, to be signed and attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.language import pick
from harness.report.docx import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from harness.report.action_log import Act
    from harness.report.change_record import Changed
    from harness.report.examination_record import Examination
    from harness.report.phone_state_record import Row


def record_paper(record: Examination) -> bytes:
    """The file; what the page says, the same in the same order."""
    title = pick("检测笔录", "Record of the examination")
    paper = Paper(title, f"{title} {record.folder}")
    for heading, rows in (
        (pick("一、时钟", "1. The clocks"), record.clocks),
        (pick("二、人员与地点", "2. Who and where"), record.people),
        (pick("三、设备与应用", "3. The device and the app"), record.device),
        (pick("四、检测前的状态", "4. The state before"), record.before),
    ):
        paper.heading(heading)
        paper.pairs(_pairs(rows))
    paper.heading(pick("五、对手机的改动及还原", "5. What was changed on the phone, and how it came back"))
    if record.changes:
        head = (pick("改动", "change"), pick("命令与时间", "command and time"), pick("还原", "put back"), pick("日志行", "lines"))
        paper.table(head, map(_changed, record.changes), (2, 4, 4, 1))
    else:
        paper.paragraph(pick("检测期间没有执行改动手机的命令。", "No command that changes the phone was run during the check."))
    paper.heading(pick("六、操作经过", "6. What was done"))
    paper.paragraph(
        pick(
            f"时间为手机时钟（时区 {record.zone}）。重复的操作合为一行并注明次数；日志行为 {record.journal} 的行号。",
            f"Times are of the phone's clock (zone {record.zone}). Acts that repeat are one row; the lines are those of {record.journal}.",
        ),
        small=True,
    )
    for part in record.parts:
        paper.heading(f"{pick(*part.name)}  {part.start} – {part.end}", 2)
        if part.acts:
            columns = (pick("时间", "time"), pick("操作", "act"), pick("日志行", "lines"))
            paper.table(columns, _acts(part.acts), (2.2, 6, 1.2))
        else:
            paper.paragraph(pick("本段没有操作。", "Nothing was done in this part."))
    paper.heading(pick("七、检测后的状态", "7. The state after"))
    paper.pairs(_pairs(record.after))
    paper.heading(pick("八、未能还原的内容", "8. What could not be put back"))
    for each in record.left or ((("没有。"), "Nothing."),):
        paper.paragraph(pick(*each))
    paper.heading(pick("九、手机自身的记录", "9. What the phone itself has on record"))
    paper.pairs(_pairs(record.witnesses))
    paper.heading(pick("十、证据", "10. The evidence"))
    root = record.root or pick("未封存", "never sealed")
    paper.pairs(((pick("运行目录", "run folder"), record.folder), (pick("清单根哈希（SHA-256）", "root hash (SHA-256)"), root)))
    paper.paragraph(
        pick(
            "本笔录由程序按运行目录生成，可随时重新生成；它不能证明检测时由谁持有手机。",
            "This record was generated from the run folder and can be generated again; it cannot prove who held the phone.",
        )
    )
    paper.signatures()
    return paper.to_bytes()


def _pairs(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield pick(*row.name), f"{pick(*row.value)}  {row.place}".rstrip()


def _changed(each: Changed) -> tuple[str, ...]:
    times = f" ×{each.count}" if each.count > 1 else ""
    back = f"\n{each.back}\n{each.back_wall}" if each.back else ""
    return pick(*each.name) + times, f"{each.command}\n{each.wall}", pick(*each.state) + back, each.lines


def _acts(acts: Iterable[Act]) -> Iterator[tuple[str, ...]]:
    boot = 0
    for act in acts:
        reboot = pick(f"第 {act.boot} 次重启后\n", f"after reboot {act.boot}\n") if act.boot != boot else ""
        boot = act.boot
        until = f"\n– {act.until}" if act.until else ""
        beijing = pick(f"\n北京时间 {act.beijing}", f"\n{act.beijing} Beijing time") if act.beijing else ""
        yield f"{reboot}{act.wall}{until}{beijing}", pick(*act.words), act.lines
