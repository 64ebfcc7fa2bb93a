"""The report's tables of a policy: what it tells beside what was seen, and its SDKs beside those of the package."""

from dataclasses import replace

from harness.language import both
from harness.report.policy_record import policy_record
from tests.cases.script import APP, timeline
from tests.cases.test_cases import packaged

SCRIPT = """
2 segment first-launch
3 launch
4 document 隐私政策 我们获取您的位置信息，用于推荐附近的店。我们接入了个推SDK用于推送。
6 request 1.2
6.2 dialog LOCATION
7 deny LOCATION
30 key none
"""
READ = f"{SCRIPT}8 data LOCATION\n9 data CONTACTS tag=cn.jpush.android\n20 app-ops\n"


def rows(script: str) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    app = replace(APP, sdks=(packaged("getui"), packaged("jpush")))
    record = policy_record(timeline(script), app)
    assert record is not None
    told = {both(row.name)[1]: (str(row.told), str(row.actual)) for row in record.information}
    return told, {row.name: (str(row.told), str(row.read)) for row in record.sdks}


def test_a_run_without_readings_says_that_nobody_looked() -> None:
    told, sdks = rows(SCRIPT)
    assert told["location"] == ("the app; 用于推荐附近的店", "asked for 1 time(s); reads were not looked at in this run")
    assert told["camera"] == ("not told", "declared, not asked for; reads were not looked at in this run")
    assert sdks["极光推送"] == ("not told", "reads were not looked at in this run")
    assert "个推" in sdks["个推"][0]


def test_reads_stand_beside_what_is_told_and_a_tag_names_its_sdk() -> None:
    told, sdks = rows(READ)
    assert told["location"][1] == "asked for 1 time(s); read 1 time(s), refused 0"
    assert told["telephone number"][1] == "a phone shows no read of it without root"
    assert told["camera"][1] == "declared, not asked for; no read was seen"
    assert sdks["极光推送"] == ("not told", "read by its tag: contacts")
    assert sdks["个推"][1] == "no read has its tag"


def test_without_a_policy_there_is_no_table() -> None:
    assert policy_record(timeline("2 segment first-launch\n3 launch"), APP) is None
