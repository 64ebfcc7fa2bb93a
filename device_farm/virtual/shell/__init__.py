"""A small POSIX-like shell with the toybox and Android commands that adb clients use."""
