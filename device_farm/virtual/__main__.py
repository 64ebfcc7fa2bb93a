"""``python -m device_farm.virtual``: the same as ``apprights virtual``."""

import sys

from harness.cli import main

sys.argv.insert(1, "virtual")
main()
