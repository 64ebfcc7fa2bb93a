"""What a page of an app is, from its view tree or its picture: identity, controls, interruptions. Pure."""

from __future__ import annotations
