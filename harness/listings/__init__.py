"""The page that a store has about an app: a saved file to what stands on it."""
