"""Identity of an APK: package, label, versions, permissions, components, certificate digests."""

from __future__ import annotations
