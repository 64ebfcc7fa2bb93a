"""What we do to an app: ordinary pytest tests against a Session (``pytest --pyargs scenarios --app PACKAGE``)."""

from __future__ import annotations
