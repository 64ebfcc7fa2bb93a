"""The process starts of a timeline, each with its trigger, its callers and who is answerable."""

from harness.starts.callers import Caller, callers_of
from harness.starts.incoming import living_main, own_starts
from harness.starts.outgoing import calls_to_running, outgoing_starts
from harness.starts.process_start import Cause, Start

__all__ = ["Caller", "Cause", "Start", "callers_of", "calls_to_running", "living_main", "outgoing_starts", "own_starts"]
