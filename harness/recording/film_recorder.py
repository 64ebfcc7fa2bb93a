"""Film: the screen of a device from one moment to another, as a file of the run folder.

Best is an MP4 file that ``screenrecord`` writes on the phone: each picture has its time in it, and time that a virtual
device skips is in the film too. A phone that gives no file may give a bare H.264 stream, whose pictures count from
their arrival; one without ``screenrecord`` gives screenshots, as many as it can. A phone adds a picture only when its
screen changes, so a film of a still page is short.
"""

from harness.errors import CommandFailed, DeviceLost, HarnessError
from harness.language import Text, text_of
from harness.recording.film_sources import MISSING, BareStream, MovieFile, Screenshots, Source, Wanted


def begin_film(wanted: Wanted) -> tuple[Source | None, Text | str]:
    """Begin a film in the best way that works; None where none does.

    The text says why it is not the best. Raises DeviceLost where the phone is gone.
    """
    reason: Text | str = ""
    ways: list[Source] = [MovieFile(wanted), BareStream(wanted), Screenshots(wanted)]
    while ways:
        source = ways.pop(0)
        try:
            source.start()
        except DeviceLost:
            raise
        except HarnessError as error:
            reason = reason or text_of(error)
            if isinstance(error, CommandFailed) and error.code in MISSING:
                ways = [way for way in ways if isinstance(way, Screenshots)]
        else:
            return source, reason
    return None, reason
