"""The device as the harness sees it: the protocol, and adb behind it."""
