"""One app on one device while it is driven: looking, touching, answering, with the journal that remembers it."""

from __future__ import annotations
