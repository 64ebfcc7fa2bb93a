"""Text of Android -> events or records; one file per format; pure and streaming, no I/O.

Two families:

- Log lines. ``logcat.LogcatReader`` turns bytes into ``LogLine``; ``interpret.Interpreter`` turns those into the
  events of ``harness.events`` with the readers of ``event_tags``, ``activity_manager``, ``runtime``, ``crashes`` and
  ``permission_controller``. A reader has three answers: an event, None (known to be irrelevant), or ``Unreadable``
  (a line that it should understand and does not), which is counted.
- Readings. One function per dump, text in, frozen records out; a text in another format raises ``FormatError``.

Nothing here repairs a line: what cannot be read whole is counted, never guessed, so that damage in a log cannot move a
fact to another process.
"""
