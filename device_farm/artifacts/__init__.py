"""Artifacts: what runs leave, kept by content, so that what many runs share lies there once; a folder or S3."""
