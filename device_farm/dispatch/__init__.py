"""Many hosts: who takes which unit, by an engine on PostgreSQL that can be exchanged."""

from __future__ import annotations
