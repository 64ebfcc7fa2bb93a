"""``make peers``: suites that others wrote for real devices, from their own checkouts, on a virtual device."""
