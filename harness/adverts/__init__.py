"""Adverts and windows of an app: where it shows them, what they do when they are touched, left alone or shaken."""
