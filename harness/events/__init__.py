"""Source and the frozen Event types: all that can be observed.

An event is a fact, never a judgement. Log parsers make the events of the first part, readings that the session took
make those of the second, and the third part is what the harness did itself, so that it is never blamed on the app.
``kind`` of an event is its class name in snake_case; ``apprights parse`` and ``events.jsonl`` print it.
"""

from harness.events.action_kinds import *
from harness.events.advert_events import *
from harness.events.base import *
from harness.events.data_reads import *
from harness.events.delivery_events import *
from harness.events.earlier_run import *
from harness.events.film_events import *
from harness.events.listing_events import *
from harness.events.log_events import *
from harness.events.observations import *
from harness.events.start_evidence import *
from harness.events.system_triggers import *
from harness.events.tester_actions import *
