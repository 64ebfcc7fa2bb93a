"""The farm: virtual devices, samples, and (later) inventory, dispatch and results of many real ones."""
