"""The morning page: what was found, what could not be tested and why, which phone is sick; and what pages ask for."""
