"""Shared nights: who shares a phone, how it is carried out, and what is looked at again because of a neighbour."""
