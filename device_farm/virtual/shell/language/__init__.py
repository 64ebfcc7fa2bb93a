"""The shell's own language: what mksh makes of a script, for clients that send one."""

from __future__ import annotations
