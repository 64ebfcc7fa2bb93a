"""What starts an app that nobody looks at, and what holds it back: alarms, jobs, syncs, Doze, buckets, the ROM."""

from __future__ import annotations
