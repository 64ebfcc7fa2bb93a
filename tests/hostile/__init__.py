"""Hostile inputs, shared by every test that holds a writer against them."""
