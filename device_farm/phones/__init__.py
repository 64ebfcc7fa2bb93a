"""The phones of a farm: which there are, how each stands, what may be asked of it, and when it rests."""
