"""The explorer: walks an app that it has never seen, uses what asks for permissions, and refuses them."""
