"""What the processes of ``broken`` need, for their fork server to import once."""

import device_farm.execution.preloading
import tests.faults.disturbed
from tests.farm.soak import broken

__all__ = ["broken", "device_farm", "tests"]
