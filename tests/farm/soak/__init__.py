"""Soak: a farm whose parts are killed at random while it works, and what must hold all the same (``make soak``)."""
