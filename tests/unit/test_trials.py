"""How a phone is watched in the background, and starts anew."""

from collections import Counter
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.background.trials import CLOSE_SECONDS, Background
from harness.events import Instant
from harness.explorer.exploration import START_SECONDS, Exploration
from harness.explorer.permission_denials import PermissionDenials
from harness.session.session import Session

CREATED = "I/wm_create_activity( 1203): [0,257887080,8,com.a/.Veil,NULL,NULL,NULL,268435456]\n"
OTHERS = "I/wm_create_activity( 1203): [0,257887081,8,com.b/.Main,NULL,NULL,NULL,268435456]\n"
NO_WINDOW = "WINDOW MANAGER WINDOWS (dumpsys window windows)\n"


def window(frame: str = "[0,0][1080,2400]", glass: str = " fmt=TRANSLUCENT", *, visible: bool = True) -> str:
    return (
        f"{NO_WINDOW}  Window #0 Window{{1a u0 com.a/com.a.Veil}}:\n    mOwnerUid=10101 package=com.a appop=NONE\n"
        f"    mAttrs={{(0,0)(fillxfill) ty=BASE_APPLICATION{glass}\n    Frames: frame={frame}\n    isVisible={str(visible).lower()}\n"
    )


class Phone:
    """A session of com.a whose log tells of starts, and whose windows become others, at given seconds."""

    def __init__(self, log: dict[float, str], windows: dict[float, str]) -> None:
        self.time, self._log, self._windows = 0.0, log, windows
        self.read_at: list[tuple[float, str]] = []
        self.idled: list[tuple[float, float]] = []
        self.forgotten = 0
        self.app = SimpleNamespace(package="com.a")
        self.run_progress = SimpleNamespace(awaits=lambda seconds: None)
        self.clock = SimpleNamespace(wall_at=lambda at: at.uptime)
        self.device = SimpleNamespace(shell=self._logcat)
        self.screen = SimpleNamespace(forget=self._forget)

    def uptime(self) -> float:
        return self.time

    def now(self) -> Instant:
        return Instant(0, self.time)

    def idle_quietly(self, seconds: float, step: float) -> None:
        """Like a phone: a step, or less at the end."""
        self.idled.append((seconds, step))
        self.time += min(seconds, step)

    def read(self, name: str, command: list[str]) -> str:
        self.read_at.append((self.time, name))
        return [text for since, text in sorted(self._windows.items()) if since <= self.time][-1] if name == "windows" else ""

    def look(self) -> None:
        self.read_at.append((self.time, "tree"))

    def _forget(self) -> None:
        self.forgotten += 1

    def _logcat(self, command: list[str]) -> SimpleNamespace:
        told = [self._log.pop(since) for since in sorted(self._log) if since <= self.time]
        return SimpleNamespace(stdout="".join(told))

    def times(self, name: str) -> list[float]:
        return [at for at, what in self.read_at if what == name]


def watched(log: dict[float, str], windows: dict[float, str], seconds: float = 60.0) -> Phone:
    phone = Phone(log, windows)
    Background(cast("Session", phone)).watch(seconds)
    return phone


def test_windows_are_read_again_until_the_page_has_one() -> None:
    phone = watched({0.5: CREATED}, {0.0: NO_WINDOW, 3.5: window()})
    assert phone.times("windows") == [1.0, 2.0, 3.0, 4.0]
    assert phone.times("activities") == [1.0]  # who called is not asked again


def test_one_that_was_never_laid_out_is_waited_for() -> None:
    phone = watched({0.5: CREATED}, {0.0: window("[0,0][0,0]"), 2.5: window()})
    assert phone.times("windows") == [1.0, 2.0, 3.0]


def test_it_is_given_up_when_the_close_looks_end() -> None:
    phone = watched({0.5: CREATED}, {0.0: NO_WINDOW})
    assert phone.times("windows") == [float(second) for second in range(1, int(CLOSE_SECONDS) + 1)]
    assert phone.time == 60.0


def test_a_quiet_phone_is_left_alone_and_so_are_pages_of_others() -> None:
    assert watched({}, {0.0: NO_WINDOW}).read_at == []
    assert watched({0.5: OTHERS}, {0.0: NO_WINDOW}).read_at == []


def test_while_a_page_is_waited_for_no_longer_step_is_made_than_one() -> None:
    """A virtual device else goes on until something starts."""
    phone = watched({0.5: CREATED}, {0.0: NO_WINDOW, 2.5: window()})
    assert phone.idled[:5] == [(15.0, 1.0), (1.0, 1.0), (1.0, 1.0), (12.0, 1.0), (11.0, 1.0)]


def test_the_tree_of_a_translucent_page_is_recorded_anew_even_if_it_is_like_the_last() -> None:
    assert watched({0.5: CREATED}, {0.0: window()}).forgotten == 1
    for other in (window(glass=""), window(visible=False), NO_WINDOW, "Can't find service: window\n"):
        phone = watched({0.5: CREATED}, {0.0: other}, 1.0)
        assert (phone.forgotten, phone.times("tree")) == (0, [1.0])


def exploration(now: float, new_at: float | None, *, repeats: bool = True) -> Any:
    position: Any = SimpleNamespace(session=SimpleNamespace(uptime=lambda: now))
    refusals = PermissionDenials(position, new_at=new_at)
    parts: Any = SimpleNamespace(repeats=repeats)
    return Exploration(position, refusals, parts, parts, parts, 780.0, 600)


@pytest.mark.parametrize(
    ("now", "new_at", "repeats", "due"),
    [
        (START_SECONDS + 10, 0.0, True, True),
        (START_SECONDS - 10, 0.0, True, False),
        (9999.0, None, True, False),
        (START_SECONDS + 10, 0.0, False, False),
    ],
)
def test_a_start_is_due(now: float, new_at: float | None, repeats: bool, due: bool) -> None:
    assert exploration(now, new_at, repeats=repeats)._start_is_due() is due


def test_a_new_start_begins_to_count_anew() -> None:
    walked = exploration(9999.0, 1.0)
    walked.refusals.start()
    assert not walked._start_is_due()


def test_what_was_asked_for_once_waits_for_a_new_start_unless_permissions_are_allowed() -> None:
    found = []
    for allows in (False, True):
        position: Any = SimpleNamespace(session=SimpleNamespace(answers=SimpleNamespace(allows=allows)))
        refusals = PermissionDenials(position, _counted=Counter(["LOCATION"]), _since_start={"LOCATION"})
        found.append(refusals.waiting())
    assert found == [{"LOCATION"}, frozenset()]
