"""Steps from one version of the schema to the next; a new store is made as the models say, without them."""
