"""Permissions: their states, requests, grants for one time, app ops, and the clipboard that one of these guards."""
