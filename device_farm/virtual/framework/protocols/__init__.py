"""What the rooms of the framework ask of each other, so that none has to import another's services."""

from __future__ import annotations
