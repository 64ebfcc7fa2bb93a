"""Services, content providers, and which process is bound to which."""

from __future__ import annotations
