"""线索: what was found in a month, as a list for the platform of the notice, due on the 15th of the next."""
