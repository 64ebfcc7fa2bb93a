"""The device side of ADB: transport, streams and services, over TCP."""
