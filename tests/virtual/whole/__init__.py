"""Whole sample apps: what the explorer is measured on, written before it and without sight of it."""
