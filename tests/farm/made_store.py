"""A made-up farm: some hundred units of believable apps on a shelf of phones, with what was found and what failed.

The same seed makes the same farm. Pictures are real files, in the run folder that their try names, so that a page can
show them; ``NOW`` is the moment at which everything is looked at.
"""

import hashlib
import random
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from device_farm.store import FILE
from device_farm.store.database import Store, open_store
from device_farm.store.models import App, Artifact, Attempt, Campaign, Device, FindingRow, Happening, Result, Unit
from device_farm.store.tallies import recount
from device_farm.units.unit import End, Kind, Plan, UnitState, unit_key
from harness.rules import load_rules
from harness.verdicts.finding_evidence import key_of

NOW = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
"""07:30 in Beijing, the morning after."""
LANE = timedelta(minutes=17)
_NAMES = (
    ("邻家商店", "linjia.shops"), ("光影视频", "guangying.videos"), ("味道菜谱", "weidao.recipes"), ("青云天气", "qingyun.weather"),
    ("亮点手电", "liangdian.torch"), ("启动健身", "qidong.fitness"), ("早间新闻", "zaojian.news"), ("衣尚", "yishang.clothes"),
    ("识花", "shihua.plants"), ("安居租房", "anju.rent"), ("同城跑腿", "tongcheng.errands"), ("乐读小说", "ledu.novels"),
    ("口袋记账", "koudai.ledger"), ("快修家电", "kuaixiu.repairs"), ("学霸题库", "xueba.quiz"), ("云相册", "yunxiangce.photos"),
    ("顺路拼车", "shunlu.carpool"), ("宠爱医院", "chongai.vet"), ("一起唱", "yiqichang.karaoke"), ("清洁大师", "qingjie.cleaner"),
)  # fmt: skip
_STORES = ("华为应用市场", "小米应用商店", "OPPO软件商店", "vivo应用商店", "应用宝")
_SDKS = ("", "", "穿山甲", "个推", "极光推送", "优量汇", "友盟+", "个推, 友盟+")
_PHONES = (
    ("Xiaomi 13", "miui", "13"), ("Redmi Note 12", "miui", "12"), ("HUAWEI P50", "harmony", "12"), ("HONOR 90", "magicos", "13"),
    ("OPPO Reno10", "coloros", "13"), ("vivo X90", "originos", "13"), ("Pixel 7", "pixel", "15"), ("Galaxy S22", "oneui", "14"),
    ("Xiaomi 14", "hyperos", "14"), ("OPPO Find X6", "coloros", "14"), ("HUAWEI Mate 50", "harmony", "12"), ("vivo S17", "originos", "13"),
)  # fmt: skip
_REASONS = {
    "c1": ("同意隐私政策之前已索要定位权限", "asked for location before the privacy policy was agreed to"),
    "c5": ("拒绝权限后应用退出", "the app ends after a permission is denied"),
    "c6": ("退到后台后自行启动，并唤醒其他应用", "starts by itself in the background and wakes other apps"),
    "c7": ("点击关闭按钮后仍开始下载", "a download begins although the close button was pressed"),
}
_FAULTS = (
    (End.DEVICE_FAULT, "adb 连接在安装时断开", "the adb connection broke during the installation"),
    (End.TIMEOUT, "超过硬性时限 45 分钟", "it took longer than the hard limit of 45 minutes"),
    (End.LOST, "执行它的进程已不在，将重新执行", "whoever carried it out is gone: it is tried again"),
    (End.HOST_FAULT, "主机磁盘空间不足", "the host's disk is nearly full"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """The store, the folder it lies in, and a picture that is evidence in it."""

    store: Store
    folder: Path
    picture: str
    """Its hash."""


def made_store(folder: Path, *, url: str = "", apps: int = len(_NAMES), versions: int = 6, seed: int = 16) -> Made:
    """Make a farm in ``folder``, or in the database at ``url``; three units for each version of each app."""
    folder.mkdir(parents=True, exist_ok=True)
    store = open_store(url or folder / FILE)
    chance = random.Random(seed)
    with store.begin() as session:
        picture = _Farm(session, folder, chance).fill(apps, versions)
    return Made(store, folder, picture)


class _Farm:
    """Writes the rows, oldest first."""

    def __init__(self, session: Session, folder: Path, chance: random.Random) -> None:
        self.session, self.folder, self.chance = session, folder, chance
        self.rules = [rule for rule in load_rules() if rule.id.startswith(("c1-", "c5-", "c6-", "c7-"))]
        self.devices: list[Device] = []
        self.happenings: list[Happening] = []
        self.picture = ""

    def fill(self, apps: int, versions: int) -> str:
        """All of it; the hash of a picture."""
        self.phones()
        campaigns = self.campaigns(versions)
        for number in range(apps):
            label, name = _NAMES[number % len(_NAMES)]
            package = f"com.example.{name}" + (f"{number // len(_NAMES)}" if number >= len(_NAMES) else "")
            habits = self.habits(package)
            for version in range(versions):
                app = self.app(package, label, version)
                for plan in (Plan((1,)), Plan((5,), requirement="rom=miui"), Plan((7,), requirement="android=13")):
                    self.unit(app, campaigns[version], plan, habits, newest=version == versions - 1, number=number)
        self.session.add_all(sorted(self.happenings, key=lambda each: each.at))
        self.session.flush()
        recount(self.session)
        return self.picture

    def phones(self) -> None:
        """A shelf: most are well, one of each kind of trouble."""
        states = {
            2: ("quarantined", "连续 3 次故障：adb 无响应", "3 faults in a row: adb did not answer"),
            4: ("charging", "电量 24%，充到 80% 再用", "battery at 24 %, charging to 80 %"),
            5: ("hot", "电池 44.5 °C，休息中", "battery at 44.5 °C, resting"),
            7: ("unauthorized", "调试授权已被撤销，请在手机上确认", "debugging is no longer allowed: confirm on the phone"),
            9: ("offline", "USB 线或集线器断开", "the cable or the hub is gone"),
        }
        for number, (model, rom, android) in enumerate(_PHONES):
            state, zh, en = states.get(number, ("busy" if number % 2 else "idle", "", ""))
            facts = {
                "model": model,
                "patch": "2026-10-05",
                "battery": 24 if number == 4 else 61 + number,
                "temperature": 31.5,
                "root": "none",
            }
            labels = {"abi": "arm64-v8a", "android": android, "kind": "real", "rom": rom}
            device = Device(
                host=f"host-{number % 3 + 1}", address=f"R58M{number:04d}", serial=f"R58M{number:04d}", labels=labels, facts=facts,
                state=state,
                reason_zh=zh, reason_en=en, faults=3 if number == 2 else 0, changed_at=NOW - timedelta(minutes=7 * number + 3),
                seen_at=NOW - timedelta(seconds=20 if state != "offline" else 5400),
            )  # fmt: skip
            self.session.add(device)
            self.devices.append(device)
        self.session.flush()

    def campaigns(self, versions: int) -> list[Campaign]:
        """One a version, a week apart; the last is tonight's."""
        made = []
        for version in range(versions):
            begins = NOW - timedelta(days=7 * (versions - 1 - version), hours=9)
            name = f"夜检 {begins:%Y-%m-%d}"
            made.append(Campaign(name=name, created_at=begins, city="杭州", begins_at=begins, ends_at=begins + timedelta(hours=10)))
        self.session.add_all(made)
        self.session.flush()
        return made

    def habits(self, package: str) -> list[tuple[str, str, str, str]]:
        """What this app does wrong: rule, part, SDK and key, the same in each version that does it."""
        chosen = self.chance.sample(self.rules, k=self.chance.choice((0, 1, 1, 2, 3)))
        found = []
        for rule in chosen:
            part = self.chance.choice(("android.permission-group.LOCATION", "android.permission-group.CONTACTS", "cold-start", "advert-1"))
            found.append((rule.id, part, self.chance.choice(_SDKS), key_of(package, rule.id, part)))
        return found

    def app(self, package: str, label: str, version: int) -> App:
        code = 310 + version
        sha256 = hashlib.sha256(f"{package} {code}".encode()).hexdigest()
        app = App(
            sha256=sha256, place=f"apks/{package}-{code}.apk", size=38_000_000 + 91_000 * version, package=package, label=label,
            version_name=f"3.{version + 1}.0", version_code=code, signer=hashlib.sha256(package.encode()).hexdigest(),
            store=self.chance.choice(_STORES), first_seen_at=NOW - timedelta(days=7 * (6 - version)),
        )  # fmt: skip
        self.session.add(app)
        self.session.flush()
        return app

    def unit(self, app: App, campaign: Campaign, plan: Plan, habits: list[tuple[str, str, str, str]], *, newest: bool, number: int) -> None:
        key = unit_key(app.sha256, plan, campaign=campaign.name, rules="made")
        begun = campaign.created_at + number * LANE / 2
        unit = Unit(
            key=key, campaign_id=campaign.id, app_id=app.id, kind=Kind.SINGLE, clauses=list(plan.clauses), options={},
            requirement=plan.requirement, priority=50, submitted_at=campaign.created_at, changed_at=begun,
        )  # fmt: skip
        self.session.add(unit)
        self.session.flush()
        draw = self.chance.random()
        if newest and number % 5 == 4:
            unit.state = {1: UnitState.WAITING, 5: UnitState.RUNNING, 7: UnitState.QUEUED}[plan.clauses[0]]
            if unit.state == UnitState.RUNNING:
                unit.tries = 1
                self.attempt(unit, 1, NOW - timedelta(minutes=6), None)
            return
        if draw < 0.03:
            self.hopeless(unit, begun)
            return
        if draw < 0.12:
            unit.tries = 1
            fault, zh, en = self.chance.choice(_FAULTS)
            self.attempt(unit, 1, begun, fault, zh, en)
            begun += LANE
        self.done(unit, app, plan, habits, begun, refused=0.12 <= draw < 0.15)

    def hopeless(self, unit: Unit, begun: datetime) -> None:
        """A unit that cost three phones their session."""
        for number in (1, 2, 3):
            self.attempt(unit, number, begun + number * LANE, End.DEVICE_FAULT, "手机在检测中失去响应", "the phone stopped answering")
        unit.state, unit.tries, unit.changed_at = UnitState.QUARANTINED, 3, begun + 4 * LANE
        unit.reason_zh, unit.reason_en = (
            "3 台手机在检测它时失去连接，不再重试",
            "three phones lost their session with it: it is not tried again",
        )

    def done(self, unit: Unit, app: App, plan: Plan, habits: list[tuple[str, str, str, str]], begun: datetime, *, refused: bool) -> None:
        """A unit with an answer: its rules judged, or the app itself could not be tested."""
        unit.tries += 1
        unit.state, unit.counts, unit.changed_at = UnitState.DONE, unit.tries, begun + LANE
        if refused:
            unit.outcome, unit.reason_zh, unit.reason_en = (
                "inconclusive",
                "安装包签名无效，无法安装",
                "the package's signature is not valid",
            )
            self.attempt(unit, unit.tries, begun, End.APP_FAULT, unit.reason_zh, unit.reason_en)
            return
        attempt = self.attempt(unit, unit.tries, begun, End.DONE)
        picture = self.pictures(attempt)
        outcomes = []
        for rule in self.rules:
            if rule.clause.number not in plan.clauses:
                continue
            wrong = [habit for habit in habits if habit[0] == rule.id and self.chance.random() < 0.85]
            outcome = self.chance.choice(("violation", "violation", "suspected")) if wrong else self.plain()
            zh, en = _REASONS[rule.id[:2]] if wrong else ("", "")
            outcomes.append(outcome)
            clause = str(rule.clause.number)
            self.session.add(Result(unit_id=unit.id, rule=rule.id, clause=clause, outcome=outcome, reason_zh=zh, reason_en=en))
            for _rule, part, sdk, key in wrong:
                self.session.add(
                    FindingRow(
                        campaign_id=unit.campaign_id, unit_id=unit.id, app_id=app.id, rule=rule.id, clause=clause, outcome=outcome,
                        part=part, key=key, sdk=sdk,
                        reason_zh=zh, reason_en=en, picture=picture, found_at=unit.changed_at,
                    )
                )  # fmt: skip
        order = ("violation", "suspected", "inconclusive", "clear", "not_exercised")
        unit.outcome = min(outcomes, key=order.index)
        zh = f"{app.label} {app.version_name}：第 {plan.clauses[0]} 条检测完成"
        en = f"{app.label} {app.version_name}: clause {plan.clauses[0]} is done"
        self.session.add(
            Happening(at=unit.changed_at, kind="unit-done", unit_id=unit.id, device_id=attempt.device_id, text_zh=zh, text_en=en)
        )

    def plain(self) -> str:
        """What a rule says where nothing is wrong."""
        return self.chance.choices(("clear", "not_exercised", "inconclusive"), (6, 3, 0.3))[0]

    def attempt(self, unit: Unit, number: int, begun: datetime, end: End | None, zh: str = "", en: str = "") -> Attempt:
        """A try on a phone that fits, or nearly."""
        device = self.chance.choice([device for device in self.devices if device.state in ("busy", "idle")])
        took = timedelta(minutes=self.chance.uniform(9, 16))
        ended = None if end is None else begun + took
        attempt = Attempt(
            unit_id=unit.id, number=number, device_id=device.id, worker=f"{device.host}/{device.address}", started_at=begun,
            lease_until=NOW + timedelta(seconds=40) if ended is None else ended, ended_at=ended, end=end, reason_zh=zh, reason_en=en,
            run=f"runs/{unit.id:05d}-{number}", seconds=took.total_seconds(), device_seconds=took.total_seconds(),
        )  # fmt: skip
        self.session.add(attempt)
        self.session.flush()
        return attempt

    def pictures(self, attempt: Attempt) -> str:
        """A picture in the run folder and its row; its hash."""
        data = picture(self.chance.randrange(12))
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.folder / attempt.run / "screens" / "0001.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        attempt.root = hashlib.sha256(attempt.run.encode()).hexdigest()
        self.session.add(Artifact(attempt_id=attempt.id, path="screens/0001.png", sha256=sha256, size=len(data)))
        self.picture = sha256
        return sha256


@cache
def picture(number: int) -> bytes:
    """A PNG like a screen: a bar of a colour, a card, two buttons."""
    width, height = 90, 160
    bar = bytes((60 + 31 * number % 140, 60 + 57 * number % 140, 60 + 83 * number % 140))
    paper, card, button = b"\xee\xf1\xf4", b"\xff\xff\xff", b"\x15\x65\xc0"
    plain, top = paper * width, bar * width
    middle = paper * 10 + card * 70 + paper * 10
    pressed = paper * 10 + card * 4 + button * 28 + card * 6 + button * 28 + card * 4 + paper * 10
    rows = [top] * 14 + [plain] * 36 + [middle] * 42 + [pressed] * 12 + [middle] * 6 + [plain] * (height - 110)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\x00" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
