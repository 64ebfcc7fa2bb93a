"""Records: what exists on the device at a moment, and why it began; plain data that every room passes about."""
