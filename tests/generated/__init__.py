"""Apps by a grammar, innocent by construction, and each with a guilty twin: what a first check makes of them."""
