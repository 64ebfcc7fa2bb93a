"""The phone itself: battery, display, sensors, networks, storage, clock."""
