"""Packages: what is installed, from an app file or an APK, how it comes onto the device, and what an APK holds."""
