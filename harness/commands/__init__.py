"""The bodies of the ``apprights`` commands, by what they are about."""
