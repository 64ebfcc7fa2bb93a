"""Facts in words: one sentence for each kind of event, so that evidence reads as text.

Each topic has a file of its own. What an app or a device wrote stands in quotation marks; whoever puts the sentence on
a page escapes it.
"""

from harness.events import Event
from harness.language import Text
from harness.report.wording.action_wording import act_words
from harness.report.wording.advert_wording import advert_words
from harness.report.wording.observation_wording import reading_words
from harness.report.wording.process_wording import activity_words, process_words
from harness.report.wording.recording_wording import recording_words
from harness.report.wording.start_wording import start_words

_TOPICS = (act_words, reading_words, process_words, activity_words, start_words, advert_words, recording_words)


def words(event: Event) -> Text:
    """The words for a fact. Raises TypeError for a kind that no topic has a sentence for: that is a mistake of ours."""
    for topic in _TOPICS:
        if (said := topic(event)) is not None:
            return said
    raise TypeError(f"no words for {event.kind} in harness/report/wording")
