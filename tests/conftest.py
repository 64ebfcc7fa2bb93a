"""For all tests: what the checks in them must restore is kept apart from the user's own phones."""

import os
import signal
import tempfile
from collections.abc import Iterator

import pytest

from harness import language
from tests.slow_clock import slow_clock

_state = tempfile.TemporaryDirectory(prefix="apprights-state-")
os.environ["APPRIGHTS_STATE"] = _state.name

os.environ["OPENCV_FFMPEG_LOGLEVEL"] = "-8"  # as harness/recording/film_file sets it: the first film that a process opens decides

os.environ.pop("COLUMNS", None)  # GNU readline, which pytest loads, gives it to every worker: it would ask for a width

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background: no child would hear a Ctrl-C that a test sends
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """The command line, called in the process that tests, chooses a language and may end deaf to Ctrl-C."""
    spoken, handler = language.chosen(), signal.getsignal(signal.SIGINT)
    yield
    language.choose(spoken)
    if signal.getsignal(signal.SIGINT) is not handler:
        signal.signal(signal.SIGINT, handler)


@pytest.fixture(scope="module")
def slow_time() -> Iterator[None]:
    """The clock of ``tests/slow_clock.py``."""
    with slow_clock():
        yield
