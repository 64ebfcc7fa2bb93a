"""Steps from one version of the schema to the next, each with its way back."""
