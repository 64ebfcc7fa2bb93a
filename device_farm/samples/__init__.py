"""Sample apps on virtual devices: checked in worker processes, for the demo and for ``apprights selftest``."""
