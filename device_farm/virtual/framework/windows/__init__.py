"""Windows: what is on the screen, in which order, and who gets touches and keys."""
