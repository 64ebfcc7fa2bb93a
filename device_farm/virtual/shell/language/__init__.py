"""The language of mksh, for clients that send scripts."""
