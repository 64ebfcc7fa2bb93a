"""The parts below Android: the clock, the file system, /proc and the input devices."""
