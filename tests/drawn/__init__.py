"""Screens with and without pop-ups, drawn from a seed: what the pixel detector learns from, and is held to.

Nothing here is a picture of a real app, and nothing is taken from one: pages, pictures, icons and words are invented.
"""
