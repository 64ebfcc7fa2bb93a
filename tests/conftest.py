"""For all tests: what the checks in them must restore is kept apart from the user's own phones."""

from __future__ import annotations

import os
import tempfile

_state = tempfile.TemporaryDirectory(prefix="apprights-state-")
os.environ["APPRIGHTS_STATE"] = _state.name
