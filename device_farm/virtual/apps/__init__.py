"""Sample apps with what a check of them must say; ``twins`` holds their innocent twins."""
