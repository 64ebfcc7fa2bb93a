"""What dumpsys prints, one module a service; this room reads the others and changes nothing."""

from __future__ import annotations
