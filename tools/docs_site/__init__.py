"""The pages as a site that is searched offline: what ``make docs-site`` lays out, and how Sphinx builds it."""
