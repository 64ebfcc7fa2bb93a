"""The dialogs of the system, of ROMs and of apps: words and ids as data, and the matcher."""
