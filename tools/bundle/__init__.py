"""``make bundle``: one folder from which AppRights is installed where there is no network."""
